/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Need × readiness → program: which program a firm's diagnosis leads to, and why. Data: data/diagnosis/routes.json. Conditions on the firm are rules as in
 * a program's file (program/rule.h); of a program that has a file of its own they are that file's, and a route's rules stand in for files that are not there yet.
 */
#ifndef IEUM_DIAGNOSIS_ROUTES_H
#define IEUM_DIAGNOSIS_ROUTES_H

#include "../program/eligible.h"
#include "readiness_score.h"

/* A type of need. */
struct route_need {
    const char *id;
    struct text2 title;
    struct text_list concepts; /* of the lexicon: a text that speaks of one has this need */
    const char *source;
};
/* A range of a score: from ≤ score < below. */
struct score_range {
    double from, below; /* below is INFINITY where nothing bounds it */
};
struct area_range {
    size_t area;
    struct score_range range;
};
struct route {
    const char *program;
    struct text2 title, offers, next;
    struct score_range score;
    const struct area_range *areas;
    size_t area_count;
    const size_t *needs; /* indices; none: whatever is needed */
    size_t need_count;
    struct rule *rules;
    size_t rule_count;
    const char *source;
};
struct routes {
    struct arena *arena;
    jval *json;
    struct diagnosis_head head;
    struct route_need *needs;
    size_t need_count;
    size_t otherwise; /* the need of a text that speaks of none of the concepts */
    struct route *routes;
    size_t count;
};

/* Areas are named by the questionnaire's ids. */
ieum_status routes_load(const char *path, const struct readiness *readiness, struct routes *routes, struct problem *problem);
void routes_free(struct routes *routes); /* a zeroed struct is fine */
size_t routes_find_need(const struct routes *routes, const char *id); /* SIZE_MAX: none */

/* ---- verdicts ---- */

enum condition_kind { CONDITION_READINESS, CONDITION_AREA, CONDITION_NEED, CONDITION_FIRM, CONDITION_KINDS };
extern const char *const condition_kind_names[CONDITION_KINDS]; /* "readiness", "area", "need", "firm" */
enum condition_state { CONDITION_MET, CONDITION_NOT_MET, CONDITION_OPEN }; /* OPEN: an answer or a fact is missing */

struct route_condition {
    enum condition_kind kind;
    enum condition_state state;
    struct text2 text; /* a full sentence */
};
struct route_verdict {
    const struct route_condition *conditions;
    size_t count;
    enum condition_state fits; /* NOT_MET when any condition is; OPEN when readiness or need leave it open; facts of the firm to confirm leave it MET */
    bool to_confirm;           /* a fact of the firm is missing */
};

/*
 * Judges one route. `needs`: a flag a need, NULL: not known. `findings`: what the program's own rules say of the firm, NULL: the route's rules are tested on
 * `demand`. `makes_goods`: wording of areas. Lists and texts lie in the arena.
 */
struct route_question {
    const struct readiness *readiness;
    const struct readiness_result *result;
    const bool *needs;
    const struct demand *demand;
    bool makes_goods;
};
ieum_status route_judge(const struct routes *routes, const struct route *route, const struct route_question *question, const struct findings *findings,
                        struct arena *arena, struct route_verdict *verdict, struct problem *problem);

#endif
