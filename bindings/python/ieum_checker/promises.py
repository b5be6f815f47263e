# SPDX-License-Identifier: Apache-2.0
"""What every method promises: candidate pairs that keep what is given and add up."""
from ieum_checker.reading import items, member, need, same_amount, whole

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
        need(limit.high is None or count <= limit.high * scale,
             f"{limit} has {count / scale:g} pairs, more than {limit.high}")


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
                   f"{len(chosen)} pairs are candidates, keep {len(problem.limits)} limits and all locks and vetoes, "
                   "and add up."))
    return chosen, load, total


def read_named(reason):
    listed = items(member(reason, "requirements"), "requirements")
    named = [(member(one, "need"), whole(member(one, "index"), "an index", 0)) for one in listed]
    need(len(set(named)) == len(named), "a requirement is named twice")
    return named
