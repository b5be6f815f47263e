/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first half of the check of a staged proof: what is locked, vetoed and chosen, recounted from the problem alone.
 * In: a problem and a claimed result. Out: loads, chosen and free pairs. It must not look at prices.
 */
#ifndef IEUM_MATCH_STAGED_RECOUNT_H
#define IEUM_MATCH_STAGED_RECOUNT_H

#include "laminar.h"
#include "staged_proof.h"

struct staged_recount {
    const struct assignment_problem *assignment;
    const struct assignment_result *result;
    struct laminar laminar;
    uint32_t limit_count, edge_count;
    int64_t *load;                  /* per limit, pairs */
    uint8_t *rule;                  /* per candidate pair, from locks and vetoes */
    uint32_t *edge_demand;          /* per candidate pair */
    uint32_t *chosen, chosen_count; /* the chosen candidate pairs, ascending */
    uint32_t *free, free_count;     /* the candidate pairs that are free, ascending */
};

/* IEUM_OK when the pairs are what the result says and keep every limit, lock and veto; IEUM_INVALID when not;
 * IEUM_LIMIT, IEUM_MEMORY. The caller has filled the first two members, the rest is 0. Free with staged_recount_free,
 * also after a failure. */
ieum_status staged_recount(struct staged_recount *it, struct problem *problem);
void staged_recount_free(struct staged_recount *it);

void staged_recount_limit(const struct staged_recount *it, uint32_t limit, int64_t *min, int64_t *max);
static inline uint32_t staged_recount_supplier(const struct staged_recount *it, uint32_t edge) {
    return it->assignment->demand_count + it->assignment->edge_supplier[edge];
}
ieum_status staged_recount_refuse_pair(const struct staged_recount *it, uint32_t edge, struct problem *problem,
                                       const char *ko, const char *en);

#endif
