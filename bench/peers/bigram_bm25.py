# SPDX-License-Identifier: Apache-2.0
"""The quality bench's peer: BM25 over character bigrams of all text fields, standard library only.

In: a collection folder with suppliers.jsonl and demands.jsonl. Out: for each demand all suppliers, best first.
Robertson's BM25 with k1 = 1.2, b = 0.75, log(1 + …) for the rarity, as search engines ship it; bigrams inside words of the lower-cased
text. Character bigrams are the usual first choice for Korean, whose endings spoil whole words. It must stay untuned: a peer that was
fitted to the collection would be another bench.

    bigram_bm25.py COLLECTION       prints a TREC run
"""
import collections
import json
import math
import pathlib
import sys
import unicodedata

K1, B = 1.2, 0.75
SUPPLIER_FIELDS = ("summary", "products", "capabilities", "domains", "data_types", "references")
DEMAND_FIELDS = ("title", "need", "data_held", "firm")


def records(path):
    return [json.loads(line) for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]


def texts(record, fields):
    for field in fields:
        value = record.get(field)
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield value.get("business") or ""
        else:
            for item in value or []:
                yield item.get("title") or "" if isinstance(item, dict) else item


def bigrams(record, fields):
    found = collections.Counter()
    for text in texts(record, fields):
        text = "".join(letter if letter.isalnum() else " " for letter in unicodedata.normalize("NFC", text).lower())
        for word in text.split():
            found.update(word[at:at + 2] for at in range(max(1, len(word) - 1)))
    return found


def rank(folder):
    """{demand: [(supplier, score), …]} over all suppliers, best first, equal scores by id."""
    folder = pathlib.Path(folder)
    pool = {record["id"]: bigrams(record, SUPPLIER_FIELDS) for record in records(folder / "suppliers.jsonl")}
    holders = collections.Counter(term for terms in pool.values() for term in terms)
    rarity = {term: math.log(1 + (len(pool) - count + 0.5) / (count + 0.5)) for term, count in holders.items()}
    mean = sum(sum(terms.values()) for terms in pool.values()) / len(pool)
    run = {}
    for demand in records(folder / "demands.jsonl"):
        query = bigrams(demand, DEMAND_FIELDS)
        scores = {}
        for supplier, terms in pool.items():
            norm = K1 * (1 - B + B * sum(terms.values()) / mean)
            scores[supplier] = sum(times * rarity[term] * terms[term] * (K1 + 1) / (terms[term] + norm)
                                   for term, times in query.items() if term in terms)
        run[demand["id"]] = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
    return run


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for demand, ranking in rank(sys.argv[1]).items():
        for place, (supplier, score) in enumerate(ranking):
            print("%s Q0 %s %d %.9f bigram-bm25" % (demand, supplier, place + 1, score))
