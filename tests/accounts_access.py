#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Requests of others than the operator: accounts_access.py ASK_FOR PROGRAM ROOT

What a role may not (every operation is walked in test_permission.c; here: the sentences, the names one may act in, the files of the
machine, what is withheld from a result) and the access log: its lines, that nothing is told or changed without it, two processes writing
into it at once. Whose data a reply had is found a second way, by the store's ids that stand in its text.
"""
import datetime
import json
import pathlib
import re
import shutil
import tempfile

from accounts_samples import DATA, ROLES, Engine, check, database, end, fill, has_word

OPERATIONS = ROLES["operations"]


def lines(folder):
    return [json.loads(line) for path in sorted(folder.glob("access-*.jsonl")) for line in path.read_text().splitlines()]


def entries():
    """(op, step member or None, step or None, entry) of the whole table."""
    for op, entry in OPERATIONS.items():
        for member, many in (("step", entry.get("steps")), ("action", entry.get("actions")), ("kind", entry.get("kinds"))):
            for step, one in (many or {}).items():
                yield op, member, step, one
        if "roles" in entry:
            yield op, None, None, entry


# ---- the table itself ----

def table():
    every = set(ROLES["roles"])
    check(every == {"viewer", "desk", "manager", "researcher", "admin"}, "the five roles")
    for op, _, step, entry in entries():
        name = f"{op} {step or ''}"
        roles = set(entry["roles"])
        check(roles <= every and (not roles or "admin" in roles), f"{name}: whatever somebody may an administrator may")
        if entry["work"] == "write":
            check("viewer" not in roles and "researcher" not in roles, f"{name} changes something: not for viewers and researchers")
        if op in ("account", "backup", "restore", "train", "doctor") or (op, step) in (("access", "review"), ("access", "prune"), ("audit", "erase")):
            check(roles <= {"admin"}, f"{name} is for administrators at most")
        if op == "round" and entry["work"] == "write" and step not in ("consent", "withdraw", "object"):
            check(roles == {"manager", "admin"}, f"{name} is a manager's act")
    check(all(not OPERATIONS[op].get("roles") for op in ("backup", "restore", "train")), "what writes files of the machine is for its operator")


# ---- sentences ----

def acts_of_others(engine):
    found = engine.problem("forbidden", {"op": "round", "step": "confirm", "round": "spring"}, "kim-desk", "desk")
    english, korean = found["text"]["en"], found["text"]["ko"]
    check(found["status"] == 403 and all(word in english for word in ("kim-desk", "desk", "round confirm", "administrator")),
          f"the sentence says who, what and whom to ask: {english}")
    check(all(word in korean for word in ("kim-desk", "상담", "round confirm", "관리자")), f"in Korean too: {korean}")
    for wrong in ("lee", "", "kim-desk ", "KIM-DESK"):
        found = engine.ask({"op": "find", "word": "검사", "by": wrong}, "kim-desk", "desk").get("problem", {})
        check(found.get("code") == "forbidden" and found.get("pointer") == "/by", f"nobody acts as '{wrong}': {found.get('code')}")
    engine.problem("invalid", {"op": "find", "word": "검사", "by": 7}, "kim-desk", "desk")
    engine.result({"op": "find", "word": "검사", "by": "kim-desk"}, "kim-desk", "desk")
    engine.result({"op": "round", "step": "new", "round": "r1", "program": "ai-bio"}, "lee", "manager")
    listed = engine.result({"op": "audit", "action": "list", "round": "r1"})["entries"]
    check([one["by"] for one in listed] == ["lee"], "who asks is who acts")
    for account, role in (("", "admin"), ("Kim", "admin"), ("a" * 65, "admin")):
        engine.problem("unauthorized", {"op": "program"}, account, role)
    engine.problem("forbidden", {"op": "program"}, "kim", "root")
    engine.problem("forbidden", {"op": "program"}, "kim", "")
    engine.problem("invalid", {"op": "no-such"}, "kim", "admin")
    engine.problem("invalid", {"op": "round"}, "kim", "admin")


# ---- files of the machine ----

def path_members():
    """(op, member) of every member of a request that its schema says to name a file or folder."""
    schema = json.loads((DATA / "schema/requests.schema.json").read_text())["$defs"]
    said = re.compile(r"\b(path|folder|file of the copy)\b|file's path|than the folder's|a folder with")
    for op, shape in schema.items():
        for member, about in shape.get("properties", {}).items():
            if said.search(about.get("description", "")) and "text of a program file" not in about["description"]:
                yield op, member


def files_of_the_machine(engine):
    members = set(path_members())
    check({("backup", "path"), ("restore", "path"), ("train", "out"), ("train", "data"), ("shadow", "suppliers_path"),
           ("suggest", "model"), ("model", "from")} <= members,
          f"the schemas name members for paths: {sorted(members)}")
    refused = 0
    for op, member, step, entry in entries():
        for role in entry["roles"]:
            for name in sorted({name for of, name in members if of == op} | set(ROLES["paths"])):
                value = "/etc/passwd" if name != "model" else "../../etc/passwd"
                found = engine.ask({"op": op, **({member: step} if member else {}), name: value}, "walker", role).get("problem", {})
                check(found.get("code") in ("forbidden",) + (() if name in ROLES["paths"] or name == "model" else ("invalid",))
                      and found.get("pointer") == f"/{name}", f"{op} {step or ''} of {role} with {name}: {found}")
                refused += 1
    for model in ("a/b", "x.model", "./x.model", "/x"):
        check(engine.problem("forbidden", {"op": "model", "action": "show", "model": model}, "walker", "admin")["pointer"] == "/model",
              f"{model} is a path")
    engine.problem("not_found", {"op": "model", "action": "show", "model": "nothing"}, "walker", "admin")
    for program in ("../programs/ai-bio", "/etc/passwd", "..", "ai-bio.json", "ai-bio/../ai-bio"):
        found = engine.ask({"op": "program", "action": "show", "program": program}, "walker", "viewer").get("problem", {})
        check(found.get("code") in ("not_found", "invalid"), f"{program} is no program: {found.get('code')}")
    check(refused > 300, f"{refused} refused")


# ---- what is withheld ----

def emptied(value):
    if isinstance(value, dict):
        return {key: emptied(one) for key, one in value.items()}
    return "" if isinstance(value, str) else [] if isinstance(value, list) else None


def expected(value, names, outer=""):
    if isinstance(value, list):
        return [expected(one, names, outer) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: emptied(one) if key in names or f"{outer}/{key}" in names else expected(one, names, key) for key, one in value.items()}


def run_a_round(engine):
    """With a mark of its own wherever a person writes something."""
    def step(name, **members):
        return engine.result({"op": "round", "round": "spring", "step": name, **members}, "lee", "manager")

    step("new", program="ai-bio", reason="MARK-new")
    step("open", reason="MARK-open")
    marks = {one["demand"]: [{"member": f"MARK-member{i}", "mark": 70 + i} for i in range(7)]
             for one in engine.result({"op": "select", "program": "ai-bio"})["applicants"]}
    marks["D019"].append({"member": "MARK-recused", "recusal": "회피", "reason": "MARK-recusal"})
    step("select", marks=marks, reason="MARK-select")
    step("propose", reason="MARK-propose")
    step("lock", demand="D019", supplier="S007", reason="MARK-lock")
    step("recuse", demand="D021", supplier="S005", kind="abstention", reason="MARK-relation")
    step("propose")
    step("attach", reason="MARK-attach", record={"minutes": "MARK-minutes"})
    pair = step("show")["pairs"][0]
    step("consent", demand=pair["demand"], supplier=pair["supplier"], side="supplier", answer="no", reason="MARK-consent")
    step("withdraw", demand="D021", reason="MARK-withdraw")
    return engine.result({"op": "round", "step": "show", "round": "spring"})


def withheld(engine):
    shown = run_a_round(engine)
    marks = set(re.findall(r"MARK-[a-z0-9]+", json.dumps(shown)))
    check({"MARK-new", "MARK-lock", "MARK-relation", "MARK-minutes", "MARK-consent", "MARK-withdraw", "MARK-recusal"} <= marks,
          f"whoever runs it sees what was written: {sorted(marks)}")
    for role, about in ROLES["roles"].items():
        for request in ({"op": "round", "step": "show", "round": "spring"}, {"op": "round", "step": "list"},
                        {"op": "find", "word": "검사"}, {"op": "program", "action": "show", "program": "ai-bio"}):
            plain, reply = engine.ask(request), engine.ask(request, "kim", role)
            if "problem" in reply:
                check(reply["problem"]["code"] == "forbidden", f"{request} of {role}")
                continue
            names = set(about.get("withheld", [])) if request["op"] != "program" else set()
            check(reply["result"] == expected(plain["result"], names), f"{request} of {role} lacks what is withheld and nothing else")
    seen = engine.result({"op": "round", "step": "show", "round": "spring"}, "kim", "viewer")
    check(not has_word(seen, ["MARK"]), "a viewer sees nothing that a person wrote")
    check(seen["pairs"] and seen["selection"]["applicants"][0]["name"] and seen["round"]["state"] == shown["round"]["state"], "but the round")
    check(not has_word([one.get("details") for one in seen["selection"]["applicants"]], ["founded", "firm"]), "and no firm's particulars")
    for role, hidden, left in (("desk", ["MARK-minutes", "MARK-recusal"], "MARK-withdraw"),
                               ("researcher", ["MARK-minutes", "MARK-lock", "MARK-relation", "MARK-withdraw", "MARK-consent"], "D019")):
        seen = engine.result({"op": "round", "step": "show", "round": "spring"}, "kim", role)
        check(not has_word(seen, hidden) and has_word(seen, [left]), f"what a {role} sees")
    for _, _, step, entry in (one for one in entries() if one[0] == "round"):
        if "viewer" in entry["roles"]:
            check(not has_word(engine.ask({"op": "round", "step": step, "round": "spring"}, "kim", "viewer"), ["MARK"]),
                  f"round {step} tells a viewer nothing that a person wrote")


# ---- the log ----

def shape(engine, folder, store):
    with database(store) as rows:
        ids = {f"{kind}/{row[0]}" for kind, name in (("demand", "demands"), ("supplier", "suppliers"), ("round", "rounds"))
               for row in rows.execute(f"SELECT id FROM {name}")}
    demand = json.loads((DATA / "demo/demands.jsonl").read_text().splitlines()[0])
    asked = [({"op": "find", "word": "검사"}, "desk"), ({"op": "check", "program": "ai-bio", "all": True}, "desk"),
             ({"op": "suggest", "program": "ai-bio", "demand": "D019"}, "desk"),
             ({"op": "suggest", "program": "ai-bio", "all": True, "detail": "scores"}, "researcher"),
             ({"op": "cases", "demand": "D019"}, "desk"), ({"op": "round", "step": "show", "round": "spring"}, "manager"),
             ({"op": "round", "step": "list"}, "viewer"), ({"op": "round", "step": "why", "round": "spring", "demand": "D021"}, "manager"),
             ({"op": "select", "program": "ai-bio"}, "manager"),
             ({"op": "check", "program": "ai-manufacturing", "demand": demand}, "desk"),
             ({"op": "suggest", "program": "ai-bio", "supplier": "S002"}, "desk"),
             ({"op": "round", "step": "what-if", "round": "spring", "changes": {}}, "manager"),
             ({"op": "round", "step": "audit", "round": "spring"}, "manager"), ({"op": "audit", "action": "list"}, "manager"),
             ({"op": "import", "kind": "demands", "records": [demand]}, "manager"),
             ({"op": "check", "program": "ai-bio", "demand": "NOTHING"}, "desk"), ({"op": "account", "action": "list"}, "admin"),
             ({"op": "round", "step": "confirm", "round": "spring"}, "viewer"), ({"op": "report", "kind": "result", "round": "spring"}, "desk"),
             ({"op": "report", "kind": "result", "round": "spring", "demand": "D021"}, "manager"), ({"op": "report", "kind": "suppliers"}, "manager"),
             ({"op": "diagnose", "demand": "D019", "answers": {}}, "desk")]
    for request, role in asked:
        before = len(lines(folder))
        reply = engine.ask(request, "kim.lee-2", role, origin="10.0.0.7")
        added = lines(folder)[before:]
        if not check(len(added) == 1, f"{request} leaves one line: {added}"):
            continue
        entry, step = added[0], request.get("step", request.get("action", request.get("kind") if request["op"] == "report" else None))
        check(list(entry) == ["time", "account", "role", "origin", "op", *(["step"] if step else []), "subject", "count", "status"],
              f"members of a line: {list(entry)}")
        check((entry["account"], entry["role"], entry["origin"], entry["op"],
               entry.get("step")) == ("kim.lee-2", role, "10.0.0.7", request["op"], step), f"who, where from, what: {entry}")
        check(entry["status"] == reply.get("problem", {"code": "ok"})["code"], f"how it ended: {entry['status']} {reply.get('problem')}")
        when = datetime.datetime.fromisoformat(entry["time"])
        check(when.utcoffset() == datetime.timedelta(hours=9) and abs((datetime.datetime.now(datetime.timezone.utc) - when).total_seconds()) < 60,
              "when, in Seoul's time")
        check((folder / f"access-{entry['time'][:7]}.jsonl").exists(), "a file a month")
        texts = set(re.findall(r'"([A-Za-z0-9-]+)"', json.dumps([request, reply.get("result")])))
        known = {one for one in ids if one.split("/")[1] in texts}
        check(known <= set(entry["subject"]) and entry["count"] == len(entry["subject"]),
              f"{request}: whose data it was: lacks {sorted(known - set(entry['subject']))[:5]}")
        check(set(entry["subject"]) <= known | {"demand/NOTHING", "demand/desk", f"demand/{demand['id']}"},
              f"{request}: and nobody else's: {sorted(set(entry['subject']) - known)[:5]}")
    before = len(lines(folder))
    for request in ({"op": "explain-text", "text": "표면 불량"}, {"op": "program"}, {"op": "access", "action": "operations"}):
        engine.result(request, "kim", "viewer")
    check(len(lines(folder)) == before, "what touches no firm leaves no line")
    engine.ask({"op": "find", "word": "검사"}, "kim", "desk", origin='a"b\\n{}')
    check(lines(folder)[-1]["origin"] == 'a"b\\n{}', "an origin cannot break a line")
    check(not has_word(lines(folder), ["표면", "MARK", "검사", "(가상)"]), "no content stands in the log")
    check(all(path.stat().st_mode & 0o777 == 0o600 for path in folder.glob("*")) and folder.stat().st_mode & 0o777 == 0o700, "for its owner alone")


def without_a_log(place, store):
    find, program = {"op": "find", "word": "검사"}, {"op": "program"}
    supplier = {"id": "SX", "name": "기록없음(가상)", "summary": "외관검사"}
    (place / "file").write_text("")
    target = place / "elsewhere.jsonl"
    target.write_text("")
    linked = place / "linked"
    linked.mkdir()
    (linked / f"access-{datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))):%Y-%m}.jsonl").symlink_to(target)
    for access in ("", place / "file", place / "file/inside", place / "no/such/folder", linked):
        with Engine(store, access) as engine:
            found = engine.problem("store", find, "kim", "desk")
            check("log" in found["text"]["en"] and "접속기록" in found["text"]["ko"], f"it says why: {found['text']['en']}")
            check(not has_word(found, [str(place)]), f"but no path of the machine: {found}")
            engine.problem("store", {"op": "import", "kind": "suppliers", "records": [supplier]}, "lee", "manager")
            engine.problem("store", {"op": "round", "step": "new", "round": "unlogged", "program": "ai-bio"}, "lee", "manager")
            engine.result(program, "kim", "desk")
            engine.problem("forbidden", {"op": "import", "kind": "suppliers", "records": [supplier]}, "kim", "desk")
            engine.problem("not_found", {"op": "round", "step": "show", "round": "unlogged"})
            check(not has_word(engine.result({"op": "find", "word": "기록없음"}), ["SX"]), f"nothing was changed without a log ({access})")
            engine.result(find)
    check(target.read_text() == "", "a link is not followed")


def places_of_the_machine(place, store):
    """A caller is told that the store cannot be used, the operator which and why."""
    gone, program = place / "gone.db", {"op": "check", "program": "ai-bio", "all": True}
    with Engine(gone, place / "access") as engine:
        check(has_word(engine.problem("store", program), [str(gone)]), "the operator sees the path")
        check(not has_word(engine.problem("store", program, "kim", "desk"), [str(place)]), "a caller does not")
        for action in ({"action": "authenticate", "token": "x"}, {"action": "session", "session": "x"}, {"action": "sign-in", "token": "x"}):
            check(not has_word(engine.problem("store", {"op": "account"} | action), [str(place)]), "nor does who signs in")
    data = place / "data"
    shutil.copytree(DATA, data, symlinks=True, ignore=shutil.ignore_patterns("demo"))
    (data / "programs/ai-bio.json").write_text("{")
    (data / "features/kinds.json").unlink(missing_ok=True)
    with Engine(store, place / "access", data=data) as engine:
        for request in (program, {"op": "program", "action": "show", "program": "ai-bio"}, {"op": "suggest", "program": "ai-bio", "demand": "D019"}):
            reply = engine.ask(request, "kim", "desk")
            check("problem" in reply and not has_word(reply, [str(place)]), f"nor of a file of the data folder: {reply}")
    (data / "server/roles.json").write_text("{")
    with Engine(store, place / "access", data=data) as engine:
        check(not has_word(engine.ask(program, "kim", "desk"), [str(place)]), "nor of the table of roles")


def two_processes(place, store):
    folder, count = place / "two", 500
    with Engine(store, folder) as one, Engine(store, folder) as two:
        for block in range(0, count, 50):
            for number in range(block, block + 50):
                for engine, name in ((one, "one"), (two, "two")):
                    engine.send({"op": "round", "step": "show", "round": f"n{number}"} if number % 5
                                else {"op": "check", "program": "ai-bio", "all": True}, name, "manager")
            for _ in range(50):
                one.receive(), two.receive()
    found = lines(folder)
    check(len(found) == 2 * count and all(sum(entry["account"] == name for entry in found) == count for name in ("one", "two")),
          f"two processes wrote {len(found)} whole lines")
    check(sum(entry["status"] == "not_found" for entry in found) == 2 * count * 4 // 5, "each as it was")
    check(sorted({subject for entry in found for subject in entry["subject"] if subject.startswith("round/")})
          == sorted(f"round/n{n}" for n in range(count) if n % 5), "and of whom")


def two_managers(place, store):
    with Engine(store, place / "access") as one, Engine(store, place / "access") as two:
        seen = one.result({"op": "round", "step": "show", "round": "spring"}, "lee", "manager")["round"]["revision"]
        change = {"op": "round", "step": "veto", "round": "spring", "demand": "D024", "supplier": "S003", "reason": "price", "revision": seen}
        one.result(change, "lee", "manager")
        found = two.problem("conflict", change | {"supplier": "S004"}, "park", "manager")
        check(found["status"] == 409, "who saw an older state is told")
        after = two.result({"op": "round", "step": "show", "round": "spring"}, "park", "manager")
        check(after["round"]["revision"] == seen + 1 and after["history"][-1]["by"] == "lee", "and changed nothing")


with tempfile.TemporaryDirectory() as name:
    where = pathlib.Path(name)
    path = where / "ieum.db"
    table()
    with Engine(path, where / "access") as main:
        fill(main)
        acts_of_others(main)
        files_of_the_machine(main)
        withheld(main)
        shape(main, where / "access", path)
    without_a_log(where, path)
    places_of_the_machine(where, path)
    two_processes(where, path)
    two_managers(where, path)
end()
