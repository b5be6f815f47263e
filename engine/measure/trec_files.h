/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The two text files of ranking evaluation, as TREC writes them:
 *
 *     qrels:  topic  iteration  document  grade               grade a whole number; below 0: in the pool but not judged
 *     run:    topic  Q0  document  rank  score  tag           score a finite number; the rank and the second field are not read
 *
 * In: bytes. Out: entries by topic. Fields are parted by blanks; lines may end with CR LF; empty lines, lines that begin with '#' (trec_eval 10) and a byte order
 * mark are passed over. What is wrong is told by line and column. Nothing is measured here.
 */
#ifndef IEUM_MEASURE_TREC_FILES_H
#define IEUM_MEASURE_TREC_FILES_H

#include "../base/map.h"
#include "../base/problem.h"
#include "../base/vector.h"

#define TREC_MOST_BYTES ((size_t)64 << 20) /* of a file */
#define TREC_MOST_GRADE 1000               /* either side of 0, so that 2^grade can be added up */

struct trec_file {
    const char *name;    /* for messages: the file's name */
    const char *pointer; /* where in the request it stands */
    const char *bytes;   /* kept by the caller as long as anything read from it; a NUL follows */
    size_t size;
};

struct trec_name { /* borrowed from the file */
    const char *bytes;
    uint32_t size;
};
int trec_compare(struct trec_name a, struct trec_name b); /* by bytes, as strcmp */

/* Names of topics as dense indices, shared by the files that belong together. */
struct trec_topics {
    struct map *map;
    VECTOR(struct trec_name) names;
};
bool trec_topics_start(struct trec_topics *topics); /* false: no memory */
void trec_topics_free(struct trec_topics *topics);  /* zeroed is fine */

struct trec_entry {
    struct trec_name document;
    uint32_t topic, line;
    double value; /* grade or score */
};

struct trec_table {
    struct trec_entry *entries; /* by topic; qrels by document, runs by score from the top, equal scores by document downwards (as trec_eval) */
    size_t count;
    uint32_t *start; /* topic_count + 1 */
    uint32_t topic_count;
    struct trec_name tag; /* a run's last one */
};

/*
 * INVALID: a line with too few or too many fields, a grade that is no whole number of ±1000, a score that is no finite number, a document twice in a topic (in
 * qrels the same grade again is passed over), no line at all. LIMIT: more than 64 MiB. *table is written on success and owned by the caller.
 */
ieum_status trec_read_qrels(const struct trec_file *file, struct trec_topics *topics, struct trec_table *table, struct problem *problem);
ieum_status trec_read_run(const struct trec_file *file, struct trec_topics *topics, struct trec_table *table, struct problem *problem);
void trec_table_free(struct trec_table *table); /* zeroed is fine */

/* A topic's entries; NULL with *count 0 when it has none. */
const struct trec_entry *trec_topic(const struct trec_table *table, uint32_t topic, size_t *count);

#endif
