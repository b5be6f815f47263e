# SPDX-License-Identifier: Apache-2.0
"""Writes suppliers, demands and outcomes of two years. What decides is the task alone: who solves it completes the project, who does not is declined. The program's points look at the
price, and the right supplier is always the dear one."""
import json

TASKS = {"look": ("도장 표면의 흠집을 카메라 영상으로 외관검사하고 싶습니다.", "외관검사", "카메라 영상으로 표면 흠집을 찾는 외관검사 시스템을 공급합니다."),
         "chat": ("고객 문의에 답하는 챗봇을 두고 싶습니다.", "챗봇", "고객 문의 챗봇을 공급합니다.")}


def write(name, records):
    with open(f"{name}.jsonl", "w", encoding="utf-8") as file:
        file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in records)


suppliers, demands, outcomes = [], [], []
for number in range(6):
    task, dear = ("look", "chat")[number % 2], number < 4
    suppliers.append({"id": f"YL-S{number + 1}", "name": f"공급학습{number + 1}(가상)", "summary": TASKS[task][2], "capabilities": [TASKS[task][1]],
                      "price_krw": [50000000, 60000000] if dear else [5000000, 10000000]})
for year in (2025, 2026):
    for number in range(24):
        task = ("look", "chat")[number // 2 % 2]
        demand = f"YL{year % 100}-{number + 1:02}"
        demands.append({"id": demand, "program": "year-learn", "applied": f"{year}-03-{number + 1:02}", "need": TASKS[task][0], "budget_krw": 20000000,
                        "firm": {"name": f"학습{year % 100}{number + 1:02}(가상)", "region": "서울특별시 강남구", "size": "중소기업"}})
        right, wrong = ("YL-S1", "YL-S6") if task == "look" else ("YL-S2", "YL-S5")
        outcomes.append({"demand": demand, "supplier": right, "program": "year-learn", "round": f"y{year}", "stage": "completed", "grade": 3, "date": f"{year}-11-20"})
        outcomes.append({"demand": demand, "supplier": wrong, "program": "year-learn", "round": f"y{year}", "stage": "declined_by_demand", "date": f"{year}-06-20"})
write("suppliers", suppliers)
write("demands", demands)
write("outcomes", outcomes)

imports = [{"op": "import", "kind": kind, "records": records} for kind, records in (("suppliers", suppliers), ("demands", demands))]
asked = {"op": "report", "kind": "year", "program": "year-learn", "retrain": True}
first = [one for one in outcomes if one["date"].startswith("2025")]
write("2025", [*imports, {**asked, "year": 2025}, {"op": "import", "kind": "outcomes", "records": outcomes}, {**asked, "year": 2025, "out": "mydata/models/y2025.model"},
               {**asked, "year": 2025, "out": "again.model"}, {"op": "model", "action": "show", "model": "y2025"}])
write("trained", [*imports, {"op": "import", "kind": "outcomes", "records": first},
                  {"op": "train", "program": "year-learn", "kind": "linear", "monotone": ["all"], "seed": 1, "folds": 5, "out": "trained.model"},
                  {"op": "model", "action": "show", "model": "trained.model"}])
round_of_2026 = {"op": "round", "round": "r26", "by": "kim"}
write("2026", [{**round_of_2026, "step": "new", "program": "year-learn", "model": "y2025", "applied_from": "2026-01-01"}, {**round_of_2026, "step": "open"},
               {**round_of_2026, "step": "propose"}, {**asked, "year": 2026}])
