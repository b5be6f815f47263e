/* SPDX-License-Identifier: Apache-2.0 */
#include "sides.h"

#include <math.h>

struct moments {
    double mean, variance; /* in the units that are kept: after division by `unit` */
    double unit;
    bool varies;
};

/* Of one column over the table rows marked as used. Missing values count as the mean, so they add nothing to the variance. */
static struct moments column_moments(const struct side_table *table, size_t column, const bool *used, size_t used_count) {
    struct moments moments = {.unit = 1};
    double low = INFINITY, high = -INFINITY, sum = 0, squares = 0;
    size_t present = 0;
    for (size_t i = 0; i < table->rows; i++) {
        const double value = table->values[i * table->columns + column];
        if (!used[i] || isnan(value)) continue;
        if (value < low) low = value;
        if (value > high) high = value;
        sum += value;
        present++;
    }
    if (!(low < high)) return moments;
    moments.mean = sum / (double)present;
    for (size_t i = 0; i < table->rows; i++) {
        const double value = table->values[i * table->columns + column];
        if (used[i] && !isnan(value)) squares += (value - moments.mean) * (value - moments.mean);
    }
    if (low < 0 || high > 1) moments.unit = sqrt(squares / (double)present);
    moments.variance = squares / (double)used_count / (moments.unit * moments.unit);
    moments.varies = moments.variance > 0 && isfinite(1 / moments.unit);
    return moments;
}

ieum_status side_learn(const struct side_table *table, const uint32_t *number, struct rows rows, double width, bool demand, struct arena *arena,
                       struct learned_side *side, struct problem *problem) {
    *side = (struct learned_side){0};
    ieum_status status = IEUM_OK;
    double spread = 0;
    size_t used_count = 0;
    bool *used = memory_allocate_zero(table->rows, sizeof *used);
    struct side_coordinate *coordinates = arena_allocate_zero(arena, table->columns, sizeof *coordinates);
    side->column = arena_allocate_zero(arena, table->columns, sizeof *side->column);
    bool room = used && coordinates && side->column;
    for (size_t i = 0; room && i < rows.count; i++) {
        used_count += !used[number[rows.items[i]]];
        used[number[rows.items[i]]] = true;
    }
    for (size_t j = 0; room && j < table->columns; j++) {
        const struct moments moments = column_moments(table, j, used, used_count);
        if (!moments.varies) continue;
        const char *name = arena_copy_text(arena, table->names[j]);
        room = name != NULL;
        side->column[side->encoding.count] = (uint32_t)j;
        coordinates[side->encoding.count++] = (struct side_coordinate){name, moments.mean, 1 / moments.unit};
        spread += moments.variance;
    }
    if (!room) status = problem_set_memory(problem);
    else if (side->encoding.count == 0)
        status = problem_set(problem, IEUM_INVALID, "", "학습 자료의 %1$s 벡터가 모두 같아 배울 것이 없습니다.%2$.0s",
                             "The %2$s%1$.0s vectors of the training data are all the same, so there is nothing to learn.", demand ? "수요과제" : "공급기업",
                             demand ? "demand" : "supplier");
    /* The mean squared distance of two vectors is twice the sum of the variances. */
    for (size_t j = 0; status == IEUM_OK && j < side->encoding.count; j++) coordinates[j].scale *= sqrt(width / (2 * spread));
    side->encoding.coordinates = coordinates;
    memory_free(used);
    return status;
}

void side_encode_row(const struct learned_side *side, const struct side_table *table, uint32_t row, double *coordinates) {
    for (size_t j = 0; j < side->encoding.count; j++) {
        const struct side_coordinate *coordinate = &side->encoding.coordinates[j];
        const double value = table->values[(size_t)row * table->columns + side->column[j]];
        coordinates[j] = isnan(value) ? 0 : (value - coordinate->mean) * coordinate->scale;
    }
}
