/* SPDX-License-Identifier: Apache-2.0 */
/* Reads an expression only as far as groups, classes and alternatives go: what it cannot tell it answers with no. */
#include "needle.h"

#include <string.h>

static const char *past_group(const char *at, const char *end) {
    const char close = *at == '[' ? ']' : ')';
    const char *from = at;
    for (at++; at < end && *at != close; at++) {
        if (*at == '\\' && at + 1 < end)
            at++;
        else if (close == ')' && (*at == '(' || *at == '['))
            at = past_group(at, end) - 1;
        else if (close == ']' && *at == ']' && at == from + 1)
            continue;
    }
    return at < end ? at + 1 : end;
}

/*
 * Whether every match of an expression is certain to hold the needle, as far as that shows: in each alternative it
 * stands letter by letter, or all alternatives of a plain group hold it, and what follows does not make it optional.
 */
static bool needle_is_certain(const char *at, const char *end, const char *needle) {
    const size_t size = strlen(needle);
    bool found = false;
    while (at < end) {
        const char *next = at + 1;
        bool holds = false;
        if ((size_t)(end - at) >= size && memcmp(at, needle, size) == 0) {
            next = at + size;
            holds = true;
        } else if (*at == '|') {
            if (!found) return false;
            found = false;
        } else if (*at == '\\') {
            next = at + 2 < end ? at + 2 : end;
        } else if (*at == '(' || *at == '[') {
            next = past_group(at, end);
            holds = *at == '(' && at[1] != '?' && needle_is_certain(at + 1, next - 1, needle);
        }
        found = found || (holds && (next == end || (*next != '?' && *next != '*' && *next != '{')));
        at = next;
    }
    return found;
}

bool needle_certain(const char *expression, const char *needle) {
    return needle_is_certain(expression, expression + strlen(expression), needle);
}

/* Whether every match begins with the needle: it stands first, letter by letter, and no alternative or repetition takes it away. */
bool needle_leads(const char *expression, const char *needle) {
    const size_t size = strlen(needle);
    if (strncmp(expression, needle, size) != 0 || strpbrk(needle, "\\^$.[|()?*+{") || strchr("?*+{", expression[size] ? expression[size] : 'x')) return false;
    for (const char *at = expression; at < expression + strlen(expression);) {
        if (*at == '|') return false; /* outside of groups, which past_group steps over */
        at = *at == '\\' ? at + 2 : *at == '(' || *at == '[' ? past_group(at, expression + strlen(expression)) : at + 1;
    }
    return true;
}
