/* SPDX-License-Identifier: Apache-2.0 */
/* The suggestion: eligible → feature → score → rank → explain, for each demand on its own thread; and, for a need that leaves things open, what to ask next. */
#include "pipeline.h"

#include <string.h>

#include "base/map.h"
#include "base/parallel.h"
#include "feature/answers.h"
#include "record/image.h"

enum { EVIDENCE_JOINTS = 4 };

struct suggester {
    const struct suggest_question *question;
    struct suggest_answer *answer;
    struct problem *problems; /* one a shortlist */
};

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

/* Stage explain, for the suppliers that were ranked. */
static ieum_status explain(const struct suggest_answer *answer, const struct demand_view *view, const struct top_k *best,
                           const double *values, const struct findings *findings, struct shortlist *shortlist, struct arena *arena,
                           struct problem *problem) {
    size_t suppliers = answer->cohort.suppliers.count, features = answer->program->feature_count;
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < shortlist->count && status == IEUM_OK; i++) {
        struct suggestion *suggestion = &shortlist->suggestions[i];
        int64_t *contributions = arena_allocate(arena, answer->rubric.count * sizeof *contributions);
        double *own = arena_allocate(arena, features * sizeof *own);
        if (!contributions || !own) return problem_set_memory(problem);
        for (size_t f = 0; f < features; f++) own[f] = values[f * suppliers + best[i].index];
        *suggestion = (struct suggestion){.supplier = best[i].index, .contributions = contributions, .values = own,
                                          .findings = findings[best[i].index]};
        suggestion->score = rubric_score(&answer->rubric, own, 1, contributions);
        status = explain_evidence(answer->space, view, suggestion->supplier, EVIDENCE_JOINTS, arena, &suggestion->evidence, problem);
        if (status == IEUM_OK)
            status = explain_reason(answer->program, answer->space->lexicon, &answer->rubric, contributions, own, &suggestion->evidence, arena,
                                    &suggestion->reason, problem);
    }
    return status;
}

/* The demand with what its applicant answered. */
static ieum_status view_of(const struct suggest_answer *answer, const struct shortlist *shortlist, const uint32_t *concepts, size_t count,
                           struct arena *arena, struct demand_view *view, struct problem *problem) {
    const struct understanding *notes = &answer->cohort.demand_notes[shortlist->demand];
    *view = (struct demand_view){&answer->cohort.demands.demands[shortlist->demand], notes};
    if (count == 0) return IEUM_OK;
    struct understanding *answered = arena_allocate(arena, sizeof *answered);
    if (!answered) return problem_set_memory(problem);
    view->notes = answered;
    return understanding_answer(answer->space->lexicon, notes, concepts, count, arena, answered, problem);
}

/* Stages feature and score: `values` is feature_count × suppliers. */
static ieum_status score_all(const struct suggest_answer *answer, const struct demand_view *view, const bool *barred, double *values,
                             int64_t *scores, struct problem *problem) {
    const size_t suppliers = answer->cohort.suppliers.count;
    ieum_status status = feature_compute(answer->space, view, values, problem);
    for (size_t s = 0; s < suppliers && status == IEUM_OK; s++)
        scores[s] = barred[s] ? SCORE_BARRED : rubric_score(&answer->rubric, values + s, suppliers, NULL);
    return status;
}

/* Stage rank. */
static size_t rank(const struct suggest_answer *answer, const int64_t *scores, const bool *barred, size_t k, struct top_k *best) {
    const size_t suppliers = answer->cohort.suppliers.count;
    if (answer->only == EVERY_SUPPLIER) return top_k_select(scores, barred, suppliers, k, best);
    if (barred[answer->only]) return 0;
    best[0] = (struct top_k){scores[answer->only], answer->only};
    return 1;
}

/* ---- what to ask next ---- */

/* What the shortlist becomes for one answer: the concept stands beside those that were answered before. */
static ieum_status look_ahead(const struct suggest_answer *answer, const struct shortlist *shortlist, uint32_t concept, const bool *barred,
                              double *values, struct arena *arena, struct outlook *outlook, struct problem *problem) {
    const size_t suppliers = answer->cohort.suppliers.count, count = answer->answer_count;
    uint32_t *concepts = arena_allocate(arena, (count + 1) * sizeof *concepts);
    int64_t *scores = arena_allocate(arena, suppliers * sizeof *scores);
    struct top_k *best = arena_allocate_zero(arena, answer->desk.shows, sizeof *best);
    struct demand_view view;
    if (!concepts || !scores || !best) return problem_set_memory(problem);
    if (count) memcpy(concepts, answer->answers, count * sizeof *concepts);
    concepts[count] = concept;
    ieum_status status = view_of(answer, shortlist, concepts, count + 1, arena, &view, problem);
    if (status == IEUM_OK) status = score_all(answer, &view, barred, values, scores, problem);
    if (status == IEUM_OK) *outlook = (struct outlook){best, top_k_select(scores, barred, suppliers, answer->desk.shows, best)};
    return status;
}

static ieum_status ask_next(const struct suggest_answer *answer, const struct demand_view *view, const int64_t *scores, const bool *barred,
                            double *values, struct shortlist *shortlist, struct arena *arena, struct problem *problem) {
    const size_t suppliers = answer->cohort.suppliers.count, most = answer->desk.suppliers < suppliers ? answer->desk.suppliers : suppliers;
    struct top_k *best = arena_allocate_zero(arena, most, sizeof *best);
    uint32_t *list = arena_allocate_zero(arena, most, sizeof *list);
    int64_t *own = arena_allocate_zero(arena, most, sizeof *own);
    if (!best || !list || !own) return problem_set_memory(problem);
    const size_t count = top_k_select(scores, barred, suppliers, most, best);
    for (size_t i = 0; i < count; i++) {
        list[i] = best[i].index;
        own[i] = best[i].score;
    }
    ieum_status status = questions_find(&answer->desk, answer->space, view->notes, list, own, count, arena, &shortlist->questions, problem);
    if (status != IEUM_OK) return status;
    shortlist->outlooks = arena_allocate_zero(arena, shortlist->questions.count, sizeof *shortlist->outlooks);
    if (!shortlist->outlooks) return problem_set_memory(problem);
    for (size_t q = 0; q < shortlist->questions.count && status == IEUM_OK; q++) {
        const struct next_question *question = &shortlist->questions.items[q];
        shortlist->outlooks[q] = arena_allocate_zero(arena, question->count, sizeof **shortlist->outlooks);
        if (!shortlist->outlooks[q]) return problem_set_memory(problem);
        for (size_t a = 0; a < question->count && status == IEUM_OK; a++)
            status = look_ahead(answer, shortlist, question->answers[a].concept, barred, values, arena, &shortlist->outlooks[q][a], problem);
    }
    return status;
}

/* ---- one shortlist ---- */

static ieum_status suggest_one(struct suggester *suggester, size_t index, struct problem *problem) {
    struct suggest_answer *answer = suggester->answer;
    const struct suggest_question *question = suggester->question;
    struct shortlist *shortlist = &answer->shortlists[index];
    size_t suppliers = answer->cohort.suppliers.count;
    int64_t *scores = answer->scores + index * suppliers;
    ieum_status status = IEUM_OK;
    struct arena *arena = answer->arenas[index], *scratch = arena_new();
    size_t k = question->k < suppliers ? question->k : suppliers;
    double *values = arena_allocate(scratch, answer->program->feature_count * suppliers * sizeof *values);
    struct top_k *best = arena_allocate_zero(scratch, k, sizeof *best);
    bool *barred = arena_allocate_zero(scratch, suppliers, sizeof *barred);
    struct findings *findings = arena_allocate_zero(scratch, suppliers, sizeof *findings);
    struct demand_view view;
    if (!values || !best || !barred || !findings) {
        status = problem_set_memory(problem);
        goto done;
    }
    if (question->rules) status = judge_pairs(answer, shortlist, arena, barred, findings, problem);
    if (status == IEUM_OK) status = view_of(answer, shortlist, answer->answers, answer->answer_count, arena, &view, problem);
    if (status == IEUM_OK) status = score_all(answer, &view, barred, values, scores, problem);
    if (status != IEUM_OK) goto done;
    shortlist->count = rank(answer, scores, barred, k, best);
    shortlist->suggestions = arena_allocate_zero(arena, shortlist->count, sizeof *shortlist->suggestions);
    status = shortlist->suggestions ? explain(answer, &view, best, values, findings, shortlist, arena, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = understood_find(&answer->desk, answer->space->lexicon, view.notes, arena, &shortlist->understood, problem);
    if (status == IEUM_OK && question->questions) status = ask_next(answer, &view, scores, barred, values, shortlist, arena, problem);
done:
    arena_free(scratch);
    return status;
}

static void suggest_in_thread(void *context, size_t index, int worker) {
    (void)worker;
    struct suggester *suggester = context;
    suggest_one(suggester, index, &suggester->problems[index]);
}

/* Stage eligible, for the demands: the shortlists to be filled. */
static ieum_status choose_demands(const struct suggest_question *question, struct suggest_answer *answer, struct problem *problem) {
    struct cohort *cohort = &answer->cohort;
    ieum_status status = IEUM_OK;
    answer->shortlists = arena_allocate_zero(cohort->arena, cohort->demands.count, sizeof *answer->shortlists);
    if (!answer->shortlists) return problem_set_memory(problem);
    for (size_t d = 0; d < cohort->demands.count && status == IEUM_OK; d++) {
        struct findings verdict = {.eligible = true};
        if (question->rules) status = eligible_demand(answer->program, &cohort->demands.demands[d], cohort->arena, &verdict, problem);
        if (question->only_eligible && !verdict.eligible) continue;
        answer->shortlists[answer->count++] = (struct shortlist){.demand = (uint32_t)d, .verdict = verdict};
    }
    return status;
}

/* What the scores follow from, beside the records: the program's criteria, the options of its features, the lexicon. */
static void hash_model(struct suggest_answer *answer, const struct feature_catalogue *catalogue, const struct lexicon *lexicon) {
    struct digest digest;
    digest_begin(&digest);
    digest_add_text(&digest, answer->program->hash);
    digest_add_text(&digest, feature_catalogue_hash(catalogue));
    digest_add_text(&digest, lexicon_hash(lexicon));
    digest_end(&digest, answer->model_hash);
}

/* The concepts that were answered, once each, by their order. */
static ieum_status resolve_answers(const struct suggest_question *question, const struct lexicon *lexicon, struct suggest_answer *answer,
                                   struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0}, at = {&root, "answers", 0};
    uint32_t *concepts = arena_allocate(answer->cohort.arena, (question->answers.count + 1) * sizeof *concepts);
    if (!concepts) return problem_set_memory(problem);
    for (size_t i = 0; i < question->answers.count; i++) {
        const struct jpath item = {&at, NULL, i};
        const uint32_t concept = lexicon_find(lexicon, question->answers.items[i]);
        bool known = false;
        if (concept == MAP_NONE) {
            ieum_status status = jval_refuse(problem, &item, NULL, NULL, "그런 id의 개념이 없습니다.", "There is no concept with this id.");
            problem_set_value(problem, question->answers.items[i]);
            return status;
        }
        for (size_t k = 0; k < answer->answer_count; k++) known = known || concepts[k] == concept;
        if (!known) concepts[answer->answer_count++] = concept;
    }
    answer->answers = concepts;
    return IEUM_OK;
}

static ieum_status find_supplier(const char *id, struct suggest_answer *answer, struct problem *problem) {
    const struct record_set *suppliers = &answer->cohort.suppliers;
    answer->only = EVERY_SUPPLIER;
    for (size_t s = 0; id && s < suppliers->count; s++)
        if (strcmp(suppliers->suppliers[s].id, id) == 0) answer->only = (uint32_t)s;
    if (!id || answer->only != EVERY_SUPPLIER) return IEUM_OK;
    ieum_status status = problem_set(problem, IEUM_NOT_FOUND, "/supplier", "공급기업 '%s'이(가) 없습니다.", "There is no supplier '%s'.", id);
    problem_set_value(problem, id);
    return status;
}

/* Everything the shortlists need that is made once. */
static ieum_status prepare(struct workspace *workspace, const struct suggest_question *question, struct suggest_answer *answer,
                           struct problem *problem) {
    const struct lexicon *lexicon;
    const struct taxonomy *taxonomy;
    const struct feature_catalogue *catalogue;
    struct cohort *cohort = &answer->cohort;
    struct record_choice suppliers = question->suppliers;
    ieum_status status = workspace_program(workspace, question->program, &answer->program, problem);
    if (status == IEUM_OK) { /* first: it reads the lexicon beside the records */
        /* Only rules look into a supplier's JSON, and few look at more than its light members. */
        suppliers.lean = !question->rules || program_reads_only(answer->program, supplier_light_members, SUPPLIER_LIGHT_MEMBERS);
        status = cohort_load(workspace, question->program, &suppliers, &question->demands, cohort, problem);
    }
    if (status == IEUM_OK) status = workspace_lexicon(workspace, &lexicon, problem);
    if (status == IEUM_OK) status = workspace_taxonomy(workspace, &taxonomy, problem);
    if (status == IEUM_OK) status = workspace_catalogue(workspace, &catalogue, problem);
    if (status == IEUM_OK) status = resolve_answers(question, lexicon, answer, problem);
    if (status == IEUM_OK) status = find_supplier(question->supplier, answer, problem);
    if (status == IEUM_OK) status = pipeline_load_desk(workspace, &answer->desk, problem);
    if (status == IEUM_OK) status = rubric_compile(answer->program, question->fit_only, cohort->arena, &answer->rubric, problem);
    if (status == IEUM_OK)
        status = feature_space_new_for(answer->program, catalogue, lexicon, taxonomy, cohort->suppliers.suppliers, cohort->supplier_notes,
                                       cohort->suppliers.count, cohort->demand_notes, cohort->demands.count, workspace_threads(workspace),
                                       &answer->space, problem);
    if (status == IEUM_OK) status = choose_demands(question, answer, problem);
    if (status != IEUM_OK) return status;
    hash_model(answer, catalogue, lexicon);
    size_t cells;
    if (__builtin_mul_overflow(answer->count, cohort->suppliers.count, &cells) || cells > SIZE_MAX / sizeof *answer->scores)
        return problem_set(problem, IEUM_LIMIT, "", "기업 수가 너무 많습니다.", "There are too many firms.");
    answer->scores = memory_allocate(cells * sizeof *answer->scores);
    answer->arenas = memory_allocate_zero(answer->count, sizeof *answer->arenas);
    if (!answer->scores || !answer->arenas) return problem_set_memory(problem);
    for (size_t i = 0; i < answer->count; i++)
        if (!(answer->arenas[i] = arena_new())) return problem_set_memory(problem);
    return IEUM_OK;
}

ieum_status pipeline_suggest(struct workspace *workspace, const struct suggest_question *question, struct suggest_answer *answer,
                             struct problem *problem) {
    *answer = (struct suggest_answer){0};
    struct suggester suggester = {.question = question, .answer = answer};
    ieum_status status = prepare(workspace, question, answer, problem);
    if (status != IEUM_OK) goto done;
    suggester.problems = memory_allocate_zero(answer->count, sizeof *suggester.problems);
    if (!suggester.problems) {
        status = problem_set_memory(problem);
        goto done;
    }
    parallel_for(workspace_threads(workspace), answer->count, suggest_in_thread, &suggester);
    for (size_t i = 0; i < answer->count && status == IEUM_OK; i++) {
        status = suggester.problems[i].status;
        if (status != IEUM_OK) *problem = suggester.problems[i];
    }
done:
    memory_free(suggester.problems);
    if (status != IEUM_OK) suggest_answer_free(answer);
    return status;
}

void suggest_answer_free(struct suggest_answer *answer) {
    for (size_t i = 0; answer->arenas && i < answer->count; i++) arena_free(answer->arenas[i]);
    memory_free(answer->arenas);
    memory_free(answer->scores);
    feature_space_free(answer->space);
    desk_free(&answer->desk);
    cohort_free(&answer->cohort);
    program_free(answer->program);
    *answer = (struct suggest_answer){0};
}
