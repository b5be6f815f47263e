# SPDX-License-Identifier: Apache-2.0
"""All pairs by a product-kernel model: the rows of the bench `speed` that speed/product_bench.c measures, beside svm-predict and NumPy (peers/numpy_product.py).

500 demands x 5,000 suppliers of 64 + 64 numbers, ten best each, one thread, synthetic (speed/product_data.h), gamma = 0.5/dims, S of about 2,000 and 500. svm-predict is
timed as a whole process on 20,000 sampled pairs and counted in pairs a second; ours is cold: model read, everything made, exact scores reported. NumPy in float64 answers
what we answer; in float32 it does less (its lists are not all right). Level avx512vnni multiplies whole numbers, so its
share of the f32 FMA peak may exceed 1. rows() gives the rows;
`python3 bench/speed/product_rows.py [--quick]` prints them. --quick: only S of about 500.
"""
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

PAIRS, DEMANDS, SUPPLIERS = 20000, 500, 5000
TARGET_COLD, TARGET_NUMPY, TARGET_AVX2, TARGET_MEMORY_MIB = 5000, 3, 0.75, 2048
TARGET_AVX512 = {2000: 0.85, 500: 0.80}


def build():
    subprocess.run(["cmake", "--build", str(report.ROOT / "build" / "release"), "--target", "product_bench"], check=True, stdout=subprocess.DEVNULL)
    return report.ROOT / "build" / "release" / "bench" / "product_bench"


def measured(*command, **variables):
    environment = {name: value for name, value in os.environ.items() if name not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "IEUM_SIMD")}
    environment.update(variables)
    return json.loads(subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout)


def predict_seconds(folder, support):
    """svm-predict's time on the sampled pairs, the better of two; None where it is not installed."""
    if not shutil.which("svm-predict"):
        return None
    best = None
    for _ in range(2):
        start = time.perf_counter()
        subprocess.run(["svm-predict", "-q", str(folder / "pairs.svmlight"), str(folder / ("libsvm-%d" % support)), str(folder / "predicted")], check=True)
        took = time.perf_counter() - start
        best = took if best is None else min(best, took)
    return best


def fastest(levels):
    """What the highest level of this processor measured."""
    return next(levels[name] for name in ("avx512vnni", "avx512", "avx2", "portable") if name in levels)


def rows_of(program, folder, support, peer_python):
    predict = predict_seconds(folder, support)
    ours = measured(program, "measure", folder, support)
    peers = {}
    for kind in ("float64", "float32") if peer_python else ():
        peers[kind] = measured(peer_python, report.ROOT / "bench" / "peers" / "numpy_product.py", folder, support, 9, kind, OPENBLAS_NUM_THREADS="1")
    again = measured(program, "measure", folder, support) if peers else ours
    best, rows = fastest(ours), []
    theirs = PAIRS / predict if predict else None
    name = "all pairs, RBF, S = %d" % support
    rows.append(report.row(name + ", cold, against svm-predict", best["cold_pairs_per_s"], "pairs/s", peer=theirs, ratio=best["cold_pairs_per_s"] / theirs if theirs else None,
                           target=TARGET_COLD if support == 2000 else None, goal="ratio", off_libsvm=best["off_libsvm"], cold_ms=best["cold_ms"],
                           candidates_per_demand=best["candidates_per_demand"]))
    for level, target in (("avx512vnni", None), ("avx512", TARGET_AVX512[support]), ("avx2", TARGET_AVX2)):
        if level in ours:
            one = ours[level]
            rows.append(report.row(name + ", warm fused product, " + level, one["fused_share"], "of FMA peak", target=target, gflops=one["fused_gflops"],
                                   peak_gflops=one["fma_peak_gflops"], warm_ms=one["warm_ms"]))
    now = fastest(again)
    for kind, peer in peers.items():
        for state in ("cold", "warm"):
            mine = (best[state + "_ms"] + now[state + "_ms"]) / 2
            rows.append(report.row("%s, %s, against NumPy %s" % (name, state, kind), mine, "ms", peer=peer[state + "_ms"], ratio=peer[state + "_ms"] / mine,
                                   target=TARGET_NUMPY if state == "cold" else None, goal="ratio", peer_lists_equal=peer["lists_equal"], demands=DEMANDS))
    return rows


def rows(quick=False):
    program, found = build(), []
    peer_python = report.peer_python("numpy")
    report.OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="speed-product-", dir=report.OUT) as folder:
        folder = pathlib.Path(folder)
        subprocess.run([str(program), "make", str(folder)], check=True, stdout=subprocess.DEVNULL)
        for support in (500,) if quick else (2000, 500):
            found += rows_of(program, folder, support, peer_python)
    if not quick:
        memory = measured(program, "memory", 1000000)
        found.append(report.row("memory, 1,000,000 suppliers of 64 numbers, S = 2000, ten best for 500 demands", memory["max_rss_mib"], "MiB", target=TARGET_MEMORY_MIB,
                                at_most=True, seconds=memory["seconds"], candidates_per_demand=memory["candidates_per_demand"]))
    return found


if __name__ == "__main__":
    for one in rows("--quick" in sys.argv[1:]):
        print(json.dumps(one, ensure_ascii=False))
