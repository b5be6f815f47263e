/* SPDX-License-Identifier: Apache-2.0 */
#include "processor.h"

#define LANES_NAME lanes_portable
#include "lanes_parts.h"
#include "lanes_body.h"

const struct lanes *lanes_best(void) {
#if defined(IEUM_SIMD_X86)
    const enum processor_level level = processor_level();
    if (level >= PROCESSOR_AVX512) return &lanes_avx512;
    if (level >= PROCESSOR_AVX2) return &lanes_avx2;
#endif
    return &lanes_portable;
}

enum { CACHE_LINE = 64 };

double (*lanes_rows(struct arena *arena, size_t count))[LANES] {
    if (count > SIZE_MAX / sizeof(double[LANES]) - 1) return NULL;
    char *block = arena_allocate_zero(arena, 1, count * sizeof(double[LANES]) + CACHE_LINE);
    if (!block) return NULL;
    return (double(*)[LANES])(void *)(block + (CACHE_LINE - (uintptr_t)block % CACHE_LINE) % CACHE_LINE);
}
