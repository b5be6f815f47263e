/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a record is understood as: the mentions of concepts in each of its texts, and what its texts mean together (text/meaning.h). Made once a record and
 * lexicon, stored beside the record as bytes, and read by the features (which concepts) and by the explanation (where they stand).
 */
#ifndef IEUM_FEATURE_UNDERSTANDING_H
#define IEUM_FEATURE_UNDERSTANDING_H

#include "../record/record.h"
#include "../text/lexicon.h"

struct noted_mention {
    struct mention mention;
    uint32_t text; /* index into the texts */
};

struct understanding {
    struct record_texts texts;
    const struct noted_mention *mentions; /* by text, start, end, concept */
    size_t count;
    struct meaning meaning; /* its spans' texts are indices into the texts */
};

/* Annotates all texts of a record; lists live in the arena, texts are borrowed. */
ieum_status understand(const struct lexicon *lexicon, struct record_texts texts, struct arena *arena,
                       struct understanding *understanding, struct problem *problem);

/* As bytes for the store, valid for the same texts and lexicon only (the store keys them by both digests); and back. Bytes that do not fit the texts
 * or the lexicon are refused (false): the caller annotates anew. */
bool understanding_write(const struct understanding *understanding, struct buffer *bytes);
bool understanding_read(const struct lexicon *lexicon, struct record_texts texts, const void *bytes, size_t size,
                        struct arena *arena, struct understanding *understanding);

#endif
