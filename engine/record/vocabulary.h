/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words that members of records may have: which member, and the file of data that lists the ids, are said by data/taxonomy/vocabularies.json. A record's word that is
 * not in its list is refused with the list; an absent one is not known and never refused. A data folder without that file asks for no words.
 */
#ifndef IEUM_RECORD_VOCABULARY_H
#define IEUM_RECORD_VOCABULARY_H

#include "record.h"

struct vocabulary;
/* Reads <data_folder>/taxonomy/vocabularies.json; the lists it names are read when a record first has such a member. Problems name the file. */
ieum_status vocabulary_open(const char *data_folder, struct vocabulary **vocabulary, struct problem *problem);
void vocabulary_free(struct vocabulary *vocabulary); /* NULL is fine */
/* `at`: where the record stands, NULL: the root. Shapes are the readers' business: a member of another shape is passed over. */
ieum_status vocabulary_check(struct vocabulary *vocabulary, enum record_kind kind, const jval *record, const struct jpath *at, struct problem *problem);
/* The same of a list of records, or of one record. */
ieum_status vocabulary_check_all(struct vocabulary *vocabulary, enum record_kind kind, const jval *records, const struct jpath *at, struct problem *problem);

#endif
