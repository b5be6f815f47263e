/* SPDX-License-Identifier: Apache-2.0 */
#include "suppression.h"

#include <string.h>

#include "../base/memory.h"

/* ---- one way ---- */

static bool is_small(int64_t count, struct suppression_rule rule) { return count > 0 && count < rule.below; }

bool suppress_one_way(const int64_t *counts, size_t count, struct suppression_rule rule, bool *hidden) {
    int64_t sum = 0, total = 0;
    size_t hiding = 0;
    for (size_t i = 0; i < count; i++) {
        hidden[i] = is_small(counts[i], rule);
        total += counts[i];
        if (hidden[i]) {
            hiding++;
            sum += counts[i];
        }
    }
    if (is_small(total, rule)) return false;
    /* what is hidden is known to add up to `sum`: each of the hidden may be anything from 0 to it, when there are two at least */
    while (hiding && (hiding < 2 || sum < rule.protection)) {
        size_t least = count;
        for (size_t i = 0; i < count; i++)
            if (!hidden[i] && counts[i] > 0 && (least == count || counts[i] < counts[least])) least = i;
        if (least == count) return false;
        hidden[least] = true;
        hiding++;
        sum += counts[least];
    }
    return true;
}

/* ---- two way: the table with its sums, as a network of rows and columns ---- */

/*
 * y = the change of a cell, its sign turned for sums of rows and of columns: then every row and every column of the table with its sums has Σ y = 0.
 * An arc from row to column raises y, one from column to row lowers it; a cell cannot fall below 0.
 */
struct network {
    size_t rows, columns; /* with the row and the column of sums, which are the last */
    int64_t *up, *down;   /* what is left to raise and to lower, rows × columns */
    int64_t *up_cost, *down_cost;
    int64_t *distance; /* of rows, then of columns */
    size_t *before;
};
#define ENDLESS (INT64_MAX / 8)

static size_t place(const struct network *net, size_t row, size_t column) { return row * net->columns + column; }

static void network_free(struct network *net) {
    memory_free(net->up);
    memory_free(net->distance);
    memory_free(net->before);
    *net = (struct network){0};
}

static ieum_status network_new(const struct suppression_table *table, struct network *net, struct problem *problem) {
    *net = (struct network){.rows = table->rows + 1, .columns = table->columns + 1};
    const size_t cells = net->rows * net->columns, nodes = net->rows + net->columns;
    net->up = memory_allocate_zero(4 * cells, sizeof *net->up);
    net->distance = memory_allocate_zero(nodes, sizeof *net->distance);
    net->before = memory_allocate_zero(nodes, sizeof *net->before);
    if (!net->up || !net->distance || !net->before) {
        network_free(net);
        return problem_set_memory(problem);
    }
    net->down = net->up + cells;
    net->up_cost = net->down + cells;
    net->down_cost = net->up_cost + cells;
    return IEUM_OK;
}

/* What may move: hidden cells and hidden sums for nothing; at a cost, where `wide` is above 0, also cells that are shown: those with a count, with 2
 * the empty ones too. */
static void network_set(struct network *net, const struct suppression_table *table, int wide) {
    memset(net->up, 0, 4 * net->rows * net->columns * sizeof *net->up);
    for (size_t r = 0; r < table->rows; r++) {
        int64_t sum = 0;
        for (size_t c = 0; c < table->columns; c++) {
            const int64_t count = table->counts[r * table->columns + c];
            const size_t at = place(net, r, c);
            const bool hidden = table->hidden[r * table->columns + c];
            sum += count;
            if (!hidden && (wide == 0 || (wide == 1 && count == 0))) continue;
            net->up[at] = ENDLESS;
            net->down[at] = count;
            net->up_cost[at] = net->down_cost[at] = hidden ? 0 : 16 + count;
        }
        if (table->row_sum_hidden[r]) net->up[place(net, r, table->columns)] = sum, net->down[place(net, r, table->columns)] = ENDLESS;
    }
    for (size_t c = 0; c < table->columns; c++) {
        int64_t sum = 0;
        for (size_t r = 0; r < table->rows; r++) sum += table->counts[r * table->columns + c];
        if (table->column_sum_hidden[c]) net->up[place(net, table->rows, c)] = sum, net->down[place(net, table->rows, c)] = ENDLESS;
    }
}

/* Bellman–Ford from one node; rows are nodes 0 …, columns follow. The arc of the cell `but` is left out. */
static void find_distances(struct network *net, size_t from, size_t but) {
    const size_t nodes = net->rows + net->columns;
    bool changed = true;
    for (size_t n = 0; n < nodes; n++) net->distance[n] = ENDLESS;
    net->distance[from] = 0;
    for (size_t round = 0; changed && round < nodes; round++) {
        changed = false;
        for (size_t r = 0; r < net->rows; r++)
            for (size_t c = 0; c < net->columns; c++) {
                const size_t at = place(net, r, c), column = net->rows + c;
                if (at == but) continue;
                if (net->up[at] > 0 && net->distance[r] < ENDLESS && net->distance[r] + net->up_cost[at] < net->distance[column]) {
                    net->distance[column] = net->distance[r] + net->up_cost[at];
                    net->before[column] = r;
                    changed = true;
                }
                if (net->down[at] > 0 && net->distance[column] < ENDLESS && net->distance[column] + net->down_cost[at] < net->distance[r]) {
                    net->distance[r] = net->distance[column] + net->down_cost[at];
                    net->before[r] = column;
                    changed = true;
                }
            }
    }
}

/* The cell of the arc between two nodes. */
static size_t cell_between(const struct network *net, size_t a, size_t b) {
    return a < net->rows ? place(net, a, b - net->rows) : place(net, b, a - net->rows);
}

/* Pushes up to `wanted` from node to node without the cell `but`; what was pushed. `used` (rows × columns, NULL: not asked) gets the cells that were
 * moved. */
static int64_t push(struct network *net, size_t from, size_t to, size_t but, int64_t wanted, bool *used) {
    int64_t pushed = 0;
    while (pushed < wanted) {
        int64_t room = wanted - pushed;
        find_distances(net, from, but);
        if (net->distance[to] >= ENDLESS) break;
        for (size_t n = to; n != from; n = net->before[n]) {
            const size_t b = net->before[n], at = cell_between(net, b, n);
            const int64_t left = b < net->rows ? net->up[at] : net->down[at];
            if (left < room) room = left;
        }
        for (size_t n = to; n != from; n = net->before[n]) {
            const size_t b = net->before[n], at = cell_between(net, b, n);
            int64_t *const there = b < net->rows ? &net->up[at] : &net->down[at], *const back = b < net->rows ? &net->down[at] : &net->up[at];
            if (*there < ENDLESS) *there -= room;
            if (*back < ENDLESS) *back += room;
            net->up_cost[at] = net->down_cost[at] = 0; /* a cell that has moved is hidden already */
            if (used) used[at] = true;
        }
        pushed += room;
    }
    return pushed;
}

ieum_status suppression_interval(const struct suppression_table *table, size_t row, size_t column, int64_t limit, int64_t *least, int64_t *most,
                                 struct problem *problem) {
    struct network net;
    const int64_t count = table->counts[row * table->columns + column];
    *least = *most = count;
    if (!table->hidden[row * table->columns + column]) return IEUM_OK;
    ieum_status status = network_new(table, &net, problem);
    if (status != IEUM_OK) return status;
    const size_t but = place(&net, row, column), column_node = net.rows + column;
    network_set(&net, table, 0);
    *most = count + push(&net, column_node, row, but, limit, NULL);
    network_set(&net, table, 0);
    *least = count - push(&net, row, column_node, but, count, NULL);
    network_free(&net);
    return IEUM_OK;
}

/* Hides what the cheapest way of moving a cell by as much as it lacks goes over. False: there is no such way. */
static bool hide_beside(struct network *net, const struct suppression_table *table, size_t row, size_t column, int64_t lacking, int wide,
                        bool *used) {
    memset(used, 0, net->rows * net->columns);
    network_set(net, table, wide);
    const int64_t pushed = push(net, net->rows + column, row, place(net, row, column), lacking, used);
    if (pushed < lacking) return false;
    for (size_t r = 0; r < table->rows; r++)
        for (size_t c = 0; c < table->columns; c++)
            if (used[place(net, r, c)]) table->hidden[r * table->columns + c] = true;
    return true;
}

static ieum_status protect_cell(struct network *net, const struct suppression_table *table, size_t row, size_t column, struct suppression_rule rule,
                                bool *used, bool *done, struct problem *problem) {
    int64_t least = 0, most = 0;
    ieum_status status = suppression_interval(table, row, column, rule.protection, &least, &most, problem);
    *done = status == IEUM_OK && most - least >= rule.protection;
    if (status != IEUM_OK || *done) return status;
    const int64_t lacking = rule.protection - (table->counts[row * table->columns + column] - least);
    *done = hide_beside(net, table, row, column, lacking, 1, used) || hide_beside(net, table, row, column, lacking, 2, used);
    return IEUM_OK;
}

/* Whether every small cell is protected by what is hidden now. */
static ieum_status all_protected(const struct suppression_table *table, struct suppression_rule rule, bool *all, struct problem *problem) {
    ieum_status status = IEUM_OK;
    *all = true;
    for (size_t i = 0; i < table->rows * table->columns && *all && status == IEUM_OK; i++) {
        int64_t least = 0, most = rule.protection;
        if (is_small(table->counts[i], rule))
            status = suppression_interval(table, i / table->columns, i % table->columns, rule.protection, &least, &most, problem);
        *all = most - least >= rule.protection;
    }
    return status;
}

ieum_status suppress_two_way(const struct suppression_table *table, struct suppression_rule rule, bool *shown, struct problem *problem) {
    struct network net;
    ieum_status status = network_new(table, &net, problem);
    bool *used = memory_allocate(net.rows * net.columns);
    if (status == IEUM_OK && !used) status = problem_set_memory(problem);
    *shown = true;
    for (size_t r = 0; r < table->rows && status == IEUM_OK; r++)
        for (size_t c = 0; c < table->columns; c++)
            table->hidden[r * table->columns + c] =
                table->row_sum_hidden[r] || table->column_sum_hidden[c] || is_small(table->counts[r * table->columns + c], rule);
    for (size_t r = 0; r < table->rows && status == IEUM_OK && *shown; r++)
        for (size_t c = 0; c < table->columns && status == IEUM_OK && *shown; c++)
            if (is_small(table->counts[r * table->columns + c], rule)) status = protect_cell(&net, table, r, c, rule, used, shown, problem);
    if (status == IEUM_OK && !*shown) { /* one cell found no way of its own: all are hidden */
        memset(table->hidden, true, table->rows * table->columns * sizeof *table->hidden);
        status = all_protected(table, rule, shown, problem);
    }
    memory_free(used);
    network_free(&net);
    return status;
}
