/* SPDX-License-Identifier: Apache-2.0 */
/* The dispatcher and the plain version. Wider vectors than AVX2's were measured no faster: gathering is the limit. */
#include "offer_scan.h"

#include "../base/processor.h"
#include "offer_scan_body.h"

int64_t offer_scan_portable(const struct offer_list *list, const int64_t *threshold, int64_t limit, int64_t *key) {
    return offer_scan_body(list, threshold, limit, key);
}

offer_scan_function offer_scan_choose(void) {
#if defined(IEUM_SIMD_X86)
    if (processor_level() >= PROCESSOR_AVX2) return offer_scan_avx2;
#endif
    return offer_scan_portable;
}
