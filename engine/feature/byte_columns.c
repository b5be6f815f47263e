/* SPDX-License-Identifier: Apache-2.0 */
#include "byte_columns.h"

#include <math.h>
#include <string.h>

enum { SWEEP = 32 }; /* a sweep over all suppliers costs what so many times fewer postings do */

bool byte_columns_make(struct byte_columns *columns, size_t lists, size_t suppliers) {
    *columns = (struct byte_columns){.lists = lists, .suppliers = suppliers, .items = memory_allocate_zero(lists + 1, sizeof *columns->items)};
    return columns->items != NULL;
}

void byte_columns_free(struct byte_columns *columns) {
    for (size_t i = 0; columns->items && i < columns->lists; i++) {
        memory_free(columns->items[i].bytes);
        memory_free(columns->items[i].postings);
    }
    memory_free(columns->items);
    *columns = (struct byte_columns){0};
}

bool byte_columns_common(const struct byte_columns *columns, size_t count) { return count > 0 && count * SWEEP >= columns->suppliers; }

bool byte_columns_lay(struct byte_columns *columns, size_t list, const struct byte_posting *postings, size_t count) {
    struct byte_list *item = &columns->items[list];
    item->count = count;
    if (count == 0) return true;
    if (!byte_columns_common(columns, count)) {
        item->postings = memory_allocate(count * sizeof *item->postings);
        if (item->postings) memcpy(item->postings, postings, count * sizeof *postings);
        return item->postings != NULL;
    }
    float most = 0;
    item->bytes = memory_allocate_zero(columns->suppliers, 1);
    for (size_t i = 0; i < count; i++) most = postings[i].weight > most ? postings[i].weight : most;
    item->step = most / 254; /* the last step is left for what rounding carries over */
    for (size_t i = 0; item->bytes && i < count && most > 0; i++) item->bytes[postings[i].supplier] = (uint8_t)ceilf(postings[i].weight / item->step);
    return item->bytes != NULL;
}

size_t byte_columns_cost(const struct byte_columns *columns, size_t list) {
    return columns->items[list].bytes ? columns->suppliers / SWEEP : columns->items[list].count;
}

void byte_sum_end(struct byte_sum *sum) {
    if (sum->held_count) lanes_best()->add_columns(sum->sums, sum->held, sum->held_count, sum->suppliers);
    sum->held_count = 0;
}

void byte_sum_add(struct byte_sum *sum, const uint8_t *bytes, float factor) {
    enum { LINE = 64, FIRST = 6 };
    for (size_t i = 0; i < FIRST; i++) __builtin_prefetch(bytes + i * LINE);
    sum->held[sum->held_count++] = (struct lane_column){bytes, factor};
    if (sum->held_count == COLUMNS_AT_ONCE) byte_sum_end(sum);
}

void byte_sum_add_list(struct byte_sum *sum, const struct byte_columns *columns, size_t list, double factor) {
    const struct byte_list *item = &columns->items[list];
    const float weight = (float)factor;
    if (item->bytes) byte_sum_add(sum, item->bytes, weight * item->step);
    for (size_t i = 0; !item->bytes && i < item->count; i++) sum->sums[item->postings[i].supplier] += weight * item->postings[i].weight;
}
