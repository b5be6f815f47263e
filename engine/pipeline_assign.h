/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Assignment by any method: who is paired with whom, the proof of it, what it is like; and around it what an office asks
 * next: the cheapest repair when there is none, why and why not for single pairs, whether short lists were long enough,
 * what the other methods would have done.
 *
 * In: an assignment_question, in indices. Out: an assignment_answer. Nothing leaves whose proof does not hold: each
 * method checks its own. Knows neither records nor JSON.
 */
#ifndef IEUM_PIPELINE_ASSIGN_H
#define IEUM_PIPELINE_ASSIGN_H

#include "match/leximin.h"
#include "match/pair_cost.h"
#include "match/random_assignment.h"
#include "match/rematch.h"
#include "match/repair.h"
#include "match/stable.h"
#include "match/truncation.h"
#include "measure/assignment_measures.h"

enum assign_method { ASSIGN_MAX_SUM, ASSIGN_LEXIMIN, ASSIGN_STABLE, ASSIGN_RANDOM, ASSIGN_REMATCH, ASSIGN_METHODS };
extern const char *const assign_method_names[ASSIGN_METHODS]; /* "max_sum" …; "rematch" is max_sum with previous pairs */

/* Several demands of the problem that are one to whoever asks: those of `whole` w are start[w] .. start[w + 1], and it takes `most[w]`. start NULL: each is its own. */
struct assignment_wholes {
    const uint32_t *start;
    const int64_t *most;
    uint32_t count;
};

struct assignment_question {
    struct assignment_problem problem;
    enum assign_method method;
    const int64_t *supplier_score; /* stable: per candidate pair; NULL: the same as edge_score */
    uint32_t q_part, q_whole;      /* random: q = part/whole (random_assignment_fraction) */
    uint64_t seed;                 /* random */
    const struct assignment_pair *previous; /* rematch */
    uint32_t previous_count;
    struct repair_question repair; /* what may be waived when there is no assignment */
    const struct assignment_pair *explain; /* max_sum */
    uint32_t explain_count;
    const int64_t *cutoff;            /* max_sum: per demand (truncation.h); NULL: the lists are complete */
    const uint8_t *supplier_newcomer; /* for the measures; NULL: not known */
    struct assignment_wholes wholes;  /* for the measures, which are of whole demands; a comparison leaves out stable, which cannot keep them together */
    bool compare;                     /* measure the other methods too */
};
/* max_sum with q 1, seed 1 and the standard repair; the rest is the caller's. */
struct assignment_question assignment_question_of(const struct assignment_problem *assignment);
/* The method of that name; false when there is none. */
bool assign_method_find(const char *name, enum assign_method *method);

struct assignment_comparison {
    enum assign_method method;
    enum assignment_status status;
    struct assignment_measures measures; /* when optimal */
};

struct assignment_answer {
    enum assign_method method;
    enum assignment_status status;
    /* What every method's result has; borrowed from it. Without pairs when infeasible. */
    const uint8_t *edge_rule, *chosen;
    const struct assignment_pair *pairs;
    uint32_t pair_count;
    int64_t total;
    union {
        struct assignment_result max_sum;
        struct leximin_result leximin;
        struct stable_result stable;
        struct random_assignment_result random;
        struct rematch_result rematch;
    } by;
    struct assignment_measures measures; /* when optimal */
    /* The cheapest repair, sought when there is no assignment by max_sum, leximin or rematch. */
    bool repair_sought;
    struct repair repair;
    struct pair_costs explained; /* when optimal: one a pair of question.explain */
    bool truncation_judged;      /* when optimal and there are cutoffs */
    struct truncation truncation;
    struct assignment_comparison compared[ASSIGN_METHODS];
    uint32_t compared_count;
};

/* Errors as those of the methods, repair_find, pair_costs_explain and truncation_judge. `*answer` is written on IEUM_OK only. */
ieum_status pipeline_assign(const struct assignment_question *question, struct assignment_answer *answer, struct problem *problem);
void assignment_answer_free(struct assignment_answer *answer); /* a zeroed struct is fine */
/* Why there is no assignment; NULL when there is one, or when by.stable.broken says why. Borrowed from the answer. */
const struct assignment_reason *assignment_answer_reason(const struct assignment_answer *answer);

#endif
