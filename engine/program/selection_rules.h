/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The section "selection" of a program file: by which points applicants are ranked, what knocks them out, what money they get, and what is shown to a person.
 * Every reading that sources leave open stands here as a choice (data/schema/program.schema.json). Testing records against the rules is judge.h.
 */
#ifndef IEUM_PROGRAM_SELECTION_RULES_H
#define IEUM_PROGRAM_SELECTION_RULES_H

#include "program.h"
#include "selection_terms.h"

/* Points for a demand that meets the rule. */
struct selection_bonus {
    struct text2 title;
    int64_t points; /* 10⁻⁹ */
    struct rule rule;
};

/* Of firms of these sizes, the least part of the project's cost that they pay themselves, in hundredths of a percent. */
struct selection_share {
    struct text_list sizes;
    int64_t share;
};

/* Two applicants, or an applicant and a supplier, with equal values here are shown to a person; nothing is barred by it. */
struct selection_flag {
    const char *id;
    struct text2 title;
    const char *field, *supplier_field; /* pointers; the second NULL: applicants are compared among themselves only */
};

/* A step of the funnel: whom the quota counts, and whether money is given in it. */
enum selection_quota { QUOTA_DEMANDS, QUOTA_PROJECTS, QUOTA_NONE, SELECTION_QUOTAS };
struct selection_stage {
    const char *id;
    struct text2 title;
    enum selection_quota quota;
    bool budget;
};

struct selection_rules {
    bool given;                   /* false: the file has no such section. Then the rubric alone ranks, and quota and budget hold. */
    struct selection_terms terms; /* quota, budget and cap are those of the stage: selection_stage_terms */
    bool shortlist_mean;          /* rubric points of a demand: the mean of its shortlist; false: its best supplier's */
    struct selection_bonus *bonus;
    size_t bonus_count;
    const char *amount_field;     /* pointer */
    bool missing_asks_cap;        /* an application without an amount asks for what it may have at most; false: for nothing */
    struct selection_share *shares;
    size_t share_count;
    int64_t share_otherwise;
    const char *const *receipt;   /* pointers: the first that is there says when an application was received */
    size_t receipt_count;
    struct text_list double_award; /* ids of programs whose award bars the firm */
    const struct selection_stage *stages; /* at least one */
    size_t stage_count;
    struct rule *knock_outs;       /* on demands */
    size_t knock_out_count;
    struct rule *supplier_knock_outs;
    size_t supplier_knock_out_count;
    struct selection_flag *flags;
    size_t flag_count;
};

/* Sets program->selection; quota and budget must have been read. */
ieum_status selection_rules_read(const jval *resolved, struct program *program, struct problem *problem);
void selection_rules_release(struct selection_rules *rules); /* what is not in the arena; NULL is fine */

/* The stage of that name, the first when `id` is NULL; NULL when there is none. */
const struct selection_stage *selection_stage_find(const struct selection_rules *rules, const char *id);
/* The terms with the quota, the budget and the cap of a stage. */
struct selection_terms selection_stage_terms(const struct program *program, const struct selection_stage *stage);
/* The own share of a firm of that size (NULL: not given), in hundredths of a percent. */
int64_t selection_share_of(const struct selection_rules *rules, const char *size);

#endif
