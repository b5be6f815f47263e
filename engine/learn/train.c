/* SPDX-License-Identifier: Apache-2.0 */
#include "train.h"

#include "kernel_svm.h"

ieum_status learn_train(const struct dataset *data, struct rows rows, const struct learn_options *options, struct model **model, struct fit_note *note,
                        struct problem *problem) {
    *model = NULL;
    ieum_status status = learn_options_check(options, data, problem);
    if (status != IEUM_OK) return status;
    if (rows.count == 0) return problem_set(problem, IEUM_INVALID, "", "학습할 자료가 없습니다.", "There are no data to learn from.");
    struct model *made = memory_allocate_zero(1, sizeof *made);
    if (made) made->arena = arena_new();
    if (!made || !made->arena) {
        memory_free(made);
        return problem_set_memory(problem);
    }
    made->kind = options->kind;
    const bool ranking = options->kind == MODEL_LINEAR || options->kind == MODEL_ADDITIVE;
    status = ranking ? rank_svm_fit(data, rows, options, made, note, problem) : kernel_svm_fit(data, rows, options, made, note, problem);
    if (status == IEUM_OK) *model = made;
    else model_free(made);
    return status;
}
