/* SPDX-License-Identifier: Apache-2.0 */
/* Loads are counted once; a pair that is left out takes one off every limit over it. */
#include "assignment_pairs.h"

#include "../base/memory.h"

ieum_status assignment_pairs_drop(const struct assignment_frame *frame, const uint8_t *wanted, uint8_t *chosen,
                                  struct problem *problem) {
    int64_t *load = memory_allocate_zero(frame->limit_count, sizeof *load);
    if (!load) return problem_set_memory(problem);
    for (uint32_t edge = 0; edge < frame->edge_count; edge++) {
        if (!chosen[edge]) continue;
        load[frame->edge_demand[edge]]++;
        load[assignment_frame_supplier(frame, edge)]++;
    }
    assignment_frame_sum_groups(frame, load);
    for (uint32_t edge = frame->edge_count; edge-- > 0;) {
        if (!chosen[edge] || frame->assignment->edge_score[edge] != 0 || frame->edge_rule[edge] != 0) continue;
        if (wanted && wanted[edge]) continue;
        uint32_t ends[2] = {frame->edge_demand[edge], assignment_frame_supplier(frame, edge)};
        bool needed = false;
        for (int end = 0; end < 2; end++) {
            for (uint32_t k = ends[end]; k != ASSIGNMENT_NONE; k = frame->laminar.parent[k]) {
                needed = needed || load[k] <= frame->limit_min[k];
            }
        }
        if (needed) continue;
        chosen[edge] = 0;
        for (int end = 0; end < 2; end++) {
            for (uint32_t k = ends[end]; k != ASSIGNMENT_NONE; k = frame->laminar.parent[k]) load[k]--;
        }
    }
    memory_free(load);
    return IEUM_OK;
}

ieum_status assignment_pairs_list(const struct assignment_frame *frame, struct assignment_result *result,
                                  struct problem *problem) {
    uint32_t count = 0;
    for (uint32_t edge = 0; edge < frame->edge_count; edge++) count += result->chosen[edge];
    result->pairs = memory_allocate(sizeof *result->pairs * count);
    if (!result->pairs) return problem_set_memory(problem);
    result->pair_count = 0;
    result->total = 0;
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
