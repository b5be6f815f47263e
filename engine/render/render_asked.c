/* SPDX-License-Identifier: Apache-2.0 */
/* What was asked about a round, on a page: why a pair is or is not proposed, and whether the round is what it claims to be. */
#include <string.h>

#include "chart_svg.h"
#include "page.h"
#include "table.h"

static void add_line(struct page *page, struct buffer *line) {
    buffer_add_text(&page->out, "· ");
    text_wrap(line->bytes ? line->bytes : "", 2, 2, page->width, &page->out);
    buffer_add_byte(&page->out, '\n');
    buffer_free(line);
}

/* ---- why ---- */

static void add_pairs(struct buffer *line, const jval *pairs) {
    for (size_t i = 0; i < jval_count(pairs); i++)
        buffer_format(line, "%s%s–%s", i ? ", " : "", jval_text(jval_at(jval_at(pairs, i), 0)), jval_text(jval_at(jval_at(pairs, i), 1)));
    if (!jval_count(pairs)) buffer_add_text(line, "-");
}

static void add_cost(struct page *page, const jval *explained, bool in) {
    struct buffer line = BUFFER_EMPTY, adds = BUFFER_EMPTY, drops = BUFFER_EMPTY;
    if (!jval_true(jval_get(explained, "possible"))) {
        buffer_add_text(&line, in ? page_choose(page, "이 짝을 빼면 조건을 모두 만족하는 배정이 없습니다.", "Without this pair no assignment meets all conditions.")
                                  : page_choose(page, "이 짝을 넣으면 조건을 모두 만족하는 배정이 없습니다.", "With this pair no assignment meets all conditions."));
        add_line(page, &line);
        return;
    }
    add_pairs(&adds, jval_get(explained, "adds"));
    add_pairs(&drops, jval_get(explained, "drops"));
    buffer_format(&line,
                  in ? page_choose(page, "이 짝을 빼면 점수 합이 %.9g 줄어듭니다. 들어오는 짝: %s. 빠지는 짝: %s.", "Without this pair the total loses %.9g. Coming in: %s. Going out: %s.")
                     : page_choose(page, "이 짝을 넣으면 점수 합이 %.9g 줄어듭니다. 들어오는 짝: %s. 빠지는 짝: %s.", "With this pair the total loses %.9g. Coming in: %s. Going out: %s."),
                  jval_number(jval_get(explained, "cost")), adds.bytes, drops.bytes);
    buffer_free(&adds);
    buffer_free(&drops);
    add_line(page, &line);
}

static void add_flips(struct page *page, const jval *explained, bool in) {
    const jval *score = jval_get(explained, "score_to_flip"), *capacity = jval_get(explained, "capacity");
    struct buffer line = BUFFER_EMPTY;
    if (jval_is(score, JVAL_REAL) || jval_is(score, JVAL_INTEGER)) {
        buffer_format(&line, in ? page_choose(page, "점수가 %.9g 아래로 내려가면 이 짝은 빠집니다.", "Below a score of %.9g this pair would go out.")
                                : page_choose(page, "점수가 %.9g을(를) 넘으면 이 짝이 들어옵니다.", "Above a score of %.9g this pair would come in."),
                      jval_number(score));
        add_line(page, &line);
    }
    for (size_t i = 0; i < jval_count(capacity); i++) {
        const jval *one = jval_at(capacity, i);
        const char *whose = jval_get(one, "demand") ? "demand" : jval_get(one, "supplier") ? "supplier" : "group";
        buffer_format(&line, page_choose(page, "%s의 자리가 하나 더 있으면 점수 합이 %.9g 늘고, 이 짝은 %s.", "With one place more for %s the total gains %.9g, and this pair %s."),
                      jval_text(jval_get(one, whose)), jval_number(jval_get(one, "gain")),
                      jval_true(jval_get(one, "flips")) ? page_choose(page, "처지가 바뀝니다", "changes its lot") : page_choose(page, "그대로입니다", "stays as it is"));
        add_line(page, &line);
    }
}

static void add_rules(struct page *page, const jval *findings) {
    for (size_t i = 0; i < jval_count(findings); i++) {
        struct buffer line = BUFFER_EMPTY;
        buffer_add_text(&line, page_text(page, jval_get(jval_at(findings, i), "text")));
        add_line(page, &line);
    }
}

static void add_criteria(struct page *page, const jval *suggestion) {
    const jval *criteria = jval_get(suggestion, "criteria");
    struct buffer line = BUFFER_EMPTY;
    buffer_format(&line, page_choose(page, "점수 %.1f: ", "%.1f points: "), jval_number(jval_get(suggestion, "points")));
    for (size_t i = 0; i < jval_count(criteria); i++) {
        const jval *one = jval_at(criteria, i);
        buffer_format(&line, "%s%s %.1f/%g", i ? ", " : "", page_text(page, jval_get(one, "title")), jval_number(jval_get(one, "points")), jval_number(jval_get(one, "of")));
    }
    add_line(page, &line);
}

void render_why(struct page *page, const jval *result) {
    static const struct {
        const char *id, *ko, *en;
        bool in;
    } states[] = {{"chosen", "배정안에 있습니다", "is proposed", true}, {"locked", "고정되어 배정안에 있습니다", "is locked and proposed", true},
                  {"not_chosen", "배정안에 없습니다", "is not proposed", false}, {"vetoed", "짝지을 수 없게 되어 있습니다", "is vetoed", false},
                  {"not_candidate", "후보가 아닙니다", "is no candidate", false}};
    const jval *explained = jval_get(result, "explained");
    const long long rank = (long long)jval_integer(jval_get(result, "rank"));
    buffer_format(&page->out, page_choose(page, "수요과제 %s – 공급기업 %s", "demand %s – supplier %s"), jval_text(jval_get(result, "demand")), jval_text(jval_get(result, "supplier")));
    if (rank) buffer_format(&page->out, page_choose(page, " · 순위 %lld", " · rank %lld"), rank);
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strcmp(jval_text(jval_get(explained, "state")), states[i].id) == 0) buffer_format(&page->out, " · %s", page->korean ? states[i].ko : states[i].en);
    if (!jval_true(jval_get(result, "takes_part"))) buffer_add_text(&page->out, page_choose(page, " · 이 과제는 배정에 참여하지 않습니다", " · this demand takes no part"));
    buffer_add_byte(&page->out, '\n');
    page_heading(page, "왜", "Why");
    add_rules(page, jval_get(result, "details"));
    add_rules(page, jval_get(result, "rules"));
    if (jval_get(result, "suggestion")) add_criteria(page, jval_get(result, "suggestion"));
    if (!explained || strcmp(jval_text(jval_get(explained, "state")), "not_candidate") == 0) return;
    const bool in = strcmp(jval_text(jval_get(explained, "state")), "chosen") == 0 || strcmp(jval_text(jval_get(explained, "state")), "locked") == 0;
    add_cost(page, explained, in);
    add_flips(page, explained, in);
}

/* ---- verify ---- */

void render_checks(struct page *page, const jval *result) {
    const char *const ko[] = {"확인", "결과", "내용", NULL}, *const en[] = {"check", "result", "what", NULL};
    const jval *checks = jval_get(result, "checks");
    struct table table;
    buffer_format(&page->out, "%s\n\n", jval_true(jval_get(result, "sound")) ? page_choose(page, "회차가 온전합니다.", "The round is what it claims to be.")
                                                                            : page_choose(page, "회차가 온전하지 않습니다.", "The round is not what it claims to be."));
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(checks); i++) {
        const jval *one = jval_at(checks, i), *ok = jval_get(one, "ok");
        table_add(&table, page_word(page, jval_text(jval_get(one, "check"))));
        table_add(&table, jval_is(ok, JVAL_NULL) ? "?" : jval_true(ok) ? page_choose(page, "맞음", "yes") : page_choose(page, "아님", "no"));
        table_add(&table, page_text(page, jval_get(one, "text")));
    }
    page_table(page, &table, 0);
}
