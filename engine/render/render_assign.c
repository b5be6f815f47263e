/* SPDX-License-Identifier: Apache-2.0 */
/* An assignment on a page: by which method, who is paired with whom, what proves it; or why there is none and what would help; and what was asked on top. */
#include <string.h>

#include "chart_svg.h"
#include "page.h"
#include "table.h"

enum { PAIRS_SHOWN = 6, MOST_DOUBTFUL = 20 };

static bool is(const jval *object, const char *key, const char *text) { return strcmp(jval_text(jval_get(object, key)), text) == 0; }

static void add_paragraph(struct page *page, const char *text) {
    text_wrap(text, 0, 0, page->width, &page->out);
    buffer_add_byte(&page->out, '\n');
}

/* ---- what proves it ---- */

static void write_prices_proof(const struct page *page, const jval *certificate, struct buffer *line) {
    buffer_format(line, page_choose(page, "증명: 어떤 배정도 %.9g을(를) 넘을 수 없음(차이 0).", "Proof: no assignment can exceed %.9g (gap 0)."),
                  jval_number(jval_get(certificate, "bound")) * 1e-9);
}

static void write_staged_proof(const struct page *page, const jval *assignment, const jval *certificate, struct buffer *line) {
    const size_t stages = jval_count(jval_get(certificate, "stages"));
    if (is(assignment, "method", "rematch"))
        buffer_format(line,
                      page_choose(page, "이전 짝 %lld개 유지. 증명: 짝의 수, 유지한 짝, 점수 합의 차례로 더 나은 배정이 없음(%zu단계).",
                                  "%lld previous pairs stay. Proof: none is better by number of pairs, then pairs kept, then total (%zu stages)."),
                      (long long)jval_integer(jval_get(assignment, "kept")), stages);
    else
        buffer_format(line,
                      page_choose(page, "증명: 가장 낮은 짝부터 차례로 견주어 더 나은 배정이 없음(%zu단계).",
                                  "Proof: none is better from the worst pair upwards (%zu stages)."),
                      stages);
}

static void write_random_proof(const struct page *page, const jval *assignment, const jval *certificate, struct buffer *line) {
    buffer_format(line, page_choose(page, "추첨 결과이며 기대 점수 합은 %.9g. 증명: 한 짝의 확률을 %lld/%lld 이하로 두는 한 더 큰 기대 점수 합은 없음. 씨앗 %lld.",
                                    "Drawn by lot; expected total %.9g. Proof: none is greater with no pair surer than %lld/%lld. Seed %lld."),
                  jval_number(jval_get(assignment, "expected")), (long long)jval_integer(jval_get(certificate, "q")),
                  (long long)jval_integer(jval_get(certificate, "denominator")), (long long)jval_integer(jval_get(certificate, "seed")));
}

static void write_proof(const struct page *page, const jval *assignment, struct buffer *line) {
    const jval *certificate = jval_get(assignment, "certificate");
    if (is(certificate, "kind", "prices")) write_prices_proof(page, certificate, line);
    else if (is(certificate, "kind", "lexicographic")) write_staged_proof(page, assignment, certificate, line);
    else if (is(certificate, "kind", "marginals")) write_random_proof(page, assignment, certificate, line);
    else if (is(certificate, "kind", "stable"))
        buffer_format(line,
                      page_choose(page, "증명: 후보 %lld쌍을 모두 살펴, 양쪽이 서로 더 원하는 짝이 없음.",
                                  "Proof: of all %lld candidate pairs none would rather have each other."),
                      (long long)jval_integer(jval_get(certificate, "checked")));
}

/* ---- why there is none ---- */

static void add_repair(struct page *page, const jval *repair) {
    struct buffer line = BUFFER_EMPTY;
    if (jval_is(repair, JVAL_OBJECT))
        buffer_format(&line, page_choose(page, "가장 적게 고치는 길(비용 %lld): %s.", "Cheapest repair (cost %lld): %s."), (long long)jval_integer(jval_get(repair, "cost")),
                      page_text(page, jval_get(repair, "text")));
    else buffer_add_text(&line, page_choose(page, "면제할 수 있는 조건만으로는 풀리지 않습니다.", "Waiving what may be waived does not help."));
    if (line.bytes) add_paragraph(page, line.bytes);
    buffer_free(&line);
}

static void add_reason(struct page *page, const jval *assignment) {
    const char *reason = page_text(page, jval_get(jval_get(assignment, "reason"), "text"));
    buffer_add_text(&page->out, page_choose(page, "조건을 모두 만족하는 배정이 없습니다.\n", "No assignment meets all conditions.\n"));
    if (*reason) {
        struct buffer line = BUFFER_EMPTY;
        buffer_format(&line, "%s.", reason);
        if (line.bytes) add_paragraph(page, line.bytes);
        buffer_free(&line);
    }
    for (void *i = jval_first(assignment); i; i = jval_next(assignment, i))
        if (strcmp(jval_key(i), "repair") == 0) add_repair(page, jval_value(i));
}

void render_proof(struct page *page, const jval *assignment) {
    struct buffer line = BUFFER_EMPTY;
    if (!is(assignment, "status", "optimal")) {
        add_reason(page, assignment);
        return;
    }
    buffer_format(&line, page_choose(page, "%s: %zu쌍, 점수 합 %.9g. ", "%s: %zu pairs, total %.9g. "),
                  chart_method_name(jval_text(jval_get(assignment, "method")), page->korean), jval_count(jval_get(assignment, "pairs")),
                  jval_number(jval_get(assignment, "total")));
    write_proof(page, assignment, &line);
    if (line.bytes) add_paragraph(page, line.bytes);
    buffer_free(&line);
}

/* ---- pairs in indices ---- */

static void add_pair_table(struct page *page, const jval *pairs) {
    const char *const ko[] = {">수요", ">공급", NULL}, *const en[] = {">demand", ">supplier", NULL};
    struct table table;
    if (!jval_count(pairs)) {
        buffer_add_text(&page->out, page_choose(page, "짝이 없습니다.\n", "There are no pairs.\n"));
        return;
    }
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(pairs); i++)
        for (size_t end = 0; end < 2; end++) table_add_format(&table, "%lld", (long long)jval_integer(jval_at(jval_at(pairs, i), end)));
    page_table(page, &table, 0);
}

/* ---- why and why not ---- */

/* " +0–1 −2–1" */
static void add_changes(struct buffer *line, const jval *pairs, const char *sign) {
    for (size_t i = 0; i < jval_count(pairs); i++) {
        if (i == PAIRS_SHOWN) {
            buffer_add_text(line, " …");
            return;
        }
        buffer_format(line, " %s%lld–%lld", sign, (long long)jval_integer(jval_at(jval_at(pairs, i), 0)), (long long)jval_integer(jval_at(jval_at(pairs, i), 1)));
    }
}

static void add_capacity(const struct page *page, const jval *capacity, struct buffer *line) {
    static const struct {
        const char *need, *ko, *en;
    } names[] = {{"demand_max", "수요", "demand"}, {"supplier_max", "공급", "supplier"}, {"group_max", "묶음", "group"}};
    const char *need = jval_text(jval_get(capacity, "need"));
    for (size_t n = 0; n < sizeof names / sizeof *names; n++)
        if (strcmp(names[n].need, need) == 0) need = page_choose(page, names[n].ko, names[n].en);
    buffer_format(line, page_choose(page, "%s %lld에 한 자리를 늘리면 점수 합 +%.9g%s. ", "One place more at %s %lld: total +%.9g%s. "), need,
                  (long long)jval_integer(jval_get(capacity, "index")), jval_number(jval_get(capacity, "gain")),
                  jval_true(jval_get(capacity, "flips")) ? page_choose(page, ", 이 짝의 배정이 바뀜", ", and this pair flips") : "");
}

/* What happens to the pair when it is turned over, in the words of its state. */
static const struct state {
    const char *state, *ko, *en;
    const char *cost_ko, *cost_en, *never_ko, *never_en; /* with an assignment then, and without */
    const char *flip_ko, *flip_en;
} states[] = {
    {"chosen", "배정됨", "chosen", "빼면 점수 합이 %.9g 줄어듦. ", "Without it the total loses %.9g. ", "빼면 조건을 모두 지키는 배정이 없음. ", "Without it there is no assignment. ",
     "점수가 %.9g보다 낮았다면 빠짐. ", "Below a score of %.9g it would go. "},
    {"not_chosen", "배정되지 않음", "not chosen", "넣으면 점수 합이 %.9g 줄어듦. ", "With it the total loses %.9g. ", "넣으면 조건을 모두 지키는 배정이 없음. ",
     "With it there is no assignment. ", "점수가 %.9g보다 높았다면 배정됨. ", "Above a score of %.9g it would come. "},
    {"locked", "고정됨", "locked", "고정을 풀고 빼면 점수 합이 %.9g 줄어듦. ", "Unlocked and left out, the total loses %.9g. ", "빼면 조건을 모두 지키는 배정이 없음. ",
     "Without it there is no assignment. ", "", ""},
    {"vetoed", "금지됨", "vetoed", "금지를 풀고 넣으면 점수 합이 %.9g 줄어듦. ", "Allowed and put in, the total loses %.9g. ", "넣으면 조건을 모두 지키는 배정이 없음. ",
     "With it there is no assignment. ", "", ""},
    {"not_candidate", "후보가 아님", "no candidate pair", "", "", "", "", "", ""},
};

static void add_state(const struct page *page, const jval *one, const struct state *state, struct buffer *line) {
    const jval *cost = jval_get(one, "cost"), *flip = jval_get(one, "score_to_flip");
    if (!jval_true(jval_get(one, "possible"))) buffer_add_text(line, page_choose(page, state->never_ko, state->never_en));
    else if (jval_number(cost) < 0 && is(one, "state", "locked"))
        buffer_format(line, page_choose(page, "이 고정 때문에 점수 합이 %.9g 줄어 있음. ", "The lock costs %.9g of the total. "), -jval_number(cost));
    else if (jval_number(cost) < 0)
        buffer_format(line, page_choose(page, "이 금지 때문에 점수 합이 %.9g 줄어 있음. ", "The veto costs %.9g of the total. "), -jval_number(cost));
    else buffer_format(line, page_choose(page, state->cost_ko, state->cost_en), jval_number(cost));
    if (!jval_is(flip, JVAL_NULL)) buffer_format(line, page_choose(page, state->flip_ko, state->flip_en), jval_number(flip));
}

static void add_explained(struct page *page, const jval *one) {
    const jval *pair = jval_get(one, "pair"), *capacity = jval_get(one, "capacity");
    struct buffer line = BUFFER_EMPTY;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (!is(one, "state", states[i].state)) continue;
        buffer_format(&line, page_choose(page, "수요 %lld – 공급 %lld: %s. ", "demand %lld – supplier %lld: %s. "), (long long)jval_integer(jval_at(pair, 0)),
                      (long long)jval_integer(jval_at(pair, 1)), page_choose(page, states[i].ko, states[i].en));
        add_state(page, one, &states[i], &line);
    }
    if (jval_count(jval_get(one, "adds")) + jval_count(jval_get(one, "drops"))) {
        buffer_add_text(&line, page_choose(page, "그때 바뀌는 짝:", "Pairs that change then:"));
        add_changes(&line, jval_get(one, "adds"), "+");
        add_changes(&line, jval_get(one, "drops"), "−");
        buffer_add_text(&line, ". ");
    }
    for (size_t i = 0; i < jval_count(capacity); i++) add_capacity(page, jval_at(capacity, i), &line);
    if (line.bytes) text_wrap(line.bytes, 0, 2, page->width, &page->out);
    buffer_add_byte(&page->out, '\n');
    buffer_free(&line);
}

static void add_truncation(struct page *page, const jval *truncation) {
    const jval *doubtful = jval_get(truncation, "doubtful");
    struct buffer line = BUFFER_EMPTY;
    if (jval_true(jval_get(truncation, "proven"))) {
        buffer_add_text(&line, page_choose(page, "후보 목록에서 뺀 짝까지 넣어도 점수 합은 커지지 않음이 증명되었습니다.",
                                           "It is proven that pairs left out of the lists could not raise the total."));
    } else {
        buffer_format(&line, page_choose(page, "후보 목록이 짧아 결과가 달라질 수 있습니다. 전체 목록으로도 점수 합은 %.9g을(를) 넘지 않습니다. 목록을 늘려 볼 수요:",
                                         "The lists may be too short. Over complete lists the total cannot exceed %.9g. Lists to extend, of demands:"),
                      jval_number(jval_get(truncation, "bound")));
        for (size_t i = 0; i < jval_count(doubtful) && i < MOST_DOUBTFUL; i++) buffer_format(&line, " %lld", (long long)jval_integer(jval_at(doubtful, i)));
        if (jval_count(doubtful) > MOST_DOUBTFUL) buffer_add_text(&line, " …");
    }
    buffer_add_byte(&page->out, '\n');
    if (line.bytes) add_paragraph(page, line.bytes);
    buffer_free(&line);
}

void render_assign(struct page *page, const jval *result) {
    const jval *explained = jval_get(result, "explained"), *truncation = jval_get(result, "truncation"), *comparison = jval_get(result, "comparison");
    render_proof(page, result);
    if (is(result, "status", "optimal")) {
        buffer_add_byte(&page->out, '\n');
        add_pair_table(page, jval_get(result, "pairs"));
    }
    if (truncation) add_truncation(page, truncation);
    if (jval_count(explained)) page_heading(page, "짝마다의 까닭", "Why and why not");
    for (size_t i = 0; i < jval_count(explained); i++) add_explained(page, jval_at(explained, i));
    if (jval_count(comparison)) {
        page_heading(page, "방법별 비교", "Methods side by side");
        render_comparison(page, comparison);
    }
}
