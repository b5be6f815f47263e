/* SPDX-License-Identifier: Apache-2.0 */
#include "offer_scan.h"

#if defined(IEUM_SIMD_X86)
#include "offer_scan_body.h"

int64_t offer_scan_first_avx2(const struct offer_list *list, const int64_t *threshold, int64_t limit, int64_t *key) {
    return offer_scan_first(list, threshold, limit, key);
}

int64_t offer_scan_next_avx2(const int64_t *key, uint32_t count, int64_t limit) {
    return offer_scan_next(key, count, limit);
}
#endif
