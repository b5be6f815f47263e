# SPDX-License-Identifier: Apache-2.0
"""Corruptions in which everything printed fits together, and what is claimed is false all the same."""
import copy

from checker_corruptions import CORRUPTIONS as SIMPLE, Unsuitable, certificate_of, corruption_of_the_proof, part, pick
from checker_documents import answer, demand_amounts, make_random, requirements_of, share_of
from checker_solvers import LIMIT_KINDS, draw, read


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


def method_of(document):
    request = document["request"]
    return "rematch" if request.get("previous") is not None else request.get("method", "max_sum")


def change_one_wish(rng, request):
    """Another request of the same shape: a lock, a veto, a limit or something else is taken less seriously."""
    instance = read(request)
    what = rng.choice(("locks", "vetoes", "low", "high", "group", "scores", "previous", "supplier_scores"))
    if what in ("locks", "vetoes", "previous"):
        part(request, what).remove(pick(rng, part(request, what)))
    elif what in ("low", "high"):
        end = "min" if what == "low" else "max"
        spec = part(request, rng.choice(("demand", "supplier")))
        if isinstance(part(spec, end), list):
            i = pick(rng, (i for i, one in enumerate(spec[end]) if one is not None))
            spec[end][i] = max(0, spec[end][i] + (-1 if end == "min" else 1))
        else:
            spec[end] += 1 if end == "max" else 0
    elif what == "group":
        group = pick(rng, part(request, "groups"))
        group["min"] = 0
        group["max"] = group.get("max", len(instance.pairs)) + 1
    elif what == "supplier_scores":
        part(request, "supplier_scores")
        del request["supplier_scores"]
    else:
        e = pick(rng, range(len(instance.pairs)))
        (d, s), step = instance.pairs[e], rng.choice((0.2, -0.2))
        if "edges" in request:
            request["edges"][e][2] = round(request["edges"][e][2] + step, 9)
        else:
            request["scores"][d][s] = round(request["scores"][d][s] + step, 9)


@corruption_of_the_proof
def answer_another_request(rng, document):
    """The true and proven answer to a request that is not quite the one that was asked."""
    other = copy.deepcopy(document["request"])
    change_one_wish(rng, other)
    if not read(other).sane:
        raise Unsuitable
    result = answer(rng, other, method_of(document))
    if result is None:
        raise Unsuitable
    document["result"] = result


@corruption_of_the_proof
def draw_with_another_q(rng, document):
    """Chances that are best for a greater q, written as if they were best for the one that was asked for."""
    certificate_of(document, "marginals")
    other = {**document["request"], "q": rng.choice((1, 0.9, 0.5))}
    share, scale = share_of(document["request"])
    result = make_random(rng, other)
    if result is None or scale % result["certificate"]["denominator"]:
        raise Unsuitable
    instance, certificate = read(other), result["certificate"]
    factor = scale // certificate["denominator"]
    for one in certificate["marginals"]:
        one[2] *= factor
    total = certificate["total"] * factor
    certificate.update(q=share, denominator=scale, total=total, bound=total)
    listed = [(instance.at[d, s], m) for d, s, m in certificate["marginals"]]
    x = draw(instance, listed, scale, certificate["seed"])
    result.update(pairs=[list(pair) for pair in instance.chosen(x)], total=instance.total(x) / 1e9)
    document["result"] = result


@corruption_of_the_proof
def forge_reason(rng, document):
    """Other requirements and another cut, weighed correctly."""
    reason, instance, method = part(document, "result", "reason"), read(document["request"]), method_of(document)
    part(reason, "cut")
    share, scale = share_of(document["request"]) if method == "random" else (1, 1)
    old = {(one["need"], one["index"]) for one in reason["requirements"]}
    for _ in range(20):
        named = [one for one in requirements_of(instance, method) if rng.random() < (0.9 if one in old else 0.3)]
        inside = {node for node in range(len(instance.names) + 1) if rng.random() < 0.5}
        weighed = instance.weigh(inside, named, share, scale)
        if weighed:
            break
    else:
        raise Unsuitable
    reason["requirements"] = [{"need": word, "index": i} for word, i in named]
    reason["cut"]["root"] = len(instance.names) in inside
    for kind in LIMIT_KINDS:
        reason["cut"][f"{kind}s"] = [i for k, (name, i) in enumerate(instance.names) if name == kind and k in inside]
    reason["least"], reason["room"] = weighed
    reason["irreducible"] = rng.random() < 0.5


CORRUPTIONS = tuple(SIMPLE)     # with those of this file
