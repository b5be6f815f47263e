# SPDX-License-Identifier: Apache-2.0
"""The bench `desk`: how long one question at the desk takes as a whole process, on a generated pool.

In: the release program and the data folder. Out: build/bench/desk.json and the table. It must not use real records, and
works on a copy of the data folder, so that an edit during the run cannot change what is measured.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import sys
import tempfile

import generate_pool
import processes
import report

TARGET_MS = 100.0
ROUND_TARGET_MS = 1000.0
TODAY = "2025-08-01"
PROGRAMS = ("ai-manufacturing", "ai-bio")
SEED = 1


class Desk:
    """One store of generated records, ready to be asked."""

    def __init__(self, folder, data, suppliers, demands):
        self.folder, self.data = pathlib.Path(folder), data
        self.paths, self.letters = generate_pool.write_pool(self.folder, suppliers, demands, SEED, data)
        self.store = self.folder / "desk.db"
        self.suppliers = suppliers

    def command(self, *arguments):
        return [report.PROGRAM, "--store", self.store, "--data", self.data, "--now", TODAY, *arguments]

    def import_pool(self):
        milliseconds, _ = processes.timed(self.command("import", "suppliers", self.paths["suppliers"]))
        processes.run(self.command("import", "demands", self.paths["demands"]))
        return milliseconds

    def first_eligible(self, program):
        for line in processes.run(self.command("check", "--program", program)).splitlines():
            verdict = json.loads(line)
            if verdict["eligible"]:
                return verdict["id"]
        raise processes.Failed("no generated demand of %s is eligible" % program)

    def suggest(self, program, demand, *more):
        return self.command(*more, "suggest", "--program", program, "--demand", demand, "-k", "10", "--format", "json")

    def forget(self):
        processes.forget_files(processes.files_under(self.store, self.data))


def cold_ways(desk):
    """How to make the store cold, strictest first: (name, what to do before each run)."""
    ways = []
    if processes.may_drop():
        ways.append(("everything cold (drop_caches)", processes.drop_page_cache))
    ways.append(("store and data cold (posix_fadvise)", desk.forget))
    return ways


def floor_row(desk, runs):
    way, before = cold_ways(desk)[0]
    figures, _ = processes.median_of(desk.command("--version"), runs, before)
    note = "the process and its libraries alone; part of every figure"
    return report.row("floor: ieum --version, " + way, unit="ms", runs=runs, note=note, **figures)


def check_answer(output, suppliers):
    answer = json.loads(output)
    counts = answer["counts"]
    if counts["suppliers"] != suppliers or len(answer["suggestions"]) != 10:
        raise processes.Failed("not a full answer: %s and %d suggestions" % (counts, len(answer["suggestions"])))


def ask(desk, runs, target):
    """Rows of one pool: cold and warm, both programs; the strict cold way carries the target."""
    rows = []
    for program in PROGRAMS:
        demand = desk.first_eligible(program)
        command = desk.suggest(program, demand)
        processes.run(command)
        seen = None
        for place, (way, before) in enumerate(cold_ways(desk) + [("warm", None)]):
            figures, output = processes.median_of(command, runs, before)
            check_answer(output, desk.suppliers)
            if seen is not None and output != seen:
                raise processes.Failed("cold and warm answers differ")
            seen = output
            rows.append(report.row("suggest, %s suppliers, %s, %s" % (f"{desk.suppliers:,}", program, way), unit="ms", runs=runs,
                                   target=target if place == 0 else None, at_most=True, **figures))
        one = processes.run(desk.suggest(program, demand, "--threads", "1"))
        if one != seen:
            raise processes.Failed("one thread gives other bytes")
    return rows


def import_rows(desk, times):
    figures = []
    for _ in range(times):
        for path in desk.folder.glob("desk.db*"):
            path.unlink()
        figures.append(desk.import_pool())
    again, _ = processes.timed(desk.command("import", "suppliers", desk.paths["suppliers"]))
    count = f"{desk.suppliers:,}"
    return [
        report.row("import of %s suppliers into a new store" % count, round(statistics.median(figures), 1), "ms",
                   min=round(min(figures), 1), max=round(max(figures), 1), runs=times,
                   note="reads, checks, annotates and commits; one process"),
        report.row("the same file again, nothing changed", round(again, 1), "ms", runs=1),
        report.row("store of %s suppliers and the demands" % count, round(desk.store.stat().st_size / 2**20, 2), "MiB")]


def peer_rows(desk, rows, runs):
    """The SciPy script on the same files, asked the same way; it ranks by words and budget only."""
    note = ("peer: bench/peers/scipy_desk.py, character-bigram BM25 + budget fit, NumPy and SciPy; "
            "no concepts, rules, reasons or evidence")
    count = f"{desk.suppliers:,}"
    python = report.peer_python("numpy", "scipy.sparse")
    ours = {row["name"]: row["ours"] for row in rows}
    program = PROGRAMS[0]
    way, before = cold_ways(desk)[0]
    names = {kind: "suggest, %s suppliers, %s, %s" % (count, program, kind) for kind in (way, "warm")}
    own_import = ours["import of %s suppliers into a new store" % count]
    if python is None:
        missing = "peer not installed: python3-numpy, python3-scipy"
        return [report.row("against SciPy: " + name, ours[name], "ms", note=missing) for name in names.values()]
    script = report.ROOT / "bench" / "peers" / "scipy_desk.py"
    index = desk.folder / "peer.npz"
    built, _ = processes.timed([python, script, "build", desk.paths["suppliers"], index])
    query = [python, script, "query", index, desk.paths["demands"], desk.first_eligible(program), "10"]
    processes.run(query)
    if before is not processes.drop_page_cache:
        def before():
            processes.forget_files([index, desk.paths["demands"]])
    made = []
    for kind, prepare in ((way, before), ("warm", None)):
        figures, _ = processes.median_of(query, runs, prepare)
        made.append(report.row("against SciPy: " + names[kind], ours[names[kind]], "ms", peer=figures["ours"],
                               ratio=round(figures["ours"] / ours[names[kind]], 2), note=note, runs=runs))
    made.append(report.row("against SciPy: import, index built", own_import, "ms", peer=round(built, 1),
                           ratio=round(built / own_import, 2), note=note))
    return made


def round_rows(folder, data, runs):
    """The main job's own records: a round of each program on the demo collection (`./run match` asks for under a second)."""
    store = pathlib.Path(folder) / "demo.db"
    base = [report.PROGRAM, "--store", store, "--data", data, "--now", TODAY]
    processes.run(base + ["import", "suppliers", report.ROOT / "data/demo/suppliers.jsonl"])
    processes.run(base + ["import", "demands", report.ROOT / "data/demo/demands.jsonl", report.ROOT / "data/cases/seed_demands.jsonl"])
    rows = []
    for program in PROGRAMS:
        figures, _ = processes.median_of(base + ["round", "propose", "--program", program, "--format", "json"], runs)
        rows.append(report.row("round propose on the demo collection, %s, warm" % program, unit="ms",
                               target=ROUND_TARGET_MS, at_most=True, runs=runs, **figures))
    return rows


def main():
    parser = argparse.ArgumentParser(description="The bench `desk`.")
    parser.add_argument("--quick", action="store_true", help="5 runs, no pool of 10,000")
    options = parser.parse_args()
    runs = 5 if options.quick else 15
    report.OUT.mkdir(parents=True, exist_ok=True)
    # beside the result and not in /tmp, which may be memory: a cold store has to come from the disk
    with tempfile.TemporaryDirectory(prefix="desk-", dir=report.OUT) as folder:
        folder = pathlib.Path(folder)
        data = folder / "data"
        shutil.copytree(report.ROOT / "data", data)
        floor, _ = processes.median_of(["true"], runs)
        desk = Desk(folder / "small", data, 1800, 40)
        rows = import_rows(desk, 1 if options.quick else 3)
        rows.append(floor_row(desk, runs))
        rows += ask(desk, runs, TARGET_MS)
        rows += peer_rows(desk, rows, runs)
        if not options.quick:
            large = Desk(folder / "large", data, 10000, 40)
            rows += import_rows(large, 1)
            rows += ask(large, runs, None)
        rows += round_rows(folder, data, runs)
        report.write("desk", rows, cold=cold_ways(desk)[0][0], quick=options.quick, seed=SEED, text_code_points=round(desk.letters),
                     process_floor_ms=floor["ours"], lexicon_and_programs=report.data_digest(data))
    return 0 if all(row["ok"] is not False for row in rows) else 1


if __name__ == "__main__":
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "IEUM_STORE", "IEUM_DATA"):
        os.environ.pop(name, None)
    try:
        sys.exit(main())
    except processes.Failed as failure:
        rebuilt = " (the program was rebuilt during the bench)" if report.program_changed() else ""
        sys.exit("desk: %s%s" % (failure, rebuilt))
