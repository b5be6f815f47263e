/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text to text: the piece is cut into blocks of lines, each block is read, scored and written by one worker, and the blocks' texts are joined in their order. The
 * sums of the summary run over the rows in order, after all blocks, so that they do not depend on who scored what. Of several faults the first line's is told.
 */
#include <math.h>
#include <string.h>

#include "../base/decimal.h"
#include "../base/memory.h"
#include "../base/parallel.h"
#include "../base/vector.h"
#include "../record/svmlight.h"
#include "row_scorer.h"
#include "row_scorer_parts.h"
#include "svm_decide.h"

struct block {
    const char *start, *end;
    size_t first_line; /* of the piece, from 0: also the place of its first row in labels and predicted */
    size_t count;      /* rows */
    struct buffer text;
    struct problem *problem; /* NULL: none */
};

struct worker {
    struct row_scratch scratch;
    struct svmlight_rows rows;
    double *values, *probabilities, *room;
};

struct job {
    const struct row_scorer *scorer;
    bool probabilities;
    size_t lines_before; /* of the file, before the piece */
    struct block *blocks;
    size_t block_count, line_count;
    struct worker *workers;
    double *labels, *predicted; /* line_count */
};

/* ---- blocks ---- */

static bool cut(struct job *job, const char *bytes, size_t size) {
    VECTOR(struct block) blocks = {0};
    const size_t most = row_scorer_block(job->scorer);
    const char *at = bytes, *end = size ? bytes + size : bytes;
    while (at < end) {
        struct block block = {.start = at, .first_line = job->line_count};
        for (size_t lines = 0; lines < most && at < end; lines++, job->line_count++) {
            const char *feed = memchr(at, '\n', (size_t)(end - at));
            at = feed ? feed + 1 : end;
        }
        block.end = at;
        if (!vector_push(&blocks, block)) {
            vector_free(&blocks);
            return false;
        }
    }
    job->blocks = blocks.items;
    job->block_count = blocks.count;
    return true;
}

/* ---- a block ---- */

static ieum_status refuse_no_number(const struct worker *own, size_t row, struct problem *problem) {
    problem_set(problem, IEUM_INVALID, "", "이 행의 값이 너무 커서 모델이 수를 내지 못합니다.", "The values of this row are so large that the model gives no number.");
    problem_set_place(problem, NULL, own->rows.lines[row], 0);
    return problem->status;
}

static bool writes_probabilities(const struct job *job) { return job->probabilities && job->scorer->svm && svm_classifies(job->scorer->svm); }

/* The row's line of text; its prediction. */
static double write_row(const struct job *job, struct worker *own, const double *values, struct buffer *text) {
    const struct svm_model *model = job->scorer->svm;
    double predicted;
    if (writes_probabilities(job)) {
        predicted = model->labels[svm_probabilities(model, values, own->probabilities, own->room)];
        decimal_add(text, predicted, 6);
        for (size_t i = 0; i < model->class_count; i++) {
            buffer_add_byte(text, ' ');
            decimal_add(text, own->probabilities[i], 6);
        }
    } else {
        predicted = model ? svm_predicted(model, values) : values[0];
        decimal_add(text, predicted, 17);
    }
    buffer_add_byte(text, '\n');
    return predicted;
}

static ieum_status score_block(struct job *job, struct block *block, struct worker *own, struct problem *problem) {
    const size_t functions = row_scorer_values(job->scorer);
    ieum_status status = svmlight_read(block->start, (size_t)(block->end - block->start), job->lines_before + block->first_line + 1, &own->rows, problem);
    if (status != IEUM_OK) return status;
    const struct svmlight_rows *rows = &own->rows;
    row_scorer_block_values(job->scorer, &own->scratch, &(struct svm_row_block){rows->count, rows->start, rows->index, rows->value}, own->values);
    for (size_t row = 0; row < rows->count; row++) {
        const double *values = own->values + row * functions;
        for (size_t f = 0; f < functions; f++)
            if (isnan(values[f])) return refuse_no_number(own, row, problem);
        job->labels[block->first_line + row] = rows->labels[row];
        job->predicted[block->first_line + row] = write_row(job, own, values, &block->text);
    }
    block->count = rows->count;
    return block->text.failed ? problem_set_memory(problem) : IEUM_OK;
}

static void run_block(void *context, size_t index, int worker) {
    struct job *job = context;
    struct block *block = &job->blocks[index];
    struct problem problem = {0};
    if (score_block(job, block, &job->workers[worker], &problem) == IEUM_OK) return;
    block->count = SIZE_MAX; /* failed, also where there is no memory to say why */
    block->problem = memory_allocate(sizeof problem);
    if (block->problem) *block->problem = problem;
}

/* ---- workers ---- */

static bool worker_begin(struct worker *worker, const struct job *job) {
    const struct svm_model *model = job->scorer->svm;
    const bool begun = row_scratch_begin(&worker->scratch, job->scorer), wide = writes_probabilities(job);
    worker->values = memory_allocate_zero(row_scorer_block(job->scorer) * row_scorer_values(job->scorer), sizeof *worker->values);
    worker->probabilities = memory_allocate_zero(wide ? model->class_count : 0, sizeof *worker->probabilities);
    worker->room = memory_allocate_zero(wide ? svm_probability_room(model) : 0, sizeof *worker->room);
    return begun && worker->values && worker->probabilities && worker->room;
}

static void worker_end(struct worker *worker) {
    row_scratch_end(&worker->scratch);
    svmlight_free(&worker->rows);
    memory_free(worker->values);
    memory_free(worker->probabilities);
    memory_free(worker->room);
}

/* ---- the piece ---- */

static void write_labels(const struct svm_model *model, struct buffer *text) {
    buffer_add_text(text, "labels");
    for (size_t i = 0; i < model->class_count; i++) buffer_format(text, " %d", model->labels[i]);
    buffer_add_byte(text, '\n');
}

static void count_rows(const struct job *job, const struct block *block, struct row_tally *tally) {
    for (size_t row = 0; row < block->count; row++) {
        const double t = job->labels[block->first_line + row], p = job->predicted[block->first_line + row];
        tally->correct += p == t;
        tally->error += (p - t) * (p - t);
        tally->p += p;
        tally->t += t;
        tally->pp += p * p;
        tally->tt += t * t;
        tally->pt += p * t;
    }
    tally->rows += block->count;
}

/* All texts onto `text` and all rows onto the tally, or the first problem. */
static ieum_status join(const struct job *job, struct row_tally *tally, struct buffer *text, struct problem *problem) {
    for (size_t i = 0; i < job->block_count; i++) {
        if (job->blocks[i].count != SIZE_MAX) continue;
        if (!job->blocks[i].problem) return problem_set_memory(problem);
        *problem = *job->blocks[i].problem;
        return problem->status;
    }
    const size_t before = text->size;
    if (tally->lines == 0 && writes_probabilities(job)) write_labels(job->scorer->svm, text);
    for (size_t i = 0; i < job->block_count; i++) buffer_add(text, job->blocks[i].text.bytes, job->blocks[i].text.size);
    if (text->failed) {
        text->size = before;
        return problem_set_memory(problem);
    }
    for (size_t i = 0; i < job->block_count; i++) count_rows(job, &job->blocks[i], tally);
    tally->lines += job->line_count;
    return IEUM_OK;
}

ieum_status row_scorer_check_probabilities(const struct row_scorer *scorer, bool probabilities, struct problem *problem) {
    if (!probabilities || (scorer->svm && svm_knows_probabilities(scorer->svm))) return IEUM_OK;
    return problem_set(problem, IEUM_INVALID, "", "이 모델은 확률을 내지 못합니다. svm-train -b 1로 학습한 모델이라야 합니다.",
                       "This model knows no probabilities; it would have to be trained with svm-train -b 1.");
}

ieum_status row_scorer_text(const struct row_scorer *scorer, int threads, bool probabilities, const char *bytes, size_t size, struct row_tally *tally,
                            struct buffer *text, struct problem *problem) {
    struct job job = {.scorer = scorer, .probabilities = probabilities, .lines_before = tally->lines};
    ieum_status status = row_scorer_check_probabilities(scorer, probabilities, problem);
    if (status != IEUM_OK) return status;
    bool whole = cut(&job, bytes, size);
    if (threads < 1) threads = 1;
    if ((size_t)threads > job.block_count) threads = job.block_count > 0 ? (int)job.block_count : 1;
    job.labels = memory_allocate_zero(job.line_count, sizeof *job.labels);
    job.predicted = memory_allocate_zero(job.line_count, sizeof *job.predicted);
    job.workers = memory_allocate_zero((size_t)threads, sizeof *job.workers);
    whole = whole && job.labels && job.predicted && job.workers;
    for (int i = 0; i < threads && whole; i++) whole = worker_begin(&job.workers[i], &job);
    if (whole) parallel_for(threads, job.block_count, run_block, &job);
    status = whole ? join(&job, tally, text, problem) : problem_set_memory(problem);
    for (size_t i = 0; i < job.block_count; i++) {
        buffer_free(&job.blocks[i].text);
        memory_free(job.blocks[i].problem);
    }
    for (int i = 0; i < threads && job.workers; i++) worker_end(&job.workers[i]);
    memory_free(job.workers);
    memory_free(job.blocks);
    memory_free(job.labels);
    memory_free(job.predicted);
    return status;
}

/* ---- what svm-predict says ---- */

void row_scorer_say_before(const struct row_scorer *scorer, bool probabilities, struct buffer *text) {
    const struct svm_model *model = scorer->svm;
    if (!model) return;
    if (!probabilities && svm_knows_probabilities(model)) buffer_add_text(text, "Model supports probability estimates, but disabled in prediction.\n");
    if (!probabilities || !svm_regresses(model) || !model->probability_a) return;
    buffer_add_text(text, "Prob. model for test data: target value = predicted value + z,\nz: Laplace distribution e^(-|z|/sigma)/(2sigma),sigma=");
    decimal_add(text, model->probability_a[0], 6);
    buffer_add_byte(text, '\n');
}

void row_scorer_say_after(const struct row_scorer *scorer, const struct row_tally *tally, struct buffer *text) {
    const double n = (double)tally->rows;
    if (scorer->svm && !svm_regresses(scorer->svm)) {
        buffer_add_text(text, "Accuracy = ");
        decimal_add(text, (double)tally->correct / n * 100, 6);
        buffer_format(text, "%% (%zu/%zu) (classification)\n", tally->correct, tally->rows);
        return;
    }
    const double both = n * tally->pt - tally->p * tally->t;
    buffer_add_text(text, "Mean squared error = ");
    decimal_add(text, tally->error / n, 6);
    buffer_add_text(text, " (regression)\nSquared correlation coefficient = ");
    decimal_add(text, both * both / ((n * tally->pp - tally->p * tally->p) * (n * tally->tt - tally->t * tally->t)), 6);
    buffer_add_text(text, " (regression)\n");
}
