/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The code lists of data/taxonomy: regions, firm sizes, kinds of party, names of industries. Opened once, then read by any thread. They
 * serve comparison and display; a record's own text is never changed by them.
 */
#ifndef IEUM_RECORD_TAXONOMY_H
#define IEUM_RECORD_TAXONOMY_H

#include "../adapt/json.h"
#include "../base/problem.h"
#include "ksic.h"

struct region {
    const char *id;       /* "seoul" */
    const char *official; /* "서울특별시" */
    const char *english;  /* "Seoul" */
    const char *area;     /* "수도권" */
};

struct firm_size {
    const char *id; /* "중소기업" */
    const char *english;
    const char *within; /* the id of the class it lies in, NULL */
};

/* What may stand on a side of a pair: an AI firm, an expert, a hospital that gives data … */
struct party_kind {
    bool thing; /* no person and no institution: a course, a field of a fund */
    const char *id; /* "ai_firm" */
    const char *korean, *english;
};

struct taxonomy;
/* Reads <data_folder>/taxonomy/{regions.json, firm_sizes.json, party_kinds.json, ksic10.tsv, ksic11.tsv}; problems name the file. */
ieum_status taxonomy_open(const char *data_folder, struct taxonomy **taxonomy, struct problem *problem);
void taxonomy_free(struct taxonomy *taxonomy);

/*
 * The province or metropolitan city that an address begins with: "서울 강남구", "서울특별시강남구" and "Gangnam-gu,
 * Seoul" are the same. NULL when it is not one of them ("광주시": there are two). The pointer lives as long as the
 * taxonomy.
 */
const struct region *region_find(const struct taxonomy *taxonomy, const char *text);
/* Its official name, NULL when unknown. */
const char *region_canonical(const struct taxonomy *taxonomy, const char *text);
/*
 * Whether `address` lies in `wanted`: both in the same province, and where `wanted` goes on (a district), the words
 * after it are those that `address` goes on with. `wanted` may also be an area ("수도권"). Where the province is
 * unknown, plain prefix comparison.
 */
bool region_within(const struct taxonomy *taxonomy, const char *address, const char *wanted);

/* The sizes in the order of their file; NULL past the last. */
const struct firm_size *size_at(const struct taxonomy *taxonomy, size_t index);
/* The size a word stands for ("SME" → 중소기업), NULL when unknown. */
const struct firm_size *size_find(const struct taxonomy *taxonomy, const char *text);
const char *size_canonical(const struct taxonomy *taxonomy, const char *text);
/* Whether the size is `wanted` or lies within it: 소상공인 lies within 중소기업. Unknown words compare as they stand.
 */
bool size_within(const struct taxonomy *taxonomy, const char *size, const char *wanted);

/* The kinds in the order of their file; NULL past the last. */
const struct party_kind *party_kind_at(const struct taxonomy *taxonomy, size_t index);
/* The kind with this id; NULL when there is none. An id that is NULL is the one that a record without a kind counts as. */
const struct party_kind *party_kind_find(const struct taxonomy *taxonomy, const char *id);
/* Whether `kind` (NULL: not stated) is one of `kinds`; no kinds: the one that a record without a kind counts as. */
bool party_kind_among(const struct taxonomy *taxonomy, const char *kind, const struct text_list *kinds);
/* Refuses an id that is no kind, with the list of those that are. `at`: of the value; `of`: the id of the record it is in, NULL: of none. */
ieum_status party_kind_check(const struct taxonomy *taxonomy, const jval *value, const struct jpath *at, const char *of, struct problem *problem);

/*
 * The Korean name of a code. Without a revision, or where revision 11's table has no entry, names of two and three
 * digits are those of revision 10; longer ones are then NULL.
 */
const char *ksic_name(const struct taxonomy *taxonomy, const struct ksic *ksic);

#endif
