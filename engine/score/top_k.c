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

static void order(struct top_k *heap, size_t count) {
    for (size_t at = count / 2 + 1; at-- > 0 && count;) sink(heap, count, at);
}

static void sort_heap(struct top_k *heap, size_t count) {
    for (size_t rest = count; rest > 1; rest--) {
        struct top_k worst = heap[0];
        heap[0] = heap[rest - 1];
        heap[rest - 1] = worst;
        sink(heap, rest - 1, 0);
    }
}

bool top_k_offer(struct top_k *heap, size_t *held, size_t k, int64_t score, uint32_t index, uint32_t *place) {
    if (*held < k) {
        *place = (uint32_t)*held;
        heap[(*held)++] = (struct top_k){score, index, *place};
        if (*held == k) order(heap, k);
        return true;
    }
    if (k == 0 || !before((struct top_k){score, index, 0}, heap[0])) return false;
    *place = heap[0].place;
    heap[0] = (struct top_k){score, index, *place};
    sink(heap, k, 0);
    return true;
}

void top_k_settle(struct top_k *heap, size_t held, size_t k) {
    if (held < k) order(heap, held);
    sort_heap(heap, held);
}

size_t top_k_select(const int64_t *scores, const bool *barred, size_t count, size_t k, struct top_k *best) {
    size_t held = 0;
    uint32_t place;
    for (size_t i = 0; i < count && k > 0; i++)
        if (!barred || !barred[i]) top_k_offer(best, &held, k, scores[i], (uint32_t)i, &place);
    top_k_settle(best, held, k);
    return held;
}
