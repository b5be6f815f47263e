/* SPDX-License-Identifier: Apache-2.0 */
#include "svm_sparse.h"

double svm_merge_portable(bool distance, double extra, const struct svm_entries *row, const struct svm_entries *vector) {
    return svm_merge(distance, extra, row, vector);
}

void svm_weigh_portable(const struct svm_entries *row, const double *weights, size_t functions, double *values) { svm_weigh(row, weights, functions, values); }
