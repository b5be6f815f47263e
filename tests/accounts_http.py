#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Accounts over HTTP, with a server of its own: accounts_http.py ASK_FOR PROGRAM ROOT

The first start's token, signing in and out, what a cookie alone may not do, changes of roles and revocations at once, what a role may not,
names that other sites point here, and that neither secrets nor what is withheld leave.
"""
import http.client
import json
import pathlib
import subprocess
import tempfile
import urllib.parse

from accounts_samples import DATA, PROGRAM, Engine, check, end, fill

WHEN = "2025-08-04"


class Server:
    def __init__(self, store, access, *options):
        self.process = subprocess.Popen([PROGRAM, "--store", str(store), "--data", str(DATA), "--now",
                                         WHEN, "--lang", "en", "serve", "--listen", "127.0.0.1:0", "--access", str(access), *options],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.ready = json.loads(self.process.stdout.readline())
        self.port = int(self.ready["url"].rsplit(":", 1)[1])

    def stop(self):
        self.process.terminate()
        out, said = self.process.communicate()
        check(self.process.returncode == 0, f"the server stops well: {said}")
        return out + said

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        text = None if body is None else json.dumps(body)
        sent = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        connection.request(method, path, text, ({"Content-Type": "application/json"} if body is not None else {}) | sent)
        answer = connection.getresponse()
        raw = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, answer.headers, raw

    def result(self, method, path, body=None, expected=200, **headers):
        status, _, raw = self.ask(method, path, body, **headers)
        check(status == expected, f"{method} {path} {body} is {status}, not {expected}: {raw[:200]}")
        return json.loads(raw).get("result")


def first_start(server):
    token = server.ready.get("token", "")
    check(len(token) == 43, "the first start tells a token")
    me = server.result("POST", "/v1/account", {"action": "list"}, Authorization=f"Bearer {token}")
    check([one["role"] for one in me["accounts"]] == ["admin"], "an administrator's")
    return token


def sign_in(server, token):
    status, headers, raw = server.ask("POST", "/v1/session", {"token": token}, Origin=f"http://127.0.0.1:{server.port}")
    cookie, result = headers["Set-Cookie"], json.loads(raw)["result"]
    check(status == 200 and all(word in cookie for word in ("HttpOnly", "SameSite=Strict", "Path=/")), f"a session cookie: {status}")
    check("session" not in result and token not in raw and cookie.split("=", 1)[1].split(";")[0] not in raw,
          "the page gets no secret but the CSRF value")
    return cookie.split(";")[0], result


def cookies_alone(server, admin):
    cookie, session = sign_in(server, admin)
    own, create = f"http://127.0.0.1:{server.port}", {"action": "create", "account": "kim-desk", "role": "desk"}
    check(server.result("GET", "/v1/session", Cookie=cookie)["csrf"] == session["csrf"], "a session says the same again")
    for headers in ({}, {"X_CSRF_Token": ""}, {"X_CSRF_Token": session["csrf"][:-1]}, {"X_CSRF_Token": "0" * 64},
                    {"X_CSRF_Token": session["csrf"], "Origin": "http://evil.test"},
                    {"X_CSRF_Token": session["csrf"], "Origin": "null"}, {"X_CSRF_Token": session["csrf"], "Sec_Fetch_Site": "cross-site"},
                    {"X_CSRF_Token": session["csrf"], "Sec_Fetch_Site": "same-site"}):
        server.result("POST", "/v1/account", create, 403, Cookie=cookie, **headers)
    check(len(server.result("POST", "/v1/account", {"action": "list"}, Cookie=cookie, X_CSRF_Token=session["csrf"])["accounts"]) == 1,
          "what was refused changed nothing")
    query = urllib.parse.quote(json.dumps(create))
    status, _, _ = server.ask("GET", f"/v1/account?request={query}", Cookie=cookie)
    check(status in (403, 405), f"a link changes nothing: {status}")
    made = server.result("POST", "/v1/account", create, Cookie=cookie, X_CSRF_Token=session["csrf"], Origin=own)
    for _ in range(15):  # nobody is known after a change of accounts, so the refusal is another thread's
        server.result("POST", "/v1/account", {"action": "role", "account": "kim-desk", "role": "desk"}, Authorization=f"Bearer {admin}")
        server.result("DELETE", "/v1/session", None, 403, Cookie=cookie)
        server.result("POST", "/v1/account", {"action": "role", "account": "kim-desk", "role": "desk"}, Authorization=f"Bearer {admin}")
        server.result("GET", f"/v1/account?request={query}", None, 405, Cookie=cookie)
    server.result("DELETE", "/v1/session", Cookie=cookie, X_CSRF_Token=session["csrf"])
    server.result("GET", "/v1/session", None, 401, Cookie=cookie)
    for wrong in ("x", "a b", '"', "é", "A" * 65, "A" * 43, "../../etc"):
        status, _, raw = server.ask("GET", "/v1/session", Cookie=f"ieum_session={wrong}".encode("latin-1").decode("latin-1"))
        check(status in (401, 431) and "result" not in raw, f"'{wrong}' is no session: {status}")
    return made["token"], made["token_id"]


def roles_at_once(server, admin, token, token_id):
    asks = {"Authorization": f"Bearer {token}"}
    rules = {"Authorization": f"Bearer {admin}"}
    find = {"word": "검사"}
    server.result("POST", "/v1/find", find, **asks)
    status, _, raw = server.ask("POST", "/v1/round", {"step": "confirm", "round": "spring"}, **asks)
    problem = json.loads(raw)["problem"]
    check(status == 403 and problem["code"] == "forbidden" and "kim-desk" in problem["text"]["ko"], f"a manager's act is not a desk's: {status}")
    server.result("POST", "/v1/find", find | {"by": "admin"}, 403, **asks)
    server.result("POST", "/v1/account", {"action": "role", "account": "kim-desk", "role": "viewer"}, **rules)
    server.result("POST", "/v1/find", find, 403, **asks)
    check(server.result("GET", "/v1/session", **asks)["role"] == "viewer", "a change of role holds at once")
    server.result("POST", "/v1/account", {"action": "revoke", "token_id": token_id}, **rules)
    server.result("POST", "/v1/find", find, 401, **asks)
    for action in ("bootstrap", "authenticate", "sign-in", "session", "sign-out"):
        server.result("POST", "/v1/account", {"action": action, "role": "admin", "new": True, "token": admin, "session": "x"}, 403, **rules)
    for op, member in (("backup", {"path": "/tmp/x"}), ("restore", {"path": "/tmp/x"}), ("train", {"kind": "linear", "out": "/tmp/x"}),
                       ("suggest", {"program": "ai-bio", "demand": "D019", "model": "/etc/passwd"})):
        server.result("POST", f"/v1/{op}", member, 403, **rules)


def withheld(server, admin):
    made = server.result("POST", "/v1/account", {"action": "create", "account": "see", "role": "viewer"}, Authorization=f"Bearer {admin}")
    query = urllib.parse.quote(json.dumps({"step": "show", "round": "spring"}))
    for form in ("json", "csv", "html", "table"):
        for token, may in ((admin, True), (made["token"], False)):
            status, _, raw = server.ask("GET", f"/v1/round?request={query}&format={form}", Authorization=f"Bearer {token}")
            seen = "MARK-lock" in raw
            check(status == 200 and (seen == may or form == "csv" and not seen) and len(raw) > 300,
                  f"what a person wrote, as {form}, for an administrator alone ({may}): {status}")


def other_names(server, admin):
    for host in ("evil.test", "127.evil.test", "127.0.0.1.evil.test", "localhost.evil.test", "evil.test:8750"):
        status, _, _ = server.ask("POST", "/v1/program", {}, Host=host, Authorization=f"Bearer {admin}")
        check(status == 421, f"'{host}' is not this server: {status}")
    for host in ("localhost", f"127.0.0.1:{server.port}", "127.0.0.2"):
        server.result("POST", "/v1/program", {}, Host=host, Authorization=f"Bearer {admin}")


def failures(server, admin):
    """Last: from here on this address has to wait."""
    found = [server.ask("POST", "/v1/session", {"token": "A" * 43})[0] for _ in range(30)]
    check(found[0] == 401 and found[-1] == 429, f"guessing is slowed down: {found}")
    status, headers, _ = server.ask("POST", "/v1/program", {}, Authorization="Bearer " + "B" * 43)
    check(status == 429 and int(headers["Retry-After"]) > 0, "for tokens as well")
    return found.count(401)


with tempfile.TemporaryDirectory() as name:
    place = pathlib.Path(name)
    store, access = place / "ieum.db", place / "access"
    with Engine(store) as engine:
        fill(engine)
        for step in ({"step": "new", "program": "ai-bio"}, {"step": "open"}, {"step": "propose"},
                     {"step": "lock", "demand": "D019", "supplier": "S007", "by": "lee", "reason": "MARK-lock"}):
            engine.result({"op": "round", "round": "spring", **step})
    main = Server(store, access)
    first = first_start(main)
    second, second_id = cookies_alone(main, first)
    roles_at_once(main, first, second, second_id)
    withheld(main, first)
    other_names(main, first)
    main.result("POST", "/v1/program", {}, Authorization=f"Bearer {first}")
    failures(main, first)
    told = main.stop()
    check(second not in told and told.count(first) <= 2, "no token is logged; the first one is told in words at the start")
    log = [json.loads(line) for path in access.glob("*.jsonl") for line in path.read_text().splitlines()]
    check(all(entry["origin"] == "127.0.0.1" for entry in log), "where from stands in every line of the access log")
    steps = [(entry["op"], entry.get("step"), entry["account"], entry["status"]) for entry in log]
    for one in (("account", "sign-in", "admin", "ok"), ("account", "sign-out", "admin", "ok"), ("account", "sign-in", "", "unauthorized"),
                ("round", "confirm", "kim-desk", "forbidden"),
                ("find", None, "kim-desk", "ok"), ("round", "show", "see", "ok")):
        check(one in steps, f"{one} is in the access log")
    again = Server(store, access, "--new-token", "manager")
    check(len(again.ready.get("token", "")) == 43 and again.ready["token"] != first, "--new-token makes one more")
    check(again.result("GET", "/v1/session", Authorization=f"Bearer {again.ready['token']}")["role"] == "manager", "of the role that was asked for")
    again.stop()
    third = Server(store, access)
    check("token" not in third.ready, "a later start tells none")
    third.stop()
end()
