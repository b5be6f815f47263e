# SPDX-License-Identifier: Apache-2.0
"""walk.py YEAR REFUSED_BY_SUPPLIER REFUSED_BY_DEMAND AGREED DONE SETTLED: one round of the year over `ieum call`, from selection to settlement."""
import json
import os
import subprocess
import sys

YEAR, REFUSED, UNWILLING, AGREED, DONE, SETTLED = map(int, sys.argv[1:])
ROUND, COMMAND = f"r{YEAR}", os.environ["IEUM"].split() + ["--data", "mydata", "--now", f"{YEAR}-05-01", "call"]


def ask(steps):
    text = "".join(json.dumps({"op": "round", "round": ROUND, "by": "kim", **step}) + "\n" for step in steps)
    done = subprocess.run(COMMAND, input=text, capture_output=True, text=True)
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    for step, reply in zip(steps, replies):
        if "result" not in reply:
            sys.exit(f"{step}: {reply}")
    return replies


ask([{"step": "new", "program": "year-demo", "applied_from": f"{YEAR}-01-01", "applied_to": f"{YEAR}-12-31"}, {"step": "open"}, {"step": "select"}, {"step": "propose"}])
pairs = sorted((one["demand"], one["supplier"]) for one in ask([{"step": "show"}])[0]["result"]["pairs"])
steps = []
for number, (demand, supplier) in enumerate(pairs):
    own = {"step": "consent", "demand": demand, "supplier": supplier}
    if number < REFUSED:
        steps += [{**own, "side": "demand", "answer": "yes"}, {**own, "side": "supplier", "answer": "no"}]
    elif number < REFUSED + UNWILLING:
        steps += [{**own, "side": "demand", "answer": "no"}]
    else:
        steps += [{**own, "side": side, "answer": "yes"} for side in ("demand", "supplier")]
ask(steps + [{"step": "confirm"}, {"step": "publish"}, {"step": "object", "demand": pairs[-1][0], "reason": "asks for the points"},
             {"step": "answer", "number": 1, "upheld": False, "reason": "the points were explained"}])
standing = pairs[REFUSED + UNWILLING:]
ask([{"step": "agree", "demand": demand, "supplier": supplier} for demand, supplier in standing[:AGREED]])
ask([{"step": "fulfil", "stage": "trial", "result": "pass" if number == 0 else "fail", "demand": demand, "supplier": supplier}
     for number, (demand, supplier) in enumerate(standing[:DONE])])
ask([{"step": "fulfil", "stage": "pay", "amount_krw": 15000000, "demand": demand, "supplier": supplier} for demand, supplier in standing[:SETTLED]])
print(YEAR, len(pairs), "pairs")
