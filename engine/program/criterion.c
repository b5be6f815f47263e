/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see criterion.h. Must not know what a feature computes: kinds check their own options. */
#include "criterion.h"

#include <stdio.h>
#include <string.h>

#include "../base/problem_list.h"

#include "section.h"

#define KNOWN(names) (names), sizeof(names) / sizeof *(names)

static const double TOTAL_POINTS = 100, SUM_TOLERANCE = 1e-9;
static const struct jpath root = {NULL, NULL, 0};

static bool near(double a, double b) {
    double difference = a - b;
    return difference <= SUM_TOLERANCE && difference >= -SUM_TOLERANCE;
}

/* What was found is the sum: whoever mends the file wants to know how much is lacking. */
static ieum_status refuse_sum(double sum, const struct jpath *at, const char *expected, const char *ko, const char *en, struct problem *problem) {
    char text[32];
    ieum_status status = jval_refuse(problem, at, NULL, expected, ko, en);
    snprintf(text, sizeof text, "%.12g", sum);
    problem_set_value(problem, text);
    return status;
}

static ieum_status feature_read(const jval *json, const struct jpath *at, bool (*known_kind)(const char *kind),
                                struct feature_definition *feature, struct problem *problem) {
    static const char *const known[] = {"id", "kind", "options", "title"};
    ieum_status status = object_check(json, at, KNOWN(known), problem);
    if (status == IEUM_OK) status = problem_aside(problem, id_read(json, at, &feature->id, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_text(json, at, "kind", true, &feature->kind, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_object(json, at, "options", false, &feature->options, problem));
    if (status == IEUM_OK) status = problem_aside(problem, text2_read(json, at, "title", true, &feature->title, problem));
    if (status != IEUM_OK || known_kind == NULL || !feature->kind || known_kind(feature->kind)) return status;
    struct jpath kind_at = {at, "kind", 0};
    return jval_refuse(problem, &kind_at, jval_get(json, "kind"), "", "엔진에 없는 특성값 종류입니다.",
                       "The engine has no feature of this kind.");
}

static size_t feature_find(const struct feature_definition *features, size_t count, const char *id) {
    size_t i = 0;
    while (i < count && !id_same(features[i].id, id)) i++;
    return i;
}

static ieum_status features_read(const jval *resolved, bool (*known_kind)(const char *kind), struct program *program,
                                 struct problem *problem) {
    const jval *list = NULL;
    struct jpath list_at = {&root, "features", 0};
    ieum_status status = field_array(resolved, NULL, "features", true, &list, problem);
    if (status != IEUM_OK) return status;
    program->features = arena_allocate_zero(program->arena, jval_count(list) + 1, sizeof *program->features);
    if (program->features == NULL) return problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list); i++) {
        struct jpath at = {&list_at, NULL, i};
        status = problem_aside(problem, feature_read(jval_at(list, i), &at, known_kind, &program->features[i], problem));
        if (status == IEUM_OK && feature_find(program->features, i, program->features[i].id) < i)
            status = problem_aside(problem, id_refuse_twice(jval_get(jval_at(list, i), "id"), &at, problem));
        if (status != IEUM_OK) return status;
    }
    program->feature_count = jval_count(list);
    return IEUM_OK;
}

static ieum_status part_read(const jval *json, const struct jpath *at, const struct program *program,
                             struct criterion_part *part, struct problem *problem) {
    static const char *const known[] = {"feature", "weight", "missing"};
    const char *id = NULL;
    ieum_status status = object_check(json, at, KNOWN(known), problem);
    if (status == IEUM_OK) status = field_text(json, at, "feature", true, &id, problem);
    if (status == IEUM_OK) status = field_number(json, at, "weight", true, 0, 1, &part->weight, problem);
    if (status == IEUM_OK) status = field_number(json, at, "missing", true, 0, 1, &part->missing, problem);
    if (status != IEUM_OK) return status;
    part->feature = feature_find(program->features, program->feature_count, id);
    if (part->feature < program->feature_count) return IEUM_OK;
    struct jpath feature_at = {at, "feature", 0};
    return jval_refuse(problem, &feature_at, jval_get(json, "feature"), "", "'features'에 없는 특성값입니다.",
                       "There is no such feature among \"features\".");
}

static ieum_status parts_read(const jval *json, const struct jpath *at, const struct program *program,
                              struct criterion *criterion, struct problem *problem) {
    const jval *list = NULL;
    double sum = 0;
    const size_t before = problem_aside_count(problem);
    struct jpath list_at = {at, "features", 0};
    ieum_status status = field_array(json, at, "features", true, &list, problem);
    if (status != IEUM_OK) return status;
    struct criterion_part *parts = arena_allocate_zero(program->arena, jval_count(list) + 1, sizeof *parts);
    if (parts == NULL) return problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list); i++) {
        struct jpath part_at = {&list_at, NULL, i};
        status = problem_aside(problem, part_read(jval_at(list, i), &part_at, program, &parts[i], problem));
        if (status != IEUM_OK) return status;
        sum += parts[i].weight;
    }
    if (problem_aside_count(problem) != before) return IEUM_OK; /* what cannot be read cannot be added up */
    if (!near(sum, 1))
        return refuse_sum(sum, &list_at, "1", "이 평가 항목에 속한 특성값의 비중(weight)을 더하면 1이 되어야 합니다.",
                          "The weights of this criterion's features must sum to 1.", problem);
    criterion->parts = parts;
    criterion->part_count = jval_count(list);
    return IEUM_OK;
}

static ieum_status criterion_read(const jval *json, const struct jpath *at, const struct program *program,
                                  struct criterion *criterion, struct problem *problem) {
    static const char *const known[] = {"id", "title", "points", "fit", "features", "source"};
    ieum_status status = object_check(json, at, KNOWN(known), problem);
    if (status == IEUM_OK) status = problem_aside(problem, id_read(json, at, &criterion->id, problem));
    if (status == IEUM_OK) status = problem_aside(problem, text2_read(json, at, "title", true, &criterion->title, problem));
    if (status == IEUM_OK)
        status = problem_aside(problem, field_number(json, at, "points", true, 0, TOTAL_POINTS, &criterion->points, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_bool(json, at, "fit", true, &criterion->fit, problem));
    if (status == IEUM_OK) status = problem_aside(problem, parts_read(json, at, program, criterion, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_text(json, at, "source", true, &criterion->source, problem));
    return status;
}

static size_t criterion_find(const struct criterion *criteria, size_t count, const char *id) {
    size_t i = 0;
    while (i < count && !id_same(criteria[i].id, id)) i++;
    return i;
}

ieum_status criteria_read(const jval *resolved, bool (*known_kind)(const char *kind), struct program *program,
                          struct problem *problem) {
    const jval *list = NULL;
    struct jpath list_at = {&root, "criteria", 0};
    bool whole = true;
    ieum_status status = problem_aside(problem, features_read(resolved, known_kind, program, problem));
    if (status == IEUM_OK) status = field_array(resolved, NULL, "criteria", true, &list, problem);
    if (status != IEUM_OK) return status;
    program->criteria = arena_allocate_zero(program->arena, jval_count(list) + 1, sizeof *program->criteria);
    if (program->criteria == NULL) return problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list); i++) {
        struct jpath at = {&list_at, NULL, i};
        program->criteria[i].points = -1; /* not read yet */
        status = problem_aside(problem, criterion_read(jval_at(list, i), &at, program, &program->criteria[i], problem));
        if (status == IEUM_OK && criterion_find(program->criteria, i, program->criteria[i].id) < i)
            status = problem_aside(problem, id_refuse_twice(jval_get(jval_at(list, i), "id"), &at, problem));
        if (status != IEUM_OK) return status;
        whole = whole && program->criteria[i].points >= 0;
        program->points_total += program->criteria[i].points;
    }
    program->criterion_count = jval_count(list);
    if (whole && !near(program->points_total, TOTAL_POINTS))
        return refuse_sum(program->points_total, &list_at, "100", "평가 항목의 배점을 더하면 100점이 되어야 합니다.", "The points of the criteria must sum to 100.", problem);
    return IEUM_OK;
}
