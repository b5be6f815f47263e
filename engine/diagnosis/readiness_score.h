/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers to the questionnaire → points, by area and in all. A question without an answer counts neither as nothing nor as all: the score is over what was
 * answered, and beside it stands the interval of what it can still become. A pure function of questionnaire and answers.
 *
 * Scores are on a scale of 100, rounded to a tenth; stages go by the rounded score, so that what is shown agrees with itself.
 */
#ifndef IEUM_DIAGNOSIS_READINESS_SCORE_H
#define IEUM_DIAGNOSIS_READINESS_SCORE_H

#include "readiness.h"

struct readiness_answer {
    bool given;
    size_t choice; /* of choice and yesno */
    double number;
    double points; /* earned */
};
struct readiness_share {
    double score;       /* of 100, over what was answered; NaN: nothing was */
    double least, most; /* of 100, over everything: the unanswered at their worst and best */
    double answered;    /* percent of the points */
    size_t given, unanswered; /* questions */
};
struct readiness_result {
    struct readiness_answer *answers; /* one a question */
    struct readiness_share *areas;    /* one an area */
    struct readiness_share total;
    size_t stage, stage_least, stage_most; /* of score, least and most; stage is SIZE_MAX until enough was answered */
    bool enough; /* enough was answered to name a stage and to put the score on record (least_answered) */
};

/* `answers`: an object {question id: choice id | number | true | false | null}, NULL: none; `at` is where it stands. An unknown question, choice or a number out
 * of range is INVALID. The result lies in the arena. */
ieum_status readiness_assess(const struct readiness *readiness, const jval *answers, const struct jpath *at, struct arena *arena,
                             struct readiness_result *result, struct problem *problem);

/* The advice for an area's share, NULL when it needs none (or nothing was answered). */
const struct area_advice *readiness_advise(const struct readiness_area *area, const struct readiness_share *share);

#endif
