/* SPDX-License-Identifier: Apache-2.0 */
#include "sides.h"

#include <math.h>
#include <string.h>

#include "../score/side_fold.h"

/* The rows of a table that the examples use, once each, put together. */
static double *used_rows(const struct side_table *table, const uint32_t *number, struct rows rows, size_t *count) {
    bool *used = memory_allocate_zero(table->rows, sizeof *used);
    size_t cells, found = 0;
    double *values = NULL;
    for (size_t i = 0; used && i < rows.count; i++) {
        found += !used[number[rows.items[i]]];
        used[number[rows.items[i]]] = true;
    }
    if (used && !__builtin_mul_overflow(found, table->columns, &cells)) values = memory_allocate_zero(cells, sizeof *values);
    *count = found;
    found = 0;
    for (size_t r = 0; values && r < table->rows; r++)
        if (used[r]) memcpy(values + found++ * table->columns, table->values + r * table->columns, table->columns * sizeof *values);
    memory_free(used);
    return values;
}

/* Keeps the coordinates that vary, in their order. */
static void keep_varying(const struct side_encoding *all, double factor, struct side_coordinate *kept, struct learned_side *side) {
    for (size_t j = 0; j < all->count; j++) {
        if (all->coordinates[j].scale <= 0) continue;
        side->column[side->encoding.count] = (uint32_t)j;
        kept[side->encoding.count] = all->coordinates[j];
        kept[side->encoding.count++].scale *= factor;
    }
    side->encoding.coordinates = kept;
}

ieum_status side_learn(const struct side_table *table, const uint32_t *number, struct rows rows, double width, bool demand, struct arena *arena,
                       struct learned_side *side, struct problem *problem) {
    *side = (struct learned_side){0};
    struct side_encoding all = {0};
    size_t used = 0, blocks = 0;
    double *values = used_rows(table, number, rows, &used);
    struct side_coordinate *kept = arena_allocate_zero(arena, table->columns, sizeof *kept);
    const char **names = arena_allocate_zero(arena, table->columns, sizeof *names);
    bool room = values && kept && names && (side->column = arena_allocate_zero(arena, table->columns, sizeof *side->column));
    for (size_t j = 0; room && j < table->columns; j++) room = (names[j] = arena_copy_text(arena, table->names[j])) != NULL;
    ieum_status status = room ? side_encoding_fit(names, table->columns, values, used, 1, arena, &all, &blocks, problem) : problem_set_memory(problem);
    memory_free(values);
    if (status != IEUM_OK) return status;
    if (blocks == 0)
        return problem_set(problem, IEUM_INVALID, "", "학습 자료의 %1$s 벡터가 모두 같아 배울 것이 없습니다.%2$.0s",
                           "The %2$s%1$.0s vectors of the training data are all the same, so there is nothing to learn.", demand ? "수요과제" : "공급기업",
                           demand ? "demand" : "supplier");
    /* Every block has variance 1, so the mean squared distance of two vectors is twice the number of blocks. */
    keep_varying(&all, sqrt(width / (2 * (double)blocks)), kept, side);
    return IEUM_OK;
}

void side_encode_row(const struct learned_side *side, const struct side_table *table, uint32_t row, double *coordinates) {
    for (size_t j = 0; j < side->encoding.count; j++) {
        const struct side_coordinate *coordinate = &side->encoding.coordinates[j];
        const double value = table->values[(size_t)row * table->columns + side->column[j]];
        coordinates[j] = isnan(value) ? 0 : (value - coordinate->mean) * coordinate->scale;
    }
}
