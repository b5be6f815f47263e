#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the proof of an assignment from its JSON alone. Standard library only; shares no code with the engine.

    python3 check_certificate.py FILE        (- is stdin)

FILE holds a round as `ieum round show --format json` writes it, or {"request": …, "result": …}, the request and the result of
op `assign` (a reply's "result" member). Prints `valid` and exits 0, or says why not and exits 1 (2: the file cannot be read).
Of a round, the proposed pairs with their ids and scores must also be those that the certificate proves.

All arithmetic is in integers: a score is rounded to the nearest 10^-9 (halves away from zero) and counted in that unit;
prices, "total" and "bound" of the certificate are in that unit too.
What is checked for method max_sum:

status "optimal", "certificate": {"kind": "prices", "total", "bound", "demand": […], "supplier": […], "group": […]}
    The pairs keep every minimum, maximum, lock, veto and group, and add up to the total. A pair's worth is its score less
    the prices of its demand, its supplier and every group that holds either. Then weak duality says that no assignment can
    exceed  sum(price > 0 ? price * max : price * min) + sum(locked worths) + sum(max(0, other worths)).  That bound equals
    the total, so the pairs are optimal.

status "infeasible", "reason": {"requirements": [{"need", "index"}], "least", "room",
                                "cut": {"root", "demands", "suppliers", "groups"} or null}
    need: demand_min, demand_max, supplier_min, supplier_max, group_min, group_max, lock, veto; the index counts in the
    request. Pairs flow root -> groups of demands -> demand -> supplier -> groups of suppliers -> root. Into the places of
    the cut at least `least` pairs must flow, out of them at most `room` can, by the named requirements alone. Minimums and
    maximums count as at most the number of candidate pairs plus one. Without a cut: one lock on what is no candidate
    pair, or on a vetoed one.
"""
import json
import sys
from decimal import ROUND_HALF_UP, Decimal

class Invalid(Exception):
    """Why a certificate does not hold."""


def need(condition, why):
    if not condition:
        raise Invalid(why)


def whole(value, what):
    """An integer, also when JSON wrote it as 3.0."""
    need(not isinstance(value, bool) and isinstance(value, (int, float)) and value == int(value),
         f"{what} is not a whole number")
    return int(value)


def fixed(score):
    """The score as an IEEE double times 10^9, rounded: what every reader of the same JSON gets."""
    need(not isinstance(score, bool) and isinstance(score, (int, float)), f"a score is not a number: {score!r}")
    return int(Decimal(score * 1e9).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def bounds(spec, count, what):
    """Lists of minimums and maximums (None: no maximum) from a number or an array each."""
    spec = spec or {}

    def spread(value, default):
        if isinstance(value, list):
            need(len(value) == count, f"{what} bounds do not fit its number")
            return [default if v is None else whole(v, what) for v in value]
        return [default if value is None else whole(value, what)] * count

    return spread(spec.get("min"), 0), spread(spec.get("max"), None)


class Request:
    """The problem, read independently of the engine: score[(d, s)] for candidate pairs, and every limit."""

    def __init__(self, request):
        if "edges" in request:
            self.demands, self.suppliers = (whole(n, "size") for n in request["size"])
            listed = [(whole(d, "edge"), whole(s, "edge"), score) for d, s, score in request["edges"]]
        else:
            rows = request["scores"]
            self.demands, self.suppliers = len(rows), len(rows[0]) if rows else 0
            need(all(len(row) == self.suppliers for row in rows), "the rows of scores differ in length")
            listed = [(d, s, score) for d, row in enumerate(rows) for s, score in enumerate(row)]
        self.score = {(d, s): fixed(score) for d, s, score in listed if score is not None}
        need(all(0 <= d < self.demands and 0 <= s < self.suppliers for d, s in self.score), "an edge is out of range")
        need(len(self.score) == sum(score is not None for _, _, score in listed), "an edge is given twice")
        self.demand_min, self.demand_max = bounds(request.get("demand"), self.demands, "demand")
        self.supplier_min, self.supplier_max = bounds(request.get("supplier"), self.suppliers, "supplier")
        self.locks = [tuple(whole(i, "lock") for i in pair) for pair in request.get("locks", [])]
        self.vetoes = [tuple(whole(i, "veto") for i in pair) for pair in request.get("vetoes", [])]
        self.groups = []
        for group in request.get("groups", []):
            need(group["side"] in ("demand", "supplier"), "a group has no side")
            self.groups.append((group["side"] == "demand", frozenset(whole(m, "member") for m in group["members"]),
                                whole(group.get("min", 0), "group"),
                                None if group.get("max") is None else whole(group["max"], "group")))

    def limits(self):
        """(name, members on the demand side?, members, min, max) of demands, suppliers and groups, in this order."""
        for d in range(self.demands):
            yield f"demand {d}", True, (d,), self.demand_min[d], self.demand_max[d]
        for s in range(self.suppliers):
            yield f"supplier {s}", False, (s,), self.supplier_min[s], self.supplier_max[s]
        for g, (of_demands, members, least, most) in enumerate(self.groups):
            yield f"group {g}", of_demands, members, least, most


def check_pairs(request, result):
    pairs = [tuple(whole(i, "pair") for i in pair) for pair in result["pairs"]]
    chosen = set(pairs)
    need(len(chosen) == len(pairs), "a pair is chosen twice")
    for pair in pairs:
        need(pair in request.score, f"{pair} is no candidate pair")
        need(pair not in request.vetoes, f"{pair} is vetoed")
    for pair in request.locks:
        need(pair in chosen, f"{pair} is locked and not chosen")
    return chosen


def check_optimal(request, result):
    chosen = check_pairs(request, result)
    certificate = result["certificate"]
    need(certificate.get("kind") == "prices", "the certificate is not of kind prices")
    prices = [[whole(p, "price") for p in certificate[side]] for side in ("demand", "supplier", "group")]
    need([len(side) for side in prices] == [request.demands, request.suppliers, len(request.groups)],
         "there is not one price for each demand, supplier and group")
    total = sum(request.score[pair] for pair in chosen)
    need(total == whole(certificate["total"], "total"), f"the chosen scores add up to {total}")
    need(abs(fixed(result["total"]) - total) <= abs(total) >> 50, "the printed total is not that of the pairs")

    load = [[0] * request.demands, [0] * request.suppliers]
    above = [[0] * request.demands, [0] * request.suppliers]
    for d, s in chosen:
        load[0][d] += 1
        load[1][s] += 1
    bound = 0
    for (name, of_demands, members, least, most), price in zip(request.limits(), sum(prices, [])):
        side = 0 if of_demands else 1
        count = sum(load[side][m] for m in members)
        need(count >= least, f"{name} has {count} pairs, fewer than {least}")
        need(most is None or count <= most, f"{name} has {count} pairs, more than {most}")
        need(price <= 0 or count == most, f"{name} is below its maximum and has a price")
        need(price >= 0 or count == least, f"{name} is above its minimum and has a negative price")
        bound += price * count
        for m in members:
            above[side][m] += price
    locked, vetoed = set(request.locks), set(request.vetoes)
    for (d, s), score in request.score.items():
        worth = score - above[0][d] - above[1][s]
        if (d, s) in locked:
            bound += worth
        elif (d, s) not in vetoed:
            need(worth >= 0 if (d, s) in chosen else worth <= 0, f"the prices do not support what was decided about {(d, s)}")
            bound += max(0, worth)
    need(bound == total, f"the bound is {bound}, the total {total}")
    need(bound == whole(certificate["bound"], "bound"), "the printed bound is not that of the prices")


def places_above(request):
    """The innermost group around each demand, supplier and group; None is the root."""
    def innermost(of_demands, members, itself):
        around = [(len(g[1]), -i) for i, g in enumerate(request.groups)
                  if i != itself and g[0] == of_demands and members <= g[1] and (itself is None or g[1] != members or i < itself)]
        return -min(around)[1] if around else None

    sides = [(True, frozenset((d,)), None) for d in range(request.demands)]
    sides += [(False, frozenset((s,)), None) for s in range(request.suppliers)]
    sides += [(group[0], group[1], i) for i, group in enumerate(request.groups)]
    return [innermost(*side) for side in sides]


def check_lock(request, named):
    need(1 <= len(named) <= 2 and named[0][0] == "lock", "without a cut, the reason must be a lock")
    lock = request.locks[named[0][1]]
    if len(named) == 1:
        need(lock not in request.score, f"{lock} is locked, but it is a candidate pair")
    else:
        need(named[1][0] == "veto" and request.vetoes[named[1][1]] == lock, f"{lock} is locked, but not vetoed")


def check_infeasible(request, result):
    reason = result["reason"]
    named = [(item["need"], whole(item["index"], "index")) for item in reason["requirements"]]
    need(len(set(named)) == len(named) and all(i >= 0 for _, i in named), "a requirement is named twice or does not exist")
    cut = reason.get("cut")
    if cut is None:
        return check_lock(request, named)
    inside = [set(whole(i, "place") for i in cut[side]) for side in ("demands", "suppliers", "groups")]
    most_pairs = len(request.score) + 1
    least = room = 0
    first = (0, request.demands, request.demands + request.suppliers)
    above = places_above(request)
    wanted = set(named)
    for k, (name, of_demands, _, low, high) in enumerate(request.limits()):
        kind = 2 if k >= first[2] else 1 if k >= first[1] else 0
        word, index = ("demand", "supplier", "group")[kind], k - first[kind]
        own = index in inside[kind]
        around = bool(cut["root"]) if above[k] is None else above[k] in inside[2]
        if own == around:
            continue
        if own == of_demands:
            least += min(low, most_pairs) if (f"{word}_min", index) in wanted else 0
        else:
            need((f"{word}_max", index) in wanted and high is not None, f"the cut can be left through {name}")
            room += min(high, most_pairs)
    locks = {request.locks[i] for word, i in named if word == "lock"}
    vetoes = {request.vetoes[i] for word, i in named if word == "veto"}
    for d, s in request.score:
        start, end = d in inside[0], s in inside[1]
        least += not start and end and (d, s) in locks
        room += start and not end and (d, s) not in vetoes
    need((least, room) == (whole(reason["least"], "least"), whole(reason["room"], "room")),
         f"into the cut must flow {least} and out of it can {room}, which is not what is printed")
    need(least > room, "the requirements do not contradict each other")


def check_proposed(instance, assignment):
    """The pairs that people read are the pairs that are proven."""
    demands, suppliers = instance["demands"], instance["suppliers"]
    need(len(set(demands)) == len(demands) and len(set(suppliers)) == len(suppliers), "an id stands twice")
    score = {(d, s): fixed(value) for d, s, value in instance["edges"]}
    proven = [(demands[d], suppliers[s], score[d, s]) for d, s in assignment["pairs"]]
    shown = [(pair["demand"], pair["supplier"], fixed(pair["score"])) for pair in assignment["proposed"]]
    need(proven == shown, "the proposed pairs are not the proven ones")


def read_round(document):
    """The request and the result of a round's assignment, as op assign would have them."""
    need("proposal" in document, "the round has no proposal yet")
    assignment = document["proposal"].get("assignment")
    need(assignment is not None, "the round's proposal has no assignment: no applicant is eligible")
    instance = assignment["instance"]
    if assignment["status"] == "optimal":
        check_proposed(instance, assignment)
    names = ("size", "edges", "demand", "supplier", "locks", "vetoes", "groups")
    request = {name: instance[name] for name in names if name in instance}
    request["method"] = assignment["method"]
    return {"request": request, "result": assignment}


def check(document):
    if "request" not in document:
        document = read_round(document.get("result", document))
    request, result = Request(document["request"]), document["result"]
    method = document["request"].get("method", "max_sum")
    need(method == "max_sum", f"method {method} is not known to this checker")
    need(result["status"] in ("optimal", "infeasible"), "the status is neither optimal nor infeasible")
    (check_optimal if result["status"] == "optimal" else check_infeasible)(request, result)


def main(arguments):
    if len(arguments) != 2 or arguments[1] in ("-h", "--help"):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    try:
        with sys.stdin if arguments[1] == "-" else open(arguments[1], encoding="utf-8") as file:
            document = json.load(file)
    except (OSError, ValueError) as error:
        print(f"cannot read {arguments[1]}: {error}", file=sys.stderr)
        return 2
    try:
        check(document)
    except Invalid as why:
        print(f"not valid: {why}")
        return 1
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        print(f"not valid: the document is not as expected ({type(error).__name__}: {error})")
        return 1
    print("valid")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
