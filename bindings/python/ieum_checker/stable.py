# SPDX-License-Identifier: Apache-2.0
"""Stability without looking at minimums and groups, and the stable assignment that is best for the demands."""
import heapq
import math

from ieum_checker.prices import check_kind
from ieum_checker.problem import KINDS
from ieum_checker.promises import check_chosen, check_given, read_chosen, read_named
from ieum_checker.reading import member, need, truth, whole

def find_acceptable(problem):
    """Pairs that both sides score above 0."""
    return [edge for edge, score in enumerate(problem.score) if score > 0 and problem.their_score[edge] > 0]


def is_open(problem, edge):
    return edge not in problem.locked and edge not in problem.vetoed


def places_left(problem):
    """Places of each demand and supplier beside its locked pairs; locked pairs beyond them are a fault."""
    load = problem.sum_by_limit(dict.fromkeys(problem.locked, 1))
    sides = problem.limits[:problem.first[2]]
    left = [math.inf if limit.high is None else limit.high - load[k] for k, limit in enumerate(sides)]
    need(all(places >= 0 for places in left), "more pairs are locked than there are places")
    return left[:problem.demands], left[problem.demands:]


def deferred_acceptance(problem, acceptable):
    """Demands offer themselves from their best supplier down; suppliers keep the best offers. Ties: the lower index."""
    demand_left, supplier_left = places_left(problem)
    wishes = [[] for _ in range(problem.demands)]
    offers = [edge for edge in acceptable if is_open(problem, edge)]
    for edge in sorted(offers, key=lambda e: (problem.score[e], -problem.supplier[e])):
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
        need(problem.score[edge] > 0 and problem.their_score[edge] > 0,
             f"{problem.pair(edge)} is chosen and not acceptable to both")
    worst = [None] * problem.demands, [None] * problem.suppliers
    for edge in chosen - problem.locked:
        for side, i, score in ((0, problem.demand[edge], problem.score[edge]),
                               (1, problem.supplier[edge], problem.their_score[edge])):
            worst[side][i] = score if worst[side][i] is None else min(score, worst[side][i])

    def would(side, i, score):
        k = problem.first[side] + i
        return (problem.limits[k].high is None or load[k] < problem.limits[k].high
                or worst[side][i] is not None and worst[side][i] < score)

    for edge in acceptable:
        need(edge in chosen or not is_open(problem, edge) or not (would(0, problem.demand[edge], problem.score[edge])
                                    and would(1, problem.supplier[edge], problem.their_score[edge])),
             f"{problem.pair(edge)} would both rather have each other")
    need(deferred_acceptance(problem, acceptable) == chosen,
         "the pairs are stable, but another stable assignment is the best for the demands")


def check_stable(problem, result, report):
    chosen, load, _ = check_chosen(problem, result, report)
    certificate, acceptable = member(result, "certificate"), find_acceptable(problem)
    check_kind(certificate, "stable")
    check_stability(problem, chosen, load, acceptable)
    need(whole(member(certificate, "blocking"), "blocking") == 0, "the certificate itself counts blocking pairs")
    need(whole(member(certificate, "checked"), "checked") == len(problem.score),
         "not every candidate pair was looked at")
    need(truth(member(certificate, "ties"), "ties") == has_ties(problem, acceptable),
         "whether there are ties is stated wrongly")
    report.append((f"후보 {len(problem.score)}쌍 가운데 서로 더 원하는 쌍이 없고, 수요 쪽에 가장 좋은 안정 배정입니다.",
                   f"Of {len(problem.score)} candidate pairs none would both rather have each other; "
                   "for the demands it is the best such assignment."))


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
        "Without ties every other one breaks it too." if proven else
        "With ties, whether another one keeps it is not proven.")))
