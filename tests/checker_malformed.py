# SPDX-License-Identifier: Apache-2.0
"""Documents with one thing wrong: the checker must reject each, and for that reason."""
import json

from checker_trial import verdict

PRICES = {"request": {"edges": [[0, 0, 0.5], [0, 1, 0.25]], "size": [1, 3], "demand": {"max": 1}, "groups": [
    {"side": "supplier", "members": [0, 1], "max": 2}]}, "result": {"status": "optimal", "total": 0.5, "pairs": [[0, 0]], "certificate": {
        "kind": "prices", "total": 500000000, "bound": 500000000, "demand": [250000000], "supplier": [0, 0, 0], "group": [0]}}}
REASON = {"request": {"scores": [[0.5, 0.25], [0.5, None]], "demand": {"min": [0, 1], "max": 1}, "supplier": {"max": [0, 1]}},
          "result": {"status": "infeasible", "reason": {
              "requirements": [{"need": "demand_min", "index": 1}, {"need": "supplier_max", "index": 0}], "irreducible": True, "least": 1, "room": 0,
              "cut": {"root": False, "demands": [1], "suppliers": [0], "groups": []}},
              "repair": {"cost": 1, "changes": [{"need": "demand_min", "index": 1, "from": 1, "to": 0, "cost": 1}], "pairs": [[0, 1]]}}}
LOTS = {"request": {"method": "random", "scores": [[0.5, 0.5]], "q": 0.5}, "result": {
    "status": "optimal", "total": 0.5, "expected": 0.5, "pairs": [[0, 1]], "certificate": {
        "kind": "marginals", "q": 1, "denominator": 2, "marginals": [[0, 0, 1], [0, 1, 1]], "total": 1000000000, "bound": 1000000000,
        "demand": [500000000], "supplier": [0, 0], "group": [], "generator": "splitmix64-xoshiro256**", "rounding": "bihierarchy-cycles-1",
        "seed": 1}}}

LEXIMIN = {"request": {"method": "leximin", "scores": [[0.5, 0]], "demand": {"max": 2}}, "result": {
    "status": "optimal", "total": 0.5, "pairs": [[0, 0]], "demand_totals": [0.5], "demand_bounds": [0.5], "certificate": {
        "kind": "lexicographic", "stages": [{"objective": "pairs", "value": 1, "demand": {}, "supplier": {}, "group": {}}]}}}

# One thing wrong with such a document each, and a word of the reason that must be given; None: nothing is wrong.
WRONG_PRICES = (
    ("request/edges/1", [0, 0, 0.25], "twice"), ("request/edges/1", [0, 1], "triple"), ("request/edges/1/1", 3, "out of range"),
    ("request/edges/1/1", True, "whole"), ("request/edges/1/1", 1.5, "whole"), ("request/edges/1/2", 1000.5, "score"),
    ("request/edges/1/2", "0.25", "number"), ("request/edges/1/2", True, "number"), ("request/edges/1/2", None, "number"),
    ("request/scores", [[1]], "either"), ("request/edges", None, "either"), ("request/size", [1], "pair"), ("request/size/0", 10 ** 7, "range"),
    ("request/supplier_scores", [1], "supplier_scores"), ("request/demand", 1, "bounds"), ("request/demand/max", [1, 1], "bounds"),
    ("request/demand/max", -1, "range"), ("request/demand/min", 2, "minimum"), ("request/groups/0/side", "both", "side"),
    ("request/groups/0/members", [0, 0], "twice"), ("request/groups/0/members", [], "member"), ("request/groups/0/members", [0, 3], "range"),
    ("request/groups/0", {"members": [0]}, "side"), ("request/locks", [[0]], "[demand, supplier]"), ("request/locks", [[0, 1]], "locked"),
    ("request/locks", 0, "list"), ("request/vetoes", [[0, 0]], "vetoed"), ("request/method", "best", "method"), ("request/method", None, "method"),
    ("request", [], "object"), ("result", None, "object"), ("result/status", "perhaps", "status"), ("result/method", "leximin", "method"),
    ("result/pairs", [[0, 0], [0, 0]], "twice"), ("result/pairs/0", [0, 3], "range"), ("result/pairs/0", [0, 2], "no candidate"),
    ("result/pairs/0", [0, 0.5], "whole"), ("result/pairs", {}, "list"),
    ("result/total", 0.500000001, "total"), ("result/total", True, "number"), ("result/measures", [], "measures"),
    ("result/measures", {"pairs": 2}, "measures"), ("result/measures", {"total": 1}, "measures"), ("result/certificate/unit", 1e-6, "unit"),
    ("result/certificate/kind", "trust", "kind"), ("result/certificate/demand", [250000000, 0], "one price"),
    ("result/certificate/demand", 1, "list"),
    ("result/certificate/demand/0", 240000000, "prices"), ("result/certificate/group/0", 1, "below its maximum"),
    ("result/certificate/supplier/1", -1, "prices"), ("result/certificate/bound", 1, "bound"), ("result/certificate/total", 1, "total"),
    ("request/demand/max", 1.0, None), ("request/groups", [{"side": "supplier", "members": [i, i + 1]} for i in (0, 1)], "crosses"),
    ("request/groups", None, "one price"), ("request/groups/0", 0, "object"))


WRONG_REASON = (
    ("request/scores/1", [0.5], "differ"), ("request/scores/1", 0.5, "list"), ("request/supplier_scores", [[1, 1]], "fit"),
    ("request/supplier_scores", [[1, 1], [None, 1]], "number"), ("result/pairs", [[0, 1]], "infeasible"),
    ("result/reason/requirements/2", {"need": "demand_max", "index": 0}, "irreducible"), ("result/reason/irreducible", 1, "true"),
    ("result/reason/requirements/0/need", "q", "exist"), ("result/reason/requirements/0/index", 2, "exist"),
    ("result/reason/requirements/0/index", -1, "range"), ("result/reason/requirements/1", {"need": "demand_min", "index": 1}, "twice"),
    ("result/reason/cut/demands", [1, 1], "twice"), ("result/reason/cut/demands", [2], "range"), ("result/reason/cut/root", 0, "true"),
    ("result/reason/scale", 2, "scale"), ("result/reason/least", 2, "printed"), ("result/reason/cut", None, "lock"),
    ("request/waivable", {}, "may not be waived"), ("request/waivable", {"demand_min": 2}, "costs 2"),
    ("request/waivable", {"demand_min": True}, "whole"),
    ("request/barred", [[0, 0]], "barred"), ("result/repair/cost", 0, "cost"), ("result/repair/changes/0/from", 2, "is not 2"),
    ("result/repair/changes/0/to", 1, "not relaxed"), ("result/repair/changes/0/need", "veto", "exist"), ("result/repair/changes", [], "cost"),
    ("result/repair/pairs", [[0, 1], [0, 1]], "twice"), ("result/repair/pairs", [[1, 1]], "candidate"), ("result/repair/pairs", [[0, 0]], "keep"),
    ("result/repair", None, None))
WRONG_LEXIMIN = (
    ("result/pairs", [[0, 0], [0, 1]], "nothing needs it"), ("result/demand_totals", [0.5, 0], "each demand"),
    ("result/demand_bounds", [], "each demand"),
    ("result/demand_bounds/0", 0.6, "bound of demand"), ("result/certificate/stages", [], "missing"), ("result/certificate/stages/0", 1, "object"),
    ("result/certificate/stages/0/value", 2, "value"), ("result/certificate/stages/0/objective", "level", "missing"),
    ("result/certificate/stages/0/demand", [0], "object"), ("result/certificate/stages/0/demand", {"00": 1}, "no index"),
    ("result/certificate/stages/0/demand", {"1": 1}, "no demand 1"), ("result/certificate/stages/0/demand", {"٠": 1}, "no index"),
    ("result/certificate/stages/0/demand", {"0": 0}, None), ("result/certificate/stages/0/demand", {"0": 1}, "below its maximum"),
    ("result/certificate/stages/0/supplier", {"0": 0.5}, "whole"), ("result/certificate/stages/1", {"objective": "kept", "value": 0}, "place"))
WRONG_LOTS = (
    ("request/vetoes", [[0, 0]], "vetoed"), ("request/locks", [[0, 1]], "not sure"), ("request/groups", {}, "list"),
    ("request/q", 0, "q is not"), ("request/q", 1.5, "q is not"), ("request/q", 0.00009, "q is not"), ("request/q", 0.49999, "4999/10000"),
    ("request/q", 0.50001, None), ("request/q", "0.5", "number"), ("request/seed", -1, "range"), ("request/seed", 2, "seed"),
    ("result/certificate/marginals/0", [0, 0], "marginal"), ("result/certificate/marginals/0", [0, 1, 1], "ordered"),
    ("result/certificate/marginals/0/2", 2, "surer"), ("result/certificate/marginals/0/2", 0, "range"),
    ("result/certificate/generator", "dice", "generator"),
    ("result/certificate/rounding", "coins", "rounding"), ("result/expected", 0.6, "expected"), ("result/pairs", [[0, 0]], "draw"))


def check_malformed(checker):
    """→ faults."""
    faults = []
    for base, wrong in ((PRICES, WRONG_PRICES), (REASON, WRONG_REASON), (LEXIMIN, WRONG_LEXIMIN), (LOTS, WRONG_LOTS)):
        for path, value, word in (*wrong, ("result/text", "anything", None)):
            document = json.loads(json.dumps(base))
            holder, *names = document, *path.split("/")
            for name in names[:-1]:
                holder = holder[int(name) if isinstance(holder, list) else name]
            if isinstance(holder, list):
                holder[int(names[-1]):int(names[-1]) + 1] = [value]
            else:
                holder[names[-1]] = value
            why = verdict(checker, document)
            if (why is None) != (word is None) or word and word not in why:
                faults.append(f"{path} = {value!r}: {why}, expected {word}")
    return faults
