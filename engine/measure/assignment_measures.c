/* SPDX-License-Identifier: Apache-2.0 */
/* One pass for loads, totals and each side's least chosen score, one for blocking pairs and envy, one over sorted loads
 * for Gini. */
#include "assignment_measures.h"

#include <string.h>

#include "../base/memory.h"

struct side_state {
    int64_t *least; /* per member: its least chosen score, INT64_MAX when it has no pair */
    uint32_t *load;
};

struct tally {
    struct side_state demand, supplier;
};

static bool side_allocate(struct side_state *side, uint32_t count) {
    side->least = memory_allocate(sizeof *side->least * count);
    side->load = memory_allocate_zero(count, sizeof *side->load);
    for (uint32_t i = 0; side->least && i < count; i++) side->least[i] = INT64_MAX;
    return side->least && side->load;
}

static void side_free(struct side_state *side) {
    memory_free(side->least);
    memory_free(side->load);
}

static void note_pair(struct side_state *side, uint32_t member, int64_t score) {
    side->load[member]++;
    if (score < side->least[member]) side->least[member] = score;
}

static bool sum_pairs(const struct assignment_measure_input *input, struct tally *tally,
                      struct assignment_measures *measures) {
    measures->worst_pair = measures->worst_demand = INT64_MAX;
    for (uint32_t d = 0; d < input->demand_count; d++) {
        int64_t sum = 0;
        for (uint32_t e = input->edge_start[d]; e < input->edge_start[d + 1]; e++) {
            if (!input->edge_chosen[e]) continue;
            if (__builtin_add_overflow(sum, input->edge_score[e], &sum)) return false;
            if (input->edge_score[e] < measures->worst_pair) measures->worst_pair = input->edge_score[e];
            note_pair(&tally->demand, d, input->edge_score[e]);
            note_pair(&tally->supplier, input->edge_supplier[e], input->edge_score[e]);
        }
        measures->pair_count += tally->demand.load[d];
        measures->unmatched_demands += tally->demand.load[d] == 0;
        if (sum < measures->worst_demand) measures->worst_demand = sum;
        if (__builtin_add_overflow(measures->total, sum, &measures->total)) return false;
    }
    if (measures->pair_count == 0) measures->worst_pair = 0;
    if (input->demand_count == 0) measures->worst_demand = 0;
    return true;
}

static bool would_take(const struct side_state *side, uint32_t member, int64_t max, int64_t score) {
    if ((int64_t)side->load[member] < max && score > 0) return true;
    return side->load[member] > 0 && side->least[member] < score;
}

/* Who holds a pair that is not d's is somebody else: so d envies when it would take a supplier that has any pair. */
static void count_wishes(const struct assignment_measure_input *input, const struct tally *tally,
                         struct assignment_measures *measures) {
    for (uint32_t d = 0; d < input->demand_count; d++) {
        bool envies = false;
        for (uint32_t e = input->edge_start[d]; e < input->edge_start[d + 1]; e++) {
            uint32_t s = input->edge_supplier[e];
            if (input->edge_chosen[e] || (input->edge_barred && input->edge_barred[e])) continue;
            if (!would_take(&tally->demand, d, input->demand_max[d], input->edge_score[e])) continue;
            envies = envies || tally->supplier.load[s] > 0;
            measures->blocking_pairs += would_take(&tally->supplier, s, input->supplier_max[s], input->edge_score[e]);
        }
        measures->envy += envies;
    }
}

static void count_newcomers(const struct assignment_measure_input *input, const struct tally *tally,
                            struct assignment_measures *measures) {
    measures->newcomers_known = input->supplier_newcomer != NULL;
    for (uint32_t s = 0; measures->newcomers_known && s < input->supplier_count; s++) {
        if (!input->supplier_newcomer[s]) continue;
        measures->newcomers += tally->supplier.load[s] > 0;
        measures->newcomer_pairs += tally->supplier.load[s];
    }
}

/* With loads sorted upwards, x_1 .. x_n: Σ (2i - n - 1) x_i / (n Σ x_i). Counted by load, so sorting is a count. */
static ieum_status measure_exposure(const struct tally *tally, uint32_t suppliers, struct assignment_measures *measures,
                                    struct problem *problem) {
    uint64_t most = 0, before = 0;
    double spread = 0;
    for (uint32_t s = 0; s < suppliers; s++) {
        if (tally->supplier.load[s] > most) most = tally->supplier.load[s];
        measures->idle_suppliers += tally->supplier.load[s] == 0;
    }
    measures->greatest_exposure = most;
    if (measures->pair_count == 0) return IEUM_OK;
    uint64_t *with_load = memory_allocate_zero((size_t)most + 1, sizeof *with_load);
    if (!with_load) return problem_set_memory(problem);
    for (uint32_t s = 0; s < suppliers; s++) with_load[tally->supplier.load[s]]++;
    for (uint64_t load = 0; load <= most; load++) {
        /* Σ (2i - n - 1) over the places before+1 .. before+count is count (2 before + count - n). */
        double places = (double)with_load[load];
        spread += (double)load * places * (2.0 * (double)before + places - (double)suppliers);
        before += with_load[load];
    }
    measures->exposure_gini = spread / ((double)suppliers * (double)measures->pair_count);
    memory_free(with_load);
    return IEUM_OK;
}

ieum_status assignment_measures_compute(const struct assignment_measure_input *input,
                                        struct assignment_measures *measures, uint32_t *exposure,
                                        struct problem *problem) {
    struct tally tally = {0};
    struct assignment_measures found = {0};
    ieum_status status = IEUM_OK;
    if (!side_allocate(&tally.demand, input->demand_count) || !side_allocate(&tally.supplier, input->supplier_count)) {
        status = problem_set_memory(problem);
        goto done;
    }
    if (!sum_pairs(input, &tally, &found)) {
        status = problem_set(problem, IEUM_LIMIT, "/scores", "점수의 합계가 정수 범위를 넘습니다.",
                             "The total of the scores is beyond the range of integers.");
        goto done;
    }
    count_wishes(input, &tally, &found);
    count_newcomers(input, &tally, &found);
    status = measure_exposure(&tally, input->supplier_count, &found, problem);
    if (status != IEUM_OK) goto done;
    if (exposure && input->supplier_count) {
        memcpy(exposure, tally.supplier.load, sizeof *exposure * input->supplier_count);
    }
    *measures = found;
done:
    side_free(&tally.demand);
    side_free(&tally.supplier);
    return status;
}
