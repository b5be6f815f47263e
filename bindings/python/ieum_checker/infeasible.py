# SPDX-License-Identifier: Apache-2.0
"""Why there is no assignment: named requirements that contradict each other, by a cut."""
import math

from ieum_checker.lottery import limit_of_chance
from ieum_checker.problem import KINDS
from ieum_checker.promises import read_named
from ieum_checker.reading import items, member, need, truth, whole

def check_named(problem, named, random):
    counts = {"lock": len(problem.locks), "veto": len(problem.vetoes), "q": 1 if random else 0}
    for kind, word in enumerate(KINDS):
        counts[f"{word}_min"] = counts[f"{word}_max"] = problem.counts[kind]
    for word, index in named:
        need(isinstance(word, str) and word in counts, f"{word!r} is no requirement")
        need(index < counts[word], f"{word} {index} does not exist")


def check_impossible_lock(problem, reason, named):
    words = sorted(word for word, _ in named)
    need(words in (["lock"], ["lock", "veto"]), "without a cut, the reason must be a lock")
    index = dict(named)
    lock = problem.locks[index["lock"]]
    if "veto" in index:
        need(problem.vetoes[index["veto"]] == lock, f"{list(lock)} is locked, but not vetoed")
    else:
        need(lock not in problem.edge_at, f"{list(lock)} is locked, but it is a candidate pair")
    least, room = (whole(member(reason, name), name) for name in ("least", "room"))
    need(least in (1, reason.get("scale", 1)) and room == 0, "one pair must be there and none can")


def read_cut(problem, cut):
    inside = []
    for word, count in zip(("demands", "suppliers", "groups"), problem.counts):
        places = [whole(i, "a place of the cut", 0, count) for i in items(member(cut, word), f"cut/{word}")]
        inside.append(set(places))
        need(len(inside[-1]) == len(places), "a place of the cut is named twice")
    return inside, truth(member(cut, "root"), "cut/root")


def weigh_cut(problem, cut, named, share, scale):
    """(least, room, what each named requirement adds to their difference)."""
    inside, root = read_cut(problem, cut)
    weight, most_pairs = dict.fromkeys(named, 0), len(problem.score) + 1
    least = room = 0
    for k, limit in enumerate(problem.limits):
        outer = problem.around[k]
        own = limit.index in inside[limit.kind]
        around = root if outer is None else outer - problem.first[2] in inside[2]
        if own == around:
            continue
        enters = own == limit.of_demands
        key = f"{KINDS[limit.kind]}_{'min' if enters else 'max'}", limit.index
        if enters and key in weight:
            weight[key] = min(limit.low, most_pairs) * scale
            least += weight[key]
        elif not enters:
            need(key in weight and limit.high is not None, f"the cut can be left through {limit}")
            weight[key] = math.inf
            room += min(limit.high, most_pairs) * scale
    locks, vetoes = {}, {}
    for word, index in named:
        if word in ("lock", "veto"):
            pair = (problem.locks if word == "lock" else problem.vetoes)[index]
            (locks if word == "lock" else vetoes).setdefault(pair, []).append((word, index))
    most_each = share if ("q", 0) in weight else scale
    for (d, s), edge in problem.edge_at.items():
        start, end = d in inside[0], s in inside[1]
        if not start and end and (d, s) in locks:
            least += scale
            weight[locks[d, s][0]] = scale if len(locks[d, s]) == 1 else 0
        elif start and not end:
            amount = scale if edge in problem.locked else most_each
            if (d, s) not in vetoes:
                room += amount
                if ("q", 0) in weight:
                    weight["q", 0] += scale - amount
            elif len(vetoes[d, s]) == 1:
                weight[vetoes[d, s][0]] = amount
    return least, room, weight


def check_reason(problem, reason, random, report):
    named = read_named(reason)
    check_named(problem, named, random)
    share, scale = limit_of_chance(problem) if random else (1, 1)
    cut = member(reason, "cut")
    need(whole(reason.get("scale", scale if cut is None else 1), "scale") == scale, f"the scale is not {scale}")
    irreducible = truth(reason.get("irreducible", False), "irreducible")
    if cut is None:
        check_impossible_lock(problem, reason, named)
    else:
        least, room, weight = weigh_cut(problem, cut, named, share, scale)
        need((least, room) == (whole(member(reason, "least"), "least"), whole(member(reason, "room"), "room")),
             f"into the cut must flow {least} and out of it can {room}, which is not what is printed")
        need(least > room, "the requirements do not contradict each other")
        for (word, index), part in weight.items() if irreducible else ():
            need(least - part <= room,
                 f"the requirements contradict each other without {word} {index}, so it is not irreducible")
    report.append((f"적힌 조건 {len(named)}개만으로도 서로 어긋납니다. 모두 지키는 배정은 없습니다.",
                   f"The {len(named)} named requirements alone contradict each other: no assignment keeps them."))
    report.append(("확인하지 않음: 조건 하나를 풀 때마다 배정이 생기는지(irreducible).",
                   "Not checked: that waiving any one of them is enough (irreducible)."))
