/* SPDX-License-Identifier: Apache-2.0 */
#include "diagnosis_file.h"

#include <string.h>

#include "../adapt/json_file.h"
#include "../program/section.h"
#include "../record/date.h"

static const struct jpath root = {NULL, NULL, 0};

enum { LARGEST_FILE = 1 << 20, MOST_MEMBERS = 16 };

static ieum_status read_head(const jval *json, const char *id, struct diagnosis_head *head, struct problem *problem) {
    struct date date;
    ieum_status status = field_text(json, &root, "id", true, &head->id, problem);
    if (status == IEUM_OK && strcmp(head->id, id) != 0)
        status = jval_refuse(problem, &(struct jpath){&root, "id", 0}, jval_get(json, "id"), id, "다른 파일의 이름입니다.", "This is another file's name.");
    if (status == IEUM_OK) status = field_text(json, &root, "version", true, &head->version, problem);
    if (status == IEUM_OK) status = field_text(json, &root, "effective", true, &head->effective, problem);
    if (status == IEUM_OK && !date_read(head->effective, &date))
        status = jval_refuse(problem, &(struct jpath){&root, "effective", 0}, jval_get(json, "effective"), "YYYY-MM-DD", "달력에 있는 날짜가 아닙니다.",
                             "This is no date of the calendar.");
    if (status == IEUM_OK) status = text2_read(json, &root, "source", true, &head->source, problem);
    return status == IEUM_OK ? text2_read(json, &root, "defaults", true, &head->defaults, problem) : status;
}

ieum_status diagnosis_file_read(const char *path, const char *id, const char *const *known, size_t count, jval **json, struct diagnosis_head *head,
                                struct problem *problem) {
    const char *members[MOST_MEMBERS] = {"id", "version", "effective", "source", "defaults", "note"};
    jval *read = NULL;
    for (size_t i = 0; i < count && 6 + i < MOST_MEMBERS; i++) members[6 + i] = known[i];
    ieum_status status = json_file_read(path, NULL, LARGEST_FILE, &read, problem);
    if (status == IEUM_OK && !jval_is(read, JVAL_OBJECT))
        status = jval_refuse(problem, &root, read, "object", "객체({…})여야 합니다.", "This must be an object ({…}).");
    if (status == IEUM_OK) status = field_refuse_unknown(read, NULL, members, 6 + count, problem);
    if (status == IEUM_OK) status = read_head(read, id, head, problem);
    if (status == IEUM_OK) *json = read;
    else jval_free(read);
    return status;
}

ieum_status read_both_languages(const jval *object, const struct jpath *at, struct text2 *text, struct problem *problem) {
    ieum_status status = field_text(object, at, "ko", true, &text->ko, problem);
    return status == IEUM_OK ? field_text(object, at, "en", true, &text->en, problem) : status;
}

ieum_status read_filled_list(const jval *object, const struct jpath *at, const char *key, size_t least, const jval **list, struct problem *problem) {
    ieum_status status = field_array(object, at, key, true, list, problem);
    if (status != IEUM_OK || jval_count(*list) >= least) return status;
    return jval_refuse(problem, &(struct jpath){at ? at : &root, key, 0}, NULL, NULL, "항목이 모자랍니다.", "There are too few elements.");
}

ieum_status read_new_id(const jval *object, const struct jpath *at, const char *const *before, size_t count, const char **id, struct problem *problem) {
    ieum_status status = id_read(object, at, id, problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++)
        if (strcmp(before[i], *id) == 0) status = id_refuse_twice(jval_get(object, "id"), at, problem);
    return status;
}
