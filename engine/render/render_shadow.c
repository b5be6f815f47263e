/* SPDX-License-Identifier: Apache-2.0 */
/* The page of a shadow round: how far the past decisions and the engine agree, decision by decision why not, and the methods side by side. */
#include "chart_svg.h"
#include "page.h"
#include "table.h"

#include <string.h>

static long long count_of(const jval *object, const char *key) { return (long long)jval_integer(jval_get(object, key)); }

static void add_wrapped(struct page *page, const char *text) {
    text_wrap(text, 0, 0, page->width, &page->out);
    buffer_add_byte(&page->out, '\n');
}

static void add_head(struct page *page, const jval *result) {
    const jval *program = jval_get(result, "program"), *counts = jval_get(result, "counts");
    buffer_format(&page->out, page_choose(page, "그림자 회차: %s (%s %s)\n", "Shadow round: %s (%s %s)\n"), page_text(page, jval_get(program, "title")),
                  jval_text(jval_get(program, "id")), jval_text(jval_get(program, "version")));
    if (strcmp(jval_text(jval_get(jval_get(result, "model"), "id")), "rubric") != 0)
        buffer_format(&page->out, page_choose(page, "모형 %s\n", "model %s\n"), jval_text(jval_get(jval_get(result, "model"), "id")));
    buffer_format(&page->out,
                  page_choose(page, "지난 결정 %lld건 가운데 %lld건을 견주었습니다 (수요과제 %lld건, 공급기업 %lld곳).\n",
                              "%lld past decisions, %lld of them compared (%lld demands, %lld suppliers).\n"),
                  count_of(counts, "decisions"), count_of(counts, "judged"), count_of(counts, "demands"), count_of(counts, "suppliers"));
}

/* ---- agreement ---- */

static void add_share(struct table *table, const char *what, long long count, long long of) {
    table_add(table, what);
    table_add_format(table, "%lld/%lld", count, of);
    if (of) table_add_format(table, "%.0f%%", 100.0 * (double)count / (double)of);
    else table_add(table, "–");
}

static void add_agreement(struct page *page, const jval *result) {
    const char *const ko[] = {"지난 결정", ">건수", ">비율", NULL}, *const en[] = {"past decisions", ">number", ">share", NULL};
    const jval *agreement = jval_get(result, "agreement"), *counts = jval_get(result, "counts"), *reciprocal = jval_get(agreement, "mean_reciprocal_rank");
    const long long judged = count_of(counts, "judged");
    struct table table;
    page_heading(page, "결정과 순위", "Decisions and ranks");
    table_begin(&table, page->korean ? ko : en);
    add_share(&table, page_choose(page, "정해진 기업이 엔진의 1위", "the supplier is at rank 1"), count_of(jval_get(agreement, "first"), "count"), judged);
    add_share(&table, page_choose(page, "3위 안", "within rank 3"), count_of(jval_get(agreement, "top_3"), "count"), judged);
    add_share(&table, page_choose(page, "10위 안", "within rank 10"), count_of(jval_get(agreement, "top_10"), "count"), judged);
    add_share(&table, page_choose(page, "결합 제한에 걸림(순위 없음)", "barred by a pair rule (no rank)"), count_of(counts, "barred"), judged);
    add_share(&table, page_choose(page, "자격 요건에 맞지 않는 과제", "the demand is not eligible"), count_of(counts, "ineligible"), judged);
    page_table(page, &table, 0);
    if (reciprocal && !jval_is(reciprocal, JVAL_NULL))
        buffer_format(&page->out, page_choose(page, "순위의 역수 평균(MRR, 1이면 모두 1위): %.3f\n", "mean reciprocal rank (1: all at rank 1): %.3f\n"), jval_number(reciprocal));
}

/* ---- decisions ---- */

/* Which kind of rule speaks against it. */
static const char *against(const struct page *page, const jval *decision) {
    const bool ineligible = !jval_true(jval_get(decision, "eligible")), barred = jval_true(jval_get(decision, "barred"));
    if (ineligible && barred) return page_choose(page, "자격 · 제한", "both");
    return ineligible ? page_choose(page, "자격 요건", "eligibility") : barred ? page_choose(page, "결합 제한", "pair rule") : "";
}

/* Points; of a learned model its score, which is none of points. */
static void add_score(struct table *table, const jval *one, bool learned) {
    if (learned) table_add_format(table, "%.3f", jval_number(jval_get(one, "score")));
    else table_add_format(table, "%.1f", jval_number(jval_get(one, "points")));
}

static void add_decision(struct page *page, struct table *table, const jval *decision, bool learned) {
    const jval *rank = jval_get(decision, "rank");
    table_add_format(table, "%s %s", jval_text(jval_get(decision, "demand")), jval_text(jval_get(decision, "demand_name")));
    table_add_format(table, "%s %s", jval_text(jval_get(decision, "supplier")), jval_text(jval_get(decision, "supplier_name")));
    if (jval_is(rank, JVAL_INTEGER)) table_add_format(table, "%lld/%lld", (long long)jval_integer(rank), count_of(decision, "allowed"));
    else table_add(table, "–");
    add_score(table, decision, learned);
    table_add(table, against(page, decision));
}

static void add_decisions(struct page *page, const jval *decisions, bool learned) {
    const char *const ko[] = {"수요과제", "정해진 공급기업", ">순위", ">점수", "어긋남", NULL};
    const char *const en[] = {"demand", "supplier decided", ">rank", learned ? ">score" : ">points", "against", NULL};
    struct table table;
    if (!jval_count(decisions)) return;
    page_heading(page, "결정마다", "Decision by decision");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(decisions); i++) add_decision(page, &table, jval_at(decisions, i), learned);
    page_table(page, &table, 0);
}

static void add_line(struct page *page, const char *text) {
    buffer_add_text(&page->out, "  · ");
    text_wrap(text, 4, 4, page->width, &page->out);
    buffer_add_byte(&page->out, '\n');
}

/* The sentences of the rules that failed, a line each. */
static void add_failed(struct page *page, const jval *findings) {
    for (size_t i = 0; i < jval_count(findings); i++)
        if (strcmp(jval_text(jval_get(jval_at(findings, i), "verdict")), "fail") == 0) add_line(page, page_text(page, jval_get(jval_at(findings, i), "text")));
}

static void add_behind(struct page *page, const jval *decision, bool learned) {
    const jval *best = jval_get(decision, "best"), *first = jval_at(jval_get(decision, "behind"), 0);
    const char *supplier = jval_text(jval_get(best, "supplier")), *name = jval_text(jval_get(best, "name")), *title = page_text(page, jval_get(first, "title"));
    struct buffer line = BUFFER_EMPTY;
    if (!first) return;
    if (learned)
        buffer_format(&line, page_choose(page, "1위는 %s %s입니다(점수 %.3f). 차이는 '%s'에서 가장 큽니다(%.3f).",
                                         "Rank 1 is %s %s with a score of %.3f. The difference is greatest in '%s' (%.3f)."),
                      supplier, name, jval_number(jval_get(best, "score")), title, jval_number(jval_get(first, "by")));
    else
        buffer_format(&line, page_choose(page, "1위는 %s %s %.1f점입니다. 차이는 '%s'에서 가장 큽니다(%.1f점).",
                                         "Rank 1 is %s %s with %.1f points. The difference is greatest in '%s' (%.1f points)."),
                      supplier, name, jval_number(jval_get(best, "points")), title, jval_number(jval_get(first, "points")));
    if (line.bytes) add_line(page, line.bytes);
    if (line.failed) page->out.failed = true;
    buffer_free(&line);
}

/* Of each decision with which rules or ranks do not agree, the reasons. */
static void add_reasons(struct page *page, const jval *decisions, bool learned) {
    bool any = false;
    for (size_t i = 0; i < jval_count(decisions); i++) {
        const jval *decision = jval_at(decisions, i);
        if (!*against(page, decision) && !jval_count(jval_get(decision, "behind"))) continue;
        if (!any) page_heading(page, "차이의 까닭", "Why they differ");
        any = true;
        buffer_format(&page->out, "%s → %s %s\n", jval_text(jval_get(decision, "demand")), jval_text(jval_get(decision, "supplier")),
                      jval_text(jval_get(decision, "supplier_name")));
        add_failed(page, jval_get(decision, "details"));
        add_failed(page, jval_get(decision, "pair_details"));
        add_behind(page, decision, learned);
    }
}

static void add_rules(struct page *page, const jval *rules) {
    const char *const ko[] = {"규칙", "종류", ">결정", NULL}, *const en[] = {"rule", "kind", ">decisions", NULL};
    struct table table;
    if (!jval_count(rules)) return;
    page_heading(page, "결정과 어긋나는 규칙", "Rules that speak against decisions");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(rules); i++) {
        const jval *one = jval_at(rules, i);
        const bool pair = strcmp(jval_text(jval_get(one, "kind")), "pair") == 0;
        table_add(&table, jval_text(jval_get(one, "rule")));
        table_add(&table, pair ? page_choose(page, "결합 제한", "pair rule") : page_choose(page, "자격 요건", "eligibility"));
        table_add_format(&table, "%lld", count_of(one, "decisions"));
    }
    page_table(page, &table, 0);
}

static void add_criteria(struct page *page, const jval *behind, bool learned) {
    const char *const ko[] = {"평가 항목", ">결정", ">평균 점수 차", NULL}, *const en[] = {"criterion", ">decisions", ">mean difference", NULL};
    struct table table;
    if (!jval_count(behind)) return;
    page_heading(page, "차이를 가장 크게 만든 항목", "Criteria that make most of the difference");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(behind); i++) {
        table_add(&table, page_text(page, jval_get(jval_at(behind, i), "title")));
        table_add_format(&table, "%lld", count_of(jval_at(behind, i), "decisions"));
        if (learned) table_add_format(&table, "%.3f", jval_number(jval_get(jval_at(behind, i), "mean_by")));
        else table_add_format(&table, "%.1f", jval_number(jval_get(jval_at(behind, i), "mean_points")));
    }
    page_table(page, &table, 0);
}

/* ---- methods ---- */

static void add_methods(struct page *page, const jval *result) {
    const jval *comparison = jval_get(result, "comparison"), *counts = jval_get(result, "counts");
    struct buffer note = BUFFER_EMPTY;
    if (!jval_count(comparison)) return;
    page_heading(page, "배정 방법과 나란히", "Beside the methods of assignment");
    buffer_format(&note,
                  page_choose(page, "결정된 과제 가운데 자격이 있는 %lld건(결정 %lld건)을, 그때 정해진 수만큼의 공급기업으로 "
                              "다시 배정해 본 것입니다. 쌍마다의 점수를 더한 값이며, 배점 만점이 1입니다.",
                              "The %lld decided demands that are eligible (%lld decisions), assigned again to as many suppliers "
                              "as they were given. Scores of pairs are added up; full points are 1."),
                  count_of(counts, "compared_demands"), count_of(counts, "compared_pairs"));
    if (note.bytes) add_wrapped(page, note.bytes);
    buffer_free(&note);
    buffer_add_byte(&page->out, '\n');
    render_comparison(page, comparison);
    buffer_add_byte(&page->out, '\n');
    for (size_t i = 1; i < jval_count(comparison); i++) {
        const jval *one = jval_at(comparison, i), *agreement = jval_get(one, "agreement");
        if (!agreement) continue;
        buffer_format(&page->out, page_choose(page, "%s: 결정과 같은 쌍 %lld/%lld (%.0f%%)\n", "%s: %lld of %lld pairs as decided (%.0f%%)\n"),
                      chart_method_name(jval_text(jval_get(one, "method")), page->korean), count_of(agreement, "count"), count_of(counts, "compared_pairs"),
                      100 * jval_number(jval_get(agreement, "share")));
    }
}

/* ---- what could not be seen ---- */

static void add_not_seen(struct page *page, const jval *list) {
    const char *const ko[] = {">행", "수요과제", "공급기업", "까닭", NULL}, *const en[] = {">line", "demand", "supplier", "why", NULL};
    struct table table;
    if (!jval_count(list)) return;
    page_heading(page, "견주지 못한 결정", "Decisions that could not be compared");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(list); i++) {
        const jval *one = jval_at(list, i);
        if (jval_get(one, "line")) table_add_format(&table, "%lld", count_of(one, "line"));
        else table_add(&table, "–");
        table_add(&table, jval_text(jval_get(one, "demand")));
        table_add(&table, jval_text(jval_get(one, "supplier")));
        if (jval_get(one, "other_line"))
            table_add_format(&table, page_choose(page, "%s (%lld행)", "%s (line %lld)"), page_text(page, jval_get(one, "text")), count_of(one, "other_line"));
        else table_add(&table, page_text(page, jval_get(one, "text")));
    }
    page_table(page, &table, 0);
}

void render_shadow(struct page *page, const jval *result) {
    const bool learned = strcmp(jval_text(jval_get(jval_get(result, "model"), "id")), "rubric") != 0;
    add_head(page, result);
    add_agreement(page, result);
    add_decisions(page, jval_get(result, "decisions"), learned);
    add_reasons(page, jval_get(result, "decisions"), learned);
    add_rules(page, jval_get(result, "rules"));
    add_criteria(page, jval_get(result, "behind"), learned);
    add_methods(page, result);
    add_not_seen(page, jval_get(result, "not_seen"));
    buffer_add_byte(&page->out, '\n');
    add_wrapped(page, page_choose(page, "엔진이 사업의 규칙과 배점으로 계산한 것이며, 그때의 결정이 틀렸다는 뜻이 아닙니다. 저장한 것은 없습니다.",
                                  "Computed from the program's rules and points; it does not say that a decision was wrong. Nothing was stored."));
}
