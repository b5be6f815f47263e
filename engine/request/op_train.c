/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op train: {"kind", "out": path, "data"?: path of SVMlight rows or of a collection's folder (absent: the store's outcomes), "program"? (absent: rows), "qrels"?,
 * "name"?, "about_ko"?, "about_en"?, "criteria"?, "seed"?, "split"?, "folds"?, "inner_folds"?, "costs"?, "widths"?, "knots"?, "monotone"?, "time_s"?, "memory_mib"?}
 * → {"model": {"id", "kind", "hash", "path", "features"}, "card", "warnings"}.
 */
#include <string.h>

#include "../pipeline_train.h"
#include "request.h"

enum { MOST_GRID = 16 };
static const struct jpath root = {NULL, NULL, 0};

/* An array of positive numbers; `numbers` has room for MOST_GRID. */
static ieum_status read_grid(const jval *request, const char *key, double *numbers, const double **grid, size_t *count, struct problem *problem) {
    const struct jpath at = {&root, key, 0};
    const jval *list = NULL;
    ieum_status status = field_array(request, NULL, key, false, &list, problem);
    if (status != IEUM_OK || !list) return status;
    if (jval_count(list) == 0 || jval_count(list) > MOST_GRID)
        return jval_refuse(problem, &at, NULL, "1..16", "값은 1개에서 16개까지 적습니다.", "There must be 1 to 16 values.");
    for (size_t i = 0; i < jval_count(list); i++) {
        const jval *item = jval_at(list, i);
        numbers[i] = jval_number(item);
        if (!(jval_is(item, JVAL_INTEGER) || jval_is(item, JVAL_REAL)) || !(numbers[i] > 0 && numbers[i] <= 1e9))
            return jval_refuse(problem, &(struct jpath){&at, NULL, i}, item, "0 < x <= 1e9", "0보다 큰 수여야 합니다.", "This must be a number above 0.");
    }
    *grid = numbers;
    *count = jval_count(list);
    return IEUM_OK;
}

/* A count that is absent stays what it is. */
static ieum_status read_size(const jval *request, const char *key, int64_t least, int64_t most, size_t *size, struct problem *problem) {
    int64_t number = (int64_t)*size;
    ieum_status status = field_integer(request, NULL, key, false, least, most, &number, problem);
    if (status == IEUM_OK) *size = (size_t)number;
    return status;
}

static ieum_status read_study(const jval *request, double numbers[2][MOST_GRID], struct study_options *study, struct problem *problem) {
    size_t split = study->split;
    int64_t seed = 1;
    ieum_status status = field_integer(request, NULL, "seed", false, 0, INT64_C(9007199254740991), &seed, problem);
    if (status == IEUM_OK) status = field_choice(request, NULL, "split", false, split_kind_names, SPLIT_KINDS, &split, problem);
    if (status == IEUM_OK) status = read_size(request, "folds", 0, 100, &study->outer_folds, problem);
    if (status == IEUM_OK) status = read_size(request, "inner_folds", 2, 100, &study->inner_folds, problem);
    if (status == IEUM_OK) status = read_size(request, "knots", 2, 64, &study->learn.knots, problem);
    if (status == IEUM_OK) status = read_grid(request, "costs", numbers[0], &study->costs, &study->cost_count, problem);
    if (status == IEUM_OK) status = read_grid(request, "widths", numbers[1], &study->widths, &study->width_count, problem);
    study->learn.seed = (uint64_t)seed;
    study->split = (enum split_kind)split;
    return status;
}

static ieum_status read_question(struct call *call, double numbers[2][MOST_GRID], struct train_question *question, struct problem *problem) {
    static const char *const own[] = {"kind", "out", "data", "program", "qrels", "about_ko", "about_en", "name", "criteria", "seed", "split", "folds", "inner_folds",
                                      "costs", "widths", "knots", "monotone", "time_s", "memory_mib"};
    static const char *const criteria[] = {"all", "fit"};
    static const char *const kinds[] = {"linear", "additive", "pairwise", "mixed"};
    const jval *request = call->request;
    size_t kind = 0, chosen = 0;
    ieum_status status = request_refuse_unknown(request, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = field_choice(request, NULL, "kind", true, kinds, 4, &kind, problem);
    study_options_init(&question->study, MODEL_LINEAR + (enum model_kind)kind);
    if (status == IEUM_OK) status = field_text(request, NULL, "out", true, &question->out, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "program", false, &question->program, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "data", !question->program, &question->data, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "qrels", false, &question->qrels, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "name", false, &question->id, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "about_ko", false, &question->about.ko, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "about_en", false, &question->about.en, problem);
    if (status == IEUM_OK) status = field_choice(request, NULL, "criteria", false, criteria, 2, &chosen, problem);
    if (status == IEUM_OK) status = field_text_list(request, NULL, "monotone", false, call->arena, &question->monotone, problem);
    if (status == IEUM_OK) status = field_integer(request, NULL, "time_s", false, 1, 1000000, &question->time_s, problem);
    if (status == IEUM_OK) status = field_integer(request, NULL, "memory_mib", false, 16, 1 << 20, &question->memory_mib, problem);
    if (status == IEUM_OK) status = read_study(request, numbers, &question->study, problem);
    question->fit_only = chosen == 1;
    if (status == IEUM_OK && question->qrels && (!question->program || !question->data))
        return jval_refuse(problem, &(struct jpath){&root, "qrels", 0}, jval_get(request, "qrels"), NULL, "qrels는 사업(program)과 모음 폴더(data)가 있을 때 적습니다.",
                           "qrels go with a program and a collection's folder.");
    return status;
}

ieum_status request_train(struct call *call, jval **result, struct problem *problem) {
    struct train_question question = {0};
    struct train_answer answer;
    double numbers[2][MOST_GRID];
    ieum_status status = read_question(call, numbers, &question, problem);
    if (status == IEUM_OK) status = pipeline_train(call->workspace, &question, &answer, problem);
    if (status != IEUM_OK) return status;
    *result = jval_new_object();
    jval_set(*result, "model", write_model_head(answer.model, question.out));
    jval_set(*result, "card", jval_keep(answer.model->card));
    train_answer_free(&answer);
    return IEUM_OK;
}
