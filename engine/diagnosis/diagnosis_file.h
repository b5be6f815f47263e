/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the three files of data/diagnosis share: reading one strictly, its head ("id", "version", "effective", "source", "defaults", "note"), and the small
 * readers of titled things. Texts are borrowed from the file's JSON, which the caller keeps.
 */
#ifndef IEUM_DIAGNOSIS_DIAGNOSIS_FILE_H
#define IEUM_DIAGNOSIS_DIAGNOSIS_FILE_H

#include "../program/program.h"

struct diagnosis_head {
    const char *id, *version, *effective; /* effective: YYYY-MM-DD */
    struct text2 source, defaults;        /* where it comes from; which values are this project's own */
};

/* Reads the file at `path`; its "id" must be `id` and its members beyond the head must be among `known`. *json is owned by the caller, written on success only. */
ieum_status diagnosis_file_read(const char *path, const char *id, const char *const *known, size_t count, jval **json, struct diagnosis_head *head,
                                struct problem *problem);
/* {"ko", "en"} among other members of an object, both required and not empty. */
ieum_status read_both_languages(const jval *object, const struct jpath *at, struct text2 *text, struct problem *problem);
/* A list of at least `least` elements. */
ieum_status read_filled_list(const jval *object, const struct jpath *at, const char *key, size_t least, const jval **list, struct problem *problem);
/* The member "id" of the object, which none of the `count` ids before it may have. */
ieum_status read_new_id(const jval *object, const struct jpath *at, const char *const *before, size_t count, const char **id, struct problem *problem);

#endif
