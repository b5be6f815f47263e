# SPDX-License-Identifier: Apache-2.0
"""Ranking measures for the quality bench, written apart from the engine so that neither checks itself.

nDCG@10 with linear gain is trec_eval's ndcg_cut_10: gain = grade, discount log2(rank + 1), ideal from all judged suppliers. RR
and P@1 count a supplier as right from grade 2 (a good fit) on. A demand that a run does not rank counts 0.
"""
import collections
import math

from generate_pool import Stream

GOOD = 2


def read_qrels(path):
    grades = collections.defaultdict(dict)
    for line in open(path, encoding="utf-8"):
        cells = line.split()
        if cells:
            grades[cells[0]][cells[2]] = int(cells[3])
    return dict(grades)


def read_run(text):
    """{demand: [supplier, …]} ordered as trec_eval does: by score, equal scores by id downward; the rank is not read."""
    scored = collections.defaultdict(list)
    for line in text.splitlines():
        demand, _, supplier, _, score, _ = line.split()
        scored[demand].append((float(score), supplier))
    return {demand: [supplier for _, supplier in sorted(pairs, reverse=True)] for demand, pairs in scored.items()}


def ndcg(ranking, grades, depth=10):
    gain = sum(grades.get(supplier, 0) / math.log2(place + 2) for place, supplier in enumerate(ranking[:depth]))
    ideal = sum(grade / math.log2(place + 2) for place, grade in enumerate(sorted(grades.values(), reverse=True)[:depth]))
    return gain / ideal if ideal else 0.0


def reciprocal_rank(ranking, grades):
    return next((1 / (place + 1) for place, supplier in enumerate(ranking) if grades.get(supplier, 0) >= GOOD), 0.0)


def first_right(ranking, grades):
    return float(bool(ranking) and grades.get(ranking[0], 0) >= GOOD)


MEASURES = (("nDCG@10", ndcg), ("RR", reciprocal_rank), ("P@1", first_right))


def per_demand(run, qrels, demands):
    return {name: [measure(run.get(demand, []), qrels[demand]) for demand in demands] for name, measure in MEASURES}


def mean(values):
    return sum(values) / len(values)


def bootstrap(values, seed=1, times=10000):
    """95 % percentile interval of the mean, demands drawn again with replacement (Efron & Tibshirani 1993, 13.3)."""
    stream = Stream(seed, len(values))
    means = sorted(sum(values[stream.below(len(values))] for _ in values) / len(values) for _ in range(times))
    return [round(means[int(0.025 * times)], 4), round(means[int(0.975 * times) - 1], 4)]
