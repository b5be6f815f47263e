/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lexicon: a hierarchy of concepts over five facets, read from data/lexicon (every *.json file, by name order), checked (ids unique,
 * parents and links exist, no cycle, patterns compile and contain their literal), hashed, and ready to annotate texts. Format:
 * data/lexicon/README.md, data/schema/lexicon.schema.json.
 */
#ifndef IEUM_TEXT_LEXICON_H
#define IEUM_TEXT_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/problem.h"
#include "../base/vector.h"
#include "meaning.h"

#define LEXICON_CONCEPTS_MOST 65536 /* a concept and a weight fit in one stored word */

enum facet { FACET_TASK, FACET_TECHNIQUE, FACET_DATA, FACET_INDUSTRY, FACET_DELIVERY, FACETS };
extern const char *const facet_names[FACETS]; /* "task", "technique", "data", "industry", "delivery" */

struct concept_link {
    uint32_t to;
    double weight; /* (0,1] */
};
struct concept {
    const char *id, *ko, *en;
    enum facet facet;
    const uint32_t *parents;
    size_t parent_count;
    const struct concept_link *related; /* as written, one direction */
    size_t related_count;
    const uint32_t *unlike;
    size_t unlike_count;
    const char *const *ksic; /* prefixes */
    size_t ksic_count;
};
struct lexicon;

/* `threads`: for parsing the files; never changes a result. */
ieum_status lexicon_load(const char *folder, int threads, struct lexicon **lexicon, struct problem *problem);
/* Compiles every pattern, which loading leaves to the first text that needs it: for doctor, linters and tests. */
ieum_status lexicon_check_patterns(const struct lexicon *lexicon, struct problem *problem);
void lexicon_free(struct lexicon *lexicon);
uint32_t lexicon_count(const struct lexicon *lexicon);
const struct concept *lexicon_concept(const struct lexicon *lexicon, uint32_t index);
uint32_t lexicon_find(const struct lexicon *lexicon, const char *id); /* MAP_NONE when absent */
const char *lexicon_hash(const struct lexicon *lexicon);              /* 64 hex digits over all files */

/*
 * How well a concept serves another, in [0,1]: 1 for itself; partial credit for ancestors, descendants, siblings and related links,
 * multiplied along the way (see similarity.c for the steps and their weights, which are data of the lexicon); 0 for `unlike` pairs.
 * `near` lists the concepts with a value above 0 for `index`, itself first, then by falling value, ties by index.
 */
struct concept_near {
    const struct concept_link *items;
    size_t count;
};
struct concept_near lexicon_near(const struct lexicon *lexicon, uint32_t index);

/* ---- annotation ---- */

enum mention_kind { MENTION_NAME, MENTION_SAYS, MENTION_PATTERN };
struct mention {
    uint32_t concept;
    uint32_t start, end;     /* code points of the stored text, end exclusive */
    uint8_t kind;            /* enum mention_kind */
    uint8_t negated;         /* "…는 하지 않습니다", "no …": stands in a negated clause */
    uint8_t undecided;       /* a pattern ran into its match limit here: not a "no" */
};
typedef VECTOR(struct mention) mention_list;
/* Whether a mention says that its text speaks of the concept. */
static inline bool mention_holds(const struct mention *mention) { return !mention->negated && !mention->undecided; }

/* Adds the mentions of one text (UTF-8), longest match first where the same concept overlaps itself, ordered by start, then end, then concept.
 * Safe to call from several threads at once. */
ieum_status lexicon_annotate(const struct lexicon *lexicon, const char *text, size_t size, mention_list *mentions,
                             struct problem *problem);

/*
 * The same for the texts of one record, with what they mean together (meaning.h). A text counts by its role's weight in data/lexicon/meaning.json; without
 * that file a meaning is empty. `mentions` are given text by text; lists of the meaning lie in the arena.
 */
struct lexicon_text {
    const char *role, *text;
};
struct lexicon_reader {
    bool (*take)(void *context, size_t text, const struct mention *mention); /* false: out of memory */
    void *context;
};
ieum_status lexicon_read_texts(const struct lexicon *lexicon, const struct lexicon_text *texts, size_t count, struct arena *arena,
                               struct lexicon_reader reader, struct meaning *meaning, struct problem *problem);

#endif
