# SPDX-License-Identifier: Apache-2.0
"""Peer of the bench `ltr`: XGBoost's rank:ndcg on the same files and folds, number of rounds and depth chosen by the folds, the test file scored once.

usage: xgboost_ranking.py TRAIN TEST FOLDS.json [--quick]. Prints one JSON object.
"""
import json
import math
import sys
import time

import numpy
import xgboost

DEPTHS, ROUNDS, STEP, ETA = (3, 4, 6), 300, 50, 0.1


def read(path):
    sizes = [int(word) for word in open(path + ".query", encoding="utf-8").read().split()]
    lines = [line.split() for line in open(path, encoding="utf-8") if line.strip()]
    cells = [[tuple(word.split(":")) for word in line[1:]] for line in lines]
    return [float(line[0]) for line in lines], [[(int(column), float(value)) for column, value in row] for row in cells], sizes


def dense(rows, width):
    values = numpy.zeros((len(rows), width))
    for place, row in enumerate(rows):
        for column, value in row:
            values[place, column - 1] = value
    return values


def ndcg(scores, grades, depth=10):
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))[:depth]
    ideal = sum(grade / math.log2(place + 2) for place, grade in enumerate(sorted(grades, reverse=True)[:depth]))
    return sum(grades[i] / math.log2(place + 2) for place, i in enumerate(order)) / ideal if ideal else None


def per_query(scores, grades, query):
    """nDCG@10 of each query in order; None where no grade is above 0."""
    places = {}
    for place, number in enumerate(query):
        places.setdefault(number, []).append(place)
    return [ndcg([scores[i] for i in group], [grades[i] for i in group]) for group in places.values()]


def mean(values):
    known = [value for value in values if value is not None]
    return sum(known) / len(known)


def matrix(values, grades, query):
    made = xgboost.DMatrix(values, label=grades)
    made.set_group(numpy.unique(query, return_counts=True)[1])
    return made


def main():
    quick = "--quick" in sys.argv
    train_path, test_path, folds_path = sys.argv[1:4]
    grades, rows, sizes = read(train_path)
    test_grades, test_rows, test_sizes = read(test_path)
    width = max(column for row in rows + test_rows for column, _ in row)
    values, test_values = dense(rows, width), dense(test_rows, width)
    grades = numpy.array(grades)
    query = numpy.repeat(numpy.arange(len(sizes)), sizes)
    fold = numpy.array(json.load(open(folds_path, encoding="utf-8")))
    rounds = list(range(STEP, (100 if quick else ROUNDS) + 1, STEP))
    start, tried = time.perf_counter(), []
    for depth in DEPTHS[:1] if quick else DEPTHS:
        settings = {"objective": "rank:ndcg", "eta": ETA, "max_depth": depth, "seed": 1}
        reached = {count: [] for count in rounds}
        for number in range(fold.max() + 1):
            held = fold == number
            model = xgboost.train(settings, matrix(values[~held], grades[~held], query[~held]), rounds[-1])
            for count in rounds:
                scores = model.predict(xgboost.DMatrix(values[held]), iteration_range=(0, count))
                reached[count].append(mean(per_query(scores, grades[held], query[held])))
        tried += [(mean(reached[count]), depth, count) for count in rounds]
    quality, depth, count = max(tried, key=lambda entry: (entry[0], -entry[1], -entry[2]))
    settings = {"objective": "rank:ndcg", "eta": ETA, "max_depth": depth, "seed": 1}
    model = xgboost.train(settings, matrix(values, grades, query), count)
    scores = [float(score) for score in model.predict(xgboost.DMatrix(test_values))]
    print(json.dumps({"quality": quality, "depth": depth, "rounds": count, "eta": ETA, "seconds": time.perf_counter() - start, "test_scores": scores,
                      "version": xgboost.__version__}))


if __name__ == "__main__":
    main()
