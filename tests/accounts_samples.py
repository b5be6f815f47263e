# SPDX-License-Identifier: Apache-2.0
"""What the checks of accounts share: the program that asks for others (ask_for.c) as a class, a store with a little of the development
collection, and a count of what was checked."""
import contextlib
import json
import pathlib
import sqlite3
import subprocess
import sys

ASK_FOR, PROGRAM, ROOT = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
DATA = ROOT / "data"
ROLES = json.loads((DATA / "server/roles.json").read_text())
checked, failed = 0, 0


def check(truth, what):
    global checked, failed
    checked += 1
    if not truth:
        failed += 1
        print("FAILED:", what)
    return truth


def end():
    print(f"{checked} checks, {failed} failed")
    sys.exit(failed > 0)


class Engine:
    """A handle of its own in a process of its own. `access` "": no access log."""

    def __init__(self, store, access="", now="2025-08-04", data=DATA):
        self.process = subprocess.Popen([ASK_FOR, str(store), str(data), str(access), now], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        check(self.process.wait() == 0, "the process ended well")

    def send(self, request, account="-", role="-", origin="127.0.0.1", file=None):
        text = request if isinstance(request, str) else json.dumps(request, ensure_ascii=False)
        self.process.stdin.write("\t".join([account, role, origin, text, *([str(file)] if file else [])]) + "\n")
        self.process.stdin.flush()

    def receive(self):
        return json.loads(self.process.stdout.readline())

    def ask(self, request, *who, **more):
        self.send(request, *who, **more)
        return self.receive()

    def result(self, request, *who, **more):
        reply = self.ask(request, *who, **more)
        check("result" in reply, f"{request} is answered: {reply.get('problem')}")
        return reply.get("result")

    def problem(self, code, request, *who, **more):
        reply = self.ask(request, *who, **more)
        found = reply.get("problem") or {}
        check(found.get("code") == code and "result" not in reply, f"{request} of {who} is '{code}': {json.dumps(reply)[:300]}")
        return found


def records(name, most):
    return [json.loads(line) for line in (DATA / "demo" / name).read_text().splitlines()[:most]]


def fill(engine, suppliers=20, demands=None):
    engine.result({"op": "import", "kind": "suppliers", "records": records("suppliers.jsonl", suppliers)})
    engine.result({"op": "import", "kind": "demands", "records": records("demands.jsonl", demands)})


@contextlib.contextmanager
def database(path):
    connection = sqlite3.connect(path)
    yield connection
    connection.commit()
    connection.close()


def has_word(value, words):
    """Whether one of the words stands in a text anywhere in a JSON value."""
    text = json.dumps(value, ensure_ascii=False)
    return any(word in text for word in words)
