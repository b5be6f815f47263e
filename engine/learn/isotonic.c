/* SPDX-License-Identifier: Apache-2.0 */
#include "isotonic.h"

#include "../base/memory.h"

struct block {
    double mean, weight;
    size_t length;
};

bool isotonic_project(double *value, const double *weight, size_t count, bool falling) {
    struct block *blocks = memory_allocate_zero(count, sizeof *blocks);
    if (!blocks) return false;
    const double sign = falling ? -1 : 1;
    size_t last = 0; /* one past the last block */
    for (size_t i = 0; i < count; i++) {
        blocks[last++] = (struct block){sign * value[i], weight[i], 1};
        while (last > 1 && blocks[last - 2].mean >= blocks[last - 1].mean) {
            struct block *into = &blocks[last - 2], *from = &blocks[last - 1];
            const double sum = into->weight + from->weight;
            into->mean = (into->mean * into->weight + from->mean * from->weight) / sum;
            into->weight = sum;
            into->length += from->length;
            last--;
        }
    }
    for (size_t b = 0, i = 0; b < last; b++)
        for (size_t k = 0; k < blocks[b].length; k++) value[i++] = sign * blocks[b].mean;
    memory_free(blocks);
    return true;
}
