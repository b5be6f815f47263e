/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exact multi-pattern matcher: finds every term of a list in a normalised text, in time independent of how many terms
 * there are.
 *
 * How terms and texts are compared
 * - Spaces, hyphens and middle dots are left out on both sides. A blank line, a list bullet or any other sign stops a
 * match.
 * - A Hangul syllable is two symbols, its open part and its final consonant.
 * - MATCH_WHOLE ends where a syllable ends. MATCH_STEM ends there or, if its last syllable is open, before a final
 * consonant (보 in 봅니다); its last vowel may also be contracted with 어/아 (걸리 → 걸려, 보 → 봐, 나누 → 나눠, 하 →
 * 해, 되 → 돼, 크 → 커).
 * - An end that is a Latin letter or digit must not touch another one; a plural -s on the text's side is taken in after
 * a term that ends in at least three letters. Hangul beside it is no hindrance ("AOI검사").
 * - A term of Hangul alone with two syllables begins where a Hangul run begins (도금액), or ends where one ends, but
 * for particles (아연도금을); in 제도금지 it is an accident. One syllable must be the run but for particles. Longer
 * ones may stand anywhere.
 * - Separators in the text are stepped over by a term with a separator of its own, with four syllables or more, with
 * Hangul beside Latin or digits, or with five letters or more; shorter ones must stand together.
 * - MATCH_ANYWHERE knows no word boundaries (needles of patterns).
 */
#ifndef IEUM_TEXT_MATCHER_H
#define IEUM_TEXT_MATCHER_H

#include <stddef.h>
#include <stdint.h>

#include "../base/problem.h"
#include "../base/vector.h"
#include "normalise.h"

enum match_rule { MATCH_WHOLE, MATCH_STEM, MATCH_ANYWHERE };

struct match {
    uint32_t value;      /* what the term was added with */
    uint32_t start, end; /* points of the normalised text, end exclusive; whole syllables */
};
typedef VECTOR(struct match) match_list;

struct matcher;
ieum_status matcher_new(struct matcher **matcher, struct problem *problem);
void matcher_free(struct matcher *matcher);

/* Adds a term (UTF-8). IEUM_INVALID, with an empty pointer, when nothing of it can be matched or it is too long. */
ieum_status matcher_add(struct matcher *matcher, const char *term, enum match_rule rule, uint32_t value,
                        struct problem *problem);
/* A particle that may follow a short Hangul term. */
ieum_status matcher_add_particle(struct matcher *matcher, const char *particle, struct problem *problem);
/* Call after the last term; from then on the matcher does not change and may be used by several threads. Of a finished one it changes nothing. */
ieum_status matcher_finish(struct matcher *matcher, struct problem *problem);

/* Adds all matches, by start, then by length, then by order of adding. */
ieum_status matcher_scan(const struct matcher *matcher, const struct normal_text *text, match_list *matches,
                         struct problem *problem);

#endif
