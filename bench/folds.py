# SPDX-License-Identifier: Apache-2.0
"""Weights of the fit features tuned on four parts of a collection and measured on the fifth: what tuning would promise on demands it has not seen.

In: the features' values of all pairs, as the program gives them. Out: a measure a demand, each from weights that never saw it. Weights start from the shipped ones and move one
at a time by fixed factors while the mean over the four parts rises (coordinate ascent); parts are drawn with a seed. It knows no program but the two of the bench.
"""
import json
import math

import measures
from generate_pool import Stream

FOLDS = 5
FACTORS = ((2.0, 0.5, 0.0), (1.5, 1 / 1.5), (1.25, 0.8), (1.1, 1 / 1.1))
LEAST_GAIN = 1e-5


def read_values(lines):
    """{demand: {supplier: {feature: value}}} from the lines of `suggest --all --format json`; a missing value counts 0."""
    values = {}
    for line in lines.splitlines():
        reply = json.loads(line)
        values[reply["demand"]] = {one["supplier"]: {part["feature"]: part["value"] or 0.0 for part in one["contributions"]} for one in reply["suggestions"]}
    return values


def shipped_weights(program):
    weights = {}
    for criterion in program["criteria"]:
        for part in criterion["features"] if criterion["fit"] else ():
            weights[part["feature"]] = weights.get(part["feature"], 0.0) + criterion["points"] * part["weight"]
    return weights


def ndcg(values, grades, weights):
    scored = sorted(values.items(), key=lambda item: (-sum(weights[f] * item[1].get(f, 0.0) for f in weights), item[0]))
    return measures.ndcg([supplier for supplier, _ in scored], grades)


def mean_ndcg(demands, values, qrels, weights):
    return math.fsum(ndcg(values[d], qrels[d], weights) for d in demands) / len(demands)


def tune(demands, values, qrels, start):
    weights, best = dict(start), mean_ndcg(demands, values, qrels, start)
    for factors in FACTORS:
        moved = True
        while moved:
            moved = False
            for feature in sorted(weights):
                for factor in factors:
                    tried = dict(weights, **{feature: weights[feature] * factor})
                    found = mean_ndcg(demands, values, qrels, tried)
                    if found > best + LEAST_GAIN:
                        weights, best, moved = tried, found, True
    return weights


def held_out(demands, values, qrels, start, seed=1):
    """nDCG@10 of each demand under weights tuned without its part; in the order of `demands`."""
    stream, order = Stream(seed, len(demands)), list(demands)
    for i in range(len(order) - 1, 0, -1):
        k = stream.below(i + 1)
        order[i], order[k] = order[k], order[i]
    found = {}
    for fold in range(FOLDS):
        part = order[fold::FOLDS]
        weights = tune([d for d in order if d not in part], values, qrels, start)
        for demand in part:
            found[demand] = ndcg(values[demand], qrels[demand], weights)
    return [found[d] for d in demands]
