# SPDX-License-Identifier: Apache-2.0
"""The bench `text`: reading and annotating 10,000 suppliers, one changed record, and one query over 100,000 suppliers' texts.

In: a generated pool (bench/generate_pool.py; fictional, synthetic). Out: build/bench/text.json and the table. Imports are timed as whole processes; the index and its
queries by bench/text/text_bench.c in one process, its peer bench/peers/scipy_words.py likewise. --quick: a tenth of everything, targets not judged.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import report

TARGET_IMPORT_S, TARGET_QUERY_MS = 10, 20


def build():
    command = ["cmake", "--build", str(report.ROOT / "build" / "release"), "--target", "text_bench"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return report.ROOT / "build" / "release" / "bench" / "text_bench"


def pool(folder, suppliers, demands):
    subprocess.run([sys.executable, str(report.ROOT / "bench" / "generate_pool.py"), "--suppliers", str(suppliers), "--demands", str(demands), "--seed", "1", "--out",
                    str(folder)], check=True, stdout=subprocess.DEVNULL)
    return folder / "suppliers.jsonl", folder / "demands.jsonl"


def timed_import(store, path):
    environment = dict(os.environ, IEUM_STORE=str(store), IEUM_DATA=str(report.ROOT / "data"))
    start = time.perf_counter()
    subprocess.run([str(report.PROGRAM), "import", "suppliers", str(path), "--format", "json"], check=True, env=environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def change_one(path, target):
    record = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    record["summary"] += " 도금 두께 예측을 더했습니다."
    target.write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")


def measured(command):
    return json.loads(subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True).stdout)


def main():
    quick = "--quick" in sys.argv[1:]
    if any(word != "--quick" for word in sys.argv[1:]):
        sys.exit("usage: text_bench.py [--quick]")
    share, rows = (10 if quick else 1), []
    report.OUT.mkdir(parents=True, exist_ok=True)
    program = build()
    with tempfile.TemporaryDirectory(prefix="text-", dir=report.OUT) as folder:
        folder = pathlib.Path(folder)
        few, many = 10000 // share, 100000 // share
        suppliers, _ = pool(folder / "few", few, 1)
        store = folder / "ieum.db"
        rows.append(report.row("import of %d suppliers: read, annotated, indexed, committed" % few, timed_import(store, suppliers), "s",
                               target=None if quick else TARGET_IMPORT_S, at_most=True))
        change_one(suppliers, folder / "one.jsonl")
        rows.append(report.row("one changed record in a store of %d" % few, timed_import(store, folder / "one.jsonl"), "s"))
        suppliers, demands = pool(folder / "many", many, 50)
        ours = measured([program, suppliers, demands, report.ROOT / "data", 3])
        python = report.peer_python("numpy", "scipy.sparse")
        peer = measured([python, report.ROOT / "bench" / "peers" / "scipy_words.py", suppliers, demands, 3]) if python else None
        note = None if peer else "SciPy is not installed"
        rows.append(report.row("index over %d suppliers' texts" % many, ours["build_s"], "s", peer=peer and peer["build_s"],
                               ratio=peer and peer["build_s"] / ours["build_s"], note=note))
        median, least, most = ours["query_ms"]
        rows.append(report.row("one query over %d suppliers' texts, ten best" % many, median, "ms", peer=peer and peer["query_ms"][0],
                               ratio=peer and peer["query_ms"][0] / median, target=None if quick else TARGET_QUERY_MS, at_most=True, min=least, max=most, note=note))
        median, least, most = ours["meaning_us"]
        rows.append(report.row("annotating and interpreting one demand", median, "µs", min=least, max=most))
    report.write("text", rows, quick=quick, peer="scipy %s" % ("yes" if peer else "not installed"))
    return 0 if all(row["ok"] is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
