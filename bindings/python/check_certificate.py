#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the proof of an assignment from its JSON alone. Standard library only; shares no code with the engine.

    python3 check_certificate.py [--explain] FILE        (- is stdin)

FILE holds a round as `ieum round show --format json` writes it, or {"request": …, "result": …}, the request and the
result of op `assign` (a reply's "result" member). Prints `valid` and exits 0, or `not valid:` with the reason and
exits 1; 2: the file cannot be read or is no JSON. --explain also says, in Korean and in English, what was checked and
what was not.

All arithmetic is in integers: a score is rounded to the nearest 10^-9 (halves away from zero) and counted in that
unit, as are prices, totals and bounds of a certificate. A limit is the minimum and maximum of a demand, a supplier or
a group; a pair is under its demand, its supplier and every group around either. Whatever the method, the chosen pairs
are candidates, keep every limit, hold every locked pair and no vetoed one, and add up to the total. What is checked
beyond that:

max_sum, "certificate" of kind "prices": {"total", "bound", "demand": […], "supplier": […], "group": […]}
    A pair's worth is its score less the prices over it. By weak duality no assignment can exceed  sum(price > 0 ?
    price * max : price * min) + sum(locked worths) + sum(max(0, other worths)).  That bound equals the total, so the
    pairs are optimal.

leximin, rematch, of kind "lexicographic": {"stages": [{"objective", "level"?, "value", "demand": {"3": 1}, …}]}
    Each stage maximises a sum of gains over the assignments that are optimal for all stages before it. Objective
    "level": -1 for a pair with exactly this score; "pairs": 1 for a score above 0; "kept": 1 for one of "previous";
    "score": the score. Complementary slackness with the stage's prices proves it; then the optimal assignments are
    exactly those that keep free pairs of worth other than 0 and the loads of free limits with a price, so these are
    fixed for the stages that follow.
    leximin: levels below 0 ascending, "pairs", levels above 0 ascending. A level at which no free pair is chosen
    needs no stage: its free pairs stay out. No pair of score 0 is chosen that could be left out. rematch: "pairs",
    "kept", "score".

stable: {"ties", "blocking": 0, "checked"}
    No pair blocks (both sides score it above 0, and each has a free place or scores a chosen, not locked pair
    strictly lower), chosen pairs that are not locked are acceptable to both, and deferred acceptance, repeated here
    with ties to the lower index, finds the same pairs: of all stable assignments the best for the demands. Without
    ties every stable assignment fills the same places (Roth 1986; Alkan 2002), so one that breaks a minimum or group
    proves that none keeps it.

random, of kind "marginals": {"denominator", "q", "marginals": [[d, s, m]], "total", "bound", prices, "seed", …}
    The proof of max_sum with chances m/denominator in place of pairs and none above q; then the draw, repeated here
    with SplitMix64, xoshiro256** and the rounding "bihierarchy-cycles-1" (Budish, Che, Kojima & Milgrom 2013), gives
    the pairs.

status "infeasible", "reason": {"requirements": [{"need", "index"}], "least", "room",
                                "cut": {"root", "demands", "suppliers", "groups"} or null, "scale"?}
    need: demand_min, demand_max, supplier_min, supplier_max, group_min, group_max, lock, veto, q; the index counts in
    the request. Pairs flow root -> groups of demands -> demand -> supplier -> groups of suppliers -> root. Into the
    places of the cut at least `least` pairs must flow, out of them at most `room` can, by the named requirements
    alone. Minimums and maximums count as at most the number of candidate pairs plus one; with "scale" (random) all
    counts are in 1/scale, and a pair that is not locked carries at most q. Without a cut: one lock on what is no
    candidate pair, or on a vetoed one.
    "repair": its changes are waivable at their costs, and its pairs keep everything that is left.

Of a round, the proposed pairs with their ids and scores must be the proven ones. Where the program asks for variety
("variety": {"supplier_field", "max", "rows", "suppliers"}) a demand stands in several rows, one for each value that its
suppliers have; every pair stands in the row of its supplier's value, no row takes more than "max", and a group of the
demand's rows holds what the demand as a whole takes. What value a supplier has is taken from the file. A selection must go by its totals and
keep quota and budget, and every proposed demand must be a selected one. A draw must use the seed whose SHA-256
"SEED SALT" the round has shown from the start; pass 2 and later use the first 13 hex digits of "SEED SALT PASS".
"""
import sys

from ieum_checker.document import check
from ieum_checker.reading import Invalid, parse


def main(arguments):
    explain, names = "--explain" in arguments, [one for one in arguments if one != "--explain"]
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if len(names) != 1 or names[0] in ("-h", "--help"):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    report, why = [], None
    try:
        if names[0] == "-":
            data = sys.stdin.buffer.read()
        else:
            with open(names[0], "rb") as file:
                data = file.read()
        check(parse(data.decode("utf-8-sig")), report)
    except Invalid as found:
        why = found
    except RecursionError:
        why = "the document is nested too deeply"
    except (OSError, ValueError) as error:
        print(f"cannot read {names[0]}: {error}", file=sys.stderr)
        return 2
    print("valid" if why is None else f"not valid: {why}")
    for korean, english in report if explain else ():
        print(f"{korean}\n  {english}")
    return 0 if why is None else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
