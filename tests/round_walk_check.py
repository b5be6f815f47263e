#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Walks of random steps through rounds of a real store: round_walk_check.py PROGRAM ROOT

Steps are drawn by a seeded generator and sent to `ieum call`. After each: no fault of the program's own; a refused step left the round as
it was; one that was taken made the next revision. At the end the store must be sound, every round must verify, and the independent checker
must accept its last proposal. IEUM_CASES sets how many steps; a few dozen without it.
"""
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

PROGRAM, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
STEPS = int(os.environ.get("IEUM_CASES", "90"))
NAMES = ["open", "select", "propose", "propose", "propose", "lock", "veto", "recuse", "lift", "third",
         "consent", "consent", "consent", "consent", "consent", "extend", "withdraw", "rematch", "confirm", "confirm",
         "confirm", "publish", "publish", "publish", "object", "answer", "agree", "agree", "done", "done",
         "settle", "settle", "fulfil", "fulfil", "attach", "admit", "what-if", "why"]


class Engine:
    def __init__(self, store):
        self.process = subprocess.Popen([PROGRAM, "--store", str(store), "--data", str(ROOT / "data"), "--now", "2025-08-04", "--lang", "en", "call"],
                                        stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def ask(self, **request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        return self.process.wait()


def draw(generator, name, shown, demands, suppliers):
    pairs = [pair for pair in shown["pairs"]]
    if pairs and generator.random() < 0.9:
        pair = generator.choice(pairs)
    else:
        pair = {"demand": generator.choice(demands), "supplier": generator.choice(suppliers)}
    request = {"op": "round", "step": name, "round": shown["round"]["id"], "by": generator.choice(["kim", "lee"]), "reason": "walk"}
    if name in ("lock", "veto", "recuse", "lift", "third", "consent", "extend", "agree", "done", "settle", "fulfil", "why"):
        request |= {"demand": pair["demand"], "supplier": pair["supplier"]}
    if name in ("lock", "veto") and generator.random() < 0.5:
        request["supplier"] = generator.choice(suppliers)
    if name in ("object", "admit"):
        request["demand"] = pair["demand"]
    if name == "withdraw":
        request |= {generator.choice(["demand", "supplier"]): None}
        side = "demand" if "demand" in request else "supplier"
        request[side] = pair[side]
    if name == "propose" and generator.random() < 0.7:
        request |= {"method": generator.choice(["max_sum", "leximin", "stable", "random"]), "q": generator.choice([1, 0.5, 0.37])}
    if name == "recuse":
        request["kind"] = generator.choice(["exclusion", "challenge", "abstention"])
    if name == "consent":
        request |= {"side": generator.choice(["demand", "supplier", "demand", "supplier", "institute"]),
                    "answer": "yes" if generator.random() < 0.93 else "no"}
    if name == "third":
        request |= {"side": generator.choice(["institute", "support"]), "party": generator.choice(["U1", "H1", generator.choice(suppliers)])}
    if name == "fulfil":
        request |= {"stage": generator.choice(["agreement", "completion", "settlement", "use"]), "result": generator.choice(["pass", "fail"]),
                    "amount_krw": generator.choice([0, 30000000, 10 ** 12])}
        if generator.random() < 0.5:
            request |= {"note": "seen", "evidence": ["receipt 1"]}
    if name == "extend":
        request["until"] = generator.choice(["2025-08-20", "2025-08-01"])
    if name == "answer":
        request |= {"number": generator.randint(1, 3), "upheld": generator.random() < 0.5}
    if name == "attach":
        request["record"] = {"attended": 7}
    if name == "what-if":
        request["changes"] = generator.choice([{}, {"suppliers_out": [pair["supplier"]]},
                                               {"locks": [[pair["demand"], pair["supplier"]]], "method": "rematch"}])
    if generator.random() < 0.1:
        request["revision"] = shown["round"]["revision"] - generator.randint(0, 1)
    return request


def agree_all(engine, shown):
    """Answers objections and gives every side's consent, so that a confirmation has a chance."""
    step = {"op": "round", "round": "w", "by": "kim", "reason": "walk"}
    for objection in shown["objections"]:
        if objection["state"] == "open":
            engine.ask(**step, step="answer", number=objection["number"], upheld=False)
    for pair in shown["pairs"]:
        for side in ("demand", "supplier", *(third["place"] for third in pair["third_parties"])):
            if pair["state"] == "proposed":
                engine.ask(**step, step="consent", demand=pair["demand"], supplier=pair["supplier"], side=side, answer="yes")


def walk(folder, seed, steps):
    generator = random.Random(seed)
    store, taken, refused = folder / ("walk%d.db" % seed), {}, 0
    for kind in ("suppliers", "demands"):
        subprocess.run([PROGRAM, "--store", str(store), "--data", str(ROOT / "data"), "import", kind,
                        str(ROOT / "data" / "demo" / (kind + ".jsonl")), "--format", "json"], check=True,
                       stdout=subprocess.DEVNULL)
    engine = Engine(store)
    engine.ask(op="import", kind="suppliers", records=[{"id": "H1", "name": "걷는병원(가상)", "kind": "data_hospital"},
                                                       {"id": "U1", "name": "걷는연구소(가상)", "kind": "research_institute"}])
    engine.ask(op="round", step="new", program="ai-bio", round="w", intake=generator.choice(["batch", "rolling"]))
    show = {"op": "round", "step": "show", "round": "w"}
    shown = engine.ask(**show)["result"]
    demands, suppliers = ["D%03d" % i for i in range(19, 33)], ["S%03d" % i for i in range(1, 61)]
    for _ in range(steps):
        name = generator.choice(NAMES)
        if name == "confirm" and shown["round"]["state"] in ("proposed", "consent") and generator.random() < 0.8:
            agree_all(engine, shown)
            shown = engine.ask(**show)["result"]
        request = draw(generator, name, shown, demands, suppliers)
        reply = engine.ask(**request)
        after = engine.ask(**show)["result"]
        changed = request["step"] not in ("what-if", "why")
        if "problem" in reply:
            refused += 1
            assert reply["problem"]["code"] in ("invalid", "conflict", "not_found"), (request, reply)
            assert after == shown, (request, "a refused step changed the round")
        elif changed:
            taken[request["step"]] = taken.get(request["step"], 0) + 1
            assert after["round"]["revision"] == shown["round"]["revision"] + 1, request
            assert reply["result"]["round"]["state"] == after["round"]["state"], request
        if after["round"]["state"] == "settled":
            break
        shown = after
    verified = engine.ask(op="round", step="verify", round="w")["result"]
    doctor = engine.ask(op="doctor")["result"]
    assert verified["sound"] and all(check["ok"] for check in verified["checks"]), verified
    assert doctor["sound"], doctor
    if "proposal" in shown and "assignment" in shown["proposal"]:
        document = folder / "round.json"
        document.write_text(json.dumps(shown), encoding="utf-8")
        checked = subprocess.run([sys.executable, str(ROOT / "bindings" / "python" / "check_certificate.py"), str(document)],
                                 capture_output=True, text=True)
        assert checked.returncode == 0, checked.stdout
    engine.close()
    return taken, refused


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="round-walk-"))
    taken, refused, walks = {}, 0, max(1, STEPS // 90)
    for seed in range(walks):
        counts, no = walk(folder, seed, STEPS // walks)
        refused += no
        for name, count in counts.items():
            taken[name] = taken.get(name, 0) + count
    shutil.rmtree(folder)
    print("%d walks: %d steps taken (%s), %d refused" % (walks, sum(taken.values()),
                                                         ", ".join("%s %d" % item for item in sorted(taken.items())), refused))
    return 0 if sum(taken.values()) > 10 else 1


if __name__ == "__main__":
    sys.exit(main())
