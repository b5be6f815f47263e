/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "learn/platt.h"
#include "pipeline_model_parts.h"
#include "score/model_fit.h"
#include "score/side_fold.h"

/* Kernel rows of the suppliers are kept up to this size: a pass over them is then a matrix product. */
#define ROWS_KEPT ((size_t)1 << 30)

/* ---- opening ---- */

static ieum_status open_encoder(struct model_use *use, struct workspace *workspace, enum side side, struct problem *problem) {
    const struct side_encoding *encoding = side == SIDE_DEMAND ? &use->model->product.demand : &use->model->product.supplier;
    const char **names = arena_allocate_zero(use->arena, encoding->count, sizeof *names);
    const struct lexicon *lexicon;
    const struct taxonomy *taxonomy;
    if (!names) return problem_set_memory(problem);
    for (size_t i = 0; i < encoding->count; i++) names[i] = encoding->coordinates[i].name;
    ieum_status status = workspace_lexicon(workspace, &lexicon, problem);
    if (status == IEUM_OK) status = workspace_taxonomy(workspace, &taxonomy, problem);
    return status == IEUM_OK ? side_encoder_new(side, names, encoding->count, lexicon, taxonomy, &use->encoders[side], problem) : status;
}

ieum_status model_use_take(struct workspace *workspace, struct model *model, const struct program *program, struct model_use **use, struct problem *problem) {
    struct model_use *made = memory_allocate_zero(1, sizeof *made);
    if (!made) {
        model_free(model);
        return problem_set_memory(problem);
    }
    made->arena = arena_new();
    made->program = program;
    made->model = model;
    ieum_status status = made->arena ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK) status = model_fits_program(made->model, program, &made->other_version, problem);
    for (int side = SIDE_DEMAND; side <= SIDE_SUPPLIER && status == IEUM_OK && made->model->product.count; side++)
        status = open_encoder(made, workspace, (enum side)side, problem);
    if (status == IEUM_OK) *use = made;
    else model_use_free(made);
    return status;
}

ieum_status model_use_open(struct workspace *workspace, const char *name, const struct program *program, struct model_use **use, struct problem *problem) {
    struct model *model = NULL;
    const ieum_status status = workspace_model(workspace, name, &model, problem);
    return status == IEUM_OK ? model_use_take(workspace, model, program, use, problem) : status;
}

void model_use_free(struct model_use *use) {
    if (!use) return;
    product_side_free(use->side);
    product_scorer_free(use->product);
    svm_scorer_free(use->svm);
    side_encoder_free(use->encoders[SIDE_DEMAND]);
    side_encoder_free(use->encoders[SIDE_SUPPLIER]);
    model_free(use->model);
    arena_free(use->arena);
    memory_free(use);
}

const struct model *model_use_model(const struct model_use *use) { return use->model; }
bool model_use_other_version(const struct model_use *use) { return use->other_version; }
bool model_use_reads_vectors(const struct model_use *use) { return use->encoders[SIDE_SUPPLIER] && side_encoder_reads_vector(use->encoders[SIDE_SUPPLIER]); }

bool model_use_fit_only(const struct model_use *use) {
    const char *criteria = jval_get_text(jval_get(use->model->card, "parameters"), "criteria");
    return criteria && strcmp(criteria, "fit") == 0;
}

bool model_use_calibrated(const struct model_use *use) { return use->model->platt.fitted; }
double model_use_probability(const struct model_use *use, int64_t score) { return platt_probability(&use->model->platt, (double)score / (double)SCORE_ONE); }

bool model_use_has_kernel(const struct model_use *use) { return use->product || use->svm; }
bool model_use_side_by_side(const struct model_use *use) { return use->product != NULL; }

/* ---- making ready ---- */

static ieum_status group_coordinates(struct model_use *use, const struct lexicon *lexicon, const struct side_encoding *encoding, const uint32_t **groups,
                                     struct problem *problem) {
    uint32_t *made = arena_allocate_zero(use->arena, encoding->count, sizeof *made);
    if (!made) return problem_set_memory(problem);
    for (size_t i = 0; i < encoding->count; i++) made[i] = side_group(use->program, lexicon, encoding->coordinates[i].name);
    *groups = made;
    return IEUM_OK;
}

static ieum_status encode_suppliers(struct model_use *use, int threads, struct problem *problem) {
    const struct cohort *cohort = use->cohort;
    const struct side_encoding *encoding = &use->model->product.supplier;
    const size_t count = cohort->suppliers.count;
    size_t cells;
    struct side_record *records = memory_allocate_zero(count, sizeof *records);
    for (size_t s = 0; records && s < count; s++)
        records[s] = (struct side_record){.supplier = &cohort->suppliers.suppliers[s], .notes = &cohort->supplier_notes[s]};
    if (!__builtin_mul_overflow(count, encoding->count, &cells)) use->folded = arena_allocate_zero(use->arena, cells, sizeof *use->folded);
    ieum_status status = records && use->folded ? side_encode_all(use->encoders[SIDE_SUPPLIER], records, count, threads, use->folded, problem)
                                                : problem_set_memory(problem);
    if (status == IEUM_OK) side_fold(encoding, use->folded, count, use->folded);
    memory_free(records);
    return status;
}

static ieum_status prepare_product(struct model_use *use, struct workspace *workspace, struct problem *problem) {
    const struct product_term *term = &use->model->product;
    const struct lexicon *lexicon;
    const int threads = workspace_threads(workspace);
    ieum_status status = workspace_lexicon(workspace, &lexicon, problem);
    use->groups.count = use->program->criterion_count;
    if (status == IEUM_OK) status = group_coordinates(use, lexicon, &term->demand, &use->groups.demand, problem);
    if (status == IEUM_OK) status = group_coordinates(use, lexicon, &term->supplier, &use->groups.supplier, problem);
    if (status == IEUM_OK) status = product_scorer_new(term, 0, &use->product, problem);
    if (status == IEUM_OK) status = encode_suppliers(use, threads, problem);
    return status == IEUM_OK ? product_side_new(use->product, use->folded, use->cohort->suppliers.count, ROWS_KEPT, threads, &use->side, problem) : status;
}

ieum_status model_use_prepare(struct model_use *use, struct workspace *workspace, const struct program *program, const struct rubric *rubric,
                              const struct cohort *cohort, struct additive *additive, struct problem *problem) {
    use->cohort = cohort;
    use->rubric = rubric;
    ieum_status status = model_additive(use->model, program, rubric, use->arena, additive, problem);
    if (status == IEUM_OK && use->model->product.count) status = prepare_product(use, workspace, problem);
    if (status == IEUM_OK && use->model->svm) status = model_svm_prepare(use, problem);
    return status;
}

/* ---- the kernel part ---- */

static ieum_status encode_demand(const struct model_use *use, const struct demand_view *view, double *folded, struct problem *problem) {
    const struct side_record record = {.demand = view->demand, .notes = view->notes};
    ieum_status status = side_encode(use->encoders[SIDE_DEMAND], &record, folded, problem);
    if (status == IEUM_OK) side_fold(&use->model->product.demand, folded, 1, folded);
    return status;
}

/* Beyond ±9·10⁶ a score would leave what the units hold exactly; no model of sound size comes near. */
ieum_status model_units(double value, int64_t *units, struct problem *problem) {
    if (!(fabs(value) < 9e6))
        return problem_set(problem, IEUM_LIMIT, "/model", "모형의 점수가 너무 큽니다.", "The model's score is too large.");
    *units = llround(value * (double)SCORE_ONE);
    return IEUM_OK;
}

ieum_status model_use_kernel_many(const struct model_use *use, const struct demand_view *views, size_t count, int threads, int64_t *parts,
                                  struct problem *problem) {
    const size_t suppliers = use->cohort->suppliers.count, dims = use->model->product.demand.count;
    size_t cells;
    double *demands = memory_allocate_zero(count, dims * sizeof *demands);
    double *scores = __builtin_mul_overflow(count, suppliers, &cells) ? NULL : memory_allocate_zero(cells, sizeof *scores);
    ieum_status status = demands && scores ? IEUM_OK : problem_set_memory(problem);
    for (size_t d = 0; d < count && status == IEUM_OK; d++) status = encode_demand(use, &views[d], demands + d * dims, problem);
    if (status == IEUM_OK) status = product_scores(use->side, demands, count, threads, scores, problem);
    for (size_t i = 0; status == IEUM_OK && i < cells; i++) status = model_units(scores[i], &parts[i], problem);
    memory_free(demands);
    memory_free(scores);
    return status;
}

ieum_status model_use_kernel(const struct model_use *use, const struct demand_view *view, const double *columns, int64_t *parts, struct problem *problem) {
    return use->svm ? model_svm_kernel(use, columns, parts, problem) : model_use_kernel_many(use, view, 1, 1, parts, problem);
}

/* ---- shares of the criteria ---- */

static ieum_status product_part_shares(const struct model_use *use, const struct demand_view *view, uint32_t supplier, double *shares, double *none,
                                       struct problem *problem) {
    double *demand = memory_allocate_zero(use->model->product.demand.count, sizeof *demand);
    ieum_status status = demand ? encode_demand(use, view, demand, problem) : problem_set_memory(problem);
    if (status == IEUM_OK)
        status = product_shares(&use->model->product, demand, use->folded + (size_t)supplier * use->model->product.supplier.count, &use->groups, shares, none, problem);
    memory_free(demand);
    return status;
}

ieum_status model_use_shares(const struct model_use *use, const struct demand_view *view, uint32_t supplier, const double *values, int64_t part,
                             int64_t *shares, int64_t *none, struct problem *problem) {
    const size_t criteria = use->program->criterion_count;
    double *parts = memory_allocate_zero(criteria + 1, sizeof *parts);
    int64_t *units = memory_allocate_zero(criteria + 1, sizeof *units);
    ieum_status status = parts && units ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK)
        status = use->svm ? model_svm_shares(use, values, parts, &parts[criteria], problem) : product_part_shares(use, view, supplier, parts, &parts[criteria], problem);
    if (status == IEUM_OK) status = shares_round(parts, criteria + 1, part, units, problem);
    for (size_t c = 0; c < criteria && status == IEUM_OK; c++) shares[c] = units[c];
    if (status == IEUM_OK) *none = units[criteria];
    memory_free(parts);
    memory_free(units);
    return status;
}
