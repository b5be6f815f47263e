/* SPDX-License-Identifier: Apache-2.0 */
/* For tests through ieum.h: a data folder of their own with a small lexicon and one small program, so that what it
 * allocates can be counted through, and replies as JSON. */
#ifndef IEUM_TEST_ENGINE_SAMPLES_H
#define IEUM_TEST_ENGINE_SAMPLES_H

#include "store_samples.h"

#include "../../engine/ieum.h"

static const char small_program[] =
    "{\"id\":\"small\",\"version\":\"1\",\"effective\":{\"from\":\"2025-01-01\"},"
    "\"title\":{\"ko\":\"작은 사업\",\"en\":\"small program\"},\"summary\":{\"ko\":\"시험용\",\"en\":\"for tests\"},"
    "\"sources\":[{\"id\":\"T-1\",\"note\":\"invented for a test\"}],"
    "\"owner\":{\"ko\":\"시험\",\"en\":\"test\"},\"sides\":{\"demand\":{\"ko\":\"수요기업\",\"en\":\"demand "
    "firm\"},\"supplier\":{\"ko\":\"공급기업\",\"en\":\"supplier\"}},"
    "\"eligibility\":[{\"id\":\"seoul\",\"field\":\"/firm/"
    "region\",\"test\":\"prefix\",\"values\":[\"서울\"],\"missing\":\"confirm\","
    "\"reason\":{\"ko\":\"서울이 아닙니다.\",\"en\":\"Not in Seoul.\"},\"source\":\"T-1\"}],"
    "\"pair_rules\":[{\"id\":\"deployment\",\"test\":\"covers\",\"field\":\"/must/deployment\",\"supplier_field\":\"/"
    "deployment\",\"missing\":\"fail\","
    "\"reason\":{\"ko\":\"맞지 않습니다.\",\"en\":\"It does not fit.\"},\"source\":\"T-1\"}],"
    "\"features\":[{\"id\":\"concepts\",\"kind\":\"concept_overlap\",\"title\":{\"ko\":\"내용\",\"en\":\"content\"}},"
    "{\"id\":\"words\",\"kind\":\"text_match\",\"title\":{\"ko\":\"낱말\",\"en\":\"words\"}},"
    "{\"id\":\"budget\",\"kind\":\"budget_fit\",\"title\":{\"ko\":\"예산\",\"en\":\"budget\"}}],"
    "\"criteria\":[{\"id\":\"fit\",\"title\":{\"ko\":\"적합성\",\"en\":\"fit\"},\"points\":70,\"fit\":true,\"source\":"
    "\"T-1\","
    "\"features\":[{\"feature\":\"concepts\",\"weight\":0.6,\"missing\":0},{\"feature\":\"words\",\"weight\":0.4,"
    "\"missing\":0}]},"
    "{\"id\":\"cost\",\"title\":{\"ko\":\"비용\",\"en\":\"cost\"},\"points\":30,\"fit\":false,\"source\":\"T-1\","
    "\"features\":[{\"feature\":\"budget\",\"weight\":1,\"missing\":0.5}]}],"
    "\"model\":\"rubric\",\"assignment\":{\"method\":\"max_sum\",\"demand\":{\"min\":0,\"max\":1},\"supplier\":{"
    "\"min\":0,\"max\":1},\"use_capacity\":true},"
    "\"shortlist\":3,\"selection\":"
    "{\"weights\":{\"rubric\":0.5,\"committee\":0.5,\"source\":\"T-1\"},\"committee\":{\"least_members\":2,\"drop_highest\":1,\"drop_lowest\":0,\"source\":"
    "\"T-1\"},\"bonus\":{\"most\":5,\"source\":\"T-1\",\"items\":[{\"title\":{\"ko\":\"서울\",\"en\":\"Seoul\"},\"points\":3,\"rule\":{\"id\":\"in_seoul\",\"test\":\"matc"
    "hes\",\"field\":\"/firm/region\",\"pattern\":\"서울\",\"reason\":{\"ko\":\"서울이 아닙니다.\",\"en\":\"Not in Seoul.\"},\"source\":\"T-1\"}}]},\"tie_order\":[\"recei"
    "ved\"],\"firm\":{\"tasks\":\"first_valid\",\"source\":\"T-1\"},\"double_award\":{\"programs\":[\"other\"],\"source\":\"T-1\"},\"knock_outs\":{\"demand\":[{"
    "\"id\":\"sound\",\"test\":\"present\",\"field\":\"/title\",\"reason\":{\"ko\":\"과제명이 없습니다.\",\"en\":\"No title.\"},\"source\":\"T-1\"}],\"supplier\":[{\"id\":\"p"
    "riced\",\"test\":\"present\",\"supplier_field\":\"/summary\",\"reason\":{\"ko\":\"소개가 없습니다.\",\"en\":\"No summary.\"},\"source\":\"T-1\"}]},\"flag_same\":["
    "{\"id\":\"same_region\",\"title\":{\"ko\":\"소재지\",\"en\":\"region\"},\"field\":\"/firm/region\",\"supplier_field\":\"/region\",\"source\":\"T-1\"}],\"source\""
    ":\"T-1\"}"
    "}";

#define SMALL_DEMAND                                                                                                                         \
    "{\"id\":\"D1\",\"program\":\"small\",\"firm\":{\"name\":\"수요(가상)\",\"region\":\"서울특별시 금천구\"},"                  \
    "\"title\":\"표면 불량 검사\",\"need\":\"눈으로 하나씩 보는 외관검사를 줄이고 싶습니다.\",\"budget_krw\":100," \
    "\"must\":{\"deployment\":\"on-premise\"}}"
#define SMALL_SUPPLIERS                                                                                                \
    "[{\"id\":\"S2\",\"name\":\"둘째(가상)\",\"summary\":\"설비 "                                                \
    "예지보전\",\"deployment\":[\"on-premise\"],\"price_krw\":[50,90]},"                                           \
    "{\"id\":\"S1\",\"name\":\"첫째(가상)\",\"summary\":\"비전검사로 외관검사를 "                        \
    "자동화\",\"deployment\":[\"on-premise\"]},"                                                                    \
    "{\"id\":\"S3\",\"name\":\"셋째(가상)\",\"summary\":\"외관검사\",\"deployment\":[\"cloud\"]}]"

/* Requests with all they need. */
#define SUGGEST                                                                                                        \
    "{\"op\":\"suggest\",\"program\":\"small\",\"demand\":" SMALL_DEMAND ",\"suppliers\":" SMALL_SUPPLIERS "}"
#define ASKING                                                                                                         \
    "{\"op\":\"suggest\",\"program\":\"small\",\"demand\":" SMALL_DEMAND ",\"suppliers\":" SMALL_SUPPLIERS          \
    ",\"answers\":[\"plating\"],\"questions\":true,\"rules\":false}"
#define SELECT                                                                                                         \
    "{\"op\":\"select\",\"program\":\"small\",\"suppliers\":" SMALL_SUPPLIERS ",\"demands\":[" SMALL_DEMAND ",{\"id\":\"D2\",\"program\":"   \
    "\"small\",\"received\":\"2025-01-02T10:00\",\"firm\":{\"name\":\"수요 둘(가상)\",\"region\":\"서울특별시 금천구\"},\"title\":\"도금\","          \
    "\"need\":\"도금\"},{\"id\":\"D3\",\"program\":\"small\",\"firm\":{\"name\":\"수요 셋(가상)\"},\"need\":\"도금\"},{\"id\":\"D4\","             \
    "\"program\":\"small\",\"firm\":{\"name\":\"수요(가상)\"},\"title\":\"도금\"}],\"marks\":{\"D1\":[{\"member\":\"a\",\"mark\":80},"            \
    "{\"member\":\"b\",\"mark\":70.5},{\"member\":\"c\",\"recusal\":\"회피\",\"reason\":\"동문\"}]},\"awards\":[{\"firm\":\"수요 둘(가상)\","    \
    "\"program\":\"other\"}]}"
#define FIND "{\"op\":\"find\",\"word\":\"외관 검사\",\"suppliers\":" SMALL_SUPPLIERS "}"
/* Decisions against a rule, behind the best, twice, of nothing that is there, of another program. */
#define SHADOW                                                                                                         \
    "{\"op\":\"shadow\",\"program\":\"small\",\"suppliers\":" SMALL_SUPPLIERS ",\"demands\":[" SMALL_DEMAND           \
    ",{\"id\":\"D2\",\"program\":\"other\",\"firm\":{\"name\":\"남(가상)\"},\"need\":\"도금\"}],\"decisions\":["          \
    "{\"demand\":\"D1\",\"supplier\":\"S3\"},{\"demand\":\"수요(가상)\",\"supplier\":\"S2\",\"reason\":\"값\"},"          \
    "{\"demand\":\"D1\",\"supplier\":\"S2\"},{\"demand\":\"D9\",\"supplier\":\"S1\"},"                                \
    "{\"demand\":\"D2\",\"supplier\":\"S1\"}]}"
#define CHECK_DEMAND "{\"op\":\"check\",\"program\":\"small\",\"demand\":" SMALL_DEMAND "}"
#define ASSIGN                                                                                                         \
    "{\"op\":\"assign\",\"scores\":[[1,0.5,null],[0.9,0.1,0.2]],\"supplier\":{\"max\":1},\"locks\":[[1,0]],"           \
    "\"vetoes\":[[0,2]]}"
#define INFEASIBLE "{\"op\":\"assign\",\"scores\":[[1],[1]],\"demand\":{\"min\":1,\"max\":1},\"supplier\":{\"max\":1}}"
#define IMPORT "{\"op\":\"import\",\"kind\":\"suppliers\",\"records\":" SMALL_SUPPLIERS "}"
#define EXPLAIN "{\"op\":\"explain-text\",\"text\":\"외관검사는 하지 않습니다. 도금\"}"

static char small_data[256];

static const char *const small_links[][2] = {{"report", "data/report"}, {"lexicon", "tests/unit/data/lexicon-small"},
                                             {"features", "data/features"},
                                             {"desk", "data/desk"},
                                             {"server", "data/server"},
                                             {"taxonomy/regions.json", "data/taxonomy/regions.json"},
                                             {"taxonomy/firm_sizes.json", "data/taxonomy/firm_sizes.json"},
                                             {"taxonomy/party_kinds.json", "data/taxonomy/party_kinds.json"},
                                             {"taxonomy/csv_headers.json", "data/taxonomy/csv_headers.json"},
                                             {"taxonomy/ksic11.tsv", "data/taxonomy/ksic11.tsv"}};

/* The folder: the small lexicon of the tests, the program above, the first lines of the table of industries, the rest
 * as in data/. */
static inline void small_data_make(void) {
    char path[512], target[1024], root[900];
    must(realpath(test_source(), root) != NULL, "realpath");
    snprintf(small_data, sizeof small_data, "%s", sample_path("data"));
    static const char *const folders[] = {"", "/programs", "/taxonomy"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(path, sizeof path, "%s%s", small_data, folders[i]);
        must(mkdir(path, 0777) == 0, path);
    }
    for (size_t i = 0; i < sizeof small_links / sizeof *small_links; i++) {
        snprintf(path, sizeof path, "%s/%s", small_data, small_links[i][0]);
        snprintf(target, sizeof target, "%s/%s", root, small_links[i][1]);
        must(symlink(target, path) == 0, path);
    }
    snprintf(path, sizeof path, "%s/programs/small.json", small_data);
    sample_write(path, small_program, strlen(small_program));
    char other[sizeof small_program]; /* the program whose awards it looks at: the same under another id, which is as long */
    memcpy(other, small_program, sizeof other);
    memcpy(strstr(other, "small"), "other", strlen("other"));
    snprintf(path, sizeof path, "%s/programs/other.json", small_data);
    sample_write(path, other, strlen(other));
    snprintf(target, sizeof target, "%s/data/taxonomy/ksic10.tsv", root);
    size_t size = 0, lines = 0, kept = 0;
    char *table = sample_read(target, &size);
    while (kept < size && lines < 60) lines += table[kept++] == '\n';
    snprintf(path, sizeof path, "%s/taxonomy/ksic10.tsv", small_data);
    sample_write(path, table, kept);
    memory_free(table);
}

static inline void small_data_remove(void) {
    static const char *const names[] = {"programs/small.json", "programs/other.json", "programs", "taxonomy/ksic10.tsv"};
    char path[512];
    for (size_t i = 0; i < sizeof small_links / sizeof *small_links; i++) {
        snprintf(path, sizeof path, "%s/%s", small_data, small_links[i][0]);
        if (remove(path) != 0) perror(path);
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", small_data, names[i]);
        if (remove(path) != 0) perror(path);
    }
    snprintf(path, sizeof path, "%s/taxonomy", small_data);
    rmdir(path);
    rmdir(small_data);
    sample_folder_clear();
}

static inline ieum_options small_options(const char *store) {
    ieum_options options;
    ieum_options_init(&options);
    options.data_path = small_data;
    options.store_path = store;
    options.now = "2025-06-01";
    options.threads = 1;
    return options;
}

static inline ieum_engine *open_small(const char *store) {
    ieum_options options = small_options(store);
    ieum_engine *engine = NULL;
    char *reply = NULL;
    must(ieum_open(&options, &engine, &reply) == IEUM_OK && reply == NULL, "ieum_open");
    return engine;
}

/* The reply's JSON; NULL and a failed check when it is not JSON. */
static inline jval *reply_json(const char *reply) {
    struct problem problem = {0};
    jval *json = NULL;
    CHECK(reply != NULL);
    if (reply) CHECK_INT(jval_parse(reply, strlen(reply), &json, &problem), IEUM_OK);
    return json;
}

/* Calls and frees the reply's text. */
static inline jval *ask(ieum_engine *engine, const char *request, ieum_status expected) {
    char *reply = NULL;
    ieum_status status = ieum_call(engine, request, strlen(request), &reply);
    CHECK_INT(status, expected);
    if (status != expected) fprintf(stderr, "  … for %s: %s\n", request, reply);
    jval *json = reply_json(reply);
    ieum_free(reply);
    return json;
}

/* A problem as data/schema/replies.schema.json has it. */
static inline void check_problem(const jval *json, const char *code) {
    static const char *const texts[] = {"type", "title", "detail", "code", "pointer"}, *const optional[] = {"source",
                                                                                                            "value",
                                                                                                            "expected"};
    const jval *problem = jval_get(json, "problem");
    CHECK(jval_is(problem, JVAL_OBJECT) && !jval_get(json, "result"));
    CHECK_TEXT(jval_get_text(problem, "code"), code);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) CHECK(jval_get_text(problem, texts[i]) != NULL);
    for (size_t i = 0; i < sizeof optional / sizeof *optional; i++)
        CHECK(!jval_get(problem, optional[i]) || jval_get_text(problem, optional[i]) != NULL);
    CHECK(*jval_text(jval_get(jval_get(problem, "text"), "ko")) &&
          *jval_text(jval_get(jval_get(problem, "text"), "en")));
    CHECK(jval_integer(jval_get(problem, "status")) >= 400);
}

#endif
