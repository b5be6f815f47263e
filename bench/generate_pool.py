# SPDX-License-Identifier: Apache-2.0
"""Makes a pool of fictional suppliers and demands, shaped like data/schema, for the benches.

In: how many of each, a seed, the data folder (concept names of its lexicon, industry codes of its taxonomy).
Out: suppliers.jsonl and demands.jsonl in a folder, each record marked "synthetic": true.
It must not look like the demo collection: phrases are its own, names are random syllables ending in (가상), registration numbers carry
the office prefix 000, which no tax office has. Record i depends on the seed, i and the data folder only, so a pool of 1,800
is the head of a pool of 10,000.
"""
import argparse
import json
import math
import pathlib

MASK = (1 << 64) - 1


class Stream:
    """SplitMix64: the same numbers on every machine and Python version, which random.Random promises for random() only."""

    def __init__(self, *key):
        self.state = 0
        for part in key:
            self.state = (self.state ^ part) & MASK
            self.state = self.next()

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, bound):
        return (self.next() * bound) >> 64

    def unit(self):
        return (self.next() >> 11) / (1 << 53)

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def chance(self, probability):
        return self.unit() < probability

    def choose(self, items):
        return items[self.below(len(items))]

    def weighted(self, pairs):
        left = self.unit() * sum(weight for _, weight in pairs)
        for item, weight in pairs:
            left -= weight
            if left < 0:
                return item
        return pairs[-1][0]

    def some(self, items, count):
        """Up to count different items, in random order."""
        left = list(items)
        taken = []
        while left and len(taken) < count:
            place = self.below(len(left))
            taken.append(left[place])
            left[place] = left[-1]
            left.pop()
        return taken

    def bell(self):
        """Roughly standard normal: the sum of twelve uniforms, less six."""
        return sum(self.unit() for _ in range(12)) - 6


# ---- what the data folder knows ----

SECTORS = ("manufacturing", "bio", "office")


class Knowledge:
    """Concept names by sector and facet, and five-digit industry codes by division."""

    def __init__(self, data):
        self.concepts = {}
        self.tasks = {sector: [] for sector in SECTORS}
        self.industries = {sector: [] for sector in SECTORS}
        facets = {"technique": [], "data": [], "delivery": []}
        for path in sorted((data / "lexicon").glob("*.json")):
            content = json.loads(path.read_text(encoding="utf-8"))
            sector = path.stem if path.stem in SECTORS else "office"
            for concept in content.get("concepts", []):
                self.concepts[concept["id"]] = concept
                facet = concept["facet"]
                if facet == "task":
                    self.tasks[sector].append(concept)
                elif facet == "industry":
                    self.industries[sector].append(concept)
                else:
                    facets[facet].append(concept)
        self.techniques, self.data, self.delivery = facets["technique"], facets["data"], facets["delivery"]
        # a small or new lexicon may lack a file; the pool is then less varied, not impossible
        every_task = [concept for sector in SECTORS for concept in self.tasks[sector]]
        every_industry = [concept for sector in SECTORS for concept in self.industries[sector]]
        for sector in SECTORS:
            self.tasks[sector] = self.tasks[sector] or every_task
            self.industries[sector] = self.industries[sector] or every_industry
        self.roots = {concept["id"]: self.roots_of(concept["id"], set()) for concept in every_task}
        self.codes = {}
        for line in (data / "taxonomy" / "ksic10.tsv").read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) >= 3 and cells[1] == "5":
                self.codes.setdefault(cells[2] + cells[0][:2], []).append(cells[2] + cells[0])

    def roots_of(self, concept, seen):
        if concept in seen or concept not in self.concepts:
            return set()
        seen.add(concept)
        found = {concept}
        for parent in self.concepts[concept].get("parents", []):
            found |= self.roots_of(parent, seen)
        return found

    def related(self, stream, concept, facet, others):
        """A concept of the facet that the lexicon links to this one, else any: links make pairs that fit and pairs that do not."""
        linked = [self.concepts[link["to"]] for link in concept.get("related", [])
                  if link["to"] in self.concepts and self.concepts[link["to"]]["facet"] == facet]
        return stream.choose(linked) if linked and stream.chance(0.8) else stream.choose(others)

    def code(self, stream, divisions):
        known = [division for division in divisions if division in self.codes]
        return stream.choose(self.codes[stream.choose(known)])


def name_of(stream, concept):
    """One of the things people call it; Korean is likelier than English."""
    if stream.chance(0.5):
        return concept["ko"]
    names = concept.get("names", []) + [concept["en"]]
    korean = [name for name in names if any("가" <= letter <= "힣" for letter in name)]
    return stream.choose(korean) if korean and stream.chance(0.8) else stream.choose(names)


def names_of(stream, first, others, count):
    return [name_of(stream, concept) for concept in [first] + stream.some(others, count)]


# ---- phrases, all written for this file ----

SYLLABLES = ("가 나 다 라 마 바 사 아 자 하 고 노 도 로 모 보 소 오 조 호 구 누 두 루 무 부 수 우 주 후 기 니 디 리 미 비 시 이 지 히 "
             "강 담 별 빛 솔 슬 은 찬 결 온 윤 해 한 별 들 품 샘 늘 린 율").split()
FIRM_TAILS = ("랩스 테크 웍스 소프트 데이터 로직 시스템 인텔 비전 솔루션 이노 코어 브릿지 메이트 큐브 스퀘어 파트너 그룹 플랜 연구소").split()
MAKER_TAILS = ("산업 정밀 공업 제작소 금속 화학 전자 물산 식품 섬유 인더스트리 기계 소재 엔지니어링").split()
BIO_TAILS = ("바이오 메디칼 제약 헬스 진단 파마 메딕스 셀 지놈 의료기 테라퓨틱스 사이언스").split()

DISTRICTS = ("강남구 강동구 강북구 강서구 관악구 광진구 구로구 금천구 노원구 도봉구 동대문구 동작구 마포구 서대문구 서초구 성동구 성북구 송파구 "
             "양천구 영등포구 용산구 은평구 종로구 중구 중랑구").split()
ELSEWHERE = ("경기도 성남시", "경기도 수원시", "경기도 안양시", "인천광역시 연수구", "대전광역시 유성구", "부산광역시 해운대구", "대구광역시 동구",
             "광주광역시 북구", "충청북도 청주시", "경상남도 창원시", "강원특별자치도 춘천시")

OPENINGS = (
    "{task} 문제를 인공지능으로 푸는 회사입니다.", "설립 뒤 줄곧 {task} 한 분야에 힘을 쏟아 왔습니다.", "{industry} 현장을 위한 {task} 서비스를 만듭니다.",
    "{technique} 기술로 {task} 업무를 돕는 전문 기업입니다.", "{industry} 고객에게 {task} 해법을 설계부터 운영까지 공급합니다.",
    "연구원 출신이 모여 {technique} 엔진을 개발하고 {task} 제품으로 내놓았습니다.")
BODIES = (
    "{data}만 있으면 두 달 안에 첫 모델을 보여 드립니다.", "학습에 쓸 {data} 수집과 정제도 함께 맡습니다.", "기존 장비와 연결해 결과를 실시간으로 화면에 띄웁니다.",
    "{industry} 공장 여러 곳에서 쌓은 사례를 바탕으로 현장에 맞게 조정합니다.", "{technique} 모델은 자체 개발했고 고객 자료로 다시 학습합니다.",
    "{task} 다음 단계로 {other} 기능도 선택할 수 있습니다.", "도입 전 진단에서 자료 상태와 기대 효과를 숫자로 적어 드립니다.", "사내 서버에 설치하며 외부로 자료가 나가지 않습니다.",
    "클라우드 구독으로 시작하고 필요하면 사내 설치로 옮깁니다.", "담당자가 코드를 몰라도 쓸 수 있는 화면을 제공합니다.", "정확도가 약속에 못 미치면 재학습 비용을 받지 않습니다.",
    "운영 중에는 매달 성능 보고서를 보내고 자료가 바뀌면 모델을 새로 고칩니다.", "{other} 과제에서도 같은 엔진을 쓰고 있습니다.", "도입 기업의 평균 작업 시간이 삼분의 일가량 줄었습니다.",
    "{delivery} 요건에 맞춘 문서와 시험 성적서를 갖추고 있습니다.", "판단 근거를 그림과 문장으로 함께 보여 주어 현장 직원이 믿고 씁니다.",
    "센서와 카메라 선정, 설치 공사, 교육까지 한 번에 진행합니다.", "{industry} 특유의 짧은 납기와 다품종 소량 생산을 고려했습니다.")
CLOSINGS = (
    "소규모 기업을 위한 단기 실증 상품이 따로 있습니다.", "{other} 쪽은 지원하지 않습니다.", "상주 인력은 두 명이며 원격 지원을 겸합니다.", "계약 뒤 일 년 동안 무상으로 보수합니다.",
    "협력 대학과 함께 {technique} 연구를 이어 가고 있습니다.", "하드웨어는 취급하지 않고 소프트웨어만 공급합니다.", "해외 고객을 위한 영문 문서도 제공합니다.")

TITLES = ("{task} 자동화", "{task} 인공지능 도입", "{industry} {task} 개선", "{task} 체계 구축", "{data} 기반 {task}", "{task} 고도화 실증")
BUSINESSES = ("{industry} 제품을 만들어 납품합니다.", "{industry} 분야에서 주문을 받아 생산하는 업체입니다.", "{industry} 관련 제품을 개발하고 판매합니다.")
TROUBLES = (
    "지금은 사람이 하나하나 확인하다 보니 시간이 오래 걸리고 빠뜨리는 일이 잦습니다.", "담당자 한 분의 경험에 기대고 있는데 내년에 그만두십니다.", "월말마다 야근을 하고도 결과가 늦게 나옵니다.",
    "고객사에서 같은 문제로 여러 번 지적을 받았습니다.", "{task} 때문에 들어가는 비용이 해마다 늘고 있습니다.", "주문이 몰리면 앞 공정과 뒤 공정이 서로 기다립니다.",
    "{task} 결과가 사람마다 달라 기준을 세우기 어렵습니다.", "{industry} 업계에서는 {task} 비중이 큰데 저희는 아직 손으로 합니다.",
    "{data} 자료는 있지만 어떻게 써야 할지 모릅니다.", "자료가 여러 곳에 흩어져 있어 한눈에 보이지 않습니다.", "외국인 직원이 많아 설명이 잘 전달되지 않습니다.",
    "{other} 쪽도 손을 봐야 하지만 우선순위는 아닙니다.", "새 제품이 들어올 때마다 기준을 다시 잡느라 며칠을 씁니다.", "작년에 비슷한 시도를 했다가 자료가 모자라 멈췄습니다.",
    "설비는 오래되어 신호를 뽑기 어렵고 기록은 손으로 적습니다.", "담당 부서가 셋으로 나뉘어 있어 같은 값을 세 번 입력합니다.")
WISHES = (
    "{task} 업무를 자동으로 처리하고 사람은 확인만 하고 싶습니다.", "{technique} 같은 기술이 저희 같은 작은 회사에도 맞는지 알고 싶습니다.", "석 달 안에 한 라인에서 먼저 시험해 보고 넓히려고 합니다.",
    "결과를 왜 그렇게 냈는지 직원이 알아볼 수 있어야 합니다.", "{task} 정확도를 지금보다 눈에 띄게 올리는 것이 목표입니다.", "기존 전산과 이어져 따로 입력하지 않으면 좋겠습니다.",
    "{delivery} 조건을 지켜야 하는 점을 함께 고려해 주십시오.", "처음에는 진단과 상담부터 받고 싶습니다.", "자료를 밖으로 내보내지 않는 방법이면 좋겠습니다.", "현장 직원이 하루 만에 배울 수 있을 만큼 쉬워야 합니다.")

SUPPLIER_SIZES = (("벤처기업", 45), ("소기업", 20), ("중소기업", 28), ("중견기업", 4), ("대기업", 1), ("대학·연구기관", 2))
DEMAND_SIZES = (("소상공인", 18), ("소기업", 27), ("중소기업", 50), ("중견기업", 5))
KINDS = (("인공지능개발사업자", 80), ("인공지능이용사업자", 20))
CERTIFICATES = ("기업부설연구소", "벤처기업확인", "GS인증 1등급", "ISMS", "ISO 9001", "ISO 27001", "이노비즈", "ISO 13485", "GMP")
DEPLOYMENTS = (("on-premise",), ("cloud",), ("on-premise", "cloud"), ("edge",), ("on-premise", "edge"), ("on-premise", "cloud", "edge"))
SUPPLIER_CODES = ("J58221", "J58222", "J62010", "J62021", "J62090", "J63111", "J63112", "M70129", "M72129")
MAKER_DIVISIONS = tuple("C%02d" % division for division in range(10, 34))
BIO_DIVISIONS = ("C20", "C21", "C27", "M70", "Q86")
WIDER_DIVISIONS = MAKER_DIVISIONS + ("G46", "G47", "H49", "J62", "Q86", "M70")

# What 502 smart-factory firms said they need (33.9, 32.3, 31.9, 17.7 %), as concepts of the lexicon.
MAKER_NEEDS = ((("quality-control",), 33.9), (("process-optimisation", "production-planning"), 32.3), (("automation-robotics",), 31.9),
               (("supply-chain",), 17.7), ((), 15.0))

DEMAND_NUMBERS = 500000  # numbers from here on are the demand side's: a shared one would make two firms one party


def check_digit(nine):
    """The tenth digit of a business registration number; the outer mod 10 is the one people forget."""
    total = sum(digit * weight for digit, weight in zip(nine, (1, 3, 7, 1, 3, 7, 1, 3, 5))) + nine[8] * 5 // 10
    return (10 - total % 10) % 10


def registration_number(serial):
    """The serial-th number of the unassigned office 000; None when they run out."""
    kinds = (81, 86, 87, 88) + tuple(range(1, 80)) + tuple(range(90, 100))
    if serial >= len(kinds) * 10000:
        return None
    kind, number = kinds[serial // 10000], serial % 10000
    nine = [0, 0, 0] + [int(digit) for digit in "%02d%04d" % (kind, number)]
    text = "".join(map(str, nine + [check_digit(nine)]))
    return "%s-%s-%s" % (text[:3], text[3:5], text[5:])


def round_krw(amount):
    return int(round(amount / 1e6)) * 1000000


def firm_name(stream, tails):
    return "".join(stream.choose(SYLLABLES) for _ in range(stream.between(2, 3))) + stream.choose(tails) + "(가상)"


def region(stream, seoul):
    return "서울특별시 " + stream.choose(DISTRICTS) if stream.chance(seoul) else stream.choose(ELSEWHERE)


def date(stream, first_year, last_year):
    return "%04d-%02d-%02d" % (stream.between(first_year, last_year), stream.between(1, 12), stream.between(1, 28))


class Theme:
    """What one record is about: a main task, neighbours of it, and words that fill the phrases."""

    def __init__(self, stream, knowledge, sector, task):
        self.stream, self.knowledge, self.sector, self.task = stream, knowledge, sector, task
        self.industry = knowledge.related(stream, task, "industry", knowledge.industries[sector])
        self.technique = knowledge.related(stream, task, "technique", knowledge.techniques)
        self.data = knowledge.related(stream, task, "data", knowledge.data)
        self.other = knowledge.related(stream, task, "task", knowledge.tasks[sector])

    def fill(self, phrase):
        stream, knowledge = self.stream, self.knowledge
        return phrase.format(task=name_of(stream, self.task), industry=name_of(stream, self.industry),
                             technique=name_of(stream, self.technique), data=name_of(stream, self.data),
                             other=name_of(stream, self.other), delivery=name_of(stream, stream.choose(knowledge.delivery)))

    def passage(self, heads, bodies, tails, length):
        """Sentences up to about length code points: one opening, different middles, one closing."""
        first, last = self.stream.choose(heads), self.stream.choose(tails)
        head, tail = self.fill(first), self.fill(last)
        sentences, used = [head], len(head) + len(tail)
        for phrase in self.stream.some(bodies, len(bodies)):
            if used >= length:
                break
            if phrase in (first, last):
                continue
            sentences.append(self.fill(phrase))
            used += len(sentences[-1]) + 1
        return " ".join(sentences + [tail])


def make_supplier(index, seed, knowledge, length):
    stream = Stream(seed, 1, index)
    sector = stream.weighted((("manufacturing", 45), ("bio", 25), ("office", 30)))
    theme = Theme(stream, knowledge, sector, stream.choose(knowledge.tasks[sector]))
    generalist = stream.chance(0.08)
    tasks = [theme.task, theme.other] + stream.some(knowledge.tasks[sector], 9 if generalist else stream.between(0, 2))
    low = round_krw(math.exp(stream.bell() * 0.8 + math.log(2.5e7))) + 1000000
    divisions = {"manufacturing": MAKER_DIVISIONS, "bio": BIO_DIVISIONS, "office": WIDER_DIVISIONS}[sector]
    record = {
        "id": "G%06d" % (index + 1), "name": firm_name(stream, FIRM_TAILS),
        "registration_no": registration_number(index) if index < DEMAND_NUMBERS else None,
        "region": region(stream, 0.6), "founded": date(stream, 2004, 2024), "size": stream.weighted(SUPPLIER_SIZES),
        "business_kind": stream.weighted(KINDS), "ksic": stream.some(SUPPLIER_CODES, stream.between(1, 2)), "ksic_rev": 10,
        "employees": max(2, int(math.exp(stream.bell() * 0.9 + math.log(18)))),
        "summary": None,
        "products": ["%s %s" % (stream.choose(SYLLABLES) + stream.choose(SYLLABLES), tail) for tail in
                     stream.some(("플랫폼", "엔진", "클라우드", "스튜디오", "에이전트", "박스"), stream.between(1, 2))],
        "capabilities": [name_of(stream, concept) for concept in tasks] + [name_of(stream, theme.technique)],
        "domains": names_of(stream, theme.industry, knowledge.industries[sector], stream.between(1, 2)),
        "data_types": names_of(stream, theme.data, knowledge.data, stream.between(0, 2)),
        "references": [{"industry_ksic": knowledge.code(stream, divisions)[:stream.between(3, 4)],
                        "title": theme.fill(stream.choose(("{industry} {task} 구축", "{task} 실증", "{data} 활용 {task}"))),
                        "year": stream.between(2019, 2025)} for _ in range(stream.weighted(((0, 20), (1, 30), (2, 30), (3, 20))))],
        "certifications": stream.some(CERTIFICATES, stream.between(0, 3)), "deployment": list(stream.choose(DEPLOYMENTS)),
        "price_krw": [low, low + round_krw(low * (0.5 + 4 * stream.unit()))], "capacity": stream.between(0, 6), "synthetic": True}
    record["summary"] = theme.passage(OPENINGS, BODIES, CLOSINGS, max(120, length - listed_letters(record)))
    return record


def listed_letters(record):
    """Code points of a supplier's texts outside its summary."""
    listed = [text for field in ("products", "capabilities", "domains", "data_types") for text in record[field]]
    return sum(map(len, listed)) + sum(len(reference["title"]) for reference in record["references"])


def maker_task(stream, knowledge):
    """A manufacturing task under the field of need that the survey's shares draw."""
    roots = stream.weighted(MAKER_NEEDS)
    tasks = knowledge.tasks["manufacturing"]
    under = [task for task in tasks if not roots or any(root in knowledge.roots[task["id"]] for root in roots)]
    return stream.choose(under or tasks)


def make_demand(index, seed, knowledge, length, suppliers):
    stream = Stream(seed, 2, index)
    bio = index % 2 == 1
    sector, divisions = ("bio", BIO_DIVISIONS) if bio else ("manufacturing", MAKER_DIVISIONS)
    theme = Theme(stream, knowledge, sector, stream.choose(knowledge.tasks["bio"]) if bio else maker_task(stream, knowledge))
    record = {
        "id": "N%06d" % (index + 1), "program": "ai-bio" if bio else "ai-manufacturing",
        "applied": "2025-06-%02d" % stream.between(2, 27),
        "firm": {
            "name": firm_name(stream, BIO_TAILS if bio else MAKER_TAILS), "registration_no": registration_number(DEMAND_NUMBERS + index),
            "region": region(stream, 0.9), "founded": date(stream, 2012 if bio else 1985, 2023), "size": stream.weighted(DEMAND_SIZES),
            "ksic": [knowledge.code(stream, divisions if stream.chance(0.93) else ("G46", "J62"))], "ksic_rev": 10,
            "employees": max(1, int(math.exp(stream.bell() * 0.9 + math.log(22)))),
            "business": theme.fill(stream.choose(BUSINESSES))},
        "title": theme.fill(stream.choose(TITLES)),
        "need": theme.passage(TROUBLES, TROUBLES + WISHES, WISHES, length),
        # 64.5 % of firms collect data
        "data_held": names_of(stream, theme.data, knowledge.data, stream.between(0, 2)) if stream.chance(0.645) else [],
        # the median puts 69 % at or below 100 M KRW
        "budget_krw": round_krw(math.exp(stream.bell() * 0.7 + math.log(7e7))) + 1000000,
        # mean DX maturity of small firms: 41.9 of 100
        "readiness_score": min(100, max(0, round(41.9 + 16 * stream.bell()))),
        "must": {"deployment": stream.choose(("on-premise", "cloud"))} if stream.chance(0.25) else {},
        "prefer": {"certifications": stream.some(CERTIFICATES, 1)} if stream.chance(0.2) else {},
        "exclude_suppliers": ["G%06d" % (stream.below(suppliers) + 1)] if suppliers and stream.chance(0.1) else [], "synthetic": True}
    return record


def write_pool(folder, suppliers, demands, seed, data, length=600):
    """Writes both files; returns their paths and the mean length of a supplier's text in code points."""
    knowledge = Knowledge(pathlib.Path(data))
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths, letters = {}, 0
    paths["suppliers"] = folder / "suppliers.jsonl"
    with open(paths["suppliers"], "w", encoding="utf-8") as out:
        for index in range(suppliers):
            record = make_supplier(index, seed, knowledge, length)
            letters += len(record["summary"]) + listed_letters(record)
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    paths["demands"] = folder / "demands.jsonl"
    with open(paths["demands"], "w", encoding="utf-8") as out:
        for index in range(demands):
            out.write(json.dumps(make_demand(index, seed, knowledge, length, suppliers), ensure_ascii=False) + "\n")
    return paths, letters / max(1, suppliers)


def main():
    parser = argparse.ArgumentParser(description="Fictional suppliers and demands for the benches.")
    parser.add_argument("--suppliers", type=int, default=1800)
    parser.add_argument("--demands", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--length", type=int, default=600, help="code points of text a record, about")
    parser.add_argument("--data", default=str(pathlib.Path(__file__).resolve().parent.parent / "data"))
    parser.add_argument("--out", required=True, help="folder for suppliers.jsonl and demands.jsonl")
    options = parser.parse_args()
    paths, letters = write_pool(options.out, options.suppliers, options.demands, options.seed, options.data, options.length)
    print("%s %s: %.0f code points of text a supplier" % (paths["suppliers"], paths["demands"], letters))


if __name__ == "__main__":
    main()
