# SPDX-License-Identifier: Apache-2.0
"""A whole document: which checks its method and status ask for."""
from ieum_checker.infeasible import check_reason
from ieum_checker.lexicographic import check_lexicographic
from ieum_checker.lottery import check_random
from ieum_checker.prices import check_max_sum
from ieum_checker.problem import Problem
from ieum_checker.reading import Invalid, member, need
from ieum_checker.repair import check_repair
from ieum_checker.rounds import read_round
from ieum_checker.stable import check_not_stable, check_stable

METHODS = ("max_sum", "leximin", "rematch", "stable", "random")

def check_infeasible(problem, result, method, report):
    need(not result.get("pairs"), "there are pairs, though the status is infeasible")
    reason = member(result, "reason")
    if method == "stable" and isinstance(reason, dict) and reason.get("kind") == "stable":
        check_not_stable(problem, reason, report)
    else:
        check_reason(problem, reason, method == "random", report)
    if result.get("repair") is not None:
        check_repair(problem, result["repair"], report)
    elif "repair" in result:
        report.append(("확인하지 않음: 풀어도 되는 조건만으로는 고칠 수 없는지.", "Not checked: that nothing that may be waived helps."))


def check_result(request, result, report):
    problem = Problem(request)
    asked = request.get("method", "max_sum")
    previous = asked == "rematch" or asked == "max_sum" and request.get("previous") is not None
    method = "rematch" if previous else asked
    need(isinstance(result, dict), "the result is no object")
    need(isinstance(asked, str) and method in METHODS, f"method {asked!r} is not known to this checker")
    need(result.get("method", method) in (method, asked), "the result is of another method than was asked for")
    status = member(result, "status")
    need(status in ("optimal", "infeasible"), "the status is neither optimal nor infeasible")
    if status == "infeasible":
        check_infeasible(problem, result, method, report)
    elif method in ("leximin", "rematch"):
        check_lexicographic(problem, result, report, method == "rematch")
    else:
        {"max_sum": check_max_sum, "stable": check_stable, "random": check_random}[method](problem, result, report)


def check(document, report=None):
    """Raises Invalid; adds (Korean, English) lines on what was checked to the report."""
    report = [] if report is None else report
    try:
        need(isinstance(document, dict), "the document is no object")
        if "request" in document:
            request, result = document["request"], member(document, "result")
        else:
            request, result = read_round(document.get("result", document), report)
        check_result(request, result, report)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        raise Invalid(f"the document is not as expected ({type(error).__name__}: {error})") from error
