/* SPDX-License-Identifier: Apache-2.0 */
/* lanes_body.h compiled for AVX512 (lanes.c chooses). */
#include "lanes_parts.h"

#if defined(IEUM_SIMD_X86)
#define LANES_NAME lanes_avx512
#include "lanes_body.h"
#else
typedef int lanes_avx512_is_empty; /* a file of C may not be */
#endif
