/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The primal network simplex. The tree is kept as a preorder list (next, before), with the size and the last node of
 * every subtree, so that cutting a subtree off, turning it round and hanging it elsewhere costs its stem, and giving it
 * new potentials is one walk along the list. Entering arcs are sought block by block; the tree stays strongly feasible
 * (every tree arc can carry more towards the root), which rules out cycling (Cunningham 1976).
 */
#include "network_simplex.h"

#include "../base/memory.h"

enum { AT_CAPACITY = -1, IN_TREE = 0, AT_ZERO = 1 };
enum { SMALLEST_BLOCK = 32 };

/* Everything a walk along the tree needs of a node lies together: half a cache line. */
struct tree_node {
    uint32_t parent, arc;  /* the node above and the arc between */
    uint32_t next, before; /* preorder, closed to a ring at the root */
    uint32_t size, last;   /* of the subtree */
    int32_t room_up;       /* what the arc above can still carry towards the root */
    int32_t room_down;     /* and away from it */
};

struct simplex {
    const struct flow_network *network;
    int64_t *potential;
    int8_t *state;          /* per arc */
    struct tree_node *tree; /* per node */
    uint32_t block, position;
    /* the pivot at hand */
    uint32_t entering, join;
    uint32_t push_from, push_to; /* the ends of the entering arc, in the direction in which flow is pushed through it */
    uint32_t cut;                /* the node whose parent arc leaves */
    uint32_t cut_side;           /* the end of the entering arc that lies below the cut */
    int32_t amount;
};

static int64_t reduced_cost(const struct simplex *simplex, uint32_t arc) {
    const struct flow_network *network = simplex->network;
    return network->cost[arc] + simplex->potential[network->tail[arc]] - simplex->potential[network->head[arc]];
}

/* ---- the starting tree ---- */

/* Children of each node as linked lists, in `first` and `sibling`, lower nodes first. */
static void list_children(const struct flow_network *network, uint32_t *first, uint32_t *sibling) {
    for (uint32_t node = 0; node < network->node_count; node++) first[node] = UINT32_MAX;
    for (uint32_t node = network->node_count; node-- > 1;) {
        sibling[node] = first[network->parent[node]];
        first[network->parent[node]] = node;
    }
    sibling[0] = UINT32_MAX;
}

/* Preorder, last nodes and potentials. */
static void thread_tree(struct simplex *simplex, const uint32_t *first, const uint32_t *sibling) {
    const struct flow_network *network = simplex->network;
    struct tree_node *tree = simplex->tree;
    uint32_t node = 0, tail = 0;
    simplex->potential[0] = 0;
    for (;;) {
        if (first[node] != UINT32_MAX) {
            node = first[node];
        } else {
            while (node != 0 && sibling[node] == UINT32_MAX) {
                tree[node].last = tail;
                node = tree[node].parent;
            }
            tree[node].last = tail;
            if (node == 0) break;
            node = sibling[node];
        }
        uint32_t arc = tree[node].arc;
        int64_t cost = network->tail[arc] == node ? -network->cost[arc] : network->cost[arc];
        simplex->potential[node] = simplex->potential[tree[node].parent] + cost;
        tree[tail].next = node;
        tree[node].before = tail;
        tail = node;
    }
    tree[tail].next = 0;
    tree[0].before = tail;
}

static void count_subtrees(struct simplex *simplex) {
    struct tree_node *tree = simplex->tree;
    for (uint32_t node = 0; node < simplex->network->node_count; node++) tree[node].size = 1;
    for (uint32_t node = tree[0].before; node != 0; node = tree[node].before) {
        tree[tree[node].parent].size += tree[node].size;
    }
}

static ieum_status start_tree(struct simplex *simplex, const int32_t *flow, struct problem *problem) {
    const struct flow_network *network = simplex->network;
    uint32_t *first = memory_allocate(sizeof *first * network->node_count);
    uint32_t *sibling = memory_allocate(sizeof *sibling * network->node_count);
    ieum_status status = IEUM_OK;
    if (!first || !sibling) {
        status = problem_set_memory(problem);
        goto done;
    }
    for (uint32_t arc = 0; arc < network->arc_count; arc++) {
        simplex->state[arc] = flow[arc] == 0 ? AT_ZERO : AT_CAPACITY;
    }
    for (uint32_t node = 1; node < network->node_count; node++) {
        uint32_t arc = network->parent_arc[node];
        int32_t spare = network->capacity[arc] - flow[arc];
        bool up = network->tail[arc] == node;
        simplex->tree[node].parent = network->parent[node];
        simplex->tree[node].arc = arc;
        simplex->tree[node].room_up = up ? spare : flow[arc];
        simplex->tree[node].room_down = up ? flow[arc] : spare;
        simplex->state[arc] = IN_TREE;
    }
    list_children(network, first, sibling);
    thread_tree(simplex, first, sibling);
    count_subtrees(simplex);
done:
    memory_free(first);
    memory_free(sibling);
    return status;
}

/* ---- a pivot ---- */

/* The arc that gains most of the next block that has one; false when no arc gains. */
static bool find_entering(struct simplex *simplex) {
    const struct flow_network *network = simplex->network;
    const int64_t *cost = network->cost, *potential = simplex->potential;
    const uint32_t *tail = network->tail, *head = network->head;
    const int8_t *state = simplex->state;
    uint32_t arc = simplex->position, unseen = network->arc_count, best_arc = 0;
    int64_t best = 0;
    while (unseen > 0) {
        uint32_t run = simplex->block;
        if (run > unseen) run = unseen;
        if (run > network->arc_count - arc) run = network->arc_count - arc;
        unseen -= run;
        for (uint32_t end = arc + run; arc < end; arc++) {
            int64_t gain = state[arc] * (cost[arc] + potential[tail[arc]] - potential[head[arc]]);
            if (gain < best) {
                best = gain;
                best_arc = arc;
            }
        }
        if (arc == network->arc_count) arc = 0;
        if (best < 0) break;
    }
    simplex->position = arc;
    simplex->entering = best_arc;
    return best < 0;
}

/*
 * Walks from both ends of the entering arc to where the walks meet, and finds how much can be pushed round the cycle
 * and which arc stops it. Of several, the last one met when going round from the join in the direction of the push:
 * that choice keeps the tree strongly feasible. False: the entering arc itself stops it.
 */
static bool find_leaving(struct simplex *simplex) {
    const struct tree_node *tree = simplex->tree;
    int32_t capacity = simplex->network->capacity[simplex->entering];
    int32_t least_from = INT32_MAX, least_to = INT32_MAX;
    uint32_t from = simplex->push_from, to = simplex->push_to, cut_from = 0, cut_to = 0;
    while (from != to) {
        uint32_t size_from = tree[from].size, size_to = tree[to].size;
        if (size_from <= size_to) {
            if (tree[from].room_down < least_from) {
                least_from = tree[from].room_down;
                cut_from = from;
            }
            from = tree[from].parent;
        }
        if (size_to <= size_from) {
            if (tree[to].room_up <= least_to) {
                least_to = tree[to].room_up;
                cut_to = to;
            }
            to = tree[to].parent;
        }
    }
    simplex->join = from;
    simplex->amount = least_from < capacity ? least_from : capacity;
    if (least_to <= simplex->amount && cut_to != 0) {
        simplex->amount = least_to;
        simplex->cut = cut_to;
        simplex->cut_side = simplex->push_to;
        return true;
    }
    simplex->cut = cut_from;
    simplex->cut_side = simplex->push_from;
    return least_from < capacity;
}

static void push_flow(struct simplex *simplex) {
    struct tree_node *tree = simplex->tree;
    int32_t amount = simplex->amount;
    if (amount == 0) return;
    for (uint32_t node = simplex->push_from; node != simplex->join; node = tree[node].parent) {
        tree[node].room_up += amount;
        tree[node].room_down -= amount;
    }
    for (uint32_t node = simplex->push_to; node != simplex->join; node = tree[node].parent) {
        tree[node].room_up -= amount;
        tree[node].room_down += amount;
    }
}

/* Takes the subtree below the cut out of the preorder list and out of its ancestors' sizes and last nodes. */
static void detach_subtree(struct simplex *simplex) {
    struct tree_node *tree = simplex->tree;
    uint32_t cut = simplex->cut, size = tree[cut].size;
    uint32_t ahead = tree[cut].before, end = tree[cut].last, behind = tree[end].next;
    tree[ahead].next = behind;
    tree[behind].before = ahead;
    for (uint32_t node = tree[cut].parent; node != simplex->join; node = tree[node].parent) tree[node].size -= size;
    for (uint32_t node = tree[cut].parent; tree[node].last == end; node = tree[node].parent) {
        tree[node].last = ahead;
        if (node == 0) break;
    }
}

/*
 * Turns the detached subtree round so that `root` is its root: the stem from `root` up to the cut is reversed. In
 * preorder each stem node brings what its old subtree held besides the stem node below it. Returns the last node of the
 * new order.
 */
static uint32_t turn_subtree(struct simplex *simplex, uint32_t root) {
    struct tree_node *tree = simplex->tree;
    const uint32_t cut = simplex->cut, size_whole = tree[cut].size;
    struct tree_node below = tree[root]; /* the stem node below, as it was before it was turned */
    uint32_t node = root, end = below.last, tail = end, behind = tree[end].next;
    while (node != cut) {
        uint32_t stem = below.parent;
        struct tree_node was = tree[stem];
        uint32_t stem_behind = was.last == end ? behind : tree[was.last].next;
        tree[tail].next = stem;
        tree[stem].before = tail;
        tail = below.before;
        if (was.last != end) {
            tree[tail].next = behind;
            tree[behind].before = tail;
            tail = was.last;
        }
        tree[stem].parent = node;
        tree[stem].arc = below.arc;
        tree[stem].room_up = below.room_down;
        tree[stem].room_down = below.room_up;
        tree[stem].size = size_whole - below.size;
        node = stem, end = was.last, behind = stem_behind;
        below = was;
    }
    tree[root].size = size_whole;
    for (; node != root; node = tree[node].parent) tree[node].last = tail;
    tree[root].last = tail;
    return tail;
}

/* Hangs the turned subtree below `hook` by the entering arc, as its first child. */
static void attach_subtree(struct simplex *simplex, uint32_t root, uint32_t tail, uint32_t hook) {
    struct tree_node *tree = simplex->tree;
    uint32_t behind = tree[hook].next, size = tree[root].size;
    int32_t capacity = simplex->network->capacity[simplex->entering];
    bool forward = simplex->state[simplex->entering] == AT_ZERO;
    bool up = simplex->network->tail[simplex->entering] == root;
    int32_t flow = forward ? simplex->amount : capacity - simplex->amount;
    tree[root].parent = hook;
    tree[root].arc = simplex->entering;
    tree[root].room_up = up ? capacity - flow : flow;
    tree[root].room_down = up ? flow : capacity - flow;
    tree[hook].next = root;
    tree[root].before = hook;
    tree[tail].next = behind;
    tree[behind].before = tail;
    for (uint32_t node = hook; node != simplex->join; node = tree[node].parent) tree[node].size += size;
    if (tree[hook].last != hook) return;
    for (uint32_t node = hook; tree[node].last == hook; node = tree[node].parent) {
        tree[node].last = tail;
        if (node == 0) break;
    }
}

static void shift_potentials(struct simplex *simplex, uint32_t root, uint32_t tail) {
    const struct tree_node *tree = simplex->tree;
    int64_t *potential = simplex->potential, reduced = reduced_cost(simplex, simplex->entering);
    int64_t shift = simplex->network->tail[simplex->entering] == root ? -reduced : reduced;
    for (uint32_t node = root; node != tail; node = tree[node].next) potential[node] += shift;
    potential[tail] += shift;
}

static void pivot(struct simplex *simplex) {
    const struct flow_network *network = simplex->network;
    uint32_t entering = simplex->entering;
    bool forward = simplex->state[entering] == AT_ZERO;
    simplex->push_from = forward ? network->tail[entering] : network->head[entering];
    simplex->push_to = forward ? network->head[entering] : network->tail[entering];
    bool leaves = find_leaving(simplex);
    push_flow(simplex);
    if (!leaves) {
        simplex->state[entering] = (int8_t)-simplex->state[entering];
        return;
    }
    const struct tree_node *cut = &simplex->tree[simplex->cut];
    uint32_t leaving = cut->arc, root = simplex->cut_side;
    uint32_t hook = root == simplex->push_from ? simplex->push_to : simplex->push_from;
    bool empty = (network->tail[leaving] == simplex->cut ? cut->room_down : cut->room_up) == 0;
    simplex->state[leaving] = empty ? AT_ZERO : AT_CAPACITY;
    detach_subtree(simplex);
    uint32_t tail = turn_subtree(simplex, root);
    attach_subtree(simplex, root, tail, hook);
    simplex->state[entering] = IN_TREE;
    shift_potentials(simplex, root, tail);
}

/* ---- all of it ---- */

/* Twice the root of the number of arcs: measured best between 10⁴ and 10⁶ arcs, and flat around there. */
static uint32_t block_size(uint32_t arc_count) {
    uint32_t root = 1;
    while ((uint64_t)(root + 1) * (root + 1) <= arc_count) root++;
    return 2 * root < SMALLEST_BLOCK ? SMALLEST_BLOCK : 2 * root;
}

static void write_solution(const struct simplex *simplex, struct flow_solution *solution) {
    const struct flow_network *network = simplex->network;
    for (uint32_t arc = 0; arc < network->arc_count; arc++) {
        solution->in_tree[arc] = simplex->state[arc] == IN_TREE;
        solution->flow[arc] = simplex->state[arc] == AT_CAPACITY ? network->capacity[arc] : 0;
    }
    for (uint32_t node = 1; node < network->node_count; node++) {
        const struct tree_node *it = &simplex->tree[node];
        solution->flow[it->arc] = network->tail[it->arc] == node ? it->room_down : it->room_up;
    }
    if (!solution->parent) return;
    for (uint32_t node = 1; node < network->node_count; node++) {
        solution->parent[node] = simplex->tree[node].parent;
        solution->parent_arc[node] = simplex->tree[node].arc;
    }
}

ieum_status network_simplex(const struct flow_network *network, struct flow_solution *solution,
                            struct problem *problem) {
    ieum_status status = IEUM_OK;
    struct simplex simplex = {.network = network, .block = block_size(network->arc_count)};
    simplex.potential = solution->potential;
    simplex.tree = memory_allocate(sizeof *simplex.tree * network->node_count);
    simplex.state = memory_allocate(network->arc_count);
    if (!simplex.tree || !simplex.state) {
        status = problem_set_memory(problem);
        goto done;
    }
    status = start_tree(&simplex, solution->flow, problem);
    if (status != IEUM_OK) goto done;
    solution->pivots = 0;
    while (find_entering(&simplex)) {
        pivot(&simplex);
        solution->pivots++;
    }
    write_solution(&simplex, solution);
done:
    memory_free(simplex.tree);
    memory_free(simplex.state);
    return status;
}
