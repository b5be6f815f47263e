/* SPDX-License-Identifier: Apache-2.0 */
/* Files of qrels and runs: what is read, in which order it stands, and what is refused, by line and column. */
#include "../../engine/measure/trec_files.h"

#include <locale.h>

#include "test.h"

static ieum_status read_text(const char *text, bool run, struct trec_topics *topics, struct trec_table *table, struct problem *problem) {
    const struct trec_file file = {"file.txt", "/at", text, strlen(text)};
    *problem = (struct problem){0};
    return run ? trec_read_run(&file, topics, table, problem) : trec_read_qrels(&file, topics, table, problem);
}

static bool is(struct trec_name name, const char *text) { return name.size == strlen(text) && memcmp(name.bytes, text, name.size) == 0; }

TEST(a_run_stands_by_score_and_equal_scores_by_document_downwards) {
    struct trec_topics topics;
    struct trec_table table = {0};
    struct problem problem;
    size_t count;
    CHECK(trec_topics_start(&topics));
    CHECK_INT(read_text("\xEF\xBB\xBF# made by hand\n과제2\tQ0  d1 1 0.5 x\r\n\n  \r\nt1 Q0 a 1 1e-3 x\nt1 Q0 b 9 2 x\nt1 Q0 ab 2 0.001 x\nt1 Q0 문 2 .001 last", true, &topics, &table,
                        &problem),
              IEUM_OK);
    CHECK_INT(table.topic_count, 2);
    CHECK(is(topics.names.items[0], "과제2") && is(topics.names.items[1], "t1") && is(table.tag, "last"));
    const struct trec_entry *entries = trec_topic(&table, 1, &count);
    CHECK_INT(count, 4);
    CHECK(is(entries[0].document, "b") && is(entries[1].document, "문") && is(entries[2].document, "ab") && is(entries[3].document, "a"));
    CHECK(entries[0].value == 2 && entries[3].value == 0.001);
    CHECK(trec_topic(&table, 2, &count) == NULL);
    CHECK_INT(count, 0);
    trec_table_free(&table);
    trec_topics_free(&topics);
}

TEST(a_grade_that_is_given_again_is_one_grade) {
    struct trec_topics topics;
    struct trec_table table = {0};
    struct problem problem;
    size_t count;
    CHECK(trec_topics_start(&topics));
    CHECK_INT(read_text("t 0 b 2\nu 0 b 1\nt 0 a -1\nt 0 b 2\n", false, &topics, &table, &problem), IEUM_OK);
    const struct trec_entry *entries = trec_topic(&table, 0, &count);
    CHECK_INT(count, 2);
    CHECK(is(entries[0].document, "a") && entries[0].value == -1 && entries[1].value == 2);
    trec_topic(&table, 1, &count);
    CHECK_INT(count, 1);
    trec_table_free(&table);
    trec_topics_free(&topics);
}

static const struct {
    const char *text;
    bool run;
    size_t line, column;
} wrong[] = {
    {"", true, 0, 0},
    {"\n# nothing\n", false, 0, 0},
    {"t 0 a 1\nt 0 b\n", false, 2, 0},
    {"t 0 a 1 more\n", false, 1, 0},
    {"t Q0 a 1 0.5\n", true, 1, 0},
    {"t Q0 a name 1 0.5 x\n", true, 1, 0},
    {"t 0 a 1.0\n", false, 1, 7},
    {"t 0 a +1\n", false, 1, 7},
    {"t 0 a -\n", false, 1, 7},
    {"t 0 a 1001\n", false, 1, 7},
    {"t 0 a 99999999999999999999\n", false, 1, 7},
    {"\n\n과제 0 a two\n", false, 3, 8},
    {"t Q0 a 1 nan x\n", true, 1, 10},
    {"t Q0 a 1 inf x\n", true, 1, 10},
    {"t Q0 a 1 -infinity x\n", true, 1, 10},
    {"t Q0 a 1 0x1p3 x\n", true, 1, 10},
    {"t Q0 a 1 1e999 x\n", true, 1, 10},
    {"t Q0 a 1 0,5 x\n", true, 1, 10},
    {"t Q0 a 1 - x\n", true, 1, 10},
    {"t Q0 a 1 1e x\n", true, 1, 10},
    {"t Q0 a 1 1-2 x\n", true, 1, 10},
    {"t 0 a 1\nu 0 a 0\nt 0 a 2\n", false, 3, 0},
    {"t Q0 a 1 2 x\nt Q0 b 1 2 x\nt Q0 a 2 2 x\n", true, 3, 0},
};

TEST(what_is_wrong_is_refused_with_its_place) {
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct trec_topics topics;
        struct trec_table table = {0};
        struct problem problem;
        CHECK(trec_topics_start(&topics));
        CHECK_INT(read_text(wrong[i].text, wrong[i].run, &topics, &table, &problem), IEUM_INVALID);
        CHECK_INT(problem.line, wrong[i].line);
        CHECK_INT(problem.column, wrong[i].column);
        CHECK_TEXT(problem.source, "file.txt");
        CHECK_TEXT(problem.pointer, "/at");
        CHECK(*problem.ko && *problem.en);
        CHECK(table.entries == NULL);
        trec_topics_free(&topics);
    }
}

TEST(too_much_is_a_limit) {
    static const struct trec_file file = {"large", "/at", "", TREC_MOST_BYTES + 1};
    struct trec_topics topics;
    struct trec_table table = {0};
    struct problem problem = {0};
    CHECK(trec_topics_start(&topics));
    CHECK_INT(trec_read_run(&file, &topics, &table, &problem), IEUM_LIMIT);
    trec_topics_free(&topics);
}

TEST(a_decimal_point_is_a_point_in_every_locale) {
    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8") && !setlocale(LC_NUMERIC, "fr_FR.UTF-8")) return; /* none is installed */
    struct trec_topics topics;
    struct trec_table table = {0};
    struct problem problem;
    CHECK(trec_topics_start(&topics));
    CHECK_INT(read_text("t Q0 a 1 0.5 x\n", true, &topics, &table, &problem), IEUM_OK);
    CHECK(table.entries && table.entries[0].value == 0.5);
    trec_table_free(&table);
    trec_topics_free(&topics);
    setlocale(LC_NUMERIC, "C");
}

TEST_MAIN(a_run_stands_by_score_and_equal_scores_by_document_downwards, a_grade_that_is_given_again_is_one_grade,
          what_is_wrong_is_refused_with_its_place, too_much_is_a_limit, a_decimal_point_is_a_point_in_every_locale)
