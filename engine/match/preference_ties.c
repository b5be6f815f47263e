/* SPDX-License-Identifier: Apache-2.0 */
/* The scores of one agent after the other go through one hash table; an agent's number in a slot says that it is taken.
 */
#include "preference_ties.h"

#include "../base/memory.h"

struct mark {
    int64_t score;
    uint32_t agent;
};

struct marks {
    struct mark *mark; /* 2^bits */
    int bits;
};

/* At least twice as many slots as any of the lists start[i] .. start[i + 1] is long. */
static bool marks_open(struct marks *marks, const uint32_t *start, uint32_t count) {
    uint32_t longest = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (start[i + 1] - start[i] > longest) longest = start[i + 1] - start[i];
    }
    marks->bits = 4;
    while ((UINT64_C(1) << marks->bits) < 2 * (uint64_t)longest) marks->bits++;
    marks->mark = memory_allocate_zero((size_t)1 << marks->bits, sizeof *marks->mark);
    return marks->mark != NULL;
}

/* Whether the agent, counted from 1, had this score before. */
static bool seen_before(struct marks *marks, uint32_t agent, int64_t score) {
    uint64_t mask = (UINT64_C(1) << marks->bits) - 1;
    uint64_t at = (uint64_t)score * UINT64_C(0x9E3779B97F4A7C15) >> (64 - marks->bits);
    while (marks->mark[at].agent == agent) {
        if (marks->mark[at].score == score) return true;
        at = (at + 1) & mask;
    }
    marks->mark[at] = (struct mark){score, agent};
    return false;
}

static bool is_acceptable(const struct assignment_problem *assignment, const int64_t *supplier_score, uint32_t edge) {
    return assignment->edge_score[edge] > 0 && supplier_score[edge] > 0;
}

static bool demand_has_ties(const struct assignment_problem *assignment, const int64_t *supplier_score,
                            struct marks *marks) {
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        for (uint32_t e = assignment->edge_start[d]; e < assignment->edge_start[d + 1]; e++) {
            if (!is_acceptable(assignment, supplier_score, e)) continue;
            if (seen_before(marks, d + 1, assignment->edge_score[e])) return true;
        }
    }
    return false;
}

/* Sorts the acceptable scores by supplier: those of s come to lie from start[s] to start[s + 1]. */
static void sort_by_supplier(const struct assignment_problem *assignment, const int64_t *supplier_score,
                             uint32_t *start, int64_t *sorted) {
    uint32_t edges = assignment->edge_start[assignment->demand_count];
    for (uint32_t e = 0; e < edges; e++) {
        start[assignment->edge_supplier[e] + 2] += is_acceptable(assignment, supplier_score, e);
    }
    for (uint32_t s = 2; s <= assignment->supplier_count; s++) start[s] += start[s - 1];
    for (uint32_t e = 0; e < edges; e++) {
        if (is_acceptable(assignment, supplier_score, e)) {
            sorted[start[assignment->edge_supplier[e] + 1]++] = supplier_score[e];
        }
    }
}

static bool supplier_has_ties(uint32_t supplier_count, const uint32_t *start, const int64_t *sorted,
                              struct marks *marks) {
    for (uint32_t s = 0; s < supplier_count; s++) {
        for (uint32_t i = start[s]; i < start[s + 1]; i++) {
            if (seen_before(marks, s + 1, sorted[i])) return true;
        }
    }
    return false;
}

static ieum_status find_supplier_ties(const struct assignment_problem *assignment, const int64_t *supplier_score,
                                      bool *ties, struct problem *problem) {
    uint32_t suppliers = assignment->supplier_count;
    uint32_t *start = memory_allocate_zero((size_t)suppliers + 2, sizeof *start);
    int64_t *sorted = memory_allocate(sizeof *sorted * assignment->edge_start[assignment->demand_count]);
    struct marks marks = {0};
    ieum_status status = IEUM_OK;
    if (!start || !sorted) {
        status = problem_set_memory(problem);
        goto done;
    }
    sort_by_supplier(assignment, supplier_score, start, sorted);
    if (marks_open(&marks, start, suppliers))
        *ties = supplier_has_ties(suppliers, start, sorted, &marks);
    else
        status = problem_set_memory(problem);
done:
    memory_free(start);
    memory_free(sorted);
    memory_free(marks.mark);
    return status;
}

ieum_status preference_ties_find(const struct assignment_problem *assignment, const int64_t *supplier_score, bool *ties,
                                 struct problem *problem) {
    struct marks marks;
    if (!marks_open(&marks, assignment->edge_start, assignment->demand_count)) return problem_set_memory(problem);
    *ties = demand_has_ties(assignment, supplier_score, &marks);
    memory_free(marks.mark);
    return *ties ? IEUM_OK : find_supplier_ties(assignment, supplier_score, ties, problem);
}
