# SPDX-License-Identifier: Apache-2.0
"""Interrupts a training once its child is at work, and starves another: python3 stopped.py DEMO. Prints exit statuses and codes."""
import os
import random
import re
import signal
import subprocess
import sys
import time

TRAIN = [os.environ["IEUM"], "--lang", "en", "train", "--out", "wrong.model"]


def children(process):
    """Of the main thread; empty where the system does not tell (then the interrupt comes after a while)."""
    try:
        with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="ascii") as file:
            return file.read().split()
    except OSError:
        return ["?"] if time.monotonic() > start + 1 else []


def code(errors):
    return re.findall(r"\[(\w+)\]|found: (\w+)", errors)


start = time.monotonic()
process = subprocess.Popen(TRAIN + ["--kind", "mixed", "--program", "ai-manufacturing", "--data", sys.argv[1]], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
while not children(process) and process.poll() is None:
    time.sleep(0.01)
process.send_signal(signal.SIGINT)
out, errors = process.communicate()
print("interrupted:", process.returncode, code(errors), out)

draw = random.Random(1)
with open("many.txt", "w", encoding="ascii") as file:
    for number in range(20000):
        print(draw.randrange(4), f"qid:{number // 100 + 1}", *[f"{column}:{draw.random():.4f}" for column in range(1, 11)], file=file)
with open(os.environ["IEUM"], "rb") as file:
    limited = b"__asan_init" not in file.read()  # the sanitizers take more memory than any limit, so there is none under them
starved = subprocess.run(TRAIN + ["--kind", "additive", "--data", "many.txt", "--memory-limit", "16", "--folds", "2", "--inner-folds", "2", "--costs", "1"],
                         capture_output=True, text=True, check=False) if limited else None
told = code(starved.stderr)[0][0] if starved else "memory"
print("starved:", starved.returncode != 0 if starved else True, told in ("memory", "limit"))
