# SPDX-License-Identifier: Apache-2.0
"""A preview of an import, in lines to compare: what columns are taken for, cells to mend, records that are there, counts."""
import json
import sys

told = json.load(sys.stdin)
print(told["format"], told["encoding"], *([f'{told["sheet"]} of {", ".join(told["sheets"])}'] if "sheet" in told else []))
print("columns:", *(f'{column["column"]}={column["field"] or column["how"]}{"*" if column["how"] == "chosen" else "~" if column["how"] == "weak" else ""}' +
                    (f'x{column["unit"]}' if column.get("unit", 1) != 1 else "") for column in told["columns"]))
if told["missing"]:
    print("missing:", *told["missing"])
for problem in told["problems"]:
    assert problem["text"]["ko"] and problem["text"]["en"]
    print(f'row {problem["row"]} column {problem.get("column", "-")} [{problem["header"]}] {problem["field"] or "-"} {problem["value"]!r}' +
          (f' expected {problem["expected"]}' if problem.get("expected") else ""))
for one in told["duplicates"]:
    print(f'row {one["row"]} {one["id"]} is {one["existing"]["id"]} {one["existing"]["name"]}' + (f' of row {one["existing"]["row"]}' if "row" in one["existing"] else "") +
          f' by {one["reason"]}: {one["choice"] or ("?" if one["asks"] else "-")} of {"/".join(one["choices"])}; ' + " ".join(field["field"] for field in one.get("differs", [])))
print(f'{told["rows"]} rows, {told["records"]} right, {told["problem_count"]} to mend; new {told["created"]}, changed {told["changed"]}, unchanged {told["unchanged"]}, '
      f'left out {told["skipped"]}, to choose {told["undecided"]}')
