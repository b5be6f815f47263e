/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Of one concept the longer mention stays (of equal ones the earlier). A mention that lies wholly inside a
 * longer NAME of another concept goes ("이미지 생성" inside "제품 이미지 생성"), unless one of the two concepts is an
 * ancestor of the other or related to it; `unlike` concepts are never spared. Two concepts with the same words both
 * stay.
 */
#include "overlaps.h"

#include <stdlib.h>

static int compare_spans(const void *left, const void *right) {
    const struct mention *a = left, *b = right;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if (a->end != b->end) return a->end > b->end ? -1 : 1;
    if (a->concept != b->concept) return a->concept < b->concept ? -1 : 1;
    if (a->undecided != b->undecided) return a->undecided < b->undecided ? -1 : 1;
    return a->kind < b->kind ? -1 : a->kind > b->kind;
}

static uint32_t longest_span(const mention_list *found) {
    uint32_t longest = 0;
    for (size_t i = 0; i < found->count; i++) {
        const uint32_t length = found->items[i].end - found->items[i].start;
        longest = length > longest ? length : longest;
    }
    return longest;
}

#define DROPPED UINT32_MAX

static void keep_longest(mention_list *found, uint32_t longest) {
    for (size_t i = 0; i < found->count; i++) {
        struct mention *item = &found->items[i];
        for (size_t j = i; j-- > 0 && found->items[j].start + longest >= item->start;) {
            struct mention *before = &found->items[j];
            if (before->concept != item->concept || before->end <= item->start) continue;
            if (item->end - item->start <= before->end - before->start) {
                item->concept = DROPPED;
                break;
            }
            before->concept = DROPPED;
        }
    }
}

static bool outranks(const struct lexicon *lexicon, const struct mention *longer, const struct mention *shorter) {
    if (longer->concept == DROPPED || longer->kind != MENTION_NAME || longer->concept == shorter->concept ||
        longer->end < shorter->end || longer->end - longer->start == shorter->end - shorter->start)
        return false;
    return lexicon_unlike(lexicon, longer->concept, shorter->concept) ||
           !lexicon_akin(lexicon, longer->concept, shorter->concept);
}

static void drop_contained(const struct lexicon *lexicon, mention_list *found, uint32_t longest) {
    for (size_t i = 0; i < found->count; i++) {
        struct mention *item = &found->items[i];
        for (size_t j = i; item->concept != DROPPED && j-- > 0 && found->items[j].start + longest >= item->start;)
            if (outranks(lexicon, &found->items[j], item)) item->concept = DROPPED;
    }
}

void overlaps_settle(const struct lexicon *lexicon, mention_list *found) {
    const uint32_t longest = longest_span(found);
    size_t kept = 0;
    if (found->count == 0) return;
    qsort(found->items, found->count, sizeof *found->items, compare_spans);
    keep_longest(found, longest);
    drop_contained(lexicon, found, longest);
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].concept != DROPPED) found->items[kept++] = found->items[i];
    found->count = kept;
}
