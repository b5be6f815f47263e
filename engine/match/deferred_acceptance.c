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

#include "../base/memory.h"
#include "offer_scan.h"

/* Measured on 10⁶ pairs: the distance is flat from 8 to 16; hardly any demand there looks more than 16 times. */
enum { STEPS = 24, AHEAD = 8 };
enum { NOBODYS_SCORE = 1 }; /* the least that is acceptable; of equal offers nobody's is the worst */
#define NO_EDGE UINT32_MAX

/* Small, so that all of them stay in the second-level cache; the score is the threshold, or beside it. */
struct slot {
    uint32_t demand, edge;
};

/* All that a turn needs of a demand: a quarter of a cache line. */
struct seeker {
    int64_t last;   /* the key of its last offer: what comes next is below it */
    uint32_t taken; /* places that it has, and those lost that still wait in the queue */
    uint8_t steps;  /* how often it looked through a list */
    bool heaped;
};

struct acceptance {
    const struct acceptance_market *market;
    struct offer_scanner scanner;
    struct seeker *seeker; /* per demand */
    /* per supplier */
    int64_t *threshold;   /* the score of the worst offer that it holds: what is lower is refused */
    uint32_t *slot_start; /* and the end of the last */
    struct slot *slot;    /* a heap for each, the worst offer first; places that nobody has are held by nobody */
    int64_t *slot_score;  /* per slot; used where a supplier has more than one */
    /* the queue, a ring: demands, once for every place lost */
    uint32_t *queue, size, first, waiting;
    int64_t *key;         /* of the demand whose turn it is */
    uint32_t *rest;       /* the heaps of demands, as places in their lists; NULL until needed */
    uint32_t *rest_count; /* and their sizes */
    uint64_t offers;
};

/* ---- setting up ---- */

/* Slots for every supplier: no more than it has candidates, which are counted only where places could be many. */
static bool set_slots(struct acceptance *it) {
    const struct acceptance_market *market = it->market;
    uint32_t edges = market->edge_start[market->demand_count], end = 0;
    const struct slot nobody = {.demand = market->demand_count, .edge = NO_EDGE};
    bool several = false; /* memory that is not touched costs no page */
    uint64_t sum = 0;
    it->slot_start = memory_allocate_zero((size_t)market->supplier_count + 1, sizeof *it->slot_start);
    if (!it->slot_start) return false;
    for (uint32_t s = 0; s < market->supplier_count; s++) sum += market->supplier_places[s];
    bool few = sum <= (uint64_t)edges + market->supplier_count;
    for (uint32_t e = 0; e < edges && !few; e++) it->slot_start[market->edge_supplier[e]]++;
    for (uint32_t s = 0; s < market->supplier_count; s++) {
        uint32_t places = market->supplier_places[s], candidates = it->slot_start[s];
        it->slot_start[s] = end;
        several = several || places > 1;
        end += few || candidates > places ? places : candidates;
    }
    it->slot_start[market->supplier_count] = end;
    it->slot = memory_allocate(sizeof *it->slot * end);
    it->slot_score = memory_allocate(sizeof *it->slot_score * (several ? end : 0));
    if (!it->slot || !it->slot_score) return false;
    for (uint32_t i = 0; i < end; i++) it->slot[i] = nobody;
    for (uint32_t i = 0; i < end && several; i++) it->slot_score[i] = NOBODYS_SCORE;
    for (uint32_t s = 0; s < market->supplier_count; s++) {
        it->threshold[s] = it->slot_start[s] < it->slot_start[s + 1] ? NOBODYS_SCORE : INT64_MAX;
    }
    return true;
}

static ieum_status acceptance_open(struct acceptance *it, struct problem *problem) {
    const struct acceptance_market *market = it->market;
    size_t demands = market->demand_count;
    uint32_t longest = 0;
    it->size = 1;
    for (size_t d = 0; d < demands; d++) {
        uint32_t count = market->edge_start[d + 1] - market->edge_start[d];
        if (count > longest) longest = count;
        it->size += count < market->demand_places[d] ? count : market->demand_places[d];
    }
    if (longest >= UINT32_C(1) << OFFER_PLACE_BITS) {
        return problem_set(problem, IEUM_LIMIT, "/edges", "한 수요의 후보가 너무 많습니다.",
                           "A demand has too many candidates.");
    }
    it->seeker = memory_allocate(sizeof *it->seeker * demands);
    it->queue = memory_allocate(sizeof *it->queue * it->size);
    it->key = memory_allocate(sizeof *it->key * longest);
    it->threshold = memory_allocate(sizeof *it->threshold * market->supplier_count);
    if (!it->seeker || !it->queue || !it->key || !it->threshold || !set_slots(it)) return problem_set_memory(problem);
    for (size_t d = 0; d < demands; d++) it->seeker[d] = (struct seeker){.last = INT64_MAX};
    return IEUM_OK;
}

static void acceptance_close(struct acceptance *it) {
    memory_free(it->seeker);
    memory_free(it->queue);
    memory_free(it->key);
    memory_free(it->threshold);
    memory_free(it->slot_start);
    memory_free(it->slot);
    memory_free(it->slot_score);
    memory_free(it->rest);
    memory_free(it->rest_count);
}

/* ---- suppliers ---- */

static bool is_worse(int64_t score, uint32_t demand, int64_t other_score, uint32_t other_demand) {
    return score != other_score ? score < other_score : demand > other_demand;
}

/* Puts the offer in the place of the worst one, the heap's first. */
static void slot_sink(struct slot *heap, int64_t *score, uint32_t count, struct slot moved, int64_t moved_score) {
    uint32_t at = 0;
    while (2 * (uint64_t)at + 1 < count) {
        uint32_t child = 2 * at + 1;
        if (child + 1 < count && is_worse(score[child + 1], heap[child + 1].demand, score[child], heap[child].demand)) {
            child++;
        }
        if (!is_worse(score[child], heap[child].demand, moved_score, moved.demand)) break;
        heap[at] = heap[child];
        score[at] = score[child];
        at = child;
    }
    heap[at] = moved;
    score[at] = moved_score;
}

/*
 * Whether the supplier takes the offer; whoever it gives up for it goes to the queue. Nothing here waits for the slot
 * but where scores are equal, and no branch asks whether anybody was given up: at random it is nobody half of the time.
 */
static inline bool offer(struct acceptance *it, uint32_t demand, uint32_t edge) {
    const struct acceptance_market *market = it->market;
    uint32_t supplier = market->edge_supplier[edge], start = it->slot_start[supplier];
    uint32_t places = it->slot_start[supplier + 1] - start, end = it->first + it->waiting;
    int64_t score = market->supplier_score[edge];
    struct slot made = {demand, edge}, *heap = it->slot + start;
    if (score < it->threshold[supplier] || (market->edge_rule && market->edge_rule[edge])) return false;
    if (score == it->threshold[supplier] && heap->demand < demand) return false;
    it->queue[end < it->size ? end : end - it->size] = heap->demand;
    it->waiting += heap->demand != market->demand_count;
    if (places == 1) {
        *heap = made;
        it->threshold[supplier] = score;
    } else {
        slot_sink(heap, it->slot_score + start, places, made, score);
        it->threshold[supplier] = it->slot_score[start];
    }
    it->seeker[demand].taken++;
    it->offers++;
    return true;
}

/* ---- a demand's turn ---- */

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
        if (score[i] > 0 && offer_key(score[i], i) < it->seeker[demand].last) heap[count++] = i;
    }
    for (uint32_t at = count / 2; at-- > 0;) rest_sink(score, heap, count, at);
    it->rest_count[demand] = count;
    it->seeker[demand].heaped = true;
    return IEUM_OK;
}

static void offer_from_rest(struct acceptance *it, uint32_t demand) {
    const struct acceptance_market *market = it->market;
    uint32_t start = market->edge_start[demand], *heap = it->rest + start;
    while (it->seeker[demand].taken < market->demand_places[demand] && it->rest_count[demand] > 0) {
        uint32_t best = heap[0];
        heap[0] = heap[--it->rest_count[demand]];
        if (it->rest_count[demand] > 0) rest_sink(market->edge_score + start, heap, it->rest_count[demand], 0);
        offer(it, demand, start + best);
    }
}

/* Offers until the demand's places are taken or nothing acceptable is left. */
static ieum_status take_turn(struct acceptance *it, uint32_t demand, struct problem *problem) {
    const struct acceptance_market *market = it->market;
    struct seeker *seeker = &it->seeker[demand];
    uint32_t start = market->edge_start[demand], places = market->demand_places[demand];
    if (seeker->taken >= places) return IEUM_OK;
    if (!seeker->heaped && seeker->steps < STEPS) {
        struct offer_list list = {market->edge_score + start, market->supplier_score + start,
                                  market->edge_supplier + start, market->edge_start[demand + 1] - start};
        int64_t best = it->scanner.first(&list, it->threshold, seeker->last, it->key);
        seeker->steps++;
        while (best > 0) {
            seeker->last = best;
            if (offer(it, demand, start + offer_place(best)) && seeker->taken == places) return IEUM_OK;
            if (seeker->steps == STEPS) break;
            seeker->steps++;
            best = it->scanner.next(it->key, list.count, best);
        }
        if (best <= 0) {
            seeker->last = 0; /* what is left is refused for ever */
            return IEUM_OK;
        }
    }
    ieum_status status = seeker->heaped ? IEUM_OK : build_rest(it, demand, problem);
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
    ieum_status status = IEUM_OK;
    for (uint32_t demand = 0; demand < market->demand_count && status == IEUM_OK; demand++) {
        if (demand + AHEAD < market->demand_count) fetch_ahead(market, demand + AHEAD);
        status = take_turn(it, demand, problem);
    }
    while (it->waiting > 0 && status == IEUM_OK) {
        uint32_t demand = it->queue[it->first], ahead = it->first + AHEAD;
        if (it->waiting > AHEAD) {
            ahead = it->queue[ahead < it->size ? ahead : ahead - it->size];
            __builtin_prefetch(&it->seeker[ahead]);
            fetch_ahead(market, ahead);
        }
        it->first = it->first + 1 == it->size ? 0 : it->first + 1;
        it->waiting--;
        it->seeker[demand].taken--;
        status = take_turn(it, demand, problem);
    }
    return status;
}

ieum_status deferred_acceptance(const struct acceptance_market *market, uint8_t *chosen, uint64_t *offers,
                                struct problem *problem) {
    struct acceptance it = {.market = market, .scanner = offer_scanner_choose()};
    ieum_status status = acceptance_open(&it, problem);
    if (status == IEUM_OK) status = make_offers(&it, problem);
    if (status == IEUM_OK) {
        for (uint32_t i = 0; i < it.slot_start[market->supplier_count]; i++) {
            if (it.slot[i].demand < market->demand_count) chosen[it.slot[i].edge] = 1;
        }
        *offers = it.offers;
    }
    acceptance_close(&it);
    return status;
}
