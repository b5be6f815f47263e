/* SPDX-License-Identifier: Apache-2.0 */
#include "runs.h"

#include <string.h>

#include "../base/vector.h"

/* The part of a list that lies in one tile. */
struct run {
    uint32_t tile, count;
    size_t begin; /* in the tile's arrays */
    uint64_t held[TILE_SUPPLIERS / 64]; /* a bit a place of the tile */
};

struct tile {
    VECTOR(double) weight;
    VECTOR(uint8_t) place; /* of the supplier in the tile */
};

struct runs {
    size_t lists, tile_count;
    struct tile *tiles;
    VECTOR(struct run) items;
    size_t *first; /* of list t: runs [first[t], first[t + 1]) */
    uint32_t filled; /* lists below have their `first` */
};

struct runs *runs_new(size_t lists, size_t suppliers) {
    struct runs *runs = memory_allocate_zero(1, sizeof *runs);
    if (!runs) return NULL;
    runs->lists = lists;
    runs->tile_count = (suppliers + TILE_SUPPLIERS - 1) / TILE_SUPPLIERS;
    runs->tiles = memory_allocate_zero(runs->tile_count, sizeof *runs->tiles);
    runs->first = memory_allocate_zero(lists + 1, sizeof *runs->first);
    if (runs->tiles && runs->first) return runs;
    runs_free(runs);
    return NULL;
}

void runs_free(struct runs *runs) {
    if (!runs) return;
    for (size_t t = 0; runs->tiles && t < runs->tile_count; t++) {
        vector_free(&runs->tiles[t].weight);
        vector_free(&runs->tiles[t].place);
    }
    memory_free(runs->tiles);
    memory_free(runs->first);
    vector_free(&runs->items);
    memory_free(runs);
}

bool runs_add(struct runs *runs, uint32_t list, uint32_t supplier, double weight) {
    const uint32_t tile = supplier / TILE_SUPPLIERS;
    struct tile *held = &runs->tiles[tile];
    while (runs->filled <= list) runs->first[runs->filled++] = runs->items.count;
    const bool opens = runs->items.count == runs->first[list] || runs->items.items[runs->items.count - 1].tile != tile;
    if (opens && runs->items.count == UINT32_MAX) return false;
    if (opens && !vector_push(&runs->items, ((struct run){tile, 0, held->weight.count, {0}}))) return false;
    if (!vector_push(&held->weight, weight) || !vector_push(&held->place, (uint8_t)(supplier % TILE_SUPPLIERS))) return false;
    struct run *run = &runs->items.items[runs->items.count - 1];
    run->held[supplier % TILE_SUPPLIERS / 64] |= UINT64_C(1) << supplier % 64;
    run->count++;
    return true;
}

static bool trim(void **items, size_t *capacity, size_t count, size_t size) {
    void *trimmed = memory_resize(*items, count, size);
    if (!trimmed) return false;
    *items = trimmed;
    *capacity = count;
    return true;
}

/* What lists grew beyond what they hold is given back: a pool keeps millions of postings. */
bool runs_finish(struct runs *runs) {
    for (size_t t = 0; t < runs->tile_count; t++) {
        struct tile *tile = &runs->tiles[t];
        if (!trim((void **)&tile->weight.items, &tile->weight.capacity, tile->weight.count, sizeof *tile->weight.items) ||
            !trim((void **)&tile->place.items, &tile->place.capacity, tile->place.count, sizeof *tile->place.items))
            return false;
    }
    while (runs->filled <= runs->lists) runs->first[runs->filled++] = runs->items.count;
    /* Runs are looked up far apart: on large pages, if the system has them. */
    struct run *items = memory_allocate_aligned(runs->items.count, sizeof *items);
    if (!items) return false;
    if (runs->items.count) memcpy(items, runs->items.items, runs->items.count * sizeof *items);
    memory_free(runs->items.items);
    runs->items.items = items;
    runs->items.capacity = runs->items.count;
    return true;
}

/* ---- a block of questions ---- */

struct found_run {
    uint32_t list, run; /* a position among the block's lists; among all runs */
};

struct runs_block {
    size_t count;
    struct found_run *found; /* scratch: those of one tile */
    const double (*factors)[LANES];
    struct {
        uint32_t first, next, end; /* the list's runs, and the next of them for who comes tile by tile */
    } *cursors;
};

struct runs_block *runs_block_new(const struct runs *runs, const struct runs_question *questions, size_t count, struct arena *arena) {
    size_t most = 0, at[LANES] = {0};
    for (size_t l = 0; l < count; l++) most += questions[l].count;
    struct runs_block *block = arena_allocate_zero(arena, 1, sizeof *block);
    double(*factors)[LANES] = lanes_rows(arena, most + 1);
    if (block) block->cursors = arena_allocate(arena, (most + 1) * sizeof *block->cursors);
    if (block) block->found = arena_allocate(arena, (most + 1) * sizeof *block->found);
    if (!block || !factors || !block->cursors || !block->found) return NULL;
    for (;;) { /* a merge of the questions' lists */
        uint32_t next = UINT32_MAX;
        for (size_t l = 0; l < count; l++)
            if (at[l] < questions[l].count && questions[l].items[at[l]].list < next) next = questions[l].items[at[l]].list;
        if (next == UINT32_MAX) break;
        for (size_t l = 0; l < count; l++)
            if (at[l] < questions[l].count && questions[l].items[at[l]].list == next) factors[block->count][l] = questions[l].items[at[l]++].factor;
        block->cursors[block->count].first = block->cursors[block->count].next = (uint32_t)runs->first[next];
        block->cursors[block->count++].end = (uint32_t)runs->first[next + 1];
    }
    block->factors = (const double(*)[LANES])factors;
    return block;
}

/* The runs of a tile that the block asks for, in the order of the lists; moves the cursors past them. */
static size_t find_runs(const struct runs *runs, struct runs_block *block, size_t tile) {
    size_t found = 0;
    for (size_t i = 0; i < block->count; i++) {
        uint32_t next = block->cursors[i].next;
        const uint32_t end = block->cursors[i].end;
        while (next < end && runs->items.items[next].tile < tile) next++;
        if (next < end && runs->items.items[next].tile == tile) block->found[found++] = (struct found_run){(uint32_t)i, next++};
        block->cursors[i].next = next;
    }
    return found;
}

enum { AHEAD = 6 }; /* runs: what they hold is called for before its turn comes */

void runs_fill(const struct runs *runs, struct runs_block *block, size_t first, size_t count, double (*cells)[LANES]) {
    const struct lanes *lanes = lanes_best();
    const struct tile *tile = &runs->tiles[first / TILE_SUPPLIERS];
    const size_t found = find_runs(runs, block, first / TILE_SUPPLIERS);
    memset(cells, 0, count * sizeof *cells);
    for (size_t i = 0; i < found; i++) {
        if (i + AHEAD < found) {
            const struct run *ahead = &runs->items.items[block->found[i + AHEAD].run];
            __builtin_prefetch(tile->weight.items + ahead->begin);
            __builtin_prefetch(tile->place.items + ahead->begin);
            __builtin_prefetch(block->factors[block->found[i + AHEAD].list]);
            __builtin_prefetch(block->factors[block->found[i + AHEAD].list] + LANES / 2);
        }
        const struct run *run = &runs->items.items[block->found[i].run];
        lanes->scatter(cells, block->factors[block->found[i].list], tile->place.items + run->begin, tile->weight.items + run->begin, run->count);
    }
}

/* ---- a few suppliers ---- */

enum { PICKED = 64 };

/* Where the run keeps the weight of a place that it holds. */
static size_t rank_of(const struct run *run, uint32_t place) {
    size_t rank = run->begin;
    for (uint32_t word = 0; word < place / 64; word++) rank += (size_t)__builtin_popcountll(run->held[word]);
    return rank + (size_t)__builtin_popcountll(run->held[place / 64] & ((UINT64_C(1) << place % 64) - 1));
}

/* What a list holds of the suppliers asked for; its weights are called for before they are added. */
struct picked {
    size_t list, count;
    struct {
        const double *weight;
        size_t cell;
    } hits[PICKED];
};

static void add_picked(const struct runs_block *block, const struct picked *picked, double (*cells)[LANES]) {
    static const uint8_t here = 0;
    for (size_t i = 0; i < picked->count; i++)
        lanes_best()->scatter(cells + picked->hits[i].cell, block->factors[picked->list], &here, picked->hits[i].weight, 1);
}

static void pick_some(const struct runs *runs, const struct runs_block *block, const uint32_t *suppliers, size_t count, double (*cells)[LANES]) {
    struct picked both[2];
    both[0].count = both[1].count = 0;
    for (size_t i = 0; i < block->count; i++) {
        const struct run *first = runs->items.items + block->cursors[i].first, *end = runs->items.items + block->cursors[i].end, *run = first;
        const size_t without = runs->tile_count - (size_t)(end - first); /* tiles: the run of tile t is no more than so many before first + t */
        struct picked *picked = &both[i % 2];
        picked->list = i;
        picked->count = 0;
        for (size_t k = 0; k < count; k++) {
            const uint32_t tile = suppliers[k] / TILE_SUPPLIERS, place = suppliers[k] % TILE_SUPPLIERS;
            if (tile > without && run < first + (tile - without)) run = first + (tile - without);
            while (run < end && run->tile < tile) run++;
            if (run == end) break;
            if (run->tile != tile || !(run->held[place / 64] >> place % 64 & 1)) continue;
            picked->hits[picked->count].weight = runs->tiles[tile].weight.items + rank_of(run, place);
            picked->hits[picked->count].cell = k;
            __builtin_prefetch(picked->hits[picked->count++].weight);
        }
        if (i > 0) add_picked(block, &both[(i - 1) % 2], cells);
    }
    if (block->count) add_picked(block, &both[(block->count - 1) % 2], cells);
}

/* Lists lie far apart: those of few runs are called for, all together, before the first is walked. */
static void call_lists(const struct runs *runs, const struct runs_block *block) {
    enum { LINE = 64, FEW_RUNS = 64 };
    for (size_t i = 0; i < block->count; i++) {
        const size_t held = block->cursors[i].end - block->cursors[i].first;
        const char *begin = (const char *)(runs->items.items + block->cursors[i].first);
        for (size_t at = 0; held <= FEW_RUNS && at < held * sizeof(struct run); at += LINE) __builtin_prefetch(begin + at);
    }
}

void runs_pick(const struct runs *runs, const struct runs_block *block, const uint32_t *suppliers, size_t count, double (*cells)[LANES]) {
    memset(cells, 0, count * sizeof *cells);
    if (count > 1) call_lists(runs, block);
    for (size_t k = 0; k < count; k += PICKED) pick_some(runs, block, suppliers + k, count - k < PICKED ? count - k : PICKED, cells + k);
}
