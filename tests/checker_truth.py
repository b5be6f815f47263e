# SPDX-License-Identifier: Apache-2.0
"""Whether a document of op assign holds, decided by going through every assignment, without the checker."""
from fractions import Fraction

from checker_documents import demand_amounts, gain_of, plan_of, repair_cost, share_of, unit_cost
from checker_requests import METHODS
from checker_solvers import INFINITE, LIMIT_KINDS, draw, read


def close(printed, amount, scale=1):
    return abs(Fraction(printed) * 10 ** 9 * scale - amount) <= Fraction(scale, 2) + abs(Fraction(amount)) / 10 ** 14


def flat(instance, holder):
    parts = [holder.get(kind, {} if "objective" in holder else []) for kind in LIMIT_KINDS]
    counts = *instance.size, len(instance.names) - sum(instance.size)
    if any(isinstance(part, dict) for part in parts):
        known = all(text.isdigit() and int(text) < count for part, count in zip(parts, counts) for text in part)
        return [part.get(str(i), 0) for part, count in zip(parts, counts) for i in range(count)] if known else None
    return sum(parts, []) if [len(part) for part in parts] == list(counts) else None


def true_stages(instance, x, method, stages):
    amount = [x >> e & 1 for e in range(len(instance.pairs))]
    free = [not (instance.locked | instance.vetoed) >> e & 1 for e in range(len(instance.pairs))]
    fixed_limits, left = set(), list(stages)
    for objective, level in plan_of(instance, method):
        gain = gain_of(instance, objective, level)
        if not left or (left[0].get("objective"), left[0].get("level")) != (objective, level):
            if objective != "level" or any(f and a and g for f, a, g in zip(free, amount, gain)):
                return False
            free = [f and not g for f, g in zip(free, gain)]
            continue
        stage = left.pop(0)
        prices, value = flat(instance, stage), sum(g for g, a in zip(gain, amount) if a)
        if prices is None or stage["value"] != value or instance.bound(gain, prices, amount, 1, 1, free, fixed_limits) != value:
            return False
        worth = [g - sum(price for k, price in enumerate(prices) if instance.under[k] >> e & 1) for e, g in enumerate(gain)]
        free = [f and not w for f, w in zip(free, worth)]
        fixed_limits |= {k for k, price in enumerate(prices) if price}
    return not left


def true_optimal(instance, method, result):
    x = instance.mask(result["pairs"])
    if x is None or x not in instance.feasible or not close(result["total"], instance.total(x)):
        return False
    measures = result.get("measures", {})
    if measures.get("pairs", x.bit_count()) != x.bit_count() or not all(
            close(measures[name], instance.total(x)) for name in ("sum", "total") if name in measures):
        return False
    certificate = result["certificate"]
    if method == "stable":
        return (x == instance.stable_best and certificate["kind"] == "stable" and certificate["ties"] is instance.ties
                and certificate["blocking"] == 0 and certificate["checked"] == len(instance.pairs))
    if method == "random":
        return true_random(instance, result, x)
    if instance.key(method)(x) != instance.best(method):
        return False
    if method == "max_sum":
        prices, amount = flat(instance, certificate), [x >> e & 1 for e in range(len(instance.pairs))]
        free = [not (instance.locked | instance.vetoed) >> e & 1 for e in range(len(instance.pairs))]
        return (certificate["kind"] == "prices" and prices is not None and certificate["total"] == certificate["bound"]
                == instance.total(x) == instance.bound(instance.score, prices, amount, 1, 1, free, set()))
    if method == "leximin":
        totals, most = demand_amounts(instance, x)
        if instance.has_idle_pair(x) or not all(
                len(result[name]) == len(ours) and all(close(a, b) for a, b in zip(result[name], ours))
                for name, ours in (("demand_totals", totals), ("demand_bounds", most))):
            return False
    return certificate["kind"] == "lexicographic" and true_stages(instance, x, method, certificate["stages"])


def true_random(instance, result, x):
    certificate, (cap, scale) = result["certificate"], share_of(instance.request)
    listed = [(instance.at.get((d, s)), m) for d, s, m in certificate["marginals"]]
    order = [one[:2] for one in certificate["marginals"]]
    if any(e is None for e, _ in listed) or order != sorted(order) or len(set(map(tuple, order))) < len(order):
        return False
    amount = [dict(listed).get(e, 0) for e in range(len(instance.pairs))]
    loads = [sum(m for e, m in enumerate(amount) if mask >> e & 1) for mask in instance.under]
    if not all(1 <= m <= scale for _, m in listed) or not all(
            m == scale if instance.locked >> e & 1 else m == 0 if instance.vetoed >> e & 1 else m <= cap for e, m in enumerate(amount)):
        return False
    if not all(low * scale <= load and (high is None or load <= high * scale)
               for load, low, high in zip(loads, instance.low, instance.high)):
        return False
    total, best = (sum(score * m for score, m in zip(instance.score, one)) for one in (amount, instance.flow(cap, scale)))
    free = [not (instance.locked | instance.vetoed) >> e & 1 for e in range(len(instance.pairs))]
    prices, seed = flat(instance, certificate), instance.request.get("seed", 1)
    return ((certificate["kind"], certificate["q"], certificate["denominator"], certificate["seed"]) == ("marginals", cap, scale, seed)
            and (certificate["generator"], certificate["rounding"]) == ("splitmix64-xoshiro256**", "bihierarchy-cycles-1")
            and prices is not None and close(result["expected"], total, scale)
            and certificate["total"] == certificate["bound"] == total == best
            == instance.bound(instance.score, prices, amount, cap, scale, free, set())
            and draw(instance, listed, scale, seed) == x)


def contradict(instance, named, method):
    """Whether the named requirements alone leave no assignment (for random: no chances)."""
    cap, scale = share_of(instance.request) if method == "random" else (1, 1)
    return instance.flow(cap, scale, named) is None


def true_reason(instance, method, reason):
    named = [(one["need"], one["index"]) for one in reason["requirements"]]
    known = {(word, i) for (kind, i) in instance.names for word in (f"{kind}_min", f"{kind}_max")}
    known |= {("lock", i) for i in range(len(instance.locks))} | {("veto", i) for i in range(len(instance.vetoes))}
    known |= {("q", 0)} if method == "random" else set()
    if not set(named) <= known or len(set(named)) < len(named) or not contradict(instance, named, method):
        return False
    if reason.get("irreducible") and any(contradict(instance, [one for one in named if one != out], method) for out in named):
        return False
    cap, scale = share_of(instance.request) if method == "random" else (1, 1)
    if reason.get("scale", 1) != scale:
        return False
    if reason["cut"] is None:
        alone = len(named) == 1 and named[0][0] == "lock" or sorted(word for word, _ in named) == ["lock", "veto"]
        return alone and reason["room"] == 0 and reason["least"] in (1, scale)
    places = {(kind, i) for kind in LIMIT_KINDS for i in reason["cut"][f"{kind}s"]}
    if not places <= set(instance.names) or any(len(set(one)) < len(one) for one in reason["cut"].values() if isinstance(one, list)):
        return False
    inside = {k for k, name in enumerate(instance.names) if name in places}
    inside |= {len(instance.names)} if reason["cut"]["root"] else set()
    weighed = instance.weigh(inside, named, cap, scale)
    return weighed == (reason["least"], reason["room"]) and weighed[0] > weighed[1]


def true_repair(instance, repair):
    pairs = {tuple(pair) for pair in repair["pairs"]}
    _, needed = repair_cost(instance, pairs)
    if len(pairs) < len(repair["pairs"]):
        return False
    given, total = {}, 0
    for one in repair["changes"]:
        word, key = one["need"], tuple(one["pair"]) if one["need"] == "barred" else one["index"]
        if word == "barred":
            price = {tuple(pair): cost for *pair, _, cost in (instance.request.get("barred") or [])}.get(key, INFINITE)
        elif word in ("lock", "veto"):
            if key >= len(instance.locks if word == "lock" else instance.vetoes):
                return False
            price = unit_cost(instance.request, word, key)
        else:
            k = next((k for k, name in enumerate(instance.names) if name == (word[:-4], key)), None)
            if k is None or one["from"] != (instance.low if word.endswith("min") else instance.high)[k] or one["to"] < 0:
                return False
            steps = one["from"] - one["to"] if word.endswith("min") else one["to"] - one["from"]
            price = unit_cost(instance.request, word, key) * steps
        if (word, key) in given or price >= INFINITE or price < 1 or price != one["cost"]:
            return False
        given[word, key] = one
        total += price
    for one in needed:
        other = given.get((one["need"], tuple(one["pair"]) if one["need"] == "barred" else one["index"]))
        if other is None or one["need"].endswith("_min") and other["to"] > one["to"] or one["need"].endswith("_max") and other["to"] < one["to"]:
            return False
    return total == repair["cost"]


def is_true(document):
    """Whether all that the document says holds, by going through every assignment. (Not: that no repair is cheaper.)"""
    instance, result = read(document["request"]), document["result"]
    asked = document["request"].get("method", "max_sum")
    method = "rematch" if asked == "max_sum" and document["request"].get("previous") is not None else asked
    if not instance.sane or method not in METHODS or result.get("method", method) not in (method, asked):
        return False
    if result["status"] == "optimal":
        return "certificate" in result and true_optimal(instance, method, result)
    reason = result.get("reason")
    if result["status"] != "infeasible" or reason is None or result.get("pairs"):
        return False
    if reason.get("kind") == "stable" and method == "stable":
        named = [(one["need"], one["index"]) for one in reason["requirements"]]
        x = instance.mask(reason["pairs"])
        if x is None or x != instance.stable_best:
            return False
        assert instance.ties or all(instance.broken(other) for other in instance.stable_ones(False))
        return bool(named) and len(set(named)) == len(named) and set(named) == instance.broken(x) and reason["proven"] is not instance.ties
    return true_reason(instance, method, reason) and (result.get("repair") is None or true_repair(instance, result["repair"]))
