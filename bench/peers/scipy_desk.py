# SPDX-License-Identifier: Apache-2.0
"""The desk's peer: what a data scientist would write with NumPy and SciPy for "which supplier suits this demand".

    scipy_desk.py build SUPPLIERS.jsonl INDEX.npz       parses the pool, weighs character bigrams by BM25, saves the matrix (the import)
    scipy_desk.py query INDEX.npz DEMANDS.jsonl ID [K]  loads it, scores all suppliers, prints the K best as JSON (the whole process)

Score: 0.8 × BM25 (scaled to the best) + 0.2 × budget fit. It knows neither concepts nor rules nor reasons, so it does a good
deal less than the engine; it is here as the floor of what the pool costs in Python.
"""
import json
import sys

import numpy as np
import scipy.sparse as sparse

K1, B = 1.2, 0.75


def records(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def text_of(record):
    parts = [record.get("title"), record.get("need"), record.get("summary"), (record.get("firm") or {}).get("business")]
    for field in ("products", "capabilities", "domains", "data_types", "data_held"):
        parts += record.get(field) or []
    parts += [reference.get("title") for reference in record.get("references") or []]
    return " ".join(part for part in parts if part).lower()


def codes_of(text):
    """Bigrams inside words as integers: two code points in one number."""
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    left, right = points[:-1], points[1:]
    keep = (left > 32) & (right > 32)
    return left[keep] << np.uint64(21) | right[keep]


def weighed(codes):
    """BM25 weights as a matrix of documents by terms, columns apart (a query reads few), and the sorted terms."""
    lengths = np.array([len(code) for code in codes], dtype=float)
    vocabulary, columns = np.unique(np.concatenate(codes), return_inverse=True)
    rows = np.repeat(np.arange(len(codes)), lengths.astype(int))
    counts = sparse.coo_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(codes), len(vocabulary))).tocsr()
    counts.sum_duplicates()
    holders = np.bincount(counts.indices, minlength=len(vocabulary))
    rarity = np.log1p((len(codes) - holders + 0.5) / (holders + 0.5))
    norm = K1 * (1 - B + B * lengths / lengths.mean())
    owner = np.repeat(np.arange(len(codes)), np.diff(counts.indptr))
    counts.data = rarity[counts.indices] * counts.data * (K1 + 1) / (counts.data + norm[owner])
    return counts.tocsc(), vocabulary


def build(source, target):
    pool = records(source)
    codes = [codes_of(text_of(record)) for record in pool]
    matrix, vocabulary = weighed(codes)
    price = np.array([record.get("price_krw") or [0, 0] for record in pool], dtype=float)
    np.savez(target, data=matrix.data.astype(np.float32), indices=matrix.indices, indptr=matrix.indptr, shape=np.array(matrix.shape),
             vocabulary=vocabulary, price=price, ids=np.array([record["id"] for record in pool]))


def query(index, demands, wanted, k):
    held = np.load(index)
    demand = next(record for record in records(demands) if record["id"] == wanted)
    terms, times = np.unique(codes_of(text_of(demand)), return_counts=True)
    place = np.searchsorted(held["vocabulary"], terms)
    place[place == len(held["vocabulary"])] = 0
    known = held["vocabulary"][place] == terms
    matrix = sparse.csc_matrix((held["data"], held["indices"], held["indptr"]), shape=tuple(held["shape"]))
    words = matrix[:, place[known]] @ times[known].astype(float)
    low, budget = held["price"][:, 0], float(demand.get("budget_krw") or 0)
    fit = np.clip(np.where(low > 0, budget / np.maximum(low, 1), 0.5), 0, 1)
    score = 0.8 * words / max(words.max(), 1e-12) + 0.2 * fit
    best = np.argsort(-score, kind="stable")[:k]
    suggestions = [{"supplier": str(held["ids"][s]), "score": round(float(score[s]), 9)} for s in best]
    print(json.dumps({"demand": wanted, "suggestions": suggestions}))


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "build":
        build(sys.argv[2], sys.argv[3])
    elif len(sys.argv) in (5, 6) and sys.argv[1] == "query":
        query(sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]) if len(sys.argv) == 6 else 10)
    else:
        sys.exit(__doc__)
