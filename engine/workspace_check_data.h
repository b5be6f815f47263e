/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program file held against the rest of the data folder: the shape of records (data/schema), code lists (data/taxonomy), the other programs, the routes of the
 * diagnosis. What the folder does not have is not looked at.
 */
#ifndef IEUM_WORKSPACE_CHECK_DATA_H
#define IEUM_WORKSPACE_CHECK_DATA_H

#include "workspace.h"

/* What is read once for many programs. */
struct data_around {
    jval *demand, *supplier; /* schemas; NULL: none there */
    jval *seeds, *routes;
    jval *ids; /* {"file name": id}: of all program files that can be parsed */
    const struct taxonomy *taxonomy;
};
ieum_status data_around_read(struct workspace *workspace, struct data_around *around, struct problem *problem);
void data_around_free(struct data_around *around);

/* `problem->aside` must be there; `name`: of the file, NULL: it does not stand in the folder. */
ieum_status check_against_data(const struct data_around *around, const struct program *program, const char *name, struct problem *problem);

#endif
