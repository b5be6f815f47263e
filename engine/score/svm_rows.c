/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocks of rows through a laid-out model. Dense: the block's rows are packed in groups of 8; each panel of 16 vectors, once in the cache, meets all groups; a
 * class's lanes are summed when its last panel is through. Classes ascend, so that a function's sum is (class i) + (class j) whatever the layout.
 */
#include "svm_rows.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/processor.h"
#include "svm_scorer.h"
#include "svm_sparse.h"

struct svm_scratch {
    uint32_t *place; /* of one row's entries in the model's columns; columns.count */
    double *value;
    void *rows_block, *lanes_block;
    double *rows;  /* dense: groups × columns × 8 */
    double *lanes; /* groups × lines × 8 rows × 8 lanes; sparse: lines × 8 */
    double extra[SVM_MOST_BLOCK];
};

struct svm_scratch *svm_scratch_new(const struct svm_scorer *scorer) {
    const size_t columns = scorer->columns.count, groups = scorer->block / SVM_TILE_ROWS;
    struct svm_scratch *made = memory_allocate_zero(1, sizeof *made);
    if (!made) return NULL;
    const bool dense = scorer->layout == SVM_DENSE;
    made->place = memory_allocate_zero(columns, sizeof *made->place);
    made->value = memory_allocate_zero(columns, sizeof *made->value);
    made->rows = svm_aligned(dense ? groups * SVM_TILE_ROWS : 0, columns, &made->rows_block);
    made->lanes = svm_aligned(dense ? groups * SVM_TILE_ROWS * SVM_LANES : SVM_LANES, scorer->lines, &made->lanes_block);
    if (made->place && made->value && made->rows && made->lanes) return made;
    svm_scratch_free(made);
    return NULL;
}

void svm_scratch_free(struct svm_scratch *scratch) {
    if (!scratch) return;
    memory_free(scratch->place);
    memory_free(scratch->value);
    memory_free(scratch->rows_block);
    memory_free(scratch->lanes_block);
    memory_free(scratch);
}

/* The row's entries in the model's columns; the chain of squares of those in none. */
static struct svm_entries take_entries(const struct svm_scorer *scorer, struct svm_scratch *scratch, const struct svm_row_block *rows, size_t row,
                                       double *extra) {
    size_t count = 0;
    *extra = 0.0;
    for (size_t i = rows->start[row]; i < rows->start[row + 1]; i++) {
        const uint32_t place = svm_columns_find(&scorer->columns, rows->index[i]);
        if (place == SVM_COLUMN_NONE) {
            *extra = fma(rows->value[i], rows->value[i], *extra);
            continue;
        }
        scratch->place[count] = place;
        scratch->value[count++] = rows->value[i];
    }
    return (struct svm_entries){scratch->place, scratch->value, count};
}

/* ---- dense ---- */

static void pack_rows(const struct svm_scorer *scorer, struct svm_scratch *scratch, const struct svm_row_block *rows, size_t groups) {
    const size_t columns = scorer->columns.count;
    memset(scratch->rows, 0, groups * SVM_TILE_ROWS * columns * sizeof *scratch->rows);
    memset(scratch->extra, 0, sizeof scratch->extra);
    for (size_t row = 0; row < rows->count; row++) {
        double *at = scratch->rows + row / SVM_TILE_ROWS * columns * SVM_TILE_ROWS + row % SVM_TILE_ROWS;
        const struct svm_entries entries = take_entries(scorer, scratch, rows, row, &scratch->extra[row]);
        for (size_t i = 0; i < entries.count; i++) at[entries.place[i] * SVM_TILE_ROWS] = entries.value[i];
    }
}

typedef void (*tile_function)(const struct svm_tile *tile);
static tile_function choose_tile(void) {
#if defined(IEUM_SIMD_X86)
    const enum processor_level level = processor_level();
    if (level >= PROCESSOR_AVX512) return svm_tile_avx512;
    if (level >= PROCESSOR_AVX2) return svm_tile_avx2;
#endif
    return svm_tile_portable;
}

/* Adds a class's lanes to the functions, and empties them. */
static void settle_class(const struct svm_scorer *scorer, struct svm_scratch *scratch, size_t class, size_t count, double *values) {
    const size_t group_size = scorer->lines * SVM_TILE_ROWS * SVM_LANES;
    for (size_t row = 0; row < count; row++) {
        const double *lanes = scratch->lanes + row / SVM_TILE_ROWS * group_size + row % SVM_TILE_ROWS * SVM_LANES;
        for (size_t line = 0; line < scorer->lines; line++)
            values[row * scorer->functions + svm_function_at(scorer->model, class, line)] += svm_lanes_sum(lanes + line * SVM_TILE_ROWS * SVM_LANES);
    }
    memset(scratch->lanes, 0, (count + SVM_TILE_ROWS - 1) / SVM_TILE_ROWS * group_size * sizeof *scratch->lanes);
}

static void score_dense(const struct svm_scorer *scorer, struct svm_scratch *scratch, const struct svm_row_block *rows, double *values) {
    const size_t columns = scorer->columns.count, lines = scorer->lines, groups = (rows->count + SVM_TILE_ROWS - 1) / SVM_TILE_ROWS;
    const tile_function run = choose_tile();
    pack_rows(scorer, scratch, rows, groups);
    memset(scratch->lanes, 0, groups * lines * SVM_TILE_ROWS * SVM_LANES * sizeof *scratch->lanes);
    for (size_t p = 0; p < scorer->panel_count; p++) {
        const struct svm_panel *panel = &scorer->panels[p];
        struct svm_tile tile = {.form = &scorer->form, .columns = columns, .valid = panel->valid, .lines = lines};
        tile.vectors = scorer->vectors + p * columns * SVM_TILE_VECTORS;
        tile.coefficients = scorer->coefficients + p * lines * SVM_TILE_VECTORS;
        for (size_t group = 0; group < groups; group++) {
            tile.rows = scratch->rows + group * columns * SVM_TILE_ROWS;
            tile.extra = scratch->extra + group * SVM_TILE_ROWS;
            tile.lanes = scratch->lanes + group * lines * SVM_TILE_ROWS * SVM_LANES;
            run(&tile);
        }
        const bool last = p + 1 == scorer->panel_count || panel[1].class != panel->class;
        if (last) settle_class(scorer, scratch, panel->class, rows->count, values);
    }
}

/* ---- sparse ---- */

static bool fused(void) {
#if defined(IEUM_SIMD_X86)
    return processor_level() >= PROCESSOR_AVX2;
#else
    return false;
#endif
}

static double merge(bool quick, bool distance, double extra, const struct svm_entries *row, const struct svm_entries *vector) {
#if defined(IEUM_SIMD_X86)
    if (quick) return svm_merge_avx2(distance, extra, row, vector);
#endif
    (void)quick;
    return svm_merge_portable(distance, extra, row, vector);
}

static void score_sparse(const struct svm_scorer *scorer, struct svm_scratch *scratch, const struct svm_row_block *rows, size_t row, double *values) {
    const struct svm_model *model = scorer->model;
    const bool quick = fused(), distance = model->kernel == SVM_RBF;
    double extra;
    const struct svm_entries entries = take_entries(scorer, scratch, rows, row, &extra);
    for (size_t class = 0, first = 0; class < svm_class_count(model); class++) {
        const size_t size = svm_class_size(model, class);
        memset(scratch->lanes, 0, scorer->lines * SVM_LANES * sizeof *scratch->lanes);
        for (size_t i = 0; i < size; i++) {
            const size_t begin = model->start[first + i];
            const struct svm_entries vector = {scorer->places + begin, model->value + begin, model->start[first + i + 1] - begin};
            const double k = svm_kernel_value(&scorer->form, merge(quick, distance, extra, &entries, &vector));
            for (size_t line = 0; line < scorer->lines; line++) {
                double *lane = scratch->lanes + line * SVM_LANES + i % SVM_LANES;
                *lane = fma(model->coefficients[line * model->vector_count + first + i], k, *lane);
            }
        }
        for (size_t line = 0; line < scorer->lines && size > 0; line++)
            values[svm_function_at(model, class, line)] += svm_lanes_sum(scratch->lanes + line * SVM_LANES);
        first += size;
    }
}

/* ---- weights ---- */

static void score_weights(const struct svm_scorer *scorer, struct svm_scratch *scratch, const struct svm_row_block *rows, size_t row, double *values) {
    double extra;
    const struct svm_entries entries = take_entries(scorer, scratch, rows, row, &extra);
#if defined(IEUM_SIMD_X86)
    if (fused()) {
        svm_weigh_avx2(&entries, scorer->weights, scorer->functions, values);
        return;
    }
#endif
    svm_weigh_portable(&entries, scorer->weights, scorer->functions, values);
}

void svm_score_rows(const struct svm_scorer *scorer, struct svm_scratch *scratch, const struct svm_row_block *rows, double *values) {
    const size_t functions = scorer->functions;
    memset(values, 0, rows->count * functions * sizeof *values);
    if (scorer->layout == SVM_DENSE) score_dense(scorer, scratch, rows, values);
    for (size_t row = 0; row < rows->count; row++) {
        double *own = values + row * functions;
        if (scorer->layout == SVM_SPARSE) score_sparse(scorer, scratch, rows, row, own);
        else if (scorer->layout == SVM_WEIGHTS) score_weights(scorer, scratch, rows, row, own);
        for (size_t f = 0; f < functions; f++) own[f] -= scorer->model->rho[f];
    }
}
