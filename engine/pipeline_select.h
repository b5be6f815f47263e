/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Selection of a program's applicants: records → eligible → feature → score → select. Without a committee's marks the rubric counts alone, and the answer
 * says so.
 */
#ifndef IEUM_PIPELINE_SELECT_H
#define IEUM_PIPELINE_SELECT_H

#include "match/selection.h"
#include "pipeline.h"
#include "program/selection_rules.h"

/* What one member of the committee says of one demand. */
struct select_mark {
    const char *member;              /* a code of the member */
    int64_t mark;                    /* 10⁻⁹ point; not looked at when recused */
    enum selection_recusal recusal;
    const char *reason, *time;       /* of a recusal; NULL: not given */
};
struct select_marks {
    const char *demand;
    const struct select_mark *items;
    size_t count;
};
/* An award that a firm has: it bars the firm when the program's file names the program under double_award. */
struct select_award {
    const char *firm; /* registration number or name */
    const char *program;
};

struct select_question {
    const char *program;
    const char *stage;                      /* NULL: the program's first */
    struct record_choice demands, suppliers;
    const char *const *among;               /* only these demands (those that an earlier stage took); NULL: all. An unknown one is NOT_FOUND */
    size_t among_count;
    const struct select_marks *marks;
    size_t marks_count;
    const struct select_award *awards;
    size_t award_count;
    const struct waiver *waivers;           /* rules that demands need not keep */
    size_t waiver_count;
};

/* Applicants, or an applicant and suppliers, that share a value of a field: to be looked at by a person. */
struct select_alike {
    const struct selection_flag *flag;
    const uint32_t *applicants; /* the others, by applicant */
    size_t applicant_count;
    const uint32_t *suppliers;  /* by the cohort */
    size_t supplier_count;
};

/* One applicant beside what match/selection.h says of it. */
struct select_applicant {
    uint32_t demand;            /* of the cohort */
    struct findings verdict;    /* eligibility */
    struct findings knock_outs; /* rules of the selection that did not simply pass */
    struct findings funding;    /* rules of the money that did not simply pass; not eligible: it is taken without money */
    struct findings bonus;      /* rules of the bonus that did not simply pass */
    bool *bonus_earned;         /* one a bonus of the program */
    uint32_t best;              /* the supplier that earns most points with it; SELECTION_NONE: none may be paired with it */
    size_t candidates;          /* suppliers that may be paired with it */
    const char *receipt;        /* when received; NULL: not given */
    const struct select_marks *marks; /* of the question; NULL: none */
    struct select_alike *alike;
    size_t alike_count;
    bool amount_assumed;        /* the application has no amount */
};
struct select_supplier_out { /* a supplier that the selection's rules knock out */
    uint32_t supplier;
    struct findings findings;
};

struct select_answer { /* borrows the question's marks and awards */
    struct suggest_answer suggested; /* program and records */
    const struct selection_rules *rules;
    const struct selection_stage *stage;
    struct selection_terms terms;
    struct select_applicant *applicants;
    struct selection_applicant *asked; /* the same applicants as match/selection.h takes them */
    size_t count;
    struct selection_result result;
    struct select_supplier_out *suppliers_out;
    size_t suppliers_out_count, suppliers_to_confirm;
    const struct select_award *awards; /* of the question */
    size_t award_count, award_matches; /* awards that bar one applicant or more */
    struct arena *arena;
};
ieum_status pipeline_select(struct workspace *workspace, const struct select_question *question, struct select_answer *answer, struct problem *problem);
void select_answer_free(struct select_answer *answer); /* a zeroed struct is fine */

#endif
