/* SPDX-License-Identifier: Apache-2.0 */
/* Features, criteria and parameters that do nothing, or something other than they seem to. See examine.h. */
#include <string.h>

#include "examine_parts.h"
#include "section.h"

static const struct jpath root = {NULL, NULL, 0};
static const struct jpath features_at = {&root, "features", 0}, criteria_at = {&root, "criteria", 0}, parameters_at = {&root, "parameters", 0};

/* The features of a criterion as they stand in the file. */
static const jval *parts_of(const jval *criterion) { return jval_get(criterion, "features"); }

static bool feature_used(const struct examiner *it, const char *id) {
    const jval *criteria = jval_get(it->file, "criteria");
    for (size_t c = 0; c < jval_count(criteria); c++)
        for (size_t p = 0; p < jval_count(parts_of(jval_at(criteria, c))); p++)
            if (id_same(jval_get_text(jval_at(parts_of(jval_at(criteria, c)), p), "feature"), id)) return true;
    return false;
}

static void examine_features(const struct examiner *it) {
    const jval *features = jval_get(it->file, "features");
    for (size_t i = 0; i < jval_count(features) && i < COMPARED_MOST; i++) {
        const jval *one = jval_at(features, i), *kind = jval_get(one, "kind");
        const struct jpath at = {&features_at, NULL, i}, id_at = {&at, "id", 0}, kind_at = {&at, "kind", 0};
        const char *id = jval_get_text(one, "id");
        /* A learned model reads all features, also those without points. */
        if (id && !feature_used(it, id) && it->program->model && strcmp(it->program->model, "rubric") == 0)
            examine_oddity(it, (struct finding_at){"feature_unused", &id_at, jval_get(one, "id"), "criteria"}, "어느 평가 항목도 쓰지 않는 특성값입니다.",
                           "No criterion uses this feature.");
        for (size_t k = 0; k < i && k < COMPARED_MOST && kind; k++)
            if (jval_equal(jval_get(jval_at(features, k), "kind"), kind) && examine_same(jval_at(features, k), one, "options"))
                examine_oddity(it, (struct finding_at){"feature_same", &kind_at, kind, NULL}, "앞의 특성값과 종류와 설정이 같아 값이 늘 같습니다.",
                               "This feature has the kind and options of one above it: their values are always equal.");
    }
}

static void examine_part(const struct examiner *it, const jval *parts, size_t index, const struct jpath *list_at) {
    const jval *part = jval_at(parts, index), *feature = jval_get(part, "feature"), *weight = jval_get(part, "weight"), *missing = jval_get(part, "missing");
    const struct jpath at = {list_at, NULL, index};
    if (weight && jval_number(weight) == 0)
        examine_oddity(it, (struct finding_at){"weight_zero", &(struct jpath){&at, "weight", 0}, weight, "> 0"}, "비중이 0이어서 점수에 들어가지 않습니다.",
                       "A weight of 0 earns nothing.");
    if (missing && jval_number(missing) == 1)
        examine_oddity(it, (struct finding_at){"missing_earns_all", &(struct jpath){&at, "missing", 0}, missing, "< 1"},
                       "값이 없으면 만점을 받습니다. 적지 않은 쪽이 유리해집니다.", "An absent value earns all the points: who states nothing is better off.");
    for (size_t k = 0; k < index && feature; k++)
        if (jval_equal(jval_get(jval_at(parts, k), "feature"), feature))
            examine_error(it, (struct finding_at){"feature_twice", &(struct jpath){&at, "feature", 0}, feature, NULL}, "한 평가 항목에 같은 특성값을 두 번 적었습니다.",
                          "This criterion has the feature twice.");
}

static void examine_criteria(const struct examiner *it) {
    const jval *criteria = jval_get(it->file, "criteria");
    bool fit = false, read = jval_count(criteria) > 0;
    for (size_t i = 0; i < jval_count(criteria); i++) {
        const jval *one = jval_at(criteria, i), *points = jval_get(one, "points");
        const struct jpath at = {&criteria_at, NULL, i}, parts_at = {&at, "features", 0};
        fit = fit || jval_true(jval_get(one, "fit"));
        read = read && jval_get(one, "fit");
        if (points && jval_number(points) == 0)
            examine_oddity(it, (struct finding_at){"points_zero", &(struct jpath){&at, "points", 0}, points, "> 0"}, "배점이 0점인 평가 항목입니다.", "This criterion has no points.");
        for (size_t p = 0; p < jval_count(parts_of(one)); p++) examine_part(it, parts_of(one), p, &parts_at);
    }
    if (read && !fit)
        examine_oddity(it, (struct finding_at){"no_fit", &criteria_at, NULL, "\"fit\": true"}, "적합도 항목(fit)이 하나도 없어 적합도만으로는 순위를 매길 수 없습니다.",
                       "No criterion is one of fit, so nothing can be ranked by fit alone.");
}

static bool parameter_named(const jval *value, const char *id, bool top) {
    if (jval_is(value, JVAL_OBJECT) && jval_count(value) == 1 && id_same(jval_get_text(value, "parameter"), id)) return true;
    for (size_t i = 0; jval_is(value, JVAL_ARRAY) && i < jval_count(value); i++)
        if (parameter_named(jval_at(value, i), id, false)) return true;
    for (void *i = jval_is(value, JVAL_OBJECT) ? jval_first(value) : NULL; i; i = jval_next(value, i))
        if (!(top && strcmp(jval_key(i), "parameters") == 0) && parameter_named(jval_value(i), id, false)) return true;
    return false;
}

/* A value that refers to another parameter, or has such a reference in it. */
static bool refers(const jval *value) {
    bool found = jval_is(value, JVAL_OBJECT) && jval_count(value) == 1 && jval_get_text(value, "parameter");
    for (size_t i = 0; jval_is(value, JVAL_ARRAY) && i < jval_count(value); i++) found = found || refers(jval_at(value, i));
    for (void *i = jval_is(value, JVAL_OBJECT) ? jval_first(value) : NULL; i; i = jval_next(value, i)) found = found || refers(jval_value(i));
    return found;
}

static void examine_parameters(const struct examiner *it) {
    for (size_t i = 0; i < it->program->parameter_count && i < COMPARED_MOST; i++) {
        const struct parameter *one = &it->program->parameters[i];
        const struct jpath at = {&parameters_at, NULL, i}, id_at = {&at, "id", 0}, value_at = {&at, "value", 0};
        const jval *id = jval_get(jval_at(jval_get(it->file, "parameters"), i), "id");
        if (refers(one->value))
            examine_error(it, (struct finding_at){"parameter_of_parameter", &value_at, one->value, NULL}, "매개변수의 값은 다른 매개변수를 가리킬 수 없습니다.",
                          "A parameter's value cannot refer to another parameter.");
        if (!one->id) continue;
        const bool used = parameter_named(it->program->json, one->id, true);
        if (!used && !one->record)
            examine_oddity(it, (struct finding_at){"parameter_unused", &id_at, id, "\"record\": true"},
                           "어디에서도 쓰지 않는 매개변수입니다. 기록으로만 남기려면 \"record\": true라고 적어 주세요.",
                           "Nothing uses this parameter. If it only keeps something on record, write \"record\": true.");
        if (used && one->record)
            examine_oddity(it, (struct finding_at){"record_used", &(struct jpath){&at, "record", 0}, NULL, NULL}, "기록으로만 남긴다고 적은 매개변수를 쓰고 있습니다.",
                           "This parameter is said to be on record only, but it is used.");
    }
}

void examine_points(const struct examiner *it) {
    examine_features(it);
    examine_criteria(it);
    examine_parameters(it);
}
