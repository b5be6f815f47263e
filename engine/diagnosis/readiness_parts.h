/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the questionnaire: reading one question. */
#ifndef IEUM_DIAGNOSIS_READINESS_PARTS_H
#define IEUM_DIAGNOSIS_READINESS_PARTS_H

#include "readiness.h"

/* Everything but "id" and the area. What a question can earn at most is exactly its points; members of another kind are refused. */
ieum_status question_read(const jval *json, const struct jpath *at, struct arena *arena, struct readiness_question *question, struct problem *problem);

#endif
