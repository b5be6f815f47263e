/* SPDX-License-Identifier: Apache-2.0 */
/* One record: what is read into the structs, what is refused and where, regions and sizes, amounts and dates of cells.
 */
#include "../../engine/record/record.h"

#include <math.h>

#include "../../engine/record/amount.h"
#include "../../engine/record/cell_value.h"
#include "../../engine/record/taxonomy.h"
#include "test.h"

#define SUPPLIER_START "{\"id\":\"S1\",\"name\":\"가나(가상)\""
#define DEMAND_START "{\"id\":\"D1\",\"program\":\"p\",\"firm\":{\"name\":\"가나(가상)\"}"

/* Reads one record and gives back only the status; the problem stays. */
static ieum_status read_one(enum record_kind kind, const char *text, struct problem *problem) {
    struct arena *arena = arena_new();
    struct supplier supplier = {0};
    struct demand demand = {0};
    struct outcome outcome = {0};
    jval *json = NULL;
    problem_clear(problem);
    ieum_status status = jval_parse(text, strlen(text), &json, problem);
    CHECK_INT(status, IEUM_OK);
    if (kind == RECORD_SUPPLIER)
        status = supplier_read(json, NULL, arena, &supplier, problem);
    else if (kind == RECORD_DEMAND)
        status = demand_read(json, NULL, arena, &demand, problem);
    else
        status = outcome_read(json, NULL, arena, &outcome, problem);
    CHECK(status == problem->status);
    /* On failure nothing is written and nothing is owned. */
    if (status != IEUM_OK) CHECK(!supplier.json && !demand.json && !outcome.json);
    jval_free(supplier.json);
    jval_free(demand.json);
    jval_free(outcome.json);
    jval_free(json);
    arena_free(arena);
    return status;
}

/* pointer NULL: must be taken */
struct refusal {
    enum record_kind kind;
    const char *text, *pointer, *value;
};

static void check_refusals(const struct refusal *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct problem problem;
        ieum_status status = read_one(cases[i].kind, cases[i].text, &problem);
        bool taken = status == IEUM_OK;
        if (taken != !cases[i].pointer)
            fprintf(stderr, "case %zu: %s: %s %s\n", i, cases[i].text, problem.pointer, problem.en);
        CHECK(taken == !cases[i].pointer);
        if (taken || !cases[i].pointer) continue;
        CHECK_TEXT(problem.pointer, cases[i].pointer);
        if (cases[i].value) CHECK_TEXT(problem.value, cases[i].value);
        CHECK(problem.ko[0] && problem.en[0]);
    }
}

TEST(refuses_bad_suppliers) {
    static const struct refusal cases[] = {
        {RECORD_SUPPLIER, SUPPLIER_START "}", NULL, NULL},
        {RECORD_SUPPLIER, "[]", "", "array"},
        {RECORD_SUPPLIER, "{\"name\":\"가\"}", "/id", NULL},
        {RECORD_SUPPLIER, "{\"id\":\"S1\"}", "/name", NULL},
        {RECORD_SUPPLIER, "{\"id\":\"S1\",\"name\":\"  \"}", "/name", "  "},
        {RECORD_SUPPLIER, "{\"id\":\"\",\"name\":\"가\"}", "/id", ""},
        {RECORD_SUPPLIER, "{\"id\":\"가나\",\"name\":\"가\"}", "/id", "가나"},
        {RECORD_SUPPLIER, "{\"id\":\"a b\",\"name\":\"가\"}", "/id", "a b"},
        {RECORD_SUPPLIER, "{\"id\":7,\"name\":\"가\"}", "/id", "7"},
        {RECORD_SUPPLIER,
         "{\"id\":\"0123456789012345678901234567890123456789012345678901234567890123\",\"name\":\"가\"}", NULL, NULL},
        {RECORD_SUPPLIER,
         "{\"id\":\"01234567890123456789012345678901234567890123456789012345678901234\",\"name\":\"가\"}", "/id", NULL},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"founded\":\"2023-02-29\"}", "/founded", "2023-02-29"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"founded\":20230228}", "/founded", "20230228"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"founded\":null}", NULL, NULL},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"ksic\":[\"C30\",\"J30\"]}", "/ksic/1", "J30"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"ksic\":\"C30\"}", "/ksic", "C30"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"ksic\":[30399]}", "/ksic/0", "30399"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"ksic_rev\":9}", "/ksic_rev", "9"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"ksic_rev\":11}", NULL, NULL},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"registration_no\":\"123-45-67890\"}", "/registration_no", "123-45-67890"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"registration_no\":\"123-45-67891\"}", NULL, NULL},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"employees\":-1}", "/employees", "-1"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"employees\":10000000}", NULL, NULL},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"employees\":10000001}", "/employees", "10000001"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"employees\":1.5}", "/employees", "1.5"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"price_krw\":[1,2]}", NULL, NULL},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"price_krw\":[2,1]}", "/price_krw/1", "1"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"price_krw\":[1]}", "/price_krw", "array"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"price_krw\":[-1,2]}", "/price_krw/0", "-1"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"price_krw\":[1,\"2\"]}", "/price_krw/1", "2"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"price_krw\":5}", "/price_krw", "5"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"capacity\":10001}", "/capacity", "10001"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"products\":[\"\"]}", "/products/0", ""},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"products\":\"x\"}", "/products", "x"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"references\":[{\"title\":\"x\",\"year\":1949}]}", "/references/0/year",
         "1949"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"references\":[{},{\"industry_ksic\":\"Z9\"}]}",
         "/references/1/industry_ksic", "Z9"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"references\":[1]}", "/references/0", "1"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"vector\":[]}", "/vector", "array"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"vector\":[1,0.5,\"x\"]}", "/vector/2", "x"},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"vector\":[1,0.5]}", NULL, NULL},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"summary\":\"\"}", "/summary", ""},
        {RECORD_SUPPLIER, SUPPLIER_START ",\"affiliates\":\"다라(가상)\",\"something\":{\"else\":[1]}}", NULL, NULL},
    };
    check_refusals(cases, sizeof cases / sizeof *cases);
}

TEST(refuses_bad_demands) {
    static const struct refusal cases[] = {
        {RECORD_DEMAND, DEMAND_START ",\"need\":\"x\"}", NULL, NULL},
        {RECORD_DEMAND, DEMAND_START ",\"title\":\"x\"}", NULL, NULL},
        {RECORD_DEMAND, DEMAND_START "}", "/need", NULL},
        {RECORD_DEMAND, DEMAND_START ",\"title\":\"x\",\"need\":\"\"}", "/need", ""},
        {RECORD_DEMAND, DEMAND_START ",\"title\":\" \\n\",\"need\":\"x\"}", "/title", NULL},
        {RECORD_DEMAND, "{\"id\":\"D1\",\"program\":\"p\",\"need\":\"x\"}", "/firm", NULL},
        {RECORD_DEMAND, "{\"id\":\"D1\",\"program\":\"p\",\"firm\":{},\"need\":\"x\"}", "/firm/name", NULL},
        {RECORD_DEMAND, "{\"id\":\"D1\",\"firm\":{\"name\":\"가\"},\"need\":\"x\"}", "/program", NULL},
        {RECORD_DEMAND,
         "{\"id\":\"D1\",\"program\":\"p\",\"firm\":{\"name\":\"가\",\"founded\":\"2020-1-1\"},\"need\":\"x\"}",
         "/firm/founded", "2020-1-1"},
        {RECORD_DEMAND, DEMAND_START ",\"need\":\"x\",\"applied\":\"어제\"}", "/applied", "어제"},
        {RECORD_DEMAND, DEMAND_START ",\"need\":\"x\",\"budget_krw\":-1}", "/budget_krw", "-1"},
        {RECORD_DEMAND, DEMAND_START ",\"need\":\"x\",\"budget_krw\":\"5천만\"}", "/budget_krw", "5천만"},
        {RECORD_DEMAND, DEMAND_START ",\"need\":\"x\",\"readiness_score\":100.5}", "/readiness_score", "100.5"},
        {RECORD_DEMAND, DEMAND_START ",\"need\":\"x\",\"readiness_score\":72.5}", NULL, NULL},
        {RECORD_DEMAND, DEMAND_START ",\"need\":\"x\",\"must\":[]}", "/must", "array"},
        {RECORD_DEMAND, DEMAND_START ",\"need\":\"x\",\"must\":{\"deployment\":5}}", "/must/deployment", "5"},
        {RECORD_DEMAND, DEMAND_START ",\"need\":\"x\",\"must\":{\"certifications\":[\"ISO 27001\",\"\"]}}",
         "/must/certifications/1", ""},
        {RECORD_DEMAND, DEMAND_START ",\"need\":\"x\",\"prefer\":{\"region\":[\"서울특별시\"],\"other\":1}}", NULL,
         NULL},
        {RECORD_DEMAND, DEMAND_START ",\"need\":\"x\",\"exclude_suppliers\":[1]}", "/exclude_suppliers/0", "1"},
        {RECORD_DEMAND, DEMAND_START ",\"need\":\"x\",\"diagnosis\":{\"by\":\"friend\",\"date\":\"2025-08-01\"}}", "/diagnosis/by", "friend"},
        {RECORD_DEMAND, DEMAND_START ",\"need\":\"x\",\"diagnosis\":{\"by\":\"expert\",\"date\":\"2025-02-30\"}}", "/diagnosis/date", "2025-02-30"},
    };
    check_refusals(cases, sizeof cases / sizeof *cases);
}

TEST(refuses_bad_outcomes) {
    static const struct refusal cases[] = {
        {RECORD_OUTCOME,
         "{\"demand\":\"D1\",\"supplier\":\"S1\",\"program\":\"p\",\"stage\":\"agreed\",\"date\":\"2025-01-02\"}", NULL,
         NULL},
        {RECORD_OUTCOME, "{\"demand\":\"D1\",\"supplier\":\"S1\",\"program\":\"p\",\"stage\":\"agreed\"}", "/date",
         NULL},
        {RECORD_OUTCOME,
         "{\"demand\":\"D1\",\"supplier\":\"S1\",\"program\":\"p\",\"stage\":\"maybe\",\"date\":\"2025-01-02\"}",
         "/stage", "maybe"},
        {RECORD_OUTCOME,
         "{\"demand\":\"D1\",\"supplier\":\"S1\",\"program\":\"p\",\"stage\":\"completed\",\"grade\":4,\"date\":\"2025-"
         "01-02\"}",
         "/grade", "4"},
        {RECORD_OUTCOME, "{\"demand\":\"D1\",\"program\":\"p\",\"stage\":\"agreed\",\"date\":\"2025-01-02\"}",
         "/supplier", NULL},
    };
    check_refusals(cases, sizeof cases / sizeof *cases);
}

/* A text of `size` letters in an unknown member: limits hold there too. */
static ieum_status read_with_text(size_t size, size_t copies, struct problem *problem) {
    char *text = malloc(size * copies + 1024);
    size_t used = (size_t)sprintf(text, "%s", SUPPLIER_START);
    for (size_t i = 0; i < copies; i++) {
        used += (size_t)sprintf(text + used, ",\"more%zu\":\"", i);
        memset(text + used, 'x', size);
        used += size;
        text[used++] = '"';
    }
    strcpy(text + used, "}");
    ieum_status status = read_one(RECORD_SUPPLIER, text, problem);
    free(text);
    return status;
}

TEST(limits_text) {
    struct problem problem;
    CHECK_INT(read_with_text(1 << 16, 1, &problem), IEUM_OK);
    CHECK_INT(read_with_text((1 << 20) + 1, 1, &problem), IEUM_LIMIT);
    CHECK_TEXT(problem.pointer, "/more0");
    CHECK_INT(read_with_text(1 << 19, 3, &problem), IEUM_LIMIT);
    CHECK_TEXT(problem.pointer, "");
}

TEST(reads_into_structs) {
    static const char text[] =
        "{\"id\":\"D1\",\"program\":\"ai-bio\",\"applied\":\"2025-03-14\",\"firm\":{\"name\":\"가나(가상)\","
        "\"founded\":\"2015-02-28\","
        "\"ksic\":[\"C21\",\"M70113\"],\"ksic_rev\":11,\"employees\":48,\"affiliates\":[\"다라(가상)\"],\"business\":"
        "\"시약\"},\"title\":\"제목\","
        "\"need\":\"내용\",\"data_held\":[\"가\",\"나\"],\"budget_krw\":50000000,\"must\":{\"deployment\":\"edge\"},"
        "\"exclude_suppliers\":[\"S2\"],\"unknown\":{\"kept\":true}}";
    struct problem problem = {0};
    struct arena *arena = arena_new();
    struct demand demand;
    struct record_texts texts;
    jval *json = NULL;
    CHECK_INT(jval_parse(text, strlen(text), &json, &problem), IEUM_OK);
    CHECK_INT(demand_read(json, NULL, arena, &demand, &problem), IEUM_OK);
    jval_free(json); /* the record is an owner of its own */
    CHECK_INT(demand.firm.ksic_count, 2);
    CHECK_INT(demand.firm.ksic[1].revision, 11);
    CHECK_TEXT(demand.firm.ksic[1].digits, "70113");
    CHECK_INT(demand.firm.employees, 48);
    CHECK_INT(demand.budget_krw, 50000000);
    CHECK(isnan(demand.readiness_score));
    CHECK_TEXT(demand.must_deployment.items[0], "edge");
    CHECK_INT(demand.must_region.count, 0);
    CHECK_TEXT(demand.firm.affiliates.items[0], "다라(가상)");
    CHECK(!demand.firm.region && !demand.firm.registration_no);
    CHECK(jval_true(jval_get(jval_get(demand.json, "unknown"), "kept")));
    CHECK_INT(demand_texts(&demand, arena, &texts), IEUM_OK);
    static const char *const expected[][2] = {{"/title", "제목"},
                                              {"/need", "내용"},
                                              {"/firm/business", "시약"},
                                              {"/data_held/0", "가"},
                                              {"/data_held/1", "나"}};
    CHECK_INT(texts.count, 5);
    for (size_t i = 0; i < texts.count && i < 5; i++) {
        CHECK_TEXT(texts.items[i].pointer, expected[i][0]);
        CHECK_TEXT(texts.items[i].text, expected[i][1]);
    }
    jval_free(demand.json);
    arena_free(arena);
}

TEST(compares_regions_and_sizes) {
    static const char *const regions[][2] = {{"서울특별시 강남구", "서울특별시"},
                                             {"서울 강남구", "서울특별시"},
                                             {"서울시강남구", "서울특별시"},
                                             {"서울특별시강남구", "서울특별시"},
                                             {"Seoul", "서울특별시"},
                                             {"seoul special city", "서울특별시"},
                                             {"Gangnam-gu, Seoul, Korea", "서울특별시"},
                                             {"Seoul, Gangnam-gu", "서울특별시"},
                                             {"(06236) 서울 강남구", "서울특별시"},
                                             {"대한민국 서울특별시", "서울특별시"},
                                             {"경기 광주시", "경기도"},
                                             {"광주 북구", "광주광역시"},
                                             {"광주시", NULL},
                                             {"강원도 춘천시", "강원특별자치도"},
                                             {"전라북도 전주시", "전북특별자치도"},
                                             {"Gyeonggi-do Suwon", "경기도"},
                                             {"North Jeolla Province", "전북특별자치도"},
                                             {"제주도", "제주특별자치도"},
                                             {"", NULL},
                                             {"강남구", NULL},
                                             {"서울숲", NULL},
                                             {",", NULL},
                                             {", ,", NULL}};
    static const struct {
        const char *address, *wanted;
        bool within;
    } pairs[] = {{"서울 강남구 테헤란로", "서울특별시", true},
                 {"서울특별시 강남구", "서울 강남구", true},
                 {"서울특별시 강남구", "서울 강동구", false},
                 {"서울특별시", "서울 강남구", false},
                 {"경기도 성남시", "수도권", true},
                 {"부산 해운대구", "수도권", false},
                 {"인천 남동구", "서울", false},
                 {"어딘가", "어딘", true},
                 {"Gangnam-gu, Seoul", "서울", true},
                 {"서울특별시강남구", "서울 강남구", true}};
    static const struct {
        const char *size, *wanted;
        bool within;
    } sizes[] = {{"소상공인", "중소기업", true}, {"소기업", "중소기업", true},    {"중소기업", "소상공인", false},
                 {"SME", "중소기업", true},      {"벤처기업", "중소기업", false}, {"대기업", "대기업", true},
                 {"중견", "중견기업", true},     {"무엇", "무엇", true},          {"무엇", "중소기업", false}};
    char path[4096];
    struct taxonomy *taxonomy = NULL;
    struct problem problem = {0};
    snprintf(path, sizeof path, "%s/data", test_source());
    CHECK_INT(taxonomy_open(path, &taxonomy, &problem), IEUM_OK);
    if (!taxonomy) return;
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++) {
        const char *found = region_canonical(taxonomy, regions[i][0]);
        if (regions[i][1])
            CHECK_TEXT(found, regions[i][1]);
        else
            CHECK(found == NULL);
    }
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (region_within(taxonomy, pairs[i].address, pairs[i].wanted) != pairs[i].within)
            fprintf(stderr, "%s in %s\n", pairs[i].address, pairs[i].wanted);
        CHECK(region_within(taxonomy, pairs[i].address, pairs[i].wanted) == pairs[i].within);
    }
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        CHECK(size_within(taxonomy, sizes[i].size, sizes[i].wanted) == sizes[i].within);
    CHECK_TEXT(size_canonical(taxonomy, "sme"), "중소기업");
    CHECK(region_canonical(taxonomy, NULL) == NULL && size_canonical(taxonomy, NULL) == NULL);
    taxonomy_free(taxonomy);
    taxonomy = NULL;
    problem_clear(&problem);
    CHECK_INT(taxonomy_open("/nowhere", &taxonomy, &problem), IEUM_NOT_FOUND);
    CHECK(taxonomy == NULL);
}

/* A record without a kind is of the one that the file says, and a pool without kinds takes those alone. */
TEST(knows_kinds_of_party) {
    const char *csp[] = {"csp"}, *two[] = {"expert", "ai_firm"};
    const struct text_list none = {0}, only = {csp, 1}, both = {two, 2};
    char path[4096];
    struct taxonomy *taxonomy = NULL;
    struct problem problem = {0};
    snprintf(path, sizeof path, "%s/data", test_source());
    CHECK_INT(taxonomy_open(path, &taxonomy, &problem), IEUM_OK);
    if (!taxonomy) return;
    CHECK_TEXT(party_kind_find(taxonomy, NULL)->id, "ai_firm");
    CHECK_TEXT(party_kind_find(taxonomy, "csp")->korean, "클라우드 서비스 제공사");
    CHECK(party_kind_find(taxonomy, "CSP") == NULL && party_kind_find(taxonomy, "") == NULL);
    CHECK(party_kind_among(taxonomy, NULL, &none) && party_kind_among(taxonomy, "ai_firm", &none) && !party_kind_among(taxonomy, "csp", &none));
    CHECK(!party_kind_among(taxonomy, NULL, &only) && party_kind_among(taxonomy, "csp", &only) && !party_kind_among(taxonomy, "expert", &only));
    CHECK(party_kind_among(taxonomy, NULL, &both) && party_kind_among(taxonomy, "expert", &both) && !party_kind_among(taxonomy, "csp", &both));
    const struct jpath root = {NULL, NULL, 0}, at = {&root, "kind", 0};
    jval *known = jval_new_text("csp"), *unknown = jval_new_text("우주기업"), *number = jval_new_integer(7);
    CHECK_INT(party_kind_check(taxonomy, known, &at, NULL, &problem), IEUM_OK);
    CHECK_INT(party_kind_check(taxonomy, NULL, &at, NULL, &problem), IEUM_OK);
    CHECK_INT(party_kind_check(taxonomy, number, &at, NULL, &problem), IEUM_INVALID);
    problem_clear(&problem);
    CHECK_INT(party_kind_check(taxonomy, unknown, &at, "S1", &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/kind");
    CHECK_TEXT(problem.value, "우주기업");
    CHECK(strncmp(problem.expected, "ai_firm, expert, ", 17) == 0 && strstr(problem.expected, ", person")); /* the whole list */
    CHECK(strstr(problem.ko, "S1") && strstr(problem.en, "S1"));
    jval_free(known);
    jval_free(unknown);
    jval_free(number);
    taxonomy_free(taxonomy);
}

TEST(reads_amounts) {
    static const struct {
        const char *text;
        long long scale, krw; /* -1: no amount */
    } cases[] = {{"50000000", 1, 50000000},
                 {"50,000,000", 1, 50000000},
                 {"50", 1000000, 50000000},
                 {"0.5", 1000000, 500000},
                 {"5천만원", 1, 50000000},
                 {"5천만", 1000, 50000000},
                 {"1억 2천만 원", 1, 120000000},
                 {"1.2억", 1, 120000000},
                 {"2천5백만원", 1, 25000000},
                 {"3백만원", 1, 3000000},
                 {"50백만원", 1, 50000000},
                 {"5,000만원", 1, 50000000},
                 {"백만원", 1, 1000000},
                 {"천원", 1, 1000},
                 {"십억원", 1, 1000000000},
                 {"원", 1, 1},
                 {"₩1,000", 1, 1000},
                 {"KRW 1,000", 1, 1000},
                 {"1000원", 1000000, 1000},
                 {"1조", 1, 1000000000000},
                 {"1억2345만6789원", 1, 123456789},
                 {"1억 2000", 1, -1},
                 {"0.5", 1, -1},
                 {"약 5천만원", 1, -1},
                 {"협의", 1, -1},
                 {"", 1, -1},
                 {"5,00", 1, -1},
                 {"1.234억", 1, 123400000},
                 {"1.23456789억", 1, 123456789},
                 {"1.234567891억", 1, -1},
                 {"99999999999999999999", 1, -1},
                 {"9999999999999999조", 1, -1},
                 {"1 2", 1, -1},
                 {"5원 3", 1, -1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t krw = -1;
        bool read = amount_read(cases[i].text, cases[i].scale, &krw, NULL);
        if (read != (cases[i].krw >= 0)) fprintf(stderr, "%s\n", cases[i].text);
        CHECK(read == (cases[i].krw >= 0));
        CHECK_INT(krw, cases[i].krw);
    }
    int64_t krw;
    CHECK(amount_read("-5", 1, &krw, NULL) && krw == -5);
}

TEST(reads_dates_of_cells) {
    static const char *const cases[][2] = {{"2019-08-19", "2019-08-19"},
                                           {"2019.08.19", "2019-08-19"},
                                           {"2019. 8. 9.", "2019-08-09"},
                                           {"2019/8/19", "2019-08-19"},
                                           {"20190819", "2019-08-19"},
                                           {"2019년 8월 19일", "2019-08-19"},
                                           {"2019년8월19일", "2019-08-19"},
                                           {"2019-08-19 10:22", "2019-08-19"},
                                           {"2019-08-19T10:22:00", "2019-08-19"},
                                           {"2019-08", NULL},
                                           {"19.08.19", NULL},
                                           {"어제", NULL},
                                           {"2019-08-19 쯤", NULL},
                                           {"2019-8-191", NULL},
                                           {"201908191", NULL},
                                           {"", NULL},
                                           {"43696", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char date[11] = "";
        bool read = cell_date(cases[i][0], date);
        CHECK(read == (cases[i][1] != NULL));
        if (read && cases[i][1]) CHECK_TEXT(date, cases[i][1]);
    }
}

TEST_MAIN(refuses_bad_suppliers, refuses_bad_demands, refuses_bad_outcomes, limits_text, reads_into_structs,
          compares_regions_and_sizes, knows_kinds_of_party, reads_amounts, reads_dates_of_cells)
