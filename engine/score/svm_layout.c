/* SPDX-License-Identifier: Apache-2.0 */
/* A model laid out for scoring. Each layout is chosen only where its memory stays within a small multiple of the model's own. */
#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "svm_scorer.h"

enum { MOST_VALUES = 1 << 20, FREE_NUMBERS = 1 << 16 };

double *svm_aligned(size_t count, size_t size, void **block) {
    size_t numbers;
    if (__builtin_mul_overflow(count, size, &numbers) || numbers > SIZE_MAX / sizeof(double) - 8) return NULL;
    *block = memory_allocate_zero(numbers + 8, sizeof(double));
    return *block ? (double *)(((uintptr_t)*block + 63) & ~(uintptr_t)63) : NULL;
}

static size_t panels_of(size_t vectors) { return (vectors + SVM_TILE_VECTORS - 1) / SVM_TILE_VECTORS; }

static size_t count_panels(const struct svm_model *model) {
    size_t panels = 0;
    for (size_t class = 0; class < svm_class_count(model); class++) panels += panels_of(svm_class_size(model, class));
    return panels;
}

/* ---- weights ---- */

/* Adds factor · entries onto the function's column of sums; `rest` keeps what rounding lost (Knuth's two-sum, and the product's error by fma). */
static void add_vector(const struct svm_scorer *scorer, size_t vector, double factor, size_t function, double *sums, double *rest) {
    const struct svm_model *model = scorer->model;
    for (size_t i = model->start[vector]; i < model->start[vector + 1]; i++) {
        const size_t at = svm_columns_find(&scorer->columns, model->index[i]) * scorer->functions + function;
        const double product = factor * model->value[i], lost = fma(factor, model->value[i], -product);
        const double sum = sums[at] + product, part = sum - sums[at];
        rest[at] += ((sums[at] - (sum - part)) + (product - part)) + lost;
        sums[at] = sum;
    }
}

static bool lay_weights(struct svm_scorer *scorer) {
    const struct svm_model *model = scorer->model;
    const size_t count = scorer->columns.count * scorer->functions;
    double *sums = svm_aligned(scorer->columns.count, scorer->functions, &scorer->weights_block);
    double *rest = memory_allocate_zero(count, sizeof *rest);
    for (size_t class = 0, vector = 0; sums && rest && class < svm_class_count(model); class++)
        for (size_t end = vector + svm_class_size(model, class); vector < end; vector++)
            for (size_t line = 0; line < scorer->lines; line++)
                add_vector(scorer, vector, model->coefficients[line * model->vector_count + vector], svm_function_at(model, class, line), sums, rest);
    for (size_t i = 0; sums && rest && i < count; i++) sums[i] += rest[i];
    scorer->weights = sums;
    const bool whole = sums && rest;
    memory_free(rest);
    return whole;
}

/* ---- dense ---- */

static bool lay_dense(struct svm_scorer *scorer) {
    const struct svm_model *model = scorer->model;
    const size_t columns = scorer->columns.count, lines = scorer->lines;
    scorer->panel_count = count_panels(model);
    scorer->panels = memory_allocate_zero(scorer->panel_count, sizeof *scorer->panels);
    double *vectors = svm_aligned(scorer->panel_count * SVM_TILE_VECTORS, columns, &scorer->vectors_block);
    double *coefficients = svm_aligned(scorer->panel_count * SVM_TILE_VECTORS, lines, &scorer->coefficients_block);
    if (!scorer->panels || !vectors || !coefficients) return false;
    size_t panel = 0, vector = 0;
    for (size_t class = 0; class < svm_class_count(model); class++) {
        const size_t size = svm_class_size(model, class);
        for (size_t place = 0; place < size; place++, vector++) {
            const size_t at = panel + place / SVM_TILE_VECTORS, lane = place % SVM_TILE_VECTORS;
            scorer->panels[at].class = class;
            scorer->panels[at].valid = lane + 1;
            for (size_t i = model->start[vector]; i < model->start[vector + 1]; i++)
                vectors[(at * columns + svm_columns_find(&scorer->columns, model->index[i])) * SVM_TILE_VECTORS + lane] = model->value[i];
            for (size_t line = 0; line < lines; line++)
                coefficients[(at * lines + line) * SVM_TILE_VECTORS + lane] = model->coefficients[line * model->vector_count + vector];
        }
        panel += panels_of(size);
    }
    scorer->vectors = vectors;
    scorer->coefficients = coefficients;
    return true;
}

/* ---- sparse ---- */

static bool lay_sparse(struct svm_scorer *scorer) {
    const struct svm_model *model = scorer->model;
    const size_t pairs = model->start[model->vector_count];
    scorer->places = memory_allocate_zero(pairs, sizeof *scorer->places);
    if (!scorer->places) return false;
    for (size_t i = 0; i < pairs; i++) scorer->places[i] = svm_columns_find(&scorer->columns, model->index[i]);
    return true;
}

/* ---- which ---- */

static enum svm_layout choose(const struct svm_scorer *scorer) {
    const struct svm_model *model = scorer->model;
    const size_t pairs = model->start[model->vector_count], columns = scorer->columns.count + 1;
    const size_t vectors = count_panels(model) * SVM_TILE_VECTORS, numbers = pairs + scorer->lines * model->vector_count;
    if (model->kernel == SVM_LINEAR && scorer->functions <= (4 * numbers + FREE_NUMBERS) / columns) return SVM_WEIGHTS;
    const bool few = vectors <= 4 * model->vector_count + 1024, full = vectors <= (8 * pairs + FREE_NUMBERS) / columns;
    return few && full ? SVM_DENSE : SVM_SPARSE;
}

ieum_status svm_scorer_new(const struct svm_model *model, enum svm_layout layout, struct svm_scorer **scorer, struct problem *problem) {
    struct svm_scorer *made = memory_allocate_zero(1, sizeof *made);
    if (!made) return problem_set_memory(problem);
    made->model = model;
    made->form = (struct svm_kernel_form){model->kernel, model->degree, model->gamma, model->coef0};
    made->functions = svm_functions(model);
    made->lines = model->class_count - 1;
    size_t rows = made->functions > 0 ? MOST_VALUES / made->functions : SVM_MOST_BLOCK;
    rows = rows > SVM_MOST_BLOCK ? SVM_MOST_BLOCK : rows & ~(size_t)(SVM_TILE_ROWS - 1);
    made->block = rows < SVM_TILE_ROWS ? SVM_TILE_ROWS : rows;
    bool whole = svm_columns_new(model, &made->columns);
    if (whole) {
        made->layout = layout == SVM_BEST ? choose(made) : layout;
        whole = made->layout == SVM_WEIGHTS ? lay_weights(made) : made->layout == SVM_DENSE ? lay_dense(made) : lay_sparse(made);
    }
    if (whole) {
        *scorer = made;
        return IEUM_OK;
    }
    svm_scorer_free(made);
    return problem_set_memory(problem);
}

void svm_scorer_free(struct svm_scorer *scorer) {
    if (!scorer) return;
    svm_columns_free(&scorer->columns);
    memory_free(scorer->weights_block);
    memory_free(scorer->vectors_block);
    memory_free(scorer->coefficients_block);
    memory_free(scorer->panels);
    memory_free(scorer->places);
    memory_free(scorer);
}

const struct svm_model *svm_scorer_model(const struct svm_scorer *scorer) { return scorer->model; }
enum svm_layout svm_scorer_layout(const struct svm_scorer *scorer) { return scorer->layout; }
size_t svm_scorer_block(const struct svm_scorer *scorer) { return scorer->block; }
