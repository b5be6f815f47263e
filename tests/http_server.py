# SPDX-License-Identifier: Apache-2.0
"""A server of this tree for a test: its own data folder of links with limits of the test, its own store, an address the system chose, and a
client for it.

Standard library only; nothing but 127.0.0.1 and unix sockets of a temporary folder is reached.
"""
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time
import urllib.parse


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)

    @property
    def result(self):
        told = self.json()
        assert "result" in told, f"no result: {self.status} {self.body[:400]!r}"
        return told["result"]

    @property
    def code(self):
        return self.json().get("problem", {}).get("code")


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path, timeout):
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def link_data(root, folder, limits):
    """A data folder of links to the tree's, with its own server/limits.json."""
    data = folder / "data"
    (data / "server").mkdir(parents=True)
    for entry in (root / "data").iterdir():
        if entry.name != "server":
            (data / entry.name).symlink_to(entry)
    for entry in (root / "data" / "server").iterdir():
        if entry.name != "limits.json":
            (data / "server" / entry.name).symlink_to(entry)
    file = json.loads((root / "data" / "server" / "limits.json").read_text(encoding="utf-8"))
    for name, value in limits.items():
        file["limits"][name]["value"] = value
    (data / "server" / "limits.json").write_text(json.dumps(file), encoding="utf-8")
    return data


class Server:
    """Starts with the first request's readiness awaited; `with` stops it and asserts that it ended well."""

    def __init__(self, program, root, folder, store=None, limits=None, listen="127.0.0.1:0", options=(), environment=None):
        folder.mkdir(parents=True)
        self.folder, self.store = folder, folder / "ieum.db"
        if store:
            shutil.copy(store, self.store)
        data = link_data(root, folder, limits or {})
        self.errors = open(folder / "stderr", "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [str(program), "--store", str(self.store), "--data", str(data), "--now", "2025-09-01", "serve",
             "--listen", listen, "--web", str(root / "bindings" / "web"),
             *options], stdout=subprocess.PIPE, stderr=self.errors, env={**os.environ, "IEUM_LANG": "en", **(environment or {})})
        line = self.process.stdout.readline()
        self.ready = json.loads(line) if line else None
        self.token = (self.ready or {}).get("token")
        self.url = (self.ready or {}).get("url")

    def __enter__(self):
        assert self.ready, f"it did not start: {self.log()}"
        return self

    def __exit__(self, kind, *rest):
        if self.process.poll() is None:
            self.stop()
        self.errors.close()
        if kind is None:
            assert self.process.returncode == 0, f"it ended with {self.process.returncode}: {pathlib.Path(self.errors.name).read_text()}"

    def log(self):
        self.errors.flush()
        return (self.folder / "stderr").read_text(encoding="utf-8")

    def says(self, words, seconds=20):
        """Whether it says so on standard error: what is for people may come after the line for programs."""
        until = time.monotonic() + seconds
        while words not in self.log() and time.monotonic() < until:
            time.sleep(0.02)
        return words in self.log()

    def signal(self):
        self.process.send_signal(signal.SIGTERM)

    def stop(self, seconds=60):
        self.signal()
        return self.wait(seconds)

    def wait(self, seconds=60):
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    # ---- a client ----

    @property
    def address(self):
        where = urllib.parse.urlsplit(self.url)
        return where.hostname, where.port

    def connect(self, timeout=120):
        if self.url.startswith("unix:"):
            return UnixConnection(self.url[len("unix:"):], timeout)
        return http.client.HTTPConnection(*self.address, timeout=timeout)

    def ask(self, method, path, body=None, token=True, connection=None, **headers):
        """One request; `body` that is no bytes goes as JSON; token True: the server's first one. Header names have '_' for '-'."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body, ensure_ascii=False).encode()
            headers.setdefault("Content-Type", "application/json")
        if token:
            headers.setdefault("Authorization", f"Bearer {self.token if token is True else token}")
        own = connection or self.connect()
        own.request(method, path, body=body, headers=headers)
        told = own.getresponse()
        answer = Answer(told.status, told.headers, told.read())
        if not connection:
            own.close()
        return answer

    def call(self, op, request=None, **more):
        return self.ask("POST", f"/v1/{op}", request if request is not None else {}, **more)

    def socket(self, timeout=20):
        return socket.create_connection(self.address, timeout=timeout)

    def raw(self, data, timeout=20):
        """What comes back on bytes that may be no HTTP, until the server ends the connection."""
        with self.socket(timeout) as wire:
            try:
                wire.sendall(data)
            except OSError:
                pass
            return read_all(wire)

    def metric(self, name):
        for line in self.ask("GET", "/metrics", token=False).body.decode().splitlines():
            if line.startswith(name + " ") or line.startswith(name + "{"):
                yield line


def read_all(wire):
    got = b""
    try:
        while part := wire.recv(65536):
            got += part
    except ConnectionError:
        pass
    return got


def status_of(raw):
    """The status of the first answer; 0: the connection was ended without one."""
    return int(raw.split(b" ", 2)[1]) if raw.startswith(b"HTTP/1.") else 0
