/* SPDX-License-Identifier: Apache-2.0 */
/* Filling a problem: the first one stands, texts are cut at a code point. */
#include "problem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "utf8.h"

void problem_clear(struct problem *problem) {
    struct problem_list *aside = problem->aside;
    memset(problem, 0, sizeof *problem);
    problem->aside = aside;
}

/* What is quoted comes from outside and may not be UTF-8 (a file's name, half a token); a reply must be. */
static void replace_broken_bytes(char *text) {
    size_t size = strlen(text);
    for (size_t at = 0; at < size;) {
        size_t next = at;
        if (utf8_next(text, size, &next) == 0xFFFD && next == at + 1) text[at] = '?';
        at = next;
    }
}

static void copy_cut(char *to, size_t capacity, const char *from) {
    size_t size = strlen(from);
    if (size >= capacity) size = utf8_cut(from, size, capacity - 1);
    memcpy(to, from, size);
    to[size] = '\0';
    replace_broken_bytes(to);
}

/* vsnprintf cuts at a byte; take the broken code point off again. */
static void format_cut(char *to, size_t capacity, const char *format, va_list arguments) {
    int size = vsnprintf(to, capacity, format, arguments);
    if (size < 0) to[0] = '\0';
    else if ((size_t)size >= capacity) {
        size_t end = capacity - 1;
        while (end > 0 && ((unsigned char)to[end - 1] & 0xC0) == 0x80) end--;
        if (end > 0 && ((unsigned char)to[end - 1] & 0x80)) end--;
        to[end] = '\0';
    }
    replace_broken_bytes(to);
}

ieum_status problem_set(struct problem *problem, ieum_status status, const char *pointer, const char *ko_format,
                        const char *en_format, ...) {
    if (problem->status != IEUM_OK) return problem->status;
    problem->status = status;
    copy_cut(problem->pointer, sizeof problem->pointer, pointer ? pointer : "");
    va_list arguments;
    va_start(arguments, en_format);
    va_list again;
    va_copy(again, arguments);
    format_cut(problem->ko, sizeof problem->ko, ko_format, arguments);
    format_cut(problem->en, sizeof problem->en, en_format, again);
    va_end(again);
    va_end(arguments);
    return status;
}

void problem_set_value(struct problem *problem, const char *value) {
    if (problem->value[0] || !value) return;
    copy_cut(problem->value, sizeof problem->value, value);
    if (strlen(value) >= sizeof problem->value) {
        size_t end = utf8_cut(problem->value, strlen(problem->value), sizeof problem->value - 4);
        memcpy(problem->value + end, "…", 4);
    }
}

void problem_set_expected(struct problem *problem, const char *expected) {
    if (!problem->expected[0] && expected) copy_cut(problem->expected, sizeof problem->expected, expected);
}

void problem_set_place(struct problem *problem, const char *source, size_t line, size_t column) {
    if (!problem->source[0] && source) copy_cut(problem->source, sizeof problem->source, source);
    if (!problem->line) problem->line = line;
    if (!problem->column) problem->column = column;
}

void problem_prefix_pointer(struct problem *problem, const char *prefix) {
    char whole[2 * sizeof problem->pointer];
    snprintf(whole, sizeof whole, "%s%s", prefix, problem->pointer);
    copy_cut(problem->pointer, sizeof problem->pointer, whole);
}

ieum_status problem_set_memory(struct problem *problem) {
    return problem_set(problem, IEUM_MEMORY, "", "메모리가 부족하여 요청을 마치지 못했습니다. 저장된 내용은 바뀌지 않았습니다.",
                       "There was not enough memory to finish the request. Nothing stored has changed.");
}
