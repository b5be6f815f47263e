/* SPDX-License-Identifier: Apache-2.0 */
/* Files of tables: which cells are numbers, titles of sheets, one sheet of many shortlists, every allocation made to fail. */
#include "../../engine/base/memory.h"
#include "../../engine/render/export.h"
#include "test.h"

static jval *parse(const char *text) {
    struct problem problem = {0};
    jval *value = NULL;
    CHECK_INT(jval_parse(text, strlen(text), &value, &problem), IEUM_OK);
    return value;
}

static const char *const shortlists =
    "{\"op\":\"suggest\",\"result\":{\"demands\":["
    "{\"demand\":\"D1\",\"name\":\"하나(가상)\",\"eligible\":true,\"suggestions\":[{\"rank\":1,\"supplier\":\"S1\",\"name\":\"=1+1\",\"points\":71.5,\"reason\":{\"ko\":\"가\",\"en\":\"a\"}}]},"
    "{\"demand\":\"D2\",\"name\":\"둘(가상)\",\"eligible\":true,\"suggestions\":[{\"rank\":1,\"supplier\":\"S2\",\"name\":\"나(가상)\",\"points\":-3,\"reason\":{\"ko\":\"나\",\"en\":\"b\"}}]}]}}";

TEST(numbers) {
    static const struct {
        const char *text;
        double number;
        int decimals;
        bool grouped, percent;
    } yes[] = {{"0", 0, 0, false, false},          {"12", 12, 0, false, false},    {"-3.50", -3.5, 2, false, false},  {"+0.125", 0.125, 3, false, false},
               {"1,234,567", 1234567, 0, true, false}, {"12.5 %", 0.125, 1, false, true}, {"-7%", -0.07, 0, false, true}, {"999,999.9", 999999.9, 1, true, false}};
    static const char *const no[] = {"", "-", "–", "1e5", "0x10", "1,23", "1234,567", ",5", "007", "1.", ".5", "1.2.3", "--1", "=1", "1 2", "12:30", "12 대", "1234567890123456", "nan", "1,,000"};
    double number;
    int decimals;
    bool grouped, percent;
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        CHECK(cell_number(yes[i].text, &number, &decimals, &grouped, &percent));
        CHECK(number == yes[i].number && decimals == yes[i].decimals && grouped == yes[i].grouped && percent == yes[i].percent);
    }
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) CHECK(!cell_number(no[i], &number, &decimals, &grouped, &percent));
}

static void add_one_row(struct document *document, const char *heading, const char *caption, const char *cell) {
    static const char *const headers[] = {"a", ">b", NULL};
    struct table table;
    if (heading) document_add(document, BLOCK_HEADING, heading, NULL);
    table_begin(&table, headers);
    table_add(&table, cell);
    table_add(&table, "1");
    table_keep_headers(&table);
    document_add(document, BLOCK_TABLE, caption, &table);
}

TEST(sheets) {
    struct document document = {0};
    struct sheets sheets;
    struct problem problem = {0};
    add_one_row(&document, NULL, NULL, "first");
    add_one_row(&document, "same", NULL, "x");
    add_one_row(&document, NULL, NULL, "y");
    add_one_row(&document, "lists", "D1", "p");
    add_one_row(&document, NULL, "D2", "q");
    add_one_row(&document, "lists", "D3", "r");
    CHECK_INT(sheets_of(&document, "page", &sheets, &problem), IEUM_OK);
    CHECK_INT(sheets.list.count, 5);
    static const char *const titles[] = {"page", "same", "same (2)", "lists", "lists (2)"};
    for (size_t i = 0; i < sheets.list.count && i < 5; i++) CHECK_TEXT(sheets.list.items[i].title, titles[i]);
    CHECK(sheets_find(&sheets, "lists") == sheets_find(&sheets, "4"));
    CHECK(!sheets_find(&sheets, "0") && !sheets_find(&sheets, "6") && !sheets_find(&sheets, "4x"));
    struct buffer out = BUFFER_EMPTY;
    export_csv(&document, &sheets, sheets_find(&sheets, "lists"), false, &out);
    CHECK_TEXT(out.bytes, "\xEF\xBB\xBF" "of,a,b\r\nD1,p,1\r\nD2,q,1\r\n");
    buffer_free(&out);
    sheets_free(&sheets);
    document_free(&document);
}

/* Titles that a workbook may not have, or has twice when they are cut: it takes all of them, which libxlsxwriter checks. */
TEST(titles_of_workbooks) {
    static const char *const titles[] = {"a[b]:c*d?e/f\\g", "history", "'quoted'", "수요과제별 추천과 그 까닭을 한 눈에 보는 아주 긴 제목 하나", "수요과제별 추천과 그 까닭을 한 눈에 보는 아주 긴 제목 둘",
                                         "SAME", "same", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "\xEF\xBF\xBF", "Notes"};
    struct document document = {0};
    struct sheets sheets;
    struct problem problem = {0};
    struct buffer out = BUFFER_EMPTY;
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) add_one_row(&document, titles[i], NULL, "\xEF\xBF\xBE x");
    CHECK_INT(sheets_of(&document, "page", &sheets, &problem), IEUM_OK);
    CHECK_INT(export_xlsx(&document, &sheets, NULL, "page", false, &out, &problem), IEUM_OK);
    CHECK(out.size > 1000 && memcmp(out.bytes, "PK", 2) == 0);
    buffer_free(&out);
    sheets_free(&sheets);
    document_free(&document);
}

TEST(refusals) {
    static const struct {
        const char *reply, *format, *table;
        ieum_status status;
    } tries[] = {{"{}", "csv", NULL, IEUM_INVALID},
                 {"[]", "csv", NULL, IEUM_INVALID},
                 {"{\"op\":\"suggest\",\"problem\":{\"code\":\"invalid\"}}", "html", NULL, IEUM_INVALID},
                 {"{\"op\":\"suggest\",\"result\":[]}", "csv", NULL, IEUM_INVALID},
                 {"{\"op\":\"suggest\",\"result\":{}}", "pdf", NULL, IEUM_USAGE},
                 {"{\"op\":\"backup\",\"result\":{}}", "xlsx", NULL, IEUM_USAGE},
                 {"{\"op\":\"nothing\",\"result\":{}}", "csv", NULL, IEUM_USAGE},
                 {"{\"op\":\"suggest\",\"result\":{}}", "csv", "none", IEUM_NOT_FOUND},
                 {"{\"op\":\"suggest\",\"result\":{}}", "html", "none", IEUM_NOT_FOUND},
                 {"{\"op\":\"suggest\",\"result\":{}}", "xlsx", "1", IEUM_OK}};
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        struct problem problem = {0};
        jval *reply = parse(tries[i].reply);
        char *bytes = NULL;
        size_t size = 0;
        CHECK_INT(export_reply(reply, tries[i].format, tries[i].table, true, &bytes, &size, &problem), tries[i].status);
        CHECK((bytes != NULL) == (tries[i].status == IEUM_OK));
        memory_free(bytes);
        jval_free(reply);
    }
}

/* The whole file, or MEMORY and nothing. */
TEST(memory_that_fails) {
    static const char *const formats[] = {"csv", "html", "xlsx"};
    jval *reply = parse(shortlists);
    for (size_t f = 0; f < sizeof formats / sizeof *formats; f++) {
        char *whole = NULL;
        size_t whole_size = 0;
        struct problem problem = {0};
        CHECK_INT(export_reply(reply, formats[f], NULL, true, &whole, &whole_size, &problem), IEUM_OK);
        for (uint64_t n = 1; n < 1000; n++) {
            char *bytes = NULL;
            size_t size = 0;
            problem = (struct problem){0};
            memory_clear_failed();
            memory_fail_at(n);
            const ieum_status status = export_reply(reply, formats[f], NULL, true, &bytes, &size, &problem);
            memory_fail_at(0);
            memory_clear_failed();
            if (status == IEUM_OK) CHECK(size == whole_size && memcmp(bytes, whole, size) == 0);
            else CHECK(status == IEUM_MEMORY && !bytes);
            memory_free(bytes);
            if (status == IEUM_OK) break;
            CHECK(n < 900);
        }
        memory_free(whole);
    }
    jval_free(reply);
}

TEST_MAIN(numbers, sheets, titles_of_workbooks, refusals, memory_that_fails)
