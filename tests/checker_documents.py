# SPDX-License-Identifier: Apache-2.0
"""Invented small requests of op assign, valid documents for them made by going through every assignment, and the truth:
whether a document holds, decided without the checker. Used by checker_check.py and checker_engine.py."""
import itertools
import json
from fractions import Fraction

from checker_solvers import INFINITE, LIMIT_KINDS, draw, read, units

METHODS = ("max_sum", "leximin", "rematch", "stable", "random")


# ---- invented requests ----

def invent_groups(rng, count):
    """Nested or disjoint sets of members: the list is cut up, and the pieces again."""
    def cut(members):
        if rng.random() < 0.6:
            yield sorted(members)
        if len(members) > 1 and rng.random() < 0.6:
            at = rng.randint(1, len(members) - 1)
            yield from cut(members[:at])
            yield from cut(members[at:])

    order = list(range(count))
    rng.shuffle(order)
    return list(cut(order)) if count else []


def invent_request(rng, method):
    demands, suppliers = rng.randint(1, 4), rng.randint(1, 4)
    coarse = rng.choice([[-0.2, -0.1, 0, 0.3, 0.5], [0, 0.25, 0.5], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], None, None])

    def score():
        return rng.choice(coarse) if coarse else round(rng.uniform(-0.3 if method != "stable" else -0.1, 1), 4)

    cells = [(d, s) for d in range(demands) for s in range(suppliers) if rng.random() < 0.85]
    cells = sorted(rng.sample(cells, min(len(cells), 9)))
    request = {"method": "max_sum" if method == "rematch" else method}
    scores = {cell: score() for cell in cells}
    theirs = {cell: score() for cell in cells} if method == "stable" and rng.random() < 0.7 else None
    if rng.random() < 0.5:
        rng.shuffle(cells)
        request["edges"], request["size"] = [[d, s, scores[d, s]] for d, s in cells], [demands, suppliers]
        if theirs:
            request["supplier_scores"] = [theirs[cell] for cell in cells]
    else:
        tables = {"scores": scores, **({"supplier_scores": theirs} if theirs else {})}
        for name, table in tables.items():
            request[name] = [[table.get((d, s)) for s in range(suppliers)] for d in range(demands)]
    invent_limits(rng, request, demands, suppliers, method)
    if cells and rng.random() < 0.35:
        request["locks"] = [list(rng.choice(cells)) for _ in range(rng.choice((1, 1, 2)))]
    if cells and rng.random() < 0.35:
        request["vetoes"] = [list(rng.choice(cells)) for _ in range(rng.choice((1, 1, 2)))]
    if rng.random() < 0.03:
        request.setdefault("locks", []).append([rng.randrange(demands), rng.randrange(suppliers)])
    if method == "rematch":
        request["previous"] = [[d, s] for d in range(demands) for s in range(suppliers) if rng.random() < 0.4]
    if method == "random":
        request["q"] = rng.choice([1, 0.5, 0.5, 0.3, 0.6667, 0.75, 0.9, 0.123456])
        request["seed"] = rng.choice([0, 1, 7, rng.randrange(2 ** 31), 2 ** 53 - 1])
    if method in ("max_sum", "leximin") and rng.random() < 0.5:
        invent_waivable(rng, request, demands, suppliers)
    return request


def invent_limits(rng, request, demands, suppliers, method):
    tight = rng.random() * (0.5 if method == "stable" else 1)
    for kind, count in (("demand", demands), ("supplier", suppliers)):
        if rng.random() < 0.1:
            continue
        lows = [rng.choice((0, 0, 1, 1, 2)) if rng.random() < tight * 0.7 else 0 for _ in range(count)]
        highs = [None if rng.random() < 0.2 else low + rng.choice((0, 1, 1, 2)) for low in lows]
        request[kind] = {"min": lows, "max": highs}
        if rng.random() < 0.3:
            request[kind] = {"max": rng.randint(1, 2)}
    groups = []
    for side, count in (("demand", demands), ("supplier", suppliers)):
        for members in invent_groups(rng, count) if rng.random() < 0.5 else ():
            low = rng.randint(0, 2) if rng.random() < tight * 0.5 else 0
            group = {"side": side, "members": members, "min": low}
            groups.append(group if rng.random() < 0.3 else {**group, "max": low + rng.randint(0, 3)})
    rng.shuffle(groups)
    if groups:
        request["groups"] = groups


def invent_waivable(rng, request, demands, suppliers):
    counts = {"demand": demands, "supplier": suppliers, "group": len(request.get("groups", []))}
    counts = {f"{kind}_{end}": count for kind, count in counts.items() for end in ("min", "max")}
    counts.update(lock=len(request.get("locks", [])), veto=len(request.get("vetoes", [])))
    request["waivable"] = {}
    for word, count in counts.items():
        if rng.random() < 0.7:
            listed = [rng.choice((None, 1, 2, 5)) for _ in range(count)]
            request["waivable"][word] = rng.randint(1, 3) if rng.random() < 0.6 else listed
    others = [[d, s] for d in range(demands) for s in range(suppliers) if (d, s) not in read(request).at]
    if others and rng.random() < 0.5:
        request["barred"] = [pair + [0.2, rng.randint(1, 4)] for pair in rng.sample(others, min(len(others), 2))]


# ---- valid results ----

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


# ---- the truth ----

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
