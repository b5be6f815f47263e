/* SPDX-License-Identifier: Apache-2.0 */
/* Files of records: JSON, JSON Lines and CSV in three encodings, all or nothing, problems with file, line and column;
 * shipped data. */
#include "../../engine/record/read.h"

#include "../../engine/adapt/charset.h"
#include "../../engine/base/files.h"
#include "../../engine/base/random.h"
#include "test.h"

static const char *data_folder(void) {
    static char path[4096];
    snprintf(path, sizeof path, "%s/data", test_source());
    return path;
}

static ieum_status read_bytes(enum record_kind kind, const char *name, const char *bytes, size_t size,
                              struct record_set *set, struct problem *problem) {
    *set = (struct record_set){0};
    problem_clear(problem);
    ieum_status status = record_set_read(kind, name, bytes, size, data_folder(), set, problem);
    CHECK(status == problem->status);
    if (status != IEUM_OK) {
        CHECK(set->count == 0 && !set->suppliers && !set->demands && !set->outcomes && !set->arena);
        CHECK(problem->ko[0] && problem->en[0]);
        CHECK_TEXT(problem->source, name);
    }
    return status;
}

static ieum_status read_text(enum record_kind kind, const char *name, const char *text, struct record_set *set,
                             struct problem *problem) {
    return read_bytes(kind, name, text, strlen(text), set, problem);
}

static const jval *json_of(const struct record_set *set, size_t index) {
    return set->kind == RECORD_SUPPLIER ? set->suppliers[index].json
           : set->kind == RECORD_DEMAND ? set->demands[index].json
                                        : set->outcomes[index].json;
}

/* The records as one canonical text, freed with memory_free. */
static char *written(const struct record_set *set) {
    struct buffer all = BUFFER_EMPTY;
    for (size_t i = 0; i < set->count; i++) {
        struct problem problem = {0};
        char *text = NULL;
        CHECK_INT(jval_write(json_of(set, i), true, &text, &problem), IEUM_OK);
        buffer_add_text(&all, text ? text : "?");
        buffer_add_text(&all, "\n");
        memory_free(text);
    }
    return buffer_take(&all);
}

static void check_file(enum record_kind kind, const char *name, size_t count) {
    char path[8192], *bytes = NULL;
    size_t size = 0;
    struct problem problem = {0};
    struct record_set set;
    snprintf(path, sizeof path, "%s/%s", data_folder(), name);
    CHECK_INT(file_read(path, 1 << 24, &bytes, &size, &problem), IEUM_OK);
    if (!bytes) return;
    ieum_status status = read_bytes(kind, name, bytes, size, &set, &problem);
    if (status != IEUM_OK) fprintf(stderr, "%s:%zu %s %s\n", name, problem.line, problem.pointer, problem.en);
    CHECK_INT(status, IEUM_OK);
    CHECK_INT(set.count, count);
    record_set_free(&set);
    memory_free(bytes);
}

TEST(reads_shipped_files) {
    check_file(RECORD_SUPPLIER, "demo/suppliers.jsonl", 60);
    check_file(RECORD_DEMAND, "demo/demands.jsonl", 32);
    check_file(RECORD_DEMAND, "cases/seed_demands.jsonl", 15);
}

#define S1 "{\"id\":\"S1\",\"name\":\"가(가상)\",\"more\":[1]}"
#define S2 "{\"id\":\"S2\",\"name\":\"나(가상)\"}"

TEST(reads_every_json_form) {
    static const char *const cases[][2] = {
        {"a.json", "[" S1 "," S2 "]"}, {"a.JSON", "{\"suppliers\":[" S1 "," S2 "]}"},
        {"a.jsonl", S1 "\n" S2 "\n"},  {"a.jsonl", "\xEF\xBB\xBF" S1 "\r\n\r\n  " S2},
        {"a.ndjson", S1 "\n" S2},      {"-", "[" S1 "," S2 "]"},
        {"-", " \n" S1 "\n" S2},       {"a.json", "\xEF\xBB\xBF[" S1 "," S2 "]"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct record_set set;
        struct problem problem;
        CHECK_INT(read_text(RECORD_SUPPLIER, cases[i][0], cases[i][1], &set, &problem), IEUM_OK);
        CHECK_INT(set.count, 2);
        if (set.count == 2) CHECK_TEXT(set.suppliers[1].id, "S2");
        record_set_free(&set);
    }
    struct record_set set;
    struct problem problem;
    CHECK_INT(read_text(RECORD_SUPPLIER, "one.json", S1, &set, &problem), IEUM_OK);
    CHECK_INT(set.count, 1);
    record_set_free(&set);
    CHECK_INT(read_text(RECORD_SUPPLIER, "none.jsonl", "", &set, &problem), IEUM_OK);
    CHECK_INT(set.count, 0);
    record_set_free(&set);
    record_set_free(&set);
}

TEST(refuses_json_with_its_place) {
    static const struct {
        const char *name, *text, *pointer;
        size_t line;
        ieum_status status;
    } cases[] = {{"a.jsonl", S1 "\n\n{\"id\":\"S2\"}", "/name", 3, IEUM_INVALID},
                 {"a.jsonl", S1 "\n{\"id\":", "", 2, IEUM_INVALID},
                 {"a.jsonl", S1 "\n" S2 "\n" S1, "/id", 3, IEUM_INVALID},
                 {"a.jsonl", S1 S2, "", 1, IEUM_INVALID},
                 {"a.jsonl", "{\"id\":\"S1\",\"id\":\"S1\",\"name\":\"가\"}", "", 1, IEUM_INVALID},
                 {"a.jsonl", "[" S1 "]", "", 1, IEUM_INVALID},
                 {"a.json", "[" S1 ",{\"id\":\"S2\",\"name\":\"나\",\"capacity\":-1}]", "/1/capacity", 0, IEUM_INVALID},
                 {"a.json", "[" S1 "," S2 "," S1 "]", "/2/id", 0, IEUM_INVALID},
                 {"a.json", "{\"suppliers\":[" S1 ",5]}", "/suppliers/1", 0, IEUM_INVALID},
                 {"a.json", "[" S1 ",\n" S2, "", 2, IEUM_INVALID},
                 {"a.json", "", "", 1, IEUM_INVALID},
                 {"a.json", "5", "", 0, IEUM_INVALID},
                 {"a.xlsx", S1, "", 0, IEUM_INVALID},
                 {"csv", S1, "", 0, IEUM_INVALID}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct record_set set;
        struct problem problem;
        ieum_status status = read_text(RECORD_SUPPLIER, cases[i].name, cases[i].text, &set, &problem);
        CHECK_INT(status, cases[i].status);
        CHECK_TEXT(problem.pointer, cases[i].pointer);
        if (problem.line != cases[i].line) fprintf(stderr, "case %zu: %s\n", i, problem.en);
        CHECK_INT(problem.line, cases[i].line);
    }
    struct record_set set;
    struct problem problem;
    read_text(RECORD_SUPPLIER, "a.jsonl", S1 "\n" S2 "\n" S1, &set, &problem);
    CHECK(strstr(problem.en, "lines 1 and 3") && strstr(problem.ko, "1행과 3행"));
    read_text(RECORD_SUPPLIER, "a.json", "[" S1 "," S1 "]", &set, &problem);
    CHECK(strstr(problem.en, "records 1 and 2"));
}

static const char suppliers_csv[] =
    "번호,접수번호,기업명 "
    "*,사업자등록번호,소재지,설립일자,기업규모,업종코드,상시근로자수(명),솔루션명,보유기술,인증,구축방식,최소가격("
    "백만원),최대가격(백만원),수용 가능건수,수행실적,홈페이지\r\n"
    "1,S1,가나(가상),123-45-67891,서울 강남구,2019. 8. 19.,SME,\"C26, J58222\",\"1,234명\",똠방비전; "
    "펲시트,비전검사,없음,클라우드,5,\"1,200\",3건,"
    "\"쇼핑몰 챗봇 / G47 / 2022; 병원 예약\",http://example.invalid\r\n"
    ",,,,,,,,,,,,,,,,,\r\n"
    "2,S2,\"다라\"\"(가상)\",,,,,,,,\"첫째 줄\n둘째, 줄\",,,,,,,-\r\n";

static const char suppliers_json[] =
    "{\"capabilities\":[\"비전검사\"],\"capacity\":3,\"deployment\":[\"cloud\"],\"employees\":1234,\"founded\":\"2019-"
    "08-19\",\"id\":\"S1\","
    "\"ksic\":[\"C26\",\"J58222\"],\"name\":\"가나(가상)\",\"price_krw\":[5000000,1200000000],\"products\":["
    "\"똠방비전\",\"펲시트\"],"
    "\"references\":[{\"industry_ksic\":\"G47\",\"title\":\"쇼핑몰 챗봇\",\"year\":2022},{\"title\":\"병원 "
    "예약\"}],\"region\":\"서울 강남구\","
    "\"registration_no\":\"123-45-67891\",\"size\":\"중소기업\",\"번호\":\"1\",\"홈페이지\":\"http://"
    "example.invalid\"}\n"
    "{\"capabilities\":[\"첫째 줄\",\"둘째, 줄\"],\"id\":\"S2\",\"name\":\"다라\\\"(가상)\",\"번호\":\"2\"}\n";

TEST(reads_csv) {
    struct record_set set;
    struct problem problem;
    ieum_status status = read_text(RECORD_SUPPLIER, "s.csv", suppliers_csv, &set, &problem);
    if (status != IEUM_OK) fprintf(stderr, "%zu:%zu %s\n", problem.line, problem.column, problem.en);
    CHECK_INT(status, IEUM_OK);
    char *text = written(&set);
    CHECK_TEXT(text, suppliers_json);
    memory_free(text);
    record_set_free(&set);
}

/* The table above in CP949: every syllable, among them those that EUC-KR lacks (똠, 펲), must come back. */
#include "cp949_suppliers.h"

TEST(reads_every_encoding) {
    struct record_set set;
    struct problem problem;
    char *marked = malloc(sizeof suppliers_csv + 3);
    memcpy(marked, "\xEF\xBB\xBF", 3);
    memcpy(marked + 3, suppliers_csv, sizeof suppliers_csv);
    CHECK_INT(read_text(RECORD_SUPPLIER, "s.csv", marked, &set, &problem), IEUM_OK);
    char *text = written(&set);
    CHECK_TEXT(text, suppliers_json);
    memory_free(text);
    record_set_free(&set);
    free(marked);
    ieum_status status =
        read_bytes(RECORD_SUPPLIER, "s.csv", (const char *)cp949_suppliers, sizeof cp949_suppliers, &set, &problem);
    if (status != IEUM_OK) fprintf(stderr, "%zu:%zu %s\n", problem.line, problem.column, problem.en);
    CHECK_INT(status, IEUM_OK);
    text = written(&set);
    CHECK_TEXT(text, suppliers_json);
    memory_free(text);
    record_set_free(&set);
}

TEST(refuses_other_encodings) {
    static const struct {
        const char *bytes;
        size_t size, line;
    } cases[] = {{"id,name\nS1,\xB0\xA1\nS2,\xFF\xFF\n", 20, 3},        /* not CP949 */
                 {"id,name\nS1,\xB0", 12, 2},                           /* cut in the middle */
                 {"id,name\nS1,\xEA\xB0\x80\xEB\x82\x98\xEA\n", 19, 2}, /* damaged UTF-8 */
                 {"\xEF\xBB\xBFid,name\nS1,\xB0\xA1\n", 17, 2},         /* marked as UTF-8, and is not */
                 {"\xFF\xFEi\0d\0,\0", 8, 1},                           /* UTF-16 */
                 {"id,name\nS1,a\0b\n", 15, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct record_set set;
        struct problem problem;
        CHECK_INT(read_bytes(RECORD_SUPPLIER, "s.csv", cases[i].bytes, cases[i].size, &set, &problem), IEUM_INVALID);
        CHECK_INT(problem.line, cases[i].line);
        CHECK_TEXT(problem.expected, "UTF-8, CP949");
    }
}

TEST(refuses_csv_with_line_and_column) {
    static const struct {
        enum record_kind kind;
        const char *text;
        size_t line, column;
        const char *value;
    } cases[] = {
        {RECORD_SUPPLIER, "id,name,founded\nS1,가,2019-02-30\n", 2, 3, "2019-02-30"},
        {RECORD_SUPPLIER, "name,id\n가,S1\n\n\"나\n다\",S 2\n", 4, 2, "S 2"},
        {RECORD_SUPPLIER, "name,id\n\"가\n나\",S1\n다,S1\n", 4, 2, "S1"},
        {RECORD_SUPPLIER, "id,name,업종코드\nS1,가,C26;J26\n", 2, 3, "J26"},
        {RECORD_SUPPLIER, "id,name,종업원수\nS1,가,많음\n", 2, 3, "많음"},
        {RECORD_SUPPLIER, "id,name,가격\nS1,가,협의\n", 2, 3, "협의"},
        {RECORD_SUPPLIER, "id,name,최소가격,최대가격\nS1,가,9천만원,5천만원\n", 2, 4, "50000000"},
        {RECORD_SUPPLIER, "id,name,최소가격,최대가격\nS1,가,없다,5천만원\n", 2, 3, "없다"},
        {RECORD_SUPPLIER, "id,name\nS1,가,남는 칸\n", 2, 3, "남는 칸"},
        {RECORD_SUPPLIER, "id,name\nS1,\"가\n", 2, 2, NULL},
        {RECORD_SUPPLIER, "id,name\nS1,15\" 모니터\n", 2, 2, NULL},
        {RECORD_SUPPLIER, "name\n가\n", 1, 0, NULL},
        {RECORD_SUPPLIER, "S1,가\nS2,나\n", 1, 0, NULL},
        {RECORD_SUPPLIER, "id,기업명,회사명\nS1,가,나\n", 1, 3, "회사명"},
        {RECORD_SUPPLIER, "id,name,x,x\nS1,가,1,2\n", 1, 4, "x"},
        {RECORD_SUPPLIER, "id,name,가격(달러원)\nS1,가,1\n", 1, 3, "가격(달러원)"},
        {RECORD_SUPPLIER, "id,name\nS1,\n", 2, 2, NULL},
        {RECORD_SUPPLIER, "", 0, 0, NULL},
        {RECORD_DEMAND, "id,사업,기업명,firm,과제명\nD1,p,가,나,다\n", 1, 4, "firm"},
        {RECORD_DEMAND, "접수번호,사업,기업명,과제명,총사업비(천원)\nD1,p,가,나,-5\n", 2, 5, "-5000"},
        {RECORD_DEMAND, "접수번호,사업,기업명,과제명,설립일\nD1,p,가,나,2025.2.29\n", 2, 5, "2025-02-29"},
        {RECORD_DEMAND, "접수번호,사업,기업명,애로사항\nD1,p,가,\n", 2, 4, NULL},
        {RECORD_OUTCOME, "과제번호,공급기업,사업,결과,일자\nD1,S1,p,아마도,2025-01-02\n", 2, 4, "아마도"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct record_set set;
        struct problem problem;
        CHECK_INT(read_text(cases[i].kind, "f.csv", cases[i].text, &set, &problem), IEUM_INVALID);
        if (problem.line != cases[i].line || problem.column != cases[i].column)
            fprintf(stderr, "case %zu: %s\n", i, problem.en);
        CHECK_INT(problem.line, cases[i].line);
        CHECK_INT(problem.column, cases[i].column);
        if (cases[i].value) CHECK_TEXT(problem.value, cases[i].value);
    }
}

TEST(maps_korean_and_english_names) {
    static const struct {
        enum record_kind kind;
        const char *csv, *json;
    } cases[] = {
        {RECORD_DEMAND,
         "신청번호,지원사업명,접수일,업체명,본사 "
         "소재지,개업일,기업구분,표준산업분류,종업원수,주요사업,과제명,애로사항,지원 "
         "필요내용,보유데이터,총사업비(천원),준비도(점),필수 구축방식,제외 공급기업\n"
         "D1,ai-bio,2025.03.14,가(가상),서울,20190819,중소,21101,12명,시약,제목,어렵다,돕다,\"이미지 3,000장, "
         "검사일지\",\"50,000\",72.5점,온프레미스,S1;S2\n",
         "{\"applied\":\"2025-03-14\",\"budget_krw\":50000000,\"data_held\":[\"이미지 "
         "3,000장\",\"검사일지\"],\"exclude_suppliers\":[\"S1\",\"S2\"],"
         "\"firm\":{\"business\":\"시약\",\"employees\":12,\"founded\":\"2019-08-19\",\"ksic\":[\"21101\"],\"name\":"
         "\"가(가상)\",\"region\":\"서울\","
         "\"size\":\"중소기업\"},\"id\":\"D1\",\"must\":{\"deployment\":[\"on-premise\"]},\"need\":\"어렵다\\n돕다\","
         "\"program\":\"ai-bio\","
         "\"readiness_score\":72.5,\"title\":\"제목\"}\n"},
        {RECORD_DEMAND,
         "ID,Program,Company Name,Title,Budget (million KRW),KSIC,KSIC Rev\nD1,p,A,T,1.5,\"21101,C271\",11\n",
         "{\"budget_krw\":1500000,\"firm\":{\"ksic\":[\"21101\",\"C271\"],\"ksic_rev\":11,\"name\":\"A\"},\"id\":"
         "\"D1\",\"program\":\"p\",\"title\":\"T\"}\n"},
        {RECORD_SUPPLIER, "no,name,price (단위: 억원),제품명,솔루션명\n7,A,0.2~1.5,x,\"y,z\"\n",
         "{\"id\":\"7\",\"name\":\"A\",\"price_krw\":[20000000,150000000],\"products\":[\"x\",\"y\",\"z\"]}\n"},
        {RECORD_OUTCOME, "수요과제,공급기업,사업,회차,단계,성과등급,일자\nD1,S1,p,r1,완료,3,2025-01-02\n",
         "{\"date\":\"2025-01-02\",\"demand\":\"D1\",\"grade\":3,\"program\":\"p\",\"round\":\"r1\",\"stage\":"
         "\"completed\",\"supplier\":\"S1\"}\n"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct record_set set;
        struct problem problem;
        ieum_status status = read_text(cases[i].kind, "f.csv", cases[i].csv, &set, &problem);
        if (status != IEUM_OK)
            fprintf(stderr, "case %zu: %zu:%zu %s %s\n", i, problem.line, problem.column, problem.en, problem.value);
        CHECK_INT(status, IEUM_OK);
        if (status != IEUM_OK) continue;
        char *text = written(&set);
        CHECK_TEXT(text, cases[i].json);
        memory_free(text);
        record_set_free(&set);
    }
}

TEST(refuses_double_outcomes) {
    static const char text[] =
        "{\"demand\":\"D1\",\"supplier\":\"S1\",\"program\":\"p\",\"stage\":\"agreed\",\"date\":\"2025-01-02\"}\n"
        "{\"demand\":\"D1\",\"supplier\":\"S1\",\"program\":\"p\",\"stage\":\"completed\",\"grade\":2,\"date\":\"2025-"
        "03-02\"}\n";
    char twice[sizeof text * 2];
    struct record_set set;
    struct problem problem;
    CHECK_INT(read_text(RECORD_OUTCOME, "o.jsonl", text, &set, &problem), IEUM_OK);
    CHECK_INT(set.count, 2);
    CHECK_INT(set.outcomes[1].grade, 2);
    record_set_free(&set);
    snprintf(twice, sizeof twice, "%s%s", text, text);
    CHECK_INT(read_text(RECORD_OUTCOME, "o.jsonl", twice, &set, &problem), IEUM_INVALID);
    CHECK_INT(problem.line, 3);
}

TEST(keeps_limits) {
    struct record_set set;
    struct problem problem;
    size_t size = ((size_t)64 << 20) + 1;
    char *bytes = calloc(size, 1);
    memset(bytes, ' ', size);
    CHECK_INT(read_bytes(RECORD_SUPPLIER, "s.jsonl", bytes, size, &set, &problem), IEUM_LIMIT);
    CHECK_INT(read_bytes(RECORD_SUPPLIER, "s.jsonl", bytes, size - 1, &set, &problem), IEUM_OK);
    record_set_free(&set);
    memcpy(bytes, "{\"id\":\"", 7);
    memset(bytes + 7, 'x', 10000000);
    CHECK_INT(read_bytes(RECORD_SUPPLIER, "s.jsonl", bytes, 10000010, &set, &problem), IEUM_LIMIT);
    CHECK_INT(problem.line, 1);
    memset(bytes, ',', 1000);
    CHECK_INT(read_bytes(RECORD_SUPPLIER, "s.csv", bytes, 1000, &set, &problem), IEUM_LIMIT);
    free(bytes);
}

/* Damage anywhere must give a reading or a problem, never a crash; run under sanitizers. */
TEST(survives_damage) {
    static const char *const names[] = {"s.csv", "s.jsonl", "s.json"};
    struct random random;
    random_seed(&random, 42);
    for (int i = 0; i < 3000; i++) {
        char bytes[sizeof suppliers_csv + sizeof suppliers_json];
        const char *name = names[i % 3];
        size_t size = i % 3 == 0 ? sizeof suppliers_csv - 1 : sizeof suppliers_json - 1;
        struct record_set set;
        struct problem problem;
        memcpy(bytes, i % 3 == 0 ? suppliers_csv : suppliers_json, size);
        size_t changes = 1 + random_below(&random, 4);
        for (size_t c = 0; c < changes; c++) {
            size_t place = random_below(&random, size);
            bytes[place] = (char)random_below(&random, 256);
        }
        if (random_below(&random, 4) == 0) size = random_below(&random, size);
        read_bytes(RECORD_SUPPLIER, name, bytes, size, &set, &problem);
        record_set_free(&set);
    }
}

/* Each allocation of a reading fails once: memory is reported, nothing leaks, nothing is half done. */
TEST(survives_lack_of_memory) {
    static const char *const names[] = {"s.csv", "s.jsonl"};
    for (size_t n = 0; n < 2; n++) {
        const char *bytes = n == 0 ? suppliers_csv : suppliers_json;
        bool done = false;
        for (uint64_t at = 1; at < 20000 && !done; at++) {
            struct record_set set = {0};
            struct problem problem = {0};
            memory_clear_failed();
            memory_fail_at(at);
            ieum_status status =
                record_set_read(RECORD_SUPPLIER, names[n], bytes, strlen(bytes), data_folder(), &set, &problem);
            done = memory_count() < at;
            memory_fail_at(0);
            memory_clear_failed();
            if (done != (status == IEUM_OK) || (!done && status != IEUM_MEMORY)) {
                fprintf(stderr, "%s: allocation %d: %s\n", names[n], (int)at, problem.en);
                CHECK(false);
            }
            record_set_free(&set);
        }
        CHECK(done);
    }
}

TEST_MAIN(reads_shipped_files, reads_every_json_form, refuses_json_with_its_place, reads_csv, reads_every_encoding,
          refuses_other_encodings, refuses_csv_with_line_and_column, maps_korean_and_english_names,
          refuses_double_outcomes, keeps_limits, survives_damage, survives_lack_of_memory)
