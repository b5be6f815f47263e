/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What makes it fast. Nothing is sorted: a demand whose turn it is looks through its candidates once for the best one
 * that would take it now. That leaves out only offers that would be refused, and a supplier that refuses one now would
 * always refuse it, because what it holds only gets better; so the result is that of making every offer. Per supplier
 * one number is looked up, its threshold, which lies in the second-level cache for tens of thousands of suppliers.
 * Demands that have lost a place wait in a queue, so that the lists of those next in turn can be fetched ahead.
 *
 * What keeps it fast for every input: a demand that has looked through its list STEPS times puts what is left of it
 * into a heap and takes its offers from there. So a list of n candidates costs O(n log n) at the most.
 */
#include "deferred_acceptance.h"

#include <string.h>

#include "../base/memory.h"
#include "offer_scan.h"

/* Measured on 10⁶ pairs: the distance is flat from 8 to 16; hardly any demand there looks more than 16 times. */
enum { STEPS = 24, AHEAD = 8 };
enum { WAITING = 1, HEAPED = 2 };

struct slot {
    int64_t score;
    uint32_t demand, edge;
};

struct acceptance {
    const struct acceptance_market *market;
    offer_scan_function scan;
    /* per demand */
    int64_t *last;          /* the key of its last offer: what comes next is below it */
    uint32_t *taken;        /* places that are taken */
    uint8_t *state, *steps; /* bits; how often it looked */
    /* per supplier */
    int64_t *threshold; /* the least score that it may accept */
    uint32_t *held, *slot_start, *places;
    struct slot *slot; /* from slot_start on: a heap, the worst offer first */
    /* the queue, a ring */
    uint32_t *queue, first, waiting;
    int64_t *key; /* of the demand whose turn it is */
    uint32_t *rest,
        *rest_count; /* the heaps of demands, as places in their lists, and their sizes; NULL until needed */
    uint64_t offers;
};

/* ---- setting up ---- */

/* No supplier can hold more offers than it has candidates; counting those is needed only where places could be many. */
static bool set_places(struct acceptance *it, uint64_t *slots) {
    const struct acceptance_market *market = it->market;
    uint32_t edges = market->edge_start[market->demand_count];
    uint64_t sum = 0;
    it->places = memory_allocate_zero(market->supplier_count, sizeof *it->places);
    if (!it->places) return false;
    for (uint32_t s = 0; s < market->supplier_count; s++) sum += market->supplier_places[s];
    bool few = sum <= (uint64_t)edges + market->supplier_count;
    for (uint32_t e = 0; e < edges && !few; e++) it->places[market->edge_supplier[e]]++;
    *slots = 0;
    for (uint32_t s = 0; s < market->supplier_count; s++) {
        if (few || it->places[s] > market->supplier_places[s]) it->places[s] = market->supplier_places[s];
        *slots += it->places[s];
    }
    return true;
}

static ieum_status acceptance_open(struct acceptance *it, struct problem *problem) {
    const struct acceptance_market *market = it->market;
    size_t demands = market->demand_count, suppliers = market->supplier_count;
    uint64_t slots = 0, longest = 0;
    for (size_t d = 0; d < demands; d++) {
        uint32_t count = market->edge_start[d + 1] - market->edge_start[d];
        if (count > longest) longest = count;
    }
    if (longest >= UINT64_C(1) << OFFER_PLACE_BITS) {
        return problem_set(problem, IEUM_LIMIT, "/edges", "한 수요의 후보가 너무 많습니다.",
                           "A demand has too many candidates.");
    }
    it->last = memory_allocate(sizeof *it->last * demands);
    it->taken = memory_allocate_zero(demands, sizeof *it->taken);
    it->state = memory_allocate_zero(demands, 1);
    it->steps = memory_allocate_zero(demands, 1);
    it->queue = memory_allocate(sizeof *it->queue * demands);
    it->key = memory_allocate(sizeof *it->key * longest);
    it->threshold = memory_allocate(sizeof *it->threshold * suppliers);
    it->held = memory_allocate_zero(suppliers, sizeof *it->held);
    it->slot_start = memory_allocate(sizeof *it->slot_start * suppliers);
    if (!it->last || !it->taken || !it->state || !it->steps || !it->queue || !it->key || !it->threshold || !it->held ||
        !it->slot_start || !set_places(it, &slots)) {
        return problem_set_memory(problem);
    }
    it->slot = memory_allocate(sizeof *it->slot * slots);
    if (!it->slot) return problem_set_memory(problem);
    uint32_t start = 0; /* slots are at most as many as pairs and suppliers together */
    for (size_t s = 0; s < suppliers; s++) {
        it->slot_start[s] = start;
        start += it->places[s];
        it->threshold[s] = it->places[s] > 0 ? 1 : INT64_MAX;
    }
    for (size_t d = 0; d < demands; d++) it->last[d] = INT64_MAX;
    return IEUM_OK;
}

static void acceptance_close(struct acceptance *it) {
    memory_free(it->last);
    memory_free(it->taken);
    memory_free(it->state);
    memory_free(it->steps);
    memory_free(it->queue);
    memory_free(it->key);
    memory_free(it->threshold);
    memory_free(it->held);
    memory_free(it->slot_start);
    memory_free(it->places);
    memory_free(it->slot);
    memory_free(it->rest);
    memory_free(it->rest_count);
}

/* ---- suppliers ---- */

static bool is_worse(struct slot one, struct slot other) {
    return one.score != other.score ? one.score < other.score : one.demand > other.demand;
}

static void slot_rise(struct slot *heap, uint32_t at) {
    struct slot moved = heap[at];
    while (at > 0 && is_worse(moved, heap[(at - 1) / 2])) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = moved;
}

static void slot_sink(struct slot *heap, uint32_t count) {
    struct slot moved = heap[0];
    uint32_t at = 0;
    while (2 * (uint64_t)at + 1 < count) {
        uint32_t child = 2 * at + 1;
        if (child + 1 < count && is_worse(heap[child + 1], heap[child])) child++;
        if (!is_worse(heap[child], moved)) break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = moved;
}

static void add_waiting(struct acceptance *it, uint32_t demand) {
    uint32_t size = it->market->demand_count, at = it->first + it->waiting;
    if (it->state[demand] & WAITING) return;
    it->state[demand] |= WAITING;
    it->queue[at < size ? at : at - size] = demand;
    it->waiting++;
}

/* Whether the supplier takes the offer; one that it gives up for it goes back to the queue. */
static bool offer(struct acceptance *it, uint32_t demand, uint32_t edge) {
    const struct acceptance_market *market = it->market;
    uint32_t supplier = market->edge_supplier[edge];
    struct slot *heap = it->slot + it->slot_start[supplier];
    struct slot made = {market->supplier_score[edge], demand, edge};
    if (made.score < it->threshold[supplier] || (market->edge_rule && market->edge_rule[edge])) return false;
    if (it->held[supplier] < it->places[supplier]) {
        heap[it->held[supplier]] = made;
        slot_rise(heap, it->held[supplier]++);
    } else {
        if (!is_worse(heap[0], made)) return false;
        uint32_t loser = heap[0].demand;
        it->taken[loser]--;
        add_waiting(it, loser);
        heap[0] = made;
        slot_sink(heap, it->held[supplier]);
    }
    if (it->held[supplier] == it->places[supplier]) it->threshold[supplier] = heap[0].score;
    it->taken[demand]++;
    it->offers++;
    return true;
}

/* ---- a demand's turn ---- */

/* The best candidate of the last look through the list that comes after `limit`. */
static int64_t next_key(const int64_t *key, uint32_t count, int64_t limit) {
    int64_t best = 0;
    for (uint32_t i = 0; i < count; i++) {
        int64_t it = key[i] < limit ? key[i] : 0;
        best = it > best ? it : best;
    }
    return best;
}

static void rest_sink(const int64_t *score, uint32_t *heap, uint32_t count, uint32_t at) {
    uint32_t moved = heap[at];
    int64_t key = offer_key(score[moved], moved);
    while (2 * (uint64_t)at + 1 < count) {
        uint32_t child = 2 * at + 1;
        int64_t best = offer_key(score[heap[child]], heap[child]);
        if (child + 1 < count && offer_key(score[heap[child + 1]], heap[child + 1]) > best) {
            child++;
            best = offer_key(score[heap[child]], heap[child]);
        }
        if (best <= key) break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = moved;
}

/* Puts the candidates below the demand's last offer into its heap. */
static ieum_status build_rest(struct acceptance *it, uint32_t demand, struct problem *problem) {
    const struct acceptance_market *market = it->market;
    uint32_t start = market->edge_start[demand], length = market->edge_start[demand + 1] - start, count = 0;
    const int64_t *score = market->edge_score + start;
    if (!it->rest_count) it->rest_count = memory_allocate(sizeof *it->rest_count * market->demand_count);
    if (!it->rest) it->rest = memory_allocate(sizeof *it->rest * market->edge_start[market->demand_count]);
    if (!it->rest || !it->rest_count) return problem_set_memory(problem);
    uint32_t *heap = it->rest + start;
    for (uint32_t i = 0; i < length; i++) {
        if (score[i] > 0 && offer_key(score[i], i) < it->last[demand]) heap[count++] = i;
    }
    for (uint32_t at = count / 2; at-- > 0;) rest_sink(score, heap, count, at);
    it->rest_count[demand] = count;
    it->state[demand] |= HEAPED;
    return IEUM_OK;
}

static void offer_from_rest(struct acceptance *it, uint32_t demand) {
    const struct acceptance_market *market = it->market;
    uint32_t start = market->edge_start[demand], *heap = it->rest + start;
    while (it->taken[demand] < market->demand_places[demand] && it->rest_count[demand] > 0) {
        uint32_t best = heap[0];
        heap[0] = heap[--it->rest_count[demand]];
        if (it->rest_count[demand] > 0) rest_sink(market->edge_score + start, heap, it->rest_count[demand], 0);
        offer(it, demand, start + best);
    }
}

/* Offers until the demand's places are taken or nothing acceptable is left. */
static ieum_status take_turn(struct acceptance *it, uint32_t demand, struct problem *problem) {
    const struct acceptance_market *market = it->market;
    uint32_t start = market->edge_start[demand], places = market->demand_places[demand];
    if (it->taken[demand] >= places) return IEUM_OK;
    if (!(it->state[demand] & HEAPED) && it->steps[demand] < STEPS) {
        struct offer_list list = {market->edge_score + start, market->supplier_score + start,
                                  market->edge_supplier + start, market->edge_start[demand + 1] - start};
        int64_t best = it->scan(&list, it->threshold, it->last[demand], it->key);
        it->steps[demand]++;
        while (best > 0) {
            it->last[demand] = best;
            if (offer(it, demand, start + offer_place(best)) && it->taken[demand] == places) return IEUM_OK;
            if (it->steps[demand] == STEPS) break;
            it->steps[demand]++;
            best = next_key(it->key, list.count, best);
        }
        if (best <= 0) {
            it->last[demand] = 0; /* what is left is refused for ever */
            return IEUM_OK;
        }
    }
    ieum_status status = it->state[demand] & HEAPED ? IEUM_OK : build_rest(it, demand, problem);
    if (status == IEUM_OK) offer_from_rest(it, demand);
    return status;
}

/* The list of a demand that will look through it soon. */
static void fetch_ahead(const struct acceptance_market *market, uint32_t demand) {
    enum { LINE = 64, MOST = 64 };
    uint32_t start = market->edge_start[demand], end = market->edge_start[demand + 1];
    if (end - start > MOST) end = start + MOST;
    for (uint32_t e = start; e < end; e += LINE / sizeof(int64_t)) {
        __builtin_prefetch(market->edge_score + e);
        if (market->supplier_score != market->edge_score) __builtin_prefetch(market->supplier_score + e);
    }
    for (uint32_t e = start; e < end; e += LINE / sizeof(uint32_t)) __builtin_prefetch(market->edge_supplier + e);
}

static ieum_status make_offers(struct acceptance *it, struct problem *problem) {
    const struct acceptance_market *market = it->market;
    uint32_t size = market->demand_count;
    for (uint32_t demand = 0; demand < size; demand++) {
        if (demand + AHEAD < size) fetch_ahead(market, demand + AHEAD);
        ieum_status status = take_turn(it, demand, problem);
        if (status != IEUM_OK) return status;
    }
    while (it->waiting > 0) {
        uint32_t demand = it->queue[it->first], ahead = it->first + AHEAD;
        if (it->waiting > AHEAD) fetch_ahead(market, it->queue[ahead < size ? ahead : ahead - size]);
        it->first = it->first + 1 == size ? 0 : it->first + 1;
        it->waiting--;
        it->state[demand] &= (uint8_t)~WAITING;
        ieum_status status = take_turn(it, demand, problem);
        if (status != IEUM_OK) return status;
    }
    return IEUM_OK;
}

ieum_status deferred_acceptance(const struct acceptance_market *market, uint8_t *chosen, uint64_t *offers,
                                struct problem *problem) {
    struct acceptance it = {.market = market, .scan = offer_scan_choose()};
    ieum_status status = acceptance_open(&it, problem);
    if (status == IEUM_OK) status = make_offers(&it, problem);
    if (status == IEUM_OK) {
        for (uint32_t s = 0; s < market->supplier_count; s++) {
            for (uint32_t i = 0; i < it.held[s]; i++) chosen[it.slot[it.slot_start[s] + i].edge] = 1;
        }
        *offers = it.offers;
    }
    acceptance_close(&it);
    return status;
}
