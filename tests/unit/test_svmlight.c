/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of numbers: what is read, what is refused and where, memory that fails, and that any damage of a small file is refused or read, never a crash. */
#include "base/memory.h"
#include "base/buffer.h"
#include "record/svmlight.h"
#include "test.h"

static ieum_status read_text(const char *text, struct svmlight_rows *rows, struct problem *problem) {
    problem_clear(problem);
    return svmlight_read(text, strlen(text), 1, rows, problem);
}

TEST(reads_rows) {
    struct svmlight_rows rows = SVMLIGHT_EMPTY;
    struct problem problem;
    CHECK_INT(read_text("# a head\n\n+1 1:0.5 3:-2e-1   # note 4:5\r\n-1\n  2.5\t2:0 2147483647:1 \n0 1:1e400x#", &rows, &problem), IEUM_INVALID);
    CHECK_INT(problem.line, 6);
    CHECK_INT(read_text("# a head\n\n+1 1:0.5 3:-2e-1   # note 4:5\r\n-1\n  2.5\t2:0 2147483647:1 ", &rows, &problem), IEUM_OK);
    CHECK_INT(rows.count, 3);
    CHECK_INT(rows.columns, 2147483647);
    CHECK(!rows.qids);
    CHECK(rows.labels[0] == 1 && rows.labels[1] == -1 && rows.labels[2] == 2.5);
    CHECK(rows.start[0] == 0 && rows.start[1] == 2 && rows.start[2] == 2 && rows.start[3] == 4);
    CHECK(rows.index[0] == 0 && rows.index[1] == 2 && rows.index[2] == 1 && rows.index[3] == 2147483646);
    CHECK(rows.value[0] == 0.5 && rows.value[1] == -0.2 && rows.value[2] == 0 && rows.value[3] == 1);
    CHECK(rows.lines[0] == 3 && rows.lines[1] == 4 && rows.lines[2] == 5);
    CHECK_INT(read_text("3 qid:7 1:1\n2 qid:-8\n", &rows, &problem), IEUM_OK);
    CHECK(rows.count == 2 && rows.columns == 1 && rows.qids && rows.qids[0] == 7 && rows.qids[1] == -8);
    CHECK_INT(read_text("", &rows, &problem), IEUM_OK);
    CHECK(rows.count == 0 && rows.columns == 0 && rows.start[0] == 0);
    svmlight_free(&rows);
    svmlight_free(&rows);
}

TEST(refuses_with_the_place) {
    static const struct {
        const char *text;
        size_t line, column;
        const char *value;
    } cases[] = {
        {"x 1:1", 1, 1, "x"},
        {"1 1:1\nnan 1:1", 2, 1, "nan"},
        {"inf 1:1", 1, 1, "inf"},
        {"1 1:1 2:nan", 1, 9, "nan"},
        {"1 1:1e999", 1, 5, "1e999"},
        {"1 1:", 1, 5, ""},
        {"1 1", 1, 3, "1"},
        {"1 1 :2", 1, 3, "1"},
        {"1 1: 2", 1, 5, ""},
        {"1 :2", 1, 3, ":2"},
        {"1 0:2", 1, 3, "0:2"},
        {"1 -1:2", 1, 3, "-1:2"},
        {"1 +1:2", 1, 3, "+1:2"},
        {"1 2:1 1:1", 1, 7, "1:1"},
        {"1 2:1 2:1", 1, 7, "2:1"},
        {"1 2147483648:1", 1, 3, "2147483648:1"},
        {"1 99999999999999999999999:1", 1, 3, "99999999999999999999999:1"},
        {"1 1:0x10", 1, 5, "0x10"},
        {"1 1:1,5", 1, 5, "1,5"},
        {"1,2 1:1", 1, 1, "1,2"},
        {"1 1:1 2", 1, 7, "2"},
        {"1 1:1\n2 qid:1 1:1", 2, 3, "qid:1"},
        {"1 qid:1 1:1\n2 1:1", 2, 3, "1:1"},
        {"1 qid:x 1:1", 1, 3, "qid:x"},
        {"1 qid: 1:1", 1, 3, "qid:"},
        {"1 qid:1234567890123456789 1:1", 1, 3, "qid:1234567890123456789"},
        {"1 1:1 qid:1", 1, 7, "qid:1"},
        {"1 1:1:2", 1, 5, "1:2"},
        {"1 1:--1", 1, 5, "--1"},
        {"\xEF\xBB\xBF" "1 1:1", 1, 1, NULL},
    };
    struct svmlight_rows rows = SVMLIGHT_EMPTY;
    struct problem problem;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_INT(read_text(cases[i].text, &rows, &problem), IEUM_INVALID);
        CHECK_INT(problem.line, cases[i].line);
        CHECK_INT(problem.column, cases[i].column);
        if (cases[i].value) CHECK_TEXT(problem.value, cases[i].value);
        CHECK(problem.ko[0] && problem.en[0] && rows.count == 0);
    }
    problem_clear(&problem);
    CHECK_INT(svmlight_read("1 1:1\0002", 7, 40, &rows, &problem), IEUM_INVALID);
    CHECK_INT(problem.line, 40);
    svmlight_free(&rows);
}

TEST(fails_cleanly_without_memory) {
    struct buffer text = BUFFER_EMPTY;
    for (int i = 0; i < 300; i++) buffer_format(&text, "%d qid:1 1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8\n", i);
    for (uint64_t n = 1;; n++) {
        struct svmlight_rows rows = SVMLIGHT_EMPTY;
        struct problem problem = {0};
        memory_fail_at(n);
        const ieum_status status = svmlight_read(text.bytes, text.size, 1, &rows, &problem);
        memory_fail_at(0);
        CHECK(status == IEUM_OK || (status == IEUM_MEMORY && rows.count == 0));
        svmlight_free(&rows);
        if (status == IEUM_OK) break;
    }
    memory_clear_failed();
    buffer_free(&text);
}

/* Every byte replaced by every byte, every truncation: read or refused with a line of the file; what is read keeps the promises of the header. */
TEST(any_byte_anywhere) {
    static const char good[] = "1 qid:3 1:0.25 2:-1e2 # c\n-1 qid:3 4:7\r\n";
    struct svmlight_rows rows = SVMLIGHT_EMPTY;
    struct problem problem;
    long broken = 0, read = 0, refused = 0;
    for (size_t at = 0; at < sizeof good - 1; at++) {
        for (int byte = 0; byte < 257; byte++) {
            char text[sizeof good];
            memcpy(text, good, sizeof good);
            size_t size = sizeof good - 1;
            if (byte < 256) text[at] = (char)byte;
            else size = at;
            problem_clear(&problem);
            if (svmlight_read(text, size, 1, &rows, &problem) == IEUM_OK) {
                read++;
                for (size_t r = 0; r < rows.count; r++)
                    for (size_t k = rows.start[r]; k < rows.start[r + 1]; k++)
                        if (rows.index[k] >= rows.columns || (k > rows.start[r] && rows.index[k] <= rows.index[k - 1])) broken++;
            } else {
                refused++;
                if (problem.line < 1 || problem.line > 3 || !problem.ko[0]) broken++;
            }
        }
    }
    CHECK_INT(broken, 0);
    CHECK(read > 100 && refused > 1000);
    svmlight_free(&rows);
}

TEST_MAIN(reads_rows, refuses_with_the_place, fails_cleanly_without_memory, any_byte_anywhere)
