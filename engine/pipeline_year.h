/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The yearly evaluation (R-043; S0 article 5③ 평가 및 환류): what a year's facts (pipeline_report.h) are beside those of the year before.
 *
 * Counts are told as they are. Shares are compared only where both years have enough to compare (terms.least), and a change is called one only where the interval of the difference
 * (Newcombe 1998) leaves 0 out. Index 0 of a pair of years is the year before, 1 the year.
 */
#ifndef IEUM_PIPELINE_YEAR_H
#define IEUM_PIPELINE_YEAR_H

#include "measure/proportions.h"
#include "pipeline_report.h"

enum year_reading { YEAR_FEW, YEAR_ALIKE, YEAR_MORE, YEAR_LESS };
struct year_share {
    struct share_count years[2];
    double difference;        /* of the shares; NaN: one of the years has none */
    struct interval interval; /* NaN likewise */
    enum year_reading reading;
};
struct year_share year_compare(const struct report_terms *terms, struct share_count before, struct share_count now);

/* Kinds of firms among all applications, those with most this year first; kinds of either year. */
struct year_group {
    const char *ko, *en;
    struct year_share applied;
};
ieum_status year_groups(struct report_answer *answer, enum report_kind kind, const struct year_group **groups, size_t *count, struct problem *problem);

/* Tasks and techniques that eligible applications speak of, most this year first. */
struct year_need {
    uint32_t concept;
    struct year_share asked; /* of the eligible applications */
    size_t unmet;            /* of the year: without a matched pair */
};
ieum_status year_needs(struct report_answer *answer, const struct year_need **needs, size_t *count, struct problem *problem);

/* Eligibility rules that barred an application of the year or of the one before, most this year first. */
struct year_rule {
    size_t program;
    const struct rule *rule;
    const char *expected; /* what the rule asks for, as a finding says it; NULL */
    size_t failed[2], alone[2]; /* alone: barred by this rule and no other */
};
ieum_status year_rules(struct report_answer *answer, const struct year_rule **rules, size_t *count, struct problem *problem);

/* Pair rules that bar a pair of an eligible application of the year and a candidate, most first (pipeline_year_pair_rules.c). */
struct year_pair_rule {
    const struct rule *rule;
    size_t pairs, alone; /* alone: by this rule and no other */
};
struct year_pair_rules {
    struct year_pair_rule *rules;
    size_t count;
    size_t demands, pairs, without; /* eligible applications; all their pairs; applications that no candidate is left to */
};
ieum_status year_count_pair_rules(struct workspace *workspace, struct report_answer *answer, size_t program, struct year_pair_rules *made, struct problem *problem);

/* What became of the pairs that rounds proposed for the year's applications, and of the objections. */
struct year_pairs {
    size_t states[PAIR_STATES], pairs;
    size_t answers[3], refused[3];        /* by side: demand firm, supplier, third parties */
    size_t silent[2];                     /* lapsed without an answer of the demand firm, of the supplier */
    size_t objections[OBJECTION_STATES];
    size_t outcomes[OUTCOME_STAGES];      /* outcome records of the year's applications, each pair's furthest */
    size_t graded;
    double grade_sum;                     /* of completed ones with a grade */
};
ieum_status year_count_pairs(const struct report_answer *answer, int year, struct year_pairs *pairs, struct problem *problem);

/* Stages of the program that pairs of the year's applications went through (program/fulfilment.h). */
struct year_stage {
    size_t passed[2];         /* pairs, the year before and the year */
    size_t pass, fail;        /* results of the year, where one was given */
    size_t amounts;           /* amounts of the year that were given */
    int64_t amount_krw;       /* their sum */
};
struct year_stage year_count_stage(const struct report_answer *answer, size_t program, const char *stage);

/* ---- ethics checks (pipeline_year_ethics.c) ---- */

enum year_ethics_group { YEAR_SHOWN, YEAR_PROPOSED, YEAR_MATCHED, YEAR_ETHICS_GROUPS };
struct year_ethics {
    size_t suppliers, unlisted;        /* unlisted: that list no solution */
    size_t solutions, checked, open;   /* with the day of a check on record; of these with items still open */
};
/* Reads the suppliers of the store whole. */
ieum_status year_count_ethics(struct workspace *workspace, struct report_answer *answer, int year, struct year_ethics ethics[YEAR_ETHICS_GROUPS], struct problem *problem);

#endif
