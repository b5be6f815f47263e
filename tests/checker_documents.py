# SPDX-License-Identifier: Apache-2.0
"""Valid documents of op assign for invented requests, made by going through every assignment."""
import itertools
import json
from fractions import Fraction

from checker_requests import invent_request
from checker_solvers import INFINITE, LIMIT_KINDS, draw, read


def dense(instance, prices):
    parts = {kind: [] for kind in LIMIT_KINDS}
    for (kind, _), price in zip(instance.names, prices):
        parts[kind].append(price)
    return parts


def gain_of(instance, objective, level=None):
    previous = {tuple(pair) for pair in instance.request.get("previous") or []}
    return {"level": lambda: [-1 if score == level else 0 for score in instance.score],
            "pairs": lambda: [1 if score > 0 else 0 for score in instance.score],
            "kept": lambda: [1 if pair in previous else 0 for pair in instance.pairs],
            "score": lambda: instance.score}[objective]()


def plan_of(instance, method):
    if method == "rematch":
        return [("pairs", None), ("kept", None), ("score", None)]
    levels = sorted(set(instance.score) - {0})
    return ([("level", level) for level in levels if level < 0] + [("pairs", None)]
            + [("level", level) for level in levels if level > 0])


def make_stages(rng, instance, x, method):
    amount = [x >> e & 1 for e in range(len(instance.pairs))]
    free = [not (instance.locked | instance.vetoed) >> e & 1 for e in range(len(instance.pairs))]
    fixed_limits, stages = set(), []
    for objective, level in plan_of(instance, method):
        gain = gain_of(instance, objective, level)
        if objective == "level" and rng.random() < 0.7 and not any(f and a and g for f, a, g in zip(free, amount, gain)):
            free = [f and not g for f, g in zip(free, gain)]
            continue
        prices = instance.prices(gain, amount, 1, 1, free, fixed_limits, rng.random() < 0.5)
        worth = list(gain)
        for k, price in enumerate(prices):
            worth = [w - price if instance.under[k] >> e & 1 else w for e, w in enumerate(worth)]
        free = [f and not w for f, w in zip(free, worth)]
        fixed_limits |= {k for k, price in enumerate(prices) if price}
        stage = {"objective": objective, "value": sum(g for g, a in zip(gain, amount) if a)}
        if level is not None:
            stage["level"] = level
        for kind in LIMIT_KINDS:
            stage[kind] = {str(i): price for (name, i), price in zip(instance.names, prices) if name == kind and price}
        stages.append(stage)
    return stages


def demand_amounts(instance, x):
    totals, most = [], []
    for d in range(instance.size[0]):
        on = [e for e in range(len(instance.pairs)) if instance.under[d] >> e & 1]
        locked = sum(instance.score[e] for e in on if instance.locked >> e & 1)
        count = sum(instance.locked >> e & 1 for e in on)
        ranked = sorted((instance.score[e] for e in on if not (instance.locked | instance.vetoed) >> e & 1), reverse=True)
        high = len(on) if instance.high[d] is None else instance.high[d]
        totals.append(sum(instance.score[e] for e in on if x >> e & 1))
        most.append(locked + max(sum(ranked[:n]) for n in range(min(len(ranked), max(0, high - count)) + 1)))
    return totals, most


def make_optimal(rng, request, method):
    """None when there is no assignment."""
    instance = read(request)
    found = [x for x in instance.feasible if instance.key(method)(x) == instance.best(method)]
    if method == "leximin":
        found = [x for x in found if not instance.has_idle_pair(x)]
    if not found:
        return None
    x = rng.choice(found)
    total, amount = instance.total(x), [x >> e & 1 for e in range(len(instance.pairs))]
    result = {"status": "optimal", "method": method, "total": total / 1e9, "pairs": [list(pair) for pair in instance.chosen(x)]}
    if method == "max_sum":
        free = [not (instance.locked | instance.vetoed) >> e & 1 for e in range(len(instance.pairs))]
        prices = instance.prices(instance.score, amount, 1, 1, free, set(), rng.random() < 0.5)
        result["certificate"] = {"kind": "prices", "unit": 1e-9, "total": total, "bound": total, **dense(instance, prices)}
    else:
        result["certificate"] = {"kind": "lexicographic", "unit": 1e-9, "stages": make_stages(rng, instance, x, method)}
    if method == "leximin":
        totals, most = demand_amounts(instance, x)
        result.update(demand_totals=[one / 1e9 for one in totals], demand_bounds=[one / 1e9 for one in most])
    result["measures"] = {"pairs": x.bit_count(), "sum": total / 1e9}
    return result


def make_stable(request):
    """None when the locks cannot be held."""
    instance = read(request)
    x = instance.stable_best
    if x is None or not instance.sane:
        return None
    pairs, broken = [list(pair) for pair in instance.chosen(x)], instance.broken(x)
    if broken:
        return {"status": "infeasible", "method": "stable", "reason": {
            "kind": "stable", "proven": not instance.ties, "pairs": pairs,
            "requirements": [{"need": word, "index": i} for word, i in sorted(broken)]}}
    return {"status": "optimal", "method": "stable", "total": instance.total(x) / 1e9, "pairs": pairs,
            "certificate": {"kind": "stable", "unit": 1e-9, "ties": instance.ties, "blocking": 0, "checked": len(instance.pairs)}}


def share_of(request):
    q = int(Fraction(repr(request.get("q", 1))) * 10000)
    return Fraction(q, 10000).numerator, Fraction(q, 10000).denominator


def make_random(rng, request):
    instance, (cap, scale) = read(request), share_of(request)
    amount = instance.flow(cap, scale) if instance.sane else None
    if amount is None:
        return None
    seed = request.get("seed", 1)
    marginals = sorted((e for e, m in enumerate(amount) if m), key=lambda e: instance.pairs[e])
    free = [not (instance.locked | instance.vetoed) >> e & 1 for e in range(len(instance.pairs))]
    prices = instance.prices(instance.score, amount, cap, scale, free, set(), rng.random() < 0.5)
    total = sum(score * m for score, m in zip(instance.score, amount))
    x = draw(instance, [(e, amount[e]) for e in marginals], scale, seed)
    return {"status": "optimal", "method": "random", "total": instance.total(x) / 1e9, "expected": total / scale / 1e9,
            "pairs": [list(pair) for pair in instance.chosen(x)],
            "certificate": {"kind": "marginals", "unit": 1e-9, "denominator": scale, "q": cap,
                            "marginals": [[*instance.pairs[e], amount[e]] for e in marginals],
                            "total": total, "bound": total, **dense(instance, prices), "generator": "splitmix64-xoshiro256**",
                            "rounding": "bihierarchy-cycles-1", "seed": seed}}


# ---- valid reasons and repairs ----

def requirements_of(instance, method):
    named = [("lock", i) for i in range(len(instance.locks))] + [("veto", i) for i in range(len(instance.vetoes))]
    for (kind, i), low, high in zip(instance.names, instance.low, instance.high):
        named += [(f"{kind}_min", i)] if low else []
        named += [(f"{kind}_max", i)] if high is not None else []
    return named + ([("q", 0)] if method == "random" else [])


def impossible_lock(instance):
    for i, pair in enumerate(instance.locks):
        if pair not in instance.at:
            return [("lock", i)]
        if pair in instance.vetoes:
            return [("lock", i), ("veto", instance.vetoes.index(pair))]
    return None


def make_reason(rng, request, method):
    instance, (cap, scale) = read(request), share_of(request) if method == "random" else (1, 1)
    named = impossible_lock(instance)
    if named:
        reason = {"least": 1, "room": 0, "cut": None}
    else:
        named = requirements_of(instance, method)
        assert instance.flow(cap, scale, named) is None
        for one in rng.sample(named, len(named)):
            fewer = [other for other in named if other != one]
            named = fewer if instance.flow(cap, scale, fewer) is None else named
        nodes, inside = list(range(len(instance.names) + 1)), None
        for chosen in itertools.product((False, True), repeat=len(nodes)):
            inside = {node for node, there in zip(nodes, chosen) if there}
            weighed = instance.weigh(inside, named, cap, scale)
            if weighed and weighed[0] > weighed[1]:
                break
        else:
            raise AssertionError("no cut, though there is no flow")
        reason = {"least": weighed[0], "room": weighed[1], "cut": {"root": len(instance.names) in inside}}
        for kind in LIMIT_KINDS:
            reason["cut"][f"{kind}s"] = [i for k, (name, i) in enumerate(instance.names) if name == kind and k in inside]
    if method == "random":
        reason["scale"] = scale
        if reason["cut"] is None:
            reason["least"] = scale
    return {"requirements": [{"need": word, "index": i} for word, i in named], "irreducible": True, **reason}


def unit_cost(request, word, i):
    if "waivable" not in request:
        return INFINITE if word == "veto" else 1
    cost = request["waivable"].get(word)
    cost = cost[i] if isinstance(cost, list) else cost
    return INFINITE if cost is None else cost


def repair_cost(instance, pairs):
    """(cost, changes) of making these pairs, a set, an assignment."""
    request, changes = instance.request, []

    def change(word, i, amount, **more):
        changes.append({"need": word, "index": i, **more, "cost": unit_cost(request, word, i) * amount})

    barred = {tuple(one[:2]): one[3] for one in (request.get("barred") or [])}
    for pair in sorted(pairs - set(instance.at)):
        changes.append({"need": "barred", "pair": list(pair), "cost": barred.get(pair, INFINITE)})
    for i, pair in enumerate(instance.locks):
        if pair not in pairs:
            change("lock", i, 1)
    for i, pair in enumerate(instance.vetoes):
        if pair in pairs:
            change("veto", i, 1)
    for (kind, i), (side, those), low, high in zip(instance.names, instance.members, instance.low, instance.high):
        load = sum(pair[side] in those for pair in pairs)
        if load < low:
            change(f"{kind}_min", i, low - load, **{"from": low, "to": load})
        if high is not None and load > high:
            change(f"{kind}_max", i, load - high, **{"from": high, "to": load})
    return sum(one["cost"] for one in changes), changes


def make_repair(request):
    """The cheapest one, or None."""
    instance = read(request)
    usable = instance.pairs + sorted(tuple(one[:2]) for one in (request.get("barred") or []))
    best = None
    for x in range(1 << len(usable)):
        pairs = {pair for e, pair in enumerate(usable) if x >> e & 1}
        cost, changes = repair_cost(instance, pairs)
        if cost < (best["cost"] if best else INFINITE):
            best = {"cost": cost, "changes": changes, "pairs": [list(pair) for pair in sorted(pairs)]}
    return best


def make_document(rng, method):
    """A valid document of op assign, or None where the request contradicts itself in a way that the engine refuses."""
    request = invent_request(rng, method)
    if not read(request).sane:
        return None
    result = (make_stable(request) if method == "stable" else make_random(rng, request) if method == "random"
              else make_optimal(rng, request, method))
    if result is None:
        if method == "stable" and not impossible_lock(read(request)) and read(request).flow(1, 1) is not None:
            return None
        result = {"status": "infeasible", "method": method, "reason": make_reason(rng, request, method)}
        if method in ("max_sum", "leximin"):
            result["repair"] = make_repair(request)
    return json.loads(json.dumps({"request": request, "result": result}))
