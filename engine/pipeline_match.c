/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline_match_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- who takes part ---- */

/* An assignment adds scores up, so they must mean the same everywhere: of a learned model the calibrated probability counts. */
static ieum_status scores_to_probabilities(struct suggest_answer *suggested, struct problem *problem) {
    if (!suggested->model) return IEUM_OK;
    if (!model_use_calibrated(suggested->model))
        return problem_set(problem, IEUM_INVALID, "/model", "모형 '%s'의 점수는 확률로 맞추어져 있지 않아 배정에 쓸 수 없습니다.",
                           "The scores of the model '%s' are not calibrated to probabilities and cannot be assigned by.", model_use_model(suggested->model)->id);
    const size_t cells = suggested->count * suggested->cohort.suppliers.count;
    for (size_t i = 0; i < cells; i++)
        if (suggested->scores[i] != SCORE_BARRED)
            suggested->scores[i] = llround(model_use_probability(suggested->model, suggested->scores[i]) * (double)SCORE_ONE);
    return IEUM_OK;
}

static bool applied_within(const struct match_question *question, struct date applied) {
    struct date day;
    if (date_missing(applied)) return !question->applied_from && !question->applied_to;
    if (question->applied_from && date_read(question->applied_from, &day) && date_compare(applied, day) < 0) return false;
    return !(question->applied_to && date_read(question->applied_to, &day) && date_compare(applied, day) > 0);
}

static bool takes_part(const struct match_question *question, const struct match_answer *answer, size_t shortlist) {
    const struct shortlist *one = &answer->suggested.shortlists[shortlist];
    const struct demand *demand = &answer->suggested.cohort.demands.demands[one->demand];
    if (!one->verdict.eligible || text_list_has(&question->demands_out, demand->id)) return false;
    return question->selected_only ? text_list_has(&question->selected, demand->id) : applied_within(question, demand->applied);
}

static bool is_edge(int64_t score, int64_t least) { return score != SCORE_BARRED && score >= least; }

/* The demands that take part become the rows, pairs that are not barred and earn enough the edges. */
static ieum_status build_edges(const struct match_question *question, struct match_answer *answer, struct problem *problem) {
    const struct suggest_answer *suggested = &answer->suggested;
    size_t suppliers = suggested->cohort.suppliers.count, edges = 0, used = 0;
    const int64_t least = suggest_least_score(suggested);
    uint8_t *out = arena_allocate_zero(answer->arena, suppliers, sizeof *out);
    answer->rows = arena_allocate(answer->arena, suggested->count * sizeof *answer->rows);
    if (!out || !answer->rows) return problem_set_memory(problem);
    for (size_t s = 0; s < suppliers; s++) out[s] = text_list_has(&question->suppliers_out, suggested->cohort.suppliers.suppliers[s].id);
    for (size_t i = 0; i < suggested->count; i++) {
        if (!takes_part(question, answer, i)) continue;
        answer->rows[answer->row_count++] = (uint32_t)i;
        for (size_t s = 0; s < suppliers; s++) edges += !out[s] && is_edge(suggested->scores[i * suppliers + s], least);
    }
    if (edges > ASSIGNMENT_EDGE_LIMIT)
        return problem_set(problem, IEUM_LIMIT, "", "짝이 될 수 있는 조합이 너무 많습니다.", "There are too many possible pairs.");
    answer->edge_start = arena_allocate_zero(answer->arena, answer->row_count + 1, sizeof *answer->edge_start);
    answer->edge_supplier = arena_allocate(answer->arena, edges * sizeof *answer->edge_supplier);
    answer->edge_score = arena_allocate(answer->arena, edges * sizeof *answer->edge_score);
    if (!answer->edge_start || !answer->edge_supplier || !answer->edge_score) return problem_set_memory(problem);
    for (uint32_t d = 0; d < answer->row_count; d++) {
        const int64_t *scores = suggested->scores + answer->rows[d] * suppliers;
        for (size_t s = 0; s < suppliers; s++) {
            if (out[s] || !is_edge(scores[s], least)) continue;
            answer->edge_supplier[used] = (uint32_t)s;
            answer->edge_score[used++] = scores[s];
        }
        answer->edge_start[d + 1] = (uint32_t)used;
    }
    return IEUM_OK;
}

/* ---- bounds ---- */

static uint32_t find_row(const struct match_answer *answer, const char *id) {
    for (uint32_t d = 0; d < answer->row_count; d++)
        if (strcmp(answer->suggested.cohort.demands.demands[answer->suggested.shortlists[answer->rows[d]].demand].id, id) == 0) return d;
    return ASSIGNMENT_NONE;
}

/* With variety: the demand's row that has the supplier's value; the first where none has it, for which the supplier is no candidate either. */
static uint32_t find_row_for(const struct match_answer *answer, const char *id, uint32_t supplier) {
    const uint32_t first = find_row(answer, id), *value = answer->variety.of_row;
    if (!value || first == ASSIGNMENT_NONE || supplier == ASSIGNMENT_NONE) return first;
    for (uint32_t d = first; d < answer->row_count && answer->rows[d] == answer->rows[first]; d++)
        if (value[d] == answer->variety.of_supplier[supplier]) return d;
    return first;
}

static uint32_t find_supplier(const struct match_answer *answer, const char *id) {
    const struct record_set *suppliers = &answer->suggested.cohort.suppliers;
    for (uint32_t s = 0; s < suppliers->count; s++)
        if (strcmp(suppliers->suppliers[s].id, id) == 0) return s;
    return ASSIGNMENT_NONE;
}

static ieum_status refuse_party(const char *pointer, const char *id, struct problem *problem) {
    ieum_status status = problem_set(problem, IEUM_NOT_FOUND, pointer, "'%s'은(는) 이 회차의 배정에 참여하지 않습니다.", "'%s' takes no part in this assignment.", id);
    problem_set_value(problem, id);
    return status;
}

static ieum_status change_bounds(const struct match_question *question, struct match_answer *answer, struct problem *problem) {
    for (size_t i = 0; i < question->bounds_count; i++) {
        const struct match_bounds *it = &question->bounds[i];
        const uint32_t at = it->demand_side ? find_row(answer, it->id) : find_supplier(answer, it->id);
        if (at == ASSIGNMENT_NONE) return refuse_party("/bounds", it->id, problem);
        int64_t *least = (it->demand_side ? answer->demand_min : answer->supplier_min) + at, *most = (it->demand_side ? answer->demand_max : answer->supplier_max) + at;
        if (it->least >= 0) *least = it->least;
        if (it->most >= 0) *most = it->most;
        if (it->least < 0 && *least > *most) *least = *most; /* fewer places than the program asks for: as many as there are */
    }
    return IEUM_OK;
}

/* Bounds from the program. A demand's minimum never asks for more suppliers than it has left: who has none stays unmatched and is reported. */
static ieum_status build_bounds(const struct match_question *question, struct match_answer *answer, struct problem *problem) {
    const struct program *program = answer->suggested.program;
    const struct record_set *suppliers = &answer->suggested.cohort.suppliers;
    answer->demand_min = arena_allocate_zero(answer->arena, answer->row_count, sizeof *answer->demand_min);
    answer->demand_max = arena_allocate_zero(answer->arena, answer->row_count, sizeof *answer->demand_max);
    answer->supplier_min = arena_allocate_zero(answer->arena, suppliers->count, sizeof *answer->supplier_min);
    answer->supplier_max = arena_allocate_zero(answer->arena, suppliers->count, sizeof *answer->supplier_max);
    if (!answer->demand_min || !answer->demand_max || !answer->supplier_min || !answer->supplier_max) return problem_set_memory(problem);
    for (size_t d = 0; d < answer->row_count; d++) {
        int64_t candidates;
        ieum_status status = match_count_reach(answer, (uint32_t)d, &candidates, problem);
        if (status != IEUM_OK) return status;
        answer->demand_min[d] = program->demand_bounds.least < candidates ? program->demand_bounds.least : candidates;
        answer->demand_max[d] = program->demand_bounds.most;
    }
    for (size_t s = 0; s < suppliers->count; s++) {
        int64_t capacity = program->use_capacity ? suppliers->suppliers[s].capacity : AMOUNT_MISSING;
        answer->supplier_min[s] = program->supplier_bounds.least;
        answer->supplier_max[s] = program->supplier_bounds.most;
        if (capacity != AMOUNT_MISSING && capacity < answer->supplier_max[s]) answer->supplier_max[s] = capacity;
    }
    return change_bounds(question, answer, problem);
}

/* ---- locks, vetoes, previous pairs ---- */

struct found_pairs {
    struct assignment_pair *pairs;
    const struct match_pair **of; /* the question's pair behind each */
    uint32_t count;
};

/*
 * Ids → indices. A veto or a previous pair of somebody who takes no part changes nothing and is left out; a lock of one cannot be kept and is refused.
 */
static ieum_status find_pairs(const struct match_answer *answer, const struct match_pair *pairs, size_t count, bool must, struct found_pairs *found, struct problem *problem) {
    *found = (struct found_pairs){arena_allocate(answer->arena, count * sizeof *found->pairs), arena_allocate(answer->arena, count * sizeof *found->of), 0};
    if (!found->pairs || !found->of) return problem_set_memory(problem);
    for (size_t i = 0; i < count; i++) {
        const uint32_t supplier = find_supplier(answer, pairs[i].supplier);
        const struct assignment_pair pair = {find_row_for(answer, pairs[i].demand, supplier), supplier};
        if (pair.demand != ASSIGNMENT_NONE && pair.supplier != ASSIGNMENT_NONE) {
            found->of[found->count] = &pairs[i];
            found->pairs[found->count++] = pair;
        } else if (must) {
            return refuse_party(pair.demand == ASSIGNMENT_NONE ? "/demand" : "/supplier", pair.demand == ASSIGNMENT_NONE ? pairs[i].demand : pairs[i].supplier, problem);
        }
    }
    return IEUM_OK;
}

/* ---- what a repair may waive ---- */

/* A lock or veto that a person set may be lifted, one that is fixed may not. */
static const int64_t *price_pairs(const struct match_answer *answer, const struct match_pair *const *of, uint32_t count) {
    int64_t *each = arena_allocate(answer->arena, count * sizeof *each);
    for (uint32_t i = 0; each && i < count; i++) each[i] = of[i]->fixed ? 0 : 1;
    return each;
}

/* Of rows that are one demand the minimum may be waived, as that of any demand. */
static const int64_t *price_groups(const struct match_answer *answer, uint32_t count, bool minimum) {
    int64_t *each = arena_allocate(answer->arena, count * sizeof *each);
    for (uint32_t i = 0; each && i < count; i++) each[i] = answer->group_rules[i]->waivable || (minimum && answer->group_rules[i] == &match_whole_rule);
    return each;
}

/* How many rules bar a pair; 0: one of them may not be waived. */
static int64_t count_waivable(const struct findings *findings) {
    int64_t count = 0;
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->items[i].verdict != VERDICT_FAIL) continue;
        if (!findings->items[i].rule->waivable) return 0;
        count++;
    }
    return count;
}

static ieum_status list_barred(const struct match_question *question, struct match_answer *answer, struct problem *problem) {
    const struct suggest_answer *suggested = &answer->suggested;
    size_t most = 0;
    for (uint32_t d = 0; d < answer->row_count; d++) most += suggested->shortlists[answer->rows[d]].barred_count;
    struct repair_barred *barred = arena_allocate(answer->arena, most * sizeof *barred);
    if (!barred) return problem_set_memory(problem);
    for (uint32_t d = 0; d < answer->row_count; d++) {
        const struct shortlist *shortlist = &suggested->shortlists[answer->rows[d]];
        for (size_t i = 0; i < shortlist->barred_count; i++) {
            const uint32_t supplier = (uint32_t)shortlist->barred[i].supplier;
            if (answer->variety.of_row && answer->variety.of_row[d] != answer->variety.of_supplier[supplier]) continue;
            const int64_t cost = count_waivable(&shortlist->barred[i].findings);
            if (cost && !text_list_has(&question->suppliers_out, suggested->cohort.suppliers.suppliers[supplier].id))
                barred[answer->barred_count++] = (struct repair_barred){{d, supplier}, cost};
        }
    }
    answer->barred = barred;
    return IEUM_OK;
}

/* Minimums of demands, what people locked or vetoed, and what the program marks as waivable; capacities stay, they are the firms' own. */
static ieum_status price_repair(const struct match_question *question, struct match_answer *answer, struct problem *problem) {
    struct assignment_question *asked = &answer->question;
    struct repair_question *repair = &asked->repair;
    *repair = (struct repair_question){0};
    repair->price[ASSIGNMENT_DEMAND_MIN].all = repair->price[ASSIGNMENT_SUPPLIER_MIN].all = 1;
    repair->price[ASSIGNMENT_LOCK].each = price_pairs(answer, answer->lock_of, asked->problem.lock_count);
    repair->price[ASSIGNMENT_VETO].each = price_pairs(answer, answer->veto_of, asked->problem.veto_count);
    repair->price[ASSIGNMENT_GROUP_MIN].each = price_groups(answer, asked->problem.group_count, true);
    repair->price[ASSIGNMENT_GROUP_MAX].each = price_groups(answer, asked->problem.group_count, false);
    if (!repair->price[ASSIGNMENT_LOCK].each || !repair->price[ASSIGNMENT_VETO].each || !repair->price[ASSIGNMENT_GROUP_MIN].each || !repair->price[ASSIGNMENT_GROUP_MAX].each)
        return problem_set_memory(problem);
    ieum_status status = list_barred(question, answer, problem);
    repair->barred = answer->barred;
    repair->barred_count = answer->barred_count;
    return status;
}

/* ---- the question ---- */

static ieum_status choose_method(const struct match_question *question, struct match_answer *answer, struct problem *problem) {
    struct assignment_question *asked = &answer->question;
    const char *method = question->method ? question->method : answer->suggested.program->method;
    if (!assign_method_find(method, &asked->method)) {
        ieum_status status = problem_set(problem, IEUM_INVALID, "/method", "그런 배정 방법이 없습니다.", "There is no such method of assignment.");
        problem_set_value(problem, method);
        return status;
    }
    if (asked->method == ASSIGN_STABLE && answer->variety.values) {
        ieum_status status = problem_set(problem, IEUM_INVALID, "/method", "안정 배정(stable)은 한 수요과제 안의 다양성(variety)을 지킬 수 없어 이 사업에는 쓸 수 없습니다.",
                                         "A stable assignment cannot keep the variety within a demand that this program asks for.");
        problem_set_value(problem, method);
        problem_set_expected(problem, "max_sum | leximin | random");
        return status;
    }
    asked->seed = question->seed;
    asked->compare = question->compare;
    if (question->q > 0 && !random_assignment_fraction(question->q, &asked->q_part, &asked->q_whole))
        return problem_set(problem, IEUM_INVALID, "/q", "q는 0보다 크고 1을 넘지 않는 수여야 합니다.", "q must be a number above 0 and at most 1.");
    return IEUM_OK;
}

static ieum_status build_question(const struct match_question *question, struct match_answer *answer, struct problem *problem) {
    struct assignment_problem assignment = {.demand_count = answer->row_count, .supplier_count = (uint32_t)answer->suggested.cohort.suppliers.count,
                                            .edge_start = answer->edge_start, .edge_supplier = answer->edge_supplier, .edge_score = answer->edge_score,
                                            .demand_min = answer->demand_min, .demand_max = answer->demand_max,
                                            .supplier_min = answer->supplier_min, .supplier_max = answer->supplier_max};
    struct found_pairs locks, vetoes, previous, explain;
    ieum_status status = find_pairs(answer, question->locks, question->lock_count, true, &locks, problem);
    if (status == IEUM_OK) status = find_pairs(answer, question->vetoes, question->veto_count, false, &vetoes, problem);
    if (status == IEUM_OK) status = find_pairs(answer, question->previous, question->previous_count, false, &previous, problem);
    if (status == IEUM_OK) status = find_pairs(answer, question->explain, question->explain_count, true, &explain, problem);
    if (status == IEUM_OK) status = match_make_groups(question, answer, &assignment.group_count, problem);
    if (status != IEUM_OK) return status;
    assignment.locks = answer->locks = locks.pairs;
    assignment.vetoes = answer->vetoes = vetoes.pairs;
    assignment.lock_count = locks.count;
    assignment.veto_count = vetoes.count;
    assignment.groups = answer->groups;
    answer->lock_of = locks.of;
    answer->veto_of = vetoes.of;
    answer->question = assignment_question_of(&assignment);
    answer->question.previous = answer->previous = previous.pairs;
    answer->question.previous_count = previous.count;
    answer->question.explain = answer->explain = explain.pairs;
    answer->question.explain_count = explain.count;
    answer->question.supplier_newcomer = answer->newcomer;
    answer->question.wholes = (struct assignment_wholes){answer->variety.whole_start, answer->variety.whole_max, answer->variety.whole_count};
    status = choose_method(question, answer, problem);
    return status == IEUM_OK ? price_repair(question, answer, problem) : status;
}

ieum_status pipeline_match(struct workspace *workspace, const struct match_question *question, struct match_answer *answer, struct problem *problem) {
    struct suggest_question all = question->suggest;
    *answer = (struct match_answer){.arena = arena_new()};
    all.matrix = true;
    workspace_progress(workspace, "자료를 읽고 있습니다.", "Reading the records.");
    ieum_status status = answer->arena ? pipeline_suggest(workspace, &all, &answer->suggested, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = scores_to_probabilities(&answer->suggested, problem);
    if (status == IEUM_OK) status = build_edges(question, answer, problem);
    if (status == IEUM_OK) status = match_find_values(answer, problem);
    if (status == IEUM_OK) status = build_bounds(question, answer, problem);
    if (status == IEUM_OK) status = match_split_rows(answer, problem);
    if (status == IEUM_OK) status = build_question(question, answer, problem);
    if (status == IEUM_OK && answer->row_count) {
        workspace_progress(workspace, "배정을 구하고 그 증명을 확인합니다.", "Solving the assignment and checking its proof.");
        status = pipeline_assign(&answer->question, &answer->answer, problem);
    }
    answer->assigned = status == IEUM_OK && answer->row_count > 0;
    if (status != IEUM_OK) match_answer_free(answer);
    return status;
}

void match_answer_free(struct match_answer *answer) {
    if (answer->assigned) assignment_answer_free(&answer->answer);
    suggest_answer_free(&answer->suggested);
    arena_free(answer->arena);
    *answer = (struct match_answer){0};
}
