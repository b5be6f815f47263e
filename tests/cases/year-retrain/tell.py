# SPDX-License-Identifier: Apache-2.0
"""Tells what the replies say of models: facts without the hash, whether the new one is higher, and weights to one place."""
import json


def word(cell):
    return cell["en"] if isinstance(cell, dict) else "-" if cell is None else f"{cell:.2f}" if isinstance(cell, float) else str(cell)


def replies(name):
    with open(name, encoding="utf-8") as file:
        return [json.loads(line)["result"] for line in file]


def tell(report, only=("models", "retrain", "retrain_measures", "retrain_weights")):
    for section in report["sections"]:
        for row in section["rows"] if section["id"] in only else []:
            if section["id"] == "models":
                print("used:", row[1], word(row[2]), row[4], "|", word(row[5]))
            elif section["id"] == "retrain" and row[1]["en"] not in ("hash", "only what was shown was judged"):
                print(word(row[1]) + ":", word(row[2]), "|", word(row[4]))
            elif section["id"] == "retrain_measures":
                print(row[1], "higher" if row[4] > 0.3 else "alike" if abs(row[4]) < 0.01 else row[4], word(row[8]))
            elif section["id"] == "retrain_weights":
                print(word(row[0]), *(f"{number:.1f}" for number in row[1:3]))


def tables(report):
    return [section["rows"] for section in report["sections"] if section["id"] in ("retrain_measures", "retrain_weights")]


first, trained = replies("2025.tmp"), replies("trained.tmp")
print("--- no outcomes")
tell(first[2])
print("--- 2025")
tell(first[4])
print("twice the same:", tables(first[4]) == tables(first[5]), "| as train makes it:", first[6]["features"] == trained[4]["features"])
print("--- 2026")
tell(replies("2026.tmp")[3])
print("--- too few to conclude")
tell(replies("few.tmp")[0], ["retrain_measures"])
