/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rounding "bihierarchy-cycles-1": one assignment drawn from marginals, so that every pair is chosen with exactly its
 * chance and every load of a demand, supplier or group is its expected value rounded up or down (Budish, Che, Kojima &
 * Milgrom 2013: with one laminar family a side, and only then, that can always be done).
 *
 * In: the problem, who holds whom, marginals in units of 1/Q, a seed. Out: the drawn pairs. Anyone can repeat the draw
 * from this text; the order of everything is part of the name.
 *
 * The marginals are a flow: nodes are the root, every demand, supplier and group. Arcs, in this order: one for every
 * demand, supplier and group between its node and that of the innermost group around it (or the root), its flow the
 * load; those of the demands' side lead away from the root, those of the suppliers' side towards it. Then one for every
 * pair with a marginal, by demand, then supplier, its flow the marginal. An arc is fractional when Q does not divide
 * its flow.
 *
 * While an arc is fractional: from the tail of the lowest such arc, through it; at every node on through the lowest
 * fractional arc there other than the one just used; until a node is met again. The walk from that node on is a cycle.
 * An arc walked from tail to head is forward. up = the least over the cycle of Q - flow mod Q (forward), flow mod Q
 * (backward); down = the least of flow mod Q (forward), Q - flow mod Q (backward). u is drawn below up + down
 * (random.h, seeded once): if u < down, forward arcs gain up and backward ones lose it; else forward ones lose down and
 * backward ones gain it. In the end a pair's flow is 0 or Q.
 */
#ifndef IEUM_MATCH_BIHIERARCHY_ROUNDING_H
#define IEUM_MATCH_BIHIERARCHY_ROUNDING_H

#include "laminar.h"

/*
 * `marginal`: per candidate pair, 0..unit. Writes `chosen`, 0 or 1 per candidate pair. IEUM_OK, IEUM_LIMIT,
 * IEUM_MEMORY; IEUM_INTERNAL when the flow is not balanced.
 */
ieum_status bihierarchy_round(const struct assignment_problem *assignment, const struct laminar *laminar,
                              const uint32_t *marginal, uint32_t unit, uint64_t seed, uint8_t *chosen,
                              struct problem *problem);

#endif
