/* SPDX-License-Identifier: Apache-2.0 */
/* Jansson behind jval: strict parsing, builders that never fail by themselves. Writing: json_write.c. */
#include "json.h"

#include <jansson.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "../base/utf8.h"

enum { DEEPEST = 64 };
static const json_int_t LARGEST_INTEGER = (json_int_t)1 << 53; /* exclusive: beyond it doubles, and so other readers, lose integers */

static pthread_once_t prepared = PTHREAD_ONCE_INIT;

/*
 * Jansson's reader goes on after an allocation failed inside a token, and then trusts a length that is no longer true: it writes past its block, or takes a
 * text with bytes missing. So after one failure it gets nothing more until the flag is cleared.
 */
static void *allocate(size_t size) { return memory_failed() ? NULL : memory_allocate(size); }

static void prepare(void) {
    json_set_alloc_funcs(allocate, memory_free);
    json_object_seed(0);
}

void jval_prepare(void) { pthread_once(&prepared, prepare); }

/* ---- parsing ---- */

struct sentence {
    const char *ko, *en;
};

static struct sentence sentence_of(enum json_error_code code) {
    switch (code) {
    case json_error_duplicate_key:
        return (struct sentence){"같은 이름의 항목이 두 번 나옵니다", "the same member name appears twice"};
    case json_error_invalid_utf8:
        return (struct sentence){"UTF-8 문자가 아닙니다", "the bytes are not valid UTF-8"};
    case json_error_null_character: case json_error_null_byte_in_key:
        return (struct sentence){"글에 NUL 문자가 들어 있습니다", "a text contains a NUL character"};
    case json_error_numeric_overflow:
        return (struct sentence){"수가 너무 큽니다", "a number is too large"};
    case json_error_premature_end_of_input:
        return (struct sentence){"내용이 중간에 끊겼습니다", "the input ends too early"};
    case json_error_end_of_input_expected:
        return (struct sentence){"값이 끝난 뒤에 다른 내용이 있습니다", "there is something after the end of the value"};
    case json_error_stack_overflow:
        return (struct sentence){"너무 깊게 겹쳐 있습니다", "the nesting is too deep"};
    default:
        return (struct sentence){"JSON 문법에 맞지 않습니다", "this is not JSON"};
    }
}

static ieum_status refuse_syntax(const json_error_t *error, struct problem *problem) {
    enum json_error_code code = json_error_code(error);
    if (code == json_error_out_of_memory) return problem_set_memory(problem);
    struct sentence why = sentence_of(code);
    size_t line = error->line > 0 ? (size_t)error->line : 0, column = error->column > 0 ? (size_t)error->column : 0;
    problem_set(problem, IEUM_INVALID, "", "JSON을 읽을 수 없습니다: %s%.0s (%zu행 %zu열).",
                "The JSON cannot be read: %.0s%s (line %zu, column %zu).", why.ko, why.en, line, column);
    problem_set_place(problem, NULL, line, column);
    problem_set_value(problem, error->text);
    return IEUM_INVALID;
}

/* What Jansson lets pass: integers that other readers would round, and deep nesting. */
static ieum_status check_value(const json_t *value, const struct jpath *at, int depth, struct problem *problem) {
    ieum_status status = IEUM_OK;
    if (depth > DEEPEST)
        return jval_refuse(problem, at, NULL, "<= 64", "너무 깊게 겹쳐 있습니다.", "The nesting is too deep.");
    if (json_is_integer(value)) {
        json_int_t number = json_integer_value(value);
        if (number >= LARGEST_INTEGER || number <= -LARGEST_INTEGER)
            return jval_refuse(problem, at, value, "-(2^53-1)..2^53-1", "정수가 너무 커서 정확히 다룰 수 없습니다.",
                               "The integer is too large to be handled exactly.");
    } else if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value) && status == IEUM_OK; i++)
            status = check_value(json_array_get(value, i), &(struct jpath){at, NULL, i}, depth + 1, problem);
    } else if (json_is_object(value)) {
        for (void *i = jval_first(value); i && status == IEUM_OK; i = jval_next(value, i))
            status = check_value(jval_value(i), &(struct jpath){at, jval_key(i), 0}, depth + 1, problem);
    }
    return status;
}

ieum_status jval_parse(const char *bytes, size_t size, jval **value, struct problem *problem) {
    json_error_t error;
    jval_prepare();
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) bytes += 3, size -= 3; /* a byte order mark of some editors */
    json_t *parsed = json_loadb(bytes, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!parsed) return memory_failed() ? problem_set_memory(problem) : refuse_syntax(&error, problem);
    const struct jpath root = {NULL, NULL, 0};
    ieum_status status = check_value(parsed, &root, 0, problem);
    if (status == IEUM_OK) *value = parsed;
    else json_decref(parsed);
    return status;
}

jval *jval_keep(const jval *value) { return json_incref((json_t *)(uintptr_t)value); }
void jval_free(jval *value) { json_decref(value); }

/* ---- reading ---- */

enum jval_kind jval_kind(const jval *value) {
    if (!value) return JVAL_NULL;
    switch (json_typeof(value)) {
    case JSON_OBJECT: return JVAL_OBJECT;
    case JSON_ARRAY: return JVAL_ARRAY;
    case JSON_STRING: return JVAL_TEXT;
    case JSON_INTEGER: return JVAL_INTEGER;
    case JSON_REAL: return JVAL_REAL;
    case JSON_TRUE: return JVAL_TRUE;
    case JSON_FALSE: return JVAL_FALSE;
    default: return JVAL_NULL;
    }
}

const char *jval_kind_name(const jval *value) {
    static const char *const names[] = {"null", "false", "true", "integer", "number", "text", "array", "object"};
    return names[jval_kind(value)];
}

bool jval_is(const jval *value, enum jval_kind kind) { return jval_kind(value) == kind; }
const char *jval_text(const jval *value) { return json_is_string(value) ? json_string_value(value) : ""; }
double jval_number(const jval *value) { return json_number_value(value); }
int64_t jval_integer(const jval *value) { return json_integer_value(value); }
bool jval_true(const jval *value) { return json_is_true(value); }

size_t jval_count(const jval *value) {
    return json_is_array(value) ? json_array_size(value) : json_is_object(value) ? json_object_size(value) : 0;
}

const jval *jval_get(const jval *object, const char *key) { return json_object_get(object, key); }
const jval *jval_at(const jval *array, size_t index) { return json_array_get(array, index); }

const char *jval_get_text(const jval *object, const char *key) {
    return json_string_value(json_object_get(object, key));
}

bool jval_equal(const jval *a, const jval *b) { return json_equal(a, b) == 1; }

/* Jansson's iterators take a mutable object but do not change it. */
static json_t *unconst(const jval *value) { return (json_t *)(uintptr_t)value; }

void *jval_first(const jval *object) { return json_object_iter(unconst(object)); }
void *jval_next(const jval *object, void *iterator) { return json_object_iter_next(unconst(object), iterator); }
const char *jval_key(void *iterator) { return json_object_iter_key(iterator); }
const jval *jval_value(void *iterator) { return json_object_iter_value(iterator); }

/* ---- building ---- */

jval *jval_new_object(void) { return json_object(); }
jval *jval_new_array(void) { return json_array(); }
jval *jval_new_text(const char *text) { return jval_new_text_size(text, text ? strlen(text) : 0); }

jval *jval_new_text_size(const char *text, size_t size) {
    if (!text || !utf8_valid(text, size)) return json_null();
    return json_stringn_nocheck(text, size);
}

jval *jval_new_text_valid(const char *text, size_t size) { return json_stringn_nocheck(text, size); }
jval *jval_new_integer(int64_t number) { return json_integer(number); }
jval *jval_new_number(double number) { return isfinite(number) ? json_real(number) : json_null(); }
jval *jval_new_bool(bool truth) { return json_boolean(truth); }
jval *jval_new_null(void) { return json_null(); }
jval *jval_copy(const jval *value) { return json_deep_copy(value); }
jval *jval_copy_outer(const jval *value) { return json_copy(unconst(value)); }

void jval_set(jval *object, const char *key, jval *value) {
    json_object_set_new_nocheck(object, key, value ? value : json_null());
}

void jval_set_text(jval *object, const char *key, const char *text) { jval_set(object, key, jval_new_text(text)); }
void jval_set_integer(jval *object, const char *key, int64_t number) { jval_set(object, key, jval_new_integer(number)); }
void jval_set_number(jval *object, const char *key, double number) { jval_set(object, key, jval_new_number(number)); }
void jval_set_bool(jval *object, const char *key, bool truth) { jval_set(object, key, jval_new_bool(truth)); }
void jval_remove(jval *object, const char *key) { json_object_del(object, key); }
void jval_append(jval *array, jval *value) { json_array_append_new(array, value ? value : json_null()); }
void jval_replace(jval *array, size_t index, jval *value) { json_array_set_new(array, index, value ? value : json_null()); }
void jval_append_text(jval *array, const char *text) { jval_append(array, jval_new_text(text)); }

/* ---- pointers ---- */

static void write_step(const struct jpath *step, struct buffer *out) {
    if (!step || !step->up) return;
    write_step(step->up, out);
    buffer_add_byte(out, '/');
    if (!step->key) {
        buffer_format(out, "%zu", step->index);
        return;
    }
    for (const char *c = step->key; *c; c++) {
        if (*c == '~') buffer_add_text(out, "~0");
        else if (*c == '/') buffer_add_text(out, "~1");
        else buffer_add_byte(out, *c);
    }
}

void jpath_write(const struct jpath *path, char *pointer, size_t size) {
    struct buffer text = BUFFER_EMPTY;
    write_step(path, &text);
    size_t used = text.failed ? 0 : text.size < size ? text.size : utf8_cut(text.bytes, text.size, size - 1);
    if (used) memcpy(pointer, text.bytes, used);
    pointer[used] = '\0';
    buffer_free(&text);
}

ieum_status jval_refuse(struct problem *problem, const struct jpath *at, const jval *found, const char *expected,
                        const char *ko, const char *en) {
    if (problem->status != IEUM_OK) return problem->status;
    char pointer[sizeof problem->pointer];
    jpath_write(at, pointer, sizeof pointer);
    problem_set(problem, IEUM_INVALID, pointer, "%s%.0s", "%.0s%s", ko, en);
    problem_set_expected(problem, expected);
    if (json_is_array(found) || json_is_object(found)) problem_set_value(problem, jval_kind_name(found));
    else if (json_is_string(found)) problem_set_value(problem, json_string_value(found));
    else if (found) {
        char text[40];
        size_t size = json_dumpb(found, text, sizeof text - 1, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
        text[size < sizeof text ? size : 0] = '\0';
        problem_set_value(problem, text);
    }
    return IEUM_INVALID;
}
