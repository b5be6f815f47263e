# SPDX-License-Identifier: Apache-2.0
"""Reading JSON that may be anything: whatever is not as expected is Invalid, with the reason."""
import json
from fractions import Fraction

SCORE_MOST = 10 ** 12   # |score|: 1000

class Invalid(Exception):
    """Why a certificate does not hold."""


def need(condition, why):
    if not condition:
        raise Invalid(why)


def member(value, name):
    need(isinstance(value, dict), f"where {name!r} should stand, there is no object")
    need(name in value, f"{name!r} is missing")
    return value[name]


def items(value, what):
    need(isinstance(value, list), f"{what} is not a list")
    return value


def optional_items(holder, name):
    """A list that may be left out, or null."""
    return [] if holder.get(name) is None else items(holder[name], name)


def whole(value, what, low=None, below=None):
    """An integer, also when JSON wrote it as 3.0."""
    if isinstance(value, float) and value.is_integer() and abs(value) <= 2 ** 53:
        value = int(value)
    need(isinstance(value, int) and not isinstance(value, bool), f"{what} is not a whole number")
    need((low is None or value >= low) and (below is None or value < below), f"{what} is out of range: {value}")
    return value


def number(value, what):
    need(isinstance(value, (int, float)) and not isinstance(value, bool), f"{what} is not a number")
    need(abs(value) < 1e300, f"{what} is not a number that can be counted with")   # NaN and infinity too
    return value


def truth(value, what):
    need(isinstance(value, bool), f"{what} is neither true nor false")
    return value


def in_units(value):
    """An IEEE double times 10^9, rounded, halves away from zero: what every reader of the same JSON gets."""
    scaled = float(value) * 1e9
    units = int(scaled)
    return units + (1 if scaled > 0 else -1) if abs(scaled - units) >= 0.5 else units


def fixed(score):
    units = in_units(number(score, "a score"))
    need(abs(units) <= SCORE_MOST, f"a score is out of range: {score}")
    return units


def same_amount(printed, units, scale=1):
    """A printed amount is units/scale * 10^-9, as far as 15 digits can tell."""
    exact = Fraction(units, scale)
    return abs(Fraction(number(printed, "a total")) * 10 ** 9 - exact) <= abs(exact) / 10 ** 14 + Fraction(1, 2)


def unique(members):
    found = dict(members)
    need(len(found) == len(members), "a member of an object stands twice")
    return found


def parse(text):
    def integer(digits):
        need(len(digits) <= 20, "a whole number is too long")
        return int(digits)

    def refuse(word):
        raise Invalid(f"{word} is no number")

    return json.loads(text, object_pairs_hook=unique, parse_int=integer, parse_constant=refuse)
