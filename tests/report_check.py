#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every figure of the council report computed a second way: report_check.py PROGRAM ROOT

Two years of applications, one of them walked through a selection, a refusal, a re-match and agreements to settlement, and a round without a
selection. The report's cells are then held against counts made here from the records as imported, the verdicts of `check`, the pairs of
`round show` and rows of the store's file. The files (html, csv, xlsx) must hold what the JSON holds; a firm's sheet must not speak of
another firm; wrong questions must be refused.
"""
import collections
import csv
import datetime
import html.parser
import io
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

PROGRAM, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
DATA = ROOT / "data"
STEPS = ["applied", "eligible", "selected", "matched", "agreed", "completed"]
FAULTS = []


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def fault(text):
    FAULTS.append(text)


def alike(a, b):
    """Equal, numbers to the 15 digits that a reply has."""
    if isinstance(a, float) and isinstance(b, (int, float)):
        return abs(a - b) <= 1e-13 * max(1, abs(b))
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(map(alike, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(alike(a[key], b[key]) for key in a)
    return a == b


def same(where, found, expected):
    if not alike(found, expected):
        fault(f"{where}: {found!r}, expected {expected!r}")


class Engine:
    def __init__(self, folder, data=DATA):
        self.store, self.folder, self.data = folder / "ieum.db", folder, data

    def run(self, *words, text=None):
        command = [PROGRAM, "--store", str(self.store), "--data", str(self.data), "--now", "2025-08-01", *words]
        return subprocess.run(command, input=text, capture_output=True, cwd=self.folder, env=dict(os.environ, LC_ALL="C.UTF-8"))

    def ask(self, requests):
        done = self.run("call", text="".join(json.dumps(one) + "\n" for one in requests).encode())
        return [json.loads(line) for line in done.stdout.decode().splitlines()]

    def result(self, **request):
        reply = self.ask([request])[0]
        if "result" not in reply:
            raise SystemExit(f"{request}: {reply}")
        return reply["result"]

    def rows(self, sql):
        with sqlite3.connect(f"file:{self.store}?mode=ro", uri=True) as store:
            return store.execute(sql).fetchall()


# ---- what is looked at ----

def records():
    demands = [one for one in lines(DATA / "demo" / "demands.jsonl")]
    before = []
    for one in demands[10:26]:  # of both programs, the year before, by other firms
        old = json.loads(json.dumps(one))
        old.update(id="P" + one["id"][1:], applied="2024" + one["applied"][4:])
        old["firm"]["name"] = "옛 " + one["firm"]["name"]
        before.append(old)
    undated = {"id": "U1", "program": "ai-bio", "firm": {"name": "날짜없음(가상)"}, "need": "독성을 예측하고 싶습니다."}
    latent = {"id": "L1", "program": "ai-bio", "latent": True, "firm": {"name": "소개(가상)", "business": "시약을 만듭니다."},
              "referral": {"association": "보기협회(가상)", "date": "2025-04-01"}}
    return demands + before + [undated, latent]


def walk(engine, demands):
    suppliers = lines(DATA / "demo" / "suppliers.jsonl")
    old = [one["id"] for one in demands if one["id"].startswith("P")]
    outcomes = [{"demand": old[i], "supplier": suppliers[s]["id"], "program": next(d["program"] for d in demands if d["id"] == old[i]),
                 "stage": stage, "date": f"2024-1{k}-05"}
                for k, (i, s, stage) in enumerate([(0, 1, "agreed"), (0, 1, "completed"), (10, 1, "agreed")])]
    asked = [{"op": "import", "kind": "suppliers", "records": suppliers}, {"op": "import", "kind": "demands", "records": demands},
             {"op": "import", "kind": "outcomes", "records": outcomes},
             {"op": "suggest", "program": "ai-bio", "all": True, "k": 5, "log": True},
             {"op": "suggest", "program": "ai-manufacturing", "all": True, "k": 2, "log": True},
             {"op": "round", "step": "new", "program": "ai-bio", "round": "spring", "by": "manager", "applied_from": "2025-01-01"},
             {"op": "round", "step": "select", "round": "spring", "by": "manager"},
             {"op": "round", "step": "propose", "round": "spring", "by": "manager"},
             {"op": "round", "step": "new", "program": "ai-manufacturing", "round": "open", "by": "manager", "applied_from": "2025-01-01"},
             {"op": "round", "step": "propose", "round": "open", "by": "manager"}]
    for reply in engine.ask(asked):
        if "result" not in reply:
            raise SystemExit(reply)
    pairs = living(engine, "spring")
    steps = [{"step": "consent", "side": side, "answer": "yes", "demand": d, "supplier": s} for d, s in pairs[1:] for side in ("demand", "supplier")]
    steps += [{"step": "consent", "side": "demand", "answer": "yes", "demand": pairs[0][0], "supplier": pairs[0][1]},
              {"step": "consent", "side": "supplier", "answer": "no", "demand": pairs[0][0], "supplier": pairs[0][1]}, {"step": "rematch"}]
    take(engine, "spring", steps)
    again = [pair for pair in living(engine, "spring") if pair not in pairs]
    steps = [{"step": "consent", "side": side, "answer": "yes", "demand": d, "supplier": s} for d, s in again for side in ("demand", "supplier")]
    steps += [{"step": "confirm"}, {"step": "publish"}]
    for step, count in (("agree", 6), ("done", 4), ("settle", 2)):
        steps += [{"step": step, "demand": d, "supplier": s} for d, s in pairs[1:1 + count]]
    steps += [{"step": "withdraw", "demand": pairs[-1][0], "reason": "사업을 접음"}]
    take(engine, "spring", steps)
    opened = living(engine, "open")
    steps = [{"step": "consent", "side": side, "answer": "yes", "demand": d, "supplier": s} for d, s in opened[:7] for side in ("demand", "supplier")]
    steps += [{"step": "consent", "side": "demand", "answer": "no", "demand": d, "supplier": s} for d, s in opened[7:]]
    take(engine, "open", steps + [{"step": "confirm"}])
    return suppliers


def take(engine, round_id, steps):
    for reply, step in zip(engine.ask([{"op": "round", "round": round_id, "by": "manager", **step} for step in steps]), steps):
        if "result" not in reply:
            raise SystemExit(f"{round_id} {step}: {reply}")


def living(engine, round_id):
    pairs = engine.result(op="round", step="show", round=round_id)["pairs"]
    return [(pair["demand"], pair["supplier"]) for pair in pairs
            if pair["state"] in ("proposed", "confirmed", "published", "agreed", "done", "settled")]


# ---- the second way ----

class Truth:
    def __init__(self, engine, demands, suppliers):
        self.demands = {one["id"]: one for one in demands if not one.get("latent")}
        self.suppliers = suppliers
        self.programs = {p: json.loads((DATA / "programs" / f"{p}.json").read_text(encoding="utf-8")) for p in ("ai-bio", "ai-manufacturing")}
        self.reached = {step: set() for step in STEPS}
        self.reached["applied"] = set(self.demands)
        for program in self.programs:
            for line in engine.result(op="check", program=program, all=True)["demands"]:
                if line["eligible"] and line["id"] in self.demands:
                    self.reached["eligible"].add(line["id"])
        self.pairs, self.amounts, self.settled, self.answers = [], {}, set(), collections.Counter()
        for (name,) in engine.rows("SELECT id FROM rounds"):
            self.add_round(engine.result(op="round", step="show", round=name),
                           json.loads(engine.rows(f"SELECT payload FROM rounds WHERE id = '{name}'")[0][0]))
        self.outcomes = [json.loads(text) for (text,) in engine.rows("SELECT json FROM outcomes")]
        for one in self.outcomes:
            self.reach(one["demand"], {"agreed": "agreed", "completed": "completed"}.get(one["stage"]))
        self.servings = engine.rows("SELECT demand, supplier, rank FROM servings")

    def reach(self, demand, step):
        if demand in self.demands and step:
            for name in STEPS[2:STEPS.index(step) + 1]:
                self.reached[name].add(demand)

    def add_round(self, shown, payload):
        chosen = payload["selection"]["selected"] if payload.get("selection") else payload["taken"]
        for demand in chosen:
            self.reach(demand, "selected")
        for one in (shown.get("selection") or {}).get("applicants", []):
            if one["demand"] in chosen and one.get("amount_krw") is not None:
                self.amounts[one["demand"]] = one["amount_krw"]
        for pair in shown["pairs"]:
            self.reach(pair["demand"], {"confirmed": "matched", "published": "matched", "agreed": "agreed",
                                        "done": "completed", "settled": "completed"}.get(pair["state"], "selected"))
            stands = pair["state"] in ("confirmed", "published", "agreed", "done", "settled")
            if pair["state"] == "settled":
                self.settled.add(pair["demand"])
            self.pairs.append((pair["demand"], pair["supplier"], stands))
            for consent in pair["consents"]:
                self.answers[consent["side"], consent["yes"], self.year(pair["demand"])] += 1

    def year(self, demand):
        return int(self.demands[demand].get("applied", "0")[:4] or 0)

    def of(self, step, year, program=None):
        return {d for d in self.reached[step] if self.year(d) == year and program in (None, self.demands[d]["program"])}

    def counts(self, year, program=None):
        return [len(self.of(step, year, program)) for step in STEPS]

    def plan(self, program, year):
        force = self.programs[program]["effective"]
        return self.programs[program]["quota"]["demands"] if int(force["from"][:4]) <= year <= int(force["to"][:4]) else None


def ratio(part, whole):
    return part / whole if whole else None


def rows_of(report, name):
    return {section["id"]: section for section in report["sections"]}[name]["rows"]


def ko(cell):
    return cell["ko"] if isinstance(cell, dict) else cell


def check_funnel(truth, report, year):
    counts, plans = truth.counts(year), [truth.plan(p, year) for p in truth.programs]
    plan = sum(filter(None, plans)) or None
    rows = rows_of(report, "funnel")
    expected = [[plan, 1.0, None]] if plan else []
    expected += [[count, ratio(count, plan), ratio(count, counts[0])] for count in counts]
    same(f"funnel {year}", [row[1:4] for row in rows], expected)
    shown = [p for p in truth.programs if truth.plan(p, year) or truth.counts(year, p)[0]]
    if len(truth.programs) > 1:
        same(f"programs {year}", [row[1:] for row in rows_of(report, "programs")], [[truth.plan(p, year)] + truth.counts(year, p) for p in shown])
    expected = []
    for program in shown:
        applied, selected = truth.counts(year, program)[0], truth.counts(year, program)[2]
        for places in (truth.plan(program, year), selected):
            if places and applied:
                expected.append([applied, places, applied / places])
    same(f"competition {year}", [row[2:] for row in rows_of(report, "competition")], expected)
    first = min(truth.year(d) for d in truth.demands if truth.year(d))
    expected, before = [], 0
    for one in range(first, year + 1):
        expected.append([str(one)] + truth.counts(one) + [(truth.counts(one)[0] - before) / before if before else None])
        before = truth.counts(one)[0]
    same(f"years {year}", rows_of(report, "years"), expected)


def check_targets(truth, report, year):
    expected = []
    for name, program in truth.programs.items():
        for target in program["targets"]:
            if "counts" not in target:
                continue
            first, last = int(target["from"][:4]), int(target["to"][:4])
            if not first <= year <= last:
                continue
            to_date = sum(len(truth.of(target["counts"], one, name)) for one in range(first, year + 1))
            expected.append([target["title"]["ko"], f"{first}–{last}", target["value"], to_date, to_date / target["value"],
                             target["value"] / (last - first + 1),
                             len(truth.of(target["counts"], year, name)), target["source"]])
    found = [[ko(row[0]), row[2], row[3], *row[5:]] for row in ({s["id"]: s for s in report["sections"]}.get("targets") or {"rows": []})["rows"]]
    same(f"targets {year}", found, expected)


def check_budget(truth, report, year):
    expected = []
    for name, program in truth.programs.items():
        if not truth.plan(name, year) and not truth.counts(year, name)[0]:
            continue
        sums = []
        for group in (truth.of("selected", year, name), truth.of("agreed", year, name), truth.of("completed", year, name),
                      {d for d in truth.settled if truth.year(d) == year}):
            sums.append(sum(truth.amounts.get(d, 0) for d in group if truth.demands[d]["program"] == name))
        ceiling = program["budget"]["total_krw"] if truth.plan(name, year) else None
        expected.append([ceiling, *sums, ratio(sums[0], ceiling), len(truth.of("selected", year, name) - set(truth.amounts))])
    same(f"budget {year}", [row[1:] for row in rows_of(report, "budget")], expected)


def full_years(founded, applied):
    a, b = datetime.date.fromisoformat(founded), datetime.date.fromisoformat(applied)
    return b.year - a.year - ((b.month, b.day) < (a.month, a.day))


def label_of(kind, demand, terms, divisions):
    firm = demand["firm"]
    if kind == "district":
        words = firm.get("region", "").split()
        return (words[1] if words[0] == "서울특별시" and len(words) > 1 else words[0]) if words else None
    if kind == "industry":
        code = firm.get("ksic", [""])[0]
        return f"{code[:3]} {divisions[code[1:3]]}" if code else None
    if kind == "size":
        return firm.get("size")
    if kind == "age":
        known = firm.get("founded") and demand.get("applied")
        bounds, value, unit = terms["age_bands"]["years"], full_years(firm["founded"], demand["applied"]) if known else None, "년"
    else:
        bounds, value, unit = terms["readiness_bands"]["points"], demand.get("readiness_score"), "점"
    if value is None:
        return None
    band = sum(value >= bound for bound in bounds)
    low = 0 if band == 0 else bounds[band - 1]
    return f"{low}{unit} 이상" + (f" {bounds[band]}{unit} 미만" if band < len(bounds) else "")


def check_groups(truth, report, year, least=0):
    terms = json.loads((DATA / "report" / "report.json").read_text(encoding="utf-8"))
    divisions = {}
    for line in (DATA / "taxonomy" / "ksic10.tsv").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if not line.startswith("#") and len(cells) > 3 and cells[1] == "2":
            divisions[cells[0]] = cells[3]
    for kind in ("district", "industry", "size", "age", "maturity"):
        expected = collections.defaultdict(lambda: [0] * 6)
        for demand in truth.of("applied", year):
            label = label_of(kind, truth.demands[demand], terms, divisions) or "적혀 있지 않음"
            for i, step in enumerate(STEPS):
                expected[label][i] += demand in truth.reached[step]
        told = {label: [f"{least}곳 미만" if 0 < count < least else count for count in counts] for label, counts in expected.items()}
        same(f"by {kind} {year}", {ko(row[0]): [ko(cell) for cell in row[1:]] for row in rows_of(report, "by_" + kind)}, told)


def check_suppliers(truth, report, named, year):
    pairs = [(d, s) for d, s, stands in truth.pairs if stands and truth.year(d) == year]
    count = collections.Counter(s for _, s in pairs)
    earlier = {s for d, s, stands in truth.pairs if stands and 0 < truth.year(d) < year}
    earlier |= {o["supplier"] for o in truth.outcomes if o["stage"] in ("agreed", "completed") and 0 < truth.year(o["demand"]) < year}
    new, total, pool = {s for s in count if s not in earlier}, len(pairs), len(truth.suppliers)
    spread = [count.get(s["id"], 0) for s in truth.suppliers]
    # Gini as the mean absolute difference over twice the mean; the engine sums ranks
    gini = sum(abs(a - b) for a in spread for b in spread) / (2 * pool * sum(spread)) if total else None
    top = sorted(count.values(), reverse=True)
    expected = [total, len(count), pool, ratio(top[0], total) if top else None, ratio(sum(top[:3]), total) if top else None,
                sum((100 * n / total) ** 2 for n in top) if top else None, gini, len(new), ratio(sum(count[s] for s in new), total)]
    for place in (report, named):
        for row, value in zip(rows_of(place, "suppliers"), expected, strict=True):
            same(f"suppliers {year} {row[0]['en']}", row[1], value)
    found = {row[0]: (row[2], row[3], row[4] is not None) for row in rows_of(named, "supplier_shares")}
    same(f"shares {year}", found, {s: (n, n / total, s in new) for s, n in count.items()})


def check_needs(engine, truth, report, year):
    asked, unmet = collections.Counter(), collections.Counter()
    demands = sorted(truth.of("eligible", year))
    replies = engine.ask([{"op": "suggest", "program": truth.demands[demand]["program"], "demand": demand, "k": 1} for demand in demands])
    for demand, reply in zip(demands, replies, strict=True):
        for concept in reply["result"]["understood"]:
            if concept["facet"] in ("task", "technique"):
                asked[concept["title"]["ko"]] += 1
                unmet[concept["title"]["ko"]] += demand not in truth.reached["matched"]
    rows = rows_of(report, "needs")
    shown = json.loads((DATA / "report" / "report.json").read_text(encoding="utf-8"))["needs_shown"]
    ranked = sorted(((unmet[c], asked[c]) for c in unmet if unmet[c]), reverse=True)
    same(f"needs {year}", [tuple(row[1:3]) for row in rows], ranked[:shown])
    for row in rows:
        same(f"need {ko(row[0])}", row[1:], [unmet[ko(row[0])], asked[ko(row[0])], unmet[ko(row[0])] / asked[ko(row[0])]])


def check_quality(truth, report, year):
    with_outcome = {o["demand"] for o in truth.outcomes}
    right = {(o["demand"], o["supplier"]) for o in truth.outcomes if o["stage"] in ("agreed", "completed")}
    shown = collections.defaultdict(dict)
    for demand, supplier, rank in truth.servings:  # shown more than once: as high as it ever stood
        if truth.year(demand) == year:
            shown[demand][supplier] = min(rank, shown[demand].get(supplier, rank))
    judged = [d for d in shown if d in with_outcome]
    found = {d: min(3, sum((d, s) in right for s, rank in shown[d].items() if rank <= 3)) for d in judged}
    answered = [(truth.answers[side, True, year], truth.answers[side, True, year] + truth.answers[side, False, year])
                for side in ("demand", "supplier")]
    same(f"quality {year}", [row[1] for row in rows_of(report, "quality")],
         [len(judged), ratio(sum(found.values()), 3 * len(judged)), ratio(sum(n > 0 for n in found.values()), len(judged)),
          *(ratio(*one) for one in answered)])


# ---- the files ----

class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.count, self.bad, self.lang, self.inside = [], collections.Counter(), [], None, []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.count[tag] += 1
        self.inside.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.lang = given.get("lang") if tag == "html" else self.lang
        self.bad += [name for name in given if name.startswith("on") or name in ("src", "href", "style")]
        self.bad += [tag] * (tag in ("script", "img", "link", "iframe", "object", "foreignobject"))
        self.bad += ["th without a scope"] * (tag == "th" and "scope" not in given)
        self.bad += ["picture without a name"] * (tag == "svg" and not ("aria-labelledby" in given and given.get("role") == "img"))


def plain(text):
    """A cell as a file has it, as a number where it is one."""
    text = text.replace(",", "")
    try:
        return float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        return text


def check_files(engine, report, kind, words):
    for lang in ("ko", "en"):
        page = Page(engine.run("--lang", lang, "report", *words, "--format", "html").stdout.decode())
        drawn = sum(s["chart"] == "bars" and bool(s["rows"]) or s["chart"] == "lines" and len(s["rows"]) > 1 for s in report["sections"])
        same(f"{kind} html {lang}", (page.lang, page.bad, page.count["svg"], page.count["title"] - 1,
                                     page.count["desc"], page.count["table"] == page.count["caption"] > 0),
             (lang, [], drawn, drawn, drawn, True))
        same(f"{kind} html ids", len(page.ids), len(set(page.ids)))
        text = engine.run("--lang", lang, "report", *words, "--format", "csv").stdout.decode("utf-8-sig")
        tables, rows = [], list(csv.reader(io.StringIO(text, newline="")))
        for row in rows:
            if not row:
                continue
            if len(row) == 1:
                tables.append((row[0], []))
            else:
                tables[-1][1].append(row)
        order = [s for place in ("main", "annex") for s in report["sections"] if s["place"] == place and s["rows"]]
        same(f"{kind} csv {lang} titles", [title for title, _ in tables], [section["title"][lang] for section in order])
        for section, (title, cells) in zip(order, tables):
            shown = [i for i, column in enumerate(section["columns"]) if column["unit"] != "unit"]
            same(f"csv {title} header", cells[0], [section["columns"][i][lang] for i in shown])
            for row, line in zip(section["rows"], cells[1:], strict=True):
                for i, cell in zip(shown, line, strict=True):
                    wanted, found = row[i], plain(cell)
                    if isinstance(wanted, (int, float)):
                        if not isinstance(found, float) or abs(found - wanted) > max(0.5 if wanted > 100 else 0.006, 0):
                            fault(f"csv {title}: {cell!r} for {wanted!r}")
                    elif wanted is None:
                        same(f"csv {title}", cell, "-")
                    elif section["columns"][i]["unit"] == "text":
                        same(f"csv {title}", cell, wanted[lang] if isinstance(wanted, dict) else wanted)
    xlsx = engine.run("report", *words, "--format", "xlsx").stdout
    same(f"{kind} xlsx", xlsx[:2], b"PK")
    same(f"{kind} xlsx twice", xlsx == engine.run("report", *words, "--format", "xlsx").stdout, True)


def check_sheets(engine, truth):
    result = engine.result(op="report", kind="result", round="spring")
    shown = engine.result(op="round", step="show", round="spring")
    same("sheets", {s["demand"]: s["verdict"] for s in result["sheets"]}, {a["demand"]: a["verdict"] for a in shown["selection"]["applicants"]})
    paired = collections.defaultdict(set)
    for demand, supplier in living(engine, "spring"):
        paired[demand].add(supplier)
    published = max(step["at"][:10] for step in shown["history"] if step["step"] == "publish")
    until = datetime.date.fromisoformat(published) + datetime.timedelta(days=10)  # objection_days of the program file
    names = {d["firm"]["name"]: d["id"] for d in truth.demands.values()}
    for sheet in result["sheets"]:
        same(f"pairs of {sheet['demand']}", {p["supplier"] for p in sheet["pairs"]}, paired[sheet["demand"]])
        same(f"term of {sheet['demand']}", sheet["objection"]["until"], until.isoformat())
        same(f"next of {sheet['demand']}", bool(sheet["next"]), True)
        text = json.dumps(sheet, ensure_ascii=False)
        others = [name for name, demand in names.items() if demand != sheet["demand"] and (name in text or f'"{demand}"' in text)]
        others += [s["name"] for s in truth.suppliers if s["name"] in text and s["id"] not in paired[sheet["demand"]]]
        same(f"the sheet of {sheet['demand']} names others", others, [])
    one = result["sheets"][0]["demand"]
    text = engine.run("report", "result", "--round", "spring", "--demand", one, "--format", "html").stdout.decode()
    same("others on a firm's page", [name for name, demand in names.items() if demand != one and name in text], [])
    same("a firm's page", engine.result(op="report", kind="result", round="spring", demand=one)["sheets"], result["sheets"][:1])
    text = engine.run("report", "result", "--round", "spring", "--format", "html").stdout.decode()
    same("pages of sheets", Page(text).count["section"], 1 + len(result["sheets"]))


def check_wrong(engine):
    wrong = [({}, "invalid", "/kind"), ({"kind": "story"}, "invalid", "/kind"), ({"kind": "council", "year": "2025"}, "invalid", "/year"),
             ({"kind": "council", "year": 1989}, "invalid", "/year"), ({"kind": "council", "year": 2025.5}, "invalid", "/year"),
             ({"kind": "council", "program": "none"}, "not_found", None),
             ({"kind": "council", "program": "../x"}, "invalid", None), ({"kind": "council", "round": "spring"}, "invalid", "/round"),
             ({"kind": "result"}, "invalid", "/round"),
             ({"kind": "result", "round": "none"}, "not_found", None),
             ({"kind": "result", "round": "spring", "demand": "D001"}, "not_found", "/demand"),
             ({"kind": "result", "round": "spring", "year": 2025}, "invalid", "/year"),
             ({"kind": "suppliers", "demand": "D019"}, "invalid", "/demand")]
    for (request, code, pointer), reply in zip(wrong, engine.ask([{"op": "report", **request} for request, _, _ in wrong]), strict=True):
        problem = reply.get("problem", {})
        same(f"{request}", problem.get("code"), code)
        if pointer:
            same(f"{request}", problem.get("pointer"), pointer)
    same("year by words", engine.run("report", "council", "--year", "last").returncode, 2)
    same("a format it has not", engine.run("report", "council", "--format", "trec").returncode, 2)
    empty = engine.result(op="report", kind="council", program="dx-consulting-2021", year=2025)
    same("a program without applications", [row[1] for row in rows_of(empty, "funnel")], [0] * 6)
    quiet = engine.result(op="report", kind="council", year=2020)
    same("a year without applications", ([row[1] for row in rows_of(quiet, "funnel")], rows_of(quiet, "by_size"), rows_of(quiet, "needs")),
         ([0] * 6, [], []))


def check_nothing(folder):
    engine = Engine(folder)
    engine.run("import", "suppliers", str(DATA / "demo" / "suppliers.jsonl"))
    same("an empty store", engine.ask([{"op": "report", "kind": "council"}])[0]["problem"]["code"], "conflict")
    engine.ask([{"op": "import", "kind": "demands", "records": records()},
                {"op": "round", "step": "new", "program": "ai-bio", "round": "young", "by": "manager"}])
    same("a round without a result", engine.ask([{"op": "report", "kind": "result", "round": "young"}])[0]["problem"]["code"], "conflict")


def check_small_cells(engine, truth, folder):
    data = folder / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("schema"))
    terms = json.loads((data / "report" / "report.json").read_text(encoding="utf-8"))
    terms["small_cells"]["below"] = 3
    (data / "report" / "report.json").write_text(json.dumps(terms), encoding="utf-8")
    careful = Engine(engine.folder, data)
    check_groups(truth, careful.result(op="report", kind="council"), 2025, 3)
    for change in ({"age_bands": {"years": [3, 3]}}, {"readiness_bands": {"points": [], "reference": 1}},
                   {"needs_shown": 0}, {"small_cells": {}}, {"colour": 1}):
        (data / "report" / "report.json").write_text(json.dumps({**terms, **change}), encoding="utf-8")
        same(f"a wrong file {change}", careful.ask([{"op": "report", "kind": "council"}])[0].get("problem", {}).get("code"), "invalid")


def main():
    with tempfile.TemporaryDirectory(prefix="report-") as name:
        folder = pathlib.Path(name)
        for part in ("whole", "empty", "careful"):
            (folder / part).mkdir()
        engine, demands = Engine(folder / "whole"), records()
        suppliers = walk(engine, demands)
        truth = Truth(engine, demands, suppliers)
        for year in (2025, 2024):
            report, named = (engine.result(op="report", kind=kind, year=year) for kind in ("council", "suppliers"))
            text = json.dumps(report, ensure_ascii=False)
            same("firms named in the council report", [one["firm"]["name"] for one in demands if one["firm"]["name"] in text]
                 + [s["name"] for s in suppliers if s["name"] in text], [])
            check_funnel(truth, report, year)
            check_targets(truth, report, year)
            check_budget(truth, report, year)
            check_groups(truth, report, year)
            check_suppliers(truth, report, named, year)
            check_needs(engine, truth, report, year)
            check_quality(truth, report, year)
        check_files(engine, engine.result(op="report", kind="council"), "council", ("council",))
        check_files(engine, engine.result(op="report", kind="suppliers"), "suppliers", ("suppliers",))
        bio = engine.result(op="report", kind="council", program="ai-bio")
        same("one program", [row[1] for row in rows_of(bio, "funnel")[1:]], truth.counts(2025, "ai-bio"))
        same("the last year", (bio["year"], bio["first_year"]), (2025, 2024))
        same("undated", sum(p["undated"] for p in bio["programs"]), 1)
        check_sheets(engine, truth)
        check_wrong(engine)
        check_small_cells(engine, truth, folder / "careful")
        check_nothing(folder / "empty")
        print(f"{len(truth.demands)} applications, {len(truth.pairs)} pairs; "
              + ", ".join(f"{step} {count}" for step, count in zip(STEPS, truth.counts(2025))))
    for one in FAULTS[:20]:
        print(one)
    sys.exit(1 if FAULTS else 0)


if __name__ == "__main__":
    main()
