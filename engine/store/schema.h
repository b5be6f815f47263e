/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of the store, as a list of migrations: version n is reached by running the first n of them, once and in
 * order. */
#ifndef IEUM_STORE_SCHEMA_H
#define IEUM_STORE_SCHEMA_H

#include <stdint.h>

#include "../adapt/database.h"

#define STORE_APPLICATION_ID 0x4945554Du /* "IEUM" */

/* The version this engine writes. */
int schema_version(void);

/* Whether a file with this header is a store that this engine can use; `path` is for the message. */
ieum_status schema_check(const struct database_header *header, const char *path, struct problem *problem);

/* Brings the file to schema_version in one transaction. */
ieum_status schema_migrate(struct database *database, struct problem *problem);

#endif
