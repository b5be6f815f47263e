/* SPDX-License-Identifier: Apache-2.0 */
/* Rules that nobody can meet, that bar nobody, or that contradict each other. See examine.h; their sentences: examine_reasons.c. */
#include <string.h>

#include "../record/ksic.h"
#include "examine_parts.h"
#include "likeness.h"
#include "section.h"

static const struct jpath root = {NULL, NULL, 0}, pair_rules_at = {&root, "pair_rules", 0};

static const char *text_at(const jval *list, size_t index) {
    const jval *item = jval_at(list, index);
    return jval_is(item, JVAL_TEXT) ? jval_text(item) : "";
}

static bool is_code(const struct rule_place *place) { return place->test == TEST_PREFIX && id_same(jval_get_text(place->rule, "code"), "ksic"); }

/* Whether what begins with `text` begins with `prefix` too. */
static bool lies_under(const struct rule_place *place, const char *text, const char *prefix) {
    struct ksic code;
    const int revision = (int)jval_integer(jval_get(place->rule, "revision"));
    if (!is_code(place)) return value_begins_alike(text, prefix);
    return ksic_read(text, revision, &code) && ksic_under(&code, prefix, revision);
}

static bool lies_under_any(const struct rule_place *place, const char *text, const jval *prefixes) {
    for (size_t i = 0; i < jval_count(prefixes) && i < COMPARED_MOST; i++)
        if (lies_under(place, text, text_at(prefixes, i))) return true;
    return false;
}

static void examine_values(const struct examiner *it, const struct rule_place *place, const char *key) {
    const jval *values = jval_get(place->rule, key);
    const struct jpath values_at = {place->at, key, 0};
    for (size_t i = 0; jval_is(values, JVAL_ARRAY) && i < jval_count(values); i++) {
        const struct jpath at = {&values_at, NULL, i};
        for (size_t k = 0; k < jval_count(values) && k < COMPARED_MOST; k++) {
            if (k < i && value_alike(text_at(values, i), text_at(values, k)))
                examine_oddity(it, (struct finding_at){"value_twice", &at, jval_at(values, i), NULL}, "같은 값을 두 번 적었습니다.", "This value stands twice.");
            else if (k != i && is_code(place) && !value_alike(text_at(values, i), text_at(values, k)) && lies_under(place, text_at(values, i), text_at(values, k)))
                examine_oddity(it, (struct finding_at){"value_within", &at, jval_at(values, i), text_at(values, k)}, "다른 값에 이미 들어 있는 값입니다.", "This value lies within another one of the list.");
        }
    }
}

static void examine_except(const struct examiner *it, const struct rule_place *place) {
    const jval *values = jval_get(place->rule, "values"), *except = jval_get(place->rule, "except");
    const struct jpath except_at = {place->at, "except", 0};
    size_t left = 0;
    if (place->test != TEST_PREFIX || jval_count(values) == 0 || jval_count(except) == 0) return;
    for (size_t i = 0; i < jval_count(values); i++) left += !lies_under_any(place, text_at(values, i), except);
    if (left == 0)
        examine_error(it, (struct finding_at){"except_all", &except_at, NULL, NULL}, "빼는 값이 허용하는 값을 모두 덮어 아무도 충족할 수 없습니다.",
                      "The exceptions cover all the values: nobody can meet the rule.");
    for (size_t i = 0; i < jval_count(except) && left > 0; i++)
        if (!lies_under_any(place, text_at(except, i), values))
            examine_oddity(it, (struct finding_at){"except_nothing", &(struct jpath){&except_at, NULL, i}, jval_at(except, i), NULL}, "허용하는 값에 들지 않아 뺄 것이 없습니다.",
                           "This exception lies under none of the values, so it excepts nothing.");
}

/* Members that only some tests read, beside those that rule.c refuses. */
static void examine_members(const struct examiner *it, const struct rule_place *place) {
    static const struct {
        const char *key;
        unsigned tests; /* a bit a test */
    } members[] = {{"except", 1u << TEST_PREFIX}, {"code", 1u << TEST_PREFIX}, {"revision", 1u << TEST_PREFIX}, {"accepts", 1u << TEST_COVERS | 1u << TEST_LIES_IN}};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const jval *value = jval_get(place->rule, members[i].key);
        if (!value || members[i].tests & 1u << place->test) continue;
        examine_error(it, (struct finding_at){"member_unused", &(struct jpath){place->at, members[i].key, 0}, value, NULL}, "이 검사에서는 쓰지 않는 항목입니다.", "This test does not use this member.");
    }
    if (place->test == TEST_PREFIX && jval_get(place->rule, "revision") && !jval_get(place->rule, "code"))
        examine_error(it, (struct finding_at){"revision_without_code", &(struct jpath){place->at, "revision", 0}, jval_get(place->rule, "revision"), "\"code\": \"ksic\""},
                      "업종 코드(code)가 아닌데 분류 차수(revision)를 적었습니다.", "A revision is of industry codes only (code).");
}

static void examine_accepts(const struct examiner *it, const struct rule_place *place) {
    const jval *accepts = jval_get(place->rule, "accepts");
    const struct jpath accepts_at = {place->at, "accepts", 0};
    for (void *i = jval_is(accepts, JVAL_OBJECT) ? jval_first(accepts) : NULL; i; i = jval_next(accepts, i)) {
        const struct jpath at = {&accepts_at, jval_key(i), 0};
        if (jval_is(jval_value(i), JVAL_ARRAY) && jval_count(jval_value(i)) == 0)
            examine_oddity(it, (struct finding_at){"accepts_nothing", &at, NULL, "1.."}, "대신 받아들이는 값이 없습니다.", "Nothing is accepted in its place.");
        for (size_t k = 0; k < jval_count(jval_value(i)); k++)
            if (value_alike(text_at(jval_value(i), k), jval_key(i)))
                examine_oddity(it, (struct finding_at){"accepts_itself", &(struct jpath){&at, NULL, k}, jval_at(jval_value(i), k), NULL}, "자기 자신을 대신 받아들인다고 적었습니다.",
                               "This value is accepted in its own place.");
    }
}

/* What a rule does when it must not, or does not when it seems to. */
static void examine_manner(const struct examiner *it, const struct rule_place *place) {
    const char *missing = jval_get_text(place->rule, "missing");
    const struct jpath missing_at = {place->at, "missing", 0}, ask_at = {place->at, "ask", 0}, number_at = {place->at, "number", 0};
    if (place->test == TEST_PRESENT && id_same(missing, "pass"))
        examine_error(it, (struct finding_at){"present_passes", &missing_at, jval_get(place->rule, "missing"), "fail | confirm"}, "항목이 없어도 통과시키므로 이 규칙은 아무 일도 하지 않습니다.",
                      "The member may be missing, so this rule does nothing.");
    if (jval_get(place->rule, "ask") && id_same(missing, "pass"))
        examine_oddity(it, (struct finding_at){"ask_never", &ask_at, NULL, NULL}, "항목이 없으면 통과시키므로 확인을 묻는 문장이 나오지 않습니다.", "What is missing passes, so nobody is ever asked.");
    if (place->test == TEST_UNRELATED && jval_true(jval_get(place->rule, "waivable")))
        examine_oddity(it, (struct finding_at){"conflict_waivable", &(struct jpath){place->at, "waivable", 0}, jval_get(place->rule, "waivable"), "false"},
                       "이해관계가 있는 짝을 막는 규칙을 면제할 수 있게 되어 있습니다.", "The rule against conflicts of interest can be waived.");
    if (place->test == TEST_AGE_YEARS_AT_MOST && jval_is(jval_get(place->rule, "number"), JVAL_INTEGER) && jval_integer(jval_get(place->rule, "number")) == 0)
        examine_oddity(it, (struct finding_at){"age_zero", &number_at, jval_get(place->rule, "number"), ">= 1"}, "신청하는 날 설립한 기업만 충족합니다.", "Only a firm founded on the day of application meets this.");
}

/* ---- two rules on one member ---- */

static bool in_bonus(const struct jpath *at) {
    for (; at && at->up; at = at->up)
        if (at->key && strcmp(at->key, "bonus") == 0) return true;
    return false;
}

static bool same_member(const jval *a, const jval *b) { return examine_same(a, b, "field") && examine_same(a, b, "supplier_field"); }

static bool same_rule(const jval *a, const jval *b) {
    static const char *const members[] = {"test", "field", "supplier_field", "reference", "values", "except", "code", "pattern", "number", "date", "accepts"};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (!examine_same(a, b, members[i])) return false;
    return true;
}

/* Whether nothing is both at least `low` and at most `high`. */
static bool apart(const jval *low, const jval *high) {
    if (jval_is(low, JVAL_TEXT) && jval_is(high, JVAL_TEXT)) return strcmp(jval_text(low), jval_text(high)) > 0; /* ISO dates */
    return low && high && !jval_is(low, JVAL_TEXT) && !jval_is(high, JVAL_TEXT) && jval_number(low) > jval_number(high);
}

static void examine_two(const struct examiner *it, const struct rule_place *first, const struct rule_place *second) {
    const struct jpath id_at = {second->at, "id", 0};
    if (jval_get(first->rule, "id") && jval_equal(jval_get(first->rule, "id"), jval_get(second->rule, "id")))
        examine_oddity(it, (struct finding_at){"rule_id_twice", &id_at, jval_get(second->rule, "id"), NULL}, "다른 곳의 규칙과 id가 같아 결과에서 구별되지 않습니다.",
                       "A rule elsewhere in the file has this id too: results cannot tell them apart.");
    if (!same_member(first->rule, second->rule)) return;
    if (same_rule(first->rule, second->rule))
        examine_oddity(it, (struct finding_at){"rule_same", second->at, jval_get(second->rule, "id"), NULL}, "앞의 규칙과 똑같은 것을 묻는 규칙입니다.", "This rule asks the same as one above it.");
    const bool down = second->test == TEST_AT_MOST || second->test == TEST_DATE_AT_MOST;
    const struct rule_place *least = down ? first : second, *most = down ? second : first;
    const bool numbers = least->test == TEST_AT_LEAST && most->test == TEST_AT_MOST, dates = least->test == TEST_DATE_AT_LEAST && most->test == TEST_DATE_AT_MOST;
    const char *key = numbers ? "number" : "date";
    if ((numbers || dates) && apart(jval_get(least->rule, key), jval_get(most->rule, key)))
        examine_error(it, (struct finding_at){"rules_contradict", &(struct jpath){second->at, key, 0}, jval_get(second->rule, key), jval_get_text(first->rule, "id")},
                      "같은 항목에 대한 앞의 규칙과 함께는 누구도 충족할 수 없습니다.", "Nobody can meet this together with the rule above it on the same member.");
}

/* The rules before a place, compared with it; the walk goes the same way each time, so what comes first is found by its value. */
struct earlier {
    struct examiner it; /* first: a visitor gets it back */
    const struct rule_place *now;
    size_t compared;
    bool reached;
};

static void compare_earlier(const struct examiner *it, const struct rule_place *place) {
    struct earlier *earlier = (struct earlier *)(uintptr_t)it;
    if (place->rule == earlier->now->rule) earlier->reached = true;
    if (earlier->reached || !place->enabled || ++earlier->compared > COMPARED_MOST || (in_bonus(place->at) && in_bonus(earlier->now->at))) return;
    examine_two(it, place, earlier->now);
}

static void examine_rule(const struct examiner *it, const struct rule_place *place) {
    if (!place->enabled) return;
    examine_members(it, place);
    examine_values(it, place, "values");
    examine_except(it, place);
    examine_accepts(it, place);
    examine_manner(it, place);
    if (*it->rules_seen > COMPARED_MOST) return;
    ++*it->rules_seen;
    struct earlier earlier = {*it, place, 0, false};
    examine_each_rule(&earlier.it, compare_earlier);
}

/* That there is one at all, where the suppliers are parties: workspace_check_data.c. */
static void examine_conflict(const struct examiner *it) {
    const jval *rules = jval_get(it->file, "pair_rules");
    for (size_t i = 0; i < jval_count(rules); i++) {
        const jval *rule = jval_at(rules, i);
        const struct jpath at = {&pair_rules_at, NULL, i}, enabled_at = {&at, "enabled", 0};
        if (!id_same(jval_get_text(rule, "test"), rule_test_names[TEST_UNRELATED])) continue;
        if (!jval_is(jval_get(rule, "enabled"), JVAL_FALSE)) return;
        examine_oddity(it, (struct finding_at){"conflict_off", &enabled_at, jval_get(rule, "enabled"), "true"}, "이해관계가 있는 짝(같은 기업, 관계 기업)을 막는 규칙이 꺼져 있습니다.",
                       "The rule against conflicts of interest (the same firm, affiliates) is switched off.");
        return;
    }
}

void examine_rules(const struct examiner *it) {
    examine_each_rule(it, examine_rule);
    examine_conflict(it);
}
