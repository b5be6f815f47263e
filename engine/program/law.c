/* SPDX-License-Identifier: Apache-2.0 */
/* The files of the law beside the folder of programs: loading them, and that a program holds nothing of another jurisdiction. See jurisdiction.h. */
#include <string.h>

#include "../adapt/json_file.h"
#include "../base/files.h"
#include "jurisdiction.h"
#include "likeness.h"

enum { FILE_LIMIT = 1 << 20 };

static char *path_beside(const char *programs_folder, const char *folder, const char *id) {
    struct buffer path = BUFFER_EMPTY;
    buffer_add_text(&path, programs_folder);
    buffer_add_text(&path, "/../");
    buffer_add_text(&path, folder);
    if (id) {
        buffer_add_text(&path, "/");
        buffer_add_text(&path, id);
        buffer_add_text(&path, ".json");
    }
    return buffer_take(&path);
}

static ieum_status read_json(const char *programs_folder, const char *folder, const char *id, jval **json, struct problem *problem) {
    char *path = path_beside(programs_folder, folder, id);
    ieum_status status = path ? json_file_read(path, NULL, FILE_LIMIT, json, problem) : problem_set_memory(problem);
    memory_free(path);
    return status;
}

ieum_status law_load(const char *programs_folder, const char *id, jval **law, struct problem *problem) {
    jval *file = NULL, *built = jval_new_object(), *unions = jval_new_object();
    ieum_status status = read_json(programs_folder, "jurisdictions", id, &file, problem);
    const jval *list = jval_get(file, "unions");
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const char *name = jval_get_text(jval_at(list, i), "id");
        jval *one = NULL;
        if (!name || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") != strlen(name)) continue; /* jurisdiction_read refuses it */
        status = read_json(programs_folder, "taxonomy", name, &one, problem);
        if (status == IEUM_OK) jval_set(unions, name, one);
        if (status == IEUM_NOT_FOUND)
            status = problem_set(problem, IEUM_INVALID, "/unions", "관할 '%s'이(가) 드는 집합 '%s'의 파일이 data/taxonomy에 없습니다.",
                                 "The jurisdiction '%s' names the union '%s', which has no file in data/taxonomy.", id, name);
    }
    jval_set(built, "jurisdiction", file);
    jval_set(built, "unions", unions);
    if (status == IEUM_OK && memory_failed()) status = problem_set_memory(problem);
    if (status == IEUM_OK) *law = built;
    else jval_free(built);
    return status;
}

/* ---- what is another's ---- */

struct foreign {
    const struct jurisdiction *own, *other;
    struct problem *problem;
};

static ieum_status refuse(const struct foreign *foreign, const struct jpath *at, const char *what) {
    char pointer[sizeof foreign->problem->pointer];
    jpath_write(at, pointer, sizeof pointer);
    problem_set(foreign->problem, IEUM_INVALID, pointer, "이 사업의 관할은 %s인데 다른 관할(%s)의 것이 적혀 있습니다: '%s'",
                "This program stands under the jurisdiction %s, and this is another's (%s): '%s'", foreign->own->id, foreign->other->id, what);
    problem_set_value(foreign->problem, what);
    problem_set_expected(foreign->problem, foreign->own->id);
    return foreign->problem->status;
}

static bool is_place(const struct text_list *places, const char *text) {
    for (size_t i = 0; i < places->count; i++)
        if (value_alike(text, places->items[i])) return true;
    return false;
}

static ieum_status check_text(const struct foreign *foreign, const char *text, const struct jpath *at) {
    if (is_place(&foreign->other->place_names, text) && !is_place(&foreign->own->place_names, text)) return refuse(foreign, at, text);
    for (size_t i = 0; i < foreign->other->marks.count; i++)
        if (strstr(text, foreign->other->marks.items[i])) return refuse(foreign, at, foreign->other->marks.items[i]);
    return IEUM_OK;
}

/* Sources may cite, notes may compare, and who helps may be of anywhere. */
static bool is_free(const char *key) {
    static const char *const free_members[] = {"source", "sources", "note", "owner", "operator", "partners"};
    for (size_t i = 0; i < sizeof free_members / sizeof *free_members; i++)
        if (strcmp(key, free_members[i]) == 0) return true;
    return false;
}

static ieum_status check_below(const struct foreign *foreign, const jval *value, const struct jpath *at) {
    ieum_status status = IEUM_OK;
    if (jval_is(value, JVAL_TEXT)) return check_text(foreign, jval_text(value), at);
    if (jval_is(value, JVAL_ARRAY)) {
        for (size_t i = 0; i < jval_count(value) && status == IEUM_OK; i++) status = check_below(foreign, jval_at(value, i), &(struct jpath){at, NULL, i});
    } else if (jval_is(value, JVAL_OBJECT)) {
        for (void *i = jval_first(value); i && status == IEUM_OK; i = jval_next(value, i)) {
            if (is_free(jval_key(i))) continue;
            status = check_text(foreign, jval_key(i), &(struct jpath){at, jval_key(i), 0}); /* a value may stand as a key: what is accepted for it */
            if (status == IEUM_OK) status = check_below(foreign, jval_value(i), &(struct jpath){at, jval_key(i), 0});
        }
    }
    return status;
}

static ieum_status check_seeds(const struct foreign *foreign, const jval *program) {
    const struct jpath root = {NULL, NULL, 0}, list_at = {&root, "sources", 0};
    const jval *list = jval_get(program, "sources");
    for (size_t i = 0; i < jval_count(list); i++) {
        const jval *seed = jval_get(jval_at(list, i), "seed");
        const struct jpath at = {&list_at, NULL, i};
        if (jval_is(seed, JVAL_TEXT) && text_list_has(&foreign->other->seeds, jval_text(seed)) && !text_list_has(&foreign->own->seeds, jval_text(seed)))
            return refuse(foreign, &(struct jpath){&at, "seed", 0}, jval_text(seed));
    }
    return IEUM_OK;
}

static ieum_status check_other(const char *programs_folder, const char *id, const jval *program, const struct jurisdiction *own, struct problem *problem) {
    const struct jpath root = {NULL, NULL, 0};
    struct arena *arena = arena_new();
    struct jurisdiction other;
    jval *json = NULL;
    ieum_status status = arena ? read_json(programs_folder, "jurisdictions", id, &json, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) {
        status = jurisdiction_read(json, &root, arena, &other, problem);
        if (status != IEUM_OK) problem_set_place(problem, id, 0, 0);
    }
    if (status == IEUM_OK) {
        const struct foreign foreign = {own, &other, problem};
        status = check_seeds(&foreign, program);
        if (status == IEUM_OK) status = check_below(&foreign, program, &root);
    }
    jval_free(json);
    arena_free(arena);
    return status;
}

ieum_status law_check_foreign(const char *programs_folder, const jval *program, const struct jurisdiction *own, struct problem *problem) {
    char *folder = path_beside(programs_folder, "jurisdictions", NULL), **names = NULL;
    size_t count = 0;
    ieum_status status = folder ? folder_list(folder, ".json", &names, &count, problem) : problem_set_memory(problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        names[i][strlen(names[i]) - strlen(".json")] = '\0';
        if (strcmp(names[i], own->id) != 0) status = check_other(programs_folder, names[i], program, own, problem);
    }
    memory_free(names);
    memory_free(folder);
    return status;
}
