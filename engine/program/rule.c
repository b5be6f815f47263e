/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see rule.h. Must not look at any record, and must not know any program. */
#include "rule.h"

#include <string.h>

#include "../base/problem_list.h"

#include "../adapt/pattern.h"
#include "locate.h"
#include "reason.h"
#include "section.h"
#include "union.h"

const char *const rule_test_names[RULE_TESTS] = {
    "in",           "prefix",  "matches", "at_least", "at_most",    "age_years_at_most", "date_at_least",
    "date_at_most", "present", "belongs_to", "covers",  "lies_in",  "listed",
    "within", "not_listed", "unrelated"};
static const char *const missing_names[] = {"fail", "confirm", "pass"};
static const char *const code_names[] = {"ksic"};
static const char *const known_members[] = {
    "id",      "test",   "field", "supplier_field", "reference", "values",   "except", "accepts", "code",  "revision",
    "pattern", "number", "date",  "union", "missing",        "enabled",   "waivable", "reason", "ask",     "source"};

/* What each test needs and understands beside the members that every rule has. */
enum need {
    NEED_FIELD = 1,
    NEED_SUPPLIER_FIELD = 2,
    NEED_REFERENCE = 4,
    NEED_VALUES = 8,
    NEED_PATTERN = 16,
    NEED_NUMBER = 32,
    NEED_DATE = 64,
    NEED_UNION = 128
};
static const unsigned needs[RULE_TESTS] = {
    [TEST_IN] = NEED_FIELD | NEED_VALUES,
    [TEST_PREFIX] = NEED_FIELD | NEED_VALUES,
    [TEST_MATCHES] = NEED_FIELD | NEED_PATTERN,
    [TEST_AT_LEAST] = NEED_FIELD | NEED_NUMBER,
    [TEST_AT_MOST] = NEED_FIELD | NEED_NUMBER,
    [TEST_AGE_YEARS_AT_MOST] = NEED_FIELD | NEED_REFERENCE | NEED_NUMBER,
    [TEST_DATE_AT_LEAST] = NEED_FIELD | NEED_DATE,
    [TEST_DATE_AT_MOST] = NEED_FIELD | NEED_DATE,
    [TEST_PRESENT] = NEED_FIELD,
    [TEST_BELONGS_TO] = NEED_REFERENCE | NEED_UNION,
    [TEST_COVERS] = NEED_FIELD | NEED_SUPPLIER_FIELD,
    [TEST_LIES_IN] = NEED_FIELD | NEED_SUPPLIER_FIELD,
    [TEST_LISTED] = NEED_FIELD | NEED_SUPPLIER_FIELD,
    [TEST_WITHIN] = NEED_FIELD | NEED_SUPPLIER_FIELD,
    [TEST_NOT_LISTED] = NEED_FIELD,
    [TEST_UNRELATED] = 0,
};

bool rule_test_single(enum rule_test test) { return test < TEST_COVERS; }

ieum_status pointer_field(const jval *json, const struct jpath *at, const char *key, bool required,
                          const char **pointer, struct problem *problem) {
    const char *text = NULL;
    ieum_status status = field_text(json, at, key, required, &text, problem);
    if (status != IEUM_OK || text == NULL) return status;
    if (!pointer_valid(text)) {
        struct jpath field_at = {at, key, 0};
        return jval_refuse(problem, &field_at, jval_get(json, key), "/firm/region",
                           "기록 안의 위치(JSON Pointer, 예: /firm/region)여야 합니다.",
                           "A place in the record (a JSON Pointer such as /firm/region) is expected.");
    }
    *pointer = text;
    return IEUM_OK;
}

static ieum_status date_field(const jval *json, const struct jpath *at, bool required, struct date *date,
                              struct problem *problem) {
    const char *text = NULL;
    ieum_status status = field_text(json, at, "date", required, &text, problem);
    if (status != IEUM_OK || text == NULL || date_read(text, date)) return status;
    struct jpath date_at = {at, "date", 0};
    return jval_refuse(problem, &date_at, jval_get(json, "date"), "YYYY-MM-DD", "달력에 있는 날짜가 아닙니다.",
                       "This is no date of the calendar.");
}

/* Members that a test does not use are refused: they would look like a rule and do nothing. */
static ieum_status refuse_unused(const jval *json, const struct jpath *at, const struct rule *rule, bool pair,
                                 struct problem *problem) {
    static const struct {
        const char *key;
        unsigned need;
    } members[] = {{"field", NEED_FIELD},   {"supplier_field", NEED_SUPPLIER_FIELD},
                   {"values", NEED_VALUES}, {"pattern", NEED_PATTERN},
                   {"number", NEED_NUMBER}, {"date", NEED_DATE},
                   {"union", NEED_UNION}};
    unsigned used = needs[rule->test];
    if (pair && rule_test_single(rule->test)) used = (used & ~(unsigned)NEED_FIELD) | NEED_SUPPLIER_FIELD;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if ((used & members[i].need) != 0 || jval_get(json, members[i].key) == NULL) continue;
        struct jpath member_at = {at, members[i].key, 0};
        return jval_refuse(problem, &member_at, jval_get(json, members[i].key), "",
                           "이 검사에서는 쓰지 않는 항목입니다.", "This test does not use this member.");
    }
    return IEUM_OK;
}

static ieum_status place_read(const jval *json, const struct jpath *at, bool pair, struct rule *rule,
                              struct problem *problem) {
    unsigned need = needs[rule->test];
    ieum_status status = IEUM_OK;
    if (!pair && !rule_test_single(rule->test)) {
        struct jpath test_at = {at, "test", 0};
        return jval_refuse(problem, &test_at, jval_get(json, "test"), "pair_rules",
                           "이 검사는 두 기업을 견주므로 pair_rules에만 쓸 수 있습니다.",
                           "This test compares two firms and may stand only under pair_rules.");
    }
    if (pair && rule->test == TEST_BELONGS_TO) {
        struct jpath test_at = {at, "test", 0};
        return jval_refuse(problem, &test_at, jval_get(json, "test"), "eligibility", "이 검사는 수요기업을 보는 것이므로 자격 요건에만 쓸 수 있습니다.",
                           "This test looks at the demand's firm and may stand only where rules look at a demand.");
    }
    bool on_supplier = pair && rule_test_single(rule->test);
    status = refuse_unused(json, at, rule, pair, problem);
    if (status == IEUM_OK)
        status = pointer_field(json, at, "field", (need & NEED_FIELD) != 0 && !on_supplier, &rule->field, problem);
    if (status == IEUM_OK)
        status = pointer_field(json, at, "supplier_field", (need & NEED_SUPPLIER_FIELD) != 0 || on_supplier,
                               &rule->supplier_field, problem);
    if (status == IEUM_OK)
        status = pointer_field(json, at, "reference", (need & NEED_REFERENCE) != 0, &rule->reference, problem);
    if (status == IEUM_OK) status = field_text(json, at, "union", (need & NEED_UNION) != 0, &rule->union_id, problem);
    if (rule->test == TEST_BELONGS_TO) rule->field = "/firm"; /* where a person looks */
    return status;
}

static ieum_status codes_check(const jval *json, const struct jpath *at, const char *key, const struct text_list *codes,
                               int revision, struct problem *problem) {
    struct ksic code;
    struct jpath list_at = {at, key, 0};
    for (size_t i = 0; i < codes->count; i++) {
        struct jpath code_at = {&list_at, NULL, i};
        if (!ksic_read(codes->items[i], revision, &code))
            return jval_refuse(problem, &code_at, jval_at(jval_get(json, key), i), "C, C20, C271, C30399",
                               "한국표준산업분류 코드가 아닙니다.", "This is no KSIC code.");
    }
    return IEUM_OK;
}

static ieum_status values_read(const jval *json, const struct jpath *at, struct arena *arena, struct rule *rule,
                               struct problem *problem) {
    bool needed = (needs[rule->test] & NEED_VALUES) != 0;
    size_t code = 1;
    int64_t revision = 0;
    ieum_status status = field_text_list(json, at, "values", needed, arena, &rule->values, problem);
    if (status == IEUM_OK && needed && rule->values.count == 0) {
        struct jpath values_at = {at, "values", 0};
        status = jval_refuse(problem, &values_at, jval_get(json, "values"), "1..", "값이 하나는 있어야 합니다.",
                             "At least one value is needed.");
    }
    if (status == IEUM_OK) status = field_text_list(json, at, "except", false, arena, &rule->except, problem);
    if (status == IEUM_OK) status = field_choice(json, at, "code", false, code_names, 1, &code, problem);
    if (status == IEUM_OK) status = field_integer(json, at, "revision", false, 10, 11, &revision, problem);
    if (status == IEUM_OK) status = field_object(json, at, "accepts", false, &rule->accepts, problem);
    rule->ksic = code == 0;
    rule->revision = (int)revision;
    if (status == IEUM_OK && rule->ksic)
        status = codes_check(json, at, "values", &rule->values, rule->revision, problem);
    if (status == IEUM_OK && rule->ksic)
        status = codes_check(json, at, "except", &rule->except, rule->revision, problem);
    return status;
}

static ieum_status accepts_check(const jval *accepts, const struct jpath *at, struct arena *arena,
                                 struct problem *problem) {
    struct jpath accepts_at = {at, "accepts", 0};
    struct text_list list = {0};
    ieum_status status = IEUM_OK;
    for (void *i = accepts == NULL ? NULL : jval_first(accepts); i != NULL && status == IEUM_OK;
         i = jval_next(accepts, i))
        status = field_text_list(accepts, &accepts_at, jval_key(i), true, arena, &list, problem);
    return status;
}

static ieum_status bound_read(const jval *json, const struct jpath *at, struct rule *rule, struct problem *problem) {
    unsigned need = needs[rule->test];
    bool age = rule->test == TEST_AGE_YEARS_AT_MOST;
    int64_t years = 0;
    ieum_status status;
    if (age)
        status = field_integer(json, at, "number", true, 0, 200, &years, problem);
    else
        status = field_number(json, at, "number", (need & NEED_NUMBER) != 0, -1e15, 1e15, &rule->number, problem);
    if (age) rule->number = (double)years;
    if (status == IEUM_OK) status = date_field(json, at, (need & NEED_DATE) != 0, &rule->date, problem);
    return status;
}

static ieum_status template_check(const jval *json, const struct jpath *at, const char *key, const struct text2 *text,
                                  struct problem *problem) {
    struct jpath text_at = {at, key, 0};
    const char *const languages[] = {"ko", "en"}, *const templates[] = {text->ko, text->en};
    size_t fault;
    for (size_t i = 0; i < 2; i++) {
        struct jpath language_at = {&text_at, languages[i], 0};
        if (templates[i] != NULL && !reason_valid(templates[i], &fault))
            return jval_refuse(
                problem, &language_at, jval_get(jval_get(json, key), languages[i]),
                "{value} {expected} {date} {reference} {lacking} {demand} {supplier} {field} {number} {detail} […]",
                "사유 문장의 자리표시가 틀렸습니다. 쓸 수 있는 자리표시만 쓰고 괄호를 닫아 주세요.",
                "A place in the sentence is wrong: use the known places only and close every bracket.");
    }
    return IEUM_OK;
}

static ieum_status texts_read(const jval *json, const struct jpath *at, struct rule *rule, struct problem *problem) {
    ieum_status status = problem_aside(problem, text2_read(json, at, "reason", true, &rule->reason, problem));
    if (status == IEUM_OK) status = problem_aside(problem, text2_read(json, at, "ask", false, &rule->ask, problem));
    if (status == IEUM_OK) status = problem_aside(problem, template_check(json, at, "reason", &rule->reason, problem));
    if (status == IEUM_OK) status = problem_aside(problem, template_check(json, at, "ask", &rule->ask, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_text(json, at, "source", true, &rule->source, problem));
    return status;
}

static ieum_status manner_read(const jval *json, const struct jpath *at, struct rule *rule, bool *enabled,
                               struct problem *problem) {
    size_t missing = rule->test == TEST_PRESENT ? MISSING_FAIL : MISSING_CONFIRM;
    ieum_status status = problem_aside(problem, field_choice(json, at, "missing", false, missing_names, 3, &missing, problem));
    rule->missing = (enum rule_missing)missing;
    if (status == IEUM_OK) status = problem_aside(problem, field_bool(json, at, "enabled", false, enabled, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_bool(json, at, "waivable", false, &rule->waivable, problem));
    return status;
}

static ieum_status pattern_read(const jval *json, const struct jpath *at, struct rule *rule, struct problem *problem) {
    char pointer[256];
    struct jpath pattern_at = {at, "pattern", 0};
    ieum_status status =
        field_text(json, at, "pattern", (needs[rule->test] & NEED_PATTERN) != 0, &rule->expression, problem);
    if (status != IEUM_OK || rule->expression == NULL) return status;
    jpath_write(&pattern_at, pointer, sizeof pointer);
    return pattern_new(rule->expression, pointer, &rule->pattern, problem);
}

/* The pattern is read last: it is all that a failed rule would have to give back. */
static ieum_status rule_read(const jval *json, const struct jpath *at, bool pair, struct arena *arena,
                             struct rule *rule, bool *enabled, struct problem *problem) {
    size_t test = 0;
    *rule = (struct rule){0};
    *enabled = true;
    ieum_status status = object_check(json, at, known_members, sizeof known_members / sizeof *known_members, problem);
    if (status == IEUM_OK) status = problem_aside(problem, id_read(json, at, &rule->id, problem));
    if (status == IEUM_OK) status = field_choice(json, at, "test", true, rule_test_names, RULE_TESTS, &test, problem);
    rule->test = (enum rule_test)test;
    if (status == IEUM_OK) status = problem_aside(problem, place_read(json, at, pair, rule, problem));
    if (status == IEUM_OK) status = problem_aside(problem, values_read(json, at, arena, rule, problem));
    if (status == IEUM_OK) status = problem_aside(problem, accepts_check(rule->accepts, at, arena, problem));
    if (status == IEUM_OK) status = problem_aside(problem, bound_read(json, at, rule, problem));
    if (status == IEUM_OK) status = problem_aside(problem, manner_read(json, at, rule, enabled, problem));
    if (status == IEUM_OK) status = problem_aside(problem, texts_read(json, at, rule, problem));
    if (status == IEUM_OK) status = problem_aside(problem, pattern_read(json, at, rule, problem));
    return status;
}

static bool id_stood_before(const jval *list, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (jval_equal(jval_get(jval_at(list, i), "id"), jval_get(jval_at(list, index), "id"))) return true;
    return false;
}

void rules_bind(struct rule *rules, size_t count, const struct firm_union *unions, size_t union_count) {
    for (size_t i = 0; i < count; i++)
        if (rules[i].union_id) rules[i].members = union_find(unions, union_count, rules[i].union_id);
}

void rules_release(struct rule *rules, size_t count) {
    for (size_t i = 0; i < count; i++) pattern_free(rules[i].pattern);
}

ieum_status rules_read(const jval *resolved, const char *key, bool pair, struct arena *arena, struct rule **rules,
                       size_t *count, struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0};
    return rules_read_in(resolved, &root, key, pair, arena, rules, count, problem);
}

ieum_status rule_read_in(const jval *object, const struct jpath *at, const char *key, struct arena *arena,
                         struct rule *rule, bool *enabled, struct problem *problem) {
    const jval *json = NULL;
    struct jpath rule_at = {at, key, 0};
    struct rule read;
    ieum_status status = field_object(object, at, key, true, &json, problem);
    if (status == IEUM_OK) status = rule_read(json, &rule_at, false, arena, &read, enabled, problem);
    if (status == IEUM_OK) *rule = read;
    return status;
}

ieum_status rules_read_in(const jval *object, const struct jpath *up, const char *key, bool pair, struct arena *arena,
                          struct rule **rules, size_t *count, struct problem *problem) {
    const jval *list = NULL;
    struct jpath list_at = {up, key, 0};
    size_t kept = 0;
    ieum_status status = field_array(object, up, key, false, &list, problem);
    if (status != IEUM_OK) return status;
    struct rule *read = arena_allocate_zero(arena, jval_count(list) + 1, sizeof *read);
    if (read == NULL) return problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        struct jpath at = {&list_at, NULL, i};
        bool enabled;
        const size_t before = problem_aside_count(problem);
        status = problem_aside(problem, rule_read(jval_at(list, i), &at, pair, arena, &read[kept], &enabled, problem));
        if (status == IEUM_OK && enabled && problem_aside_count(problem) == before)
            kept++;
        else
            rules_release(&read[kept], 1);
        if (status == IEUM_OK && id_stood_before(list, i))
            status = problem_aside(problem, id_refuse_twice(jval_get(jval_at(list, i), "id"), &at, problem));
    }
    if (status != IEUM_OK) {
        rules_release(read, kept);
        return status;
    }
    *rules = read;
    *count = kept;
    return IEUM_OK;
}
