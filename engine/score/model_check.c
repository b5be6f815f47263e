/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a model holds together, and how its numbers are laid out. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/map.h"
#include "../base/utf8.h"
#include "model_parts.h"

enum { NAME_MOST = 256, ID_MOST = 64 };
static const size_t COUNT_MOST = (size_t)1 << 27; /* of numbers in a body: 1 GiB */
static const double JOINT_SLACK = 1e-9;           /* how far a curve's pieces may miss each other, of the values' size */

const char *const model_array_names[MODEL_ARRAYS] = {
    "numbers",       "missing",        "at",           "value",          "slope",            "demand_mean", "demand_scale",
    "supplier_mean", "supplier_scale", "coefficients", "demand_vectors", "supplier_vectors", "input_mean"};

/* ---- layout ---- */

static bool lay(struct model_layout *layout, enum model_array array, size_t rows, size_t columns) {
    if (columns > 0 && rows > COUNT_MOST / columns) return false;
    layout->offset[array] = layout->total;
    layout->count[array] = rows * columns;
    layout->total += rows * columns;
    return layout->total <= COUNT_MOST;
}

bool model_layout_of(const struct model *model, struct model_layout *layout) {
    const struct product_term *product = &model->product;
    size_t points = 0;
    *layout = (struct model_layout){.total = 0};
    for (size_t f = 0; f < model->feature_count; f++) {
        if (model->features[f].curve.count > COUNT_MOST - points) return false;
        points += model->features[f].curve.count;
    }
    return points >= model->feature_count && lay(layout, ARRAY_NUMBERS, MODEL_NUMBERS, 1) && lay(layout, ARRAY_MISSING, model->feature_count, 1) &&
           lay(layout, ARRAY_AT, points, 1) && lay(layout, ARRAY_VALUE, points, 1) && lay(layout, ARRAY_SLOPE, points - model->feature_count, 1) &&
           lay(layout, ARRAY_DEMAND_MEAN, product->demand.count, 1) && lay(layout, ARRAY_DEMAND_SCALE, product->demand.count, 1) &&
           lay(layout, ARRAY_SUPPLIER_MEAN, product->supplier.count, 1) && lay(layout, ARRAY_SUPPLIER_SCALE, product->supplier.count, 1) &&
           lay(layout, ARRAY_COEFFICIENTS, product->count, 1) && lay(layout, ARRAY_DEMAND_VECTORS, product->count, product->demand.count) &&
           lay(layout, ARRAY_SUPPLIER_VECTORS, product->count, product->supplier.count) && lay(layout, ARRAY_INPUT_MEAN, model->input_count, 1);
}

/* ---- checks ---- */

static ieum_status refuse(const char *pointer, const char *ko, const char *en, struct problem *problem) {
    return problem_set(problem, IEUM_INVALID, pointer, "%1$s%2$.0s", "%1$.0s%2$s", ko, en);
}

/* x − x is 0 unless x is infinite or no number; no branch, so that the compiler can take several at a time. */
static bool all_finite(const double *numbers, size_t count) {
    int64_t wrong = 0;
    for (size_t i = 0; i < count; i++) wrong += !(numbers[i] - numbers[i] == 0);
    return wrong == 0;
}

static ieum_status check_finite(const double *numbers, size_t count, enum model_array array, struct problem *problem) {
    char pointer[64];
    if (all_finite(numbers, count)) return IEUM_OK;
    snprintf(pointer, sizeof pointer, "/arrays/%s", model_array_names[array]);
    return refuse(pointer, "모형에 무한대이거나 수가 아닌 값이 들어 있습니다.", "The model holds a number that is infinite or no number.", problem);
}

bool model_id_valid(const char *text) {
    const size_t size = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");
    return size > 0 && size <= ID_MOST && !text[size];
}

bool model_name_is_path(const char *name) {
    static const char ending[] = ".model";
    const size_t size = strlen(name), tail = sizeof ending - 1;
    return strchr(name, '/') || (size > tail && strcmp(name + size - tail, ending) == 0);
}

/* Adds a name to those known; `mark` keeps names of different lists apart. */
static ieum_status check_name(struct map *known, const char *name, const char *list, size_t index, struct problem *problem) {
    char pointer[64];
    const size_t size = name ? strlen(name) : 0;
    snprintf(pointer, sizeof pointer, "/%s/%zu", list, index);
    if (size == 0 || size > NAME_MOST || !utf8_valid(name, size))
        return refuse(pointer, "이름이 없거나 너무 깁니다.", "The name is missing or too long.", problem);
    const uint32_t before = map_count(known);
    if (map_intern(known, name, size) == MAP_NONE) return problem_set_memory(problem);
    if (map_count(known) > before) return IEUM_OK;
    refuse(pointer, "같은 이름이 두 번 나옵니다.", "The name appears twice.", problem);
    problem_set_value(problem, name);
    return IEUM_INVALID;
}

static ieum_status check_curve(const struct curve *curve, size_t index, struct problem *problem) {
    char pointer[64];
    snprintf(pointer, sizeof pointer, "/features/%zu", index);
    if (curve->count < 2) return refuse(pointer, "곡선에는 점이 둘 이상 있어야 합니다.", "A curve needs at least two points.", problem);
    if (!all_finite(curve->at, curve->count) || !all_finite(curve->value, curve->count) || !all_finite(curve->slope, curve->count - 1) ||
        !isfinite(curve->missing))
        return refuse(pointer, "곡선에 무한대이거나 수가 아닌 값이 들어 있습니다.", "The curve holds a number that is infinite or no number.", problem);
    for (size_t i = 0; i + 1 < curve->count; i++) {
        if (!(curve->at[i] < curve->at[i + 1])) return refuse(pointer, "곡선의 점이 커지는 차례가 아닙니다.", "The curve's points do not ascend.", problem);
        const double size = fmax(1, fmax(fabs(curve->value[i]), fabs(curve->value[i + 1])));
        const double gap = curve->value[i] + (curve->at[i + 1] - curve->at[i]) * curve->slope[i] - curve->value[i + 1];
        if (!(fabs(gap) <= JOINT_SLACK * size))
            return refuse(pointer, "곡선의 기울기가 점과 맞지 않습니다.", "A slope of the curve does not fit its points.", problem);
    }
    return IEUM_OK;
}

static ieum_status check_features(const struct model *model, struct map *known, struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t f = 0; f < model->feature_count && status == IEUM_OK; f++) {
        status = check_name(known, model->features[f].name, "features", f, problem);
        if (status == IEUM_OK) status = check_curve(&model->features[f].curve, f, problem);
        if (status == IEUM_OK && model->kind == MODEL_LINEAR && model->features[f].curve.count != 2)
            status = refuse("/features", "선형 모형에 꺾인 곡선이 있습니다.", "A linear model has a bent curve.", problem);
    }
    return status;
}

static ieum_status check_encoding(const struct side_encoding *encoding, struct map *known, const char *list, struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < encoding->count && status == IEUM_OK; i++) {
        const struct side_coordinate *coordinate = &encoding->coordinates[i];
        status = check_name(known, coordinate->name, list, i, problem);
        if (status == IEUM_OK && (!isfinite(coordinate->mean) || !isfinite(coordinate->scale) || coordinate->scale < 0)) {
            char pointer[64];
            snprintf(pointer, sizeof pointer, "/%s/%zu", list, i);
            status = refuse(pointer, "좌표의 평균이나 배율이 올바른 수가 아닙니다.", "The coordinate's mean or scale is not a proper number.", problem);
        }
    }
    return status;
}

static ieum_status check_product(const struct product_term *product, struct problem *problem) {
    ieum_status status = IEUM_OK;
    if (product->count > 0 && (product->demand.count == 0 || product->supplier.count == 0))
        return refuse("/pairs", "곱 항에 한쪽의 좌표가 없습니다.", "The product term lacks the coordinates of a side.", problem);
    if (status == IEUM_OK) status = check_finite(product->coefficients, product->count, ARRAY_COEFFICIENTS, problem);
    if (status == IEUM_OK) status = check_finite(product->demand_vectors, product->count * product->demand.count, ARRAY_DEMAND_VECTORS, problem);
    if (status == IEUM_OK) status = check_finite(product->supplier_vectors, product->count * product->supplier.count, ARRAY_SUPPLIER_VECTORS, problem);
    return status;
}

/* An input is told apart by its name and whether it is an indicator. */
static ieum_status check_inputs(const struct model *model, struct map *known, struct map *indicators, struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < model->input_count && status == IEUM_OK; i++) {
        status = check_name(model->inputs[i].indicator ? indicators : known, model->inputs[i].name, "inputs", i, problem);
        if (status == IEUM_OK && !isfinite(model->inputs[i].mean))
            status = refuse("/inputs", "입력의 평균이 수가 아닙니다.", "The mean of an input is not a number.", problem);
    }
    return status;
}

/* What each kind has: curves, a product term, libsvm's model. */
static ieum_status check_kind(const struct model *model, struct problem *problem) {
    const bool curves = model->kind == MODEL_LINEAR || model->kind == MODEL_ADDITIVE || model->kind == MODEL_MIXED;
    const bool product = model->kind == MODEL_PAIRWISE || model->kind == MODEL_MIXED, svm = model->kind == MODEL_LIBSVM;
    const struct product_term *term = &model->product;
    if (model->kind >= MODEL_KINDS) return refuse("/kind", "모형의 종류를 알 수 없습니다.", "The kind of the model is not known.", problem);
    if ((model->feature_count > 0) != curves || (term->count > 0) != product || (!product && (term->demand.count > 0 || term->supplier.count > 0)) ||
        (model->svm != NULL) != svm || (model->input_count > 0) != svm || (model->kind == MODEL_RUBRIC && !model->program))
        return problem_set(problem, IEUM_INVALID, "/kind", "모형의 내용이 종류 '%s'와(과) 맞지 않습니다.", "What the model holds does not go with its kind '%s'.",
                           model_kind_names[model->kind]);
    return IEUM_OK;
}

static ieum_status check_card(const jval *card, struct problem *problem) {
    const struct jpath root = {NULL, NULL, 0}, at = {&root, "card", 0}, data_at = {&at, "data", 0};
    const jval *data = NULL;
    const char *text;
    if (!jval_is(card, JVAL_OBJECT)) return refuse("/card", "모형의 카드가 없습니다.", "The model has no card.", problem);
    ieum_status status = field_object(card, &at, "data", true, &data, problem);
    if (status == IEUM_OK) status = field_text(data, &data_at, "ko", true, &text, problem);
    if (status == IEUM_OK) status = field_text(data, &data_at, "en", true, &text, problem);
    return status;
}

static ieum_status check_head(const struct model *model, struct problem *problem) {
    if (!model->id || !model_id_valid(model->id))
        return refuse("/id", "모형의 이름은 영문자, 숫자, '.', '_', '-' 64자까지입니다.", "A model's id is letters, digits, '.', '_' and '-', at most 64.", problem);
    if ((model->program != NULL) != (model->program_version != NULL) ||
        (model->program && (!model_id_valid(model->program) || !model->program_version[0] || !utf8_valid(model->program_version, strlen(model->program_version)))))
        return refuse("/program", "사업의 이름이나 판이 올바르지 않습니다.", "The program's id or version is not right.", problem);
    if (!isfinite(model->bias) || !isfinite(model->platt.a) || !isfinite(model->platt.b))
        return refuse("/arrays/numbers", "모형에 무한대이거나 수가 아닌 값이 들어 있습니다.", "The model holds a number that is infinite or no number.", problem);
    return IEUM_OK;
}

ieum_status model_check(const struct model *model, struct problem *problem) {
    struct map *names[5] = {NULL};
    struct model_layout layout;
    ieum_status status = check_head(model, problem);
    for (size_t i = 0; i < 5 && status == IEUM_OK; i++)
        if (!(names[i] = map_new())) status = problem_set_memory(problem);
    if (status == IEUM_OK) status = check_kind(model, problem);
    if (status == IEUM_OK && !model_layout_of(model, &layout))
        status = problem_set(problem, IEUM_LIMIT, "", "모형이 너무 큽니다.", "The model is too large.");
    if (status == IEUM_OK) status = check_features(model, names[0], problem);
    if (status == IEUM_OK) status = check_encoding(&model->product.demand, names[1], "demand", problem);
    if (status == IEUM_OK) status = check_encoding(&model->product.supplier, names[2], "supplier", problem);
    if (status == IEUM_OK) status = check_product(&model->product, problem);
    if (status == IEUM_OK) status = check_inputs(model, names[3], names[4], problem);
    if (status == IEUM_OK && model->svm) status = model_svm_check(model->svm, model->input_count, problem);
    if (status == IEUM_OK) status = check_card(model->card, problem);
    for (size_t i = 0; i < 5; i++) map_free(names[i]);
    return status;
}
