/* SPDX-License-Identifier: Apache-2.0 */
/* What a training run may be told: init, change, check, use. */
#ifndef IEUM_LEARN_OPTIONS_H
#define IEUM_LEARN_OPTIONS_H

#include "../score/model.h"
#include "dataset.h"

enum pair_weighting {
    PAIR_EQUAL,     /* every preference counts the same */
    PAIR_DIFFERENCE /* a preference counts as much as the grades differ */
};
enum knot_placing {
    KNOTS_QUANTILE, /* every piece holds as many distinct values */
    KNOTS_UNIFORM
};

struct learn_options {
    enum model_kind kind; /* linear, additive, pairwise, mixed */
    uint64_t seed;

    /* C. For linear and additive what the broken preferences of one demand cost; for pairwise and mixed what one example costs. Vectors are scaled so that
     * their mean square is 1 (kernel: the mean of the diagonal is), so the same C means the same with few features and with many. */
    double cost;

    /* Preferences (linear, additive). */
    enum pair_weighting pair_weighting;
    bool balance_demands;   /* every demand weighs the same, however many preferences it has; else every preference does */
    size_t pairs_per_demand; /* at most so many, drawn by the seed; 0: all */
    size_t most_pairs;      /* more in all: LIMIT */
    double propensity_clip; /* the inverse of a propensity gives at most this */

    /* Curves (additive, mixed). */
    size_t knots; /* of a feature, at most; fewer where it has fewer distinct values. 2..64 */
    enum knot_placing knot_placing;
    const signed char *monotone; /* of each feature: +1 rising, −1 falling, 0 free; NULL: all free. Linear: the weight's sign */
    double hint_share;           /* hint pairs weigh this share of all preferences */

    /* Kernels (pairwise, mixed). */
    bool regression;          /* ε-SVR on grades; else C-SVC on grade >= threshold */
    double threshold;         /* also what counts as a good match when probabilities are fitted */
    double epsilon;           /* of ε-SVR */
    double positive_weight;   /* of C-SVC; 0: so that both classes weigh the same */
    double width_demand, width_supplier; /* γ of a side = width / (mean squared distance of two of its vectors); 1 = 0.5/dimensions where standardised */
    size_t most_kernel_rows;  /* mixed: more examples than this (16·n² bytes): LIMIT, unless `subsample` */
    size_t most_vector_rows;  /* pairwise: likewise */
    bool subsample;
    double cache_megabytes;
};

void learn_options_init(struct learn_options *options, enum model_kind kind);
/* INVALID with a pointer such as "/cost". */
ieum_status learn_options_check(const struct learn_options *options, const struct dataset *data, struct problem *problem);

#endif
