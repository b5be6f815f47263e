/* SPDX-License-Identifier: Apache-2.0 */
/* A libsvm model as text: the entries in the order in which libsvm writes them. */
#include "../base/decimal.h"
#include "svm_text.h"

static void add_numbers(struct buffer *text, const char *name, const double *numbers, size_t count) {
    buffer_add_text(text, name);
    for (size_t i = 0; i < count; i++) {
        buffer_add_byte(text, ' ');
        decimal_add(text, numbers[i], 17);
    }
    buffer_add_byte(text, '\n');
}

static void add_classes(const struct svm_model *model, struct buffer *text) {
    buffer_add_text(text, "label");
    for (size_t i = 0; i < model->class_count; i++) buffer_format(text, " %d", model->labels[i]);
    buffer_add_byte(text, '\n');
}

static void add_vector(const struct svm_model *model, size_t vector, struct buffer *text) {
    for (size_t k = 0; k + 1 < model->class_count; k++) {
        decimal_add(text, model->coefficients[k * model->vector_count + vector], 17);
        buffer_add_byte(text, ' ');
    }
    for (size_t i = model->start[vector]; i < model->start[vector + 1]; i++) {
        buffer_format(text, "%u:", model->index[i] + 1);
        decimal_add(text, model->value[i], 17);
        buffer_add_byte(text, ' ');
    }
    buffer_add_byte(text, '\n');
}

void svm_text_write(const struct svm_model *model, struct buffer *text) {
    const size_t functions = svm_functions(model);
    buffer_format(text, "svm_type %s\nkernel_type %s\n", svm_type_names[model->type], svm_kernel_names[model->kernel]);
    if (model->kernel == SVM_POLYNOMIAL) buffer_format(text, "degree %d\n", model->degree);
    if (model->kernel != SVM_LINEAR) add_numbers(text, "gamma", &model->gamma, 1);
    if (model->kernel == SVM_POLYNOMIAL || model->kernel == SVM_SIGMOID) add_numbers(text, "coef0", &model->coef0, 1);
    buffer_format(text, "nr_class %zu\ntotal_sv %zu\n", model->class_count, model->vector_count);
    add_numbers(text, "rho", model->rho, functions);
    if (model->labels) add_classes(model, text);
    if (model->probability_a) add_numbers(text, "probA", model->probability_a, functions);
    if (model->probability_b) add_numbers(text, "probB", model->probability_b, functions);
    if (model->class_sizes) {
        buffer_add_text(text, "nr_sv");
        for (size_t i = 0; i < model->class_count; i++) buffer_format(text, " %zu", model->class_sizes[i]);
        buffer_add_byte(text, '\n');
    }
    buffer_add_text(text, "SV\n");
    for (size_t i = 0; i < model->vector_count; i++) add_vector(model, i, text);
}
