/* SPDX-License-Identifier: Apache-2.0 */
/* Small-cell suppression: one way by hand; two ways against trying every table that agrees with what is shown. */
#include "base/random.h"
#include "measure/suppression.h"
#include "test.h"

enum { MOST = 3 };

static bool hides(const int64_t *counts, size_t count, struct suppression_rule rule, const char *expected) {
    bool hidden[SUPPRESSION_CATEGORIES];
    if (!suppress_one_way(counts, count, rule, hidden)) return strcmp(expected, "none") == 0;
    for (size_t i = 0; i < count; i++)
        if (hidden[i] != (expected[i] == 'x')) return false;
    return true;
}

TEST(one_way_by_hand) {
    const struct suppression_rule five = {5, 4}, three = {3, 2}, off = {0, 0};
    CHECK(hides((int64_t[]){20, 30, 0, 5}, 4, five, "....")); /* nothing is small */
    CHECK(hides((int64_t[]){20, 30, 0, 3}, 4, five,
                "x..x")); /* alone it would be the total less the rest: the smallest other goes too, not the empty one */
    CHECK(hides((int64_t[]){20, 1, 2, 30}, 4, five, "xxx.")); /* 1 + 2 = 3: both lie in 0 … 3, too narrow; with 20 they lie in 0 … 23 */
    CHECK(hides((int64_t[]){20, 2, 2, 30}, 4, five, ".xx.")); /* 2 + 2 = 4: each lies in 0 … 4 */
    CHECK(hides((int64_t[]){20, 1, 1, 30}, 4, three, ".xx."));
    CHECK(hides((int64_t[]){1, 2}, 2, five, "none")); /* the total itself is small */
    CHECK(hides((int64_t[]){0, 0}, 2, five, ".."));
    CHECK(hides((int64_t[]){1, 2, 9}, 3, off, "..."));
}

/* Every table of whole numbers that has the sums and the shown cells: the least and the greatest of one cell. */
struct trial {
    const struct suppression_table *table;
    int64_t row_sums[MOST], column_sums[MOST], cells[MOST * MOST], least, most, bound;
    size_t target;
};

static void try_all(struct trial *trial, size_t at) {
    const struct suppression_table *table = trial->table;
    const size_t cells = table->rows * table->columns;
    if (at == cells) {
        int64_t total = 0, known = 0;
        for (size_t r = 0; r < table->rows; r++) {
            int64_t sum = 0;
            for (size_t c = 0; c < table->columns; c++) sum += trial->cells[r * table->columns + c];
            if (!table->row_sum_hidden[r] && sum != trial->row_sums[r]) return;
            total += sum;
            known += trial->row_sums[r];
        }
        for (size_t c = 0; c < table->columns; c++) {
            int64_t sum = 0;
            for (size_t r = 0; r < table->rows; r++) sum += trial->cells[r * table->columns + c];
            if (!table->column_sum_hidden[c] && sum != trial->column_sums[c]) return;
        }
        if (total != known) return;
        if (trial->cells[trial->target] < trial->least) trial->least = trial->cells[trial->target];
        if (trial->cells[trial->target] > trial->most) trial->most = trial->cells[trial->target];
        return;
    }
    const int64_t count = table->counts[at], low = table->hidden[at] ? 0 : count, high = table->hidden[at] ? trial->bound : count;
    for (trial->cells[at] = low; trial->cells[at] <= high; trial->cells[at]++) try_all(trial, at + 1);
}

static void agree(const struct suppression_table *table, int64_t bound) {
    struct trial trial = {.table = table, .bound = bound};
    struct problem problem = {0};
    for (size_t r = 0; r < table->rows; r++)
        for (size_t c = 0; c < table->columns; c++) {
            trial.row_sums[r] += table->counts[r * table->columns + c];
            trial.column_sums[c] += table->counts[r * table->columns + c];
        }
    for (trial.target = 0; trial.target < table->rows * table->columns; trial.target++) {
        int64_t least = 0, most = 0;
        trial.least = INT64_MAX, trial.most = -1;
        try_all(&trial, 0);
        CHECK(suppression_interval(table, trial.target / table->columns, trial.target % table->columns, 1000, &least, &most, &problem) == IEUM_OK);
        CHECK_INT(least, trial.least);
        CHECK_INT(most, trial.most);
    }
}

TEST(spans_are_those_of_all_tables) {
    struct random random;
    random_seed(&random, 7);
    for (int round = 0; round < 12; round++) {
        int64_t counts[6], sum = 0;
        bool hidden[6], rows[2] = {false}, columns[3] = {false};
        for (size_t i = 0; i < 6; i++) {
            counts[i] = (int64_t)random_below(&random, 4);
            sum += counts[i];
            hidden[i] = random_below(&random, 4) > 0;
        }
        columns[0] = columns[1] = round % 3 == 1;
        rows[0] = rows[1] = round % 3 == 2;
        agree(&(struct suppression_table){2, 3, counts, rows, columns, hidden}, sum < 7 ? sum : 7);
    }
}

TEST(two_ways_are_protected) {
    struct random random;
    random_seed(&random, 11);
    const struct suppression_rule rule = {5, 4};
    size_t small = 0, withheld = 0, beside = 0;
    for (int round = 0; round < 300; round++) {
        enum { ROWS = 6, COLUMNS = 5 };
        int64_t counts[ROWS * COLUMNS], row_sums[ROWS] = {0}, column_sums[COLUMNS] = {0};
        bool hidden[ROWS * COLUMNS], rows[ROWS], columns[COLUMNS], shown = false;
        struct problem problem = {0};
        for (size_t i = 0; i < ROWS * COLUMNS; i++) {
            counts[i] = (int64_t)(random_below(&random, 3) ? random_below(&random, 40) : random_below(&random, 4));
            row_sums[i / COLUMNS] += counts[i];
            column_sums[i % COLUMNS] += counts[i];
        }
        CHECK(suppress_one_way(row_sums, ROWS, rule, rows) && suppress_one_way(column_sums, COLUMNS, rule, columns));
        const struct suppression_table table = {ROWS, COLUMNS, counts, rows, columns, hidden};
        CHECK(suppress_two_way(&table, rule, &shown, &problem) == IEUM_OK);
        withheld += !shown;
        for (size_t i = 0; shown && i < ROWS * COLUMNS; i++) {
            int64_t least = 0, most = 0;
            const bool is_small = counts[i] > 0 && counts[i] < rule.below;
            beside += hidden[i] && !is_small;
            if (!is_small) continue;
            small++;
            CHECK(hidden[i]);
            CHECK(suppression_interval(&table, i / COLUMNS, i % COLUMNS, 1000, &least, &most, &problem) == IEUM_OK);
            CHECK(least <= counts[i] && counts[i] <= most && most - least >= rule.protection);
        }
    }
    CHECK(small > 1000 && withheld == 0 && beside < small);
}

TEST_MAIN(one_way_by_hand, spans_are_those_of_all_tables, two_ways_are_protected)
