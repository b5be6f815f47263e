/* SPDX-License-Identifier: Apache-2.0 */
#include "processor.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static atomic_int limit = -1, known = -1; /* -1: not asked yet */

static int first_limit(void) {
    const char *text = getenv("IEUM_SIMD");
    if (text && strcmp(text, "portable") == 0) return PROCESSOR_PORTABLE;
    if (text && strcmp(text, "avx2") == 0) return PROCESSOR_AVX2;
    if (text && strcmp(text, "avx512") == 0) return PROCESSOR_AVX512;
    return PROCESSOR_HIGHEST;
}

static enum processor_level found(void) {
#if defined(IEUM_SIMD_X86)
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return PROCESSOR_PORTABLE;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
        return __builtin_cpu_supports("avx512vnni") ? PROCESSOR_AVX512VNNI : PROCESSOR_AVX512;
    return PROCESSOR_AVX2;
#else
    return PROCESSOR_PORTABLE;
#endif
}

enum processor_level processor_level(void) {
    int most = atomic_load(&limit);
    if (most < 0) {
        most = first_limit();
        atomic_store(&limit, most);
    }
    int level = atomic_load(&known);
    if (level < 0) {
        level = (int)found();
        atomic_store(&known, level);
    }
    return level < most ? (enum processor_level)level : (enum processor_level)most;
}

void processor_limit(enum processor_level most) { atomic_store(&limit, (int)most); }
