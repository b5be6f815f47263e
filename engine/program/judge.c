/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Purpose, input, output: see judge.h. Tests on one field stand here, tests on a pair in kinship.c. Must not decide
 * what a missing field means: the rule says that.
 */
#include "judge.h"

#include <stdio.h>
#include <string.h>

#include "../adapt/pattern.h"
#include "cost_items.h"
#include "kinship.h"
#include "likeness.h"
#include "locate.h"
#include "reason.h"
#include "union.h"

/* The revision of a code stands beside it: "/firm/ksic" and "/firm/ksic_rev". */
static int revision_of(const jval *record, const char *pointer) {
    char sibling[160];
    int written = snprintf(sibling, sizeof sibling, "%s_rev", pointer);
    if (written < 0 || (size_t)written >= sizeof sibling) return 0;
    int64_t revision = jval_integer(value_at(record, sibling));
    return revision == 10 || revision == 11 ? (int)revision : 0;
}

static bool code_under(const struct ksic *code, const struct text_list *prefixes, int revision) {
    for (size_t i = 0; i < prefixes->count; i++)
        if (ksic_under(code, prefixes->items[i], revision)) return true;
    return false;
}

static bool begins_with_any(const struct rule *rule, const char *text, int revision) {
    if (rule->ksic) {
        struct ksic code;
        return ksic_read(text, revision, &code) && code_under(&code, &rule->values, rule->revision) &&
               !code_under(&code, &rule->except, rule->revision);
    }
    for (size_t i = 0; i < rule->except.count; i++)
        if (value_begins_alike(text, rule->except.items[i])) return false;
    for (size_t i = 0; i < rule->values.count; i++)
        if (value_begins_alike(text, rule->values.items[i])) return true;
    return false;
}

static bool equals_any(const struct rule *rule, const char *text) {
    for (size_t i = 0; i < rule->values.count; i++)
        if (value_alike(text, rule->values.items[i])) return true;
    return false;
}

static enum verdict verdict_of(bool passes) { return passes ? VERDICT_PASS : VERDICT_FAIL; }

static enum verdict judge_text(const struct rule *rule, const char *text, int revision) {
    size_t start, end;
    if (rule->test == TEST_IN) return verdict_of(equals_any(rule, text));
    if (rule->test == TEST_PREFIX) return verdict_of(begins_with_any(rule, text, revision));
    enum pattern_result result = pattern_find(rule->pattern, text, strlen(text), 0, &start, &end);
    return result == PATTERN_UNDECIDED ? VERDICT_CONFIRM : verdict_of(result == PATTERN_YES);
}

static enum verdict judge_number(const struct rule *rule, const jval *item) {
    if (!jval_is(item, JVAL_INTEGER) && !jval_is(item, JVAL_REAL)) return VERDICT_CONFIRM;
    double number = jval_number(item);
    return verdict_of(rule->test == TEST_AT_LEAST ? number >= rule->number : number <= rule->number);
}

/* A text that is no date cannot be judged: somebody has to look. */
static enum verdict judge_date(const struct rule *rule, const char *text, struct date reference, struct date *ends) {
    struct date date;
    if (!date_read(text, &date)) return VERDICT_CONFIRM;
    if (rule->test == TEST_DATE_AT_LEAST) return verdict_of(date_compare(date, rule->date) >= 0);
    if (rule->test == TEST_DATE_AT_MOST) return verdict_of(date_compare(date, rule->date) <= 0);
    *ends = date_add_years(date, (int)rule->number);
    return verdict_of(date_compare(reference, *ends) <= 0);
}

static enum verdict judge_item(const struct rule *rule, const jval *item, const char *text, int revision,
                               struct date reference, struct date *ends) {
    switch (rule->test) {
    case TEST_IN:
    case TEST_PREFIX:
    case TEST_MATCHES: return judge_text(rule, text, revision);
    case TEST_AT_LEAST:
    case TEST_AT_MOST: return judge_number(rule, item);
    case TEST_AGE_YEARS_AT_MOST:
    case TEST_DATE_AT_LEAST:
    case TEST_DATE_AT_MOST: return judge_date(rule, text, reference, ends);
    default: return VERDICT_PASS; /* present: there is something */
    }
}

/* One element that passes is enough; one that nobody can judge leaves the question open. */
static enum verdict judge_value(const struct rule *rule, const jval *record, const char *pointer, const jval *value,
                                const struct text_list *texts, struct date reference, struct date *ends) {
    enum verdict verdict = VERDICT_FAIL;
    int revision = rule->ksic ? revision_of(record, pointer) : 0;
    size_t text = 0;
    for (size_t i = 0; i < value_count(value) && verdict != VERDICT_PASS; i++) {
        const jval *item = value_item(value, i);
        if (value_missing(item)) continue;
        enum verdict one = judge_item(rule, item, texts->items[text++], revision, reference, ends);
        if (one != VERDICT_FAIL) verdict = one;
    }
    return verdict;
}

static ieum_status expected_write(const struct rule *rule, struct arena *arena, const char **expected,
                                  struct problem *problem) {
    char text[64], date[11];
    switch (rule->test) {
    case TEST_IN:
    case TEST_PREFIX:
        *expected = texts_join(&rule->values, arena);
        return *expected == NULL ? problem_set_memory(problem) : IEUM_OK;
    case TEST_MATCHES: *expected = rule->expression; return IEUM_OK;
    case TEST_AT_LEAST:
    case TEST_AT_MOST:
        snprintf(text, sizeof text, "%s %.15g", rule->test == TEST_AT_LEAST ? ">=" : "<=", rule->number);
        break;
    case TEST_AGE_YEARS_AT_MOST:
        snprintf(text, sizeof text, "<= P%dY", (int)rule->number); /* ISO 8601 duration */
        break;
    case TEST_DATE_AT_LEAST:
    case TEST_DATE_AT_MOST:
        date_write(rule->date, date);
        snprintf(text, sizeof text, "%s %s", rule->test == TEST_DATE_AT_LEAST ? ">=" : "<=", date);
        break;
    default: return IEUM_OK;
    }
    *expected = arena_copy_text(arena, text);
    return *expected == NULL ? problem_set_memory(problem) : IEUM_OK;
}

static const char *const standard_ask_ko = "'{field}' 항목으로는 판단할 수 없어 확인이 필요합니다.";
static const char *const standard_ask_en = "The field '{field}' does not settle this; it has to be confirmed.";

/* What a union rests on ends the sentence where the template has no place of its own for it. */
static const char *sentence_write(const char *template_text, const struct reason_facts *facts, const char *detail, const char *absent, struct arena *arena) {
    struct reason_facts own = *facts;
    own.places[PLACE_DETAIL] = detail;
    const char *sentence = reason_write(template_text, &own, absent, arena);
    if (sentence == NULL || detail == NULL || strstr(template_text, "{detail}") != NULL) return sentence;
    struct buffer longer = BUFFER_EMPTY;
    buffer_add_text(&longer, sentence);
    buffer_add_byte(&longer, ' ');
    buffer_add_text(&longer, detail);
    sentence = longer.failed ? NULL : arena_copy_bytes(arena, longer.bytes, longer.size);
    buffer_free(&longer);
    return sentence;
}

static ieum_status sentences_write(const struct rule *rule, const struct reason_facts *facts, bool ask,
                                   struct arena *arena, struct finding *finding, struct problem *problem) {
    const char *ko = ask ? rule->ask.ko : rule->reason.ko, *en = ask ? rule->ask.en : rule->reason.en;
    finding->text.ko = sentence_write(ko == NULL ? standard_ask_ko : ko, facts, finding->detail.ko, "미기재", arena);
    finding->text.en = sentence_write(en == NULL ? standard_ask_en : en, facts, finding->detail.en, "not given", arena);
    return finding->text.ko == NULL || finding->text.en == NULL ? problem_set_memory(problem) : IEUM_OK;
}

static const char *day_text(struct date date, char text[11]) {
    if (date_missing(date)) return NULL;
    date_write(date, text);
    return text;
}

static struct date reference_date(const struct rule *rule, const struct demand *demand) {
    struct date date = {0};
    if (rule->reference != NULL && !date_read(jval_text(value_at(demand->json, rule->reference)), &date))
        date = (struct date){0};
    return date;
}

static enum verdict verdict_missing(const struct rule *rule) {
    return rule->missing == MISSING_FAIL      ? VERDICT_FAIL
           : rule->missing == MISSING_CONFIRM ? VERDICT_CONFIRM
                                              : VERDICT_PASS;
}

/* What nobody can judge (an unreadable date, a pattern's limit) is asked, whatever the rule says of missing fields. */
static ieum_status judge_single(const struct rule *rule, const struct demand *demand, const struct supplier *supplier,
                                struct arena *arena, struct finding *finding, struct date *ends, bool *ask,
                                struct problem *problem) {
    const jval *record = supplier != NULL ? supplier->json : demand->json;
    const char *pointer = supplier != NULL ? rule->supplier_field : rule->field;
    const jval *value = value_at(record, pointer);
    struct text_list texts = {0};
    bool given = !value_missing(value);
    bool judged = given && (rule->test != TEST_AGE_YEARS_AT_MOST || !date_missing(finding->date));
    ieum_status status = given ? value_texts(value, arena, &texts, problem) : IEUM_OK;
    if (status != IEUM_OK) return status;
    finding->verdict =
        judged ? judge_value(rule, record, pointer, value, &texts, finding->date, ends) : verdict_missing(rule);
    *ask = !judged || finding->verdict == VERDICT_CONFIRM;
    if (finding->verdict == VERDICT_PASS || !given) return IEUM_OK;
    finding->value = texts_join(&texts, arena);
    return finding->value == NULL ? problem_set_memory(problem) : IEUM_OK;
}

/* A firm that gives nothing to judge by is what the rule says of missing fields. */
static ieum_status judge_union(const struct rule *rule, const struct demand *demand, struct arena *arena, struct finding *finding, bool *ask,
                               struct problem *problem) {
    struct membership membership;
    if (rule->members == NULL) { /* a rule outside of a program, which has no law */
        finding->verdict = VERDICT_CONFIRM;
        *ask = true;
        return IEUM_OK;
    }
    ieum_status status = union_judge(rule->members, demand->json, finding->date, arena, &membership, problem);
    if (status != IEUM_OK) return status;
    finding->verdict = membership.value == NULL ? verdict_missing(rule) : membership.verdict;
    *ask = finding->verdict == VERDICT_CONFIRM;
    finding->value = membership.value;
    finding->expected = rule->union_id;
    finding->detail = membership.text;
    if (membership.member != NULL) {
        finding->member = membership.member->id;
        finding->basis = union_basis_names[membership.basis];
        finding->text = membership.text;
    }
    return IEUM_OK;
}

ieum_status rule_judge(const struct rule *rule, const struct demand *demand, const struct supplier *supplier,
                       struct arena *arena, struct finding *finding, struct problem *problem) {
    struct finding found = {.rule = rule, .verdict = VERDICT_PASS, .date = reference_date(rule, demand)};
    struct date ends = {0};
    char ends_text[11], reference_text[11], number_text[32];
    const char *lacking = NULL;
    bool ask = false;
    ieum_status status;
    if (rule_test_is_pair(rule->test))
        status = pair_judge(rule, demand, supplier, arena, &found, &lacking, &ask, problem);
    else if (rule->test == TEST_BELONGS_TO)
        status = judge_union(rule, demand, arena, &found, &ask, problem);
    else
        status = judge_single(rule, demand, supplier, arena, &found, &ends, &ask, problem);
    if (status == IEUM_OK && rule->costs != NULL && found.verdict == VERDICT_PASS && !value_missing(value_at(demand->json, rule->field)))
        status = cost_items_judge(rule->costs, demand, arena, &found, &ask, problem);
    if (status == IEUM_OK && found.verdict != VERDICT_PASS) {
        if (found.expected == NULL) status = expected_write(rule, arena, &found.expected, problem);
        snprintf(number_text, sizeof number_text, "%.15g", rule->number);
        struct reason_facts facts = {{found.value, found.expected, day_text(ends, ends_text),
                                      day_text(found.date, reference_text), lacking, demand->firm.name,
                                      supplier == NULL ? NULL : supplier->firm.name,
                                      rule->supplier_field != NULL ? rule->supplier_field : rule->field, number_text, NULL}};
        if (status == IEUM_OK) status = sentences_write(rule, &facts, ask, arena, &found, problem);
    }
    if (status == IEUM_OK) *finding = found;
    return status;
}
