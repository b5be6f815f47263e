/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exact Shapley values (Shapley 1953) of a few players, here a program's criteria: how much of a score is owed to each, on average over all orders in which they
 * could come to be known,
 *
 *     share_i = 1/n Σ_{size = 0}^{n−1}  mean over the coalitions T of that size without i  of  worth(T ∪ i) − worth(T)
 *
 * so that Σ share_i = worth(all) − worth(none). A coalition is a mask: bit i says that player i is present (its values are the pair's own), else it is absent (its
 * values are the baseline, the training mean). All 2^n coalitions are evaluated; nothing is sampled.
 */
#ifndef IEUM_EXPLAIN_SHAPLEY_H
#define IEUM_EXPLAIN_SHAPLEY_H

#include <stdint.h>

#include "../base/problem.h"

#define SHAPLEY_MOST_PLAYERS 16

/* From the worth of every coalition, worth[mask], 2^players of them. */
void shapley_values(const double *worth, size_t players, double *shares);

/*
 * The same for a score that can only be asked for, a libsvm model over pair features for one. `worth` is asked once a coalition, masks ascending. *none is
 * worth(0). LIMIT: more than 16 players; INTERNAL: a worth that is not finite.
 */
typedef double (*shapley_worth)(uint32_t coalition, void *context);
ieum_status shapley_play(size_t players, shapley_worth worth, void *context, double *shares, double *none, struct problem *problem);

/*
 * Parts of a score in whole units of 10⁻⁹ that add up to `total` exactly: each is rounded down, and what is left goes, a unit each, to those that lost most, of equal
 * ones to the first (largest remainders). With the parts adding up to total·10⁻⁹ but for rounding, none is a whole unit or more away from its value.
 * LIMIT: a part that is not finite or beyond ±10⁹. count >= 1.
 */
ieum_status shares_round(const double *parts, size_t count, int64_t total, int64_t *units, struct problem *problem);

#endif
