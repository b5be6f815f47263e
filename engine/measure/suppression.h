/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Small-cell suppression of tables of counts. In: the counts of a one-way or two-way table whose grand total is published. Out: which cells are
 * hidden, so that for every cell from 1 to below − 1 the values that its table allows, sums included, span at least `protection`.
 *
 * Which values a table allows is exact here: a two-way table with its sums is a network (each row and each column adds up), so the greatest change of
 * one cell is a maximum flow over the hidden cells, and whole numbers attain it (Cox 1980, "Suppression methodology and statistical disclosure
 * control"; Kelly, Golden & Assad 1992). Which cells are hidden beside the small ones is a heuristic: the cheapest augmenting path, by how much is
 * hidden. It is not the least possible.
 *
 * What stands outside the table is not known here: tables that share a variable must be given the same hidden sums, see pipeline_statistics.h.
 */
#ifndef IEUM_MEASURE_SUPPRESSION_H
#define IEUM_MEASURE_SUPPRESSION_H

#include "../base/problem.h"

enum { SUPPRESSION_CATEGORIES = 64 };

struct suppression_rule {
    int64_t below;      /* counts from 1 to below − 1 are small; 0 or 1: none is */
    int64_t protection; /* the least span of the values that a small cell may have */
};

/* False when nothing can be shown at all: the total itself is small, or too few cells have a count. `hidden` has `count` places. */
bool suppress_one_way(const int64_t *counts, size_t count, struct suppression_rule rule, bool *hidden);

struct suppression_table {
    size_t rows, columns;                           /* at most SUPPRESSION_CATEGORIES each */
    const int64_t *counts;                          /* rows × columns */
    const bool *row_sum_hidden, *column_sum_hidden; /* all cells of such a row or column are hidden */
    bool *hidden;                                   /* rows × columns, written */
};
/* *shown is false when small cells cannot be protected although all of the inside is hidden: then the sums must not be shown either. MEMORY is in the
 * problem. */
ieum_status suppress_two_way(const struct suppression_table *table, struct suppression_rule rule, bool *shown, struct problem *problem);

/* The least and the greatest value that one cell may have given all that is shown; `most` is cut at count + limit. */
ieum_status suppression_interval(const struct suppression_table *table, size_t row, size_t column, int64_t limit, int64_t *least, int64_t *most,
                                 struct problem *problem);

#endif
