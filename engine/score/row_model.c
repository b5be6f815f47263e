/* SPDX-License-Identifier: Apache-2.0 */
#include "row_model.h"

#include <stdio.h>
#include <string.h>

static ieum_status refuse(const char *value, const char *ko, const char *en, struct problem *problem) {
    problem_set(problem, IEUM_INVALID, "", "%1$s%2$.0s", "%1$.0s%2$s", ko, en);
    problem_set_value(problem, value);
    return problem->status;
}

static bool is_column(const char *name, size_t place) {
    char number[24];
    snprintf(number, sizeof number, "%zu", place + 1);
    return strcmp(name, number) == 0;
}

ieum_status row_model_check(const struct model *model, struct problem *problem) {
    if (model->kind == MODEL_LIBSVM && model->svm) return IEUM_OK;
    if (model->kind != MODEL_LINEAR && model->kind != MODEL_ADDITIVE)
        return refuse(model_kind_names[model->kind], "이 종류의 모형은 수요과제와 공급기업을 보고 점수를 매기므로 수의 행에는 쓸 수 없습니다. ieum suggest --model을 쓰십시오.",
                      "A model of this kind looks at demands and suppliers, not at rows of numbers; use ieum suggest --model.", problem);
    for (size_t j = 0; j < model->feature_count; j++)
        if (model->program || !is_column(model->features[j].name, j))
            return refuse(model->features[j].name,
                          "이 모형은 사업의 특성값에 매긴 곡선이라 수의 행에는 쓸 수 없습니다(행에는 모르는 값을 적을 길이 없습니다). ieum suggest --model을 쓰십시오.",
                          "This model has curves over a program's features and cannot score rows, which have no way to say that a value is missing; use ieum suggest --model.", problem);
    return IEUM_OK;
}

double row_model_score(const struct model *model, const double *x) {
    double score = model->bias;
    for (size_t j = 0; j < model->feature_count; j++) score += curve_value(&model->features[j].curve, x[j]);
    return score;
}
