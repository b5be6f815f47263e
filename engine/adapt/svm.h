/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Training of kernel support vector machines through libsvm (Chang & Lin 2011): plain arrays in, plain arrays out. libsvm's model borrows the memory of the
 * problem it was trained on, so what is kept is copied out and everything of the library is freed before the return.
 *
 * libsvm cannot be stopped and does not survive lack of memory: for a child process (base/child.h) or a test.
 */
#ifndef IEUM_ADAPT_SVM_H
#define IEUM_ADAPT_SVM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/problem.h"

struct svm_settings {
    bool regression;        /* ε-SVR on the targets; else C-SVC with targets ±1 */
    double cost;            /* C */
    double epsilon;         /* of ε-SVR: errors up to it cost nothing */
    double positive_weight; /* of C-SVC: the cost of positive examples is C times this */
    double tolerance;       /* stopping criterion, 0.001 as a rule */
    double cache_megabytes;
};

/* f(x) = bias + Σ_i coefficient_i · K(x, example_i); greater means more positive. */
struct svm_fit {
    size_t count;
    uint32_t *example; /* which training rows are support vectors */
    double *coefficient;
    double bias;
};
void svm_fit_free(struct svm_fit *fit);

/* Kernel exp(−γ‖a − b‖²) over `count` rows of `dimensions` numbers. On success `fit` is owned by the caller. INVALID when libsvm refuses the parameters. */
ieum_status svm_train_rbf(const double *rows, size_t count, size_t dimensions, const double *target, double gamma, const struct svm_settings *settings,
                          struct svm_fit *fit, struct problem *problem);

/* Writes row `i` of the kernel matrix: count values. */
typedef void (*svm_kernel_row)(void *context, size_t i, double *values);
/* A kernel matrix computed elsewhere; it takes 16 · count² bytes. */
ieum_status svm_train_kernel(svm_kernel_row row, void *context, size_t count, const double *target, const struct svm_settings *settings,
                             struct svm_fit *fit, struct problem *problem);

#endif
