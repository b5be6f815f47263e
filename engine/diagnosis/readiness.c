/* SPDX-License-Identifier: Apache-2.0 */
#include "readiness.h"

#include <math.h>
#include <string.h>

#include "../program/section.h"
#include "readiness_parts.h"

const char *const question_kind_names[QUESTION_KINDS] = {"choice", "yesno", "number"};

static const struct jpath root = {NULL, NULL, 0};

struct text2 readiness_wording(struct text2 text, struct text2 maker, bool makes_goods) { return makes_goods && maker.ko ? maker : text; }

size_t readiness_area_find(const struct readiness *readiness, const char *id) {
    for (size_t a = 0; a < readiness->area_count; a++)
        if (strcmp(readiness->areas[a].id, id) == 0) return a;
    return SIZE_MAX;
}

/* ---- the head ---- */

static ieum_status read_reference(struct readiness *readiness, struct problem *problem) {
    static const char *const known[] = {"value", "text", "source"};
    const struct jpath at = {&root, "reference", 0};
    const jval *reference = NULL;
    ieum_status status = field_object(readiness->json, NULL, "reference", true, &reference, problem);
    if (status == IEUM_OK) status = object_check(reference, &at, known, 3, problem);
    if (status == IEUM_OK) status = field_number(reference, &at, "value", true, 0, 100, &readiness->reference, problem);
    if (status == IEUM_OK) status = text2_read(reference, &at, "text", true, &readiness->reference_text, problem);
    return status == IEUM_OK ? field_text(reference, &at, "source", true, &readiness->reference_source, problem) : status;
}

static ieum_status read_makers(struct readiness *readiness, struct problem *problem) {
    const struct jpath at = {&root, "makers", 0};
    struct ksic code;
    ieum_status status = field_text_list(readiness->json, NULL, "makers", true, readiness->arena, &readiness->makers, problem);
    for (size_t i = 0; i < readiness->makers.count && status == IEUM_OK; i++)
        if (!ksic_read(readiness->makers.items[i], 0, &code))
            status = jval_refuse(problem, &(struct jpath){&at, NULL, i}, jval_at(jval_get(readiness->json, "makers"), i), "C, C20",
                                 "표준산업분류 코드가 아닙니다.", "This is no KSIC code.");
    return status;
}

static ieum_status read_stage(const jval *json, const struct jpath *at, struct readiness *readiness, const char **ids, struct problem *problem) {
    static const char *const known[] = {"id", "from", "title", "text"};
    struct readiness_stage *stage = &readiness->stages[readiness->stage_count];
    ieum_status status = object_check(json, at, known, 4, problem);
    if (status == IEUM_OK) status = read_new_id(json, at, ids, readiness->stage_count, &stage->id, problem);
    if (status == IEUM_OK) status = field_number(json, at, "from", true, 0, 100, &stage->from, problem);
    if (status == IEUM_OK && (readiness->stage_count ? stage->from <= stage[-1].from : stage->from != 0))
        status = jval_refuse(problem, &(struct jpath){at, "from", 0}, jval_get(json, "from"), readiness->stage_count ? NULL : "0",
                             "단계는 0점에서 시작하여 차례로 높아져야 합니다.", "Stages begin at 0 points and rise.");
    if (status == IEUM_OK) status = text2_read(json, at, "title", true, &stage->title, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "text", true, &stage->text, problem);
    if (status == IEUM_OK) ids[readiness->stage_count++] = stage->id;
    return status;
}

static ieum_status read_stages(struct readiness *readiness, struct problem *problem) {
    const struct jpath at = {&root, "stages", 0};
    const jval *list = NULL;
    ieum_status status = read_filled_list(readiness->json, NULL, "stages", 1, &list, problem);
    const char **ids = arena_allocate_zero(readiness->arena, jval_count(list), sizeof *ids);
    readiness->stages = arena_allocate_zero(readiness->arena, jval_count(list), sizeof *readiness->stages);
    if (status == IEUM_OK && (!ids || !readiness->stages)) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++)
        status = read_stage(jval_at(list, i), &(struct jpath){&at, NULL, i}, readiness, ids, problem);
    return status == IEUM_OK ? text2_read(readiness->json, &root, "stages_source", true, &readiness->stages_source, problem) : status;
}

/* ---- areas ---- */

static ieum_status read_advice(const jval *json, const struct jpath *at, struct readiness_area *area, struct arena *arena, struct problem *problem) {
    static const char *const known[] = {"below", "ko", "en"};
    const struct jpath list_at = {at, "advice", 0};
    const jval *list = NULL;
    ieum_status status = read_filled_list(json, at, "advice", 1, &list, problem);
    struct area_advice *advice = arena_allocate_zero(arena, jval_count(list), sizeof *advice);
    if (status == IEUM_OK && !advice) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const struct jpath item = {&list_at, NULL, i};
        const jval *one = jval_at(list, i);
        status = object_check(one, &item, known, 3, problem);
        if (status == IEUM_OK) status = field_number(one, &item, "below", true, 0, 100, &advice[i].below, problem);
        if (status == IEUM_OK && i && advice[i].below <= advice[i - 1].below)
            status = jval_refuse(problem, &(struct jpath){&item, "below", 0}, jval_get(one, "below"), NULL, "차례로 커져야 합니다.", "These must rise.");
        if (status == IEUM_OK) status = read_both_languages(one, &item, &advice[i].text, problem);
    }
    area->advice = advice;
    area->advice_count = jval_count(list);
    return status;
}

/* How many questions the areas have, as far as they can be counted. */
static size_t count_questions(const jval *areas) {
    size_t count = 0;
    for (size_t a = 0; a < jval_count(areas); a++) count += jval_count(jval_get(jval_at(areas, a), "questions"));
    return count;
}

static ieum_status read_area(const jval *json, const struct jpath *at, struct readiness *readiness, const char **area_ids, const char **question_ids,
                             struct problem *problem) {
    static const char *const known[] = {"id", "title", "maker", "advice", "questions"};
    const struct jpath list_at = {at, "questions", 0};
    struct readiness_area *area = &readiness->areas[readiness->area_count];
    const jval *list = NULL;
    area->first = readiness->question_count;
    ieum_status status = object_check(json, at, known, 5, problem);
    if (status == IEUM_OK) status = read_new_id(json, at, area_ids, readiness->area_count, &area->id, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "title", true, &area->title, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "maker", false, &area->maker, problem);
    if (status == IEUM_OK) status = read_advice(json, at, area, readiness->arena, problem);
    if (status == IEUM_OK) status = read_filled_list(json, at, "questions", 1, &list, problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        struct readiness_question *question = &readiness->questions[readiness->question_count];
        const struct jpath item = {&list_at, NULL, i};
        question->area = readiness->area_count;
        status = read_new_id(jval_at(list, i), &item, question_ids, readiness->question_count, &question->id, problem);
        if (status == IEUM_OK) status = question_read(jval_at(list, i), &item, readiness->arena, question, problem);
        if (status != IEUM_OK) break;
        question_ids[readiness->question_count++] = question->id;
        area->points += question->points;
        area->count++;
    }
    if (status == IEUM_OK) area_ids[readiness->area_count++] = area->id;
    return status;
}

static ieum_status read_areas(struct readiness *readiness, struct problem *problem) {
    const struct jpath at = {&root, "areas", 0};
    const jval *list = NULL;
    ieum_status status = read_filled_list(readiness->json, NULL, "areas", 1, &list, problem);
    if (status != IEUM_OK) return status;
    const size_t questions = count_questions(list);
    const char **area_ids = arena_allocate_zero(readiness->arena, jval_count(list), sizeof *area_ids);
    const char **question_ids = arena_allocate_zero(readiness->arena, questions + 1, sizeof *question_ids);
    readiness->areas = arena_allocate_zero(readiness->arena, jval_count(list), sizeof *readiness->areas);
    readiness->questions = arena_allocate_zero(readiness->arena, questions + 1, sizeof *readiness->questions);
    if (!area_ids || !question_ids || !readiness->areas || !readiness->questions) return problem_set_memory(problem);
    double total = 0;
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        status = read_area(jval_at(list, i), &(struct jpath){&at, NULL, i}, readiness, area_ids, question_ids, problem);
        if (status == IEUM_OK) total += readiness->areas[i].points;
    }
    if (status == IEUM_OK && fabs(total - 100) > 1e-9) {
        status = problem_set(problem, IEUM_INVALID, "/areas", "모든 문항의 배점을 더하면 100이어야 합니다. 지금은 %g입니다.", "The points of all questions must add up to 100; they add up to %g.", total);
        problem_set_expected(problem, "100");
    }
    return status;
}

ieum_status readiness_load(const char *path, struct readiness *readiness, struct problem *problem) {
    static const char *const known[] = {"makers", "least_answered", "reference", "stages", "stages_source", "areas"};
    *readiness = (struct readiness){.arena = arena_new()};
    ieum_status status = readiness->arena ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK) status = diagnosis_file_read(path, "readiness", known, 6, &readiness->json, &readiness->head, problem);
    if (status == IEUM_OK) status = read_makers(readiness, problem);
    if (status == IEUM_OK) status = field_number(readiness->json, NULL, "least_answered", true, 0, 100, &readiness->least_answered, problem);
    if (status == IEUM_OK) status = read_reference(readiness, problem);
    if (status == IEUM_OK) status = read_stages(readiness, problem);
    if (status == IEUM_OK) status = read_areas(readiness, problem);
    if (status == IEUM_OK) return IEUM_OK;
    problem_set_place(problem, path, 0, 0);
    readiness_free(readiness);
    return status;
}

void readiness_free(struct readiness *readiness) {
    arena_free(readiness->arena);
    jval_free(readiness->json);
    *readiness = (struct readiness){0};
}
