# SPDX-License-Identifier: Apache-2.0
"""The request of op assign, read independently of the engine."""
from typing import NamedTuple

from ieum_checker.reading import fixed, items, member, need, optional_items, whole

SIDE_MOST = 10 ** 6     # demands, suppliers
KINDS = ("demand", "supplier", "group")

class Limit(NamedTuple):
    kind: int           # in KINDS
    index: int          # of its kind
    of_demands: bool    # on which side its members are
    members: tuple
    low: int
    high: int | None    # None: no maximum

    def __str__(self):
        return f"{KINDS[self.kind]} {self.index}"


def bounds(spec, count, high, what):
    """Lists of minimums and maximums from a number or an array each."""
    def spread(value, standard):
        values = value if isinstance(value, list) else [value] * count
        need(len(values) == count, f"the bounds of {what} do not fit its number")
        return [standard if one is None else whole(one, f"a bound of {what}", 0) for one in values]

    if spec is None:
        return [0] * count, [high] * count
    need(isinstance(spec, dict), f"the bounds of {what} are no object")
    return spread(spec.get("min"), 0), spread(spec.get("max"), None)


class Problem:
    """The request, read independently of the engine. Candidate pairs ("edges") and limits are numbered; limits are the
    demands, then the suppliers, then the groups."""

    def __init__(self, request):
        self.request = request
        need(isinstance(request, dict), "the request is no object")
        self.read_scores(request)
        self.locks, self.vetoes = self.read_pairs(request, "locks"), self.read_pairs(request, "vetoes")
        self.locked = {self.edge_at[pair] for pair in self.locks if pair in self.edge_at}
        self.vetoed = {self.edge_at[pair] for pair in self.vetoes if pair in self.edge_at}
        self.limits = []
        for kind, count, most in ((0, self.demands, 1), (1, self.suppliers, None)):
            lows, highs = bounds(request.get(KINDS[kind]), count, most, KINDS[kind])
            self.limits += [Limit(kind, i, kind == 0, (i,), lows[i], highs[i]) for i in range(count)]
        for i, group in enumerate(optional_items(request, "groups")):
            self.limits.append(self.read_group(i, group))
        self.first = (0, self.demands, self.demands + self.suppliers)
        self.counts = (self.demands, self.suppliers, len(self.limits) - self.first[2])
        need(all(limit.high is None or limit.low <= limit.high for limit in self.limits),
             "a minimum is above its maximum")
        self.around = self.nest()

    def read_scores(self, request):
        rows, edges, theirs = request.get("scores"), request.get("edges"), request.get("supplier_scores")
        need((rows is None) != (edges is None), "there must be either scores or edges")
        if rows is None:
            size = items(member(request, "size"), "size")
            need(len(size) == 2, "size is not a pair")
            self.demands, self.suppliers = (whole(count, "size", 0, SIDE_MOST + 1) for count in size)
            need(all(isinstance(edge, list) and len(edge) == 3 for edge in items(edges, "edges")),
                 "an edge is no triple")
            pairs = [self.read_pair(edge[:2], "an edge") for edge in edges]
            ours = [edge[2] for edge in edges]
            theirs = ours if theirs is None else items(theirs, "supplier_scores")
            need(len(theirs) == len(edges), "supplier_scores do not fit the edges")
        else:
            self.check_matrix(rows)
            self.demands, self.suppliers = len(rows), len(rows[0]) if rows else 0
            need(max(self.demands, self.suppliers) <= SIDE_MOST, "the scores are too many")
            pairs = [(d, s) for d, row in enumerate(rows) for s, score in enumerate(row) if score is not None]
            ours = [score for row in rows for score in row if score is not None]
            if theirs is not None:
                self.check_matrix(theirs)
                need(len(theirs) == self.demands and (not rows or len(theirs[0]) == self.suppliers),
                     "supplier_scores do not fit the scores")
            theirs = ours if theirs is None else [theirs[d][s] for d, s in pairs]
        self.edge_at = {pair: edge for edge, pair in enumerate(pairs)}
        need(len(self.edge_at) == len(pairs), "an edge is given twice")
        self.demand, self.supplier = [d for d, _ in pairs], [s for _, s in pairs]
        self.score = [fixed(score) for score in ours]
        self.their_score = self.score if theirs is ours else [fixed(score) for score in theirs]

    @staticmethod
    def check_matrix(rows):
        need(all(isinstance(row, list) for row in items(rows, "scores")), "a row of scores is no list")
        need(all(len(row) == len(rows[0]) for row in rows), "the rows of scores differ in length")

    def read_pair(self, value, what):
        need(isinstance(value, list) and len(value) == 2, f"{what} is not [demand, supplier]")
        return tuple(whole(i, what, 0, count) for i, count in zip(value, (self.demands, self.suppliers)))

    def read_pairs(self, holder, name):
        return [self.read_pair(value, f"a pair of {name!r}") for value in optional_items(holder, name)]

    def read_group(self, i, group):
        side = member(group, "side")
        need(side in ("demand", "supplier"), f"group {i} has no side")
        count = self.demands if side == "demand" else self.suppliers
        members = items(member(group, "members"), "members")
        members = tuple(whole(m, f"a member of group {i}", 0, count) for m in members)
        need(members and len(set(members)) == len(members), f"group {i} has no member, or one twice")
        low, high = group.get("min", 0), group.get("max")
        return Limit(2, i, side == "demand", members, whole(low, f"the minimum of group {i}", 0),
                     None if high is None else whole(high, f"the maximum of group {i}", 0))

    def nest(self):
        """The innermost group around each limit, None: the root. Of two equal groups the later is inside."""
        around = [None] * len(self.limits)
        groups = sorted(range(self.first[2], len(self.limits)), key=lambda k: (-len(self.limits[k].members), k))
        for k in groups:
            holders = [(0 if self.limits[k].of_demands else self.first[1]) + m for m in self.limits[k].members]
            found = {around[m] for m in holders}
            need(len(found) <= 1, f"group {self.limits[k].index} crosses another")
            around[k] = found.pop()
            for m in holders:
                around[m] = k
        return around

    def pair(self, edge):
        return [self.demand[edge], self.supplier[edge]]

    def sum_by_limit(self, amounts):
        """The load of every limit, for amounts by edge."""
        side = [0] * self.suppliers, [0] * self.demands
        for edge, amount in amounts.items():
            side[1][self.demand[edge]] += amount
            side[0][self.supplier[edge]] += amount
        return [sum(side[limit.of_demands][m] for m in limit.members) for limit in self.limits]

    def spread_prices(self, prices):
        """What stands over each demand and over each supplier, for prices by limit."""
        over = [0] * self.suppliers, [0] * self.demands
        for k, price in prices.items():
            for m in self.limits[k].members:
                over[self.limits[k].of_demands][m] += price
        return over[1], over[0]
