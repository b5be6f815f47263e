# SPDX-License-Identifier: Apache-2.0
"""Method random: the chances, their proof, and the draw done again."""
import math
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from ieum_checker.prices import check_kind, check_printed, prove_total, read_prices
from ieum_checker.promises import check_chosen, check_given, check_loads
from ieum_checker.reading import items, member, need, number, same_amount, whole

class Random:
    """xoshiro256** (Blackman & Vigna 2021), its state from SplitMix64."""
    MASK = 2 ** 64 - 1

    def __init__(self, seed):
        self.state = []
        for _ in range(4):
            seed = (seed + 0x9E3779B97F4A7C15) & self.MASK
            z = ((seed ^ seed >> 30) * 0xBF58476D1CE4E5B9) & self.MASK
            z = ((z ^ z >> 27) * 0x94D049BB133111EB) & self.MASK
            self.state.append(z ^ z >> 31)

    def turn(self, value, by):
        return (value << by | value >> 64 - by) & self.MASK

    def next(self):
        s = self.state
        result = self.turn(s[1] * 5 & self.MASK, 7) * 9 & self.MASK
        shifted = s[1] << 17 & self.MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = self.turn(s[3], 45)
        return result

    def below(self, bound):
        """Values in the last, incomplete run are drawn again, so that all have the same chance."""
        while (value := self.next()) < 2 ** 64 % bound:
            pass
        return value % bound


class Rounding:
    """bihierarchy-cycles-1: flow goes round cycles of fractional arcs until every load is whole. An arc: [tail, head, flow]."""

    def __init__(self, problem, marginals, load, scale):
        self.scale, root = scale, len(problem.limits)
        self.arcs = []
        for k, limit in enumerate(problem.limits):
            outer = root if problem.around[k] is None else problem.around[k]
            self.arcs.append([outer, k, load[k]] if limit.of_demands else [k, outer, load[k]])
        for edge, amount in marginals.items():
            self.arcs.append([problem.demand[edge], problem.first[1] + problem.supplier[edge], amount])
        self.at = [[] for _ in range(root + 1)]     # fractional arcs at a node, the lowest index last
        for arc in reversed(range(len(self.arcs))):
            if self.fractional(arc):
                self.at[self.arcs[arc][0]].append(arc)
                self.at[self.arcs[arc][1]].append(arc)

    def fractional(self, arc):
        return self.arcs[arc][2] % self.scale != 0

    def lowest_at(self, node, used):
        """The lowest fractional arc at the node other than the used one. Whole arcs stay whole: they are dropped."""
        here = self.at[node]
        while not self.fractional(here[-1]):
            here.pop()
        if here[-1] != used:
            return here[-1]
        while not self.fractional(here[-2]):
            del here[-2]
        return here[-2]

    def find_cycle(self, arc):
        """[(arc, walked forward?)] of the cycle that the walk from this arc's tail closes."""
        node, used = self.arcs[arc][0], None
        visited, walked = {node: 0}, []
        while True:
            used = arc if used is None else self.lowest_at(node, used)
            forward = self.arcs[used][0] == node
            node = self.arcs[used][1 if forward else 0]
            walked.append((used, forward))
            if node in visited:
                return walked[visited[node]:]
            visited[node] = len(walked)

    def draw(self, random):
        for arc in range(len(self.arcs)):
            while self.fractional(arc):
                cycle = self.find_cycle(arc)
                above = [self.arcs[a][2] % self.scale for a, _ in cycle]
                up = min(self.scale - rest if forward else rest for rest, (_, forward) in zip(above, cycle))
                down = min(rest if forward else self.scale - rest for rest, (_, forward) in zip(above, cycle))
                step = up if random.below(up + down) < down else -down
                for a, forward in cycle:
                    self.arcs[a][2] += step if forward else -step


def limit_of_chance(problem):
    """q as (numerator, denominator), rounded down to four decimals."""
    q = number(problem.request.get("q", 1), "q")
    share = Fraction(math.floor(Decimal(repr(q)) * 10000), 10000)
    need(0 < share <= 1, "q is not in (0, 1]")
    return share.numerator, share.denominator


def read_marginals(problem, certificate, share, scale):
    marginals, order = {}, []
    for one in items(member(certificate, "marginals"), "marginals"):
        need(isinstance(one, list) and len(one) == 3, "a marginal is not [demand, supplier, chance]")
        pair = problem.read_pair(one[:2], "a marginal")
        need(pair in problem.edge_at, f"{list(pair)} has a chance and is no candidate pair")
        edge = problem.edge_at[pair]
        marginals[edge] = whole(one[2], "a marginal", 1, scale + 1)
        need(marginals[edge] <= share or edge in problem.locked, f"{list(pair)} is surer than q")
        order.append(pair)
    need(all(one < other for one, other in pairwise(order)), "the marginals are not ordered, or one stands twice")
    check_given(problem, marginals)
    need(all(marginals[edge] == scale for edge in problem.locked), "a locked pair is not sure")
    return marginals


def check_random(problem, result, report):
    certificate = member(result, "certificate")
    check_kind(certificate, "marginals")
    share, scale = limit_of_chance(problem)
    printed = tuple(whole(member(certificate, name), name) for name in ("q", "denominator"))
    need(printed == (share, scale), f"q is not {share}/{scale}")
    need(member(certificate, "generator") == "splitmix64-xoshiro256**", "the generator is not known to this checker")
    need(member(certificate, "rounding") == "bihierarchy-cycles-1", "the rounding is not known to this checker")
    seed = whole(problem.request.get("seed", 1), "seed", 0, 2 ** 64)
    need(whole(member(certificate, "seed"), "seed") == seed, "the seed is not that of the request")
    marginals = read_marginals(problem, certificate, share, scale)
    load = problem.sum_by_limit(marginals)
    check_loads(problem, load, scale)
    total = prove_total(problem, read_prices(problem, certificate), marginals, load, share, scale)
    check_printed(certificate, total)
    need(same_amount(member(result, "expected"), total, scale), "the printed expected total is not that of the chances")
    report.append((f"어느 쌍의 확률도 {share}/{scale}을(를) 넘지 않고(고정 제외), 기대 합계가 쌍대 상한과 같아 가장 큽니다.",
                   f"No chance is above {share}/{scale} (locks excepted); the expected total equals the dual bound: "
                   "none is greater."))
    chosen, _, _ = check_chosen(problem, result, report)
    rounding = Rounding(problem, marginals, load, scale)
    rounding.draw(Random(seed))
    drawn = {edge for edge, arc in zip(marginals, rounding.arcs[len(problem.limits):]) if arc[2]}
    need(drawn == chosen, "the draw, repeated with this seed, gives other pairs")
    report.append((f"씨앗 {seed}(으)로 추첨을 되풀이하면 적힌 쌍이 그대로 나옵니다.",
                   f"The draw, repeated with seed {seed}, gives exactly these pairs."))
    report.append(("확인하지 않음: 씨앗이나 그 약속을 추첨 전에 내보였는지.",
                   "Not checked: that the seed, or a commitment to it, was shown before the draw."))
