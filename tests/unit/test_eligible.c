/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Verdicts of the shipped programs on the development collection against its expected verdicts (data/demo), and on
 * records made here. A new case is a line in data/demo/expected_eligibility.jsonl.
 */
#include "../../engine/program/eligible.h"

#include <stdio.h>

#include "../../engine/base/files.h"
#include "test.h"

static struct program *load(const char *id) {
    struct problem problem = {0};
    struct program *program = NULL;
    char folder[512];
    snprintf(folder, sizeof folder, "%s/data/programs", test_source());
    CHECK_INT(program_load(folder, id, NULL, &program, &problem), IEUM_OK);
    if (program == NULL) fprintf(stderr, "%s: %s at %s\n", id, problem.en, problem.pointer);
    return program;
}

static char *read_demo(const char *name, size_t *size) {
    struct problem problem = {0};
    char path[512], *bytes = NULL;
    snprintf(path, sizeof path, "%s/data/demo/%s", test_source(), name);
    CHECK_INT(file_read(path, 1 << 24, &bytes, size, &problem), IEUM_OK);
    return bytes;
}

/* "id true|false reason,reason" of a verdict, in the arena. */
static const char *verdict_line(const char *id, const struct findings *findings, struct arena *arena) {
    struct buffer line = BUFFER_EMPTY;
    size_t failed = 0;
    buffer_format(&line, "%s %s ", id, findings->eligible ? "true" : "false");
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].verdict == VERDICT_FAIL)
            buffer_format(&line, "%s%s", failed++ > 0 ? "," : "", findings->items[i].rule->id);
    const char *text = arena_copy_text(arena, line.bytes);
    buffer_free(&line);
    return text;
}

static const char *expected_line(const jval *expected, struct arena *arena) {
    struct buffer line = BUFFER_EMPTY;
    const jval *reasons = jval_get(expected, "reasons");
    buffer_format(&line, "%s %s ", jval_get_text(expected, "id"),
                  jval_true(jval_get(expected, "eligible")) ? "true" : "false");
    for (size_t i = 0; i < jval_count(reasons); i++)
        buffer_format(&line, "%s%s", i > 0 ? "," : "", jval_text(jval_at(reasons, i)));
    const char *text = arena_copy_text(arena, line.bytes);
    buffer_free(&line);
    return text;
}

/* Reads the line that begins at *text as JSON and steps past it; NULL at the end. */
static jval *next_line(const char **text) {
    struct problem problem = {0};
    jval *value = NULL;
    const char *end = strchr(*text, '\n');
    size_t size = end == NULL ? strlen(*text) : (size_t)(end - *text);
    if (size == 0) return NULL;
    CHECK_INT(jval_parse(*text, size, &value, &problem), IEUM_OK);
    *text += end == NULL ? size : size + 1;
    return value;
}

static void check_line(struct program *const programs[2], const jval *record, const jval *expected) {
    struct problem problem = {0};
    struct demand demand = {0};
    struct findings findings = {0};
    struct arena *arena = arena_new();
    CHECK_INT(demand_read(record, NULL, arena, &demand, &problem), IEUM_OK);
    if (problem.status == IEUM_OK) {
        const struct program *program = programs[strcmp(demand.program, "ai-bio") == 0];
        CHECK_INT(eligible_demand(program, &demand, arena, &findings, &problem), IEUM_OK);
        CHECK_TEXT(verdict_line(demand.id, &findings, arena), expected_line(expected, arena));
        for (size_t i = 0; i < findings.count; i++) /* the collection names no tracks */
            CHECK(findings.items[i].verdict != VERDICT_CONFIRM || strcmp(findings.items[i].rule->id, "track") == 0);
        jval_free(demand.json);
    }
    arena_free(arena);
}

TEST(verdicts_equal_the_expected_ones) {
    struct program *programs[2] = {load("ai-manufacturing"), load("ai-bio")};
    size_t size = 0, lines = 0;
    char *demands = read_demo("demands.jsonl", &size), *verdicts = read_demo("expected_eligibility.jsonl", &size);
    if (demands != NULL && verdicts != NULL && programs[0] != NULL && programs[1] != NULL) {
        const char *demand_line = demands, *expected_at = verdicts;
        for (jval *record; (record = next_line(&demand_line)) != NULL; lines++) {
            jval *expected = next_line(&expected_at);
            check_line(programs, record, expected);
            jval_free(record);
            jval_free(expected);
        }
    }
    CHECK_INT(lines, 32);
    memory_free(demands);
    memory_free(verdicts);
    program_free(programs[0]);
    program_free(programs[1]);
}

/* The seeds give no region, size, code or date for the real firms: every program must take them with points to confirm.
 */
TEST(the_seeds_firms_are_taken_with_points_to_confirm) {
    static const char *const ids[] = {"ai-manufacturing", "ai-bio", "ai-business-innovation-2021",
                                      "dx-consulting-2021"};
    struct problem problem = {0};
    char path[512], *bytes = NULL;
    size_t size = 0, firms = 0;
    snprintf(path, sizeof path, "%s/data/cases/seed_demands.jsonl", test_source());
    CHECK_INT(file_read(path, 1 << 20, &bytes, &size, &problem), IEUM_OK);
    for (size_t i = 0; i < 4 && bytes != NULL; i++) {
        struct program *program = load(ids[i]);
        const char *line = bytes;
        for (jval *record; program != NULL && (record = next_line(&line)) != NULL; firms++) {
            struct demand demand = {0};
            struct findings findings = {0};
            struct arena *arena = arena_new();
            CHECK_INT(demand_read(record, NULL, arena, &demand, &problem), IEUM_OK);
            CHECK_INT(eligible_demand(program, &demand, arena, &findings, &problem), IEUM_OK);
            CHECK(findings.eligible && findings.to_confirm);
            jval_free(demand.json);
            jval_free(record);
            arena_free(arena);
        }
        program_free(program);
    }
    CHECK_INT(firms, 4 * 15);
    memory_free(bytes);
}

/* ---- records made here ---- */

struct pair {
    struct arena *arena;
    struct demand demand;
    struct supplier supplier;
    struct findings findings;
};

static void pair_free(struct pair *pair) {
    jval_free(pair->demand.json);
    jval_free(pair->supplier.json);
    arena_free(pair->arena);
}

static struct pair pair_judge_text(const struct program *program, const char *demand, const char *supplier) {
    struct problem problem = {0};
    struct pair pair = {.arena = arena_new()};
    jval *json = NULL;
    CHECK_INT(jval_parse(demand, strlen(demand), &json, &problem), IEUM_OK);
    CHECK_INT(demand_read(json, NULL, pair.arena, &pair.demand, &problem), IEUM_OK);
    jval_free(json);
    json = NULL;
    if (supplier != NULL) {
        CHECK_INT(jval_parse(supplier, strlen(supplier), &json, &problem), IEUM_OK);
        CHECK_INT(supplier_read(json, NULL, pair.arena, &pair.supplier, &problem), IEUM_OK);
        jval_free(json);
    }
    if (problem.status != IEUM_OK)
        fprintf(stderr, "%s at %s\n", problem.en, problem.pointer);
    else if (supplier != NULL)
        CHECK_INT(eligible_pair(program, &pair.demand, &pair.supplier, pair.arena, &pair.findings, &problem), IEUM_OK);
    else
        CHECK_INT(eligible_demand(program, &pair.demand, pair.arena, &pair.findings, &problem), IEUM_OK);
    return pair;
}

static const char *one_finding(const struct pair *pair, size_t index) {
    return index < pair->findings.count ? pair->findings.items[index].rule->id : "(none)";
}

TEST(sentences_quote_value_and_date) {
    struct program *program = load("ai-bio");
    if (program == NULL) return;
    struct pair pair = pair_judge_text(
        program,
        "{\"id\":\"D1\",\"program\":\"ai-bio\",\"track\":\"Bring Up\",\"applied\":\"2025-03-02\",\"title\":\"t\",\"need\":\"n\","
        "\"firm\":{\"name\":\"가나(가상)\",\"region\":\"경기도 성남시\",\"founded\":\"2014-05-01\","
        "\"size\":\"중소기업\",\"ksic\":[\"G46491\"]}}",
        NULL);
    CHECK(!pair.findings.eligible);
    CHECK_INT(pair.findings.count, 3);
    CHECK_TEXT(one_finding(&pair, 0), "region_outside_seoul");
    if (pair.findings.count == 3) {
        const struct finding *region = &pair.findings.items[0], *age = &pair.findings.items[1],
                             *code = &pair.findings.items[2];
        CHECK_TEXT(
            region->text.ko,
            "소재지가 '경기도 성남시'인 것으로 적혀 있습니다(신청일 2025-03-02 기준). 서울특별시 소재 기업만 신청할 수 "
            "있습니다.");
        CHECK_TEXT(
            age->text.ko,
            "설립일 2014-05-01부터 10년이 되는 날(2024-05-01)이 신청일 2025-03-02보다 앞섭니다. 창업 10년 이내 기업만 "
            "신청할 수 있습니다.");
        CHECK_TEXT(age->expected, "<= P10Y");
        CHECK_TEXT(code->expected, "C20, C21, C27, M70, Q86");
        CHECK_TEXT(code->value, "G46491");
        CHECK_INT(age->date.day, 2);
    }
    pair_free(&pair);
    program_free(program);
}

TEST(missing_facts_are_points_to_confirm) {
    const char *const ids[] = {"ai-manufacturing", "ai-bio", "ai-business-innovation-2021", "dx-consulting-2021"};
    const size_t open[] = {3, 4, 2, 2};
    for (size_t i = 0; i < 4; i++) {
        struct program *program = load(ids[i]);
        if (program == NULL) continue;
        struct pair pair = pair_judge_text(
            program,
            "{\"id\":\"D1\",\"program\":\"x\",\"title\":\"t\",\"need\":\"n\",\"firm\":{\"name\":\"가나(가상)\"}}",
            NULL);
        CHECK(pair.findings.eligible);
        CHECK(pair.findings.to_confirm);
        CHECK_INT(pair.findings.count, open[i]);
        for (size_t k = 0; k < pair.findings.count; k++) {
            CHECK(pair.findings.items[k].value == NULL);
            CHECK(pair.findings.items[k].verdict == VERDICT_CONFIRM);
        }
        pair_free(&pair);
        program_free(program);
    }
}

#define DEMAND_HEAD "{\"id\":\"D1\",\"program\":\"x\",\"applied\":\"2025-03-02\",\"title\":\"t\",\"need\":\"n\","
#define SUPPLIER_HEAD "{\"id\":\"S1\",\"summary\":\"s\","

static const struct pair_case {
    const char *demand, *supplier, *reasons; /* reasons joined by a space */
} pair_cases[] = {
    {"\"firm\":{\"name\":\"가\"}", "\"name\":\"나\"", ""},
    {"\"firm\":{\"name\":\"가\"},\"must\":{\"deployment\":\"on-premise\"}",
     "\"name\":\"나\",\"deployment\":[\"cloud\",\"on-premise\"]", ""},
    {"\"firm\":{\"name\":\"가\"},\"must\":{\"deployment\":\"on-premise\"}",
     "\"name\":\"나\",\"deployment\":[\"cloud\"]", "deployment"},
    {"\"firm\":{\"name\":\"가\"},\"must\":{\"deployment\":\"on-premise\"}", "\"name\":\"나\"", "deployment"},
    {"\"firm\":{\"name\":\"가\"},\"must\":{\"certifications\":[\"ISO 27001\",\"ISMS\"]}",
     "\"name\":\"나\",\"certifications\":[\"ISO27001\",\"ISMS-P\"]", ""},
    {"\"firm\":{\"name\":\"가\"},\"must\":{\"certifications\":[\"ISO 27001\",\"ISMS\"]}",
     "\"name\":\"나\",\"certifications\":[\"ISMS\"]", "certifications"},
    {"\"firm\":{\"name\":\"가\"},\"must\":{\"region\":\"서울특별시\"}",
     "\"name\":\"나\",\"region\":\"서울특별시 중구\"", ""},
    {"\"firm\":{\"name\":\"가\"},\"must\":{\"region\":\"서울특별시\",\"deployment\":\"edge\"},\"exclude_suppliers\":["
     "\"S1\"]",
     "\"name\":\"나\",\"region\":\"인천광역시 중구\"", "deployment region excluded"},
    {"\"firm\":{\"name\":\"주식회사 가나\"}", "\"name\":\"(주)가 나\"", "conflict"},
    {"\"firm\":{\"name\":\"가나\",\"registration_no\":\"000-00-00015\"}",
     "\"name\":\"다라\",\"registration_no\":\"0000000015\"", "conflict"},
    {"\"firm\":{\"name\":\"가나\"}", "\"name\":\"다라\",\"affiliates\":[\"가나\"]", "conflict"},
};

TEST(pairs_are_barred_with_every_reason) {
    struct program *program = load("ai-manufacturing");
    if (program == NULL) return;
    for (size_t i = 0; i < sizeof pair_cases / sizeof *pair_cases; i++) {
        char demand[512], supplier[512], reasons[256] = "";
        snprintf(demand, sizeof demand, "%s%s}", DEMAND_HEAD, pair_cases[i].demand);
        snprintf(supplier, sizeof supplier, "%s%s}", SUPPLIER_HEAD, pair_cases[i].supplier);
        struct pair pair = pair_judge_text(program, demand, supplier);
        for (size_t k = 0; k < pair.findings.count; k++) {
            strcat(reasons, k > 0 ? " " : "");
            strcat(reasons, pair.findings.items[k].rule->id);
            CHECK(strchr(pair.findings.items[k].text.ko, '{') == NULL);
        }
        CHECK_TEXT(reasons, pair_cases[i].reasons);
        CHECK(pair.findings.eligible == (reasons[0] == '\0'));
        pair_free(&pair);
    }
    program_free(program);
}

TEST(running_out_of_memory_is_a_status) {
    struct program *program = load("ai-bio");
    if (program == NULL) return;
    struct pair pair = pair_judge_text(
        program, DEMAND_HEAD "\"firm\":{\"name\":\"가\",\"region\":\"경기도\",\"ksic\":[\"G46491\"]}}", NULL);
    for (uint64_t n = 1; n < 30; n++) {
        struct problem problem = {0};
        struct findings findings = {0};
        struct arena *arena = arena_new();
        memory_fail_at(n);
        ieum_status status = eligible_demand(program, &pair.demand, arena, &findings, &problem);
        memory_fail_at(0);
        memory_clear_failed();
        CHECK(status == IEUM_MEMORY || (status == IEUM_OK && findings.count == 4));
        CHECK(status != IEUM_OK || n > 1);
        arena_free(arena);
    }
    pair_free(&pair);
    program_free(program);
}

TEST_MAIN(verdicts_equal_the_expected_ones, the_seeds_firms_are_taken_with_points_to_confirm,
          sentences_quote_value_and_date, missing_facts_are_points_to_confirm, pairs_are_barred_with_every_reason,
          running_out_of_memory_is_a_status)
