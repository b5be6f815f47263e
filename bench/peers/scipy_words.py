# SPDX-License-Identifier: Apache-2.0
"""The peer of the bench `text`: BM25 over character bigrams with NumPy and SciPy, all in one process and in memory.

    scipy_words.py SUPPLIERS.jsonl DEMANDS.jsonl RUNS       prints {"build_s", "query_ms": [median, least, most]}

A query is a demand's title and need; the ten best are picked. It knows no whole words, no normal forms (NFD, full width) and no fields, and its index cannot
be asked for parts.
"""
import json
import sys
import time

import numpy as np

from scipy_desk import codes_of, records, text_of, weighed


def main(suppliers, demands, runs):
    texts = [text_of(record) for record in records(suppliers)]
    start = time.perf_counter()
    codes = [codes_of(text) for text in texts]
    matrix, vocabulary = weighed(codes)
    built = time.perf_counter() - start
    times = []
    for _ in range(runs):
        for demand in records(demands):
            text = " ".join(part for part in (demand.get("title"), demand.get("need")) if part).lower()
            start = time.perf_counter()
            terms, said = np.unique(codes_of(text), return_counts=True)
            place = np.searchsorted(vocabulary, terms)
            place[place == len(vocabulary)] = 0
            known = vocabulary[place] == terms
            scores = matrix[:, place[known]] @ said[known]
            best = np.argpartition(-scores, 10)[:10]
            best[np.argsort(-scores[best], kind="stable")]
            times.append(time.perf_counter() - start)
    times.sort()
    print(json.dumps({"build_s": built, "query_ms": [1e3 * times[len(times) // 2], 1e3 * times[0], 1e3 * times[-1]]}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
