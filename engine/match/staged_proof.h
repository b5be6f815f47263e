/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The proof that an assignment is best by a sequence of objectives, each over the assignments that are best by all
 * those before it.
 *
 * A stage maximises Σ g_e over the chosen pairs e, where g_e is
 *     STAGED_LEVEL   -1 where the score equals the level, else 0
 *     STAGED_PAIRS    1 where the score is positive, else 0
 *     STAGED_KEPT     1 where the pair was chosen before, else 0
 *     STAGED_SCORE    the score
 * Its value counts locked pairs too. Its prices are those of the limits (demands, then suppliers, then groups) that
 * are not 0, by limit. With w_e = g_e less the prices of the limits over e, they prove the value like the prices of
 * certificate.h do, among what is still free:
 *     a free chosen pair has w_e >= 0, a free pair that is not chosen has w_e <= 0,
 *     a free limit has a price > 0 only where its load equals its maximum, < 0 only where it equals its minimum.
 * By complementary slackness the best assignments of the stage are exactly those that agree with this one on the pairs
 * with w_e ≠ 0 and on the loads of the limits with a price ≠ 0. So these are fixed from then on: a fixed pair needs no
 * condition on its worth, a fixed limit may have any price. From the start, locked and vetoed pairs are fixed.
 *
 * Leximin: levels below 0 ascending, then pairs, then levels above 0 ascending. A level is left out when no free chosen
 * pair has it; then its free pairs, none of them chosen, are fixed. Re-match: pairs, kept, score.
 */
#ifndef IEUM_MATCH_STAGED_PROOF_H
#define IEUM_MATCH_STAGED_PROOF_H

#include "assignment.h"

enum staged_objective { STAGED_LEVEL, STAGED_PAIRS, STAGED_KEPT, STAGED_SCORE };

struct staged_price {
    uint32_t limit; /* demand d: d; supplier s: demand_count + s; group g: demand_count + supplier_count + g */
    int64_t price;  /* not 0 */
};

struct staged_stage {
    enum staged_objective objective;
    int64_t level; /* STAGED_LEVEL: fixed point */
    int64_t value; /* Σ g_e of the chosen pairs */
    size_t first_price;
    uint32_t price_count; /* prices[first_price ..], limits ascending */
};

struct staged_proof {
    struct staged_stage *stages;
    struct staged_price *prices;
    uint32_t stage_count;
    size_t price_count;
    size_t stage_room, price_room; /* what the arrays can hold */
};

/* Adds a stage without prices; then prices to the last stage. IEUM_OK or IEUM_MEMORY. */
ieum_status staged_proof_add_stage(struct staged_proof *proof, struct staged_stage stage, struct problem *problem);
ieum_status staged_proof_add_price(struct staged_proof *proof, uint32_t limit, int64_t price, struct problem *problem);
void staged_proof_free(struct staged_proof *proof);

#endif
