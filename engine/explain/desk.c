/* SPDX-License-Identifier: Apache-2.0 */
#include "desk.h"

#include <math.h>

#include "../adapt/json_file.h"

enum { LARGEST_FILE = 1 << 20, MOST_SUPPLIERS = 1000, MOST_ANSWERS = 16, MOST_QUESTIONS = 16 };

static ieum_status read_text2(const jval *object, const struct jpath *at, struct arena *arena, struct text2 *text, struct problem *problem) {
    const char *ko = NULL, *en = NULL;
    ieum_status status = field_text(object, at, "ko", true, &ko, problem);
    if (status == IEUM_OK) status = field_text(object, at, "en", true, &en, problem);
    if (status != IEUM_OK) return status;
    *text = (struct text2){arena_copy_text(arena, ko), arena_copy_text(arena, en)};
    return text->ko && text->en ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status read_facets(const jval *questions, const struct jpath *at, struct desk *desk, struct problem *problem) {
    static const char *const known[] = {"facet", "ko", "en"};
    const struct jpath list_at = {at, "facets", 0};
    const jval *list = NULL;
    ieum_status status = field_array(questions, at, "facets", true, &list, problem);
    for (size_t i = 0; status == IEUM_OK && i < jval_count(list); i++) {
        const struct jpath item = {&list_at, NULL, i};
        size_t facet = 0;
        status = field_refuse_unknown(jval_at(list, i), &item, known, 3, problem);
        if (status == IEUM_OK) status = field_choice(jval_at(list, i), &item, "facet", true, facet_names, FACETS, &facet, problem);
        if (status == IEUM_OK && desk->facets[facet].asked)
            status = jval_refuse(problem, &(struct jpath){&item, "facet", 0}, jval_get(jval_at(list, i), "facet"), NULL,
                                 "이 갈래의 물음은 이미 있습니다.", "There is a question of this facet already.");
        if (status == IEUM_OK) status = read_text2(jval_at(list, i), &item, desk->arena, &desk->facets[facet].text, problem);
        desk->facets[facet].asked = true;
    }
    return status;
}

static ieum_status read_questions(const jval *json, struct desk *desk, struct problem *problem) {
    static const char *const known[] = {"suppliers", "answers", "most", "shows", "least_bits", "facets"};
    const struct jpath root = {NULL, NULL, 0}, at = {&root, "questions", 0};
    const jval *questions = NULL;
    int64_t suppliers = 0, answers = 0, most = 0, shows = 0;
    ieum_status status = field_object(json, NULL, "questions", true, &questions, problem);
    if (status == IEUM_OK) status = field_refuse_unknown(questions, &at, known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = field_integer(questions, &at, "suppliers", true, 2, MOST_SUPPLIERS, &suppliers, problem);
    if (status == IEUM_OK) status = field_integer(questions, &at, "answers", true, 2, MOST_ANSWERS, &answers, problem);
    if (status == IEUM_OK) status = field_integer(questions, &at, "most", true, 1, MOST_QUESTIONS, &most, problem);
    if (status == IEUM_OK) status = field_integer(questions, &at, "shows", true, 1, MOST_SUPPLIERS, &shows, problem);
    if (status == IEUM_OK) status = field_number(questions, &at, "least_bits", true, 0, 16, &desk->least_bits, problem);
    desk->suppliers = (size_t)suppliers;
    desk->answers = (size_t)answers;
    desk->most = (size_t)most;
    desk->shows = (size_t)shows;
    return status == IEUM_OK ? read_facets(questions, &at, desk, problem) : status;
}

static ieum_status read_cases(const jval *json, struct desk *desk, struct problem *problem) {
    static const char *const known[] = {"text", "meaning", "least"};
    const struct jpath root = {NULL, NULL, 0}, at = {&root, "cases", 0};
    const jval *cases = NULL;
    ieum_status status = field_object(json, NULL, "cases", true, &cases, problem);
    if (status == IEUM_OK) status = field_refuse_unknown(cases, &at, known, 3, problem);
    if (status == IEUM_OK) status = field_number(cases, &at, "text", true, 0, 1, &desk->case_text, problem);
    if (status == IEUM_OK) status = field_number(cases, &at, "meaning", true, 0, 1, &desk->case_meaning, problem);
    if (status == IEUM_OK && fabs(desk->case_text + desk->case_meaning - 1) > 1e-9)
        status = jval_refuse(problem, &(struct jpath){&at, "meaning", 0}, jval_get(cases, "meaning"), "1 − text",
                             "text와 meaning을 더하면 1이어야 합니다.", "text and meaning must add up to 1.");
    return status == IEUM_OK ? field_number(cases, &at, "least", true, 0, 1, &desk->case_least, problem) : status;
}

static ieum_status read_servings(const jval *json, struct desk *desk, struct problem *problem) {
    static const char *const known[] = {"examination", "note"};
    const struct jpath root = {NULL, NULL, 0}, at = {&root, "servings", 0};
    const jval *servings = NULL;
    ieum_status status = field_object(json, NULL, "servings", true, &servings, problem);
    if (status == IEUM_OK) status = field_refuse_unknown(servings, &at, known, 2, problem);
    return status == IEUM_OK ? field_number(servings, &at, "examination", true, 0, 4, &desk->examination, problem) : status;
}

static ieum_status read_understood(const jval *json, struct desk *desk, struct problem *problem) {
    static const char *const cues[UNDERSTOOD_CUES] = {"bias", "name", "says", "title", "business", "business_industry", "data", "data_data", "weight", "root", "rank"};
    static const char *const known[] = {"least", "facets", "cues", "note"};
    const struct jpath root = {NULL, NULL, 0}, at = {&root, "understood", 0}, cues_at = {&at, "cues", 0}, facets_at = {&at, "facets", 0};
    const jval *understood = NULL, *list = NULL, *facets = NULL;
    ieum_status status = field_object(json, NULL, "understood", true, &understood, problem);
    if (status == IEUM_OK) status = field_refuse_unknown(understood, &at, known, 4, problem);
    if (status == IEUM_OK) status = field_number(understood, &at, "least", true, 0, 1, &desk->understood_least, problem);
    if (status == IEUM_OK) status = field_object(understood, &at, "cues", true, &list, problem);
    if (status == IEUM_OK) status = field_refuse_unknown(list, &cues_at, cues, UNDERSTOOD_CUES, problem);
    for (size_t i = 0; i < UNDERSTOOD_CUES && status == IEUM_OK; i++)
        status = field_number(list, &cues_at, cues[i], true, -100, 100, &desk->understood[i], problem);
    if (status == IEUM_OK) status = field_object(understood, &at, "facets", true, &facets, problem);
    if (status == IEUM_OK) status = field_refuse_unknown(facets, &facets_at, facet_names, FACETS, problem);
    for (size_t i = 0; i < FACETS && status == IEUM_OK; i++)
        status = field_number(facets, &facets_at, facet_names[i], true, -100, 100, &desk->understood_facets[i], problem);
    return status;
}

ieum_status desk_load(const char *path, struct desk *desk, struct problem *problem) {
    static const char *const known[] = {"desk", "version", "effective", "source", "note", "questions", "cases", "servings", "understood"};
    jval *json = NULL;
    const char *text = NULL;
    *desk = (struct desk){.arena = arena_new()};
    ieum_status status = desk->arena ? json_file_read(path, NULL, LARGEST_FILE, &json, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = field_refuse_unknown(json, NULL, known, sizeof known / sizeof *known, problem);
    for (size_t i = 0; i < 3 && status == IEUM_OK; i++) status = field_text(json, NULL, known[i], true, &text, problem);
    if (status == IEUM_OK) status = read_questions(json, desk, problem);
    if (status == IEUM_OK) status = read_cases(json, desk, problem);
    if (status == IEUM_OK) status = read_servings(json, desk, problem);
    if (status == IEUM_OK) status = read_understood(json, desk, problem);
    if (status != IEUM_OK) {
        json_file_place(path, NULL, problem);
        desk_free(desk);
    }
    jval_free(json);
    return status;
}

void desk_free(struct desk *desk) {
    arena_free(desk->arena);
    *desk = (struct desk){0};
}
