/* SPDX-License-Identifier: Apache-2.0 */
/* What side_vectors.c and side_names.c share: the groups of coordinates by the word before the colon, and what a record says in each. */
#ifndef IEUM_FEATURE_SIDE_PARTS_H
#define IEUM_FEATURE_SIDE_PARTS_H

#include "side_vectors.h"

enum side_part { PART_CONCEPT, PART_KSIC, PART_SERVED, PART_REGION, PART_SIZE, PART_NUMBER, PART_VECTOR, PART_MISSING, SIDE_PARTS };
extern const char *const side_part_names[SIDE_PARTS]; /* "concept", "ksic", … */

enum side_number {
    NUMBER_EMPLOYEES, NUMBER_AGE, NUMBER_BUDGET, NUMBER_READINESS, NUMBER_DATA_HELD,           /* demand, first also supplier */
    NUMBER_FOUNDED, NUMBER_PRICE_LEAST, NUMBER_PRICE_MOST, NUMBER_CAPACITY, NUMBER_REFERENCES, /* supplier */
    SIDE_NUMBERS
};
struct side_number_name {
    const char *name;
    bool demand, supplier; /* which sides have it */
};
extern const struct side_number_name side_number_names[SIDE_NUMBERS];
double side_number(enum side_number number, const struct side_record *record); /* NaN: not known */

#define DIVISIONS 100
/* Sets the two-digit divisions that a record's own codes (or of a demand without codes its texts) name; or those that a supplier has served. How many. */
size_t side_divisions(bool served, const struct lexicon *lexicon, const struct side_record *record, bool divisions[DIVISIONS]);
const char *side_region(const struct taxonomy *taxonomy, const struct side_record *record); /* an id, NULL: not known */
const char *side_size(const struct taxonomy *taxonomy, const struct side_record *record);
const jval *side_vector(const struct side_record *record); /* NULL: none */

#endif
