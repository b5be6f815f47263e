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

/* The state is the one number of the options. */
static ieum_status prepare_number(const jval *options, const char *key, double standard, void **state, struct problem *problem) {
    double *number = memory_allocate(sizeof *number);
    if (!number) return problem_set_memory(problem);
    *number = option_number(options, key, standard);
    *state = number;
    return IEUM_OK;
}

static ieum_status prepare_budget(const struct feature_space *space, const jval *options, void **state,
                                  struct problem *problem) {
    (void)space;
    return prepare_number(options, "zero_at", 0.5, state, problem);
}

static ieum_status prepare_capacity(const struct feature_space *space, const jval *options, void **state,
                                    struct problem *problem) {
    (void)space;
    return prepare_number(options, "full", 4, state, problem);
}

static ieum_status compute_budget(const struct feature_space *space, const void *state, const struct demand_view *view, double *column,
                                  struct problem *problem) {
    (void)problem;
    double zero_at = *(const double *)state;
    int64_t budget = view->demand->budget_krw;
    for (size_t s = 0; s < space->supplier_count; s++) {
        int64_t price = space->suppliers[s].price_least_krw;
        if (budget == AMOUNT_MISSING || price == AMOUNT_MISSING) column[s] = NAN;
        else if (budget >= price) column[s] = 1;
        else {
            double value = ((double)budget / (double)price - zero_at) / (1 - zero_at);
            column[s] = value > 0 ? value : 0;
        }
    }
    return IEUM_OK;
}

static ieum_status compute_readiness(const struct feature_space *space, const void *state, const struct demand_view *view, double *column,
                                     struct problem *problem) {
    (void)state;
    (void)problem;
    for (size_t s = 0; s < space->supplier_count; s++) column[s] = view->demand->readiness_score / 100;
    return IEUM_OK;
}

static ieum_status compute_capacity(const struct feature_space *space, const void *state, const struct demand_view *view, double *column,
                                    struct problem *problem) {
    (void)view;
    (void)problem;
    double full = *(const double *)state;
    for (size_t s = 0; s < space->supplier_count; s++) {
        int64_t capacity = space->suppliers[s].capacity;
        column[s] = capacity == AMOUNT_MISSING ? NAN : (double)capacity >= full ? 1 : (double)capacity / full;
    }
    return IEUM_OK;
}

const struct feature_kind budget_fit_kind = {"budget_fit", check_budget, prepare_budget, compute_budget, memory_free, NULL};
const struct feature_kind readiness_kind = {"readiness", NULL, NULL, compute_readiness, NULL, NULL};
const struct feature_kind capacity_kind = {"capacity", check_capacity, prepare_capacity, compute_capacity, memory_free, NULL};
