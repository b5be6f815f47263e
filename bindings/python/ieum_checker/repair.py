# SPDX-License-Identifier: Apache-2.0
"""What would help: changes that may be made, and an assignment that keeps everything after them."""
from ieum_checker.infeasible import check_named
from ieum_checker.problem import KINDS
from ieum_checker.reading import items, member, need, optional_items, whole

def cost_of_waiving(problem, word, index):
    waivable = problem.request.get("waivable")
    if waivable is None:
        return None if word == "veto" else 1
    cost = waivable.get(word) if isinstance(waivable, dict) else None
    if isinstance(cost, list):
        cost = cost[index] if index < len(cost) else None
    return None if cost is None else whole(cost, f"the cost of {word}", 1)


def read_barred(problem):
    barred = {}
    for one in optional_items(problem.request, "barred"):
        need(isinstance(one, list) and len(one) == 4, "a barred pair is not [demand, supplier, score, cost]")
        barred[problem.read_pair(one[:2], "a barred pair")] = whole(one[3], "the cost of a barred pair", 1)
    return barred


def check_repair(problem, repair, report):
    """The problem as it is after the changes has the given assignment."""
    changes = items(member(repair, "changes"), "changes")
    barred, cost, seen, lifted = read_barred(problem), 0, set(), {"lock": set(), "veto": set(), "barred": set()}
    limits = list(problem.limits)
    for change in changes:
        word = member(change, "need")
        if word == "barred":
            key = problem.read_pair(member(change, "pair"), "a barred pair")
            unit, units = barred.get(key), 1
            lifted["barred"].add(key)
        else:
            key = whole(member(change, "index"), "an index", 0)
            check_named(problem, [(word, key)], False)
            unit, units = cost_of_waiving(problem, word, key), 1
            if word in lifted:
                lifted[word].add(key)
            else:
                kind, end = KINDS.index(word[:-4]), word[-3:]
                k = problem.first[kind] + key
                old, new = whole(member(change, "from"), "from"), whole(member(change, "to"), "to", 0)
                units = old - new if end == "min" else new - old
                need(old == (limits[k].low if end == "min" else limits[k].high), f"{word} {key} is not {old}")
                limits[k] = limits[k]._replace(**{"low" if end == "min" else "high": new})
        need((word, key) not in seen, "a requirement is changed twice")
        seen.add((word, key))
        need(unit is not None, f"{word} {key} may not be waived")
        need(units >= 1, f"{word} {key} is not relaxed")
        need(whole(member(change, "cost"), "a cost") == unit * units, f"waiving {word} {key} costs {unit * units}")
        cost += unit * units
    need(whole(member(repair, "cost"), "the cost of the repair") == cost, f"the changes cost {cost} together")
    check_witness(problem, repair, limits, lifted)
    report.append((f"고친 뒤의 배정이 남은 조건을 모두 지키고, 고치는 값은 더해서 {cost}입니다.",
                   f"The assignment after the changes keeps everything that is left; the changes cost {cost}."))
    report.append(("확인하지 않음: 이보다 싼 고침이 없는지.", "Not checked: that no repair is cheaper."))


def check_witness(problem, repair, limits, lifted):
    pairs = [problem.read_pair(pair, "a pair of the repair") for pair in items(member(repair, "pairs"), "pairs")]
    need(len(set(pairs)) == len(pairs), "the repair chooses a pair twice")
    vetoed = {pair for i, pair in enumerate(problem.vetoes) if i not in lifted["veto"]}
    for pair in pairs:
        need(pair in problem.edge_at or pair in lifted["barred"],
             f"the repair chooses {list(pair)}, which is no candidate pair")
        need(pair not in vetoed, f"the repair chooses {list(pair)}, which is vetoed")
    for i, pair in enumerate(problem.locks):
        need(i in lifted["lock"] or pair in pairs, f"the repair leaves out {list(pair)}, which is locked")
    side = [0] * problem.suppliers, [0] * problem.demands
    for d, s in pairs:
        side[1][d] += 1
        side[0][s] += 1
    for limit in limits:
        count = sum(side[limit.of_demands][m] for m in limit.members)
        need(limit.low <= count and (limit.high is None or count <= limit.high), f"the repair does not keep {limit}")
