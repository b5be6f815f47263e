/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of pipeline_train share. */
#ifndef IEUM_PIPELINE_TRAIN_PARTS_H
#define IEUM_PIPELINE_TRAIN_PARTS_H

#include "base/vector.h"
#include "pipeline_train.h"

/* A judgement of a pair, by the cohort's numbers. */
struct judgement {
    uint32_t demand, supplier;
    double grade, propensity; /* NaN: not known */
    int32_t date;
    int stage; /* of an outcome */
    uint32_t round; /* of the training's rounds */
};
typedef VECTOR(struct judgement) judgement_list;
/*
 * Of qrels every supplier of a judged demand, without a judgement with grade 0; of outcomes the last of each pair, with its propensity where the serving log knows
 * it. Judgements of records that are not there count as training->not_found. INVALID when none is left.
 */
ieum_status judgements_from_qrels(struct training *training, const char *path, judgement_list *list, struct problem *problem);
ieum_status judgements_from_outcomes(struct workspace *workspace, struct training *training, const struct train_rules *rules, struct date until,
                                     judgement_list *list, struct problem *problem);
/* A date as examples carry it: later dates have greater numbers; DATASET_NO_DATE: none. */
int32_t judgement_day(struct date date);

/* Fill a zeroed training whose arena is there. */
ieum_status training_load_rows(const struct train_question *question, struct training *training, struct problem *problem);
ieum_status training_load_records(struct workspace *workspace, const struct train_question *question, const struct train_rules *rules,
                                  struct training *training, struct problem *problem);
/* Puts the scores of the question's baseline in the rubric's place, and leaves out of the measures what it has learned from; where it cannot score these pairs nothing changes. */
ieum_status train_baseline(struct workspace *workspace, const struct train_question *question, struct train_answer *answer, struct problem *problem);
/* The measures of held-out scores, beside the rubric's on the same lists. */
ieum_status train_measure_all(struct train_answer *answer, struct problem *problem);
/* What a model file says of how it came to be. */
jval *train_card(const struct train_question *question, const struct train_answer *answer);

#endif
