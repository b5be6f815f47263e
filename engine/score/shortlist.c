/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The k-th greatest: in short lists by counting for each how many are greater, which takes no branches that a processor would guess wrongly; in long
 * ones by Hoare's selection, on the entries themselves, whose order says nothing.
 */
#include "shortlist.h"

#include <math.h>

#include "../base/memory.h"

static void swap(struct bracket *a, struct bracket *b) {
    const struct bracket held = *a;
    *a = *b;
    *b = held;
}

enum { SHORT = 64 };

static float kth_by_counting(const struct bracket *items, size_t count, size_t k) {
    float lows[SHORT], kth = INFINITY;
    for (size_t i = 0; i < SHORT; i++) lows[i] = i < count ? items[i].low : -INFINITY;
    for (size_t i = 0; i < count; i++) {
        int greater = 0;
        for (size_t j = 0; j < (count <= SHORT / 2 ? SHORT / 2 : SHORT); j++) greater += lows[j] > lows[i];
        const float mine = (size_t)greater < k ? lows[i] : INFINITY;
        kth = mine < kth ? mine : kth;
    }
    return kth;
}

static float kth_by_selection(struct shortlist *list, size_t k) {
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

float shortlist_kth(struct shortlist *list, size_t k) {
    if (k == 0 || k > list->count) return -INFINITY;
    return list->count <= SHORT ? kth_by_counting(list->items, list->count, k) : kth_by_selection(list, k);
}

void shortlist_tighten(struct shortlist *list, size_t k) {
    const float kth = shortlist_kth(list, k);
    if (kth > list->least) list->least = kth;
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        list->items[kept] = list->items[i];
        kept += list->items[i].high >= list->least;
    }
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
