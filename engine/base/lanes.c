/* SPDX-License-Identifier: Apache-2.0 */
#include "processor.h"

#define LANES_NAME lanes_portable
#include "lanes_parts.h"
#include "lanes_body.h"

const struct lanes *lanes_best(void) {
#if defined(IEUM_SIMD_X86)
    const enum processor_level level = processor_level();
    if (level == PROCESSOR_AVX512) return &lanes_avx512;
    if (level == PROCESSOR_AVX2) return &lanes_avx2;
#endif
    return &lanes_portable;
}
