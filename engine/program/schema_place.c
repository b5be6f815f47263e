/* SPDX-License-Identifier: Apache-2.0 */
#include "schema_place.h"

#include <string.h>

enum { DEPTH_MOST = 12 };

static const char *const branches[] = {"anyOf", "oneOf", "allOf"};
enum { BRANCHES = sizeof branches / sizeof *branches };

/* {"$ref": "#/$defs/name"} stands for what is there. */
static const jval *followed(const jval *schema, const jval *node) {
    static const char defs[] = "#/$defs/";
    const char *reference = jval_get_text(node, "$ref");
    return reference && strncmp(reference, defs, strlen(defs)) == 0 ? jval_get(jval_get(schema, "$defs"), reference + strlen(defs)) : node;
}

/* ---- finding ---- */

/* The member `name` of what stands at `node`; of a list, of its elements. */
static enum schema_answer member_of(const jval *schema, const jval *node, const char *name, const jval **found, int depth) {
    node = followed(schema, node);
    if (!node || depth > DEPTH_MOST) return SCHEMA_OPEN;
    enum schema_answer answer = SCHEMA_UNKNOWN;
    const jval *properties = jval_get(node, "properties"), *items = jval_get(node, "items");
    if (properties && jval_get(properties, name)) {
        *found = jval_get(properties, name);
        return SCHEMA_KNOWN;
    }
    if (items && (strcmp(name, "*") == 0 || name[strspn(name, "0123456789")] == '\0')) { /* "*": whichever of a list */
        *found = items;
        return SCHEMA_KNOWN;
    }
    for (size_t b = 0; b < BRANCHES; b++) {
        const jval *list = jval_get(node, branches[b]);
        for (size_t i = 0; i < jval_count(list); i++) {
            const enum schema_answer one = member_of(schema, jval_at(list, i), name, found, depth + 1);
            if (one == SCHEMA_KNOWN) return one;
            if (one == SCHEMA_OPEN) answer = one;
        }
    }
    const char *type = jval_get_text(node, "type");
    if (!properties && type && strcmp(type, "object") == 0) return SCHEMA_OPEN;
    return answer;
}

enum schema_answer schema_find(const jval *schema, const char *pointer, const jval **leaf) {
    const jval *node = schema;
    char name[128];
    while (*pointer == '/') {
        const size_t size = strcspn(pointer + 1, "/");
        if (size >= sizeof name || memchr(pointer + 1, '~', size)) return SCHEMA_OPEN;
        memcpy(name, pointer + 1, size);
        name[size] = '\0';
        const enum schema_answer answer = member_of(schema, node, name, &node, 0);
        if (answer != SCHEMA_KNOWN) return answer;
        pointer += size + 1;
    }
    *leaf = node;
    return SCHEMA_KNOWN;
}

/* ---- what stands there ---- */

/* Calls `holds` for each plain schema that what stands there may follow, until one says yes. */
static bool any_of(const jval *schema, const jval *node, bool (*holds)(const jval *node, const void *wanted), const void *wanted, int depth) {
    node = followed(schema, node);
    if (!node || depth > DEPTH_MOST) return true; /* nothing is known of it, so it may be */
    if (holds(node, wanted)) return true;
    if (jval_get(node, "items") && any_of(schema, jval_get(node, "items"), holds, wanted, depth + 1)) return true;
    for (size_t b = 0; b < BRANCHES; b++) {
        const jval *list = jval_get(node, branches[b]);
        for (size_t i = 0; i < jval_count(list); i++)
            if (any_of(schema, jval_at(list, i), holds, wanted, depth + 1)) return true;
    }
    return false;
}

static bool says_nothing(const jval *node) {
    static const char *const members[] = {"type", "enum", "const", "anyOf", "oneOf", "allOf", "$ref", "items", "properties"};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (jval_get(node, members[i])) return false;
    return true;
}

static bool has_type(const jval *node, const void *wanted) {
    const jval *type = jval_get(node, "type"), *list = jval_get(node, "enum");
    for (size_t i = 0; jval_is(type, JVAL_ARRAY) && i < jval_count(type); i++)
        if (strcmp(jval_text(jval_at(type, i)), wanted) == 0) return true;
    for (size_t i = 0; i < jval_count(list); i++) {
        const bool text = jval_is(jval_at(list, i), JVAL_TEXT), number = jval_is(jval_at(list, i), JVAL_INTEGER);
        if ((text && strcmp(wanted, "string") == 0) || (number && strcmp(wanted, "integer") == 0)) return true;
    }
    return (jval_is(type, JVAL_TEXT) && strcmp(jval_text(type), wanted) == 0) || says_nothing(node);
}

bool schema_holds(const jval *schema, const jval *leaf, const char *type) { return any_of(schema, leaf, has_type, type, 0); }

/* A place of plain text without a form may hold a date too. */
static bool is_dated(const jval *node, const void *wanted) {
    (void)wanted;
    const char *format = jval_get_text(node, "format"), *type = jval_get_text(node, "type");
    if (format && strcmp(format, "date") == 0) return true;
    return (type && strcmp(type, "string") == 0 && !jval_get(node, "pattern") && !jval_get(node, "enum")) || says_nothing(node);
}

bool schema_dated(const jval *schema, const jval *leaf) { return any_of(schema, leaf, is_dated, NULL, 0); }

static bool is_range(const jval *node, const void *wanted) {
    const jval **found = *(const jval **const *)wanted;
    if (!jval_get(node, "minimum") || !jval_get(node, "maximum")) return false;
    *found = node;
    return true;
}

bool schema_range(const jval *schema, const jval *leaf, double *least, double *most) {
    const jval *node = NULL, **found = &node;
    if (!any_of(schema, leaf, is_range, &found, 0) || !node) return false;
    *least = jval_number(jval_get(node, "minimum"));
    *most = jval_number(jval_get(node, "maximum"));
    return true;
}

static bool is_free(const jval *node, const void *wanted) {
    (void)wanted;
    const char *type = jval_get_text(node, "type");
    return (type && strcmp(type, "null") != 0 && strcmp(type, "array") != 0 && !jval_get(node, "enum")) || says_nothing(node);
}

bool schema_listed(const jval *schema, const jval *leaf) { return !any_of(schema, leaf, is_free, NULL, 0); }

static bool lists(const jval *node, const void *wanted) {
    const jval *list = jval_get(node, "enum");
    for (size_t i = 0; i < jval_count(list); i++)
        if (jval_equal(jval_at(list, i), wanted)) return true;
    return false;
}

bool schema_lists(const jval *schema, const jval *leaf, const jval *value) { return any_of(schema, leaf, lists, value, 0); }
