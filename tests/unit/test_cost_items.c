/* SPDX-License-Identifier: Apache-2.0 */
/* Cost items of a project: what a program file may say of them, what an application may ask for, and how a grant falls to its lines; and the tests of pair rules that came with them. */
#include "../../engine/program/cost_items.h"

#include <stdio.h>

#include "../../engine/program/judge.h"
#include "test.h"

static const char head[] =
    "{\"id\":\"p\",\"version\":\"1\",\"effective\":{\"from\":\"2025-01-01\"},\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"sources\":[],"
    "\"sides\":{\"demand\":{\"ko\":\"수요\",\"en\":\"d\"},\"supplier\":{\"ko\":\"공급\",\"en\":\"s\"}},"
    "\"features\":[{\"id\":\"ready\",\"kind\":\"readiness\",\"title\":{\"ko\":\"가\",\"en\":\"a\"}}],"
    "\"criteria\":[{\"id\":\"need\",\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"points\":100,\"fit\":true,\"features\":[{\"feature\":\"ready\",\"weight\":1,\"missing\":0}],\"source\":\"R\"}],"
    "\"assignment\":{\"method\":\"max_sum\",\"demand\":{\"min\":0},\"supplier\":{\"min\":0}},"
    "\"pair_rules\":[{\"id\":\"asked\",\"test\":\"listed\",\"field\":\"/cost_items/*/item\",\"supplier_field\":\"/item\",\"missing\":\"fail\",\"reason\":{\"ko\":\"{value} {expected}\",\"en\":\"{value} {expected}\"},\"source\":\"R\"},"
    "{\"id\":\"range\",\"test\":\"within\",\"field\":\"/budget_krw\",\"supplier_field\":\"/price_krw\",\"missing\":\"confirm\",\"reason\":{\"ko\":\"가\",\"en\":\"a\"},\"source\":\"R\"}],";

#define ITEM(id, more) "{\"id\":\"" id "\",\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"source\":\"R\"" more "}"
#define GOOD "\"cost_items\":{\"items\":[" ITEM("people", ",\"most_percent\":60") "," ITEM("tools", "") "],\"source\":\"R\"}}"

static ieum_status read_with(const char *section, struct program **program, struct problem *problem) {
    char text[8192];
    snprintf(text, sizeof text, "%s%s", head, section);
    problem_clear(problem);
    return program_read(text, strlen(text), NULL, program, problem);
}

TEST(refuses_what_a_program_may_not_say) {
    static const struct {
        const char *section, *pointer;
    } mistakes[] = {
        {"\"cost_items\":[]}", "/cost_items"},
        {"\"cost_items\":{\"source\":\"R\"}}", "/cost_items/items"},
        {"\"cost_items\":{\"items\":[],\"source\":\"R\"}}", "/cost_items/items"},
        {"\"cost_items\":{\"items\":[" ITEM("people", "") "]}}", "/cost_items/source"},
        {"\"cost_items\":{\"items\":[" ITEM("people", "") "],\"source\":\"R\",\"cap\":1}}", "/cost_items/cap"},
        {"\"cost_items\":{\"items\":[" ITEM("People", "") "],\"source\":\"R\"}}", "/cost_items/items/0/id"},
        {"\"cost_items\":{\"items\":[" ITEM("people", "") "," ITEM("people", "") "],\"source\":\"R\"}}", "/cost_items/items/1/id"},
        {"\"cost_items\":{\"items\":[" ITEM("people", ",\"most_percent\":0") "],\"source\":\"R\"}}", "/cost_items/items/0/most_percent"},
        {"\"cost_items\":{\"items\":[" ITEM("people", ",\"most_percent\":101") "],\"source\":\"R\"}}", "/cost_items/items/0/most_percent"},
        {"\"cost_items\":{\"items\":[" ITEM("people", ",\"most_percent\":60") "," ITEM("tools", ",\"most_percent\":39") "],\"source\":\"R\"}}", "/cost_items/items"},
        {"\"cost_items\":{\"items\":[{\"id\":\"people\",\"title\":{\"ko\":\"가\",\"en\":\"a\"}}],\"source\":\"R\"}}", "/cost_items/items/0/source"},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct problem problem = {0};
        struct program *program = NULL;
        CHECK_INT(read_with(mistakes[i].section, &program, &problem), IEUM_INVALID);
        CHECK_TEXT(problem.pointer, mistakes[i].pointer);
        CHECK(problem.ko[0] && problem.en[0] && !program);
    }
}

static struct program *good(void) {
    struct problem problem = {0};
    struct program *program = NULL;
    CHECK_INT(read_with(GOOD, &program, &problem), IEUM_OK);
    if (!program) fprintf(stderr, "%s at %s\n", problem.en, problem.pointer);
    return program;
}

/* The record of a project with these members; its status at reading, and the verdict of the added rule. */
static ieum_status judge_project(const struct program *program, const char *members, enum verdict *verdict, char value[64], char expected[64], struct problem *problem) {
    struct arena *arena = arena_new();
    struct demand demand = {0};
    struct finding finding = {0};
    jval *json = NULL;
    char text[2048];
    snprintf(text, sizeof text, "{\"id\":\"D1\",\"program\":\"p\",\"title\":\"t\",\"firm\":{\"name\":\"가(가상)\"}%s}", members);
    problem_clear(problem);
    CHECK_INT(jval_parse(text, strlen(text), &json, problem), IEUM_OK);
    ieum_status status = demand_read(json, NULL, arena, &demand, problem);
    if (status == IEUM_OK) {
        CHECK_INT(rule_judge(&program->eligibility[program->eligibility_count - 1], &demand, NULL, arena, &finding, problem), IEUM_OK);
        CHECK(finding.verdict == VERDICT_PASS || (finding.text.ko && finding.text.en));
    }
    *verdict = finding.verdict;
    snprintf(value, 64, "%s", finding.value ? finding.value : "");
    snprintf(expected, 64, "%s", finding.expected ? finding.expected : "");
    jval_free(demand.json);
    jval_free(json);
    arena_free(arena);
    return status;
}

TEST(judges_the_lines_of_a_project) {
    static const struct {
        const char *members;
        enum verdict verdict;
        const char *value, *expected;
    } cases[] = {
        {",\"budget_krw\":100,\"cost_items\":[{\"item\":\"people\",\"krw\":60},{\"item\":\"tools\",\"krw\":40}]", VERDICT_PASS, "", ""},
        {",\"budget_krw\":100,\"cost_items\":[{\"item\":\"tools\",\"krw\":100}]", VERDICT_PASS, "", ""},
        {",\"budget_krw\":100,\"cost_items\":[{\"item\":\"people\",\"krw\":61},{\"item\":\"tools\",\"krw\":39}]", VERDICT_FAIL, "people 61", "<= 60%"},
        {",\"budget_krw\":101,\"cost_items\":[{\"item\":\"people\",\"krw\":60},{\"item\":\"tools\",\"krw\":40}]", VERDICT_FAIL, "100", "= 101"},
        {",\"budget_krw\":100,\"cost_items\":[{\"item\":\"travel\",\"krw\":100}]", VERDICT_FAIL, "travel", "people, tools"},
        {",\"cost_items\":[{\"item\":\"people\",\"krw\":60},{\"item\":\"tools\",\"krw\":40}]", VERDICT_CONFIRM, "", ""},
        {",\"budget_krw\":100", VERDICT_CONFIRM, "", ""},
        {",\"budget_krw\":100,\"cost_items\":[]", VERDICT_CONFIRM, "", ""},
        {",\"budget_krw\":1000000000000000,\"cost_items\":[{\"item\":\"people\",\"krw\":600000000000001},{\"item\":\"tools\",\"krw\":399999999999999}]", VERDICT_FAIL, "people 600000000000001", "<= 60%"},
    };
    struct program *program = good();
    for (size_t i = 0; program && i < sizeof cases / sizeof *cases; i++) {
        struct problem problem = {0};
        enum verdict verdict;
        char value[64], expected[64];
        CHECK_INT(judge_project(program, cases[i].members, &verdict, value, expected, &problem), IEUM_OK);
        CHECK_INT(verdict, cases[i].verdict);
        CHECK_TEXT(value, cases[i].value);
        CHECK_TEXT(expected, cases[i].expected);
    }
    program_free(program);
}

TEST(refuses_lines_that_are_none) {
    static const struct {
        const char *members, *pointer;
    } mistakes[] = {
        {",\"cost_items\":{}", "/cost_items"},
        {",\"cost_items\":[7]", "/cost_items/0"},
        {",\"cost_items\":[{\"krw\":1}]", "/cost_items/0/item"},
        {",\"cost_items\":[{\"item\":\"people\"}]", "/cost_items/0/krw"},
        {",\"cost_items\":[{\"item\":\"people\",\"krw\":-1}]", "/cost_items/0/krw"},
        {",\"cost_items\":[{\"item\":\"people\",\"krw\":1.5}]", "/cost_items/0/krw"},
        {",\"cost_items\":[{\"item\":\"people\",\"krw\":1},{\"item\":\"people\",\"krw\":2}]", "/cost_items/1/item"},
    };
    struct program *program = good();
    for (size_t i = 0; program && i < sizeof mistakes / sizeof *mistakes; i++) {
        struct problem problem = {0};
        enum verdict verdict;
        char value[64], expected[64];
        CHECK_INT(judge_project(program, mistakes[i].members, &verdict, value, expected, &problem), IEUM_INVALID);
        CHECK_TEXT(problem.pointer, mistakes[i].pointer);
    }
    program_free(program);
}

TEST(judges_pairs_by_what_is_listed_and_by_a_range) {
    static const struct {
        const char *demand, *supplier;
        enum verdict listed, within;
    } cases[] = {
        {",\"cost_items\":[{\"item\":\"people\",\"krw\":1}],\"budget_krw\":50", ",\"item\":\"People\",\"price_krw\":[50,60]", VERDICT_PASS, VERDICT_PASS},
        {",\"cost_items\":[{\"item\":\"people\",\"krw\":1}],\"budget_krw\":61", ",\"item\":\"tools\",\"price_krw\":[50,60]", VERDICT_FAIL, VERDICT_FAIL},
        {",\"cost_items\":[{\"item\":\"people\",\"krw\":1},{\"item\":\"tools\",\"krw\":0}],\"budget_krw\":49", ",\"item\":\"tools\",\"price_krw\":[50,60]", VERDICT_PASS, VERDICT_FAIL},
        {"", ",\"item\":\"tools\",\"price_krw\":[50,60]", VERDICT_FAIL, VERDICT_PASS},
        {",\"cost_items\":[{\"item\":\"people\",\"krw\":1}],\"budget_krw\":1", "", VERDICT_FAIL, VERDICT_CONFIRM},
    };
    struct program *program = good();
    for (size_t i = 0; program && i < sizeof cases / sizeof *cases; i++) {
        struct problem problem = {0};
        struct arena *arena = arena_new();
        struct demand demand = {0};
        struct supplier supplier = {0};
        struct finding finding;
        jval *a = NULL, *b = NULL;
        char text[1024];
        snprintf(text, sizeof text, "{\"id\":\"D1\",\"program\":\"p\",\"title\":\"t\",\"firm\":{\"name\":\"가(가상)\"}%s}", cases[i].demand);
        CHECK_INT(jval_parse(text, strlen(text), &a, &problem), IEUM_OK);
        snprintf(text, sizeof text, "{\"id\":\"S1\",\"name\":\"나(가상)\"%s}", cases[i].supplier);
        CHECK_INT(jval_parse(text, strlen(text), &b, &problem), IEUM_OK);
        CHECK_INT(demand_read(a, NULL, arena, &demand, &problem), IEUM_OK);
        CHECK_INT(supplier_read(b, NULL, arena, &supplier, &problem), IEUM_OK);
        CHECK_INT(rule_judge(&program->pair_rules[0], &demand, &supplier, arena, &finding, &problem), IEUM_OK);
        CHECK_INT(finding.verdict, cases[i].listed);
        CHECK_INT(rule_judge(&program->pair_rules[1], &demand, &supplier, arena, &finding, &problem), IEUM_OK);
        CHECK_INT(finding.verdict, cases[i].within);
        jval_free(demand.json);
        jval_free(supplier.json);
        jval_free(a);
        jval_free(b);
        arena_free(arena);
    }
    program_free(program);
}

/* Parts add up, none is further than one KRW from its exact share, and equal lines differ by one at most. */
TEST(splits_a_grant_to_the_won) {
    static const struct {
        int64_t asked[4], granted, parts[4];
    } cases[] = {
        {{60, 40, 0, 0}, 100, {60, 40, 0, 0}},
        {{1, 1, 1, 0}, 100, {34, 33, 33, 0}},
        {{2, 1, 1, 1}, 3, {1, 1, 1, 0}}, /* 1.2, 0.6, 0.6, 0.6 */
        {{0, 0, 0, 0}, 5, {0, 0, 0, 0}},
        {{7, 5, 3, 1}, 0, {0, 0, 0, 0}},
        {{1000000000000000, 1000000000000000, 1, 0}, 1000000000000000, {500000000000000, 500000000000000, 0, 0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t parts[4];
        cost_items_split(cases[i].asked, 4, cases[i].granted, parts);
        for (size_t k = 0; k < 4; k++) CHECK_INT(parts[k], cases[i].parts[k]);
    }
    uint64_t state = 7;
    for (int round = 0; round < 2000; round++) {
        int64_t asked[4], parts[4], sum = 0, given = 0;
        for (size_t k = 0; k < 4; k++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            asked[k] = (int64_t)(state >> 33) % 1000;
            sum += asked[k];
        }
        state = state * 6364136223846793005u + 1442695040888963407u;
        const int64_t granted = sum ? (int64_t)(state >> 33) % (sum + 1) : 0;
        cost_items_split(asked, 4, granted, parts);
        for (size_t k = 0; k < 4; k++) {
            given += parts[k];
            if (sum) CHECK(parts[k] >= asked[k] * granted / sum && parts[k] <= asked[k] * granted / sum + 1);
        }
        CHECK_INT(given, granted);
    }
}

TEST_MAIN(refuses_what_a_program_may_not_say, judges_the_lines_of_a_project, refuses_lines_that_are_none, judges_pairs_by_what_is_listed_and_by_a_range, splits_a_grant_to_the_won)
