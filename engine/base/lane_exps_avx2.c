/* SPDX-License-Identifier: Apache-2.0 */
#include "lane_exps.h"

#if defined(IEUM_SIMD_X86)
#include "lane_exp_avx2.h"

void lane_exps_avx2(double *values, size_t count) {
    size_t i = 0;
    for (; i + 4 <= count; i += 4) _mm256_storeu_pd(values + i, lane_exp_avx2(_mm256_loadu_pd(values + i)));
    for (; i < count; i++) values[i] = lane_exp(values[i]);
}
#endif
