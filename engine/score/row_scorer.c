/* SPDX-License-Identifier: Apache-2.0 */
#include "row_scorer.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/parallel.h"
#include "model_file.h"
#include "row_model.h"
#include "row_scorer_parts.h"
#include "svm_text.h"

/* How the engine's own model files begin (DESIGN 6). */
static const char own_mark[] = "IEUM-MODEL";

static ieum_status open_own(const char *bytes, size_t size, struct row_scorer **scorer, struct problem *problem) {
    struct model *model = NULL;
    ieum_status status = model_read(bytes, size, &model, problem);
    if (status == IEUM_OK) status = row_scorer_of_model(model, scorer, problem);
    if (status != IEUM_OK) model_free(model);
    return status;
}

ieum_status row_scorer_open(const char *bytes, size_t size, struct row_scorer **scorer, struct problem *problem) {
    if (size >= sizeof own_mark - 1 && memcmp(bytes, own_mark, sizeof own_mark - 1) == 0) return open_own(bytes, size, scorer, problem);
    struct row_scorer *made = memory_allocate_zero(1, sizeof *made);
    if (!made) return problem_set_memory(problem);
    ieum_status status = svm_text_read(bytes, size, &made->own_svm, problem);
    made->svm = made->own_svm;
    if (status == IEUM_OK) status = svm_scorer_new(made->svm, SVM_BEST, &made->scorer, problem);
    if (status == IEUM_OK) *scorer = made;
    else row_scorer_free(made);
    return status;
}

ieum_status row_scorer_of_model(struct model *model, struct row_scorer **scorer, struct problem *problem) {
    ieum_status status = row_model_check(model, problem);
    if (status != IEUM_OK) return status;
    struct row_scorer *made = memory_allocate_zero(1, sizeof *made);
    if (!made) return problem_set_memory(problem);
    made->svm = model->kind == MODEL_LIBSVM ? model->svm : NULL;
    if (made->svm) status = svm_scorer_new(made->svm, SVM_BEST, &made->scorer, problem);
    if (status == IEUM_OK) {
        made->model = model;
        *scorer = made;
    } else {
        row_scorer_free(made);
    }
    return status;
}

void row_scorer_free(struct row_scorer *scorer) {
    if (!scorer) return;
    svm_scorer_free(scorer->scorer);
    svm_model_free(scorer->own_svm);
    model_free(scorer->model);
    memory_free(scorer);
}

size_t row_scorer_values(const struct row_scorer *scorer) { return scorer->svm ? svm_functions(scorer->svm) : 1; }
size_t row_scorer_columns(const struct row_scorer *scorer) { return scorer->svm ? scorer->svm->columns : scorer->model->feature_count; }

/* ---- blocks ---- */

enum { BLOCK_OF_CURVES = 128 };

bool row_scratch_begin(struct row_scratch *scratch, const struct row_scorer *scorer) {
    *scratch = (struct row_scratch){0};
    if (scorer->svm) scratch->svm = svm_scratch_new(scorer->scorer);
    else scratch->x = memory_allocate_zero(scorer->model->feature_count, sizeof *scratch->x);
    return scratch->svm || scratch->x;
}

void row_scratch_end(struct row_scratch *scratch) {
    svm_scratch_free(scratch->svm);
    memory_free(scratch->x);
}

size_t row_scorer_block(const struct row_scorer *scorer) { return scorer->svm ? svm_scorer_block(scorer->scorer) : BLOCK_OF_CURVES; }

void row_scorer_block_values(const struct row_scorer *scorer, struct row_scratch *scratch, const struct svm_row_block *rows, double *values) {
    if (scorer->svm) {
        svm_score_rows(scorer->scorer, scratch->svm, rows, values);
        return;
    }
    const size_t columns = scorer->model->feature_count;
    for (size_t row = 0; row < rows->count; row++) {
        if (columns) memset(scratch->x, 0, columns * sizeof *scratch->x);
        for (size_t i = rows->start[row]; i < rows->start[row + 1]; i++)
            if (rows->index[i] < columns) scratch->x[rows->index[i]] = rows->value[i];
        values[row] = row_model_score(scorer->model, scratch->x);
    }
}

/* ---- flat arrays ---- */

/* One worker: its scratch, and the places of full rows. */
struct flat_worker {
    struct row_scratch scratch;
    size_t *start;
    uint32_t *index;
};

struct flat_job {
    const struct row_scorer *scorer;
    const double *rows;
    size_t count, columns, block;
    double *values;
    struct flat_worker *workers;
};

static bool flat_worker_begin(struct flat_worker *worker, const struct flat_job *job) {
    const bool begun = row_scratch_begin(&worker->scratch, job->scorer);
    worker->start = memory_allocate_zero(job->block + 1, sizeof *worker->start);
    worker->index = memory_allocate_zero(job->columns * job->block, sizeof *worker->index);
    if (!begun || !worker->start || !worker->index) return false;
    for (size_t r = 0; r < job->block; r++) {
        worker->start[r + 1] = worker->start[r] + job->columns;
        for (size_t column = 0; column < job->columns; column++) worker->index[worker->start[r] + column] = (uint32_t)column;
    }
    return true;
}

static void flat_worker_end(struct flat_worker *worker) {
    row_scratch_end(&worker->scratch);
    memory_free(worker->start);
    memory_free(worker->index);
}

static void score_flat_block(void *context, size_t index, int worker) {
    const struct flat_job *job = context;
    const size_t first = index * job->block, left = job->count - first;
    struct flat_worker *own = &job->workers[worker];
    const struct svm_row_block block = {left < job->block ? left : job->block, own->start, own->index, job->rows + first * job->columns};
    row_scorer_block_values(job->scorer, &own->scratch, &block, job->values + first * row_scorer_values(job->scorer));
}

static ieum_status check_flat(const double *rows, size_t count, size_t columns, struct problem *problem) {
    size_t numbers;
    if (columns > INT32_MAX || __builtin_mul_overflow(count, columns, &numbers))
        return problem_set(problem, IEUM_INVALID, "", "행이나 열의 수가 너무 큽니다.", "There are too many rows or columns.");
    for (size_t i = 0; i < numbers; i++) {
        if (isfinite(rows[i])) continue;
        return problem_set(problem, IEUM_INVALID, "", "%zu번째 행의 %zu번째 열이 유한한 수가 아닙니다.",
                           "Row %zu, column %zu is not a finite number.", i / columns + 1, i % columns + 1);
    }
    return IEUM_OK;
}

ieum_status row_scorer_score(const struct row_scorer *scorer, int threads, const double *rows, size_t count, size_t columns, double *values,
                             struct problem *problem) {
    struct flat_job job = {scorer, rows, count, columns, row_scorer_block(scorer), values, NULL};
    ieum_status status = check_flat(rows, count, columns, problem);
    if (status != IEUM_OK) return status;
    const size_t blocks = (count + job.block - 1) / job.block;
    if (threads < 1) threads = 1;
    if ((size_t)threads > blocks) threads = blocks > 0 ? (int)blocks : 1;
    job.workers = memory_allocate_zero((size_t)threads, sizeof *job.workers);
    bool whole = job.workers != NULL;
    for (int i = 0; i < threads && whole; i++) whole = flat_worker_begin(&job.workers[i], &job);
    if (whole) parallel_for(threads, blocks, score_flat_block, &job);
    for (int i = 0; i < threads && job.workers; i++) flat_worker_end(&job.workers[i]);
    memory_free(job.workers);
    return whole ? IEUM_OK : problem_set_memory(problem);
}
