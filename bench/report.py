# SPDX-License-Identifier: Apache-2.0
"""What every bench shares: the environment it ran in, the result file build/bench/NAME.json and the Markdown table.

In: rows made with row(). Out: the file, and the table on stdout. It must not measure anything and knows no bench by name.
`python3 bench/report.py NAME` prints the table of a result file again; a bench in another language only has to write the file.
"""
import datetime
import hashlib
import json
import os
import pathlib
import platform
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "bench"
# Another build can be measured by naming its program; the default is the release build.
PROGRAM = pathlib.Path(os.environ.get("IEUM_BENCH_PROGRAM") or ROOT / "build" / "release" / "bindings" / "cli" / "ieum").resolve()


def row(name, ours, unit, peer=None, target=None, at_most=False, ratio=None, goal="ours", **more):
    """One row. target is what `goal` ("ours" or "ratio") has to reach, or stay under with at_most.

    ok is None where nothing is asked or where the peer that the target needs is not installed. More members (min, max, note …) are
    passed through.
    """
    value = ours if goal == "ours" else ratio
    ok = None
    if target is not None and value is not None:
        ok = value <= target if at_most else value >= target
    made = {"name": name, "ours": ours, "peer": peer, "ratio": ratio, "target": target, "unit": unit, "ok": ok, **more}
    if target is not None:
        made["rule"] = "%s %s target" % (goal, "<=" if at_most else ">=")
    return made


def number(value):
    if value is None:
        return "–"
    if isinstance(value, int) or value == int(value) and abs(value) >= 1:
        return "%d" % value
    if abs(value) < 0.1:
        return "%.3g" % value
    return "%.3f" % value if abs(value) < 10 else "%.1f" % value


def first_line(command):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
        return done.stdout.splitlines()[0] if done.stdout else None
    except OSError:
        return None


def file_value(path, key):
    try:
        for line in open(path, encoding="utf-8"):
            if line.startswith(key):
                return line.split(":" if ":" in line else "=", 1)[1].strip()
    except OSError:
        pass
    return None


def digest(*paths):
    hasher = hashlib.sha256()
    for path in paths:
        hasher.update(pathlib.Path(path).read_bytes())
    return hasher.hexdigest()[:16]


def data_digest(folder):
    return digest(*sorted(path for path in pathlib.Path(folder).rglob("*.json*") if path.is_file()))


def program_digest():
    libraries = sorted(PROGRAM.parent.parent.parent.glob("libieum.so.*.*"))
    return digest(PROGRAM, *libraries) if PROGRAM.exists() else None


STARTED_WITH = program_digest()


def program_changed():
    """True when somebody rebuilt the program while it was measured: the figures are then of two programs."""
    return program_digest() != STARTED_WITH


def environment(**more):
    """Where a figure comes from. No host name, user or path: results are published."""
    cache = PROGRAM.parent.parent.parent / "CMakeCache.txt"
    compiler = file_value(cache, "CMAKE_C_COMPILER:")
    found = {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "processor": file_value("/proc/cpuinfo", "model name") or platform.machine(),
        "processors": len(os.sched_getaffinity(0)), "load_before": round(os.getloadavg()[0], 2),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": "%s %s" % (file_value("/etc/os-release", "PRETTY_NAME") or platform.system(), platform.release()),
        "compiler": first_line([compiler.split("=")[-1] if compiler else "cc", "--version"]),
        "build": file_value(cache, "CMAKE_BUILD_TYPE:"), "python": platform.python_version(),
        "program": first_line([str(PROGRAM), "--version"])}
    found["program_digest"] = STARTED_WITH
    if found["compiler"] is None:
        found["compiler"] = first_line(["cc", "--version"])
    if found["build"]:
        found["build"] = found["build"].split("=")[-1]
    found["system"] = found["system"].replace('"', "")
    found.update(more)
    return found


def table(result):
    """The Markdown table of a result, with its environment above and its notes below."""
    lines = ["", "**%s** · %s" % (result.get("bench", "bench"), " · ".join(
        "%s: %s" % (key, value) for key, value in result["environment"].items() if value is not None)), ""]
    lines += ["| | ours | peer | ratio | target | unit | ok |", "|---|--:|--:|--:|--:|---|---|"]
    notes = []
    for entry in result["rows"]:
        mark = ""
        if entry.get("note"):
            if entry["note"] not in notes:
                notes.append(entry["note"])
            mark = " [%d]" % (notes.index(entry["note"]) + 1)
        ours = number(entry["ours"])
        if "interval" in entry:
            ours += " (%.3f–%.3f)" % tuple(entry["interval"])
        elif "min" in entry:
            ours += " (%s–%s)" % (number(entry["min"]), number(entry["max"]))
        target = number(entry["target"])
        if entry["target"] is not None:
            target = entry.get("rule", "ratio >= target").replace("ours ", "").replace("target", target)
        verdict = {True: "yes", False: "**no**", None: "–"}[entry["ok"]]
        lines.append("| %s%s | %s | %s | %s | %s | %s | %s |" % (
            entry["name"], mark, ours, number(entry["peer"]), number(entry["ratio"]), target, entry["unit"], verdict))
    lines += [""] + ["[%d] %s" % (place + 1, note) for place, note in enumerate(notes)]
    return "\n".join(lines)


def write(name, rows, uses_program=True, **more):
    if uses_program and program_changed():
        sys.exit("%s: the program was rebuilt during the bench; run it again" % name)
    OUT.mkdir(parents=True, exist_ok=True)
    result = {"bench": name, "environment": environment(**more), "rows": rows}
    path = OUT / (name + ".json")
    held = path.with_suffix(".tmp")
    held.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    held.replace(path)
    print(table(result))
    return path


def peer_python(*modules):
    """A Python that has the modules: this one, or the system's where this one is another installation. None if there is none."""
    for candidate in (os.environ.get("IEUM_PEER_PYTHON"), sys.executable, "/usr/bin/python3"):
        if not candidate:
            continue
        try:
            code = subprocess.run([candidate, "-c", "import " + ", ".join(modules)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except OSError:
            continue
        if code.returncode == 0:
            return candidate
    return None


if __name__ == "__main__":
    print(table(json.loads((OUT / (sys.argv[1] + ".json")).read_text(encoding="utf-8"))))
