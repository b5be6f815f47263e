/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage "feature": records → feature values of pairs. A space is a program's features prepared over a fixed list of suppliers; for one
 * demand it gives a column of values a feature, in [0,1], or NaN where the value is missing. What a kind understands stands in its options in the
 * program file; what each kind computes stands in the head of its file.
 */
#ifndef IEUM_FEATURE_SPACE_H
#define IEUM_FEATURE_SPACE_H

#include "../record/taxonomy.h"
#include "catalogue.h"
#include "understanding.h"

struct demand_view {
    const struct demand *demand;
    const struct understanding *notes;
};

struct feature_space {
    const struct program *program;
    const struct lexicon *lexicon;
    const struct taxonomy *taxonomy;
    const struct supplier *suppliers;
    const struct understanding *notes; /* of the suppliers */
    size_t supplier_count;
    const struct understanding *questions; /* of the demands that will be asked for; 0: any may be */
    size_t question_count;
    int threads;
    void **states; /* one a feature, of its kind */
};

/* Which concepts joined a pair (for the explanation). */
struct concept_joint {
    uint32_t demand_concept, supplier_concept;
    double near;  /* the lexicon's credit between the two, 1 when they are the same */
    double share; /* of the feature's value: the sum over all joints is the value before the breadth discount */
};
struct feature_bulk; /* bulk.h */

/* A kind of feature. `check` may be NULL (no options); the state is the kind's own. compute may run in several threads at once. */
struct feature_kind {
    const char *name;
    ieum_status (*check)(const jval *options, const struct jpath *at, struct problem *problem);
    ieum_status (*prepare)(const struct feature_space *space, const jval *options, void **state, struct problem *problem);
    ieum_status (*compute)(const struct feature_space *space, const void *state, const struct demand_view *view, double *column,
                           struct problem *problem);
    void (*release)(void *state);
    /* Which concepts joined a pair, for a kind that joins by concepts, else NULL; as feature_concept_joints. */
    size_t (*joints)(const struct feature_space *space, const void *state, const struct demand_view *view, size_t supplier,
                     struct concept_joint *joints, size_t most);
    /* How it computes many demands side by side, to the same bits as `compute`; NULL: by `compute`, one after the other. */
    const struct feature_bulk *bulk;
};

/* The kind of that name, NULL when there is none; the same as a test, for program_read; and the k-th name, NULL past the last. */
const struct feature_kind *feature_kind_find(const char *name);
bool feature_kind_known(const char *name);
const char *feature_kind_name(size_t k);

/* `notes[i]` is of `suppliers[i]`. Everything given is borrowed and must outlive the space. */
ieum_status feature_space_new(const struct program *program, const struct feature_catalogue *catalogue, const struct lexicon *lexicon,
                              const struct taxonomy *taxonomy, const struct supplier *suppliers, const struct understanding *notes,
                              size_t supplier_count, int threads, struct feature_space **space, struct problem *problem);
/* The same, good for these demands alone; with few of them features may prepare less. */
ieum_status feature_space_new_for(const struct program *program, const struct feature_catalogue *catalogue, const struct lexicon *lexicon,
                                  const struct taxonomy *taxonomy, const struct supplier *suppliers, const struct understanding *notes,
                                  size_t supplier_count, const struct understanding *questions, size_t question_count, int threads,
                                  struct feature_space **space, struct problem *problem);
void feature_space_free(struct feature_space *space);

/* values[feature * supplier_count + supplier], feature_count × supplier_count doubles. */
ieum_status feature_compute(const struct feature_space *space, const struct demand_view *view, double *values,
                            struct problem *problem);

/* The joints of one pair in a feature, greatest share first, at most `most`; 0 for features of a kind without. */
size_t feature_concept_joints(const struct feature_space *space, size_t feature, const struct demand_view *view, size_t supplier,
                              struct concept_joint *joints, size_t most);
/* Greatest share first, then by the demand's concept. */
void feature_joints_sort(struct concept_joint *joints, size_t count);

#endif
