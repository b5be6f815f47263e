# SPDX-License-Identifier: Apache-2.0
"""The bench `serve`: the desk page's suggestions over HTTP at a fixed rate, beside the load tool, and what an overload gets.

In: the release program and the data folder. Out: build/bench/serve.json and the table. The 10,000 suppliers are generated and marked synthetic. The request is the
one of bindings/web/page_desk.js: a need as it is typed, the five best with their reasons, the questions to ask next. Every need is another one and new to the
server, so that no answer can be kept from before.
"""
import argparse
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time

import generate_pool
import processes
import report

SUPPLIERS, DEMANDS, SEED = 10000, 300, 1
RATE, SECONDS, CONNECTIONS, TIMEOUT = 300, 20, 64, 10
OVERLOAD, OVERLOAD_SECONDS, OVERLOAD_CONNECTIONS = 3000, 10, 400  # more than the server takes of one address (data/server/limits.json: 256)
WARM_MOST = 20
TODAY = "2025-08-01"
PROGRAMS = ("consulting-desk", "ai-manufacturing", "ai-bio")  # the first is the page's own choice; its suggestions name the programs that fit, too
CPU_TARGET_MS, P99_TARGET_MS = 2.0, 50.0
SENTENCES = (1, 2, 3, 5, 8)  # what a person may have typed so far; every sixth need is a whole text


def write_requests(path, demands, count):
    """Sentences of generated needs in ever other cuts: no two the same."""
    needs = [json.loads(line)["need"] for line in open(demands, encoding="utf-8")]
    seen = set()
    with open(path, "w", encoding="utf-8") as out:
        place = 0
        while len(seen) < count:
            need = needs[place % len(needs)]
            turn = place // len(needs)
            sentences = re.split(r"(?<=[.!?])\s+", need)
            first = (place + turn) % len(sentences)
            kept = SENTENCES[place % 6] if place % 6 < len(SENTENCES) else len(sentences)
            text = " ".join((sentences[first:] + sentences[:first])[:kept])
            place += 1
            if text in seen:
                text = "%s (%d)" % (text, place)
            seen.add(text)
            body = {"program": PROGRAMS[place // 2 % len(PROGRAMS)], "need": text, "k": 5, "questions": True, "lang": "ko"}
            out.write(json.dumps(body, ensure_ascii=False) + "\n")


class Server:
    def __init__(self, store):
        command = [report.PROGRAM, "--store", store, "--data", report.ROOT / "data", "--now", TODAY, "serve", "--listen", "127.0.0.1:%d" % free_port()]
        self.process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        line = self.process.stdout.readline()
        if not line:
            raise processes.Failed("the server did not start (exit status %s)" % self.process.wait())
        ready = json.loads(line)
        self.port = ready["url"].rsplit(":", 1)[1]
        self.token = ready.get("token", "")

    def cpu_seconds(self):
        fields = open("/proc/%d/stat" % self.process.pid, encoding="ascii").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mib(self):
        for line in open("/proc/%d/status" % self.process.pid, encoding="ascii"):
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return None

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def ask(tool, server, requests, rate, seconds, connections):
    """One run of the load tool: its figures, and the server's CPU milliseconds."""
    before = server.cpu_seconds()
    output = processes.run([tool, "127.0.0.1", server.port, server.token, requests, rate, seconds, connections, TIMEOUT])
    return json.loads(output), (server.cpu_seconds() - before) * 1000


def build_tool():
    folder = report.PROGRAM.parent.parent.parent
    processes.run(["cmake", "--build", folder, "--target", "serve_load"])
    return folder / "bench" / "serve_load"


def warm_up(tool, server, requests):
    """Every reader makes its suppliers ready when it is first asked, and anew when the store was changed: until all answer, and the server rests when nobody asks."""
    for _ in range(WARM_MOST):
        warm, _ = ask(tool, server, requests, 20, 3, CONNECTIONS)
        if warm["other"]:
            raise processes.Failed("the server does not answer as it should: %s" % warm)
        before = server.cpu_seconds()
        time.sleep(3)
        if warm["ok"] == warm["due"] and server.cpu_seconds() - before < 0.1:
            return
    raise processes.Failed("the server does not come to rest")


def rows_of(tool, server, requests, seconds):
    warm_up(tool, server, requests)
    told, cpu = ask(tool, server, requests, RATE, seconds, CONNECTIONS)
    name = "%d queries a second for %d s" % (RATE, seconds)
    lost = told["due"] - told["ok"]
    rows = [report.row(name + ": CPU of the server a query", round(cpu / max(told["answered"], 1), 3), "ms", target=CPU_TARGET_MS, at_most=True,
                       note="user and system time of the whole process from /proc, HTTP included, over the queries answered"),
            report.row(name + ": p50", told["p50"], "ms"), report.row(name + ": p95", told["p95"], "ms"),
            report.row(name + ": p99", told["p99"], "ms", target=P99_TARGET_MS, at_most=True,
                       note="an open loop on the same processors: a query's time runs from when it was due, whether the server kept up or not"),
            report.row(name + ": slowest", told["most"], "ms"),
            report.row(name + ": not answered with 200", lost, "queries", target=0, at_most=True)]
    over, cpu = ask(tool, server, requests, OVERLOAD, OVERLOAD_SECONDS, OVERLOAD_CONNECTIONS)
    name = "overload, %s a second for %d s over %d connections" % (f"{OVERLOAD:,}", OVERLOAD_SECONDS, OVERLOAD_CONNECTIONS)
    rows += [report.row(name + ": answered with 200", over["ok"], "queries"),
             report.row(name + ": answered a second", round(over["ok"] / over["seconds"], 1), "queries"),
             report.row(name + ": answered with 503", over["busy"], "queries"),
             report.row(name + ": 503 without Retry-After", over["busy"] - over["busy_told"], "queries", target=0, at_most=True),
             report.row(name + ": other answers, hung over %d s, broken" % TIMEOUT, over["other"] + over["hung"] + over["broken"], "queries", target=0, at_most=True),
             report.row(name + ": no connection was free for", over["unsent"], "queries", note="a query waits in the load tool until one of its connections is free")]
    time.sleep(3)
    after, _ = ask(tool, server, requests, 20, 3, CONNECTIONS)
    rows.append(report.row("after the overload, 20 a second: p99", after["p99"], "ms", target=P99_TARGET_MS, at_most=True))
    rows.append(report.row("memory of the server", round(server.memory_mib(), 1), "MiB"))
    return rows


def main():
    parser = argparse.ArgumentParser(prog="./run bench serve", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a quarter of the time")
    options = parser.parse_args()
    seconds = SECONDS // 4 if options.quick else SECONDS
    tool = build_tool()
    report.OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="serve-", dir=report.OUT) as folder:
        folder = pathlib.Path(folder)
        paths, _ = generate_pool.write_pool(folder, SUPPLIERS, DEMANDS, SEED, report.ROOT / "data")
        store = folder / "serve.db"
        for kind in ("suppliers", "demands"):
            processes.run([report.PROGRAM, "--store", store, "--data", report.ROOT / "data", "--now", TODAY, "import", kind, paths[kind]])
        requests = folder / "requests.jsonl"
        write_requests(requests, paths["demands"], RATE * SECONDS)
        server = Server(store)
        try:
            rows = rows_of(tool, server, requests, seconds)
        finally:
            server.stop()
        report.write("serve", rows, quick=options.quick, seed=SEED, suppliers=SUPPLIERS, processors_of_server_and_tool=len(os.sched_getaffinity(0)))
    return 0 if all(row["ok"] is not False for row in rows) else 1


if __name__ == "__main__":
    for variable in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "IEUM_STORE", "IEUM_DATA"):
        os.environ.pop(variable, None)
    try:
        sys.exit(main())
    except processes.Failed as failure:
        sys.exit("serve: %s" % failure)
