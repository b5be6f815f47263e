#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the engine's proofs against the checker and against every assignment there is, then corrupts them.

    python3 tests/checker_engine.py [PROGRAM] [ROOT]        (PROGRAM: default $IEUM)

Small invented requests of every method go through `ieum call`. Each reply must be valid for the checker, true by going
through every assignment, and its repair the cheapest; each is then corrupted as in checker_check.py. IEUM_CASES: how many
corruptions must have made a document false (default 400). Out: a line of counts, or a line per fault and exit status 1.
"""
import collections
import json
import os
import pathlib
import random
import subprocess
import sys

import checker_documents
from checker_requests import METHODS, invent_request
from checker_check import load_checker
from checker_solvers import read
from checker_trial import Trial

BATCH = 40      # requests in one call of the program
CHANGES = 10    # corruptions of one document


def ask(program, requests):
    lines = "".join(json.dumps({"id": i, "op": "assign", **request}) + "\n" for i, request in enumerate(requests))
    done = subprocess.run([program, "call"], input=lines, capture_output=True, text=True, check=False)
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    if [reply.get("id") for reply in replies] != list(range(len(requests))):
        raise SystemExit(f"{program} answered {len(replies)} of {len(requests)} requests: {done.stderr[:1000]}")
    return replies


def check_repair(request, result):
    """None, or how the repair differs from the cheapest there is."""
    if "repair" not in result:
        return None
    best = checker_documents.make_repair(request)
    cost, found = (one["cost"] if one else None for one in (best, result["repair"]))
    return None if cost == found else f"the repair costs {found}, the cheapest {cost}"


def main():
    sys.dont_write_bytecode = True
    program = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.environ["IEUM"])
    root = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).resolve().parent.parent)
    wanted = int(os.environ.get("IEUM_CASES", 400))
    checker, _ = load_checker(root)
    rng = random.Random(777)
    trial = Trial(checker, rng)
    kinds, refused, faults = collections.Counter(), collections.Counter(), []
    while trial.rejected.total() < wanted and len(trial.faults) + len(faults) < 5:
        requests = [invent_request(rng, method) for method in METHODS for _ in range(BATCH // 5)]
        requests = [request for request in requests if read(request).sane]
        for request, reply in zip(requests, ask(program, requests)):
            method = "rematch" if "previous" in request else request["method"]
            if "result" not in reply:
                refused[method] += 1
                problem = reply.get("problem", reply.get("error", reply))
                if not {"/method", "/previous"} & {problem.get("pointer")}:
                    faults.append(f"refused: {json.dumps(problem, ensure_ascii=False)}: {json.dumps(request)}")
                continue
            document = {"request": request, "result": reply["result"]}
            kinds[method, reply["result"]["status"]] += 1
            trial.accept(document)
            difference = check_repair(request, reply["result"])
            if difference:
                faults.append(f"{difference}: {json.dumps(document)}")
            if trial.rejected.total() < wanted:
                trial.corrupt_often(document, CHANGES)
    for fault in (trial.faults + faults)[:20]:
        print(fault)
    for method in sorted(refused):
        print(f"skipped: the program does not know {method} yet")
    if not trial.faults and not faults:
        print(f"{kinds.total()} documents of the engine accepted; {trial.rejected.total()} corrupted ones rejected; "
              f"{trial.harmless.total()} changes left a document true, and it was accepted")
    return 1 if trial.faults or faults else 0


if __name__ == "__main__":
    sys.exit(main())
