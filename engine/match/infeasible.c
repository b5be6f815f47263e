/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All requirements → a cut → those that cross it, thinned out as long as the cut still proves the contradiction → one
 * after the other is waived for a trial: where the rest still contradicts itself, the rest's own cut goes on; where it
 * does not, the requirement is needed for good, because needed for a set is needed for every part of it that still
 * contradicts.
 */
#include "infeasible.h"

#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "circulation.h"

/* Arcs and nodes that all trials together may visit: a few seconds. The count, not a clock, so results do not vary. */
#define WORK_LIMIT UINT64_C(300000000)
#define ENDLESS (INT64_C(1) << 62)

enum { MIN_HOLDS = 1, MAX_HOLDS = 2 };

struct candidate {
    struct assignment_requirement requirement;
    uint32_t place; /* the limit, or the candidate pair of a lock or veto */
    int64_t weight; /* what the cut loses when it is waived; 0: it must stay */
    bool needed;    /* a trial has shown it */
};

struct inquiry {
    const struct assignment_frame *frame;
    struct candidate *set;
    uint32_t count;
    uint8_t *limit_holds; /* per limit */
    uint8_t *edge_holds;  /* per candidate pair: ASSIGNMENT_EDGE_… of the locks and vetoes of the set */
    bool q_holds;
    uint32_t *node; /* per limit: its place; limits without requirements share that of what is around */
    uint32_t node_count;
    struct circulation_arc *arcs;
    uint32_t arc_count;
    int64_t missing; /* units, of the last trial */
    uint8_t *reach;  /* per node, of the last trial: CIRCULATION_… bits */
    uint8_t *side;   /* per limit, and the root at the end: the cut that proves the set */
    int64_t least, room;
    uint64_t work;
};

static int64_t clip(const struct inquiry *inquiry, int64_t bound) {
    int64_t enough = (int64_t)inquiry->frame->edge_count + 1;
    return (bound < enough ? bound : enough) * inquiry->frame->unit;
}

/* What a candidate pair that is not vetoed can carry. */
static int64_t edge_room(const struct inquiry *inquiry, uint32_t edge) {
    const struct assignment_frame *frame = inquiry->frame;
    bool free_pair = !(frame->edge_rule[edge] & ASSIGNMENT_EDGE_LOCKED);
    return inquiry->q_holds && free_pair ? frame->most : frame->unit;
}

/* ---- the first set: everything that is asked for ---- */

static void add(struct inquiry *inquiry, struct assignment_requirement requirement, uint32_t place) {
    inquiry->set[inquiry->count++] = (struct candidate){.requirement = requirement, .place = place};
}

static void add_limits(struct inquiry *inquiry) {
    const struct assignment_frame *frame = inquiry->frame;
    for (uint32_t limit = 0; limit < frame->limit_count; limit++) {
        if (frame->limit_min[limit] > 0) add(inquiry, assignment_frame_requirement(frame, limit, false), limit);
        if (frame->limit_max[limit] < frame->edge_count) {
            add(inquiry, assignment_frame_requirement(frame, limit, true), limit);
        }
    }
}

/* A pair that is locked, or vetoed, twice stands for one requirement. */
static void add_pairs(struct inquiry *inquiry, const uint32_t *edges, uint32_t count, enum assignment_need need,
                      uint8_t rule) {
    for (uint32_t i = 0; i < count; i++) {
        if (edges[i] == ASSIGNMENT_NONE || (inquiry->edge_holds[edges[i]] & rule)) continue;
        inquiry->edge_holds[edges[i]] |= rule;
        add(inquiry, (struct assignment_requirement){need, i}, edges[i]);
    }
}

/* ---- a trial: do the requirements of the set, but for one, contradict each other? ---- */

static void hold_set(struct inquiry *inquiry, uint32_t waived) {
    const struct assignment_frame *frame = inquiry->frame;
    memset(inquiry->limit_holds, 0, frame->limit_count);
    if (frame->edge_count) memset(inquiry->edge_holds, 0, frame->edge_count);
    inquiry->q_holds = false;
    for (uint32_t i = 0; i < inquiry->count; i++) {
        const struct candidate *it = &inquiry->set[i];
        if (i == waived) continue;
        switch (it->requirement.need) {
        case ASSIGNMENT_LOCK: inquiry->edge_holds[it->place] |= ASSIGNMENT_EDGE_LOCKED; break;
        case ASSIGNMENT_VETO: inquiry->edge_holds[it->place] |= ASSIGNMENT_EDGE_VETOED; break;
        case ASSIGNMENT_Q: inquiry->q_holds = true; break;
        case ASSIGNMENT_DEMAND_MIN:
        case ASSIGNMENT_SUPPLIER_MIN:
        case ASSIGNMENT_GROUP_MIN: inquiry->limit_holds[it->place] |= MIN_HOLDS; break;
        default: inquiry->limit_holds[it->place] |= MAX_HOLDS; break;
        }
    }
}

static uint32_t node_above(const struct inquiry *inquiry, uint32_t limit) {
    uint32_t parent = inquiry->frame->laminar.parent[limit];
    return parent == ASSIGNMENT_NONE ? 0 : inquiry->node[parent];
}

static void place_limit(struct inquiry *inquiry, uint32_t limit) {
    const struct assignment_frame *frame = inquiry->frame;
    uint32_t above = node_above(inquiry, limit);
    if (!inquiry->limit_holds[limit]) {
        inquiry->node[limit] = above;
        return;
    }
    uint32_t node = inquiry->node[limit] = inquiry->node_count++;
    bool demand_side = assignment_frame_is_demand_side(frame, limit);
    inquiry->arcs[inquiry->arc_count++] = (struct circulation_arc){
        .tail = demand_side ? above : node,
        .head = demand_side ? node : above,
        .lower = inquiry->limit_holds[limit] & MIN_HOLDS ? clip(inquiry, frame->limit_min[limit]) : 0,
        .upper = inquiry->limit_holds[limit] & MAX_HOLDS ? clip(inquiry, frame->limit_max[limit]) : ENDLESS};
}

static ieum_status try_without(struct inquiry *inquiry, uint32_t waived, struct problem *problem) {
    const struct assignment_frame *frame = inquiry->frame;
    hold_set(inquiry, waived);
    inquiry->node_count = 1;
    inquiry->arc_count = 0;
    for (uint32_t i = 0; i < frame->assignment->group_count; i++) {
        place_limit(inquiry, frame->first_group + frame->laminar.order[i]);
    }
    for (uint32_t limit = 0; limit < frame->first_group; limit++) place_limit(inquiry, limit);
    for (uint32_t edge = 0; edge < frame->edge_count; edge++) {
        uint32_t tail = inquiry->node[frame->edge_demand[edge]];
        uint32_t head = inquiry->node[assignment_frame_supplier(frame, edge)];
        if (tail == head) continue;
        bool locked = inquiry->edge_holds[edge] & ASSIGNMENT_EDGE_LOCKED;
        bool vetoed = inquiry->edge_holds[edge] & ASSIGNMENT_EDGE_VETOED;
        inquiry->arcs[inquiry->arc_count++] =
            (struct circulation_arc){tail, head, locked ? frame->unit : 0, vetoed ? 0 : edge_room(inquiry, edge)};
    }
    inquiry->work += (uint64_t)frame->edge_count + inquiry->arc_count * UINT64_C(8) + inquiry->node_count;
    return circulation_find(inquiry->node_count, inquiry->arcs, inquiry->arc_count, &inquiry->missing, inquiry->reach,
                            problem);
}

/* ---- what the cut of a failed trial needs ---- */

static uint8_t side_above(const struct inquiry *inquiry, uint32_t limit) {
    uint32_t parent = inquiry->frame->laminar.parent[limit];
    return inquiry->side[parent == ASSIGNMENT_NONE ? inquiry->frame->limit_count : parent];
}

/* Whether q bounds a pair that leads out of the cut. */
static bool cut_needs_q(const struct inquiry *inquiry) {
    const struct assignment_frame *frame = inquiry->frame;
    for (uint32_t edge = 0; edge < frame->edge_count; edge++) {
        bool leaves = inquiry->side[frame->edge_demand[edge]] && !inquiry->side[assignment_frame_supplier(frame, edge)];
        if (leaves && !(frame->edge_rule[edge] & ASSIGNMENT_EDGE_LOCKED)) return true;
    }
    return false;
}

/*
 * What waiving a requirement would cost the cut's surplus: -1 when the cut does without it, 0 when it would be lost.
 * What q costs depends on the vetoes, so a trial of its own must show whether it is needed.
 */
static int64_t weigh(const struct inquiry *inquiry, const struct candidate *it, bool *enters) {
    const struct assignment_frame *frame = inquiry->frame;
    enum assignment_need need = it->requirement.need;
    bool from, to;
    *enters = false;
    if (need == ASSIGNMENT_Q) return cut_needs_q(inquiry) ? 0 : -1;
    if (need == ASSIGNMENT_LOCK || need == ASSIGNMENT_VETO) {
        from = inquiry->side[frame->edge_demand[it->place]];
        to = inquiry->side[assignment_frame_supplier(frame, it->place)];
    } else {
        from = side_above(inquiry, it->place);
        to = inquiry->side[it->place];
        if (!assignment_frame_is_demand_side(frame, it->place)) {
            bool swap = from;
            from = to;
            to = swap;
        }
    }
    *enters = need == ASSIGNMENT_LOCK || need == ASSIGNMENT_DEMAND_MIN || need == ASSIGNMENT_SUPPLIER_MIN ||
              need == ASSIGNMENT_GROUP_MIN;
    if (from == to || to != *enters) return -1;
    if (need == ASSIGNMENT_LOCK) return frame->unit;
    if (need == ASSIGNMENT_VETO) return edge_room(inquiry, it->place);
    return *enters ? clip(inquiry, frame->limit_min[it->place]) : 0;
}

static int compare_weight(const void *one, const void *other) {
    const struct candidate *a = one, *b = other;
    if (a->weight != b->weight) return a->weight < b->weight ? -1 : 1;
    if (a->requirement.need != b->requirement.need) return a->requirement.need > b->requirement.need ? -1 : 1;
    return a->requirement.index > b->requirement.index ? -1 : a->requirement.index < b->requirement.index;
}

/* Sums the cut's two sides over the requirements of the set. */
static void sum_cut(struct inquiry *inquiry) {
    const struct assignment_frame *frame = inquiry->frame;
    inquiry->least = inquiry->room = 0;
    for (uint32_t edge = 0; edge < frame->edge_count; edge++) {
        bool leaves = inquiry->side[frame->edge_demand[edge]] && !inquiry->side[assignment_frame_supplier(frame, edge)];
        if (leaves) inquiry->room += edge_room(inquiry, edge);
    }
    for (uint32_t i = 0; i < inquiry->count; i++) {
        const struct candidate *it = &inquiry->set[i];
        bool enters;
        weigh(inquiry, it, &enters);
        if (enters)
            inquiry->least += it->weight;
        else if (it->requirement.need == ASSIGNMENT_VETO)
            inquiry->room -= it->weight;
        else if (it->requirement.need != ASSIGNMENT_Q)
            inquiry->room += clip(inquiry, frame->limit_max[it->place]);
    }
}

/* Takes over the cut of the last trial and keeps of the set what it needs: the heaviest that still make a surplus. */
static void take_cut(struct inquiry *inquiry, uint32_t waived) {
    uint32_t kept = 0;
    bool enters;
    for (uint32_t limit = 0; limit < inquiry->frame->limit_count; limit++) {
        inquiry->side[limit] = inquiry->reach[inquiry->node[limit]] & CIRCULATION_FROM_SURPLUS;
    }
    inquiry->side[inquiry->frame->limit_count] = inquiry->reach[0] & CIRCULATION_FROM_SURPLUS;
    for (uint32_t i = 0; i < inquiry->count; i++) {
        struct candidate it = inquiry->set[i];
        it.weight = weigh(inquiry, &it, &enters);
        if (i != waived && it.weight >= 0) inquiry->set[kept++] = it;
    }
    inquiry->count = kept;
    qsort(inquiry->set, inquiry->count, sizeof *inquiry->set, compare_weight);
    sum_cut(inquiry);
    kept = 0;
    for (uint32_t i = 0; i < inquiry->count; i++) {
        struct candidate it = inquiry->set[i];
        if (it.weight > 0 && inquiry->least - inquiry->room > it.weight) {
            weigh(inquiry, &it, &enters);
            *(enters ? &inquiry->least : &inquiry->room) += enters ? -it.weight : it.weight;
        } else {
            inquiry->set[kept++] = it;
        }
    }
    inquiry->count = kept;
}

/* ---- all of it ---- */

/* Whether waiving a requirement lets more through, by the trial of the whole set. */
static bool lets_through(const struct inquiry *inquiry, const struct candidate *it) {
    const struct assignment_frame *frame = inquiry->frame;
    bool pair = it->requirement.need == ASSIGNMENT_LOCK || it->requirement.need == ASSIGNMENT_VETO, enters;
    if (it->requirement.need == ASSIGNMENT_Q) return false; /* of q the trial says nothing */
    uint32_t from = pair ? inquiry->node[frame->edge_demand[it->place]] : node_above(inquiry, it->place);
    uint32_t to = inquiry->node[pair ? assignment_frame_supplier(frame, it->place) : it->place];
    weigh(inquiry, it, &enters);
    bool backwards = enters != (!pair && !assignment_frame_is_demand_side(frame, it->place));
    uint8_t start = inquiry->reach[backwards ? to : from], end = inquiry->reach[backwards ? from : to];
    return (start & CIRCULATION_FROM_SURPLUS) && (end & CIRCULATION_TO_DEFICIT);
}

/* Marks what is needed, as far as one trial of the whole set shows it; `*next`: one that is not, or `count`. */
static ieum_status judge_all(struct inquiry *inquiry, uint32_t *next, struct problem *problem) {
    ieum_status status = try_without(inquiry, UINT32_MAX, problem);
    *next = 0;
    if (status != IEUM_OK) return status;
    for (uint32_t i = 0; i < inquiry->count && inquiry->missing == 1; i++) {
        inquiry->set[i].needed = inquiry->set[i].needed || lets_through(inquiry, &inquiry->set[i]);
    }
    while (*next < inquiry->count && inquiry->set[*next].needed) (*next)++;
    return IEUM_OK;
}

static ieum_status reduce(struct inquiry *inquiry, bool *irreducible, struct problem *problem) {
    uint32_t next = 0;
    ieum_status status = try_without(inquiry, UINT32_MAX, problem);
    if (status != IEUM_OK) return status;
    if (inquiry->missing == 0) {
        return problem_set(problem, IEUM_INTERNAL, "", "배정이 없다는 판정이 다시 검사한 결과와 다릅니다.",
                           "The finding that there is no assignment was not confirmed by a second check.");
    }
    take_cut(inquiry, UINT32_MAX);
    status = judge_all(inquiry, &next, problem);
    while (status == IEUM_OK && next < inquiry->count && inquiry->work <= WORK_LIMIT) {
        status = try_without(inquiry, next, problem);
        if (status != IEUM_OK) break;
        if (inquiry->missing == 0) {
            inquiry->set[next].needed = true;
            while (next < inquiry->count && inquiry->set[next].needed) next++;
        } else {
            take_cut(inquiry, next);
            status = judge_all(inquiry, &next, problem);
        }
    }
    *irreducible = next == inquiry->count;
    return status;
}

static int compare_requirement(const void *one, const void *other) {
    const struct assignment_requirement *a = one, *b = other;
    if (a->need != b->need) return a->need < b->need ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

/* A lock on what cannot be chosen needs no search. False when there is none. */
static bool name_impossible_lock(const struct assignment_frame *frame, struct assignment_reason *reason) {
    for (uint32_t i = 0; i < frame->assignment->lock_count; i++) {
        uint32_t edge = frame->lock_edge[i], veto = 0;
        if (edge != ASSIGNMENT_NONE && !(frame->edge_rule[edge] & ASSIGNMENT_EDGE_VETOED)) continue;
        reason->requirements[reason->count++] = (struct assignment_requirement){ASSIGNMENT_LOCK, i};
        if (edge != ASSIGNMENT_NONE) {
            while (frame->veto_edge[veto] != edge) veto++;
            reason->requirements[reason->count++] = (struct assignment_requirement){ASSIGNMENT_VETO, veto};
        }
        reason->irreducible = true;
        reason->least = frame->unit;
        reason->room = 0;
        return true;
    }
    return false;
}

static bool inquiry_allocate(struct inquiry *inquiry) {
    const struct assignment_frame *frame = inquiry->frame;
    size_t limits = frame->limit_count, edges = frame->edge_count;
    size_t most = 2 * limits + frame->assignment->lock_count + frame->assignment->veto_count + 1;
    inquiry->set = memory_allocate(sizeof *inquiry->set * most);
    inquiry->limit_holds = memory_allocate(limits);
    inquiry->edge_holds = memory_allocate_zero(edges, 1);
    inquiry->node = memory_allocate(sizeof *inquiry->node * limits);
    inquiry->arcs = memory_allocate(sizeof *inquiry->arcs * (limits + edges));
    inquiry->reach = memory_allocate(limits + 1);
    inquiry->side = memory_allocate_zero(limits + 1, 1);
    return inquiry->set && inquiry->limit_holds && inquiry->edge_holds && inquiry->node && inquiry->arcs &&
           inquiry->reach && inquiry->side;
}

static void inquiry_free(struct inquiry *inquiry) {
    memory_free(inquiry->set);
    memory_free(inquiry->limit_holds);
    memory_free(inquiry->edge_holds);
    memory_free(inquiry->node);
    memory_free(inquiry->arcs);
    memory_free(inquiry->reach);
    memory_free(inquiry->side);
}

static ieum_status write_reason(const struct inquiry *inquiry, struct assignment_reason *reason,
                                struct problem *problem) {
    const struct assignment_frame *frame = inquiry->frame;
    uint32_t demands = frame->assignment->demand_count, suppliers = frame->assignment->supplier_count;
    reason->requirements = memory_allocate(sizeof *reason->requirements * inquiry->count);
    reason->demand_in_cut = memory_allocate(demands);
    reason->supplier_in_cut = memory_allocate(suppliers);
    reason->group_in_cut = memory_allocate(frame->assignment->group_count);
    if (!reason->requirements || !reason->demand_in_cut || !reason->supplier_in_cut || !reason->group_in_cut) {
        return problem_set_memory(problem);
    }
    for (uint32_t i = 0; i < inquiry->count; i++) reason->requirements[i] = inquiry->set[i].requirement;
    reason->count = inquiry->count;
    qsort(reason->requirements, reason->count, sizeof *reason->requirements, compare_requirement);
    memcpy(reason->demand_in_cut, inquiry->side, demands);
    memcpy(reason->supplier_in_cut, inquiry->side + frame->first_supplier, suppliers);
    memcpy(reason->group_in_cut, inquiry->side + frame->first_group, frame->assignment->group_count);
    reason->root_in_cut = inquiry->side[frame->limit_count];
    reason->least = inquiry->least;
    reason->room = inquiry->room;
    return IEUM_OK;
}

ieum_status infeasible_explain(const struct assignment_frame *frame, struct assignment_reason *reason,
                               struct problem *problem) {
    struct inquiry inquiry = {.frame = frame};
    ieum_status status = IEUM_OK;
    struct assignment_reason found = {.requirements = memory_allocate(2 * sizeof *found.requirements)};
    if (!found.requirements || !inquiry_allocate(&inquiry)) {
        status = problem_set_memory(problem);
        goto done;
    }
    if (name_impossible_lock(frame, &found)) goto done;
    memory_free(found.requirements);
    found.requirements = NULL;
    add_limits(&inquiry);
    add_pairs(&inquiry, frame->lock_edge, frame->assignment->lock_count, ASSIGNMENT_LOCK, ASSIGNMENT_EDGE_LOCKED);
    add_pairs(&inquiry, frame->veto_edge, frame->assignment->veto_count, ASSIGNMENT_VETO, ASSIGNMENT_EDGE_VETOED);
    if (frame->most < frame->unit) add(&inquiry, (struct assignment_requirement){ASSIGNMENT_Q, 0}, ASSIGNMENT_NONE);
    status = reduce(&inquiry, &found.irreducible, problem);
    if (status == IEUM_OK) status = write_reason(&inquiry, &found, problem);
done:
    inquiry_free(&inquiry);
    if (status == IEUM_OK)
        *reason = found;
    else
        infeasible_free(&found);
    return status;
}

void infeasible_free(struct assignment_reason *reason) {
    memory_free(reason->requirements);
    memory_free(reason->demand_in_cut);
    memory_free(reason->supplier_in_cut);
    memory_free(reason->group_in_cut);
    *reason = (struct assignment_reason){0};
}
