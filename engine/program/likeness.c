/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see likeness.h. Must not allocate, and must not know any program. */
#include "likeness.h"

#include <stddef.h>
#include <string.h>

/* Signs that people write or leave out at will. */
static const char *const idle_signs[] = {" ", "\t", "-", "_", "\xC2\xB7", "\xE3\x86\x8D", "\xE3\x80\x80", "\xC2\xA0"};
/* Legal forms around a firm's name. The Latin ones count only after a space, so that "zinc." keeps its end. */
static const char *const legal_forms[] = {"주식회사", "(주)", "㈜", "유한회사", "(유)"};
static const char *const latin_forms[] = {"co.,ltd.", "co., ltd.", "co.,ltd", "co., ltd", "inc.", "ltd."};

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

static size_t begins_with(const char *text, const char *sign) {
    size_t length = 0;
    while (sign[length] != '\0') {
        if (lower(text[length]) != sign[length]) return 0;
        length++;
    }
    return length;
}

static size_t step_over(const char *text, const char *const *signs, size_t count) {
    for (size_t i = 0; i < count; i++) {
        size_t length = begins_with(text, signs[i]);
        if (length > 0) return length;
    }
    return 0;
}

static const char *skip_idle(const char *text, bool name) {
    bool spaced = false;
    for (;;) {
        size_t length = step_over(text, idle_signs, sizeof idle_signs / sizeof *idle_signs);
        spaced = spaced || length > 0;
        if (length == 0 && name) length = step_over(text, legal_forms, sizeof legal_forms / sizeof *legal_forms);
        if (length == 0 && name && spaced)
            length = step_over(text, latin_forms, sizeof latin_forms / sizeof *latin_forms);
        if (length == 0) return text;
        text += length;
    }
}

/* Whether `a` and `b` agree until `b` ends; `*rest` is what is left of `a`. */
static bool agree(const char *a, const char *b, bool name, const char **rest) {
    size_t compared = 0;
    for (;;) {
        a = skip_idle(a, name);
        b = skip_idle(b, name);
        if (*b == '\0') break;
        if (lower(*a) != lower(*b)) return false;
        a++;
        b++;
        compared++;
    }
    *rest = a;
    return compared > 0;
}

bool value_alike(const char *a, const char *b) {
    const char *rest;
    return agree(a, b, false, &rest) && *rest == '\0';
}

bool value_begins_alike(const char *text, const char *prefix) {
    const char *rest;
    return agree(text, prefix, false, &rest);
}

bool firm_name_alike(const char *a, const char *b) {
    const char *rest;
    return a != NULL && b != NULL && agree(a, b, true, &rest) && *rest == '\0';
}

size_t firm_name_core(const char *text, char *core) {
    size_t count = 0;
    while (text != NULL && *(text = skip_idle(text, true)) != '\0') core[count++] = lower(*text++);
    return count;
}

size_t value_core(const char *text, char *core) {
    size_t count = 0;
    while (text != NULL && *(text = skip_idle(text, false)) != '\0') core[count++] = lower(*text++);
    return count;
}

static const char *next_digit(const char *text) {
    while (*text != '\0' && (*text < '0' || *text > '9')) text++;
    return text;
}

bool number_alike(const char *a, const char *b) {
    if (a == NULL || b == NULL) return false;
    a = next_digit(a);
    b = next_digit(b);
    if (*a == '\0') return false;
    while (*a != '\0' && *a == *b) {
        a = next_digit(a + 1);
        b = next_digit(b + 1);
    }
    return *a == *b;
}

size_t number_core(const char *text, char *core) {
    size_t count = 0;
    while (text != NULL && *(text = next_digit(text)) != '\0') core[count++] = *text++;
    return count;
}
