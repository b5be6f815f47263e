# SPDX-License-Identifier: Apache-2.0
"""The trial of the checker: what makes a document false it must reject, and nothing else."""
import collections
import copy
import itertools
import json
import math

from checker_corruptions import CORRUPTIONS, Unsuitable, part, pick
from checker_truth import is_true


# ---- nonsense ----

JUNK = (None, True, False, -1, 0, 1, 0.5, 1e308, -1e308, math.nan, math.inf, 10 ** 30, -10 ** 19, "", "0", "x" * 50, "\ud800", [], {},
        [[]], [0], [0, 0], [[0, 0]], [None], {"": 0}, {"0": 1}, {"need": "lock", "index": 0})


def places_of(value):
    """(holder, key) of everything inside."""
    for key, one in list(value.items()) if isinstance(value, dict) else list(enumerate(value)):
        yield value, key
        if isinstance(one, (dict, list)):
            yield from places_of(one)


def put_junk(rng, document):
    holder, key = pick(rng, places_of(document))
    what = rng.random()
    if what < 0.2:
        del holder[key]
    elif what < 0.3 and isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    else:
        holder[key] = copy.deepcopy(rng.choice(JUNK))


# ---- the trial ----

def honest(truth, document):
    """The truth, and false where it stumbles over what it finds."""
    try:
        return truth(document)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, ArithmeticError, OverflowError, AssertionError):
        return False


def verdict(checker, document):
    """None: valid; else why not. Anything but Invalid is a fault of the checker."""
    try:
        checker.check(checker.parse(json.dumps(document)))
    except checker.Invalid as why:
        return str(why)
    return None


def without_irreducible(document):
    document = copy.deepcopy(document)
    part(document.get("proposal", {}).get("assignment", document.get("result")), "reason").pop("irreducible", None)
    return document


class Trial:
    """Counts of corruptions by name, and what went wrong."""

    def __init__(self, checker, rng, truth=is_true, corruptions=tuple(CORRUPTIONS)):
        self.checker, self.rng, self.truth, self.corruptions = checker, rng, truth, corruptions
        self.rejected, self.harmless, self.unproven = collections.Counter(), collections.Counter(), 0
        self.faults = []

    def fault(self, what, document, why):
        self.faults.append(f"{what}: {why}: {json.dumps(document)}")

    def accept(self, document):
        why = verdict(self.checker, document)
        if why is not None:
            self.fault("a valid document is rejected", document, why)
        if not honest(self.truth, document):
            self.fault("not true by going through every assignment", document, "though it is accepted" if why is None else why)

    def corrupt(self, document, change):
        """One corruption of a copy; false when it found nothing to change."""
        changed = copy.deepcopy(document)
        try:
            change(self.rng, changed)
        except Unsuitable:
            return False
        if json.dumps(changed) == json.dumps(document):
            return False
        truth = honest(self.truth, changed)
        why = verdict(self.checker, changed)
        if not truth and why is not None:
            self.rejected[change.__name__] += 1
        elif truth and why is None:
            self.harmless[change.__name__] += 1
        elif not truth and self.only_irreducible_is_false(changed):
            self.unproven += 1      # which the document does not claim to prove
        elif not truth:
            self.fault(f"{change.__name__} is not noticed", changed, f"was {json.dumps(document)}")
        elif change is not put_junk:
            self.fault(f"{change.__name__} leaves it true, but it is rejected", changed, why)
        return True

    def only_irreducible_is_false(self, document):
        try:
            return honest(self.truth, without_irreducible(document))
        except (Unsuitable, AttributeError, TypeError):
            return False

    def corrupt_often(self, document, count):
        changes = [*self.corruptions] + [put_junk] * (len(self.corruptions) // 8)
        self.rng.shuffle(changes)
        changes = itertools.cycle(changes)
        done = 0
        for change in itertools.islice(changes, 6 * count):
            done += self.corrupt(document, change)
            if done >= count:
                break
