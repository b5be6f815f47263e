/* SPDX-License-Identifier: Apache-2.0 */
/* A selection on a page: by which rules, the ranking with the quota line drawn in it, the reserve list in it, who fell out and why, and what a person should look at. */
#include <string.h>

#include "page.h"
#include "table.h"

static int64_t whole(const jval *object, const char *key) { return jval_integer(jval_get(object, key)); }
static bool given(const jval *object, const char *key) { return !jval_is(jval_get(object, key), JVAL_NULL); }

/* 12345678 → "12,345,678" */
static void add_krw(struct buffer *out, int64_t amount) {
    struct buffer plain = BUFFER_EMPTY;
    buffer_format(&plain, "%lld", (long long)amount);
    for (size_t i = 0; i < plain.size; i++) {
        if (i && (plain.size - i) % 3 == 0) buffer_add_byte(out, ',');
        buffer_add_byte(out, plain.bytes[i]);
    }
    buffer_free(&plain);
}

/* A line as wide as the page, continued below; frees the text. */
static void add_wrapped(struct page *page, struct buffer *text) {
    if (text->bytes) text_wrap(text->bytes, 0, 2, page->width, &page->out);
    buffer_add_byte(&page->out, '\n');
    buffer_free(text);
}

static void add_rules(struct page *page, const jval *selection) {
    const jval *rules = jval_get(selection, "rules"), *weights = jval_get(rules, "weights"), *committee = jval_get(rules, "committee");
    struct buffer text = BUFFER_EMPTY;
    if (jval_true(jval_get(jval_get(selection, "committee"), "counted")))
        buffer_format(&text,
                      page_choose(page, "총점 = 배점표 × %g + 위원회 × %g + 가점. 위원회: 최고 %lld개, 최저 %lld개를 뺀 평균(위원 %lld명 이상). 소수점 아래 %lld자리까지.",
                                  "total = rubric × %g + committee × %g + bonus. Committee: mean without the %lld highest and the %lld lowest (at least %lld members); %lld decimals."),
                      jval_number(jval_get(weights, "rubric")), jval_number(jval_get(weights, "committee")), (long long)whole(committee, "drop_highest"),
                      (long long)whole(committee, "drop_lowest"), (long long)whole(committee, "least_members"), (long long)whole(rules, "decimals"));
    else buffer_add_text(&text, page_text(page, jval_get(jval_get(selection, "committee"), "note")));
    add_wrapped(page, &text);
}

static void add_head(struct page *page, const jval *selection) {
    const jval *program = jval_get(selection, "program"), *counts = jval_get(selection, "counts"), *rules = jval_get(selection, "rules");
    const jval *budget = jval_get(selection, "budget");
    buffer_format(&page->out, "%s (%s %s) — %s\n", page_text(page, jval_get(program, "title")), jval_text(jval_get(program, "id")),
                  jval_text(jval_get(program, "version")), page_text(page, jval_get(jval_get(selection, "stage"), "title")));
    buffer_format(&page->out, page_choose(page, "신청 %lld · 적격 %lld · 선발 %lld · 예비 %lld", "%lld applicants · %lld eligible · %lld selected · %lld in reserve"),
                  (long long)whole(counts, "applicants"), (long long)whole(counts, "eligible"), (long long)whole(counts, "selected"),
                  (long long)whole(counts, "reserve"));
    if (given(rules, "quota"))
        buffer_format(&page->out, page_choose(page, " · 정원 %lld", " · quota %lld"), (long long)whole(rules, "quota"));
    if (given(counts, "applicants_per_place"))
        buffer_format(&page->out, page_choose(page, " (경쟁률 %g:1)", " (%g to 1)"), jval_number(jval_get(counts, "applicants_per_place")));
    buffer_add_byte(&page->out, '\n');
    for (size_t t = 0; t < jval_count(jval_get(selection, "tracks")); t++) {
        const jval *track = jval_at(jval_get(selection, "tracks"), t);
        buffer_format(&page->out, page_choose(page, "%s: 신청 %lld · 선발 %lld · 예비 %lld", "%s: %lld applicants · %lld selected · %lld in reserve"),
                      page_text(page, jval_get(track, "title")), (long long)whole(track, "applicants"), (long long)whole(track, "selected"), (long long)whole(track, "reserve"));
        if (given(track, "quota")) buffer_format(&page->out, page_choose(page, " · 정원 %lld", " · quota %lld"), (long long)whole(track, "quota"));
        buffer_add_byte(&page->out, '\n');
    }
    if (given(budget, "total_krw")) {
        buffer_add_text(&page->out, page_choose(page, "예산 ", "budget "));
        add_krw(&page->out, whole(budget, "total_krw"));
        buffer_add_text(&page->out, page_choose(page, "원 가운데 ", " KRW, "));
        add_krw(&page->out, whole(budget, "spent_krw"));
        buffer_add_text(&page->out, page_choose(page, "원을 지원하고 ", " granted, "));
        add_krw(&page->out, whole(budget, "left_krw"));
        buffer_add_text(&page->out, page_choose(page, "원이 남습니다.\n", " left\n"));
    }
    add_rules(page, selection);
}

/* With as many decimals as the program rounds to; without rounding, as they are. */
static void add_points(struct table *table, const jval *selection, const jval *one, const char *key) {
    const int64_t decimals = whole(jval_get(selection, "rules"), "decimals");
    if (!given(one, key)) table_add(table, "–");
    else if (decimals == 9) table_add_format(table, "%.11g", jval_number(jval_get(one, key)));
    else table_add_format(table, "%.*f", (int)decimals, jval_number(jval_get(one, key)));
}

static void add_krw_cell(struct table *table, const jval *one, const char *key) {
    struct buffer amount = BUFFER_EMPTY;
    if (given(one, key)) add_krw(&amount, whole(one, key));
    table_add(table, amount.size ? amount.bytes : "–");
    buffer_free(&amount);
}

static void add_verdict(const struct page *page, struct table *table, const jval *one) {
    const char *verdict = jval_text(jval_get(one, "verdict")), *reason = jval_text(jval_get(one, "reason_code")), *tie = jval_get_text(one, "tie");
    struct buffer text = BUFFER_EMPTY;
    if (strcmp(verdict, "selected") == 0) buffer_add_text(&text, page_choose(page, "선발", "selected"));
    else if (strcmp(verdict, "reserve") == 0) buffer_format(&text, page_choose(page, "예비 %lld", "reserve %lld"), (long long)whole(one, "reserve"));
    else buffer_add_text(&text, page_choose(page, "비선발", "not selected"));
    if (strcmp(reason, "reduced") == 0) buffer_add_text(&text, page_choose(page, " (감액)", " (reduced)"));
    if (strcmp(reason, "track_quota") == 0) buffer_add_text(&text, page_choose(page, " (트랙 정원)", " (quota of the track)"));
    if (jval_get_text(one, "track")) buffer_format(&text, " · %s", jval_get_text(one, "track"));
    if (strcmp(reason, "budget") == 0) buffer_add_text(&text, page_choose(page, " (예산)", " (budget)"));
    if (strcmp(reason, "below_least") == 0) buffer_add_text(&text, page_choose(page, " (최저 점수)", " (below the least)"));
    if (tie) buffer_format(&text, page_choose(page, " · 동점: %s", " · tie: %s"), tie);
    for (size_t f = 0; f < jval_count(jval_get(one, "flags")); f++) {
        if (strcmp(jval_text(jval_get(jval_at(jval_get(one, "flags"), f), "kind")), "same") != 0) continue;
        buffer_add_text(&text, " *");
        break;
    }
    table_add(table, text.bytes);
    buffer_free(&text);
}

/* The quota line, as a row of its own below the last one selected. */
static void add_line(const struct page *page, struct table *table, const jval *selection) {
    const jval *counts = jval_get(selection, "counts");
    if (page->document) return; /* a file of rows has its last column for that */
    table_add(table, "──");
    table_add_format(table, page_choose(page, "── 여기까지 %lld곳 ──", "── %lld selected ──"), (long long)whole(counts, "selected"));
    for (int i = 0; i < 5; i++) table_add(table, "──");
    table_add(table, "──");
}

static void add_ranking(struct page *page, const jval *selection) {
    const char *const ko[] = {">순위", "신청기업", ">총점", ">배점표", ">위원회", ">가점", ">지원금(원)", "결과", NULL};
    const char *const en[] = {">rank", "applicant", ">total", ">rubric", ">committee", ">bonus", ">grant (KRW)", "verdict", NULL};
    const jval *applicants = jval_get(selection, "applicants");
    const char *last = jval_get_text(jval_get(selection, "line"), "last_selected");
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    if (!last) add_line(page, &table, selection);
    for (size_t i = 0; i < jval_count(applicants); i++) {
        const jval *one = jval_at(applicants, i);
        if (!given(one, "rank")) continue;
        table_add_format(&table, "%lld", (long long)whole(one, "rank"));
        table_add_format(&table, "%s %s", jval_text(jval_get(one, "demand")), jval_text(jval_get(one, "name")));
        add_points(&table, selection, one, "total");
        add_points(&table, selection, one, "rubric");
        add_points(&table, selection, one, "committee");
        add_points(&table, selection, one, "bonus");
        add_krw_cell(&table, one, "amount_krw");
        add_verdict(page, &table, one);
        if (last && strcmp(last, jval_text(jval_get(one, "demand"))) == 0) add_line(page, &table, selection);
    }
    page_table(page, &table, 0);
}

/* A table under its heading; one without rows is not shown. */
static void end_part(struct page *page, struct table *table, const char *ko, const char *en) {
    if (table->cells.count > 0) {
        page_heading(page, ko, en);
        page_table(page, table, 0);
    }
    table_free(table);
}

/* Of those selected: the grant, cost item by cost item. */
static void add_cost_items(struct page *page, const jval *selection) {
    const char *const ko[] = {"선정 과제", "비목", ">신청(원)", ">지원(원)", NULL}, *const en[] = {"selected", "cost item", ">asked (KRW)", ">grant (KRW)", NULL};
    const jval *applicants = jval_get(selection, "applicants");
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(applicants); i++) {
        const jval *one = jval_at(applicants, i), *items = jval_get(one, "cost_items");
        if (strcmp(jval_text(jval_get(one, "verdict")), "selected") != 0) continue;
        for (size_t k = 0; k < jval_count(items); k++) {
            const jval *item = jval_at(items, k);
            table_add_format(&table, "%s %s", jval_text(jval_get(one, "demand")), jval_text(jval_get(one, "name")));
            table_add(&table, jval_get(item, "title") ? page_text(page, jval_get(item, "title")) : jval_text(jval_get(item, "item")));
            add_krw_cell(&table, item, "asked_krw");
            add_krw_cell(&table, item, "amount_krw");
        }
    }
    end_part(page, &table, "비목별 지원금", "Grants by cost item");
}

/* Firms that were not ranked, and why. */
static void add_fallen(struct page *page, const jval *selection) {
    const char *const ko[] = {"신청기업", "판정", "사유", NULL}, *const en[] = {"applicant", "verdict", "why", NULL};
    const jval *applicants = jval_get(selection, "applicants");
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(applicants); i++) {
        const jval *one = jval_at(applicants, i);
        if (given(one, "rank")) continue;
        const bool ineligible = strcmp(jval_text(jval_get(one, "verdict")), "ineligible") == 0;
        table_add_format(&table, "%s %s", jval_text(jval_get(one, "demand")), jval_text(jval_get(one, "name")));
        table_add(&table, ineligible ? page_choose(page, "부적격", "not eligible") : page_choose(page, "제외", "knocked out"));
        table_add(&table, page_text(page, jval_get(one, "reason")));
    }
    end_part(page, &table, "순위에 들지 않은 신청", "Not ranked");
}

static bool is_same(const jval *flag) { return strcmp(jval_text(jval_get(flag, "kind")), "same") == 0; }

/* Equal values, one applicant after the other. */
static void add_alikes(struct page *page, const jval *selection) {
    const char *const ko[] = {"신청기업", "확인할 점", "어디와 같은지", NULL}, *const en[] = {"applicant", "to look at", "same as", NULL};
    const jval *applicants = jval_get(selection, "applicants");
    struct table table;
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(applicants); i++) {
        const jval *one = jval_at(applicants, i), *flags = jval_get(one, "flags");
        for (size_t f = 0; f < jval_count(flags); f++) {
            const jval *flag = jval_at(flags, f), *demands = jval_get(flag, "demands"), *suppliers = jval_get(flag, "suppliers");
            struct buffer with = BUFFER_EMPTY;
            if (!is_same(flag)) continue;
            page_join(demands, &with);
            if (jval_count(demands) && jval_count(suppliers)) buffer_add_text(&with, ", ");
            page_join(suppliers, &with);
            table_add_format(&table, "%s %s", jval_text(jval_get(one, "demand")), jval_text(jval_get(one, "name")));
            table_add(&table, page_text(page, jval_get(flag, "title")));
            table_add(&table, with.bytes);
            buffer_free(&with);
        }
    }
    end_part(page, &table, "같은 값이 적힌 신청 (*) — 담당자가 확인해 주세요", "Equal values (*), for a person to look at");
}

/* A flag of the same id that says the same. */
static bool has_flag(const jval *applicant, const jval *flag) {
    const jval *flags = jval_get(applicant, "flags");
    for (size_t f = 0; f < jval_count(flags); f++)
        if (jval_equal(jval_get(jval_at(flags, f), "id"), jval_get(flag, "id")) && jval_equal(jval_get(jval_at(flags, f), "text"), jval_get(flag, "text")))
            return true;
    return false;
}

/* Whether an applicant before this one has that flag: it was told there. */
static bool told_before(const jval *applicants, size_t index, const jval *flag) {
    for (size_t i = 0; i < index; i++)
        if (has_flag(jval_at(applicants, i), flag)) return true;
    return false;
}

/* Points to confirm, each once with all whom it concerns. */
static void add_points_to_confirm(struct page *page, const jval *selection) {
    const jval *applicants = jval_get(selection, "applicants");
    bool any = false;
    for (size_t i = 0; i < jval_count(applicants); i++) {
        const jval *flags = jval_get(jval_at(applicants, i), "flags");
        for (size_t f = 0; f < jval_count(flags); f++) {
            const jval *flag = jval_at(flags, f);
            struct buffer whom = BUFFER_EMPTY;
            if (is_same(flag) || told_before(applicants, i, flag)) continue;
            for (size_t k = i; k < jval_count(applicants); k++) {
                const jval *other = jval_at(applicants, k);
                if (has_flag(other, flag)) buffer_format(&whom, "%s%s", whom.size ? ", " : "", jval_text(jval_get(other, "demand")));
            }
            if (!any) page_heading(page, "확인할 점", "To confirm");
            any = true;
            struct buffer line = BUFFER_EMPTY;
            buffer_format(&line, "· %s (%s)", page_text(page, jval_get(flag, "text")), whom.bytes ? whom.bytes : "");
            add_wrapped(page, &line);
            buffer_free(&whom);
        }
    }
}

static void add_suppliers(struct page *page, const jval *selection) {
    const jval *suppliers = jval_get(selection, "suppliers"), *out = jval_get(suppliers, "knocked_out");
    if (jval_count(out)) page_heading(page, "후보에서 뺀 공급기업", "Suppliers left out");
    for (size_t i = 0; i < jval_count(out); i++) {
        const jval *one = jval_at(out, i), *details = jval_get(one, "details");
        struct buffer text = BUFFER_EMPTY;
        buffer_format(&text, "· %s %s:", jval_text(jval_get(one, "supplier")), jval_text(jval_get(one, "name")));
        for (size_t d = 0; d < jval_count(details); d++)
            if (jval_text(jval_get(jval_at(details, d), "verdict"))[0] == 'f')
                buffer_format(&text, " %s", page_text(page, jval_get(jval_at(details, d), "text")));
        add_wrapped(page, &text);
    }
    if (whole(suppliers, "to_confirm"))
        buffer_format(&page->out,
                      page_choose(page, "\n공급기업 %lld곳 가운데 %lld곳은 확인이 필요합니다(등록일, 자본잠식 등).\n", "\nOf %lld suppliers %lld are to be confirmed (day of registration, capital and the like).\n"),
                      (long long)whole(suppliers, "count"), (long long)whole(suppliers, "to_confirm"));
}

void render_selection(struct page *page, const jval *selection) {
    add_head(page, selection);
    buffer_add_byte(&page->out, '\n');
    page_file_heading(page, "선발 순위", "Ranking");
    add_ranking(page, selection);
    add_cost_items(page, selection);
    add_fallen(page, selection);
    add_alikes(page, selection);
    add_points_to_confirm(page, selection);
    add_suppliers(page, selection);
    buffer_add_text(&page->out, page_choose(page, "\nAI가 계산한 제안입니다. 선발은 담당자가 결정합니다.\n", "\nThis proposal was computed; a named person decides.\n"));
}
