# SPDX-License-Identifier: Apache-2.0
"""Prices of limits, and what they prove about a total: method max_sum."""
from ieum_checker.problem import KINDS
from ieum_checker.promises import check_chosen
from ieum_checker.reading import items, member, need, whole

def check_kind(certificate, kind):
    need(member(certificate, "kind") == kind, f"the certificate is not of kind {kind}")
    need(certificate.get("unit", 1e-9) == 1e-9, "the certificate counts in another unit")


def read_prices(problem, certificate):
    prices = {}
    for kind, word in enumerate(KINDS):
        listed = items(member(certificate, word), f"the prices of {word}")
        need(len(listed) == problem.counts[kind], f"there is not one price for each {word}")
        prices.update((problem.first[kind] + i, whole(price, "a price")) for i, price in enumerate(listed))
    return {k: price for k, price in prices.items() if price}


def read_sparse_prices(problem, stage):
    prices = {}
    for kind, word in enumerate(KINDS):
        listed = stage.get(word, {})
        need(isinstance(listed, dict), f"the prices of {word} are no object")
        for text, price in listed.items():
            need(text.isascii() and text.isdigit() and text == str(int(text[:9])), f"{text!r} is no index of a {word}")
            need(int(text) < problem.counts[kind], f"there is no {word} {text}")
            prices[problem.first[kind] + int(text)] = whole(price, "a price")
    return {k: price for k, price in prices.items() if price}


def check_slack(problem, prices, load, fixed_limits=(), scale=1):
    """A price stands only where its limit binds."""
    for k, price in prices.items():
        limit = problem.limits[k]
        if k in fixed_limits:
            continue
        need(price < 0 or limit.high is not None and load[k] == limit.high * scale,
             f"{limit} is below its maximum and has a price")
        need(price > 0 or load[k] == limit.low * scale, f"{limit} is above its minimum and has a negative price")


def prove_total(problem, prices, amounts, load, share, scale):
    """The prices prove that no amounts within 0..share (locked ones: scale) exceed these. → the total, which is the bound."""
    check_slack(problem, prices, load, scale=scale)
    over_demand, over_supplier = problem.spread_prices(prices)
    bound = 0
    for k, price in prices.items():
        bound += price * scale * (problem.limits[k].high if price > 0 else problem.limits[k].low)
    for edge, score in enumerate(problem.score):
        worth = score - over_demand[problem.demand[edge]] - over_supplier[problem.supplier[edge]]
        amount = amounts.get(edge, 0)
        if edge in problem.locked:
            bound += worth * scale
        elif edge not in problem.vetoed:
            need((worth >= 0 or amount == 0) and (worth <= 0 or amount == share),
                 f"the prices do not support what was decided about {problem.pair(edge)}")
            bound += max(0, worth) * share
    total = sum(problem.score[edge] * amount for edge, amount in amounts.items())
    need(bound == total, f"the bound is {bound}, the total {total}")
    return total


def check_printed(certificate, total):
    for name in ("total", "bound"):
        need(whole(member(certificate, name), name) == total, f"the certificate's {name} should be {total}")


def check_max_sum(problem, result, report):
    chosen, load, total = check_chosen(problem, result, report)
    certificate = member(result, "certificate")
    check_kind(certificate, "prices")
    prove_total(problem, read_prices(problem, certificate), dict.fromkeys(chosen, 1), load, 1, 1)
    check_printed(certificate, total)
    report.append(("쌍대 가격의 상한이 합계와 같습니다. 어떤 배정도 이 합계를 넘지 못합니다.",
                   "The bound by the dual prices equals the total: no assignment has a greater one."))
