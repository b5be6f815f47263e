/* SPDX-License-Identifier: Apache-2.0 */
/* The dispatcher and the plain version. */
#include "lane_exps.h"

#include "lane_exp.h"
#include "processor.h"

void lane_exps(double *values, size_t count) {
#if defined(IEUM_SIMD_X86)
    const enum processor_level level = processor_level();
    if (level >= PROCESSOR_AVX512) {
        lane_exps_avx512(values, count);
        return;
    }
    if (level >= PROCESSOR_AVX2) {
        lane_exps_avx2(values, count);
        return;
    }
#endif
    for (size_t i = 0; i < count; i++) values[i] = lane_exp(values[i]);
}
