# SPDX-License-Identifier: Apache-2.0
"""`suggest --all` of AI+제조: the rows of the bench `speed` that speed/suggest_all.c measures, beside the same computation with NumPy and SciPy
(peers/scipy_suggest_all.py).

2,000 demands x 20,000 suppliers, generated (generate_pool.py; fictional, synthetic): all 12 features, 5 pair rules, an additive model over all features and the rubric
(made up in the bench: its figures do not matter to the time), the ten best each. The computation is timed with the records loaded and the suppliers' side at hand (warm);
the whole command with nothing at hand (cold). The peer computes the same from the same numbers, is given what the texts mean, and its lists are held against ours.
rows() gives the rows; `python3 bench/speed/suggest_rows.py [--quick]` prints them. --quick: 200 x 2,000.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import report  # noqa: E402

PROGRAM = "ai-manufacturing"
TARGET_PAIRS, TARGET_SCIPY = 30e6, 10


def build():
    subprocess.run(["cmake", "--build", str(report.ROOT / "build" / "release"), "--target", "suggest_all"], check=True, stdout=subprocess.DEVNULL)
    return report.ROOT / "build" / "release" / "bench" / "suggest_all"


def run(*command, **variables):
    environment = {name: value for name, value in os.environ.items() if name not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "IEUM_SIMD")}
    environment.update(variables)
    return subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout


def make_store(folder, suppliers, demands):
    """About half of a pool's demands are of the program; at least `demands` of them have to be."""
    run(sys.executable, report.ROOT / "bench" / "generate_pool.py", "--suppliers", suppliers, "--demands", demands * 5 // 2, "--seed", 1, "--out", folder)
    store = folder / "pool.db"
    for kind in ("suppliers", "demands"):
        run(report.PROGRAM, "--store", store, "--data", report.ROOT / "data", "import", kind, folder / (kind + ".jsonl"), "--format", "json")
    return store


def command_seconds(store):
    """The whole command for every demand of the program, the better of three; and how many demands that were."""
    best = None
    for _ in range(3):
        start = time.perf_counter()
        lines = run(report.PROGRAM, "--store", store, "--data", report.ROOT / "data", "--threads", 2, "suggest", "--program", PROGRAM, "--all", "--format", "trec").splitlines()
        took = time.perf_counter() - start
        best = took if best is None else min(best, took)
    return best, len({line.split(" ", 1)[0] for line in lines})


def rows(quick=False):
    suppliers, demands = (2000, 200) if quick else (20000, 2000)
    program, found = build(), []
    report.OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="speed-suggest-", dir=report.OUT) as folder:
        folder = pathlib.Path(folder)
        store = make_store(folder, suppliers, demands)
        dump = folder / "inputs"
        dump.mkdir()
        run(program, store, report.ROOT / "data", PROGRAM, demands, "--runs", 1, "--dump", dump)
        ours = json.loads(run(program, store, report.ROOT / "data", PROGRAM, demands, "--runs", 5, "--check"))
        python = report.peer_python("numpy", "scipy.sparse")
        peer = json.loads(run(python, report.ROOT / "bench" / "peers" / "scipy_suggest_all.py", dump, "--processes", 2, OPENBLAS_NUM_THREADS="1")) if python else None
        seconds, asked = command_seconds(store)
    name = "suggest --all, %d x %d, all features, rules, additive model" % (ours["demands"], suppliers)
    rate = {threads: ours["threads_%d" % threads]["million_pairs_per_s"] * 1e6 for threads in (1, 2)}
    theirs = peer and peer["million_pairs_per_s"] * 1e6
    found.append(report.row(name + ", two threads, warm", rate[2], "pairs/s", target=TARGET_PAIRS, checked_one_by_one=ours["checked"], wrong=ours["wrong"]))
    found.append(report.row(name + ", two threads, warm, against SciPy with two processes", rate[2], "pairs/s", peer=theirs, ratio=theirs and rate[2] / theirs,
                            target=TARGET_SCIPY, goal="ratio", peer_lists_apart=peer and peer["lists_apart"], note=None if peer else "SciPy is not installed"))
    found.append(report.row(name + ", one thread, warm", rate[1], "pairs/s"))
    before = ours["load_s"] + ours["space_s"] + ours["bulk_prepare_s"]
    pairs = ours["demands"] * suppliers
    found.append(report.row(name + ", two threads, cold: records loaded and features prepared too", pairs / (before + ours["threads_2"]["best_s"]), "pairs/s"))
    found.append(report.row("the supplier side made ready (records loaded, features prepared)", before, "s"))
    found.append(report.row("ieum suggest --all --format trec, %d x %d, the whole command, cold, two threads" % (asked, suppliers), seconds, "s",
                            pairs_per_s=asked * suppliers / seconds))
    return found


if __name__ == "__main__":
    for one in rows("--quick" in sys.argv[1:]):
        print(json.dumps(one, ensure_ascii=False))
