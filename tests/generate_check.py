# SPDX-License-Identifier: Apache-2.0
"""Holds generated cohorts against the calibration table of the seed documents, item by item, from the files alone.

In: the program and the repository. Out: a table (item, source, wanted, made) and exit status 1 when one differs. The numbers wanted stand here and
come from the seeds, so that a slip in data/generate shows. Rates are held as the seeds print them: to one decimal. Also: the same seed gives the
same bytes, another seed other bytes, and no record is impossible (age, size, people, sales, mark, registration number).
"""
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

IEUM, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
ROWS = []
SEEDS = (1, 20251126)


def generate(folder, profile, seed=1, *more):
    out = folder / ("%s-%d%s" % (profile, seed, "-".join(more)))
    subprocess.run([IEUM, "generate", "--profile", profile, "--seed", str(seed), "--out", str(out), "--format", "json", *more], check=True,
                   stdout=subprocess.DEVNULL)
    return out


def records(folder, name):
    return [json.loads(line) for line in (folder / (name + ".jsonl")).read_text(encoding="utf-8").splitlines()]


def hold(item, source, wanted, made):
    ROWS.append((item, source, wanted, made, wanted == made))


def percent(part, whole):
    """As a printed table has it: one decimal, halves up."""
    return "%d.%d %%" % divmod((part * 2000 + whole) // (2 * whole), 10)


def mean(numbers):
    return "%.1f" % (sum(round(number * 10) for number in numbers) / len(numbers) / 10)


def cohort(folder, seed):
    out = generate(folder, "cohort", seed)
    suppliers, demands = records(out, "suppliers"), records(out, "demands")
    seoul = [one for one in suppliers if one["region"].startswith("서울") and one["founded"] > "2018-06-30"]
    hold("AI firms / Seoul start-ups", "S2 L134", (934, 210), (len(suppliers), len(seoul)))
    hold("manufacturers 2025-2030, of them 2025", "S3 L115, L281", (475, 20), (len(demands), sum(one["applied"].startswith("2025")
                                                                                                 for one in demands)))
    hold("AI market, sum of sales (KRW)", "S0 L5-9", 10_500_000_000_000, sum(one["sales_krw"] for one in suppliers))
    hold("DX maturity, mean", "S2 L100", "41.9", mean([one["readiness_score"] for one in demands]))
    by_size = collections.defaultdict(list)
    for one in demands:
        by_size[one["firm"]["size"]].append(one["readiness_score"])
    means = [sum(by_size[size]) / len(by_size[size]) for size in ("소상공인", "소기업", "중기업")]
    hold("maturity rises with size", "S2 L101", True, means == sorted(means))
    hold("all in Seoul and makers (C)", "S3 L281", True, all(one["firm"]["region"].startswith("서울") and one["firm"]["ksic"][0][0] == "C"
                                                             for one in demands))
    return suppliers, demands


def bio(folder, seed):
    out = generate(folder, "bio", seed)
    demands = records(out, "demands")
    hold("bio and medical firms, of them 2025", "S3 L112, L283", (292, 20), (len(demands), sum(one["applied"].startswith("2025") for one in demands)))

    def age_holds(one):
        year, rest = one["firm"]["founded"].split("-", 1)
        return one["applied"] <= "%d-%s" % (int(year) + 10, rest)
    hold("founded at most ten years before", "S3 L283", True, all(age_holds(one) for one in demands))
    return records(out, "suppliers"), demands


def funnel(folder, seed):
    out = generate(folder, "funnel", seed)
    demands, suppliers = records(out, "demands"), records(out, "suppliers")
    hold("funnel: applicants, suppliers", "S2 L230, L182", (67, 30), (len(demands), len(suppliers)))
    program = json.loads((ROOT / "data/programs/ai-business-innovation-2021.json").read_text(encoding="utf-8"))
    value = {one["id"]: one["value"] for one in program["parameters"]}
    hold("funnel: demand firms, candidates, projects, KRW", "S2 L182-189", (10, 30, 5, 100_000_000),
         (value["demand_firms"], value["candidate_suppliers"], value["funded_projects"], value["cap_krw"]))
    hold("funnel: ratio to projects", "S2 L230", "13.4", "%.1f" % (len(demands) / value["funded_projects"]))
    return suppliers, demands


def survey(folder, seed):
    out = generate(folder, "survey", seed)
    firms = records(out, "demands")
    large = [one for one in firms if one["firm"]["size"] in ("중견기업", "대기업")]
    small = [one for one in firms if one["firm"]["size"] not in ("중견기업", "대기업")]
    hold("survey: all / large and mid-sized / SMEs", "S2 L56", (1345, 49, 1296), (len(firms), len(large), len(small)))
    printed = {"active": (131, 6, 125, "9.7 %", "12.2 %", "9.6 %"), "partial": (281, 18, 263, "20.9 %", "36.7 %", "20.3 %"),
               "none": (603, 12, 591, "44.8 %", "24.5 %", "45.6 %"), "unknown": (330, 13, 317, "24.5 %", "26.5 %", "24.5 %")}
    for answer, wanted in printed.items():
        counts = [sum(one["survey"]["dx_progress"] == answer for one in group) for group in (firms, large, small)]
        hold("DX progress: " + answer, "S2 L52-55", wanted, (*counts, *(percent(count, len(group)) for count, group in zip(counts, (firms, large,
                                                                                                                                    small)))))
    hold("maturity of SMEs, mean", "S2 L100", "41.9", mean([one["readiness_score"] for one in small]))

    def mean_of(choose):
        chosen = [one["readiness_score"] for one in small if choose(one)]
        return sum(chosen) / len(chosen)
    sizes = [mean_of(lambda one, size=size: one["firm"]["size"] == size) for size in ("소상공인", "소기업", "중기업")]
    hold("maturity: lower the smaller, lower in services", "S2 L101", True,
         sizes == sorted(sizes) and mean_of(lambda one: one["firm"]["ksic"][0][0] == "C") > mean_of(lambda one: one["firm"]["ksic"][0][0] not in "CJG"))
    for kind, wanted in (("consulting", "49.5 %"), ("platform", "37.5 %"), ("education", "33.2 %"), ("voucher", "14.4 %")):
        hold("wanted support: " + kind, "S2 L102", wanted, percent(sum(kind in one["survey"]["wanted_support"] for one in small), len(small)))
    return [], firms


def history(folder, seed):
    out = generate(folder, "history", seed)
    suppliers, demands, outcomes, decisions = (records(out, name) for name in ("suppliers", "demands", "outcomes", "decisions"))
    hold("2025: firms; all their outcomes and decisions", "S3 L281", (20, 20, 20),
         (len(demands), len({one["demand"] for one in outcomes}), len({one["demand"] for one in decisions})))
    known = {one["id"] for one in suppliers} | {one["id"] for one in demands}
    assert all({one["demand"], one["supplier"]} <= known for one in outcomes + decisions)
    assert all(("grade" in one) == (one["stage"] == "completed") for one in outcomes)
    return suppliers, demands


def rates(folder, seed):
    firms = records(generate(folder, "survey-data-use", seed), "demands")
    groups = [[one for one in firms if one["firm"]["size"] in sizes] for sizes in (("대기업",), ("중견기업",), ("소상공인", "소기업", "중기업"))]
    hold("data and AI use: 500 firms, by size", "S2 L97-98", (500, "22.4 %", "2.0 %", "1.9 %"),
         (len(firms), *(percent(sum(one["survey"]["data_ai_use"] for one in group), len(group)) for group in groups)))
    adopters = [one for one in records(generate(folder, "survey-adoption", seed), "demands") if one["survey"]["ai_adopted"]]
    hold("AI adopters, of them large", "S2 L99", ("3.6 %", "91.7 %"), (percent(len(adopters), 1000), percent(sum(one["firm"]["size"] == "대기업"
                                                                                                                 for one in adopters), len(adopters))))
    leaders = records(generate(folder, "survey-leadership", seed), "demands")
    branch = collections.Counter({"C": "C", "J": "J", "G": "G"}.get(one["firm"]["ksic"][0][0], "service") for one in leaders)
    hold("leadership course: C, J, G, services", "S2 L108", (9, 7, 3, 4), tuple(branch[kind] for kind in ("C", "J", "G", "service")))
    needs = collections.Counter(one["survey"]["first_need"] for one in leaders)
    hold("leadership course: first need", "S2 L112", "partners", needs.most_common(1)[0][0])


def programs():
    """Quotas, budgets and targets of the table stand in the program files."""
    def load(name):
        path = ROOT / "data/programs" / (name + ".json")
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None

    def quota(program):
        value = program["quota"]["demands"]
        return next(one["value"] for one in program["parameters"] if one["id"] == value["parameter"]) if isinstance(value, dict) else value
    maker, bio_program, consulting = load("ai-manufacturing"), load("ai-bio"), load("dx-consulting-2021")
    hold("quota AI+manufacturing, AI+bio", "S3 L281-283", (20, 20), (quota(maker), quota(bio_program)))
    hold("targets 2025-2030", "S3 L112-115", (475, 292), tuple(next(t["value"] for t in p["targets"] if t.get("to", "").startswith("2030"))
                                                               for p in (maker, bio_program)))
    hold("budgets AI+manufacturing + AI+bio (KRW)", "S3 L290", 2_000_000_000, maker["budget"]["total_krw"] + bio_program["budget"]["total_krw"])
    hold("DX consulting: firms", "S2 L162", 5, quota(consulting))
    hold("supplementary budget (million KRW)", "S3 L139-189", 14_560, 960 + 10_000 + 2_000 + 1_600)


 

PEOPLE = {"소상공인": (1, 9), "소기업": (5, 49), "중기업": (40, 299), "중견기업": (300, 999), "대기업": (1000, 10_000)}
SALES = {table["id"]: table["versions"] for table in json.loads((ROOT / "data/taxonomy/sme_etc.json").read_text(encoding="utf-8"))["tables"]}


def limit(table, code, day):
    """The limit of sales for a code on a day, KRW: as the act's schedule of that day has it."""
    version = next((one for one in SALES[table] if one["from"] <= day <= one.get("to", "9999")), SALES[table][0])
    return next(row["most_krw"] for row in version["rows"] if any(code.startswith(prefix) for prefix in row["ksic"])
                and not any(code.startswith(prefix) for prefix in row.get("except", [])))


def size_holds(one, day):
    """Whether size and sales agree with the schedules for the first industry."""
    small, medium = (limit(table, one["ksic"][0], day) for table in ("small_sales", "sme_sales"))
    if one["size"] in ("소상공인", "소기업"):
        return one["sales_krw"] <= small
    return small < one["sales_krw"] <= medium if one["size"] == "중기업" else one["sales_krw"] > medium


def sound(suppliers, demands):
    for one in suppliers + [dict(demand["firm"], synthetic=demand["synthetic"], applied=demand["applied"]) for demand in demands]:
        people = PEOPLE[one["size"]]
        assert one["name"].endswith("(가상)") and one["registration_no"].startswith("000-") and one["synthetic"]["generator"] == "ieum generate", one
        assert people[0] <= one["employees"] <= people[1], one
        assert "sales_krw" not in one or size_holds(one, one.get("applied", "2025-06-30")), one
        assert one["size"] != "소상공인" or one["employees"] < (10 if one["ksic"][0][0] == "C" else 5), one
        assert one["founded"] < one.get("applied", "2025-06-30"), one
        assert all(reference["year"] >= int(one["founded"][:4]) for reference in one.get("references", [])), one
    for name in ("name", "registration_no"):
        names = [one[name] for one in suppliers] + [one["firm"][name] for one in demands]
        assert len(set(names)) == len(names), name
    texts = [demand["need"] for demand in demands if "need" in demand]
    assert len(set(texts)) == len(texts) and all(30 <= len(text) <= 700 and "{" not in text for text in texts)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for seed in SEEDS:
            for make in (cohort, bio, funnel, survey, history):
                sound(*make(folder, seed))
            rates(folder, seed)
        programs()
        again = folder / "again"
        again.mkdir()
        same, other = generate(again, "funnel"), folder / "funnel-1"
        assert all((same / file).read_bytes() == (other / file).read_bytes() for file in ("demands.jsonl",
                                                                                          "suppliers.jsonl")), "the same seed gives other bytes"
        assert (folder / ("funnel-%d" % SEEDS[1]) / "demands.jsonl").read_bytes() != (other / "demands.jsonl").read_bytes(), "another seed gives the same bytes"
        half = records(generate(folder, "survey", 1, "--demands", "269"),
                       "demands")  # a fifth of 1,345: shares are kept as nearly as whole records allow
        assert abs(sum(one["survey"]["dx_progress"] == "none" for one in half) - 603 / 5) <= 1.5
    width = max(len(str(row[0])) for row in ROWS)
    for item, source, wanted, made, same in ROWS[:len(ROWS)]:
        print("%s %-*s  %-14s %s%s" % ("ok " if same else "NO ", width, item, source, wanted, "" if same else "  made: %s" % (made,)))
    sys.exit(0 if all(row[4] for row in ROWS) else 1)


main()
