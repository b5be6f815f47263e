# SPDX-License-Identifier: Apache-2.0
"""Tells the sections of a yearly report, a line each row, in English; shares to four places. What depends on the lexicon (which
suppliers come first, what else the texts speak of) is left out."""
import json
import sys


def word(cell):
    if isinstance(cell, dict):
        return cell["en"]
    return "-" if cell is None else f"{cell:.4f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell)


LEXICON = ("need not met", "suppliers with a pair", "newcomers", "share of the supplier", "Herfindahl")
report = json.load(sys.stdin)
for program in report["programs"]:
    print(program["id"], "|", *(program[key]["en"] for key in ("owner", "operator")), "|", *(f'{one["title"]["en"]} ({one["role_title"]["en"]})' for one in program["partners"]))
for section in report["sections"]:
    if section["id"] in ("funnel", "basis", "years", "model"):
        continue
    shown = [i for i, column in enumerate(section["columns"]) if column["id"] not in ("source", "meaning", "programs", "program", "id", "unmet")]
    print(f'--- {section["id"]}:', ", ".join(section["columns"][i]["en"] for i in shown))
    for row in section["rows"]:
        if section["id"] == "ethics" and row is not section["rows"][0]:
            row = [row[0], *"....", row[5], "."]  # how many suppliers are proposed hangs on the lexicon, but each has one solution of two checked
        if section["id"] == "changes_by_need" and word(row[0]) not in ("visual inspection", "chatbot") or word(row[0]).startswith(LEXICON):
            continue
        print(" | ".join(word(row[i]) for i in shown))
