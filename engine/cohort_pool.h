/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The suppliers of the store with what they are understood as and the features prepared over them, kept between the requests of one handle: a desk asks again and
 * again over the same suppliers, and almost all of a first answer's time is making them ready. The first request of a handle goes without (it may prepare less, for
 * its own words alone); from the second on the pool answers. It is made anew when a supplier was changed, by whomever: the store's counter of changes tells, and
 * then the suppliers' own digests. Nothing a pool holds depends on what was asked, so answers are to the byte what they are without it.
 *
 * A handle that answers from a snapshot (ieum_options.snapshot) makes its pool at the first request and asks the store no more. Only when lean suppliers were read
 * and a later request needs whole ones are they read once again, as they are then: such a handle may step forward to newer suppliers, never back.
 */
#ifndef IEUM_COHORT_POOL_H
#define IEUM_COHORT_POOL_H

#include "cohort.h"
#include "feature/space.h"
#include "program/pair_block.h"

/* The store's suppliers, and a program's features over them. Owned by the workspace; good until the next call or until the store is closed. */
struct pool_view {
    const struct cohort *cohort;        /* suppliers alone, those of the kinds that were asked for */
    struct feature_space *space;        /* over them, of a program with the hash that was asked for; made ready for many demands (feature/bulk.h) */
    const struct pair_side *side;       /* the suppliers' half of that program's pair rules */
};

/*
 * `view->cohort` is NULL where there is no pool for the request: the first of a handle, or no store. `kinds`: the program's pool, or who may stand in one of its places
 * (NULL: any); they stand in the program. `lean`: whether lean suppliers will do (record.h).
 */
ieum_status cohort_pool_view(struct workspace *workspace, struct program *program, const struct text_list *kinds, bool lean, struct pool_view *view, struct problem *problem);

#endif
