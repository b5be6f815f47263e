#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whether every pattern of the lexicon can find something: no dead ones.

    python3 tests/patterns_check.py PROGRAM [ROOT]

A text is made up for each pattern from the pattern itself (a branch, a letter of a class, as few repeats as are allowed or a few more,
drawn with a fixed seed) and the program is asked what it mentions. A pattern is alive when its concept is mentioned by a pattern in one of
some texts: then neither what the matcher looks for before it tries a pattern, nor word borders, nor names that say the same stand in its
way for ever. Out: how many there are; the dead ones, with the last text tried; exit status 1 if there are any.
"""
import json
import os
import pathlib
import random
import re._constants as signs
import re._parser
import subprocess
import sys
import tempfile

MOST_TRIES, FEWEST_PATTERNS = 16, 1000
GAP = " 가q"                # what may stand between the words of a pattern
ENDS = ("", "s", "ing", "를")  # what may follow it


def letter_of(members, draw):
    """A letter that the class takes; a negated class stands for a gap in the lexicon, which any word may fill."""
    if members[0][0] is signs.NEGATE:
        return draw.choice(GAP)
    kind, value = draw.choice(members)
    if kind is signs.LITERAL:
        return chr(value)
    if kind is signs.RANGE:
        return chr(value[0])
    return {signs.CATEGORY_DIGIT: "1", signs.CATEGORY_SPACE: " "}.get(value, "a")


def text_of(tree, draw):
    out = []
    for kind, value in tree:
        if kind is signs.LITERAL:
            out.append(chr(value))
        elif kind is signs.IN:
            out.append(letter_of(value, draw))
        elif kind is signs.ANY:
            out.append(draw.choice(GAP))
        elif kind is signs.BRANCH:
            out.append(text_of(draw.choice(value[1]), draw))
        elif kind is signs.SUBPATTERN:
            out.append(text_of(value[3], draw))
        elif kind in (signs.MAX_REPEAT, signs.MIN_REPEAT):
            least, most, inner = value
            out += [text_of(inner, draw) for _ in range(min(least + draw.randrange(4), most))]
        elif kind is signs.ASSERT and value[0] > 0:  # what must follow
            out.append(text_of(value[1], draw))
        elif kind not in (signs.ASSERT, signs.ASSERT_NOT, signs.AT):
            raise ValueError("no text is made for %s" % kind)
    return "".join(out)


def patterns_of(data):
    found = []
    for path in sorted((data / "lexicon").glob("*.json")):
        for concept in json.loads(path.read_text(encoding="utf-8")).get("concepts", []):
            found += [(concept["id"], pattern["re"]) for pattern in concept.get("patterns", [])]
    return found


def mentioned(program, data, texts):
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([program, "--data", str(data), "call"], capture_output=True, text=True, cwd=folder,
                              input="".join(json.dumps({"op": "explain-text", "text": text}, ensure_ascii=False) + "\n" for text in texts))
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    if len(replies) != len(texts):
        sys.exit("%d replies to %d texts: %s" % (len(replies), len(texts), done.stderr))
    for reply in replies:
        if "result" not in reply:
            sys.exit("refused: %s" % json.dumps(reply["problem"], ensure_ascii=False))
    return [{one["concept"] for one in reply["result"]["mentions"] if one["kind"] == "pattern"} for reply in replies]


def main(arguments):
    if len(arguments) not in (2, 3):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    program = os.path.abspath(arguments[1])
    data = (pathlib.Path(arguments[2]) if len(arguments) == 3 else pathlib.Path(__file__).parent.parent).resolve() / "data"
    draw, patterns = random.Random(1), patterns_of(data)
    mentioned(program, data, ["-"])  # a lexicon that does not load is refused here, once
    left, texts = patterns, []
    for _ in range(MOST_TRIES):
        texts = [text_of(re._parser.parse(expression), draw) + draw.choice(ENDS) for _, expression in left]
        spoken = mentioned(program, data, texts)
        kept = [i for i, (concept, _) in enumerate(left) if concept not in spoken[i]]
        left, texts = [left[i] for i in kept], [texts[i] for i in kept]
        if not left:
            break
    for (concept, expression), text in zip(left, texts):
        print("%s: never found, not even in \"%s\": %s" % (concept, text, expression))
    print("%d patterns, %d dead" % (len(patterns), len(left)))
    return 1 if left or len(patterns) < FEWEST_PATTERNS else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
