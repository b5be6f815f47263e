/* SPDX-License-Identifier: Apache-2.0 */
/* The handle, for the files that answer through it: engine.c (requests) and engine_rows.c (numbers). */
#ifndef IEUM_ENGINE_PARTS_H
#define IEUM_ENGINE_PARTS_H

#include "workspace.h"

struct ieum_engine {
    struct workspace *workspace;
    bool korean;
};

#endif
