/* SPDX-License-Identifier: Apache-2.0 */
#include "request.h"

jval *write_model_head(const struct model *model, const char *path) {
    jval *object = jval_new_object(), *features = jval_new_array();
    jval_set_text(object, "id", model->id);
    jval_set_text(object, "kind", model_kind_names[model->kind]);
    jval_set_text(object, "program", model->program);
    jval_set_text(object, "program_version", model->program_version);
    jval_set_text(object, "hash", model->hash);
    jval_set_text(object, "path", path);
    for (size_t i = 0; i < model->feature_count; i++) jval_append_text(features, model->features[i].name);
    jval_set(object, "features", features);
    jval_set_integer(object, "pairs", (int64_t)model->product.count);
    jval_set_bool(object, "calibrated", model->platt.fitted);
    return object;
}
