/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of every application: what the rules say, what rounds decided, what outcomes tell. */
#include "pipeline_report.h"

#include <string.h>

#include "base/map.h"
#include "cohort_kinds.h"

/* ---- programs and their applications ---- */

struct gathering {
    struct workspace *workspace;
    struct report_answer *answer;
    struct store *store;
    struct map *firm_of; /* id of a demand → index */
    struct desk desk;
};

static ieum_status add_firms(struct gathering *it, size_t index, struct problem *problem) {
    struct report_answer *answer = it->answer;
    struct report_program *own = &answer->programs[index];
    const struct cohort *cohort = &own->checked.cohort;
    struct report_firm *firms = memory_resize(answer->firms, answer->firm_count + cohort->demands.count + 1, sizeof *firms);
    if (!firms) return problem_set_memory(problem);
    answer->firms = firms;
    for (size_t d = 0; d < cohort->demands.count; d++) {
        const struct demand *demand = &cohort->demands.demands[d];
        struct report_firm *firm = &firms[answer->firm_count];
        if (demand->latent) continue;
        own->undated += date_missing(demand->applied);
        *firm = (struct report_firm){.demand = demand, .program = index, .amount_krw = AMOUNT_MISSING};
        firm->reached[REPORT_APPLIED] = true;
        firm->reached[REPORT_ELIGIBLE] = own->checked.verdicts[d].eligible;
        ieum_status status = understood_find(&it->desk, answer->lexicon, &cohort->demand_notes[d], answer->arena, &firm->understood, problem);
        if (status != IEUM_OK) return status;
        if (!map_put(it->firm_of, demand->id, strlen(demand->id), (uint32_t)answer->firm_count)) return problem_set_memory(problem);
        answer->firm_count++;
    }
    return IEUM_OK;
}

static ieum_status add_program(struct gathering *it, const char *id, bool named, struct problem *problem) {
    struct report_answer *answer = it->answer;
    struct report_program *own = &answer->programs[answer->program_count];
    const struct check_question question = {.program = id};
    size_t count = 0;
    ieum_status status = store_count(it->store, RECORD_DEMAND, id, &count, problem);
    if (status != IEUM_OK || (count == 0 && !named)) return status;
    status = pipeline_check(it->workspace, &question, &own->checked, problem);
    if (status != IEUM_OK) return status;
    own->program = own->checked.program;
    answer->program_count++;
    return add_firms(it, answer->program_count - 1, problem);
}

static ieum_status add_programs(struct gathering *it, const char *only, struct problem *problem) {
    struct text_list ids = {0};
    ieum_status status = only ? IEUM_OK : workspace_program_ids(it->workspace, it->answer->arena, &ids, problem);
    if (status != IEUM_OK) return status;
    it->answer->programs = memory_allocate_aligned(ids.count + 1, sizeof *it->answer->programs); /* what a cohort holds begins at lines of the cache */
    if (!it->answer->programs) return problem_set_memory(problem);
    memset(it->answer->programs, 0, (ids.count + 1) * sizeof *it->answer->programs);
    if (only) return add_program(it, only, true, problem);
    for (size_t i = 0; i < ids.count && status == IEUM_OK; i++) status = add_program(it, ids.items[i], false, problem);
    return status;
}

/* ---- rounds ---- */

static struct report_firm *firm_named(const struct gathering *it, const char *demand) {
    const uint32_t index = map_get_text(it->firm_of, demand);
    return index == MAP_NONE ? NULL : &it->answer->firms[index];
}

static void mark(struct report_firm *firm, enum report_step step) {
    for (int i = REPORT_SELECTED; firm && i <= (int)step; i++) firm->reached[i] = true;
}

/* What the selection grants each; one whose text was erased tells nothing. */
static ieum_status add_amounts(struct gathering *it, const struct round *round, struct problem *problem) {
    jval *selection = NULL;
    if (!round->selection || store_document_erased(it->store, round->selection)) return IEUM_OK;
    ieum_status status = store_document_get(it->store, round->selection, &selection, problem);
    const jval *applicants = jval_get(selection, "applicants");
    for (size_t i = 0; status == IEUM_OK && i < jval_count(applicants); i++) {
        struct report_firm *firm = firm_named(it, jval_text(jval_get(jval_at(applicants, i), "demand")));
        const jval *amount = jval_get(jval_at(applicants, i), "amount_krw");
        if (firm && jval_is(amount, JVAL_INTEGER) && text_list_has(&round->selected, firm->demand->id)) firm->amount_krw = jval_integer(amount);
    }
    jval_free(selection);
    return status;
}

static ieum_status add_pair(struct gathering *it, const struct round_pair *pair, struct problem *problem) {
    struct report_firm *firm = firm_named(it, pair->demand);
    if (!firm) return IEUM_OK; /* the record is gone */
    struct report_pair fact = {.firm = (size_t)(firm - it->answer->firms), .supplier = arena_copy_text(it->answer->arena, pair->supplier)};
    mark(firm, REPORT_SELECTED);
    fact.state = pair->state;
    fact.counts = pair_lives(pair->state) && pair->state >= PAIR_CONFIRMED;
    if (fact.counts) mark(firm, pair->state >= PAIR_DONE ? REPORT_COMPLETED : pair->state >= PAIR_AGREED ? REPORT_AGREED : REPORT_MATCHED);
    firm->settled = firm->settled || pair->state == PAIR_SETTLED;
    for (size_t c = 0; c < pair->consent_count; c++) {
        const size_t side = strcmp(pair->consents[c].side, "demand") == 0 ? 0 : strcmp(pair->consents[c].side, "supplier") == 0 ? 1 : 2;
        fact.yes[side] += pair->consents[c].yes;
        fact.no[side] += !pair->consents[c].yes;
    }
    for (size_t s = 0; s < pair->fulfilled_count; s++) {
        const struct fulfilled *own = &pair->fulfilled[s];
        const struct report_stage stage = {fact.firm, arena_copy_text(it->answer->arena, own->stage), own->result, own->amount_krw};
        if (!stage.stage || !vector_push(&it->answer->stages, stage)) return problem_set_memory(problem);
    }
    return fact.supplier && vector_push(&it->answer->pairs, fact) ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status add_objections(struct gathering *it, const struct round *round, struct problem *problem) {
    for (size_t i = 0; i < round->objection_count; i++) {
        const struct report_firm *firm = firm_named(it, round->objections[i].demand);
        const struct report_objection fact = {.firm = firm ? (size_t)(firm - it->answer->firms) : 0, .state = round->objections[i].state};
        if (firm && !vector_push(&it->answer->objections, fact)) return problem_set_memory(problem);
    }
    return IEUM_OK;
}

/* What a machine ranked with, for those who ask. */
static ieum_status add_basis(struct gathering *it, const struct round *round, size_t program, const char *id, struct problem *problem) {
    struct arena *arena = it->answer->arena;
    struct report_basis basis = {.program = program, .round = arena_copy_text(arena, id), .state = round_state_names[round->state], .model = "", .criteria = "",
                                 .model_hash = "", .data_hash = ""};
    const struct text_list *in = round->selection ? &round->selected : &round->taken;
    for (size_t i = 0; i < in->count; i++) {
        const struct report_firm *firm = firm_named(it, in->items[i]);
        if (firm && firm->demand->applied.year > basis.year) basis.year = firm->demand->applied.year;
    }
    const char *digest = round->pass_count ? round->passes[round->pass_count - 1].proposal : NULL;
    jval *proposal = NULL;
    ieum_status status = digest && !store_document_erased(it->store, digest) ? store_document_get(it->store, digest, &proposal, problem) : IEUM_OK;
    if (status == IEUM_OK && proposal) {
        const jval *model = jval_get(proposal, "model");
        basis.model = arena_copy_text(arena, jval_text(jval_get(model, "id")));
        basis.criteria = arena_copy_text(arena, jval_text(jval_get(model, "criteria")));
        basis.model_hash = arena_copy_text(arena, jval_text(jval_get(model, "hash")));
        basis.data_hash = arena_copy_text(arena, jval_text(jval_get(proposal, "data_hash")));
    }
    jval_free(proposal);
    if (status != IEUM_OK) return status;
    const bool whole = basis.round && basis.model && basis.criteria && basis.model_hash && basis.data_hash;
    return whole && vector_push(&it->answer->bases, basis) ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status add_round(struct gathering *it, size_t program, const char *id, struct problem *problem) {
    struct store_round stored = {0};
    struct round round = {0};
    ieum_status status = store_round_get(it->store, id, &stored, problem);
    if (status == IEUM_OK && jval_get(stored.payload, "settings")) { /* not of an earlier engine */
        status = round_read(stored.payload, stored.state, stored.revision, it->answer->arena, &round, problem);
        const struct text_list *in = round.selection ? &round.selected : &round.taken;
        for (size_t i = 0; status == IEUM_OK && i < in->count; i++) mark(firm_named(it, in->items[i]), REPORT_SELECTED);
        if (status == IEUM_OK) status = add_amounts(it, &round, problem);
        for (size_t i = 0; status == IEUM_OK && i < round.pair_count; i++) status = add_pair(it, &round.pairs[i], problem);
        if (status == IEUM_OK) status = add_objections(it, &round, problem);
        if (status == IEUM_OK) status = add_basis(it, &round, program, id, problem);
    }
    store_round_free(&stored);
    return status;
}

static ieum_status add_rounds(struct gathering *it, struct report_program *own, struct problem *problem) {
    struct store_round_list list = {0};
    ieum_status status = store_round_list(it->store, own->program->id, &list, problem);
    for (size_t i = 0; i < list.count && status == IEUM_OK; i++) status = add_round(it, (size_t)(own - it->answer->programs), list.items[i].id, problem);
    own->rounds = list.count;
    store_round_list_free(&list);
    return status;
}

static ieum_status add_outcomes(struct gathering *it, struct report_program *own, struct problem *problem) {
    ieum_status status = store_load(it->store, RECORD_OUTCOME, own->program->id, &own->outcomes, problem);
    for (size_t i = 0; status == IEUM_OK && i < own->outcomes.count; i++) {
        const struct outcome *outcome = &own->outcomes.outcomes[i];
        if (outcome->stage == OUTCOME_AGREED) mark(firm_named(it, outcome->demand), REPORT_AGREED);
        if (outcome->stage == OUTCOME_COMPLETED) mark(firm_named(it, outcome->demand), REPORT_COMPLETED);
    }
    if (status == IEUM_OK) status = store_servings_load(it->store, own->program->id, &own->servings, problem);
    return status;
}

/* Of the store's suppliers those that are candidates of a program of the report. */
static void keep_pools(struct report_answer *answer) {
    struct record_set *set = &answer->suppliers;
    size_t kept = 0;
    for (size_t i = 0; i < set->count; i++) {
        bool candidate = false;
        for (size_t p = 0; p < answer->program_count && !candidate; p++)
            candidate = cohort_is_candidate(answer->taxonomy, &answer->programs[p].program->pool, true, &set->suppliers[i]);
        if (candidate) set->suppliers[kept++] = set->suppliers[i];
        else jval_free(set->suppliers[i].json);
    }
    set->count = kept;
}

/* All that is read of one state of the store. */
static ieum_status add_decisions(struct gathering *it, struct problem *problem) {
    ieum_status status = store_begin_read(it->store, problem);
    if (status != IEUM_OK) return status;
    status = store_load_lean_suppliers(it->store, &it->answer->suppliers, problem);
    if (status == IEUM_OK) keep_pools(it->answer);
    for (size_t p = 0; p < it->answer->program_count && status == IEUM_OK; p++) {
        status = add_rounds(it, &it->answer->programs[p], problem);
        if (status == IEUM_OK) status = add_outcomes(it, &it->answer->programs[p], problem);
    }
    store_end(it->store);
    return status;
}

static ieum_status find_years(struct report_answer *answer, int asked, struct problem *problem) {
    int first = 0, last = 0;
    for (size_t f = 0; f < answer->firm_count; f++) {
        const int year = answer->firms[f].demand->applied.year;
        if (year && (!first || year < first)) first = year;
        if (year > last) last = year;
    }
    answer->year = asked ? asked : last;
    answer->first_year = first && first < answer->year ? first : answer->year;
    if (answer->year) return IEUM_OK;
    return problem_set(problem, IEUM_CONFLICT, "", "보고할 신청이 없습니다. 신청일이 적힌 수요과제를 먼저 가져와 주십시오.",
                       "There is no application to report on; import demands with a day of application first.");
}

ieum_status pipeline_report(struct workspace *workspace, const struct report_question *question, struct report_answer *answer, struct problem *problem) {
    struct gathering it = {.workspace = workspace, .answer = answer, .firm_of = map_new()};
    *answer = (struct report_answer){.arena = arena_new()};
    ieum_status status = answer->arena && it.firm_of ? report_terms_load(workspace, &answer->terms, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = workspace_store(workspace, false, &it.store, problem);
    if (status == IEUM_OK) status = workspace_lexicon(workspace, &answer->lexicon, problem);
    if (status == IEUM_OK) status = workspace_taxonomy(workspace, &answer->taxonomy, problem);
    if (status == IEUM_OK) status = pipeline_load_desk(workspace, &it.desk, problem);
    if (status == IEUM_OK) status = add_programs(&it, question->program, problem);
    if (status == IEUM_OK) status = add_decisions(&it, problem);
    if (status == IEUM_OK) status = find_years(answer, question->year, problem);
    desk_free(&it.desk);
    map_free(it.firm_of);
    if (status != IEUM_OK) report_answer_free(answer);
    return status;
}

void report_answer_free(struct report_answer *answer) {
    for (size_t p = 0; p < answer->program_count; p++) {
        check_answer_free(&answer->programs[p].checked);
        record_set_free(&answer->programs[p].outcomes);
        serving_list_free(&answer->programs[p].servings);
    }
    memory_free(answer->programs);
    record_set_free(&answer->suppliers);
    memory_free(answer->firms);
    vector_free(&answer->pairs);
    vector_free(&answer->stages);
    vector_free(&answer->objections);
    vector_free(&answer->bases);
    arena_free(answer->arena);
    *answer = (struct report_answer){0};
}
