/* SPDX-License-Identifier: Apache-2.0 */
/* Potentials come down the groups from the root; loads are counted from the chosen pairs. */
#include "residual_network.h"

#include "../base/memory.h"

static int64_t price_of(const struct assignment_frame *frame, const struct assignment_result *result, uint32_t limit) {
    if (limit < frame->first_supplier) return result->demand_price[limit];
    if (limit < frame->first_group) return result->supplier_price[limit - frame->first_supplier];
    return result->group_price[limit - frame->first_group];
}

static void set_potential(struct residual_network *residual, const struct assignment_result *result, uint32_t limit) {
    const struct assignment_frame *frame = residual->frame;
    int64_t price = price_of(frame, result, limit);
    residual->potential[residual_node(limit)] = residual->potential[residual_node(frame->laminar.parent[limit])] +
                                                (assignment_frame_is_demand_side(frame, limit) ? price : -price);
}

static void set_potentials(struct residual_network *residual, const struct assignment_result *result) {
    const struct assignment_frame *frame = residual->frame;
    residual->potential[0] = 0;
    for (uint32_t i = 0; i < frame->assignment->group_count; i++) {
        set_potential(residual, result, frame->first_group + frame->laminar.order[i]);
    }
    for (uint32_t limit = 0; limit < frame->first_group; limit++) set_potential(residual, result, limit);
}

static void count_loads(struct residual_network *residual, const struct assignment_result *result) {
    const struct assignment_frame *frame = residual->frame;
    for (uint32_t edge = 0; edge < frame->edge_count; edge++) {
        if (!result->chosen[edge]) continue;
        residual->load[frame->edge_demand[edge]]++;
        residual->load[assignment_frame_supplier(frame, edge)]++;
    }
    assignment_frame_sum_groups(frame, residual->load);
}

static void place_arcs(struct residual_network *residual, bool hub) {
    const struct assignment_frame *frame = residual->frame;
    uint32_t arc = 0, last = frame->limit_count + 1;
    for (uint32_t limit = 0; limit < frame->limit_count; limit++, arc++) {
        uint32_t own = residual_node(limit), around = residual_node(frame->laminar.parent[limit]);
        bool down = assignment_frame_is_demand_side(frame, limit);
        residual->tail[arc] = down ? around : own;
        residual->head[arc] = down ? own : around;
    }
    residual->first_edge = arc;
    for (uint32_t edge = 0; edge < frame->edge_count; edge++, arc++) {
        residual->tail[arc] = residual_node(frame->edge_demand[edge]);
        residual->head[arc] = residual_node(assignment_frame_supplier(frame, edge));
    }
    residual->first_hub = arc;
    for (uint32_t limit = 0; hub && limit < frame->first_group; limit++, arc++) {
        residual->tail[arc] = limit < frame->first_supplier ? residual_node(limit) : last;
        residual->head[arc] = limit < frame->first_supplier ? last : residual_node(limit);
    }
}

/* False when a length is negative. */
static bool set_lengths(struct residual_network *residual, const struct assignment_result *result) {
    const struct assignment_frame *frame = residual->frame;
    bool sound = true;
    for (uint32_t limit = 0; limit < frame->limit_count; limit++) {
        int64_t price = price_of(frame, result, limit);
        bool more =
            residual->load[limit]<frame->limit_max[limit], less = residual->load[limit]> frame->limit_min[limit];
        if (more) residual->paths.forward[limit] = -price;
        if (less) residual->paths.backward[limit] = price;
        sound = sound && !(more && price > 0) && !(less && price < 0);
    }
    for (uint32_t edge = 0; edge < frame->edge_count; edge++) {
        if (frame->edge_rule[edge] != 0) continue;
        int64_t worth = residual_worth(residual, edge);
        int64_t length = result->chosen[edge] ? worth : -worth;
        (result->chosen[edge] ? residual->paths.backward : residual->paths.forward)[residual->first_edge + edge] =
            length;
        sound = sound && length >= 0;
    }
    return sound;
}

ieum_status residual_network_build(const struct assignment_frame *frame, const struct assignment_result *result,
                                   bool hub, struct residual_network *residual, struct problem *problem) {
    size_t arcs = (size_t)frame->limit_count + frame->edge_count + (hub ? frame->first_group : 0);
    size_t nodes = (size_t)frame->limit_count + 1 + hub;
    *residual = (struct residual_network){.frame = frame};
    if (arcs >= UINT32_MAX / 2) {
        return problem_set(problem, IEUM_LIMIT, "/edges", "후보 쌍의 수가 너무 많습니다.",
                           "There are too many candidate pairs.");
    }
    residual->tail = memory_allocate(sizeof *residual->tail * arcs);
    residual->head = memory_allocate(sizeof *residual->head * arcs);
    residual->potential = memory_allocate_zero(nodes, sizeof *residual->potential);
    residual->load = memory_allocate_zero(frame->limit_count, sizeof *residual->load);
    if (!residual->tail || !residual->head || !residual->potential || !residual->load)
        return problem_set_memory(problem);
    set_potentials(residual, result);
    count_loads(residual, result);
    place_arcs(residual, hub);
    ieum_status status =
        paths_build((uint32_t)nodes, (uint32_t)arcs, residual->tail, residual->head, &residual->paths, problem);
    if (status != IEUM_OK) return status;
    if (set_lengths(residual, result)) return IEUM_OK;
    return problem_set(problem, IEUM_INTERNAL, "",
                       "배정 결과가 증명된 최적이 아니어서 바꿀 때의 손실을 계산할 수 없습니다.",
                       "The assignment is not at its proven optimum: what changes cost cannot be computed.");
}

void residual_network_free(struct residual_network *residual) {
    memory_free(residual->tail);
    memory_free(residual->head);
    memory_free(residual->potential);
    memory_free(residual->load);
    paths_free(&residual->paths);
    *residual = (struct residual_network){0};
}
