/* SPDX-License-Identifier: Apache-2.0 */
#include "model_fit.h"

#include <math.h>
#include <string.h>

#include "../feature/side_groups.h"

/* A thousand scores of a million each still fit 64 bits in units of 10⁻⁹; a trained curve has values of a few. */
static const double VALUE_MOST = 1e6;

static uint32_t find_feature(const struct program *program, const char *name) {
    if (strcmp(name, model_kind_names[MODEL_RUBRIC]) == 0) return ADDITIVE_RUBRIC;
    for (size_t f = 0; f < program->feature_count; f++)
        if (strcmp(program->features[f].id, name) == 0) return (uint32_t)f;
    return (uint32_t)program->feature_count;
}

static ieum_status check_feature(const struct model *model, const struct program *program, const char *list, const char *name,
                                 struct problem *problem) {
    if (find_feature(program, name) != program->feature_count) return IEUM_OK;
    problem_set(problem, IEUM_INVALID, list, "모형 '%1$s'은(는) 특성 '%2$s'을(를) 쓰는데, 사업 '%3$s'에는 그 특성이 없습니다.",
                "The model '%1$s' uses the feature '%2$s', which the program '%3$s' does not have.", model->id, name, program->id);
    problem_set_value(problem, name);
    return IEUM_INVALID;
}

ieum_status model_fits_program(const struct model *model, const struct program *program, bool *other_version, struct problem *problem) {
    ieum_status status = IEUM_OK;
    if (!model->program)
        return problem_set(problem, IEUM_INVALID, "/program", "모형 '%s'은(는) 수의 표로 학습한 것이어서 사업의 점수를 매길 수 없습니다.",
                           "The model '%s' was trained on rows of numbers and cannot score a program.", model->id);
    if (strcmp(model->program, program->id) != 0) {
        problem_set(problem, IEUM_INVALID, "/program/id", "모형 '%1$s'은(는) 사업 '%2$s'의 것이어서 '%3$s'에 쓸 수 없습니다.",
                    "The model '%1$s' belongs to the program '%2$s' and cannot be used for '%3$s'.", model->id, model->program, program->id);
        problem_set_value(problem, model->program);
        problem_set_expected(problem, program->id);
        return IEUM_INVALID;
    }
    for (size_t f = 0; f < model->feature_count && status == IEUM_OK; f++)
        status = check_feature(model, program, "/features", model->features[f].name, problem);
    for (size_t i = 0; i < model->input_count && status == IEUM_OK; i++)
        status = check_feature(model, program, "/inputs", model->inputs[i].name, problem);
    if (status == IEUM_OK) *other_version = strcmp(model->program_version, program->version) != 0;
    return status;
}

/* Over [0,1] a curve is greatest and least at its points or at the ends. */
static bool is_moderate(const struct curve *curve) {
    bool moderate = fabs(curve->missing) <= VALUE_MOST && fabs(curve_value(curve, 0)) <= VALUE_MOST && fabs(curve_value(curve, 1)) <= VALUE_MOST;
    for (size_t i = 0; i < curve->count; i++) moderate = moderate && fabs(curve->value[i]) <= VALUE_MOST;
    return moderate;
}

static ieum_status bind_term(const struct model *model, size_t index, const struct program *program, const struct rubric *rubric,
                             struct additive_term *term, struct problem *problem) {
    const struct model_feature *feature = &model->features[index];
    const uint32_t found = find_feature(program, feature->name);
    ieum_status status = check_feature(model, program, "/features", feature->name, problem);
    if (status == IEUM_OK && found == ADDITIVE_RUBRIC && !rubric)
        status = problem_set(problem, IEUM_INTERNAL, "", "모형이 배점표의 점수를 쓰는데 배점표가 없습니다.", "The model uses the rubric's score, but no rubric was given.");
    if (status == IEUM_OK && !is_moderate(&feature->curve)) {
        status = problem_set(problem, IEUM_INVALID, "/features", "모형의 곡선 '%s'이(가) 너무 큰 값을 냅니다.",
                             "The model's curve '%s' gives values that are too large.", feature->name);
        problem_set_expected(problem, "-1000000..1000000");
    }
    *term = (struct additive_term){found, found == ADDITIVE_RUBRIC ? UINT32_MAX : criterion_of_feature(program, found), feature->curve};
    return status;
}

ieum_status model_additive(const struct model *model, const struct program *program, const struct rubric *rubric, struct arena *arena,
                           struct additive *additive, struct problem *problem) {
    ieum_status status = IEUM_OK;
    if (model->kind == MODEL_RUBRIC) {
        if (!rubric) return problem_set(problem, IEUM_INTERNAL, "", "배점표가 없습니다.", "No rubric was given.");
        return additive_from_rubric(rubric, arena, additive) ? IEUM_OK : problem_set_memory(problem);
    }
    if (!(fabs(model->bias) <= VALUE_MOST))
        return problem_set(problem, IEUM_INVALID, "/arrays/numbers", "모형의 상수항이 너무 큽니다.", "The model's constant is too large.");
    struct additive_term *terms = arena_allocate_zero(arena, model->feature_count + 1, sizeof *terms);
    if (!terms) return problem_set_memory(problem);
    for (size_t f = 0; f < model->feature_count && status == IEUM_OK; f++) status = bind_term(model, f, program, rubric, &terms[f], problem);
    if (status == IEUM_OK)
        *additive = (struct additive){.terms = terms, .count = model->feature_count, .bias = llround(model->bias * (double)SCORE_ONE), .rubric = rubric};
    return status;
}
