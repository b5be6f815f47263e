# SPDX-License-Identifier: Apache-2.0
"""Invented small requests of op assign: few pairs, scores that tie or do not, limits that fit or contradict each other."""
from checker_solvers import read

METHODS = ("max_sum", "leximin", "rematch", "stable", "random")


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
