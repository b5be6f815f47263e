/* SPDX-License-Identifier: Apache-2.0 */
/* Single rules against single records: a case is a line of `cases`. Properties of the age rule and of likeness on
 * random input. */
#include "../../engine/program/rule.h"

#include <stdio.h>

#include "../../engine/base/random.h"
#include "../../engine/program/judge.h"
#include "../../engine/program/likeness.h"
#include "../../engine/program/reason.h"
#include "test.h"

#define TAIL                                                                                                           \
    "\"reason\":{\"ko\":\"[{value}/]{expected}\",\"en\":\"[{value}/"                                                   \
    "]{expected}\"},\"ask\":{\"ko\":\"?\",\"en\":\"?\"},\"source\":\"R\"}"

/* Members of the rule; the demand; the verdict ('+' passes, '-' fails, '?' asks); the sentence when it does not pass.
 */
static const struct rule_case {
    const char *rule, *record;
    char verdict;
    const char *sentence;
} cases[] = {
    {"\"test\":\"in\",\"field\":\"/a\",\"values\":[\"x\",\"y z\"]", "{\"a\":\"y z\"}", '+', ""},
    {"\"test\":\"in\",\"field\":\"/a\",\"values\":[\"x\",\"y z\"]", "{\"a\":\"Y-Z\"}", '+', ""},
    {"\"test\":\"in\",\"field\":\"/a\",\"values\":[\"x\",\"y\"]", "{\"a\":\"xy\"}", '-', "xy/x, y"},
    {"\"test\":\"in\",\"field\":\"/a\",\"values\":[\"x\"]", "{\"a\":[\"q\",\"x\"]}", '+', ""},
    {"\"test\":\"in\",\"field\":\"/a\",\"values\":[\"x\"]", "{\"a\":[\"q\",\"r\"]}", '-', "q, r/x"},
    {"\"test\":\"in\",\"field\":\"/a\",\"values\":[\"x\"]", "{\"a\":[]}", '?', "?"},
    {"\"test\":\"in\",\"field\":\"/a\",\"values\":[\"x\"]", "{\"a\":\" \"}", '?', "?"},
    {"\"test\":\"in\",\"field\":\"/a\",\"values\":[\"x\"]", "{}", '?', "?"},
    {"\"test\":\"in\",\"field\":\"/a\",\"values\":[\"x\"],\"missing\":\"fail\"", "{\"a\":null}", '-', "?"},
    {"\"test\":\"in\",\"field\":\"/a\",\"values\":[\"x\"],\"missing\":\"pass\"", "{}", '+', ""},
    {"\"test\":\"in\",\"field\":\"/a\",\"values\":[\"5\"]", "{\"a\":5}", '+', ""},
    {"\"test\":\"in\",\"field\":\"/a~1b/1\",\"values\":[\"x\"]", "{\"a/b\":[\"q\",\"x\"]}", '+', ""},
    {"\"test\":\"prefix\",\"field\":\"/a\",\"values\":[\"서울\"]", "{\"a\":\"서울특별시 중구\"}", '+', ""},
    {"\"test\":\"prefix\",\"field\":\"/a\",\"values\":[\"서울\"]", "{\"a\":\"경기도 서울\"}", '-', "경기도 서울/서울"},
    {"\"test\":\"prefix\",\"field\":\"/a\",\"values\":[\"ab\"],\"except\":[\"abc\"]", "{\"a\":\"abcd\"}", '-',
     "abcd/ab"},
    {"\"test\":\"prefix\",\"code\":\"ksic\",\"field\":\"/k\",\"values\":[\"C\"]", "{\"k\":\"C30399\"}", '+', ""},
    {"\"test\":\"prefix\",\"code\":\"ksic\",\"field\":\"/k\",\"values\":[\"C\"]", "{\"k\":[\"G46491\",\"C33110\"]}",
     '+', ""},
    {"\"test\":\"prefix\",\"code\":\"ksic\",\"field\":\"/k\",\"values\":[\"C\"]", "{\"k\":\"G46491\"}", '-',
     "G46491/C"},
    {"\"test\":\"prefix\",\"code\":\"ksic\",\"field\":\"/k\",\"values\":[\"C\"],\"except\":[\"C34\"]",
     "{\"k\":\"C34011\"}", '-', "C34011/C"},
    {"\"test\":\"prefix\",\"code\":\"ksic\",\"field\":\"/k\",\"values\":[\"C\"],\"except\":[\"C34\"]",
     "{\"k\":[\"C34011\",\"C33\"]}", '+', ""},
    {"\"test\":\"prefix\",\"code\":\"ksic\",\"revision\":10,\"field\":\"/k\",\"values\":[\"C27192\"]",
     "{\"k\":\"C27192\",\"k_rev\":10}", '+', ""},
    {"\"test\":\"prefix\",\"code\":\"ksic\",\"revision\":10,\"field\":\"/k\",\"values\":[\"C27192\"]",
     "{\"k\":\"C27192\",\"k_rev\":11}", '-', "C27192/C27192"},
    {"\"test\":\"matches\",\"field\":\"/a\",\"pattern\":\"^[가-힣]+$\"", "{\"a\":\"가나\"}", '+', ""},
    {"\"test\":\"matches\",\"field\":\"/a\",\"pattern\":\"^[가-힣]+$\"", "{\"a\":\"가x\"}", '-', "가x/^[가-힣]+$"},
    {"\"test\":\"at_least\",\"field\":\"/n\",\"number\":50", "{\"n\":50}", '+', ""},
    {"\"test\":\"at_least\",\"field\":\"/n\",\"number\":50", "{\"n\":49.5}", '-', "49.5/>= 50"},
    {"\"test\":\"at_most\",\"field\":\"/n\",\"number\":50", "{\"n\":51}", '-', "51/<= 50"},
    {"\"test\":\"at_most\",\"field\":\"/n\",\"number\":50", "{\"n\":\"viele\"}", '?', "?"},
    {"\"test\":\"age_years_at_most\",\"field\":\"/f\",\"reference\":\"/d\",\"number\":10",
     "{\"f\":\"2015-07-29\",\"d\":\"2025-07-29\"}", '+', ""},
    {"\"test\":\"age_years_at_most\",\"field\":\"/f\",\"reference\":\"/d\",\"number\":10",
     "{\"f\":\"2015-07-28\",\"d\":\"2025-07-29\"}", '-', "2015-07-28/<= P10Y"},
    {"\"test\":\"age_years_at_most\",\"field\":\"/f\",\"reference\":\"/d\",\"number\":10",
     "{\"f\":\"2016-02-29\",\"d\":\"2026-02-28\"}", '+', ""},
    {"\"test\":\"age_years_at_most\",\"field\":\"/f\",\"reference\":\"/d\",\"number\":10",
     "{\"f\":\"2016-02-29\",\"d\":\"2026-03-01\"}", '-', "2016-02-29/<= P10Y"},
    {"\"test\":\"age_years_at_most\",\"field\":\"/f\",\"reference\":\"/d\",\"number\":10", "{\"f\":\"2015-07-28\"}",
     '?', "?"},
    {"\"test\":\"age_years_at_most\",\"field\":\"/f\",\"reference\":\"/d\",\"number\":10", "{\"d\":\"2015-07-28\"}",
     '?', "?"},
    {"\"test\":\"date_at_least\",\"field\":\"/f\",\"date\":\"2025-01-01\"", "{\"f\":\"2025-01-01\"}", '+', ""},
    {"\"test\":\"date_at_least\",\"field\":\"/f\",\"date\":\"2025-01-01\"", "{\"f\":\"2024-12-31\"}", '-',
     "2024-12-31/>= 2025-01-01"},
    {"\"test\":\"date_at_most\",\"field\":\"/f\",\"date\":\"2025-01-01\"", "{\"f\":\"2025-01-02\"}", '-',
     "2025-01-02/<= 2025-01-01"},
    {"\"test\":\"date_at_most\",\"field\":\"/f\",\"date\":\"2025-01-01\"", "{\"f\":\"봄\"}", '?', "?"},
    {"\"test\":\"at_most\",\"field\":\"/n\",\"number\":50", "{\"n\":[\"viele\",51]}", '?', "?"},
    {"\"test\":\"at_most\",\"field\":\"/n\",\"number\":50", "{\"n\":[\"viele\",50]}", '+', ""},
    {"\"test\":\"present\",\"field\":\"/a\"", "{\"a\":\"x\"}", '+', ""},
    {"\"test\":\"present\",\"field\":\"/a\"", "{}", '-', "?"},
    {"\"test\":\"present\",\"field\":\"/a\",\"missing\":\"confirm\"", "{}", '?', "?"},
};

struct judged {
    enum verdict verdict;
    char sentence[128];
    bool ok;
};

static struct judged judge(const char *members, const char *record) {
    struct problem problem = {0};
    struct judged judged = {0};
    struct arena *arena = arena_new();
    struct demand demand = {0};
    struct rule *rules = NULL;
    struct finding finding = {0};
    size_t count = 0;
    jval *file = NULL;
    char text[1024];
    snprintf(text, sizeof text, "{\"eligibility\":[{\"id\":\"r\",%s,%s]}", members, TAIL);
    if (jval_parse(text, strlen(text), &file, &problem) == IEUM_OK &&
        rules_read(file, "eligibility", false, arena, &rules, &count, &problem) == IEUM_OK &&
        jval_parse(record, strlen(record), &demand.json, &problem) == IEUM_OK &&
        rule_judge(&rules[0], &demand, NULL, arena, &finding, &problem) == IEUM_OK) {
        judged.ok = true;
        judged.verdict = finding.verdict;
        snprintf(judged.sentence, sizeof judged.sentence, "%s", finding.text.ko == NULL ? "" : finding.text.ko);
    } else {
        fprintf(stderr, "%s: %s at %s\n", members, problem.en, problem.pointer);
    }
    rules_release(rules, count);
    jval_free(demand.json);
    jval_free(file);
    arena_free(arena);
    return judged;
}

TEST(rules_judge_as_listed) {
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct judged judged = judge(cases[i].rule, cases[i].record);
        CHECK(judged.ok);
        if ("+-?"[judged.verdict] != cases[i].verdict)
            fprintf(stderr, "case %zu: %s on %s\n", i, cases[i].rule, cases[i].record);
        CHECK_INT("+-?"[judged.verdict], cases[i].verdict);
        CHECK_TEXT(judged.sentence, cases[i].sentence);
    }
}

static int days_in(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : days[month - 1];
}

/* The second way: count the years that are full; the day on which they become full still counts. */
static bool within_years(struct date founded, struct date applied, int years) {
    int year = founded.year + years, last = days_in(year, founded.month), day = founded.day < last ? founded.day : last;
    return applied.year * 10000 + applied.month * 100 + applied.day <= year * 10000 + founded.month * 100 + day;
}

TEST(age_is_exact_on_random_dates) {
    struct random random;
    random_seed(&random, 20251121);
    for (int i = 0; i < 400; i++) {
        struct date founded = {1990 + (int)random_below(&random, 40), 1 + (int)random_below(&random, 12), 1};
        if (i % 4 == 0) founded.year -= founded.year % 4, founded.month = 2;
        founded.day = i % 4 == 0 ? days_in(founded.year, 2)
                                 : 1 + (int)random_below(&random, (uint64_t)days_in(founded.year, founded.month));
        struct date applied = {founded.year + 10, founded.month, 0};
        applied.day = 1 + (int)random_below(&random, (uint64_t)days_in(applied.year, applied.month));
        char record[96];
        snprintf(record, sizeof record, "{\"f\":\"%04d-%02d-%02d\",\"d\":\"%04d-%02d-%02d\"}", founded.year,
                 founded.month, founded.day, applied.year, applied.month, applied.day);
        struct judged judged =
            judge("\"test\":\"age_years_at_most\",\"field\":\"/f\",\"reference\":\"/d\",\"number\":10", record);
        CHECK(judged.ok);
        CHECK_INT(judged.verdict == VERDICT_PASS, within_years(founded, applied, 10));
    }
}

/* A hostile record against a pattern that backtracks for ever: undecided is asked, never failed. */
TEST(an_undecided_pattern_asks) {
    char record[256] = "{\"a\":\"";
    for (int i = 0; i < 60; i++) strcat(record, "a");
    strcat(record, "!\"}");
    struct judged judged =
        judge("\"test\":\"matches\",\"field\":\"/a\",\"pattern\":\"^(?:a|aa)+b?$\",\"missing\":\"pass\"", record);
    CHECK(judged.ok);
    CHECK(judged.verdict == VERDICT_CONFIRM);
}

TEST(likeness_ignores_idle_signs) {
    static const char *const idle[] = {" ", "-", "_", "·"};
    struct random random;
    random_seed(&random, 7);
    for (int i = 0; i < 500; i++) {
        char plain[16] = "", dressed[96] = "";
        size_t length = 1 + random_below(&random, 6);
        for (size_t k = 0; k < length; k++) {
            char lower[2] = {(char)('a' + (int)random_below(&random, 3)), '\0'},
                 upper[2] = {(char)(lower[0] - 'a' + 'A'), '\0'};
            strcat(plain, lower);
            strcat(dressed, random_below(&random, 2) ? idle[random_below(&random, 4)] : "");
            strcat(dressed, random_below(&random, 2) ? upper : lower);
        }
        CHECK(value_alike(plain, dressed) && value_alike(dressed, plain));
        CHECK(value_begins_alike(dressed, plain));
        strcat(dressed, "d");
        CHECK(!value_alike(plain, dressed));
        CHECK(value_begins_alike(dressed, plain) && !value_begins_alike(plain, dressed));
    }
    CHECK(!value_alike("", "") && !value_begins_alike("a", ""));
    CHECK(firm_name_alike("주식회사 세모", "세모(주)") && firm_name_alike("Semo Co., Ltd.", "semo"));
    CHECK(!firm_name_alike("zinc.", "z") && !firm_name_alike("(주)", "주식회사") && !firm_name_alike(NULL, "a"));
    CHECK(number_alike("000-00-00015", "0000000015") && !number_alike("00", "000") && !number_alike("-", ""));
}

TEST(sentences_are_filled_safely) {
    struct arena *arena = arena_new();
    struct reason_facts facts = {{[PLACE_VALUE] = "{expected} %s [x", [PLACE_DEMAND] = "가"}};
    size_t fault;
    CHECK(reason_valid("{value} {demand}[ {date}]", &fault));
    CHECK_TEXT(reason_write("{value} {demand}[ {date}] {lacking}", &facts, "-", arena), "{expected} %s [x 가 -");
    CHECK_TEXT(reason_write("[{value}|{demand}]", &facts, "-", arena), "{expected} %s [x|가");
    CHECK_TEXT(reason_write("", &facts, "-", arena), "");
    static const char *const wrong[] = {"{x}", "{value", "}", "]", "[[", "[a", "a {} b"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) CHECK(!reason_valid(wrong[i], &fault));
    arena_free(arena);
}

TEST_MAIN(rules_judge_as_listed, age_is_exact_on_random_dates, an_undecided_pattern_asks, likeness_ignores_idle_signs,
          sentences_are_filled_safely)
