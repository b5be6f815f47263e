# SPDX-License-Identifier: Apache-2.0
"""Computes a second time what the case asks about: python3 check.py WHAT …, in the case's folder, where rows.txt and plain.txt are."""
import json
import math
import os
import subprocess
import sys


def read_rows():
    """[(grade, qid, {column: value}, demand, supplier)] of rows.txt, and the names of the columns from its head."""
    rows, names = [], []
    for line in open("rows.txt", encoding="utf-8"):
        words = line.split()
        if line.startswith("#"):
            if words[1].isdigit():
                names.append(words[2])
            continue
        mark = words.index("#")
        values = {int(word.split(":")[0]): float(word.split(":")[1]) for word in words[2:mark]}
        rows.append((float(words[0]), int(words[1].split(":")[1]), values, words[mark + 1], words[mark + 2]))
    return rows, names


def suggest(model):
    request = {"op": "suggest", "program": "ai-manufacturing", "all": True, "rules": False, "k": 1000, "model": model, "detail": "scores"}
    done = subprocess.run([os.environ["IEUM"], "call"], input=json.dumps(request), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["result"]["demands"]


def check_rows(qrels):
    rows, names = read_rows()
    grades = {(word[0], word[2]): float(word[3]) for word in (line.split() for line in open(qrels, encoding="utf-8"))}
    points = {(one["demand"], best["supplier"]): best["score"] for one in suggest("rubric") for best in one["suggestions"]}
    wrong = sum(grades.get((row[3], row[4]), 0) != row[0] for row in rows)
    off = max(abs(points[row[3], row[4]] - row[2][13]) for row in rows)
    qids = {row[1]: row[3] for row in rows}
    print(f"{len(rows)} rows of {len(qids)} demands, {wrong} wrong grades, rubric off by {off < 1e-9 and 'less than 1e-9' or off}")
    # Each value that is missing has its column, and only that.
    lost = sum((names.index(name[8:]) + 1 in row[2]) == (row[2].get(column) == 1) for row in rows for column, name in enumerate(names, 1) if name.startswith("missing:"))
    plain = [line.split() for line in open("plain.txt", encoding="utf-8")]
    same = [[f"{row[0]:g}"] + list(row[2]) for row in rows] == [[line[0]] + [int(word.split(":")[0]) for word in line[1:]] for line in plain]
    print(f"{lost} values both there and missing, or neither; plain rows the same: {same}, with a comment: {any('#' in word or 'qid' in word for line in plain for word in line)}")


def sums():
    return [0.5 * row[2].get(2, 0) + 2 * row[2].get(3, 0) - row[2].get(6, 0) + 0.125 * row[2].get(15, 0) - 0.25 for row in read_rows()[0]]


def compare(model, values, score=lambda value: value):
    """Whether suggest ranks by the values of the rows, and how far its scores are off."""
    worst, alike, expected = 0, 0, {}
    for row, value in zip(read_rows()[0], values):
        expected.setdefault(row[3], []).append((-round(value * 1e9), row[4], value))
    replies = suggest(model)
    for reply in replies:
        order = sorted(expected[reply["demand"]])
        alike += [best["supplier"] for best in reply["suggestions"]] == [supplier for _, supplier, _ in order]
        worst = max([worst] + [abs(best["score"] - score(value)) for best, (_, _, value) in zip(reply["suggestions"], order)])
    print(f"{len(replies)} demands, {alike == len(replies) and 'every ranking the same' or f'{alike} rankings the same'}; "
          f"scores off by {worst < 1e-9 and 'less than 1e-9' or worst}")


what, arguments = sys.argv[1], sys.argv[2:]
if what == "rows":
    check_rows(*arguments)
elif what == "line":
    compare("./" + arguments[0], sums())
elif what == "sums":
    off = max(abs(float(line) - value) for line, value in zip(open(arguments[0], encoding="utf-8"), sums(), strict=True))
    print("score: off by", off < 1e-12 and "less than 1e-12" or off)
elif what == "svm":
    compare("./" + arguments[0], [float(line) for line in open(arguments[1], encoding="utf-8")])
elif what == "class":
    # libsvm's value is text − concepts − 0.5 and speaks for the first label, whose probability is 1/(1 + exp(−2f + 0.25)).
    sign = 1 if arguments[0] == "1 0" else -1
    values = [sign * (row[2].get(1, 0) - row[2].get(2, 0) - 0.5) for row in read_rows()[0]]
    first = lambda f: 1 / (1 + math.exp(-2 * f + 0.25))
    compare("./class.model", values)
    reply = suggest("./class.model")[0]
    best = reply["suggestions"][0]
    chance = first(best["score"]) if sign > 0 else 1 - first(-best["score"])
    print("probability", "as told" if abs(best["probability"] - chance) < 1e-9 else (best, chance))
