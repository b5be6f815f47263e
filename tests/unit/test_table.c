/* SPDX-License-Identifier: Apache-2.0 */
/* Tables for a terminal: by hand for the shapes, by property for any cells: no line wider than asked, nothing lost that
 * fits. */
#include "test.h"

#include "base/random.h"
#include "base/utf8.h"
#include "render/table.h"

static const char *const headers[] = {"번호", ">점수", "이유", NULL};

static void check_table(const char *const *heads, const char *const *cells, size_t count, size_t indent, size_t width,
                        const char *expected) {
    struct table table;
    struct buffer out = BUFFER_EMPTY;
    table_begin(&table, heads);
    for (size_t i = 0; i < count; i++) table_add(&table, cells[i]);
    table_write(&table, indent, width, &out);
    table_free(&table);
    CHECK(!out.failed);
    CHECK_TEXT(out.bytes, expected);
    buffer_free(&out);
}

TEST(hangul_stands_in_columns) {
    static const char *const cells[] = {"S001", "9.5", "비전검사", "가나", "10.0", "chatbot"};
    check_table(headers, cells, 6, 0, 80,
                "번호  점수  이유\n"
                "────────────────────\n"
                "S001   9.5  비전검사\n"
                "가나  10.0  chatbot\n");
}

TEST(it_may_stand_indented) {
    static const char *const cells[] = {"a", "1", "x"};
    check_table(headers, cells, 3, 2, 80,
                "  번호  점수  이유\n"
                "  ────────────────\n"
                "  a        1  x\n");
}

TEST(a_last_column_to_the_right) {
    static const char *const heads[] = {"항목", ">점", NULL}, *const cells[] = {"가", "1", "a", "100", "긴 이름", "20"};
    check_table(heads, cells, 6, 0, 80,
                "항목      점\n"
                "────────────\n"
                "가         1\n"
                "a        100\n"
                "긴 이름   20\n");
}

TEST(the_last_column_is_wrapped) {
    static const char *const heads[] = {"a", "b", NULL}, *const cells[] = {"x", "하나 둘 셋 넷 다섯 여섯 일곱 여덟",
                                                                           "y", "z"};
    check_table(heads, cells, 4, 0, 20,
                "a  b\n"
                "────────────────────\n"
                "x  하나 둘 셋 넷\n"
                "   다섯 여섯 일곱\n"
                "   여덟\n"
                "y  z\n");
}

TEST(other_columns_are_cut) {
    static const char *const heads[] = {"a", "b", NULL}, *const cells[] = {"가나다라마바사아자차카타파하가나다라마바", "z",
                                                                           "abcdefghijklmnopqrstuvwxyz0123456789ABCD", "z"};
    check_table(heads, cells, 4, 0, 80,
                "a                                     b\n"
                "───────────────────────────────────────\n"
                "가나다라마바사아자차카타파하가나다…   z\n"
                "abcdefghijklmnopqrstuvwxyz012345678…  z\n");
}

TEST(cells_are_one_line) {
    static const char *const heads[] = {"a", "b", NULL}, *const cells[] = {"one\ntwo\t3", NULL};
    check_table(heads, cells, 2, 0, 80,
                "a          b\n"
                "────────────\n"
                "one two 3\n");
    check_table(heads, NULL, 0, 0, 80,
                "a  b\n"
                "────\n");
}

TEST(texts_wrap) {
    static const struct {
        const char *text;
        size_t first, indent, width;
        const char *expected;
    } cases[] = {
        {"", 0, 0, 20, ""},
        {"짧은 글", 0, 2, 20, "짧은 글"},
        {"aaaaaaaaaaaaaaaaaaaa bbbb", 0, 2, 20, "aaaaaaaaaaaaaaaaaaaa\n  bbbb"},
        {"aaaaaaaaaaaaaaaaaaaaaaaaa", 0, 2, 20, "aaaaaaaaaaaaaaaaaaaa\n  aaaaa"}, /* no space: broken anyway */
        {"가나다라마바사아자차카", 0, 0, 21, "가나다라마바사아자차\n카"}, /* a wide letter never straddles the edge */
        {"word word word", 18, 4, 10, "word word word"},                  /* never narrower than 16 columns */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = BUFFER_EMPTY;
        text_wrap(cases[i].text, cases[i].first, cases[i].indent, cases[i].width, &out);
        CHECK_TEXT(out.bytes ? out.bytes : "", cases[i].expected);
        buffer_free(&out);
    }
}

static void random_cell(struct random *random, char *cell) {
    static const char *const parts[] = {"가", "a", " ", "—", "😀", "e\xCC\x81", "제조", "\n", "🏭 ", "ab"};
    *cell = '\0';
    for (size_t i = random_below(random, 30); i > 0; i--)
        strcat(cell, parts[random_below(random, sizeof parts / sizeof *parts)]);
}

/* What a reader sees, without spaces and line ends. */
static void letters_of(const char *text, struct buffer *out) {
    for (; *text; text++)
        if ((unsigned char)*text > ' ') buffer_add_byte(out, *text);
}

TEST(no_line_is_wider_than_asked) {
    struct random random;
    random_seed(&random, 14);
    for (int round = 0; round < 2000; round++) {
        struct table table;
        struct buffer out = BUFFER_EMPTY, last_column = BUFFER_EMPTY, shown = BUFFER_EMPTY;
        size_t width = 70 + random_below(&random, 60), rows = random_below(&random, 4);
        table_begin(&table, headers);
        for (size_t r = 0; r < rows; r++) {
            char cell[512];
            random_cell(&random, cell);
            if (strlen(cell) > 12) cell[0] = '\0'; /* a short first column, so that the last gets what is left */
            table_add(&table, cell);
            table_add_format(&table, "%d", (int)random_below(&random, 1000));
            random_cell(&random, cell);
            table_add(&table, cell);
            if (rows == 1) letters_of(cell, &last_column);
        }
        table_write(&table, random_below(&random, 4), width, &out);
        table_free(&table);
        CHECK(!out.failed && utf8_valid(out.bytes, out.size) && out.bytes[out.size - 1] == '\n');
        size_t line_number = 0;
        for (char *line = out.bytes, *end; (end = strchr(line, '\n')); line = end + 1) {
            *end = '\0';
            CHECK(utf8_text_width(line) <= width);
            CHECK(end == line || end[-1] != ' ');
            if (line_number++ > 1) letters_of(line, &shown);
        }
        /* The wrapped column is whole. */
        if (rows == 1 && last_column.size) {
            size_t at = 0;
            for (size_t i = 0; i < shown.size && at < last_column.size; i++)
                at += shown.bytes[i] == last_column.bytes[at];
            CHECK_INT(at, last_column.size);
        }
        buffer_free(&out);
        buffer_free(&last_column);
        buffer_free(&shown);
    }
}

TEST(memory_that_runs_out_fails_the_page) {
    bool failed = true;
    uint64_t n = 0;
    while (failed && n < 200) {
        struct table table;
        struct buffer out = BUFFER_EMPTY;
        memory_fail_at(++n);
        table_begin(&table, headers);
        for (int i = 0; i < 30; i++) table_add(&table, "글");
        table_write(&table, 0, 80, &out);
        memory_fail_at(0);
        failed = out.failed || table.failed;
        table_free(&table);
        buffer_free(&out);
    }
    CHECK(!failed && n > 30);
    memory_clear_failed();
}

TEST_MAIN(hangul_stands_in_columns, it_may_stand_indented, a_last_column_to_the_right, the_last_column_is_wrapped,
          other_columns_are_cut, cells_are_one_line, texts_wrap, no_line_is_wider_than_asked,
          memory_that_runs_out_fails_the_page)
