/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which instructions this processor has, for code that exists in several versions. Files named *_avx512vnni.c, *_avx512.c and *_avx2.c are compiled for
 * those instructions (CMakeLists.txt) and hold nothing but functions that a dispatcher calls after asking here. Each level has all of those below it, so
 * a dispatcher asks for "at least". Every version gives the same results.
 */
#ifndef IEUM_BASE_PROCESSOR_H
#define IEUM_BASE_PROCESSOR_H

enum processor_level {
    PROCESSOR_PORTABLE, /* plain C */
    PROCESSOR_AVX2,     /* AVX2 and FMA */
    PROCESSOR_AVX512,   /* AVX-512 F, BW, DQ, VL */
    PROCESSOR_AVX512VNNI, /* and VNNI: sums of products of whole numbers */
    PROCESSOR_HIGHEST = PROCESSOR_AVX512VNNI
};

/* The highest level that the processor, the build and the limit allow. */
enum processor_level processor_level(void);
/* For tests and benches: no higher level than this from now on. The environment variable IEUM_SIMD ("portable", "avx2", "avx512") sets the first limit. */
void processor_limit(enum processor_level most);

#endif
