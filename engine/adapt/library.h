/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared libraries that are loaded when they are first needed: what only training needs (and it brings a linear algebra library with threads of its own) would
 * double the time in which the program starts.
 */
#ifndef IEUM_ADAPT_LIBRARY_H
#define IEUM_ADAPT_LIBRARY_H

#include <stddef.h>

#include "../base/problem.h"

/* A function's name, and the pointer to it that is to be set. */
struct library_function {
    const char *name;
    void *pointer; /* address of a function pointer */
};

/*
 * Loads `file` (a name for the system's loader) and finds the functions; the library stays loaded. The int at `version_name` must be `version`, that of the header
 * this was built with: another version may lay its structs out otherwise. INTERNAL, with the name, when it is not there or another one; MEMORY.
 */
ieum_status library_load(const char *file, const char *version_name, int version, const struct library_function *functions, size_t count,
                         struct problem *problem);

#endif
