# SPDX-License-Identifier: Apache-2.0
"""The bench `cohort`: all of AI+manufacturing 2025-2030, 475 demand firms × 934 AI firms, checked, scored, explained (three each) and assigned.

In: the release program and the data folder; the cohort is made by `ieum generate` (seed 1). Out: build/bench/cohort.json and the table. The program
file is that of ai-manufacturing with a quota of 475 places instead of 20 and an end in 2030, for a whole cohort has no place in one year's quota;
all else is as shipped. It works on a copy of the data folder. Texts are understood when records are imported; that is counted on its own and is in
no other row.
"""
import argparse
import json
import pathlib
import resource
import shutil
import statistics
import sys
import tempfile

import processes
import report

DEMANDS, SUPPLIERS, BEST = 475, 934, 3
PROGRAM = "ai-manufacturing"
TARGET_MS = 2000.0
TODAY = "2025-10-01"


class Cohort:
    def __init__(self, folder):
        self.folder = folder
        self.data, self.store, self.kept = folder / "data", folder / "cohort.db", folder / "kept.db"
        shutil.copytree(report.ROOT / "data", self.data)
        path = self.data / "programs" / (PROGRAM + ".json")
        program = json.loads(path.read_text(encoding="utf-8"))
        program["quota"]["demands"] = DEMANDS
        program["effective"]["to"] = "2030-12-31"
        path.write_text(json.dumps(program, ensure_ascii=False), encoding="utf-8")

    def command(self, *arguments):
        return [report.PROGRAM, "--store", self.store, "--data", self.data, "--now", TODAY, *arguments]

    def generate(self):
        milliseconds, _ = processes.timed(self.command("generate", "--profile", "cohort", "--seed", "1", "--out", self.folder / "records",
                                                       "--format", "json"))
        return milliseconds

    def understand(self):
        """Both imports into a new store; the times, and the store is kept as every run's beginning."""
        for path in self.folder.glob("cohort.db*"):
            path.unlink()
        figures = [processes.timed(self.command("import", kind, self.folder / "records" / (kind + ".jsonl"), "--format", "json"))[0]
                   for kind in ("suppliers", "demands")]
        shutil.copyfile(self.store, self.kept)
        return figures

    def begin(self):
        """The store as it was after the imports, on the disk and not in memory."""
        for path in self.folder.glob("cohort.db*"):
            path.unlink()
        shutil.copyfile(self.kept, self.store)

    def forget(self):
        if processes.may_drop():
            processes.drop_page_cache()
        else:
            processes.forget_files(processes.files_under(self.store, self.data))


def check_proposal(output):
    proposal = json.loads(output)["proposal"]
    assignment = proposal["assignment"]
    short = [one["id"] for one in proposal["applicants"] if len(one["suggestions"]) != BEST
             or not all(s["reason"]["ko"] and s["evidence"] for s in one["suggestions"])]
    if len(proposal["applicants"]) != DEMANDS or short or assignment["status"] != "optimal" or len(assignment["pairs"]) != DEMANDS:
        raise processes.Failed("not the whole cohort: %d applicants, without three explained: %s, %s, %d pairs" % (
            len(proposal["applicants"]), short[:5], assignment["status"], len(assignment["pairs"])))


def processor_ms():
    """What processes of ours have used so far, both processors together."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000


def figures_of(times):
    return {"ours": round(statistics.median(times), 1), "min": round(min(times), 1), "max": round(max(times), 1)}


def measure(cohort, command, runs, cold, before=None):
    """Median over runs, each on the store as it was; `before` is a command that comes first and is counted in."""
    times, output, used = [], None, []
    for _ in range(runs):
        cohort.begin()
        if cold:
            cohort.forget()
        start = processor_ms()
        spent = processes.timed(before)[0] if before else 0
        milliseconds, output = processes.timed(command)
        times.append(spent + milliseconds)
        used.append(processor_ms() - start)
    return dict(figures_of(times), processor=round(statistics.median(used), 1)), output


def check_certificate(cohort):
    """The proposal that was stored last is the best there is, by the checker that shares no code with the engine."""
    shown = cohort.folder / "round.json"
    shown.write_bytes(processes.run(cohort.command("round", "show", "--id", "cohort", "--format", "json")))
    answer = processes.run([sys.executable, report.ROOT / "bindings" / "python" / "check_certificate.py", shown]).decode().strip()
    if answer != "valid":
        raise processes.Failed("the certificate of the proposal: " + answer)


def main():
    parser = argparse.ArgumentParser(description="The whole five-year cohort: checked, scored, explained and assigned.")
    parser.add_argument("--quick", action="store_true")
    runs = 3 if parser.parse_args().quick else 9
    rows = []
    with tempfile.TemporaryDirectory() as name:
        cohort = Cohort(pathlib.Path(name))
        pairs = "%d × %d" % (DEMANDS, SUPPLIERS)
        made = cohort.generate()
        understood = [cohort.understand() for _ in range(3)]
        new = cohort.command("round", "new", "--program", PROGRAM, "--id", "cohort", "--by", "bench")
        propose = cohort.command("round", "propose", "--id", "cohort", "--by", "bench", "--format", "json")
        checked, _ = measure(cohort, cohort.command("check", "--program", PROGRAM), runs, True)
        suggest = cohort.command("suggest", "--program", PROGRAM, "--all", "-k", str(BEST), "--format", "json")
        suggested, _ = measure(cohort, suggest, runs, True)
        proposed, output = measure(cohort, propose, runs, True, new)
        check_proposal(output)
        check_certificate(cohort)
        warm, output = measure(cohort, propose, runs, False, new)
        check_proposal(output)
        one, again = measure(cohort, propose + ["--threads", "1"], 1 if runs < 9 else 3, True, new)
        strip = [json.loads(text)["proposal"] for text in (output, again)]
        if strip[0] != strip[1]:
            raise processes.Failed("one thread gives another proposal")
        where = "everything cold (drop_caches)" if processes.may_drop() else "store and data cold (posix_fadvise)"
        rows.append(report.row("%s checked, scored, explained, assigned: round new + propose, %s" % (pairs, where), unit="ms", target=TARGET_MS,
                               at_most=True, runs=runs,
                               note="two whole processes; the proposal is stored with its certificate and in the audit log, which an independent checker finds valid", **proposed))
        rows.append(report.row("the same, warm", unit="ms", runs=runs, **warm))
        rows.append(report.row("processor time of it, cold", proposed["processor"], "ms",
                               note="user and system, both processors added up; hardly moved by what else the machine does"))
        rows.append(report.row("the same, cold, one thread", unit="ms", **one))
        rows.append(report.row("part: check (rules alone), a process of its own, cold", unit="ms", runs=runs, **checked))
        rows.append(report.row("part: suggest --all -k 3 (checked, scored, explained), a process of its own, cold", unit="ms", runs=runs,
                               **suggested))
        rows.append(report.row("part: the rest of propose (assignment, certificate, round and audit log)",
                               round(proposed["ours"] - suggested["ours"], 1), "ms", note="difference of the two rows"))
        for place, (kind, count) in enumerate((("suppliers", SUPPLIERS), ("demands", DEMANDS))):
            rows.append(report.row("understanding of new records: import of %d %s" % (count, kind), unit="ms", runs=3,
                                   note="once, when records come; in no row above",
                                   **figures_of([one[place] for one in understood])))
        rows.append(report.row("generate: the cohort itself", round(made, 1), "ms", runs=1))
    report.write("cohort", rows, data=report.data_digest(report.ROOT / "data"), cold=where)
    return 1 if any(row["ok"] is False for row in rows) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except processes.Failed as failure:
        sys.exit("cohort: %s" % failure)
