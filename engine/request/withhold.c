/* SPDX-License-Identifier: Apache-2.0 */
#include "withhold.h"

#include <string.h>

/* Whether `member` of an object that stands in the member `outer` is. */
static bool is_withheld(const jval *names, const char *outer, const char *member) {
    for (size_t i = 0; i < jval_count(names); i++) {
        const char *name = jval_text(jval_at(names, i)), *slash = strchr(name, '/');
        if (!slash && strcmp(name, member) == 0) return true;
        if (slash && strlen(outer) == (size_t)(slash - name) && strncmp(outer, name, strlen(outer)) == 0 && strcmp(slash + 1, member) == 0) return true;
    }
    return false;
}

static jval *emptied(const jval *value) {
    if (jval_is(value, JVAL_TEXT)) return jval_new_text("");
    if (jval_is(value, JVAL_ARRAY)) return jval_new_array();
    if (!jval_is(value, JVAL_OBJECT)) return NULL;
    jval *object = jval_new_object();
    for (void *i = jval_first(value); i; i = jval_next(value, i)) jval_set(object, jval_key(i), emptied(jval_value(i)));
    return object;
}

/* What holds nothing that is withheld is shared, what holds members is made anew: a result may share parts with what the engine keeps. */
static jval *without(const jval *value, const char *outer, const jval *names) {
    if (jval_is(value, JVAL_ARRAY)) {
        jval *array = jval_new_array();
        for (size_t i = 0; i < jval_count(value); i++) jval_append(array, without(jval_at(value, i), outer, names));
        return array;
    }
    if (!jval_is(value, JVAL_OBJECT)) return jval_keep(value);
    jval *object = jval_new_object();
    for (void *i = jval_first(value); i; i = jval_next(value, i)) {
        const char *member = jval_key(i);
        jval_set(object, member, is_withheld(names, outer, member) ? emptied(jval_value(i)) : without(jval_value(i), member, names));
    }
    return object;
}

jval *withhold(jval *result, const jval *names) {
    if (!result || !jval_count(names)) return result;
    jval *left = without(result, "", names);
    jval_free(result);
    return left;
}
