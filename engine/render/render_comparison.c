/* SPDX-License-Identifier: Apache-2.0 */
/* Several methods side by side: a row a measure, a column a method. The same numbers as the picture of chart_svg.h. */
#include <stdio.h>
#include <string.h>

#include "../base/utf8.h"
#include "chart_svg.h"
#include "page.h"
#include "table.h"

enum { METHODS_BESIDE = 5, HEADER = 64 };

static const struct row {
    const char *key, *ko, *en;
    bool whole; /* a count */
} rows[] = {
    {"pairs", "쌍", "pairs", true},
    {"total", "점수 합계", "total", false},
    {"worst_pair", "가장 낮은 쌍의 점수", "worst pair", false},
    {"worst_demand", "가장 불리한 과제의 점수", "worst-off demand", false},
    {"unmatched_demands", "쌍이 없는 과제", "unmatched demands", true},
    {"idle_suppliers", "쌍이 없는 공급기업", "idle suppliers", true},
    {"blocking_pairs", "서로 더 원하는 쌍", "blocking pairs", true},
    {"envy", "부러워하는 과제", "demands that envy", true},
    {"greatest_exposure", "한 기업의 최다 쌍", "most per supplier", true},
    {"exposure_gini", "쏠림(지니 계수)", "Gini of exposure", false},
    {"newcomers", "쌍이 있는 신규 기업", "newcomers", true},
};

static bool any_has(const jval *comparison, const char *key) {
    for (size_t i = 0; i < jval_count(comparison); i++)
        if (jval_get(jval_get(jval_at(comparison, i), "measures"), key)) return true;
    return false;
}

static void add_value(struct table *table, const struct row *row, const jval *value) {
    if (!value || jval_is(value, JVAL_NULL)) table_add(table, "–");
    else if (row->whole) table_add_format(table, "%lld", (long long)jval_integer(value));
    else table_add_format(table, "%.4f", jval_number(value));
}

static void add_methods(struct page *page, const jval *comparison, size_t first) {
    const char *headers[METHODS_BESIDE + 2] = {page_choose(page, "척도", "measure")};
    char right[METHODS_BESIDE][HEADER];
    const size_t left = jval_count(comparison) - first, shown = left < METHODS_BESIDE ? left : METHODS_BESIDE;
    struct table table;
    for (size_t m = 0; m < shown; m++) {
        const char *method = jval_text(jval_get(jval_at(comparison, first + m), "method"));
        const char *name = chart_method_name(method, page->korean);
        snprintf(right[m], sizeof right[m], ">%.*s", (int)utf8_cut(name, strlen(name), HEADER - 2), name);
        headers[m + 1] = right[m];
    }
    table_begin(&table, headers);
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        if (!any_has(comparison, rows[r].key)) continue;
        table_add(&table, page_choose(page, rows[r].ko, rows[r].en));
        for (size_t m = 0; m < shown; m++) add_value(&table, &rows[r], jval_get(jval_get(jval_at(comparison, first + m), "measures"), rows[r].key));
    }
    page_table(page, &table, 0);
}

void render_comparison(struct page *page, const jval *comparison) {
    for (size_t first = 0; first < jval_count(comparison); first += METHODS_BESIDE) add_methods(page, comparison, first);
    for (size_t i = 0; i < jval_count(comparison); i++) {
        const jval *one = jval_at(comparison, i);
        if (strcmp(jval_text(jval_get(one, "status")), "infeasible") != 0) continue;
        buffer_format(&page->out, page_choose(page, "%s: 조건을 모두 만족하는 배정이 없습니다.\n", "%s: no assignment meets all conditions.\n"),
                      chart_method_name(jval_text(jval_get(one, "method")), page->korean));
    }
}
