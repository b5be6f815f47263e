# SPDX-License-Identifier: Apache-2.0
"""Times whole processes, with the page cache cold or warm.

In: a command. Out: wall times in milliseconds from just before the process is made to its end, its output piped and read. It must not
judge figures. Python's own part of a measured time (making the process, reading the pipe) is measured with `true` and reported, never
subtracted.
"""
import os
import pathlib
import statistics
import subprocess
import time

DROP = "/proc/sys/vm/drop_caches"


class Failed(Exception):
    pass


def run(command, **more):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
    if done.returncode:
        raise Failed("%s\nexit status %d\n%s" % (" ".join(map(str, command)), done.returncode, done.stderr.decode(errors="replace")[:2000]))
    return done.stdout


def timed(command, **more):
    start = time.perf_counter()
    output = run(command, **more)
    return (time.perf_counter() - start) * 1000, output


def may_drop():
    return os.access(DROP, os.W_OK)


def drop_page_cache():
    """Everything leaves the cache: the store, the data folder, the program and its libraries."""
    os.sync()
    with open(DROP, "w", encoding="ascii") as out:
        out.write("3\n")


def forget_files(paths):
    """Only these files leave the cache; pages that a running process has mapped may stay."""
    os.sync()
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)


def files_under(*places):
    found = []
    for place in map(pathlib.Path, places):
        found += [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.is_file())
    return found


def median_of(command, times, before=None, **more):
    """Runs the command `times` times, calling before() each time outside the clock; all outputs have to be the same bytes."""
    figures, first = [], None
    for _ in range(times):
        if before:
            before()
        milliseconds, output = timed(command, **more)
        if first is not None and output != first:
            raise Failed("the output changed from run to run: " + " ".join(map(str, command)))
        first = output
        figures.append(milliseconds)
    return {"ours": round(statistics.median(figures), 2), "min": round(min(figures), 2), "max": round(max(figures), 2)}, first
