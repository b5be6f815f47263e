/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Collecting the records of one file into a record_set, one at a time and all or nothing: what is not finished is
 * thrown away by collector_close. Refuses a second record with the same key, unless told to keep it.
 */
#ifndef IEUM_RECORD_COLLECT_H
#define IEUM_RECORD_COLLECT_H

#include "../base/map.h"
#include "../base/vector.h"
#include "read.h"
#include "vocabulary.h"

struct collector {
    enum record_kind kind;
    struct vocabulary *vocabulary; /* whose words the records may use; NULL: they are not asked for. Not owned */
    bool keep_twice; /* a second record with the same key is kept, for who tells a person of it */
    struct arena *arena;
    struct map *keys;
    VECTOR(struct supplier) suppliers;
    VECTOR(struct demand) demands;
    VECTOR(struct outcome) outcomes;
    VECTOR(struct decision) decisions;
    VECTOR(size_t) lines;
};

ieum_status collector_open(enum record_kind kind, struct collector *collector, struct problem *problem);
void collector_close(struct collector *collector); /* a zeroed or finished collector is fine */

/* Validates and adds; `line` is that of the record in its file, 0 when not known. */
ieum_status collector_add(struct collector *collector, const jval *json, const struct jpath *at, size_t line,
                          struct problem *problem);
/* Moves everything into the set. */
void collector_finish(struct collector *collector, struct record_set *set);

#endif
