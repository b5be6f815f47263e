# SPDX-License-Identifier: Apache-2.0
"""Small assignment problems solved by going through every assignment. What the tests of the checker hold it against.

Shares no code with the engine nor with the checker, and goes other ways than both: optimal is what no other assignment beats,
prices come from Bellman-Ford on the residual network, and they prove something when the Lagrangian bound they give is reached.
"""
import functools
import json
from decimal import Decimal

INFINITE = 10 ** 30
LIMIT_KINDS = ("demand", "supplier", "group")


def units(score):
    return int((Decimal(repr(score)) * 10 ** 9).to_integral_value("ROUND_HALF_UP"))


class Instance:
    """A request of op assign. An assignment is a bit mask over the candidate pairs."""

    def __init__(self, request):
        self.request, self.best_keys = request, {}
        theirs = request.get("supplier_scores")
        if "edges" in request:
            self.size = tuple(request["size"])
            rows = [(d, s, score, score if theirs is None else theirs[i]) for i, (d, s, score) in enumerate(request["edges"])]
        else:
            matrix = request["scores"]
            self.size = len(matrix), len(matrix[0]) if matrix else 0
            rows = [(d, s, score, score if theirs is None else theirs[d][s])
                    for d, row in enumerate(matrix) for s, score in enumerate(row) if score is not None]
        if not all(0 <= count <= 100 for count in self.size) or len(rows) > 16:
            raise ValueError("too large to go through every assignment")
        self.pairs = [(d, s) for d, s, _, _ in rows]
        self.at = {pair: e for e, pair in enumerate(self.pairs)}
        self.score = [units(score) for _, _, score, _ in rows]
        self.theirs = [units(score) for _, _, _, score in rows]
        self.locks = [tuple(pair) for pair in request.get("locks") or []]
        self.vetoes = [tuple(pair) for pair in request.get("vetoes") or []]
        self.locked = sum(1 << self.at[pair] for pair in set(self.locks) if pair in self.at)
        self.vetoed = sum(1 << self.at[pair] for pair in set(self.vetoes) if pair in self.at)
        self.read_limits(request)

    def read_limits(self, request):
        self.names, self.low, self.high, members = [], [], [], []
        for side, kind in enumerate(("demand", "supplier")):
            spec = request.get(kind)
            default = 1 if kind == "demand" and spec is None else None
            for i in range(self.size[side]):
                low, high = (value[i] if isinstance(value, list) else value
                             for value in ((spec or {}).get("min"), (spec or {}).get("max", default)))
                self.names.append((kind, i))
                self.low.append(low or 0)
                self.high.append(high)
                members.append((side, {i}))
        for g, group in enumerate(request.get("groups") or []):
            self.names.append(("group", g))
            self.low.append(group.get("min", 0))
            self.high.append(group.get("max"))
            members.append((0 if group["side"] == "demand" else 1, set(group["members"])))
        self.members = members
        self.under = [sum(1 << e for e, pair in enumerate(self.pairs) if pair[side] in those) for side, those in members]
        groups = members[sum(self.size):]
        self.sane = (all(high is None or low <= high for low, high in zip(self.low, self.high))
                     and all(those for _, those in groups)
                     and all(side != other or a <= b or b <= a or not a & b for side, a in groups for other, b in groups))

    # ---- every assignment ----

    def keeps_given(self, x):
        return x & self.locked == self.locked and not x & self.vetoed and all(pair in self.at for pair in self.locks)

    def loads(self, x):
        return [(x & mask).bit_count() for mask in self.under]

    def keeps_limits(self, x, which=None):
        return all(self.low[k] <= load and (self.high[k] is None or load <= self.high[k])
                   for k, load in enumerate(self.loads(x)) if which is None or self.names[k][0] in which)

    @functools.cached_property
    def feasible(self):
        return [x for x in range(1 << len(self.pairs)) if self.keeps_given(x) and self.keeps_limits(x)] if self.sane else []

    def total(self, x):
        return sum(score for e, score in enumerate(self.score) if x >> e & 1)

    def chosen(self, x):
        return sorted(self.pairs[e] for e in range(len(self.pairs)) if x >> e & 1)

    def mask(self, pairs):
        """None for pairs that are no candidates or stand twice."""
        pairs = [tuple(pair) for pair in pairs]
        if len(set(pairs)) < len(pairs) or not set(pairs) <= set(self.at):
            return None
        return sum(1 << self.at[pair] for pair in pairs)

    # ---- the best ones, by definition ----

    def leximin_key(self, x):
        return sorted(score if x >> e & 1 else 0 for e, score in enumerate(self.score))

    def rematch_key(self, x):
        previous = {tuple(pair) for pair in self.request.get("previous") or []}
        on = [e for e in range(len(self.pairs)) if x >> e & 1]
        return sum(self.score[e] > 0 for e in on), sum(self.pairs[e] in previous for e in on), self.total(x)

    def key(self, method):
        return {"max_sum": self.total, "leximin": self.leximin_key, "rematch": self.rematch_key}[method]

    def best(self, method):
        if method not in self.best_keys:
            self.best_keys[method] = max(map(self.key(method), self.feasible), default=None)
        return self.best_keys[method]

    def has_idle_pair(self, x):
        """A chosen pair of score 0 that can be left out."""
        return any(x >> e & 1 and not score and not self.locked >> e & 1 and self.keeps_limits(x ^ 1 << e)
                   for e, score in enumerate(self.score))

    # ---- stable ----

    @functools.cached_property
    def acceptable(self):
        return sum(1 << e for e in range(len(self.pairs)) if self.score[e] > 0 and self.theirs[e] > 0
                   and not (self.locked | self.vetoed) >> e & 1)

    def blocks(self, x, e, strict):
        """strict: of equal scores the lower index is liked better."""
        d, s = self.pairs[e]
        if x >> e & 1 or not self.acceptable >> e & 1:
            return False
        for k, like in ((d, lambda i: (self.score[i], -self.pairs[i][1] * strict)),
                        (self.size[0] + s, lambda i: (self.theirs[i], -self.pairs[i][0] * strict))):
            mine = x & self.under[k]
            loose = [i for i in range(len(self.pairs)) if (mine & ~self.locked) >> i & 1]
            if self.high[k] is not None and mine.bit_count() >= self.high[k] and not any(like(i) < like(e) for i in loose):
                return False
        return True

    @functools.cached_property
    def within_places(self):
        """Locks and acceptable pairs within the maximums of both sides, whatever the minimums and groups."""
        return [x for x in range(1 << len(self.pairs)) if self.keeps_given(x) and not x & ~self.locked & ~self.acceptable
                and all(high is None or (x & mask).bit_count() <= high
                        for mask, high in zip(self.under[:sum(self.size)], self.high))]

    def stable_ones(self, strict):
        return [x for x in self.within_places if not any(self.blocks(x, e, strict) for e in range(len(self.pairs)))]

    @functools.cached_property
    def stable_best(self):
        """The stable assignment in which every demand has what it likes best of all that stable assignments give it."""
        def prefers(x, y):
            for d in range(self.size[0]):
                pool = sorted((e for e in range(len(self.pairs)) if (x | y) & self.under[d] & ~self.locked & 1 << e),
                              key=lambda e: (-self.score[e], self.pairs[e][1]))
                own = (x & self.under[d] & ~self.locked).bit_count()
                if sum(1 << e for e in pool[:own]) != x & self.under[d] & ~self.locked:
                    return False
            return True

        stable = self.stable_ones(True)
        best = [x for x in stable if all(prefers(x, y) for y in stable)]
        assert len(best) <= 1 and (best or not stable)
        return best[0] if best else None

    @functools.cached_property
    def ties(self):
        on = [e for e in range(len(self.pairs)) if self.score[e] > 0 and self.theirs[e] > 0]
        return any(self.pairs[e][side] == self.pairs[f][side] and table[e] == table[f]
                   for side, table in ((0, self.score), (1, self.theirs)) for e in on for f in on if e < f)

    def broken(self, x):
        return {(f"{kind}_{'min' if load < low else 'max'}", i) for (kind, i), load, low, high
                in zip(self.names, self.loads(x), self.low, self.high) if load < low or high is not None and load > high}

    # ---- the network: root -> groups -> demand -> supplier -> groups -> root ----

    @functools.cached_property
    def ends(self):
        """(tail, head) of the arc of every limit, then of every pair; the root is the node after all limits."""
        root, ends = len(self.names), []
        for k, (side, those) in enumerate(self.members):
            around = [g for g in range(sum(self.size), root) if self.members[g][0] == side and those <= self.members[g][1]
                      and g != k and (self.names[k][0] != "group" or those != self.members[g][1] or g < k)]
            outer = min(around, key=lambda g: (len(self.members[g][1]), -g), default=root)
            ends.append((outer, k) if side == 0 else (k, outer))
        return ends + [(d, self.size[0] + s) for d, s in self.pairs]

    def prices(self, gain, amount, cap, scale, free, fixed_limits, backward):
        """Prices that prove `amount` best for `gain`, from shortest paths in the residual network."""
        arcs, loads = [], [sum(amount[e] for e in range(len(self.pairs)) if mask >> e & 1) for mask in self.under]
        for k, load in enumerate(loads):
            tail, head = self.ends[k]
            if k in fixed_limits:
                continue
            if self.high[k] is None or load < self.high[k] * scale:
                arcs.append((tail, head, 0))
            if load > self.low[k] * scale:
                arcs.append((head, tail, 0))
        for e, (tail, head) in enumerate(self.ends[len(self.names):]):
            if free[e] and amount[e] < cap:
                arcs.append((tail, head, -gain[e]))
            if free[e] and amount[e] > 0:
                arcs.append((head, tail, gain[e]))
        if backward:
            arcs = [(head, tail, cost) for tail, head, cost in arcs]
        distance, changed = [0] * (len(self.names) + 1), 1
        while changed:
            changed += 1
            assert changed < len(distance) + 3, "not the best: a negative cycle"
            before = list(distance)
            for tail, head, cost in arcs:
                distance[head] = min(distance[head], distance[tail] + cost)
            changed = changed if before != distance else 0
        if backward:
            distance = [-one for one in distance]
        return [distance[head] - distance[tail] for tail, head in self.ends[:len(self.names)]]

    def bound(self, gain, prices, amount, cap, scale, free, fixed_limits):
        """The Lagrangian bound of these prices: no amounts that differ only in what is free gain more."""
        total, over = 0, list(gain)
        for k, price in enumerate(prices):
            load = sum(amount[e] for e in range(len(self.pairs)) if self.under[k] >> e & 1)
            most = INFINITE if self.high[k] is None else self.high[k] * scale
            total += price * (load if k in fixed_limits else most if price > 0 else self.low[k] * scale)
            for e in range(len(self.pairs)):
                over[e] -= price if self.under[k] >> e & 1 else 0
        return total + sum(max(0, over[e]) * cap if free[e] else over[e] * amount[e] for e in range(len(self.pairs)))

    # ---- amounts between 0 and 1 ----

    def flow(self, cap, scale, named=None):
        """Greatest total with amounts of at most cap/scale (locked: 1), by cancelling negative cycles; None: there is none.
        named: keep these requirements only."""
        def counts(word, index):
            return named is None or (word, index) in named

        penalty, segments = 10 ** 16, []        # tail, head, room, cost
        for k, (kind, i) in enumerate(self.names):
            low = self.low[k] * scale if counts(f"{kind}_min", i) else 0
            high = self.high[k] * scale if counts(f"{kind}_max", i) and self.high[k] is not None else INFINITE
            segments += [[*self.ends[k], low, -penalty], [*self.ends[k], max(0, high - low), 0]]
            if high < low:
                return None
        locked = {pair for i, pair in enumerate(self.locks) if counts("lock", i)}
        vetoed = {pair for i, pair in enumerate(self.vetoes) if counts("veto", i)}
        if any(pair not in self.at or pair in vetoed for pair in locked):
            return None
        for e, (pair, ends) in enumerate(zip(self.pairs, self.ends[len(self.names):])):
            most = 0 if pair in vetoed else scale if pair in self.locks or not counts("q", 0) else cap
            low = scale if pair in locked else 0
            segments += [[*ends, low, -penalty - self.score[e]], [*ends, max(0, most - low), -self.score[e]]]
        need = sum(room for _, _, room, cost in segments if cost < -penalty // 2)
        flow = cancel_cycles(len(self.names) + 1, segments)
        if sum(flow[i] for i, segment in enumerate(segments) if segment[3] < -penalty // 2) < need:
            return None
        first = 2 * len(self.names)
        return [flow[first + 2 * e] + flow[first + 2 * e + 1] for e in range(len(self.pairs))]

    def weigh(self, inside, named, cap, scale):
        """(least, room) of a cut, a set of nodes; None: it can be left through a maximum that is not named."""
        least = room = 0
        most = (len(self.pairs) + 1) * scale
        for k, (kind, i) in enumerate(self.names):
            tail, head = (node in inside for node in self.ends[k])
            if head and not tail and (f"{kind}_min", i) in named:
                least += min(self.low[k] * scale, most)
            if tail and not head:
                if (f"{kind}_max", i) not in named or self.high[k] is None:
                    return None
                room += min(self.high[k] * scale, most)
        locked, vetoed = ({pairs[i] for word, i in named if word == name}
                          for name, pairs in (("lock", self.locks), ("veto", self.vetoes)))
        for pair, ends in zip(self.pairs, self.ends[len(self.names):]):
            tail, head = (node in inside for node in ends)
            least += scale if head and not tail and pair in locked else 0
            if tail and not head and pair not in vetoed:
                room += cap if ("q", 0) in named and pair not in self.locks else scale
        return least, room


def cancel_cycles(nodes, segments):
    flow = [0] * len(segments)
    while True:
        distance, via, touched = [0] * nodes, [None] * nodes, None
        for _ in range(nodes):
            touched = None
            for i, (tail, head, room, cost) in enumerate(segments):
                for start, end, left, price in ((tail, head, room - flow[i], cost), (head, tail, flow[i], -cost)):
                    if left > 0 and distance[start] + price < distance[end]:
                        distance[end], via[end], touched = distance[start] + price, (start, i, 1 if start == tail else -1), end
            if touched is None:
                return flow
        for _ in range(nodes):
            touched = via[touched][0]
        cycle, node = [], touched
        while not cycle or node != touched:
            node, i, sign = via[node]
            cycle.append((i, sign))
        step = min(segments[i][2] - flow[i] if sign > 0 else flow[i] for i, sign in cycle)
        for i, sign in cycle:
            flow[i] += sign * step


@functools.lru_cache(maxsize=512)
def instance_of(text):
    return Instance(json.loads(text))


def read(request):
    return instance_of(json.dumps(request))


# ---- the draw ----

def random_numbers(seed):
    """SplitMix64 and xoshiro256**, straight from their descriptions."""
    wrap, state = 2 ** 64, []
    for i in range(1, 5):
        z = (seed + i * 0x9E3779B97F4A7C15) % wrap
        z = (z ^ z // 2 ** 30) * 0xBF58476D1CE4E5B9 % wrap
        z = (z ^ z // 2 ** 27) * 0x94D049BB133111EB % wrap
        state.append(z ^ z // 2 ** 31)
    a, b, c, d = state
    while True:
        five = b * 5 % wrap
        yield (five * 2 ** 7 % wrap + five // 2 ** 57) * 9 % wrap
        a, b, c, d = a ^ b ^ d, a ^ b ^ c, a ^ c ^ b * 2 ** 17 % wrap, b ^ d
        d = d * 2 ** 45 % wrap + d // 2 ** 19


def draw(instance, marginals, scale, seed):
    """bihierarchy-cycles-1, looking through all arcs at every step. marginals: [(edge, amount)] in the order listed. → mask"""
    numbers = random_numbers(seed)
    arcs = [[*instance.ends[k], sum(m for e, m in marginals if mask >> e & 1)] for k, mask in enumerate(instance.under)]
    arcs += [[*instance.ends[len(instance.names) + e], m] for e, m in marginals]
    while any(arc[2] % scale for arc in arcs):
        broken = [i for i, arc in enumerate(arcs) if arc[2] % scale]
        walk, nodes, last = [], [arcs[broken[0]][0]], None
        while len(set(nodes)) == len(nodes):
            last = next(i for i in broken if i != last and nodes[-1] in arcs[i][:2])
            walk.append((last, nodes[-1] == arcs[last][0]))
            nodes.append(arcs[last][1] if walk[-1][1] else arcs[last][0])
        walk = walk[nodes.index(nodes[-1]):]
        rest = [(i, ahead, arcs[i][2] % scale) for i, ahead in walk]
        up = min(scale - part if ahead else part for _, ahead, part in rest)
        down = min(part if ahead else scale - part for _, ahead, part in rest)
        number = next(n for n in numbers if n >= 2 ** 64 % (up + down)) % (up + down)
        for i, ahead, _ in rest:
            arcs[i][2] += (up if number < down else -down) * (1 if ahead else -1)
    return sum(1 << e for (e, _), arc in zip(marginals, arcs[len(instance.names):]) if arc[2])
