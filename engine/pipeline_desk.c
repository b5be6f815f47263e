/* SPDX-License-Identifier: Apache-2.0 */
/* What the desk looks up beside suggestions: past demands like a need, with what became of them; and the suppliers whose texts hold a word. */
#include "pipeline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "text/index.h"
#include "text/occurrence.h"

ieum_status pipeline_load_desk(struct workspace *workspace, struct desk *desk, struct problem *problem) { return workspace_desk(workspace, desk, problem); }

/* ---- cases ---- */

enum { CASE_TEXT, CASE_MEANING, CASE_FEATURES, CASE_JOINTS = 3 };

/* Likeness as a program of one criterion, so that features and evidence are those of every other comparison. */
struct likeness {
    struct feature_definition features[CASE_FEATURES];
    struct criterion_part parts[CASE_FEATURES];
    struct criterion criterion;
    struct program program;
};

static void likeness_init(struct likeness *likeness, const struct desk *desk) {
    *likeness = (struct likeness){
        .features = {{.id = "text", .kind = "text_match"}, {.id = "meaning", .kind = "meaning_match"}},
        .parts = {{CASE_TEXT, desk->case_text, 0}, {CASE_MEANING, desk->case_meaning, 0}},
    };
    likeness->criterion = (struct criterion){.id = "likeness", .points = 1, .fit = true, .parts = likeness->parts, .part_count = CASE_FEATURES};
    likeness->program = (struct program){.features = likeness->features, .feature_count = CASE_FEATURES, .criteria = &likeness->criterion,
                                         .criterion_count = 1, .points_total = 1};
}

/* A past demand is another one, of no later date. */
static bool is_past(const struct demand *asked, const struct demand *other) {
    if (strcmp(asked->id, other->id) == 0) return false;
    return date_missing(asked->applied) || date_missing(other->applied) || date_compare(other->applied, asked->applied) <= 0;
}

static int64_t fixed_likeness(const struct desk *desk, double text, double meaning) {
    const double sum = (isnan(text) ? 0 : desk->case_text * text) + (isnan(meaning) ? 0 : desk->case_meaning * meaning);
    return (int64_t)(sum * (double)SCORE_ONE + 0.5);
}

/* Stages feature, score and rank over the past demands. */
static ieum_status rank_cases(struct cases_answer *answer, const struct feature_space *space, const struct demand_view *view, size_t k,
                              struct problem *problem) {
    const size_t count = answer->past.demands.count;
    struct arena *arena = answer->past.arena;
    double *values = arena_allocate(arena, CASE_FEATURES * count * sizeof *values);
    int64_t *scores = arena_allocate(arena, count * sizeof *scores);
    bool *barred = arena_allocate(arena, count * sizeof *barred);
    struct top_k *best = arena_allocate(arena, (k < count ? k : count) * sizeof *best);
    if (!values || !scores || !barred || !best) return problem_set_memory(problem);
    ieum_status status = feature_compute(space, view, values, problem);
    for (size_t d = 0; d < count && status == IEUM_OK; d++) {
        scores[d] = fixed_likeness(&answer->desk, values[CASE_TEXT * count + d], values[CASE_MEANING * count + d]);
        barred[d] = !is_past(view->demand, &answer->past.demands.demands[d]) ||
                    scores[d] < (int64_t)(answer->desk.case_least * (double)SCORE_ONE);
    }
    if (status != IEUM_OK) return status;
    answer->count = top_k_select(scores, barred, count, k, best);
    answer->items = arena_allocate_zero(arena, answer->count, sizeof *answer->items);
    if (!answer->items) return problem_set_memory(problem);
    for (size_t i = 0; i < answer->count && status == IEUM_OK; i++) {
        answer->items[i].demand = best[i].index;
        answer->items[i].likeness = best[i].score;
        status = explain_evidence(space, view, best[i].index, CASE_JOINTS, arena, &answer->items[i].evidence, problem);
    }
    return status;
}

/* Which outcomes belong to the cases: by demand and program. */
static ieum_status join_outcomes(struct workspace *workspace, struct cases_answer *answer, struct problem *problem) {
    struct store *store;
    ieum_status status = workspace_store(workspace, false, &store, problem);
    if (status == IEUM_OK) status = store_load(store, RECORD_OUTCOME, NULL, &answer->outcomes, problem);
    for (size_t i = 0; i < answer->count && status == IEUM_OK; i++) {
        struct past_case *item = &answer->items[i];
        const struct demand *demand = &answer->past.demands.demands[item->demand];
        const struct outcome **list = arena_allocate(answer->past.arena, (answer->outcomes.count + 1) * sizeof *list);
        if (!list) return problem_set_memory(problem);
        for (size_t o = 0; o < answer->outcomes.count; o++) {
            const struct outcome *outcome = &answer->outcomes.outcomes[o];
            if (strcmp(outcome->demand, demand->id) == 0 && strcmp(outcome->program, demand->program) == 0) list[item->outcome_count++] = outcome;
        }
        item->outcomes = list;
    }
    return status;
}

ieum_status pipeline_cases(struct workspace *workspace, const struct cases_question *question, struct cases_answer *answer,
                           struct problem *problem) {
    const struct record_choice all = {0};
    const struct lexicon *lexicon;
    const struct taxonomy *taxonomy;
    const struct feature_catalogue *catalogue;
    struct feature_space *space = NULL;
    struct likeness likeness;
    *answer = (struct cases_answer){0};
    ieum_status status = pipeline_load_desk(workspace, &answer->desk, problem);
    if (status == IEUM_OK) status = cohort_load(workspace, NULL, NULL, &question->demand, &answer->asked, problem);
    if (status == IEUM_OK) status = cohort_load(workspace, question->program, NULL, &all, &answer->past, problem);
    if (status == IEUM_OK) status = workspace_lexicon(workspace, &lexicon, problem);
    if (status == IEUM_OK) status = workspace_taxonomy(workspace, &taxonomy, problem);
    if (status == IEUM_OK) status = workspace_catalogue(workspace, &catalogue, problem);
    if (status == IEUM_OK) {
        likeness_init(&likeness, &answer->desk);
        status = feature_space_new_for(&likeness.program, catalogue, lexicon, taxonomy, NULL, answer->past.demand_notes, answer->past.demands.count,
                                       answer->asked.demand_notes, 1, workspace_threads(workspace), &space, problem);
    }
    if (status == IEUM_OK) {
        const struct demand_view view = {&answer->asked.demands.demands[0], &answer->asked.demand_notes[0]};
        answer->lexicon = lexicon;
        status = rank_cases(answer, space, &view, question->k, problem);
    }
    if (status == IEUM_OK) status = join_outcomes(workspace, answer, problem);
    feature_space_free(space);
    if (status != IEUM_OK) cases_answer_free(answer);
    return status;
}

void cases_answer_free(struct cases_answer *answer) {
    record_set_free(&answer->outcomes);
    cohort_free(&answer->past);
    cohort_free(&answer->asked);
    desk_free(&answer->desk);
    *answer = (struct cases_answer){0};
}

/* ---- find ---- */

/* What a supplier holds of the word: its first occurrence, and how many. */
static ieum_status look_through(const struct record_texts *texts, const struct normal_text *word, struct normal_text *scratch,
                                struct found_supplier *found, struct problem *problem) {
    for (size_t i = 0; i < texts->count; i++) {
        size_t start, end, from = 0;
        ieum_status status = normalise(texts->items[i].text, strlen(texts->items[i].text), scratch, problem);
        if (status != IEUM_OK) return status;
        for (; occurrence_find(scratch, word, from, &start, &end); from = end) {
            if (found->occurrences++) continue;
            found->field = texts->items[i].pointer;
            found->text = texts->items[i].text;
            found->start = scratch->start[start];
            found->end = scratch->end[end - 1];
        }
    }
    return IEUM_OK;
}

static ieum_status score_words(struct workspace *workspace, const struct cohort *cohort, const char *word, double *scores, struct arena *arena,
                               struct problem *problem) {
    const struct weighted_text query_text = {word, 1};
    const struct weighted_document query = {&query_text, 1};
    struct weighted_document *documents = arena_allocate_zero(arena, cohort->suppliers.count, sizeof *documents);
    struct text_index *index = NULL;
    if (!documents) return problem_set_memory(problem);
    for (size_t s = 0; s < cohort->suppliers.count; s++) {
        const struct record_texts *texts = &cohort->supplier_notes[s].texts;
        struct weighted_text *list = arena_allocate(arena, (texts->count + 1) * sizeof *list);
        if (!list) return problem_set_memory(problem);
        for (size_t i = 0; i < texts->count; i++) list[i] = (struct weighted_text){texts->items[i].text, 1};
        documents[s] = (struct weighted_document){list, texts->count};
    }
    ieum_status status =
        text_index_new_for(documents, cohort->suppliers.count, &query, 1, 1.2, 0.75, workspace_threads(workspace), &index, problem);
    if (status == IEUM_OK) status = text_index_query(index, &query, scores, problem);
    text_index_free(index);
    return status;
}

/* Who holds the word as it is comes before who holds parts of it; then the better score, then the lower id. */
static int compare_found(const void *left, const void *right) {
    const struct found_supplier *a = left, *b = right;
    const bool a_exact = a->occurrences > 0, b_exact = b->occurrences > 0;
    if (a_exact != b_exact) return a_exact ? -1 : 1;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    return a->supplier < b->supplier ? -1 : a->supplier > b->supplier;
}

static ieum_status find_all(struct workspace *workspace, const char *word, struct find_answer *answer, struct problem *problem) {
    struct cohort *cohort = &answer->cohort;
    const size_t suppliers = cohort->suppliers.count;
    struct normal_text sought = NORMAL_TEXT_EMPTY, scratch = NORMAL_TEXT_EMPTY;
    double *scores = arena_allocate_zero(cohort->arena, suppliers, sizeof *scores);
    answer->items = arena_allocate_zero(cohort->arena, suppliers, sizeof *answer->items);
    ieum_status status = scores && answer->items ? normalise(word, strlen(word), &sought, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = score_words(workspace, cohort, word, scores, cohort->arena, problem);
    for (size_t s = 0; s < suppliers && status == IEUM_OK; s++) {
        struct found_supplier found = {.supplier = (uint32_t)s, .score = scores[s]};
        status = look_through(&cohort->supplier_notes[s].texts, &sought, &scratch, &found, problem);
        if (status == IEUM_OK && (found.occurrences || found.score > 0)) {
            answer->items[answer->count++] = found;
            answer->exact += found.occurrences > 0;
        }
    }
    if (status == IEUM_OK && answer->count) qsort(answer->items, answer->count, sizeof *answer->items, compare_found);
    normal_text_free(&sought);
    normal_text_free(&scratch);
    return status;
}

ieum_status pipeline_find(struct workspace *workspace, const struct find_question *question, struct find_answer *answer, struct problem *problem) {
    struct record_choice suppliers = question->suppliers;
    *answer = (struct find_answer){0};
    suppliers.lean = true;
    ieum_status status = cohort_load(workspace, NULL, &suppliers, NULL, &answer->cohort, problem);
    if (status == IEUM_OK) status = find_all(workspace, question->word, answer, problem);
    if (status != IEUM_OK) find_answer_free(answer);
    return status;
}

void find_answer_free(struct find_answer *answer) {
    cohort_free(&answer->cohort);
    *answer = (struct find_answer){0};
}
