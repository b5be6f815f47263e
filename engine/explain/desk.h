/* SPDX-License-Identifier: Apache-2.0 */
/* What the consulting desk asks and how it looks for past cases: data/desk/desk.json, read and checked. */
#ifndef IEUM_EXPLAIN_DESK_H
#define IEUM_EXPLAIN_DESK_H

#include "../program/program.h"
#include "../text/lexicon.h"

/* Cues of what is understood (understood.h). */
enum understood_cue {
    UNDERSTOOD_BIAS,
    UNDERSTOOD_NAME,
    UNDERSTOOD_SAYS,
    UNDERSTOOD_TITLE,
    UNDERSTOOD_BUSINESS,
    UNDERSTOOD_BUSINESS_INDUSTRY,
    UNDERSTOOD_DATA,
    UNDERSTOOD_DATA_DATA,
    UNDERSTOOD_WEIGHT,
    UNDERSTOOD_ROOT,
    UNDERSTOOD_RANK,
    UNDERSTOOD_CUES
};

struct desk {
    struct arena *arena;
    size_t suppliers;  /* how many of the shortlist a question should tell apart */
    size_t answers;    /* offered by a question, at most */
    size_t most;       /* questions asked, at most */
    size_t shows;      /* suppliers shown for an answer */
    double least_bits; /* a question that tells less is not asked */
    struct {
        bool asked;
        struct text2 text;
    } facets[FACETS];
    double case_text, case_meaning; /* what likeness is made of; together 1 */
    double case_least;              /* a demand less like is no case */
    double examination;             /* what stands at rank r was looked at with probability r^−examination */
    double understood[UNDERSTOOD_CUES], understood_facets[FACETS], understood_least;
};

ieum_status desk_load(const char *path, struct desk *desk, struct problem *problem);
void desk_free(struct desk *desk); /* a zeroed struct is fine */

#endif
