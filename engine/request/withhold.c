/* SPDX-License-Identifier: Apache-2.0 */
#include "withhold.h"

#include <string.h>

#include "../base/memory.h"

/* A name in its parts, read once: every member of the result is held against it. */
struct name {
    const char *outer; /* the member in whose objects it counts, ended by the slash; NULL: anywhere */
    size_t outer_size;
    const char *member;
};

struct names {
    struct name *items;
    size_t count;
};

static struct name read_name(const char *text) {
    const char *slash = strchr(text, '/');
    return slash ? (struct name){text, (size_t)(slash - text), slash + 1} : (struct name){NULL, 0, text};
}

/* Whether `member` of an object that stands in the member `outer` is. */
static bool is_withheld(const struct names *names, const char *outer, const char *member) {
    for (size_t i = 0; i < names->count; i++) {
        const struct name *name = &names->items[i];
        if (*name->member != *member || strcmp(name->member, member) != 0) continue;
        if (!name->outer || (strncmp(outer, name->outer, name->outer_size) == 0 && !outer[name->outer_size])) return true;
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

/*
 * What holds nothing that is withheld stays shared, what holds members that are is made anew: a result may share parts with what the engine keeps. False: nothing
 * of the value is withheld. True: *left is what is left of it, null when memory failed.
 */
static bool lessen(const jval *value, const char *outer, const struct names *names, jval **left);

static bool lessen_array(const jval *array, const char *outer, const struct names *names, jval **left) {
    bool changed = false;
    jval *element;
    for (size_t i = 0; i < jval_count(array); i++) {
        if (!lessen(jval_at(array, i), outer, names, &element)) continue;
        if (!changed) *left = jval_copy_outer(array);
        changed = true;
        jval_replace(*left, i, element);
    }
    return changed;
}

static bool lessen_object(const jval *object, const char *outer, const struct names *names, jval **left) {
    bool changed = false;
    jval *element;
    for (void *i = jval_first(object); i; i = jval_next(object, i)) {
        const char *member = jval_key(i);
        if (is_withheld(names, outer, member)) element = emptied(jval_value(i));
        else if (!lessen(jval_value(i), member, names, &element)) continue;
        if (!changed) *left = jval_copy_outer(object);
        changed = true;
        jval_set(*left, member, element);
    }
    return changed;
}

static bool lessen(const jval *value, const char *outer, const struct names *names, jval **left) {
    if (jval_is(value, JVAL_ARRAY)) return lessen_array(value, outer, names, left);
    return jval_is(value, JVAL_OBJECT) && lessen_object(value, outer, names, left);
}

jval *withhold(jval *result, const jval *names) {
    const size_t count = jval_count(names);
    if (!result || !count) return result;
    struct names read = {memory_allocate(count * sizeof *read.items), count};
    jval *left = NULL;
    for (size_t i = 0; i < count && read.items; i++) read.items[i] = read_name(jval_text(jval_at(names, i)));
    if (read.items && !lessen(result, "", &read, &left)) left = jval_keep(result);
    memory_free(read.items);
    jval_free(result);
    return left;
}
