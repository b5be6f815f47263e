# SPDX-License-Identifier: Apache-2.0
"""What a round adds: the pairs that people read, the selection, and the seed that was committed to."""
import hashlib
from collections import Counter
from itertools import groupby, pairwise

from ieum_checker.problem import Problem
from ieum_checker.reading import fixed, items, member, need, number, whole

def check_variety(instance, demands, suppliers):
    """A demand that stands in several rows, one for each value its suppliers have: the rows are limited as the rule says, and together as the demand is."""
    variety = instance["variety"]
    most, rows, values = whole(member(variety, "max"), "the most of a value", 1), items(member(variety, "rows"), "rows"), items(member(variety, "suppliers"), "values")
    need(len(rows) == len(demands) and len(values) == len(suppliers), "the values of the variety do not fit the size")
    need(len(set(zip(demands, rows))) == len(rows), "a demand stands twice with one value")
    need(len({name for name, _ in groupby(demands)}) == len([name for name, _ in groupby(demands)]), "the rows of a demand do not stand together")
    for edge in items(member(instance, "edges"), "edges"):
        need(rows[edge[0]] == values[edge[1]], f"the pair {edge[:2]} stands in a row of another value")
    for name, high in zip(demands, items(member(member(instance, "demand"), "max"), "the maximums")):
        need(high is not None and high <= most, f"{name} could have more than {most} of one value")
    wholes = [(group.get("value"), sorted(items(member(group, "members"), "members")))
              for group in items(member(instance, "groups"), "groups") if group.get("rule") == "variety" and group.get("side") == "demand"]
    need(sorted(wholes) == sorted((name, [i for i, one in enumerate(demands) if one == name]) for name in set(demands)),
         "the rows of a demand are not counted together")
    return most, dict(zip(suppliers, values))


def check_varied(shown, most, value_of):
    count = Counter((demand, value_of[supplier]) for demand, supplier, _ in shown)
    for (demand, value), pairs in count.items():
        need(pairs <= most, f"{demand} has {pairs} suppliers of {value!r}, more than {most}")


def check_proposed(assignment, report):
    """The pairs that people read are the pairs that are proven."""
    instance = member(assignment, "instance")
    demands, suppliers = (items(member(instance, side), side) for side in ("demands", "suppliers"))
    need(all(isinstance(name, str) for name in demands + suppliers), "an id is no text")
    variety = instance.get("variety") is not None
    need((variety or len(set(demands)) == len(demands)) and len(set(suppliers)) == len(suppliers), "an id stands twice")
    need(member(instance, "size") == [len(demands), len(suppliers)], "the ids do not fit the size")
    most, value_of = check_variety(instance, demands, suppliers) if variety else (None, None)
    shown = [(member(pair, "demand"), member(pair, "supplier"), fixed(member(pair, "score")))
             for pair in items(assignment.get("proposed", []), "proposed")]
    if assignment.get("status") == "infeasible":
        need(not shown, "pairs are proposed, though there is no assignment")
        return shown
    problem = Problem({name: instance[name] for name in ("size", "edges") if name in instance})
    proven = []
    for pair in items(member(assignment, "pairs"), "pairs"):
        d, s = problem.read_pair(pair, "a chosen pair")
        need((d, s) in problem.edge_at, f"{pair} is chosen and is no candidate pair")
        proven.append((demands[d], suppliers[s], problem.score[problem.edge_at[d, s]]))
    need(proven == shown, "the proposed pairs are not the proven ones")
    if variety:
        check_varied(shown, most, value_of)
        report.append((f"한 수요의 상대 가운데 {instance['variety'].get('supplier_field')}의 값이 같은 것은 많아야 {most}.",
                       f"Of one demand's suppliers at most {most} share a value at {instance['variety'].get('supplier_field')}."))
    return shown


def late_comers(document):
    """Demands that take part though they were not selected: the reserve list's that stepped in, and whose objection was upheld."""
    steps = [one for one in items(document.get("history", []), "history") if isinstance(one, dict)]
    late = {one["details"].get("demand") for one in steps if one.get("step") == "admit" and isinstance(one.get("details"), dict)}
    return late | {one.get("demand") for one in items(document.get("objections", []), "objections")
                   if isinstance(one, dict) and one.get("state") == "upheld"}


def check_selection(document, selection, shown, report):
    """Order, quota and budget of a selection, and that every proposed demand was selected or came in by a step that says so."""
    need(isinstance(selection, dict), "the selection is no object")
    if selection.get("erased") is True:
        report.append(("확인하지 않음: 선발. 보존 기간이 지나 지워졌습니다.",
                       "Not checked: the selection, which was erased after its retention."))
        return
    rules, applicants = member(selection, "rules"), items(member(selection, "applicants"), "applicants")
    need(isinstance(rules, dict), "the rules of the selection are no object")
    ids = [member(one, "demand") for one in applicants]
    need(all(isinstance(name, str) for name in ids) and len(set(ids)) == len(ids),
         "an applicant stands twice or has no id")
    selected = [one for one in applicants if member(one, "verdict") == "selected"]
    reserve = [one for one in applicants if one["verdict"] == "reserve"]
    for one in selected + reserve:
        need(one.get("rank") is not None and one.get("total") is not None, f"{one['demand']} has no rank or no total")
    ranked = sorted((whole(one["rank"], "a rank", 1), number(one["total"], "a total"), one["demand"])
                    for one in applicants if one.get("rank") is not None and one.get("total") is not None)
    for (rank, total, name), (next_rank, next_total, next_name) in pairwise(ranked):
        need(total >= next_total, f"{next_name} has more points than {name} and ranks behind it")
        need(rank < next_rank, f"{name} and {next_name} have one rank")
    last = max((one["rank"] for one in selected), default=0)
    for one in applicants:
        passed_over = rules.get("unfit") == "skip" and one.get("reason_code") == "budget"   # asked for more than is left
        need(one["verdict"] == "selected" or passed_over or one.get("rank") is None or one["rank"] > last,
             f"{one['demand']} was not selected, though it ranks before one that was")
    if rules.get("quota") is not None:
        need(len(selected) <= whole(rules["quota"], "the quota", 0), "more are selected than the quota")
    check_budget(selection, rules, selected)
    taken = {one["demand"] for one in selected} | late_comers(document)
    for demand, _, _ in shown:
        need(demand in taken, f"{demand} is proposed and was not selected")
    report.append((f"선발 {len(selected)}건, 예비 {len(reserve)}건: 총점 순서와 정원·예산을 지키고, 배정된 수요는 모두 선발되었습니다.",
                   f"{len(selected)} selected, {len(reserve)} in reserve: by total, within quota and budget; "
                   "every proposed demand was selected."))
    report.append(("확인하지 않음: 총점 자체와 자격 판정.", "Not checked: the totals themselves and who is eligible."))


def check_budget(selection, rules, selected):
    granted = sum(whole(one["amount_krw"], "an amount", 0) for one in selected if one.get("amount_krw") is not None)
    budget = selection.get("budget", {})
    need(isinstance(budget, dict), "the budget of the selection is no object")
    for most in (rules.get("budget_krw"), budget.get("total_krw")):
        need(most is None or granted <= whole(most, "the budget", 0),
             f"{granted} won are granted, more than the budget")
    need(whole(budget.get("spent_krw", granted), "spent_krw") == granted,
         f"{granted} won are granted, which is not what is printed")


def check_draw(document, assignment, report):
    """The seed that drew is the one that the round committed itself to; a later pass draws with what follows from it."""
    draw = document.get("draw")
    if assignment.get("method") != "random" or draw is None:
        return
    seed, salt = whole(member(draw, "seed"), "the seed of the round"), member(draw, "salt")
    passes = len(items(member(document, "passes"), "passes"))
    promised = hashlib.sha256(f"{seed} {salt}".encode()).hexdigest()
    need(member(draw, "commitment") == promised, "the seed and salt are not those that the round committed itself to")
    if passes > 1:
        seed = int(hashlib.sha256(f"{seed} {salt} {passes}".encode()).hexdigest()[:13], 16)
    need(member(assignment["instance"], "seed") == seed, f"pass {passes} of this round must draw with seed {seed}")
    report.append(("씨앗이 회차가 처음에 내보인 약속(SHA-256)과 맞습니다.",
                   "The seed is the one behind the commitment (SHA-256) that the round has shown."))


def read_round(document, report):
    """The request and the result of a round's assignment, as op assign would have them."""
    need(isinstance(document, dict), "the document is no object")
    proposal = document.get("proposal")
    need(proposal is not None, "there is neither a request with its result, nor a round that has a proposal")
    need(isinstance(proposal, dict), "the proposal is no object")
    need(proposal.get("erased") is not True,
         "the proposal was erased after its retention: there is nothing left to check")
    assignment = proposal.get("assignment")
    need(assignment is not None, "the round's proposal has no assignment: no applicant is eligible")
    instance = member(assignment, "instance")
    shown = check_proposed(assignment, report)
    check_draw(document, assignment, report)
    selection = document.get("selection", proposal.get("selection"))
    if selection is not None:
        check_selection(document, selection, shown, report)
    names = ("size", "edges", "supplier_scores", "demand", "supplier", "locks", "vetoes", "groups", "previous", "q",
             "seed", "waivable", "barred")
    request = {name: instance[name] for name in names if name in instance}
    request["method"] = member(assignment, "method")
    return request, assignment
