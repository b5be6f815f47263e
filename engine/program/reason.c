/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see reason.h. Must not interpret the facts it puts in: braces in a firm's name stay braces.
 */
#include "reason.h"

#include <string.h>

static const char *const place_names[REASON_PLACES] = {"value",  "expected", "date",  "reference", "lacking",
                                                       "demand", "supplier", "field", "number",   "detail"};

const char *reason_place_name(size_t place) { return place_names[place]; }

/* The place that begins at '{', and its length; REASON_PLACES when there is none. */
static size_t read_place(const char *text, size_t *length) {
    const char *end = strchr(text, '}');
    if (end == NULL) return REASON_PLACES;
    *length = (size_t)(end - text) + 1;
    for (size_t i = 0; i < REASON_PLACES; i++)
        if (strlen(place_names[i]) == *length - 2 && memcmp(place_names[i], text + 1, *length - 2) == 0) return i;
    return REASON_PLACES;
}

bool reason_valid(const char *template_text, size_t *fault) {
    bool inside = false;
    size_t opened = 0, length = 0;
    for (size_t i = 0; template_text[i] != '\0'; i++) {
        char c = template_text[i];
        *fault = i;
        if ((c == '[' && inside) || (c == ']' && !inside) || c == '}') return false;
        if (c == '[') {
            inside = true;
            opened = i;
        } else if (c == ']') {
            inside = false;
        } else if (c == '{') {
            if (read_place(template_text + i, &length) == REASON_PLACES) return false;
            i += length - 1;
        }
    }
    *fault = opened;
    return !inside;
}

/* Whether every place of the segment that begins after '[' has something to show. */
static bool segment_full(const char *text, const struct reason_facts *facts) {
    for (size_t length; *text != '\0' && *text != ']'; text++) {
        if (*text != '{') continue;
        size_t place = read_place(text, &length);
        if (place < REASON_PLACES && facts->places[place] == NULL) return false;
    }
    return true;
}

char *reason_write(const char *template_text, const struct reason_facts *facts, const char *absent,
                   struct arena *arena) {
    struct buffer buffer = BUFFER_EMPTY;
    char *sentence = NULL;
    size_t length = 0;
    for (const char *p = template_text; *p != '\0'; p++) {
        if (*p == '[' && !segment_full(p + 1, facts)) {
            p += strcspn(p, "]");
            if (*p == '\0') break;
        } else if (*p == '{') {
            size_t place = read_place(p, &length);
            if (place == REASON_PLACES) continue;
            buffer_add_text(&buffer, facts->places[place] == NULL ? absent : facts->places[place]);
            p += length - 1;
        } else if (*p != '[' && *p != ']') {
            buffer_add_byte(&buffer, *p);
        }
    }
    if (!buffer.failed) sentence = arena_copy_bytes(arena, buffer.size == 0 ? "" : buffer.bytes, buffer.size);
    buffer_free(&buffer);
    return sentence;
}
