/* SPDX-License-Identifier: Apache-2.0 */
/* Preparing the features of a program over a list of suppliers, and computing them for a demand. */
#include "space.h"

#include <stdlib.h>
#include <string.h>

#include "kinds.h"

ieum_status feature_space_new(const struct program *program, const struct feature_catalogue *catalogue, const struct lexicon *lexicon,
                              const struct taxonomy *taxonomy, const struct supplier *suppliers, const struct understanding *notes,
                              size_t supplier_count, int threads, struct feature_space **space, struct problem *problem) {
    return feature_space_new_for(program, catalogue, lexicon, taxonomy, suppliers, notes, supplier_count, NULL, 0, threads, space, problem);
}

ieum_status feature_space_new_for(const struct program *program, const struct feature_catalogue *catalogue, const struct lexicon *lexicon,
                              const struct taxonomy *taxonomy, const struct supplier *suppliers, const struct understanding *notes,
                              size_t supplier_count, const struct understanding *questions, size_t question_count, int threads, struct feature_space **space, struct problem *problem) {
    ieum_status status = IEUM_OK;
    struct feature_space *made = memory_allocate_zero(1, sizeof *made);
    if (!made) return problem_set_memory(problem);
    made->program = program;
    made->lexicon = lexicon;
    made->taxonomy = taxonomy;
    made->suppliers = suppliers;
    made->notes = notes;
    made->supplier_count = supplier_count;
    made->questions = questions;
    made->question_count = question_count;
    made->threads = threads;
    made->states = memory_allocate_zero(program->feature_count, sizeof *made->states);
    if (!made->states) status = problem_set_memory(problem);
    for (size_t f = 0; f < program->feature_count && status == IEUM_OK; f++) {
        const struct feature_kind *kind = feature_kind_find(program->features[f].kind);
        if (kind->prepare) status = kind->prepare(made, feature_options(catalogue, &program->features[f]), &made->states[f], problem);
    }
    if (status == IEUM_OK) *space = made;
    else feature_space_free(made);
    return status;
}

void feature_space_free(struct feature_space *space) {
    if (!space) return;
    for (size_t f = 0; space->states && f < space->program->feature_count; f++) {
        const struct feature_kind *kind = feature_kind_find(space->program->features[f].kind);
        if (kind->release && space->states[f]) kind->release(space->states[f]);
    }
    memory_free(space->states);
    memory_free(space);
}

ieum_status feature_compute(const struct feature_space *space, const struct demand_view *view, double *values,
                            struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t f = 0; f < space->program->feature_count && status == IEUM_OK; f++) {
        const struct feature_kind *kind = feature_kind_find(space->program->features[f].kind);
        status = kind->compute(space, space->states[f], view, values + f * space->supplier_count, problem);
    }
    return status;
}

size_t feature_concept_joints(const struct feature_space *space, size_t feature, const struct demand_view *view, size_t supplier,
                              struct concept_joint *joints, size_t most) {
    const struct feature_kind *kind = feature_kind_find(space->program->features[feature].kind);
    return kind->joints ? kind->joints(space, space->states[feature], view, supplier, joints, most) : 0;
}

static int compare_joints(const void *a, const void *b) {
    const struct concept_joint *x = a, *y = b;
    if (x->share != y->share) return x->share > y->share ? -1 : 1;
    return x->demand_concept < y->demand_concept ? -1 : x->demand_concept > y->demand_concept;
}

void feature_joints_sort(struct concept_joint *joints, size_t count) {
    if (count) qsort(joints, count, sizeof *joints, compare_joints);
}

size_t feature_joints_strongest(struct concept_joint *all, size_t count, struct concept_joint *joints, size_t most) {
    feature_joints_sort(all, count);
    if (count > most) count = most;
    if (count) memcpy(joints, all, count * sizeof *all);
    return count;
}
