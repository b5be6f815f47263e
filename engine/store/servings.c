/* SPDX-License-Identifier: Apache-2.0 */
/* The serving log: what was shown, in the order it was shown. In and out: pairs with rank and propensity; who made them of a ranking is not known here. */
#include "../base/memory.h"
#include "inside.h"

static ieum_status put_all(struct store *store, const char *when, const struct serving *items, size_t count, struct problem *problem) {
    struct statement *insert = NULL;
    ieum_status status = statement_new(store->database,
                                       "INSERT INTO servings(at, program, demand, supplier, rank, propensity, model, data)"
                                       " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                                       &insert, problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        const struct serving *item = &items[i];
        statement_bind_text(insert, 1, when);
        statement_bind_text(insert, 2, item->program);
        statement_bind_text(insert, 3, item->demand);
        statement_bind_text(insert, 4, item->supplier);
        statement_bind_integer(insert, 5, item->rank);
        statement_bind_integer(insert, 6, item->propensity);
        statement_bind_text(insert, 7, item->model);
        statement_bind_text(insert, 8, item->data);
        status = statement_run(insert, problem);
    }
    statement_free(insert);
    return status;
}

ieum_status store_servings_put(struct store *store, const char *when, const struct serving *items, size_t count, struct problem *problem) {
    bool own = false;
    ieum_status status = enter_change(store, &own, problem);
    if (status != IEUM_OK) return status;
    return leave_change(store, own, put_all(store, when, items, count, problem), problem);
}

static ieum_status read_row(struct statement *row, const char *program, struct arena *arena, struct serving *item, struct problem *problem) {
    *item = (struct serving){.program = program, .rank = statement_integer(row, 2), .propensity = statement_integer(row, 3)};
    ieum_status status = column_copy(row, 0, arena, &item->demand, problem);
    return status == IEUM_OK ? column_copy(row, 1, arena, &item->supplier, problem) : status;
}

ieum_status store_servings_load(struct store *store, const char *program, struct serving_list *list, struct problem *problem) {
    VECTOR(struct serving) items = {0};
    struct statement *select = NULL;
    bool row = false;
    struct arena *arena = arena_new();
    const char *name = arena_copy_text(arena, program);
    ieum_status status = name ? statement_new(store->database,
                                              "SELECT demand, supplier, min(rank), max(propensity) FROM servings WHERE program = ?1"
                                              " GROUP BY demand, supplier ORDER BY demand, supplier",
                                              &select, problem)
                              : problem_set_memory(problem);
    if (status == IEUM_OK) {
        statement_bind_text(select, 1, name);
        status = statement_step(select, &row, problem);
    }
    while (status == IEUM_OK && row) {
        struct serving item;
        status = read_row(select, name, arena, &item, problem);
        if (status == IEUM_OK && !vector_push(&items, item)) status = problem_set_memory(problem);
        if (status == IEUM_OK) status = statement_step(select, &row, problem);
    }
    statement_free(select);
    if (status == IEUM_OK) {
        *list = (struct serving_list){arena, items.items, items.count};
    } else {
        vector_free(&items);
        arena_free(arena);
    }
    return status;
}

void serving_list_free(struct serving_list *list) {
    memory_free((void *)list->items);
    arena_free(list->arena);
    *list = (struct serving_list){0};
}
