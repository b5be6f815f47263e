/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a stretch of text stands in a negated clause, judged by the words of data/lexicon/scope.json. Cautious: a
 * lack that a demand describes ("…이 없습니다", "못 합니다") negates nothing, so only words that refuse, exclude or
 * rule out are negators.
 */
#ifndef IEUM_TEXT_NEGATION_H
#define IEUM_TEXT_NEGATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/vector.h"
#include "normalise.h"

enum scope_role {
    SCOPE_AFTER,       /* negates what stands before it in the clause: "제외", "not supported" */
    SCOPE_AFTER_TOPIC, /* the same, but only with a topic particle in between: "…는 하지 않습니다" */
    SCOPE_BEFORE,      /* negates what stands after it: "without" */
    SCOPE_NOT,         /* looks like a negator and is none: "불가피", "not only" */
    SCOPE_CLAUSE_END,  /* "지만", "but" */
    SCOPE_TOPIC,       /* "은", "는" */
    SCOPE_ROLES
};

struct scope_hit {
    uint32_t start, end; /* points of the normalised text */
    enum scope_role role;
};
typedef VECTOR(struct scope_hit) scope_hit_list;

/* How many points may lie between, by role; only the first three count. */
struct scope_reach {
    uint32_t points[SCOPE_ROLES];
};

/* Takes out the negators that overlap a SCOPE_NOT hit. Hits are, and stay, ordered by start. */
void negation_settle(scope_hit_list *hits);
bool negation_holds(const struct normal_text *text, const scope_hit_list *hits, const struct scope_reach *reach,
                    uint32_t start, uint32_t end);
/* The same of a whole word, which may end in a topic particle. */
bool negation_holds_word(const struct normal_text *text, const scope_hit_list *hits, const struct scope_reach *reach,
                         uint32_t start, uint32_t end);

#endif
