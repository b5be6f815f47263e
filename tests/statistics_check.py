# SPDX-License-Identifier: Apache-2.0
"""Survey statistics counted a second way, and attacked: statistics_check.py PROGRAM ROOT

1. Every shown cell is what the records say, by an evaluation of the definitions written here; every small cell is hidden; shown cells add up.
2. The attacker sees the report alone (and the published definitions). For every small count he computes the least and the greatest whole number
   that all tables of the base together allow (integer programs, HiGHS): the span must be at least `protection`. On the survey cohort of 1,345
   firms and on small random stores, where nearly everything has to be hidden.
3. The reason why tables can be looked at together so: over three variables the attacker is given the whole cross (every combination of categories
   is an unknown); he gets no further than with the tables and the sums they share. And definitions whose tables close a ring are refused.
"""
import collections
import itertools
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

try:
    import numpy
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import lil_matrix
except ImportError:
    system = "/usr/bin/python3"  # Debian's SciPy is its own interpreter's, which need not be the first on the path
    if pathlib.Path(system).exists() and pathlib.Path(sys.executable).resolve() != pathlib.Path(system).resolve():
        os.execv(system, [system, *sys.argv])
    print("SciPy is not installed: the attacker cannot be tried")
    sys.exit(77)

IEUM, ROOT = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
DEFINITIONS = json.loads((ROOT / "data/report/statistics.json").read_text(encoding="utf-8"))
STAGES = json.loads((ROOT / "data/diagnosis/readiness.json").read_text(encoding="utf-8"))["stages"]
WITHIN = {one["id"]: one.get("within") for one in json.loads((ROOT / "data/taxonomy/firm_sizes.json").read_text(encoding="utf-8"))["sizes"]}
REGIONS = {"서울": "seoul", "인천": "incheon", "경기": "gyeonggi"}
BELOW, PROTECTION = DEFINITIONS["suppression"]["below"], DEFINITIONS["suppression"]["protection"]


# ---- counting a second way ----

def at(record, pointer):
    for key in pointer.split("/")[1:]:
        record = record.get(key) if isinstance(record, dict) else None
    return record


def takes(variable, words, value):
    if words is None:
        return True
    first = value[0] if isinstance(value, list) and value else value
    if variable["test"] == "prefix":
        return any(first.startswith(word) for word in words)
    if variable["test"] == "size":
        while first and first not in words:
            first = WITHIN.get(first)
        return bool(first)
    if variable["test"] == "region":
        return REGIONS.get(first[:2]) in words
    if variable["test"] == "holds":
        return any(word in value for word in words)
    if variable["test"] == "set":
        return any(set(word) == set(value if isinstance(value, list) else [value]) for word in words)
    return first in words


def category(variable, record):
    for pointer in variable["pointers"]:
        value = at(record, pointer)
        if value is not None and (value != [] or variable["test"] == "holds"):
            break
    else:
        return "unknown"
    if variable["test"] == "stage":
        return [stage["id"] for stage in STAGES if value >= stage["from"]][-1]
    return next((one["id"] for one in variable["categories"] if takes(variable, one.get("is"), value)), "unknown")


class Truth:
    """Counts of one store by the definitions."""

    def __init__(self, definitions, suppliers, demands):
        self.variables, self.categories, self.of, self.firms = {}, {}, {}, {}
        kinds = {base["id"]: base for base in definitions["bases"]}
        for name, base in kinds.items():
            records = suppliers if base["side"] == "supplier" else demands
            records = [one for one in records if at(one, base["kind"]["pointer"]) in [None] + base["kind"]["is"]]
            latest = {}
            for one in records:
                number = (one.get("registration_no") if base["side"] == "supplier" else one["firm"].get("registration_no")) or one["id"]
                if number not in latest or (one.get("applied", ""), one["id"]) > (latest[number].get("applied", ""), latest[number]["id"]):
                    latest[number] = one
            self.firms[name] = list(latest.values())
        for variable in definitions["variables"]:
            name, base = variable["id"], variable["base"]
            self.variables[name] = variable
            if variable["test"] == "group":
                groups = {child: one["id"] for one in variable["categories"] for child in one["is"]}
                self.of[name] = [groups.get(child, "unknown") for child in self.of[variable["of"]]]
            else:
                self.of[name] = [category(variable, record) for record in self.firms[base]]
            self.categories[name] = [one["id"] for one in variable.get("categories", STAGES)] + ["unknown"]

    def count(self, variable):
        return collections.Counter(self.of[variable])

    def cross(self, rows, columns):
        return collections.Counter(zip(self.of[rows], self.of[columns]))


def check(condition, *what):
    if not condition:
        raise AssertionError(" ".join(map(str, what)))


def cells_of(section):
    """{(row id, column id): cell} of a section."""
    ids = [column["id"] for column in section["columns"]]
    return {(row_id, column): cell for row_id, row in zip(section["row_ids"], section["rows"]) for column, cell in zip(ids[1:], row[1:])}


def check_counts(report, truth, definitions):
    """Shown cells are true, small ones hidden; returns the small ones: (table, row, column)."""
    small = []
    for table in definitions["tables"]:
        sections = [one for one in report["sections"] if one["id"] == table["id"]]
        if not sections:
            continue
        counts, shares = (cells_of(next(one for one in sections if one["of"] == of)) for of in ("counts", "shares"))
        if "variables" in table:
            told = {(name, key): number for name in table["variables"] for key, number in ((key, truth.count(name)[key])
                                                                                           for key in truth.categories[name])}
        else:
            rows, columns = table["rows"], table["columns"]
            told = {(r, c): truth.cross(rows, columns)[r, c] for r in truth.categories[rows] for c in truth.categories[columns]}
            told.update({(r, "total"): truth.count(rows)[r] for r in truth.categories[rows]})
            told.update({("total", c): truth.count(columns)[c] for c in truth.categories[columns]})
            told["total", "total"] = len(truth.of[rows])
        check(set(told) == set(counts), table["id"], "has other cells")
        for place, number in told.items():
            if counts[place] == "x":
                check(place not in shares or shares[place] == "x", table["id"], place, "its share gives it away")
            else:
                check(counts[place] == number, table["id"], place, counts[place], number)
                check(not 0 < number < BELOW, table["id"], place, "is small and shown")
            if 0 < number < BELOW:
                small.append((table["id"], *place))
        if "variables" not in table:
            for (r, c), share in shares.items():
                whole = told["total", c]
                check(share == "x" or (share is None and not whole) or abs(share - told[r, c] / whole) < 1e-9, table["id"], r, c, "share", share)
    return small


# ---- the attacker ----

class Attack:
    """Unknown whole numbers, equations, and the span of one of them."""

    def __init__(self):
        self.names, self.low, self.high, self.rows, self.right, self.matrix = {}, [], [], [], [], None

    def unknown(self, name, value=None, most=None):
        if name not in self.names:
            self.names[name] = len(self.names)
            self.low.append(0)
            self.high.append(numpy.inf if most is None else most)
        if value is not None:
            place = self.names[name]
            check(self.low[place] <= value <= self.high[place], name, "is told twice, differently")
            self.low[place] = self.high[place] = value
        return self.names[name]

    def equal(self, terms, value):
        self.rows.append(terms)
        self.right.append(value)

    def span(self, name):
        if self.matrix is None or self.matrix.shape != (len(self.rows), len(self.names)):
            self.matrix = lil_matrix((len(self.rows), len(self.names)))
            for r, terms in enumerate(self.rows):
                for place, factor in terms:
                    self.matrix[r, place] += factor
            self.matrix = self.matrix.tocsr()
        goal = numpy.zeros(len(self.names))
        goal[self.names[name]] = 1
        ends = []
        for sign in (1, -1):
            found = milp(sign * goal, constraints=LinearConstraint(self.matrix, self.right, self.right), bounds=Bounds(self.low, self.high),
                         integrality=numpy.ones(len(goal)))
            check(found.status == 0, "the attacker's program failed:", found.message)
            ends.append(round(found.x[self.names[name]]))
        return ends


def tables_of(report, definitions, base_id, attack, total):
    """What the tables of a base say, sums shared between them."""
    variables = {one["id"]: one for one in definitions["variables"] if one["base"] == base_id}
    categories = {name: [one["id"] for one in variable.get("categories", STAGES)] + ["unknown"] for name, variable in variables.items()}

    def told(cell):
        return None if cell == "x" else cell
    for table in definitions["tables"]:
        section = next((one for one in report["sections"] if one["id"] == table["id"] and one["of"] == "counts"), None)
        if section is None or (table.get("rows") or table["variables"][0]) not in variables:
            continue
        cells = cells_of(section)
        if "variables" in table:
            for (name, key), cell in cells.items():
                attack.unknown((name, key), told(cell), total)
            continue
        rows, columns = table["rows"], table["columns"]
        for r in categories[rows]:
            line = [(attack.unknown((table["id"], r, c), told(cells[r, c]), total), 1) for c in categories[columns]]
            attack.equal(line + [(attack.unknown((rows, r), told(cells[r, "total"]), total), -1)], 0)
        for c in categories[columns]:
            line = [(attack.unknown((table["id"], r, c)), 1) for r in categories[rows]]
            attack.equal(line + [(attack.unknown((columns, c), told(cells["total", c]), total), -1)], 0)
    for name, variable in variables.items():
        if any((name, key) in attack.names for key in categories[name]):
            attack.equal([(attack.unknown((name, key), None, total), 1) for key in categories[name]], total)
        if variable["test"] == "group":
            for group in variable["categories"]:
                parts = [(attack.unknown((variable["of"], child), None, total), 1) for child in group["is"]]
                attack.equal(parts + [(attack.unknown((name, group["id"]), None, total), -1)], 0)
            attack.equal([(attack.unknown((variable["of"], "unknown"), None, total), 1), (attack.unknown((name, "unknown"), None, total), -1)], 0)


def name_in_attack(definitions, place):
    table = next(one for one in definitions["tables"] if one["id"] == place[0])
    if "variables" in table:
        return (place[1], place[2])
    if place[1] == "total":
        return (table["columns"], place[2])
    return (table["rows"], place[1]) if place[2] == "total" else place


def attack_all(report, small, definitions):
    narrowest = None
    for base in report["bases"]:
        attack = Attack()
        if not base["firms"]:
            continue
        tables_of(report, definitions, base["id"], attack, base["firms"])
        for name in sorted({name_in_attack(definitions, place) for place in small} & set(attack.names)):
            least, most = attack.span(name)
            check(most - least >= PROTECTION, name, "can be narrowed down to", least, "…", most)
            narrowest = most - least if narrowest is None else min(narrowest, most - least)
    return narrowest


def full_cross(report, truth, small, definitions, names):
    """The attacker over every combination of the three variables: no span is narrower than by the tables."""
    attack, total = Attack(), len(truth.of[names[0]])
    tables_of(report, definitions, definitions["bases"][0]["id"], attack, total)
    alone = {name_in_attack(definitions, place): attack.span(name_in_attack(definitions, place)) for place in small}
    combinations = list(itertools.product(*(truth.categories[name] for name in names)))
    for table in definitions["tables"]:
        r, c = names.index(table["rows"]), names.index(table["columns"])
        for row in truth.categories[table["rows"]]:
            for column in truth.categories[table["columns"]]:
                parts = [(attack.unknown(("all",) + one, None, total), 1) for one in combinations if one[r] == row and one[c] == column]
                attack.equal(parts + [(attack.unknown((table["id"], row, column)), -1)], 0)
    for name, ends in alone.items():
        check(attack.span(name) == ends, name, "the whole cross tells more:", attack.span(name), "instead of", ends)


# ---- stores ----

def report_of(folder, data, suppliers, demands):
    store = folder / "store.db"
    for path in folder.glob("store.db*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for kind, records in (("suppliers", suppliers), ("demands", demands)):
        path = folder / (kind + ".jsonl")
        path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8")
        if records:
            subprocess.run([IEUM, "--store", store, "--data", data, "import", kind, path, "--format", "json"], check=True, stdout=subprocess.DEVNULL)
    done = subprocess.run([IEUM, "--store", store, "--data", data, "--lang", "en", "report", "statistics", "--format", "json"], check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr.decode()


def some_firm(draw, number):
    size = draw.choices(("소상공인", "소기업", "중기업", "중소기업", "중견기업", "대기업", "공공기관", None), (9, 14, 8, 2, 2, 1, 1, 1))[0]
    firm = {"name": "무작위%d(가상)" % number, "region": draw.choice(("서울특별시 중구", "서울특별시 강남구", "경기도 성남시", "부산광역시 동구"))}
    if size:
        firm["size"] = size
    if draw.random() < 0.9:
        firm["ksic"] = [draw.choices(("C10711", "J62010", "G46510", "M72129", "Q86201", "H52991", "F41112"), (12, 6, 4, 2, 1, 2, 1))[0]]
    if draw.random() < 0.5:
        firm["roles"] = draw.choice((["user"], ["user"], ["developer"], ["developer", "provider"]))
    record = {"id": "R%04d" % number, "program": "dx-consulting-2021", "applied": "2021-0%d-11" % draw.randint(1, 9), "firm": firm,
              "need": "자동화가 필요합니다."}
    if draw.random() < 0.8:
        record["readiness_score"] = draw.randint(0, 100)
    if draw.random() < 0.7:
        record["survey"] = {"dx_progress": draw.choices(("active", "partial", "none", "unknown"), (1, 3, 5, 3))[0],
                            "wanted_support": draw.sample(("consulting", "platform", "voucher"), draw.randint(0, 2))}
    return record


def trial_definitions():
    """Three variables, two tables that share one."""
    chosen = ("industry", "size", "maturity")
    variables = [dict(one) for one in DEFINITIONS["variables"] if one["id"] in chosen]
    for one in variables:
        if one["id"] == "industry":
            one["categories"] = one["categories"][:2]
        if one["id"] == "size":
            one["categories"] = [one["categories"][1], one["categories"][2]]
    tables = [one for one in DEFINITIONS["tables"] if one["id"] in ("industry_size", "maturity_size")]
    return dict(DEFINITIONS, bases=DEFINITIONS["bases"][:1], variables=variables, tables=tables), list(chosen)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([IEUM, "generate", "--profile", "survey", "--out", folder / "survey", "--format", "json"], check=True,
                       stdout=subprocess.DEVNULL)
        demands = [json.loads(line) for line in (folder / "survey/demands.jsonl").read_text(encoding="utf-8").splitlines()]
        subprocess.run([IEUM, "generate", "--profile", "cohort", "--out", folder / "cohort", "--format", "json", "--suppliers", "100", "--demands",
                        "1"], check=True, stdout=subprocess.DEVNULL)
        suppliers = [json.loads(line) for line in (folder / "cohort/suppliers.jsonl").read_text(encoding="utf-8").splitlines()]
        report = report_of(folder, ROOT / "data", suppliers, demands)
        truth = Truth(DEFINITIONS, suppliers, demands)
        small = check_counts(report, truth, DEFINITIONS)
        seed = {"active": (131, 6, 125), "partial": (281, 18, 263), "none": (603, 12, 591), "unsure": (330, 13, 317), "total": (1345, 49, 1296)}
        made = cells_of(next(one for one in report["sections"] if one["id"] == "progress_scale" and one["of"] == "counts"))
        check({row: tuple(made[row, column] for column in ("total", "large", "sme")) for row in seed} == seed, "the table of S2 L50-56 differs")
        print("survey cohort: %d small counts, least span %s" % (len(small), attack_all(report, small, DEFINITIONS)))

        # the attacker is able: without the cells that are hidden beside the small ones he finds some out
        bare = json.loads(json.dumps(report))
        for section in bare["sections"]:
            table = next(one for one in DEFINITIONS["tables"] if one["id"] == section["id"])
            if section["of"] == "counts" and "variables" not in table:
                for row_id, row in zip(section["row_ids"], section["rows"]):
                    for column, place in zip(section["columns"][1:], range(1, len(row))):
                        here = (section["id"], row_id, column["id"])
                        if row[place] == "x" and here not in small:
                            row[place] = truth.cross(table["rows"], table["columns"])[here[1:]] if "total" not in here else \
                                truth.count(table["columns"])[column["id"]] if row_id == "total" else truth.count(table["rows"])[row_id]
        try:
            attack_all(bare, small, DEFINITIONS)
        except AssertionError:
            pass
        else:
            check(False, "the attacker finds nothing where only small cells are hidden")

        draw, seen, spans = random.Random(7), 0, []
        for firms in (2, 16, 60):
            demands = [some_firm(draw, number) for number in range(firms)]
            for one in demands[: firms // 5]:  # some firms twice: the later application counts
                one["firm"]["registration_no"] = demands[-1]["firm"].setdefault("registration_no", "000-01-00007")
            report = report_of(folder, ROOT / "data", suppliers[:firms // 3], demands)
            small = check_counts(report, Truth(DEFINITIONS, suppliers[:firms // 3], demands), DEFINITIONS)
            seen += len(small)
            spans.append(attack_all(report, small, DEFINITIONS))
        print("random stores: %d small counts, least spans %s" % (seen, spans))

        definitions, names = trial_definitions()
        data = folder / "data"
        data.mkdir()
        for path in (ROOT / "data").iterdir():
            (data / path.name).symlink_to(path)
        (data / "report").unlink()
        shutil.copytree(ROOT / "data/report", data / "report")
        (data / "report/statistics.json").write_text(json.dumps(definitions), encoding="utf-8")
        tried = 0
        for firms in (16, 32):
            demands = [some_firm(draw, number) for number in range(firms)]
            report = report_of(folder, data, [], demands)
            truth = Truth(definitions, [], demands)
            small = check_counts(report, truth, definitions)
            if report["bases"][0]["firms"] and report["sections"]:
                attack_all(report, small, definitions)
                full_cross(report, truth, small, definitions, names)
                tried += len(small)
        print("whole cross of three variables: %d small counts, no span narrower" % tried)
        ring = dict(definitions, tables=definitions["tables"] + [dict(definitions["tables"][0], id="ring", rows="industry", columns="maturity")])
        (data / "report/statistics.json").write_text(json.dumps(ring), encoding="utf-8")
        check("ring" in report_of(folder, data, [], demands), "tables in a ring are not refused")


main()
