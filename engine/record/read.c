/* SPDX-License-Identifier: Apache-2.0 */
/* A file's bytes → records. The file name's ending says the format; every format ends in the same *_read functions. */
#include "read.h"

#include <string.h>

#include "collect.h"
#include "file_format.h"
#include "read_csv.h"
#include "record_fields.h"

#define LINE_BYTES_MOST (RECORD_BYTES_MOST + 65536) /* spaces and escapes may stand beside a record's own 1 MiB */

static ieum_status add_array(struct collector *collector, const jval *array, const struct jpath *at,
                             struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < jval_count(array) && status == IEUM_OK; i++)
        status = collector_add(collector, jval_at(array, i), &(struct jpath){at, NULL, i}, 0, problem);
    return status;
}

/* An array of records, {"suppliers": [records]} as the requests have it, or one record. */
static ieum_status read_json(struct collector *collector, const char *bytes, size_t size, struct problem *problem) {
    const struct jpath root = {NULL, NULL, 0};
    const char *kind = record_kind_names[collector->kind];
    jval *whole = NULL;
    ieum_status status = jval_parse(bytes, size, &whole, problem);
    if (status != IEUM_OK) return status;
    const jval *inside = jval_get(whole, kind);
    if (jval_is(whole, JVAL_ARRAY))
        status = add_array(collector, whole, &root, problem);
    else if (jval_is(inside, JVAL_ARRAY))
        status = add_array(collector, inside, &(struct jpath){&root, kind, 0}, problem);
    else
        status = collector_add(collector, whole, NULL, 0, problem);
    jval_free(whole);
    return status;
}

static ieum_status read_line(struct collector *collector, const char *bytes, size_t size, size_t line,
                             struct problem *problem) {
    jval *json = NULL;
    ieum_status status;
    if (size > LINE_BYTES_MOST) {
        status = problem_set(problem, IEUM_LIMIT, "", "%zu행이 너무 깁니다. 기록 하나는 1 MiB까지 받습니다.",
                             "Line %zu is too long: a record may have at most 1 MiB.", line);
        problem_set_expected(problem, "<= 1048576 bytes");
        problem_set_place(problem, NULL, line, 0);
        return status;
    }
    status = jval_parse(bytes, size, &json, problem);
    if (status == IEUM_OK) status = collector_add(collector, json, NULL, line, problem);
    /* The parser saw one line only and counted it as the first. */
    if (status != IEUM_OK) problem->line = line;
    jval_free(json);
    return status;
}

static ieum_status read_lines(struct collector *collector, const char *bytes, size_t size, struct problem *problem) {
    ieum_status status = IEUM_OK;
    size_t start = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    for (size_t line = 1; start < size && status == IEUM_OK; line++) {
        const char *newline = memchr(bytes + start, '\n', size - start);
        size_t end = newline ? (size_t)(newline - bytes) : size, next = newline ? end + 1 : size;
        size_t from = start;
        while (from < end && memchr(" \t\r", bytes[from], 3)) from++;
        while (end > from && memchr(" \t\r", bytes[end - 1], 3)) end--;
        /* Parsed from the line's own start, so that columns count from there. */
        if (from < end) status = read_line(collector, bytes + start, end - start, line, problem);
        start = next;
    }
    return status;
}

static ieum_status read_format(struct collector *collector, enum file_format format, const char *file_name,
                               const char *bytes, size_t size, const char *data_folder, const struct file_choices *choices, struct problem *problem) {
    switch (format) {
    case FORMAT_JSON: return read_json(collector, bytes, size, problem);
    case FORMAT_LINES: return read_lines(collector, bytes, size, problem);
    case FORMAT_CSV: return csv_records_read(collector, bytes, size, data_folder, choices, problem);
    case FORMAT_XLSX: return xlsx_records_read(collector, bytes, size, data_folder, choices, problem);
    case FORMAT_UNKNOWN: break;
    }
    return file_format_refuse(file_name, problem);
}

ieum_status record_set_read(enum record_kind kind, const char *file_name, const char *bytes, size_t size,
                            const char *data_folder, struct record_set *set, struct problem *problem) {
    return record_set_read_chosen(kind, file_name, bytes, size, data_folder, NULL, set, problem);
}

ieum_status record_set_read_chosen(enum record_kind kind, const char *file_name, const char *bytes, size_t size, const char *data_folder,
                                   const struct file_choices *choices, struct record_set *set, struct problem *problem) {
    struct collector collector = {0};
    struct vocabulary *vocabulary = NULL;
    ieum_status status = IEUM_OK;
    if ((status = file_size_check(size, problem)) != IEUM_OK) goto done;
    if (data_folder && kind < RECORD_KINDS) status = vocabulary_open(data_folder, &vocabulary, problem);
    if (status == IEUM_OK) status = collector_open(kind, &collector, problem);
    collector.vocabulary = vocabulary;
    if (status == IEUM_OK)
        status =
            read_format(&collector, file_format_of(file_name, bytes, size), file_name, bytes, size, data_folder, choices, problem);
    if (status == IEUM_OK) collector_finish(&collector, set);
done:
    if (status != IEUM_OK) problem_set_place(problem, file_name, 0, 0);
    collector_close(&collector);
    vocabulary_free(vocabulary);
    return status;
}

ieum_status record_set_from_json(enum record_kind kind, const jval *array, const struct jpath *at,
                                 struct record_set *set, struct problem *problem) {
    struct collector collector = {0};
    const struct jpath root = {NULL, NULL, 0};
    if (!at) at = &root;
    if (!jval_is(array, JVAL_ARRAY))
        return jval_refuse(problem, at, array, "array", "기록의 목록([…])이어야 합니다.",
                           "This must be a list of records ([…]).");
    ieum_status status = collector_open(kind, &collector, problem);
    if (status == IEUM_OK) status = add_array(&collector, array, at, problem);
    if (status == IEUM_OK) collector_finish(&collector, set);
    collector_close(&collector);
    return status;
}

void record_set_free(struct record_set *set) {
    for (size_t i = 0; set->suppliers && i < set->count; i++) jval_free(set->suppliers[i].json);
    for (size_t i = 0; set->demands && i < set->count; i++) jval_free(set->demands[i].json);
    for (size_t i = 0; set->outcomes && i < set->count; i++) jval_free(set->outcomes[i].json);
    memory_free(set->suppliers);
    memory_free(set->demands);
    for (size_t i = 0; set->decisions && i < set->count; i++) jval_free(set->decisions[i].json);
    memory_free(set->outcomes);
    memory_free(set->decisions);
    arena_free(set->arena);
    *set = (struct record_set){0};
}
