/* SPDX-License-Identifier: Apache-2.0 */
#include "side_fold.h"

#include <math.h>
#include <string.h>

/* Two passes over a column: the mean of what is known, then the variance, in which what is missing stands at the mean and adds nothing. */
static bool measure_column(const double *raw, size_t rows, size_t columns, size_t column, double *mean, double *variance) {
    double sum = 0, squares = 0;
    size_t known = 0;
    for (size_t r = 0; r < rows; r++) {
        const double value = raw[r * columns + column];
        if (isnan(value)) continue;
        sum += value;
        known++;
    }
    *mean = known > 0 ? sum / (double)known : 0;
    for (size_t r = 0; r < rows; r++) {
        const double value = raw[r * columns + column];
        if (!isnan(value)) squares += (value - *mean) * (value - *mean);
    }
    *variance = squares / (double)rows;
    return isfinite(sum) && isfinite(squares);
}

/* The part of a name that its block goes by: up to the colon, or the whole name. */
static size_t block_size(const char *name) {
    const char *colon = strchr(name, ':');
    return !colon || strncmp(name, "number:", 7) == 0 ? strlen(name) + 1 : (size_t)(colon - name) + 1;
}

static bool same_block(const char *a, const char *b) { return block_size(a) == block_size(b) && memcmp(a, b, block_size(a)) == 0; }

/* The first coordinate of each one's block; names of a block stand together as a rule, so the search back is short. */
static void find_blocks(const char *const *names, size_t count, size_t *first) {
    for (size_t i = 0; i < count; i++) {
        first[i] = i;
        if (i > 0 && same_block(names[i], names[i - 1])) first[i] = first[i - 1];
        else if (strchr(names[i], ':') && strncmp(names[i], "number:", 7) != 0)
            for (size_t k = 0; k < i && first[i] == i; k++)
                if (same_block(names[i], names[k])) first[i] = first[k];
    }
}

static ieum_status refuse_infinite(const char *name, struct problem *problem) {
    problem_set(problem, IEUM_INVALID, "", "학습 자료의 좌표 '%s'에 무한대이거나 너무 큰 값이 있습니다.",
                "The coordinate '%s' of the training data has values that are infinite or too large.", name);
    problem_set_value(problem, name);
    return IEUM_INVALID;
}

ieum_status side_encoding_fit(const char *const *names, size_t count, const double *raw, size_t rows, double gamma, struct arena *arena,
                              struct side_encoding *encoding, size_t *blocks, struct problem *problem) {
    struct side_coordinate *coordinates = arena_allocate_zero(arena, count + 1, sizeof *coordinates);
    double *variance = memory_allocate_zero(count + 1, sizeof *variance); /* of a coordinate, then at the first of a block: of the block */
    size_t *first = memory_allocate_zero(count + 1, sizeof *first), varying = 0;
    ieum_status status = coordinates && variance && first ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK && rows == 0) status = problem_set(problem, IEUM_INVALID, "", "학습할 기록이 없습니다.", "There is no record to learn from.");
    if (status == IEUM_OK) find_blocks(names, count, first);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        double own = 0;
        coordinates[i].name = names[i];
        if (!measure_column(raw, rows, count, i, &coordinates[i].mean, &own)) status = refuse_infinite(names[i], problem);
        variance[first[i]] += own;
    }
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        const double whole = variance[first[i]];
        coordinates[i].scale = whole > 0 ? sqrt(gamma / whole) : 0;
        if (!isfinite(coordinates[i].scale)) coordinates[i].scale = 0; /* a variance so small that it is none */
        varying += first[i] == i && coordinates[i].scale > 0;
    }
    if (status == IEUM_OK) *encoding = (struct side_encoding){coordinates, count};
    if (status == IEUM_OK && blocks) *blocks = varying;
    memory_free(variance);
    memory_free(first);
    return status;
}

void side_fold(const struct side_encoding *encoding, const double *raw, size_t rows, double *folded) {
    for (size_t r = 0; r < rows; r++)
        for (size_t i = 0; i < encoding->count; i++) {
            const size_t at = r * encoding->count + i;
            const struct side_coordinate *coordinate = &encoding->coordinates[i];
            folded[at] = isnan(raw[at]) ? 0 : (raw[at] - coordinate->mean) * coordinate->scale;
        }
}
