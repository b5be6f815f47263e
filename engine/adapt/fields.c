/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the members of a JSON object with their types (declared in json.h): one place that words the refusals. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/problem_list.h"
#include "json.h"

/* The member, NULL when absent or null. When it is absent and required the problem is set. */
static ieum_status find(const jval *object, const struct jpath *at, const char *key, bool required, const jval **found,
                        struct problem *problem) {
    const struct jpath root = {NULL, NULL, 0};
    *found = jval_get(object, key);
    if (jval_is(*found, JVAL_NULL)) *found = NULL;
    if (*found || !required) return IEUM_OK;
    const struct jpath member = {at ? at : &root, key, 0};
    return jval_refuse(problem, &member, NULL, NULL, "반드시 있어야 하는 항목이 없습니다.", "A required member is missing.");
}

static ieum_status refuse(const struct jpath *at, const char *key, const jval *found, const char *expected, const char *ko,
                          const char *en, struct problem *problem) {
    const struct jpath root = {NULL, NULL, 0};
    const struct jpath member = {at ? at : &root, key, 0};
    return jval_refuse(problem, &member, found, expected, ko, en);
}

ieum_status field_text(const jval *object, const struct jpath *at, const char *key, bool required, const char **out,
                       struct problem *problem) {
    const jval *found;
    ieum_status status = find(object, at, key, required, &found, problem);
    if (status != IEUM_OK || !found) return status;
    if (!jval_is(found, JVAL_TEXT)) return refuse(at, key, found, "text", "글이어야 합니다.", "This must be a text.", problem);
    if (required && !*jval_text(found))
        return refuse(at, key, found, "text", "비어 있으면 안 됩니다.", "This must not be empty.", problem);
    *out = jval_text(found);
    return IEUM_OK;
}

ieum_status field_integer(const jval *object, const struct jpath *at, const char *key, bool required, int64_t least, int64_t most,
                          int64_t *out, struct problem *problem) {
    const jval *found;
    ieum_status status = find(object, at, key, required, &found, problem);
    if (status != IEUM_OK || !found) return status;
    const bool is_integer = jval_is(found, JVAL_INTEGER);
    int64_t number = jval_integer(found);
    if (is_integer && number >= least && number <= most) {
        *out = number;
        return IEUM_OK;
    }
    char range[64];
    snprintf(range, sizeof range, "%lld..%lld", (long long)least, (long long)most);
    if (!is_integer) return refuse(at, key, found, range, "정수여야 합니다.", "This must be an integer.", problem);
    return refuse(at, key, found, range, "허용 범위를 벗어난 수입니다.", "The number is outside the allowed range.",
                  problem);
}

ieum_status field_number(const jval *object, const struct jpath *at, const char *key, bool required, double least, double most,
                         double *out, struct problem *problem) {
    const jval *found;
    ieum_status status = find(object, at, key, required, &found, problem);
    if (status != IEUM_OK || !found) return status;
    char range[64];
    snprintf(range, sizeof range, "%.15g..%.15g", least, most);
    if (!jval_is(found, JVAL_INTEGER) && !jval_is(found, JVAL_REAL))
        return refuse(at, key, found, range, "수여야 합니다.", "This must be a number.", problem);
    double number = jval_number(found);
    if (!(number >= least && number <= most))
        return refuse(at, key, found, range, "허용 범위를 벗어난 수입니다.", "The number is outside the allowed range.", problem);
    *out = number;
    return IEUM_OK;
}

ieum_status field_bool(const jval *object, const struct jpath *at, const char *key, bool required, bool *out,
                       struct problem *problem) {
    const jval *found;
    ieum_status status = find(object, at, key, required, &found, problem);
    if (status != IEUM_OK || !found) return status;
    if (!jval_is(found, JVAL_TRUE) && !jval_is(found, JVAL_FALSE))
        return refuse(at, key, found, "true, false", "true 또는 false여야 합니다.", "This must be true or false.", problem);
    *out = jval_true(found);
    return IEUM_OK;
}

ieum_status field_object(const jval *object, const struct jpath *at, const char *key, bool required, const jval **out,
                         struct problem *problem) {
    const jval *found;
    ieum_status status = find(object, at, key, required, &found, problem);
    if (status != IEUM_OK || !found) return status;
    if (!jval_is(found, JVAL_OBJECT))
        return refuse(at, key, found, "object", "객체({…})여야 합니다.", "This must be an object ({…}).", problem);
    *out = found;
    return IEUM_OK;
}

ieum_status field_array(const jval *object, const struct jpath *at, const char *key, bool required, const jval **out,
                        struct problem *problem) {
    const jval *found;
    ieum_status status = find(object, at, key, required, &found, problem);
    if (status != IEUM_OK || !found) return status;
    if (!jval_is(found, JVAL_ARRAY))
        return refuse(at, key, found, "array", "목록([…])이어야 합니다.", "This must be a list ([…]).", problem);
    *out = found;
    return IEUM_OK;
}

bool text_list_has(const struct text_list *list, const char *text) {
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], text) == 0) return true;
    return false;
}

ieum_status field_text_list(const jval *object, const struct jpath *at, const char *key, bool required, struct arena *arena,
                            struct text_list *out, struct problem *problem) {
    const jval *found = NULL;
    ieum_status status = field_array(object, at, key, required, &found, problem);
    if (status != IEUM_OK || !found) return status;
    const struct jpath root = {NULL, NULL, 0};
    const struct jpath member = {at ? at : &root, key, 0};
    size_t count = jval_count(found);
    const char **items = arena_allocate_zero(arena, count, sizeof *items);
    if (!items) return problem_set_memory(problem);
    for (size_t i = 0; i < count; i++) {
        const jval *item = jval_at(found, i);
        if (!jval_is(item, JVAL_TEXT) || !*jval_text(item))
            return jval_refuse(problem, &(struct jpath){&member, NULL, i}, item, "text", "비어 있지 않은 글이어야 합니다.",
                               "This must be a text that is not empty.");
        items[i] = jval_text(item);
    }
    *out = (struct text_list){items, count};
    return IEUM_OK;
}

ieum_status field_choice(const jval *object, const struct jpath *at, const char *key, bool required, const char *const *names,
                         size_t count, size_t *out, struct problem *problem) {
    const char *text = NULL;
    ieum_status status = field_text(object, at, key, required, &text, problem);
    if (status != IEUM_OK || !text) return status;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], text) == 0) {
            *out = i;
            return IEUM_OK;
        }
    }
    struct buffer all = BUFFER_EMPTY;
    for (size_t i = 0; i < count; i++) {
        if (i) buffer_add_text(&all, ", ");
        buffer_add_text(&all, names[i]);
    }
    status = refuse(at, key, jval_get(object, key), all.failed ? NULL : all.bytes, "정해진 값 가운데 하나여야 합니다.",
                    "This must be one of the allowed values.", problem);
    buffer_free(&all);
    return status;
}

ieum_status field_refuse_unknown(const jval *object, const struct jpath *at, const char *const *known, size_t count,
                                 struct problem *problem) {
    for (void *i = jval_first(object); i; i = jval_next(object, i)) {
        size_t k = 0;
        while (k < count && strcmp(known[k], jval_key(i)) != 0) k++;
        if (k < count) continue;
        ieum_status status = refuse(at, jval_key(i), NULL, NULL, "알 수 없는 항목입니다. 이름의 철자를 확인하십시오.",
                                    "This member is not known; check the spelling of its name.", problem);
        status = problem_aside(problem, status); /* nobody reads it */
        if (status != IEUM_OK) return status;
    }
    return IEUM_OK;
}
