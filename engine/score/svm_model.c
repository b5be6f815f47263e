/* SPDX-License-Identifier: Apache-2.0 */
#include "svm_model.h"

#include "../base/memory.h"

const char *const svm_type_names[SVM_TYPES] = {"c_svc", "nu_svc", "one_class", "epsilon_svr", "nu_svr"};
const char *const svm_kernel_names[SVM_KERNELS] = {"linear", "polynomial", "rbf", "sigmoid"};

void svm_model_free(struct svm_model *model) {
    if (!model) return;
    memory_free(model->labels);
    memory_free(model->class_sizes);
    memory_free(model->rho);
    memory_free(model->probability_a);
    memory_free(model->probability_b);
    memory_free(model->coefficients);
    memory_free(model->start);
    memory_free(model->index);
    memory_free(model->value);
    memory_free(model);
}
