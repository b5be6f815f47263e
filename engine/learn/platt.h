/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Scores to probabilities, p = 1/(1 + exp(a·f + b)): Platt's sigmoid, fitted as Lin, Lin & Weng 2007 ("A note on Platt's probabilistic outputs", algorithm 1):
 * Newton's method with backtracking on the log loss with targets (N₊+1)/(N₊+2) and 1/(N₋+2). Own exp and ln, so the same bits everywhere; nothing random, unlike
 * libsvm's own.
 */
#ifndef IEUM_LEARN_PLATT_H
#define IEUM_LEARN_PLATT_H

#include "../score/model.h"

/* Fits on `count` scores that the model gave to examples it was not trained on. INVALID when all are good or none is; scores must be finite. */
ieum_status platt_fit(const double *score, const bool *good, size_t count, struct platt *platt, struct problem *problem);
double platt_probability(const struct platt *platt, double score);

#endif
