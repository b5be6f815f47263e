# SPDX-License-Identifier: Apache-2.0
"""
A whole round of a program over its own demo, a line a step: check, new, open, select, propose, consent, confirm, publish, every stage of the fulfilment, verify. On the way it tries what
must be refused: a stage before the publication, a confirmation before all have agreed, a stage out of order, a stage without what has to be given with it, an amount above the support.

    whole_round.py PROGRAM [DAY]     $IEUM the program, $IEUM_DATA its data; the store is ./ieum.db, empty; the round is called "year"
"""
import json
import os
import subprocess
import sys

program = sys.argv[1]
day = sys.argv[2] if len(sys.argv) > 2 else "2025-08-01"
folder = os.path.join(os.environ["IEUM_DATA"], "demo", "programs", program)
for kind in ("suppliers", "demands"):
    subprocess.run([os.environ["IEUM"], "import", kind, os.path.join(folder, kind + ".jsonl"), "--format", "json"], check=True, stdout=subprocess.DEVNULL)
engine = subprocess.Popen([os.environ["IEUM"], "--now", day, "call"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def ask(**request):
    engine.stdin.write(json.dumps(request) + "\n")
    engine.stdin.flush()
    return json.loads(engine.stdout.readline())


def step(name, **more):
    reply = ask(op="round", step=name, round="year", by="kim", **more)
    if "problem" in reply:
        problem = reply["problem"]
        return " ".join(["refused", problem["code"], problem.get("pointer", ""), str(problem.get("value", "")), str(problem.get("expected", ""))]).strip()
    return reply["result"]


def state(result):
    return result if isinstance(result, str) else result["round"]["state"]


def say(*words):
    print(*words)


checked = ask(op="check", program=program, all=True)["result"]
for record in checked if isinstance(checked, list) else next(value for value in checked.values() if isinstance(value, list)):
    confirm = [detail["rule"] for detail in record["details"] if detail["verdict"] == "confirm"]
    say("check", record["id"], "eligible" if record["eligible"] else "barred by " + ",".join(record["reasons"]), *(["to confirm: " + ",".join(confirm)] if confirm else []))
say("new", state(step("new", program=program)))
say("open", state(step("open")))
say("select", state(step("select")))
say("propose", state(step("propose")))
shown = step("show")
for applicant in sorted(shown["selection"]["applicants"], key=lambda one: one["demand"]):
    say("  ", applicant["demand"], applicant["verdict"], *(["grant", applicant["amount_krw"]] if applicant.get("amount_krw") else []))
pairs = sorted((pair["demand"], pair["supplier"]) for pair in shown["pairs"])
say("pairs", *("%s-%s" % pair for pair in pairs))
first, last = pairs[0], pairs[-1]
stages = shown["stages"]
say("a stage before the publication:", step("fulfil", demand=first[0], supplier=first[1], stage=stages[0]["id"]))
rules = ask(op="program", action="show", program=program)["result"]["program"]["consent"]
asked = [side for side in ("demand", "supplier") if rules[side]]
for pair in pairs:
    for side in asked:
        if (pair, side) != (last, asked[-1]):
            step("consent", demand=pair[0], supplier=pair[1], side=side, answer="yes")
say("confirm before the last has agreed:", state(step("confirm")), {pair["state"] for pair in step("show")["pairs"] if (pair["demand"], pair["supplier"]) == last})
say("consent", state(step("consent", demand=last[0], supplier=last[1], side=asked[-1], answer="yes")))
say("confirm", state(step("confirm")))
say("publish", state(step("publish")))
given = {"result": {"result": "pass"}, "note": {"note": "as agreed"}, "evidence": {"evidence": ["report.pdf"]}, "amount": {"amount_krw": 1000000}}
everything = {key: value for item in given.values() for key, value in item.items()}
say("a stage out of order:", step("fulfil", demand=first[0], supplier=first[1], stage=stages[-1]["id"], **everything))
for number, pair in enumerate(pairs):
    for stage in stages:
        place = {"demand": pair[0], "supplier": pair[1], "stage": stage["id"]}
        more = {key: value for item in stage["with"] for key, value in given[item].items()}
        if number == 0 and stage["with"]:
            say("  without what", stage["id"], "needs:", step("fulfil", **place))
        if number == 0 and "amount" in stage["with"]:
            say("  more than the support:", step("fulfil", **place, **dict(more, amount_krw=900000000000)))
        done = step("fulfil", **place, **more)
        if number == 0 or isinstance(done, str):
            say("fulfil", stage["id"], state(done))
shown = step("show")
say("states", *sorted({pair["state"] for pair in shown["pairs"]}), len(shown["pairs"]), [one["stage"] for one in shown["pairs"][0]["fulfilled"]])
verified = step("verify")
say("verify", verified["sound"], all(check["ok"] for check in verified["checks"]))
engine.stdin.close()
engine.wait()
