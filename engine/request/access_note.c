/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The line of the access log that a request leaves (declared in permission.h): {"time", "account", "role", "origin", "op", "step"?, "subject": ["supplier/S001",
 * …], "count", "status"}. Whose data it was is read from the request and from the reply: the ids that stand in them. It holds no content.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../base/map.h"
#include "../store/access_log.h"
#include "permission.h"

enum { SUBJECTS_MOST = 1000, ID_MOST = 128 };

struct subjects {
    struct map *seen;
    jval *list; /* the first SUBJECTS_MOST; all are counted */
    bool failed;
};

static void add_subject(struct subjects *subjects, const char *kind, const char *id) {
    char name[ID_MOST + 16];
    if (!*id || strlen(id) > ID_MOST) return;
    const int size = snprintf(name, sizeof name, "%s/%s", kind, id);
    const uint32_t before = map_count(subjects->seen), number = map_intern(subjects->seen, name, (size_t)size);
    if (number == MAP_NONE) subjects->failed = true;
    else if (number == before && number < SUBJECTS_MOST) jval_append_text(subjects->list, name);
}

/* Which kind of id stands in a member of this name; NULL: none. Asked of every member of a reply: its first letter tells most apart. */
static const char *kind_of(const char *member) {
    static const char *const kinds[][2] = {{"demand", "demand"}, {"supplier", "supplier"}, {"round", "round"}, {"demands", "demand"}, {"suppliers", "supplier"},
                                           {"rounds", "round"},  {"demands_out", "demand"}, {"suppliers_out", "supplier"}, {"applicants", "demand"}, {"best_supplier", "supplier"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (*kinds[i][0] == *member && strcmp(kinds[i][0], member) == 0) return kinds[i][1];
    return NULL;
}

/* A table of a report: the columns say of what kind the cells are. */
static void gather_table(struct subjects *subjects, const jval *columns, const jval *rows) {
    for (size_t c = 0; c < jval_count(columns); c++) {
        const char *kind = kind_of(jval_text(jval_get(jval_at(columns, c), "id")));
        for (size_t r = 0; kind && r < jval_count(rows); r++) add_subject(subjects, kind, jval_text(jval_at(jval_at(rows, r), c)));
    }
}

/* `kind`: of the ids that the value itself may be or have ("id"); NULL: none is known. */
static void gather(struct subjects *subjects, const jval *value, const char *kind) {
    if (jval_is(value, JVAL_TEXT) && kind) add_subject(subjects, kind, jval_text(value));
    for (size_t i = 0; jval_is(value, JVAL_ARRAY) && i < jval_count(value); i++) gather(subjects, jval_at(value, i), kind);
    if (!jval_is(value, JVAL_OBJECT)) return;
    const jval *columns = jval_get(value, "columns");
    if (columns) gather_table(subjects, columns, jval_get(value, "rows"));
    for (void *i = jval_first(value); i; i = jval_next(value, i)) {
        if (strcmp(jval_key(i), "barred") == 0) continue; /* all that a rule kept out, by number: nobody was looked at */
        const char *key = jval_key(i), *inner = kind_of(key);
        if (kind && (strcmp(key, "id") == 0 || strcmp(key, "ids") == 0)) gather(subjects, jval_value(i), kind);
        else gather(subjects, jval_value(i), inner);
    }
}

/* An import names the kind once and then the records, or the ids; a preview shows what is stored of those that are there already. */
static void gather_import(struct subjects *subjects, const jval *json, const char *kind) {
    static const char *const members[] = {"records", "created", "changed", "unchanged"};
    const jval *duplicates = jval_get(json, "duplicates");
    for (size_t i = 0; i < jval_count(duplicates); i++) gather(subjects, jval_get(jval_at(duplicates, i), "existing"), kind);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) gather(subjects, jval_get(json, members[i]), kind);
}

/* Entries of the audit log: whose round a step was of. */
static void gather_audit(struct subjects *subjects, const jval *entries) {
    for (size_t i = 0; i < jval_count(entries); i++) {
        const jval *entry = jval_at(entries, i);
        if (strncmp(jval_text(jval_get(entry, "action")), "round.", 6) == 0) add_subject(subjects, "round", jval_text(jval_get(entry, "subject")));
    }
}

static void gather_all(struct subjects *subjects, const char *op, const jval *request, const jval *result) {
    gather(subjects, request, NULL);
    gather(subjects, result, NULL);
    if (strcmp(op, "audit") == 0) gather_audit(subjects, jval_get(result, "entries"));
    if (strcmp(op, "import") != 0) return;
    const char *kind = kind_of(jval_text(jval_get(request, "kind")));
    gather_import(subjects, request, kind);
    gather_import(subjects, result, kind);
}

static jval *write_entry(const ieum_caller *caller, const char *op, const char *step, struct subjects *subjects, ieum_status outcome) {
    char now[ACCESS_TIME];
    jval *entry = jval_new_object();
    access_time(time(NULL), now);
    jval_set_text(entry, "time", now);
    jval_set_text(entry, "account", caller->account);
    jval_set_text(entry, "role", caller->role);
    jval_set_text(entry, "origin", caller->origin ? caller->origin : "");
    jval_set_text(entry, "op", op);
    if (step) jval_set_text(entry, "step", step);
    jval_set(entry, "subject", subjects->list);
    jval_set_integer(entry, "count", map_count(subjects->seen));
    jval_set_text(entry, "status", ieum_status_code(outcome));
    return entry;
}

ieum_status access_note(struct workspace *workspace, const ieum_caller *caller, const char *op, const struct permission *permission, const jval *request,
                        const jval *result, ieum_status outcome, struct problem *problem) {
    const char *folder = workspace_access_path(workspace);
    if (!folder || !caller->account || !caller->role) return IEUM_OK; /* personal data was not read: permission_check */
    if (!permission->personal && outcome != IEUM_FORBIDDEN) return IEUM_OK;
    struct subjects subjects = {.seen = map_new()};
    if (!subjects.seen) return problem_set_memory(problem);
    subjects.list = jval_new_array();
    gather_all(&subjects, op, request, result);
    struct problem trouble = {0};
    jval *entry = write_entry(caller, op, permission->step, &subjects, outcome);
    ieum_status status = subjects.failed ? problem_set_memory(&trouble) : access_append(folder, entry, &trouble);
    if (status != IEUM_OK && outcome != IEUM_FORBIDDEN) *problem = trouble;
    jval_free(entry);
    map_free(subjects.seen);
    return status;
}

ieum_status access_note_sign(struct workspace *workspace, const ieum_caller *who, const char *action, ieum_status outcome, struct problem *problem) {
    const char *folder = workspace_access_path(workspace);
    struct subjects nobody = {.seen = map_new(), .list = jval_new_array()};
    if (!folder || !nobody.seen) {
        jval_free(nobody.list);
        map_free(nobody.seen);
        return folder ? problem_set_memory(problem) : IEUM_OK;
    }
    jval *entry = write_entry(who, "account", action, &nobody, outcome);
    ieum_status status = access_append(folder, entry, problem);
    jval_free(entry);
    map_free(nobody.seen);
    return status;
}
