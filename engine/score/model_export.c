/* SPDX-License-Identifier: Apache-2.0 */
#include "model_export.h"

#include <stdlib.h>
#include <string.h>

#include "model_parts.h"

static void add_head(struct buffer *text, const char *kernel, size_t vectors, double bias) {
    buffer_format(text, "svm_type epsilon_svr\nkernel_type %s\nnr_class 2\ntotal_sv %zu\nrho %.17g\nSV\n", kernel, vectors, -bias);
}

static void add_entry(struct buffer *text, size_t column, double value) {
    if (value != 0) buffer_format(text, " %zu:%.17g", column, value);
}

static void export_product(const struct model *model, struct buffer *text) {
    const struct product_term *product = &model->product;
    add_head(text, "rbf\ngamma 1", product->count, model->bias);
    for (size_t i = 0; i < product->count; i++) {
        buffer_format(text, "%.17g", product->coefficients[i]);
        for (size_t k = 0; k < product->demand.count; k++) add_entry(text, k + 1, product->demand_vectors[i * product->demand.count + k]);
        for (size_t k = 0; k < product->supplier.count; k++)
            add_entry(text, product->demand.count + k + 1, product->supplier_vectors[i * product->supplier.count + k]);
        buffer_add_text(text, " \n");
    }
}

/* ---- straight lines: one vector of weights ---- */

struct weight {
    size_t column;
    double value;
};

static int compare_columns(const void *a, const void *b) {
    const struct weight *x = a, *y = b;
    return x->column < y->column ? -1 : x->column > y->column;
}

/* A column's number as it is written, without sign or leading zero; 0 when it is none. */
static size_t column_of(const char *name) {
    size_t number = 0;
    if (name[0] == '0' || strlen(name) > 9) return 0;
    for (; *name; name++) {
        if (*name < '0' || *name > '9') return 0;
        number = number * 10 + (size_t)(*name - '0');
    }
    return number;
}

static ieum_status export_lines(const struct model *model, struct buffer *text, struct problem *problem) {
    const size_t count = model->feature_count;
    struct weight *weights = memory_allocate_zero(2 * count, sizeof *weights);
    size_t used = 0;
    double bias = model->bias;
    if (!weights) return problem_set_memory(problem);
    ieum_status status = IEUM_OK;
    for (size_t f = 0; f < count && status == IEUM_OK; f++) {
        const struct curve *curve = &model->features[f].curve;
        const size_t column = model->program ? f + 1 : column_of(model->features[f].name);
        const double at_zero = curve_value(curve, 0);
        if (column == 0) {
            status = problem_set(problem, IEUM_INVALID, "/features", "열 번호가 아닌 이름 '%s'이(가) 있어 libsvm 형식으로 내보낼 수 없습니다.",
                                 "The name '%s' is no column's number, so the model cannot be written for libsvm.", model->features[f].name);
            problem_set_value(problem, model->features[f].name);
        }
        bias += at_zero;
        weights[used++] = (struct weight){column, curve->slope[0]};
        if (model->program) weights[used++] = (struct weight){count + f + 1, curve->missing - at_zero};
    }
    if (status == IEUM_OK) {
        qsort(weights, used, sizeof *weights, compare_columns);
        add_head(text, "linear", 1, bias);
        buffer_add_text(text, "1");
        for (size_t i = 0; i < used; i++) add_entry(text, weights[i].column, weights[i].value);
        buffer_add_text(text, " \n");
    }
    memory_free(weights);
    return status;
}

ieum_status model_export_libsvm(const struct model *model, struct buffer *text, struct problem *problem) {
    ieum_status status = model_check(model, problem);
    if (status != IEUM_OK) return status;
    switch (model->kind) {
    case MODEL_PAIRWISE: export_product(model, text); break;
    case MODEL_LINEAR: status = export_lines(model, text, problem); break;
    case MODEL_LIBSVM: status = model_svm_write(model->svm, text, problem); break;
    default:
        status = problem_set(problem, IEUM_INVALID, "/kind", "종류가 '%s'인 모형은 libsvm 형식으로 나타낼 수 없습니다. linear, pairwise, libsvm만 내보냅니다.",
                             "A model of kind '%s' cannot be written for libsvm; linear, pairwise and libsvm can.", model_kind_names[model->kind]);
    }
    return status == IEUM_OK && text->failed ? problem_set_memory(problem) : status;
}
