/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Typed growable arrays:  VECTOR(double) values = {0};  if (!vector_push(&values, 1.5)) → out of memory.
 * `items[0..count)` is plain memory. vector_free resets to empty.
 */
#ifndef IEUM_BASE_VECTOR_H
#define IEUM_BASE_VECTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "memory.h"

#define VECTOR(type)                                                                                                   \
    struct {                                                                                                           \
        type *items;                                                                                                   \
        size_t count, capacity;                                                                                        \
    }

/* Makes room for one more item. False when memory fails; the vector is unchanged then. */
bool vector_grow(void **items, size_t *capacity, size_t needed, size_t item_size);

#define vector_reserve(vector, needed)                                                                                 \
    ((needed) <= (vector)->capacity ||                                                                                 \
     vector_grow((void **)&(vector)->items, &(vector)->capacity, (needed), sizeof *(vector)->items))
#define vector_push(vector, value)                                                                                     \
    (vector_reserve((vector), (vector)->count + 1) && ((vector)->items[(vector)->count++] = (value), true))
#define vector_free(vector)                                                                                            \
    do {                                                                                                               \
        memory_free((vector)->items);                                                                                  \
        (vector)->items = NULL;                                                                                        \
        (vector)->count = (vector)->capacity = 0;                                                                      \
    } while (0)

#endif
