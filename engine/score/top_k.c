/* SPDX-License-Identifier: Apache-2.0 */
/* A heap of the k best so far with the worst on top, emptied from the back at the end. */
#include "top_k.h"

/* Whether a stands before b. */
static bool before(struct top_k a, struct top_k b) { return a.score != b.score ? a.score > b.score : a.index < b.index; }

static void sink(struct top_k *heap, size_t count, size_t at) {
    for (;;) {
        size_t worst = at, left = 2 * at + 1;
        for (size_t child = left; child < left + 2 && child < count; child++)
            if (before(heap[worst], heap[child])) worst = child;
        if (worst == at) return;
        struct top_k held = heap[at];
        heap[at] = heap[worst];
        heap[worst] = held;
        at = worst;
    }
}

size_t top_k_select(const int64_t *scores, const bool *barred, size_t count, size_t k, struct top_k *best) {
    size_t held = 0;
    for (size_t i = 0; i < count && k > 0; i++) {
        if (barred && barred[i]) continue;
        struct top_k entry = {scores[i], (uint32_t)i};
        if (held < k) {
            best[held++] = entry;
            if (held == k)
                for (size_t at = k / 2 + 1; at-- > 0;) sink(best, k, at);
        } else if (before(entry, best[0])) {
            best[0] = entry;
            sink(best, k, 0);
        }
    }
    if (held < k)
        for (size_t at = held / 2 + 1; at-- > 0 && held;) sink(best, held, at);
    for (size_t rest = held; rest > 1; rest--) {
        struct top_k worst = best[0];
        best[0] = best[rest - 1];
        best[rest - 1] = worst;
        sink(best, rest - 1, 0);
    }
    return held;
}
