/* SPDX-License-Identifier: Apache-2.0 */
/* One question of the questionnaire: its texts and what its answers earn. Must not look at any answer. */
#include <math.h>

#include "../program/section.h"
#include "readiness_parts.h"

/* The best answer earns all points of the question: otherwise 100 could not be reached, or would be passed. */
static ieum_status check_best(double best, const struct readiness_question *question, const struct jpath *at, const char *key, struct problem *problem) {
    if (fabs(best - question->points) <= 1e-9) return IEUM_OK;
    return jval_refuse(problem, &(struct jpath){at, key, 0}, NULL, "points", "가장 높은 답의 점수가 문항의 배점과 같아야 합니다.", "The best answer must earn the question's points.");
}

static ieum_status read_choices(const jval *json, const struct jpath *at, struct arena *arena, struct readiness_question *question, struct problem *problem) {
    static const char *const known[] = {"id", "points", "ko", "en"};
    const struct jpath list_at = {at, "choices", 0};
    const jval *list = NULL;
    double best = 0;
    ieum_status status = read_filled_list(json, at, "choices", 2, &list, problem);
    struct question_choice *choices = arena_allocate_zero(arena, jval_count(list), sizeof *choices);
    const char **ids = arena_allocate_zero(arena, jval_count(list), sizeof *ids);
    if (status == IEUM_OK && (!choices || !ids)) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const struct jpath item = {&list_at, NULL, i};
        const jval *one = jval_at(list, i);
        status = object_check(one, &item, known, 4, problem);
        if (status == IEUM_OK) status = read_new_id(one, &item, ids, i, &ids[i], problem);
        if (status == IEUM_OK) status = field_number(one, &item, "points", true, 0, question->points, &choices[i].points, problem);
        if (status == IEUM_OK) status = read_both_languages(one, &item, &choices[i].text, problem);
        if (status != IEUM_OK) break;
        choices[i].id = ids[i];
        best = fmax(best, choices[i].points);
    }
    question->choices = choices;
    question->choice_count = jval_count(list);
    return status == IEUM_OK ? check_best(best, question, at, "choices", problem) : status;
}

static ieum_status read_bands(const jval *json, const struct jpath *at, struct arena *arena, struct readiness_question *question, struct problem *problem) {
    static const char *const known[] = {"from", "points"};
    const struct jpath list_at = {at, "bands", 0};
    const jval *list = NULL;
    double best = 0;
    ieum_status status = text2_read(json, at, "unit", true, &question->unit, problem);
    if (status == IEUM_OK) status = field_number(json, at, "least", true, -1e9, 1e9, &question->least, problem);
    if (status == IEUM_OK) status = field_number(json, at, "most", true, question->least, 1e9, &question->most, problem);
    if (status == IEUM_OK) status = read_filled_list(json, at, "bands", 2, &list, problem);
    struct question_band *bands = arena_allocate_zero(arena, jval_count(list), sizeof *bands);
    if (status == IEUM_OK && !bands) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const struct jpath item = {&list_at, NULL, i};
        const jval *one = jval_at(list, i);
        status = object_check(one, &item, known, 2, problem);
        if (status == IEUM_OK) status = field_number(one, &item, "from", true, question->least, question->most, &bands[i].from, problem);
        if (status == IEUM_OK && (i ? bands[i].from <= bands[i - 1].from : bands[i].from != question->least))
            status = jval_refuse(problem, &(struct jpath){&item, "from", 0}, jval_get(one, "from"), i ? NULL : "least", "구간은 least에서 시작하여 차례로 높아져야 합니다.",
                                 "Bands begin at least and rise.");
        if (status == IEUM_OK) status = field_number(one, &item, "points", true, 0, question->points, &bands[i].points, problem);
        best = fmax(best, bands[i].points);
    }
    question->bands = bands;
    question->band_count = jval_count(list);
    return status == IEUM_OK ? check_best(best, question, at, "bands", problem) : status;
}

static ieum_status make_yesno(struct arena *arena, struct readiness_question *question, struct problem *problem) {
    struct question_choice *choices = arena_allocate_zero(arena, 2, sizeof *choices);
    if (!choices) return problem_set_memory(problem);
    choices[0] = (struct question_choice){"yes", {"예", "Yes"}, question->points};
    choices[1] = (struct question_choice){"no", {"아니요", "No"}, 0};
    question->choices = choices;
    question->choice_count = 2;
    return IEUM_OK;
}

ieum_status question_read(const jval *json, const struct jpath *at, struct arena *arena, struct readiness_question *question, struct problem *problem) {
    static const char *const known[] = {"id", "kind", "points", "text", "maker", "why", "choices", "unit", "least", "most", "bands"};
    static const size_t counts[QUESTION_KINDS] = {7, 6, 6}; /* of `known`: what every kind has, and choices */
    size_t kind = 0;
    ieum_status status = field_choice(json, at, "kind", true, question_kind_names, QUESTION_KINDS, &kind, problem);
    question->kind = (enum question_kind)kind;
    const char *members[10];
    size_t count = 0;
    for (; count < counts[kind]; count++) members[count] = known[count];
    if (kind == QUESTION_NUMBER)
        for (size_t i = 7; i < 11; i++) members[count++] = known[i];
    if (status == IEUM_OK) status = object_check(json, at, members, count, problem);
    if (status == IEUM_OK) status = field_number(json, at, "points", true, 0, 100, &question->points, problem);
    if (status == IEUM_OK && question->points <= 0)
        status = jval_refuse(problem, &(struct jpath){at, "points", 0}, jval_get(json, "points"), "> 0", "배점은 0보다 커야 합니다.", "Points must be more than 0.");
    if (status == IEUM_OK) status = text2_read(json, at, "text", true, &question->text, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "maker", false, &question->maker, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "why", true, &question->why, problem);
    if (status != IEUM_OK) return status;
    if (kind == QUESTION_CHOICE) return read_choices(json, at, arena, question, problem);
    return kind == QUESTION_NUMBER ? read_bands(json, at, arena, question, problem) : make_yesno(arena, question, problem);
}
