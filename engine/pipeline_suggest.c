/* SPDX-License-Identifier: Apache-2.0 */
/* The suggestion: what all shortlists share is prepared once; a few demands are answered each on its own thread (pipeline_one.c), many side by side (pipeline_bulk.c). */
#include <string.h>

#include "base/map.h"
#include "base/parallel.h"
#include "cohort_kinds.h"
#include "cohort_pool.h"
#include "pipeline_bulk.h"
#include "pipeline_parts.h"
#include "pipeline_sieve.h"
#include "record/image.h"
#include "score/model_file.h"
#include "score/tile_score.h"

struct suggester {
    const struct suggest_question *question;
    struct suggest_answer *answer;
    struct demand_view *views; /* one a shortlist; NULL: not side by side */
    struct bulk_answer bulk;
    struct sieve *sieve; /* of the one shortlist, for the answers to its questions; NULL: none */
    int64_t *kernel; /* kernel parts of the shortlists from `first` on, where they are computed side by side */
    size_t first;
    struct problem *problems; /* one a shortlist */
};

/* Stage eligible, for the demands: the shortlists to be filled. */
static ieum_status choose_demands(const struct suggest_question *question, struct suggest_answer *answer, struct problem *problem) {
    struct cohort *cohort = &answer->cohort;
    ieum_status status = IEUM_OK;
    answer->shortlists = arena_allocate_zero(cohort->arena, cohort->demands.count, sizeof *answer->shortlists);
    if (!answer->shortlists) return problem_set_memory(problem);
    for (size_t d = 0; d < cohort->demands.count && status == IEUM_OK; d++) {
        struct findings verdict = {.eligible = true};
        if (question->rules) status = eligible_demand(answer->program, &cohort->demands.demands[d], cohort->arena, &verdict, problem);
        if (status == IEUM_OK && question->waiver_count) findings_waive(&verdict, cohort->demands.demands[d].id, question->waivers, question->waiver_count);
        if (question->only_eligible && !verdict.eligible) continue;
        answer->shortlists[answer->count++] = (struct shortlist){.demand = (uint32_t)d, .verdict = verdict};
    }
    return status;
}

/* What the scores follow from, beside the records: the program's criteria, the options of its features, the lexicon, the learned model. */
static void hash_model(struct suggest_answer *answer, const struct feature_catalogue *catalogue, const struct lexicon *lexicon) {
    struct digest digest;
    digest_begin(&digest);
    digest_add_text(&digest, answer->program->hash);
    digest_add_text(&digest, feature_catalogue_hash(catalogue));
    digest_add_text(&digest, lexicon_hash(lexicon));
    if (answer->model) digest_add_text(&digest, model_use_model(answer->model)->hash);
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

/* A supplier that is there but no candidate is told so. */
static ieum_status refuse_other(struct workspace *workspace, const char *id, const struct suggest_answer *answer, struct problem *problem) {
    struct record_set one = {0};
    struct problem ignored = {0};
    struct store *store;
    const struct text_list *kinds = answer->place ? &answer->place->kinds : &answer->program->pool;
    ieum_status status = IEUM_OK;
    if (workspace_store(workspace, false, &store, &ignored) == IEUM_OK && store_load_one(store, RECORD_SUPPLIER, id, &one, &ignored) == IEUM_OK)
        status = cohort_check_stands(workspace, &one.suppliers[0], kinds, answer->place ? &answer->place->title : NULL, "/supplier", problem);
    record_set_free(&one);
    return status;
}

static ieum_status find_supplier(struct workspace *workspace, const struct suggest_question *question, struct suggest_answer *answer, struct problem *problem) {
    const char *id = question->supplier;
    const struct record_set *suppliers = &answer->cohort.suppliers;
    answer->only = EVERY_SUPPLIER;
    for (size_t s = 0; id && s < suppliers->count; s++)
        if (strcmp(suppliers->suppliers[s].id, id) == 0) answer->only = (uint32_t)s;
    if (!id || answer->only != EVERY_SUPPLIER) return IEUM_OK;
    ieum_status status = question->suppliers.inlined || question->suppliers.path ? IEUM_OK : refuse_other(workspace, id, answer, problem);
    if (status != IEUM_OK) return status;
    status = problem_set(problem, IEUM_NOT_FOUND, "/supplier", "공급기업 '%s'이(가) 없습니다.", "There is no supplier '%s'.", id);
    problem_set_value(problem, id);
    return status;
}

/* The model that ranks: none for the rubric. It says which criteria count. */
static ieum_status open_model(struct workspace *workspace, const struct suggest_question *question, struct suggest_answer *answer, struct problem *problem) {
    const char *name = question->model ? question->model : answer->program->model;
    struct model *given = NULL;
    ieum_status status = IEUM_OK;
    answer->fit_only = question->fit_only;
    if (question->model_bytes) {
        status = model_read(question->model_bytes->bytes, question->model_bytes->size, &given, problem);
        if (status == IEUM_OK) status = model_use_take(workspace, given, answer->program, &answer->model, problem);
    } else {
        if (strcmp(name, "rubric") == 0) return IEUM_OK;
        status = model_use_open(workspace, name, answer->program, &answer->model, problem);
    }
    if (status != IEUM_OK) return status;
    answer->fit_only = model_use_fit_only(answer->model);
    if (question->fit_only && !answer->fit_only)
        return problem_set(problem, IEUM_INVALID, "/criteria", "모형 '%s'은(는) 모든 항목으로 학습되어 적합도 항목만으로는 순위를 매길 수 없습니다.",
                           "The model '%s' was learned from all criteria and cannot rank by the fit criteria alone.", name);
    return IEUM_OK;
}

/* The records; where the handle keeps the store's suppliers already, with the features over them. */
static ieum_status load(struct workspace *workspace, const struct suggest_question *question, struct suggest_answer *answer,
                        const struct record_choice *suppliers, struct problem *problem) {
    struct pool_view pool = {0};
    ieum_status status = suppliers->inlined || suppliers->path ? IEUM_OK : cohort_pool_view(workspace, answer->program, suppliers->kinds, suppliers->lean, &pool, problem);
    if (status != IEUM_OK) return status;
    if (!pool.cohort) return cohort_load(workspace, question->program, suppliers, &question->demands, &answer->cohort, problem);
    answer->space = pool.space;
    answer->borrows_space = true;
    answer->side = pool.side;
    return cohort_load_beside(workspace, question->program, pool.cohort, &question->demands, &answer->cohort, problem);
}

/* Who is a candidate: the program's pool or, for a third party's place, who may stand there (NULL: any). */
static ieum_status find_place(const char *id, struct suggest_answer *answer, const struct text_list **kinds, struct problem *problem) {
    const struct consent_rules *consent = &answer->program->consent;
    struct buffer known = BUFFER_EMPTY;
    *kinds = &answer->program->pool;
    for (size_t i = 0; id && i < consent->third_count && !answer->place; i++)
        if (strcmp(consent->thirds[i].id, id) == 0) answer->place = &consent->thirds[i];
    if (answer->place) *kinds = answer->place->kinds.count ? &answer->place->kinds : NULL;
    if (!id || answer->place) return IEUM_OK;
    for (size_t i = 0; i < consent->third_count; i++) buffer_format(&known, i ? ", %s" : "%s", consent->thirds[i].id);
    problem_set(problem, IEUM_NOT_FOUND, "/place", "이 사업에는 그런 제3자 자리가 없습니다.", "The program has no such place for a third party.");
    problem_set_value(problem, id);
    problem_set_expected(problem, known.bytes);
    buffer_free(&known);
    return problem->status;
}

/* Everything the shortlists need that is made once. */
static ieum_status prepare(struct workspace *workspace, const struct suggest_question *question, struct suggest_answer *answer,
                           struct problem *problem) {
    const struct lexicon *lexicon;
    const struct taxonomy *taxonomy;
    const struct feature_catalogue *catalogue;
    struct cohort *cohort = &answer->cohort;
    struct record_choice suppliers = question->suppliers;
    ieum_status status = question->pinned ? workspace_pinned_program(workspace, question->pinned, &answer->program, problem)
                                          : workspace_program(workspace, question->program, &answer->program, problem);
    if (status == IEUM_OK) status = open_model(workspace, question, answer, problem);
    if (status == IEUM_OK) status = find_place(question->place, answer, &suppliers.kinds, problem);
    if (status == IEUM_OK) { /* first: it reads the lexicon beside the records */
        /* Only rules and vectors look into a supplier's JSON, and few rules look at more than its light members. */
        suppliers.lean = !question->whole && (!question->rules || program_reads_only(answer->program, supplier_light_members, SUPPLIER_LIGHT_MEMBERS)) &&
                         !(answer->model && model_use_reads_vectors(answer->model));
        status = load(workspace, question, answer, &suppliers, problem);
    }
    if (status == IEUM_OK) status = workspace_lexicon(workspace, &lexicon, problem);
    if (status == IEUM_OK) status = workspace_taxonomy(workspace, &taxonomy, problem);
    if (status == IEUM_OK) status = workspace_catalogue(workspace, &catalogue, problem);
    if (status == IEUM_OK) status = resolve_answers(question, lexicon, answer, problem);
    if (status == IEUM_OK) status = find_supplier(workspace, question, answer, problem);
    if (status == IEUM_OK) status = pipeline_load_desk(workspace, &answer->desk, problem);
    if (status == IEUM_OK) status = rubric_compile(answer->program, answer->fit_only, cohort->arena, &answer->rubric, problem);
    if (status == IEUM_OK && answer->model)
        status = model_use_prepare(answer->model, workspace, answer->program, &answer->rubric, cohort, &answer->additive, problem);
    else if (status == IEUM_OK && !additive_from_rubric(&answer->rubric, cohort->arena, &answer->additive))
        status = problem_set_memory(problem);
    if (status == IEUM_OK && !answer->space)
        status = feature_space_new_for(answer->program, catalogue, lexicon, taxonomy, cohort->suppliers.suppliers, cohort->supplier_notes,
                                       cohort->suppliers.count, cohort->demand_notes, cohort->demands.count, workspace_threads(workspace),
                                       &answer->space, problem);
    if (status == IEUM_OK) status = choose_demands(question, answer, problem);
    if (status != IEUM_OK) return status;
    hash_model(answer, catalogue, lexicon);
    size_t cells;
    if (__builtin_mul_overflow(answer->count, cohort->suppliers.count, &cells) || cells > SIZE_MAX / sizeof *answer->scores)
        return problem_set(problem, IEUM_LIMIT, "", "기업 수가 너무 많습니다.", "There are too many firms.");
    if (question->matrix && !(answer->scores = memory_allocate(cells * sizeof *answer->scores))) return problem_set_memory(problem);
    answer->arenas = memory_allocate_zero(answer->count, sizeof *answer->arenas);
    if (!answer->arenas) return problem_set_memory(problem);
    for (size_t i = 0; i < answer->count; i++)
        if (!(answer->arenas[i] = arena_new())) return problem_set_memory(problem);
    return IEUM_OK;
}

/* ---- side by side ---- */

/* Up to as many are answered one by one, unless the tables that tiles are filled from are there already. */
enum { FEW_DEMANDS = 4 };

static bool side_by_side(const struct suggest_question *question, const struct suggest_answer *answer) {
    const bool kernel = answer->model && model_use_has_kernel(answer->model);
    const bool many = answer->count > FEW_DEMANDS && !question->questions;
    return (many || answer->borrows_space) && !kernel && tile_score_fits(&answer->additive);
}

/* As many as are shown, or as the next questions are to tell apart. */
static size_t ranked_suppliers(const struct suggest_question *question, const struct suggest_answer *answer) {
    const size_t suppliers = answer->cohort.suppliers.count;
    const size_t k = question->questions && answer->desk.suppliers > question->k ? answer->desk.suppliers : question->k;
    return k < suppliers ? k : suppliers;
}

static ieum_status compile_rules(struct workspace *workspace, const struct suggest_answer *answer, const struct demand *const *demands,
                                 struct pair_rules **rules, struct problem *problem) {
    const struct record_set *suppliers = &answer->cohort.suppliers;
    const int threads = workspace_threads(workspace);
    if (answer->side) return pair_rules_over(answer->program, demands, answer->count, answer->side, threads, rules, problem);
    return pair_rules_compile(answer->program, demands, answer->count, suppliers->suppliers, suppliers->count, threads, rules, problem);
}

static ieum_status rank_all(struct workspace *workspace, struct suggester *suggester, struct problem *problem) {
    struct suggest_answer *answer = suggester->answer;
    const struct suggest_question *question = suggester->question;
    struct pair_rules *rules = NULL;
    const struct demand **demands = arena_allocate(answer->cohort.arena, (answer->count + 1) * sizeof *demands);
    suggester->views = arena_allocate_zero(answer->cohort.arena, answer->count + 1, sizeof *suggester->views);
    ieum_status status = demands && suggester->views ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK && !answer->borrows_space) status = feature_bulk_prepare(answer->space, problem);
    for (size_t i = 0; i < answer->count && status == IEUM_OK; i++) {
        demands[i] = &answer->cohort.demands.demands[answer->shortlists[i].demand];
        status = suggest_view(answer, &answer->shortlists[i], answer->answers, answer->answer_count, answer->arenas[i], &suggester->views[i], problem);
    }
    if (question->matrix) workspace_progress(workspace, "신청 자격과 제외 조건을 확인합니다.", "Checking eligibility and exclusions.");
    if (status == IEUM_OK && question->rules) status = compile_rules(workspace, answer, demands, &rules, problem);
    const struct bulk_question asked = {
        .space = answer->space, .additive = &answer->additive, .rules = rules, .views = suggester->views, .count = answer->count,
        .k = ranked_suppliers(question, answer), .only = answer->only == EVERY_SUPPLIER ? NULL : &answer->only,
        .values = !question->lean, .barred = !question->lean, .scores = answer->scores, .scores_barred = SCORE_BARRED,
        .threads = workspace_threads(workspace), .keep = question->questions ? &suggester->sieve : NULL};
    if (question->matrix) workspace_progress(workspace, "모든 쌍의 점수와 순위를 매깁니다.", "Scoring and ranking all pairs.");
    if (status == IEUM_OK) status = pipeline_bulk(&asked, &suggester->bulk, problem);
    pair_rules_free(rules);
    return status;
}

/* The barred suppliers of a shortlist with the rules that bar them. */
static ieum_status list_barred(const struct suggest_answer *answer, const struct bulk_ranked *ranked, struct shortlist *shortlist, struct arena *arena,
                               struct problem *problem) {
    const struct record_set *suppliers = &answer->cohort.suppliers;
    const struct demand *demand = &answer->cohort.demands.demands[shortlist->demand];
    ieum_status status = IEUM_OK;
    shortlist->barred_count = ranked->barred_count;
    if (!ranked->barred) return IEUM_OK;
    shortlist->barred = arena_allocate_zero(arena, ranked->barred_count, sizeof *shortlist->barred);
    if (!shortlist->barred) return problem_set_memory(problem);
    size_t count = 0;
    for (uint32_t s = 0; s < suppliers->count && status == IEUM_OK; s++) {
        if (!(ranked->barred[s / 64] >> s % 64 & 1)) continue;
        shortlist->barred[count].supplier = s;
        status = eligible_pair(answer->program, demand, &suppliers->suppliers[s], arena, &shortlist->barred[count++].findings, problem);
    }
    return status;
}

/* The shortlist of a demand that was ranked beside others. */
static ieum_status answer_ranked(const struct suggester *suggester, size_t index, struct problem *problem) {
    const struct suggest_question *question = suggester->question;
    const struct suggest_answer *answer = suggester->answer;
    const struct bulk_ranked *ranked = &suggester->bulk.ranked[index];
    const struct demand_view *view = &suggester->views[index];
    const struct ranking ranking = {ranked->best, ranked->count < question->k ? ranked->count : question->k, ranked->values, NULL, NULL};
    struct shortlist *shortlist = &answer->shortlists[index];
    struct arena *arena = answer->arenas[index];
    ieum_status status = list_barred(answer, ranked, shortlist, arena, problem);
    if (status == IEUM_OK) status = suggest_explain(question, answer, view, &ranking, shortlist, arena, problem);
    if (status != IEUM_OK || !question->questions) return status;
    const size_t asked = answer->desk.suppliers < ranked->count ? answer->desk.suppliers : ranked->count;
    status = suggest_ask(answer, view, ranked->best, asked, shortlist, arena, problem);
    return status == IEUM_OK ? suggest_look_ahead(answer, question->rules, suggester->sieve, shortlist, arena, problem) : status;
}

static void suggest_in_thread(void *context, size_t index, int worker) {
    (void)worker;
    struct suggester *suggester = context;
    struct suggest_answer *answer = suggester->answer;
    index += suggester->first;
    struct problem *problem = &suggester->problems[index];
    if (!suggester->views) {
        const size_t suppliers = answer->cohort.suppliers.count;
        suggest_one(suggester->question, answer, index, suggester->kernel ? suggester->kernel + (index - suggester->first) * suppliers : NULL, problem);
        return;
    }
    answer_ranked(suggester, index, problem);
}

/* Each shortlist in a thread. */
static ieum_status answer_range(struct workspace *workspace, struct suggester *suggester, size_t first, size_t count, struct problem *problem) {
    ieum_status status = IEUM_OK;
    suggester->first = first;
    parallel_for(workspace_threads(workspace), count, suggest_in_thread, suggester);
    for (size_t i = first; i < first + count && status == IEUM_OK; i++) {
        status = suggester->problems[i].status;
        if (status != IEUM_OK) *problem = suggester->problems[i];
    }
    return status;
}

enum { KERNEL_DEMANDS = 64 }; /* whose kernel parts are computed side by side: the suppliers' kernel rows are made once for all of them */

static ieum_status answer_with_kernel(struct workspace *workspace, struct suggester *suggester, struct problem *problem) {
    struct suggest_answer *answer = suggester->answer;
    const size_t suppliers = answer->cohort.suppliers.count;
    struct demand_view *views = arena_allocate_zero(answer->cohort.arena, KERNEL_DEMANDS, sizeof *views);
    suggester->kernel = memory_allocate_zero(KERNEL_DEMANDS, (suppliers + 1) * sizeof *suggester->kernel);
    ieum_status status = views && suggester->kernel ? IEUM_OK : problem_set_memory(problem);
    for (size_t first = 0; first < answer->count && status == IEUM_OK; first += KERNEL_DEMANDS) {
        const size_t count = answer->count - first < KERNEL_DEMANDS ? answer->count - first : KERNEL_DEMANDS;
        for (size_t i = 0; i < count && status == IEUM_OK; i++)
            status = suggest_view(answer, &answer->shortlists[first + i], answer->answers, answer->answer_count, answer->arenas[first + i], &views[i], problem);
        if (status == IEUM_OK) status = model_use_kernel_many(answer->model, views, count, workspace_threads(workspace), suggester->kernel, problem);
        if (status == IEUM_OK) status = answer_range(workspace, suggester, first, count, problem);
    }
    memory_free(suggester->kernel);
    return status;
}

/* The words of the ethics list are read only where a suggested solution has an open item. */
static ieum_status find_ethics(struct workspace *workspace, struct suggest_answer *answer, struct problem *problem) {
    for (size_t d = 0; d < answer->count && !answer->lean; d++)
        for (size_t i = 0; i < answer->shortlists[d].count; i++) {
            const struct supplier *supplier = &answer->cohort.suppliers.suppliers[answer->shortlists[d].suggestions[i].supplier];
            for (size_t s = 0; s < supplier->solution_count; s++)
                if (supplier->solutions[s].open.count) return workspace_ethics(workspace, &answer->ethics, problem);
        }
    return IEUM_OK;
}

ieum_status pipeline_suggest(struct workspace *workspace, const struct suggest_question *question, struct suggest_answer *answer,
                             struct problem *problem) {
    *answer = (struct suggest_answer){.lean = question->lean};
    struct suggester suggester = {.question = question, .answer = answer};
    ieum_status status = prepare(workspace, question, answer, problem);
    if (status != IEUM_OK) goto done;
    if (side_by_side(question, answer)) status = rank_all(workspace, &suggester, problem);
    if (status == IEUM_OK && !(suggester.problems = memory_allocate_zero(answer->count, sizeof *suggester.problems)))
        status = problem_set_memory(problem);
    if (status != IEUM_OK) goto done;
    status = answer->model && model_use_side_by_side(answer->model) ? answer_with_kernel(workspace, &suggester, problem)
                                                                    : answer_range(workspace, &suggester, 0, answer->count, problem);
    if (status == IEUM_OK) status = find_ethics(workspace, answer, problem);
done:
    memory_free(suggester.problems);
    bulk_answer_free(&suggester.bulk);
    sieve_free(suggester.sieve);
    if (status != IEUM_OK) suggest_answer_free(answer);
    return status;
}

void suggest_answer_free(struct suggest_answer *answer) {
    for (size_t i = 0; answer->arenas && i < answer->count; i++) arena_free(answer->arenas[i]);
    memory_free(answer->arenas);
    memory_free(answer->scores);
    if (!answer->borrows_space) feature_space_free(answer->space);
    model_use_free(answer->model);
    desk_free(&answer->desk);
    cohort_free(&answer->cohort);
    program_free(answer->program);
    *answer = (struct suggest_answer){0};
}
