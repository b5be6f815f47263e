#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whether demands are understood as what a reader would say they speak of: concept recall and precision.

    python3 tests/understood_check.py PROGRAM [ROOT] [--all]

In: tests/understood/served.jsonl, which the lexicon's words were written to serve, after the demands; and tests/understood/fresh.jsonl,
which nobody wrote a word for. Each line holds a demand with the concepts it must be understood as (`expect`) and others that are acceptable
(`allow`). A concept counts as found when it, or something narrower, is understood; what is understood and is neither expected, allowed nor
broader than such is wrong. Then tests/understood/short.jsonl: needs of a few words, as they are said at the desk, each with concepts of
which any one must be understood (`any`) and others that are acceptable. Every other one of them (the odd lines) helped to fit
data/desk/desk.json; no word was written for any. Out: a line of figures a file; exit status 1 when the served demands miss recall 0.9 or
precision 0.8. The others are printed, not judged: they say how general the lexicon is. --all prints every demand with what was missed and
what was wrong.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

LEAST_RECALL, LEAST_PRECISION, FEWEST = 0.9, 0.8, 60
SUPPLIER = {"id": "X", "name": "아무개(가상)", "summary": "아무 일이나 합니다."}


def parents(data):
    found = {}
    for path in sorted((data / "lexicon").glob("*.json")):
        for concept in json.loads(path.read_text(encoding="utf-8")).get("concepts", []):
            found[concept["id"]] = concept.get("parents", [])
    return found


def with_ancestors(concepts, tree):
    seen, todo = set(), list(concepts)
    while todo:
        concept = todo.pop()
        if concept not in seen:
            seen.add(concept)
            todo += tree[concept]
    return seen


def asked(case):
    if "title" not in case:
        return {"need": case["need"]}
    return {"demand": {"id": case["id"], "program": "ai-manufacturing", "firm": {"name": "아무개(가상)", "business": case["business"]},
                       "title": case["title"], "need": case["need"], "data_held": case["data_held"]}}


def understood(program, data, cases):
    requests = [{"op": "suggest", "program": "ai-manufacturing", "k": 1, "rules": False, "suppliers": [SUPPLIER], **asked(case)} for case in cases]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([program, "--data", str(data), "call"], input="".join(json.dumps(one, ensure_ascii=False) + "\n" for one in requests),
                              capture_output=True, text=True, cwd=folder, check=True)
    return [[one["concept"] for one in json.loads(line)["result"]["understood"]] for line in done.stdout.splitlines()]


def measure_short(cases, found, tree, show):
    """How often one of `any` is understood, how often the surest concept is right, and how many of all are."""
    hit = first = right = wrong = 0
    for case, concepts in zip(cases, found):
        good = with_ancestors(case["any"] + case["allow"], tree)
        fits = [concept in good or bool(with_ancestors([concept], tree) & set(case["any"] + case["allow"])) for concept in concepts]
        met = bool(with_ancestors(concepts, tree) & set(case["any"]))
        hit, first, right, wrong = hit + met, first + (fits[:1] == [True]), right + sum(fits), wrong + len(fits) - sum(fits)
        if show and (not met or fits[:1] != [True]):
            print("  %s %s: understood %s" % (case["id"], case["need"], ", ".join(concepts) or "–"))
    return hit / len(cases), first / len(cases), right / (right + wrong) if right + wrong else 0.0


def measure(cases, found, tree, show):
    hit = missed = right = wrong = 0
    for case, concepts in zip(cases, map(set, found)):
        good = with_ancestors(case["expect"] + case["allow"], tree)
        reached = with_ancestors(concepts, tree)
        lost, odd = [c for c in case["expect"] if c not in reached], sorted(concepts - good)
        hit, missed, right, wrong = hit + len(case["expect"]) - len(lost), missed + len(lost), right + len(concepts & good), wrong + len(odd)
        if show and (lost or odd):
            print("  %s %s: missed %s, wrong %s" % (case["id"], case["title"], ", ".join(lost) or "–", ", ".join(odd) or "–"))
    return hit / (hit + missed), right / (right + wrong) if right + wrong else 0.0


def main(arguments):
    show = "--all" in arguments
    words = [word for word in arguments[1:] if word != "--all"]
    if len(words) not in (1, 2):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    root = (pathlib.Path(words[1]) if len(words) == 2 else pathlib.Path(__file__).parent.parent).resolve()
    tree, status = parents(root / "data"), 0
    for name in ("served", "fresh", "short"):
        cases = [json.loads(line) for line in (root / "tests" / "understood" / (name + ".jsonl")).read_text(encoding="utf-8").splitlines()]
        for case in cases:
            for concept in case.get("expect", []) + case.get("any", []) + case["allow"]:
                if concept not in tree:
                    sys.exit("%s: there is no concept %s" % (case["id"], concept))
        if name == "short":
            print("short: %d needs, one of the concepts met %.3f, the surest right %.3f, precision %.3f" %
                  (len(cases), *measure_short(cases, understood(os.path.abspath(words[0]), root / "data", cases), tree, show)))
            continue
        recall, precision = measure(cases, understood(os.path.abspath(words[0]), root / "data", cases), tree, show)
        print("%s: %d demands, concept recall %.3f, precision %.3f" % (name, len(cases), recall, precision))
        if name == "served" and (len(cases) < FEWEST or recall < LEAST_RECALL or precision < LEAST_PRECISION):
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv))
