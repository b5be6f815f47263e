#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tests bindings/python/check_certificate.py without the engine.

    python3 tests/checker_check.py [ROOT]

Small invented problems are solved by going through every assignment (checker_solvers.py) and made into valid documents of
every method and shape: all must be accepted. Then they are corrupted (checker_corruptions.py, checker_forgeries.py, checker_rounds.py): a corruption
counts when going through every assignment shows that the document is false now, and then it must be rejected; one that
leaves it true must be accepted. IEUM_CASES: how many corruptions count (default 4,000). Out: a line of counts, or a line
per fault and exit status 1.
"""
import collections
import importlib
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

import checker_documents
import checker_malformed
import checker_rounds
from checker_forgeries import CORRUPTIONS
from checker_requests import METHODS
from checker_trial import Trial, put_junk

DEFAULT_CASES = 4000
ROUNDS_EVERY = 4        # documents of op assign for one round


def load_checker(root):
    """(the module, the path of the program)."""
    folder = pathlib.Path(root) / "bindings" / "python"
    sys.path.insert(0, str(folder))
    return importlib.import_module("check_certificate"), folder / "check_certificate.py"


def check_generator():
    """The published first numbers: SplitMix64 from 1234567, xoshiro256** from the state 1, 2, 3, 4."""
    draws = importlib.import_module("ieum_checker.lottery").Random(1234567)
    seeded = draws.state == [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431]
    draws.state = [1, 2, 3, 4]
    return seeded and [draws.next() for _ in range(5)] == [11520, 0, 1509978240, 1215971899390074240, 1216172134540287360]


def run_program(path, *arguments, data=None):
    done = subprocess.run([sys.executable, str(path), *arguments], input=data, capture_output=True, check=False, cwd="/")
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def check_program(path, documents):
    """Exit statuses and words of the program itself; → faults."""
    faults = []

    def expect(name, got, status, start="", lines=None):
        if got[0] != status or not got[1].startswith(start) or "Traceback" in got[2] or lines and got[1].count("\n") < lines:
            faults.append(f"the program on {name}: {got}")

    good = json.dumps(documents[0])
    deep = '{"request": ' + "[" * 100000 + "]" * 100000 + "}"
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "문서.json"
        for document in documents:
            file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8-sig")
            expect("a valid file", run_program(path, str(file)), 0, "valid\n")
            expect("a valid file, explained", run_program(path, "--explain", str(file)), 0, "valid\n", 3)
        expect("a folder", run_program(path, folder), 2)
        expect("no file", run_program(path, str(file) + "x"), 2)
    expect("stdin", run_program(path, "-", data=good.encode()), 0, "valid\n")
    expect("nothing", run_program(path), 2)
    expect("two files", run_program(path, "a", "b"), 2)
    for name, data, status in (
            ("no JSON", b"{", 2), ("no UTF-8", b'"\xff"', 2), ("nothing in it", b"", 2), ("null", b"null", 1), ("a list", b"[]", 1),
            ("an empty object", b"{}", 1), ("deep nesting", deep.encode(), 1), ("NaN", b'{"request": NaN}', 1),
            ("a member twice", good.replace('{"request"', '{"request": 1, "request"', 1).encode(), 1),
            ("a long number", b'{"request": ' + b"1" * 10000 + b"}", 1),
            ("an endless number", b'{"request": {"scores": [[1e999]]}, "result": {}}', 1),
            ("a lone surrogate", b'{"request": {"scores": [[1]], "method": "\\ud800"}, "result": {}}', 1)):
        expect(name, run_program(path, "-", data=data), status, "not valid: " if status == 1 else "")
    return faults


def main():
    sys.dont_write_bytecode = True
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent)
    wanted = int(os.environ.get("IEUM_CASES", DEFAULT_CASES))
    checker, path = load_checker(root)
    rng = random.Random(20250)
    trial = Trial(checker, rng)
    rounds = Trial(checker, rng, checker_rounds.round_is_true, checker_rounds.CORRUPTIONS)
    kinds, samples, number = collections.Counter(), {}, 0
    while trial.rejected.total() + rounds.rejected.total() < wanted and len(trial.faults) + len(rounds.faults) < 5:
        method = METHODS[number % len(METHODS)]
        number += 1
        document = checker_documents.make_document(rng, method)
        if document is None:
            continue
        kinds[method, document["result"]["status"]] += 1
        samples[method, document["result"]["status"]] = document
        trial.accept(document)
        trial.corrupt_often(document, 10)
        if number % ROUNDS_EVERY == 0:
            shown = checker_rounds.make_round(rng, document)
            samples["round"] = shown
            rounds.accept(shown)
            rounds.corrupt_often(shown, 6)
    faults = trial.faults + rounds.faults + check_program(path, list(samples.values()))
    faults += checker_malformed.check_malformed(checker)
    if not check_generator():
        faults.append("the generator is not the published one")
    if wanted >= DEFAULT_CASES:
        tried = trial.rejected + rounds.rejected
        faults += [f"{change.__name__} made no document false" for change in
                   {*CORRUPTIONS, *checker_rounds.CORRUPTIONS, put_junk} if not tried[change.__name__]]
        faults += [f"no document of {method}, {status}" for method in METHODS for status in ("optimal", "infeasible")
                   if not kinds[method, status]]
    for fault in faults[:20]:
        print(fault)
    if not faults:
        print(f"{kinds.total()} documents accepted; {trial.rejected.total()} corrupted ones and {rounds.rejected.total()} corrupted rounds "
              f"rejected; {trial.harmless.total() + rounds.harmless.total()} changes left a document true, and it was accepted")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
