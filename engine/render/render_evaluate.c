/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of an evaluation: means with intervals, comparisons, values by topic; and the lines of trec_eval. */
#include <stdio.h>

#include "page.h"
#include "table.h"

enum { MEASURES_BESIDE = 6 }; /* columns of the table by topic */

static void add_interval(struct table *table, const jval *one, const char *format) {
    table_add_format(table, format, jval_number(jval_get(one, "low")), jval_number(jval_get(one, "high")));
}

static void add_means(struct page *page, const jval *runs) {
    const char *const ko[] = {"실행 결과", "척도", ">평균", ">95% 구간", ">과제", NULL};
    const char *const en[] = {"run", "measure", ">mean", ">95% interval", ">topics", NULL};
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    for (size_t r = 0; r < jval_count(runs); r++) {
        const jval *run = jval_at(runs, r), *measures = jval_get(run, "measures");
        for (size_t m = 0; m < jval_count(measures); m++) {
            const jval *one = jval_at(measures, m);
            table_add(&table, m ? "" : jval_text(jval_get(run, "name")));
            table_add(&table, jval_text(jval_get(one, "measure")));
            table_add_format(&table, "%.4f", jval_number(jval_get(one, "mean")));
            add_interval(&table, one, "%.4f – %.4f");
            table_add_format(&table, "%lld", (long long)jval_integer(jval_get(jval_get(run, "topics"), "counted")));
        }
    }
    page_table(page, &table, 0);
}

static void add_comparisons(struct page *page, const jval *comparisons) {
    const char *const ko[] = {"실행 결과", "척도", ">차이", ">95% 구간", ">p", ">나음/못함/같음", NULL};
    const char *const en[] = {"run", "measure", ">difference", ">95% interval", ">p", ">better/worse/equal", NULL};
    struct table table;
    if (!jval_count(comparisons)) return;
    page_heading_format(page, page_choose(page, "기준 '%s'와(과)의 차이", "Difference to the baseline '%s'"),
                  jval_text(jval_get(jval_at(comparisons, 0), "baseline")));
    table_begin(&table, page->korean ? ko : en);
    for (size_t c = 0; c < jval_count(comparisons); c++) {
        const jval *comparison = jval_at(comparisons, c), *measures = jval_get(comparison, "measures");
        for (size_t m = 0; m < jval_count(measures); m++) {
            const jval *one = jval_at(measures, m);
            table_add(&table, m ? "" : jval_text(jval_get(comparison, "run")));
            table_add(&table, jval_text(jval_get(one, "measure")));
            table_add_format(&table, "%+.4f", jval_number(jval_get(one, "difference")));
            add_interval(&table, one, "%+.4f – %+.4f");
            table_add_format(&table, "%.5f", jval_number(jval_get(one, "p")));
            table_add_format(&table, "%lld/%lld/%lld", (long long)jval_integer(jval_get(one, "better")), (long long)jval_integer(jval_get(one, "worse")),
                             (long long)jval_integer(jval_get(one, "equal")));
        }
    }
    page_table(page, &table, 0);
}

/* Values by topic, as many measures beside one another as fit. */
static void add_topics(struct page *page, const jval *names, const jval *topics, size_t first) {
    const char *headers[MEASURES_BESIDE + 2] = {page_choose(page, "과제", "topic")};
    char right[MEASURES_BESIDE][64];
    const size_t most = jval_count(names) - first, shown = most < MEASURES_BESIDE ? most : MEASURES_BESIDE;
    struct table table;
    for (size_t m = 0; m < shown; m++) {
        snprintf(right[m], sizeof right[m], ">%s", jval_text(jval_at(names, first + m)));
        headers[m + 1] = right[m];
    }
    table_begin(&table, headers);
    for (size_t t = 0; t < jval_count(topics); t++) {
        const jval *values = jval_get(jval_at(topics, t), "values");
        table_add(&table, jval_text(jval_get(jval_at(topics, t), "topic")));
        for (size_t m = 0; m < shown; m++) table_add_format(&table, "%.4f", jval_number(jval_at(values, first + m)));
    }
    page_table(page, &table, 0);
}

static void add_per_topic(struct page *page, const jval *result) {
    const jval *runs = jval_get(result, "runs"), *names = jval_get(result, "measures");
    for (size_t r = 0; r < jval_count(runs); r++) {
        const jval *run = jval_at(runs, r), *topics = jval_get(run, "per_topic");
        if (!topics) continue;
        page_heading_format(page, page_choose(page, "과제별: %s", "By topic: %s"), jval_text(jval_get(run, "name")));
        for (size_t first = 0; first < jval_count(names); first += MEASURES_BESIDE) add_topics(page, names, topics, first);
    }
}

/* How to read the tables. */
static void add_note(struct page *page, const jval *result) {
    struct buffer note = BUFFER_EMPTY;
    if (jval_true(jval_get(result, "complete")))
        buffer_add_text(&note, page_choose(page, "판정이 있는 모든 과제를 셈에 넣었습니다(실행 결과에 없으면 0). ",
                                           "Every topic of the qrels counts, one that a run does not have with 0. "));
    else
        buffer_add_text(&note, page_choose(page, "판정과 실행 결과에 모두 있는 과제만 셈에 넣었습니다. ",
                                           "Topics count that stand both in the qrels and in the run. "));
    buffer_format(&note, page_choose(page, "구간: 과제를 10,000번 다시 뽑은 백분위 구간. 씨앗 %lld.", "Intervals: percentiles of 10,000 resamples of the topics. Seed %lld."),
                  (long long)jval_integer(jval_get(result, "seed")));
    if (jval_count(jval_get(result, "comparisons")))
        buffer_add_text(&note, page_choose(page, " p: 두 실행 결과에 함께 있는 과제의 차이에 대한 짝지은 무작위화 검정(양측).",
                                           " p: paired randomisation test, two-sided, over the topics that both runs have."));
    buffer_add_byte(&page->out, '\n');
    if (note.bytes) text_wrap(note.bytes, 0, 0, page->width, &page->out);
    buffer_add_byte(&page->out, '\n');
    buffer_free(&note);
}

void render_evaluate(struct page *page, const jval *result) {
    const jval *qrels = jval_get(result, "qrels");
    buffer_format(&page->out,
                  page_choose(page, "판정: 과제 %lld건, 판정 %lld개; 맞는 후보가 없는 과제 %lld건\n",
                              "qrels: %lld topics, %lld judgements; %lld topics without a relevant document\n"),
                  (long long)jval_integer(jval_get(qrels, "topics")), (long long)jval_integer(jval_get(qrels, "judgements")),
                  (long long)jval_integer(jval_get(qrels, "without_relevant")));
    page_heading(page, "평균", "Means");
    add_means(page, jval_get(result, "runs"));
    add_comparisons(page, jval_get(result, "comparisons"));
    add_per_topic(page, result);
    add_note(page, result);
}

/* Lines as trec_eval writes them; `runid` parts several runs. */
void render_trec_measures(struct page *page, const jval *result) {
    const jval *runs = jval_get(result, "runs"), *names = jval_get(result, "measures");
    for (size_t r = 0; r < jval_count(runs); r++) {
        const jval *run = jval_at(runs, r), *topics = jval_get(run, "per_topic"), *measures = jval_get(run, "measures");
        if (jval_count(runs) > 1) buffer_format(&page->out, "%-22s\tall\t%s\n", "runid", jval_text(jval_get(run, "name")));
        for (size_t t = 0; t < jval_count(topics); t++)
            for (size_t m = 0; m < jval_count(names); m++)
                buffer_format(&page->out, "%-22s\t%s\t%.4f\n", jval_text(jval_at(names, m)), jval_text(jval_get(jval_at(topics, t), "topic")),
                              jval_number(jval_at(jval_get(jval_at(topics, t), "values"), m)));
        buffer_format(&page->out, "%-22s\tall\t%lld\n", "num_q", (long long)jval_integer(jval_get(jval_get(run, "topics"), "counted")));
        for (size_t m = 0; m < jval_count(measures); m++)
            buffer_format(&page->out, "%-22s\tall\t%.4f\n", jval_text(jval_at(names, m)), jval_number(jval_get(jval_at(measures, m), "mean")));
    }
}
