#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The monthly review of the access log and what is older than its retention: accounts_review.py ASK_FOR PROGRAM ROOT

Logs of some months are drawn by a seeded generator; what the review counts and points out is counted here a second way, and by hand for a
few lines. The review as CSV, XLSX and HTML has the same figures.
"""
import collections
import csv
import datetime
import io
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import tempfile
import zipfile

from accounts_samples import DATA, PROGRAM, ROLES, Engine, check, end

RULES = json.loads((DATA / "server/access.json").read_text())
UNUSUAL = RULES["unusual"]


def entry(time, account="kim", role="desk", op="find", step=None, subject=(), count=None, status="ok"):
    line = {"time": f"{time}+09:00", "account": account, "role": role, "origin": "10.0.0.7", "op": op}
    return line | ({"step": step} if step else {}) | {"subject": list(subject), "count": len(subject) if count is None else count, "status": status}


def write(folder, month, entries):
    folder.mkdir(exist_ok=True)
    (folder / f"access-{month}.jsonl").write_text("".join(json.dumps(one, ensure_ascii=False) + "\n"
                                                          if isinstance(one, dict) else one for one in entries))


def review(engine, month, **members):
    return engine.result({"op": "access", "action": "review", "month": month, **members})


# ---- by hand ----

def by_hand(engine, folder):
    """2026-11-26 is a Thursday, 28 and 29 a weekend. Office hours 7 to 22; more than 500 in an hour, more than 10 refusals in a day."""
    check((UNUSUAL["subjects_in_an_hour"], UNUSUAL["refusals_in_a_day"], UNUSUAL["office_hours"],
           UNUSUAL["weekends"]) == (500, 10, {"from": 7, "until": 22}, True), "the rules this was written for")
    firms = [f"supplier/S{n}" for n in range(501)]
    write(folder, "2026-11", [
        entry("2026-11-26T06:59:59"), entry("2026-11-26T07:00:00"), entry("2026-11-26T21:59:59"), entry("2026-11-26T22:00:00", "lee"),
        entry("2026-11-26T10:00:00", subject=firms[:500]), entry("2026-11-26T10:59:59", subject=firms[:500]),  # the same 500 twice: not more than 500
        entry("2026-11-26T11:00:00", subject=firms[:250]), entry("2026-11-26T11:30:00", subject=firms[250:]),  # 501 in one hour
        # 601 within two hours, each less than 500
        entry("2026-11-26T12:59:00", subject=firms[:300]), entry("2026-11-26T13:00:00", subject=firms[200:]),
        entry("2026-11-26T14:00:00", "lee", subject=firms[:1], count=501),  # 500 more that the line counts and does not list
        entry("2026-11-28T10:00:00", "lee"), entry("2026-11-29T10:00:00", "lee"), entry("2026-11-27T10:00:00", "lee"),
        *[entry(f"2026-11-26T15:00:{n:02}", "park", "viewer", "round", "confirm", status="forbidden") for n in range(10)],
        *[entry(f"2026-11-27T15:00:{n:02}", "park", "viewer", "round", "confirm", status="forbidden") for n in range(11)]])
    found = review(engine, "2026-11")
    told = sorted((one["kind"], one["account"], one["when"], one["count"]) for one in found["unusual"])
    check(told == sorted([("night", "kim", "2026-11-26 06:00", 1), ("night", "lee", "2026-11-26 22:00", 1),
                          ("many_subjects", "kim", "2026-11-26 11:00", 501),
                          ("many_subjects", "lee", "2026-11-26 14:00", 501), ("weekend", "lee", "2026-11-28", 1),
                          ("weekend", "lee", "2026-11-29", 1), ("refusals", "park", "2026-11-27", 11)]),
          f"what is unusual, by hand: {told}")
    check(all(one["text"]["ko"] and one["text"]["en"] for one in found["unusual"]), "each in words")
    check(found["entry_count"] == 35 and found["broken"] == 0, "all entries")


# ---- a second way ----

def draw(generator, month, count):
    year, number = map(int, month.split("-"))
    start = datetime.datetime(year, number, 1)
    accounts = [("kim", "desk"), ("lee", "manager"), ("park", "viewer"), ("choi.a-1", "admin")]
    entries = []
    for _ in range(count):
        account, role = generator.choice(accounts)
        when = start + datetime.timedelta(days=generator.choice([2, 3, 7, 8, 13]), hours=generator.choice([6, 7, 9, 9, 21, 22]),
                                          seconds=generator.randrange(3600))
        op, step = generator.choice([("find", None), ("round", "show"), ("round", "consent"), ("import", None)])
        subject = [f"supplier/S{n:03}" for n in generator.sample(range(700), generator.choice([0, 1, 3, 90]))]
        entries.append(entry(when.isoformat(timespec="seconds"), account, role, op, step, subject, len(subject) + generator.choice([0, 0, 0, 40]),
                             generator.choice(["ok", "ok", "not_found", "forbidden", "unauthorized"])))
    return sorted(entries, key=lambda one: one["time"])


def count(entries):
    """As the review should: by account, operation and day, and what is beyond the rules."""
    groups = {name: collections.defaultdict(lambda: [0, 0, 0]) for name in ("account", "operation", "day", "hour", "account_day")}
    seen = set()
    for one in entries:
        time, account = datetime.datetime.fromisoformat(one["time"]), one["account"]
        fresh = {(account, time.strftime("%Y%m%d%H"), name) for name in one["subject"]} - seen
        seen |= fresh
        keys = {"account": account, "operation": " ".join(filter(None, [one["op"], one.get("step")])),
                "day": f"{time:%Y-%m-%d}", "hour": (account, f"{time:%Y-%m-%d %H}:00"),
                "account_day": (account, f"{time:%Y-%m-%d}")}
        for name, key in keys.items():
            tally = groups[name][key]
            tally[0] += 1
            tally[1] += len(fresh) + one["count"] - len(one["subject"])
            tally[2] += one["status"] in ("forbidden", "unauthorized")
    unusual = []
    for (account, hour), (entries_, subjects, _) in groups["hour"].items():
        if subjects > UNUSUAL["subjects_in_an_hour"]:
            unusual.append(("many_subjects", account, hour, subjects))
        if not UNUSUAL["office_hours"]["from"] <= int(hour[11:13]) < UNUSUAL["office_hours"]["until"]:
            unusual.append(("night", account, hour, entries_))
    for (account, day), (entries_, _, refused) in groups["account_day"].items():
        if datetime.date.fromisoformat(day).isoweekday() > 5:
            unusual.append(("weekend", account, day, entries_))
        if refused > UNUSUAL["refusals_in_a_day"]:
            unusual.append(("refusals", account, day, refused))
    return groups, sorted(unusual)


def told(review_, member):
    return {one[member]: [one["count"], one["subjects"], one["refused"]] for one in review_[f"by_{member}"]}


def second_way(engine, folder):
    generator = random.Random(6)
    for month in ("2024-02", "2025-12", "2026-01", "2026-03", "2026-10"):
        entries = draw(generator, month, 500)
        broken = ["no json\n", "{}\n", '{"time":"2026-03-01","op":"find","account":"x"}\n', "\n", "{" * 200 + "\n"]
        mixed = entries[:100] + broken + entries[100:] + ['{"time":"cut off']
        write(folder, month, mixed)
        found = review(engine, month, limit=100000)
        groups, unusual = count(entries)
        check(found["entry_count"] == len(entries) and found["broken"] == len(broken) + 1,
              f"{month}: lines that are none are counted as such: {found['broken']}")
        for name in ("account", "operation", "day"):
            check(told(found, name) == dict(groups[name]), f"{month}: counts by {name}")
            check([one[name] for one in found[f"by_{name}"]] == sorted(groups[name]), f"{month}: in order")
        check(sorted((one["kind"], one["account"], one["when"], one["count"]) for one in found["unusual"]) == unusual
              and {one[0] for one in unusual} >= {"night", "refusals"}, f"{month}: what is unusual")
        check(found["entries"] == entries, f"{month}: the entries")
        check(review(engine, month, limit=7)["entries"] == entries[-7:] and review(engine, month, limit=0)["entries"] == [], "the last ones")
        own = [one for one in entries if one["account"] == "lee"]
        groups, unusual = count(own)
        found = review(engine, month, account="lee", limit=100000)
        check(found["entries"] == own and told(found, "day") == dict(groups["day"]), "of one account")
    check(review(engine, "2023-01")["entry_count"] == 0, "a month without a file has no entries")
    for wrong in ("2026-13", "2026-1", "2026-00", "../../etc", "2026-11.jsonl", "", "２０２６-11"):
        check(engine.problem("invalid", {"op": "access", "action": "review", "month": wrong}).get("pointer") == "/month", f"'{wrong}' is no month")
    for role in ROLES["roles"]:
        reply = engine.ask({"op": "access", "action": "review", "month": "2025-12"}, "kim", role)
        check(("result" in reply) == (role == "admin"), f"a review for {role}")


# ---- as files ----

def program(folder, *arguments):
    ran = subprocess.run([PROGRAM, "--data", str(DATA), "--access", str(folder), "--now", "2026-11-26", "--lang", "en", *arguments],
                         capture_output=True, check=False)
    check(ran.returncode == 0, f"{arguments}: {ran.stderr.decode()[:200]}")
    return ran.stdout


def as_files(folder, place):
    write(folder, "2026-09", [entry("2026-09-02T10:00:00", "=1+1", subject=["supplier/S1"]),
                              entry("2026-09-02T11:00:00", "kim", op="round", step="show", subject=["round/r"])])
    raw = program(folder, "access", "review", "--month", "2026-09", "--format", "csv")
    check(raw.startswith(b"\xef\xbb\xbf"), "CSV with a byte order mark")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    check(any(row[-4:] == ["round show", "ok", "1", "round/r"] for row in rows), "the entries in CSV")
    check(any("=1+1" in cell and not cell.startswith("=") for row in rows for cell in row)
          and not any(cell.startswith("=") for row in rows for cell in row), "no cell is a formula")
    page = program(folder, "access", "review", "--month", "2026-09", "--format", "html").decode()
    check(page.lower().startswith("<!doctype html") and "<script" not in page and "round/r" in page, "HTML")
    program(folder, "access", "review", "--month", "2026-09", "--format", "xlsx", "--out", str(place / "review.xlsx"))
    with zipfile.ZipFile(place / "review.xlsx") as book:
        texts = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    check("<f>" not in texts and all(re.search(rf"<t[^>]*>{re.escape(cell)}</t>", texts) for cell in ("round show", "round/r", "supplier/S1")),
          "the cells of the XLSX, and no formula")


# ---- retention ----

def retention(place):
    folder, store = place / "kept", place / "ieum.db"
    months = [f"{year}-{month:02}" for year in range(2023, 2027) for month in range(1, 13)]
    for month in months:
        write(folder, month, [entry(f"{month}-03T10:00:00")])
    for other in ("access-2023-01.jsonl.bak", "access-2023-1.jsonl", "notes.jsonl", "access-2023-99.jsonl"):
        (folder / other).write_text("mine\n")
    check(RULES["retention_months"] == 24, "the retention this was written for")
    request = {"op": "access", "action": "prune"}
    with Engine(store, folder, now="2026-11-26") as engine:
        engine.result({"op": "account", "action": "bootstrap", "role": "admin"})
        for role in ("viewer", "desk", "manager", "researcher"):
            engine.problem("forbidden", request, "kim", role)
        check(len(list(folder.glob("access-20*-??.jsonl"))) >= len(months), "who may not removes nothing")
        found = engine.result(request, "lee", "admin")
        old = [month for month in months if month < "2024-11"]
        check(found == {"before": "2024-11", "removed": old, "failed": []}, f"two years are kept: {found}")
        left = sorted(path.name for path in folder.iterdir())
        now = f"{datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))):%Y-%m}"
        check(left == sorted({f"access-{month}.jsonl" for month in months if month >= "2024-11"}
                             | {f"access-{now}.jsonl", "access-2023-01.jsonl.bak", "access-2023-1.jsonl", "notes.jsonl", "access-2023-99.jsonl"}),
              f"nothing else went: {left}")
        check(engine.result(request, "lee", "admin")["removed"] == [], "once")
        audit = [one for one in engine.result({"op": "audit", "action": "list"})["entries"] if one["action"] == "access.prune"]
        check(len(audit) == 1 and audit[0]["by"] == "lee" and audit[0]["payload"]["removed"] == old, "the audit log says who removed what")
    for now, first in (("2026-01-01", "2024-01"), ("2025-12-31", "2023-12")):
        with Engine(store, folder, now=now) as engine:
            check(engine.result(request)["before"] == first, f"on {now} what is before {first} goes")
    with Engine(store, "") as engine:
        engine.problem("invalid", request)
    short = place / "data"
    short.mkdir()
    for path in DATA.iterdir():
        if path.name != "server":
            os.symlink(path, short / path.name)
    shutil.copytree(DATA / "server", short / "server")
    for rules in ({"retention_months": 11}, {"retention_months": 0}, {"retention_months": "24"}, {"unusual": {}}):
        (short / "server/access.json").write_text(json.dumps(RULES | rules))
        with Engine(store, folder, data=short) as engine:
            engine.problem("invalid", request)
            engine.problem("invalid", {"op": "access", "action": "review"})


with tempfile.TemporaryDirectory() as name:
    where = pathlib.Path(name)
    with Engine(where / "ieum.db", where / "access", now="2026-11-26") as main:
        by_hand(main, where / "access")
        second_way(main, where / "access")
    as_files(where / "access", where)
    retention(where)
end()
