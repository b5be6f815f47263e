/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kind on whom the demand firm itself asked for.
 *   wish_order:  a supplier that the application names is worth 1 in the first place and `step` (0.2) less in each further one, never below 0; one that it does not name 0. Missing where
 *                the application names none: no wish is no judgement.
 */
#include <math.h>
#include <string.h>

#include "kinds.h"
#include "kinds_of_supplier.h"

struct wish_state {
    double step;
    struct kinds_of_supplier kinds;
};

static ieum_status check(const jval *options, const struct jpath *at, struct problem *problem) {
    static const char *const known[] = {"step"};
    return options_check_numbers(options, at, known, 1, 1, problem);
}

static ieum_status prepare(const struct feature_space *space, const jval *options, void **out, struct problem *problem) {
    (void)space;
    struct wish_state *state = memory_allocate_zero(1, sizeof *state);
    if (!state) return problem_set_memory(problem);
    state->step = option_number(options, "step", 0.2);
    *out = state;
    return IEUM_OK;
}

static void release(void *pointer) {
    struct wish_state *state = pointer;
    kinds_of_supplier_free(&state->kinds);
    memory_free(state);
}

static double value(const struct feature_space *space, const void *state, const struct demand_view *view, size_t supplier) {
    const struct text_list *wished = &view->demand->wished_suppliers;
    const double step = ((const struct wish_state *)state)->step;
    if (!wished->count) return NAN;
    for (size_t i = 0; i < wished->count; i++)
        if (strcmp(wished->items[i], space->suppliers[supplier].id) == 0) return fmax(0, 1 - step * (double)i);
    return 0;
}

static ieum_status compute(const struct feature_space *space, const void *state, const struct demand_view *view, double *column, struct problem *problem) {
    (void)problem;
    for (size_t s = 0; s < space->supplier_count; s++) column[s] = value(space, state, view, s);
    return IEUM_OK;
}

/* ---- blocks: no two suppliers are alike, and where there are many of them there is no table ---- */

static bool key(const struct feature_space *space, size_t supplier, struct buffer *bytes) {
    buffer_add_text(bytes, space->suppliers[supplier].id);
    return !bytes->failed;
}

static ieum_status bulk_prepare(const struct feature_space *space, void *state, struct problem *problem) {
    return kinds_of_supplier_make(space, key, &((struct wish_state *)state)->kinds, problem);
}

static ieum_status block(const struct feature_space *space, const void *state, const struct demand_view *views, size_t count, struct arena *arena,
                         struct feature_block *out, struct problem *problem) {
    return kinds_of_supplier_block(space, state, &((const struct wish_state *)state)->kinds, value, views, count, arena, out, problem);
}

static const struct feature_bulk bulk = {bulk_prepare, block, kinds_of_supplier_fill, NULL, NULL, NULL, NULL};

const struct feature_kind wish_order_kind = {"wish_order", check, prepare, compute, release, NULL, &bulk};
