# SPDX-License-Identifier: Apache-2.0
"""Replies (JSON Lines, standard input) in brief: what a case compares to the byte without comparing sentences.

A reply becomes `id operation ok`, or `id operation CODE HTTP-status pointer` followed by the problem's place, value and
what is expected. The parser's own words (a value that stands beside a line and column) are left out. Whatever is against
the shape of a problem object is said.
"""
import json
import sys

MEMBERS = {"type", "title", "status", "detail", "code", "pointer", "source", "line", "column", "value", "expected", "text"}


def problem_faults(problem):
    if problem.get("type") != "urn:ieum:problem:" + problem.get("code", ""):
        yield "type does not fit the code"
    if not problem.get("title") or problem.get("detail") not in problem.get("text", {}).values():
        yield "title or detail is missing"
    if set(problem) - MEMBERS:
        yield f"unknown members {sorted(set(problem) - MEMBERS)}"


def brief(reply):
    words = [str(reply.get("id", "-")), reply.get("op", "-")]
    if ("problem" in reply) == ("result" in reply):
        return " ".join(words + ["NEITHER RESULT NOR PROBLEM"])
    if "result" in reply:
        status = reply["result"].get("status")
        return " ".join(words + ["ok"] + ([status] if isinstance(status, str) else []))
    problem = reply["problem"]
    words += [problem["code"], str(problem["status"]), problem["pointer"] or '""']
    words += [f"{key}={problem[key]}" for key in ("source", "line", "column") if key in problem]
    if "value" in problem and "line" not in problem:
        words.append("value=" + problem["value"])
    if "expected" in problem:
        words.append("expected=" + problem["expected"])
    return " ".join(words + ["FAULT: " + fault for fault in problem_faults(problem)])


def main():
    for line in sys.stdin.buffer:
        try:
            print(brief(json.loads(line)))
        except ValueError as error:
            print(f"NO JSON: {error}")


if __name__ == "__main__":
    main()
