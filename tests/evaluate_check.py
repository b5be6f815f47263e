#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks `ieum evaluate` against a second implementation, written here from the definitions, on invented qrels and runs full of ties and gaps.

    python3 tests/evaluate_check.py PROGRAM [ROOT]

Every value of every topic, the means, differences and counts must agree to 1e-11; p of few topics with every arrangement counted one by
one; intervals and drawn p with this file's own draws, within what two such draws may differ. bench/measures.py, a third implementation,
must agree on what it has. Out: a line of counts, or a line per fault and exit status 1.
"""
import itertools
import json
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile

MEASURES = ["nDCG", "nDCG@5", "nDCG(dcg='exp-log2')@10", "AP", "AP(rel=2)@20", "P@5", "P(rel=2)@10",
            "R@10", "RR", "RR(rel=3)", "RR@2", "Bpref", "Bpref(rel=2)", "Success@1",
            "Judged@10"]
faults = []


def expect(truth, text):
    if not truth:
        faults.append(text)


# ---- definitions ----

def ranked(scores):
    return [document for _, document in sorted(((score, document.encode()) for document, score in scores.items()), reverse=True)]


def measure(name, ranking, grades):
    base, _, cutoff = name.partition("@")
    base, _, parameter = base.rstrip(")").partition("(")
    cutoff = int(cutoff) if cutoff else None
    rel = int(parameter[4:]) if parameter.startswith("rel=") else 1
    judged = {document.encode(): grade for document, grade in grades.items()}
    top = ranking[:cutoff]
    relevant = {document for document, grade in judged.items() if grade >= rel}
    hits = [place for place, document in enumerate(top, 1) if document in relevant]
    if base == "nDCG":
        def gain(grade):
            return 0 if grade <= 0 else 2 ** grade - 1 if parameter else grade

        def total(list_of_grades):
            return math.fsum(gain(grade) / math.log2(place + 1) for place, grade in enumerate(list_of_grades[:cutoff], 1))
        best = total(sorted(judged.values(), reverse=True))
        return total([judged.get(document, 0) for document in ranking]) / best if best else 0.0
    if base == "AP":
        return math.fsum(count / place for count, place in enumerate(hits, 1)) / len(relevant) if relevant else 0.0
    if base == "P":
        return len(hits) / cutoff
    if base == "R":
        return len(hits) / len(relevant) if relevant else 0.0
    if base == "RR":
        return 1 / hits[0] if hits else 0.0
    if base == "Success":
        return float(bool(hits))
    if base == "Judged":
        return sum(document in judged for document in top) / len(top) if top else 0.0
    others = {document for document, grade in judged.items() if 0 <= grade < rel}  # Bpref
    parts = []
    for place, document in enumerate(ranking):
        if document in relevant:
            before = sum(other in others for other in ranking[:place])
            parts.append(1 - (min(before, len(relevant)) / min(len(others), len(relevant)) if before else 0))
    return math.fsum(parts) / len(relevant) if relevant else 0.0


def counted_p(differences):
    differences = [difference for difference in differences if difference]
    observed, far, count = abs(math.fsum(differences)), 0, 0
    for signs in itertools.product((1, -1), repeat=len(differences)):
        far += abs(math.fsum(sign * difference for sign, difference in zip(signs, differences))) >= observed - 1e-11
        count += 1
    return far / count


def drawn_p(differences, stream, draws=4000):
    observed = abs(sum(differences))
    far = sum(abs(sum(difference if stream.random() < 0.5 else -difference for difference in differences)) >= observed - 1e-11 for _ in range(draws))
    return far / draws


def drawn_interval(values, stream, draws=1500):
    means = sorted(sum(stream.choices(values, k=len(values))) / len(values) for _ in range(draws))
    return means[int(0.025 * draws)], means[int(0.975 * draws)]


# ---- invented files ----

def invent(stream, topic_count):
    topics = [f"T{number:03d}" if stream.random() < 0.7 else f"과제{number}" for number in range(topic_count)]
    documents = [f"D{number}" for number in range(40)] + [f"문서{number}" for number in range(5)]
    qrels = {topic: {document: stream.choice((0, 0, 0, 1, 1, 2, 3, -1)) for document in stream.sample(documents, stream.randint(1, 30))}
             for topic in topics}
    qrels[topics[0]] = dict.fromkeys(qrels[topics[0]], 0)  # a topic without a relevant document
    runs = []
    for _ in range(3):
        kept = [topic for topic in topics[1:] + ["not judged"] if stream.random() < 0.9] + [topics[0]]
        runs.append({topic.replace(" ", "-"): {document: stream.randint(-8, 12) / 4 for document in stream.sample(documents, stream.randint(1, 45))}
                     for topic in kept})
    return qrels, runs


def write_files(stream, folder, qrels, runs):
    lines = [f"{topic}\t0 {document}  {grade}" for topic, grades in qrels.items() for document, grade in grades.items()]
    stream.shuffle(lines)
    (folder / "qrels.txt").write_text("\r\n".join(lines), encoding="utf-8")
    for number, run in enumerate(runs):
        lines = [f"{topic} Q0 {document} {stream.randint(0, 99)} {score!r} tag{number}"
                 for topic, scores in run.items() for document, score in scores.items()]
        stream.shuffle(lines)
        (folder / f"run{number}").write_text("\n".join(lines) + "\n", encoding="utf-8")


def ask(program, folder, *arguments):
    done = subprocess.run([program, "evaluate", "qrels.txt", "run0", "run1", "run2", "--format", "json", *arguments],
                          capture_output=True, text=True, cwd=folder, check=False)
    if done.returncode:
        raise SystemExit(f"evaluate: {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)


# ---- comparison ----

def check_run(found, qrels, run, complete):
    topics = sorted((topic for topic in qrels if complete or topic in run), key=str.encode)
    expect([line["topic"] for line in found["per_topic"]] == topics, "the topics that count are others")
    expect(found["topics"]["missing"] == sorted((topic for topic in qrels if topic not in run), key=str.encode), "the missing topics are others")
    expect(found["topics"]["not_judged"] == sum(topic not in qrels for topic in run), "the topics without judgements are others")
    values = {topic: [measure(name, ranked(run.get(topic, {})), qrels[topic]) for name in MEASURES] for topic in topics}
    for line in found["per_topic"]:
        for name, ours, theirs in zip(MEASURES, values[line["topic"]], line["values"]):
            expect(abs(ours - theirs) < 1e-11, f"{name} of {line['topic']}: {theirs}, by definition {ours}")
    for index, mean in enumerate(found["measures"]):
        expect(mean["measure"] == MEASURES[index], "measures out of order")
        expect(abs(mean["mean"] - math.fsum(row[index] for row in values.values()) / len(values)) < 1e-11, f"mean of {mean['measure']}")
    return values


def check_comparison(found, values, baseline, stream, thorough):
    shared = [topic for topic in values if topic in baseline]
    expect(found["topics"] == len(shared), "topics compared")
    for index, line in enumerate(found["measures"]):
        differences = [values[topic][index] - baseline[topic][index] for topic in shared]
        moved = sum(abs(difference) > 1e-11 for difference in differences)
        expect(abs(line["difference"] - math.fsum(differences) / len(shared)) < 1e-11, f"difference of {line['measure']}")
        expect(line["exact"] == (moved <= 16) and line["arrangements"] == (1 << moved if moved <= 16 else 100000),
               f"arrangements of {line['measure']}")
        expect(line["better"] + line["worse"] + line["equal"] == len(shared) and line["better"] + line["worse"] >= moved,
               f"topics of {line['measure']}")
        if line["exact"] and moved <= 11:
            expect(abs(line["p"] - counted_p(differences)) < 1e-11, f"p of {line['measure']}: {line['p']}, counted {counted_p(differences)}")
        elif thorough:
            p = drawn_p(differences, stream)
            expect(abs(line["p"] - p) < 4.5 * math.sqrt(max(p * (1 - p), 0.002) / 4000) + 0.002, f"p of {line['measure']}: {line['p']}, drawn {p}")
        if thorough:
            low, high = drawn_interval(differences, stream)
            slack = 0.15 * (high - low) + 1e-9
            expect(abs(line["low"] - low) < slack and abs(line["high"] - high) < slack,
                   f"interval of {line['measure']}: {line['low']} {line['high']}, drawn {low} {high}")


def check_third(root, qrels, run, found):
    sys.path.insert(0, str(root / "bench"))
    import measures
    text = "".join(f"{topic} Q0 {document} 1 {score!r} x\n" for topic, scores in run.items() for document, score in scores.items())
    topics = list(qrels)
    qrels = {topic: {document: max(grade, 0) for document, grade in grades.items()} for topic, grades in qrels.items()}  # it knows no grades below 0
    for (name, ours), mean in zip(measures.per_demand(measures.read_run(text), qrels, topics).items(), found):
        expect(abs(measures.mean(ours) - mean["mean"]) < 1e-11, f"{name} of bench/measures.py")


def main():
    program = os.path.abspath(sys.argv[1])
    root = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).resolve().parent.parent)
    wanted = [word for name in MEASURES for word in ("-m", name)]
    checked = 0
    for number, topic_count in enumerate((2, 5, 9, 12, 25, 60)):
        stream = random.Random(number)
        qrels, runs = invent(stream, topic_count)
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            write_files(stream, folder, qrels, runs)
            for complete in (False, True):
                extra = ["--complete"] if complete else []
                result = ask(program, folder, "--per-topic", "--baseline", "run1", *wanted, *extra)
                expect(result == ask(program, folder, "--per-topic", "--baseline", "run1", *wanted, *extra), "two answers to one question")
                values = [check_run(found, qrels, run, complete) for found, run in zip(result["runs"], runs)]
                expect([comparison["run"] for comparison in result["comparisons"]] == ["run0", "run2"], "runs compared")
                for comparison, which in zip(result["comparisons"], (0, 2)):
                    check_comparison(comparison, values[which], values[1], stream, topic_count == 60 and not complete and which == 0)
                checked += sum(len(rows) for rows in values) * len(MEASURES)
            third = ask(program, folder, "-c", "-m", "nDCG@10", "-m", "RR(rel=2)", "-m", "P(rel=2)@1")
            check_third(root, qrels, runs[0], third["runs"][0]["measures"])
    for fault in faults[:20]:
        print(fault)
    if not faults:
        print(f"{checked} values agree")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
