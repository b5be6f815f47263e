/* SPDX-License-Identifier: Apache-2.0 */
/* A program file of any bytes: refused with two sentences, or a program that compiles to a rubric and judges a demand
 * and a pair. */
#include "base/utf8.h"
#include "feature/catalogue.h"
#include "feature/space.h"
#include "fuzz.h"
#include "program/eligible.h"
#include "score/rubric.h"

static const char demand_text[] = "{\"id\":\"D1\",\"program\":\"p\",\"applied\":\"2025-03-14\",\"firm\":{\"name\":"
                                  "\"수요(가상)\",\"region\":\"서울특별시 금천구\",\"founded\":\"2016-02-29\","
                                  "\"size\":\"중소기업\",\"ksic\":[\"C30399\"],\"employees\":48},\"title\":\"검사\","
                                  "\"budget_krw\":120000000,\"readiness_score\":72,"
                                  "\"must\":{\"deployment\":\"on-premise\"},\"exclude_suppliers\":[\"S9\"]}";
static const char supplier_text[] = "{\"id\":\"S1\",\"name\":\"공급(가상)\",\"region\":\"경기도 "
                                    "성남시\",\"founded\":\"2019-08-19\",\"size\":\"벤처기업\",\"ksic\":[\"J58222\"],"
                                    "\"summary\":\"비전검사\",\"deployment\":[\"on-premise\"],\"certifications\":["
                                    "\"GS\"],\"price_krw\":[5,6],\"capacity\":2}";

static jval *parse(const char *text) {
    struct problem problem = {0};
    jval *value = NULL;
    PROMISE(jval_parse(text, strlen(text), &value, &problem) == IEUM_OK);
    return value;
}

static bool fine(ieum_status status) { return status == IEUM_OK || status == IEUM_INVALID || status == IEUM_LIMIT; }

static void use(const struct program *program, struct arena *arena) {
    struct problem problem = {0};
    struct demand demand = {0};
    struct supplier supplier = {0};
    struct findings findings;
    struct rubric rubric;
    jval *demand_json = parse(demand_text), *supplier_json = parse(supplier_text);
    PROMISE(demand_read(demand_json, NULL, arena, &demand, &problem) == IEUM_OK);
    PROMISE(supplier_read(supplier_json, NULL, arena, &supplier, &problem) == IEUM_OK);
    PROMISE(fine(eligible_demand(program, &demand, arena, &findings, &problem)));
    problem_clear(&problem);
    PROMISE(fine(eligible_pair(program, &demand, &supplier, arena, &findings, &problem)));
    for (int fit = 0; fit < 2; fit++) {
        problem_clear(&problem);
        PROMISE(fine(rubric_compile(program, fit, arena, &rubric, &problem)));
    }
    jval_free(demand.json);
    jval_free(supplier.json);
    jval_free(demand_json);
    jval_free(supplier_json);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct problem problem = {0};
    struct program *program = NULL;
    struct arena *arena = arena_new();
    memory_clear_failed();
    ieum_status status = program_read((const char *)bytes, size, feature_kind_known, &program, &problem);
    if (status == IEUM_OK && feature_check_options(program, &problem) == IEUM_OK)
        use(program, arena);
    else
        PROMISE(fine(problem.status) && problem.ko[0] && problem.en[0] && utf8_valid(problem.en, strlen(problem.en)));
    program_free(program);
    arena_free(arena);
    return 0;
}
