/* SPDX-License-Identifier: Apache-2.0 */
/* The seam between model files and libsvm models, whose text stands in the body. */
#include "model_parts.h"

static ieum_status refuse(struct problem *problem) {
    return problem_set(problem, IEUM_INVALID, "/kind", "이 버전은 libsvm 모형을 모형 파일에 담지 못합니다.", "This version does not keep libsvm models in model files.");
}

ieum_status model_svm_write(const struct svm_model *svm, struct buffer *text, struct problem *problem) {
    (void)svm;
    (void)text;
    return refuse(problem);
}

ieum_status model_svm_read(const char *text, size_t size, struct svm_model **svm, struct problem *problem) {
    (void)text;
    (void)size;
    (void)svm;
    return refuse(problem);
}
