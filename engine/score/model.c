/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

#include "svm_model.h"

const char *const model_kind_names[MODEL_KINDS] = {"rubric", "linear", "additive", "pairwise", "mixed", "libsvm"};

void model_free(struct model *model) {
    if (!model) return;
    jval_free(model->card);
    svm_model_free(model->svm);
    arena_free(model->arena);
    memory_free(model);
}
