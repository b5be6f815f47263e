/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A value's text (jval_write of json.h), byte for byte what Jansson's own writer gives with JSON_COMPACT, JSON_ENCODE_ANY and JSON_REAL_PRECISION(15). Its own,
 * because a reply has some thousand values and Jansson words each real through printf and each container's address through printf, too, to find loops, which
 * our builders cannot make.
 */
#include "json.h"

#include <stdlib.h>
#include <string.h>

#include "../base/decimal.h"

enum { REAL_DIGITS = 15 };

static void write_value(struct buffer *out, const jval *value, bool sorted);

/* ---- texts ---- */

/* Whether one of eight bytes is a control, a quotation mark or a backslash: x - 0x20 borrows into the highest bit where a byte below 0x80 is less than that. */
static bool has_special(uint64_t word) {
    const uint64_t ones = 0x0101010101010101, highest = 0x8080808080808080, quote = word ^ ones * '"', backslash = word ^ ones * '\\';
    return (((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote) | ((backslash - ones) & ~backslash)) & highest;
}

static bool is_special(char c) { return (unsigned char)c < 0x20 || c == '"' || c == '\\'; }

/* How many bytes from the beginning stand for themselves. */
static size_t plain_run(const char *text, size_t size) {
    size_t at = 0;
    uint64_t word;
    for (; size - at >= sizeof word; at += sizeof word) {
        memcpy(&word, text + at, sizeof word);
        if (has_special(word)) break;
    }
    while (at < size && !is_special(text[at])) at++;
    return at;
}

static void write_special(struct buffer *out, char c) {
    static const char letters[] = "\"\\\b\f\n\r\t", names[] = "\"\\bfnrt", digits[] = "0123456789ABCDEF";
    const char *letter = memchr(letters, c, sizeof letters - 1);
    if (letter) {
        const char pair[] = {'\\', names[letter - letters]};
        buffer_add(out, pair, sizeof pair);
    } else {
        const char unicode[] = {'\\', 'u', '0', '0', digits[(unsigned char)c >> 4], digits[c & 15]};
        buffer_add(out, unicode, sizeof unicode);
    }
}

/* Neither texts nor keys have a NUL in them. */
static void write_text(struct buffer *out, const char *text) {
    size_t size = strlen(text);
    buffer_add_byte(out, '"');
    for (;;) {
        const size_t run = plain_run(text, size);
        buffer_add(out, text, run);
        if (run == size) break;
        write_special(out, text[run]);
        text += run + 1;
        size -= run + 1;
    }
    buffer_add_byte(out, '"');
}

/* ---- numbers ---- */

static void write_integer(struct buffer *out, int64_t number) {
    char text[24], *at = text + sizeof text;
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    do *--at = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0) *--at = '-';
    buffer_add(out, at, (size_t)(text + sizeof text - at));
}

/* "1e+05" → "1e5": an exponent without plus and leading zeros. */
static void shorten_exponent(struct buffer *out, size_t exponent) {
    size_t to = exponent + (out->bytes[exponent] == '-'), from = exponent + 1;
    while (from + 1 < out->size && out->bytes[from] == '0') from++;
    memmove(out->bytes + to, out->bytes + from, out->size - from + 1);
    out->size -= from - to;
}

/* A real stays one: it has a point or an exponent. */
static void write_real(struct buffer *out, double number) {
    const size_t start = out->size;
    decimal_add(out, number, REAL_DIGITS);
    if (out->failed) return;
    const char *text = out->bytes + start, *exponent = memchr(text, 'e', out->size - start);
    if (exponent) shorten_exponent(out, (size_t)(exponent + 1 - out->bytes));
    else if (!memchr(text, '.', out->size - start)) buffer_add(out, ".0", 2);
}

/* ---- containers ---- */

static void write_array(struct buffer *out, const jval *array, bool sorted) {
    const size_t count = jval_count(array);
    buffer_add_byte(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i) buffer_add_byte(out, ',');
        write_value(out, jval_at(array, i), sorted);
    }
    buffer_add_byte(out, ']');
}

static void write_member(struct buffer *out, void *member, bool first, bool sorted) {
    if (!first) buffer_add_byte(out, ',');
    write_text(out, jval_key(member));
    buffer_add_byte(out, ':');
    write_value(out, jval_value(member), sorted);
}

/* UTF-8 sorts by its bytes as by code points. */
static int compare_members(const void *left, const void *right) {
    return strcmp(jval_key(*(void *const *)left), jval_key(*(void *const *)right));
}

static void write_sorted(struct buffer *out, const jval *object) {
    const size_t count = jval_count(object);
    void **members = memory_allocate((count + 1) * sizeof *members);
    size_t found = 0;
    if (!members) {
        out->failed = true;
        return;
    }
    for (void *i = jval_first(object); i; i = jval_next(object, i)) members[found++] = i;
    qsort(members, found, sizeof *members, compare_members);
    for (size_t i = 0; i < found; i++) write_member(out, members[i], i == 0, true);
    memory_free(members);
}

static void write_object(struct buffer *out, const jval *object, bool sorted) {
    bool first = true;
    buffer_add_byte(out, '{');
    if (sorted) write_sorted(out, object);
    else
        for (void *i = jval_first(object); i; i = jval_next(object, i), first = false) write_member(out, i, first, false);
    buffer_add_byte(out, '}');
}

static void write_value(struct buffer *out, const jval *value, bool sorted) {
    switch (jval_kind(value)) {
    case JVAL_OBJECT: write_object(out, value, sorted); break;
    case JVAL_ARRAY: write_array(out, value, sorted); break;
    case JVAL_TEXT: write_text(out, jval_text(value)); break;
    case JVAL_INTEGER: write_integer(out, jval_integer(value)); break;
    case JVAL_REAL: write_real(out, jval_number(value)); break;
    case JVAL_TRUE: buffer_add(out, "true", 4); break;
    case JVAL_FALSE: buffer_add(out, "false", 5); break;
    default: buffer_add(out, "null", 4);
    }
}

ieum_status jval_write(const jval *value, bool sorted, char **text, struct problem *problem) {
    struct buffer out = BUFFER_EMPTY;
    if (value && !memory_failed()) write_value(&out, value, sorted);
    char *written = buffer_take(&out);
    if (!value || !written || memory_failed()) {
        memory_free(written);
        return problem_set_memory(problem);
    }
    *text = written;
    return IEUM_OK;
}
