/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What to ask next, and what the shortlist becomes for each answer. Where the handle keeps the suppliers ready (cohort_pool.h), all answers are ranked side by
 * side in one walk over them; else pipeline_one.c ranks one after the other.
 */
#include <string.h>

#include "feature/answers.h"
#include "pipeline_bulk.h"
#include "pipeline_parts.h"

/* ---- the demand with answers ---- */

ieum_status suggest_view(const struct suggest_answer *answer, const struct shortlist *shortlist, const uint32_t *concepts, size_t count,
                         struct arena *arena, struct demand_view *view, struct problem *problem) {
    const struct understanding *notes = &answer->cohort.demand_notes[shortlist->demand];
    *view = (struct demand_view){&answer->cohort.demands.demands[shortlist->demand], notes};
    if (count == 0) return IEUM_OK;
    struct understanding *answered = arena_allocate(arena, sizeof *answered);
    if (!answered) return problem_set_memory(problem);
    view->notes = answered;
    return understanding_answer(answer->space->lexicon, notes, concepts, count, arena, answered, problem);
}

ieum_status suggest_view_after(const struct suggest_answer *answer, const struct shortlist *shortlist, uint32_t concept, struct arena *arena,
                               struct demand_view *view, struct problem *problem) {
    const size_t count = answer->answer_count;
    uint32_t *concepts = arena_allocate(arena, (count + 1) * sizeof *concepts);
    if (!concepts) return problem_set_memory(problem);
    if (count) memcpy(concepts, answer->answers, count * sizeof *concepts);
    concepts[count] = concept;
    return suggest_view(answer, shortlist, concepts, count + 1, arena, view, problem);
}

/* ---- questions ---- */

ieum_status suggest_ask(const struct suggest_answer *answer, const struct demand_view *view, const struct top_k *best, size_t count,
                        struct shortlist *shortlist, struct arena *arena, struct problem *problem) {
    uint32_t *list = arena_allocate_zero(arena, count + 1, sizeof *list);
    int64_t *own = arena_allocate_zero(arena, count + 1, sizeof *own);
    if (!list || !own) return problem_set_memory(problem);
    for (size_t i = 0; i < count; i++) {
        list[i] = best[i].index;
        own[i] = best[i].score;
    }
    ieum_status status = questions_find(&answer->desk, answer->space, view->notes, list, own, count, arena, &shortlist->questions, problem);
    if (status != IEUM_OK) return status;
    shortlist->outlooks = arena_allocate_zero(arena, shortlist->questions.count, sizeof *shortlist->outlooks);
    if (!shortlist->outlooks) return problem_set_memory(problem);
    for (size_t q = 0; q < shortlist->questions.count; q++) {
        shortlist->outlooks[q] = arena_allocate_zero(arena, shortlist->questions.items[q].count, sizeof **shortlist->outlooks);
        if (!shortlist->outlooks[q]) return problem_set_memory(problem);
    }
    return IEUM_OK;
}

/* ---- side by side ---- */

static size_t count_answers(const struct next_questions *questions) {
    size_t count = 0;
    for (size_t q = 0; q < questions->count; q++) count += questions->items[q].count;
    return count;
}

/* Ranks all views, which are all of one demand. */
static ieum_status rank_answers(const struct suggest_answer *answer, const struct shortlist *shortlist, bool rules, const struct sieve *sieve,
                                const struct demand_view *views, size_t count, struct bulk_answer *ranked, struct arena *arena, struct problem *problem) {
    const size_t suppliers = answer->cohort.suppliers.count;
    const struct sieve *base = count <= LANES ? sieve : NULL; /* more are too many for it */
    struct pair_rules *compiled = NULL;
    const struct demand **demands = arena_allocate(arena, (count + 1) * sizeof *demands);
    ieum_status status = demands ? IEUM_OK : problem_set_memory(problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) demands[i] = &answer->cohort.demands.demands[shortlist->demand];
    if (status == IEUM_OK && rules && !base) status = pair_rules_over(answer->program, demands, count, answer->side, 1, &compiled, problem);
    const struct bulk_question asked = {.space = answer->space, .additive = &answer->additive, .rules = compiled, .views = views, .count = count,
                                        .k = answer->desk.shows < suppliers ? answer->desk.shows : suppliers, .threads = 1, .base = base};
    if (status == IEUM_OK) status = pipeline_bulk(&asked, ranked, problem);
    pair_rules_free(compiled);
    return status;
}

ieum_status suggest_look_ahead(const struct suggest_answer *answer, bool rules, const struct sieve *sieve, struct shortlist *shortlist, struct arena *arena,
                               struct problem *problem) {
    const struct next_questions *questions = &shortlist->questions;
    const size_t count = count_answers(questions);
    struct bulk_answer ranked = {0};
    struct demand_view *views = arena_allocate_zero(arena, count + 1, sizeof *views);
    ieum_status status = views ? IEUM_OK : problem_set_memory(problem);
    if (count == 0) return status;
    size_t i = 0;
    for (size_t q = 0; q < questions->count; q++)
        for (size_t a = 0; a < questions->items[q].count && status == IEUM_OK; a++)
            status = suggest_view_after(answer, shortlist, questions->items[q].answers[a].concept, arena, &views[i++], problem);
    if (status == IEUM_OK) status = rank_answers(answer, shortlist, rules, sieve, views, count, &ranked, arena, problem);
    i = 0;
    for (size_t q = 0; q < questions->count; q++)
        for (size_t a = 0; a < questions->items[q].count && status == IEUM_OK; a++) {
            const struct bulk_ranked *one = &ranked.ranked[i++];
            struct top_k *best = arena_allocate(arena, (one->count + 1) * sizeof *best);
            if (!best) status = problem_set_memory(problem);
            else memcpy(best, one->best, one->count * sizeof *best);
            if (best) shortlist->outlooks[q][a] = (struct outlook){best, one->count};
        }
    bulk_answer_free(&ranked);
    return status;
}
