# SPDX-License-Identifier: Apache-2.0
"""Invented rounds around documents of op assign, their truth, and ways to corrupt what only a round has."""
import copy
import hashlib
import itertools

from checker_corruptions import Unsuitable, part, pick
from checker_documents import make_random
from checker_solvers import read
from checker_truth import is_true

CORRUPTIONS = []


def corruption(function):
    CORRUPTIONS.append(function)
    return function


def seed_of_pass(draw, number):
    if number == 1:
        return draw["seed"]
    return int(hashlib.sha256(f"{draw['seed']} {draw['salt']} {number}".encode()).hexdigest()[:13], 16)


def invent_draw(rng, document):
    """What the round has committed itself to; the document is drawn again where a later pass draws with another seed."""
    draw, passes = {"seed": document["request"].get("seed", 1), "salt": f"{rng.randrange(2 ** 64):016x}"}, rng.choice((1, 1, 2, 3))
    draw["commitment"] = hashlib.sha256(f"{draw['seed']} {draw['salt']}".encode()).hexdigest()
    if passes > 1:
        document["request"]["seed"] = seed_of_pass(draw, passes)
        document["result"] = make_random(rng, document["request"])
    return {"draw": draw, "passes": [{"method": "random"}] * passes}


def make_round(rng, document):
    """A round as `round show` writes it, with a selection more often than not."""
    document, more = copy.deepcopy(document), {}
    if document["request"]["method"] == "random" and document["result"]["status"] == "optimal" and rng.random() < 0.8:
        more = invent_draw(rng, document)
    problem = read(document["request"])
    demands, suppliers = ([f"{letter}{i + 1:03d}" for i in range(count)] for letter, count in zip("DS", problem.size))
    instance = {key: value for key, value in document["request"].items() if key not in ("scores", "supplier_scores", "method")}
    order = sorted(range(len(problem.pairs)), key=lambda e: problem.pairs[e])
    instance.update(demands=demands, suppliers=suppliers, size=list(problem.size),
                    edges=[[*problem.pairs[e], problem.score[e] / 1e9] for e in order])
    if problem.theirs != problem.score:
        instance["supplier_scores"] = [problem.theirs[e] / 1e9 for e in order]
    pairs = document["result"].get("pairs", [])
    assignment = {**copy.deepcopy(document["result"]), "method": document["request"]["method"], "instance": instance,
                  "proposed": [{"demand": demands[d], "demand_name": "한빛(가상)", "supplier": suppliers[s],
                                "score": problem.score[problem.at[d, s]] / 1e9} for d, s in pairs]}
    proposal = {"assignment": assignment}
    if rng.random() < 0.7:
        proposal["selection"] = invent_selection(rng, demands)
    return {"round": {"id": "R1", "state": "proposed"}, **more, "proposal": proposal}


def invent_selection(rng, demands):
    names = demands + [f"D{100 + i}" for i in range(rng.randint(0, 4))]
    totals = sorted((rng.choice((50, 61.5, 70, 70, 88.25, rng.randint(40, 100))) for _ in names), reverse=True)
    applicants = [{"demand": name, "verdict": "selected" if i < len(demands) else rng.choice(("reserve", "not_selected")),
                   "rank": i + 1, "total": total, "amount_krw": rng.randint(1, 50) * 10 ** 6}
                  for i, (name, total) in enumerate(zip(names, totals))]
    for i in range(rng.randint(0, 2)):
        applicants.append({"demand": f"X{i}", "verdict": rng.choice(("knocked_out", "ineligible")), "rank": None, "total": None})
    spent = sum(one["amount_krw"] for one in applicants if one["verdict"] == "selected")
    rng.shuffle(applicants)
    selection = {"rules": {"quota": rng.choice((None, len(demands), len(demands) + 1)), "budget_krw": rng.choice((None, spent, 2 * spent))},
                 "applicants": applicants}
    if rng.random() < 0.5:
        del selection["rules"]["budget_krw"]
        selection["budget"] = {"total_krw": rng.choice((None, spent, spent + 1)), "spent_krw": spent}
    return selection


def selection_holds(selection, proposed):
    rules, applicants = selection["rules"], selection["applicants"]
    by_verdict = {}
    for one in applicants:
        by_verdict.setdefault(one["verdict"], []).append(one)
    taken = by_verdict.get("selected", [])
    granted, budget = sum(one["amount_krw"] for one in taken), selection.get("budget", {})
    ranked = [one for one in applicants if one["rank"] is not None and one["total"] is not None]
    return (len({one["demand"] for one in applicants}) == len(applicants)
            and all(one in ranked for one in taken + by_verdict.get("reserve", []))
            and all(one["rank"] >= 1 for one in ranked)
            and len({one["rank"] for one in ranked}) == len(ranked)
            and not any(one["total"] > other["total"] and one["rank"] > other["rank"] for one, other in itertools.permutations(ranked, 2))
            and all(one["rank"] < other["rank"] for one in taken for other in ranked if other["verdict"] != "selected")
            and (rules["quota"] is None or len(taken) <= rules["quota"])
            and all(most is None or granted <= most for most in (rules.get("budget_krw"), budget.get("total_krw")))
            and budget.get("spent_krw", granted) == granted
            and {pair["demand"] for pair in proposed} <= {one["demand"] for one in taken})


def draw_holds(document, seed):
    draw, passes = document["draw"], len(document["passes"])
    return (draw["commitment"] == hashlib.sha256(f"{draw['seed']} {draw['salt']}".encode()).hexdigest()
            and seed == seed_of_pass(draw, passes))


def round_is_true(document):
    assignment = document["proposal"]["assignment"]
    instance, proposed = assignment["instance"], assignment["proposed"]
    request = {key: value for key, value in instance.items() if key not in ("demands", "suppliers")} | {"method": assignment["method"]}
    result = {key: value for key, value in assignment.items() if key not in ("instance", "proposed")}
    demands, suppliers = instance["demands"], instance["suppliers"]
    scores = {(d, s): score for d, s, score in instance["edges"]}
    shown = [{"demand": demands[d], "supplier": suppliers[s], "score": scores[d, s]} for d, s in result.get("pairs", [])]
    return (is_true({"request": request, "result": result}) and [len(demands), len(suppliers)] == instance["size"]
            and len(set(demands)) == len(demands) and len(set(suppliers)) == len(suppliers)
            and ("draw" not in document or assignment["method"] != "random" or draw_holds(document, instance["seed"]))
            and shown == [{key: one[key] for key in ("demand", "supplier", "score")} for one in proposed]
            and ("selection" not in document["proposal"] or selection_holds(document["proposal"]["selection"], proposed)))


# ---- corruptions ----

@corruption
def change_shown_pair(rng, document):
    assignment = document["proposal"]["assignment"]
    one = pick(rng, assignment["proposed"])
    what = rng.choice(("demand", "supplier", "score"))
    one[what] = one[what] + 0.1 if what == "score" else rng.choice(assignment["instance"][f"{what}s"] + ["D999"])


@corruption
def change_shown_list(rng, document):
    assignment = document["proposal"]["assignment"]
    proposed, what = assignment["proposed"], rng.choice(("drop", "add", "exchange", "both"))
    if what == "drop":
        proposed.remove(pick(rng, proposed))
    elif what == "add":
        d, s, score = pick(rng, assignment["instance"]["edges"])
        proposed.append({"demand": assignment["instance"]["demands"][d], "supplier": assignment["instance"]["suppliers"][s], "score": score})
    else:
        one, other = pick(rng, proposed), pick(rng, proposed)
        one["supplier"], other["supplier"] = other["supplier"], one["supplier"]
        if what == "both":
            pairs = part(assignment, "pairs")
            i, j = proposed.index(one), proposed.index(other)
            pairs[i][1], pairs[j][1] = pairs[j][1], pairs[i][1]


@corruption
def change_ids(rng, document):
    ids = document["proposal"]["assignment"]["instance"][rng.choice(("demands", "suppliers"))]
    i, j = rng.randrange(len(ids)), rng.randrange(len(ids))
    what = rng.choice(("exchange", "same", "drop"))
    if what == "drop":
        ids.pop()
    else:
        ids[i], ids[j] = ids[j], ids[i] if what == "exchange" else ids[j]


@corruption
def change_applicant(rng, document):
    selection = part(document, "proposal", "selection")
    one, other = pick(rng, selection["applicants"]), pick(rng, selection["applicants"])
    what = rng.choice(("verdict", "rank", "total", "amount_krw", "demand", "exchange"))
    if what == "verdict":
        one["verdict"] = rng.choice(("selected", "reserve", "not_selected", "knocked_out"))
    elif what == "exchange":
        one["rank"], other["rank"] = other["rank"], one["rank"]
    elif what == "demand":
        one["demand"] = other["demand"]
    elif one.get(what) is None:
        raise Unsuitable
    else:
        one[what] += rng.choice((1, -1, 30)) * (10 ** 6 if what == "amount_krw" else 1)


@corruption
def change_promised_seed(rng, document):
    draw, what = part(document, "draw"), rng.choice(("seed", "salt", "commitment", "passes", "all"))
    if what == "passes":
        document["passes"].append(document["passes"][0])
    elif what == "all":
        draw["seed"] += 1
        draw["commitment"] = hashlib.sha256(f"{draw['seed']} {draw['salt']}".encode()).hexdigest()
    else:
        draw[what] = draw[what] + 1 if what == "seed" else draw[what][::-1]


@corruption
def change_selection_rules(rng, document):
    rules = part(document, "proposal", "selection", "rules")
    budget = document["proposal"]["selection"].get("budget", {})
    holder, name = pick(rng, [(rules, name) for name in rules] + [(budget, name) for name in budget])
    holder[name] = 0 if holder[name] is None else holder[name] - 1


@corruption
def change_assignment(rng, document):
    """What op assign's corruptions do more of: here only that a round is held to its proof at all."""
    assignment = document["proposal"]["assignment"]
    certificate = part(assignment, "certificate")
    what = rng.choice(("edge", "price", "total", "method", "status"))
    if what == "edge":
        pick(rng, assignment["instance"]["edges"])[2] += rng.choice((0.1, -0.1))
    elif what == "price":
        prices = part(certificate, rng.choice(("demand", "supplier")))
        prices[pick(rng, range(len(prices)))] += rng.choice((1, -1, 10 ** 8))
    elif what == "total":
        assignment["total"] += 1e-9
    elif what == "method":
        assignment["method"] = rng.choice(("max_sum", "leximin", "stable", "random"))
    else:
        assignment["status"] = rng.choice(("infeasible", "proposed"))
