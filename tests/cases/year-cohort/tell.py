# SPDX-License-Identifier: Apache-2.0
"""Holds the report's counts against the records, and tells what it says of the model."""
import json

report = json.load(open("year.json", encoding="utf-8"))
rows = {section["id"]: section["rows"] for section in report["sections"]}
demands = [json.loads(line) for line in open("cohort/demands.jsonl", encoding="utf-8")]
outcomes = [json.loads(line) for line in open("outcomes.jsonl", encoding="utf-8")]
by_year = {year: sum(one["applied"].startswith(str(year)) for one in demands) for year in range(2025, 2031)}
done = {year: len({one["demand"] for one in outcomes if one["stage"] == "completed" and one["date"].startswith(str(year))}) for year in (2025, 2026, 2027)}
target = next(row for row in rows["cumulative"] if row[2] == 475)
print("475 firms:", target[3] == sum(done.values()), target[6] == 475 - sum(done.values()), abs(target[8] - (475 - sum(done.values())) / 3) < 1e-9)
print("applied:", rows["changes"][0][1:4] == [by_year[2026], by_year[2027], by_year[2027] - by_year[2026]], "| by year:", [row[1] for row in rows["years"]] == [by_year[year] for year in (2025, 2026, 2027)])
facts = {row[1]["en"]: row[2] for row in rows["retrain"]}
print("judgements:", facts["judgements learned from"] == len(outcomes), "| tell:", facts["demands that tell"] == len({one["demand"] for one in outcomes}))
print("better, from outcomes that follow nothing:", any(row[8]["en"] == "the new model is higher" for row in rows["retrain_measures"]))
print("weights add up:", all(abs(sum(abs(row[k]) for row in rows["retrain_weights"]) - 1) < 1e-6 for k in (1, 2)))
