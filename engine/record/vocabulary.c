/* SPDX-License-Identifier: Apache-2.0 */
#include "vocabulary.h"

#include <string.h>

#include "../adapt/json_file.h"

enum { FILE_BYTES_MOST = 1 << 20, DEPTH_MOST = 8 };

struct member {
    enum record_kind kind;
    const char *steps[DEPTH_MOST]; /* "*": every element of a list */
    size_t depth;
    const char *file, *key;
    struct text_list ids; /* no items: not read yet */
    const char *listed; /* "a, b, c" */
};

struct vocabulary {
    struct arena *arena;
    const char *data_folder;
    struct member *members;
    size_t count;
};

/* ---- reading ---- */

/* "/solutions/" + "*" + "/kind" → its steps. */
static bool split_field(const char *field, struct arena *arena, struct member *member) {
    char *copy = arena_copy_text(arena, field);
    if (!copy || *copy != '/') return false;
    for (char *step = copy + 1; step; member->depth++) {
        char *end = strchr(step, '/');
        if (member->depth == DEPTH_MOST) return false;
        if (end) *end++ = '\0';
        member->steps[member->depth] = step;
        step = end;
    }
    return true;
}

static ieum_status read_ids(const struct vocabulary *vocabulary, struct member *member, struct problem *problem) {
    jval *json = NULL;
    const jval *list = NULL;
    const struct jpath root = {NULL, NULL, 0}, at = {&root, member->key, 0};
    struct arena *arena = vocabulary->arena;
    struct buffer listed = BUFFER_EMPTY;
    ieum_status status = json_file_read(vocabulary->data_folder, member->file, FILE_BYTES_MOST, &json, problem);
    if (status == IEUM_OK) status = field_array(json, NULL, member->key, true, &list, problem);
    const char **items = arena_allocate_zero(arena, jval_count(list) + 1, sizeof *items);
    if (status == IEUM_OK && !items) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const char *id = NULL;
        status = field_text(jval_at(list, i), &(struct jpath){&at, NULL, i}, "id", true, &id, problem);
        if (status != IEUM_OK) break;
        items[i] = arena_copy_text(arena, id);
        buffer_add_text(&listed, i ? ", " : "");
        buffer_add_text(&listed, id);
        if (!items[i]) status = problem_set_memory(problem);
    }
    if (status == IEUM_OK) {
        member->ids = (struct text_list){items, jval_count(list)};
        member->listed = listed.failed ? NULL : arena_copy_bytes(arena, listed.size ? listed.bytes : "", listed.size);
        if (!member->listed) status = problem_set_memory(problem);
    }
    buffer_free(&listed);
    jval_free(json);
    return status;
}

static ieum_status read_member(const jval *entry, const struct jpath *at, struct vocabulary *vocabulary, struct problem *problem) {
    struct member *member = &vocabulary->members[vocabulary->count];
    const char *field = NULL, *file = NULL, *key = NULL;
    size_t kind = 0;
    ieum_status status = field_choice(entry, at, "records", true, record_kind_names, RECORD_KINDS, &kind, problem);
    if (status == IEUM_OK) status = field_text(entry, at, "field", true, &field, problem);
    if (status == IEUM_OK) status = field_text(entry, at, "file", true, &file, problem);
    if (status == IEUM_OK) status = field_text(entry, at, "key", true, &key, problem);
    if (status == IEUM_OK && !split_field(field, vocabulary->arena, member))
        status = jval_refuse(problem, &(struct jpath){at, "field", 0}, jval_get(entry, "field"), "/roles, /solutions/*/kind",
                             "기록 안의 위치여야 합니다.", "This must be a place in a record.");
    if (status != IEUM_OK) return status;
    member->kind = (enum record_kind)kind;
    member->file = arena_copy_text(vocabulary->arena, file);
    member->key = arena_copy_text(vocabulary->arena, key);
    if (!member->file || !member->key) status = problem_set_memory(problem);
    if (status == IEUM_OK) vocabulary->count++;
    return status;
}

ieum_status vocabulary_open(const char *data_folder, struct vocabulary **vocabulary, struct problem *problem) {
    const struct jpath root = {NULL, NULL, 0}, at = {&root, "members", 0};
    struct vocabulary *opened = memory_allocate_zero(1, sizeof *opened);
    jval *json = NULL;
    const jval *list = NULL;
    if (!opened) return problem_set_memory(problem);
    opened->arena = arena_new();
    if (opened->arena) opened->data_folder = arena_copy_text(opened->arena, data_folder);
    ieum_status status = opened->data_folder ? json_file_read(data_folder, "taxonomy/vocabularies.json", FILE_BYTES_MOST, &json, problem) : problem_set_memory(problem);
    if (status == IEUM_NOT_FOUND) {
        problem_clear(problem);
        *vocabulary = opened;
        return IEUM_OK;
    }
    if (status == IEUM_OK) status = field_array(json, NULL, "members", true, &list, problem);
    if (status == IEUM_OK) opened->members = arena_allocate_zero(opened->arena, jval_count(list) + 1, sizeof *opened->members);
    if (status == IEUM_OK && !opened->members) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++)
        status = read_member(jval_at(list, i), &(struct jpath){&at, NULL, i}, opened, problem);
    jval_free(json);
    if (status == IEUM_OK) *vocabulary = opened;
    else vocabulary_free(opened);
    return status;
}

void vocabulary_free(struct vocabulary *vocabulary) {
    if (!vocabulary) return;
    arena_free(vocabulary->arena);
    memory_free(vocabulary);
}

/* ---- checking ---- */

static ieum_status check_word(const struct vocabulary *vocabulary, struct member *member, const jval *value, const struct jpath *at, struct problem *problem) {
    ieum_status status = jval_is(value, JVAL_TEXT) && !member->ids.items ? read_ids(vocabulary, member, problem) : IEUM_OK;
    if (status != IEUM_OK) return status;
    if (!jval_is(value, JVAL_TEXT) || text_list_has(&member->ids, jval_text(value))) return IEUM_OK;
    return jval_refuse(problem, at, value, member->listed, "쓸 수 있는 값이 아닙니다. 정해진 값 가운데 하나를 적어 주십시오.",
                       "This is no value that is known here; write one of the list.");
}

static ieum_status check_below(const struct vocabulary *vocabulary, struct member *member, size_t step, const jval *value, const struct jpath *at, struct problem *problem) {
    ieum_status status = IEUM_OK;
    if (step < member->depth && strcmp(member->steps[step], "*") != 0) {
        const jval *below = jval_get(value, member->steps[step]);
        return below ? check_below(vocabulary, member, step + 1, below, &(struct jpath){at, member->steps[step], 0}, problem) : IEUM_OK;
    }
    if (step == member->depth && !jval_is(value, JVAL_ARRAY)) return check_word(vocabulary, member, value, at, problem);
    for (size_t i = 0; i < jval_count(value) && jval_is(value, JVAL_ARRAY) && status == IEUM_OK; i++) {
        const struct jpath item = {at, NULL, i};
        status = step == member->depth ? check_word(vocabulary, member, jval_at(value, i), &item, problem)
                                       : check_below(vocabulary, member, step + 1, jval_at(value, i), &item, problem);
    }
    return status;
}

ieum_status vocabulary_check(struct vocabulary *vocabulary, enum record_kind kind, const jval *record, const struct jpath *at, struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0};
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < vocabulary->count && status == IEUM_OK; i++)
        if (vocabulary->members[i].kind == kind) status = check_below(vocabulary, &vocabulary->members[i], 0, record, at ? at : &root, problem);
    return status;
}

ieum_status vocabulary_check_all(struct vocabulary *vocabulary, enum record_kind kind, const jval *records, const struct jpath *at, struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0};
    ieum_status status = IEUM_OK;
    if (!at) at = &root;
    if (!jval_is(records, JVAL_ARRAY)) return vocabulary_check(vocabulary, kind, records, at, problem);
    for (size_t i = 0; i < jval_count(records) && status == IEUM_OK; i++)
        status = vocabulary_check(vocabulary, kind, jval_at(records, i), &(struct jpath){at, NULL, i}, problem);
    return status;
}
