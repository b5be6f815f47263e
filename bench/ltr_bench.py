# SPDX-License-Identifier: Apache-2.0
"""The bench `ltr`: learned ranking on a public data set beside XGBoost's rank:ndcg.

In: `public/ltr/rank.train` and `rank.test` (SVMlight without qid, sizes of the queries in *.query) in $IEUM_SHARED or in a folder `shared` beside the repository. Out:
build/bench/ltr.json and the table. Both sides choose their parameters by the same five folds over the training file (by query) and score the test file once; the
test file steers nothing. --quick: fewer trees for the peer.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import measures
import report


def data_folder():
    for place in (os.environ.get("IEUM_SHARED"), report.ROOT.parent / "shared"):
        if place and (pathlib.Path(place) / "public" / "ltr" / "rank.train").is_file():
            return pathlib.Path(place) / "public" / "ltr"
    return None


def build():
    subprocess.run(["cmake", "--build", str(report.ROOT / "build" / "release"), "--target", "ltr_study"], check=True, stdout=subprocess.DEVNULL)
    return report.ROOT / "build" / "release" / "bench" / "ltr_study"


def read_labels(path):
    sizes = [int(word) for word in open(str(path) + ".query", encoding="utf-8").read().split()]
    grades = [float(line.split(None, 1)[0]) for line in open(path, encoding="utf-8") if line.strip()]
    return grades, sizes


def per_query(scores, grades, sizes):
    """nDCG@10 of each query that has a grade above 0, equal scores in the order of the file."""
    values, start = [], 0
    for size in sizes:
        own = {str(i): grades[i] for i in range(start, start + size)}
        ranking = sorted(own, key=lambda name: (-scores[int(name)], int(name)))
        if any(own.values()):
            values.append(measures.ndcg(ranking, own))
        start += size
    return values


def measured(command):
    return json.loads(subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True).stdout)


def main():
    quick = "--quick" in sys.argv[1:]
    if any(word != "--quick" for word in sys.argv[1:]):
        sys.exit("usage: ltr_bench.py [--quick]")
    folder = data_folder()
    if folder is None:
        note = "the public data set is not here (set IEUM_SHARED)"
        report.write("ltr", [report.row("nDCG@10 on the test file", None, "nDCG@10", note=note)], uses_program=False)
        return
    train, test = folder / "rank.train", folder / "rank.test"
    report.OUT.mkdir(parents=True, exist_ok=True)
    ours = measured([build(), train, test])
    python = report.peer_python("numpy", "xgboost")
    with tempfile.TemporaryDirectory(prefix="ltr-", dir=report.OUT) as work:
        folds = pathlib.Path(work) / "folds.json"
        folds.write_text(json.dumps(ours["folds"]), encoding="utf-8")
        peer = measured([python, report.ROOT / "bench" / "peers" / "xgboost_ranking.py", train, test, folds] + (["--quick"] if quick else [])) if python else None
    note = "five folds over the training file by query; what the parameters were chosen by, so a little too good on both sides"
    rows = []
    for kind in ours["kinds"]:
        rows.append(report.row("%s, chosen C = %g: five folds" % (kind["kind"], kind["cost"]), kind["quality"], "nDCG@10", peer=peer and peer["quality"],
                               ratio=peer and kind["quality"] / peer["quality"], note=note))
    grades, sizes = read_labels(test)
    reached = per_query(ours["test_scores"], grades, sizes)
    more = {}
    if peer:
        theirs = per_query(peer["test_scores"], grades, sizes)
        difference = measures.bootstrap([a - b for a, b in zip(reached, theirs)])
        more = {"difference_interval": difference, "peer_interval": measures.bootstrap(theirs),
                "note": "peer: XGBoost %s rank:ndcg, depth %d, %d rounds of eta %g; difference ours − peer: %.4f, 95 %% interval %.4f … %.4f over %d queries" % (
                    peer["version"], peer["depth"], peer["rounds"], peer["eta"], measures.mean(reached) - measures.mean(theirs), *difference, len(reached))}
    else:
        more = {"note": "XGBoost is not installed"}
    rows.append(report.row("%s: the test file, once" % ours["chosen"], measures.mean(reached), "nDCG@10", peer=peer and measures.mean(theirs),
                           ratio=peer and measures.mean(reached) / measures.mean(theirs), interval=measures.bootstrap(reached), **more))
    rows.append(report.row("choosing and training both kinds", sum(kind["seconds"] for kind in ours["kinds"]), "s", peer=peer and peer["seconds"],
                           ratio=peer and peer["seconds"] / sum(kind["seconds"] for kind in ours["kinds"]), note="one thread; XGBoost uses all"))
    report.write("ltr", rows, uses_program=False, data=report.digest(train, test), preferences=ours["preferences"])


if __name__ == "__main__":
    main()
