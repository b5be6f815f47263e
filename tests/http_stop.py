# SPDX-License-Identifier: Apache-2.0
"""Beginning, crowds and end: which addresses are taken, tokens of the first and later starts, more work than workers, a stop with work in
flight, unix sockets."""
import concurrent.futures
import json
import random
import socket
import stat
import time

from http_server import Server, status_of

QUICK = {"read_workers": 1}


def long_request(explained, seed=0):
    """An assignment whose explanation takes the longer, the more pairs are explained: each is a shortest path."""
    rows, drawn = 100, random.Random(seed)
    scores = [[round(drawn.random(), 4) for _ in range(rows)] for _ in range(rows)]
    pairs = [[n // rows % rows, n % rows] for n in range(explained)]
    return {"method": "max_sum", "scores": scores, "demand": {"min": 3, "max": 3}, "supplier": {"min": 0, "max": 4}, "explain": pairs}


def take_a_moment(server, seconds=0.5):
    """How many pairs keep this machine at it for a moment, and how long that was."""
    explained, took = 500, 0
    while took < seconds and explained < 10000:
        explained, begun = explained * 2, time.monotonic()
        assert server.call("assign", long_request(explained)).status == 200
        took = time.monotonic() - begun
    return min(explained, 10000), took


def wait_until_busy(server, kind):
    until = time.monotonic() + 20
    while not any(line == f'ieum_workers_busy{{kind="{kind}"}} 1' for line in server.metric("ieum_workers_busy")):
        assert time.monotonic() < until, "it never began"


def starts(program, root, folder, store):
    def refused(name, listen, words, code, options=()):
        server = Server(program, root, folder / name, store, QUICK, listen, options)
        assert server.ready is None and server.wait() == code, (listen, server.process.returncode, server.log())
        assert words in server.log(), server.log()
        server.errors.close()
    for n, listen in enumerate(("0.0.0.0:0", "10.1.2.3:8750", "[::]:0")):
        refused(f"remote{n}", listen, "--behind-tls", 2)
    for n, listen in enumerate(("nonsense", "127.0.0.1", "127.0.0.1:99999", "unix:", "example.org:80")):
        refused(f"wrong{n}", listen, "no address", 2)
    refused("role", "127.0.0.1:0", "role", 3, ["--new-token", "king"])
    (folder / "file").write_text("kept")
    refused("file-there", f"unix:{folder}/file", "no socket", 3)
    assert (folder / "file").read_text() == "kept"
    with Server(program, root, folder / "first", store, QUICK) as server:
        assert server.call("account", {"action": "list"}).status == 200
        refused("taken", server.url[len("http://"):], "Another server", 5)
        first = server.token
    with Server(program, root, folder / "second", folder / "first" / "ieum.db", QUICK, options=["--new-token", "viewer"]) as server:
        assert server.token and server.token != first
        assert server.ask("GET", "/v1/session").result["role"] == "viewer"
        assert server.ask("GET", "/v1/session", token=first).result["role"] == "admin"
    with Server(program, root, folder / "third", folder / "first" / "ieum.db", QUICK, options=["--behind-tls"]) as server:
        assert server.token is None and server.says("new-token")
        told = server.ask("POST", "/v1/session", {"token": first}, token=False, Host="match.example.kr",
                          Origin="https://match.example.kr", X_Real_IP="203.0.113.9")
        assert told.status == 200 and "; Secure" in told.headers["Set-Cookie"]
        assert server.ask("POST", "/v1/session", {"token": first}, token=False, Host="match.example.kr",
                          Origin="http://match.example.kr").status == 403
        assert server.ask("GET", "/metrics", token=False, X_Real_IP="203.0.113.9").status == 403
        told = server.call("suggest", {"program": "ai-bio", "need": "x"}, token=first, X_Real_IP="203.0.113.9")
        assert told.status == 200
    log = "".join(file.read_text() for file in (folder / "third" / "ieum.db.access").iterdir())
    assert '"origin":"203.0.113.9"' in log


def crowd(program, root, folder, store):
    """One worker of long work and a place for one more: the others are told to come again, at once; what waits too long is told so too."""
    limits = {**QUICK, "long_queue": 1, "long_wait_ms": 60000, "connections": 24, "connections_of_origin": 20}
    with Server(program, root, folder / "crowd", store, limits) as server, concurrent.futures.ThreadPoolExecutor(8) as pool:
        size, _ = take_a_moment(server)
        request = long_request(size)
        answers = list(pool.map(lambda _: server.call("assign", request), range(8)))
        statuses = sorted(one.status for one in answers)
        assert set(statuses) == {200, 503} and statuses.count(200) >= 2, statuses
        assert all(int(one.headers["Retry-After"]) >= 1 and one.code == "busy" for one in answers if one.status == 503)
        work = pool.submit(lambda: server.call("assign", request))
        wait_until_busy(server, "long")
        assert server.call("program").status == 200 and server.call("round", {"step": "list"}).status == 200  # others are not held up
        assert not work.done() and work.result().status == 200
        told = server.call("assign", long_request(10000), Accept="text/event-stream").body.decode()
        parts = [block.split("\n")[0] for block in told.strip().split("\n\n")]
        assert set(parts[:-1]) <= {"event: progress"} and parts[-1] == "event: reply" and '"result"' in told, told[-200:]
        assert len(parts) > 1, told[:200]  # the client heard of it
        # more connections than there may be
        wires = [server.socket() for _ in range(20)]
        told = status_of(server.raw(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
        assert told == 503, told
        for wire in wires:
            wire.close()
        until = time.monotonic() + 10
        while status_of(server.raw(b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")) != 200:
            assert time.monotonic() < until
    with Server(program, root, folder / "late", store, {**QUICK, "long_wait_ms": 1}) as server, concurrent.futures.ThreadPoolExecutor(4) as pool:
        statuses = sorted(one.status for one in pool.map(lambda _: server.call("assign", request), range(4)))
        assert statuses[0] == 200 and statuses[-1] == 503, statuses


def stop(program, root, folder, store):
    """A signal ends the server when what came in is answered; connections that only wait do not hold it up; nobody new is let in."""
    with Server(program, root, folder / "stop", store, {**QUICK, "idle_seconds": 60,
                                                        "head_seconds": 60}) as server, concurrent.futures.ThreadPoolExecutor(2) as pool:
        size, took = take_a_moment(server)
        request = long_request(size)
        idle, silent, writer = server.connect(), server.socket(), server.connect()
        assert server.call("program", connection=idle).status == 200 and server.call("program", connection=writer).status == 200
        work = pool.submit(lambda: server.call("assign", request))
        wait_until_busy(server, "long")
        change = {"step": "new", "program": "ai-bio", "round": "last"}
        writer.request("POST", "/v1/round", body=json.dumps(change),
                       headers={"Content-Type": "application/json", "Authorization": f"Bearer {server.token}"})
        begun = time.monotonic()  # the change was sent and nothing of it is known
        server.signal()
        told, done = writer.getresponse().status, work.result()
        assert told == 200 and done.status == 200, (told, done.status, done.body[:300])
        assert server.wait() == 0 and time.monotonic() - begun < took * 4 + 5
        for one in (silent, idle, writer):
            one.close()
        try:
            server.socket(2).close()
            raise AssertionError("it still listens")
        except OSError:
            pass
    with Server(program, root, folder / "after", folder / "stop" / "ieum.db", QUICK, options=["--new-token", "admin"]) as server:
        assert server.call("round", {"step": "show", "round": "last"}).status == 200  # what was answered is there


def unix_socket(program, root, folder, store):
    path = folder / "s"
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(path))
    left.close()  # of a server that was killed: it makes way
    with Server(program, root, folder / "unix", store, QUICK, f"unix:{path}") as server:
        assert server.url == f"unix:{path}" and stat.S_IMODE(path.stat().st_mode) == 0o600
        assert server.call("suggest", {"program": "ai-bio", "need": "x"}).status == 200
        assert server.ask("GET", "/metrics", token=False).status == 200
        second = Server(program, root, folder / "unix2", store, QUICK, f"unix:{path}")
        assert second.ready is None and second.wait() == 5
        second.errors.close()
        assert server.ask("GET", "/livez", token=False).status == 200
    assert not path.exists()
    log = "".join(file.read_text() for file in (folder / "unix" / "ieum.db.access").iterdir())
    assert '"origin":"unix"' in log


CHECKS = [starts, crowd, stop, unix_socket]
