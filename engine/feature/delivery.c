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
#include "kinds_of_supplier.h"

struct region_state {
    double near, far;
    struct kinds_of_supplier kinds;
};

static ieum_status check_region(const jval *options, const struct jpath *at, struct problem *problem) {
    static const char *const known[] = {"near", "far"};
    return options_check_numbers(options, at, known, 2, 1, problem);
}

static ieum_status prepare_region(const struct feature_space *space, const jval *options, void **out,
                                  struct problem *problem) {
    (void)space;
    struct region_state *state = memory_allocate_zero(1, sizeof *state);
    if (!state) return problem_set_memory(problem);
    state->near = option_number(options, "near", 0.7);
    state->far = option_number(options, "far", 0.4);
    *out = state;
    return IEUM_OK;
}

static const struct region *find_region(const struct feature_space *space, const char *text) {
    return text ? region_find(space->taxonomy, text) : NULL;
}

static double region_worth(const struct region_state *state, const struct region *wanted, const struct region *offered) {
    if (!wanted || !offered) return NAN;
    if (wanted == offered) return 1;
    return strcmp(wanted->area, offered->area) == 0 ? state->near : state->far;
}

static double region_value(const struct feature_space *space, const void *state, const struct demand_view *view, size_t supplier) {
    return region_worth(state, find_region(space, view->demand->firm.region), find_region(space, space->suppliers[supplier].firm.region));
}

static ieum_status compute_region(const struct feature_space *space, const void *state, const struct demand_view *view, double *column,
                                  struct problem *problem) {
    (void)problem;
    const struct region *wanted = find_region(space, view->demand->firm.region);
    for (size_t s = 0; s < space->supplier_count; s++) column[s] = region_worth(state, wanted, find_region(space, space->suppliers[s].firm.region));
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

static double deployment_value(const struct feature_space *space, const void *state, const struct demand_view *view, size_t supplier) {
    (void)state;
    return share(&view->demand->must_deployment, &view->demand->prefer_deployment, &space->suppliers[supplier].deployment);
}

static double certification_value(const struct feature_space *space, const void *state, const struct demand_view *view, size_t supplier) {
    (void)state;
    return share(&view->demand->must_certifications, &view->demand->prefer_certifications, &space->suppliers[supplier].certifications);
}

/* ---- blocks: suppliers of one place, or with one list, are alike ---- */

static void release_region(void *pointer) {
    struct region_state *state = pointer;
    kinds_of_supplier_free(&state->kinds);
    memory_free(state);
}

struct list_state {
    struct kinds_of_supplier kinds;
};

static ieum_status prepare_list(const struct feature_space *space, const jval *options, void **state, struct problem *problem) {
    (void)space;
    (void)options;
    *state = memory_allocate_zero(1, sizeof(struct list_state));
    return *state ? IEUM_OK : problem_set_memory(problem);
}

static void release_list(void *pointer) {
    struct list_state *state = pointer;
    kinds_of_supplier_free(&state->kinds);
    memory_free(state);
}

static bool region_key(const struct feature_space *space, size_t supplier, struct buffer *key) {
    const struct region *region = find_region(space, space->suppliers[supplier].firm.region);
    if (region) buffer_add_text(key, region->id);
    return !key->failed;
}

static bool list_key(const struct text_list *list, struct buffer *key) {
    for (size_t i = 0; i < list->count; i++) buffer_add(key, list->items[i], strlen(list->items[i]) + 1);
    return !key->failed;
}

static bool deployment_key(const struct feature_space *space, size_t supplier, struct buffer *key) {
    return list_key(&space->suppliers[supplier].deployment, key);
}

static bool certification_key(const struct feature_space *space, size_t supplier, struct buffer *key) {
    return list_key(&space->suppliers[supplier].certifications, key);
}

static ieum_status bulk_prepare_region(const struct feature_space *space, void *state, struct problem *problem) {
    return kinds_of_supplier_make(space, region_key, &((struct region_state *)state)->kinds, problem);
}

static ieum_status block_region(const struct feature_space *space, const void *state, const struct demand_view *views, size_t count,
                                struct arena *arena, struct feature_block *block, struct problem *problem) {
    return kinds_of_supplier_block(space, state, &((const struct region_state *)state)->kinds, region_value, views, count, arena, block, problem);
}

static const struct feature_bulk region_bulk = {bulk_prepare_region, block_region, kinds_of_supplier_fill, NULL, NULL, NULL, NULL};

static ieum_status compute_deployment(const struct feature_space *space, const void *state, const struct demand_view *view, double *column,
                                  struct problem *problem) {
    (void)problem;
    for (size_t s = 0; s < space->supplier_count; s++) column[s] = deployment_value(space, state, view, s);
    return IEUM_OK;
}

static ieum_status bulk_prepare_deployment(const struct feature_space *space, void *state, struct problem *problem) {
    return kinds_of_supplier_make(space, deployment_key, &((struct list_state *)state)->kinds, problem);
}

static ieum_status block_deployment(const struct feature_space *space, const void *state, const struct demand_view *views, size_t count,
                                struct arena *arena, struct feature_block *block, struct problem *problem) {
    return kinds_of_supplier_block(space, state, &((const struct list_state *)state)->kinds, deployment_value, views, count, arena, block, problem);
}

static const struct feature_bulk deployment_bulk = {bulk_prepare_deployment, block_deployment, kinds_of_supplier_fill, NULL, NULL, NULL, NULL};

static ieum_status compute_certification(const struct feature_space *space, const void *state, const struct demand_view *view, double *column,
                                  struct problem *problem) {
    (void)problem;
    for (size_t s = 0; s < space->supplier_count; s++) column[s] = certification_value(space, state, view, s);
    return IEUM_OK;
}

static ieum_status bulk_prepare_certification(const struct feature_space *space, void *state, struct problem *problem) {
    return kinds_of_supplier_make(space, certification_key, &((struct list_state *)state)->kinds, problem);
}

static ieum_status block_certification(const struct feature_space *space, const void *state, const struct demand_view *views, size_t count,
                                struct arena *arena, struct feature_block *block, struct problem *problem) {
    return kinds_of_supplier_block(space, state, &((const struct list_state *)state)->kinds, certification_value, views, count, arena, block, problem);
}

static const struct feature_bulk certification_bulk = {bulk_prepare_certification, block_certification, kinds_of_supplier_fill, NULL, NULL, NULL, NULL};

const struct feature_kind region_match_kind = {"region_match", check_region, prepare_region, compute_region, release_region, NULL, &region_bulk};
const struct feature_kind deployment_match_kind = {"deployment_match", NULL, prepare_list, compute_deployment, release_list, NULL, &deployment_bulk};
const struct feature_kind certification_match_kind = {"certification_match", NULL, prepare_list, compute_certification, release_list, NULL,
                                                      &certification_bulk};
