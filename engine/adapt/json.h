/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON (Jansson). The only place that knows Jansson; all other code sees `jval`.
 *
 * Parsing is strict: duplicate keys, NaN and Infinity, lone surrogates, NUL characters, integers beyond ±(2^53 − 1),
 * nesting deeper than 64 and text after the value are refused with line, column and reason.
 *
 * Builders never fail by themselves: when memory runs out they do nothing, memory_failed() turns true, and jval_write
 * reports it. A setter steals the value it is given (NULL is allowed and stored as null). Values read out are borrowed.
 */
#ifndef IEUM_ADAPT_JSON_H
#define IEUM_ADAPT_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/buffer.h"
#include "../base/memory.h"
#include "../base/problem.h"

typedef struct json_t jval;

enum jval_kind { JVAL_NULL, JVAL_FALSE, JVAL_TRUE, JVAL_INTEGER, JVAL_REAL, JVAL_TEXT, JVAL_ARRAY, JVAL_OBJECT };

/* Call once, before threads start (hash seed, allocator). Safe to repeat. */
void jval_prepare(void);

ieum_status jval_parse(const char *bytes, size_t size, jval **value, struct problem *problem);
jval *jval_keep(const jval *value); /* another owner of the same value */
void jval_free(jval *value);        /* NULL is fine */

enum jval_kind jval_kind(const jval *value); /* NULL counts as JVAL_NULL */
const char *jval_kind_name(const jval *value);
bool jval_is(const jval *value, enum jval_kind kind);
const char *jval_text(const jval *value);         /* "" unless text */
double jval_number(const jval *value);            /* 0 unless a number */
int64_t jval_integer(const jval *value);          /* 0 unless an integer */
bool jval_true(const jval *value);
size_t jval_count(const jval *value);             /* elements of an array or members of an object, else 0 */
const jval *jval_get(const jval *object, const char *key); /* NULL when absent or not an object */
const jval *jval_at(const jval *array, size_t index);      /* NULL when absent or not an array */
const char *jval_get_text(const jval *object, const char *key); /* NULL when absent or not text */
bool jval_equal(const jval *a, const jval *b);

/* Walks an object in the order of insertion:  for (void *i = jval_first(o); i; i = jval_next(o, i)) jval_key(i), jval_value(i) */
void *jval_first(const jval *object);
void *jval_next(const jval *object, void *iterator);
const char *jval_key(void *iterator);
const jval *jval_value(void *iterator);

jval *jval_new_object(void);
jval *jval_new_array(void);
jval *jval_new_text(const char *text); /* NULL or invalid UTF-8 gives null */
jval *jval_new_text_size(const char *text, size_t size);
jval *jval_new_text_valid(const char *text, size_t size); /* for bytes that were found to be UTF-8 without NUL */
jval *jval_new_integer(int64_t number);
jval *jval_new_number(double number); /* not finite gives null */
jval *jval_new_bool(bool truth);
jval *jval_new_null(void);
jval *jval_copy(const jval *value); /* deep */
jval *jval_copy_outer(const jval *value); /* an array or object of its own that shares its elements */

void jval_set(jval *object, const char *key, jval *value);
void jval_set_text(jval *object, const char *key, const char *text);
void jval_set_integer(jval *object, const char *key, int64_t number);
void jval_set_number(jval *object, const char *key, double number);
void jval_set_bool(jval *object, const char *key, bool truth);
void jval_remove(jval *object, const char *key);
void jval_append(jval *array, jval *value);
void jval_replace(jval *array, size_t index, jval *value);
void jval_append_text(jval *array, const char *text);

/* Text of a value on one line. `sorted`: keys in code point order (canonical, for hashes); otherwise in order of insertion. Reals
 * carry at most 15 significant digits, so a number that was given with 15 digits or fewer comes out as it went in. The text is freed
 * with memory_free. */
ieum_status jval_write(const jval *value, bool sorted, char **text, struct problem *problem);

/* Where a value stands, as a chain of frames on the stack; written as a JSON Pointer (RFC 6901). */
struct jpath {
    const struct jpath *up; /* NULL: the root, whose key and index do not count */
    const char *key;        /* NULL: `index` counts */
    size_t index;
};
void jpath_write(const struct jpath *path, char *pointer, size_t size);
/* problem_set at a path (NULL = root), with the found value shown. */
ieum_status jval_refuse(struct problem *problem, const struct jpath *at, const jval *found, const char *expected,
                        const char *ko, const char *en);

/* ---- reading members with their types ---- */
/*
 * Each reads object[key]. Absent (or null) leaves *out as it was and is IEUM_OK unless `required`. A wrong type, an empty text
 * where `required`, or a number outside [least, most] sets the problem with the pointer of the member. Texts and lists are borrowed
 * from the value.
 */
ieum_status field_text(const jval *object, const struct jpath *at, const char *key, bool required, const char **out,
                       struct problem *problem);
ieum_status field_integer(const jval *object, const struct jpath *at, const char *key, bool required, int64_t least, int64_t most,
                          int64_t *out, struct problem *problem);
ieum_status field_number(const jval *object, const struct jpath *at, const char *key, bool required, double least, double most,
                         double *out, struct problem *problem);
ieum_status field_bool(const jval *object, const struct jpath *at, const char *key, bool required, bool *out, struct problem *problem);
ieum_status field_object(const jval *object, const struct jpath *at, const char *key, bool required, const jval **out,
                         struct problem *problem);
ieum_status field_array(const jval *object, const struct jpath *at, const char *key, bool required, const jval **out,
                        struct problem *problem);
/* An array of non-empty texts; items are put into the arena, texts are borrowed. */
struct text_list {
    const char **items;
    size_t count;
};
bool text_list_has(const struct text_list *list, const char *text);
ieum_status field_text_list(const jval *object, const struct jpath *at, const char *key, bool required, struct arena *arena,
                            struct text_list *out, struct problem *problem);
/* One of `names[0..count)`; *out is the index. */
ieum_status field_choice(const jval *object, const struct jpath *at, const char *key, bool required, const char *const *names,
                         size_t count, size_t *out, struct problem *problem);
/* Refuses members not named in `known[0..count)`. */
ieum_status field_refuse_unknown(const jval *object, const struct jpath *at, const char *const *known, size_t count,
                                 struct problem *problem);

#endif
