# SPDX-License-Identifier: Apache-2.0
"""What a working day asks: the engine's replies as they are, files made of them, lines, progress, a file that comes in parts, what the
operator looks at."""
import csv
import io
import json
import re
import subprocess
import time
import urllib.parse
import zipfile

NEED = {"program": "ai-bio", "need": "세포 사진을 눈으로 세고 있습니다", "k": 3}


def link(request, **query):
    return "?" + urllib.parse.urlencode({"request": json.dumps(request, ensure_ascii=False), **query})


def same_as_the_program(server, program):
    """The reply is the one that the command line gives on the same store."""
    asked = (("suggest", NEED), ("cases", {"need": "눈으로 셉니다", "k": 2}), ("program", {"action": "show", "program": "ai-bio"}),
                        ("suggest", {"program": "no-such", "need": "x"}), ("explain-text", {"text": "불량 선별"}))
    lines = "\n".join(json.dumps({"op": op, **request}, ensure_ascii=False) for op, request in asked)
    done = subprocess.run([str(program), "--store", str(server.store), "--data", str(server.folder / "data"),
                           "--now", "2025-09-01", "--lang", "en", "call"],
                          capture_output=True, text=True, input=lines, check=False)
    for (op, request), line in zip(asked, done.stdout.splitlines(), strict=True):
        told = server.call(op, request)
        assert told.json() == json.loads(line), op
        assert told.status == told.json().get("problem", {}).get("status", 200)
        assert told.headers["Cache-Control"] == "no-store"
    assert server.ask("GET", "/v1/suggest" + link(NEED)).json() == server.call("suggest", NEED).json()
    assert server.call("no-such-operation").status == 404
    told = server.ask("POST", "/v1/suggest", {"program": "no-such", "need": "x", "lang": "ko"})
    assert told.status == 404 and "사업" in told.json()["problem"]["detail"]
    assert "토큰" in server.call("program", token=False, Accept_Language="ko").json()["problem"]["detail"]


def files(server):
    told = server.ask("GET", "/v1/suggest" + link(NEED, format="csv"))
    assert told.headers["Content-Type"].startswith("text/csv") and "attachment" in told.headers["Content-Disposition"]
    assert told.body.startswith(b"\xef\xbb\xbf")
    suppliers = [one["supplier"] for one in server.call("suggest", NEED).result["suggestions"]]
    cells = [cell for row in csv.reader(io.StringIO(told.body.decode("utf-8-sig"))) for cell in row]
    assert all(any(supplier in cell for cell in cells) for supplier in suppliers), cells[:40]
    told = server.ask("GET", "/v1/suggest" + link(NEED, format="xlsx"))
    assert any(name.startswith("xl/worksheets/sheet") for name in zipfile.ZipFile(io.BytesIO(told.body)).namelist())
    told = server.ask("GET", "/v1/suggest" + link({**NEED, "lang": "ko"}, format="html"))
    assert told.body.lstrip().lower().startswith(b"<!doctype html") and "Content-Disposition" not in told.headers
    assert server.ask("GET", "/v1/suggest" + link(NEED, format="table")).headers["Content-Type"].startswith("text/plain")
    told = server.ask("GET", "/v1/suggest" + link({"program": "ai-bio", "demand": "D019"}, format="trec"))
    assert re.match(rb"D019 Q0 S\d+ 1 [0-9.]+ ", told.body), told.body[:60]
    told = server.call("round", {"step": "new", "program": "ai-bio", "round": "files"})
    assert told.status == 200
    assert server.call("round", {"step": "propose", "round": "files"}).status == 200
    told = server.ask("POST", "/v1/round?format=svg", {"step": "compare", "round": "files"})
    assert told.headers["Content-Type"] == "image/svg+xml" and told.body.startswith(b"<svg"), told.body[:200]
    assert server.ask("GET", "/v1/suggest" + link({"program": "no-such", "need": "x"}, format="csv")).status == 404


def lines(server):
    asked = [{"op": "program", "id": 1}, {"op": "suggest", "id": 2, **NEED},
             {"op": "round", "step": "new", "program": "ai-bio", "round": "by-line", "id": 3},
             {"op": "nope", "id": 4}, {"op": "round", "step": "show", "round": "by-line", "id": 5}]
    body = "\n".join(json.dumps(one, ensure_ascii=False) for one in asked).encode() + b"\n\n  \n{broken\n" + b'{"op":"program","id":7}'
    told = server.ask("POST", "/v1/batch", body, Content_Type="application/jsonl")
    got = [json.loads(line) for line in told.body.decode().splitlines()]
    assert told.status == 200 and [one.get("id") for one in got] == [1, 2, 3, 4, 5, None, 7], got
    assert ["result" in one for one in got] == [True, True, True, False, True, False, True]
    told = server.ask("POST", "/v1/explain-text", b'{"text":"a"}\n' * 500, Content_Type="application/x-ndjson")
    assert told.body.count(b"\n") == 500 and len(set(told.body.splitlines())) == 1


def events(server):
    assert server.call("round", {"step": "new", "program": "ai-bio", "round": "events"}).status == 200
    told = server.ask("POST", "/v1/round", {"step": "compare", "round": "events"}, Accept="text/event-stream")
    assert told.headers["Content-Type"].startswith("text/event-stream")
    parts = [dict(line.split(": ", 1) for line in block.splitlines()) for block in told.body.decode().strip().split("\n\n")]
    assert parts[-1]["event"] == "reply" and "result" in json.loads(parts[-1]["data"]), told.body[-300:]
    assert all(one["event"] == "progress" and json.loads(one["data"])["message"] for one in parts[:-1])
    for language, stages in (("ko", ("자료를 읽", "자격과 제외", "점수와 순위", "배정을 구하고", "증명서")),
                             ("en", ("Reading the", "Checking eligibility", "Scoring and ranking", "Solving", "certificate"))):
        told = server.ask("POST", "/v1/round", {"step": "propose", "round": "files", "lang": language}, Accept="text/event-stream")
        parts = [dict(line.split(": ", 1) for line in block.splitlines()) for block in told.body.decode().strip().split("\n\n")]
        heard = [json.loads(one["data"])["message"] for one in parts[:-1]]
        heard = [one for one in heard if not re.match(r"처리하고|At work", one)]  # of a slow machine: that it goes on
        assert len(heard) == len(stages) and all(stage in message for stage, message in zip(stages, heard)), heard
        assert "result" in json.loads(parts[-1]["data"]), told.body[-300:]
    told = server.ask("POST", "/v1/round", {"step": "show", "round": "no-such"}, Accept="text/event-stream")
    assert json.loads(told.body.decode().split("data: ", 1)[1])["problem"]["status"] == 404


def send_file(server, name, data, piece=1 << 20, **more):
    told = server.ask("POST", "/v1/uploads?" + urllib.parse.urlencode({"name": name}), **more)
    assert told.status == 201, told.body
    upload = told.result["upload"]
    for offset in range(0, len(data), piece):
        told = server.ask("PUT", f"/v1/uploads/{upload}?offset={offset}", data[offset:offset + piece],
                          Content_Type="application/octet-stream", **more)
        assert told.status == 200 and told.result["size"] == min(len(data), offset + piece)
    return f"/v1/uploads/{upload}"


def shadow_of_uploads(server):
    demand = {"id": "D1", "program": "ai-manufacturing", "applied": "2025-03-14", "need": "프레스 부품의 표면 결함을 찾고 싶습니다.",
              "firm": {"name": "누름쇠(가상)", "region": "서울특별시", "ksic": ["C25"], "size": "중소기업"}}
    texts = {"suppliers": ("공급기업.csv", "번호,기업명,소개\nS1,결함보기(가상),표면 결함을 찾는 비전 검사\n".encode("cp949")),
             "demands": ("demands.jsonl", json.dumps(demand, ensure_ascii=False).encode()), "decisions": ("선정.csv", "기업,선택\nD1,S1\n".encode())}
    kept = {part: send_file(server, *file) for part, file in texts.items()}
    ids = {part: path.rsplit("/", 1)[1] for part, path in kept.items()}
    where = "/v1/uploads/shadow?" + urllib.parse.urlencode(ids)
    told = server.ask("POST", where, {"program": "ai-manufacturing"})
    assert told.status == 400 and json.loads(told.body)["problem"]["source"] == "선정.csv", told.body  # its columns are not known
    told = server.ask("POST", where, {"program": "ai-manufacturing", "choices": {"decisions": {"mapping": {"1": "/demand", "2": "/supplier"}}}})
    assert told.status == 200 and [(one["line"], one["demand"], one["supplier"], one["rank"])
                                   for one in told.result["decisions"]] == [(2, "D1", "S1", 1)], told.body
    inline = {"program": "ai-manufacturing", "decisions": [{"demand": "D1", "supplier": "S1"}]}
    two = "/v1/uploads/shadow?" + urllib.parse.urlencode({"suppliers": ids["suppliers"], "demands": ids["demands"]})
    assert len(server.ask("POST", two, inline).result["decisions"]) == 1
    assert server.ask("POST", where, inline).status == 400  # decisions twice
    assert server.ask("POST", two, {"program": "ai-manufacturing"}).status == 400
    assert server.ask("GET", where).status == 405 and server.ask("POST", where, b"x", Content_Type="text/csv").status == 415
    assert server.ask("POST", "/v1/uploads/shadow?suppliers=../x", inline).status == 400
    assert server.ask("POST", "/v1/uploads/shadow?suppliers=" + "0" * 32, inline).status == 404
    for path in kept.values():
        assert server.ask("DELETE", path).status == 200


def uploads(server):
    other = server.call("account", {"action": "create", "account": "slow-manager", "role": "manager"}).result["token"]
    leave_upload(server, other)
    table = "id,기업명,소재지,요약\nU1,나눔검사(가상),서울특별시,외관 검사 카메라\nU2,모음소리(가상),서울특별시,소음 이상 감지\n"
    where = send_file(server, "공급기업.csv", table.encode("cp949"), piece=50)
    looked = server.ask("POST", where + "/import", {"kind": "suppliers", "preview": True}).result
    assert looked["records"] == 2 and looked["created"] == 2, looked
    assert server.ask("PUT", where + "?offset=5", b"x").status == 409
    assert server.ask("PUT", where + "?offset=-1", b"x").status == 400
    assert server.ask("GET", where).status == 405
    told = server.ask("POST", where + "/import", {"kind": "suppliers"})
    assert told.status == 200 and told.result["created"]["count"] == 2, told.body
    assert server.ask("POST", where + "/import", {"kind": "suppliers"}).status == 404  # it is done with
    where = send_file(server, "bad.csv", "id,기업명\nU3,다온(가상)\n,이름만(가상)\n".encode())
    told = server.ask("POST", where + "/import", {"kind": "suppliers"})
    assert told.status == 400 and told.code == "invalid"
    assert server.ask("POST", where + "/import", {"kind": "nonsense"}).status == 400
    assert server.ask("POST", where + "/import", b"{}", Content_Type="text/csv").status == 415
    assert server.ask("DELETE", where).status == 200
    found = server.call("find", {"word": "다온"}).result
    assert not found.get("suppliers") and not found.get("found"), found  # all or nothing
    shadow_of_uploads(server)
    for name in ("", "../x.csv", "a/b.csv", "a\\b.csv", "a\nb.csv", "x" * 500):
        assert server.ask("POST", "/v1/uploads?" + urllib.parse.urlencode({"name": name})).status == 400, name
    assert server.ask("POST", "/v1/uploads").status == 400
    kept = [send_file(server, f"{n}.csv", b"") for n in range(4)]
    assert server.ask("DELETE", kept.pop(0)).status == 404  # an account's first makes room for its fourth
    for _ in range(2):  # of all accounts together; the other's first may be over by now
        told = server.ask("POST", "/v1/uploads?name=one-too-many.csv", token=other)
    assert told.status == 503 and told.headers["Retry-After"]
    piece = b"x" * (1 << 20)
    statuses = [server.ask("PUT", f"{kept[0]}?offset={n << 20}", piece).status for n in range(4)]
    assert statuses == [200, 200, 413, 413] or statuses == [200, 200, 413, 409], statuses  # this server's limit is 2 MiB
    assert server.ask("PUT", f"{kept[1]}?offset=0", piece + b"x").status == 413  # of one body
    for one in kept:
        assert server.ask("DELETE", one).status == 200


server_upload_seconds = 3  # of the limits that the test sets
left = {}  # an upload that nobody asks for any more: its place, its account's token, since when


def leave_upload(server, token):
    left.update(path=send_file(server, "old.csv", b"id\n", token=token), token=token, begun=time.monotonic())


def upload_is_over(server):
    """After its time; the other checks went on meanwhile."""
    if not left:
        leave_upload(server, server.token)
    time.sleep(max(0, left["begun"] + server_upload_seconds + 0.5 - time.monotonic()))
    assert server.ask("PUT", f"{left['path']}?offset=3", b"x", token=left["token"]).status == 404


def operator(server):
    assert server.ask("GET", "/livez", token=False).body == b"ok\n"
    text = server.ask("GET", "/metrics", token=False).body.decode()
    names = set()
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            names.add(line.split()[2])
        elif not line.startswith("#"):
            matched = re.fullmatch(r'([a-z_]+)(\{[a-z]+="[^"\\]*"(,[a-z]+="[^"\\]*")*\})? [0-9.e+-]+(Inf)?', line)
            assert matched and re.sub("_(bucket|sum|count)$", "", matched.group(1)) in names | {matched.group(1)}, line
    assert {"ieum_requests_total", "ieum_request_seconds", "ieum_queue_length", "ieum_connections"} <= names
    assert re.search(r'ieum_requests_total\{op="suggest",status="200"\} [1-9]', text)
    assert 'op="no-such-operation"' not in text  # made-up names are not kept
    assert server.ask("GET", "/metrics", token=False, X_Forwarded_For="10.0.0.1").status == 403  # through a proxy it is others who ask
    described = server.ask("GET", "/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1") and "/v1/suggest" in described["paths"]
    for kind in ("suppliers", "demands", "outcomes"):
        told = server.ask("GET", f"/v1/templates/{kind}?format=csv&lang=ko")
        assert told.status == 200 and told.body.startswith(b"\xef\xbb\xbf") and "attachment" in told.headers["Content-Disposition"]
        assert server.ask("GET", f"/v1/templates/{kind}?format=xlsx").body[:2] == b"PK"
    assert server.ask("GET", "/v1/templates/nonsense?format=csv").status in (400, 404)
    assert server.ask("GET", "/v1/templates/suppliers?format=exe").status == 400
    assert server.ask("GET", "/v1/templates/suppliers?format=csv", token=False).status == 401


CHECKS = [same_as_the_program, files, lines, events, uploads, operator]
