/* SPDX-License-Identifier: Apache-2.0 */
/* A libsvm model over pair features at work: its inputs are features of the program, the rubric's score, or whether a feature is missing. */
#include <math.h>
#include <string.h>

#include "explain/shapley.h"
#include "pipeline_model_parts.h"

ieum_status model_svm_prepare(struct model_use *use, struct problem *problem) {
    const struct model *model = use->model;
    use->inputs = arena_allocate_zero(use->arena, model->input_count, sizeof *use->inputs);
    use->input_group = arena_allocate_zero(use->arena, model->input_count, sizeof *use->input_group);
    if (!use->inputs || !use->input_group) return problem_set_memory(problem);
    for (size_t i = 0; i < model->input_count; i++) {
        use->inputs[i] = INPUT_RUBRIC;
        for (size_t f = 0; f < use->program->feature_count; f++)
            if (strcmp(use->program->features[f].id, model->inputs[i].name) == 0) use->inputs[i] = f;
        use->input_group[i] = use->inputs[i] == INPUT_RUBRIC ? GROUP_NONE : criterion_of_feature(use->program, use->inputs[i]);
    }
    if (svm_functions(model->svm) != 1)
        return problem_set(problem, IEUM_INVALID, "/model", "둘보다 많은 부류를 나누는 libsvm 모형으로는 순위를 매길 수 없습니다.",
                           "A libsvm model with more than two classes cannot rank.");
    return svm_scorer_new(model->svm, SVM_BEST, &use->svm, problem);
}

/* A libsvm model's inputs for one pair, dense. */
static void fill_inputs(const struct model_use *use, const double *values, size_t stride, double *row) {
    for (size_t i = 0; i < use->model->input_count; i++) {
        const struct model_input *input = &use->model->inputs[i];
        const double z = use->inputs[i] == INPUT_RUBRIC ? (double)rubric_score(use->rubric, values, stride, NULL) / (double)SCORE_ONE
                                                        : values[use->inputs[i] * stride];
        row[i] = input->indicator ? isnan(z) : isnan(z) ? input->mean : z;
    }
}

/* Rows of inputs in blocks, as svm_rows wants them. */
struct input_rows {
    double *values;
    size_t *start;
    uint32_t *index;
    struct svm_scratch *scratch;
};

static bool input_rows_make(const struct model_use *use, size_t rows, struct input_rows *made) {
    const size_t inputs = use->model->input_count;
    *made = (struct input_rows){memory_allocate_zero(rows * inputs, sizeof *made->values), memory_allocate_zero(rows + 1, sizeof *made->start),
                                memory_allocate_zero(rows * inputs, sizeof *made->index), svm_scratch_new(use->svm)};
    if (!made->values || !made->start || !made->index || !made->scratch) return false;
    for (size_t r = 0; r <= rows; r++) made->start[r] = r * inputs;
    for (size_t r = 0; r < rows; r++)
        for (size_t i = 0; i < inputs; i++) made->index[r * inputs + i] = (uint32_t)i;
    return true;
}

static void input_rows_free(struct input_rows *rows) {
    memory_free(rows->values);
    memory_free(rows->start);
    memory_free(rows->index);
    svm_scratch_free(rows->scratch);
}

ieum_status model_svm_kernel(const struct model_use *use, const double *columns, int64_t *parts, struct problem *problem) {
    const size_t suppliers = use->cohort->suppliers.count, block = svm_scorer_block(use->svm), inputs = use->model->input_count;
    struct input_rows rows;
    double *values = memory_allocate_zero(block, sizeof *values);
    ieum_status status = input_rows_make(use, block, &rows) && values ? IEUM_OK : problem_set_memory(problem);
    for (size_t first = 0; first < suppliers && status == IEUM_OK; first += block) {
        const size_t count = suppliers - first < block ? suppliers - first : block;
        for (size_t r = 0; r < count; r++) fill_inputs(use, columns + first + r, suppliers, rows.values + r * inputs);
        svm_score_rows(use->svm, rows.scratch, &(struct svm_row_block){count, rows.start, rows.index, rows.values}, values);
        for (size_t r = 0; r < count && status == IEUM_OK; r++) status = model_units(values[r], &parts[first + r], problem);
    }
    memory_free(values);
    input_rows_free(&rows);
    return status;
}

struct svm_play {
    const struct model_use *use;
    const double *own; /* inputs of the pair */
    struct input_rows rows;
};

/* Inputs of criteria that are absent are at the training mean, as are those of no criterion (the rubric) until all are there. */
static double svm_worth(uint32_t coalition, void *context) {
    const struct svm_play *play = context;
    const struct model_use *use = play->use;
    const uint32_t all = (uint32_t)((UINT64_C(1) << use->program->criterion_count) - 1);
    double value = 0;
    for (size_t i = 0; i < use->model->input_count; i++) {
        const uint32_t group = use->input_group[i];
        const bool present = group == GROUP_NONE ? coalition == all : coalition >> group & 1u;
        play->rows.values[i] = present ? play->own[i] : use->model->inputs[i].indicator ? 0 : use->model->inputs[i].mean;
    }
    svm_score_rows(use->svm, play->rows.scratch, &(struct svm_row_block){1, play->rows.start, play->rows.index, play->rows.values}, &value);
    return value;
}

ieum_status model_svm_shares(const struct model_use *use, const double *values, double *shares, double *none, struct problem *problem) {
    double *own = memory_allocate_zero(use->model->input_count, sizeof *own);
    struct svm_play play = {.use = use, .own = own};
    ieum_status status = input_rows_make(use, 1, &play.rows) && own ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK) {
        fill_inputs(use, values, 1, own);
        status = shapley_play(use->program->criterion_count, svm_worth, &play, shares, none, problem);
    }
    input_rows_free(&play.rows);
    memory_free(own);
    return status;
}
