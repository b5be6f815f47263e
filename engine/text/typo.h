/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names with one slip of the key: a long term (five syllables of Hangul or more, or seven Latin letters or more) is also found where the text has one jamo,
 * or one letter, too many, too few or another. Terms are found by their deletion signatures: two strings are one edit apart only if they share one (Mor &
 * Fraenkel 1982; "SymSpell"), so a text's word costs as many look-ups as it has symbols. Shorter words are left alone: 공정관리 and 공장관리 are both words.
 */
#ifndef IEUM_TEXT_TYPO_H
#define IEUM_TEXT_TYPO_H

#include "matcher.h"

struct typo_index;

/* Over the terms of a finished matcher for which `wanted` holds; the matcher must outlive it. */
ieum_status typo_index_new(const struct matcher *matcher, bool (*wanted)(const void *context, uint32_t value), const void *context,
                           struct typo_index **index, struct problem *problem);
void typo_index_free(struct typo_index *index); /* NULL is fine */

/* Adds the terms that stand one slip away at the head of a word; exact ones are the matcher's. By start, then by length, then by term. */
ieum_status typo_scan(const struct typo_index *index, const struct normal_text *text, match_list *matches, struct problem *problem);

#endif
