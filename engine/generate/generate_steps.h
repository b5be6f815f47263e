/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The steps of a profile. A set of records is a table under way: each step fills one column, for all records or for those that a condition names. A
 * column holds, for each record, a JSON value and, where it was drawn from a list, the key by which later steps ask for it.
 */
#ifndef IEUM_GENERATE_GENERATE_STEPS_H
#define IEUM_GENERATE_GENERATE_STEPS_H

#include "../record/date.h"
#include "generate_texts.h"

struct column {
    const char *id;
    const char **keys; /* NULLs where nothing was drawn from a list */
    jval **values;     /* owned; NULL: not there */
};
/* A set that is finished: what later sets can name. */
struct made_set {
    const char *file;
    const char **ids;
    uint32_t *tasks; /* of the themes; MAP_NONE: none */
    size_t count;
};
struct making {
    struct generate_texts *texts;
    struct map *names; /* of firms, over all sets: no two are alike */
    struct arena *arena;
    size_t count, asked; /* records made; records that the profile means, by which its sums are scaled */
    VECTOR(struct column) columns;
    struct theme *themes;
    const struct made_set *made;
    size_t made_count;
    const jval *endings; /* of the passages of the set, NULL: any */
    /* the step at hand */
    struct random random;
    const jval *step;
    const struct jpath *at;
    struct column *column;      /* the one that it fills */
    const struct column *given; /* the one that it depends on, NULL: none */
    size_t *chosen, chosen_count;
};

void making_free(struct making *making);
/* Runs one step; `number` is its place in the profile and `seed` that of the set. */
ieum_status making_step(struct making *making, const jval *step, const struct jpath *at, uint64_t seed, size_t number, struct problem *problem);
const struct column *making_column(const struct making *making, const char *id); /* NULL when there is none */

/* ---- for the steps ---- */
typedef ieum_status (*step_run)(struct making *making, struct problem *problem);
/* The step's member, or where it depends on a column, the part of it for record i's key. */
ieum_status step_table(const struct making *making, const char *member, size_t i, const jval **found, struct problem *problem);
/* A member that is [least, most], whole, for record i. */
ieum_status step_range(const struct making *making, const char *member, size_t i, int64_t smallest, int64_t *least, int64_t *most,
                       struct problem *problem);
void step_put(struct making *making, size_t i, const char *key, jval *value);
ieum_status step_refuse(const struct making *making, const char *member, const jval *found, const char *ko, const char *en, struct problem *problem);

ieum_status step_allocate(struct making *making, struct problem *problem); /* generate_steps_numbers.c */
ieum_status step_number(struct making *making, struct problem *problem);
ieum_status step_mean(struct making *making, struct problem *problem);
ieum_status step_day(struct making *making, struct problem *problem);
ieum_status step_span(struct making *making, struct problem *problem);
ieum_status step_registration(struct making *making, struct problem *problem);
ieum_status step_theme(struct making *making, struct problem *problem); /* generate_steps_texts.c */
ieum_status step_text(struct making *making, struct problem *problem);
ieum_status step_names(struct making *making, struct problem *problem);
ieum_status step_firm(struct making *making, struct problem *problem);
ieum_status step_pick(struct making *making, struct problem *problem);
ieum_status step_some(struct making *making, struct problem *problem);
ieum_status step_collect(struct making *making, struct problem *problem);
ieum_status step_references(struct making *making, struct problem *problem);
ieum_status step_link(struct making *making, struct problem *problem); /* generate_steps_links.c */

#endif
