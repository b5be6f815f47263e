/* SPDX-License-Identifier: Apache-2.0 */
/* One route judged: a condition at a time, each with the sentence that says so in both languages. Must not read any file. */
#include <math.h>
#include <stdio.h>

#include "routes.h"

const char *const condition_kind_names[CONDITION_KINDS] = {"readiness", "area", "need", "firm"};

/* Conditions as they are written down. */
struct listing {
    struct arena *arena;
    struct route_condition *items;
    size_t count;
    bool failed;
};

static void add_condition(struct listing *listing, enum condition_kind kind, enum condition_state state, const char *ko, const char *en) {
    const struct text2 text = {arena_copy_text(listing->arena, ko), arena_copy_text(listing->arena, en)};
    listing->failed |= !text.ko || !text.en;
    listing->items[listing->count++] = (struct route_condition){kind, state, text};
}

/* ---- readiness ---- */

enum { WORDS = 512 };

static void write_range(const struct score_range *range, char ko[WORDS], char en[WORDS]) {
    if (isinf(range->below)) {
        snprintf(ko, WORDS, "%g점 이상", range->from);
        snprintf(en, WORDS, "%g or more", range->from);
    } else if (range->from <= 0) {
        snprintf(ko, WORDS, "%g점 미만", range->below);
        snprintf(en, WORDS, "below %g", range->below);
    } else {
        snprintf(ko, WORDS, "%g점 이상 %g점 미만", range->from, range->below);
        snprintf(en, WORDS, "from %g to below %g", range->from, range->below);
    }
}

/* Whether the interval of what the score can be lies within the range, outside, or on both sides. */
static enum condition_state place(const struct readiness_share *share, const struct score_range *range) {
    if (share->least >= range->from && share->most < range->below) return CONDITION_MET;
    return share->most < range->from || share->least >= range->below ? CONDITION_NOT_MET : CONDITION_OPEN;
}

/* `ko`, `en`: what the score is of. */
static void add_range(struct listing *listing, enum condition_kind kind, const char *ko, const char *en, const struct readiness_share *share,
                      const struct score_range *range) {
    char words[2][WORDS], value[2][64], text[2][2 * WORDS];
    const enum condition_state state = place(share, range);
    write_range(range, words[0], words[1]);
    for (size_t i = 0; i < 2; i++) {
        if (share->unanswered == 0) snprintf(value[i], sizeof value[i], "%.1f", share->least);
        else snprintf(value[i], sizeof value[i], "%.1f%s%.1f", share->least, i ? "–" : "~", share->most);
    }
    if (state == CONDITION_OPEN) {
        snprintf(text[0], sizeof text[0], "%s %s점: 남은 문항에 답해야 이 사업의 범위(%s)에 드는지 알 수 있습니다.", ko, value[0], words[0]);
        snprintf(text[1], sizeof text[1], "%s %s: whether it lies in this program's range (%s) depends on what is not answered yet.", en, value[1], words[1]);
    } else {
        snprintf(text[0], sizeof text[0], "%s %s점: 이 사업의 범위(%s)에 %s.", ko, value[0], words[0], state == CONDITION_MET ? "듭니다" : "들지 않습니다");
        snprintf(text[1], sizeof text[1], "%s %s: it lies %s this program's range (%s).", en, value[1], state == CONDITION_MET ? "within" : "outside", words[1]);
    }
    add_condition(listing, kind, state, text[0], text[1]);
}

static void add_readiness(struct listing *listing, const struct route *route, const struct route_question *question) {
    char words[2][WORDS];
    if (route->score.from <= 0 && isinf(route->score.below))
        add_condition(listing, CONDITION_READINESS, CONDITION_MET, "준비도와 관계없이 이용할 수 있습니다.", "Open whatever the readiness is.");
    else
        add_range(listing, CONDITION_READINESS, "준비도", "Readiness", &question->result->total, &route->score);
    for (size_t i = 0; i < route->area_count; i++) {
        const struct readiness_area *area = &question->readiness->areas[route->areas[i].area];
        const struct text2 title = readiness_wording(area->title, area->maker, question->makes_goods);
        snprintf(words[0], WORDS, "%s 영역", title.ko);
        snprintf(words[1], WORDS, "Area “%s”", title.en);
        add_range(listing, CONDITION_AREA, words[0], words[1], &question->result->areas[route->areas[i].area], &route->areas[i].range);
    }
}

/* ---- need ---- */

/* Titles of the route's needs, all of them or those that are wanted. */
static void join_needs(const struct routes *routes, const struct route *route, const bool *wanted, struct buffer text[2]) {
    for (size_t i = 0; i < route->need_count; i++) {
        const struct route_need *need = &routes->needs[route->needs[i]];
        if (wanted && !wanted[route->needs[i]]) continue;
        buffer_format(&text[0], "%s%s", text[0].size ? ", " : "", need->title.ko);
        buffer_format(&text[1], "%s%s", text[1].size ? "; " : "", need->title.en);
    }
}

static void add_need(struct listing *listing, const struct routes *routes, const struct route *route, const struct route_question *question) {
    struct buffer titles[2] = {BUFFER_EMPTY, BUFFER_EMPTY}, text[2] = {BUFFER_EMPTY, BUFFER_EMPTY};
    bool met = false;
    if (route->need_count == 0) return;
    for (size_t i = 0; i < route->need_count; i++) met = met || (question->needs && question->needs[route->needs[i]]);
    join_needs(routes, route, met ? question->needs : NULL, titles);
    const enum condition_state state = met ? CONDITION_MET : question->needs ? CONDITION_NOT_MET : CONDITION_OPEN;
    if (!titles[0].failed && !titles[1].failed) {
        buffer_format(&text[0], met ? "수요가 이 사업의 지원 내용에 맞습니다: %s."
                                : question->needs ? "수요가 이 사업의 지원 내용과 다릅니다. 이 사업은 다음을 지원합니다: %s."
                                                  : "수요 유형을 고르면 맞는지 알 수 있습니다. 이 사업은 다음을 지원합니다: %s.", titles[0].bytes);
        buffer_format(&text[1], met ? "The need is what this program supports: %s."
                                : question->needs ? "The need is another one; this program supports: %s."
                                                  : "Name the type of need to see whether it fits; this program supports: %s.", titles[1].bytes);
    }
    add_condition(listing, CONDITION_NEED, state, text[0].failed ? NULL : text[0].bytes, text[1].failed ? NULL : text[1].bytes);
    for (size_t i = 0; i < 2; i++) {
        buffer_free(&titles[i]);
        buffer_free(&text[i]);
    }
}

ieum_status route_judge(const struct routes *routes, const struct route *route, const struct route_question *question, const struct findings *findings,
                        struct arena *arena, struct route_verdict *verdict, struct problem *problem) {
    struct findings own = {0};
    ieum_status status = IEUM_OK;
    if (!findings) {
        status = findings_collect(route->rules, route->rule_count, question->demand, NULL, arena, &own, problem);
        findings = &own;
    }
    if (status != IEUM_OK) return status;
    struct listing listing = {.arena = arena, .items = arena_allocate_zero(arena, 2 + route->area_count + findings->count, sizeof *listing.items)};
    if (!listing.items) return problem_set_memory(problem);
    add_readiness(&listing, route, question);
    add_need(&listing, routes, route, question);
    *verdict = (struct route_verdict){.fits = CONDITION_MET};
    for (size_t i = 0; i < listing.count && verdict->fits != CONDITION_NOT_MET; i++)
        if (listing.items[i].state != CONDITION_MET) verdict->fits = listing.items[i].state;
    for (size_t f = 0; f < findings->count; f++) {
        const struct finding *finding = &findings->items[f];
        const bool failed = finding->verdict == VERDICT_FAIL;
        add_condition(&listing, CONDITION_FIRM, failed ? CONDITION_NOT_MET : CONDITION_OPEN, finding->text.ko, finding->text.en);
        if (failed) verdict->fits = CONDITION_NOT_MET;
        else verdict->to_confirm = true;
    }
    verdict->conditions = listing.items;
    verdict->count = listing.count;
    return listing.failed ? problem_set_memory(problem) : IEUM_OK;
}
