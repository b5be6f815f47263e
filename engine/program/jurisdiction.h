/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The law that a program stands under: one file of data/jurisdictions, with what its ordinance calls the roles, which place names are its own, which unions of
 * firms it defines, and values (grant rules, committee, who may apply) each with its source. Another city's law is another file; none of it stands in C.
 *
 * A program names its jurisdiction by id. {"jurisdiction": "place_names"} anywhere else in it stands for that value, as {"parameter": …} does for a parameter.
 */
#ifndef IEUM_PROGRAM_JURISDICTION_H
#define IEUM_PROGRAM_JURISDICTION_H

#include "program.h"

struct role_name {
    const char *id; /* of data/taxonomy/roles.json */
    struct text2 title, definition;
    const char *source;
};

struct jurisdiction {
    const char *id;
    struct text2 title;
    struct text_list seeds;       /* documents that are its sources */
    struct text_list marks;       /* words by which a text is known to speak of it */
    struct text_list place_names; /* its value "place_names": how an address in it begins */
    struct role_name *roles;
    size_t role_count;
    struct parameter *values;
    size_t value_count;
    struct text_list unions; /* ids; what they are stands in data/taxonomy/<id>.json and in jurisdiction_union */
};

/* Reads a jurisdiction's file; what it holds is borrowed from `json` and put into the arena. Pointers of problems begin at `at`. */
ieum_status jurisdiction_read(const jval *json, const struct jpath *at, struct arena *arena, struct jurisdiction *jurisdiction, struct problem *problem);
/* NULL when there is no such value, union or role. */
const struct parameter *jurisdiction_value(const struct jurisdiction *jurisdiction, const char *id);
const struct role_name *jurisdiction_role(const struct jurisdiction *jurisdiction, const char *id);

/*
 * The law of a program as one JSON value: {"jurisdiction": the file, "unions": {id: the file of the union}}, read from beside the folder of programs. It is kept
 * with a round, so that a round of last year is looked at under last year's law. Owned by the caller. NOT_FOUND: there is no such jurisdiction.
 */
ieum_status law_load(const char *programs_folder, const char *id, jval **law, struct problem *problem);

/*
 * No rule of another jurisdiction in a program: refuses a source that is another's seed document, and outside of sources and notes each text that is
 * another's place name or speaks of it by one of its marks. Who runs and helps (owner, operator, partners) may be of anywhere.
 */
ieum_status law_check_foreign(const char *programs_folder, const jval *program, const struct jurisdiction *own, struct problem *problem);

#endif
