/* SPDX-License-Identifier: Apache-2.0 */
/* What every fuzz target says: a function of bytes; and a check that ends the run when a promise is broken. */
#ifndef IEUM_FUZZ_H
#define IEUM_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define PROMISE(condition)                                                                                             \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #condition);                                    \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

/* The repository's root: IEUM_SOURCE, else where the target was built. */
static inline const char *fuzz_source(void) {
    const char *path = getenv("IEUM_SOURCE");
    return path ? path : IEUM_SOURCE_FOLDER;
}

#endif
