# SPDX-License-Identifier: Apache-2.0
"""What is no proper request: malformed HTTP, floods, tricks with paths, bodies too large or too slow. The server refuses it in words and goes on."""
import concurrent.futures
import socket
import time

from http_server import read_all, status_of

HOST = b"Host: 127.0.0.1\r\n"
LAST = b"Connection: close\r\n"


def alive(server):
    assert server.ask("GET", "/readyz", token=False).status == 200


def malformed(server):
    bearer = b"Authorization: Bearer " + server.token.encode() + b"\r\n"
    post = b"POST /v1/program HTTP/1.1\r\n" + HOST + bearer + b"Content-Type: application/json\r\n"
    cases = {  # what is sent: the statuses that are right; 0: ended without an answer
        b"\x00\xff\xfe\x01garbage\r\n\r\n": {0, 400},
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200): {0, 400},  # TLS on the plain port
        b"GET\r\n\r\n": {0, 400},
        b"GET / HTTP/9.9\r\n" + HOST + b"\r\n": {0, 400, 505},
        b"GET / HTTP/1.1\r\n\r\n": {400},  # no Host
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n": {400, 421},
        b"GET / HTTP/1.1\r\n" + HOST + b"Broken header line\r\n\r\n": {0, 400},
        b"GET / HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n": {0, 400, 421},
        post + b"Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}": {400},
        post + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}": {400},
        post + b"Content-Length: -1\r\n\r\n{}": {0, 400},
        post + b"Content-Length: 99999999999999999999999999\r\n\r\n{}": {0, 400, 413},
        post + b"Content-Length: 2x\r\n\r\n{}": {0, 400},
        post + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n": {0, 400},
        post + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}": {0, 400, 413},
        post + b"Transfer-Encoding: rot13\r\n\r\n{}": {0, 400},
    }
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for (sent, right), told in zip(cases.items(), pool.map(server.raw, cases), strict=True):
            assert status_of(told) in right, f"{sent[:60]!r}…{sent[-40:]!r}: {told[:60]!r}"
    assert b"evil" not in server.raw(b"GET /evil HTTP/1.1\r\nHost: evil.example\r\n" + LAST + b"\r\n")
    # a request hidden behind another is its own request: it needs a token of its own
    told = server.raw(b"GET /livez HTTP/1.1\r\n" + HOST + b"\r\nPOST /v1/program HTTP/1.1\r\n" + HOST
                      + LAST + b"Content-Length: 2\r\nContent-Type: application/json\r\n\r\n{}")
    assert told.count(b"HTTP/1.1 ") == 2 and b"HTTP/1.1 401" in told
    alive(server)


def floods(server):
    line = b"GET / HTTP/1.1\r\n" + HOST
    cases = {
        line + b"X-Flood: " + b"a" * 200000 + b"\r\n\r\n": {0, 400, 413, 431},
        line + b"".join(b"X-%d: y\r\n" % i for i in range(10000)) + b"\r\n": {0, 400, 413, 431},
        b"GET /" + b"a" * 200000 + b" HTTP/1.1\r\n" + HOST + b"\r\n": {0, 400, 414, 431},
        b"GET /?" + b"a=1&" * 50000 + b" HTTP/1.1\r\n" + HOST + b"\r\n": {0, 400, 414, 431},
        b"A" * 300000: {0, 400, 413, 414, 431},
        b"\r\n" * 100000: {0, 400, 414},
    }
    for sent, right in cases.items():
        got = status_of(server.raw(sent))
        assert got in right, f"{sent[:40]!r}…: {got}"
    for _ in range(200):  # connections that come and go
        server.socket().close()
    alive(server)


def paths(server):
    tricks = ["/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "/..%5c..%5cetc%5cpasswd",
              "//etc/passwd", "/./index.html",
              "/index.html%00.js", "/index.html/", "/.git/config", "/%252e%252e/x", "/CMakeLists.txt",
              "/README.md", "/v1/../metrics", "/v1//program", "/v1/%70rogram",
              "/v1/", "/v1/uploads/../../x", "/v1/nothing-of-the-kind", "http://127.0.0.1/../etc/passwd",
              "/index.html;x=1", "/\u00e9".encode().decode("latin-1")]
    for trick in tricks:
        told = server.raw(b"GET " + trick.encode("latin-1") + b" HTTP/1.1\r\n" + HOST + LAST + b"Authorization: Bearer "
                          + server.token.encode() + b"\r\n\r\n")
        assert status_of(told) in {0, 400, 404}, f"{trick}: {told[:80]!r}"
        assert b"root:" not in told and b"[core]" not in told
    page = server.ask("GET", "/", token=False)
    assert page.status == 200 and page.headers["Content-Type"].startswith("text/html")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and page.headers["X-Content-Type-Options"] == "nosniff"
    again = server.ask("GET", "/", token=False, If_None_Match=page.headers["ETag"])
    assert again.status == 304 and again.body == b""
    assert server.ask("GET", "/app.js", token=False).headers["Content-Type"].startswith("text/javascript")
    head = server.ask("HEAD", "/app.js", token=False)
    assert head.status == 200 and head.body == b"" and int(head.headers["Content-Length"]) > 1000


def methods_and_types(server):
    for method, path, allowed in (("PUT", "/", "GET, HEAD"), ("DELETE", "/v1/program", "GET, POST"), ("PATCH", "/v1/session", "GET, POST, DELETE"),
                                  ("TRACE", "/", "GET, HEAD"), ("BREW", "/v1/program", "GET, POST"), ("POST", "/metrics", "GET, HEAD")):
        told = server.ask(method, path)
        assert (told.status, told.headers["Allow"]) == (405, allowed), (method, path, told.status)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonx"):
        assert server.ask("POST", "/v1/program", b"{}", Content_Type=kind).status == 415, kind
    assert server.ask("POST", "/v1/program", b"{}").status == 415  # no type at all
    assert server.ask("POST", "/v1/batch", b"{}", Content_Type="application/json").status == 415
    assert server.ask("POST", "/v1/program", b"{}", Content_Type="application/json; charset=utf-8").status == 200
    for broken in (b"{", b"[]", b'"x"', b"\xff\xfe{}", b'{"a":1,"a":2}', b'{"lang":"ko","nonsense":true}',
                   b"[" * 100000, b'{"k":1e999}', b"null", b"{}{}"):
        told = server.ask("POST", "/v1/program", broken, Content_Type="application/json")
        assert told.status == 400 and {"type", "title", "detail", "pointer", "text"} <= told.json()["problem"].keys(), (broken[:20], told.status)
    assert server.ask("GET", "/v1/program?request=%7B%7D&format=exe").status == 400
    assert server.ask("GET", "/v1/program?request=%ZZ").status == 400
    assert server.ask("GET", "/v1/round?request=" + "%7B%22step%22:%22new%22%7D").status == 405  # a link must change nothing
    assert server.ask("GET", "/readyz", token=False, Host="evil.example").status == 200  # health is for load balancers
    assert server.ask("GET", "/", token=False, Host="evil.example").status == 421
    assert server.call("program", Host="evil.example:80").status == 421


def large_bodies(server):
    most = 1 << 20
    assert server.ask("POST", "/v1/program", b" " * (most - 2) + b"{}", Content_Type="application/json").status == 200
    told = server.ask("POST", "/v1/program", b" " * (most + 1), Content_Type="application/json")
    assert told.status == 413 and told.code == "limit"
    connection = server.connect()
    connection.request("POST", "/v1/program", body=(b" " * 65536 for _ in range(40)), headers={"Content-Type": "application/json"},
                       encode_chunked=True)
    assert connection.getresponse().status == 413
    connection.close()
    head = b"POST /v1/program HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
    with server.socket() as wire:  # asked first, or far too much: refused before a byte of it is sent
        wire.sendall(head + b"Content-Length: 50000000\r\nExpect: 100-continue\r\n\r\n")
        assert b" 413 " in wire.recv(4096).split(b"\r\n")[0]
    with server.socket() as wire:
        wire.sendall(head + b"Content-Length: 50000000000\r\n\r\n")
        assert b" 413 " in wire.recv(4096).split(b"\r\n")[0]
    alive(server)


def dropped(server):
    return int(next(server.metric("ieum_connections_dropped_total")).split()[1])


def slow_clients(server):
    """Deadlines of this server are one second: a head, a body and an answer that trickle end with the connection."""
    lines = b'{"op":"program","action":"show","program":"ai-bio"}\n' * 3000
    before = dropped(server)
    taker, begun = server.socket(), time.monotonic()  # asks for much and takes nothing
    taker.sendall(b"POST /v1/batch HTTP/1.1\r\n" + HOST + b"Authorization: Bearer " + server.token.encode()
                  + b"\r\nConnection: close\r\nContent-Type: application/jsonl"
                  b"\r\nContent-Length: %d\r\n\r\n" % len(lines) + lines)
    time.sleep(0.2)
    assert server.call("program").status == 200 and time.monotonic() - begun < 5  # and holds up nobody
    wires = [server.socket() for _ in range(3)]
    wires[0].sendall(b"GET / HTTP/1.1\r\nHo")
    wires[1].sendall(b"POST /v1/program HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
    wires[2].sendall(b"")
    until, ended = time.monotonic() + 20, set()
    while len(ended) < 3 and time.monotonic() < until:
        for i, wire in enumerate(wires):  # a byte now and then buys no time
            wire.settimeout(0.1)
            try:
                if i not in ended and i < 2:
                    wire.sendall(b"s")
                if i not in ended and not wire.recv(4096):
                    ended.add(i)
            except TimeoutError:
                pass
            except OSError:
                ended.add(i)
    assert ended == {0, 1, 2}, f"only {ended} were dropped"
    for wire in wires:
        wire.close()
    until = time.monotonic() + 20
    while dropped(server) < before + 4 and time.monotonic() < until:
        time.sleep(0.1)
    assert dropped(server) >= before + 4, "a client that takes nothing was not dropped"
    taker.settimeout(20)
    got = read_all(taker)
    taker.close()
    assert not got.endswith(b"0\r\n\r\n"), "a client that takes nothing was served to the end"
    alive(server)


def keep_alive(server):
    """Many requests on one connection, and several at once in one packet."""
    connection = server.connect()
    for _ in range(20):
        assert server.call("program", {"action": "list"}, connection=connection).status == 200
    connection.close()
    one, last = (b"GET /livez HTTP/1.1\r\n" + HOST + more + b"\r\n" for more in (b"", LAST))
    assert server.raw(one * 19 + last).count(b"HTTP/1.1 200") == 20
    with server.socket(5) as wire:  # who has said the last word gets the answers and is let go
        wire.sendall(one * 20)
        wire.shutdown(socket.SHUT_WR)
        assert read_all(wire).count(b"HTTP/1.1 200") == 20


CHECKS = [malformed, floods, paths, methods_and_types, large_bodies, slow_clients, keep_alive]
