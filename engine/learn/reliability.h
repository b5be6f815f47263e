/* SPDX-License-Identifier: Apache-2.0 */
/* How far probabilities can be believed: Brier score (Brier 1950), log loss, and the reliability table of ten equal bins. */
#ifndef IEUM_LEARN_RELIABILITY_H
#define IEUM_LEARN_RELIABILITY_H

#include <stdbool.h>
#include <stddef.h>

enum { RELIABILITY_BINS = 10 };

struct reliability {
    size_t count, good;
    double brier;       /* mean (p − outcome)² */
    double log_loss;    /* mean −ln of the probability given to what happened, p held within [1e-15, 1 − 1e-15] */
    double base_brier;  /* of saying the share of good ones everywhere: what any forecast must beat */
    double calibration; /* Σ bin's share · |mean p − observed|: the expected calibration error */
    struct reliability_bin {
        size_t count;
        double probability, observed; /* means; NaN in an empty bin */
    } bins[RELIABILITY_BINS]; /* [0,0.1), [0.1,0.2) … [0.9,1] */
};

/* Examples whose probability is NaN are left out; means of nothing are NaN. */
void reliability_measure(const double *probability, const bool *good, size_t count, struct reliability *reliability);

#endif
