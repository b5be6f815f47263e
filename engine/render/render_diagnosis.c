/* SPDX-License-Identifier: Apache-2.0 */
/* The diagnosis on a page: score and stage beside the reference, areas, programs with reasons, the ethics checklist, what to do next; or the questionnaire to fill in. */
#include <stdio.h>
#include <string.h>

#include "page.h"
#include "table.h"

enum { LINE = 1024 };

/* A paragraph of its own. */
static void add_lines(struct page *page, const char *text) {
    text_wrap(text, 0, 0, page->width, &page->out);
    buffer_add_byte(&page->out, '\n');
}

/* "38.0" or "12.0~62.0" */
static const char *write_score(const struct page *page, const jval *share, char text[64]) {
    const jval *interval = jval_get(share, "interval");
    const double least = jval_number(jval_get(interval, "least")), most = jval_number(jval_get(interval, "most"));
    if (most > least) snprintf(text, 64, page_choose(page, "%.1f~%.1f", "%.1f–%.1f"), least, most);
    else snprintf(text, 64, "%.1f", least);
    return text;
}

/* ---- what came of it ---- */

static void add_score(struct page *page, const jval *result) {
    const jval *reference = jval_get(result, "reference"), *stage = jval_get(result, "stage"), *name = jval_get(result, "name");
    char score[64], line[LINE];
    if (jval_is(name, JVAL_TEXT)) buffer_format(&page->out, "%s  %s\n", jval_text(jval_get(result, "demand")), jval_text(name));
    snprintf(line, sizeof line, page_choose(page, "준비도 %s점 (100점 만점) · 단계: %s · 견줄 값: %.1f점", "Readiness %s of 100 · stage: %s · to compare with: %.1f"),
             write_score(page, result, score), jval_is(stage, JVAL_OBJECT) ? page_text(page, stage) : page_choose(page, "아직 정할 수 없음", "not to be told yet"),
             jval_number(jval_get(reference, "value")));
    add_lines(page, line);
    if (jval_is(stage, JVAL_OBJECT)) add_lines(page, page_text(page, jval_get(stage, "text")));
    snprintf(line, sizeof line, "%s (%s)", page_text(page, jval_get(reference, "text")), jval_text(jval_get(reference, "source")));
    add_lines(page, line);
}

static void add_areas(struct page *page, const jval *areas) {
    const char *const ko[] = {"영역", ">점수", ">답하지 않은 문항", "할 일", NULL}, *const en[] = {"area", ">score", ">not answered", "advice", NULL};
    struct table table;
    char score[64];
    page_heading(page, "영역별 점수(100점 만점)", "Areas, of 100 each");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(areas); i++) {
        const jval *one = jval_at(areas, i);
        table_add(&table, page_text(page, jval_get(one, "title")));
        table_add(&table, write_score(page, one, score));
        table_add_format(&table, "%lld", (long long)jval_integer(jval_get(one, "unanswered")));
        table_add(&table, page_text(page, jval_get(one, "advice")));
    }
    page_table(page, &table, 0);
}

static const char *fits_word(const struct page *page, const jval *fits, bool to_confirm) {
    if (jval_is(fits, JVAL_TRUE)) return to_confirm ? page_choose(page, "맞음(확인 필요)", "fits (to confirm)") : page_choose(page, "맞음", "fits");
    return jval_is(fits, JVAL_FALSE) ? page_choose(page, "맞지 않음", "does not fit") : page_choose(page, "미정", "open");
}

void render_programs(struct page *page, const jval *programs) {
    const char *const ko[] = {"판정", "사업", "이유", NULL}, *const en[] = {"verdict", "program", "reasons", NULL};
    struct table table;
    if (!jval_count(programs)) return;
    page_heading(page, "맞는 사업", "Programs");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(programs); i++) {
        const jval *one = jval_at(programs, i), *reasons = jval_get(one, "reasons");
        struct buffer text = BUFFER_EMPTY;
        for (size_t r = 0; r < jval_count(reasons); r++) buffer_format(&text, "%s%s", r ? " " : "", page_text(page, jval_at(reasons, r)));
        table_add(&table, fits_word(page, jval_get(one, "fits"), jval_true(jval_get(one, "to_confirm"))));
        table_add(&table, page_text(page, jval_get(one, "title")));
        table_add(&table, text.failed ? "" : text.bytes);
        buffer_free(&text);
    }
    page_table(page, &table, 0);
}

static void add_ethics(struct page *page, const jval *ethics) {
    const char *const ko[] = {"원칙", "답", "살펴볼 것과 할 일", NULL}, *const en[] = {"principle", "answer", "what to look at and do", NULL};
    const jval *flags = jval_get(ethics, "flags");
    struct table table;
    if (!jval_is(ethics, JVAL_OBJECT)) return;
    page_heading(page, "AI 윤리 점검", "AI-ethics checklist");
    if (jval_count(flags)) {
        table_begin(&table, page->korean ? ko : en);
        for (size_t i = 0; i < jval_count(flags); i++) {
            const jval *one = jval_at(flags, i);
            table_add(&table, page_text(page, jval_get(one, "principle_title")));
            table_add(&table, page_text(page, jval_get(one, "answer_title")));
            table_add_format(&table, "%s → %s", page_text(page, jval_get(one, "text")), page_text(page, jval_get(one, "do")));
        }
        page_table(page, &table, 0);
    }
    buffer_format(&page->out, page_choose(page, "살펴볼 항목 %zu개, 답하지 않은 항목 %zu개\n", "to look at: %zu, not answered: %zu\n"), jval_count(flags),
                  jval_count(jval_get(ethics, "unanswered")));
}

static void add_steps(struct page *page, const jval *steps) {
    const char *const ko[] = {">차례", "할 일", NULL}, *const en[] = {">step", "what to do", NULL};
    struct table table;
    page_heading(page, "다음에 할 일", "What to do next");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(steps); i++) {
        table_add_format(&table, "%zu", i + 1);
        table_add(&table, page_text(page, jval_at(steps, i)));
    }
    page_table(page, &table, 0);
}

/* ---- the questionnaire ---- */

static void write_answers(const struct page *page, const jval *question, struct buffer *text) {
    const jval *choices = jval_get(question, "choices");
    if (!choices)
        buffer_format(text, "%g~%g %s", jval_number(jval_get(question, "least")), jval_number(jval_get(question, "most")), page_text(page, jval_get(question, "unit")));
    for (size_t c = 0; c < jval_count(choices); c++) {
        const jval *one = jval_at(choices, c);
        buffer_format(text, "%s%s = %s (%g)", c ? " / " : "", jval_text(jval_get(one, "id")), page_text(page, jval_get(one, "text")), jval_number(jval_get(one, "points")));
    }
}

static void add_questions(struct page *page, const jval *areas) {
    const char *const ko[] = {"문항", "묻는 것과 답(점수)", NULL}, *const en[] = {"question", "what is asked, and answers (points)", NULL};
    for (size_t a = 0; a < jval_count(areas); a++) {
        const jval *area = jval_at(areas, a), *questions = jval_get(area, "questions");
        struct table table;
        page_heading_format(page, "%s (%g)", page_text(page, jval_get(area, "title")), jval_number(jval_get(area, "points")));
        table_begin(&table, page->korean ? ko : en);
        for (size_t q = 0; q < jval_count(questions); q++) {
            struct buffer text = BUFFER_EMPTY;
            buffer_format(&text, "%s ", page_text(page, jval_get(jval_at(questions, q), "text")));
            write_answers(page, jval_at(questions, q), &text);
            table_add(&table, jval_text(jval_get(jval_at(questions, q), "id")));
            table_add(&table, text.failed ? "" : text.bytes);
            buffer_free(&text);
        }
        page_table(page, &table, 0);
    }
}

static void add_items(struct page *page, const jval *items) {
    const char *const ko[] = {"항목", "원칙", "묻는 것", NULL}, *const en[] = {"item", "principle", "what is asked", NULL};
    struct table table;
    page_heading(page, "AI 윤리 점검표", "AI-ethics checklist");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(items); i++) {
        table_add(&table, jval_text(jval_get(jval_at(items, i), "id")));
        table_add(&table, page_text(page, jval_get(jval_get(jval_at(items, i), "principle"), "title")));
        table_add(&table, page_text(page, jval_get(jval_at(items, i), "text")));
    }
    page_table(page, &table, 0);
}

void render_diagnosis(struct page *page, const jval *result) {
    const jval *questionnaire = jval_get(result, "questionnaire");
    if (questionnaire) {
        add_questions(page, jval_get(questionnaire, "areas"));
        add_items(page, jval_get(jval_get(result, "ethics"), "items"));
        return;
    }
    add_score(page, result);
    add_areas(page, jval_get(result, "areas"));
    add_steps(page, jval_get(result, "next"));
    render_programs(page, jval_get(result, "programs"));
    add_ethics(page, jval_get(result, "ethics"));
    add_lines(page, page_text(page, jval_get(result, "defaults")));
}
