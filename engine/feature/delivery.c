/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kinds on where and how a supplier delivers.
 *   region_match:        1 in the same city or province, `near` (0.7) in the same metropolitan area (data/taxonomy/regions.json), else `far` (0.4).
 *   deployment_match:    the share of the ways of delivery the demand must have or prefers that the supplier offers.
 *   certification_match: the same for certifications.
 * Missing where either side does not say.
 */
#include <math.h>
#include <string.h>

#include "kinds.h"

struct region_state {
    double near, far;
};

static ieum_status check_region(const jval *options, const struct jpath *at, struct problem *problem) {
    static const char *const known[] = {"near", "far"};
    return options_check_numbers(options, at, known, 2, 1, problem);
}

static ieum_status prepare_region(const struct feature_space *space, const jval *options, void **out,
                                  struct problem *problem) {
    (void)space;
    struct region_state *state = memory_allocate(sizeof *state);
    if (!state) return problem_set_memory(problem);
    *state = (struct region_state){option_number(options, "near", 0.7), option_number(options, "far", 0.4)};
    *out = state;
    return IEUM_OK;
}

static const struct region *find_region(const struct feature_space *space, const char *text) {
    return text ? region_find(space->taxonomy, text) : NULL;
}

static ieum_status compute_region(const struct feature_space *space, const void *pointer, const struct demand_view *view, double *column,
                                  struct problem *problem) {
    (void)problem;
    const struct region_state *state = pointer;
    const struct region *wanted = find_region(space, view->demand->firm.region);
    for (size_t s = 0; s < space->supplier_count; s++) {
        const struct region *offered = find_region(space, space->suppliers[s].firm.region);
        if (!wanted || !offered) column[s] = NAN;
        else if (wanted == offered) column[s] = 1;
        else column[s] = strcmp(wanted->area, offered->area) == 0 ? state->near : state->far;
    }
    return IEUM_OK;
}

static bool holds(const struct text_list *list, const char *text) {
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], text) == 0) return true;
    return false;
}

/* The share of must ∪ prefer that is offered; NaN when nothing is wanted or nothing is said. */
static double share(const struct text_list *must, const struct text_list *prefer, const struct text_list *offered) {
    size_t wanted = must->count, met = 0;
    for (size_t i = 0; i < must->count; i++) met += holds(offered, must->items[i]);
    for (size_t i = 0; i < prefer->count; i++) {
        if (holds(must, prefer->items[i])) continue;
        wanted++;
        met += holds(offered, prefer->items[i]);
    }
    return wanted == 0 || offered->count == 0 ? NAN : (double)met / (double)wanted;
}

static ieum_status compute_deployment(const struct feature_space *space, const void *state, const struct demand_view *view, double *column,
                                      struct problem *problem) {
    (void)state;
    (void)problem;
    for (size_t s = 0; s < space->supplier_count; s++)
        column[s] = share(&view->demand->must_deployment, &view->demand->prefer_deployment, &space->suppliers[s].deployment);
    return IEUM_OK;
}

static ieum_status compute_certification(const struct feature_space *space, const void *state, const struct demand_view *view,
                                         double *column, struct problem *problem) {
    (void)state;
    (void)problem;
    for (size_t s = 0; s < space->supplier_count; s++)
        column[s] = share(&view->demand->must_certifications, &view->demand->prefer_certifications, &space->suppliers[s].certifications);
    return IEUM_OK;
}

const struct feature_kind region_match_kind = {"region_match", check_region, prepare_region, compute_region, memory_free, NULL};
const struct feature_kind deployment_match_kind = {"deployment_match", NULL, NULL, compute_deployment, NULL, NULL};
const struct feature_kind certification_match_kind = {"certification_match", NULL, NULL, compute_certification, NULL, NULL};
