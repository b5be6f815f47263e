/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Weights of the suppliers by list (a concept, a row), for sums that no true sum passes: a list that many suppliers have is a column of bytes in steps of its own,
 * rounded up, so that adding it is one sweep; of the others the postings are kept.
 */
#ifndef IEUM_FEATURE_BYTE_COLUMNS_H
#define IEUM_FEATURE_BYTE_COLUMNS_H

#include "../base/lanes.h"

struct byte_posting {
    uint32_t supplier;
    float weight;
};

struct byte_columns {
    size_t lists, suppliers;
    struct byte_list {
        uint8_t *bytes;                /* NULL: postings */
        struct byte_posting *postings; /* by supplier */
        size_t count;
        float step;
    } *items;
};

/* False when memory fails. */
bool byte_columns_make(struct byte_columns *columns, size_t lists, size_t suppliers);
void byte_columns_free(struct byte_columns *columns); /* a zeroed struct is fine */
/* Whether a list of so many postings is laid as bytes. */
bool byte_columns_common(const struct byte_columns *columns, size_t count);
/* Lays a list's postings, which are copied; weights are >= 0. False when memory fails. */
bool byte_columns_lay(struct byte_columns *columns, size_t list, const struct byte_posting *postings, size_t count);
/* How much adding a list costs, in postings. */
size_t byte_columns_cost(const struct byte_columns *columns, size_t list);

/* Sums of a demand, one a supplier; columns of bytes are held back and added a few at a time. Begin with `sums` and `suppliers` alone; end with byte_sum_end. */
enum { COLUMNS_AT_ONCE = 8 };
struct byte_sum {
    float *sums;
    size_t suppliers, held_count;
    struct lane_column held[COLUMNS_AT_ONCE];
};
void byte_sum_add(struct byte_sum *sum, const uint8_t *bytes, float factor); /* sums[s] += factor · bytes[s] */
/* sums[s] grows by no less than factor · weight, but for the last bits of a short sum; factor >= 0. */
void byte_sum_add_list(struct byte_sum *sum, const struct byte_columns *columns, size_t list, double factor);
void byte_sum_end(struct byte_sum *sum);

#endif
