/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of pipeline_train share. */
#ifndef IEUM_PIPELINE_TRAIN_PARTS_H
#define IEUM_PIPELINE_TRAIN_PARTS_H

#include "pipeline_train.h"

/* Fill a zeroed training whose arena is there. */
ieum_status training_load_rows(const struct train_question *question, struct training *training, struct problem *problem);
ieum_status training_load_records(struct workspace *workspace, const struct train_question *question, const struct train_rules *rules,
                                  struct training *training, struct problem *problem);
/* The measures of held-out scores, beside the rubric's on the same lists. */
ieum_status train_measure_all(struct train_answer *answer, struct problem *problem);
/* What a model file says of how it came to be. */
jval *train_card(const struct train_question *question, const struct train_answer *answer);

#endif
