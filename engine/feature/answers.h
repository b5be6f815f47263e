/* SPDX-License-Identifier: Apache-2.0 */
/* A demand together with concepts that the applicant named when asked: as if its texts had said them. */
#ifndef IEUM_FEATURE_ANSWERS_H
#define IEUM_FEATURE_ANSWERS_H

#include "understanding.h"

/*
 * `answered` is `notes` with a text, a mention and the full weight in the meaning for each concept; texts are the concepts' Korean names, at the pointers
 * /answers/0, … Concepts must be distinct. Borrows from `notes`; lists lie in the arena.
 */
ieum_status understanding_answer(const struct lexicon *lexicon, const struct understanding *notes, const uint32_t *concepts, size_t count,
                                 struct arena *arena, struct understanding *answered, struct problem *problem);

#endif
