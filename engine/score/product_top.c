/* SPDX-License-Identifier: Apache-2.0 */
/* Demands go in blocks, so that what is held per demand (its exact row, its f32 row, its list) does not grow with their number. */
#include "product_top.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "../base/memory.h"
#include "product_rescore.h"
#include "product_strip.h"
#include "ranked.h"

static const size_t BLOCK_BYTES = 24u << 20, MOST_BYTES = 256u << 20;

/* Where a quarter of all suppliers is wanted, screening would only pass them on. */
static bool is_screened(const struct product_side *side, size_t k) { return k < side->count / 4 + 1; }

/* Demands of a block: as many as fit, two tiles' worth at least where memory allows that. */
static size_t block_length(const struct product_side *side, size_t count, size_t k, int threads) {
    const size_t workers = threads < 1 ? 1 : (size_t)threads, wanted = k < side->count ? k : side->count;
    const size_t lists = is_screened(side, k) ? workers * product_longest_list(side->count, k) * sizeof(struct bracket) / 8 : wanted * sizeof(struct ranked);
    const size_t each = side->scorer->padded * (sizeof(double) + sizeof(float)) + lists, few = MOST_BYTES / each + 1;
    size_t length = BLOCK_BYTES / each / SCREEN_TALLEST * SCREEN_TALLEST;
    if (length < 2 * SCREEN_TALLEST) length = few < 2 * SCREEN_TALLEST ? few : 2 * SCREEN_TALLEST;
    return length < count ? length : count;
}

struct heaps {
    const uint32_t *demands; /* of the block, those whose suppliers are all scored */
    struct ranked *entries;  /* k each */
    size_t *counts;
    size_t k, words;
    const uint32_t *eligible;
};

static void offer_all(void *context, size_t position, size_t first, const double *scores, size_t count) {
    const struct heaps *heaps = context;
    const uint32_t *eligible = heaps->eligible ? heaps->eligible + heaps->demands[position] * heaps->words : NULL;
    for (size_t s = 0; s < count; s++) {
        const size_t supplier = first + s;
        if (eligible && (eligible[supplier / 32] >> supplier % 32 & 1) == 0) continue;
        ranked_offer(heaps->entries + position * heaps->k, &heaps->counts[position], heaps->k, (struct ranked){scores[s], (uint32_t)supplier});
    }
}

/* What a block answers goes to its place in the result. */
struct answer {
    struct product_found at;
    size_t k;
};

static void put(const struct answer *answer, size_t demand, const struct ranked *sorted, size_t count) {
    const size_t held = count < answer->k ? count : answer->k;
    for (size_t i = 0; i < answer->k; i++) {
        answer->at.suppliers[demand * answer->k + i] = i < held ? sorted[i].index : UINT32_MAX;
        answer->at.scores[demand * answer->k + i] = i < held ? sorted[i].score : (double)NAN;
    }
    answer->at.counts[demand] = (uint32_t)held;
}

/* Demands that screening could not decide: all their suppliers are scored. */
static ieum_status answer_by_all(const struct product_side *side, const struct product_block *block, const uint32_t *demands, size_t count,
                                 const uint32_t *eligible, int threads, const struct answer *answer, struct problem *problem) {
    const size_t k = answer->k < side->count ? answer->k : side->count;
    struct heaps heaps = {.demands = demands, .k = k, .words = side->panels, .eligible = eligible};
    size_t entries;
    ieum_status status = IEUM_OK;
    heaps.entries = __builtin_mul_overflow(count, k, &entries) ? NULL : memory_resize(NULL, entries, sizeof *heaps.entries);
    heaps.counts = memory_allocate_zero(count, sizeof *heaps.counts);
    if (!heaps.entries || !heaps.counts) status = problem_set_memory(problem);
    if (status == IEUM_OK) status = product_rescore_all(side, block, demands, count, offer_all, &heaps, threads, problem);
    for (size_t i = 0; status == IEUM_OK && i < count; i++) {
        ranked_sort(heaps.entries + i * k, heaps.counts[i]);
        put(answer, demands[i], heaps.entries + i * k, heaps.counts[i]);
    }
    memory_free(heaps.entries);
    memory_free(heaps.counts);
    return status;
}

/* The others: their shortlists are scored. */
static ieum_status answer_by_lists(const struct product_side *side, const struct product_block *block, const struct shortlist *lists, int threads,
                                   const struct answer *answer, uint64_t *candidates, struct problem *problem) {
    ieum_status status = IEUM_OK;
    size_t count = 0, longest = 0, n = 0;
    for (size_t d = 0; d < block->count; d++) {
        count += lists[d].count;
        if (lists[d].count > longest) longest = lists[d].count;
    }
    struct rescore_pair *pairs = memory_resize(NULL, count, sizeof *pairs);
    struct ranked *entries = memory_resize(NULL, count, sizeof *entries);
    size_t *ends = memory_allocate_zero(block->count + 1, sizeof *ends);
    if (!pairs || !entries || !ends) {
        status = problem_set_memory(problem);
        goto done;
    }
    for (size_t d = 0; d < block->count; d++) {
        ends[d] = n;
        for (size_t i = 0; i < lists[d].count; i++) pairs[n++] = (struct rescore_pair){(uint32_t)d, lists[d].items[i].index, 0};
    }
    status = product_rescore(side, block, pairs, count, threads, problem);
    if (status != IEUM_OK) goto done;
    for (size_t i = 0; i < count; i++) entries[ends[pairs[i].demand]++] = (struct ranked){pairs[i].score, pairs[i].supplier};
    for (size_t d = 0; d < block->count; d++) {
        if (shortlist_given_up(&lists[d])) continue;
        struct ranked *own = entries + (ends[d] - lists[d].count);
        ranked_sort(own, lists[d].count);
        put(answer, d, own, lists[d].count);
    }
    *candidates += count;
done:
    memory_free(pairs);
    memory_free(entries);
    memory_free(ends);
    return status;
}

static double now_s(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static ieum_status answer_block(const struct product_side *side, const struct product_block *block, const uint32_t *eligible, int threads,
                                const struct answer *answer, struct product_effort *effort, struct problem *problem) {
    struct shortlist *lists = memory_allocate_zero(block->count, sizeof *lists);
    uint32_t *hard = memory_resize(NULL, block->count, sizeof *hard);
    size_t hard_count = 0;
    ieum_status status = lists && hard ? IEUM_OK : problem_set_memory(problem);
    const double start = now_s();
    if (status == IEUM_OK && block->packed) status = product_shortlists(side, block, answer->k, eligible, threads, lists, problem);
    for (size_t d = 0; status == IEUM_OK && !block->packed && d < block->count; d++) lists[d].least = NAN;
    effort->screening_s += now_s() - start;
    if (status == IEUM_OK) status = answer_by_lists(side, block, lists, threads, answer, &effort->candidates, problem);
    for (size_t d = 0; status == IEUM_OK && d < block->count; d++)
        if (shortlist_given_up(&lists[d])) hard[hard_count++] = (uint32_t)d;
    if (status == IEUM_OK && hard_count) status = answer_by_all(side, block, hard, hard_count, eligible, threads, answer, problem);
    effort->given_up += hard_count;
    if (lists) shortlists_free(lists, block->count);
    memory_free(lists);
    memory_free(hard);
    return status;
}

ieum_status product_top_k(const struct product_side *side, const struct product_wanted *wanted, const struct product_found *found,
                          struct product_effort *effort, struct problem *problem) {
    const struct product_scorer *scorer = side->scorer;
    struct product_effort spent = {0};
    ieum_status status = product_check_vectors(wanted->demands, wanted->count, scorer->demand_dims, true, problem);
    if (wanted->k == 0 || side->count == 0) {
        const struct answer nothing = {*found, wanted->k};
        for (size_t d = 0; d < wanted->count && status == IEUM_OK; d++) put(&nothing, d, NULL, 0);
        return status;
    }
    const size_t length = block_length(side, wanted->count, wanted->k, wanted->threads);
    for (size_t first = 0; first < wanted->count && status == IEUM_OK; first += length) {
        const size_t count = wanted->count - first < length ? wanted->count - first : length;
        const struct answer answer = {{found->suppliers + first * wanted->k, found->scores + first * wanted->k, found->counts + first}, wanted->k};
        const uint32_t *eligible = wanted->eligible ? wanted->eligible + first * side->panels : NULL;
        struct product_block block;
        const double *demands = wanted->demands + first * scorer->demand_dims;
        status = product_block_make(scorer, demands, count, is_screened(side, wanted->k) ? side->screen : NULL, wanted->threads, &block, problem);
        if (status != IEUM_OK) break;
        status = answer_block(side, &block, eligible, wanted->threads, &answer, &spent, problem);
        product_block_free(&block);
    }
    if (effort) *effort = spent;
    return status;
}

/* ---- all scores ---- */

struct copying {
    double *scores;
    size_t stride;
};

static void copy_scores(void *context, size_t position, size_t first, const double *scores, size_t count) {
    const struct copying *copying = context;
    memcpy(copying->scores + position * copying->stride + first, scores, count * sizeof *scores);
}

ieum_status product_scores(const struct product_side *side, const double *demands, size_t count, int threads, double *scores, struct problem *problem) {
    const struct product_scorer *scorer = side->scorer;
    ieum_status status = product_check_vectors(demands, count, scorer->demand_dims, true, problem);
    const size_t length = block_length(side, count, 0, threads);
    uint32_t *numbers = memory_resize(NULL, length, sizeof *numbers);
    if (!numbers) return problem_set_memory(problem);
    for (size_t d = 0; d < length; d++) numbers[d] = (uint32_t)d;
    for (size_t first = 0; first < count && status == IEUM_OK; first += length) {
        const size_t part = count - first < length ? count - first : length;
        struct copying copying = {scores + first * side->count, side->count};
        struct product_block block;
        status = product_block_make(scorer, demands + first * scorer->demand_dims, part, NULL, threads, &block, problem);
        if (status != IEUM_OK) break;
        status = product_rescore_all(side, &block, numbers, part, copy_scores, &copying, threads, problem);
        product_block_free(&block);
    }
    memory_free(numbers);
    return status;
}
