/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see locate.h. Must not know what any field means. */
#include "locate.h"

#include <string.h>

enum { KEY_LIMIT = 128 };

bool pointer_valid(const char *pointer) {
    if (pointer[0] != '/' || pointer[1] == '\0') return false;
    for (const char *p = pointer; *p != '\0'; p++)
        if (*p == '~' && p[1] != '0' && p[1] != '1') return false;
    return true;
}

/* Unescapes the step that begins after a '/'; false when it is longer than any field name. */
static bool read_step(const char **pointer, char key[KEY_LIMIT]) {
    const char *p = *pointer + 1;
    size_t size = 0;
    for (; *p != '\0' && *p != '/'; p++) {
        char c = *p;
        if (c == '~' && (p[1] == '0' || p[1] == '1')) c = *++p == '0' ? '~' : '/';
        if (size + 1 >= KEY_LIMIT) return false;
        key[size++] = c;
    }
    key[size] = '\0';
    *pointer = p;
    return true;
}

static bool read_index(const char *key, size_t *index) {
    size_t value = 0;
    if (key[0] == '\0' || (key[0] == '0' && key[1] != '\0') || strlen(key) > 7) return false;
    for (; *key != '\0'; key++) {
        if (*key < '0' || *key > '9') return false;
        value = value * 10 + (size_t)(*key - '0');
    }
    *index = value;
    return true;
}

const jval *value_at(const jval *record, const char *pointer) {
    char key[KEY_LIMIT];
    const jval *value = record;
    while (value != NULL && *pointer == '/') {
        if (!read_step(&pointer, key)) return NULL;
        size_t index;
        if (jval_is(value, JVAL_ARRAY))
            value = read_index(key, &index) ? jval_at(value, index) : NULL;
        else
            value = jval_get(value, key);
    }
    return value;
}

const jval *value_list_at(const jval *record, const char *pointer, const char **rest) {
    const char *star = strstr(pointer, "/*");
    char before[4 * KEY_LIMIT];
    *rest = "";
    if (star == NULL || (star[2] != '/' && star[2] != '\0')) return value_at(record, pointer);
    const size_t size = (size_t)(star - pointer);
    if (size >= sizeof before) return NULL;
    memcpy(before, pointer, size);
    before[size] = '\0';
    *rest = star + 2;
    return value_at(record, before);
}

bool value_missing(const jval *value) {
    if (value == NULL || jval_is(value, JVAL_NULL)) return true;
    if (jval_is(value, JVAL_TEXT)) return jval_text(value)[strspn(jval_text(value), " \t\r\n")] == '\0';
    if (jval_is(value, JVAL_OBJECT)) return jval_count(value) == 0;
    if (!jval_is(value, JVAL_ARRAY)) return false;
    for (size_t i = 0; i < jval_count(value); i++)
        if (!value_missing(jval_at(value, i))) return false;
    return true;
}

size_t value_count(const jval *value) { return jval_is(value, JVAL_ARRAY) ? jval_count(value) : 1; }

const jval *value_item(const jval *value, size_t index) {
    return jval_is(value, JVAL_ARRAY) ? jval_at(value, index) : value;
}

static ieum_status value_text(const jval *value, struct arena *arena, const char **text, struct problem *problem) {
    char *written;
    if (jval_is(value, JVAL_TEXT)) {
        *text = jval_text(value);
        return IEUM_OK;
    }
    ieum_status status = jval_write(value, true, &written, problem);
    if (status != IEUM_OK) return status;
    *text = arena_copy_text(arena, written);
    memory_free(written);
    return *text == NULL ? problem_set_memory(problem) : IEUM_OK;
}

ieum_status value_texts(const jval *value, struct arena *arena, struct text_list *texts, struct problem *problem) {
    size_t count = value_count(value);
    struct text_list list = {0};
    list.items = arena_allocate_zero(arena, count == 0 ? 1 : count, sizeof *list.items);
    if (list.items == NULL) return problem_set_memory(problem);
    for (size_t i = 0; i < count; i++) {
        const jval *item = value_item(value, i);
        if (value_missing(item)) continue;
        ieum_status status = value_text(item, arena, &list.items[list.count], problem);
        if (status != IEUM_OK) return status;
        list.count++;
    }
    *texts = list;
    return IEUM_OK;
}

char *texts_join(const struct text_list *texts, struct arena *arena) {
    size_t size = 1;
    for (size_t i = 0; i < texts->count; i++) size += strlen(texts->items[i]) + 2;
    char *joined = arena_allocate(arena, size);
    if (joined == NULL) return NULL;
    char *end = joined;
    for (size_t i = 0; i < texts->count; i++) {
        size_t length = strlen(texts->items[i]);
        if (i > 0) {
            memcpy(end, ", ", 2);
            end += 2;
        }
        memcpy(end, texts->items[i], length);
        end += length;
    }
    *end = '\0';
    return joined;
}
