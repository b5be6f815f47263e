/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline_shadow.h"

#include <stdlib.h>
#include <string.h>

#include "pipeline_shadow_parts.h"

enum { SHORTLIST = 3, LONG_LIST = 10 };

/* Where one demand is worked out, and used again for the next. */
struct shadow_room {
    struct arena *arena;
    double *columns;  /* feature_count × suppliers */
    double *values;   /* of one pair */
    int64_t *kernel;  /* NULL: the model has none */
    int64_t *scores;  /* of every supplier, barred or not */
    int64_t *parts;   /* two rows, decided and best, of criterion_count + 1: what each criterion adds, last what is none's */
    int64_t *terms, *shares;
};

int64_t shadow_capacity(const struct program *program, const struct supplier *supplier) {
    const int64_t capacity = program->use_capacity ? supplier->capacity : AMOUNT_MISSING;
    return capacity != AMOUNT_MISSING && capacity < program->supplier_bounds.most ? capacity : program->supplier_bounds.most;
}

/* ---- one demand ---- */

static ieum_status make_room(const struct suggest_answer *suggested, struct shadow_room *room, struct problem *problem) {
    const size_t suppliers = suggested->cohort.suppliers.count, features = suggested->program->feature_count, criteria = suggested->program->criterion_count + 1;
    const bool has_kernel = suggested->model && model_use_has_kernel(suggested->model);
    room->arena = arena_new();
    room->columns = arena_allocate_zero(room->arena, features, suppliers * sizeof *room->columns);
    room->values = arena_allocate_zero(room->arena, features, sizeof *room->values);
    room->kernel = has_kernel ? arena_allocate_zero(room->arena, suppliers, sizeof *room->kernel) : NULL;
    room->scores = arena_allocate_zero(room->arena, suppliers, sizeof *room->scores);
    room->parts = arena_allocate_zero(room->arena, 2 * criteria, sizeof *room->parts);
    room->terms = arena_allocate_zero(room->arena, suggested->additive.count, sizeof *room->terms);
    room->shares = arena_allocate_zero(room->arena, criteria, sizeof *room->shares);
    const bool made = room->columns && room->values && (!has_kernel || room->kernel) && room->scores && room->parts && room->terms && room->shares;
    return made ? IEUM_OK : problem_set_memory(problem);
}

/* Scores of all suppliers for the demand, as if no rule barred any. */
static ieum_status score_demand(const struct suggest_answer *suggested, const struct demand_view *view, struct shadow_room *room, struct problem *problem) {
    const size_t suppliers = suggested->cohort.suppliers.count;
    ieum_status status = feature_compute(suggested->space, view, room->columns, problem);
    if (status == IEUM_OK && room->kernel) status = model_use_kernel(suggested->model, view, room->columns, room->kernel, problem);
    for (size_t s = 0; s < suppliers && status == IEUM_OK; s++)
        room->scores[s] = additive_score(&suggested->additive, room->columns + s, suppliers, NULL) + (room->kernel ? room->kernel[s] : 0);
    return status;
}

/* What each criterion adds to the score of a pair; they add up to it, but for the bias, which all pairs have alike. */
static ieum_status add_up_criteria(const struct suggest_answer *suggested, const struct demand_view *view, uint32_t supplier, struct shadow_room *room,
                                   int64_t *parts, struct problem *problem) {
    const size_t suppliers = suggested->cohort.suppliers.count, criteria = suggested->program->criterion_count;
    for (size_t f = 0; f < suggested->program->feature_count; f++) room->values[f] = room->columns[f * suppliers + supplier];
    memset(parts, 0, (criteria + 1) * sizeof *parts);
    additive_score(&suggested->additive, room->values, 1, room->terms);
    for (size_t t = 0; t < suggested->additive.count; t++) {
        const uint32_t criterion = suggested->additive.terms[t].criterion;
        parts[criterion < criteria ? criterion : criteria] += room->terms[t];
    }
    if (!room->kernel) return IEUM_OK;
    int64_t none = 0;
    ieum_status status = model_use_shares(suggested->model, view, supplier, room->values, room->kernel[supplier], room->shares, &none, problem);
    for (size_t c = 0; c < criteria; c++) parts[c] += room->shares[c];
    parts[criteria] += none;
    return status;
}

static int compare_gaps(const void *a, const void *b) {
    const struct shadow_gap *x = a, *y = b;
    if (x->by != y->by) return x->by > y->by ? -1 : 1;
    return x->criterion < y->criterion ? -1 : x->criterion > y->criterion;
}

static ieum_status find_gaps(struct shadow_answer *answer, const struct demand_view *view, struct shadow_room *room, struct shadow_decision *item,
                             struct problem *problem) {
    const size_t criteria = answer->suggested.program->criterion_count;
    int64_t *decided = room->parts, *best = room->parts + criteria + 1;
    ieum_status status = add_up_criteria(&answer->suggested, view, item->supplier, room, decided, problem);
    if (status == IEUM_OK) status = add_up_criteria(&answer->suggested, view, item->best, room, best, problem);
    if (status != IEUM_OK) return status;
    item->gaps = arena_allocate_zero(answer->arena, criteria + 1, sizeof *item->gaps);
    if (!item->gaps) return problem_set_memory(problem);
    for (size_t c = 0; c <= criteria; c++)
        if (best[c] != decided[c])
            item->gaps[item->gap_count++] = (struct shadow_gap){c < criteria ? (uint32_t)c : SHADOW_NO_CRITERION, best[c] - decided[c]};
    qsort(item->gaps, item->gap_count, sizeof *item->gaps, compare_gaps);
    return IEUM_OK;
}

/* Rank: how many stand before, by score, then by id. */
static void find_rank(const struct suggest_answer *suggested, const int64_t *scores, struct shadow_decision *item) {
    const size_t suppliers = suggested->cohort.suppliers.count;
    const int64_t *allowed = suggested->scores + (size_t)item->demand * suppliers, own = scores[item->supplier];
    size_t before = 0, before_allowed = 0;
    for (uint32_t s = 0; s < suppliers; s++) {
        const bool is_before = scores[s] > own || (scores[s] == own && s < item->supplier), may = allowed[s] != SCORE_BARRED;
        before += is_before;
        before_allowed += is_before && may;
        item->allowed += may;
        if (!may || (item->best != UINT32_MAX && scores[s] <= item->best_score)) continue;
        item->best = s;
        item->best_score = scores[s];
    }
    item->score = own;
    item->rank_without_rules = before + 1;
    item->rank = allowed[item->supplier] == SCORE_BARRED ? 0 : before_allowed + 1;
}

/* What the published points make of a pair, whichever model ranks. */
static int64_t published(const struct suggest_answer *suggested, const struct shadow_room *room, uint32_t supplier) {
    return rubric_score(&suggested->rubric, room->columns + supplier, suggested->cohort.suppliers.count, NULL);
}

static ieum_status judge_demand(struct shadow_answer *answer, uint32_t demand, struct shadow_room *room, struct problem *problem) {
    struct suggest_answer *suggested = &answer->suggested;
    const struct cohort *cohort = &suggested->cohort;
    const struct shortlist *shortlist = &suggested->shortlists[demand]; /* every demand has one, in their order */
    struct demand_view view;
    ieum_status status = suggest_view(suggested, shortlist, NULL, 0, answer->arena, &view, problem);
    if (status == IEUM_OK) status = score_demand(suggested, &view, room, problem);
    for (size_t i = 0; i < answer->count && status == IEUM_OK; i++) {
        struct shadow_decision *item = &answer->items[i];
        if (item->demand != demand) continue;
        item->verdict = shortlist->verdict;
        status = eligible_pair(suggested->program, view.demand, &cohort->suppliers.suppliers[item->supplier], answer->arena, &item->pair, problem);
        find_rank(suggested, room->scores, item);
        item->rubric = published(suggested, room, item->supplier);
        if (item->best != UINT32_MAX) item->best_rubric = published(suggested, room, item->best);
        if (status == IEUM_OK && item->best != UINT32_MAX && item->best_score > item->score) status = find_gaps(answer, &view, room, item, problem);
    }
    return status;
}

/* ---- all of them ---- */

static bool has_failed(const struct findings *findings, const struct rule *rule) {
    for (size_t f = 0; f < findings->count; f++)
        if (findings->items[f].rule == rule && findings->items[f].verdict == VERDICT_FAIL) return true;
    return false;
}

static void count_rules(struct shadow_answer *answer, const struct rule *rules, size_t count, bool of_pair) {
    for (size_t r = 0; r < count; r++) {
        struct shadow_rule found = {.rule = &rules[r], .of_pair = of_pair};
        for (size_t i = 0; i < answer->count; i++) found.decisions += has_failed(of_pair ? &answer->items[i].pair : &answer->items[i].verdict, &rules[r]);
        if (found.decisions) answer->rules[answer->rule_count++] = found;
    }
}

/* `best_rank`: of each demand, the best among its decisions; `load`: of each supplier, its decisions; both zeroed. */
static void count_agreement(struct shadow_answer *answer, size_t *best_rank, int64_t *load) {
    const struct cohort *cohort = &answer->suggested.cohort;
    double sum = 0;
    for (size_t i = 0; i < answer->count; i++) {
        const struct shadow_decision *item = &answer->items[i];
        answer->ineligible += !item->verdict.eligible;
        answer->barred += !item->rank;
        answer->at_first += item->rank == 1;
        answer->in_top3 += item->rank && item->rank <= SHORTLIST;
        answer->in_top10 += item->rank && item->rank <= LONG_LIST;
        if (item->rank && (!best_rank[item->demand] || item->rank < best_rank[item->demand])) best_rank[item->demand] = item->rank;
        load[item->supplier]++;
    }
    for (size_t d = 0; d < cohort->demands.count; d++) sum += best_rank[d] ? 1.0 / (double)best_rank[d] : 0;
    if (answer->demand_count) answer->reciprocal_rank = sum / (double)answer->demand_count;
    for (size_t s = 0; s < cohort->suppliers.count; s++)
        answer->over_capacity += load[s] > shadow_capacity(answer->suggested.program, &cohort->suppliers.suppliers[s]);
}

static ieum_status judge_all(struct shadow_answer *answer, struct problem *problem) {
    const struct cohort *cohort = &answer->suggested.cohort;
    const struct program *program = answer->suggested.program;
    struct shadow_room room = {0};
    bool *decided = arena_allocate_zero(answer->arena, cohort->demands.count, sizeof *decided);
    size_t *best_rank = arena_allocate_zero(answer->arena, cohort->demands.count, sizeof *best_rank);
    int64_t *load = arena_allocate_zero(answer->arena, cohort->suppliers.count, sizeof *load);
    answer->rules = arena_allocate_zero(answer->arena, program->eligibility_count + program->pair_rule_count, sizeof *answer->rules);
    ieum_status status = decided && best_rank && load && answer->rules ? make_room(&answer->suggested, &room, problem) : problem_set_memory(problem);
    for (size_t i = 0; i < answer->count && status == IEUM_OK; i++) decided[answer->items[i].demand] = true;
    for (uint32_t d = 0; d < cohort->demands.count && status == IEUM_OK; d++) {
        if (!decided[d]) continue;
        answer->demand_count++;
        status = judge_demand(answer, d, &room, problem);
    }
    arena_free(room.arena);
    if (status != IEUM_OK) return status;
    count_agreement(answer, best_rank, load);
    count_rules(answer, program->eligibility, program->eligibility_count, false);
    count_rules(answer, program->pair_rules, program->pair_rule_count, true);
    return IEUM_OK;
}

ieum_status pipeline_shadow(struct workspace *workspace, const struct shadow_question *question, struct shadow_answer *answer, struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0}, at = {&root, "demands", 0};
    jval *own = NULL;
    struct program *program = NULL;
    *answer = (struct shadow_answer){.arena = arena_new()};
    ieum_status status = answer->arena ? workspace_program(workspace, question->program, &program, problem) : problem_set_memory(problem);
    program_free(program); /* first of all, so that a wrong name is told before long files are read */
    if (status == IEUM_OK) workspace_progress(workspace, "파일을 읽고 있습니다.", "Reading the files.");
    if (status == IEUM_OK) status = shadow_read(workspace, question, answer, &own, problem);
    if (status == IEUM_OK) {
        const struct suggest_question every = {.program = question->program, .demands = {.inlined = own, .at = &at}, .suppliers = question->suppliers, .k = 1,
                                               .model = question->model, .rules = true, .fit_only = question->fit_only, .lean = true, .matrix = true};
        status = pipeline_suggest(workspace, &every, &answer->suggested, problem);
    }
    jval_free(own);
    if (status == IEUM_OK) status = shadow_find(answer, problem);
    if (status == IEUM_OK) workspace_progress(workspace, "사람의 결정과 견줍니다.", "Comparing with what people decided.");
    if (status == IEUM_OK) status = judge_all(answer, problem);
    if (status == IEUM_OK) workspace_progress(workspace, "여러 방법으로 배정해 나란히 놓습니다.", "Assigning by several methods, side by side.");
    if (status == IEUM_OK) status = shadow_compare(question, answer, problem);
    if (status != IEUM_OK) shadow_answer_free(answer);
    return status;
}

void shadow_answer_free(struct shadow_answer *answer) {
    suggest_answer_free(&answer->suggested);
    record_set_free(&answer->decisions);
    record_set_free(&answer->all_demands);
    arena_free(answer->arena);
    *answer = (struct shadow_answer){0};
}
