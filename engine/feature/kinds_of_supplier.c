/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds_of_supplier.h"

#include "../base/map.h"
#include "../base/vector.h"

enum { MOST_ROWS = 4096 };

ieum_status kinds_of_supplier_make(const struct feature_space *space, supplier_key key, struct kinds_of_supplier *kinds, struct problem *problem) {
    struct map *map = map_new();
    struct buffer bytes = BUFFER_EMPTY;
    VECTOR(uint32_t) first = {0};
    kinds->of = memory_allocate_zero(space->supplier_count, sizeof *kinds->of);
    bool held = map && kinds->of;
    for (size_t s = 0; s < space->supplier_count && held; s++) {
        buffer_clear(&bytes);
        held = key(space, s, &bytes);
        kinds->of[s] = held ? map_intern(map, bytes.bytes ? bytes.bytes : "", bytes.size) : MAP_NONE;
        held = kinds->of[s] != MAP_NONE && (kinds->of[s] < first.count || vector_push(&first, (uint32_t)s));
    }
    kinds->first = first.items;
    kinds->count = first.count;
    buffer_free(&bytes);
    map_free(map);
    return held ? IEUM_OK : problem_set_memory(problem);
}

void kinds_of_supplier_free(struct kinds_of_supplier *kinds) {
    memory_free(kinds->of);
    memory_free(kinds->first);
    *kinds = (struct kinds_of_supplier){0};
}

/* What is left to do where there are too many kinds for a table. */
struct many_kinds {
    supplier_value value;
    const struct demand_view *views;
    size_t count;
};

ieum_status kinds_of_supplier_block(const struct feature_space *space, const void *state, const struct kinds_of_supplier *kinds,
                                    supplier_value value, const struct demand_view *views, size_t count, struct arena *arena,
                                    struct feature_block *block, struct problem *problem) {
    if (kinds->count > MOST_ROWS) {
        struct many_kinds *many = arena_allocate(arena, sizeof *many);
        if (!many) return problem_set_memory(problem);
        *many = (struct many_kinds){value, views, count};
        block->own = many;
        return IEUM_OK;
    }
    double(*rows)[LANES] = lanes_rows(arena, kinds->count + 1);
    if (!rows) return problem_set_memory(problem);
    for (size_t k = 0; k < kinds->count; k++)
        for (size_t l = 0; l < count; l++)
            rows[k][l] = l > 0 && views[l].demand == views[l - 1].demand ? rows[k][l - 1] : value(space, state, &views[l], kinds->first[k]);
    block->table = (const double(*)[LANES])rows;
    block->row = kinds->of;
    block->rows = kinds->count;
    return IEUM_OK;
}

void kinds_of_supplier_fill(const struct feature_space *space, const void *state, struct feature_block *block, size_t first, size_t count,
                            double (*cells)[LANES]) {
    const struct many_kinds *many = block->own;
    for (size_t s = 0; s < count; s++)
        for (size_t l = 0; l < LANES; l++) cells[s][l] = l < many->count ? many->value(space, state, &many->views[l], first + s) : 0;
}
