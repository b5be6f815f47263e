/* SPDX-License-Identifier: Apache-2.0 */
/* The handle, for the files that answer through it: engine.c (requests), engine_rows.c (numbers) and what stands beside them. */
#ifndef IEUM_ENGINE_PARTS_H
#define IEUM_ENGINE_PARTS_H

#include "workspace.h"

struct ieum_engine {
    struct workspace *workspace;
    bool korean;
};

/* The problem as a reply of ieum_call, where it is wanted; nothing where there is none, or no memory for it. Its status. */
ieum_status engine_tell_problem(const struct ieum_engine *engine, const struct problem *problem, char **reply);

#endif
