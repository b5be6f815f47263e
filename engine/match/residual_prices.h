/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Prices that owe nothing to the solver's artifice. Minimums were filled by a reward greater than any score; where an
 * arc of a minimum stays in the final tree, that reward is still in the potentials. They prove optimality all the same,
 * but mean nothing to a reader and may not fit in 2^53. Shortest paths over what can still be moved give potentials
 * made of scores alone.
 */
#ifndef IEUM_MATCH_RESIDUAL_PRICES_H
#define IEUM_MATCH_RESIDUAL_PRICES_H

#include "assignment_network.h"

/* Rewrites the potentials of an optimal solution that fills every minimum. Does nothing when no reward is left in them.
 */
ieum_status residual_prices_clean(const struct assignment_network *network, struct flow_solution *solution,
                                  struct problem *problem);

/* The same without asking whether it is needed: arcs of minimums may have been left out of the network altogether. */
ieum_status residual_prices_renew(const struct assignment_network *network, struct flow_solution *solution,
                                  struct problem *problem);

#endif
