# SPDX-License-Identifier: Apache-2.0
"""The bench `quality`: how well the fit criteria rank the demo collection, hard rules off, beside character-bigram BM25 in the same run; a five-fold figure; an ablation;
and the collections of bench/collections.

In: the release program, the data folder, its demo collection (or another collection folder). Out: build/bench/quality.json,
the TREC runs in build/bench/quality, the table. It must not call the engine's own measures. The collections are invented and
were written for development: their figures show that the engine works, not how good it is on real applications.
"""
import argparse
import json
import os
import pathlib
import shutil
import sys
import tempfile

import disturb
import folds
import measures
import processes
import report

sys.path.insert(0, str(report.ROOT / "bench" / "peers"))
import bigram_bm25  # noqa: E402

PROGRAMS = ("ai-manufacturing", "ai-bio")
TARGET = 0.88
OTHER_TARGET = 0.80
TODAY = "2025-08-01"
DEPTH = 60


def choose(node, step):
    """A member, a position, or the element that [member=value] selects."""
    if isinstance(step, str) and step.startswith("["):
        member, value = step[1:-1].split("=", 1)
        return next(place for place, item in enumerate(node) if item.get(member) == value)
    return step


def apply_edits(data, edits):
    """Changes a copy of the data folder; an edit that meets nothing is an error, or an ablation would silently be the shipped engine."""
    for edit in edits:
        files = sorted(data.glob(edit["file"]))
        changed = 0
        for path in files:
            content = json.loads(path.read_text(encoding="utf-8"))
            node = content
            try:
                for step in edit["path"][:-1]:
                    node = node[choose(node, step)]
                node[choose(node, edit["path"][-1])] = edit["value"]
            except (KeyError, IndexError, StopIteration):
                continue
            changed += 1
            path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        if not changed:
            raise processes.Failed("the edit %s %s meets nothing" % (edit["file"], "/".join(map(str, edit["path"]))))


def engine_run(data, store, collection, form="trec"):
    """What the program writes for all demands of both programs, from a new store: a TREC run, or JSON lines with the features' values."""
    base = [report.PROGRAM, "--store", store, "--data", data, "--now", TODAY]
    for kind in ("suppliers", "demands"):
        processes.run(base + ["import", kind, collection / (kind + ".jsonl")])
    return "".join(processes.run(base + ["suggest", "--program", program, "--all", "--no-rules", "--criteria", "fit", "-k", str(DEPTH),
                                         "--format", form]).decode("utf-8") for program in PROGRAMS)


def variant_run(variant, folder, collection, form="trec"):
    data = folder / "data"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(report.ROOT / "data", data)
    apply_edits(data, variant["edits"])
    with tempfile.TemporaryDirectory(dir=folder) as place:
        return engine_run(data, pathlib.Path(place) / "quality.db", collection, form)


def groups(collection, qrels):
    """All judged demands, then those of each program."""
    programs = {record["id"]: record["program"] for record in bigram_bm25.records(collection / "demands.jsonl")}
    judged = sorted(qrels)
    return [("both programs", judged)] + [(program, [d for d in judged if programs.get(d) == program]) for program in PROGRAMS]


def comparison_rows(name, demands, ours, peer, qrels, times, target=None):
    own, other = measures.per_demand(ours, qrels, demands), measures.per_demand(peer, qrels, demands)
    rows = []
    for measure, _ in measures.MEASURES:
        mean, peer_mean = measures.mean(own[measure]), measures.mean(other[measure])
        gap = [left - right for left, right in zip(own[measure], other[measure])]
        asked = measure == "nDCG@10" and name == "both programs" and target is not None
        rows.append(report.row(
            "%s, %s, %d demands" % (measure, name, len(demands)), round(mean, 4), measure, peer=round(peer_mean, 4),
            ratio=round(mean / peer_mean, 3) if peer_mean else None, target=target if asked else None,
            interval=measures.bootstrap(own[measure], times=times), peer_interval=measures.bootstrap(other[measure], times=times),
            difference=round(measures.mean(gap), 4), difference_interval=measures.bootstrap(gap, times=times),
            note="peer: bench/peers/bigram_bm25.py, character-bigram BM25 over all text fields; "
                 "in brackets the 95 % bootstrap interval over demands"))
    return rows


def ablation_rows(variants, shipped, folder, collection, qrels, times):
    """Each variant beside the shipped engine, nDCG@10 over all demands; ratio is variant to shipped."""
    judged = sorted(qrels)
    base = measures.per_demand(shipped, qrels, judged)["nDCG@10"]
    rows = []
    for variant in variants:
        run = measures.read_run(variant_run(variant, folder, collection))
        own = measures.per_demand(run, qrels, judged)["nDCG@10"]
        gap = [left - right for left, right in zip(own, base)]
        rows.append(report.row("ablation: " + variant["id"], round(measures.mean(own), 4), "nDCG@10", peer=round(measures.mean(base), 4),
                               ratio=round(measures.mean(own) / measures.mean(base), 3), interval=measures.bootstrap(own, times=times),
                               difference_interval=measures.bootstrap(gap, times=times),
                               note="ablations (bench/quality_variants.json): peer is the shipped engine"))
    return rows


def folds_row(shipped, folder, collection, qrels, times):
    values = folds.read_values(variant_run(shipped, folder, collection, "json"))
    program = json.loads((report.ROOT / "data" / "programs" / (PROGRAMS[0] + ".json")).read_text(encoding="utf-8"))
    judged = sorted(qrels)
    found = folds.held_out(judged, values, qrels, folds.shipped_weights(program))
    return report.row("five-fold: weights tuned on four parts, measured on the fifth", round(measures.mean(found), 4), "nDCG@10", target=TARGET,
                      interval=measures.bootstrap(found, times=times), note="five-fold (bench/folds.py): parts drawn with seed 1")


def disturbed_rows(shipped, folder, collection, qrels, times):
    """The same demands typed carelessly; peer is the engine on the demands as they are."""
    judged, rows = sorted(qrels), []
    whole = measures.mean(measures.per_demand(measures.read_run(variant_run(shipped, folder, collection)), qrels, judged)["nDCG@10"])
    for name, way in disturb.WAYS:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            run = measures.read_run(variant_run(shipped, folder, disturb.disturb(collection, pathlib.Path(place) / "disturbed", way)))
        own = measures.per_demand(run, qrels, judged)["nDCG@10"]
        rows.append(report.row("typed: " + name, round(measures.mean(own), 4),
                               "nDCG@10", peer=round(whole, 4), ratio=round(measures.mean(own) / whole, 3), interval=measures.bootstrap(own, times=times),
                               note="typed carelessly (bench/disturb.py): peer is the engine on the demands as they are"))
    return rows


def other_rows(shipped, folder, times):
    """The collections of bench/collections, each beside the peer."""
    rows = []
    for place in sorted(path.parent for path in (report.ROOT / "bench" / "collections").glob("*/qrels.txt")):
        qrels = measures.read_qrels(place / "qrels.txt")
        ours = measures.read_run(variant_run(shipped, folder, place))
        peer = {demand: [supplier for supplier, _ in ranking] for demand, ranking in bigram_bm25.rank(place).items()}
        judged = sorted(qrels)
        own, other = (measures.per_demand(run, qrels, judged)["nDCG@10"] for run in (ours, peer))
        rows.append(report.row("nDCG@10, bench/collections/%s, %d demands" % (place.name, len(judged)), round(measures.mean(own), 4), "nDCG@10",
                               peer=round(measures.mean(other), 4), ratio=round(measures.mean(own) / measures.mean(other), 3), target=OTHER_TARGET,
                               interval=measures.bootstrap(own, times=times), note="bench/collections: plant and bedside were looked at, the sealed ones only measured"))
    return rows


def main():
    parser = argparse.ArgumentParser(description="The bench `quality`.")
    parser.add_argument("--quick", action="store_true", help="no ablations, a coarser bootstrap")
    parser.add_argument("--collection", type=pathlib.Path, default=report.ROOT / "data" / "demo",
                        help="folder with suppliers, demands and qrels.txt")
    options = parser.parse_args()
    times = 1000 if options.quick else 10000
    variants = json.loads((report.ROOT / "bench" / "quality_variants.json").read_text(encoding="utf-8"))["variants"]
    qrels = measures.read_qrels(options.collection / "qrels.txt")
    runs = report.OUT / "quality"
    runs.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="quality-", dir=report.OUT) as folder:
        folder = pathlib.Path(folder)
        text = variant_run(variants[0], folder, options.collection)
        data = report.data_digest(folder / "data")
        (runs / "ieum.run").write_text(text, encoding="utf-8")
        ours = measures.read_run(text)
        ranked = bigram_bm25.rank(options.collection)
        (runs / "bigram-bm25.run").write_text("".join(
            "%s Q0 %s %d %.9f bigram-bm25\n" % (demand, supplier, place + 1, score)
            for demand, ranking in ranked.items() for place, (supplier, score) in enumerate(ranking)), encoding="utf-8")
        peer = {demand: [supplier for supplier, _ in ranking] for demand, ranking in ranked.items()}
        rows = []
        for name, demands in groups(options.collection, qrels):
            if demands:
                rows += comparison_rows(name, demands, ours, peer, qrels, times, TARGET)
        rows.append(folds_row(variants[0], folder, options.collection, qrels, times))
        rows += other_rows(variants[0], folder, times)
        if not options.quick:
            rows += disturbed_rows(variants[0], folder, options.collection, qrels, times)
            rows += ablation_rows(variants[1:], ours, folder, options.collection, qrels, times)
        judged = sorted(qrels)
        per_demand = {"demands": judged, "ours": measures.per_demand(ours, qrels, judged),
                      "peer": measures.per_demand(peer, qrels, judged)}
        (runs / "per_demand.json").write_text(json.dumps(per_demand, indent=1) + "\n", encoding="utf-8")
        report.write("quality", rows, collection=options.collection.resolve().name, demands=len(qrels),
                     bootstrap="%d draws, seed 1" % times, quick=options.quick, lexicon_and_programs=data)
    return 0 if all(row["ok"] is not False for row in rows) else 1


if __name__ == "__main__":
    for name in ("IEUM_STORE", "IEUM_DATA"):
        os.environ.pop(name, None)
    try:
        sys.exit(main())
    except processes.Failed as failure:
        sys.exit("quality: %s" % failure)
