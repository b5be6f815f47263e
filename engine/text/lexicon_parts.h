/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of a lexicon, shared by the files that load it, relate its concepts and annotate with it; nobody else
 * includes this. */
#ifndef IEUM_TEXT_LEXICON_PARTS_H
#define IEUM_TEXT_LEXICON_PARTS_H

#include <pthread.h>
#include <stdatomic.h>

#include "../adapt/digest.h"
#include "../adapt/json.h"
#include "../adapt/pattern.h"
#include "../base/map.h"
#include "../base/memory.h"
#include "lexicon.h"
#include "matcher.h"
#include "meaning_make.h"
#include "negation.h"
#include "typo.h"

/* What a term of the matcher stands for; the term's value is the entry's index. */
enum entry_type { ENTRY_CONCEPT, ENTRY_NEEDLE, ENTRY_SCOPE };
struct lexicon_entry {
    uint32_t index; /* concept, or pattern */
    uint8_t type;
    uint8_t detail; /* enum mention_kind, or enum scope_role */
};
/* Compiled when its needle is first met: compiling thousands costs more than all the rest of loading. */
struct lexicon_pattern {
    uint32_t concept;
    bool leads; /* every match begins with the needle: nothing before its first place has to be looked at */
    const char *expression, *file, *pointer; /* where it stands, for the problem of one that does not compile */
    _Atomic(struct pattern *) compiled;      /* NULL: not yet */
};
/* The compiled pattern; safe to call from several threads at once. */
ieum_status lexicon_pattern_get(struct lexicon_pattern *pattern, const struct pattern **compiled, struct problem *problem);

/* One piece of a concept's document (meaning.h). */
struct lexicon_passage {
    uint32_t concept;
    const char *text;
};
struct role_weight {
    const char *role;
    double weight;
};

/* The matcher is finished, and the concepts' documents are indexed, by whoever annotates first: a command that never annotates does not pay for it. */
struct lazy_matcher {
    struct matcher *matcher;
    struct text_index *documents; /* of the concepts; NULL without meaning.json */
    struct typo_index *typos;     /* over the long names */
    pthread_mutex_t lock;
    atomic_bool finished;
};

struct near_steps {
    double parent, child, sibling, floor;
};

struct lexicon {
    struct arena *arena;
    struct map *ids;
    VECTOR(struct concept) concepts;
    VECTOR(struct lexicon_entry) entries;
    VECTOR(struct lexicon_pattern) patterns;
    VECTOR(struct lexicon_passage) passages;
    struct meaning_options meaning; /* keep == 0: none */
    VECTOR(struct role_weight) roles;
    struct term_table ignored, particles; /* of the meaning */
    struct lazy_matcher *lazy;
    struct scope_reach reach;
    struct near_steps steps;
    VECTOR(struct concept_link) near;
    size_t *near_first; /* of each concept, and one more */
    char hash[DIGEST_TEXT];
    /* Of a lexicon that came from an image: where its words are, and the whole lexicon once a text had to be annotated. */
    const char *folder;
    int threads;
    _Atomic(struct lexicon *) whole;
};

/* An empty lexicon. */
ieum_status lexicon_new(struct lexicon **lexicon, struct problem *problem);
/* The lexicon that has the words: itself, or what an image stands for. Safe to call from several threads at once. */
ieum_status lexicon_whole(const struct lexicon *lexicon, const struct lexicon **whole, struct problem *problem);

/* Adds a term with its entry; `at` says where it stands. */
ieum_status lexicon_add_term(struct lexicon *lexicon, const char *term, enum match_rule rule,
                             struct lexicon_entry entry, const struct jpath *at, struct problem *problem);
/* First pass over a concept file: its shape, and the ids of its concepts in order. */
ieum_status lexicon_read_ids(struct lexicon *lexicon, const jval *file, struct problem *problem);
/* Second pass, when all ids are known: the concepts themselves. */
ieum_status lexicon_read_concepts(struct lexicon *lexicon, const jval *file, struct problem *problem);
/* No concept is its own ancestor. */
ieum_status lexicon_check_hierarchy(const struct lexicon *lexicon, struct problem *problem);
ieum_status lexicon_read_scope(struct lexicon *lexicon, const jval *file, struct problem *problem);
ieum_status lexicon_read_links(struct lexicon *lexicon, const jval *file, struct problem *problem);
ieum_status lexicon_read_meaning(struct lexicon *lexicon, const jval *file, struct problem *problem);
/* A file of example passages (lexicon_examples.c); after all concepts. */
bool lexicon_holds_examples(const jval *file);
ieum_status lexicon_read_examples(struct lexicon *lexicon, const jval *file, struct problem *problem);
/* Adds to a concept's document. The text is copied. */
ieum_status lexicon_add_passage(struct lexicon *lexicon, uint32_t concept, const char *text, struct problem *problem);
/* Indexes the documents; called once, by whoever annotates first. */
ieum_status lexicon_index_documents(const struct lexicon *lexicon, struct text_index **documents, struct problem *problem);
/* Fills `near` for all concepts. */
ieum_status lexicon_relate(struct lexicon *lexicon, struct problem *problem);
/* Whether one is an ancestor of the other or a related link joins them, in either direction. */
bool lexicon_akin(const struct lexicon *lexicon, uint32_t a, uint32_t b);
bool lexicon_unlike(const struct lexicon *lexicon, uint32_t a, uint32_t b);

#endif
