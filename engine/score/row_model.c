/* SPDX-License-Identifier: Apache-2.0 */
#include "row_model.h"

#include <stdio.h>
#include <string.h>

static ieum_status refuse(const char *value, struct problem *problem) {
    problem_set(problem, IEUM_INVALID, "", "이 모델은 수요과제와 공급기업의 특성값을 보는 모델이라, 번호로 적은 열에는 쓸 수 없습니다.",
                "This model looks at features of pairs, not at numbered columns; it cannot score a file of rows.");
    problem_set_value(problem, value);
    problem_set_expected(problem, "1, 2, 3, …");
    return problem->status;
}

static bool is_column(const char *name, size_t place) {
    char number[24];
    snprintf(number, sizeof number, "%zu", place + 1);
    return strcmp(name, number) == 0;
}

ieum_status row_model_check(const struct model *model, struct problem *problem) {
    const bool curves = model->kind == MODEL_LINEAR || model->kind == MODEL_ADDITIVE;
    if (model->program || !(curves || (model->kind == MODEL_LIBSVM && model->svm))) return refuse(model_kind_names[model->kind], problem);
    for (size_t j = 0; j < model->feature_count && curves; j++)
        if (!is_column(model->features[j].name, j)) return refuse(model->features[j].name, problem);
    for (size_t j = 0; j < model->input_count && !curves; j++)
        if (model->inputs[j].indicator || !is_column(model->inputs[j].name, j)) return refuse(model->inputs[j].name, problem);
    return IEUM_OK;
}

double row_model_score(const struct model *model, const double *x) {
    double score = model->bias;
    for (size_t j = 0; j < model->feature_count; j++) score += curve_value(&model->features[j].curve, x[j]);
    return score;
}
