/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Patterns by PCRE2. In: an expression from a data file; out: a compiled pattern and the places where it matches. Must
 * not let an expression run away (match, depth and heap limits) and must not turn a limit into "no match".
 */
#include "pattern.h"

#include <limits.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "../base/memory.h"
#include "../base/utf8.h"

#define MATCH_LIMIT 100000u
#define DEPTH_LIMIT 10000u
#define HEAP_LIMIT_KIB 4096u
#define LONGEST_EXPRESSION 4096u
#define MESSAGE_SIZE 160

struct pattern {
    pcre2_general_context *general;
    pcre2_match_context *limits;
    pcre2_code *code;
};

static void *allocate(size_t size, void *context) {
    (void)context;
    return memory_allocate(size);
}

static void release(void *block, void *context) {
    (void)context;
    memory_free(block);
}

static ieum_status refuse(struct problem *problem, const char *pointer, const char *expression, int error,
                          size_t offset) {
    char message[MESSAGE_SIZE] = "";
    const size_t size = strlen(expression);
    const size_t column = utf8_count(expression, offset < size ? offset : size) + 1;
    pcre2_get_error_message(error, (PCRE2_UCHAR *)message, sizeof message);
    problem_set(problem, IEUM_INVALID, pointer, "정규식의 %1$zu번째 글자가 잘못되었습니다 (%2$s).",
                "The pattern is wrong at character %1$zu (%2$s).", column, message);
    problem_set_value(problem, expression);
    problem_set_expected(problem, "PCRE2");
    return problem->status;
}

static ieum_status compile(struct pattern *self, const char *expression, const char *pointer, struct problem *problem) {
    int error = 0;
    PCRE2_SIZE offset = 0;
    if (strlen(expression) > LONGEST_EXPRESSION) {
        problem_set(problem, IEUM_LIMIT, pointer, "정규식이 너무 깁니다(%u바이트까지).",
                    "The pattern is too long (at most %u bytes).", LONGEST_EXPRESSION);
        return problem->status;
    }
    pcre2_compile_context *settings = pcre2_compile_context_create(self->general);
    if (settings == NULL) return problem_set_memory(problem);
    self->code = pcre2_compile((PCRE2_SPTR)expression, PCRE2_ZERO_TERMINATED,
                               PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &error, &offset, settings);
    pcre2_compile_context_free(settings);
    if (self->code == NULL)
        return error == PCRE2_ERROR_HEAP_FAILED ? problem_set_memory(problem)
                                                : refuse(problem, pointer, expression, error, offset);
    /* Where there is no JIT the interpreter gives the same answers, so a failure here is none. */
    (void)pcre2_jit_compile(self->code, PCRE2_JIT_COMPLETE);
    return IEUM_OK;
}

ieum_status pattern_new(const char *expression, const char *pointer, struct pattern **pattern,
                        struct problem *problem) {
    ieum_status status = IEUM_OK;
    struct pattern *self = memory_allocate_zero(1, sizeof *self);
    if (self == NULL) return problem_set_memory(problem);
    self->general = pcre2_general_context_create(allocate, release, NULL);
    self->limits = self->general == NULL ? NULL : pcre2_match_context_create(self->general);
    if (self->limits == NULL) {
        status = problem_set_memory(problem);
        goto done;
    }
    pcre2_set_match_limit(self->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(self->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(self->limits, HEAP_LIMIT_KIB);
    status = compile(self, expression, pointer, problem);
    if (status != IEUM_OK) goto done;
    *pattern = self;
    self = NULL;
done:
    pattern_free(self);
    return status;
}

void pattern_free(struct pattern *pattern) {
    if (pattern == NULL) return;
    pcre2_code_free(pattern->code);
    pcre2_match_context_free(pattern->limits);
    pcre2_general_context_free(pattern->general);
    memory_free(pattern);
}

static enum pattern_result find(const struct pattern *pattern, const char *text, size_t size, size_t from, uint32_t options,
                                size_t *start, size_t *end) {
    enum pattern_result result = PATTERN_UNDECIDED;
    if (from > size) return PATTERN_NO;
    /* The match data is the only thing written to, so each call has its own. */
    pcre2_match_data *found = pcre2_match_data_create(1, pattern->general);
    if (found == NULL) return PATTERN_UNDECIDED;
    const int count = pcre2_match(pattern->code, (PCRE2_SPTR)text, size, from, options, found, pattern->limits);
    if (count >= 0) {
        const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(found);
        /* \K in a lookahead can put the start after the end. */
        *start = offsets[0] < offsets[1] ? offsets[0] : offsets[1];
        *end = offsets[1];
        result = PATTERN_YES;
    } else if (count == PCRE2_ERROR_NOMATCH) {
        result = PATTERN_NO;
    }
    pcre2_match_data_free(found);
    return result;
}

enum pattern_result pattern_find(const struct pattern *pattern, const char *text, size_t size, size_t from,
                                 size_t *start, size_t *end) {
    return find(pattern, text, size, from, 0, start, end);
}

enum pattern_result pattern_find_valid(const struct pattern *pattern, const char *text, size_t size, size_t from,
                                       size_t *start, size_t *end) {
    return find(pattern, text, size, from, PCRE2_NO_UTF_CHECK, start, end);
}
