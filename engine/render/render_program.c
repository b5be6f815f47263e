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

/* "2025-01-01" as "2025-01": a list has little room. */
static void add_period(struct table *table, const jval *one) {
    table_add_format(table, "%.7s~%.7s", jval_text(jval_get(one, "effective_from")), jval_text(jval_get(one, "effective_to")));
}

static const char *module_word(const struct page *page, const char *id) {
    static const char *const words[][3] = {{"diagnosis", "진단", "diagnosis"}, {"consulting", "컨설팅", "consulting"}, {"matching", "매칭", "matching"}, {"support", "지원", "support"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], id) == 0) return page_choose(page, words[i][1], words[i][2]);
    return id;
}

static void add_sides(struct table *table, const struct page *page, const jval *one) {
    const char *law = jval_text(jval_get(one, "jurisdiction")), *module = module_word(page, jval_text(jval_get(one, "module")));
    if (jval_get(one, "title"))
        table_add_format(table, "%s: %s × %s%s%s%s%s", page_text(page, jval_get(one, "title")), page_text(page, jval_get(one, "demand_side")), page_text(page, jval_get(one, "supplier_side")),
                         *module ? " · " : "", module, *law ? " · " : "", law);
    else table_add(table, "");
}

static void add_program_list(struct page *page, const jval *programs) {
    const char *const ko[] = {"사업", "시행", ">정원", ">예산", "점검", "이름: 수요 × 공급 · 모듈 · 관할", NULL};
    const char *const en[] = {"program", "in force", ">quota", ">budget", "check", "title: demand × supply · module · jurisdiction", NULL};
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(programs); i++) {
        const jval *one = jval_at(programs, i);
        struct buffer state = BUFFER_EMPTY;
        add_counts(page, one, &state);
        table_add(&table, jval_text(jval_get(one, "id")));
        add_period(&table, one);
        add_number(&table, jval_get(one, "quota"));
        add_amount(&table, page, jval_get(one, "budget_krw"));
        table_add(&table, state.failed ? "" : state.bytes);
        add_sides(&table, page, one);
        buffer_free(&state);
    }
    page_table(page, &table, 0);
}

/* ---- one program ---- */

/* A value of the file as it stands there; a parameter or a value of the law by its name. */
static void add_value(struct table *table, const jval *value) {
    struct problem ignored = {0};
    char *text = NULL;
    if (jval_is(value, JVAL_TEXT)) table_add(table, jval_text(value));
    else if (jval_write(value, false, &text, &ignored) == IEUM_OK) table_add(table, text);
    else table_add(table, "");
    memory_free(text);
}

static const char *missing_word(const struct page *page, const jval *rule) {
    const char *missing = jval_text(jval_get(rule, "missing")), *test = jval_text(jval_get(rule, "test"));
    if (jval_is(jval_get(rule, "enabled"), JVAL_FALSE)) return page_choose(page, "꺼짐", "off");
    if (strcmp(test, "unrelated") == 0 || strcmp(test, "not_listed") == 0) return "-";
    if (strcmp(missing, "fail") == 0 || (!*missing && strcmp(test, "present") == 0)) return page_choose(page, "제외", "bars");
    if (strcmp(missing, "pass") == 0) return page_choose(page, "통과", "passes");
    return jval_is(jval_get(rule, "missing"), JVAL_OBJECT) ? page_choose(page, "정한 값", "as set") : page_choose(page, "확인", "is asked");
}

static void add_rules(struct page *page, const jval *rules, const char *ko_title, const char *en_title) {
    const char *const ko[] = {"규칙", "없으면", "충족하지 않을 때의 문장 (근거)", NULL}, *const en[] = {"rule", "missing", "the sentence when it is not met (source)", NULL};
    struct table table;
    if (jval_count(rules) == 0) return;
    page_heading(page, ko_title, en_title);
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(rules); i++) {
        const jval *rule = jval_at(rules, i);
        table_add(&table, jval_text(jval_get(rule, "id")));
        table_add(&table, missing_word(page, rule));
        table_add_format(&table, "%s (%s)", page_text(page, jval_get(rule, "reason")), jval_text(jval_get(rule, "source")));
    }
    page_table(page, &table, 0);
}

static void add_criteria(struct page *page, const jval *program) {
    const char *const ko[] = {"평가 항목", ">배점", "무엇을 보는지 (비중)", NULL}, *const en[] = {"criterion", ">points", "what is looked at (weight)", NULL};
    const jval *criteria = jval_get(program, "criteria"), *features = jval_get(program, "features");
    struct table table;
    page_heading(page, "평가 항목과 배점", "Criteria and points");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(criteria); i++) {
        const jval *parts = jval_get(jval_at(criteria, i), "features");
        struct buffer names = BUFFER_EMPTY;
        for (size_t p = 0; p < jval_count(parts); p++)
            for (size_t f = 0; f < jval_count(features); f++)
                if (jval_equal(jval_get(jval_at(features, f), "id"), jval_get(jval_at(parts, p), "feature")))
                    buffer_format(&names, "%s%s (%g)", p ? ", " : "", page_text(page, jval_get(jval_at(features, f), "title")), jval_number(jval_get(jval_at(parts, p), "weight")));
        table_add(&table, page_text(page, jval_get(jval_at(criteria, i), "title")));
        table_add_format(&table, "%g", jval_number(jval_get(jval_at(criteria, i), "points")));
        table_add(&table, names.failed || !names.bytes ? "" : names.bytes);
        buffer_free(&names);
    }
    page_table(page, &table, 0);
}

static void add_calendar(struct page *page, const jval *calendar) {
    const char *const ko[] = {"단계", "시작", "끝", "근거", NULL}, *const en[] = {"stage", "from", "to", "source", NULL};
    struct table table;
    if (jval_count(calendar) == 0) return;
    page_heading(page, "일정", "Calendar");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(calendar); i++) {
        table_add(&table, page_text(page, jval_get(jval_at(calendar, i), "title")));
        table_add(&table, jval_text(jval_get(jval_at(calendar, i), "from")));
        table_add(&table, jval_text(jval_get(jval_at(calendar, i), "to")));
        table_add(&table, jval_text(jval_get(jval_at(calendar, i), "source")));
    }
    page_table(page, &table, 0);
}

static void add_parameters(struct page *page, const jval *parameters) {
    const char *const ko[] = {"정한 것", "값", "까닭 (근거)", NULL}, *const en[] = {"choice", "value", "why (source)", NULL};
    struct table table;
    if (jval_count(parameters) == 0) return;
    page_heading(page, "정해 둔 값(모호한 점의 처리)", "Parameters (settled ambiguities)");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(parameters); i++) {
        const jval *one = jval_at(parameters, i), *value = jval_get(one, "value");
        table_add(&table, jval_text(jval_get(one, "id")));
        if ((jval_is(value, JVAL_ARRAY) || jval_is(value, JVAL_OBJECT)) && jval_count(value) > 3) table_add_format(&table, page_choose(page, "%zu개", "%zu values"), jval_count(value));
        else add_value(&table, value);
        table_add_format(&table, "%s (%s)", page_text(page, jval_get(one, "note")), jval_text(jval_get(one, "source")));
    }
    page_table(page, &table, 0);
}

/* Who with whom, when, how many, how much: a line each where the file says it. */
static void add_facts(struct page *page, const jval *program) {
    const jval *sides = jval_get(program, "sides"), *effective = jval_get(program, "effective"), *quota = jval_get(program, "quota"), *budget = jval_get(program, "budget");
    buffer_format(&page->out, page_choose(page, "양쪽    %s × %s\n", "sides     %s × %s\n"), page_text(page, jval_get(sides, "demand")), page_text(page, jval_get(sides, "supplier")));
    buffer_format(&page->out, page_choose(page, "시행    %s ~ %s\n", "in force  %s ~ %s\n"), jval_text(jval_get(effective, "from")), jval_text(jval_get(effective, "to")));
    if (jval_is(jval_get(quota, "demands"), JVAL_INTEGER))
        buffer_format(&page->out, page_choose(page, "정원    %lld (%s)\n", "quota     %lld (%s)\n"), (long long)jval_integer(jval_get(quota, "demands")), jval_text(jval_get(quota, "source")));
    if (jval_is(jval_get(budget, "total_krw"), JVAL_INTEGER))
        buffer_format(&page->out, page_choose(page, "예산    %.15g백만원 (%s)\n", "budget    %.15g M KRW (%s)\n"), (double)jval_integer(jval_get(budget, "total_krw")) / 1e6,
                      jval_text(jval_get(budget, "source")));
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
    if (jval_get(result, "text")) { /* a file to begin with, as it will stand in its folder */
        buffer_add_text(&page->out, jval_text(jval_get(result, "text")));
        return;
    }
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
    add_facts(page, program);
    add_rules(page, jval_get(program, "eligibility"), "자격 요건", "Eligibility");
    add_rules(page, jval_get(program, "pair_rules"), "결합 제한", "Pair rules");
    add_criteria(page, program);
    add_calendar(page, jval_get(program, "calendar"));
    add_parameters(page, jval_get(program, "parameters"));
}
