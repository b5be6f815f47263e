# SPDX-License-Identifier: Apache-2.0
"""Demands as people really type them: the same texts with spaces left out or put in, slips of the key, or in another normal form. For the bench `quality`; seeded.

In: a collection folder. Out: a copy of it whose demands' titles, needs and businesses are disturbed; suppliers and grades are the same.
"""
import json
import shutil
import unicodedata

from generate_pool import Stream

FIRST, VOWELS, FINALS = 0xAC00, 21, 28


def without_spaces(text, stream):
    return text.replace(" ", "")


def some_spaces_gone(text, stream):
    return "".join(c for c in text if c != " " or stream.below(3) > 0)


def spaces_put_in(text, stream):
    return "".join(c + (" " if stream.below(10) == 0 else "") for c in text)


def slips(text, stream):
    """In a quarter of the words of three letters and more, the second syllable gets another vowel."""
    words = text.split(" ")
    for at, word in enumerate(words):
        if len(word) >= 3 and stream.below(4) == 0 and FIRST <= ord(word[1]) < FIRST + 11172:
            syllable = ord(word[1]) - FIRST
            vowel = (syllable // FINALS % VOWELS + 1 + stream.below(VOWELS - 1)) % VOWELS
            words[at] = word[0] + chr(FIRST + (syllable // (VOWELS * FINALS) * VOWELS + vowel) * FINALS + syllable % FINALS) + word[2:]
    return " ".join(words)


def decomposed(text, stream):
    return unicodedata.normalize("NFD", text)


def full_width(text, stream):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


WAYS = (("no spaces at all", without_spaces), ("a third of the spaces gone", some_spaces_gone), ("spaces inside of words", spaces_put_in),
        ("one jamo wrong in a quarter of the words", slips), ("decomposed (NFD)", decomposed), ("full width", full_width))


def disturb(collection, target, way):
    shutil.copytree(collection, target)
    lines = []
    for number, line in enumerate((collection / "demands.jsonl").read_text(encoding="utf-8").splitlines()):
        demand, stream = json.loads(line), Stream(1, number)
        for place, key in ((demand, "title"), (demand, "need"), (demand["firm"], "business")):
            if place.get(key):
                place[key] = way(place[key], stream)
        lines.append(json.dumps(demand, ensure_ascii=False) + "\n")
    (target / "demands.jsonl").write_text("".join(lines), encoding="utf-8")
    return target
