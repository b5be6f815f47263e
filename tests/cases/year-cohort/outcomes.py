# SPDX-License-Identifier: Apache-2.0
"""Outcomes of the cohort's applications up to 2027: three suppliers each, drawn with a fixed seed; one project is completed, two are declined. Nothing about a pair decides."""
import json
import random

draw = random.Random(1)
suppliers = sorted(json.loads(line)["id"] for line in open("cohort/suppliers.jsonl", encoding="utf-8"))
for demand in sorted((json.loads(line) for line in open("cohort/demands.jsonl", encoding="utf-8")), key=lambda one: one["id"]):
    year = int(demand["applied"][:4])
    for number, supplier in enumerate(draw.sample(suppliers, 3)):
        if year <= 2027:
            print(json.dumps({"demand": demand["id"], "supplier": supplier, "program": "ai-manufacturing", "round": f"synthetic-{year}", "date": f"{year}-12-0{number + 1}",
                              **({"stage": "completed", "grade": draw.randint(1, 3)} if number == 0 else {"stage": "declined_by_demand"})}))
