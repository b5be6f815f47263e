/* SPDX-License-Identifier: Apache-2.0 */
/* The k-th greatest by Hoare's selection, on the entries themselves: their order says nothing. */
#include "shortlist.h"

#include <math.h>

#include "../base/memory.h"

static void swap(struct bracket *a, struct bracket *b) {
    const struct bracket held = *a;
    *a = *b;
    *b = held;
}

float shortlist_kth(struct shortlist *list, size_t k) {
    if (k == 0 || k > list->count) return -INFINITY;
    struct bracket *items = list->items;
    size_t from = 0, to = list->count - 1;
    while (from < to) {
        /* The middle of three as pivot; equal ones are spread over both halves, so that many ties cost no more. */
        const size_t middle = from + (to - from) / 2;
        if (items[middle].low > items[from].low) swap(&items[middle], &items[from]);
        if (items[to].low > items[from].low) swap(&items[to], &items[from]);
        if (items[to].low > items[middle].low) swap(&items[to], &items[middle]);
        const float pivot = items[middle].low;
        size_t i = from, j = to;
        while (i <= j) {
            while (items[i].low > pivot) i++;
            while (items[j].low < pivot) j--;
            if (i > j) break;
            swap(&items[i++], &items[j]);
            if (j == 0) break;
            j--;
        }
        if (k - 1 <= j && j < to) to = j;
        else if (k - 1 >= i) from = i;
        else return items[k - 1].low;
    }
    return items[k - 1].low;
}

void shortlist_tighten(struct shortlist *list, size_t k) {
    const float kth = shortlist_kth(list, k);
    if (kth > list->least) list->least = kth;
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].high >= list->least) list->items[kept++] = list->items[i];
    list->count = kept;
}

static bool grow(struct shortlist *list, size_t most) {
    const size_t capacity = list->capacity * 2 < most ? list->capacity * 2 : most;
    struct bracket *items = memory_resize(list->items, capacity, sizeof *items);
    if (!items) return false;
    list->items = items;
    list->capacity = capacity;
    return true;
}

bool shortlist_add(struct shortlist *list, struct bracket entry, size_t k, size_t most) {
    if (shortlist_given_up(list)) return true;
    if (list->count == list->capacity) {
        shortlist_tighten(list, k);
        if (list->count > list->capacity - list->capacity / 4) {
            if (list->capacity >= most) {
                list->count = 0;
                list->least = NAN;
                return true;
            }
            if (!grow(list, most)) return false;
        }
        if (entry.high < list->least) return true;
    }
    list->items[list->count++] = entry;
    return true;
}
