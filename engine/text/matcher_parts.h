/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of a matcher, shared by the file that builds it and the file that scans with it; nobody else includes
 * this. */
#ifndef IEUM_TEXT_MATCHER_PARTS_H
#define IEUM_TEXT_MATCHER_PARTS_H

#include <stdbool.h>

#include "matcher.h"

/*
 * Symbols: 1..399 the open part of a syllable, SYMBOL_FINAL + 1..27 its final consonant, SYMBOL_OTHER + code point for
 * the rest. The trie's first level is a table over the symbols below FIRST_SYMBOLS, that is Hangul, ASCII and Latin-1.
 */
#define SYMBOL_FINAL 400u
#define SYMBOL_OTHER 0x400u
#define FIRST_SYMBOLS (SYMBOL_OTHER + 0x100u)
#define FINALS 28u /* of a syllable, none included */

struct matcher_term {
    uint32_t symbols, length; /* where in the pool, how many */
    uint32_t value;
    uint8_t rule;
    uint8_t syllables;             /* of Hangul, at most 255 */
    bool starts_latin, ends_latin; /* letter or digit */
    bool hangul_only, plural, crosses;
};

#define MATCHER_TAIL UINT32_MAX

struct matcher {
    VECTOR(uint32_t) pool;             /* symbols of all terms */
    VECTOR(struct matcher_term) terms; /* after matcher_finish: by symbols, then by order of adding */
    VECTOR(uint32_t) particles;        /* each: length, points */
    /*
     * The trie, breadth first, so that the children of a node stand together. Node 0 is the root. Where a single term
     * is left its remaining symbols get no nodes: the node is a tail, and a walk goes on along the term itself.
     */
    uint32_t *symbol;     /* of each node: by which its parent leads to it, ascending among siblings */
    uint32_t *child;      /* of each node, and one more: its first child */
    uint32_t *first_term; /* of each node: terms that end here are first_term[node] .. + term_count[node] */
    uint32_t *term_count; /* or MATCHER_TAIL: first_term[node] is the only one, and goes on */
    uint32_t node_count;
    uint32_t first_level[FIRST_SYMBOLS]; /* child of the root by symbol, 0 = none */
    bool finished;
    struct normal_text scratch; /* while terms are added */
};

/* Whether a code point is left out of the comparison. Most are syllables or letters, so these leave first. */
static inline bool matcher_is_separator(uint32_t point, uint8_t script) {
    if (script == SCRIPT_HANGUL || script == SCRIPT_LATIN) return false;
    return script == SCRIPT_SPACE || point == '-' || point == 0xB7 || point == 0x2010 || point == 0x2013 ||
           point == 0x2027 || point == 0x22C5 || point == 0x30FB;
}

#endif
