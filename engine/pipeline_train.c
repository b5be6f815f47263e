/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline_train.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "adapt/json_file.h"
#include "pipeline_train_parts.h"
#include "score/model_file.h"

/* ---- data/learn/learn.json ---- */

enum { RULES_BYTES_MOST = 1 << 20 };

static ieum_status read_stages(const jval *json, struct train_rules *rules, struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0}, at = {&root, "stages", 0};
    const jval *stages = NULL;
    ieum_status status = field_object(json, NULL, "stages", true, &stages, problem);
    if (status == IEUM_OK) status = field_refuse_unknown(stages, &at, outcome_stage_names, OUTCOME_STAGES, problem);
    for (size_t i = 0; i < OUTCOME_STAGES && status == IEUM_OK; i++) {
        rules->stages[i] = NAN;
        status = field_number(stages, &at, outcome_stage_names[i], false, 0, 1000, &rules->stages[i], problem);
    }
    return status;
}

static ieum_status read_measures(const jval *json, struct arena *arena, struct train_rules *rules, struct problem *problem) {
    struct text_list names = {0};
    ieum_status status = field_text_list(json, NULL, "measures", true, arena, &names, problem);
    if (status == IEUM_OK && (names.count == 0 || names.count > TRAIN_MEASURES_MOST))
        status = problem_set(problem, IEUM_INVALID, "/measures", "측정값은 1개에서 %d개까지 적습니다.", "There must be 1 to %d measures.", TRAIN_MEASURES_MOST);
    for (size_t i = 0; i < names.count && status == IEUM_OK; i++) {
        char pointer[32];
        snprintf(pointer, sizeof pointer, "/measures/%zu", i);
        status = ranking_measure_read(names.items[i], pointer, &rules->measures[i], problem);
    }
    rules->measure_count = names.count;
    return status;
}

static ieum_status read_rules(const jval *json, struct arena *arena, struct train_rules *rules, struct problem *problem) {
    static const char *const known[] = {"learn", "version", "effective", "source", "stages", "stages_note", "threshold", "limits", "measures"};
    static const char *const limit_names[] = {"time_s", "memory_mib"};
    static const struct jpath root = {NULL, NULL, 0}, at = {&root, "limits", 0};
    const jval *limits = NULL;
    const char *text = NULL;
    ieum_status status = field_refuse_unknown(json, NULL, known, sizeof known / sizeof *known, problem);
    for (size_t i = 0; i < 3 && status == IEUM_OK; i++) status = field_text(json, NULL, known[i], true, &text, problem);
    if (status == IEUM_OK) status = read_stages(json, rules, problem);
    if (status == IEUM_OK) status = field_number(json, NULL, "threshold", true, 1e-9, 1000, &rules->threshold, problem);
    if (status == IEUM_OK) status = field_object(json, NULL, "limits", true, &limits, problem);
    if (status == IEUM_OK) status = field_refuse_unknown(limits, &at, limit_names, 2, problem);
    if (status == IEUM_OK) status = field_integer(limits, &at, "time_s", true, 1, 1000000, &rules->time_s, problem);
    if (status == IEUM_OK) status = field_integer(limits, &at, "memory_mib", true, 16, 1 << 20, &rules->memory_mib, problem);
    return status == IEUM_OK ? read_measures(json, arena, rules, problem) : status;
}

ieum_status train_rules_load(const struct workspace *workspace, struct train_rules *rules, struct problem *problem) {
    static const char name[] = "learn/learn.json";
    const char *data = workspace_data_path(workspace);
    struct arena *arena = arena_new();
    jval *json = NULL;
    *rules = (struct train_rules){0};
    ieum_status status = arena ? json_file_read(data, name, RULES_BYTES_MOST, &json, problem) : problem_set_memory(problem);
    if (status == IEUM_OK && (status = read_rules(json, arena, rules, problem)) != IEUM_OK) json_file_place(data, name, problem);
    jval_free(json);
    arena_free(arena);
    return status;
}

/* ---- what is learned from ---- */

ieum_status training_load(struct workspace *workspace, const struct train_question *question, const struct train_rules *rules, struct training *training,
                          struct problem *problem) {
    *training = (struct training){.arena = arena_new()};
    ieum_status status = training->arena ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK)
        status = question->program ? training_load_records(workspace, question, rules, training, problem) : training_load_rows(question, training, problem);
    if (status == IEUM_OK) status = dataset_check(&training->data, problem);
    if (status != IEUM_OK) training_free(training);
    return status;
}

void training_free(struct training *training) {
    cohort_free(&training->cohort);
    program_free(training->program);
    arena_free(training->arena);
    *training = (struct training){0};
}

/* Which features may not fall as they rise, by the dataset's order. */
static ieum_status choose_monotone(const struct train_question *question, struct training *training, const signed char **monotone, struct problem *problem) {
    const struct dataset *data = &training->data;
    *monotone = NULL;
    if (question->monotone.count == 0) return IEUM_OK;
    signed char *made = arena_allocate_zero(training->arena, data->feature_count, sizeof *made);
    if (!made) return problem_set_memory(problem);
    for (size_t i = 0; i < question->monotone.count; i++) {
        const char *name = question->monotone.items[i];
        const bool all = strcmp(name, "all") == 0;
        bool found = all;
        for (size_t f = 0; f < data->feature_count; f++) {
            if (!all && strcmp(name, data->feature_names[f]) != 0) continue;
            made[f] = 1;
            found = true;
        }
        if (found) continue;
        char pointer[32];
        snprintf(pointer, sizeof pointer, "/monotone/%zu", i);
        ieum_status status = problem_set(problem, IEUM_INVALID, pointer, "그런 이름의 특성이 없습니다.", "There is no feature of this name.");
        problem_set_value(problem, name);
        return status;
    }
    *monotone = made;
    return IEUM_OK;
}

/* ---- the study ---- */

static void tell_progress(void *context, const char *message) { workspace_log(context, "progress", message); }
static bool ask_cancelled(void *context) { return workspace_cancelled(context); }

/* Whether any demand's grades differ. */
static ieum_status check_grades(const struct dataset *data, size_t demands, struct problem *problem) {
    size_t groups = 0;
    for (size_t i = 0; i < data->count; i++)
        if (data->group[i] >= groups) groups = (size_t)data->group[i] + 1;
    double *first = memory_allocate_zero(groups, sizeof *first);
    if (!first) return problem_set_memory(problem);
    bool differ = false;
    for (size_t g = 0; g < groups; g++) first[g] = NAN;
    for (size_t i = 0; i < data->count && !differ; i++) {
        if (isnan(first[data->group[i]])) first[data->group[i]] = data->grade[i];
        differ = data->grade[i] != first[data->group[i]];
    }
    memory_free(first);
    if (differ) return IEUM_OK;
    return problem_set(problem, IEUM_INVALID, "/data", "어느 수요과제에서도 등급이 갈리지 않아 배울 것이 없습니다(쌍 %zu개, 수요과제 %zu건).",
                       "Within every demand all grades are equal, so there is nothing to learn (%zu pairs, %zu demands).", data->count, demands);
}

/* Said here with the numbers of all the data; the folds would say it of theirs. */
static ieum_status check_enough(const struct train_question *question, const struct train_answer *answer, struct problem *problem) {
    const struct study_options *options = &question->study;
    const bool kernel = options->learn.kind == MODEL_PAIRWISE || options->learn.kind == MODEL_MIXED;
    const bool chooses = options->cost_count > 1 || (kernel && options->width_count > 1);
    const size_t demands = answer->exposure.demands, needed = 1 + (options->outer_folds > 0) + chooses;
    /* Kernels learn good from bad over all demands, the others what is better within one. */
    ieum_status status = kernel ? IEUM_OK : check_grades(&answer->training.data, demands, problem);
    if (status != IEUM_OK || options->split != SPLIT_DEMAND || demands >= needed) return status;
    return problem_set(problem, IEUM_INVALID, "/data",
                       "수요가 %zu건뿐입니다. 떼어 둔 수요로 재거나 C를 고르려면 %zu건은 있어야 합니다(folds를 0으로, costs를 하나만 적으면 재거나 고르지 않습니다).",
                       "Too few demands, %zu: to measure on held-out ones or to choose C there must be %zu (with folds 0 and a single cost neither is done).",
                       demands, needed);
}

static ieum_status study(struct workspace *workspace, const struct train_question *question, struct train_answer *answer, struct problem *problem) {
    struct study_options options = question->study;
    const int64_t time_s = question->time_s ? question->time_s : answer->rules.time_s;
    const int64_t memory_mib = question->memory_mib ? question->memory_mib : answer->rules.memory_mib;
    const struct child_options limits = {.time_limit_ms = (uint64_t)time_s * 1000, .memory_limit = (uint64_t)memory_mib << 20,
                                         .progress = tell_progress, .progress_context = workspace,
                                         .cancelled = ask_cancelled, .cancelled_context = workspace};
    ieum_status status = choose_monotone(question, &answer->training, &options.learn.monotone, problem);
    options.learn.threshold = answer->rules.threshold;
    answer->seed = options.learn.seed;
    if (status == IEUM_OK) status = dataset_exposure(&answer->training.data, answer->training.supplier_count, &answer->exposure, problem);
    if (status == IEUM_OK) status = check_enough(question, answer, problem);
    /* A collection judges every pair there is: nothing was chosen to be shown. */
    if (status == IEUM_OK && !question->data && answer->exposure.needed && !question->quiet)
        workspace_log(workspace, "warning", workspace_korean(workspace) ? answer->exposure.ko : answer->exposure.en);
    return status == IEUM_OK ? study_run(&answer->training.data, &options, &limits, &answer->study, problem) : status;
}

static ieum_status measure_reliability(struct train_answer *answer, struct problem *problem) {
    const struct study *made = &answer->study;
    size_t known = 0;
    bool *good = memory_allocate_zero(made->example_count, sizeof *good);
    if (!good) return problem_set_memory(problem);
    for (size_t i = 0; i < made->example_count; i++) {
        good[i] = answer->training.data.grade[i] >= answer->rules.threshold;
        known += made->probability && !isnan(made->probability[i]);
    }
    if (known) reliability_measure(made->probability, good, made->example_count, &answer->reliability);
    memory_free(good);
    return IEUM_OK;
}

/* ---- the file ---- */

static ieum_status save(const struct train_question *question, struct train_answer *answer, struct problem *problem) {
    struct model *model = study_take_model(&answer->study);
    answer->model = model;
    const struct program *program = answer->training.program;
    ieum_status status = workspace_model_id(question->id, question->out ? question->out : "", model->arena, &model->id, problem);
    if (status != IEUM_OK) return status;
    model->program = program ? arena_copy_text(model->arena, program->id) : NULL;
    model->program_version = program ? arena_copy_text(model->arena, program->version) : NULL;
    if (program && (!model->program || !model->program_version)) return problem_set_memory(problem);
    model->card = train_card(question, answer);
    return question->out ? model_save(model, question->out, problem) : IEUM_OK;
}

ieum_status pipeline_train(struct workspace *workspace, const struct train_question *question, struct train_answer *answer, struct problem *problem) {
    const char *id; /* what cannot be saved is not learned first */
    struct arena *arena = arena_new();
    *answer = (struct train_answer){0};
    ieum_status status = arena ? workspace_model_id(question->id, question->out ? question->out : "", arena, &id, problem) : problem_set_memory(problem);
    arena_free(arena);
    if (status == IEUM_OK) status = train_rules_load(workspace, &answer->rules, problem);
    if (status == IEUM_OK) status = training_load(workspace, question, &answer->rules, &answer->training, problem);
    if (status == IEUM_OK) status = study(workspace, question, answer, problem);
    if (status == IEUM_OK && question->baseline) status = train_baseline(workspace, question, answer, problem);
    if (status == IEUM_OK) status = train_measure_all(answer, problem);
    if (status == IEUM_OK) status = measure_reliability(answer, problem);
    if (status == IEUM_OK) status = save(question, answer, problem);
    if (status != IEUM_OK) train_answer_free(answer);
    return status;
}

void train_answer_free(struct train_answer *answer) {
    model_free(answer->model);
    study_free(&answer->study);
    training_free(&answer->training);
    *answer = (struct train_answer){0};
}
