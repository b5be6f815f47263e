# SPDX-License-Identifier: Apache-2.0
"""Peer of bench/speed/suggest_all.c: the same features, pair rules, additive model and ten best, vectorised with NumPy and SciPy.

    scipy_suggest_all.py FOLDER [--demands N] [--processes P] [--chunk N]

In: the folder that `suggest_all --dump FOLDER` wrote: numbers only, so that no text is read here. Given to the peer and not computed by it: the words and concepts of
the texts, what each demand's meaning wants of every concept, and the verdicts of the rules on each two values. Computed: everything that has to do with pairs.
Out: one JSON object: seconds (best of the whole computation, without reading the files), pairs a second, and how the ten best compare with those of the engine
(scores within 2 units of 10⁻⁹; entries may be exchanged where scores are that near).
"""
import argparse
import json
import multiprocessing
import pathlib
import time

import numpy
from scipy import sparse

TYPES = {"f8": numpy.float64, "i4": numpy.int32, "u1": numpy.uint8}
UNIT = 1e9


class Inputs:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.about = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        self.demands, self.suppliers, self.concepts = (self.about[key] for key in ("demands", "suppliers", "concepts"))

    def __call__(self, name, number=0):
        kind, count = self.about["arrays"]["%s_%d" % (name, number)]
        found = numpy.fromfile(self.folder / ("%s_%d.bin" % (name, number)), dtype=TYPES[kind])
        assert len(found) == count, name
        return found


def rows_of(first, columns, values, shape):
    return sparse.csr_matrix((values, columns, first), shape=shape)


# ---- the supplier side, prepared once ----

class Limits:
    """What is left of a likeness: a factor for each limit that a supplier's summary names and the demand does not lift."""

    def __init__(self, given, number):
        self.held, self.lifted, self.factors = given("limit_held", number), given("limit_lifted", number), given("limit_factor", number)
        self.bound = numpy.flatnonzero(self.held)

    def apply(self, values, demands):
        for place, factor in enumerate(self.factors):
            held = self.bound[(self.held[self.bound] >> place & 1) == 1]
            lifted = (self.lifted[demands] >> place & 1) == 1
            values[:, held] *= numpy.where(lifted, 1.0, factor)[:, None]


class Text:
    def __init__(self, given, number):
        first = given("term_first", number)
        self.index = rows_of(first, given("term_supplier", number), given("term_weight", number), (len(first) - 1, given.suppliers))
        self.empty = numpy.diff(self.index.tocsc().indptr) == 0
        self.queries = rows_of(given("query_first", number), given("query_term", number), given("query_factor", number), (given.demands, len(first) - 1))
        self.self = given("query_self", number)

    def values(self, demands):
        values = (self.queries[demands] @ self.index).toarray()
        own = self.self[demands][:, None]
        numpy.divide(values, own, out=values, where=own > 0)
        numpy.minimum(values, 1, out=values)
        values[numpy.isnan(self.self[demands])] = numpy.nan
        values[:, self.empty] = numpy.nan
        return values


class Concepts:
    def __init__(self, given, number):
        profiles = rows_of(given("profile_first", number), given("profile_concept", number), given("profile_strength", number),
                           (given.suppliers, given.concepts))
        near = rows_of(given("near_first", number), given("near_to", number), given("near_weight", number), (given.concepts, given.concepts))
        self.asked = rows_of(given("asked_first", number), given("asked_concept", number), given("asked_weight", number), (given.demands, given.concepts))
        dense = numpy.asfortranarray(profiles.toarray())
        best = []
        for concept in range(given.concepts):
            part = near[concept]
            best.append(sparse.csr_matrix((dense[:, part.indices] * part.data).max(axis=1)) if part.nnz else sparse.csr_matrix((1, given.suppliers)))
        self.best = sparse.vstack(best).tocsr()
        self.breadth, self.none = given("breadth", number), numpy.diff(profiles.indptr) == 0
        self.limits = Limits(given, number)

    def values(self, demands):
        asked = self.asked[demands]
        values = (asked @ self.best).toarray()
        whole = numpy.asarray(asked.sum(axis=1))
        with numpy.errstate(invalid="ignore", divide="ignore"):
            values /= whole
        numpy.minimum(values, 1, out=values)
        values *= self.breadth
        self.limits.apply(values, demands)
        values[whole[:, 0] <= 0] = numpy.nan
        values[:, self.none] = numpy.nan
        return values


class Meaning:
    def __init__(self, given, number):
        self.items = rows_of(given("meaning_first", number), given("meaning_row", number), given("meaning_weight", number),
                             (given.suppliers, 2 * given.concepts))
        self.none = numpy.diff(self.items.indptr) == 0
        self.asked = given("meaning_asked", number).reshape(given.demands, 2 * given.concepts)
        self.means = given("meaning_means", number) == 1
        self.limits = Limits(given, number)

    def values(self, demands):
        values = numpy.ascontiguousarray((self.items @ numpy.ascontiguousarray(self.asked[demands].T)).T)
        numpy.minimum(values, 1, out=values)
        self.limits.apply(values, demands)
        values[~self.means[demands]] = numpy.nan
        values[:, self.none] = numpy.nan
        return values


class Industries:
    """Agreement of each distinct wanted list with each distinct code, then the best or the product over a supplier's codes, padded to equal length."""

    def __init__(self, given, number, experience):
        self.experience, levels = experience, given("levels", number)
        self.levels, self.each = levels[:5], levels[5]
        first, codes, weights = given("offered_first", number), given("offered_code", number).reshape(-1, 7), given("offered_weight", number)
        self.codes, place = numpy.unique(codes, axis=0, return_inverse=True)
        place = place.reshape(-1)
        counts = numpy.diff(first)
        most = int(counts.max())
        self.place = numpy.full((most, given.suppliers), len(self.codes))
        self.weight = numpy.zeros((most, given.suppliers))
        owner, slot = numpy.repeat(numpy.arange(given.suppliers), counts), numpy.arange(len(place)) - numpy.repeat(first[:-1], counts)
        self.place[slot, owner], self.weight[slot, owner] = place, weights
        self.none = counts == 0
        self.wanted_first, self.wanted = given("wanted_first", number), given("wanted_code", number).reshape(-1, 7)

    def agreement(self, wanted):
        """One wanted code with all codes."""
        codes = self.codes
        within = numpy.where((wanted[6] != 0) & (codes[:, 6] == wanted[6]), 5, 3)
        same = (codes[:, 1:6] == wanted[1:6]) & (codes[:, 1:6] >= 0) & (numpy.arange(5) < within[:, None])
        shared = numpy.cumprod(same, axis=1).sum(axis=1)
        shared[shared == 1] = 0
        worth = self.levels[numpy.where(shared < 2, 0, shared - 1)]
        return numpy.where(codes[:, 0] == wanted[0], worth, 0)

    def values(self, demands):
        table = numpy.zeros((len(demands), len(self.codes) + 1))
        for row, demand in enumerate(demands):
            for code in self.wanted[self.wanted_first[demand]:self.wanted_first[demand + 1]]:
                numpy.maximum(table[row, :-1], self.agreement(code), out=table[row, :-1])
        if self.experience:
            left = numpy.where(table >= self.levels[1], 1 - self.each * table, 1)
            left[:, -1] = 1
            values = numpy.ones((len(demands), len(self.none)))
            for place in self.place:
                values *= left[:, place]
            values = 1 - values
        else:
            values = numpy.zeros((len(demands), len(self.none)))
            for place, weight in zip(self.place, self.weight):
                numpy.maximum(values, table[:, place] * weight, out=values)
        values[numpy.diff(self.wanted_first)[demands] == 0] = numpy.nan
        values[:, self.none] = numpy.nan
        return values


class Budget:
    def __init__(self, given, number):
        self.budget, self.price, self.zero_at = given("demand", number), given("supplier", number), given("option", number)[0]

    def values(self, demands):
        share = self.budget[demands][:, None] / self.price
        below = (share - self.zero_at) / (1 - self.zero_at)
        return numpy.where(numpy.isnan(share), numpy.nan, numpy.where(self.budget[demands][:, None] >= self.price, 1, numpy.maximum(below, 0)))


class Readiness:
    def __init__(self, given, number):
        self.score = given("demand", number)

    def values(self, demands):
        return (self.score[demands] / 100)[:, None]


class Capacity:
    def __init__(self, given, number):
        self.value = numpy.minimum(given("supplier", number) / given("option", number)[0], 1)[None, :]

    def values(self, demands):
        return self.value


class Regions:
    def __init__(self, given, number):
        self.demand, self.supplier = given("demand", number).reshape(-1, 2), given("supplier", number).reshape(-1, 2)
        self.near, self.far = given("option", number)

    def values(self, demands):
        mine = self.demand[demands]
        values = numpy.where(mine[:, :1] == self.supplier[:, 0], 1, numpy.where(mine[:, 1:] == self.supplier[:, 1], self.near, self.far))
        values[mine[:, 0] < 0] = numpy.nan
        values[:, self.supplier[:, 0] < 0] = numpy.nan
        return values


class Lists:
    def __init__(self, given, number):
        demand, supplier = given("demand", number), given("supplier", number)
        words = 1 + int(max(demand.max(initial=0), supplier.max(initial=0)))
        self.wanted = self.hot(given("demand_first", number), demand, words)
        offered = self.hot(given("supplier_first", number), supplier, words)
        self.offered, self.none = numpy.ascontiguousarray(offered.T), offered.sum(axis=1) == 0

    @staticmethod
    def hot(first, words, count):
        found = numpy.zeros((len(first) - 1, count))
        found[numpy.repeat(numpy.arange(len(first) - 1), numpy.diff(first)), words] = 1
        return found

    def values(self, demands):
        wanted = self.wanted[demands]
        with numpy.errstate(invalid="ignore", divide="ignore"):
            values = (wanted @ self.offered) / wanted.sum(axis=1)[:, None]  # nothing wanted: 0 / 0
        values[:, self.none] = numpy.nan
        return values


KINDS = {"text_match": Text, "concept_overlap": Concepts, "data_match": Concepts, "meaning_match": Meaning, "budget_fit": Budget,
         "readiness": Readiness, "capacity": Capacity, "region_match": Regions, "deployment_match": Lists, "certification_match": Lists,
         "industry_match": lambda given, number: Industries(given, number, False),
         "industry_experience": lambda given, number: Industries(given, number, True)}


# ---- model and rules ----

def whole(values):
    """In units of 10⁻⁹, halves away from zero."""
    values = values * UNIT
    return numpy.trunc(values + numpy.copysign(0.5, values))


class Model:
    def __init__(self, given):
        self.curves = [{key: given("curve_" + key, number) for key in ("at", "value", "slope", "missing", "feature")} for number in range(given.about["terms"])]
        rubric = given("rubric")
        self.bias, self.rubric = rubric[-1], rubric[:-1].reshape(-1, 3)

    @staticmethod
    def part(curve, values):
        piece = numpy.searchsorted(curve["at"][1:-1], values, side="right")
        found = curve["value"][piece] + (values - curve["at"][piece]) * curve["slope"][piece]
        return whole(numpy.where(numpy.isnan(values), curve["missing"][0], found))

    def scores(self, features, shape):
        scores, rubric = numpy.full(shape, self.bias), numpy.zeros(shape)
        for feature, share, missing in self.rubric:
            values = features[int(feature)]
            rubric += whole(share * numpy.where(numpy.isnan(values), missing, values))
        for curve in self.curves:
            feature = curve["feature"][0]
            scores += self.part(curve, features[feature] if feature >= 0 else rubric / UNIT)
        return scores


class Rules:
    def __init__(self, given):
        self.tables = []
        for number in range(given.about["rules"]):
            asked, held = given("rule_asked", number), given("rule_held", number)
            self.tables.append((asked, held, given("rule_fails", number).reshape(-1, int(held.max()) + 1) == 1))
        self.pairs = given("barred_pairs").reshape(-1, 2)

    def apply(self, scores, demands):
        for asked, held, fails in self.tables:
            asking = numpy.flatnonzero(asked[demands] >= 0)
            if len(asking):
                barred = fails[asked[demands][asking]][:, held]
                scores[asking] = numpy.where(barred, -numpy.inf, scores[asking])
        here = self.pairs[(self.pairs[:, 0] >= demands[0]) & (self.pairs[:, 0] <= demands[-1])]
        scores[here[:, 0] - demands[0], here[:, 1]] = -numpy.inf


def ten_best(scores, k):
    """Greatest first, ties to the lower index."""
    found = numpy.argpartition(-scores, k - 1, axis=1)[:, :k]
    found.sort(axis=1)
    order = numpy.argsort(-numpy.take_along_axis(scores, found, axis=1), axis=1, kind="stable")
    found = numpy.take_along_axis(found, order, axis=1)
    return found, numpy.take_along_axis(scores, found, axis=1)


shared = {}


def run_chunk(demands):
    features = [feature.values(demands) for feature in shared["features"]]
    scores = shared["model"].scores(features, (len(demands), shared["suppliers"]))
    shared["rules"].apply(scores, demands)
    return ten_best(scores, shared["k"])


def compare(given, found, scores):
    """How many demands have the engine's list, and how many differ beyond exchanges of equal scores."""
    k = given.about["k"]
    best, best_scores = given("best").reshape(-1, k)[:len(found)], given("best_score").reshape(-1, k)[:len(found)]
    same = (best == found).all(axis=1)
    with numpy.errstate(invalid="ignore"):
        apart = ~(numpy.abs(best_scores - scores) <= 2).all(axis=1)
    return int(same.sum()), int(apart.sum()), float(numpy.nanmax(numpy.abs(best_scores - scores)))


def main():
    parser = argparse.ArgumentParser(description="The same computation vectorised with NumPy and SciPy.")
    parser.add_argument("folder")
    parser.add_argument("--demands", type=int, default=None, help="only the first of them")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--chunk", type=int, default=50, help="demands a turn")
    options = parser.parse_args()
    given = Inputs(options.folder)
    began = time.perf_counter()
    shared.update(features=[KINDS[kind](given, number) for number, kind in enumerate(given.about["kinds"])], model=Model(given), rules=Rules(given),
                  suppliers=given.suppliers, k=given.about["k"])
    prepared = time.perf_counter()
    count = min(options.demands or given.demands, given.demands)
    chunks = [numpy.arange(first, min(first + options.chunk, count)) for first in range(0, count, options.chunk)]
    if options.processes > 1:
        with multiprocessing.get_context("fork").Pool(options.processes) as pool:
            pool.map(abs, range(options.processes))
            started = time.perf_counter()
            parts = pool.map(run_chunk, chunks, chunksize=1)
            took = time.perf_counter() - started
    else:
        started = time.perf_counter()
        parts = [run_chunk(chunk) for chunk in chunks]
        took = time.perf_counter() - started
    found, scores = (numpy.concatenate([part[i] for part in parts]) for i in (0, 1))
    same, apart, farthest = compare(given, found, scores)
    print(json.dumps({"demands": count, "suppliers": given.suppliers, "processes": options.processes, "prepare_s": round(prepared - began, 3),
                      "all_pairs_s": round(took, 3), "million_pairs_per_s": round(count * given.suppliers / took * 1e-6, 3),
                      "same_lists": same, "lists_apart": apart, "farthest_units": farthest}))
    return 0 if apart == 0 else 1


if __name__ == "__main__":
    raise SystemExit(main())
