/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the access log (access_log.h): its lines, its months, the rules for it. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "../adapt/json_file.h"
#include "../base/files.h"
#include "access_log.h"

enum { BLOCK = 1 << 16, LINE_MOST = 1 << 20, RULES_MOST = 1 << 16 };

static ieum_status refuse(const char *path, int error, struct problem *problem) {
    ieum_status status = problem_set(problem, IEUM_STORE, "", "접속기록 '%s'을(를) 읽을 수 없습니다. (%s)", "The access log '%s' cannot be read (%s).", path, strerror(error));
    problem_set_place(problem, path, 0, 0);
    return status;
}

/* ---- lines ---- */

struct reading {
    access_visit visit;
    void *context;
    size_t *broken;
    struct buffer line;
    bool too_long;
};

static bool is_entry(const jval *entry) {
    return strlen(jval_text(jval_get(entry, "time"))) == ACCESS_TIME - 1 && jval_get_text(entry, "op") && jval_get_text(entry, "account");
}

static ieum_status end_line(struct reading *it, struct problem *problem) {
    struct problem ignored = {0};
    jval *entry = NULL;
    ieum_status status = it->line.failed ? problem_set_memory(problem) : IEUM_OK, read = IEUM_INVALID;
    if (status == IEUM_OK && !it->too_long) read = jval_parse(it->line.bytes ? it->line.bytes : "", it->line.size, &entry, &ignored);
    if (read == IEUM_MEMORY) status = problem_set_memory(problem);
    else if (status == IEUM_OK && read == IEUM_OK && is_entry(entry)) status = it->visit(it->context, entry, problem);
    else if (status == IEUM_OK) ++*it->broken;
    jval_free(entry);
    buffer_clear(&it->line);
    it->too_long = false;
    return status;
}

static ieum_status take_block(struct reading *it, const char *bytes, size_t size, struct problem *problem) {
    ieum_status status = IEUM_OK;
    while (size > 0 && status == IEUM_OK) {
        const char *end = memchr(bytes, '\n', size);
        const size_t part = end ? (size_t)(end - bytes) : size;
        if (it->line.size + part > LINE_MOST) it->too_long = true;
        else buffer_add(&it->line, bytes, part);
        if (end) status = end_line(it, problem);
        bytes += part + (end != NULL);
        size -= part + (end != NULL);
    }
    return status;
}

static ieum_status read_lines(int file, const char *path, struct reading *it, struct problem *problem) {
    ieum_status status = IEUM_OK;
    ssize_t size = 1;
    char *block = memory_allocate(BLOCK);
    if (!block) return problem_set_memory(problem);
    while (status == IEUM_OK && size > 0) {
        size = read(file, block, BLOCK);
        if (size < 0 && errno == EINTR) size = 1;
        else if (size < 0) status = refuse(path, errno, problem);
        else status = take_block(it, block, (size_t)size, problem);
    }
    /* What stands behind the last line end was cut off, or is being written. */
    if (status == IEUM_OK && (it->line.size || it->too_long)) ++*it->broken;
    memory_free(block);
    return status;
}

ieum_status access_read(const char *folder, const char *month, access_visit visit, void *context, size_t *broken, struct problem *problem) {
    struct reading it = {visit, context, broken, BUFFER_EMPTY, false};
    struct buffer path = BUFFER_EMPTY;
    *broken = 0;
    buffer_format(&path, "%s/access-%s.jsonl", folder, month);
    if (path.failed) return problem_set_memory(problem);
    ieum_status status = IEUM_OK;
    int file = open(path.bytes, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0 && errno != ENOENT) status = refuse(path.bytes, errno, problem);
    if (file >= 0) {
        status = read_lines(file, path.bytes, &it, problem);
        close(file);
    }
    buffer_free(&it.line);
    buffer_free(&path);
    return status;
}

/* ---- months ---- */

/* "access-2026-11.jsonl" → "2026-11" */
static bool month_of(const char *name, char month[ACCESS_MONTH]) {
    static const char front[] = "access-", back[] = ".jsonl";
    const size_t size = strlen(name), start = sizeof front - 1, length = ACCESS_MONTH - 1;
    if (size != start + length + sizeof back - 1 || strncmp(name, front, start) != 0 || strcmp(name + start + length, back) != 0) return false;
    memcpy(month, name + start, length);
    month[length] = '\0';
    return access_month_valid(month);
}

ieum_status access_months(const char *folder, struct arena *arena, struct text_list *months, struct problem *problem) {
    char **names = NULL, month[ACCESS_MONTH];
    size_t count = 0;
    struct problem ignored = {0};
    *months = (struct text_list){0};
    ieum_status status = folder_list(folder, ".jsonl", &names, &count, &ignored);
    if (status == IEUM_NOT_FOUND) return IEUM_OK;
    if (status == IEUM_MEMORY) return problem_set_memory(problem);
    if (status != IEUM_OK) return refuse(folder, EACCES, problem);
    const char **items = arena_allocate_zero(arena, count, sizeof *items);
    if (!items) status = problem_set_memory(problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        if (!month_of(names[i], month)) continue;
        items[months->count] = arena_copy_text(arena, month);
        if (!items[months->count++]) status = problem_set_memory(problem);
    }
    months->items = items;
    memory_free(names);
    return status;
}

bool access_remove(const char *folder, const char *month) {
    struct buffer path = BUFFER_EMPTY;
    buffer_format(&path, "%s/access-%s.jsonl", folder, month);
    const bool removed = !path.failed && (unlink(path.bytes) == 0 || errno == ENOENT);
    buffer_free(&path);
    return removed;
}

/* ---- rules ---- */

static ieum_status read_rules(const jval *json, struct access_rules *rules, struct problem *problem) {
    const struct jpath root = {NULL, NULL, 0}, at = {&root, "unusual", 0}, hours_at = {&at, "office_hours", 0};
    const jval *unusual = NULL, *hours = NULL;
    ieum_status status = jval_is(json, JVAL_OBJECT) ? IEUM_OK : jval_refuse(problem, &root, json, "object", "객체({…})여야 합니다.", "This must be an object.");
    if (status == IEUM_OK) status = field_integer(json, NULL, "retention_months", true, 12, 120, &rules->retention_months, problem);
    if (status == IEUM_OK) status = field_object(json, NULL, "unusual", true, &unusual, problem);
    if (status == IEUM_OK) status = field_integer(unusual, &at, "subjects_in_an_hour", true, 1, INT32_MAX, &rules->subjects_in_an_hour, problem);
    if (status == IEUM_OK) status = field_integer(unusual, &at, "refusals_in_a_day", true, 1, INT32_MAX, &rules->refusals_in_a_day, problem);
    if (status == IEUM_OK) status = field_bool(unusual, &at, "weekends", true, &rules->weekends, problem);
    if (status == IEUM_OK) status = field_object(unusual, &at, "office_hours", true, &hours, problem);
    if (status == IEUM_OK) status = field_integer(hours, &hours_at, "from", true, 0, 23, &rules->from_hour, problem);
    if (status == IEUM_OK) status = field_integer(hours, &hours_at, "until", true, rules->from_hour + 1, 24, &rules->until_hour, problem);
    return status;
}

ieum_status access_rules_load(const char *path, struct access_rules *rules, struct problem *problem) {
    jval *json = NULL;
    ieum_status status = json_file_read(path, NULL, RULES_MOST, &json, problem);
    if (status == IEUM_OK && (status = read_rules(json, rules, problem)) != IEUM_OK) json_file_place(path, NULL, problem);
    jval_free(json);
    return status;
}
