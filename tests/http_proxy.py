# SPDX-License-Identifier: Apache-2.0
"""The server behind nginx with the example that is shipped, its name, ports and certificate alone changed: TLS, Secure cookies, whose
address is logged."""
import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time

from http_server import Server

NAME = "ieum.example.kr"


def free_port(address):
    with socket.socket() as probe:
        probe.bind((address, 0))
        return probe.getsockname()[1]


def make_certificate(folder):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                    "-nodes", "-days", "2", "-subj", f"/CN={NAME}", "-addext",
                    f"subjectAltName=DNS:{NAME}", "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")],
                   check=True, capture_output=True)


def write_configuration(root, folder, behind, plain, secure):
    example = (root / "bindings" / "http" / "nginx.conf.example").read_text(encoding="utf-8")
    for before, after in (("server 127.0.0.1:8750;", f"server 127.0.0.1:{behind};"), ("listen 80;", f"listen 127.0.0.2:{plain};"),
                          ("listen 443 ", f"listen 127.0.0.2:{secure} "),
                          ("/etc/ssl/ieum/fullchain.pem", str(folder / "cert.pem")), ("/etc/ssl/ieum/privkey.pem", str(folder / "key.pem"))):
        assert example.count(before) == 1, before
        example = example.replace(before, after)
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(f"{user} daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/errors; events {{}}\n"
                                       f"http {{ access_log off; {temporary}\n{example}\n}}\n", encoding="utf-8")


class Through:
    """Requests from 127.0.0.3 to nginx, whose certificate is verified."""

    def __init__(self, folder, port):
        self.context = ssl.create_default_context(cafile=str(folder / "cert.pem"))
        self.port = port

    def ask(self, method, path, body=None, **headers):
        raw = socket.create_connection(("127.0.0.2", self.port), timeout=20, source_address=("127.0.0.3", 0))
        connection = http.client.HTTPConnection(NAME, self.port, timeout=20)
        connection.sock = self.context.wrap_socket(raw, server_hostname=NAME)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
        connection.request(method, path, body=body if isinstance(body, (bytes, type(None))) else json.dumps(body), headers=headers)
        told = connection.getresponse()
        told.content = told.read()
        connection.close()
        return told


def behind_nginx(program, root, folder, store):
    if not shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin") or not shutil.which("openssl"):
        print("behind_nginx was skipped: nginx and openssl are not installed", file=sys.stderr)
        return
    place = folder / "nginx"
    place.mkdir()
    make_certificate(place)
    with Server(program, root, folder / "proxied", store, {"read_workers": 1}, options=["--behind-tls"]) as server:
        plain, secure = free_port("127.0.0.2"), free_port("127.0.0.2")
        write_configuration(root, place, server.address[1], plain, secure)
        nginx = subprocess.Popen([shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin"), "-p",
                                  str(place), "-e", str(place / "errors"), "-c", str(place / "nginx.conf")])
        try:
            look_through(server, place, plain, secure)
        finally:
            nginx.terminate()
            nginx.wait()
    log = "".join(file.read_text() for file in (folder / "proxied" / "ieum.db.access").iterdir())
    assert '"origin":"127.0.0.3"' in log and '"origin":"127.0.0.1"' not in log, log[-400:]


def look_through(server, place, plain, secure):
    until = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.2", secure), timeout=1).close()
            break
        except OSError:
            assert time.monotonic() < until, (place / "errors").read_text()
            time.sleep(0.05)
    through, own = Through(place, secure), f"https://{NAME}:{secure}"
    page = through.ask("GET", "/")
    assert page.status == 200 and b"<script" in page.content and page.headers["Strict-Transport-Security"]
    told = through.ask("POST", "/v1/session", {"token": server.token}, Origin=own, Sec_Fetch_Site="same-origin")
    assert told.status == 200 and "; Secure" in told.headers["Set-Cookie"] and "HttpOnly" in told.headers["Set-Cookie"], told.content
    cookie, csrf = told.headers["Set-Cookie"].split(";")[0], json.loads(told.content)["result"]["csrf"]
    need = {"program": "ai-bio", "need": "세포 사진을 눈으로 셉니다", "k": 1}
    assert through.ask("POST", "/v1/suggest", need, Cookie=cookie, X_CSRF_Token=csrf, Origin=own).status == 200
    assert through.ask("POST", "/v1/suggest", need, Cookie=cookie, X_CSRF_Token=csrf, Origin="https://evil.example").status == 403
    assert through.ask("POST", "/v1/suggest", need, Cookie=cookie, Origin=own).status == 403
    told = through.ask("POST", "/v1/suggest", {**need, "demand": None}, Cookie=cookie, X_CSRF_Token=csrf, Accept="text/event-stream", Origin=own)
    assert told.headers["Content-Type"].startswith("text/event-stream") and b"event: reply" in told.content
    told = through.ask("POST", "/v1/batch", b'{"op":"program"}\n' * 50, Cookie=cookie, X_CSRF_Token=csrf, Content_Type="application/jsonl")
    assert told.content.count(b"\n") == 50
    assert through.ask("POST", "/v1/suggest", b" " * (1 << 20) + b"{}", Cookie=cookie, X_CSRF_Token=csrf).status == 413
    assert through.ask("GET", "/metrics").status == 404
    assert through.ask("GET", "/", X_Real_IP="198.51.100.7").status == 200  # what a client says of itself does not come through: see the log
    assert through.ask("POST", "/v1/suggest", need, Cookie=cookie, X_CSRF_Token=csrf, X_Real_IP="198.51.100.7").status == 200
    connection = http.client.HTTPConnection("127.0.0.2", plain, timeout=20)
    connection.request("GET", "/x", headers={"Host": NAME})
    told = connection.getresponse()
    assert told.status == 301 and re.match(f"https://{NAME}/x", told.headers["Location"])
    connection.close()


CHECKS = [behind_nginx]
