#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills the program at a random moment of a round, again and again: round_kill_check.py PROGRAM ROOT

A round's steps go to `ieum call` as JSON lines. The process is killed (SIGKILL) after a random time. Then the store must be sound, the
round must stand at the end of a step of the undisturbed run, every step that was answered must be there, and at most one more. IEUM_CASES
sets how often; a few times without it.
"""
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

PROGRAM, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
TIMES = int(os.environ.get("IEUM_CASES", "8"))
DATA = ROOT / "data"


def command(store, *words):
    return [PROGRAM, "--store", str(store), "--data", str(DATA), "--now", "2025-08-01", "--lang", "en", *words]


def ask(store, requests):
    done = subprocess.run(command(store, "call"), input="".join(json.dumps(one) + "\n" for one in requests), capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def step(name, **members):
    return {"op": "round", "round": "r", "step": name, "by": "manager", **members}


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="round-kill-"))
    base, store = folder / "base.db", folder / "store.db"
    for kind in ("suppliers", "demands"):
        subprocess.run(command(base, "import", kind, str(DATA / "demo" / (kind + ".jsonl")), "--format", "json"),
                       check=True, stdout=subprocess.DEVNULL)
    # The round is made beforehand, so that every run has the same salt and the same bytes.
    first = ask(base, [{**step("new"), "program": "ai-bio"}, step("propose")])[1]["result"]
    pairs = [(pair["demand"], pair["supplier"]) for pair in first["proposal"]["assignment"]["proposed"]][:3]
    requests = [step("lock", demand=pairs[0][0], supplier=pairs[0][1], reason="tried before"), step("propose", method="leximin"),
                step("veto", demand=pairs[1][0], supplier=pairs[1][1], reason="same building"), step("propose")]
    shutil.copy(base, store)
    proposed = ask(store, requests)[-1]["result"]["proposal"]["assignment"]["proposed"]
    for pair in proposed:
        for side in ("demand", "supplier"):
            requests.append(step("consent", demand=pair["demand"], supplier=pair["supplier"], side=side, answer="yes"))
    requests += [step("confirm"), step("publish"), step("agree", demand=proposed[0]["demand"], supplier=proposed[0]["supplier"]),
                 step("withdraw", supplier=proposed[1]["supplier"], reason="closed down"), step("rematch")]

    shutil.copy(base, store)
    started = time.monotonic()
    replies = ask(store, requests)
    whole = time.monotonic() - started
    assert all("result" in reply for reply in replies), next(reply for reply in replies if "problem" in reply)
    show = {"op": "round", "step": "show", "round": "r"}
    clean = [one["digest"] for one in ask(store, [show])[0]["result"]["history"]]
    text = "".join(json.dumps(one) + "\n" for one in requests).encode()
    generator = random.Random(20260101)
    reached = set()
    faults = 0
    for number in range(TIMES):
        shutil.copy(base, store)
        for left in folder.glob("store.db-*"):
            left.unlink()
        with open(folder / "replies", "wb") as out:
            process = subprocess.Popen(command(store, "call"), stdin=subprocess.PIPE, stdout=out, stderr=subprocess.DEVNULL)
            process.stdin.write(text)
            process.stdin.flush()
            time.sleep(generator.uniform(0, 1.05 * whole))
            process.kill()
            process.stdin.close()
            process.wait()
        answered = (folder / "replies").read_bytes().count(b"\n")
        doctor, shown, verified, audit = ask(store, [{"op": "doctor"}, show, {"op": "round", "step": "verify", "round": "r"},
                                                     {"op": "audit", "action": "verify"}])
        history = [one["digest"] for one in shown["result"]["history"]]
        taken = len(history) - 2
        reached.add(taken)
        wrong = [not doctor["result"]["sound"], not verified["result"]["sound"], not audit["result"]["sound"], history != clean[:len(history)],
                 shown["result"]["round"]["revision"] != len(history), not answered <= taken <= answered + 1]
        if any(wrong):
            faults += 1
            print("killed run %d: %d steps answered, %d there; faults %s" % (number, answered, taken, wrong))
    shutil.rmtree(folder)
    print("%d runs of %d steps killed, at %d different steps: %d faults" % (TIMES, len(requests), len(reached), faults))
    if TIMES >= 8 and len(reached) < 3:
        print("the moments were not spread over the round")
        return 1
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
