/* SPDX-License-Identifier: Apache-2.0 */
#include "record_fields.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ID_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"
#define ID_MOST 64
#define VECTOR_MOST 4096
#define NUMBER_BYTES 8 /* what a number, a truth value or a bracket counts as towards a record's size */

static const struct jpath root = {NULL, NULL, 0};

static ieum_status refuse(const struct jpath *at, const char *key, const jval *found, const char *expected,
                          const char *ko, const char *en, struct problem *problem) {
    return jval_refuse(problem, &(struct jpath){at ? at : &root, key, 0}, found, expected, ko, en);
}

static ieum_status refuse_large(const struct jpath *at, struct problem *problem) {
    char pointer[sizeof problem->pointer];
    jpath_write(at, pointer, sizeof pointer);
    problem_set(problem, IEUM_LIMIT, pointer, "글이 너무 깁니다. 글 하나와 기록 하나는 각각 1 MiB까지 받습니다.",
                "This is too long: one text, and one record, may have at most 1 MiB.");
    problem_set_expected(problem, "<= 1048576 bytes");
    return problem->status;
}

static ieum_status add_size(const jval *value, const struct jpath *at, size_t *total, struct problem *problem) {
    ieum_status status = IEUM_OK;
    *total += NUMBER_BYTES;
    if (jval_is(value, JVAL_TEXT)) {
        size_t size = strlen(jval_text(value));
        *total += size;
        if (size > RECORD_BYTES_MOST) return refuse_large(at, problem);
    } else if (jval_is(value, JVAL_ARRAY)) {
        for (size_t i = 0; i < jval_count(value) && status == IEUM_OK; i++)
            status = add_size(jval_at(value, i), &(struct jpath){at, NULL, i}, total, problem);
    } else if (jval_is(value, JVAL_OBJECT)) {
        for (void *i = jval_first(value); i && status == IEUM_OK; i = jval_next(value, i)) {
            *total += strlen(jval_key(i));
            status = add_size(jval_value(i), &(struct jpath){at, jval_key(i), 0}, total, problem);
        }
    }
    return status;
}

ieum_status record_check_whole(const jval *json, const struct jpath *at, struct problem *problem) {
    size_t total = 0;
    if (!at) at = &root;
    if (!jval_is(json, JVAL_OBJECT))
        return jval_refuse(problem, at, json, "object", "기록은 객체({…})여야 합니다.",
                           "A record must be an object ({…}).");
    ieum_status status = add_size(json, at, &total, problem);
    if (status == IEUM_OK && total > RECORD_BYTES_MOST) status = refuse_large(at, problem);
    return status;
}

ieum_status member_id(const jval *object, const struct jpath *at, const char *key, bool required, const char **out,
                      struct problem *problem) {
    const char *text = NULL;
    ieum_status status = field_text(object, at, key, required, &text, problem);
    if (status != IEUM_OK || !text) return status;
    size_t size = strlen(text);
    if (size == 0 || size > ID_MOST || strspn(text, ID_CHARACTERS) != size)
        return refuse(at, key, jval_get(object, key), "[A-Za-z0-9._-]{1,64}",
                      "식별자는 영문자, 숫자, 마침표, 밑줄, 붙임표로 64자까지 쓸 수 있습니다.",
                      "An identifier has 1 to 64 Latin letters, digits, dots, underscores or hyphens.", problem);
    *out = text;
    return IEUM_OK;
}

static bool is_blank(const char *text) { return text[strspn(text, " \t\r\n")] == '\0'; }

ieum_status member_sentence(const jval *object, const struct jpath *at, const char *key, bool required,
                            const char **out, struct problem *problem) {
    const char *text = NULL;
    ieum_status status = field_text(object, at, key, required, &text, problem);
    if (status != IEUM_OK || !text) return status;
    if (is_blank(text))
        return refuse(at, key, jval_get(object, key), "text", "내용이 비어 있습니다. 내용을 적거나 항목을 빼 주십시오.",
                      "The text is empty: fill it in or leave the member out.", problem);
    *out = text;
    return IEUM_OK;
}

ieum_status member_date(const jval *object, const struct jpath *at, const char *key, bool required, struct date *out,
                        struct problem *problem) {
    const char *text = NULL;
    ieum_status status = field_text(object, at, key, required, &text, problem);
    if (status != IEUM_OK || !text) return status;
    if (!date_read(text, out))
        return refuse(at, key, jval_get(object, key), "YYYY-MM-DD",
                      "날짜가 올바르지 않습니다. 달력에 있는 날을 2019-03-15와 같이 적어 주십시오.",
                      "This is not a date: write a day of the calendar like 2019-03-15.", problem);
    return IEUM_OK;
}

ieum_status member_texts(const jval *object, const struct jpath *at, const char *key, struct arena *arena,
                         struct text_list *out, struct problem *problem) {
    const jval *found = jval_get(object, key);
    if (jval_is(found, JVAL_NULL)) return IEUM_OK;
    if (jval_is(found, JVAL_ARRAY)) return field_text_list(object, at, key, false, arena, out, problem);
    if (!jval_is(found, JVAL_TEXT) || !*jval_text(found))
        return refuse(at, key, found, "text, array of texts", "비어 있지 않은 글 또는 글의 목록이어야 합니다.",
                      "This must be a text that is not empty, or a list of such texts.", problem);
    const char **items = arena_allocate(arena, sizeof *items);
    if (!items) return problem_set_memory(problem);
    items[0] = jval_text(found);
    *out = (struct text_list){items, 1};
    return IEUM_OK;
}

ieum_status member_vector(const jval *object, const struct jpath *at, const char *key, struct problem *problem) {
    const jval *found = NULL;
    ieum_status status = field_array(object, at, key, false, &found, problem);
    if (status != IEUM_OK || !found) return status;
    size_t count = jval_count(found);
    if (count == 0 || count > VECTOR_MOST)
        return refuse(at, key, found, "1..4096 numbers", "임베딩 벡터는 수 1개에서 4,096개까지의 목록이어야 합니다.",
                      "An embedding vector is a list of 1 to 4,096 numbers.", problem);
    for (size_t i = 0; i < count; i++) {
        const jval *item = jval_at(found, i);
        bool number = jval_is(item, JVAL_INTEGER) || jval_is(item, JVAL_REAL);
        if (!number || !isfinite(jval_number(item)))
            return jval_refuse(problem, &(struct jpath){&(struct jpath){at ? at : &root, key, 0}, NULL, i}, item,
                               "number", "임베딩 벡터의 원소는 유한한 수여야 합니다.",
                               "Elements of a vector must be finite numbers.");
    }
    return IEUM_OK;
}

ieum_status ksic_refuse(const struct jpath *at, const jval *found, struct problem *problem) {
    return jval_refuse(
        problem, at, found, "C, C30, C303, C3039, C30399",
        "표준산업분류(KSIC) 코드가 아닙니다. 대분류 글자와 두 자리에서 다섯 자리 숫자를 적고, 글자가 숫자의 "
        "대분류와 맞는지 확인해 주십시오 (제조업은 C10~C34).",
        "This is not a KSIC code: write the section's letter and two to five digits, and check that the letter is "
        "that of the digits (manufacturing is C10 to C34).");
}

ieum_status member_ksic(const jval *object, const struct jpath *at, const char *key, int revision, struct ksic *out,
                        struct problem *problem) {
    const char *text = NULL;
    ieum_status status = field_text(object, at, key, false, &text, problem);
    if (status != IEUM_OK || !text) return status;
    if (ksic_read(text, revision, out)) return IEUM_OK;
    return ksic_refuse(&(struct jpath){at ? at : &root, key, 0}, jval_get(object, key), problem);
}
