/* SPDX-License-Identifier: Apache-2.0 */
#include "processor.h"

#include <string.h>

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

static void *lay_rows(struct arena *arena, size_t count, size_t size) {
    if (count > SIZE_MAX / size - 1) return NULL;
    char *block = arena_allocate_zero(arena, 1, count * size + CACHE_LINE);
    return block ? block + (CACHE_LINE - (uintptr_t)block % CACHE_LINE) % CACHE_LINE : NULL;
}

double (*lanes_rows(struct arena *arena, size_t count))[LANES] { return lay_rows(arena, count, sizeof(double[LANES])); }
float (*lanes_short_rows(struct arena *arena, size_t count))[LANES] { return lay_rows(arena, count, sizeof(float[LANES])); }

/* ---- numbers of few bits ---- */

uint32_t lane_item(uint32_t row, double weight) {
    const float most = (float)weight * 1.000001f;
    uint32_t bits;
    memcpy(&bits, &most, sizeof bits);
    return row | ((bits + 0xffff) & 0xffff0000); /* to the next greater with eight bits */
}

float lane_row_of(double value) { return (float)(value * 1.0001); }
