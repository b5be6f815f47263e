/* SPDX-License-Identifier: Apache-2.0 */
#include "ethics.h"

#include <string.h>

#include "../program/section.h"

static const struct jpath root = {NULL, NULL, 0};

typedef ieum_status (*element_reader)(const jval *json, const struct jpath *at, struct ethics *ethics, size_t index, const char **ids, struct problem *problem);

/* The list `key`, each element read into the place that was made for it. */
static ieum_status read_list(struct ethics *ethics, const char *key, element_reader read, struct problem *problem) {
    const struct jpath at = {&root, key, 0};
    const jval *list = jval_get(ethics->json, key);
    const char **ids = arena_allocate_zero(ethics->arena, jval_count(list), sizeof *ids);
    ieum_status status = ids ? IEUM_OK : problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        status = read_new_id(jval_at(list, i), &(struct jpath){&at, NULL, i}, ids, i, &ids[i], problem);
        if (status == IEUM_OK) status = read(jval_at(list, i), &(struct jpath){&at, NULL, i}, ethics, i, ids, problem);
    }
    return status;
}

static ieum_status count_list(const struct ethics *ethics, const char *key, size_t least, size_t *count, struct problem *problem) {
    const jval *list = NULL;
    ieum_status status = read_filled_list(ethics->json, NULL, key, least, &list, problem);
    *count = jval_count(list);
    return status;
}

static ieum_status read_principle(const jval *json, const struct jpath *at, struct ethics *ethics, size_t index, const char **ids, struct problem *problem) {
    static const char *const known[] = {"id", "title", "source"};
    struct ethics_principle *principle = &ethics->principles[index];
    principle->id = ids[index];
    ieum_status status = object_check(json, at, known, 3, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "title", true, &principle->title, problem);
    return status == IEUM_OK ? field_text(json, at, "source", true, &principle->source, problem) : status;
}

static ieum_status read_choice(const jval *json, const struct jpath *at, struct ethics *ethics, size_t index, const char **ids, struct problem *problem) {
    static const char *const known[] = {"id", "ko", "en", "flag"};
    struct ethics_choice *choice = &ethics->choices[index];
    choice->id = ids[index];
    ieum_status status = object_check(json, at, known, 4, problem);
    if (status == IEUM_OK) status = read_both_languages(json, at, &choice->text, problem);
    return status == IEUM_OK ? field_bool(json, at, "flag", true, &choice->flag, problem) : status;
}

static ieum_status read_item(const jval *json, const struct jpath *at, struct ethics *ethics, size_t index, const char **ids, struct problem *problem) {
    static const char *const known[] = {"id", "principle", "text", "why", "do", "source"};
    struct ethics_item *item = &ethics->items[index];
    const char *principle = NULL;
    item->id = ids[index];
    ieum_status status = object_check(json, at, known, 6, problem);
    if (status == IEUM_OK) status = field_text(json, at, "principle", true, &principle, problem);
    while (status == IEUM_OK && item->principle < ethics->principle_count && strcmp(ethics->principles[item->principle].id, principle) != 0) item->principle++;
    if (status == IEUM_OK && item->principle == ethics->principle_count)
        status = jval_refuse(problem, &(struct jpath){at, "principle", 0}, jval_get(json, "principle"), NULL, "principles에 없는 원칙입니다.", "There is no such principle under principles.");
    if (status == IEUM_OK) status = text2_read(json, at, "text", true, &item->text, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "why", true, &item->why, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "do", true, &item->act, problem);
    return status == IEUM_OK ? field_text(json, at, "source", true, &item->source, problem) : status;
}

ieum_status ethics_load(const char *path, struct ethics *ethics, struct problem *problem) {
    static const char *const known[] = {"principles", "answers", "items"};
    *ethics = (struct ethics){.arena = arena_new()};
    ieum_status status = ethics->arena ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK) status = diagnosis_file_read(path, "ethics", known, 3, &ethics->json, &ethics->head, problem);
    if (status == IEUM_OK) status = count_list(ethics, "principles", 1, &ethics->principle_count, problem);
    if (status == IEUM_OK) status = count_list(ethics, "answers", 2, &ethics->choice_count, problem);
    if (status == IEUM_OK) status = count_list(ethics, "items", 1, &ethics->item_count, problem);
    ethics->principles = arena_allocate_zero(ethics->arena, ethics->principle_count, sizeof *ethics->principles);
    ethics->choices = arena_allocate_zero(ethics->arena, ethics->choice_count, sizeof *ethics->choices);
    ethics->items = arena_allocate_zero(ethics->arena, ethics->item_count, sizeof *ethics->items);
    if (status == IEUM_OK && (!ethics->principles || !ethics->choices || !ethics->items)) status = problem_set_memory(problem);
    if (status == IEUM_OK) status = read_list(ethics, "principles", read_principle, problem);
    if (status == IEUM_OK) status = read_list(ethics, "answers", read_choice, problem);
    if (status == IEUM_OK) status = read_list(ethics, "items", read_item, problem);
    if (status == IEUM_OK) return IEUM_OK;
    problem_set_place(problem, path, 0, 0);
    ethics_free(ethics);
    return status;
}

void ethics_free(struct ethics *ethics) {
    arena_free(ethics->arena);
    jval_free(ethics->json);
    *ethics = (struct ethics){0};
}

static ieum_status take_answer(const struct ethics *ethics, const jval *found, const struct jpath *at, int *chosen, struct problem *problem) {
    struct buffer names = BUFFER_EMPTY;
    if (jval_is(found, JVAL_NULL)) return IEUM_OK;
    for (size_t c = 0; c < ethics->choice_count; c++) {
        if (strcmp(ethics->choices[c].id, jval_text(found)) == 0) {
            *chosen = (int)c;
            buffer_free(&names);
            return IEUM_OK;
        }
        buffer_format(&names, "%s%s", c ? ", " : "", ethics->choices[c].id);
    }
    ieum_status status = jval_refuse(problem, at, found, names.failed ? NULL : names.bytes, "점검표에 없는 답입니다.", "The checklist has no such answer.");
    buffer_free(&names);
    return status;
}

ieum_status ethics_assess(const struct ethics *ethics, const jval *answers, const struct jpath *at, struct arena *arena, int **chosen, struct problem *problem) {
    int *list = arena_allocate(arena, ethics->item_count * sizeof *list);
    if (!list) return problem_set_memory(problem);
    for (size_t i = 0; i < ethics->item_count; i++) list[i] = ETHICS_UNANSWERED;
    for (void *i = jval_first(answers); i; i = jval_next(answers, i)) {
        const struct jpath one = {at, jval_key(i), 0};
        size_t item = 0;
        while (item < ethics->item_count && strcmp(ethics->items[item].id, jval_key(i)) != 0) item++;
        if (item == ethics->item_count) return jval_refuse(problem, &one, NULL, NULL, "점검표에 없는 항목입니다.", "The checklist has no such item.");
        ieum_status status = take_answer(ethics, jval_value(i), &one, &list[item], problem);
        if (status != IEUM_OK) return status;
    }
    *chosen = list;
    return IEUM_OK;
}
