# SPDX-License-Identifier: Apache-2.0
"""`ieum score` against `svm-predict`: whole commands, one SVMlight file in, one file of numbers out, one thread.

Made data: rows of --columns numbers with a latent structure of 16 dimensions and noise, seeded; an epsilon-SVR with an RBF kernel, gamma = 0.5/columns, trained by
svm-train on --train rows, of which nearly all become support vectors. The two commands run in turn, --pairs times; the ratio is the median of the pairs' ratios.
The outputs have to agree to 1e-9. Prints one JSON object; {"skipped": why} where libsvm-tools is not installed.

usage: score_rows.py [--rows 10000] [--columns 144] [--train 2010] [--pairs 5] [--threads 1] [--kernel 2] [--digits 8] [--keep FOLDER]
"""
import argparse
import json
import math
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import report  # noqa: E402


def write_rows(path, count, columns, seed, digits):
    """Label: a smooth function of the latent numbers, and noise. The latent structure is the same for every seed."""
    shape = random.Random(7)
    mixing = [[shape.gauss(0, 1) / 4 for _ in range(16)] for _ in range(columns)]
    draw = random.Random(seed)
    with open(path, "w", encoding="ascii") as out:
        for _ in range(count):
            latent = [draw.gauss(0, 1) for _ in range(16)]
            row = [sum(m * z for m, z in zip(weights, latent)) + draw.gauss(0, 0.5) for weights in mixing]
            label = math.sin(latent[0]) + 0.5 * latent[1] * latent[2] + draw.gauss(0, 0.1)
            out.write("%.6g %s\n" % (label, " ".join("%d:%.*g" % (i + 1, digits, x) for i, x in enumerate(row))))


def timed(command, environment):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - start


def worst_difference(a, b):
    with open(a, encoding="ascii") as ours, open(b, encoding="ascii") as theirs:
        x, y = [float(line) for line in ours], [float(line) for line in theirs]
    return max(abs(p - q) for p, q in zip(x, y)) if len(x) == len(y) and x else math.inf


def support_vectors(model):
    with open(model, encoding="ascii") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("total_sv"))


def measure(choice, folder):
    environment = {key: value for key, value in os.environ.items() if key not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    train, test, model, ours, peer = (folder / name for name in ("train.txt", "test.txt", "model.txt", "ours.out", "peer.out"))
    write_rows(train, choice.train, choice.columns, 1, choice.digits)
    write_rows(test, choice.rows, choice.columns, 2, choice.digits)
    subprocess.run(["svm-train", "-q", "-s", "3", "-t", str(choice.kernel), "-g", repr(0.5 / choice.columns), "-p", "0.001", "-c", "1", train, model], check=True)
    ieum = [report.PROGRAM, "score", "--threads", str(choice.threads), "-q", test, model, ours]
    libsvm = ["svm-predict", "-q", test, model, peer]
    timed(ieum, environment)  # both files are in the page cache before anything counts
    pairs = [(timed(ieum, environment), timed(libsvm, environment)) for _ in range(choice.pairs)]
    return {
        "rows": choice.rows, "columns": choice.columns, "support_vectors": support_vectors(model), "kernel": choice.kernel, "threads": choice.threads,
        "digits": choice.digits, "pairs": choice.pairs,
        "ours_s": round(statistics.median(a for a, _ in pairs), 4), "peer_s": round(statistics.median(b for _, b in pairs), 4),
        "ours_us_a_row": round(statistics.median(a for a, _ in pairs) / choice.rows * 1e6, 2),
        "peer_us_a_row": round(statistics.median(b for _, b in pairs) / choice.rows * 1e6, 2),
        "ratio": round(statistics.median(b / a for a, b in pairs), 2), "ratio_min": round(min(b / a for a, b in pairs), 2),
        "worst_difference": worst_difference(ours, peer), "equal_to_1e-9": worst_difference(ours, peer) <= 1e-9}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, standard in (("rows", 10000), ("columns", 144), ("train", 2010), ("pairs", 5), ("threads", 1), ("kernel", 2), ("digits", 8)):
        parser.add_argument("--" + name, type=int, default=standard)
    parser.add_argument("--keep", type=pathlib.Path, help="a folder for the files; without it they are dropped")
    choice = parser.parse_args()
    if not (shutil.which("svm-train") and shutil.which("svm-predict")):
        print(json.dumps({"skipped": "svm-train and svm-predict (libsvm-tools) are not installed"}))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        if choice.keep:
            choice.keep.mkdir(parents=True, exist_ok=True)
        result = measure(choice, choice.keep or pathlib.Path(folder))
    print(json.dumps(result))
    return 0 if result["equal_to_1e-9"] else 1


if __name__ == "__main__":
    sys.exit(main())
