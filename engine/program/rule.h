/* SPDX-License-Identifier: Apache-2.0 */
/* One rule of a program file: reading and checking it. Testing a record against it is judge.h. */
#ifndef IEUM_PROGRAM_RULE_H
#define IEUM_PROGRAM_RULE_H

#include "program.h"

/*
 * Reads the rules under `key` ("eligibility", "pair_rules") of the resolved file. Rules that are not enabled are
 * checked like the others and then left out. On failure nothing is kept.
 */
ieum_status rules_read(const jval *resolved, const char *key, bool pair, struct arena *arena, struct rule **rules,
                       size_t *count, struct problem *problem);
/* The same of a list within the file: the member `key` of the object that stands at `at`. */
ieum_status rules_read_in(const jval *object, const struct jpath *at, const char *key, bool pair, struct arena *arena,
                          struct rule **rules, size_t *count, struct problem *problem);
/* One rule on a record, the member `key`; `*enabled`: whether it counts. Release with rules_release. */
ieum_status rule_read_in(const jval *object, const struct jpath *at, const char *key, struct arena *arena,
                         struct rule *rule, bool *enabled, struct problem *problem);
/* Gives each rule the union that it names; the names were checked when the file was resolved. */
void rules_bind(struct rule *rules, size_t count, const struct firm_union *unions, size_t union_count);
void rules_release(struct rule *rules, size_t count); /* what is not in the arena */

/* A member that is a JSON Pointer into a record. */
ieum_status pointer_field(const jval *json, const struct jpath *at, const char *key, bool required,
                          const char **pointer, struct problem *problem);

/* Whether a test looks at one record (otherwise at a pair). */
bool rule_test_single(enum rule_test test);

#endif
