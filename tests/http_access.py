# SPDX-License-Identifier: Apache-2.0
"""Who may do what: wrong tokens, sessions and their CSRF token, roles, two browsers at one round, what stands in the access log, script in
a firm's name."""
import json
import threading
import time

BROWSER = {"Sec_Fetch_Site": "same-origin"}


class Browser:
    """A session of a role: cookie and CSRF token as a browser keeps them."""

    def __init__(self, server, token):
        told = server.ask("POST", "/v1/session", {"token": token}, token=False, **BROWSER)
        self.server, self.csrf = server, told.result["csrf"]
        self.cookie_line = told.headers["Set-Cookie"]
        self.cookie = self.cookie_line.split(";")[0]
        self.may = told.result["may"]

    def ask(self, method, path, body=None, **headers):
        if method != "GET":
            headers = {"X_CSRF_Token": self.csrf, **headers}
        return self.server.ask(method, path, body, token=False, Cookie=self.cookie, **{**BROWSER, **headers})

    def call(self, op, request, **headers):
        return self.ask("POST", f"/v1/{op}", request, **headers)


def new_account(server, name, role):
    return server.call("account", {"action": "create", "account": name, "role": role}).result["token"]


def tokens(server):
    """Whatever is wrong with a token, the answer is the same."""
    revoked = new_account(server, "gone", "desk")
    assert server.call("program", token=revoked).status == 200
    server.call("account", {"action": "revoke", "account": "gone"})
    answers = set()
    wrong = [revoked, "A" * 43, server.token[:-1] + ("A" if server.token[-1] != "A" else "B"), "short",
             "x" * 500, "a b", "ké".encode().decode("latin-1")]
    for token in wrong[:4]:
        told = server.call("program", token=token)
        answers.add((told.status, told.body, told.headers["WWW-Authenticate"]))
    told = server.call("program", token=False)
    answers.add((told.status, told.body, told.headers["WWW-Authenticate"]))
    for header in ("Basic YTpi", "Bearer", "Bearer  ", "bearer x y"):
        told = server.ask("POST", "/v1/program", {}, token=False, Authorization=header)
        answers.add((told.status, told.body, told.headers["WWW-Authenticate"]))
    assert len(answers) == 1 and next(iter(answers))[0] == 401, answers
    for token in wrong[4:]:
        assert server.call("program", token=token).status == 401
    assert server.ask("GET", "/v1/session", token=False).status == 401
    assert server.ask("GET", "/v1/session", token=False, Cookie="ieum_session=forged").status == 401
    assert server.ask("GET", "/v1/openapi.json", token=False).status == 200  # says nothing of anybody


def sessions(server):
    browser = Browser(server, new_account(server, "kim-desk", "desk"))
    for part in ("HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in browser.cookie_line, browser.cookie_line
    shown = browser.ask("GET", "/v1/session").result
    assert (shown["account"], shown["role"], shown["csrf"]) == ("kim-desk", "desk", browser.csrf) and shown["may"]["suggest"] is True
    assert "confirm" not in shown["may"]["round"] and "consent" in shown["may"]["round"] and "import" not in shown["may"]
    need = {"program": "ai-bio", "need": "불량을 눈으로 골라냅니다", "k": 1}
    assert browser.call("suggest", need).status == 200
    # another site's page has the cookie sent at most by mistake: it has neither the token nor the origin
    assert browser.call("suggest", need, X_CSRF_Token="0" * 64).status == 403
    assert server.ask("POST", "/v1/suggest", need, token=False, Cookie=browser.cookie).status == 403
    assert browser.call("suggest", need, Sec_Fetch_Site="cross-site").status == 403
    assert browser.call("suggest", need, Sec_Fetch_Site="same-site").status == 403
    host, port = server.address
    assert browser.call("suggest", need, Origin="http://evil.example").status == 403
    assert browser.call("suggest", need, Origin="null").status == 403
    assert browser.call("suggest", need, Origin=f"http://{host}:{port}").status == 200
    assert browser.call("suggest", need, Origin=f"http://{host}:{port + 1}").status == 403
    assert server.ask("POST", "/v1/session", {"token": server.token}, token=False, Sec_Fetch_Site="cross-site").status == 403
    assert server.ask("POST", "/v1/session", {"token": "no"}, token=False).status == 401
    assert server.ask("POST", "/v1/session", b"token=x", token=False).status == 401
    told = browser.ask("DELETE", "/v1/session")
    assert told.status == 200 and "Max-Age=0" in told.headers["Set-Cookie"]
    assert browser.ask("GET", "/v1/session").status == 401 and browser.call("suggest", need).status == 401


def roles(server):
    desk, viewer = new_account(server, "lee-desk", "desk"), new_account(server, "viewer", "viewer")
    server.call("round", {"step": "new", "program": "ai-bio", "round": "roles"})
    before = server.call("round", {"step": "show", "round": "roles"}).result
    acts = [("round", {"step": "lock", "round": "roles", "demand": "D019", "supplier": "S047", "reason": "x"}),
            ("round", {"step": "propose", "round": "roles"}), ("round", {"step": "publish", "round": "roles"}),
            ("import", {"kind": "suppliers", "records": []}), ("account", {"action": "create", "account": "mine", "role": "admin"}),
            ("account", {"action": "list"}), ("account", {"action": "authenticate", "token": server.token}),
            ("account", {"action": "bootstrap", "new": True}),
            ("backup", {"path": "x.db"}), ("restore", {"path": "x.db"}), ("audit", {"action": "list"}), ("train", {})]
    for op, request in acts:
        told = server.call(op, request, token=desk)
        assert told.status in (400, 403) and told.code in ("forbidden", "invalid"), (op, request, told.status)
        if op in ("round", "account"):
            assert told.status == 403, (op, request, told.status, told.body)
    assert server.call("suggest", {"program": "ai-bio", "need": "x"}, token=viewer).status == 403
    assert server.call("round", {"step": "list", "by": "somebody-else"}, token=viewer).status == 403
    for path in ({"model": "/etc/passwd"}, {"model": "../x.model"}):
        assert server.call("suggest", {"program": "ai-bio", "need": "x", **path}, token=desk).status in (400, 403)
    lines = b'{"op":"round","step":"propose","round":"roles"}\n{"op":"program"}\n'
    told = server.ask("POST", "/v1/batch", lines, token=desk, Content_Type="application/jsonl")  # each line is asked for by itself
    first, second = (json.loads(line) for line in told.body.decode().splitlines())
    assert first["problem"]["status"] == 403 and "result" in second
    for token in (viewer, desk):  # who may neither import nor shadow has nothing to upload
        told = server.ask("POST", "/v1/uploads?name=a.csv", token=token)
        assert told.status == 403 and told.code == "forbidden" and "uploads no files" in told.json()["problem"]["text"]["en"], told.body
        assert "파일을 올릴 수 없습니다" in told.json()["problem"]["text"]["ko"]
    researcher = new_account(server, "park", "researcher")  # may shadow, not import
    upload = server.ask("POST", "/v1/uploads?name=a.csv", token=researcher).result["upload"]
    assert server.ask("POST", f"/v1/uploads/{upload}/import", {"kind": "suppliers"}, token=researcher).status == 403
    assert server.ask("DELETE", f"/v1/uploads/{upload}", token=desk).status == 404  # another's
    assert server.ask("DELETE", f"/v1/uploads/{upload}", token=researcher).status == 200
    after = server.call("round", {"step": "show", "round": "roles"}).result
    assert after["round"]["revision"] == before["round"]["revision"] and not after["restrictions"]


def two_browsers(server):
    """Two managers at one round: who is second is told, and nothing of either is lost. Then many at once."""
    server.call("round", {"step": "new", "program": "ai-bio", "round": "both"})
    kim, lee = (Browser(server, new_account(server, name, "manager")) for name in ("kim", "lee"))
    seen = kim.call("round", {"step": "show", "round": "both"}).result["round"]["revision"]
    lock = {"step": "lock", "round": "both", "demand": "D019", "supplier": "S047", "reason": "처음", "revision": seen}
    veto = {"step": "veto", "round": "both", "demand": "D019", "supplier": "S002", "reason": "나중", "revision": seen}
    assert kim.call("round", lock).status == 200
    told = lee.call("round", veto)
    assert told.status == 409 and told.code == "conflict", told.status
    veto["revision"] = lee.call("round", {"step": "show", "round": "both"}).result["round"]["revision"]
    assert lee.call("round", veto).status == 200
    statuses = []

    def press(browser, supplier):
        while True:
            revision = browser.call("round", {"step": "show", "round": "both"}).result["round"]["revision"]
            told = browser.call("round", {"step": "veto", "round": "both", "demand": "D020", "supplier": supplier,
                                          "reason": supplier, "revision": revision})
            statuses.append(told.status)
            if told.status != 409:
                return
    threads = [threading.Thread(target=press, args=((kim, lee)[n % 2], f"S{n + 10:03d}")) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    shown = kim.call("round", {"step": "show", "round": "both"}).result
    assert sorted(set(statuses)) in ([200], [200, 409]) and statuses.count(200) == 6, statuses
    assert len(shown["restrictions"]) == 8 and {one["author"]["by"] for one in shown["restrictions"]} == {"kim", "lee"}


def script_in_a_name(server):
    """Text of others stays text: in JSON, in a page, in a spreadsheet."""
    name = "<script>alert(1)</script>=cmd|'/c calc'!A1\"&(가상)"
    firm = {"id": "SX", "name": name, "region": "서울특별시", "summary": "눈으로 하던 외관 불량 검사를 대신하는 <img src=x onerror=alert(2)> 비전 검사"}
    formula = {"id": "SY", "name": "=1+1(가상)", "region": "서울특별시", "summary": "외관 불량 검사 카메라"}
    told = server.call("import", {"kind": "suppliers", "records": [firm, formula]})
    assert told.status == 200, told.body
    request = {"program": "ai-bio", "need": "외관 불량 검사를 눈으로 합니다", "k": 100, "rules": False}
    until = time.monotonic() + 30
    while time.monotonic() < until:  # readers follow the store in a moment
        told = server.call("suggest", request)
        if any(one["supplier"] == "SX" for one in told.result["suggestions"]):
            break
    assert any(one["supplier"] == "SX" for one in told.result["suggestions"]), "the readers did not follow the store"
    assert told.headers["Content-Type"].startswith("application/json") and told.headers["X-Content-Type-Options"] == "nosniff"
    page = server.ask("POST", "/v1/find?format=html", {"word": "불량 검사를 대신"})
    text = page.body.decode()
    assert page.status == 200 and "alert(1)" in text and "<script" not in text and "<img src=x" not in text
    assert "script-src" not in page.headers["Content-Security-Policy"] and "default-src 'none'" in page.headers["Content-Security-Policy"]
    sheet = server.ask("POST", "/v1/find?format=csv", {"word": "외관 불량 검사"}).body.decode("utf-8-sig")
    assert "=1+1(가상)" in sheet
    import csv
    import io
    assert not any(cell.startswith(("=", "+", "@")) for row in csv.reader(io.StringIO(sheet)) for cell in row)


def access_log(server):
    """Who read whose data stands in a file of its own; no token does, there or anywhere."""
    entries = [json.loads(line) for file in (server.folder / "ieum.db.access").iterdir() for line in file.read_text(encoding="utf-8").splitlines()]
    assert any(one["account"] == "kim-desk" and one["op"] == "suggest" and one["origin"] == "127.0.0.1" and one["subject"] for one in entries)
    assert any(one["account"] == "lee-desk" and one["status"] == "forbidden" for one in entries)
    secrets = [server.token]
    for file in [*(server.folder / "ieum.db.access").iterdir(), server.store]:
        data = file.read_bytes()
        assert not any(secret.encode() in data for secret in secrets), f"a token stands in {file.name}"
    assert server.log().count(server.token) <= 2  # where it is shown, and in the address beside


def failures(server):
    """Guessing is slowed down, whoever is signed in goes on."""
    browser = Browser(server, new_account(server, "steady", "desk"))
    statuses = [server.call("program", token=f"guess{n}").status for n in range(60)]
    most = statuses.index(429)
    assert set(statuses[:most]) == {401} and set(statuses[most:]) == {429}, statuses
    told = server.call("program", token="guess")
    assert int(told.headers["Retry-After"]) >= 1
    assert server.ask("POST", "/v1/session", {"token": server.token}, token=False).status == 429
    assert browser.call("program", {}).status == 200


CHECKS = [tokens, sessions, roles, two_browsers, script_in_a_name, access_log, failures]
