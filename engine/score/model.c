/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

const char *const model_kind_names[MODEL_KINDS] = {"rubric", "linear", "additive", "pairwise", "mixed", "libsvm"};

void model_free(struct model *model) {
    if (!model) return;
    jval_free(model->card);
    arena_free(model->arena);
    memory_free(model);
}
