/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The proofs of the methods, as the independent checker reads them: prices (match/certificate.h), stages of prices (match/staged_proof.h), the check of a stable
 * assignment (match/stable.h), marginals with the draw (match/random_assignment.h). All numbers are integers in the unit named, so that nothing is rounded.
 */
#include <inttypes.h>
#include <stdio.h>

#include "write_assignment.h"

static jval *new_certificate(const char *kind) {
    jval *object = jval_new_object();
    jval_set_text(object, "kind", kind);
    jval_set_number(object, "unit", 1e-9);
    return object;
}

static jval *write_prices(const int64_t *prices, uint32_t count) {
    jval *array = jval_new_array();
    for (uint32_t i = 0; i < count; i++) jval_append(array, jval_new_integer(prices[i]));
    return array;
}

/* ---- max_sum ---- */

static jval *write_max_sum(const struct assignment_problem *assignment, const struct assignment_result *result) {
    jval *object = new_certificate("prices");
    jval_set_integer(object, "total", result->total);
    jval_set_integer(object, "bound", result->total); /* the dual objective: the solver has proven that it equals the total */
    jval_set(object, "demand", write_prices(result->demand_price, assignment->demand_count));
    jval_set(object, "supplier", write_prices(result->supplier_price, assignment->supplier_count));
    jval_set(object, "group", write_prices(result->group_price, assignment->group_count));
    return object;
}

/* ---- leximin and re-match ---- */

static void add_sparse_price(jval *const sides[3], const struct assignment_problem *assignment, struct staged_price price) {
    char key[16];
    uint32_t index = price.limit, side = 0;
    if (index >= assignment->demand_count) index -= assignment->demand_count, side = 1;
    if (side == 1 && index >= assignment->supplier_count) index -= assignment->supplier_count, side = 2;
    snprintf(key, sizeof key, "%" PRIu32, index);
    jval_set_integer(sides[side], key, price.price);
}

static jval *write_stage(const struct assignment_problem *assignment, const struct staged_proof *proof, const struct staged_stage *stage) {
    static const char *const objectives[] = {[STAGED_LEVEL] = "level", [STAGED_PAIRS] = "pairs", [STAGED_KEPT] = "kept", [STAGED_SCORE] = "score"};
    jval *object = jval_new_object(), *const sides[3] = {jval_new_object(), jval_new_object(), jval_new_object()};
    for (uint32_t i = 0; i < stage->price_count; i++) add_sparse_price(sides, assignment, proof->prices[stage->first_price + i]);
    jval_set_text(object, "objective", objectives[stage->objective]);
    if (stage->objective == STAGED_LEVEL) jval_set_integer(object, "level", stage->level);
    jval_set_integer(object, "value", stage->value);
    jval_set(object, "demand", sides[0]);
    jval_set(object, "supplier", sides[1]);
    jval_set(object, "group", sides[2]);
    return object;
}

static jval *write_staged(const struct assignment_problem *assignment, const struct staged_proof *proof) {
    jval *object = new_certificate("lexicographic"), *stages = jval_new_array();
    for (uint32_t i = 0; i < proof->stage_count; i++) jval_append(stages, write_stage(assignment, proof, &proof->stages[i]));
    jval_set(object, "stages", stages);
    return object;
}

/* ---- stable ---- */

static jval *write_stable(const struct stable_result *result) {
    jval *object = new_certificate("stable");
    jval_set_bool(object, "ties", result->ties);
    jval_set_integer(object, "blocking", 0); /* the solver has looked: stable_solve lets nothing out that is blocked */
    jval_set_integer(object, "checked", result->checked);
    return object;
}

/* ---- random ---- */

static jval *write_marginals(const struct assignment_problem *assignment, const uint32_t *marginal) {
    jval *list = jval_new_array();
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        for (uint32_t e = assignment->edge_start[d]; e < assignment->edge_start[d + 1]; e++) {
            if (marginal[e] == 0) continue;
            jval *one = write_pair((struct assignment_pair){d, assignment->edge_supplier[e]});
            jval_append(one, jval_new_integer(marginal[e]));
            jval_append(list, one);
        }
    }
    return list;
}

static jval *write_random(const struct assignment_problem *assignment, const struct random_assignment_result *result) {
    jval *object = new_certificate("marginals");
    jval_set_integer(object, "denominator", result->denominator);
    jval_set_integer(object, "q", result->numerator);
    jval_set(object, "marginals", write_marginals(assignment, result->marginal));
    jval_set_integer(object, "total", result->expected);
    jval_set_integer(object, "bound", result->bound);
    jval_set(object, "demand", write_prices(result->demand_price, assignment->demand_count));
    jval_set(object, "supplier", write_prices(result->supplier_price, assignment->supplier_count));
    jval_set(object, "group", write_prices(result->group_price, assignment->group_count));
    jval_set_text(object, "generator", "splitmix64-xoshiro256**");
    jval_set_text(object, "rounding", "bihierarchy-cycles-1");
    jval_set_integer(object, "seed", (int64_t)result->seed);
    return object;
}

jval *write_certificate(const struct assignment_question *question, const struct assignment_answer *answer) {
    switch (answer->method) {
    case ASSIGN_LEXIMIN: return write_staged(&question->problem, &answer->by.leximin.proof);
    case ASSIGN_REMATCH: return write_staged(&question->problem, &answer->by.rematch.proof);
    case ASSIGN_STABLE: return write_stable(&answer->by.stable);
    case ASSIGN_RANDOM: return write_random(&question->problem, &answer->by.random);
    default: return write_max_sum(&question->problem, &answer->by.max_sum);
    }
}
