/* SPDX-License-Identifier: Apache-2.0 */
/* A program file looked through by whoever is to mend it: all its mistakes at once, and what the data folder has to say about it. */
#ifndef IEUM_WORKSPACE_CHECK_H
#define IEUM_WORKSPACE_CHECK_H

#include "base/problem_list.h"
#include "workspace.h"

struct data_around;

struct program_check {
    const struct data_around *around; /* given (workspace_check_data.h), borrowed */
    struct problem_list mistakes; /* of the file, in the order in which they were found: errors and warnings */
    struct program *program;      /* what could be read; NULL: nothing. Good for use only when there is no error */
    const char *source;           /* the file, NULL: a text; lives in the arena that was given */
};

/* The program of that id in the data folder; NOT_FOUND when it has none. */
ieum_status workspace_check_file(struct workspace *workspace, const char *id, struct arena *arena, struct program_check *check, struct problem *problem);
/* A text that is not there yet. `name`: of its file, without folder; NULL: not known. `outside`: who asks may not make the engine open files by their path. */
ieum_status workspace_check_text(struct workspace *workspace, const char *text, size_t size, const char *name, bool outside, struct program_check *check,
                                 struct problem *problem);
/* The first error as a problem; for a check that found one. */
ieum_status program_check_refuse(const struct program_check *check, struct problem *problem);
void program_check_free(struct program_check *check);

#endif
