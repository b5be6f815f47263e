# SPDX-License-Identifier: Apache-2.0
"""Ways to corrupt a document of op assign.

A corruption changes the document and says nothing; one that finds nothing to change raises Unsuitable.
"""
import copy

from checker_documents import demand_amounts
from checker_solvers import LIMIT_KINDS, draw, read

STEPS = (1, -1, 2, -3, 10 ** 8, -10 ** 8)
NEEDS = [f"{kind}_{end}" for kind in LIMIT_KINDS for end in ("min", "max")] + ["lock", "veto", "q", "barred"]
CORRUPTIONS = []


class Unsuitable(Exception):
    """This corruption has nothing to change in this document."""


def corruption(function):
    CORRUPTIONS.append(function)
    return function


def corruption_of_the_proof(function):
    """Tried more often."""
    CORRUPTIONS.extend([function] * 4)
    return function


def pick(rng, values):
    values = sorted(values) if isinstance(values, set) else list(values)
    if not values:
        raise Unsuitable
    return rng.choice(values)


def part(holder, *names):
    for name in names:
        if not isinstance(holder, dict) or holder.get(name) is None:
            raise Unsuitable
        holder = holder[name]
    return holder


def certificate_of(document, kind=None):
    certificate = part(document, "result", "certificate")
    if kind and certificate.get("kind") != kind:
        raise Unsuitable
    return certificate


# ---- the request ----

def nudge_table(rng, request, name):
    if name == "scores" and "edges" in request:
        edge = pick(rng, request["edges"])
        edge[2] = round(edge[2] + rng.choice((0.1, -0.1, 1e-9, -1e-9, 0.5)), 9)
        return
    row = part(request, name)
    if row and isinstance(row[0], list):
        row = pick(rng, row)
    i = pick(rng, (i for i, score in enumerate(row) if score is not None))
    row[i] = round(row[i] + rng.choice((0.1, -0.1, 1e-9, -1e-9, 0.5, -1)), 9)


@corruption
def change_score(rng, document):
    nudge_table(rng, document["request"], "scores")


@corruption_of_the_proof
def change_supplier_score(rng, document):
    nudge_table(rng, document["request"], "supplier_scores")


@corruption
def change_limit(rng, document):
    spec = part(document, "request", rng.choice(("demand", "supplier")))
    end = pick(rng, spec)
    if isinstance(spec[end], list):
        i = pick(rng, range(len(spec[end])))
        spec[end][i] = max(0, (spec[end][i] or 0) + rng.choice((1, -1)))
    else:
        spec[end] = max(0, spec[end] + rng.choice((1, -1)))


@corruption
def change_group(rng, document):
    groups = part(document, "request", "groups")
    group = pick(rng, groups)
    what = rng.choice(("min", "max", "members", "drop", "side"))
    if what == "drop":
        groups.remove(group)
    elif what == "members":
        group["members"].remove(pick(rng, group["members"]))
    elif what == "side":
        if max(group["members"], default=0) >= min(read(document["request"]).size):
            raise Unsuitable
        group["side"] = "supplier" if group["side"] == "demand" else "demand"
    else:
        group[what] = max(0, group.get(what, 0) + rng.choice((1, -1)))


@corruption
def change_given(rng, document):
    request, name = document["request"], rng.choice(("locks", "vetoes"))
    listed = request.setdefault(name, [])
    if listed and rng.random() < 0.5:
        listed.remove(rng.choice(listed))
    else:
        demands, suppliers = read(request).size
        listed.append([rng.randrange(demands), rng.randrange(suppliers)])


@corruption
def veto_a_chosen_pair(rng, document):
    document["request"].setdefault("vetoes", []).append(list(pick(rng, part(document, "result", "pairs"))))


@corruption
def change_question(rng, document):
    request, what = document["request"], rng.choice(("method", "seed", "q", "previous"))
    if what == "method":
        request["method"] = rng.choice(("max_sum", "leximin", "stable", "random"))
    elif what == "previous":
        previous = part(request, "previous")
        instance = read(request)
        pair = list(pick(rng, instance.pairs))
        previous.remove(pair) if pair in previous else previous.append(pair)
    else:
        part(request, what)
        request[what] = rng.choice((0.5, 0.25, 0.9, 1)) if what == "q" else request[what] + rng.choice((1, 2 ** 40))


@corruption_of_the_proof
def change_waivable(rng, document):
    """What the repair waives becomes dearer or may not be waived, or something that it leaves alone does."""
    waivable, repair = part(document, "request", "waivable"), part(document, "result", "repair")
    word = pick(rng, [one["need"] for one in repair["changes"] if one["need"] in waivable] or waivable)
    if rng.random() < 0.5:
        del waivable[word]
    elif isinstance(waivable[word], list):
        i = pick(rng, range(len(waivable[word])))
        waivable[word][i] = rng.choice((None, 1, 3))
    else:
        waivable[word] += 1


# ---- pairs and totals ----

def pairs_holders(document):
    result = document["result"]
    return [holder for holder in (result, result.get("reason"), result.get("repair")) if holder and holder.get("pairs") is not None]


@corruption
def change_pairs(rng, document):
    pairs = pick(rng, pairs_holders(document))["pairs"]
    instance = read(document["request"])
    what = rng.choice(("drop", "add", "move", "twice", "elsewhere"))
    if what == "drop":
        pairs.remove(pick(rng, pairs))
    elif what == "add":
        pairs.append(list(pick(rng, (pair for pair in instance.pairs if list(pair) not in pairs))))
    elif what == "twice":
        pairs.append(list(pick(rng, pairs)))
    else:
        pair, side = pick(rng, pairs), rng.choice((0, 1))
        pair[side] = rng.randrange(instance.size[side]) if what == "move" else instance.size[side]


@corruption_of_the_proof
def forge_consistently(rng, document):
    """Another assignment that keeps everything, with every printed sum made to fit."""
    result, instance = document["result"], read(document["request"])
    part(result, "certificate")
    stable = result["certificate"]["kind"] == "stable"
    x = pick(rng, instance.stable_ones(False) if stable and rng.random() < 0.5 else instance.feasible)
    result["pairs"], total = [list(pair) for pair in instance.chosen(x)], instance.total(x)
    result["total"] = total / 1e9
    if "measures" in result:
        result["measures"]["pairs"] = x.bit_count()
        for name in {"sum", "total"} & set(result["measures"]):
            result["measures"][name] = total / 1e9
    if result["certificate"]["kind"] == "prices":
        result["certificate"].update(total=total, bound=total)
    if "demand_totals" in result:
        result["demand_totals"] = [one / 1e9 for one in demand_amounts(instance, x)[0]]
    for stage in result["certificate"].get("stages", []):
        if stage["objective"] == "level":
            stage["value"] = -sum(instance.score[instance.at[tuple(pair)]] == stage["level"] for pair in result["pairs"])


@corruption
def change_total(rng, document):
    result = document["result"]
    name = pick(rng, [name for name in ("total", "expected") if name in result] + ["measures"] * ("measures" in result))
    if name == "measures":
        holder, name = result["measures"], pick(rng, {"pairs", "sum", "total"} & set(result["measures"]))
    else:
        holder = result
    holder[name] += 1 if name == "pairs" else rng.choice((1e-9, -1e-9, 0.1, -1, 3e-9))


@corruption
def change_demand_amount(rng, document):
    amounts = part(document, "result", rng.choice(("demand_totals", "demand_bounds")))
    i = pick(rng, range(len(amounts)))
    amounts[i] += rng.choice((1e-9, -1e-9, 0.1, -0.1))


@corruption
def change_status(rng, document):
    result = document["result"]
    if result["status"] == "optimal":
        result["status"] = "infeasible"
        if rng.random() < 0.7:
            pairs = result.pop("pairs")
            cut = {"root": False, "demands": [], "suppliers": [], "groups": []}
            result["reason"] = rng.choice((
                {"requirements": [{"need": "lock", "index": 0}], "least": 1, "room": 0, "cut": None},
                {"requirements": [], "least": 1, "room": 0, "cut": cut},
                {"kind": "stable", "proven": True, "requirements": [{"need": "demand_min", "index": 0}], "pairs": pairs}))
    elif rng.random() < 0.3:
        result["pairs"] = [list(pick(rng, read(document["request"]).pairs))]
    else:
        result.update(status="optimal", pairs=result.get("pairs", []), total=0,
                      certificate={"kind": "prices", "total": 0, "bound": 0, **{kind: [] for kind in LIMIT_KINDS}})


# ---- prices and stages ----

@corruption_of_the_proof
def change_price(rng, document):
    certificate = certificate_of(document)
    holder = pick(rng, certificate["stages"]) if "stages" in certificate else certificate
    prices = part(holder, rng.choice(LIMIT_KINDS))
    key = pick(rng, prices if isinstance(prices, dict) else range(len(prices)))
    prices[key] = rng.choice((0, -prices[key], *(prices[key] + step for step in STEPS)))


@corruption_of_the_proof
def exchange_prices(rng, document):
    prices = part(certificate_of(document), rng.choice(LIMIT_KINDS))
    i, j = pick(rng, range(len(prices))), pick(rng, range(len(prices)))
    prices[i], prices[j] = prices[j], prices[i]


@corruption
def change_price_count(rng, document):
    prices = part(certificate_of(document), rng.choice(LIMIT_KINDS))
    prices.append(0) if rng.random() < 0.5 or not prices else prices.pop()


@corruption_of_the_proof
def add_stage_price(rng, document):
    stage = pick(rng, certificate_of(document, "lexicographic")["stages"])
    stage[rng.choice(LIMIT_KINDS)][str(rng.randrange(5))] = rng.choice(STEPS)


@corruption_of_the_proof
def change_certificate_sums(rng, document):
    certificate = certificate_of(document)
    names = pick(rng, (names for names in (["total"], ["bound"], ["total", "bound"]) if names[0] in certificate))
    step = rng.choice(STEPS)
    for name in names:
        certificate[name] += step


@corruption_of_the_proof
def change_stage_list(rng, document):
    stages = certificate_of(document, "lexicographic")["stages"]
    i, j = pick(rng, range(len(stages))), pick(rng, range(len(stages)))
    what = rng.choice(("drop", "exchange", "twice", "move"))
    if what == "drop":
        del stages[i]
    elif what == "exchange":
        stages[i], stages[j] = stages[j], stages[i]
    elif what == "twice":
        stages.insert(i, copy.deepcopy(stages[i]))
    else:
        stages.insert(j, stages.pop(i))


@corruption_of_the_proof
def change_stage(rng, document):
    stage = pick(rng, certificate_of(document, "lexicographic")["stages"])
    what = pick(rng, (name for name in ("value", "level", "objective") if name in stage))
    if what == "objective":
        stage["objective"] = rng.choice(("level", "pairs", "kept", "score"))
    else:
        stage[what] += rng.choice(STEPS)


@corruption
def change_kind(rng, document):
    certificate_of(document)["kind"] = rng.choice(("prices", "lexicographic", "stable", "marginals", "trust me"))


# ---- stable ----

@corruption_of_the_proof
def change_stable_flags(rng, document):
    certificate, name = certificate_of(document, "stable"), rng.choice(("ties", "blocking", "checked"))
    certificate[name] = not certificate[name] if name == "ties" else certificate[name] + rng.choice((1, -1))


@corruption
def change_proven(rng, document):
    reason = part(document, "result", "reason")
    name = pick(rng, (name for name in ("proven", "irreducible") if name in reason))
    reason[name] = not reason[name]


@corruption_of_the_proof
def swap_partners(rng, document):
    """Two pairs exchange their suppliers: in a stable assignment some pair blocks then."""
    pairs = pick(rng, pairs_holders(document))["pairs"]
    one, other = pick(rng, pairs), pick(rng, pairs)
    one[1], other[1] = other[1], one[1]


# ---- random ----

@corruption_of_the_proof
def change_marginal(rng, document):
    certificate, instance = certificate_of(document, "marginals"), read(document["request"])
    marginals = certificate["marginals"]
    one, other = pick(rng, marginals), pick(rng, marginals)
    what = rng.choice(("step", "move", "drop", "add", "order", "twice"))
    step = rng.choice((1, -1, certificate["denominator"] // 4))
    if what in ("step", "move"):
        one[2] += step
        other[2] -= step if what == "move" else 0
    elif what == "drop":
        marginals.remove(one)
    elif what == "add":
        marginals.append([*pick(rng, instance.pairs), 1])
        marginals.sort()
    elif what == "order":
        i, j = marginals.index(one), marginals.index(other)
        marginals[i], marginals[j] = marginals[j], marginals[i]
    else:
        marginals.append(list(one))
    if rng.random() < 0.5:
        at = {pair: instance.score[e] for pair, e in instance.at.items()}
        certificate["total"] = certificate["bound"] = sum(at.get((d, s), 0) * m for d, s, m in marginals)
        document["result"]["expected"] = certificate["total"] / certificate["denominator"] / 1e9


@corruption_of_the_proof
def change_draw(rng, document):
    """What the same chances give with another seed, under the seed that was promised."""
    certificate, instance = certificate_of(document, "marginals"), read(document["request"])
    listed = [(instance.at[d, s], m) for d, s, m in certificate["marginals"]]
    x = draw(instance, listed, certificate["denominator"], rng.randrange(2 ** 40))
    document["result"].update(pairs=[list(pair) for pair in instance.chosen(x)], total=instance.total(x) / 1e9)


@corruption_of_the_proof
def change_lot(rng, document):
    certificate = certificate_of(document, "marginals")
    name = rng.choice(("seed", "q", "denominator", "generator", "rounding", "both", "all"))
    if name == "both":
        document["request"]["seed"] = certificate["seed"] = certificate["seed"] + 1
    elif name == "all":
        for one in [certificate, *certificate["marginals"]]:
            for key in ("q", "denominator") if isinstance(one, dict) else (2,):
                one[key] *= 2
    else:
        certificate[name] = "dice" if isinstance(certificate[name], str) else certificate[name] + rng.choice((1, 7))


# ---- reasons ----

@corruption_of_the_proof
def change_requirement(rng, document):
    named = part(document, "result", "reason", "requirements")
    what = rng.choice(("need", "index", "drop", "add", "twice"))
    if what == "add":
        named.append({"need": rng.choice(NEEDS[:-1]), "index": rng.randrange(4)})
        return
    one = pick(rng, named)
    if what == "need":
        one["need"] = rng.choice(NEEDS)
    elif what == "index":
        one["index"] += rng.choice((1, -1, 10 ** 6))
    elif what == "drop":
        named.remove(one)
    else:
        named.append(dict(one))


@corruption_of_the_proof
def change_cut(rng, document):
    reason = part(document, "result", "reason")
    cut = part(reason, "cut")
    word = rng.choice((*(f"{kind}s" for kind in LIMIT_KINDS), "root", "null"))
    if word == "root":
        cut["root"] = not cut["root"]
    elif word == "null":
        reason["cut"] = None
    else:
        place = rng.randrange(4)
        cut[word].remove(place) if place in cut[word] else cut[word].append(place)


@corruption
def change_weights(rng, document):
    reason = part(document, "result", "reason")
    names = pick(rng, (names for names in (["least"], ["room"], ["least", "room"], ["scale"]) if names[0] in reason))
    step = rng.choice((1, -1, 5))
    for name in names:
        reason[name] += step


# ---- repairs ----

@corruption_of_the_proof
def change_repair(rng, document):
    repair = part(document, "result", "repair")
    what = rng.choice(("cost", "drop", "add", "one", "need", "twice"))
    if what == "cost":
        repair["cost"] += rng.choice((1, -1))
        return
    if what == "add":
        repair["changes"].append({"need": rng.choice(("lock", "veto")), "index": rng.randrange(2), "cost": 1})
        repair["cost"] += 1
        return
    change = pick(rng, repair["changes"])
    if what == "drop":
        repair["changes"].remove(change)
        repair["cost"] -= change["cost"] * rng.choice((0, 1))
    elif what == "need":
        change["need"] = rng.choice(NEEDS)
    elif what == "twice":
        repair["changes"].append(dict(change))
        repair["cost"] += change["cost"]
    else:
        name = pick(rng, (name for name in ("index", "from", "to", "cost", "pair") if name in change))
        if name == "pair":
            change["pair"] = change["pair"][::-1]
            return
        step = rng.choice((1, -1))
        change[name] += step
        if name in ("to", "cost") and rng.random() < 0.5:
            change["cost"] += step if name == "to" else 0
            repair["cost"] += step
