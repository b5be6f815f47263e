/* SPDX-License-Identifier: Apache-2.0 */
/* 중소기업등 as data: at each limit and on each side of a date, by confirmation, by figures, by what the firm states, and where these contradict each other. */
#include "../../engine/program/union.h"

#include <stdio.h>

#include "../../engine/program/jurisdiction.h"
#include "test.h"

struct opened {
    struct arena *arena;
    jval *law;
    struct firm_union *unions;
    size_t count;
};

static bool open_law(const char *jurisdiction, struct opened *opened) {
    char folder[512];
    struct problem problem = {0};
    snprintf(folder, sizeof folder, "%s/data/programs", test_source());
    *opened = (struct opened){.arena = arena_new()};
    ieum_status status = law_load(folder, jurisdiction, &opened->law, &problem);
    if (status == IEUM_OK) status = unions_read(opened->law, opened->arena, &opened->unions, &opened->count, &problem);
    if (status != IEUM_OK) fprintf(stderr, "%s at %s\n", problem.en, problem.pointer);
    CHECK_INT(status, IEUM_OK);
    return status == IEUM_OK;
}

static void close_law(struct opened *opened) {
    jval_free(opened->law);
    arena_free(opened->arena);
}

static struct membership judge(const struct opened *opened, const char *firm, const char *day) {
    char text[1024];
    jval *json = NULL;
    struct problem problem = {0};
    struct membership membership = {0};
    struct date date = {0};
    snprintf(text, sizeof text, "{\"firm\":{%s}}", firm);
    CHECK_INT(jval_parse(text, strlen(text), &json, &problem), IEUM_OK);
    if (*day) CHECK(date_read(day, &date));
    CHECK_INT(union_judge(union_find(opened->unions, opened->count, "sme_etc"), json, date, opened->arena, &membership, &problem), IEUM_OK);
    jval_free(json);
    return membership;
}

#define SOUND "\"assets_krw\":1000000000,\"independent\":true"

static const struct example {
    const char *firm, *day;
    enum verdict verdict;
    const char *member;
    enum union_basis basis;
} examples[] = {
    /* Sales at the limit and one won beyond it; metal products: 100 billion until 2025-08-31, 120 billion from 2025-09-01. */
    {"\"ksic\":[\"C25\"],\"sales_krw\":100000000000," SOUND, "2025-08-31", VERDICT_PASS, "sme", BASIS_FIGURES},
    {"\"ksic\":[\"C25\"],\"sales_krw\":100000000001," SOUND, "2025-08-31", VERDICT_FAIL, NULL, BASIS_NONE},
    {"\"ksic\":[\"C25\"],\"sales_krw\":100000000001," SOUND, "2025-09-01", VERDICT_PASS, "sme", BASIS_FIGURES},
    {"\"ksic\":[\"C25\"],\"sales_krw\":120000000000," SOUND, "2025-09-01", VERDICT_PASS, "sme", BASIS_FIGURES},
    {"\"ksic\":[\"C25\"],\"sales_krw\":120000000001," SOUND, "2025-09-01", VERDICT_FAIL, NULL, BASIS_NONE},
    /* Total assets: below 500 billion. */
    {"\"ksic\":[\"C25\"],\"sales_krw\":1000,\"assets_krw\":499999999999,\"independent\":true", "2025-09-01", VERDICT_PASS, "sme", BASIS_FIGURES},
    {"\"ksic\":[\"C25\"],\"sales_krw\":1000,\"assets_krw\":500000000000,\"independent\":true", "2025-09-01", VERDICT_FAIL, NULL, BASIS_NONE},
    {"\"ksic\":[\"C25\"],\"sales_krw\":1000,\"assets_krw\":1000,\"independent\":false", "2025-09-01", VERDICT_FAIL, NULL, BASIS_NONE},
    /* Something is missing. */
    {"\"ksic\":[\"C25\"],\"sales_krw\":1000,\"assets_krw\":1000", "2025-09-01", VERDICT_CONFIRM, NULL, BASIS_NONE},
    {"\"ksic\":[\"C25\"],\"sales_krw\":1000," SOUND, "", VERDICT_CONFIRM, NULL, BASIS_NONE},
    {"\"ksic\":[\"C25\"],\"sales_krw\":1000," SOUND, "2017-12-31", VERDICT_CONFIRM, NULL, BASIS_NONE},
    {"\"sales_krw\":1000," SOUND, "2025-09-01", VERDICT_CONFIRM, NULL, BASIS_NONE},
    {"\"name\":\"x\"", "2025-09-01", VERDICT_CONFIRM, NULL, BASIS_NONE},
    /* Waterworks have their own row within section E, rental within N; a section alone has the limits of all its rows. */
    {"\"ksic\":[\"E36\"],\"sales_krw\":90000000000," SOUND, "2025-09-01", VERDICT_PASS, "sme", BASIS_FIGURES},
    {"\"ksic\":[\"E38\"],\"sales_krw\":90000000000," SOUND, "2025-09-01", VERDICT_FAIL, NULL, BASIS_NONE},
    {"\"ksic\":[\"E\"],\"sales_krw\":90000000000," SOUND, "2025-09-01", VERDICT_CONFIRM, NULL, BASIS_NONE},
    {"\"ksic\":[\"E\"],\"sales_krw\":80000000000," SOUND, "2025-09-01", VERDICT_PASS, "sme", BASIS_FIGURES},
    {"\"ksic\":[\"C\"],\"sales_krw\":180000000001," SOUND, "2025-09-01", VERDICT_FAIL, NULL, BASIS_NONE},
    {"\"ksic\":[\"N76\"],\"sales_krw\":40000000001," SOUND, "2025-09-01", VERDICT_FAIL, NULL, BASIS_NONE},
    {"\"ksic\":[\"N75\"],\"sales_krw\":40000000001," SOUND, "2025-09-01", VERDICT_PASS, "sme", BASIS_FIGURES},
    /* What the firm states. */
    {"\"size\":\"중소기업\"", "2025-09-01", VERDICT_PASS, "sme", BASIS_STATED},
    {"\"size\":\"벤처기업\"", "2025-09-01", VERDICT_PASS, "venture", BASIS_STATED},
    {"\"size\":\"중견기업\"", "2025-09-01", VERDICT_FAIL, NULL, BASIS_NONE},
    {"\"size\":\"공공기관\"", "2025-09-01", VERDICT_FAIL, NULL, BASIS_NONE},
    {"\"size\":\"개인사업자\"", "2025-09-01", VERDICT_CONFIRM, NULL, BASIS_NONE},
    /* Contradictions are for a person. */
    {"\"size\":\"중소기업\",\"ksic\":[\"C25\"],\"sales_krw\":130000000000", "2025-09-01", VERDICT_CONFIRM, NULL, BASIS_NONE},
    {"\"size\":\"중견기업\",\"ksic\":[\"C25\"],\"sales_krw\":1000," SOUND, "2025-09-01", VERDICT_CONFIRM, NULL, BASIS_NONE},
    /* A venture firm's confirmation: the first day, the last, the days beside them. */
    {"\"venture\":{\"confirmed\":\"2023-03-10\",\"until\":\"2026-03-09\"}", "2023-03-10", VERDICT_PASS, "venture", BASIS_CONFIRMED},
    {"\"venture\":{\"confirmed\":\"2023-03-10\",\"until\":\"2026-03-09\"}", "2026-03-09", VERDICT_PASS, "venture", BASIS_CONFIRMED},
    {"\"venture\":{\"confirmed\":\"2023-03-10\",\"until\":\"2026-03-09\"},\"size\":\"중견기업\"", "2024-01-01", VERDICT_CONFIRM, NULL, BASIS_NONE},
    {"\"venture\":{\"confirmed\":\"2023-03-10\",\"until\":\"2026-03-09\"},\"size\":\"벤처기업\"", "2026-03-10", VERDICT_CONFIRM, NULL, BASIS_NONE},
    {"\"venture\":{\"confirmed\":\"2023-03-10\",\"until\":\"2026-03-09\"},\"ksic\":[\"C25\"],\"sales_krw\":130000000000," SOUND, "2026-03-10", VERDICT_FAIL, NULL,
     BASIS_NONE},
    {"\"venture\":{\"confirmed\":\"2023-03-10\",\"until\":\"2026-03-09\"},\"ksic\":[\"C25\"],\"sales_krw\":130000000000," SOUND, "2023-03-09", VERDICT_FAIL, NULL,
     BASIS_NONE},
    {"\"sme\":{\"confirmed\":\"2025-04-01\",\"until\":\"2026-03-31\"}", "2025-09-01", VERDICT_PASS, "sme", BASIS_CONFIRMED},
    /* Confirmed, but the size stated is weaker than that: the confirmation is what it rests on. */
    {"\"venture\":{\"confirmed\":\"2023-03-10\",\"until\":\"2026-03-09\"},\"size\":\"중소기업\"", "2024-01-01", VERDICT_PASS, "venture", BASIS_CONFIRMED},
    /* No firm at all. */
    {"\"kind\":\"public_institution\",\"size\":\"중소기업\"", "2025-09-01", VERDICT_FAIL, NULL, BASIS_NONE},
    {"\"kind\":\"firm\",\"size\":\"소상공인\"", "2025-09-01", VERDICT_PASS, "sme", BASIS_STATED},
};

TEST(each_limit_and_date_has_two_sides) {
    struct opened opened;
    if (!open_law("seoul", &opened)) return;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const struct membership got = judge(&opened, examples[i].firm, examples[i].day);
        if (got.verdict != examples[i].verdict || got.basis != examples[i].basis) fprintf(stderr, "%s on %s: %s\n", examples[i].firm, examples[i].day, got.text.en);
        CHECK_INT(got.verdict, examples[i].verdict);
        CHECK_INT(got.basis, examples[i].basis);
        CHECK((got.member != NULL) == (examples[i].member != NULL));
        if (got.member && examples[i].member) CHECK_TEXT(got.member->id, examples[i].member);
        CHECK(got.text.ko && got.text.en && *got.text.ko && *got.text.en && strcmp(got.text.ko, got.text.en) != 0);
    }
    close_law(&opened);
}

/* Micro-enterprises alone: nine employees in mining, manufacturing, construction and transport, four elsewhere, and sales of a small firm. */
TEST(micro_enterprises_are_told_by_employees_and_sales) {
    static const struct {
        const char *firm, *day;
        enum verdict verdict;
    } micro[] = {
        {"\"ksic\":[\"C25\"],\"employees\":9,\"sales_krw\":12000000000," SOUND, "2025-08-31", VERDICT_PASS},
        {"\"ksic\":[\"C25\"],\"employees\":10,\"sales_krw\":12000000000," SOUND, "2025-08-31", VERDICT_FAIL},
        {"\"ksic\":[\"J62\"],\"employees\":4,\"sales_krw\":5000000000," SOUND, "2025-09-01", VERDICT_PASS},
        {"\"ksic\":[\"J62\"],\"employees\":5,\"sales_krw\":5000000000," SOUND, "2025-09-01", VERDICT_FAIL},
        {"\"ksic\":[\"J62\"],\"employees\":4,\"sales_krw\":5000000001," SOUND, "2025-09-01", VERDICT_FAIL},
        {"\"ksic\":[\"H49\"],\"employees\":9,\"sales_krw\":8000000001," SOUND, "2025-08-31", VERDICT_FAIL},
        {"\"ksic\":[\"H49\"],\"employees\":9,\"sales_krw\":8000000001," SOUND, "2025-09-01", VERDICT_PASS},
        {"\"ksic\":[\"C24\"],\"employees\":9,\"sales_krw\":14000000000," SOUND, "2025-08-31", VERDICT_FAIL},
        {"\"ksic\":[\"C24\"],\"employees\":9,\"sales_krw\":14000000000," SOUND, "2025-09-01", VERDICT_PASS},
    };
    struct opened opened;
    if (!open_law("anyang", &opened)) return;
    struct firm_union *one = &opened.unions[0];
    struct union_member *last = &one->members[one->member_count - 1];
    CHECK_TEXT(last->id, "micro");
    one->members = last;
    one->member_count = 1;
    for (size_t i = 0; i < sizeof micro / sizeof *micro; i++) {
        const struct membership got = judge(&opened, micro[i].firm, micro[i].day);
        if (got.verdict != micro[i].verdict) fprintf(stderr, "%s on %s: %s\n", micro[i].firm, micro[i].day, got.text.en);
        CHECK_INT(got.verdict, micro[i].verdict);
    }
    close_law(&opened);
}

/* What was announced of 2025-09-01, counted from the tables: of 44 and 43 industries 16 and 12 were raised, none lowered; 7 and 9 steps. */
TEST(the_tables_are_what_was_announced) {
    static const struct {
        size_t industries, raised, steps;
        int64_t least_krw, most_krw;
    } announced[] = {{44, 16, 7, 40000000000, 180000000000}, {43, 12, 9, 1500000000, 14000000000}};
    struct opened opened;
    if (!open_law("seoul", &opened)) return;
    const struct firm_union *one = &opened.unions[0];
    CHECK_INT(one->table_count, 2);
    for (size_t t = 0; t < one->table_count && t < 2; t++) {
        const struct limit_version *before = &one->tables[t].versions[0], *after = &one->tables[t].versions[1];
        size_t industries = 0, raised = 0, steps = 0;
        int64_t least = INT64_MAX, most = 0;
        for (size_t r = 0; r < after->row_count; r++) {
            bool seen = false;
            for (size_t q = 0; q < r; q++) seen = seen || after->rows[q].most_krw == after->rows[r].most_krw;
            steps += !seen;
            for (size_t i = 0; i < after->rows[r].ksic.count; i++) {
                size_t found = 0;
                for (size_t b = 0; b < before->row_count; b++)
                    if (text_list_has(&before->rows[b].ksic, after->rows[r].ksic.items[i])) {
                        found++;
                        CHECK(before->rows[b].most_krw <= after->rows[r].most_krw);
                        raised += before->rows[b].most_krw < after->rows[r].most_krw;
                    }
                CHECK_INT(found, 1);
                industries++;
            }
            if (after->rows[r].most_krw < least) least = after->rows[r].most_krw;
            if (after->rows[r].most_krw > most) most = after->rows[r].most_krw;
        }
        CHECK_INT(industries, announced[t].industries);
        CHECK_INT(raised, announced[t].raised);
        CHECK_INT(steps, announced[t].steps);
        CHECK_INT(least, announced[t].least_krw);
        CHECK_INT(most, announced[t].most_krw);
    }
    close_law(&opened);
}

TEST(memory_may_fail_anywhere) {
    struct opened opened;
    struct problem problem = {0};
    const char *text = "{\"firm\":{\"size\":\"중소기업\",\"ksic\":[\"C25\"],\"sales_krw\":5,\"venture\":{\"confirmed\":\"2023-01-01\",\"until\":\"2024-01-01\"}}}";
    jval *json = NULL;
    bool done = false;
    if (!open_law("seoul", &opened)) return;
    CHECK_INT(jval_parse(text, strlen(text), &json, &problem), IEUM_OK);
    for (uint64_t n = 1; n < 500 && !done; n++) {
        struct membership membership;
        struct arena *arena = arena_new();
        struct problem fault = {0};
        memory_fail_at(n);
        const ieum_status status = union_judge(&opened.unions[0], json, (struct date){2025, 9, 1}, arena, &membership, &fault);
        done = memory_count() < n;
        memory_fail_at(0);
        memory_clear_failed();
        CHECK_INT(status, done ? IEUM_OK : IEUM_MEMORY);
        arena_free(arena);
    }
    CHECK(done);
    jval_free(json);
    close_law(&opened);
}

TEST_MAIN(each_limit_and_date_has_two_sides, micro_enterprises_are_told_by_employees_and_sales, the_tables_are_what_was_announced, memory_may_fail_anywhere)
