/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The network of max_sum, counted in units of 1/Q: limits are Q times what they are in pairs, a candidate pair carries
 * up to p. Its cheapest circulation gives integral marginals (all capacities are integers), its potentials the prices.
 * Then the draw; and no result leaves without its checks passed.
 */
#include "random_assignment.h"

#include <math.h>

#include "../base/memory.h"
#include "assignment_flow.h"
#include "bihierarchy_rounding.h"
#include "certificate.h"
#include "infeasible.h"
#include "marginals_check.h"
#include "recheck.h"

static uint32_t common_divisor(uint32_t a, uint32_t b) {
    while (b) {
        uint32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

bool random_assignment_fraction(double q, uint32_t *numerator, uint32_t *denominator) {
    const uint32_t limit = RANDOM_ASSIGNMENT_DENOMINATOR_LIMIT;
    if (!(q > 0 && q <= 1)) return false;
    uint32_t p = (uint32_t)lround(q * limit);
    /* 0.29 is below 29/100 as a double; but it is the double nearest to it, and so meant. */
    if ((double)p / limit != q) p = (uint32_t)floor(q * limit);
    if (p == 0) return false;
    uint32_t divisor = common_divisor(p, limit);
    *numerator = p / divisor;
    *denominator = limit / divisor;
    return true;
}

static ieum_status check_fraction(uint32_t numerator, uint32_t denominator, struct problem *problem) {
    if (numerator > 0 && numerator <= denominator && denominator <= RANDOM_ASSIGNMENT_DENOMINATOR_LIMIT &&
        common_divisor(numerator, denominator) == 1) {
        return IEUM_OK;
    }
    problem_set(problem, IEUM_INVALID, "/q", "q는 0보다 크고 1 이하인 수여야 합니다.",
                "q must be a number above 0 and at most 1.");
    problem_set_expected(problem, "0 < q <= 1");
    return problem->status;
}

/* ---- marginals ---- */

static void read_marginals(const struct assignment_network *network, const int32_t *flow, uint32_t *marginal) {
    const struct assignment_frame *frame = network->frame;
    for (uint32_t edge = 0; edge < frame->edge_count; edge++) {
        marginal[edge] = frame->edge_rule[edge] == ASSIGNMENT_EDGE_LOCKED ? (uint32_t)frame->unit : 0;
    }
    for (uint32_t arc = 0; arc < network->flow.arc_count; arc++) {
        if (network->arc_edge[arc] != ASSIGNMENT_NONE) marginal[network->arc_edge[arc]] = (uint32_t)flow[arc];
    }
}

/* Takes from pairs of score 0 what nothing asks for, from the last ones first. It changes no total, and prices that
 * prove one optimum prove them all. */
static ieum_status drop_needless(const struct assignment_frame *frame, uint32_t *marginal, struct problem *problem) {
    int64_t *load = memory_allocate_zero(frame->limit_count, sizeof *load);
    if (!load) return problem_set_memory(problem);
    for (uint32_t edge = 0; edge < frame->edge_count; edge++) {
        load[frame->edge_demand[edge]] += marginal[edge];
        load[assignment_frame_supplier(frame, edge)] += marginal[edge];
    }
    assignment_frame_sum_groups(frame, load);
    for (uint32_t edge = frame->edge_count; edge-- > 0;) {
        if (marginal[edge] == 0 || frame->assignment->edge_score[edge] != 0 || frame->edge_rule[edge] != 0) continue;
        uint32_t ends[2] = {frame->edge_demand[edge], assignment_frame_supplier(frame, edge)};
        int64_t spare = marginal[edge];
        for (int end = 0; end < 2; end++) {
            for (uint32_t k = ends[end]; k != ASSIGNMENT_NONE; k = frame->laminar.parent[k]) {
                int64_t above = load[k] - frame->limit_min[k] * frame->unit; /* minimums are kept, so they are small */
                if (above < spare) spare = above;
            }
        }
        marginal[edge] -= (uint32_t)spare;
        for (int end = 0; end < 2; end++) {
            for (uint32_t k = ends[end]; k != ASSIGNMENT_NONE; k = frame->laminar.parent[k]) load[k] -= spare;
        }
    }
    memory_free(load);
    return IEUM_OK;
}

static ieum_status sum_expected(const struct assignment_frame *frame, struct random_assignment_result *result,
                                struct problem *problem) {
    for (uint32_t edge = 0; edge < frame->edge_count; edge++) {
        int64_t term;
        if (__builtin_mul_overflow(frame->assignment->edge_score[edge], (int64_t)result->marginal[edge], &term) ||
            __builtin_add_overflow(result->expected, term, &result->expected)) {
            return problem_set(problem, IEUM_LIMIT, "/scores", "기대 합계가 정수 범위를 넘습니다.",
                               "The expected total is beyond the range of integers.");
        }
    }
    result->bound = result->expected;
    return IEUM_OK;
}

/* Solves a network without contradiction. `*found`: there are marginals, and `result` holds them. */
static ieum_status solve_network(struct assignment_network *network, struct random_assignment_result *result,
                                 bool *found, struct problem *problem) {
    const struct assignment_frame *frame = network->frame;
    struct assignment_flow flow;
    ieum_status status = assignment_flow_find(network, &flow, problem);
    *found = status == IEUM_OK && flow.found;
    result->pivots = flow.pivots;
    if (*found && !(result->marginal = memory_allocate(sizeof *result->marginal * frame->edge_count)))
        status = problem_set_memory(problem);
    if (*found && status == IEUM_OK) {
        read_marginals(network, flow.flow, result->marginal);
        status = drop_needless(frame, result->marginal, problem);
        if (status == IEUM_OK) status = sum_expected(frame, result, problem);
        result->demand_price = flow.demand_price, result->supplier_price = flow.supplier_price;
        result->group_price = flow.group_price;
        flow.demand_price = flow.supplier_price = flow.group_price = NULL;
    }
    assignment_flow_free(&flow);
    return status;
}

/* ---- the draw ---- */

static ieum_status draw_pairs(const struct assignment_frame *frame, struct random_assignment_result *result,
                              struct problem *problem) {
    uint32_t count = 0;
    result->chosen = memory_allocate(frame->edge_count);
    if (!result->chosen) return problem_set_memory(problem);
    ieum_status status = bihierarchy_round(frame->assignment, &frame->laminar, result->marginal, result->denominator,
                                           result->seed, result->chosen, problem);
    if (status != IEUM_OK) return status;
    for (uint32_t edge = 0; edge < frame->edge_count; edge++) count += result->chosen[edge];
    result->pairs = memory_allocate(sizeof *result->pairs * count);
    if (!result->pairs) return problem_set_memory(problem);
    for (uint32_t edge = 0; edge < frame->edge_count; edge++) {
        if (!result->chosen[edge]) continue;
        result->pairs[result->pair_count++] =
            (struct assignment_pair){frame->edge_demand[edge], frame->assignment->edge_supplier[edge]};
        if (__builtin_add_overflow(result->total, frame->assignment->edge_score[edge], &result->total)) {
            return problem_set(problem, IEUM_LIMIT, "/scores", "점수의 합계가 정수 범위를 넘습니다.",
                               "The total of the scores is beyond the range of integers.");
        }
    }
    return IEUM_OK;
}

/* ---- all of it ---- */

static ieum_status confirm(const struct assignment_problem *assignment, const struct random_assignment_result *result,
                           struct problem *problem) {
    struct problem doubt = {0};
    int64_t bound;
    ieum_status status;
    if (result->status == ASSIGNMENT_INFEASIBLE) {
        status = certificate_check_infeasible_at(assignment, &result->reason, result->denominator, result->numerator,
                                                 &doubt);
    } else {
        status = marginals_check(assignment, result, &bound, &doubt);
        if (status == IEUM_OK) status = marginals_check_draw(assignment, result, &doubt);
    }
    return recheck_judge(status, &doubt, problem);
}

static ieum_status solve_frame(const struct assignment_frame *frame, struct random_assignment_result *result,
                               struct problem *problem) {
    struct assignment_network network = {0};
    bool exists = false;
    ieum_status status = assignment_network_build(frame, &network, problem);
    if (status == IEUM_OK && !network.contradiction) status = solve_network(&network, result, &exists, problem);
    assignment_network_free(&network);
    if (status != IEUM_OK) return status;
    if (exists) return draw_pairs(frame, result, problem);
    result->status = ASSIGNMENT_INFEASIBLE;
    return infeasible_explain(frame, &result->reason, problem);
}

ieum_status random_assignment_solve(const struct assignment_problem *assignment, uint32_t numerator,
                                    uint32_t denominator, uint64_t seed, struct random_assignment_result *result,
                                    struct problem *problem) {
    struct assignment_frame frame;
    struct random_assignment_result found = {
        .status = ASSIGNMENT_OPTIMAL, .numerator = numerator, .denominator = denominator, .seed = seed};
    ieum_status status = check_fraction(numerator, denominator, problem);
    if (status != IEUM_OK) return status;
    status = assignment_frame_build(assignment, &frame, problem);
    frame.unit = denominator;
    frame.most = numerator;
    if (status == IEUM_OK) status = solve_frame(&frame, &found, problem);
    if (status == IEUM_OK) status = confirm(assignment, &found, problem);
    found.edge_rule = frame.edge_rule;
    frame.edge_rule = NULL;
    assignment_frame_free(&frame);
    if (status == IEUM_OK)
        *result = found;
    else
        random_assignment_result_free(&found);
    return status;
}

void random_assignment_result_free(struct random_assignment_result *result) {
    memory_free(result->edge_rule);
    memory_free(result->marginal);
    memory_free(result->demand_price);
    memory_free(result->supplier_price);
    memory_free(result->group_price);
    memory_free(result->chosen);
    memory_free(result->pairs);
    infeasible_free(&result->reason);
    *result = (struct random_assignment_result){0};
}
