/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The diagnosis of a firm: answers to the questionnaire → score and stage → the programs that fit need and readiness; beside it the AI-ethics
 * checklist. A pure function of the data folder, the answers and the firm: nothing is stored.
 */
#ifndef IEUM_PIPELINE_DIAGNOSE_H
#define IEUM_PIPELINE_DIAGNOSE_H

#include "cohort.h"
#include "diagnosis/diagnosis_data.h"

/* Whether the lexicon has the concepts that the types of need name; one that it has not is INVALID, with its place in the file. */
ieum_status pipeline_check_needs(struct workspace *workspace, const struct routes *routes, struct problem *problem);

struct diagnose_question {
    const jval *answers, *ethics;   /* objects; NULL: none */
    const struct record_choice *demand; /* whose firm and need; NULL: `firm` */
    const struct demand *known;     /* one that was read already, with what its text was understood as; NULL: `demand` */
    const struct understanding *notes;
    const jval *firm;               /* as in a demand's record; NULL: nothing is known of the firm */
    const struct text_list *needs;  /* ids of types of need; NULL: those of the demand's text, or not known */
    const char *program;            /* this program alone; NULL: all */
    int makes_goods;                /* 1, 0; -1: as the firm's industry says */
    bool recorded;                  /* without answers the readiness on the demand's record counts */
};

/* A program that the diagnosis was held against. */
struct diagnosed_program {
    const struct route *route;
    struct program *program; /* NULL: it has no file yet */
    int open;                /* 1: in force today, 0: not, -1: no file */
    struct route_verdict verdict;
};
enum needs_from { NEEDS_ANSWERED, NEEDS_RECORDED, NEEDS_UNDERSTOOD }; /* told, on the demand's record ("need_types"), taken from its text */
struct diagnose_answer {
    struct arena *arena;
    struct diagnosis_data data;
    struct cohort cohort;    /* of a demand that was named */
    const struct demand *demand; /* NULL: none was named */
    int makes_goods;         /* 1, 0; -1: not known */
    enum needs_from needs_from;
    const bool *needs;       /* a flag a type of need; NULL: not known */
    struct readiness_result result;
    const int *chosen;       /* ethics, a choice an item; NULL: the checklist was not answered */
    struct diagnosed_program *programs; /* those that fit first, then those left open, then the others; each in the order of the file */
    size_t program_count;
};
ieum_status pipeline_diagnose(struct workspace *workspace, const struct diagnose_question *question, struct diagnose_answer *answer,
                              struct problem *problem);
void diagnose_answer_free(struct diagnose_answer *answer); /* a zeroed struct is fine */

#endif
