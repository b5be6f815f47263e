/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program's whole round, up to the proposal: records → eligible → feature → score → assign.
 *
 * Everything the proposal depends on beside the records is in the question, so that the same question over the same records gives the same proposal (replay), and a
 * changed one says what the change does (what-if).
 */
#ifndef IEUM_PIPELINE_MATCH_H
#define IEUM_PIPELINE_MATCH_H

#include "pipeline.h"
#include "pipeline_assign.h"

struct match_pair {
    const char *demand, *supplier;
    bool fixed; /* of a lock or veto: no repair may lift it (a recusal, an agreement) */
};
/* Bounds of one demand or supplier in place of the program's. */
struct match_bounds {
    bool demand_side;
    const char *id;
    int64_t least, most; /* -1: as it is */
};

struct match_question {
    struct suggest_question suggest; /* program, records, model, k … */
    const char *method;              /* NULL: the program's. "rematch": the fewest of `previous` change */
    bool selected_only;              /* only `selected` demands take part; false: all that are eligible */
    struct text_list selected;
    const char *applied_from, *applied_to; /* only demands that applied in these days; NULL: open */
    struct text_list demands_out, suppliers_out; /* take no part */
    const struct match_pair *locks, *vetoes, *previous;
    size_t lock_count, veto_count, previous_count;
    const struct match_bounds *bounds;
    size_t bounds_count;
    struct text_list experienced; /* suppliers that are no newcomers */
    bool newcomers_known;         /* `experienced` is given */
    double q;                     /* random: no pair is surer; 0: 1 */
    uint64_t seed;
    bool compare;                 /* also measure the other methods */
    const struct match_pair *explain; /* max_sum: pairs to explain */
    size_t explain_count;
};

/*
 * Variety within a demand (program.h), as a flow can carry it: a demand is split into one row for each value that its suppliers have, the row takes at most the
 * rule's most, and a group of the rows takes what the demand takes. Nothing is asked: values is NULL.
 */
struct match_variety {
    const char **values; /* those that occur, sorted; "": not stated */
    uint32_t value_count;
    uint32_t *of_supplier, *of_row; /* its value */
    uint32_t *whole_start, whole_count; /* the rows of demand w are whole_start[w] .. whole_start[w + 1] */
    int64_t *whole_min, *whole_max;     /* suppliers of the demand as a whole */
};

struct match_answer {
    struct suggest_answer suggested; /* shortlists of all demands that asked, eligible or not */
    bool assigned;                   /* false: nothing to assign */
    uint32_t *rows;                  /* demand d of the assignment is shortlist rows[d] (those that take part); with variety several in a row are one demand's */
    uint32_t row_count;
    struct match_variety variety;
    uint32_t *edge_start, *edge_supplier;
    int64_t *edge_score, *demand_min, *demand_max, *supplier_min, *supplier_max;
    uint8_t *newcomer;               /* a supplier: 1 when it is one; NULL: not known */
    struct assignment_pair *locks, *vetoes, *previous, *explain; /* those that name who takes part */
    const struct match_pair **lock_of, **veto_of; /* the question's pair behind each */
    struct assignment_group *groups;
    const struct group_rule **group_rules; /* one a group: the program's rule it comes from */
    const char **group_values;             /* one a group: the value its members share, NULL: none */
    struct arena *arena;
    const struct repair_barred *barred; /* pairs that waivable rules alone bar: a repair may let them in; found when there is no assignment */
    uint32_t barred_count;
    struct assignment_question question; /* borrows the arrays above */
    struct assignment_answer answer;
};
/*
 * NOT_FOUND names a demand or supplier of locks, vetoes or bounds that there is not. CONFLICT: a lock on a demand or supplier that takes no part, or a group with a
 * minimum that nobody belongs to. That there is no assignment is an answer.
 */
ieum_status pipeline_match(struct workspace *workspace, const struct match_question *question, struct match_answer *answer, struct problem *problem);
void match_answer_free(struct match_answer *answer); /* a zeroed struct is fine */

#endif
