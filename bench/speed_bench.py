# SPDX-License-Identifier: Apache-2.0
"""The bench `speed`: the scoring core beside named peers, each pair of figures from one run: all pairs by a product kernel (speed/product_rows.py), rows of a file
(speed/score_rows.py), `suggest --all` (speed/suggest_rows.py).

In: generated data only (synthetic). Out: build/bench/speed.json and the table. Peers come from Debian packages: libsvm-tools (svm-predict, svm-train), python3-numpy, python3-scipy;
what is not installed is skipped with a word. cold: model read, everything made; warm: the suppliers' side at hand. gamma = 0.5/dims. --quick: smaller, targets not judged.
"""
import json
import pathlib
import subprocess
import sys

import report

sys.path.insert(0, str(report.ROOT / "bench" / "speed"))
import product_rows  # noqa: E402
import suggest_rows  # noqa: E402

TARGET_SCORE = 15


def score_rows(quick):
    """`ieum score` beside svm-predict on one file."""
    command = [sys.executable, str(report.ROOT / "bench" / "speed" / "score_rows.py")] + (["--rows", "1000", "--pairs", "3"] if quick else [])
    found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    name = "ieum score, one SVMlight file, RBF SVR, S = 2000, 144 columns, one thread"
    if "skipped" in found:
        return [report.row(name, None, "s", note=found["skipped"])]
    return [report.row(name, found["ours_s"], "s", peer=found["peer_s"], ratio=found["ratio"], target=TARGET_SCORE, goal="ratio", worst_difference=found["worst_difference"],
                       equal=found["equal_to_1e-9"], rows=found["rows"])]


def main():
    quick = "--quick" in sys.argv[1:]
    if any(word != "--quick" for word in sys.argv[1:]):
        sys.exit("usage: speed_bench.py [--quick]")
    rows = product_rows.rows(quick) + score_rows(quick) + suggest_rows.rows(quick)
    if quick:
        for row in rows:
            row["target"] = row["ok"] = None
    report.write("speed", rows, quick=quick)
    return 0 if all(row["ok"] is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
