/* SPDX-License-Identifier: Apache-2.0 */
/* The numeric core of the public header: models over rows of numbers. */
#include <string.h>

#include "engine_parts.h"
#include "request/problem_json.h"
#include "score/row_scorer.h"

struct ieum_scorer {
    const struct ieum_engine *engine;
    struct row_scorer *rows;
};

ieum_status engine_tell_problem(const struct ieum_engine *engine, const struct problem *problem, char **reply) {
    if (problem->status != IEUM_OK && reply) {
        struct problem trouble = {0};
        memory_clear_failed();
        jval *object = jval_new_object();
        jval_set(object, "problem", problem_json(problem, engine->korean));
        jval_write(object, false, reply, &trouble);
        jval_free(object);
    }
    memory_clear_failed();
    return problem->status;
}

ieum_status ieum_scorer_open(ieum_engine *engine, const void *model, size_t size, const char *name, ieum_scorer **scorer, char **reply) {
    struct problem problem = {0};
    if (reply) *reply = NULL;
    *scorer = NULL;
    memory_clear_failed();
    ieum_scorer *made = memory_allocate_zero(1, sizeof *made);
    ieum_status status = made ? row_scorer_open(model, size, &made->rows, &problem) : problem_set_memory(&problem);
    if (status == IEUM_OK) {
        made->engine = engine;
        *scorer = made;
        return IEUM_OK;
    }
    if (status == IEUM_INVALID) problem_set_place(&problem, name, 0, 0);
    ieum_scorer_close(made);
    return engine_tell_problem(engine, &problem, reply);
}

void ieum_scorer_close(ieum_scorer *scorer) {
    if (!scorer) return;
    row_scorer_free(scorer->rows);
    memory_free(scorer);
}

size_t ieum_scorer_values(const ieum_scorer *scorer) { return row_scorer_values(scorer->rows); }
size_t ieum_scorer_columns(const ieum_scorer *scorer) { return row_scorer_columns(scorer->rows); }

ieum_status ieum_score_rows(ieum_scorer *scorer, const double *rows, size_t count, size_t columns, double *values, char **reply) {
    struct problem problem = {0};
    if (reply) *reply = NULL;
    memory_clear_failed();
    row_scorer_score(scorer->rows, workspace_threads(scorer->engine->workspace), rows, count, columns, values, &problem);
    return engine_tell_problem(scorer->engine, &problem, reply);
}

/* The public tally is the inner one under public names. */
static struct row_tally tally_in(const ieum_score_tally *tally) {
    return (struct row_tally){tally->lines, tally->rows, tally->correct, tally->error, tally->p, tally->t, tally->pp, tally->tt, tally->pt};
}
static void tally_out(const struct row_tally *from, ieum_score_tally *to) {
    *to = (ieum_score_tally){from->lines, from->rows, from->correct, from->error, from->p, from->t, from->pp, from->tt, from->pt};
}

ieum_status ieum_score_text(ieum_scorer *scorer, const char *name, const char *bytes, size_t size, int probabilities, ieum_score_tally *tally, char **text,
                            size_t *text_size, char **reply) {
    struct problem problem = {0};
    struct buffer buffer = BUFFER_EMPTY;
    struct row_tally inner = tally_in(tally);
    if (reply) *reply = NULL;
    *text = NULL;
    *text_size = 0;
    memory_clear_failed();
    const int threads = workspace_threads(scorer->engine->workspace);
    ieum_status status = row_scorer_text(scorer->rows, threads, probabilities != 0, bytes, size, &inner, &buffer, &problem);
    const size_t made = buffer.size;
    if (status == IEUM_OK && !(*text = buffer_take(&buffer))) status = problem_set_memory(&problem);
    buffer_free(&buffer);
    if (status == IEUM_OK) {
        *text_size = made;
        tally_out(&inner, tally);
    } else if (problem.line > 0) {
        problem_set_place(&problem, name, 0, 0);
    }
    return engine_tell_problem(scorer->engine, &problem, reply);
}

ieum_status ieum_score_messages(const ieum_scorer *scorer, int probabilities, const ieum_score_tally *tally, char **text, char **reply) {
    struct problem problem = {0};
    struct buffer buffer = BUFFER_EMPTY;
    if (reply) *reply = NULL;
    *text = NULL;
    memory_clear_failed();
    ieum_status status = row_scorer_check_probabilities(scorer->rows, probabilities != 0, &problem);
    if (status == IEUM_OK) {
        const struct row_tally inner = tally ? tally_in(tally) : (struct row_tally){0};
        if (tally) row_scorer_say_after(scorer->rows, &inner, &buffer);
        else row_scorer_say_before(scorer->rows, probabilities != 0, &buffer);
        if (!(*text = buffer_take(&buffer))) problem_set_memory(&problem);
    }
    buffer_free(&buffer);
    return engine_tell_problem(scorer->engine, &problem, reply);
}
