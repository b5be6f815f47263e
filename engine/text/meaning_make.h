/* SPDX-License-Identifier: Apache-2.0 */
/* Making a meaning, one text after the other; for the lexicon, which has the documents. What comes out: meaning.h. */
#ifndef IEUM_TEXT_MEANING_MAKE_H
#define IEUM_TEXT_MEANING_MAKE_H

#include <stdbool.h>

#include "../base/memory.h"
#include "meaning.h"
#include "normalise.h"

/* Which words of a text do not count: points [start, end) of the normalised text. */
struct meaning_mask {
    bool (*covers)(const void *context, const struct normal_text *text, uint32_t start, uint32_t end);
    const void *context;
};

struct meaning_maker;
/* `documents`: one a concept. What is given is borrowed; end with meaning_end. */
ieum_status meaning_begin(const struct text_index *documents, size_t concepts, const struct meaning_options *options,
                          struct meaning_maker **maker, struct problem *problem);
/* `number`: what spans call this text. `mask` may be NULL. A weight of 0 leaves the text out. */
ieum_status meaning_add(struct meaning_maker *maker, uint32_t number, const struct normal_text *text, double weight,
                        const struct meaning_mask *mask, struct problem *problem);
/* Once, after the last text; lists lie in the arena. */
ieum_status meaning_settle(struct meaning_maker *maker, struct arena *arena, struct meaning *meaning, struct problem *problem);
void meaning_end(struct meaning_maker *maker); /* NULL is fine */

#endif
