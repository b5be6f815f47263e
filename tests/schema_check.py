#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that the schemas in data/schema are valid, that the data follows them, and that what the program answers does.

    python3 tests/schema_check.py PROGRAM [ROOT]

Out: a line per fault, or one line of counts; exit status 1 when there is a fault, 77 (skipped) without python3-jsonschema.
Writes only in a temporary folder of its own.
"""
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    from jsonschema import Draft202012Validator, FormatChecker
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)

# An array of scores may hold null, a bound may be a list, and so on: what a request is refused for is not all in its schema.
# These requests are answered; the result of each follows the shape of its operation.
INLINE_DEMAND = {"id": "X1", "program": "ai-manufacturing", "applied": "2025-03-14", "need": "프레스 부품의 표면 결함을 비전 검사로 찾고 싶습니다.",
                 "firm": {"name": "누름쇠(가상)", "region": "서울특별시", "ksic": ["C25"], "size": "중소기업"},
                 "must": {"deployment": "on-premise"}}
INLINE_SUPPLIERS = [{"id": "A", "name": "결함보기(가상)", "summary": "표면 결함을 찾는 비전 검사 장비를 공급합니다.", "deployment": ["on-premise"]},
                    {"id": "B", "name": "챗봇집(가상)", "summary": "고객상담 챗봇을 만듭니다.", "deployment": ["cloud"]}]
# Firms that an association told of: one with a need, one of which only the business is known.
LATENT = [{"id": "L1", "program": "ai-manufacturing", "latent": True, "firm": {"name": "소개공업(가상)", "business": "구두 밑창을 찍어 냅니다."},
           "referral": {"association": "보기협회(가상)", "date": "2025-04-01"}},
          {"id": "L2", "program": "ai-manufacturing", "latent": True, "firm": {"name": "귀띔정공(가상)", "region": "서울특별시"}, "need": "긁힌 것을 골라내고 싶습니다."}]


QRELS = "t1 0 A 2\nt1 0 B 0\nt2 0 A 1\n"
DEMO = str(pathlib.Path(__file__).resolve().parent.parent / "data" / "demo")
FEATURES = ["text", "concepts", "meaning", "industry", "experience", "data", "budget", "readiness",
            "capacity", "region", "deployment", "certifications", "rubric"]
TEXT_COLUMNS = FEATURES + ["missing:" + name for name in FEATURES]  # of a linear model as libsvm's text
IMPORT = {"op": "model", "action": "import", "from": "t.txt", "program": "ai-bio", "out": "v.model",
          "features": TEXT_COLUMNS, "about_ko": "x", "about_en": "x"}
RUN = "t1 Q0 B 1 0.5 x\nt2 Q0 A 1 0.5 x\nt9 Q0 A 1 0.5 x\n"


def requests(records):
    yield {"op": "import", "kind": "suppliers", "records": records["suppliers"]}
    yield {"op": "import", "kind": "demands", "records": records["demands"] + LATENT, "by": "manager"}
    yield {"op": "import", "kind": "outcomes", "records": [{"demand": "D001", "supplier": "S001", "program": "ai-manufacturing",
                                                             "stage": "completed", "grade": 3, "date": "2025-12-01"}]}
    for program in records["programs"]:
        yield {"op": "check", "program": program, "all": True}
        yield {"op": "suggest", "program": program, "all": True, "k": 3}
        yield {"op": "suggest", "program": program, "all": True, "k": 60, "rules": False, "criteria": "fit"}
        yield {"op": "round", "step": "propose", "program": program}
        yield {"op": "program", "action": "show", "program": program}
        yield {"op": "program", "action": "check", "program": program, "lang": "en"}
    yield {"op": "check", "program": "ai-manufacturing", "demand": "D001"}
    yield {"op": "check", "program": "ai-manufacturing", "demand": INLINE_DEMAND}
    yield {"op": "suggest", "program": "ai-bio", "demand": "D019", "lang": "en"}
    yield {"op": "suggest", "program": "ai-manufacturing", "demand": INLINE_DEMAND, "suppliers": INLINE_SUPPLIERS}
    yield {"op": "suggest", "program": "ai-bio", "need": "후보물질의 독성을 예측하고 싶습니다", "model": "rubric"}
    yield {"op": "suggest", "program": "ai-manufacturing", "need": "불량을 줄이고 싶습니다", "answers": ["visual-inspection", "image-data"], "k": 2}
    yield {"op": "suggest", "program": "ai-manufacturing", "need": "불량을 줄이고 싶습니다", "questions": False, "answers": []}
    yield {"op": "suggest", "program": "ai-manufacturing", "all": True, "questions": True, "k": 1}
    yield {"op": "suggest", "program": "ai-manufacturing", "all": True, "detail": "scores", "k": 4}
    yield {"op": "suggest", "program": "ai-manufacturing", "demand": INLINE_DEMAND, "suppliers": INLINE_SUPPLIERS, "detail": "scores"}
    yield {"op": "suggest", "program": "ai-manufacturing", "supplier": "S003"}
    yield {"op": "suggest", "program": "ai-manufacturing", "supplier": "B", "suppliers": INLINE_SUPPLIERS, "criteria": "fit", "rules": False, "k": 2}
    yield {"op": "select", "program": "ai-manufacturing"}
    yield {"op": "select", "program": "ai-bio",
           "marks": {"D019": [], "D020": [{"member": "m1", "recusal": "회피", "reason": "친척", "time": "2025-08-20"}]},
           "awards": [{"firm": "창신실밥(가상)", "program": "ai-manufacturing"}], "lang": "en"}
    yield {"op": "select", "program": "ai-business-innovation-2021", "stage": "projects", "among": [], "demands": [], "suppliers": INLINE_SUPPLIERS}
    yield {"op": "select", "program": "ai-manufacturing", "demands": [INLINE_DEMAND, dict(INLINE_DEMAND, id="X2")], "suppliers": INLINE_SUPPLIERS,
           "marks": {"X1": [{"member": f"m{n}", "mark": 70.5 + n} for n in range(7)]}}
    yield {"op": "cases", "demand": "D009", "k": 60}
    yield {"op": "cases", "demand": INLINE_DEMAND, "program": "ai-manufacturing"}
    yield {"op": "cases", "need": "눈으로 하나하나 보며 긁힌 것을 골라냅니다", "lang": "en"}
    yield {"op": "find", "word": "비전 검사"}
    yield {"op": "find", "word": "결함", "suppliers": INLINE_SUPPLIERS, "k": 1}
    yield {"op": "find", "word": "·"}
    yield {"op": "assign", "scores": [[0.9, None], [0.8, 0.7]], "demand": {"min": 1, "max": 1}, "supplier": {"min": [0, 0], "max": [1, None]},
           "vetoes": [[0, 1]], "groups": [{"side": "supplier", "members": [0, 1], "max": 2}], "q": 1, "seed": 1, "method": "max_sum"}
    yield {"op": "assign", "edges": [[0, 0, 0.5], [1, 0, 0.25]], "size": [2, 2], "supplier": {"max": 1}}
    yield {"op": "assign", "scores": [[0.9]], "locks": [[0, 0]], "vetoes": [[0, 0]]}
    matrix = [[0.9, 0.8, None], [0.8, 0.1, 0.3], [0.7, 0.65, 0.6]]
    for method in ("max_sum", "leximin", "stable", "random"):
        yield {"op": "assign", "method": method, "scores": matrix, "supplier": {"max": 1}, "compare": True,
               "q": 0.5, "seed": 3, "supplier_scores": matrix}
        yield {"op": "assign", "method": method, "scores": matrix, "demand": {"min": 2, "max": 2}, "supplier": {"max": 1}}
    yield {"op": "assign", "method": "random", "scores": [[0.9, 0.8]], "demand": {"min": 2, "max": 2}, "q": 0.5}
    yield {"op": "assign", "scores": matrix, "supplier": {"max": 1}, "previous": [[0, 1]]}
    yield {"op": "assign", "scores": matrix, "supplier": {"max": 1}, "vetoes": [[2, 0]], "locks": [[1, 0]],
           "explain": [[0, 0], [0, 1], [1, 0], [2, 0], [0, 2]], "cutoff": [0.1, None, None]}
    yield {"op": "assign", "scores": matrix, "supplier": {"max": [1, 1, 1]}, "locks": [[0, 2], [1, 0]],
           "vetoes": [[1, 0]], "demand": {"min": 1, "max": 1},
           "waivable": {"lock": [None, 3], "veto": 5, "supplier_max": 2}, "barred": [[0, 2, 0.4, 1]]}
    yield {"op": "assign", "scores": matrix, "supplier": {"max": 0}, "demand": {"min": 1}, "waivable": {}}
    yield {"op": "diagnose", "questionnaire": True}
    yield {"op": "diagnose"}
    yield {"op": "diagnose", "answers": {}, "program": "ai-bio", "lang": "en"}
    yield {"op": "diagnose", "demand": "D019", "answers": {"process-written": "kept", "data-months": 7.5,
                                                           "people-partner": True, "data-rights": "no", "people-hours": None},
           "ethics": {"fairness": "no", "told": "yes", "tested": None}}
    yield {"op": "diagnose", "demand": INLINE_DEMAND, "need": ["data", "cloud"], "maker": False}
    yield {"op": "diagnose", "firm": {"region": "서울특별시", "ksic": ["C26"], "founded": "2019-03-02"}, "need": "ai-build"}
    yield {"op": "program"}
    yield {"op": "round", "step": "new", "program": "ai-bio", "round": "r1", "by": "manager", "reason": "봄 회차"}
    yield {"op": "round", "step": "propose", "round": "r1", "criteria": "all", "rules": True}
    yield {"op": "round", "step": "show", "round": "r1"}
    step = {"op": "round", "round": "r1", "by": "manager"}
    pair = {"demand": "D019", "supplier": "S002"}
    yield {**step, "step": "lock", **pair, "reason": "전에 함께 일함"}
    yield {**step, "step": "lift", **pair, "reason": "잘못 고정함"}
    yield {**step, "step": "recuse", **pair, "kind": "회피", "reason": "이해관계", "revision": 4}
    yield {**step, "step": "propose", "method": "random", "q": 0.5}
    yield {**step, "step": "what-if", "changes": {"suppliers_out": ["S009"], "capacity": {"S006": 1}, "method": "rematch"}}
    yield {**step, "step": "why", "demand": "D020", "supplier": "S002"}
    yield {**step, "step": "attach", "record": {"attended": 7}}
    for name in ("compare", "replay", "verify", "show", "audit"):
        yield {**step, "step": name}
    yield {"op": "round", "step": "new", "program": "ai-manufacturing", "round": "r2", "method": "leximin",
           "seed": 7, "intake": "rolling", "applied_from": "2020-01-01"}
    yield {"op": "round", "step": "open", "round": "r2"}
    yield {"op": "round", "step": "select", "round": "r2"}
    yield {"op": "round", "step": "propose", "round": "r2"}
    yield {"op": "round", "step": "show", "round": "r2"}
    yield {"op": "round", "step": "list"}
    yield {"op": "report", "kind": "council"}
    yield {"op": "report", "kind": "statistics", "lang": "en"}
    yield {"op": "report", "kind": "council", "program": "ai-manufacturing", "year": 2024, "lang": "en"}
    yield {"op": "report", "kind": "suppliers", "program": "ai-bio"}
    yield {"op": "report", "kind": "modules"}
    yield {"op": "report", "kind": "modules", "firm": "D001", "lang": "en"}
    yield {"op": "report", "kind": "result", "round": "r2"}
    yield {"op": "report", "kind": "result", "round": "r1", "demand": "D019"}
    yield {"op": "audit", "action": "list", "after": 2, "round": "r1"}
    yield {"op": "account", "action": "bootstrap", "role": "admin"}
    yield {"op": "account", "action": "create", "account": "desk-1", "role": "desk", "days": 30, "by": "admin", "reason": "창구"}
    yield {"op": "account", "action": "token", "account": "desk-1", "revoke": True}
    yield {"op": "account", "action": "role", "account": "desk-1", "role": "viewer"}
    yield {"op": "account", "action": "list"}
    yield {"op": "account", "action": "revoke", "account": "desk-1"}
    yield {"op": "account", "action": "sign-out", "session": "none"}
    yield {"op": "access", "action": "operations"}
    yield {"op": "audit", "action": "head"}
    yield {"op": "audit", "action": "verify"}
    yield {"op": "audit", "action": "erase", "before": "2000-01-01", "by": "manager", "reason": "보존 기간"}
    yield {"op": "explain-text", "text": "표면 결함을 비전 검사로 찾고 챗봇은 필요 없습니다"}
    yield {"op": "evaluate", "qrels": QRELS, "runs": [{"name": "a", "run": RUN}]}
    yield {"op": "train", "kind": "linear", "program": "ai-bio", "data": DEMO, "out": "t.model",
           "folds": 2, "inner_folds": 2, "costs": [1]}
    yield {"op": "suggest", "program": "ai-bio", "demand": "D019", "model": "./t.model"}
    yield {"op": "suggest", "program": "ai-bio", "all": True, "model": "t.model", "detail": "scores", "k": 2}
    yield {"op": "round", "step": "propose", "program": "ai-bio", "model": "t.model"}
    yield {"op": "model"}
    yield {"op": "model", "action": "show", "model": "./t.model"}
    yield {"op": "model", "action": "export", "model": "./t.model", "out": "t.txt", "lang": "en"}
    yield {"op": "model", "action": "import", "from": "t.txt", "program": "ai-bio", "out": "u.model",
           "features": TEXT_COLUMNS, "means": {"text": 0.25}, "name": "u",
           "about_ko": "지어낸 자료", "about_en": "invented data", "criteria": "all"}
    yield {"op": "model", "action": "show", "model": "u.model"}
    yield {"op": "suggest", "program": "ai-bio", "demand": "D019", "model": "u.model"}
    yield {"op": "model", "action": "rows", "program": "ai-bio", "data": DEMO, "out": "rows.txt"}
    yield {"op": "model", "action": "rows", "program": "ai-manufacturing", "out": "rows.txt", "plain": True, "criteria": "fit"}
    yield {"op": "evaluate", "qrels": QRELS, "qrels_name": "q.txt",
           "runs": [{"name": "a", "run": RUN}, {"name": "b", "run": RUN.replace("t2", "t1")}], "baseline": "b",
           "measures": ["P(rel=2)@5", "nDCG(dcg='exp-log2')@10"], "per_topic": True, "complete": True, "seed": 7, "lang": "en"}
    shadow = {"op": "shadow", "program": "ai-manufacturing", "suppliers": INLINE_SUPPLIERS, "demands": [INLINE_DEMAND]}
    yield dict(shadow, decisions=[{"demand": "X1", "supplier": "B", "reason": "값이 싸서"}, {"demand": "X1", "supplier": "B"},
                                  {"demand": "누름쇠", "supplier": "결함보기"},
                                  {"demand": "X2", "supplier": "A"}, {"demand": "X1", "supplier": "C"}])
    yield dict(shadow, decisions=[], criteria="fit")
    yield {"op": "shadow", "program": "ai-bio", "suppliers_path": DEMO + "/suppliers.jsonl", "demands_path": DEMO + "/demands.jsonl",
           "decisions_path": DEMO + "/decisions.csv",
           "lang": "en", "model": "rubric"}
    yield {"op": "doctor"}
    yield {"op": "backup", "path": "copy.db"}
    yield {"op": "export", "program": "ai-bio", "out": "handed-over"}
    yield {"op": "report", "kind": "year", "year": 2025, "program": "all"}
    yield {"op": "generate", "profile": "funnel", "seed": 3, "demands": 5, "suppliers": 4, "out": "cohort"}
    yield {"op": "backup", "path": "copy.db", "replace": True}
    yield {"op": "restore", "path": "copy.db", "by": "manager"}


# Requests against their schema: both the schema and the engine must refuse them.
WRONG = [{}, {"op": "fly"}, {"op": "check", "program": "ai-bio"}, {"op": "check", "program": "ai-bio", "all": "yes"},
         {"op": "check", "program": "ai-bio", "demand": 5}, {"op": "suggest", "program": "ai-bio", "need": "x", "k": 0},
         {"op": "suggest", "program": "ai-bio", "need": "x", "colour": "red"}, {"op": "suggest", "program": "ai-bio", "need": ""},
         {"op": "suggest", "program": "ai-bio", "need": "x", "criteria": "some"}, {"op": "suggest", "program": "ai-bio"},
         {"op": "suggest", "program": "ai-bio", "supplier": 5}, {"op": "suggest", "program": "ai-bio", "need": "x", "answers": "chatbot"},
         {"op": "suggest", "program": "ai-bio", "need": "x", "answers": [5]}, {"op": "suggest", "program": "ai-bio", "need": "x", "answers": [""]},
         {"op": "suggest", "program": "ai-bio", "need": "x", "questions": "yes"},
         {"op": "suggest", "program": "ai-bio", "need": "x", "detail": "some"}, {"op": "cases"}, {"op": "cases", "need": ""},
         {"op": "cases", "need": 5},
         {"op": "cases", "demand": 5}, {"op": "cases", "need": "x", "k": 1001}, {"op": "cases", "need": "x", "all": True},
         {"op": "cases", "all": True},
         {"op": "select"}, {"op": "select", "program": "ai-bio", "marks": []},
         {"op": "select", "program": "ai-bio", "marks": {"D019": [{"member": "m1", "mark": 101}]}},
         {"op": "select", "program": "ai-bio", "marks": {"D019": [{"member": "m1"}]}},
         {"op": "select", "program": "ai-bio", "marks": {"D019": [{"member": "m1", "recusal": "제척"}]}},
         {"op": "select", "program": "ai-bio", "marks": {"D019": [{"member": "m1", "recusal": "불참", "reason": "x"}]}},
         {"op": "select", "program": "ai-bio", "marks": {"D019": [{"member": "m1", "recusal": "회피", "reason": "x", "mark": 5}]}},
         {"op": "select", "program": "ai-bio", "awards": [{"firm": "x"}]}, {"op": "select", "program": "ai-bio", "among": "D019"},
         {"op": "select", "program": "ai-bio", "k": 3},
         {"op": "find"}, {"op": "find", "word": ""}, {"op": "find", "word": ["x"]}, {"op": "find", "word": "x", "k": 0},
         {"op": "find", "word": "가" * 201},
         {"op": "find", "word": "x", "suppliers": "S1"}, {"op": "find", "word": "x", "program": "ai-bio"},
         {"op": "assign"}, {"op": "assign", "scores": [["a"]]},
         {"op": "assign", "edges": [[0, 0, 1]]}, {"op": "assign", "scores": [[1]], "supplier": {"max": -1}},
         {"op": "assign", "scores": [[1]], "groups": [{"side": "both", "members": [0]}]}, {"op": "assign", "scores": [[1]], "locks": [[0]]},
         {"op": "assign", "scores": [[1]], "waivable": {"lock": 0}}, {"op": "assign", "scores": [[1]], "method": "best"},
         {"op": "assign", "scores": [[1]], "q": 0},
         {"op": "assign", "scores": [[1]], "barred": [[0, 0, 1]]}, {"op": "assign", "scores": [[1]], "seed": -1},
         {"op": "import", "kind": "things", "records": []}, {"op": "import", "kind": "suppliers"}, {"op": "program", "action": "remove"},
         {"op": "shadow", "program": "ai-bio"}, {"op": "shadow", "program": "ai-bio", "suppliers": [],
                                                 "demands": [], "decisions": [], "decisions_path": "x.csv"},
         {"op": "shadow", "program": "ai-bio", "suppliers": [], "demands": [], "decisions": [{"demand": "D1"}]},
         {"op": "shadow", "suppliers": [], "demands": [], "decisions": []},
         {"op": "shadow", "program": "ai-bio", "suppliers": [], "demands": [], "decisions": "D1"}, {"op": "round"},
         {"op": "round", "step": "fly"}, {"op": "explain-text"}, {"op": "explain-text", "text": 5}, {"op": "doctor", "x": 1},
         {"op": "diagnose", "answers": []}, {"op": "diagnose", "answers": {"process-written": ["kept"]}},
         {"op": "diagnose", "ethics": {"told": 1}}, {"op": "diagnose", "demand": 5},
         {"op": "diagnose", "firm": "A"}, {"op": "diagnose", "need": 5}, {"op": "diagnose", "need": [""]},
         {"op": "diagnose", "maker": "yes"}, {"op": "diagnose", "program": 5},
         {"op": "diagnose", "colour": "red"}, {"op": "report"}, {"op": "report", "kind": "story"},
         {"op": "report", "kind": "modules", "waiting_for": "lunch"}, {"op": "report", "kind": "modules", "year": 2025},
         {"op": "round", "step": "fulfil", "round": "r1", "result": "maybe"}, {"op": "round", "step": "fulfil", "round": "r1", "amount_krw": -1},
         {"op": "report", "kind": "council", "year": "2025"},
         {"op": "report", "kind": "council", "year": 1899}, {"op": "report", "kind": "council", "round": "r1"}, {"op": "report", "kind": "result"},
         {"op": "report", "kind": "result", "round": 5}, {"op": "report", "kind": "result", "round": "r1", "year": 2025},
         {"op": "report", "kind": "council", "program": ""}, {"op": "report", "kind": "statistics", "year": 2025},
         {"op": "train"}, {"op": "train", "kind": "linear", "out": "x.model"},
         {"op": "train", "kind": "rubric", "program": "ai-bio", "out": "x.model"},
         {"op": "train", "kind": "linear", "program": "ai-bio", "out": "x.model", "costs": [0]},
         {"op": "train", "kind": "linear", "program": "ai-bio", "out": "x.model", "knots": 1},
         {"op": "model", "action": "fly"}, {"op": "model", "action": "show"}, {"op": "model", "action": "export", "model": "./t.model"},
         {"op": "model", "model": "x"},
         {"op": "model", "action": "list", "program": "ai-bio"}, {"op": "model", "action": "rows", "program": "ai-bio"},
         dict(IMPORT, features=[]), dict(IMPORT, about_en=""),
         {"op": "model", "action": "rows", "program": "ai-bio", "out": "r.txt", "qrels": "q.txt"}, dict(IMPORT, features=["text", "text"]),
         dict(IMPORT, means={"text": 1e10}),
         dict(IMPORT, model="t.model"), {name: value for name, value in IMPORT.items() if name != "about_ko"},
         {"op": "account"}, {"op": "account", "action": "fly"}, {"op": "account", "action": "create", "account": "Kim", "role": "desk"},
         {"op": "account", "action": "create", "account": "kim", "role": "desk", "days": 731}, {"op": "account", "action": "list", "path": "x"},
         {"op": "access"},
         {"op": "access", "action": "fly"}, {"op": "evaluate"}, {"op": "evaluate", "qrels": QRELS},
         {"op": "evaluate", "qrels": QRELS, "runs": []}, {"op": "evaluate", "qrels": "", "runs": [{"name": "a", "run": RUN}]},
         {"op": "evaluate", "qrels": QRELS, "runs": [{"run": RUN}]}, {"op": "evaluate", "qrels": QRELS, "runs": [{"name": "a", "run": ""}]},
         {"op": "evaluate", "qrels": QRELS, "runs": [{"name": "a", "run": RUN}], "measures": ["AP"] * 33},
         {"op": "evaluate", "qrels": QRELS, "runs": [{"name": "a", "run": RUN}], "seed": -1},
         {"op": "evaluate", "qrels": QRELS, "runs": [{"name": str(n), "run": RUN} for n in range(17)]},
         {"op": "backup"}, {"op": "restore", "path": ""}, {"op": "program", "lang": "fr"}]

# Records against their schema: both must refuse them.
WRONG_RECORDS = [("supplier", {"id": "A"}), ("supplier", {"id": "가", "name": "가나(가상)"}), ("supplier", {"id": "A", "name": " "}),
                 ("supplier", {"id": "A", "name": "가나(가상)", "registration_no": "12-3"}), ("supplier", {"id": "A", "name": "가나(가상)", "ksic": ["Z10"]}),
                 ("supplier", {"id": "A", "name": "가나(가상)", "ksic_rev": 9}), ("supplier", {"id": "A", "name": "가나(가상)", "founded": "2023-13-01"}),
                 ("supplier", {"id": "A", "name": "가나(가상)", "capacity": -1}), ("supplier", {"id": "A", "name": "가나(가상)", "price_krw": [1]}),
                 ("supplier", {"id": "A", "name": "가나(가상)", "products": [1]}), ("demand", {"id": "A", "program": "p", "firm": {}, "need": "x"}),
                 ("demand", {"id": "A", "program": "p", "firm": {"name": "가나(가상)"}, "need": ""}),
                 ("demand", {"id": "A", "program": "p", "firm": {"name": "가나(가상)"}, "need": "x", "budget_krw": -1}),
                 ("demand", {"id": "A", "program": "p", "firm": {"name": "가나(가상)"}, "need": "x", "must": "cloud"}),
                 ("demand", {"id": "A", "program": "p", "firm": {"name": "가나(가상)", "business": "x"}}),
                 ("demand", {"id": "A", "program": "p", "latent": False, "firm": {"name": "가나(가상)", "business": "x"}}),
                 ("demand", {"id": "A", "program": "p", "latent": True, "firm": {"name": "가나(가상)"}}),
                 ("demand", {"id": "A", "program": "p", "latent": True, "firm": {"name": "가나(가상)", "business": " "}}),
                 ("demand", {"id": "A", "program": "p", "latent": "yes", "firm": {"name": "가나(가상)"}, "need": "x"}),
                 ("outcome", {"demand": "A", "supplier": "B", "program": "p", "stage": "happy", "date": "2025-01-01"}),
                 ("outcome", {"demand": "A", "supplier": "B", "program": "p", "stage": "agreed", "grade": 4, "date": "2025-01-01"})]

# Files against their schema (a change of a file that is right): the schema must refuse them. That the engine does is for tests/cases/desk-
# wrong and examples-wrong.

EXAMPLES = {"examples": "manufacturing", "version": "1", "effective": "2026-11-26", "source": {"ko": "가", "en": "a"},
            "passages": [{"text": "돌려 보며 골라냅니다", "concepts": ["visual-inspection"], "voice": "demand"}]}
WRONG_FILES = [("lexicon", EXAMPLES, {"passages": [{"text": "x", "concepts": [], "voice": "demand"}]}),
               ("lexicon", EXAMPLES, {"passages": [{"text": "x", "concepts": ["chatbot"], "voice": "nobody"}]}),
               ("lexicon", EXAMPLES, {"passages": [{"text": "", "concepts": ["chatbot"], "voice": "demand"}]}),
               ("lexicon", EXAMPLES, {"passages": [{"concepts": ["chatbot"], "voice": "demand"}]}),
               ("lexicon", EXAMPLES, {"passages": None}), ("lexicon", EXAMPLES, {"version": ""}), ("lexicon", EXAMPLES, {"colour": "red"})]


class Checker:
    def __init__(self, root):
        self.faults, self.counts = [], {}
        self.schemas = {}
        for path in sorted((root / "data" / "schema").glob("*.schema.json")):
            schema = json.loads(path.read_text(encoding="utf-8"))
            try:
                Draft202012Validator.check_schema(schema)
            except Exception as error:  # jsonschema's own SchemaError, wherever this version keeps it
                self.faults.append(f"{path.name}: not a valid schema: {error}")
            self.schemas[path.name.removesuffix(".schema.json")] = schema

    def validator(self, name, definition=None):
        schema = self.schemas[name]
        if definition:
            schema = {"$schema": schema["$schema"], "$defs": schema["$defs"], "$ref": f"#/$defs/{definition}"}
        return Draft202012Validator(schema, format_checker=FormatChecker())

    def check(self, where, value, name, definition=None):
        self.counts[name] = self.counts.get(name, 0) + 1
        for error in itertools.islice(self.validator(name, definition).iter_errors(value), 3):
            place = "/".join(str(step) for step in error.absolute_path)
            self.faults.append(f"{where}: /{place}: {error.message[:300]}")

    def check_wrong(self, where, value, name):
        self.counts["refused"] = self.counts.get("refused", 0) + 1
        if self.validator(name).is_valid(value):
            self.faults.append(f"{where}: {name}.schema.json lets pass {json.dumps(value, ensure_ascii=False)}")


def read_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def check_data(checker, data):
    for path in sorted((data / "programs").glob("*.json")):
        checker.check(path.name, json.loads(path.read_text(encoding="utf-8")), "program")
    for path in sorted((data / "jurisdictions").glob("*.json")):
        checker.check(path.name, json.loads(path.read_text(encoding="utf-8")), "jurisdiction")
    for name, shape in (("sme_etc", "union"), ("vocabularies", "vocabularies")):
        checker.check(name + ".json", json.loads((data / "taxonomy" / (name + ".json")).read_text(encoding="utf-8")), shape)
    for path in sorted((data / "lexicon").glob("*.json")):
        checker.check(path.name, json.loads(path.read_text(encoding="utf-8")), "lexicon")
    for path in sorted((data / "desk").glob("*.json")):
        checker.check(path.name, json.loads(path.read_text(encoding="utf-8")), "desk")
    for path in sorted((data / "learn").glob("*.json")):
        checker.check(path.name, json.loads(path.read_text(encoding="utf-8")), "learn")
    for name in ("roles", "access"):
        checker.check(name + ".json", json.loads((data / "server" / (name + ".json")).read_text(encoding="utf-8")), name)
    checker.check("report.json", json.loads((data / "report" / "report.json").read_text(encoding="utf-8")), "report")
    for path in sorted((data / "diagnosis").glob("*.json")):
        checker.check(path.name, json.loads(path.read_text(encoding="utf-8")), "diagnosis")
    for folder, (kind, pattern) in itertools.product(("demo", "cases"), (("supplier", "*suppliers*.jsonl"), ("demand", "*demands*.jsonl"),
                                                                         ("outcome", "*outcomes*.jsonl"))):
        for path in sorted((data / folder).glob(pattern)):
            for number, record in enumerate(read_lines(path), 1):
                checker.check(f"{path.name} line {number}", record, kind)


def damaged_files(data):
    """Files of the data folder with one member changed or taken away: (schema, right file, changes)."""
    meaning = json.loads((data / "lexicon" / "meaning.json").read_text(encoding="utf-8"))
    desk = json.loads((data / "desk" / "desk.json").read_text(encoding="utf-8"))
    for changes in ({"k1": -1}, {"b": 2}, {"keep": 0}, {"spans": 65}, {"keep": 1.5}, {"roles": {"need": -1}}, {"roles": {"nead": 1}}, {"colour": 1}):
        yield "lexicon", meaning, changes
    questions, cases = desk["questions"], desk["cases"]
    for changes in ({"suppliers": 1}, {"answers": 17}, {"most": 0}, {"shows": 0}, {"least_bits": -1},
                    {"facets": [{"facet": "smell", "ko": "x", "en": "x"}]},
                    {"facets": [{"facet": "task", "ko": "x"}]}, {"colour": 1}):
        yield "desk", desk, {"questions": dict(questions, **changes)}
    for changes in ({"text": 2}, {"meaning": -1}, {"least": "little"}, {"colour": 1}):
        yield "desk", desk, {"cases": dict(cases, **changes)}
    roles = json.loads((data / "server" / "roles.json").read_text(encoding="utf-8"))
    access = json.loads((data / "server" / "access.json").read_text(encoding="utf-8"))
    for changes in ({"roles": {}}, {"paths": "out"}, {"operations": {"find": {"roles": ["desk"]}}},
                    {"operations": {"find": {"steps": {}}}}, {"colour": 1}):
        yield "roles", roles, changes
    report = json.loads((data / "report" / "report.json").read_text(encoding="utf-8"))
    for changes in ({"version": ""}, {"small_cells": {"below": -1}}, {"age_bands": {"years": []}}, {"readiness_bands": {"points": [20]}},
                    {"needs_shown": 0}, {"colour": 1}):
        yield "report", report, changes
    for changes in ({"retention_months": 11}, {"unusual": {}}, {"colour": 1}):
        yield "access", access, changes
    learn = json.loads((data / "learn" / "learn.json").read_text(encoding="utf-8"))
    for changes in ({"threshold": 0}, {"stages": {"agreed": -1}}, {"stages": {"happy": 1}}, {"measures": []},
                    {"limits": {"time_s": 5}}, {"colour": 1}):
        yield "learn", learn, changes
    for name, members in (("readiness", ("makers", "reference", "stages", "areas")), ("routes", ("needs", "otherwise", "routes")),
                          ("ethics", ("principles", "answers", "items"))):
        right = json.loads((data / "diagnosis" / f"{name}.json").read_text(encoding="utf-8"))
        for changes in ({"id": "desk"}, {"version": ""}, {"effective": 2026}, {"source": "x"}, {"colour": 1},
                        *({member: []} for member in members if member not in ("makers", "otherwise"))):
            yield "diagnosis", right, changes
        for member in members + ("version", "defaults"):
            yield "diagnosis", {key: value for key, value in right.items() if key != member}, {}
    for member in ("desk", "version", "effective", "questions", "cases"):
        yield "desk", {name: value for name, value in desk.items() if name != member}, {}


def model_headers(root):
    """(where, header) of the shipped models, and of the fuzzer's seeds, which are a header, NUL, and a body."""
    for path in sorted((root / "models").glob("*.model")) + sorted((root / "tests" / "fuzz" / "corpus" / "model_file").iterdir()):
        content = path.read_bytes()
        if content.startswith(b"IEUM-MODEL "):
            _, sizes, rest = content.split(b"\n", 2)
            text = rest[:int(sizes.split()[0])]
        else:
            text = content.split(b"\0", 1)[0]
        yield path.name, json.loads(text.decode("utf-8"))


def check_models(checker, root):
    for where, header in model_headers(root):
        checker.check(f"model {where}", header, "model")
        for changes in ({"kind": "forest"}, {"id": "../x"}, {"program": {"id": "p"}}, {"features": [{"name": "a", "points": 1}]}, {"pairs": -1},
                        {"demand": ["a", "a"]}, {"inputs": [{"name": "a"}]}, {"calibrated": 1}, {"arrays": {"more": [0, 1]}},
                        {"arrays": {"numbers": [0]}},
                        {"card": {}}, {"card": {"data": {"ko": "가"}}}, {"colour": 1}):
            checker.check_wrong("wrong model", dict(header, **changes), "model")


def check_files(checker, data):
    checker.check("the examples above", EXAMPLES, "lexicon")
    for name, right, changes in itertools.chain(WRONG_FILES, damaged_files(data)):
        checker.check_wrong("wrong file", dict(right, **changes), name)


def answer(program, data, folder, lines):
    """The replies to the requests, all through one process."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    environment = dict(os.environ, IEUM_DATA=str(data), IEUM_STORE=os.path.join(folder, "ieum.db"))
    done = subprocess.run([program, "call"], input=text, capture_output=True, text=True, env=environment, cwd=folder, check=False)
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    if len(replies) != len(lines):
        raise SystemExit(f"{len(lines)} requests, {len(replies)} replies: {done.stderr[:2000]}")
    return replies


def check_replies(checker, program, data, folder):
    records = {"suppliers": read_lines(data / "demo" / "suppliers.jsonl"),
               "demands": read_lines(data / "demo" / "demands.jsonl") + read_lines(data / "cases" / "seed_demands.jsonl"),
               "programs": sorted(path.stem for path in (data / "programs").glob("*.json"))}
    asked = [dict({"id": number}, **request) for number, request in enumerate(requests(records), 1)]
    for request, reply in zip(asked, answer(program, data, folder, asked)):
        where = f"reply to {request['op']} {request.get('step') or request.get('action') or ''}".strip()
        checker.check(f"request {request['id']}", request, "requests")
        checker.check(where, reply, "replies")
        if "problem" in reply:
            checker.faults.append(f"{where}: {reply['problem']['code']}: {reply['problem']['text']['en']} {reply['problem']['pointer']}")
            continue
        checker.check(where, reply["result"], "replies", request["op"])
        if reply.get("id") != request["id"]:
            checker.faults.append(f"{where}: the id is not echoed")


def check_previews(checker, program, data, folder):
    """Looks at files, which have a shape of their own: one with cells to mend and a record that is there, one of other kinds, the templates."""
    files = {"suppliers.csv": "번호,기업명,설립일,예산(백만원),모름\nS001,가나(가상),2019-13-01,3,x\nS002,나다(가상),2019-01-02,,\n",
             "decisions.csv": "수요과제,공급기업\nD001,S001\n,S002\n", "demands.jsonl": '{"id":"D9"}\n', "outcomes.csv": "수요과제,단계\nD001,완료\n"}
    for name, text in files.items():
        pathlib.Path(folder, name).write_text(text, encoding="utf-8")
    environment = dict(os.environ, IEUM_DATA=str(data), IEUM_STORE=os.path.join(folder, "ieum.db"))
    for name in files:
        for more in ([], ["--mapping", "none.json"]):
            pathlib.Path(folder, "none.json").write_text("{}", encoding="utf-8")
            done = subprocess.run([program, "import", name.split(".")[0], name, "--preview", *more, "--format", "json"],
                                  capture_output=True, text=True, env=environment, cwd=folder, check=False)
            if done.returncode:
                checker.faults.append(f"preview of {name}: {done.stderr[:300]}")
            else:
                checker.check(f"preview of {name}", json.loads(done.stdout), "replies", "import_preview")


def check_refusals(checker, program, data, folder):
    kinds = [{"op": "import", "kind": kind + "s", "records": [record]} for kind, record in WRONG_RECORDS]
    for request, reply in zip(WRONG + kinds, answer(program, data, folder, WRONG + kinds)):
        checker.check(f"refusal of {request}", reply, "replies")
        if "problem" not in reply or reply["problem"]["code"] not in ("invalid", "usage", "limit"):
            checker.faults.append(f"the engine does not refuse {json.dumps(request, ensure_ascii=False)}")
    for request in WRONG:
        checker.check_wrong("wrong request", request, "requests")
    for kind, record in WRONG_RECORDS:
        checker.check_wrong("wrong record", record, kind)


def main(arguments):
    if len(arguments) not in (2, 3):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    root = pathlib.Path(arguments[2] if len(arguments) == 3 else pathlib.Path(__file__).resolve().parent.parent)
    checker = Checker(root)
    check_data(checker, root / "data")
    check_files(checker, root / "data")
    check_models(checker, root)
    with tempfile.TemporaryDirectory() as folder:
        check_replies(checker, os.path.abspath(arguments[1]), root / "data", folder)
        check_previews(checker, os.path.abspath(arguments[1]), root / "data", folder)
        check_refusals(checker, os.path.abspath(arguments[1]), root / "data", folder)
    for fault in checker.faults:
        print(fault)
    if not checker.faults:
        print(f"{len(checker.schemas)} schemas; " + ", ".join(f"{name} {count}" for name, count in sorted(checker.counts.items())))
    return 1 if checker.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
