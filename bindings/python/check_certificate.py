#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the proof of an assignment from its JSON alone. Standard library only; shares no code with the engine.

    python3 check_certificate.py [--explain] FILE        (- is stdin)

FILE holds a round as `ieum round show --format json` writes it, or {"request": …, "result": …}, the request and the result
of op `assign` (a reply's "result" member). Prints `valid` and exits 0, or `not valid:` with the reason and exits 1; 2: the
file cannot be read or is no JSON. --explain also says, in Korean and in English, what was checked and what was not.

All arithmetic is in integers: a score is rounded to the nearest 10^-9 (halves away from zero) and counted in that unit, as
are prices, totals and bounds of a certificate. A limit is the minimum and maximum of a demand, a supplier or a group; a pair
is under its demand, its supplier and every group around either. Whatever the method, the chosen pairs are candidates, keep
every limit, hold every locked pair and no vetoed one, and add up to the total. What is checked beyond that:

max_sum, "certificate" of kind "prices": {"total", "bound", "demand": […], "supplier": […], "group": […]}
    A pair's worth is its score less the prices over it. By weak duality no assignment can exceed  sum(price > 0 ? price * max
    : price * min) + sum(locked worths) + sum(max(0, other worths)).  That bound equals the total, so the pairs are optimal.

leximin, rematch, of kind "lexicographic": {"stages": [{"objective", "level"?, "value", "demand": {"3": 1}, …}]}
    Each stage maximises a sum of gains over the assignments that are optimal for all stages before it. Objective "level": -1
    for a pair with exactly this score; "pairs": 1 for a score above 0; "kept": 1 for one of "previous"; "score": the score.
    Complementary slackness with the stage's prices proves it; then the optimal assignments are exactly those that keep free
    pairs of worth other than 0 and the loads of free limits with a price, so these are fixed for the stages that follow.
    leximin: levels below 0 ascending, "pairs", levels above 0 ascending. A level at which no free pair is chosen needs no
    stage: its free pairs stay out. No pair of score 0 is chosen that could be left out. rematch: "pairs", "kept", "score".

stable: {"ties", "blocking": 0, "checked"}
    No pair blocks (both sides score it above 0, and each has a free place or scores a chosen, not locked pair strictly
    lower), chosen pairs that are not locked are acceptable to both, and deferred acceptance, repeated here with ties to the
    lower index, finds the same pairs: of all stable assignments the best for the demands. Without ties every stable
    assignment fills the same places (Roth 1986; Alkan 2002), so one that breaks a minimum or group proves that none keeps it.

random, of kind "marginals": {"denominator", "q", "marginals": [[d, s, m]], "total", "bound", prices, "seed", …}
    The proof of max_sum with chances m/denominator in place of pairs and none above q; then the draw, repeated here with
    SplitMix64, xoshiro256** and the rounding "bihierarchy-cycles-1" (Budish, Che, Kojima & Milgrom 2013), gives the pairs.

status "infeasible", "reason": {"requirements": [{"need", "index"}], "least", "room",
                                "cut": {"root", "demands", "suppliers", "groups"} or null, "scale"?}
    need: demand_min, demand_max, supplier_min, supplier_max, group_min, group_max, lock, veto, q; the index counts in the
    request. Pairs flow root -> groups of demands -> demand -> supplier -> groups of suppliers -> root. Into the places of
    the cut at least `least` pairs must flow, out of them at most `room` can, by the named requirements alone. Minimums and
    maximums count as at most the number of candidate pairs plus one; with "scale" (random) all counts are in 1/scale, and
    a pair that is not locked carries at most q. Without a cut: one lock on what is no candidate pair, or on a vetoed one.
    "repair": its changes are waivable at their costs, and its pairs keep everything that is left.
"""
import hashlib
import heapq
import json
import math
import sys
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

SCORE_MOST = 10 ** 12   # |score|: 1000
SIDE_MOST = 10 ** 6     # demands, suppliers
KINDS = ("demand", "supplier", "group")


class Invalid(Exception):
    """Why a certificate does not hold."""


# ---- reading JSON that may be anything ----

def need(condition, why):
    if not condition:
        raise Invalid(why)


def member(value, name):
    need(isinstance(value, dict), f"where {name!r} should stand, there is no object")
    need(name in value, f"{name!r} is missing")
    return value[name]


def items(value, what):
    need(isinstance(value, list), f"{what} is not a list")
    return value


def optional_items(holder, name):
    """A list that may be left out, or null."""
    return [] if holder.get(name) is None else items(holder[name], name)


def whole(value, what, low=None, below=None):
    """An integer, also when JSON wrote it as 3.0."""
    if isinstance(value, float) and value.is_integer() and abs(value) <= 2 ** 53:
        value = int(value)
    need(isinstance(value, int) and not isinstance(value, bool), f"{what} is not a whole number")
    need((low is None or value >= low) and (below is None or value < below), f"{what} is out of range: {value}")
    return value


def number(value, what):
    need(isinstance(value, (int, float)) and not isinstance(value, bool), f"{what} is not a number")
    need(abs(value) < 1e300, f"{what} is not a number that can be counted with")   # NaN and infinity too
    return value


def truth(value, what):
    need(isinstance(value, bool), f"{what} is neither true nor false")
    return value


def in_units(value):
    """An IEEE double times 10^9, rounded, halves away from zero: what every reader of the same JSON gets."""
    scaled = float(value) * 1e9
    units = int(scaled)
    return units + (1 if scaled > 0 else -1) if abs(scaled - units) >= 0.5 else units


def fixed(score):
    units = in_units(number(score, "a score"))
    need(abs(units) <= SCORE_MOST, f"a score is out of range: {score}")
    return units


def same_amount(printed, units, scale=1):
    """A printed amount is units/scale * 10^-9, as far as 15 digits can tell."""
    exact = Fraction(units, scale)
    return abs(Fraction(number(printed, "a total")) * 10 ** 9 - exact) <= abs(exact) / 10 ** 14 + Fraction(1, 2)


def unique(members):
    found = dict(members)
    need(len(found) == len(members), "a member of an object stands twice")
    return found


def parse(text):
    def integer(digits):
        need(len(digits) <= 20, "a whole number is too long")
        return int(digits)

    def refuse(word):
        raise Invalid(f"{word} is no number")

    return json.loads(text, object_pairs_hook=unique, parse_int=integer, parse_constant=refuse)


# ---- the problem ----

class Limit(NamedTuple):
    kind: int           # in KINDS
    index: int          # of its kind
    of_demands: bool    # on which side its members are
    members: tuple
    low: int
    high: int | None    # None: no maximum

    def __str__(self):
        return f"{KINDS[self.kind]} {self.index}"


def bounds(spec, count, high, what):
    """Lists of minimums and maximums from a number or an array each."""
    def spread(value, standard):
        values = value if isinstance(value, list) else [value] * count
        need(len(values) == count, f"the bounds of {what} do not fit its number")
        return [standard if one is None else whole(one, f"a bound of {what}", 0) for one in values]

    if spec is None:
        return [0] * count, [high] * count
    need(isinstance(spec, dict), f"the bounds of {what} are no object")
    return spread(spec.get("min"), 0), spread(spec.get("max"), None)


class Problem:
    """The request, read independently of the engine. Candidate pairs ("edges") and limits are numbered; limits are the
    demands, then the suppliers, then the groups."""

    def __init__(self, request):
        self.request = request
        need(isinstance(request, dict), "the request is no object")
        self.read_scores(request)
        self.locks, self.vetoes = self.read_pairs(request, "locks"), self.read_pairs(request, "vetoes")
        self.locked = {self.edge_at[pair] for pair in self.locks if pair in self.edge_at}
        self.vetoed = {self.edge_at[pair] for pair in self.vetoes if pair in self.edge_at}
        self.limits = []
        for kind, count, most in ((0, self.demands, 1), (1, self.suppliers, None)):
            lows, highs = bounds(request.get(KINDS[kind]), count, most, KINDS[kind])
            self.limits += [Limit(kind, i, kind == 0, (i,), low, high) for i, (low, high) in enumerate(zip(lows, highs))]
        for i, group in enumerate(optional_items(request, "groups")):
            self.limits.append(self.read_group(i, group))
        self.first = (0, self.demands, self.demands + self.suppliers)
        self.counts = (self.demands, self.suppliers, len(self.limits) - self.first[2])
        need(all(limit.high is None or limit.low <= limit.high for limit in self.limits), "a minimum is above its maximum")
        self.around = self.nest()

    def read_scores(self, request):
        rows, edges, theirs = request.get("scores"), request.get("edges"), request.get("supplier_scores")
        need((rows is None) != (edges is None), "there must be either scores or edges")
        if rows is None:
            size = items(member(request, "size"), "size")
            need(len(size) == 2, "size is not a pair")
            self.demands, self.suppliers = (whole(count, "size", 0, SIDE_MOST + 1) for count in size)
            need(all(isinstance(edge, list) and len(edge) == 3 for edge in items(edges, "edges")), "an edge is no triple")
            need(theirs is None or len(items(theirs, "supplier_scores")) == len(edges), "supplier_scores do not fit the edges")
            listed = ((d, s, ours, i) for i, (d, s, ours) in enumerate(edges))
        else:
            need(all(isinstance(row, list) for row in items(rows, "scores")), "a row of scores is no list")
            self.demands, self.suppliers = len(rows), len(rows[0]) if rows else 0
            for table in (rows, rows if theirs is None else items(theirs, "supplier_scores")):
                need(len(table) == self.demands and all(isinstance(row, list) and len(row) == self.suppliers for row in table),
                     "the rows of scores differ in length")
            theirs = None if theirs is None else [score for row in theirs for score in row]
            listed = ((d, s, ours, d * self.suppliers + s) for d, row in enumerate(rows) for s, ours in enumerate(row)
                      if ours is not None)
        self.demand, self.supplier, self.score, self.their_score, self.edge_at = [], [], [], [], {}
        for d, s, ours, place in listed:
            pair = whole(d, "the demand of an edge", 0, self.demands), whole(s, "the supplier of an edge", 0, self.suppliers)
            need(pair not in self.edge_at, f"the edge {list(pair)} is given twice")
            self.edge_at[pair] = len(self.score)
            self.demand.append(pair[0])
            self.supplier.append(pair[1])
            self.score.append(fixed(ours))
            self.their_score.append(self.score[-1] if theirs is None else fixed(theirs[place]))

    def read_pair(self, value, what):
        need(isinstance(value, list) and len(value) == 2, f"{what} is not [demand, supplier]")
        return whole(value[0], f"the demand of {what}", 0, self.demands), whole(value[1], f"the supplier of {what}", 0, self.suppliers)

    def read_pairs(self, holder, name):
        return [self.read_pair(value, f"a pair of {name!r}") for value in optional_items(holder, name)]

    def read_group(self, i, group):
        side = member(group, "side")
        need(side in ("demand", "supplier"), f"group {i} has no side")
        count = self.demands if side == "demand" else self.suppliers
        members = tuple(whole(m, f"a member of group {i}", 0, count) for m in items(member(group, "members"), "members"))
        need(members and len(set(members)) == len(members), f"group {i} has no member, or one twice")
        low, high = group.get("min", 0), group.get("max")
        return Limit(2, i, side == "demand", members, whole(low, f"the minimum of group {i}", 0),
                     None if high is None else whole(high, f"the maximum of group {i}", 0))

    def nest(self):
        """The innermost group around each limit, None: the root. Of two equal groups the later is inside."""
        around = [None] * len(self.limits)
        groups = sorted(range(self.first[2], len(self.limits)), key=lambda k: (-len(self.limits[k].members), k))
        for k in groups:
            holders = [(0 if self.limits[k].of_demands else self.first[1]) + m for m in self.limits[k].members]
            found = {around[m] for m in holders}
            need(len(found) <= 1, f"group {self.limits[k].index} crosses another")
            around[k] = found.pop()
            for m in holders:
                around[m] = k
        return around

    def pair(self, edge):
        return [self.demand[edge], self.supplier[edge]]

    def sum_by_limit(self, amounts):
        """The load of every limit, for amounts by edge."""
        side = [0] * self.suppliers, [0] * self.demands
        for edge, amount in amounts.items():
            side[1][self.demand[edge]] += amount
            side[0][self.supplier[edge]] += amount
        return [sum(side[limit.of_demands][m] for m in limit.members) for limit in self.limits]

    def spread_prices(self, prices):
        """What stands over each demand and over each supplier, for prices by limit."""
        over = [0] * self.suppliers, [0] * self.demands
        for k, price in prices.items():
            for m in self.limits[k].members:
                over[self.limits[k].of_demands][m] += price
        return over[1], over[0]


# ---- what every method promises ----

def read_chosen(problem, holder, names="a chosen pair"):
    chosen = set()
    for pair in items(member(holder, "pairs"), "pairs"):
        pair = problem.read_pair(pair, names)
        need(pair in problem.edge_at, f"{list(pair)} is chosen and is no candidate pair")
        need(problem.edge_at[pair] not in chosen, f"{list(pair)} is chosen twice")
        chosen.add(problem.edge_at[pair])
    return chosen


def check_given(problem, chosen):
    for edge in chosen:
        need(edge not in problem.vetoed, f"{problem.pair(edge)} is chosen and vetoed")
    for pair in problem.locks:
        need(problem.edge_at.get(pair) in chosen, f"{list(pair)} is locked and not chosen")


def check_loads(problem, load, scale=1):
    for limit, count in zip(problem.limits, load):
        need(count >= limit.low * scale, f"{limit} has {count / scale:g} pairs, fewer than {limit.low}")
        need(limit.high is None or count <= limit.high * scale, f"{limit} has {count / scale:g} pairs, more than {limit.high}")


def check_total(problem, result, chosen):
    total = sum(problem.score[edge] for edge in chosen)
    need(same_amount(member(result, "total"), total), f"the printed total is not that of the pairs, {total} units")
    measures = result.get("measures", {})
    need(isinstance(measures, dict), "the measures are no object")
    need(whole(measures.get("pairs", len(chosen)), "measures/pairs") == len(chosen), "the measures count other pairs")
    for name in {"sum", "total"} & set(measures):
        need(same_amount(measures[name], total), "the total among the measures is not that of the pairs")
    return total


def check_chosen(problem, result, report):
    chosen = read_chosen(problem, result)
    check_given(problem, chosen)
    load = problem.sum_by_limit(dict.fromkeys(chosen, 1))
    check_loads(problem, load)
    total = check_total(problem, result, chosen)
    report.append((f"쌍 {len(chosen)}개가 모두 후보이고, 한도 {len(problem.limits)}개와 고정·금지를 지키며, 더하면 적힌 합계와 같습니다.",
                   f"{len(chosen)} pairs are candidates, keep {len(problem.limits)} limits and all locks and vetoes, and add up."))
    return chosen, load, total


# ---- prices ----

def check_kind(certificate, kind):
    need(member(certificate, "kind") == kind, f"the certificate is not of kind {kind}")
    need(certificate.get("unit", 1e-9) == 1e-9, "the certificate counts in another unit")


def read_prices(problem, certificate):
    prices = {}
    for kind, word in enumerate(KINDS):
        listed = items(member(certificate, word), f"the prices of {word}")
        need(len(listed) == problem.counts[kind], f"there is not one price for each {word}")
        prices.update((problem.first[kind] + i, whole(price, "a price")) for i, price in enumerate(listed))
    return {k: price for k, price in prices.items() if price}


def read_sparse_prices(problem, stage):
    prices = {}
    for kind, word in enumerate(KINDS):
        listed = stage.get(word, {})
        need(isinstance(listed, dict), f"the prices of {word} are no object")
        for text, price in listed.items():
            need(text.isascii() and text.isdigit() and text == str(int(text[:9])), f"{text!r} is no index of a {word}")
            need(int(text) < problem.counts[kind], f"there is no {word} {text}")
            prices[problem.first[kind] + int(text)] = whole(price, "a price")
    return {k: price for k, price in prices.items() if price}


def check_slack(problem, prices, load, fixed_limits=(), scale=1):
    """A price stands only where its limit binds."""
    for k, price in prices.items():
        limit = problem.limits[k]
        if k in fixed_limits:
            continue
        need(price < 0 or limit.high is not None and load[k] == limit.high * scale, f"{limit} is below its maximum and has a price")
        need(price > 0 or load[k] == limit.low * scale, f"{limit} is above its minimum and has a negative price")


def prove_total(problem, prices, amounts, load, share, scale):
    """The prices prove that no amounts within 0..share (locked ones: scale) exceed these; → the total, which is the bound."""
    check_slack(problem, prices, load, scale=scale)
    over_demand, over_supplier = problem.spread_prices(prices)
    bound = 0
    for k, price in prices.items():
        bound += price * scale * (problem.limits[k].high if price > 0 else problem.limits[k].low)
    for edge, score in enumerate(problem.score):
        worth = score - over_demand[problem.demand[edge]] - over_supplier[problem.supplier[edge]]
        amount = amounts.get(edge, 0)
        if edge in problem.locked:
            bound += worth * scale
        elif edge not in problem.vetoed:
            need((worth >= 0 or amount == 0) and (worth <= 0 or amount == share),
                 f"the prices do not support what was decided about {problem.pair(edge)}")
            bound += max(0, worth) * share
    total = sum(problem.score[edge] * amount for edge, amount in amounts.items())
    need(bound == total, f"the bound is {bound}, the total {total}")
    return total


def check_printed(certificate, total):
    need(whole(member(certificate, "total"), "the certificate's total") == total, f"the certificate's total should be {total}")
    need(whole(member(certificate, "bound"), "the certificate's bound") == total, f"the certificate's bound should be {total}")


def check_max_sum(problem, result, report):
    chosen, load, total = check_chosen(problem, result, report)
    certificate = member(result, "certificate")
    check_kind(certificate, "prices")
    need(prove_total(problem, read_prices(problem, certificate), dict.fromkeys(chosen, 1), load, 1, 1) == total, "the totals differ")
    check_printed(certificate, total)
    report.append(("쌍대 가격의 상한이 합계와 같습니다. 어떤 배정도 이 합계를 넘지 못합니다.",
                   "The bound by the dual prices equals the total: no assignment has a greater one."))


# ---- lexicographic ----

class Stages:
    """Which candidate pairs and limits are still free while the stages are gone through."""

    def __init__(self, problem, chosen, load):
        self.problem, self.chosen, self.load = problem, chosen, load
        self.is_chosen = [edge in chosen for edge in range(len(problem.score))]
        self.free = [edge not in problem.locked and edge not in problem.vetoed for edge in range(len(problem.score))]
        self.alive = [edge for edge, free in enumerate(self.free) if free]   # a superset of the free ones
        self.fixed_limits = set()

    def prove(self, name, stage, gain):
        """Gains by edge. Afterwards free is what the optimal assignments of this stage still differ in."""
        problem, free, is_chosen = self.problem, self.free, self.is_chosen
        value = sum(gain.get(edge, 0) for edge in self.chosen)
        need(whole(member(stage, "value"), f"the value of stage {name}") == value, f"the value of stage {name} should be {value}")
        prices = read_sparse_prices(problem, stage)
        try:
            check_slack(problem, prices, self.load, self.fixed_limits)
        except Invalid as why:
            raise Invalid(f"stage {name}: {why}") from None
        over_demand, over_supplier = problem.spread_prices(prices)
        demand, supplier = problem.demand, problem.supplier
        self.alive = [edge for edge in self.alive if free[edge]]
        for edge in self.alive:
            worth = gain.get(edge, 0) - over_demand[demand[edge]] - over_supplier[supplier[edge]]
            if worth:
                need((worth > 0) == is_chosen[edge],
                     f"the prices of stage {name} do not support what was decided about {problem.pair(edge)}")
                free[edge] = False
        self.fixed_limits.update(prices)

    def skip(self, name, edges):
        for edge in edges:
            need(not (self.free[edge] and self.is_chosen[edge]),
                 f"there is no stage for {name}, though {self.problem.pair(edge)} is chosen and free there")
            self.free[edge] = False


def check_lexicographic(problem, result, report, rematch):
    chosen, load, _ = check_chosen(problem, result, report)
    certificate = member(result, "certificate")
    check_kind(certificate, "lexicographic")
    listed = items(member(certificate, "stages"), "stages")
    levels = {}
    for edge, score in enumerate(problem.score):
        levels.setdefault(score, []).append(edge)
    positive = {edge: 1 for edge, score in enumerate(problem.score) if score > 0}
    if rematch:
        previous = problem.read_pairs(problem.request, "previous")
        kept = {problem.edge_at[pair]: 1 for pair in previous if pair in problem.edge_at}
        plan = [("pairs", None, positive), ("kept", None, kept), ("score", None, dict(enumerate(problem.score)))]
    else:
        by_level = [("level", level, dict.fromkeys(levels[level], -1)) for level in sorted(levels) if level]
        below = sum(level < 0 for level in levels)
        plan = by_level[:below] + [("pairs", None, positive)] + by_level[below:]
    stages, next_stage = Stages(problem, chosen, load), 0
    for objective, level, gain in plan:
        name = objective if level is None else f"level {level}"
        stage = listed[next_stage] if next_stage < len(listed) else {}
        stands = member(stage, "objective") == objective if stage != {} else False
        if level is not None:
            stands = stands and whole(member(stage, "level"), "a level") == level
        if stands:
            stages.prove(name, stage, gain)
            next_stage += 1
        else:
            need(level is not None, f"the stage {name} is missing or not at its place")
            stages.skip(name, gain)
    need(next_stage == len(listed), f"stage {next_stage} of the certificate is not at its place")
    if not rematch:
        check_no_idle_pairs(problem, chosen, load)
        check_demand_totals(problem, result, chosen)
    report.append((f"단계 {len(listed)}개의 가격이 차례대로 맞습니다. " + (
        "쌍의 수, 지킨 쌍의 수, 합계가 이 순서로 가장 큽니다." if rematch else "점수를 낮은 것부터 견주면 어떤 배정도 더 낫지 않습니다."),
        f"The prices of {len(listed)} stages hold, in order: " + (
        "pairs, then kept pairs, then the total are the greatest." if rematch else
        "compared from the lowest score up, no assignment is better.")))


def check_no_idle_pairs(problem, chosen, load):
    held = set()
    for k, limit in enumerate(problem.limits):
        if load[k] == limit.low:
            held.update((limit.of_demands, m) for m in limit.members)
    for edge in chosen - problem.locked:
        need(problem.score[edge] or (True, problem.demand[edge]) in held or (False, problem.supplier[edge]) in held,
             f"{problem.pair(edge)} of score 0 is chosen, though nothing needs it")


def check_demand_totals(problem, result, chosen):
    """Each demand's total, and what it could have at most: its locked pairs, and its best positive others up to its maximum."""
    totals, locked = [0] * problem.demands, [[] for _ in range(problem.demands)]
    others = [[] for _ in range(problem.demands)]
    for edge, score in enumerate(problem.score):
        if edge in chosen:
            totals[problem.demand[edge]] += score
        if edge in problem.locked:
            locked[problem.demand[edge]].append(score)
        elif edge not in problem.vetoed and score > 0:
            others[problem.demand[edge]].append(score)
    printed, most = (items(member(result, name), name) for name in ("demand_totals", "demand_bounds"))
    need(len(printed) == len(most) == problem.demands, "there is not one total and one bound for each demand")
    for d in range(problem.demands):
        need(same_amount(printed[d], totals[d]), f"the total of demand {d} should be {totals[d]} units")
        high, ranked = problem.limits[d].high, sorted(others[d], reverse=True)
        best = sum(locked[d]) + sum(ranked if high is None else ranked[:high - len(locked[d])])
        need(same_amount(most[d], best), f"the bound of demand {d} should be {best} units")


# ---- stable ----

def find_acceptable(problem):
    """Pairs that both sides score above 0."""
    return [edge for edge, (ours, theirs) in enumerate(zip(problem.score, problem.their_score)) if ours > 0 and theirs > 0]


def is_open(problem, edge):
    return edge not in problem.locked and edge not in problem.vetoed


def places_left(problem):
    """Places of each demand and supplier beside its locked pairs; locked pairs beyond them are a fault."""
    load = problem.sum_by_limit(dict.fromkeys(problem.locked, 1))
    left = [math.inf if limit.high is None else limit.high - load[k] for k, limit in enumerate(problem.limits[:problem.first[2]])]
    need(all(places >= 0 for places in left), "more pairs are locked than there are places")
    return left[:problem.demands], left[problem.demands:]


def deferred_acceptance(problem, acceptable):
    """Demands offer themselves from their best supplier down; suppliers keep the best offers. Ties: the lower index."""
    demand_left, supplier_left = places_left(problem)
    wishes = [[] for _ in range(problem.demands)]
    for edge in sorted((edge for edge in acceptable if is_open(problem, edge)), key=lambda e: (problem.score[e], -problem.supplier[e])):
        wishes[problem.demand[edge]].append(edge)   # the best is last
    kept = [[] for _ in range(problem.suppliers)]   # heaps, the worst first
    waiting = list(range(problem.demands))
    while waiting:
        d = waiting.pop()
        while demand_left[d] > 0 and wishes[d]:
            edge = wishes[d].pop()
            s = problem.supplier[edge]
            demand_left[d] -= 1
            heapq.heappush(kept[s], (problem.their_score[edge], -d, edge))
            if len(kept[s]) > supplier_left[s]:
                refused = problem.demand[heapq.heappop(kept[s])[2]]
                demand_left[refused] += 1
                waiting.append(refused)
    return {edge for heap in kept for _, _, edge in heap} | problem.locked


def has_ties(problem, acceptable):
    seen = {(problem.demand[edge], problem.score[edge]) for edge in acceptable}
    seen_by_suppliers = {(problem.supplier[edge], problem.their_score[edge]) for edge in acceptable}
    return len(seen) < len(acceptable) or len(seen_by_suppliers) < len(acceptable)


def check_stability(problem, chosen, load, acceptable):
    """Without looking at minimums and groups."""
    for edge in chosen - problem.locked:
        need(problem.score[edge] > 0 and problem.their_score[edge] > 0, f"{problem.pair(edge)} is chosen and not acceptable to both")
    worst = [None] * problem.demands, [None] * problem.suppliers
    for edge in chosen - problem.locked:
        for side, i, score in ((0, problem.demand[edge], problem.score[edge]), (1, problem.supplier[edge], problem.their_score[edge])):
            worst[side][i] = score if worst[side][i] is None else min(score, worst[side][i])

    def would(side, i, score):
        k = problem.first[side] + i
        return (problem.limits[k].high is None or load[k] < problem.limits[k].high
                or worst[side][i] is not None and worst[side][i] < score)

    for edge in acceptable:
        need(edge in chosen or not is_open(problem, edge) or not (would(0, problem.demand[edge], problem.score[edge])
                                    and would(1, problem.supplier[edge], problem.their_score[edge])),
             f"{problem.pair(edge)} would both rather have each other")
    need(deferred_acceptance(problem, acceptable) == chosen, "the pairs are stable, but another stable assignment is the best for the demands")


def check_stable(problem, result, report):
    chosen, load, _ = check_chosen(problem, result, report)
    certificate, acceptable = member(result, "certificate"), find_acceptable(problem)
    check_kind(certificate, "stable")
    check_stability(problem, chosen, load, acceptable)
    need(whole(member(certificate, "blocking"), "blocking") == 0, "the certificate itself counts blocking pairs")
    need(whole(member(certificate, "checked"), "checked") == len(problem.score), "not every candidate pair was looked at")
    need(truth(member(certificate, "ties"), "ties") == has_ties(problem, acceptable), "whether there are ties is stated wrongly")
    report.append((f"후보 {len(problem.score)}쌍 가운데 서로 더 원하는 쌍이 없고, 수요 쪽에 가장 좋은 안정 배정입니다.",
                   f"Of {len(problem.score)} candidate pairs none would both rather have each other; for the demands it is the best such."))


def check_not_stable(problem, reason, report):
    """The stable assignment that was found, and what it breaks."""
    chosen, acceptable = read_chosen(problem, reason), find_acceptable(problem)
    check_given(problem, chosen)
    load = problem.sum_by_limit(dict.fromkeys(chosen, 1))
    broken = set()
    for limit, count in zip(problem.limits, load):
        over = limit.high is not None and count > limit.high
        need(not over or limit.kind == 2, f"{limit} has more pairs than places")
        if over or count < limit.low:
            broken.add((f"{KINDS[limit.kind]}_{'max' if over else 'min'}", limit.index))
    check_stability(problem, chosen, load, acceptable)
    named = read_named(reason)
    need(broken, "the stable assignment breaks nothing")
    need(set(named) == broken, "the named requirements are not those that the stable assignment breaks")
    proven = not has_ties(problem, acceptable)
    need(truth(member(reason, "proven"), "proven") == proven, "whether it is proven is stated wrongly: "
         + ("no side scores two acceptable pairs equal" if proven else "a side scores two acceptable pairs equal"))
    report.append(("적힌 안정 배정이 실제로 안정적이며, 적힌 조건을 어깁니다. " + (
        "동점이 없으므로 다른 안정 배정도 모두 어깁니다." if proven else "동점이 있어, 다른 안정 배정이 지킬 수 있는지는 증명되지 않았습니다."),
        "The given assignment is stable and breaks what is named. " + (
        "Without ties every other one breaks it too." if proven else "With ties, whether another one keeps it is not proven.")))


# ---- random ----

class Random:
    """xoshiro256** (Blackman & Vigna 2021), its state from SplitMix64."""
    MASK = 2 ** 64 - 1

    def __init__(self, seed):
        self.state = []
        for _ in range(4):
            seed = (seed + 0x9E3779B97F4A7C15) & self.MASK
            z = ((seed ^ seed >> 30) * 0xBF58476D1CE4E5B9) & self.MASK
            z = ((z ^ z >> 27) * 0x94D049BB133111EB) & self.MASK
            self.state.append(z ^ z >> 31)

    def turn(self, value, by):
        return (value << by | value >> 64 - by) & self.MASK

    def next(self):
        s = self.state
        result = self.turn(s[1] * 5 & self.MASK, 7) * 9 & self.MASK
        shifted = s[1] << 17 & self.MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = self.turn(s[3], 45)
        return result

    def below(self, bound):
        """Values in the last, incomplete run are drawn again, so that all have the same chance."""
        while (value := self.next()) < 2 ** 64 % bound:
            pass
        return value % bound


class Rounding:
    """bihierarchy-cycles-1: flows along cycles of fractional arcs until every load is whole. An arc is [tail, head, flow]."""

    def __init__(self, problem, marginals, load, scale):
        self.scale, root = scale, len(problem.limits)
        self.arcs = []
        for k, limit in enumerate(problem.limits):
            outer = root if problem.around[k] is None else problem.around[k]
            self.arcs.append([outer, k, load[k]] if limit.of_demands else [k, outer, load[k]])
        for edge, amount in marginals.items():
            self.arcs.append([problem.demand[edge], problem.first[1] + problem.supplier[edge], amount])
        self.at = [[] for _ in range(root + 1)]     # fractional arcs at a node, the lowest index last
        for arc in reversed(range(len(self.arcs))):
            if self.fractional(arc):
                self.at[self.arcs[arc][0]].append(arc)
                self.at[self.arcs[arc][1]].append(arc)

    def fractional(self, arc):
        return self.arcs[arc][2] % self.scale != 0

    def lowest_at(self, node, used):
        """The lowest fractional arc at the node other than the used one. Whole arcs stay whole: they are dropped."""
        here = self.at[node]
        while not self.fractional(here[-1]):
            here.pop()
        if here[-1] != used:
            return here[-1]
        while not self.fractional(here[-2]):
            del here[-2]
        return here[-2]

    def find_cycle(self, arc):
        """[(arc, walked forward?)] of the cycle that the walk from this arc's tail closes."""
        node, used = self.arcs[arc][0], None
        visited, walked = {node: 0}, []
        while True:
            used = arc if used is None else self.lowest_at(node, used)
            forward = self.arcs[used][0] == node
            node = self.arcs[used][1 if forward else 0]
            walked.append((used, forward))
            if node in visited:
                return walked[visited[node]:]
            visited[node] = len(walked)

    def draw(self, random):
        for arc in range(len(self.arcs)):
            while self.fractional(arc):
                cycle = self.find_cycle(arc)
                above = [self.arcs[a][2] % self.scale for a, _ in cycle]
                up = min(self.scale - rest if forward else rest for rest, (_, forward) in zip(above, cycle))
                down = min(rest if forward else self.scale - rest for rest, (_, forward) in zip(above, cycle))
                step = up if random.below(up + down) < down else -down
                for a, forward in cycle:
                    self.arcs[a][2] += step if forward else -step


def limit_of_chance(problem):
    """q as (numerator, denominator), rounded down to four decimals."""
    q = number(problem.request.get("q", 1), "q")
    share = Fraction(math.floor(Decimal(repr(q)) * 10000), 10000)
    need(0 < share <= 1, "q is not in (0, 1]")
    return share.numerator, share.denominator


def read_marginals(problem, certificate, share, scale):
    marginals, order = {}, []
    for one in items(member(certificate, "marginals"), "marginals"):
        need(isinstance(one, list) and len(one) == 3, "a marginal is not [demand, supplier, chance]")
        pair = problem.read_pair(one[:2], "a marginal")
        need(pair in problem.edge_at, f"{list(pair)} has a chance and is no candidate pair")
        edge = problem.edge_at[pair]
        marginals[edge] = whole(one[2], "a marginal", 1, scale + 1)
        need(marginals[edge] <= share or edge in problem.locked, f"{list(pair)} is surer than q")
        order.append(pair)
    need(all(one < other for one, other in pairwise(order)), "the marginals are not ordered, or one stands twice")
    check_given(problem, marginals)
    need(all(marginals[edge] == scale for edge in problem.locked), "a locked pair is not sure")
    return marginals


def check_random(problem, result, report):
    certificate = member(result, "certificate")
    check_kind(certificate, "marginals")
    share, scale = limit_of_chance(problem)
    need((whole(member(certificate, "q"), "q"), whole(member(certificate, "denominator"), "denominator")) == (share, scale),
         f"q is not {share}/{scale}")
    need(member(certificate, "generator") == "splitmix64-xoshiro256**", "the generator is not known to this checker")
    need(member(certificate, "rounding") == "bihierarchy-cycles-1", "the rounding is not known to this checker")
    seed = whole(problem.request.get("seed", 1), "seed", 0, 2 ** 64)
    need(whole(member(certificate, "seed"), "seed") == seed, "the seed is not that of the request")
    marginals = read_marginals(problem, certificate, share, scale)
    load = problem.sum_by_limit(marginals)
    check_loads(problem, load, scale)
    total = prove_total(problem, read_prices(problem, certificate), marginals, load, share, scale)
    check_printed(certificate, total)
    need(same_amount(member(result, "expected"), total, scale), "the printed expected total is not that of the chances")
    report.append((f"어느 쌍의 확률도 {share}/{scale}을(를) 넘지 않고(고정 제외), 기대 합계가 쌍대 상한과 같아 가장 큽니다.",
                   f"No chance is above {share}/{scale} (locks excepted); the expected total equals the dual bound: none is greater."))
    chosen, _, _ = check_chosen(problem, result, report)
    rounding = Rounding(problem, marginals, load, scale)
    rounding.draw(Random(seed))
    drawn = {edge for edge, arc in zip(marginals, rounding.arcs[len(problem.limits):]) if arc[2]}
    need(drawn == chosen, "the draw, repeated with this seed, gives other pairs")
    report.append((f"씨앗 {seed}(으)로 추첨을 되풀이하면 적힌 쌍이 그대로 나옵니다.",
                   f"The draw, repeated with seed {seed}, gives exactly these pairs."))
    report.append(("확인하지 않음: 씨앗을 미리 정해 두었는지.", "Not checked: that the seed was settled beforehand."))


# ---- infeasible ----

def read_named(reason):
    named = [(member(one, "need"), whole(member(one, "index"), "an index", 0)) for one in items(member(reason, "requirements"), "requirements")]
    need(len(set(named)) == len(named), "a requirement is named twice")
    return named


def check_named(problem, named, random):
    counts = {"lock": len(problem.locks), "veto": len(problem.vetoes), "q": 1 if random else 0}
    for kind, word in enumerate(KINDS):
        counts[f"{word}_min"] = counts[f"{word}_max"] = problem.counts[kind]
    for word, index in named:
        need(isinstance(word, str) and word in counts, f"{word!r} is no requirement")
        need(index < counts[word], f"{word} {index} does not exist")


def check_impossible_lock(problem, reason, named):
    words = sorted(word for word, _ in named)
    need(words in (["lock"], ["lock", "veto"]), "without a cut, the reason must be a lock")
    index = dict(named)
    lock = problem.locks[index["lock"]]
    if "veto" in index:
        need(problem.vetoes[index["veto"]] == lock, f"{list(lock)} is locked, but not vetoed")
    else:
        need(lock not in problem.edge_at, f"{list(lock)} is locked, but it is a candidate pair")
    least, room = (whole(member(reason, name), name) for name in ("least", "room"))
    need(least in (1, reason.get("scale", 1)) and room == 0, "one pair must be there and none can")


def read_cut(problem, cut):
    inside = []
    for word, count in zip(("demands", "suppliers", "groups"), problem.counts):
        places = [whole(i, "a place of the cut", 0, count) for i in items(member(cut, word), f"cut/{word}")]
        inside.append(set(places))
        need(len(inside[-1]) == len(places), "a place of the cut is named twice")
    return inside, truth(member(cut, "root"), "cut/root")


def weigh_cut(problem, cut, named, share, scale):
    """(least, room, what each named requirement adds to their difference)."""
    inside, root = read_cut(problem, cut)
    weight, most_pairs = dict.fromkeys(named, 0), len(problem.score) + 1
    least = room = 0
    for k, limit in enumerate(problem.limits):
        outer = problem.around[k]
        own = limit.index in inside[limit.kind]
        around = root if outer is None else outer - problem.first[2] in inside[2]
        if own == around:
            continue
        enters = own == limit.of_demands
        key = f"{KINDS[limit.kind]}_{'min' if enters else 'max'}", limit.index
        if enters and key in weight:
            weight[key] = min(limit.low, most_pairs) * scale
            least += weight[key]
        elif not enters:
            need(key in weight and limit.high is not None, f"the cut can be left through {limit}")
            weight[key] = math.inf
            room += min(limit.high, most_pairs) * scale
    locks, vetoes = {}, {}
    for word, index in named:
        if word in ("lock", "veto"):
            pair = (problem.locks if word == "lock" else problem.vetoes)[index]
            (locks if word == "lock" else vetoes).setdefault(pair, []).append((word, index))
    most_each = share if ("q", 0) in weight else scale
    for (d, s), edge in problem.edge_at.items():
        start, end = d in inside[0], s in inside[1]
        if not start and end and (d, s) in locks:
            least += scale
            weight[locks[d, s][0]] = scale if len(locks[d, s]) == 1 else 0
        elif start and not end:
            amount = scale if edge in problem.locked else most_each
            if (d, s) not in vetoes:
                room += amount
                if ("q", 0) in weight:
                    weight["q", 0] += scale - amount
            elif len(vetoes[d, s]) == 1:
                weight[vetoes[d, s][0]] = amount
    return least, room, weight


def check_reason(problem, reason, random, report):
    named = read_named(reason)
    check_named(problem, named, random)
    share, scale = limit_of_chance(problem) if random else (1, 1)
    need(whole(reason.get("scale", 1), "scale") == scale or reason.get("cut") is None and "scale" not in reason, f"the scale is not {scale}")
    cut = member(reason, "cut")
    irreducible = truth(reason.get("irreducible", False), "irreducible")
    if cut is None:
        check_impossible_lock(problem, reason, named)
    else:
        least, room, weight = weigh_cut(problem, cut, named, share, scale)
        need((least, room) == (whole(member(reason, "least"), "least"), whole(member(reason, "room"), "room")),
             f"into the cut must flow {least} and out of it can {room}, which is not what is printed")
        need(least > room, "the requirements do not contradict each other")
        for (word, index), part in weight.items() if irreducible else ():
            need(least - part <= room, f"the requirements contradict each other without {word} {index}, so it is not irreducible")
    report.append((f"적힌 조건 {len(named)}개만으로도 서로 어긋납니다. 모두 지키는 배정은 없습니다.",
                   f"The {len(named)} named requirements alone contradict each other: no assignment keeps them."))
    report.append(("확인하지 않음: 조건 하나를 풀 때마다 배정이 생기는지(irreducible).",
                   "Not checked: that waiving any one of them is enough (irreducible)."))


# ---- repair ----

def cost_of_waiving(problem, word, index):
    waivable = problem.request.get("waivable")
    if waivable is None:
        return None if word == "veto" else 1
    cost = waivable.get(word) if isinstance(waivable, dict) else None
    if isinstance(cost, list):
        cost = cost[index] if index < len(cost) else None
    return None if cost is None else whole(cost, f"the cost of {word}", 1)


def read_barred(problem):
    barred = {}
    for one in optional_items(problem.request, "barred"):
        need(isinstance(one, list) and len(one) == 4, "a barred pair is not [demand, supplier, score, cost]")
        barred[problem.read_pair(one[:2], "a barred pair")] = whole(one[3], "the cost of a barred pair", 1)
    return barred


def check_repair(problem, repair, report):
    """The problem as it is after the changes has the given assignment."""
    changes = items(member(repair, "changes"), "changes")
    barred, cost, seen, lifted = read_barred(problem), 0, set(), {"lock": set(), "veto": set(), "barred": set()}
    limits = list(problem.limits)
    for change in changes:
        word = member(change, "need")
        if word == "barred":
            key = problem.read_pair(member(change, "pair"), "a barred pair")
            unit, units = barred.get(key), 1
            lifted["barred"].add(key)
        else:
            key = whole(member(change, "index"), "an index", 0)
            check_named(problem, [(word, key)], False)
            unit, units = cost_of_waiving(problem, word, key), 1
            if word in lifted:
                lifted[word].add(key)
            else:
                kind, end = KINDS.index(word[:-4]), word[-3:]
                k = problem.first[kind] + key
                old, new = whole(member(change, "from"), "from"), whole(member(change, "to"), "to", 0)
                units = old - new if end == "min" else new - old
                need(old == (limits[k].low if end == "min" else limits[k].high), f"{word} {key} is not {old}")
                limits[k] = limits[k]._replace(**{"low" if end == "min" else "high": new})
        need((word, key) not in seen, "a requirement is changed twice")
        seen.add((word, key))
        need(unit is not None, f"{word} {key} may not be waived")
        need(units >= 1, f"{word} {key} is not relaxed")
        need(whole(member(change, "cost"), "a cost") == unit * units, f"waiving {word} {key} costs {unit * units}")
        cost += unit * units
    need(whole(member(repair, "cost"), "the cost of the repair") == cost, f"the changes cost {cost} together")
    check_witness(problem, repair, limits, lifted)
    report.append((f"고친 뒤의 배정이 남은 조건을 모두 지키고, 고치는 값은 더해서 {cost}입니다.",
                   f"The assignment after the changes keeps everything that is left; the changes cost {cost}."))
    report.append(("확인하지 않음: 이보다 싼 고침이 없는지.", "Not checked: that no repair is cheaper."))


def check_witness(problem, repair, limits, lifted):
    pairs = [problem.read_pair(pair, "a pair of the repair") for pair in items(member(repair, "pairs"), "pairs")]
    need(len(set(pairs)) == len(pairs), "the repair chooses a pair twice")
    vetoed = {pair for i, pair in enumerate(problem.vetoes) if i not in lifted["veto"]}
    for pair in pairs:
        need(pair in problem.edge_at or pair in lifted["barred"], f"the repair chooses {list(pair)}, which is no candidate pair")
        need(pair not in vetoed, f"the repair chooses {list(pair)}, which is vetoed")
    for i, pair in enumerate(problem.locks):
        need(i in lifted["lock"] or pair in pairs, f"the repair leaves out {list(pair)}, which is locked")
    side = [0] * problem.suppliers, [0] * problem.demands
    for d, s in pairs:
        side[1][d] += 1
        side[0][s] += 1
    for limit in limits:
        count = sum(side[limit.of_demands][m] for m in limit.members)
        need(limit.low <= count and (limit.high is None or count <= limit.high), f"the repair does not keep {limit}")


def check_infeasible(problem, result, method, report):
    need(not result.get("pairs"), "there are pairs, though the status is infeasible")
    reason = member(result, "reason")
    if method == "stable" and isinstance(reason, dict) and reason.get("kind") == "stable":
        check_not_stable(problem, reason, report)
    else:
        check_reason(problem, reason, method == "random", report)
    if result.get("repair") is not None:
        check_repair(problem, result["repair"], report)
    elif "repair" in result:
        report.append(("확인하지 않음: 풀어도 되는 조건만으로는 고칠 수 없는지.", "Not checked: that nothing that may be waived helps."))


# ---- rounds ----

def check_proposed(assignment):
    """The pairs that people read are the pairs that are proven."""
    instance = member(assignment, "instance")
    demands, suppliers = (items(member(instance, side), side) for side in ("demands", "suppliers"))
    need(all(isinstance(name, str) for name in demands + suppliers), "an id is no text")
    need(len(set(demands)) == len(demands) and len(set(suppliers)) == len(suppliers), "an id stands twice")
    need(member(instance, "size") == [len(demands), len(suppliers)], "the ids do not fit the size")
    shown = [(member(pair, "demand"), member(pair, "supplier"), fixed(member(pair, "score")))
             for pair in items(assignment.get("proposed", []), "proposed")]
    if assignment.get("status") == "infeasible":
        need(not shown, "pairs are proposed, though there is no assignment")
        return shown
    problem = Problem({name: instance[name] for name in ("size", "edges") if name in instance})
    proven = []
    for pair in items(member(assignment, "pairs"), "pairs"):
        d, s = problem.read_pair(pair, "a chosen pair")
        need((d, s) in problem.edge_at, f"{pair} is chosen and is no candidate pair")
        proven.append((demands[d], suppliers[s], problem.score[problem.edge_at[d, s]]))
    need(proven == shown, "the proposed pairs are not the proven ones")
    return shown


def check_selection(selection, shown, report):
    """Order, quota and budget of a selection, and that every proposed demand was selected."""
    need(isinstance(selection, dict), "the selection is no object")
    if selection.get("erased") is True:
        report.append(("확인하지 않음: 선발. 보존 기간이 지나 지워졌습니다.", "Not checked: the selection, which was erased after its retention."))
        return
    rules, applicants = member(selection, "rules"), items(member(selection, "applicants"), "applicants")
    need(isinstance(rules, dict), "the rules of the selection are no object")
    ids = [member(one, "demand") for one in applicants]
    need(all(isinstance(name, str) for name in ids) and len(set(ids)) == len(ids), "an applicant stands twice or has no id")
    selected = [one for one in applicants if member(one, "verdict") == "selected"]
    reserve = [one for one in applicants if one["verdict"] == "reserve"]
    for one in selected + reserve:
        need(one.get("rank") is not None and one.get("total") is not None, f"{one['demand']} has no rank or no total")
    ranked = sorted((whole(one["rank"], "a rank", 1), number(one["total"], "a total"), one["demand"])
                    for one in applicants if one.get("rank") is not None and one.get("total") is not None)
    for (rank, total, name), (next_rank, next_total, next_name) in pairwise(ranked):
        need(total >= next_total, f"{next_name} has more points than {name} and ranks behind it")
        need(rank < next_rank, f"{name} and {next_name} have one rank")
    last = max((one["rank"] for one in selected), default=0)
    for one in applicants:
        passed_over = rules.get("unfit") == "skip" and one.get("reason_code") == "budget"   # asked for more than was left
        need(one["verdict"] == "selected" or passed_over or one.get("rank") is None or one["rank"] > last,
             f"{one['demand']} was not selected, though it ranks before one that was")
    if rules.get("quota") is not None:
        need(len(selected) <= whole(rules["quota"], "the quota", 0), "more are selected than the quota")
    check_budget(selection, rules, selected)
    taken = {one["demand"] for one in selected}
    for demand, _, _ in shown:
        need(demand in taken, f"{demand} is proposed and was not selected")
    report.append((f"선발 {len(selected)}건, 예비 {len(reserve)}건: 총점 순서와 정원·예산을 지키고, 배정된 수요는 모두 선발되었습니다.",
                   f"{len(selected)} selected, {len(reserve)} in reserve: by total, within quota and budget; every proposed demand was selected."))
    report.append(("확인하지 않음: 총점 자체와 자격 판정.", "Not checked: the totals themselves and who is eligible."))


def check_budget(selection, rules, selected):
    granted = sum(whole(one["amount_krw"], "an amount", 0) for one in selected if one.get("amount_krw") is not None)
    budget = selection.get("budget", {})
    need(isinstance(budget, dict), "the budget of the selection is no object")
    for most in (rules.get("budget_krw"), budget.get("total_krw")):
        need(most is None or granted <= whole(most, "the budget", 0), f"{granted} won are granted, more than the budget")
    need(whole(budget.get("spent_krw", granted), "spent_krw") == granted, f"{granted} won are granted, which is not what is printed")


def check_draw(document, assignment, report):
    """The seed that drew is the one that the round committed itself to; a later pass draws with what follows from it."""
    draw = document.get("draw")
    if assignment.get("method") != "random" or draw is None:
        return
    seed, salt = whole(member(draw, "seed"), "the seed of the round"), member(draw, "salt")
    passes = len(items(member(document, "passes"), "passes"))
    promised = hashlib.sha256(f"{seed} {salt}".encode()).hexdigest()
    need(member(draw, "commitment") == promised, "the seed and salt are not those that the round committed itself to")
    if passes > 1:
        seed = int(hashlib.sha256(f"{seed} {salt} {passes}".encode()).hexdigest()[:13], 16)
    need(member(assignment["instance"], "seed") == seed, f"pass {passes} of this round must draw with seed {seed}")
    report.append(("씨앗이 회차가 처음에 내보인 약속(SHA-256)과 맞습니다.",
                   "The seed is the one behind the commitment (SHA-256) that the round has shown."))


def read_round(document, report):
    """The request and the result of a round's assignment, as op assign would have them."""
    proposal = member(document, "proposal")
    need(proposal is not None, "the round has no proposal yet")
    need(isinstance(proposal, dict), "the proposal is no object")
    need(proposal.get("erased") is not True, "the proposal was erased after its retention: there is nothing left to check")
    assignment = proposal.get("assignment")
    need(assignment is not None, "the round's proposal has no assignment: no applicant is eligible")
    instance = member(assignment, "instance")
    shown = check_proposed(assignment)
    check_draw(document, assignment, report)
    selection = document.get("selection", proposal.get("selection"))
    if selection is not None:
        check_selection(selection, shown, report)
    names = ("size", "edges", "supplier_scores", "demand", "supplier", "locks", "vetoes", "groups", "previous", "q", "seed",
             "waivable", "barred")
    request = {name: instance[name] for name in names if name in instance}
    request["method"] = member(assignment, "method")
    return request, assignment


def check(document, report=None):
    """Raises Invalid; adds (Korean, English) lines on what was checked to the report."""
    report = [] if report is None else report
    try:
        need(isinstance(document, dict), "the document is no object")
        if "request" in document:
            request, result = document["request"], member(document, "result")
        else:
            request, result = read_round(document.get("result", document), report)
        check_result(request, result, report)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        raise Invalid(f"the document is not as expected ({type(error).__name__}: {error})") from error


def check_result(request, result, report):
    problem = Problem(request)
    asked = request.get("method", "max_sum")
    previous = asked == "rematch" or asked == "max_sum" and request.get("previous") is not None
    method = "rematch" if previous else asked
    need(isinstance(result, dict), "the result is no object")
    need(isinstance(asked, str) and method in ("max_sum", "leximin", "rematch", "stable", "random"), f"method {asked!r} is not known to this checker")
    need(result.get("method", method) in (method, asked), "the result is of another method than was asked for")
    status = member(result, "status")
    need(status in ("optimal", "infeasible"), "the status is neither optimal nor infeasible")
    if status == "infeasible":
        check_infeasible(problem, result, method, report)
    elif method in ("leximin", "rematch"):
        check_lexicographic(problem, result, report, method == "rematch")
    else:
        {"max_sum": check_max_sum, "stable": check_stable, "random": check_random}[method](problem, result, report)


def main(arguments):
    explain, names = "--explain" in arguments, [one for one in arguments if one != "--explain"]
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if len(names) != 1 or names[0] in ("-h", "--help"):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    report, why = [], None
    try:
        if names[0] == "-":
            data = sys.stdin.buffer.read()
        else:
            with open(names[0], "rb") as file:
                data = file.read()
        check(parse(data.decode("utf-8-sig")), report)
    except Invalid as found:
        why = found
    except RecursionError:
        why = "the document is nested too deeply"
    except (OSError, ValueError) as error:
        print(f"cannot read {names[0]}: {error}", file=sys.stderr)
        return 2
    print("valid" if why is None else f"not valid: {why}")
    for korean, english in report if explain else ():
        print(f"{korean}\n  {english}")
    return 0 if why is None else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
