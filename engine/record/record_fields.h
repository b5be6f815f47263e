/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Members that every kind of record has: identifiers, sentences, dates, amounts, codes, and the firm. In: an object and
 * a key. Out: the value, or a problem that points at the member. Absent and null members leave the output as it was.
 * They must not guess.
 */
#ifndef IEUM_RECORD_RECORD_FIELDS_H
#define IEUM_RECORD_RECORD_FIELDS_H

#include "record.h"

#define RECORD_BYTES_MOST ((size_t)1 << 20) /* of one text, and of one record */
#define AMOUNT_MOST_KRW INT64_C(1000000000000000)

/* Refuses a value that is no object (INVALID) or has more than 1 MiB in one text or altogether (LIMIT). */
ieum_status record_check_whole(const jval *json, const struct jpath *at, struct problem *problem);

/* [A-Za-z0-9._-]{1,64} */
ieum_status member_id(const jval *object, const struct jpath *at, const char *key, bool required, const char **out,
                      struct problem *problem);
/* A text that is not blank where it is given; when absent, `*out` stays. */
ieum_status member_sentence(const jval *object, const struct jpath *at, const char *key, bool required,
                            const char **out, struct problem *problem);
ieum_status member_date(const jval *object, const struct jpath *at, const char *key, bool required, struct date *out,
                        struct problem *problem);
/* A text, or a list of texts. */
ieum_status member_texts(const jval *object, const struct jpath *at, const char *key, struct arena *arena,
                         struct text_list *out, struct problem *problem);
/* An array of 1..4096 finite numbers; only checked, it stays in the JSON. */
ieum_status member_vector(const jval *object, const struct jpath *at, const char *key, struct problem *problem);
/* A KSIC code of the revision (0: not said), and the refusal of what is none. */
ieum_status member_ksic(const jval *object, const struct jpath *at, const char *key, int revision, struct ksic *out,
                        struct problem *problem);
ieum_status ksic_refuse(const struct jpath *at, const jval *found, struct problem *problem);

/* The firm's members of `object`: of the record itself for a supplier, of its "firm" for a demand. */
ieum_status firm_read(const jval *object, const struct jpath *at, struct arena *arena, struct firm *firm,
                      struct problem *problem);
/* "ksic_rev": 10 or 11, 0 when absent. */
ieum_status firm_read_revision(const jval *object, const struct jpath *at, int *revision, struct problem *problem);

#endif
