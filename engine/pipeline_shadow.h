/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The shadow round (그림자 회차): a past round's applications, suppliers and decisions laid beside what the program's rules and points say of them, so that an office
 * can try the engine on its own past before it trusts it. Nothing is stored and no store is needed: all three come from files or inline.
 *
 * What is compared with what:
 *   – Of each decision: whether the rules take the demand and allow the pair, the rank that the chosen supplier has for that demand among those that the rules
 *     allow, the best of these, and the criterion on which the chosen one falls behind it most.
 *   – Of all decisions together: the methods of assignment are given the demands that were decided and are eligible, each as many suppliers as it was given, and
 *     each supplier as many demands as the program allows it, or as it was given where that was more. So every method answers the same question as the people
 *     did, and totals stand side by side. Decided pairs that rules bar are scored as if nothing barred them, and no method may choose them.
 */
#ifndef IEUM_PIPELINE_SHADOW_H
#define IEUM_PIPELINE_SHADOW_H

#include "pipeline.h"

struct shadow_question {
    const char *program;
    struct record_choice suppliers, demands, decisions; /* a file or inline each */
    const char *model;                                  /* its id or path; NULL: the program's */
    bool fit_only;                                      /* rank by the fit criteria alone */
    uint32_t q_part, q_whole;                           /* of the method random: no pair surer than part/whole (random_assignment_fraction) */
    uint64_t seed;
};

/* Why a decision cannot be judged. */
enum shadow_unseen {
    SHADOW_UNKNOWN_DEMAND,
    SHADOW_UNKNOWN_SUPPLIER,
    SHADOW_OTHER_PROGRAM, /* the demand is one of another program */
    SHADOW_LATENT,        /* the demand has not applied */
    SHADOW_TWICE,         /* the same pair stands on an earlier line */
    SHADOW_AMBIGUOUS,     /* several records have the name that stands there for an id */
    SHADOW_UNSEEN_KINDS
};
extern const char *const shadow_unseen_names[SHADOW_UNSEEN_KINDS]; /* "unknown_demand" … */

/* What a supplier's score is short of the best one's, by criterion. */
struct shadow_gap {
    uint32_t criterion; /* of the program; SHADOW_NO_CRITERION: what is no criterion's (a learned model's own) */
    int64_t by;         /* 10⁻⁹ of the score, above 0 where the decided one falls behind */
};
#define SHADOW_NO_CRITERION UINT32_MAX

struct shadow_decision {
    const struct decision *decision;
    uint32_t demand, supplier;  /* of the cohort */
    struct findings verdict;    /* of the demand */
    struct findings pair;       /* of the pair */
    size_t allowed;             /* suppliers that the rules allow the demand */
    size_t rank;                /* among these; 0: the pair is barred */
    size_t rank_without_rules;  /* among all suppliers */
    int64_t score, rubric;      /* 10⁻⁹, of what ranks, and of the published points; whatever the rules say */
    uint32_t best;              /* the supplier at rank 1; UINT32_MAX: the rules allow none */
    int64_t best_score, best_rubric;
    struct shadow_gap *gaps;    /* decided against best, greatest first; none where the decided one is as good as the best */
    size_t gap_count;
    uint32_t proposed_by;       /* bit m: method m of the answer proposes this pair */
};

struct shadow_not_seen {
    const struct decision *decision;
    enum shadow_unseen why;
    size_t other_line; /* TWICE: of the decision it repeats; 0: not known */
};

/* Decisions that a rule speaks against. */
struct shadow_rule {
    const struct rule *rule;
    bool of_pair;
    size_t decisions;
};

struct shadow_method {
    const char *method;        /* "decided", "max_sum" … */
    enum assignment_status status;
    struct assignment_measures measures; /* when there is an assignment */
    size_t common;             /* its pairs that were decided too */
};
enum { SHADOW_METHODS_MOST = 1 + ASSIGN_METHODS };

struct shadow_answer {
    struct suggest_answer suggested; /* program, records, verdicts, scores */
    struct record_set decisions;
    struct record_set all_demands;   /* of every program, as they were read */
    struct arena *arena;
    struct shadow_decision *items;   /* in the order of the decisions */
    size_t count;
    struct shadow_not_seen *unseen;
    size_t unseen_count;
    struct shadow_rule *rules;       /* in the program's order */
    size_t rule_count;
    size_t demand_count;             /* demands with a decision */
    size_t ineligible, barred;       /* decisions that rules speak against */
    size_t over_capacity;            /* suppliers with more decisions than they may have */
    size_t at_first, in_top3, in_top10;
    double reciprocal_rank;          /* mean over the demands with a decision of 1 / the best rank decided for them, barred: 0 (Voorhees 1999) */
    size_t compared_demands, compared_pairs;          /* what the methods were asked about */
    struct shadow_method methods[SHADOW_METHODS_MOST]; /* the first: what was decided */
    size_t method_count;
};

/* INVALID (file, line, column) for what is no decision, and as pipeline_suggest; a decision that cannot be judged is none of these but listed. */
ieum_status pipeline_shadow(struct workspace *workspace, const struct shadow_question *question, struct shadow_answer *answer, struct problem *problem);
void shadow_answer_free(struct shadow_answer *answer); /* a zeroed struct is fine */

#endif
