/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kinds on the terms of a contract and the firm's state.
 *   budget_fit: 1 when the budget reaches the supplier's least price; below it falls in a straight line to 0 at `zero_at` (0.5) of that price. Missing where the
 *               budget or the price is not given.
 *   readiness:  the demand's readiness score / 100; missing where not given. It is the same for all suppliers of a demand: it matters for selection.
 *   capacity:   the tasks a supplier can take at once, `full` (4) or more count 1; missing where not given.
 */
#include <math.h>

#include "kinds.h"
#include "kinds_of_supplier.h"

static ieum_status check_budget(const jval *options, const struct jpath *at, struct problem *problem) {
    static const char *const known[] = {"zero_at"};
    return options_check_numbers(options, at, known, 1, 0.99, problem);
}

static ieum_status check_capacity(const jval *options, const struct jpath *at, struct problem *problem) {
    static const char *const known[] = {"full"};
    double full = 1;
    ieum_status status = field_refuse_unknown(options, at, known, 1, problem);
    return status == IEUM_OK ? field_number(options, at, "full", false, 1, 10000, &full, problem) : status;
}

/* A kind whose options are one number. */
struct number_state {
    double number; /* first: it is all that a value reads */
    struct kinds_of_supplier kinds;
};

static void release(void *pointer) {
    struct number_state *state = pointer;
    kinds_of_supplier_free(&state->kinds);
    memory_free(state);
}

static ieum_status prepare_number(const jval *options, const char *key, double standard, void **state, struct problem *problem) {
    struct number_state *made = memory_allocate_zero(1, sizeof *made);
    if (!made) return problem_set_memory(problem);
    made->number = key ? option_number(options, key, standard) : 0;
    *state = made;
    return IEUM_OK;
}

static ieum_status prepare_budget(const struct feature_space *space, const jval *options, void **state, struct problem *problem) {
    (void)space;
    return prepare_number(options, "zero_at", 0.5, state, problem);
}

static ieum_status prepare_capacity(const struct feature_space *space, const jval *options, void **state, struct problem *problem) {
    (void)space;
    return prepare_number(options, "full", 4, state, problem);
}

static ieum_status prepare_readiness(const struct feature_space *space, const jval *options, void **state, struct problem *problem) {
    (void)space;
    return prepare_number(options, NULL, 0, state, problem);
}

static double budget_value(const struct feature_space *space, const void *state, const struct demand_view *view, size_t supplier) {
    const double zero_at = *(const double *)state;
    const int64_t budget = view->demand->budget_krw, price = space->suppliers[supplier].price_least_krw;
    if (budget == AMOUNT_MISSING || price == AMOUNT_MISSING) return NAN;
    if (budget >= price) return 1;
    const double value = ((double)budget / (double)price - zero_at) / (1 - zero_at);
    return value > 0 ? value : 0;
}

static double readiness_value(const struct feature_space *space, const void *state, const struct demand_view *view, size_t supplier) {
    (void)space;
    (void)state;
    (void)supplier;
    return view->demand->readiness_score / 100;
}

static double capacity_value(const struct feature_space *space, const void *state, const struct demand_view *view, size_t supplier) {
    (void)view;
    const double full = *(const double *)state;
    const int64_t capacity = space->suppliers[supplier].capacity;
    return capacity == AMOUNT_MISSING ? NAN : (double)capacity >= full ? 1 : (double)capacity / full;
}

static bool price_key(const struct feature_space *space, size_t supplier, struct buffer *key) {
    buffer_add(key, &space->suppliers[supplier].price_least_krw, sizeof(int64_t));
    return !key->failed;
}

static bool no_key(const struct feature_space *space, size_t supplier, struct buffer *key) {
    (void)space;
    (void)supplier;
    return !key->failed;
}

static bool capacity_key(const struct feature_space *space, size_t supplier, struct buffer *key) {
    buffer_add(key, &space->suppliers[supplier].capacity, sizeof(int64_t));
    return !key->failed;
}

static ieum_status compute_budget(const struct feature_space *space, const void *state, const struct demand_view *view, double *column,
                                  struct problem *problem) {
    (void)problem;
    for (size_t s = 0; s < space->supplier_count; s++) column[s] = budget_value(space, state, view, s);
    return IEUM_OK;
}

static ieum_status compute_readiness(const struct feature_space *space, const void *state, const struct demand_view *view, double *column,
                                  struct problem *problem) {
    (void)problem;
    for (size_t s = 0; s < space->supplier_count; s++) column[s] = readiness_value(space, state, view, s);
    return IEUM_OK;
}

static ieum_status compute_capacity(const struct feature_space *space, const void *state, const struct demand_view *view, double *column,
                                  struct problem *problem) {
    (void)problem;
    for (size_t s = 0; s < space->supplier_count; s++) column[s] = capacity_value(space, state, view, s);
    return IEUM_OK;
}

/* ---- blocks: suppliers of one price, of one capacity, and all of them are alike ---- */

static ieum_status bulk_prepare_budget(const struct feature_space *space, void *state, struct problem *problem) {
    return kinds_of_supplier_make(space, price_key, &((struct number_state *)state)->kinds, problem);
}

static ieum_status block_budget(const struct feature_space *space, const void *state, const struct demand_view *views, size_t count,
                                struct arena *arena, struct feature_block *block, struct problem *problem) {
    return kinds_of_supplier_block(space, state, &((const struct number_state *)state)->kinds, budget_value, views, count, arena, block, problem);
}

static const struct feature_bulk budget_bulk = {bulk_prepare_budget, block_budget, kinds_of_supplier_fill, NULL, NULL, NULL, NULL};

static ieum_status bulk_prepare_readiness(const struct feature_space *space, void *state, struct problem *problem) {
    return kinds_of_supplier_make(space, no_key, &((struct number_state *)state)->kinds, problem);
}

static ieum_status block_readiness(const struct feature_space *space, const void *state, const struct demand_view *views, size_t count,
                                struct arena *arena, struct feature_block *block, struct problem *problem) {
    return kinds_of_supplier_block(space, state, &((const struct number_state *)state)->kinds, readiness_value, views, count, arena, block, problem);
}

static const struct feature_bulk readiness_bulk = {bulk_prepare_readiness, block_readiness, kinds_of_supplier_fill, NULL, NULL, NULL, NULL};

static ieum_status bulk_prepare_capacity(const struct feature_space *space, void *state, struct problem *problem) {
    return kinds_of_supplier_make(space, capacity_key, &((struct number_state *)state)->kinds, problem);
}

static ieum_status block_capacity(const struct feature_space *space, const void *state, const struct demand_view *views, size_t count,
                                struct arena *arena, struct feature_block *block, struct problem *problem) {
    return kinds_of_supplier_block(space, state, &((const struct number_state *)state)->kinds, capacity_value, views, count, arena, block, problem);
}

static const struct feature_bulk capacity_bulk = {bulk_prepare_capacity, block_capacity, kinds_of_supplier_fill, NULL, NULL, NULL, NULL};

const struct feature_kind budget_fit_kind = {"budget_fit", check_budget, prepare_budget, compute_budget, release, NULL, &budget_bulk};
const struct feature_kind readiness_kind = {"readiness", NULL, prepare_readiness, compute_readiness, release, NULL, &readiness_bulk};
const struct feature_kind capacity_kind = {"capacity", check_capacity, prepare_capacity, compute_capacity, release, NULL, &capacity_bulk};
