/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Preferences within a demand: of two of its suppliers the one with the higher grade is the better one (Joachims 2002). Grades of different demands are never
 * compared.
 */
#ifndef IEUM_LEARN_PREFERENCES_H
#define IEUM_LEARN_PREFERENCES_H

#include "../base/vector.h"
#include "options.h"

struct preference {
    uint32_t better, worse; /* examples of the dataset */
    double weight;          /* all together weigh as much as there are demands with preferences */
};

struct preferences {
    VECTOR(struct preference) items; /* demand by demand, in ascending order of groups */
    size_t demands;                  /* that have any */
    size_t possible;                 /* preferences before the cap per demand */
};

/*
 * A preference weighs the product of its examples' weights (dataset_weights), times the difference of grades if asked for. Where a demand has more than
 * `pairs_per_demand`, that many are drawn: one at random from each of equal runs of the list of all (by grade, then order), so all levels stay represented.
 * INVALID when there are none: every demand has one grade only; LIMIT beyond `most_pairs`.
 */
ieum_status preferences_make(const struct dataset *data, struct rows rows, const struct learn_options *options, struct preferences *preferences,
                             struct problem *problem);
void preferences_free(struct preferences *preferences);

#endif
