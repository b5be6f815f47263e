/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include <math.h>
#include <stdio.h>

void learn_options_init(struct learn_options *options, enum model_kind kind) {
    *options = (struct learn_options){
        .kind = kind,
        .seed = 1,
        .cost = 1,
        .pair_weighting = PAIR_DIFFERENCE,
        .balance_demands = true,
        .pairs_per_demand = 2000,
        .most_pairs = 2000000,
        .propensity_clip = 20,
        .knots = 8,
        .knot_placing = KNOTS_QUANTILE,
        .hint_share = 0.05,
        .threshold = 1,
        .epsilon = 0.1,
        .width_demand = 1,
        .width_supplier = 1,
        .most_kernel_rows = 4000,
        .most_vector_rows = 50000,
        .cache_megabytes = 200,
    };
}

static ieum_status check_range(double value, double least, bool least_allowed, double most, const char *pointer, struct problem *problem) {
    if ((value > least || (least_allowed && value == least)) && value <= most) return IEUM_OK;
    char text[64];
    problem_set(problem, IEUM_INVALID, pointer, "학습 설정 값이 범위를 벗어났습니다.", "A training parameter is out of its range.");
    snprintf(text, sizeof text, "%.6g", value);
    problem_set_value(problem, text);
    snprintf(text, sizeof text, least_allowed ? "%g ≤ x ≤ %g" : "%g < x ≤ %g", least, most);
    problem_set_expected(problem, text);
    return IEUM_INVALID;
}

static ieum_status check_monotone(const struct learn_options *options, const struct dataset *data, struct problem *problem) {
    for (size_t j = 0; options->monotone && j < data->feature_count; j++)
        if (options->monotone[j] < -1 || options->monotone[j] > 1) {
            char pointer[64];
            snprintf(pointer, sizeof pointer, "/monotone/%zu", j);
            return problem_set(problem, IEUM_INVALID, pointer, "단조 조건은 1(증가), -1(감소), 0(없음) 가운데 하나입니다.",
                               "A monotone request is 1 (rising), -1 (falling) or 0 (free).");
        }
    return IEUM_OK;
}

ieum_status learn_options_check(const struct learn_options *options, const struct dataset *data, struct problem *problem) {
    const bool curves = options->kind != MODEL_PAIRWISE, product = options->kind == MODEL_PAIRWISE || options->kind == MODEL_MIXED;
    if (options->kind != MODEL_LINEAR && options->kind != MODEL_ADDITIVE && !product) {
        problem_set(problem, IEUM_INVALID, "/kind", "학습할 수 있는 모형의 종류가 아닙니다.", "This kind of model cannot be trained.");
        problem_set_expected(problem, "linear, additive, pairwise, mixed");
        return IEUM_INVALID;
    }
    if (curves && data->feature_count == 0)
        return problem_set(problem, IEUM_INVALID, "/kind", "이 종류의 모형에는 특성값이 있어야 합니다.", "This kind of model needs pair features.");
    if (product && (data->demand.columns == 0 || data->offer.columns == 0))
        return problem_set(problem, IEUM_INVALID, "/kind", "이 종류의 모형에는 수요과제와 공급기업의 벡터가 모두 있어야 합니다.",
                           "This kind of model needs vectors of both demands and suppliers.");
    const double all = 1e18;
    ieum_status status = check_range(options->cost, 0, false, 1e9, "/cost", problem);
    if (status == IEUM_OK) status = check_range(options->propensity_clip, 1, true, 1e9, "/propensity_clip", problem);
    if (status == IEUM_OK) status = check_range((double)options->knots, 2, true, 64, "/knots", problem);
    if (status == IEUM_OK) status = check_range((double)options->most_pairs, 1, true, all, "/most_pairs", problem);
    if (status == IEUM_OK) status = check_range(options->hint_share, 0, true, 1, "/hint_share", problem);
    if (status == IEUM_OK) status = check_range(options->threshold, 0, false, all, "/threshold", problem);
    if (status == IEUM_OK) status = check_range(options->epsilon, 0, true, all, "/epsilon", problem);
    if (status == IEUM_OK) status = check_range(options->positive_weight, 0, true, 1e9, "/positive_weight", problem);
    if (status == IEUM_OK) status = check_range(options->width_demand, 0, false, 1e6, "/width_demand", problem);
    if (status == IEUM_OK) status = check_range(options->width_supplier, 0, false, 1e6, "/width_supplier", problem);
    if (status == IEUM_OK) status = check_range(options->cache_megabytes, 0, false, 1e6, "/cache_megabytes", problem);
    return status == IEUM_OK ? check_monotone(options, data, problem) : status;
}
