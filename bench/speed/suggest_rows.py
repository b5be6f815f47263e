# SPDX-License-Identifier: Apache-2.0
"""`suggest --all` of a program over generated records: all features, pair rules, an additive model, the ten best of each demand; and SciPy at the same.

Makes a pool (bench/generate_pool.py; fictional), imports it, runs suggest_all (all pairs, one and two threads, checked against the one-demand path), the whole
command `ieum suggest --all --format trec`, and the peer on the same numbers. Prints one JSON object. The model's curves are made up by suggest_all.c: their values do
not change the time. Our figures: "cold" has everything from opening the store on, with the lexicon's image and the annotations kept in it; "warm" is the pairs
alone, the supplier side ready. The peer is given words, concepts and rule verdicts as numbers and prepares its matrices outside its time; it runs as one process,
as SciPy does, and again as two that share the demands.

usage: suggest_rows.py [--suppliers 20000] [--demands 2000] [--program ai-manufacturing] [--runs 3] [--keep FOLDER] [--peer-demands 2000]
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import report  # noqa: E402
from generate_pool import write_pool  # noqa: E402

BUILD = report.PROGRAM.parent.parent.parent
SEED = 1
TODAY = "2025-06-28"


def run(command, **more):
    environment = {key: value for key, value in os.environ.items() if key not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "IEUM_STORE", "IEUM_DATA")}
    environment.update(more)
    return subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, env=environment).stdout


def filled_store(choice, folder):
    """A store with the pool; made once for a folder that is kept. Half of the generated demands are of each program, and some are not eligible."""
    store = folder / "pool.db"
    if not store.exists():
        paths, _ = write_pool(folder, choice.suppliers, choice.demands * 5 // 2 + 10, SEED, report.ROOT / "data")
        for kind in ("suppliers", "demands"):
            run([report.PROGRAM, "--store", store, "--data", report.ROOT / "data", "--now", TODAY, "import", kind, paths[kind]])
    return store


def command_seconds(choice, store):
    command = [report.PROGRAM, "--store", store, "--data", report.ROOT / "data", "--now", TODAY, "--threads", "2", "suggest", "--program", choice.program,
               "--all", "--format", "trec"]
    taken = []
    for _ in range(choice.runs):
        start = time.perf_counter()
        lines = run(command).count(b"\n")
        taken.append(time.perf_counter() - start)
    return {"seconds": round(min(taken), 3), "lines": lines}


def peers(choice, dump):
    python = report.peer_python("numpy", "scipy.sparse")
    if python is None:
        return {"skipped": "python3-numpy and python3-scipy are not installed"}
    script = report.ROOT / "bench" / "peers" / "scipy_suggest_all.py"
    return {"processes_%d" % processes: json.loads(run([python, script, dump, "--demands", choice.peer_demands, "--processes", processes, "--chunk", 20],
                                                       OPENBLAS_NUM_THREADS="1")) for processes in (1, 2)}


def measure(choice, folder):
    store, dump = filled_store(choice, folder), folder / "inputs"
    dump.mkdir(exist_ok=True)
    program = [BUILD / "bench" / "suggest_all", store, report.ROOT / "data", choice.program, choice.demands]
    run(program + ["--runs", 1, "--dump", dump])
    ours = json.loads(run(program + ["--runs", choice.runs, "--check"]))
    pairs = ours["demands"] * ours["suppliers"] * 1e-6
    before = ours["load_s"] + ours["space_s"] + ours["bulk_prepare_s"]
    found = {"ours": ours, "cold_million_pairs_per_s": round(pairs / (before + ours["threads_2"]["best_s"]), 2), "command": command_seconds(choice, store)}
    # the command answers all eligible demands, a few more than were asked for above
    found["command"]["million_pairs_per_s"] = round(found["command"]["lines"] / 10 * ours["suppliers"] * 1e-6 / found["command"]["seconds"], 2)
    found["peer"] = peers(choice, dump)
    for processes in (1, 2):
        peer = found["peer"].get("processes_%d" % processes)
        if peer:
            found["ratio_to_%d" % processes] = round(ours["threads_2"]["million_pairs_per_s"] / peer["million_pairs_per_s"], 2)
    return found


def main():
    parser = argparse.ArgumentParser(description="suggest --all against NumPy and SciPy.")
    parser.add_argument("--suppliers", type=int, default=20000)
    parser.add_argument("--demands", type=int, default=2000)
    parser.add_argument("--program", default="ai-manufacturing")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", default=None, help="folder for the pool and the store, used again when it is there")
    parser.add_argument("--peer-demands", type=int, default=2000)
    choice = parser.parse_args()
    run(["cmake", "--build", BUILD, "--target", "suggest_all"])
    folder = pathlib.Path(choice.keep or tempfile.mkdtemp(prefix="suggest-", dir=BUILD))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        print(json.dumps(measure(choice, folder), indent=1))
    finally:
        if not choice.keep:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
