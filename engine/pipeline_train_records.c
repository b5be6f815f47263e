/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records and judgements → the dataset that is learned from. In: a collection's folder, or the store's outcomes. Out: examples by demand, then supplier, with the
 * program's features, the rubric's score and, for models with a product term, both sides' vectors.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/digest.h"
#include "base/files.h"
#include "feature/side_vectors.h"
#include "feature/space.h"
#include "pipeline_train_parts.h"

/* ---- features ---- */

/* Which features of the program count, by index, and their names with "rubric" at the end. */
static ieum_status choose_features(struct training *training, bool fit_only, size_t **chosen, struct problem *problem) {
    const struct program *program = training->program;
    const char **names = arena_allocate_zero(training->arena, program->feature_count + 1, sizeof *names);
    size_t count = 0;
    *chosen = arena_allocate_zero(training->arena, program->feature_count + 1, sizeof **chosen);
    if (!names || !*chosen) return problem_set_memory(problem);
    for (size_t f = 0; f < program->feature_count; f++) {
        bool counts = !fit_only;
        for (size_t c = 0; c < program->criterion_count; c++)
            for (size_t p = 0; program->criteria[c].fit && p < program->criteria[c].part_count; p++) counts = counts || program->criteria[c].parts[p].feature == f;
        if (!counts) continue;
        names[count] = program->features[f].id;
        (*chosen)[count++] = f;
    }
    names[count++] = "rubric";
    training->data.feature_names = names;
    training->data.feature_count = count;
    return IEUM_OK;
}

struct space_of {
    struct feature_space *space;
    struct rubric rubric;
    const size_t *chosen;
};

static ieum_status open_space(struct workspace *workspace, struct training *training, bool fit_only, struct space_of *of, struct problem *problem) {
    const struct cohort *cohort = &training->cohort;
    const struct lexicon *lexicon;
    const struct taxonomy *taxonomy;
    const struct feature_catalogue *catalogue;
    size_t *chosen = NULL;
    ieum_status status = workspace_lexicon(workspace, &lexicon, problem);
    if (status == IEUM_OK) status = workspace_taxonomy(workspace, &taxonomy, problem);
    if (status == IEUM_OK) status = workspace_catalogue(workspace, &catalogue, problem);
    if (status == IEUM_OK) status = rubric_compile(training->program, fit_only, training->arena, &of->rubric, problem);
    if (status == IEUM_OK) status = choose_features(training, fit_only, &chosen, problem);
    of->chosen = chosen;
    return status != IEUM_OK ? status
                             : feature_space_new(training->program, catalogue, lexicon, taxonomy, cohort->suppliers.suppliers, cohort->supplier_notes,
                                                 cohort->suppliers.count, workspace_threads(workspace), &of->space, problem);
}

/* The features of all examples; examples come by demand. */
static ieum_status compute_features(struct training *training, const struct space_of *of, const judgement_list *list, double *features, double *rubric,
                                    struct problem *problem) {
    const struct cohort *cohort = &training->cohort;
    const size_t suppliers = cohort->suppliers.count, width = training->data.feature_count;
    double *values = memory_allocate_zero(training->program->feature_count * suppliers, sizeof *values);
    ieum_status status = values ? IEUM_OK : problem_set_memory(problem);
    for (size_t i = 0; status == IEUM_OK && i < list->count; i++) {
        const struct judgement *item = &list->items[i];
        if (i == 0 || list->items[i - 1].demand != item->demand)
            status = feature_compute(of->space, &(struct demand_view){&cohort->demands.demands[item->demand], &cohort->demand_notes[item->demand]}, values, problem);
        if (status != IEUM_OK) break;
        rubric[i] = (double)rubric_score(&of->rubric, values + item->supplier, suppliers, NULL) / (double)SCORE_ONE;
        for (size_t f = 0; f + 1 < width; f++) features[i * width + f] = values[of->chosen[f] * suppliers + item->supplier];
        features[i * width + width - 1] = rubric[i];
    }
    memory_free(values);
    return status;
}

/* ---- vectors ---- */

static ieum_status encode_side(struct workspace *workspace, struct training *training, enum side side, struct side_table *table, struct problem *problem) {
    const struct cohort *cohort = &training->cohort;
    const struct lexicon *lexicon;
    const struct taxonomy *taxonomy;
    const size_t count = side == SIDE_DEMAND ? cohort->demands.count : cohort->suppliers.count;
    struct side_record *records = arena_allocate_zero(training->arena, count, sizeof *records);
    struct side_encoder *encoder = NULL;
    struct text_list names = {0};
    size_t cells;
    double *raw = NULL;
    ieum_status status = records ? workspace_lexicon(workspace, &lexicon, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = workspace_taxonomy(workspace, &taxonomy, problem);
    for (size_t i = 0; status == IEUM_OK && i < count; i++)
        records[i] = side == SIDE_DEMAND ? (struct side_record){.demand = &cohort->demands.demands[i], .notes = &cohort->demand_notes[i]}
                                         : (struct side_record){.supplier = &cohort->suppliers.suppliers[i], .notes = &cohort->supplier_notes[i]};
    if (status == IEUM_OK) status = side_names_list(side, lexicon, taxonomy, records, count, training->arena, &names, problem);
    if (status == IEUM_OK) status = side_encoder_new(side, names.items, names.count, lexicon, taxonomy, &encoder, problem);
    if (status == IEUM_OK && (__builtin_mul_overflow(count, names.count, &cells) || !(raw = arena_allocate_zero(training->arena, cells, sizeof *raw))))
        status = problem_set_memory(problem);
    if (status == IEUM_OK) status = side_encode_all(encoder, records, count, workspace_threads(workspace), raw, problem);
    side_encoder_free(encoder);
    if (status == IEUM_OK) *table = (struct side_table){count, names.count, names.items, raw};
    return status;
}

/* ---- all together ---- */

static ieum_status list_ids(struct training *training, struct problem *problem) {
    const struct cohort *cohort = &training->cohort;
    const char **demands = arena_allocate_zero(training->arena, cohort->demands.count, sizeof *demands);
    const char **suppliers = arena_allocate_zero(training->arena, cohort->suppliers.count, sizeof *suppliers);
    if (!demands || !suppliers) return problem_set_memory(problem);
    for (size_t i = 0; i < cohort->demands.count; i++) demands[i] = cohort->demands.demands[i].id;
    for (size_t i = 0; i < cohort->suppliers.count; i++) suppliers[i] = cohort->suppliers.suppliers[i].id;
    training->demands = demands;
    training->suppliers = suppliers;
    training->supplier_count = cohort->suppliers.count;
    return IEUM_OK;
}

static ieum_status fill(struct workspace *workspace, const struct train_question *question, struct training *training, const judgement_list *list,
                        struct problem *problem) {
    const size_t count = list->count;
    const bool product = question->study.learn.kind == MODEL_PAIRWISE || question->study.learn.kind == MODEL_MIXED;
    struct space_of of = {0};
    uint32_t *group = arena_allocate_zero(training->arena, count, sizeof *group), *supplier = arena_allocate_zero(training->arena, count, sizeof *supplier);
    double *grade = arena_allocate_zero(training->arena, count, sizeof *grade), *propensity = arena_allocate_zero(training->arena, count, sizeof *propensity);
    int32_t *date = arena_allocate_zero(training->arena, count, sizeof *date);
    double *rubric = arena_allocate_zero(training->arena, count, sizeof *rubric), *features = NULL;
    size_t cells = 0;
    if (!group || !supplier || !grade || !propensity || !date || !rubric) return problem_set_memory(problem);
    for (size_t i = 0; i < count; i++) {
        group[i] = list->items[i].demand;
        supplier[i] = list->items[i].supplier;
        grade[i] = list->items[i].grade;
        propensity[i] = list->items[i].propensity;
        date[i] = list->items[i].date;
    }
    ieum_status status = open_space(workspace, training, question->fit_only, &of, problem);
    if (status == IEUM_OK && (__builtin_mul_overflow(count, training->data.feature_count, &cells) ||
                              !(features = arena_allocate_zero(training->arena, cells, sizeof *features))))
        status = problem_set_memory(problem);
    if (status == IEUM_OK) status = compute_features(training, &of, list, features, rubric, problem);
    feature_space_free(of.space);
    if (status == IEUM_OK && product) status = encode_side(workspace, training, SIDE_DEMAND, &training->data.demand, problem);
    if (status == IEUM_OK && product) status = encode_side(workspace, training, SIDE_SUPPLIER, &training->data.offer, problem);
    if (status == IEUM_OK) status = list_ids(training, problem);
    training->data.count = count;
    training->data.group = group;
    training->data.supplier = supplier;
    training->data.grade = grade;
    training->data.propensity = question->data ? NULL : propensity;
    training->data.date = question->data ? NULL : date;
    training->data.features = features;
    training->rubric = rubric;
    return status;
}

/* The judgements are part of what was learned from. */
static void hash_data(struct training *training, const judgement_list *list) {
    struct digest digest;
    digest_begin(&digest);
    digest_add_text(&digest, training->cohort.data_hash);
    for (size_t i = 0; i < list->count; i++) {
        const uint32_t pair[2] = {list->items[i].demand, list->items[i].supplier};
        const int64_t grade = llround(list->items[i].grade * 1e6);
        digest_add(&digest, pair, sizeof pair);
        digest_add(&digest, &grade, sizeof grade);
    }
    digest_end(&digest, training->data_hash);
}

ieum_status training_load_records(struct workspace *workspace, const struct train_question *question, const struct train_rules *rules,
                                  struct training *training, struct problem *problem) {
    judgement_list list = {0};
    char *paths[3] = {NULL, NULL, NULL};
    static const char *const files[3] = {"suppliers.jsonl", "demands.jsonl", "qrels.txt"};
    ieum_status status = workspace_program(workspace, question->program, &training->program, problem);
    for (size_t i = 0; i < 3 && question->data && status == IEUM_OK; i++)
        if (!(paths[i] = path_join(question->data, files[i]))) status = problem_set_memory(problem);
    const struct record_choice suppliers = {.path = paths[0], .kinds = status == IEUM_OK ? &training->program->pool : NULL}, demands = {.path = paths[1]};
    if (status == IEUM_OK) status = cohort_load(workspace, training->program->id, &suppliers, &demands, &training->cohort, problem);
    if (status == IEUM_OK)
        status = question->data ? judgements_from_qrels(training, question->qrels ? question->qrels : paths[2], &list, problem)
                                : judgements_from_outcomes(workspace, training, rules, question->until, &list, problem);
    if (status == IEUM_OK) status = fill(workspace, question, training, &list, problem);
    if (status == IEUM_OK) hash_data(training, &list);
    for (size_t i = 0; i < 3; i++) memory_free(paths[i]);
    vector_free(&list);
    return status;
}
