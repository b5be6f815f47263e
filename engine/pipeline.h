/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pipeline: the only place that calls the stages, in order, once.
 *
 *     records → eligible → feature → score → rank or assign → explain
 *
 * Typed questions in, typed answers out; the JSON on both ends belongs to request/. Between records and explain everything is dense indices and flat
 * arrays: demand d and supplier s are positions in the cohort.
 */
#ifndef IEUM_PIPELINE_H
#define IEUM_PIPELINE_H

#include "cohort.h"
#include "explain/evidence.h"
#include "explain/questions.h"
#include "explain/understood.h"
#include "explain/reason_line.h"
#include "pipeline_assign.h"
#include "pipeline_model.h"
#include "program/eligible.h"
#include "program/pair_block.h"
#include "score/additive.h"
#include "score/rubric.h"
#include "score/top_k.h"

/* ---- check: which demands the program may take ---- */

struct check_question {
    const char *program;
    struct record_choice demands;
};
struct check_answer {
    struct program *program;
    struct cohort cohort;
    struct findings *verdicts; /* one a demand */
    bool *waits;               /* a demand × a requirement of the program: it does not have it behind it yet; NULL: the program requires nothing */
    struct findings *funding;  /* likewise: who may be given money */
};
ieum_status pipeline_check(struct workspace *workspace, const struct check_question *question, struct check_answer *answer,
                           struct problem *problem);
void check_answer_free(struct check_answer *answer); /* a zeroed struct is fine */

/* ---- suggest: the best suppliers for each demand, and why (pipeline_suggest.c) ---- */

struct suggest_question {
    const char *program;
    const jval *pinned; /* the program's file as it was; NULL: as the data folder has it */
    struct record_choice demands, suppliers;
    size_t k;
    const char *model;   /* its id or path; NULL: the program's */
    const struct buffer *model_bytes; /* a model that has no file, as its file would be; NULL: `model` */
    bool rules;          /* false: neither eligibility nor pair rules count */
    bool fit_only;       /* rank by the fit criteria alone */
    bool only_eligible;  /* leave out demands that are not eligible (when rules count); else they are answered with their verdict */
    const struct waiver *waivers; /* rules that demands need not keep */
    size_t waiver_count;
    bool questions;      /* say what to ask next */
    const char *place;        /* a third party's place of the program: who may stand there is ranked in place of the pool; NULL: the pool */
    struct text_list answers; /* ids of concepts that the applicant named when asked */
    const char *supplier;     /* turned round: each shortlist holds this supplier alone; NULL: all are ranked */
    bool lean;                /* who and with what score, nothing else: no reasons, evidence or barred suppliers (their number stays) */
    bool matrix;              /* keep the scores of all pairs */
    bool whole;               /* the answer's suppliers are to be looked into for any member: no lean ones (record.h) */
};

struct suggestion {
    uint32_t supplier;
    int64_t score;                /* 10⁻⁹ */
    const int64_t *contributions; /* one a term of the additive part; NULL in a lean answer, like all that follows */
    const int64_t *points;        /* one a term of the rubric: what the published points make of the pair, whichever model ranks */
    const int64_t *kernel;        /* of a model with a kernel part: one a criterion, then what nobody's is; they add up to the part. Else NULL */
    const double *values;         /* one a feature, NaN: missing */
    struct findings findings;     /* points to confirm about the pair */
    struct evidence_list evidence;
    struct reason_line reason;
};
struct barred_supplier {
    uint32_t supplier;
    struct findings findings;
};
/* What the shortlist becomes for one answer. */
struct outlook {
    const struct top_k *best; /* `index` is a supplier of the cohort */
    size_t count;
};
struct shortlist {
    uint32_t demand;
    struct findings verdict; /* of the demand; empty and eligible without rules */
    struct suggestion *suggestions;
    size_t count;
    struct barred_supplier *barred; /* NULL in a lean answer */
    size_t barred_count;
    struct understood understood;    /* what the demand is taken to speak of */
    struct next_questions questions; /* empty unless asked for */
    struct outlook **outlooks;       /* of question q and its answer a: outlooks[q][a] */
};
#define EVERY_SUPPLIER UINT32_MAX
struct suggest_answer {
    struct program *program;
    struct cohort cohort;
    struct feature_space *space;
    struct rubric rubric;
    struct model_use *model;  /* the learned model that ranks; NULL: the rubric */
    struct additive additive; /* what scores: the model's curves, or the rubric as curves, term by term */
    const struct ethics *ethics; /* the list that open items of suggested solutions are of; NULL: none is open */
    const struct third_party *place; /* that was asked for; NULL: none */
    uint32_t only;           /* the supplier that the question is turned round for, else EVERY_SUPPLIER */
    const uint32_t *answers; /* concepts */
    size_t answer_count;
    struct desk desk;
    char model_hash[DIGEST_TEXT];
    struct shortlist *shortlists;
    size_t count;
    int64_t *scores; /* count × suppliers where the question asks for the matrix, else NULL; a barred pair holds SCORE_BARRED */
    struct arena **arenas; /* one a shortlist */
    bool lean, fit_only;
    bool borrows_space; /* of the handle's pool (cohort_pool.h) */
    const struct pair_side *side; /* of the pool too; else NULL */
};
#define SCORE_BARRED INT64_MIN
/* The least score that is suggested or proposed (the program's least points); INT64_MIN: any. */
int64_t suggest_least_score(const struct suggest_answer *answer);

ieum_status pipeline_suggest(struct workspace *workspace, const struct suggest_question *question, struct suggest_answer *answer,
                             struct problem *problem);
void suggest_answer_free(struct suggest_answer *answer);

/* Notes in the store which suppliers these shortlists showed (store/servings.c), at each rank's propensity; records must be the store's. Opens a change (workspace_change). */
ieum_status pipeline_log_servings(struct workspace *workspace, const struct suggest_answer *answer, struct problem *problem);

/* ---- the desk (pipeline_desk.c) ---- */

ieum_status pipeline_load_desk(struct workspace *workspace, struct desk *desk, struct problem *problem);

/* Past demands like one, nearest first, with what became of them. */
struct cases_question {
    const char *program; /* NULL: of all programs */
    struct record_choice demand;
    size_t k;
};
struct past_case {
    uint32_t demand;  /* of `past` */
    int64_t likeness; /* 10⁻⁹ */
    struct evidence_list evidence; /* EVIDENCE_SUPPLIER is the past demand's side */
    const struct outcome *const *outcomes;
    size_t outcome_count;
};
struct cases_answer {
    struct desk desk;
    struct cohort asked, past;
    struct record_set outcomes;
    const struct lexicon *lexicon;
    struct past_case *items;
    size_t count;
};
ieum_status pipeline_cases(struct workspace *workspace, const struct cases_question *question, struct cases_answer *answer,
                           struct problem *problem);
void cases_answer_free(struct cases_answer *answer);

/* Suppliers whose texts hold a word, in whatever spelling; then those that hold parts of it. */
struct find_question {
    const char *word;
    struct record_choice suppliers;
};
struct found_supplier {
    uint32_t supplier;
    double score;       /* BM25 over its texts, [0,1] */
    size_t occurrences; /* 0: only parts of the word */
    const char *field, *text; /* of the first occurrence: code points [start, end) of the text at the pointer */
    uint32_t start, end;
};
struct find_answer {
    struct cohort cohort;
    struct found_supplier *items;
    size_t count, exact;
};
ieum_status pipeline_find(struct workspace *workspace, const struct find_question *question, struct find_answer *answer, struct problem *problem);
void find_answer_free(struct find_answer *answer);


#endif
