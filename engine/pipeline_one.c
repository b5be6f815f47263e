/* SPDX-License-Identifier: Apache-2.0 */
/* One shortlist on its own: the whole way for one demand, and, for a need that leaves things open, what to ask next. */
#include "pipeline_parts.h"

/* Stage eligible, for all pairs of a demand: barred pairs with their findings, flags, and the points to confirm of the others. */
static ieum_status judge_pairs(const struct suggest_answer *answer, struct shortlist *shortlist, struct arena *arena, bool *barred,
                               struct findings *findings, struct problem *problem) {
    const struct record_set *suppliers = &answer->cohort.suppliers;
    const struct demand *demand = &answer->cohort.demands.demands[shortlist->demand];
    ieum_status status = IEUM_OK;
    const size_t first = answer->only == EVERY_SUPPLIER ? 0 : answer->only;
    const size_t end = answer->only == EVERY_SUPPLIER ? suppliers->count : first + 1;
    shortlist->barred = arena_allocate(arena, (end - first) * sizeof *shortlist->barred);
    if (!shortlist->barred) return problem_set_memory(problem);
    for (size_t s = first; s < end && status == IEUM_OK; s++) {
        status = eligible_pair(answer->program, demand, &suppliers->suppliers[s], arena, &findings[s], problem);
        if (status != IEUM_OK || findings[s].eligible) continue;
        barred[s] = true;
        shortlist->barred[shortlist->barred_count++] = (struct barred_supplier){(uint32_t)s, findings[s]};
    }
    return status;
}

/* Where one demand is worked out: what does not leave with the shortlist. */
struct desk_room {
    double *columns; /* feature_count × suppliers */
    bool *barred;
    struct findings *findings;
    int64_t *kernel; /* room for the kernel parts; NULL: the model has none */
};

/* Stages feature and score. `known`: the kernel parts, where they are not to be computed. */
static ieum_status score_all(const struct suggest_answer *answer, const struct demand_view *view, const struct desk_room *room, const int64_t *known,
                             int64_t *scores, struct problem *problem) {
    const size_t suppliers = answer->cohort.suppliers.count;
    ieum_status status = feature_compute(answer->space, view, room->columns, problem);
    if (status == IEUM_OK && room->kernel && !known) status = model_use_kernel(answer->model, view, room->columns, room->kernel, problem);
    if (!known) known = room->kernel;
    for (size_t s = 0; s < suppliers && status == IEUM_OK; s++)
        scores[s] = room->barred[s] ? SCORE_BARRED : additive_score(&answer->additive, room->columns + s, suppliers, NULL) + (known ? known[s] : 0);
    return status;
}

/* Stage rank. */
static size_t rank(const struct suggest_answer *answer, const int64_t *scores, const bool *barred, size_t k, struct top_k *best) {
    const size_t suppliers = answer->cohort.suppliers.count;
    if (answer->only == EVERY_SUPPLIER) return top_k_select(scores, barred, suppliers, k, best);
    if (barred[answer->only]) return 0;
    best[0] = (struct top_k){scores[answer->only], answer->only, 0};
    return 1;
}

/* ---- what to ask next ---- */

/* What the shortlist becomes for one answer: the concept stands beside those that were answered before. */
static ieum_status look_ahead(const struct suggest_answer *answer, const struct shortlist *shortlist, uint32_t concept, const struct desk_room *room,
                              struct arena *arena, struct outlook *outlook, struct problem *problem) {
    const size_t suppliers = answer->cohort.suppliers.count;
    int64_t *scores = arena_allocate(arena, suppliers * sizeof *scores);
    struct top_k *best = arena_allocate_zero(arena, answer->desk.shows, sizeof *best);
    struct demand_view view;
    if (!scores || !best) return problem_set_memory(problem);
    ieum_status status = suggest_view_after(answer, shortlist, concept, arena, &view, problem);
    if (status == IEUM_OK) status = score_all(answer, &view, room, NULL, scores, problem);
    if (status == IEUM_OK) *outlook = (struct outlook){best, top_k_select(scores, room->barred, suppliers, answer->desk.shows, best)};
    return status;
}

static ieum_status ask_next(const struct suggest_answer *answer, const struct demand_view *view, const int64_t *scores, const struct desk_room *room,
                            struct shortlist *shortlist, struct arena *arena, struct problem *problem) {
    const size_t suppliers = answer->cohort.suppliers.count, most = answer->desk.suppliers < suppliers ? answer->desk.suppliers : suppliers;
    struct top_k *best = arena_allocate_zero(arena, most, sizeof *best);
    if (!best) return problem_set_memory(problem);
    const size_t count = top_k_select(scores, room->barred, suppliers, most, best);
    ieum_status status = suggest_ask(answer, view, best, count, shortlist, arena, problem);
    for (size_t q = 0; q < shortlist->questions.count && status == IEUM_OK; q++) {
        const struct next_question *question = &shortlist->questions.items[q];
        for (size_t a = 0; a < question->count && status == IEUM_OK; a++)
            status = look_ahead(answer, shortlist, question->answers[a].concept, room, arena, &shortlist->outlooks[q][a], problem);
    }
    return status;
}

/* ---- one shortlist ---- */

/* The values of who was ranked, out of the columns. */
static void pick_values(const double *columns, size_t suppliers, size_t features, struct top_k *best, size_t count, double *values) {
    for (size_t i = 0; i < count; i++) {
        best[i].place = (uint32_t)i;
        for (size_t f = 0; f < features; f++) values[i * features + f] = columns[f * suppliers + best[i].index];
    }
}

ieum_status suggest_one(const struct suggest_question *question, struct suggest_answer *answer, size_t index, const int64_t *kernel, struct problem *problem) {
    struct shortlist *shortlist = &answer->shortlists[index];
    const size_t suppliers = answer->cohort.suppliers.count, features = answer->program->feature_count;
    const size_t k = question->k < suppliers ? question->k : suppliers;
    const bool has_kernel = answer->model && model_use_has_kernel(answer->model);
    ieum_status status = IEUM_OK;
    struct arena *arena = answer->arenas[index], *scratch = arena_new();
    int64_t *scores = answer->scores ? answer->scores + index * suppliers : arena_allocate(scratch, suppliers * sizeof *scores);
    struct desk_room room = {.columns = arena_allocate(scratch, features * suppliers * sizeof *room.columns),
                             .barred = arena_allocate_zero(scratch, suppliers, sizeof *room.barred),
                             .findings = arena_allocate_zero(scratch, suppliers, sizeof *room.findings),
                             .kernel = has_kernel ? arena_allocate(scratch, suppliers * sizeof *room.kernel) : NULL};
    double *values = arena_allocate(scratch, features * k * sizeof *values);
    struct top_k *best = arena_allocate_zero(scratch, k + 1, sizeof *best);
    struct demand_view view;
    if (!scores || !room.columns || !room.barred || !room.findings || (has_kernel && !room.kernel) || !values || !best) {
        status = problem_set_memory(problem);
        goto done;
    }
    if (question->rules) status = judge_pairs(answer, shortlist, arena, room.barred, room.findings, problem);
    if (status == IEUM_OK) status = suggest_view(answer, shortlist, answer->answers, answer->answer_count, arena, &view, problem);
    if (status == IEUM_OK) status = score_all(answer, &view, &room, kernel, scores, problem);
    if (status != IEUM_OK) goto done;
    struct ranking ranking = {best, rank(answer, scores, room.barred, k, best), values, room.findings, kernel ? kernel : room.kernel};
    pick_values(room.columns, suppliers, features, best, ranking.count, values);
    status = suggest_explain(question, answer, &view, &ranking, shortlist, arena, problem);
    if (status == IEUM_OK && question->questions) status = ask_next(answer, &view, scores, &room, shortlist, arena, problem);
done:
    arena_free(scratch);
    return status;
}
