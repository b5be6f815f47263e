/* SPDX-License-Identifier: Apache-2.0 */
#include "render.h"

#include <math.h>
#include <string.h>

#include "chart_svg.h"
#include "page.h"

/* The elements that are written a line each: those of the list that the reply is about. */
static const jval *list_of(const jval *result) {
    const jval *demands = jval_get(result, "demands");
    return jval_is(demands, JVAL_ARRAY) ? demands : NULL;
}

/* The pairs of a round that live, a line each: demand and supplier. */
static void render_pair_ids(struct page *page, const jval *pairs) {
    static const char *const living[] = {"proposed", "confirmed", "published", "agreed", "done", "settled"};
    for (size_t i = 0; i < jval_count(pairs); i++) {
        const jval *pair = jval_at(pairs, i);
        for (size_t k = 0; k < sizeof living / sizeof *living; k++)
            if (strcmp(jval_text(jval_get(pair, "state")), living[k]) == 0)
                buffer_format(&page->out, "%s %s\n", jval_text(jval_get(pair, "demand")), jval_text(jval_get(pair, "supplier")));
    }
}

/* The ids of whatever the reply lists, a line each, for scripts. */
static void render_ids(struct page *page, const jval *result) {
    if (jval_get(result, "history")) {
        render_pair_ids(page, jval_get(result, "pairs"));
        return;
    }
    static const char *const lists[] = {"demands", "programs", "rounds", "suggestions", "reached", "cases", "suppliers", "models"};
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
        const jval *list = jval_get(result, lists[l]);
        for (size_t i = 0; i < jval_count(list); i++) {
            const jval *one = jval_at(list, i), *id = jval_get(one, "id");
            if (!id) id = jval_get(one, "supplier") ? jval_get(one, "supplier") : jval_get(one, "demand");
            buffer_format(&page->out, "%s\n", jval_text(id));
        }
    }
}

static ieum_status add_line(const jval *value, struct buffer *out, struct problem *problem) {
    char *line = NULL;
    ieum_status status = jval_write(value, false, &line, problem);
    if (status == IEUM_OK) {
        buffer_add_text(out, line);
        buffer_add_byte(out, '\n');
    }
    memory_free(line);
    return status;
}

static ieum_status render_json(struct page *page, const jval *result, struct problem *problem) {
    const jval *list = list_of(result);
    ieum_status status = IEUM_OK;
    if (!list) return add_line(result, &page->out, problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) status = add_line(jval_at(list, i), &page->out, problem);
    return status;
}

/*
 * A TREC run of one shortlist. trec_eval reads scores as 32-bit floats and breaks ties by its own rule, so each score is at least 2e-7 below the one before, or two
 * parts in ten million where it is greater than 1: more than one step of such a float.
 */
static void add_run(const jval *shortlist, struct buffer *out) {
    const jval *suggestions = jval_get(shortlist, "suggestions"), *model = jval_get(shortlist, "model");
    double before = 0;
    for (size_t i = 0; i < jval_count(suggestions); i++) {
        const jval *one = jval_at(suggestions, i);
        double score = jval_number(jval_get(one, "score"));
        const double step = fabs(before) > 1 ? 2e-7 * fabs(before) : 2e-7;
        if (i && score > before - step) score = before - step;
        before = score;
        buffer_format(out, "%s Q0 %s %zu %.9f ieum-%s-%s\n", jval_text(jval_get(shortlist, "demand")), jval_text(jval_get(one, "supplier")),
                      i + 1, score, jval_text(jval_get(model, "id")), jval_text(jval_get(model, "criteria")));
    }
}

static ieum_status render_trec(struct page *page, const char *op, const jval *result, struct problem *problem) {
    if (strcmp(op, "evaluate") == 0) {
        render_trec_measures(page, result);
        return IEUM_OK;
    }
    if (strcmp(op, "suggest") != 0)
        return problem_set(problem, IEUM_USAGE, "", "trec 형식은 추천 결과와 평가 결과에만 쓸 수 있습니다.", "The format trec is for suggestions and evaluations only.");
    const jval *list = list_of(result);
    if (!list) add_run(result, &page->out);
    for (size_t i = 0; i < jval_count(list); i++) add_run(jval_at(list, i), &page->out);
    return IEUM_OK;
}

/* The methods side by side, wherever the reply has them. */
static const jval *comparison_of(const jval *result) {
    const jval *proposal = jval_get(result, "proposal"), *places[] = {result, jval_get(result, "assignment"), proposal, jval_get(proposal, "assignment")};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (jval_get(places[i], "comparison")) return jval_get(places[i], "comparison");
    return NULL;
}

static ieum_status render_svg(struct page *page, const jval *result, struct problem *problem) {
    const jval *comparison = comparison_of(result);
    char *svg = NULL;
    if (!comparison)
        return problem_set(problem, IEUM_USAGE, "", "svg 형식은 방법을 견준(comparison) 결과에만 쓸 수 있습니다.", "The format svg is for results that compare methods.");
    ieum_status status = chart_comparison(comparison, page->korean, &svg, problem);
    if (status == IEUM_OK) buffer_add_text(&page->out, svg);
    memory_free(svg);
    return status;
}

ieum_status render_reply(const jval *reply, const char *format, bool korean, int width, char **text, struct problem *problem) {
    struct page page = {.korean = korean, .width = width < 40 ? 40 : width > 1000 ? 1000 : (size_t)width};
    const jval *result = jval_get(reply, "result"), *found = jval_get(reply, "problem");
    const char *op = jval_get_text(reply, "op");
    ieum_status status = IEUM_OK;
    bool json = strcmp(format, "json") == 0, trec = strcmp(format, "trec") == 0, ids = strcmp(format, "ids") == 0, svg = strcmp(format, "svg") == 0;
    if (!result && !found)
        status = problem_set(problem, IEUM_INVALID, "", "엔진의 응답이 아닙니다. result나 problem이 있어야 합니다.",
                             "This is not a reply of the engine: it has neither a result nor a problem.");
    else if (!json && !trec && !ids && !svg && strcmp(format, "table") != 0)
        status = problem_set(problem, IEUM_USAGE, "", "출력 형식은 json, table, trec, ids, svg 가운데 하나입니다.", "The format is json, table, trec, ids or svg.");
    else if (json) status = render_json(&page, found ? found : result, problem);
    else if (found) render_problem(&page, found);
    else if (ids) render_ids(&page, result);
    else if (svg) status = render_svg(&page, result, problem);
    else if (trec) status = render_trec(&page, op ? op : "", result, problem);
    else if (!render_operation(&page, op ? op : "", result)) add_line(result, &page.out, problem);
    if (status == IEUM_OK) {
        *text = buffer_take(&page.out);
        if (!*text) status = problem_set_memory(problem);
    }
    buffer_free(&page.out);
    return status;
}
