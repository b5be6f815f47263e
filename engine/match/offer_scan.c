/* SPDX-License-Identifier: Apache-2.0 */
/* The dispatcher and the plain version. Wider vectors than AVX2's were measured no faster: gathering is the limit. */
#include "offer_scan.h"

#include "../base/processor.h"
#include "offer_scan_body.h"

static int64_t first_portable(const struct offer_list *list, const int64_t *threshold, int64_t limit, int64_t *key) {
    return offer_scan_first(list, threshold, limit, key);
}

static int64_t next_portable(const int64_t *key, uint32_t count, int64_t limit) {
    return offer_scan_next(key, count, limit);
}

struct offer_scanner offer_scanner_choose(void) {
#if defined(IEUM_SIMD_X86)
    if (processor_level() >= PROCESSOR_AVX2) {
        return (struct offer_scanner){offer_scan_first_avx2, offer_scan_next_avx2};
    }
#endif
    return (struct offer_scanner){first_portable, next_portable};
}
