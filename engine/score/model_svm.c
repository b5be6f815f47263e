/* SPDX-License-Identifier: Apache-2.0 */
/* Libsvm models within model files: their text stands in the body, and is read by our own validator. */
#include "model_parts.h"
#include "svm_text.h"

ieum_status model_svm_check(const struct svm_model *svm, size_t inputs, struct problem *problem) {
    if (svm->columns > inputs)
        return problem_set(problem, IEUM_INVALID, "/inputs", "libsvm 모형은 열 %1$zu개를 쓰는데 입력은 %2$zu개입니다.",
                           "The libsvm model uses %1$zu columns, but there are %2$zu inputs.", svm->columns, inputs);
    if (svm_functions(svm) != 1)
        return problem_set(problem, IEUM_INVALID, "/kind", "부류가 셋 이상인 libsvm 모형은 점수 하나를 내지 않아 쓸 수 없습니다.",
                           "A libsvm model of more than two classes does not give one score and cannot be used.");
    return IEUM_OK;
}

ieum_status model_svm_write(const struct svm_model *svm, struct buffer *text, struct problem *problem) {
    svm_text_write(svm, text);
    return text->failed ? problem_set_memory(problem) : IEUM_OK;
}

ieum_status model_svm_read(const char *text, size_t size, struct svm_model **svm, struct problem *problem) {
    return svm_text_read(text, size, svm, problem);
}
