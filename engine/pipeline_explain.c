/* SPDX-License-Identifier: Apache-2.0 */
/* Stage explain of the suggestion: contributions, evidence and the reason of each supplier that was ranked. A lean answer has the score alone. */
#include "pipeline_parts.h"

#include <math.h>

enum { EVIDENCE_JOINTS = 4 };

/* The rubric's points of a pair, which explain it whichever model ranks; for the rubric itself they are its contributions. */
static ieum_status explain_points(const struct suggest_answer *answer, const double *values, struct arena *arena, struct suggestion *suggestion,
                                  struct problem *problem) {
    int64_t *points = answer->model ? arena_allocate(arena, answer->rubric.count * sizeof *points) : NULL;
    if (!answer->model) {
        suggestion->points = suggestion->contributions;
        return IEUM_OK;
    }
    if (!points) return problem_set_memory(problem);
    rubric_score(&answer->rubric, values, 1, points);
    suggestion->points = points;
    return IEUM_OK;
}

static ieum_status explain_kernel(const struct suggest_answer *answer, const struct demand_view *view, const double *values, int64_t part,
                                  struct arena *arena, struct suggestion *suggestion, struct problem *problem) {
    const size_t criteria = answer->program->criterion_count;
    int64_t *shares = arena_allocate(arena, (criteria + 1) * sizeof *shares);
    if (!shares) return problem_set_memory(problem);
    suggestion->kernel = shares;
    return model_use_shares(answer->model, view, suggestion->supplier, values, part, shares, &shares[criteria], problem);
}

static ieum_status explain_one(const struct suggest_answer *answer, const struct demand_view *view, const double *values, const int64_t *kernel,
                               struct arena *arena, struct suggestion *suggestion, struct problem *problem) {
    const size_t features = answer->program->feature_count;
    int64_t *contributions = arena_allocate(arena, answer->additive.count * sizeof *contributions);
    double *own = arena_allocate(arena, features * sizeof *own);
    if (!contributions || !own) return problem_set_memory(problem);
    for (size_t f = 0; f < features; f++) own[f] = values[f];
    suggestion->contributions = contributions;
    suggestion->values = own;
    additive_score(&answer->additive, own, 1, contributions);
    ieum_status status = explain_points(answer, own, arena, suggestion, problem);
    if (status == IEUM_OK && kernel) status = explain_kernel(answer, view, own, kernel[suggestion->supplier], arena, suggestion, problem);
    if (status == IEUM_OK) status = explain_evidence(answer->space, view, suggestion->supplier, EVIDENCE_JOINTS, arena, &suggestion->evidence, problem);
    return status == IEUM_OK ? explain_reason(answer->program, answer->space->lexicon, &answer->rubric, suggestion->points, own, &suggestion->evidence,
                                              arena, &suggestion->reason, problem)
                             : status;
}

/* How many of those that were ranked are good enough to be suggested: the rest of the list, which is in order, earns less than the program's least points. */
static size_t count_good(const struct suggest_answer *answer, const struct ranking *ranking) {
    const int64_t least = suggest_least_score(answer);
    size_t count = ranking->count;
    while (count && ranking->best[count - 1].score < least) count--;
    return count;
}

int64_t suggest_least_score(const struct suggest_answer *answer) {
    if (answer->model || answer->place || answer->program->least_points <= 0) return INT64_MIN; /* points are the rubric's, of the pool's suppliers */
    return llround(answer->program->least_points * (double)SCORE_ONE / 100);
}

ieum_status suggest_explain(const struct suggest_question *question, const struct suggest_answer *answer, const struct demand_view *view,
                            const struct ranking *ranking, struct shortlist *shortlist, struct arena *arena, struct problem *problem) {
    ieum_status status = IEUM_OK;
    const size_t count = count_good(answer, ranking);
    shortlist->suggestions = arena_allocate_zero(arena, count, sizeof *shortlist->suggestions);
    if (!shortlist->suggestions) return problem_set_memory(problem);
    shortlist->count = count;
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        struct suggestion *suggestion = &shortlist->suggestions[i];
        const uint32_t supplier = ranking->best[i].index;
        *suggestion = (struct suggestion){.supplier = supplier, .score = ranking->best[i].score};
        if (question->lean) continue;
        if (ranking->findings) suggestion->findings = ranking->findings[supplier];
        else if (question->rules)
            status = eligible_pair(answer->program, view->demand, &answer->cohort.suppliers.suppliers[supplier], arena, &suggestion->findings, problem);
        if (status == IEUM_OK)
            status = explain_one(answer, view, ranking->values + ranking->best[i].place * answer->program->feature_count, ranking->kernel, arena, suggestion,
                                 problem);
    }
    if (status == IEUM_OK && !question->lean)
        status = understood_find(&answer->desk, answer->space->lexicon, view->notes, arena, &shortlist->understood, problem);
    return status;
}
