/* SPDX-License-Identifier: Apache-2.0 */
#include "ranked.h"

static void sink(struct ranked *heap, size_t count, size_t at) {
    const struct ranked held = heap[at];
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && ranked_before(heap[child], heap[child + 1])) child++;
        if (!ranked_before(held, heap[child])) break;
        heap[at] = heap[child];
    }
    heap[at] = held;
}

void ranked_offer(struct ranked *heap, size_t *count, size_t k, struct ranked entry) {
    if (*count < k) {
        size_t at = (*count)++;
        for (size_t parent; at > 0 && ranked_before(heap[parent = (at - 1) / 2], entry); at = parent) heap[at] = heap[parent];
        heap[at] = entry;
    } else if (k > 0 && ranked_before(entry, heap[0])) {
        heap[0] = entry;
        sink(heap, k, 0);
    }
}

void ranked_sort(struct ranked *entries, size_t count) {
    for (size_t at = count / 2; at-- > 0;) sink(entries, count, at);
    for (size_t rest = count; rest > 1; rest--) {
        const struct ranked worst = entries[0];
        entries[0] = entries[rest - 1];
        entries[rest - 1] = worst;
        sink(entries, rest - 1, 0);
    }
}
