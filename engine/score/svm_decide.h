/* SPDX-License-Identifier: Apache-2.0 */
/* From the values of a libsvm model's functions to a label, a number or probabilities, by libsvm's rules. */
#ifndef IEUM_SCORE_SVM_DECIDE_H
#define IEUM_SCORE_SVM_DECIDE_H

#include "svm_model.h"

/* Whether the model can say probabilities of its classes (classification), or the scale of its residuals (regression). */
bool svm_knows_probabilities(const struct svm_model *model);

/* What svm_predict gives: the label with the most votes, the first of several; 1 or −1 of one class; the number itself of regression. */
double svm_predicted(const struct svm_model *model, const double *values);

/* How many doubles svm_probabilities needs to work in. */
size_t svm_probability_room(const struct svm_model *model);
/*
 * The classes' probabilities (class_count, they add up to 1) and the place of the most probable class, the first of several. For classification with
 * probability_a and _b: each pair's sigmoid (Platt 2000; Lin, Lin & Weng 2007), kept 1e-7 away from 0 and 1; of more than two classes
 * joined by the second method of Wu, Lin & Weng, "Probability estimates for multi-class classification by pairwise coupling", 2004, section 4, with libsvm's stopping rule.
 */
size_t svm_probabilities(const struct svm_model *model, const double *values, double *probabilities, double *room);

#endif
