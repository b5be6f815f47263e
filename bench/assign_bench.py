# SPDX-License-Identifier: Apache-2.0
"""The bench `assign`: builds bench/assign/assign_bench.c and the LEMON peer, finds SciPy, runs them, adds the environment.

In: the engine's sources; the public instances in $IEUM_SHARED/public/assignment or in a folder `shared` beside the repository. Out:
build/bench/assign.json and the table. It must not measure: the C program does, and checks that the totals are equal.
"""
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

import report


def build():
    """Built with the engine, so that each file has its own instructions."""
    folder = report.ROOT / "build" / "release"
    subprocess.run(["cmake", "--build", str(folder), "--target", "assign_bench"], check=True, stdout=subprocess.DEVNULL)
    return folder / "bench" / "assign_bench"


def compile_lemon(target):
    """The peer's program, or None where there is no C++ compiler or no LEMON."""
    if not shutil.which("c++"):
        return None
    source = report.ROOT / "bench" / "peers" / "assign_lemon.cc"
    done = subprocess.run(["c++", "-O3", "-DNDEBUG", "-o", target, source], stderr=subprocess.DEVNULL)
    return target if done.returncode == 0 else None


def shared_folder():
    for place in (os.environ.get("IEUM_SHARED"), report.ROOT.parent / "shared"):
        if place and (pathlib.Path(place) / "public" / "assignment").is_dir():
            return place
    return None


def main():
    if any(word != "--quick" for word in sys.argv[1:]):
        sys.exit("usage: assign_bench.py [--quick]")
    report.OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="assign-", dir=report.OUT) as folder:
        folder = pathlib.Path(folder)
        command = [build(), "--json", folder / "rows.json", "--work", folder] + sys.argv[1:]
        if shared_folder():
            command += ["--shared", shared_folder()]
        python = report.peer_python("numpy", "scipy.optimize")
        if python:
            command += ["--scipy", shlex.join([python, str(report.ROOT / "bench" / "peers" / "assign_scipy.py")])]
        lemon = compile_lemon(folder / "assign_lemon")
        if lemon:
            command += ["--lemon", shlex.quote(str(lemon))]
        # its own table is not shown: the one below has the environment too
        status = subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL).returncode
        if status not in (0, 1):
            sys.exit("assign: the bench ended with status %d" % status)
        rows = json.loads((folder / "rows.json").read_text(encoding="utf-8"))["rows"]
        report.write("assign", rows, uses_program=False, quick="--quick" in sys.argv[1:], public_instances=shared_folder() is not None,
                     peers="scipy %s, lemon %s" % ("yes" if python else "not installed", "yes" if lemon else "not installed"))
    return 0 if all(row["ok"] is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
