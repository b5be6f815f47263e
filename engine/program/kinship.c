/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see kinship.h. Runs for every pair, so nothing is allocated for pairs that pass. */
#include "kinship.h"

#include <string.h>

#include "likeness.h"
#include "locate.h"
#include "rule.h"

bool rule_test_is_pair(enum rule_test test) { return !rule_test_single(test); }

static bool holds(const struct rule *rule, const char *held, const char *asked) {
    return rule->test == TEST_LIES_IN ? value_begins_alike(held, asked) : value_alike(held, asked);
}

static bool accepted(const struct rule *rule, const char *held, const char *asked) {
    if (holds(rule, held, asked)) return true;
    for (void *i = rule->accepts == NULL ? NULL : jval_first(rule->accepts); i != NULL;
         i = jval_next(rule->accepts, i)) {
        if (!value_alike(jval_key(i), asked)) continue;
        for (size_t k = 0; k < jval_count(jval_value(i)); k++)
            if (holds(rule, held, jval_text(jval_at(jval_value(i), k)))) return true;
    }
    return false;
}

static bool any_accepted(const struct rule *rule, const jval *held, const char *asked) {
    for (size_t i = 0; i < value_count(held); i++)
        if (accepted(rule, jval_text(value_item(held, i)), asked)) return true;
    return false;
}

/* How many of the asked values are held; blanks are not asked. */
static void count_held(const struct rule *rule, const jval *asked, const jval *held, size_t *held_count,
                       size_t *asked_count) {
    *held_count = *asked_count = 0;
    for (size_t i = 0; i < value_count(asked); i++) {
        const jval *item = value_item(asked, i);
        if (value_missing(item)) continue;
        ++*asked_count;
        if (any_accepted(rule, held, jval_text(item))) ++*held_count;
    }
}

static ieum_status lists_write(const struct rule *rule, const jval *asked, const jval *held, struct arena *arena,
                               struct finding *finding, const char **lacking, struct problem *problem) {
    struct text_list asked_texts = {0}, held_texts = {0};
    ieum_status status = value_texts(asked, arena, &asked_texts, problem);
    if (status == IEUM_OK && !value_missing(held)) status = value_texts(held, arena, &held_texts, problem);
    if (status != IEUM_OK) return status;
    finding->expected = texts_join(&asked_texts, arena);
    if (held_texts.count > 0) finding->value = texts_join(&held_texts, arena);
    size_t kept = 0;
    for (size_t i = 0; i < asked_texts.count; i++)
        if (!any_accepted(rule, held, asked_texts.items[i])) asked_texts.items[kept++] = asked_texts.items[i];
    asked_texts.count = kept;
    *lacking = texts_join(&asked_texts, arena);
    bool written = finding->expected != NULL && *lacking != NULL && (held_texts.count == 0 || finding->value != NULL);
    return written ? IEUM_OK : problem_set_memory(problem);
}

/* covers: all asked values are held; lies_in: one is enough. Nothing asked: passes. */
static ieum_status judge_asked(const struct rule *rule, const struct demand *demand, const struct supplier *supplier,
                               struct arena *arena, struct finding *finding, const char **lacking, bool *ask,
                               struct problem *problem) {
    const jval *asked = value_at(demand->json, rule->field), *held = value_at(supplier->json, rule->supplier_field);
    size_t held_count, asked_count;
    if (value_missing(asked)) return IEUM_OK;
    if (value_missing(held)) {
        *ask = true;
        finding->verdict = rule->missing == MISSING_FAIL      ? VERDICT_FAIL
                           : rule->missing == MISSING_CONFIRM ? VERDICT_CONFIRM
                                                              : VERDICT_PASS;
    } else {
        count_held(rule, asked, held, &held_count, &asked_count);
        bool passes = rule->test == TEST_COVERS ? held_count == asked_count : held_count > 0;
        finding->verdict = passes ? VERDICT_PASS : VERDICT_FAIL;
    }
    if (finding->verdict == VERDICT_PASS) return IEUM_OK;
    return lists_write(rule, asked, held, arena, finding, lacking, problem);
}

/* ---- listed, within ---- */

static enum verdict verdict_unknown(const struct rule *rule) {
    return rule->missing == MISSING_FAIL ? VERDICT_FAIL : rule->missing == MISSING_CONFIRM ? VERDICT_CONFIRM : VERDICT_PASS;
}

static ieum_status texts_of_list(const jval *list, const char *rest, struct arena *arena, struct text_list *texts, struct problem *problem) {
    struct text_list all = {arena_allocate_zero(arena, value_count(list) + 1, sizeof *all.items), 0};
    if (all.items == NULL) return problem_set_memory(problem);
    for (size_t i = 0; i < value_count(list); i++) {
        const jval *item = value_at(value_item(list, i), rest);
        if (jval_is(item, JVAL_TEXT) && !value_missing(item)) all.items[all.count++] = jval_text(item);
    }
    *texts = all;
    return IEUM_OK;
}

/* A demand that lists nothing names nobody: unlike what is asked for in vain, that is as if it were missing. */
static ieum_status judge_named(const struct rule *rule, const struct demand *demand, const struct supplier *supplier, struct arena *arena, struct finding *finding, bool *ask,
                               struct problem *problem) {
    const char *rest;
    const jval *list = value_list_at(demand->json, rule->field, &rest), *held = value_at(supplier->json, rule->supplier_field);
    struct text_list texts = {0};
    *ask = value_missing(list) || value_missing(held) || !jval_is(held, JVAL_TEXT);
    if (*ask) {
        finding->verdict = verdict_unknown(rule);
        if (finding->verdict == VERDICT_PASS) return IEUM_OK;
    } else {
        for (size_t i = 0; i < value_count(list); i++) {
            const jval *item = value_at(value_item(list, i), rest);
            if (jval_is(item, JVAL_TEXT) && value_alike(jval_text(item), jval_text(held))) return IEUM_OK;
        }
        finding->verdict = VERDICT_FAIL;
    }
    ieum_status status = value_missing(list) ? IEUM_OK : texts_of_list(list, rest, arena, &texts, problem);
    if (status == IEUM_OK && texts.count > 0 && (finding->expected = texts_join(&texts, arena)) == NULL) status = problem_set_memory(problem);
    if (jval_is(held, JVAL_TEXT)) finding->value = jval_text(held);
    return status;
}

static bool is_number(const jval *value) { return jval_is(value, JVAL_INTEGER) || jval_is(value, JVAL_REAL); }

/* What is no number, or no range, cannot be judged: somebody has to look. */
static ieum_status judge_within(const struct rule *rule, const struct demand *demand, const struct supplier *supplier, struct arena *arena, struct finding *finding, bool *ask,
                                struct problem *problem) {
    const jval *asked = value_at(demand->json, rule->field), *held = value_at(supplier->json, rule->supplier_field);
    struct text_list asked_texts = {0}, held_texts = {0};
    if (value_missing(asked)) return IEUM_OK;
    const size_t count = value_missing(held) ? 0 : value_count(held);
    const jval *most = count ? value_item(held, count - 1) : NULL, *least = count == 2 ? value_item(held, 0) : NULL;
    *ask = count == 0 || count > 2 || !is_number(asked) || !is_number(most) || (least && !is_number(least));
    finding->verdict = count == 0 ? verdict_unknown(rule) : VERDICT_CONFIRM;
    if (!*ask) finding->verdict = jval_number(asked) <= jval_number(most) && (!least || jval_number(asked) >= jval_number(least)) ? VERDICT_PASS : VERDICT_FAIL;
    if (finding->verdict == VERDICT_PASS) return IEUM_OK;
    ieum_status status = value_texts(asked, arena, &asked_texts, problem);
    if (status == IEUM_OK && count > 0) status = value_texts(held, arena, &held_texts, problem);
    if (status != IEUM_OK) return status;
    finding->expected = texts_join(&asked_texts, arena);
    if (count > 0) finding->value = texts_join(&held_texts, arena);
    return finding->expected && (count == 0 || finding->value) ? IEUM_OK : problem_set_memory(problem);
}

static void judge_listed(const struct rule *rule, const struct demand *demand, const struct supplier *supplier,
                         struct finding *finding) {
    const jval *list = value_at(demand->json, rule->field);
    if (value_missing(list)) return;
    for (size_t i = 0; i < value_count(list); i++) {
        if (strcmp(jval_text(value_item(list, i)), supplier->id) != 0) continue;
        finding->verdict = VERDICT_FAIL;
        finding->value = supplier->id;
    }
}

/* Whether the firm's list of related firms names the other one, by number or by name; the entry, NULL when not. */
static const char *named_affiliate(const struct firm *firm, const struct firm *other) {
    for (size_t i = 0; i < firm->affiliates.count; i++) {
        const char *entry = firm->affiliates.items[i];
        if (firm_name_alike(entry, other->name) || number_alike(entry, other->registration_no)) return entry;
    }
    return NULL;
}

/* Two firms with different registration numbers may share a name; without both numbers the name has to do. */
static void judge_related(const struct demand *demand, const struct supplier *supplier, struct finding *finding) {
    const struct firm *a = &demand->firm, *b = &supplier->firm;
    const char *shared = NULL;
    if (a->registration_no != NULL && b->registration_no != NULL)
        shared = number_alike(a->registration_no, b->registration_no) ? b->registration_no : NULL;
    else if (firm_name_alike(a->name, b->name))
        shared = b->name;
    if (shared == NULL) shared = named_affiliate(a, b);
    if (shared == NULL) shared = named_affiliate(b, a);
    if (shared == NULL) return;
    finding->verdict = VERDICT_FAIL;
    finding->value = shared;
}

ieum_status pair_judge(const struct rule *rule, const struct demand *demand, const struct supplier *supplier,
                       struct arena *arena, struct finding *finding, const char **lacking, bool *ask,
                       struct problem *problem) {
    switch (rule->test) {
    case TEST_COVERS:
    case TEST_LIES_IN: return judge_asked(rule, demand, supplier, arena, finding, lacking, ask, problem);
    case TEST_LISTED: return judge_named(rule, demand, supplier, arena, finding, ask, problem);
    case TEST_WITHIN: return judge_within(rule, demand, supplier, arena, finding, ask, problem);
    case TEST_NOT_LISTED: judge_listed(rule, demand, supplier, finding); return IEUM_OK;
    default: judge_related(demand, supplier, finding); return IEUM_OK;
    }
}
