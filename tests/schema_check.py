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


def requests(records):
    yield {"op": "import", "kind": "suppliers", "records": records["suppliers"]}
    yield {"op": "import", "kind": "demands", "records": records["demands"], "by": "manager"}
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
    yield {"op": "assign", "scores": [[0.9, None], [0.8, 0.7]], "demand": {"min": 1, "max": 1}, "supplier": {"min": [0, 0], "max": [1, None]},
           "vetoes": [[0, 1]], "groups": [{"side": "supplier", "members": [0, 1], "max": 2}], "q": 1, "seed": 1, "method": "max_sum"}
    yield {"op": "assign", "edges": [[0, 0, 0.5], [1, 0, 0.25]], "size": [2, 2], "supplier": {"max": 1}}
    yield {"op": "assign", "scores": [[0.9]], "locks": [[0, 0]], "vetoes": [[0, 0]]}
    yield {"op": "program"}
    yield {"op": "round", "step": "new", "program": "ai-bio", "round": "r1", "by": "manager", "reason": "봄 회차"}
    yield {"op": "round", "step": "propose", "round": "r1", "criteria": "all", "rules": True}
    yield {"op": "round", "step": "show", "round": "r1"}
    yield {"op": "round", "step": "list"}
    yield {"op": "explain-text", "text": "표면 결함을 비전 검사로 찾고 챗봇은 필요 없습니다"}
    yield {"op": "doctor"}
    yield {"op": "backup", "path": "copy.db"}
    yield {"op": "backup", "path": "copy.db", "replace": True}
    yield {"op": "restore", "path": "copy.db", "by": "manager"}


# Requests against their schema: both the schema and the engine must refuse them.
WRONG = [{}, {"op": "fly"}, {"op": "check", "program": "ai-bio"}, {"op": "check", "program": "ai-bio", "all": "yes"},
         {"op": "check", "program": "ai-bio", "demand": 5}, {"op": "suggest", "program": "ai-bio", "need": "x", "k": 0},
         {"op": "suggest", "program": "ai-bio", "need": "x", "colour": "red"}, {"op": "suggest", "program": "ai-bio", "need": ""},
         {"op": "suggest", "program": "ai-bio", "need": "x", "criteria": "some"}, {"op": "assign"}, {"op": "assign", "scores": [["a"]]},
         {"op": "assign", "edges": [[0, 0, 1]]}, {"op": "assign", "scores": [[1]], "supplier": {"max": -1}},
         {"op": "assign", "scores": [[1]], "groups": [{"side": "both", "members": [0]}]}, {"op": "assign", "scores": [[1]], "locks": [[0]]},
         {"op": "import", "kind": "things", "records": []}, {"op": "import", "kind": "suppliers"}, {"op": "program", "action": "remove"},
         {"op": "round"}, {"op": "round", "step": "fly"}, {"op": "explain-text"}, {"op": "explain-text", "text": 5}, {"op": "doctor", "x": 1},
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
                 ("outcome", {"demand": "A", "supplier": "B", "program": "p", "stage": "happy", "date": "2025-01-01"}),
                 ("outcome", {"demand": "A", "supplier": "B", "program": "p", "stage": "agreed", "grade": 4, "date": "2025-01-01"})]


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
    for path in sorted((data / "lexicon").glob("*.json")):
        checker.check(path.name, json.loads(path.read_text(encoding="utf-8")), "lexicon")
    for folder, (kind, pattern) in itertools.product(("demo", "cases"), (("supplier", "*suppliers*.jsonl"), ("demand", "*demands*.jsonl"),
                                                                         ("outcome", "*outcomes*.jsonl"))):
        for path in sorted((data / folder).glob(pattern)):
            for number, record in enumerate(read_lines(path), 1):
                checker.check(f"{path.name} line {number}", record, kind)


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


def check_refusals(checker, program, data, folder):
    kinds = [{"op": "import", "kind": kind + "s", "records": [record]} for kind, record in WRONG_RECORDS]
    for request, reply in zip(WRONG + kinds, answer(program, data, folder, WRONG + kinds)):
        checker.check(f"refusal of {request}", reply, "replies")
        if "problem" not in reply or reply["problem"]["code"] not in ("invalid", "usage"):
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
    with tempfile.TemporaryDirectory() as folder:
        check_replies(checker, os.path.abspath(arguments[1]), root / "data", folder)
        check_refusals(checker, os.path.abspath(arguments[1]), root / "data", folder)
    for fault in checker.faults:
        print(fault)
    if not checker.faults:
        print(f"{len(checker.schemas)} schemas; " + ", ".join(f"{name} {count}" for name, count in sorted(checker.counts.items())))
    return 1 if checker.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
