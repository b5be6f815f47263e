/* SPDX-License-Identifier: Apache-2.0 */
/* A file of records of any bytes: all or nothing, refusals with their place, and what is taken has its texts as UTF-8.
 */
#ifndef IEUM_FUZZ_RECORDS_H
#define IEUM_FUZZ_RECORDS_H

#include "base/utf8.h"
#include "fuzz.h"
#include "record/read.h"

static inline void check_texts(const struct record_set *set) {
    struct arena *arena = arena_new();
    for (size_t i = 0; i < set->count && set->kind != RECORD_OUTCOME; i++) {
        struct record_texts texts;
        PROMISE((set->kind == RECORD_SUPPLIER ? supplier_texts(&set->suppliers[i], arena, &texts)
                                              : demand_texts(&set->demands[i], arena, &texts)) == IEUM_OK);
        for (size_t t = 0; t < texts.count; t++)
            PROMISE(*texts.items[t].text && utf8_valid(texts.items[t].text, strlen(texts.items[t].text)));
    }
    arena_free(arena);
}

/* The first byte chooses the kind. */
static inline int fuzz_records(const char *file_name, const uint8_t *bytes, size_t size) {
    static char data[1024];
    if (size == 0) return 0;
    snprintf(data, sizeof data, "%s/data", fuzz_source());
    struct problem problem = {0};
    struct record_set set = {0};
    memory_clear_failed();
    ieum_status status = record_set_read((enum record_kind)(bytes[0] % RECORD_KINDS), file_name,
                                         (const char *)bytes + 1, size - 1, data, &set, &problem);
    PROMISE(status == IEUM_OK || status == IEUM_INVALID || status == IEUM_LIMIT || status == IEUM_CONFLICT);
    if (status == IEUM_OK)
        check_texts(&set);
    else {
        PROMISE(set.count == 0 && !set.arena && problem.ko[0] && problem.en[0]);
        PROMISE(utf8_valid(problem.ko, strlen(problem.ko)) && utf8_valid(problem.en, strlen(problem.en)));
        PROMISE(utf8_valid(problem.value, strlen(problem.value)) &&
                utf8_valid(problem.pointer, strlen(problem.pointer)));
    }
    record_set_free(&set);
    return 0;
}

#endif
