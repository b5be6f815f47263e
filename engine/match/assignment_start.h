/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A good place for the simplex to start from: pairs that a short auction (Bertsekas 1988) would agree on, and a tree
 * whose potentials are near the auction's prices. It only saves pivots: nothing of the result's correctness rests on
 * it.
 *
 * In: a network as built, with its plain starting tree. Out: the tree rewritten, and a flow to go with it. With groups,
 * or where pairs carry more than 1, it leaves the plain tree and an empty flow. It must stay linear in the candidate
 * pairs but for a bounded number of bids.
 */
#ifndef IEUM_MATCH_ASSIGNMENT_START_H
#define IEUM_MATCH_ASSIGNMENT_START_H

#include "assignment_network.h"

/* `flow` has a place per arc, all 0. IEUM_OK or IEUM_MEMORY. */
ieum_status assignment_start(struct assignment_network *network, int32_t *flow, struct problem *problem);

#endif
