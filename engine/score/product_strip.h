/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The screen over all suppliers: a shortlist for each demand of a block. Inside: threads take runs of panels; each keeps lists of its own, joined at
 * the end.
 */
#ifndef IEUM_SCORE_PRODUCT_STRIP_H
#define IEUM_SCORE_PRODUCT_STRIP_H

#include "product_block.h"
#include "product_side.h"
#include "shortlist.h"

/* How long a demand's list may grow before it is given up: scoring so many one by one costs what scoring all together does. */
size_t product_longest_list(size_t suppliers, size_t k);

/*
 * lists[demand] for each demand of the block, empty structs at first, to be freed by the caller with shortlists_free even after a failure; a list
 * that was given up holds nothing. `eligible` as struct product_wanted has it, from the block's first demand on.
 */
ieum_status product_shortlists(const struct product_side *side, const struct product_block *block, size_t k, const uint32_t *eligible, int threads,
                               struct shortlist *lists, struct problem *problem);
/* One panel's product with all demands of the block. `all`: the scorer's depth. */
void product_strip_multiply(const struct product_block *block, size_t all, const unsigned char *rows, const float *steps, float *strip);
void shortlists_free(struct shortlist *lists, size_t count);

#endif
