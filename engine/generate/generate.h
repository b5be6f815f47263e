/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A synthetic cohort: invented firms whose numbers meet a table, counts to the record.
 *
 *     profile (data/generate/profiles/NAME.json) → sets of records → steps, each of which draws one column → records, a JSON line each
 *
 * In: a profile's name, a seed, how many records. Out: files of records, each marked synthetic. The same question gives the same bytes. Every number
 * is the profile's; the shapes of profiles are told in data/generate/README.md. Nothing is written or stored here.
 */
#ifndef IEUM_GENERATE_GENERATE_H
#define IEUM_GENERATE_GENERATE_H

#include "../adapt/json.h"
#include "../base/vector.h"
#include "../program/program.h"
#include "../text/lexicon.h"

#define GENERATE_RECORDS_MOST 100000

struct generate_question {
    const char *profile; /* NULL: the standard one of data/generate/texts.json */
    const char *program; /* NULL: the profile's */
    int64_t seed;
    int64_t demands, suppliers; /* 0: as many as the profile says */
};
struct generate_file {
    const char *name; /* "suppliers.jsonl" */
    size_t records;
    char *bytes; /* freed by generate_answer_free */
    size_t size;
};
struct generate_answer {
    struct arena *arena;                     /* of the texts */
    const char *profile, *version, *program; /* program NULL: the profile has none */
    struct text2 title;
    VECTOR(struct generate_file) files;
};

/* NOT_FOUND names the profiles there are. Free with generate_answer_free. */
ieum_status generate_cohort(const char *data_folder, const struct lexicon *lexicon, const struct generate_question *question,
                            struct generate_answer *answer, struct problem *problem);
void generate_answer_free(struct generate_answer *answer); /* a zeroed one is fine */

#endif
