/* SPDX-License-Identifier: Apache-2.0 */
#include "peak.h"

#if defined(IEUM_SIMD_X86)
#include <immintrin.h>

enum { CHAINS = 12, STEPS = 2000000 };

double peak_avx512(int tries) {
    double best = 0;
    for (int t = 0; t < tries; t++) {
        const __m512 factor = _mm512_set1_ps(0.999f), more = _mm512_set1_ps(0.001f);
        __m512 chains[CHAINS];
        _Pragma("GCC unroll 12") for (int c = 0; c < CHAINS; c++) chains[c] = factor;
        const double start = now_s();
        for (long i = 0; i < STEPS; i++) {
            _Pragma("GCC unroll 12") for (int c = 0; c < CHAINS; c++) {
                chains[c] = _mm512_fmadd_ps(chains[c], factor, more);
                __asm__ volatile("" : "+v"(chains[c])); /* each is wanted: none may be taken out of the loop */
            }
        }
        const double rate = 2.0 * 16 * CHAINS * STEPS / (now_s() - start) / 1e9;
        if (rate > best) best = rate;
    }
    return best;
}
#else
double peak_avx512(int tries) { return 0 * tries; }
#endif
