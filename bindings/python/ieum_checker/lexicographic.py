# SPDX-License-Identifier: Apache-2.0
"""Stages of prices: methods leximin and rematch."""
from ieum_checker.prices import check_kind, check_slack, read_sparse_prices
from ieum_checker.promises import check_chosen
from ieum_checker.reading import Invalid, items, member, need, same_amount, whole

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
        printed = whole(member(stage, "value"), f"the value of stage {name}")
        need(printed == value, f"the value of stage {name} should be {value}")
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
    """Each demand's total, and what it could have: its locked pairs, and up to its maximum its best others above 0."""
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
