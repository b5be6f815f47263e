/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The processor's limit, measured: f32 fused multiply-adds on registers alone, two operations each. In GFLOP/s, the best of `tries`. 0 where not
 * compiled in.
 */
#ifndef IEUM_BENCH_PEAK_H
#define IEUM_BENCH_PEAK_H

double peak_avx512(int tries);
double peak_avx2(int tries);
double now_s(void);

#endif
