/* SPDX-License-Identifier: Apache-2.0 */
#include "vector.h"

#include <stdint.h>

bool vector_grow(void **items, size_t *capacity, size_t needed, size_t item_size) {
    size_t grown = *capacity < 8 ? 8 : *capacity;
    while (grown < needed) grown = grown > SIZE_MAX / 2 ? needed : grown * 2;
    void *block = memory_resize(*items, grown, item_size);
    if (!block) return false;
    *items = block;
    *capacity = grown;
    return true;
}
