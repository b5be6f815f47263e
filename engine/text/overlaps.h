/* SPDX-License-Identifier: Apache-2.0 */
/* Which of several mentions that share words stay. */
#ifndef IEUM_TEXT_OVERLAPS_H
#define IEUM_TEXT_OVERLAPS_H

#include "lexicon_parts.h"

/* Takes out of one text's mentions, in any order, those that a better one stands for; what stays comes by start, then by falling length. */
void overlaps_settle(const struct lexicon *lexicon, mention_list *found);

#endif
