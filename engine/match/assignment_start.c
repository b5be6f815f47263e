/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The auction: a demand with a free place bids for the supplier of the best worth (score less price), as much more than
 * its price as the next best is worth less, plus a step. A full supplier gives up its lowest bid; its price is the
 * lowest one left. One below its minimum pays to be chosen.
 *
 * The tree: a supplier with room hangs on the root, a full one on the demand of its lowest bid; a demand hangs on the
 * best supplier it did not get, or on the root when it has places left. All these arcs can carry more towards the root.
 * Where that closes a ring, one demand of it hangs on the root instead, by the flow it receives.
 */
#include "assignment_start.h"

#include <string.h>

#include "../base/memory.h"

#define NONE UINT32_MAX
/* Measured on 10⁶ candidate pairs: more steps or bids cost the auction more than they save the simplex. */
enum { STEPS = 1024, BIDS_PER_DEMAND = 64 };

struct slot {
    int64_t bid;
    uint32_t arc, demand;
};

struct auction {
    struct assignment_network *network;
    int32_t *flow;
    uint32_t demand_end, node_count; /* demands are nodes 1 .. demand_end - 1, suppliers follow */
    uint32_t *first_arc;             /* per node: its first arc to what is around it */
    int32_t *load, *most, *least;    /* per node: places taken, there, and asked for */
    struct slot *slot;               /* of the suppliers, `slot_start` on: the lowest bid first */
    uint32_t *slot_start;
    int64_t *price; /* per node; of suppliers */
    uint32_t *queue;
    uint8_t *queued; /* per node: waits in the queue already */
    int64_t step;
};

struct offer {
    uint32_t arc; /* NONE: none */
    int64_t worth, next_worth;
};

static bool auction_allocate(struct auction *it) {
    size_t nodes = it->node_count;
    it->first_arc = memory_allocate(sizeof *it->first_arc * nodes);
    it->load = memory_allocate_zero(nodes, sizeof *it->load);
    it->most = memory_allocate_zero(nodes, sizeof *it->most);
    it->least = memory_allocate_zero(nodes, sizeof *it->least);
    it->slot_start = memory_allocate_zero(nodes + 1, sizeof *it->slot_start);
    it->price = memory_allocate_zero(nodes, sizeof *it->price);
    it->queue = memory_allocate(sizeof *it->queue * nodes);
    it->queued = memory_allocate(nodes);
    it->slot = memory_allocate(sizeof *it->slot * it->network->flow.arc_count); /* touched as far as there are places */
    return it->first_arc && it->load && it->most && it->least && it->slot_start && it->price && it->queue &&
           it->queued && it->slot;
}

static void auction_free(struct auction *it) {
    memory_free(it->first_arc);
    memory_free(it->load);
    memory_free(it->most);
    memory_free(it->least);
    memory_free(it->slot_start);
    memory_free(it->price);
    memory_free(it->queue);
    memory_free(it->queued);
    memory_free(it->slot);
}

/* Places, bounds and room for bids of every node; the step is a fraction of the greatest score. */
static void read_network(struct auction *it) {
    const struct assignment_network *network = it->network;
    int64_t greatest = 0;
    for (uint32_t node = 0; node < it->node_count; node++) it->first_arc[node] = NONE;
    for (uint32_t arc = network->flow.arc_count; arc-- > 0;) {
        uint32_t tail = network->tail[arc], head = network->head[arc];
        if (network->arc_edge[arc] != ASSIGNMENT_NONE) {
            it->slot_start[head + 1]++;
            if (-network->cost[arc] > greatest) greatest = -network->cost[arc];
            continue;
        }
        uint32_t node = tail == 0 ? head : tail;
        it->first_arc[node] = arc;
        it->most[node] += network->capacity[arc];
        if (network->cost[arc] < 0) it->least[node] = network->capacity[arc];
    }
    for (uint32_t node = 0; node < it->node_count; node++) {
        uint32_t slots = it->slot_start[node + 1], most = (uint32_t)it->most[node];
        it->slot_start[node + 1] = it->slot_start[node] + (slots < most ? slots : most);
    }
    it->step = greatest / STEPS + 1;
    for (uint32_t node = it->demand_end; node < it->node_count; node++) {
        if (it->least[node] > 0) it->price[node] = -greatest;
    }
}

/* ---- the auction ---- */

/* The arcs to candidates of a demand are those behind its arcs from the root, up to the next node's. */
static uint32_t candidates_begin(const struct auction *it, uint32_t demand) {
    uint32_t arc = it->first_arc[demand];
    while (it->network->arc_edge[arc] == ASSIGNMENT_NONE) arc++;
    return arc;
}

static struct offer find_offer(const struct auction *it, uint32_t demand) {
    const int64_t *cost = it->network->cost, *price = it->price;
    const uint32_t *head = it->network->head;
    struct offer offer = {.arc = NONE, .worth = INT64_MIN, .next_worth = INT64_MIN};
    uint32_t end = it->first_arc[demand + 1]; /* of the next demand, or of the first supplier */
    for (uint32_t arc = candidates_begin(it, demand); arc < end; arc++) {
        int64_t worth = -cost[arc] - price[head[arc]];
        if (worth <= offer.next_worth || it->flow[arc]) continue;
        if (worth > offer.worth) {
            offer.next_worth = offer.worth;
            offer.worth = worth;
            offer.arc = arc;
        } else {
            offer.next_worth = worth;
        }
    }
    return offer;
}

/* Lets the lowest bid, in the first of `count` slots, sink to its place in the heap. */
static void sink(struct slot *heap, uint32_t count) {
    struct slot moved = heap[0];
    uint32_t at = 0;
    while (2 * at + 1 < count) {
        uint32_t child = 2 * at + 1;
        if (child + 1 < count && heap[child + 1].bid < heap[child].bid) child++;
        if (heap[child].bid >= moved.bid) break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = moved;
}

static void rise(struct slot *heap, uint32_t at) {
    struct slot moved = heap[at];
    while (at > 0 && heap[(at - 1) / 2].bid > moved.bid) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = moved;
}

/* Takes a bid; returns the demand that loses its place, or NONE. */
static uint32_t take_bid(struct auction *it, uint32_t demand, struct slot bid) {
    uint32_t supplier = it->network->head[bid.arc], loser = NONE;
    struct slot *heap = it->slot + it->slot_start[supplier];
    uint32_t count = (uint32_t)it->load[supplier];
    it->flow[bid.arc] = 1;
    it->load[demand]++;
    if (it->load[supplier] < it->most[supplier]) {
        heap[count] = bid;
        rise(heap, count++);
        it->load[supplier]++;
    } else {
        loser = heap[0].demand;
        it->flow[heap[0].arc] = 0;
        it->load[loser]--;
        heap[0] = bid;
        sink(heap, count);
    }
    if (it->load[supplier] == it->most[supplier])
        it->price[supplier] = heap[0].bid;
    else if (it->load[supplier] == it->least[supplier])
        it->price[supplier] = 0;
    return loser;
}

static void hold_auction(struct auction *it) {
    uint32_t waiting = 0, first = 0, size = it->demand_end;
    uint64_t bids = (uint64_t)BIDS_PER_DEMAND * it->demand_end;
    for (uint32_t demand = 1; demand < it->demand_end; demand++) it->queue[waiting++] = demand;
    memset(it->queued, 1, it->node_count);
    while (waiting > 0 && bids > 0) {
        uint32_t demand = it->queue[first];
        first = first + 1 == size ? 0 : first + 1;
        waiting--;
        it->queued[demand] = 0;
        while (it->load[demand] < it->most[demand] && bids > 0) {
            struct offer offer = find_offer(it, demand);
            int64_t nothing = it->load[demand] < it->least[demand] ? INT64_MIN : 0;
            int64_t next = offer.next_worth > nothing ? offer.next_worth : nothing;
            if (offer.arc == NONE || offer.worth <= nothing) break;
            if (next == INT64_MIN) next = offer.worth;
            int64_t bid = it->price[it->network->head[offer.arc]] + (offer.worth - next) + it->step;
            uint32_t loser = take_bid(it, demand, (struct slot){bid, offer.arc, demand});
            bids--;
            if (loser == NONE || loser == demand || it->queued[loser]) continue;
            it->queue[first + waiting < size ? first + waiting : first + waiting - size] = loser;
            it->queued[loser] = 1;
            waiting++;
        }
    }
}

/* ---- flow and tree ---- */

/* Fills the arcs between a node and the root with its load; returns one that is neither empty nor full, or NONE. */
static uint32_t fill_limit(struct auction *it, uint32_t node) {
    const struct assignment_network *network = it->network;
    int32_t left = it->load[node];
    uint32_t partly = NONE;
    for (uint32_t arc = it->first_arc[node]; arc < network->flow.arc_count; arc++) {
        bool same =
            network->arc_edge[arc] == ASSIGNMENT_NONE && (network->tail[arc] == node || network->head[arc] == node);
        if (!same) break;
        it->flow[arc] = left < network->capacity[arc] ? left : network->capacity[arc];
        left -= it->flow[arc];
        if (it->flow[arc] > 0 && it->flow[arc] < network->capacity[arc]) partly = arc;
    }
    return partly;
}

/* The last arc from the root that carries something: by it a demand can send back. */
static uint32_t loaded_arc(const struct auction *it, uint32_t demand) {
    uint32_t arc = candidates_begin(it, demand) - 1;
    return it->flow[arc] > 0 ? arc : it->first_arc[demand];
}

static void hang(struct auction *it, uint32_t node, uint32_t arc) {
    struct assignment_network *network = it->network;
    network->parent_arc[node] = arc;
    network->parent[node] = network->tail[arc] == node ? network->head[arc] : network->tail[arc];
}

static void hang_supplier(struct auction *it, uint32_t supplier) {
    uint32_t partly = fill_limit(it, supplier), arc = it->first_arc[supplier];
    if (it->load[supplier] == it->most[supplier]) {
        hang(it, supplier, it->slot[it->slot_start[supplier]].arc);
    } else if (partly != NONE) {
        hang(it, supplier, partly);
    } else {
        hang(it, supplier, it->flow[arc] < it->network->capacity[arc] ? arc : arc + 1);
    }
}

static void hang_demand(struct auction *it, uint32_t demand) {
    uint32_t partly = fill_limit(it, demand);
    struct offer offer = find_offer(it, demand);
    bool full = it->load[demand] == it->most[demand];
    bool asks_all = it->least[demand] == it->most[demand];
    if (partly != NONE)
        hang(it, demand, partly);
    else if (it->load[demand] > 0 && (offer.arc == NONE || !full || (offer.worth <= 0 && !asks_all))) {
        hang(it, demand, loaded_arc(it, demand));
    } else {
        hang(it, demand, offer.arc);
    }
}

/* Follows every node towards the root; the demand by which a walk comes back to itself is hung on the root. */
static void break_rings(struct auction *it) {
    const uint32_t *parent = it->network->parent;
    uint32_t *walk = it->queue;
    memset(walk, 0, sizeof *walk * it->node_count);
    for (uint32_t start = 1; start < it->demand_end; start++) {
        uint32_t node = start;
        while (node != 0 && walk[node] == 0) {
            walk[node] = start;
            node = parent[node];
        }
        if (node == 0 || walk[node] != start) continue;
        if (node >= it->demand_end) node = parent[node];
        hang(it, node, loaded_arc(it, node));
    }
}

ieum_status assignment_start(struct assignment_network *network, int32_t *flow, struct problem *problem) {
    struct auction it = {.network = network, .flow = flow, .node_count = network->flow.node_count, .demand_end = 1};
    ieum_status status = IEUM_OK;
    if (network->frame->assignment->group_count > 0 || network->frame->most > 1) return IEUM_OK;
    for (uint32_t demand = 0; demand < network->frame->first_supplier; demand++) {
        it.demand_end += network->limit_node[demand] != ASSIGNMENT_NONE;
    }
    if (!auction_allocate(&it)) {
        status = problem_set_memory(problem);
        goto done;
    }
    read_network(&it);
    hold_auction(&it);
    for (uint32_t demand = 1; demand < it.demand_end; demand++) hang_demand(&it, demand);
    for (uint32_t supplier = it.demand_end; supplier < it.node_count; supplier++) hang_supplier(&it, supplier);
    break_rings(&it);
done:
    auction_free(&it);
    return status;
}
