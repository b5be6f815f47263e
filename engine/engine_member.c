/* SPDX-License-Identifier: Apache-2.0 */
/* One value out of a JSON text by its JSON Pointer (RFC 6901), for callers of the public header that have no JSON of their own. */
#include <string.h>

#include "engine_parts.h"

/* One reference token, "~1" and "~0" decoded. Returns what follows it; NULL: it is longer than any key of ours, or a '~' stands alone. */
static const char *read_token(const char *pointer, char *token, size_t size) {
    size_t length = 0;
    for (; *pointer && *pointer != '/'; pointer++) {
        char c = *pointer;
        if (c == '~') {
            pointer++;
            if (*pointer != '0' && *pointer != '1') return NULL;
            c = *pointer == '1' ? '/' : '~';
        }
        if (length + 1 >= size) return NULL;
        token[length++] = c;
    }
    token[length] = '\0';
    return pointer;
}

static const jval *element(const jval *array, const char *token) {
    size_t index = 0, length = strlen(token);
    if (length == 0 || length > 9 || token[strspn(token, "0123456789")] || (length > 1 && *token == '0')) return NULL;
    for (; *token; token++) index = index * 10 + (size_t)(*token - '0');
    return jval_at(array, index);
}

static const jval *find(const jval *value, const char *pointer) {
    char token[256];
    while (value && *pointer) {
        if (*pointer != '/' || !(pointer = read_token(pointer + 1, token, sizeof token))) return NULL;
        value = jval_is(value, JVAL_ARRAY) ? element(value, token) : jval_get(value, token);
    }
    return value;
}

static ieum_status copy_text(const jval *value, char **text, struct problem *problem) {
    if (!jval_is(value, JVAL_TEXT)) return jval_write(value, false, text, problem);
    size_t size = strlen(jval_text(value)) + 1;
    *text = memory_allocate(size);
    if (!*text) return problem_set_memory(problem);
    memcpy(*text, jval_text(value), size);
    return IEUM_OK;
}

ieum_status ieum_member(const char *json, size_t size, const char *pointer, char **text) {
    struct problem problem = {0};
    jval *whole = NULL;
    *text = NULL;
    jval_prepare();
    memory_clear_failed();
    ieum_status status = jval_parse(json, size, &whole, &problem);
    const jval *found = status == IEUM_OK ? find(whole, pointer) : NULL;
    if (status == IEUM_OK && !found) status = IEUM_NOT_FOUND;
    if (status == IEUM_OK) status = copy_text(found, text, &problem);
    jval_free(whole);
    memory_clear_failed();
    return status;
}
