/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Postings for many questions at once: lists (a term, a concept) of suppliers with a weight, cut at the borders of the tiles. Sixteen questions are added up
 * together: each list that any of them asks for is walked once a tile, a weight times a row of sixteen factors.
 */
#ifndef IEUM_FEATURE_RUNS_H
#define IEUM_FEATURE_RUNS_H

#include "bulk.h"

struct runs;

struct runs *runs_new(size_t lists, size_t suppliers); /* NULL when memory fails */
void runs_free(struct runs *runs);
/* Adds a posting; lists come in rising order, and within a list suppliers. False when memory fails. */
bool runs_add(struct runs *runs, uint32_t list, uint32_t supplier, double weight);
bool runs_finish(struct runs *runs); /* after the last posting; false when memory fails */

/* What one question asks for: lists in rising order, each once. */
struct runs_asked {
    uint32_t list;
    double factor;
};
struct runs_question {
    const struct runs_asked *items;
    size_t count;
};
struct runs_block;
/* Up to LANES questions side by side, in the arena; NULL when memory fails. */
struct runs_block *runs_block_new(const struct runs *runs, const struct runs_question *questions, size_t count, struct arena *arena);
/*
 * cells[s][l] = Σ factor · weight over the lists that question l asks for and that hold the supplier first + s, in the order of the lists. A block's tiles come in
 * rising order.
 */
void runs_fill(const struct runs *runs, struct runs_block *block, size_t first, size_t count, double (*cells)[LANES]);
/* The same of a few suppliers, in rising order, whatever tiles were filled. */
void runs_pick(const struct runs *runs, const struct runs_block *block, const uint32_t *suppliers, size_t count, double (*cells)[LANES]);

#endif
