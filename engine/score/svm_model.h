/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A libsvm model in memory, of any kind but the precomputed kernel (whose rows are not numbers of a pair but its kernel values with the training set).
 *
 *     f(x) = Σ_i coefficient_i · K(x, v_i) − rho        K: linear x·v, polynomial (γ x·v + c)^d, RBF exp(−γ‖x − v‖²), sigmoid tanh(γ x·v + c)
 *
 * Classification has one such function for every pair of classes i < j, counted (0,1), (0,2) … (1,2) …: the vectors of class i with the coefficients of line
 * j − 1, those of class j with line i; above 0 is a vote for i (Chang & Lin, "LIBSVM", 2011, sections 4 to 7). One-class and regression models have one.
 * Read from text and written by svm_text.h, scored by svm_rows.h.
 */
#ifndef IEUM_SCORE_SVM_MODEL_H
#define IEUM_SCORE_SVM_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum svm_type { SVM_C_SVC, SVM_NU_SVC, SVM_ONE_CLASS, SVM_EPSILON_SVR, SVM_NU_SVR, SVM_TYPES };
enum svm_kernel { SVM_LINEAR, SVM_POLYNOMIAL, SVM_RBF, SVM_SIGMOID, SVM_KERNELS };
/* As libsvm's files say it: "c_svc", … "linear", … */
extern const char *const svm_type_names[SVM_TYPES];
extern const char *const svm_kernel_names[SVM_KERNELS];

struct svm_model {
    enum svm_type type;
    enum svm_kernel kernel;
    int degree;          /* polynomial */
    double gamma, coef0; /* all but linear; polynomial and sigmoid */
    size_t class_count;  /* libsvm's nr_class: 2 for one-class and regression, at least 1 */
    size_t vector_count;
    size_t columns;       /* the highest column of any vector, and one; 0: none */
    int *labels;          /* class_count; NULL unless classification */
    size_t *class_sizes;  /* class_count: how many vectors each class has, which stand in this order; NULL unless classification */
    double *rho;          /* svm_functions(model) */
    double *probability_a; /* svm_functions(model), or one number, the scale of the residuals, for regression; NULL: no probabilities */
    double *probability_b; /* NULL for regression */
    double *coefficients; /* (class_count − 1) × vector_count, by lines */
    size_t *start;        /* vector_count + 1: vector i holds start[i] … start[i + 1] − 1 */
    uint32_t *index;      /* columns from 0, ascending within a vector */
    double *value;
};

static inline bool svm_classifies(const struct svm_model *model) { return model->type <= SVM_NU_SVC; }
static inline bool svm_regresses(const struct svm_model *model) { return model->type >= SVM_EPSILON_SVR; }
/* How many functions f there are: class_count · (class_count − 1) / 2. */
static inline size_t svm_functions(const struct svm_model *model) { return model->class_count * (model->class_count - 1) / 2; }

void svm_model_free(struct svm_model *model); /* every array and the model itself, all of memory_allocate; NULL is fine */

#endif
