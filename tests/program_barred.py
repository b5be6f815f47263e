#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No program file can make a barred pair be suggested, assigned or counted.

    python3 tests/program_barred.py PROGRAM ROOT

Random program files (seeded; IEUM_CASES: how many, IEUM_SEED) with random rules, groups, bounds, methods and pools meet random firms. A judge of its own, written from
what data/schema says of each test, tells which pairs are barred; then every reply that names or counts pairs is held against it: check, suggest (forward, turned round,
for a typed need, with a learned model, by fit), round propose with every method, locks on barred pairs, what-if, select, report. A firm that is not eligible may be
shown who would suit it beside the verdict that it is not (somebody may have to explain it); it is never selected, assigned or counted. Out: a line per fault, or counts.
"""
import copy
import datetime
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

IDLE = re.compile("[ \t\\-_\u00b7\u318d\u3000\u00a0]")
FORMS = ["주식회사", "(주)", "㈜"]
REGIONS = ["서울특별시 강남구", "서울 마포구", "부산광역시 해운대구", "경기도 수원시", "대전광역시"]
SIZES = ["소상공인", "소기업", "중기업", "중소기업", "벤처기업", "중견기업", "대기업"]
CODES = ["C25", "C261", "J62", "M70", "Q86", "C20", "10", "J631"]
DEPLOYMENTS = ["on-premise", "cloud", "edge"]
CERTIFICATES = ["ISMS", "ISMS-P", "GS인증", "GS인증 1등급", "ISO 27001", "iso27001"]
NAMES = ["누름쇠", "결함보기", "글자틀림없음", "새싹셀", "콜로니", "배양조", "도는축", "빠른눈"]
WORDS = ["비전 검사", "품질 예측", "챗봇", "설비 고장 예지", "문서 인식", "수요 예측", "독성 예측"]
KINDS = ["ai_firm", "expert", "consultant", "investor"]


# ---- the judge ----

def plain(text):
    """Letter case (ASCII), spaces, hyphens, underscores and middle dots do not count."""
    return "".join(c.lower() if c.isascii() else c for c in IDLE.sub("", str(text)))


def core(name):
    for form in FORMS:
        name = name.replace(form, "")
    return plain(name)


def at(record, pointer):
    for key in pointer.split("/")[1:]:
        record = record.get(key) if isinstance(record, dict) else None
    return record


def items(value):
    """The elements that are there: nothing, blanks and null are missing."""
    values = value if isinstance(value, list) else [value]
    return [v for v in values if v is not None and not (isinstance(v, str) and not v.strip())]


def day(text):
    try:
        return datetime.date.fromisoformat(text) if isinstance(text, str) and len(text) == 10 else None
    except ValueError:
        return None


def later(date, years):
    try:
        return date.replace(year=date.year + years)
    except ValueError:
        return date.replace(year=date.year + years, day=28)


def section(division):
    spans = [("A", 1, 3), ("B", 5, 8), ("C", 10, 34), ("D", 35, 35), ("E", 36, 39), ("F", 41, 42), ("G", 45, 47), ("H", 49, 52), ("I", 55, 56), ("J", 58, 63),
             ("K", 64, 66), ("L", 68, 68), ("M", 70, 73), ("N", 74, 76), ("O", 84, 84), ("P", 85, 85), ("Q", 86, 87), ("R", 90, 91), ("S", 94, 96)]
    return next(s for s, low, high in spans if low <= division <= high)


def under(code, prefix):
    """Codes of at most three digits here, so revisions do not matter."""
    code = code if code[0].isalpha() else section(int(code[:2])) + code
    prefix = prefix if prefix[0].isalpha() else section(int(prefix[:2])) + prefix
    return code.startswith(prefix)


def test_item(rule, item, reference):
    test, values = rule["test"], rule.get("values", [])
    if test == "in":
        return any(plain(item) == plain(v) for v in values)
    if test == "prefix" and rule.get("code") == "ksic":
        return any(under(item, v) for v in values) and not any(under(item, v) for v in rule.get("except", []))
    if test == "prefix":
        return any(plain(item).startswith(plain(v)) for v in values) and not any(plain(item).startswith(plain(v)) for v in rule.get("except", []))
    if test == "matches":
        return re.search(rule["pattern"], str(item)) is not None
    if test in ("at_least", "at_most"):
        return item >= rule["number"] if test == "at_least" else item <= rule["number"]
    if test == "present":
        return True
    date = day(item)
    if date is None:
        return None
    if test == "age_years_at_most":
        return reference <= later(date, rule["number"])
    bound = day(rule["date"])
    return date >= bound if test == "date_at_least" else date <= bound


def fails_single(rule, record, pointer, demand):
    reference = day(at(demand, rule["reference"])) if "reference" in rule else None
    given = items(at(record, pointer))
    missing = rule.get("missing", "fail" if rule["test"] == "present" else "confirm")
    if not given or (rule["test"] == "age_years_at_most" and reference is None):
        return missing == "fail"
    verdicts = [test_item(rule, item, reference) for item in given]
    return True not in verdicts and None not in verdicts


def fails_pair(rule, demand, supplier):
    test = rule["test"]
    if test == "not_listed":
        return supplier["id"] in items(at(demand, rule["field"]))
    if test == "unrelated":
        a, b = demand["firm"], supplier
        numbers = [re.sub("[^0-9]", "", x.get("registration_no") or "") for x in (a, b)]
        same = numbers[0] == numbers[1] if all(numbers) else core(a.get("name", "")) != "" and core(a.get("name", "")) == core(b["name"])
        def listed(one, other, number):
            return any(core(x) == core(other) or (re.sub("[^0-9]", "", x) == number != "") for x in items(one.get("affiliates")) + items(one.get("organisation")))
        return same or listed(a, b["name"], numbers[1]) or listed(b, a.get("name", ""), numbers[0])
    asked, held = items(at(demand, rule["field"])), items(at(supplier, rule["supplier_field"]))
    if not asked:
        return False
    if not held:
        return rule.get("missing", "confirm") == "fail"
    def has(value):
        also = [x for key, more in rule.get("accepts", {}).items() if plain(key) == plain(value) for x in more]
        match = (lambda h, w: plain(h).startswith(plain(w))) if test == "lies_in" else (lambda h, w: plain(h) == plain(w))
        return any(match(h, w) for h in held for w in [value, *also])
    got = [has(value) for value in asked]
    return not (all(got) if test == "covers" else any(got))


def demand_fails(program, demand):
    return any(fails_single(r, demand, r["field"], demand) for r in program["eligibility"] if r.get("enabled", True))


def pair_fails(program, demand, supplier):
    for rule in program["pair_rules"]:
        if not rule.get("enabled", True):
            continue
        pair = rule["test"] in ("covers", "lies_in", "not_listed", "unrelated")
        if fails_pair(rule, demand, supplier) if pair else fails_single(rule, supplier, rule["supplier_field"], demand):
            return True
    return False


def candidates(program, suppliers):
    kinds = program.get("pool", {}).get("kinds", ["ai_firm"])
    return [s for s in suppliers if s.get("kind", "ai_firm") in kinds]


# ---- random programs and records ----

def some(rng, values, most=3):
    return rng.sample(values, rng.randint(1, min(most, len(values))))


def date_in(rng, first, last):
    return (datetime.date(first, 1, 1) + datetime.timedelta(days=rng.randrange(365 * (last - first)))).isoformat()


def single_rule(rng, on_supplier):
    key = "supplier_field" if on_supplier else "field"
    place = (lambda p: p) if on_supplier else (lambda p: "/firm" + p)
    made = [{"test": "prefix", key: place("/region"), "values": some(rng, ["서울특별시", "서울", "부산광역시", "경기도"])},
            {"test": "in", key: place("/region"), "values": some(rng, REGIONS)},
            {"test": "matches", key: place("/name"), "pattern": rng.choice(["눈|쇠", "^빠", "가상", "셀.가상"])},
            {"test": "age_years_at_most", key: place("/founded"), "reference": "/applied", "number": rng.choice([1, 3, 7, 10])},
            {"test": "date_at_least", key: place("/founded"), "date": date_in(rng, 2005, 2024)},
            {"test": "present", key: place("/registration_no")}]
    if on_supplier:
        made += [{"test": "in", key: "/deployment", "values": some(rng, DEPLOYMENTS)}, {"test": "in", key: "/certifications", "values": some(rng, CERTIFICATES)},
                 {"test": "date_at_most", key: "/registered", "date": date_in(rng, 2024, 2026)}, {"test": "present", key: "/certifications"}]
    else:
        made += [{"test": "prefix", "code": "ksic", key: "/firm/ksic", "values": some(rng, ["C", "J", "C25", "M70", "Q"]), "except": rng.choice([[], ["C26"]])},
                 {"test": "in", key: "/firm/size", "values": some(rng, SIZES, 5)}, {"test": "at_least", key: "/firm/employees", "number": rng.choice([3, 10, 50])},
                 {"test": "at_most", key: "/firm/employees", "number": rng.choice([20, 100, 300])}, {"test": "date_at_most", key: "/applied", "date": date_in(rng, 2025, 2026)},
                 {"test": "present", key: "/must/deployment"}, {"test": "at_most", key: "/budget_krw", "number": 200000000}]
    return rng.choice(made)


def pair_rule(rng):
    return rng.choice([
        {"test": "covers", "field": "/must/deployment", "supplier_field": "/deployment"},
        {"test": "covers", "field": "/must/certifications", "supplier_field": "/certifications", "accepts": rng.choice([{}, {"ISMS": ["ISMS-P"], "GS인증": ["GS인증 1등급"]}])},
        {"test": "lies_in", "field": "/must/region", "supplier_field": "/region", "accepts": rng.choice([{}, {"서울특별시": ["서울"]}])},
        {"test": "not_listed", "field": "/exclude_suppliers"}, {"test": "unrelated"}, {"test": "unrelated"}, single_rule(rng, True)])


def random_program(rng, base, name):
    p = {k: copy.deepcopy(base[k]) for k in ("version", "effective", "title", "sources", "sides", "features", "criteria", "model")}
    p["id"] = name
    text = {"ko": "규칙을 충족하지 않습니다.", "en": "The rule is not met."}
    def dress(rule, number):
        rule = dict(rule, id=f"rule-{number}", reason=text, source="test")
        if rule["test"] not in ("not_listed", "unrelated") and rng.random() < 0.8:
            rule["missing"] = rng.choice(["fail", "confirm", "confirm", "pass"])
        if rng.random() < 0.1:
            rule["enabled"] = False
        if rng.random() < 0.3:
            rule["waivable"] = True
        return rule
    p["eligibility"] = [dress(single_rule(rng, False), i) for i in range(rng.choice([0, 1, 1, 2]))]
    p["pair_rules"] = [dress(pair_rule(rng), 10 + i) for i in range(rng.choice([1, 2, 3, 4]))]
    if rng.random() < 0.3:
        p["pool"] = {"kinds": some(rng, KINDS), "source": "test"}
    p["quota"] = {"demands": rng.choice([2, 4, 20]), "source": "test"}
    if rng.random() < 0.5:
        p["consent"] = {"demand": True, "supplier": True, "days": 7, "source": "test"}
    most = rng.choice([1, 1, 2, 3])
    p["assignment"] = {"method": rng.choice(["max_sum", "leximin", "stable", "random"]), "demand": {"min": 0, "max": most}, "supplier": {"max": rng.choice([1, 2, None])},
                       "use_capacity": rng.random() < 0.5}
    if rng.random() < 0.3:
        p["assignment"]["groups"] = [{"id": "where", "title": {"ko": "곳", "en": "place"}, "side": "supplier", "field": "/region", "prefix": 2, "max": rng.choice([1, 2]), "source": "test"}]
    p["shortlist"] = rng.choice([1, 3, 5])
    if rng.random() < 0.5: # other points: nothing that bars
        weights = [rng.random() for _ in p["criteria"]]
        for criterion, weight in zip(p["criteria"], weights):
            criterion["points"] = round(100 * weight / sum(weights), 3)
        p["criteria"][0]["points"] = round(100 - sum(c["points"] for c in p["criteria"][1:]), 3)
    return p


def maybe(rng, record, key, make, chance=0.75):
    if rng.random() < chance:
        record[key] = make()


def random_supplier(rng, number):
    s = {"id": f"S{number}", "name": rng.choice(["", "(주)", "주식회사 "]) + rng.choice(NAMES) + "(가상)", "summary": f"{rng.choice(WORDS)}, {rng.choice(WORDS)} 솔루션을 공급합니다."}
    maybe(rng, s, "region", lambda: rng.choice(REGIONS))
    maybe(rng, s, "deployment", lambda: some(rng, DEPLOYMENTS))
    maybe(rng, s, "certifications", lambda: some(rng, CERTIFICATES))
    maybe(rng, s, "founded", lambda: date_in(rng, 2000, 2025))
    maybe(rng, s, "registered", lambda: date_in(rng, 2024, 2026))
    maybe(rng, s, "capacity", lambda: rng.randint(0, 3), 0.5)
    maybe(rng, s, "kind", lambda: rng.choice(KINDS), 0.3)
    maybe(rng, s, "organisation", lambda: rng.choice(NAMES) + "(가상)", 0.15) # an expert's: counts as kin
    maybe(rng, s, "affiliates", lambda: [rng.choice(NAMES) + "(가상)"], 0.2)
    return s


def random_demand(rng, program, number, suppliers):
    firm = {"name": rng.choice(["", "(주)", "㈜"]) + rng.choice(NAMES) + "(가상)"}
    maybe(rng, firm, "region", lambda: rng.choice(REGIONS))
    maybe(rng, firm, "ksic", lambda: some(rng, CODES, 2))
    maybe(rng, firm, "size", lambda: rng.choice(SIZES))
    maybe(rng, firm, "employees", lambda: rng.choice([1, 5, 30, 200, 500]))
    maybe(rng, firm, "founded", lambda: date_in(rng, 2000, 2025))
    maybe(rng, firm, "affiliates", lambda: [rng.choice(NAMES) + "(가상)"], 0.2)
    d = {"id": f"{program}.{number}", "program": program, "firm": firm, "need": f"{rng.choice(WORDS)}을 도입하고 싶습니다."}
    maybe(rng, d, "applied", lambda: date_in(rng, 2025, 2026), 0.9)
    maybe(rng, d, "budget_krw", lambda: rng.choice([50000000, 300000000]))
    must = {}
    maybe(rng, must, "deployment", lambda: rng.choice([some(rng, DEPLOYMENTS, 2), rng.choice(DEPLOYMENTS)]), 0.5)
    maybe(rng, must, "certifications", lambda: some(rng, CERTIFICATES, 2), 0.4)
    maybe(rng, must, "region", lambda: rng.choice(["서울특별시", "부산광역시", "서울"]), 0.3)
    d["must"] = must
    maybe(rng, d, "exclude_suppliers", lambda: [s["id"] for s in rng.sample(suppliers, 2)], 0.4)
    return d


# ---- asking, and holding the replies against the judge ----

class Batch:
    def __init__(self, program, root, folder, rng, base, size):
        self.program, self.folder, self.rng, self.faults, self.pairs = program, folder, rng, [], 0
        data = folder / "data"
        (data / "programs").mkdir(parents=True)
        for entry in (root / "data").iterdir():
            if entry.name != "programs":
                (data / entry.name).symlink_to(entry)
        (folder / "models").symlink_to(root / "models")
        self.suppliers = [random_supplier(rng, n) for n in range(12)]
        # The first has the name of a shipped program, so that the model learned for that one can rank it.
        drawn = [random_program(rng, base, f"p{n}" if n else base["id"]) for n in range(size)]
        for p in drawn:
            (data / "programs" / f'{p["id"]}.json').write_text(json.dumps(p, ensure_ascii=False), encoding="utf-8")
        sound = self.call([{"op": "program", "action": "check", "program": p["id"]} for p in drawn])
        self.programs = [p for p, reply in zip(drawn, sound) if "result" in reply]
        self.refused = len(drawn) - len(self.programs)
        for p in drawn:
            if p not in self.programs:
                (data / "programs" / f'{p["id"]}.json').unlink()
        self.demands = {p["id"]: [random_demand(rng, p["id"], n, self.suppliers) for n in range(5)] for p in self.programs}

    def call(self, requests):
        lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in requests)
        run = subprocess.run([self.program, "--data", str(self.folder / "data"), "--store", str(self.folder / "ieum.db"), "--now", "2025-08-01", "call"], input=lines,
                             capture_output=True, text=True, encoding="utf-8", check=False)
        replies = [json.loads(line) for line in run.stdout.splitlines()]
        if len(replies) != len(requests):
            self.faults.append(f"{len(replies)} replies to {len(requests)} requests: {run.stderr[:300]}")
        return replies

    def fault(self, program, request, what):
        shown = {k: v for k, v in program.items() if k not in ("sources", "features", "criteria", "title", "sides", "effective", "version")}
        named = [r for r in [*self.suppliers, *self.demands[program["id"]]] if r["id"] in re.findall(r"[\w.-]+", what)]
        self.faults.append(f'{what}\n    {json.dumps(request, ensure_ascii=False)}\n    {json.dumps(shown, ensure_ascii=False)}\n    {json.dumps(named, ensure_ascii=False)}')

    def judge(self, p):
        """Of one program: eligible demands, and the suppliers that each demand may get."""
        stand = candidates(p, self.suppliers)
        eligible = {d["id"] for d in self.demands[p["id"]] if not demand_fails(p, d)}
        allowed = {d["id"]: {s["id"] for s in stand if not pair_fails(p, d, s)} for d in self.demands[p["id"]]}
        return eligible, allowed, stand

    def hold_ranking(self, p, request, line, eligible, allowed, stand):
        demand = line["demand"]
        named = {s["supplier"] for s in line["suggestions"]}
        self.pairs += len(stand)
        if line["eligible"] != (demand in eligible):
            self.fault(p, request, f'{demand}: eligible is {line["eligible"]}')
        # Of all demands only those that are eligible get a ranking.
        if demand not in eligible and named and "all" in request:
            self.fault(p, request, f"{demand} is barred, and suggested {named}")
        if named - allowed[demand]:
            self.fault(p, request, f"{demand}: barred suppliers are suggested: {named - allowed[demand]}")
        counts = line.get("counts", {})
        if demand in eligible and "barred" in counts and (counts["suppliers"], counts["barred"]) != (len(stand), len(stand) - len(allowed[demand])):
            self.fault(p, request, f"{demand}: counted {counts}, of {len(stand)} candidates {len(allowed[demand])} may be paired")

    def hold_assignment(self, p, request, proposal, eligible, allowed):
        assignment = proposal.get("assignment") or {}
        for pair in assignment.get("proposed", []):
            if pair["demand"] not in eligible or pair["supplier"] not in allowed[pair["demand"]]:
                self.fault(p, request, f'the barred pair {pair["demand"]} × {pair["supplier"]} is assigned')
        instance = assignment.get("instance", {})
        for edge in instance.get("edges", []):
            d, s = instance["demands"][edge[0]], instance["suppliers"][edge[1]]
            if d not in eligible or s not in allowed[d]:
                self.fault(p, request, f"the barred pair {d} × {s} is among those to choose from")
        for line in proposal.get("applicants", []):
            named = {s["supplier"] for s in line.get("suggestions", [])}
            if named - allowed[line["id"]] or line["eligible"] != (line["id"] in eligible):
                self.fault(p, request, f'barred suppliers in the shortlist of {line["id"]}')
        counts = proposal.get("counts", {})
        if counts and counts["eligible"] != len(eligible):
            self.fault(p, request, f'{counts["eligible"]} eligible are counted, {len(eligible)} are')

    def requests(self, p):
        """Each with how its reply is held; locks go to a pair that is barred, where there is one."""
        name, demands, (eligible, allowed, stand) = p["id"], self.demands[p["id"]], self.judge(p)
        ask = {"op": "suggest", "program": name}
        yield {"op": "check", "program": name, "all": True}, "check"
        yield {**ask, "all": True, "k": 50}, "ranking"
        yield {**ask, "all": True, "k": 50, "criteria": "fit", "detail": "scores"}, "ranking"
        yield {**ask, "all": True, "k": 2, "questions": True}, "ranking"
        if name == BASE:
            yield {**ask, "all": True, "k": 50, "model": BASE + "-linear"}, "ranking"
        yield {**ask, "demand": demands[0]["id"], "k": 50}, "ranking"
        inline = dict(copy.deepcopy(self.rng.choice(demands)), id="inline")
        yield {**ask, "demand": inline, "suppliers": [dict(s, kind=s.get("kind", "ai_firm")) for s in self.suppliers], "k": 50}, ("inline", inline)
        yield {**ask, "need": "비전 검사로 결함을 찾고 싶습니다.", "k": 50}, ("inline", {"id": "desk", "firm": {"name": "(상담)"}, "need": "비전"})
        yield {**ask, "supplier": self.rng.choice(self.suppliers)["id"], "k": 50}, "turned"
        yield {"op": "select", "program": name}, "select"
        for method in ("max_sum", "leximin", "stable", "random"):
            yield {"op": "round", "step": "new", "program": name, "round": f"{name}-{method}", "by": "m", "reason": "시험", "method": method}, "any"
            yield {"op": "round", "step": "propose", "round": f"{name}-{method}", "by": "m"}, "proposal"
        barred = [(d["id"], s["id"]) for d in demands for s in stand if d["id"] in eligible and s["id"] not in allowed[d["id"]]]
        lock = {"op": "round", "step": "lock", "round": f"{name}-max_sum", "by": "m", "reason": "시험"}
        if barred:
            d, s = self.rng.choice(barred)
            yield {**lock, "demand": d, "supplier": s}, "any"
            yield {"op": "round", "step": "propose", "round": f"{name}-max_sum", "by": "m"}, "proposal"
        yield {"op": "round", "step": "what-if", "round": f"{name}-leximin", "changes": {"method": "max_sum"}}, "proposal"
        if barred:
            d, s = self.rng.choice(barred)
            yield {"op": "round", "step": "what-if", "round": f"{name}-leximin", "changes": {"locks": [[d, s]]}}, "proposal"
        yield {"op": "round", "step": "propose", "program": name}, "proposal"
        yield {"op": "report", "kind": "council", "program": name, "year": 2025}, "report"

    def hold(self, p, request, how, reply):
        eligible, allowed, stand = self.judge(p)
        if "problem" in reply:
            outside = how == "turned" and request["supplier"] not in {s["id"] for s in stand} # of a kind that the program does not look for
            if not outside and request.get("step") not in ("lock", "propose", "what-if"):
                self.fault(p, request, f'refused: {reply["problem"]}')
            return
        result = reply["result"]
        if how == "check":
            for line in result["demands"]:
                if line["eligible"] != (line["id"] in eligible):
                    self.fault(p, request, f'{line["id"]}: eligible is {line["eligible"]}')
        elif how == "ranking":
            for line in result.get("demands", [result]):
                self.hold_ranking(p, request, line, eligible, allowed, stand)
        elif isinstance(how, tuple):
            demand = how[1]
            inner = {demand["id"]: {s["id"] for s in stand if not pair_fails(p, demand, s)}}
            self.hold_ranking(p, request, dict(result, demand=demand["id"]), set() if demand_fails(p, demand) else {demand["id"]}, inner, stand)
        elif how == "turned":
            asked = request["supplier"]
            for line in result["reached"]:
                if asked not in allowed[line["demand"]] or line["eligible"] != (line["demand"] in eligible):
                    self.fault(p, request, f'{asked} is shown {line["demand"]}, with which it may not be paired')
            if asked not in {s["id"] for s in stand} and result["reached"]:
                self.fault(p, request, f"{asked} is no candidate and is shown demands")
        elif how == "select":
            for line in result["applicants"]:
                if line["verdict"] in ("selected", "reserve") and line["demand"] not in eligible:
                    self.fault(p, request, f'{line["demand"]} is barred and selected')
                if line.get("best_supplier") and line["best_supplier"] not in allowed[line["demand"]]:
                    self.fault(p, request, f'{line["demand"]}: points come from the barred {line["best_supplier"]}')
                if line["demand"] in eligible and line.get("candidates") is not None and line["candidates"] != len(allowed[line["demand"]]):
                    self.fault(p, request, f'{line["demand"]}: {line["candidates"]} candidates are counted, {len(allowed[line["demand"]])} may be paired')
        elif how == "proposal":
            self.hold_assignment(p, request, result.get("proposal") or {}, eligible, allowed)
        elif how == "report":
            funnel = next((s for s in result["sections"] if s["id"] == "funnel"), {"rows": []})
            for row in funnel["rows"]:
                if isinstance(row[0], dict) and row[0].get("en") == "eligible" and row[1] > len(eligible):
                    self.fault(p, request, f"the report counts {row[1]} eligible, {len(eligible)} are")

    def run(self):
        records = [d for demands in self.demands.values() for d in demands]
        asked = [({"op": "import", "kind": "suppliers", "records": self.suppliers}, None, "any"), ({"op": "import", "kind": "demands", "records": records}, None, "any")]
        for p in self.programs:
            asked += [(request, p, how) for request, how in self.requests(p)]
        for (request, p, how), reply in zip(asked, self.call([a[0] for a in asked])):
            if p:
                self.hold(p, request, how, reply)
            elif "problem" in reply:
                self.faults.append(f"import: {reply}")


BASE = "ai-manufacturing"


def main():
    program, root = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    cases, seed = int(os.environ.get("IEUM_CASES", "120")), int(os.environ.get("IEUM_SEED", "7"))
    base = json.loads((root / "data/programs" / f"{BASE}.json").read_text(encoding="utf-8"))
    rng = random.Random(seed)
    programs = refused = pairs = 0
    faults = []
    while programs < cases and len(faults) < 5:
        with tempfile.TemporaryDirectory() as folder:
            batch = Batch(program, root, pathlib.Path(folder), rng, base, 20)
            batch.run()
        programs += len(batch.programs)
        refused += batch.refused
        pairs += batch.pairs
        faults += batch.faults
    if faults:
        print("\n".join(faults[:8]))
        return 1
    print(f"{programs} random programs ({refused} drawn ones refused as contradictory), {pairs} pairs ranked: no barred pair suggested, assigned or counted")
    return 0


sys.exit(main())
