/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline.h"

#include <string.h>

#include "base/parallel.h"
#include "record/image.h"
#include "score/top_k.h"

enum { EVIDENCE_JOINTS = 4 };

/* ---- check ---- */

ieum_status pipeline_check(struct workspace *workspace, const struct check_question *question, struct check_answer *answer,
                           struct problem *problem) {
    *answer = (struct check_answer){0};
    ieum_status status = workspace_program(workspace, question->program, &answer->program, problem);
    if (status == IEUM_OK) status = cohort_load(workspace, question->program, NULL, &question->demands, &answer->cohort, problem);
    if (status == IEUM_OK) {
        struct cohort *cohort = &answer->cohort;
        answer->verdicts = arena_allocate_zero(cohort->arena, cohort->demands.count, sizeof *answer->verdicts);
        if (!answer->verdicts) status = problem_set_memory(problem);
        for (size_t d = 0; d < cohort->demands.count && status == IEUM_OK; d++)
            status = eligible_demand(answer->program, &cohort->demands.demands[d], cohort->arena, &answer->verdicts[d], problem);
    }
    if (status != IEUM_OK) check_answer_free(answer);
    return status;
}

void check_answer_free(struct check_answer *answer) {
    cohort_free(&answer->cohort);
    program_free(answer->program);
    *answer = (struct check_answer){0};
}

/* ---- suggest ---- */

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
    shortlist->barred = arena_allocate(arena, suppliers->count * sizeof *shortlist->barred);
    if (!shortlist->barred) return problem_set_memory(problem);
    for (size_t s = 0; s < suppliers->count && status == IEUM_OK; s++) {
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

static ieum_status suggest_one(struct suggester *suggester, size_t index, struct problem *problem) {
    struct suggest_answer *answer = suggester->answer;
    const struct suggest_question *question = suggester->question;
    struct shortlist *shortlist = &answer->shortlists[index];
    size_t suppliers = answer->cohort.suppliers.count;
    int64_t *scores = answer->scores + index * suppliers;
    const struct demand_view view = {&answer->cohort.demands.demands[shortlist->demand], &answer->cohort.demand_notes[shortlist->demand]};
    ieum_status status = IEUM_OK;
    struct arena *arena = answer->arenas[index], *scratch = arena_new();
    size_t k = question->k < suppliers ? question->k : suppliers;
    double *values = arena_allocate(scratch, answer->program->feature_count * suppliers * sizeof *values);
    struct top_k *best = arena_allocate_zero(scratch, k, sizeof *best);
    bool *barred = arena_allocate_zero(scratch, suppliers, sizeof *barred);
    struct findings *findings = arena_allocate_zero(scratch, suppliers, sizeof *findings);
    if (!values || !best || !barred || !findings) {
        status = problem_set_memory(problem);
        goto done;
    }
    if (question->rules) status = judge_pairs(answer, shortlist, arena, barred, findings, problem);
    if (status == IEUM_OK) status = feature_compute(answer->space, &view, values, problem);
    if (status != IEUM_OK) goto done;
    for (size_t s = 0; s < suppliers; s++)
        scores[s] = barred[s] ? SCORE_BARRED : rubric_score(&answer->rubric, values + s, suppliers, NULL);
    shortlist->count = top_k_select(scores, barred, suppliers, k, best);
    shortlist->suggestions = arena_allocate_zero(arena, shortlist->count, sizeof *shortlist->suggestions);
    status = shortlist->suggestions ? explain(answer, &view, best, values, findings, shortlist, arena, problem) : problem_set_memory(problem);
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
    cohort_free(&answer->cohort);
    program_free(answer->program);
    *answer = (struct suggest_answer){0};
}

/* ---- match ---- */

/* The eligible shortlists become the rows, pairs that are not barred the edges. */
static ieum_status build_edges(struct match_answer *answer, struct problem *problem) {
    const struct suggest_answer *suggested = &answer->suggested;
    size_t suppliers = suggested->cohort.suppliers.count, edges = 0, used = 0;
    for (size_t i = 0; i < suggested->count; i++)
        for (size_t s = 0; s < suppliers; s++)
            edges += suggested->shortlists[i].verdict.eligible && suggested->scores[i * suppliers + s] != SCORE_BARRED;
    if (edges > ASSIGNMENT_EDGE_LIMIT)
        return problem_set(problem, IEUM_LIMIT, "", "짝이 될 수 있는 조합이 너무 많습니다.", "There are too many possible pairs.");
    answer->rows = memory_allocate_zero(suggested->count, sizeof *answer->rows);
    answer->edge_start = memory_allocate_zero(suggested->count + 1, sizeof *answer->edge_start);
    answer->edge_supplier = memory_allocate_zero(edges, sizeof *answer->edge_supplier);
    answer->edge_score = memory_allocate_zero(edges, sizeof *answer->edge_score);
    if (!answer->rows || !answer->edge_start || !answer->edge_supplier || !answer->edge_score) return problem_set_memory(problem);
    for (size_t i = 0; i < suggested->count; i++) {
        if (!suggested->shortlists[i].verdict.eligible) continue;
        const int64_t *scores = suggested->scores + i * suppliers;
        for (size_t s = 0; s < suppliers; s++) {
            if (scores[s] == SCORE_BARRED) continue;
            answer->edge_supplier[used] = (uint32_t)s;
            answer->edge_score[used++] = scores[s];
        }
        answer->rows[answer->row_count++] = (uint32_t)i;
        answer->edge_start[answer->row_count] = (uint32_t)used;
    }
    return IEUM_OK;
}

/* Bounds from the program. A demand's minimum never asks for more suppliers than it has left: who has none stays unmatched and is reported. */
static ieum_status build_bounds(struct match_answer *answer, struct problem *problem) {
    const struct program *program = answer->suggested.program;
    const struct record_set *suppliers = &answer->suggested.cohort.suppliers;
    answer->demand_min = memory_allocate_zero(answer->row_count, sizeof *answer->demand_min);
    answer->demand_max = memory_allocate_zero(answer->row_count, sizeof *answer->demand_max);
    answer->supplier_min = memory_allocate_zero(suppliers->count, sizeof *answer->supplier_min);
    answer->supplier_max = memory_allocate_zero(suppliers->count, sizeof *answer->supplier_max);
    if (!answer->demand_min || !answer->demand_max || !answer->supplier_min || !answer->supplier_max) return problem_set_memory(problem);
    for (size_t d = 0; d < answer->row_count; d++) {
        int64_t candidates = answer->edge_start[d + 1] - answer->edge_start[d];
        answer->demand_min[d] = program->demand_bounds.least < candidates ? program->demand_bounds.least : candidates;
        answer->demand_max[d] = program->demand_bounds.most;
    }
    for (size_t s = 0; s < suppliers->count; s++) {
        int64_t capacity = program->use_capacity ? suppliers->suppliers[s].capacity : AMOUNT_MISSING;
        answer->supplier_min[s] = program->supplier_bounds.least;
        answer->supplier_max[s] = program->supplier_bounds.most;
        if (capacity != AMOUNT_MISSING && capacity < answer->supplier_max[s]) answer->supplier_max[s] = capacity;
    }
    return IEUM_OK;
}

ieum_status pipeline_match(struct workspace *workspace, const struct suggest_question *question, struct match_answer *answer,
                           struct problem *problem) {
    *answer = (struct match_answer){0};
    ieum_status status = pipeline_suggest(workspace, question, &answer->suggested, problem);
    if (status == IEUM_OK) status = build_edges(answer, problem);
    if (status == IEUM_OK) status = build_bounds(answer, problem);
    if (status == IEUM_OK && answer->row_count) {
        answer->assignment = (struct assignment_problem){
            .demand_count = answer->row_count, .supplier_count = (uint32_t)answer->suggested.cohort.suppliers.count,
            .edge_start = answer->edge_start, .edge_supplier = answer->edge_supplier, .edge_score = answer->edge_score,
            .demand_min = answer->demand_min, .demand_max = answer->demand_max,
            .supplier_min = answer->supplier_min, .supplier_max = answer->supplier_max};
        status = pipeline_assign(&answer->assignment, &answer->answer, problem);
        answer->assigned = status == IEUM_OK;
    }
    if (status != IEUM_OK) match_answer_free(answer);
    return status;
}

void match_answer_free(struct match_answer *answer) {
    if (answer->assigned) assignment_answer_free(&answer->answer);
    memory_free(answer->rows);
    memory_free(answer->edge_start);
    memory_free(answer->edge_supplier);
    memory_free(answer->edge_score);
    memory_free(answer->demand_min);
    memory_free(answer->demand_max);
    memory_free(answer->supplier_min);
    memory_free(answer->supplier_max);
    suggest_answer_free(&answer->suggested);
    *answer = (struct match_answer){0};
}

/* ---- assign ---- */

static ieum_status measure(const struct assignment_problem *assignment, struct assignment_answer *answer, struct problem *problem) {
    if (answer->result.status != ASSIGNMENT_OPTIMAL) return IEUM_OK;
    size_t edges = assignment->edge_start[assignment->demand_count];
    uint8_t *barred = memory_allocate_zero(edges, sizeof *barred);
    if (!barred) return problem_set_memory(problem);
    for (size_t e = 0; e < edges; e++) barred[e] = answer->result.edge_rule[e] & ASSIGNMENT_EDGE_VETOED;
    const struct assignment_measure_input input = {
        .demand_count = assignment->demand_count, .supplier_count = assignment->supplier_count, .edge_start = assignment->edge_start,
        .edge_supplier = assignment->edge_supplier, .edge_score = assignment->edge_score, .edge_chosen = answer->result.chosen,
        .edge_barred = barred, .demand_max = assignment->demand_max, .supplier_max = assignment->supplier_max};
    ieum_status status = assignment_measures_compute(&input, &answer->measures, NULL, problem);
    memory_free(barred);
    return status;
}

ieum_status pipeline_assign(const struct assignment_problem *assignment, struct assignment_answer *answer, struct problem *problem) {
    *answer = (struct assignment_answer){0};
    ieum_status status = assignment_solve(assignment, &answer->result, problem);
    if (status != IEUM_OK) return status;
    status = measure(assignment, answer, problem);
    if (status != IEUM_OK) assignment_answer_free(answer);
    return status;
}

void assignment_answer_free(struct assignment_answer *answer) { assignment_result_free(&answer->result); }
