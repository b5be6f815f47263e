/* SPDX-License-Identifier: Apache-2.0 */
/* Programs on a page: the list, one program to read, and what is wrong with a program's file. */
#include <stdio.h>
#include <string.h>

#include "page.h"
#include "table.h"

/* How many mistakes, in words. */
static void add_counts(struct page *page, const jval *one, struct buffer *out) {
    const long long errors = (long long)jval_integer(jval_get(one, "errors")), warnings = (long long)jval_integer(jval_get(one, "warnings"));
    if (errors) buffer_format(out, page_choose(page, "오류 %lld건", "%lld errors"), errors);
    if (errors && warnings) buffer_add_text(out, ", ");
    if (warnings) buffer_format(out, page_choose(page, "주의 %lld건", "%lld warnings"), warnings);
    if (!errors && !warnings) buffer_add_text(out, page_choose(page, "이상 없음", "sound"));
}

/* Millions of won, which is how budgets of programs are spoken of. */
static void add_amount(struct table *table, const struct page *page, const jval *krw) {
    if (krw) table_add_format(table, page_choose(page, "%.15g백만원", "%.15g M KRW"), (double)jval_integer(krw) / 1e6);
    else table_add(table, "-");
}

static void add_number(struct table *table, const jval *number) {
    if (number) table_add_format(table, "%lld", (long long)jval_integer(number));
    else table_add(table, "-");
}

static void add_program_list(struct page *page, const jval *programs) {
    const char *const ko[] = {"사업", "시행", ">정원", ">예산", "점검", "이름 (수요 × 공급)", NULL};
    const char *const en[] = {"program", "in force", ">quota", ">budget", "check", "title (demand x supply)", NULL};
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(programs); i++) {
        const jval *one = jval_at(programs, i);
        struct buffer state = BUFFER_EMPTY;
        add_counts(page, one, &state);
        table_add(&table, jval_text(jval_get(one, "id")));
        table_add_format(&table, "%s ~ %s", jval_text(jval_get(one, "effective_from")), jval_text(jval_get(one, "effective_to")));
        add_number(&table, jval_get(one, "quota"));
        add_amount(&table, page, jval_get(one, "budget_krw"));
        table_add(&table, state.failed ? "" : state.bytes);
        if (jval_get(one, "title"))
            table_add_format(&table, "%s (%s × %s)", page_text(page, jval_get(one, "title")), page_text(page, jval_get(one, "demand_side")), page_text(page, jval_get(one, "supplier_side")));
        else table_add(&table, "");
        buffer_free(&state);
    }
    page_table(page, &table, 0);
}

static void add_rules(struct page *page, const jval *rules, const char *ko_title, const char *en_title) {
    const char *const ko[] = {"규칙", "사유", NULL}, *const en[] = {"rule", "reason", NULL};
    struct table table;
    page_heading(page, ko_title, en_title);
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(rules); i++) {
        table_add(&table, jval_text(jval_get(jval_at(rules, i), "id")));
        table_add(&table, page_text(page, jval_get(jval_at(rules, i), "reason")));
    }
    page_table(page, &table, 0);
}

static void add_criteria(struct page *page, const jval *criteria) {
    const char *const ko[] = {"평가 항목", ">배점", NULL}, *const en[] = {"criterion", ">points", NULL};
    struct table table;
    page_heading(page, "평가 항목과 배점", "Criteria and points");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(criteria); i++) {
        table_add(&table, page_text(page, jval_get(jval_at(criteria, i), "title")));
        table_add_format(&table, "%g", jval_number(jval_get(jval_at(criteria, i), "points")));
    }
    page_table(page, &table, 0);
}

static void add_parameters(struct page *page, const jval *parameters) {
    const char *const ko[] = {"정한 값", "설명", NULL}, *const en[] = {"parameter", "note", NULL};
    struct table table;
    page_heading(page, "정해 둔 값(모호한 점의 처리)", "Parameters (settled ambiguities)");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(parameters); i++) {
        table_add(&table, jval_text(jval_get(jval_at(parameters, i), "id")));
        table_add(&table, page_text(page, jval_get(jval_at(parameters, i), "note")));
    }
    page_table(page, &table, 0);
}

/* One mistake: where, what, and what stands there. */
static void add_mistake(struct page *page, const jval *one) {
    const char *pointer = jval_text(jval_get(one, "pointer")), *value = jval_text(jval_get(one, "value")), *expected = jval_text(jval_get(one, "expected"));
    const bool warning = strcmp(jval_text(jval_get(one, "severity")), "warning") == 0;
    struct buffer line = BUFFER_EMPTY;
    buffer_format(&line, "  %s %s: %s", warning ? page_choose(page, "주의", "warning") : page_choose(page, "오류", "error"), *pointer ? pointer : "/",
                  page_text(page, jval_get(one, "text")));
    if (*value) buffer_format(&line, page_choose(page, " (입력: %s)", " (found: %s)"), value);
    if (*expected) buffer_format(&line, page_choose(page, " (기대: %s)", " (expected: %s)"), expected);
    text_wrap(line.failed ? "" : line.bytes, 0, 6, page->width, &page->out);
    buffer_add_byte(&page->out, '\n');
    buffer_free(&line);
}

void render_mistakes(struct page *page, const jval *mistakes, bool but_first) {
    bool first = but_first;
    if (jval_count(mistakes) > 1 && but_first) buffer_add_text(&page->out, page_choose(page, "그 밖에\n", "Also\n"));
    for (size_t i = 0; i < jval_count(mistakes); i++) {
        const jval *one = jval_at(mistakes, i);
        /* The first error is the problem itself; warnings may stand before it. */
        if (first && strcmp(jval_text(jval_get(one, "severity")), "error") == 0) first = false;
        else add_mistake(page, one);
    }
}

static void add_verdict(struct page *page, const jval *result) {
    const long long warnings = (long long)jval_integer(jval_get(result, "warnings"));
    if (warnings) buffer_format(&page->out, page_choose(page, "사업 파일에 오류가 없습니다. 주의할 점 %lld건:\n", "The program file is sound. Warnings: %lld\n"), warnings);
    else buffer_add_text(&page->out, page_choose(page, "사업 파일에 이상이 없습니다.\n", "The program file is sound.\n"));
    render_mistakes(page, jval_get(result, "mistakes"), false);
}

void render_program(struct page *page, const jval *result) {
    const jval *programs = jval_get(result, "programs"), *program = jval_get(result, "program");
    if (programs) {
        add_program_list(page, programs);
        return;
    }
    buffer_format(&page->out, "%s (%s %s)\n", page_text(page, jval_get(program, "title")), jval_text(jval_get(program, "id")),
                  jval_text(jval_get(program, "version")));
    if (jval_get(result, "ok")) {
        add_verdict(page, result);
        return;
    }
    text_wrap(page_text(page, jval_get(program, "summary")), 0, 0, page->width, &page->out);
    buffer_add_byte(&page->out, '\n');
    render_parties(page, jval_get(result, "parties"), NULL);
    add_rules(page, jval_get(program, "eligibility"), "자격 요건", "Eligibility");
    add_rules(page, jval_get(program, "pair_rules"), "결합 제한", "Pair rules");
    add_criteria(page, jval_get(program, "criteria"));
    add_parameters(page, jval_get(program, "parameters"));
}
