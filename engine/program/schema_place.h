/* SPDX-License-Identifier: Apache-2.0 */
/* What a JSON schema of records (data/schema) says of a place: whether there is one, and what it holds. Of JSON Schema only what those files use is understood. */
#ifndef IEUM_PROGRAM_SCHEMA_PLACE_H
#define IEUM_PROGRAM_SCHEMA_PLACE_H

#include "../adapt/json.h"

enum schema_answer {
    SCHEMA_UNKNOWN, /* the schema has no such member */
    SCHEMA_KNOWN,
    SCHEMA_OPEN /* somewhere on the way the schema says nothing of members */
};
/* `pointer`: into a record ("/firm/region"). KNOWN sets `*leaf`, a part of the schema. */
enum schema_answer schema_find(const jval *schema, const char *pointer, const jval **leaf);
/* Whether the place, or an element of the list there, may be of a type ("string", "number"). */
bool schema_holds(const jval *schema, const jval *leaf, const char *type);
bool schema_dated(const jval *schema, const jval *leaf); /* may be a date */
/* The numbers that may stand there; false: nothing is said. */
bool schema_range(const jval *schema, const jval *leaf, double *least, double *most);
bool schema_listed(const jval *schema, const jval *leaf);                      /* only values of a list may stand there */
bool schema_lists(const jval *schema, const jval *leaf, const jval *value); /* and this is one */

#endif
