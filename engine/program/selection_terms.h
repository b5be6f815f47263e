/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plain numbers of a selection: what a program file settles (selection_rules.h) and what match/selection.h goes by. Points are whole numbers of 10⁻⁹ point,
 * money is KRW. Must not know records or JSON.
 */
#ifndef IEUM_PROGRAM_SELECTION_TERMS_H
#define IEUM_PROGRAM_SELECTION_TERMS_H

#include <stdbool.h>
#include <stdint.h>

#define SELECTION_POINT INT64_C(1000000000)     /* one point */
#define SELECTION_MARK_MOST (100 * SELECTION_POINT) /* marks, rubric points, bonus and totals are of 100 */
#define SELECTION_NO_LIMIT INT64_MAX
#define SELECTION_NOT_GIVEN INT64_MIN
#define SELECTION_AMOUNT_MOST INT64_C(1000000000000000)

/* Why a member of the committee does not judge an applicant: 제척 (by rule), 기피 (on a party's motion), 회피 (by oneself). */
enum selection_recusal { RECUSAL_NONE, RECUSAL_BY_RULE, RECUSAL_ON_MOTION, RECUSAL_BY_ONESELF, RECUSALS };
/* "", "제척", "기피", "회피" */
extern const char *const selection_recusal_names[RECUSALS];

/* What tells two equal totals apart: more committee points, more rubric points, more bonus, received earlier, the lower id. */
enum selection_tie { TIE_COMMITTEE, TIE_RUBRIC, TIE_BONUS, TIE_RECEIVED, TIE_ID, SELECTION_TIES };
/* "committee", "rubric", "bonus", "received", "id" */
extern const char *const selection_tie_names[SELECTION_TIES];

/* Which task of a firm stays: the first received among those that nothing else bars, the first received whatever became of it, or any number. */
enum selection_tasks { TASKS_FIRST_VALID, TASKS_FIRST_RECEIVED, TASKS_ANY, SELECTION_TASKS };
extern const char *const selection_task_names[SELECTION_TASKS]; /* "first_valid", "first_received", "any" */

/*
 * What the first applicant in rank order who asks for more than is left of the budget does to the list: ends it; is passed over, and later ones who fit are taken;
 * or gets what is left, and ends it.
 */
enum selection_unfit { UNFIT_STOP, UNFIT_SKIP, UNFIT_REDUCE, SELECTION_UNFITS };
extern const char *const selection_unfit_names[SELECTION_UNFITS]; /* "stop", "skip", "reduce" */

/* What the amount in an application is: the cost of the project, of which the firm pays its own share, or the support asked for beside that share. */
enum selection_amount { AMOUNT_PROJECT_COST, AMOUNT_SUPPORT, SELECTION_AMOUNTS };
extern const char *const selection_amount_names[SELECTION_AMOUNTS]; /* "project_cost", "support" */

enum { SELECTION_DECIMALS_MOST = 9, OWN_SHARE_WHOLE = 10000 /* own shares are hundredths of a percent */, OWN_SHARE_MOST = 9900 };

struct selection_terms {
    int64_t weight_rubric, weight_committee; /* 10⁻⁹; they sum to 10⁹. Without any marks the rubric counts alone. */
    int decimals;                            /* 0..9: rubric, committee and total are each rounded half up to as many, so that printed points can be added up again */
    uint32_t least_members;                  /* marks that count (after recusals, before any is dropped); more than the two below together */
    uint32_t drop_highest, drop_lowest;
    int64_t bonus_most;
    int64_t least_total;                     /* less is not selected; 0: no such line */
    enum selection_tie ties[SELECTION_TIES];
    uint32_t tie_count;                      /* what is left equal is told apart by the id */
    enum selection_tasks tasks;
    enum selection_unfit unfit;
    enum selection_amount amount;
    int64_t quota, budget_krw, cap_krw;      /* SELECTION_NO_LIMIT */
    int64_t reserve;                         /* places of the reserve list, of each track's where there are tracks; SELECTION_NO_LIMIT */
    const int64_t *track_quotas;             /* one a track, SELECTION_NO_LIMIT; who is in none has the quota alone */
    uint32_t track_count;
};

#endif
