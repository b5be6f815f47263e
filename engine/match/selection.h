/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage "select": which applicants a round takes, in exact whole numbers.
 *
 * In order: who is not eligible, is knocked out by a rule or has an award elsewhere falls out; of a firm with several tasks one stays; the others get their total
 *
 *     total = weight_rubric · rubric + weight_committee · committee + min(bonus, most),   committee = mean of the counted marks without the highest and lowest
 *
 * where rubric, committee and total are each rounded half up to `decimals`; they are ranked by total, then by the ties in their order, then by their index; and are
 * taken in that order until quota or budget is spent; where there are tracks, until the quota of its own is spent, with a reserve list for each. Totals never pass through floating point: sums are below 2¹²⁷ by the limits checked (marks and points at most
 * 100·10⁹, weights 10⁹, at most 10⁶ marks).
 *
 * Applicants stand in the order of their ids, so a lower index is a lower id. It must not know records, rules or how the points came about.
 */
#ifndef IEUM_MATCH_SELECTION_H
#define IEUM_MATCH_SELECTION_H

#include <stddef.h>

#include "../base/problem.h"
#include "../program/selection_terms.h"

#define SELECTION_NONE UINT32_MAX

struct selection_mark {
    uint32_t member; /* no two marks of an applicant are of one member */
    int64_t mark;    /* 10⁻⁹ point; not looked at when recused */
    enum selection_recusal recusal;
};

struct selection_applicant {
    const char *id;      /* for problems */
    bool eligible;
    uint32_t knock_out;  /* index of the rule that knocks it out, for the caller; SELECTION_NONE: none does */
    uint32_t award;      /* index of the award that blocks it, likewise */
    int64_t rubric, bonus; /* 10⁻⁹ point */
    const struct selection_mark *marks;
    size_t mark_count;
    int64_t amount_krw;  /* as the terms read it; SELECTION_NOT_GIVEN: asks for nothing */
    int64_t own_share;   /* hundredths of a percent of the project's cost, 0 .. OWN_SHARE_MOST */
    bool unfunded;       /* may be taken but given no money: takes a place and nothing of the budget */
    uint32_t firm;       /* equal: the same firm */
    uint32_t track;      /* of the terms; track_count: in none */
    int64_t received;    /* smaller: earlier; equal ones are told apart by the index */
};

enum selection_verdict { SELECTION_SELECTED, SELECTION_RESERVE, SELECTION_NOT_SELECTED, SELECTION_KNOCKED_OUT, SELECTION_INELIGIBLE, SELECTION_VERDICTS };
extern const char *const selection_verdict_names[SELECTION_VERDICTS]; /* "selected", "reserve", … */

enum selection_reason {
    REASON_TAKEN,       /* within quota and budget */
    REASON_REDUCED,     /* taken with what was left of the budget */
    REASON_QUOTA,       /* the quota was full */
    REASON_BUDGET,      /* asks for more than is left, or the budget was spent before it */
    REASON_BELOW_LEAST, /* the total is below the least */
    REASON_RULE,        /* knocked out by a rule */
    REASON_AWARD,       /* has an award elsewhere */
    REASON_SECOND_TASK, /* another task of the same firm stays */
    REASON_INELIGIBLE,
    REASON_TRACK_QUOTA, /* the quota of its track was full */
    SELECTION_REASONS
};
extern const char *const selection_reason_names[SELECTION_REASONS]; /* "taken", "reduced", "quota", … */

/* What became of one applicant. */
struct selection_place {
    enum selection_verdict verdict;
    enum selection_reason reason;
    uint32_t rank;     /* 1, 2 …; 0: fell out before ranking, the points below are then not given */
    uint32_t reserve;  /* place of the reserve list (of its track), 1 …; 0: none */
    uint32_t other;    /* REASON_SECOND_TASK: the applicant that stays */
    uint32_t counted, recused; /* members */
    int64_t rubric, committee, bonus, total; /* as they count; committee SELECTION_NOT_GIVEN when there are no marks */
    enum selection_tie tie; /* what put it behind the applicant one rank above; SELECTION_TIES: its lower total did, or there is none */
    int64_t cost_krw, asked_krw, own_least_krw; /* of the project, of the city within the cap, and the least own share; SELECTION_NOT_GIVEN without an amount */
    int64_t granted_krw, own_krw; /* of those selected: what they get, and what is left for the firm to pay */
    bool unfunded;                /* as asked; then asked_krw and granted_krw are 0 */
};

struct selection_result {
    struct selection_place *places; /* one an applicant */
    uint32_t *order;                /* applicants by rank: `ranked` of them */
    size_t ranked;
    bool marked;                    /* a committee's marks count */
    size_t counts[SELECTION_VERDICTS];
    int64_t spent_krw;
    /*
     * The quota line: the last one selected and the first one after it who is not, by applicant (SELECTION_NONE: there is none), why that one was not taken, and
     * what told the two apart (SELECTION_TIES: the total).
     */
    uint32_t last_selected, first_out;
    enum selection_reason line;
    enum selection_tie line_tie;
};

/*
 * IEUM_OK; IEUM_INVALID with the applicant's id in the sentence: marks out of 0..100, a member twice, points or amounts out of bounds, too few marks that count while
 * other applicants have some; terms that contradict themselves; IEUM_LIMIT; IEUM_MEMORY. `member_names` (for problems) may be NULL. Free with selection_free.
 */
ieum_status selection_run(const struct selection_terms *terms, const struct selection_applicant *applicants, size_t count, const char *const *member_names,
                          struct selection_result *result, struct problem *problem);
void selection_free(struct selection_result *result); /* a zeroed struct is fine */

#endif
