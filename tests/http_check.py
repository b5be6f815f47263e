#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks `ieum serve` from outside: malformed and slow clients, tokens, sessions and roles, replies and files, crowds, a stop with work in flight.

    python3 tests/http_check.py PROGRAM [ROOT] [-v] [NAME…]

Out: a line per check that failed, or one line of counts; exit status 1 when one did. Uses the standard library and a temporary folder.
"""
import inspect
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import traceback

import http_access
import http_proxy
import http_stop
import http_wire
import http_work
from http_server import Server

# Short deadlines, so that a slow client is seen to be dropped; a limit of failures that the other checks stay under.
LIMITS = {"head_seconds": 1, "body_seconds": 1, "answer_seconds": 2, "failures_of_origin": 40, "failures_overall": 1000,
          "failure_window_seconds": 600, "upload_bytes": 2 << 20,
          "upload_seconds": http_work.server_upload_seconds, "refresh_seconds": 1, "uploads": 4}


def demo_store(program, root, folder):
    store = folder / "demo.db"
    for kind in ("suppliers", "demands"):
        subprocess.run([str(program), "--store", str(store), "--data", str(root / "data"), "import",
                        kind, str(root / "data" / "demo" / f"{kind}.jsonl"), "--format", "json"],
                       check=True, capture_output=True)
    return store


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    root = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).parent.parent).resolve()
    wanted, faults, done = [name for name in sys.argv[3:] if name != "-v"], [], 0

    def check(function, *given):
        nonlocal done
        if wanted and function.__name__ not in wanted:
            return
        begun = time.monotonic()
        try:
            function(*given)
            done += 1
        except Exception:  # every fault is told, not the first alone
            faults.append(function.__name__)
            traceback.print_exc()
        if "-v" in sys.argv:
            print(f"{function.__name__}: {time.monotonic() - begun:.1f} s", file=sys.stderr)

    with tempfile.TemporaryDirectory(prefix="ieum-http-") as place:
        folder = pathlib.Path(place)
        store = demo_store(program, root, folder)
        beside = threading.Thread(target=lambda: [check(function, program, root, folder, store)
                                                  for function in [*http_stop.CHECKS, *http_proxy.CHECKS]])
        beside.start()  # much of either half is waiting
        try:
            with Server(program, root, folder / "main", store, LIMITS) as server:
                for function in [*http_work.CHECKS, *http_wire.CHECKS, *http_access.CHECKS, http_work.upload_is_over]:
                    check(function, *([server, program] if len(inspect.signature(function).parameters) == 2 else [server]))
        except AssertionError as fault:  # of its start or its end
            faults.append(f"main: {fault}")
        beside.join()
    if faults:
        print("failed: " + ", ".join(faults))
        return 1
    print(f"{done} checks of the server")
    return 0


if __name__ == "__main__":
    sys.exit(main())
