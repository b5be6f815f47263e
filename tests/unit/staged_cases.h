/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What tests of staged methods share: corrupting a result and its proof, recounting the values that stages claim, and
 * equal bytes. In: results of small problems. Out: changed ones. A corruption is undone by freeing the result only.
 */
#ifndef IEUM_TEST_STAGED_CASES_H
#define IEUM_TEST_STAGED_CASES_H

#include "../../engine/base/memory.h"
#include "../../engine/match/staged_check.h"
#include "assignment_cases.h"
#include "assignment_instances.h"

static inline long staged_count(long usual) {
    const char *text = getenv("IEUM_CASES");
    return text ? strtol(text, NULL, 10) : usual;
}

static inline double staged_seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* Writes pairs and total anew from `chosen`. */
static inline void staged_relist(const struct assignment_problem *problem, struct assignment_result *result) {
    uint32_t edges = problem->edge_start[problem->demand_count];
    memory_free(result->pairs);
    result->pairs = memory_allocate(sizeof *result->pairs * edges);
    result->pair_count = 0;
    result->total = 0;
    for (uint32_t d = 0; d < problem->demand_count; d++) {
        for (uint32_t e = problem->edge_start[d]; e < problem->edge_start[d + 1]; e++) {
            if (!result->chosen[e]) continue;
            result->pairs[result->pair_count++] = (struct assignment_pair){d, problem->edge_supplier[e]};
            result->total += problem->edge_score[e];
        }
    }
}

/* Changes one thing in a result or its proof. */
static inline void staged_corrupt(const struct assignment_problem *problem, struct assignment_result *result,
                                  struct staged_proof *proof, struct random *random) {
    uint32_t edges = problem->edge_start[problem->demand_count];
    uint32_t at = (uint32_t)random_below(random, proof->stage_count);
    struct staged_stage *stage = &proof->stages[at];
    switch (random_below(random, 9)) {
    case 0: stage->value += random_below(random, 2) ? 1 : -1; return;
    case 1:
        result->chosen[random_below(random, edges)] ^= 1;
        staged_relist(problem, result);
        return;
    case 2: { /* one pair for another */
        result->chosen[random_below(random, edges)] ^= 1;
        result->chosen[random_below(random, edges)] ^= 1;
        staged_relist(problem, result);
        return;
    }
    case 3: result->total++; return;
    case 4:
        if (proof->price_count > 0) {
            int64_t *price = &proof->prices[random_below(random, proof->price_count)].price;
            *price = random_below(random, 2) ? -*price : *price + 1 - 2 * (int64_t)random_below(random, 2);
            return;
        }
        stage->value++;
        return;
    case 5:
        if (proof->price_count > 0) {
            proof->prices[random_below(random, proof->price_count)].limit++;
            return;
        }
        result->total--;
        return;
    case 6: /* a stage less, its prices with it */
        if (at + 1 == proof->stage_count) proof->price_count -= stage->price_count;
        memmove(stage, stage + 1, sizeof *stage * (proof->stage_count - at - 1));
        proof->stage_count--;
        return;
    case 7:
        if (stage->objective == STAGED_LEVEL)
            stage->level += random_below(random, 2) ? 1 : -1;
        else
            stage->objective = (enum staged_objective)((stage->objective + 1 + random_below(random, 3)) % 4);
        return;
    default: /* the prices of the last stage go */
        stage = &proof->stages[proof->stage_count - 1];
        if (stage->price_count == 0) {
            stage->value--;
            return;
        }
        proof->price_count -= stage->price_count;
        stage->price_count = 0;
    }
}

/* Whether every stage's value is what the chosen pairs add up to. `kept` may be NULL. */
static inline bool staged_values_hold(const struct assignment_problem *problem, const uint8_t *chosen,
                                      const uint8_t *kept, const struct staged_proof *proof) {
    for (uint32_t i = 0; i < proof->stage_count; i++) {
        const struct staged_stage *stage = &proof->stages[i];
        int64_t value = 0;
        for (uint32_t e = 0; e < problem->edge_start[problem->demand_count]; e++) {
            int64_t score = problem->edge_score[e];
            if (!chosen[e]) continue;
            if (stage->objective == STAGED_LEVEL) value -= score == stage->level;
            if (stage->objective == STAGED_PAIRS) value += score > 0;
            if (stage->objective == STAGED_KEPT) value += kept && kept[e];
            if (stage->objective == STAGED_SCORE) value += score;
        }
        if (value != stage->value) return false;
    }
    return true;
}

static inline bool staged_same_proof(const struct staged_proof *one, const struct staged_proof *other) {
    if (one->stage_count != other->stage_count || one->price_count != other->price_count) return false;
    for (uint32_t i = 0; i < one->stage_count; i++) {
        const struct staged_stage *a = &one->stages[i], *b = &other->stages[i];
        if (a->objective != b->objective || a->level != b->level || a->value != b->value) return false;
        if (a->first_price != b->first_price || a->price_count != b->price_count) return false;
    }
    for (size_t i = 0; i < one->price_count; i++) {
        if (one->prices[i].limit != other->prices[i].limit || one->prices[i].price != other->prices[i].price)
            return false;
    }
    return true;
}

/* Whether some chosen pair of score 0, not locked nor in `kept` (may be NULL), could be left out. */
static inline bool staged_has_needless(const struct assignment_problem *problem, const struct assignment_result *result,
                                       const uint8_t *kept) {
    struct search_all search = {.problem = problem};
    for (uint32_t i = 0; i < result->pair_count; i++) {
        search.demand_load[result->pairs[i].demand]++;
        search.supplier_load[result->pairs[i].supplier]++;
    }
    for (uint32_t d = 0; d < problem->demand_count; d++) {
        for (uint32_t e = problem->edge_start[d]; e < problem->edge_start[d + 1]; e++) {
            uint32_t s = problem->edge_supplier[e];
            if (!result->chosen[e] || problem->edge_score[e] != 0 || result->edge_rule[e] != 0) continue;
            if (kept && kept[e]) continue;
            search.demand_load[d]--;
            search.supplier_load[s]--;
            search.exists = false;
            search_leaf(&search, 0);
            search.demand_load[d]++;
            search.supplier_load[s]++;
            if (search.exists) return true;
        }
    }
    return false;
}

#endif
