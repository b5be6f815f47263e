/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The council report: what became of every application, and how many of them, by program and year.
 *
 *     demands → eligible → rounds and outcomes → facts of each application → counts
 *
 * In: what the store holds. Out: facts (an application, a pair) and counts over them; each count says in op_report's JSON what it counts. It must not know how the
 * report is laid out, and counts nothing that the store does not say.
 *
 * An application belongs to the year in which it was made. It has reached a step when
 *   ELIGIBLE   the program's rules, as the data folder has them now, do not bar it
 *   SELECTED   a round selected it (or let it in from the reserve), or took it into its proposal without a selection
 *   MATCHED    it has a pair that all who were asked agreed to and that a named person confirmed, and that stands; or a later step was reached
 *   AGREED     a pair of it was agreed: in a round, or by an outcome record
 *   COMPLETED  a pair of it is done: in a round, or by an outcome record
 */
#ifndef IEUM_PIPELINE_REPORT_H
#define IEUM_PIPELINE_REPORT_H

#include "pipeline.h"
#include "round/round.h"

enum { REPORT_BANDS = 8 };

/* How the yearly report trains a model anew. */
struct report_retrain {
    enum model_kind kind; /* linear or additive */
    int64_t seed, folds;
    int64_t least_demands; /* demands with outcomes of different grades: with fewer nothing is concluded */
    int64_t top;           /* length of the lists that are compared */
};
/* data/report/report.json (pipeline_report_terms.c) */
struct report_terms {
    int64_t small_cells; /* counts above 0 and below it are not told in tables by kind of firm; 0: all are */
    int64_t ages[REPORT_BANDS];
    size_t age_count;
    double readiness[REPORT_BANDS], readiness_reference;
    size_t readiness_count;
    int64_t needs_shown;
    int64_t least; /* shares of fewer than so many are not compared between years */
    double z;      /* normal quantile of the intervals of such a comparison */
    int64_t rows;  /* most rows of a table of what changed */
    struct report_retrain retrain;
};
ieum_status report_terms_load(const struct workspace *workspace, struct report_terms *terms, struct problem *problem);

enum report_step { REPORT_APPLIED, REPORT_ELIGIBLE, REPORT_SELECTED, REPORT_MATCHED, REPORT_AGREED, REPORT_COMPLETED, REPORT_STEPS };

struct report_firm {
    const struct demand *demand;
    size_t program;                  /* of `programs` */
    bool reached[REPORT_STEPS];
    bool settled;
    int64_t amount_krw;              /* what the selection grants; AMOUNT_MISSING: not known */
    struct understood understood;    /* what the application is taken to speak of */
};
struct report_pair {
    size_t firm;
    const char *supplier;
    enum round_pair_state state;
    bool counts;        /* confirmed and standing, or further */
    size_t yes[3], no[3]; /* answers of the demand firm, of the supplier, of third parties */
};
/* A stage after publication that a pair went through. */
struct report_stage {
    size_t firm;
    const char *stage; /* its id in the program */
    enum stage_result result;
    int64_t amount_krw; /* -1: none was given */
};
struct report_objection {
    size_t firm;
    enum objection_state state;
};
struct report_program {
    struct program *program;
    struct check_answer checked;
    struct record_set outcomes;
    struct serving_list servings;
    size_t rounds, undated; /* undated: applications without a date, which no year has */
};
/* What the last proposal of a round was computed with: the texts of its document; "" where that was erased or never came. */
struct report_basis {
    size_t program;
    int year; /* the last year of application among those it took in; 0: it took in none */
    const char *round, *state, *model, *criteria, *model_hash, *data_hash;
};
struct report_question {
    const char *program; /* NULL: all that have applications */
    int year;            /* 0: the last that has applications */
};
struct report_answer {
    struct arena *arena;
    struct report_terms terms;
    const struct lexicon *lexicon;
    const struct taxonomy *taxonomy;
    struct record_set suppliers; /* lean */
    struct report_program *programs;
    size_t program_count;
    struct report_firm *firms;
    size_t firm_count;
    VECTOR(struct report_pair) pairs;
    VECTOR(struct report_stage) stages;
    VECTOR(struct report_objection) objections;
    VECTOR(struct report_basis) bases;
    int year, first_year; /* of the report; the first with an application */
};
/* NOT_FOUND: no such program; CONFLICT: no application is there to report on. Free with report_answer_free. */
ieum_status pipeline_report(struct workspace *workspace, const struct report_question *question, struct report_answer *answer, struct problem *problem);
void report_answer_free(struct report_answer *answer);

/* ---- counts (pipeline_report_counts.c) ---- */

#define REPORT_ALL SIZE_MAX
/* Whether anything of the program belongs to the year: it is in force, or has applications. */
bool report_in_force(const struct program *program, int year);
bool report_shows(const struct report_answer *answer, size_t program, int year);
/* How many applications of the program (REPORT_ALL: of all) and year reached each step. */
void report_count(const struct report_answer *answer, size_t program, int year, size_t counts[REPORT_STEPS]);

struct report_money {
    int64_t planned_krw, agreed_krw, completed_krw, settled_krw; /* grants of selected applications, of those agreed, done, settled */
    size_t unknown;                                              /* selected applications whose grant is not known */
};
struct report_money report_count_money(const struct report_answer *answer, size_t program, int year);

enum report_kind { REPORT_BY_DISTRICT, REPORT_BY_INDUSTRY, REPORT_BY_SIZE, REPORT_BY_AGE, REPORT_BY_MATURITY, REPORT_BY_TRACK, REPORT_KINDS };
struct report_group {
    const char *ko, *en;
    int64_t order; /* of bands; of the others 0: the greatest first */
    size_t counts[REPORT_STEPS];
};
/* Groups of a year's applications; one without a value is the last, "not given". They live in the answer's arena. */
ieum_status report_groups(struct report_answer *answer, enum report_kind kind, int year, const struct report_group **groups, size_t *count, struct problem *problem);

/* ---- measures (pipeline_report_measures.c), of a year ---- */

struct report_share {
    const char *supplier, *name;
    size_t pairs;
    bool newcomer;
};
struct report_concentration {
    size_t pairs, suppliers, pool, newcomers, newcomer_pairs;
    double greatest_share, three_share, herfindahl, gini; /* shares in [0,1], of the first and the first three; the index in [0, 10000]; Gini over all of the pool */
    const struct report_share *shares;       /* suppliers with pairs, most first */
};
ieum_status report_measure_concentration(struct report_answer *answer, int year, struct report_concentration *measures, struct problem *problem);

struct report_need {
    uint32_t concept;
    size_t asked, unmet; /* eligible applications that speak of it; those of them without a supplier */
};
ieum_status report_measure_needs(struct report_answer *answer, int year, const struct report_need **needs, size_t *count, struct problem *problem);

struct report_quality {
    size_t judged, found, shown;          /* applications that were shown suppliers and have outcomes; pairs among their first three that were agreed; those with one */
    size_t answers[3], yes[3];            /* by side, as in report_pair */
};
struct report_quality report_measure_quality(const struct report_answer *answer);

#endif
