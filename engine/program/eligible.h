/* SPDX-License-Identifier: Apache-2.0 */
/* Stage "eligible": which demands a program may take, and which pairs it may propose, with every failing rule. */
#ifndef IEUM_PROGRAM_ELIGIBLE_H
#define IEUM_PROGRAM_ELIGIBLE_H

#include "program.h"

enum verdict { VERDICT_PASS, VERDICT_FAIL, VERDICT_CONFIRM, VERDICT_WAIVED }; /* CONFIRM: a field is missing and the program asks for it; WAIVED: it fails, and a person lets it pass */

/* One rule that did not simply pass, or that passed on grounds worth telling. Texts live in the arena. */
struct finding {
    const struct rule *rule;
    enum verdict verdict;
    const char *value;     /* what the verdict rests on, as text; NULL when missing */
    const char *expected;  /* language-neutral */
    struct text2 text;     /* a full sentence with value, and the date it rests on where there is one */
    struct text2 detail;   /* belongs_to: which member of the union holds or does not, and why; else NULLs */
    const char *member, *basis; /* of a union that the firm belongs to: the member that holds, and what tells so; else NULL */
    struct date date;      /* the date the verdict rests on (reference date), year 0: none */
};
struct findings {
    struct finding *items; /* in the order of the rules */
    size_t count;
    struct finding *grounds; /* rules that passed on grounds worth telling: a union, by which member and which evidence */
    size_t ground_count;
    bool eligible;         /* no item FAILs */
    bool to_confirm;       /* some item asks */
};

ieum_status eligible_demand(const struct program *program, const struct demand *demand, struct arena *arena,
                            struct findings *findings, struct problem *problem);
/* Who may be given money: eligible without any rule of it. */
ieum_status eligible_funding(const struct program *program, const struct demand *demand, struct arena *arena,
                             struct findings *findings, struct problem *problem);
ieum_status eligible_pair(const struct program *program, const struct demand *demand, const struct supplier *supplier,
                          struct arena *arena, struct findings *findings, struct problem *problem);

/* What a person decided in a round, with a reason that the round keeps: the demand need not keep this rule of "eligibility", which the program marks as waivable. */
struct waiver {
    const char *demand, *rule;
};
/* Failures of the demand's findings that are waived become WAIVED; a rule that is not waivable stays as it is. */
void findings_waive(struct findings *findings, const char *demand, const struct waiver *waivers, size_t count);

/* The same of other rules on a demand (`supplier` NULL) or on a supplier (`supplier_field`s). */
ieum_status findings_collect(const struct rule *rules, size_t count, const struct demand *demand,
                             const struct supplier *supplier, struct arena *arena, struct findings *findings,
                             struct problem *problem);

#endif
