/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lean suppliers out of the store. In: the images beside the records' JSON. Out: the same records in the same order as a
 * load of the JSON gives. An image that cannot be used costs time, never a record: its row is read from the JSON.
 */
#include <string.h>

#include "../base/memory.h"
#include "../base/parallel.h"
#include "../record/image.h"
#include "inside.h"

enum { WORTH_A_THREAD = 64 };

struct image_row {
    const void *image;
    size_t size;
    const char *id;
    const char *digest;
};
struct images {
    VECTOR(struct image_row) rows;
    struct arena *arena; /* holds the rows' bytes */
    struct arena **worker_arenas;
    int worker_count;
    struct supplier *suppliers; /* json NULL: the image could not be used */
};

static ieum_status collect_images(struct store *store, struct images *images, struct problem *problem) {
    struct statement *select = NULL;
    bool found = false;
    ieum_status status = records_statement(store, RECORD_SUPPLIER, "id, digest, image", NULL, &select, problem);
    if (status == IEUM_OK) status = statement_step(select, &found, problem);
    while (status == IEUM_OK && found) {
        struct image_row row = {.size = statement_size(select, 2)};
        status = column_copy(select, 0, images->arena, &row.id, problem);
        if (status == IEUM_OK) status = column_copy(select, 1, images->arena, &row.digest, problem);
        row.image = arena_copy_bytes(images->arena, statement_bytes(select, 2), row.size);
        if (!row.id || !row.digest || !row.image || !vector_push(&images->rows, row)) status = problem_set_memory(problem);
        if (status == IEUM_OK) status = statement_step(select, &found, problem);
    }
    statement_free(select);
    return status;
}

static void read_image(void *context, size_t index, int worker) {
    struct images *images = context;
    const struct image_row *row = &images->rows.items[index];
    supplier_image_read(row->image, row->size, row->digest, images->worker_arenas[worker], &images->suppliers[index]);
}

static ieum_status read_images(const struct store *store, struct images *images, struct problem *problem) {
    const size_t count = images->rows.count;
    const int threads = count < WORTH_A_THREAD || store->threads < 1 ? 1 : store->threads;
    images->suppliers = memory_allocate_zero(count, sizeof *images->suppliers);
    images->worker_arenas = memory_allocate_zero((size_t)threads, sizeof *images->worker_arenas);
    if (!images->suppliers || !images->worker_arenas) return problem_set_memory(problem);
    images->worker_count = threads;
    for (int i = 0; i < threads; i++)
        if (!(images->worker_arenas[i] = arena_new())) return problem_set_memory(problem);
    jval_prepare();
    parallel_for(threads, count, read_image, images);
    return IEUM_OK;
}

/* The rows whose image could not be used, from their JSON; in order, so that the first that fails is the one told. */
static ieum_status read_rest(struct store *store, struct images *images, struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < images->rows.count && status == IEUM_OK; i++) {
        struct record_set one = {0};
        if (images->suppliers[i].json) continue;
        status = store_load_one(store, RECORD_SUPPLIER, images->rows.items[i].id, &one, problem);
        if (status != IEUM_OK) break;
        images->suppliers[i] = one.suppliers[0];
        memory_free(one.suppliers);
        arena_join(images->arena, one.arena);
    }
    return status;
}

static void images_free(struct images *images) {
    for (size_t i = 0; images->suppliers && i < images->rows.count; i++) jval_free(images->suppliers[i].json);
    memory_free(images->suppliers);
    arena_free(images->arena);
}

static ieum_status load_images(struct store *store, struct images *images, struct problem *problem) {
    bool own = false;
    ieum_status status = enter_read(store, &own, problem); /* an image and the JSON in its place are of one state */
    if (status != IEUM_OK) return status;
    status = collect_images(store, images, problem);
    if (status == IEUM_OK) status = read_images(store, images, problem);
    for (int i = 0; i < images->worker_count; i++) arena_join(images->arena, images->worker_arenas[i]);
    if (status == IEUM_OK) status = read_rest(store, images, problem);
    leave_read(store, own);
    return status;
}

ieum_status store_load_lean_suppliers(struct store *store, struct record_set *set, struct problem *problem) {
    struct images images = {.arena = arena_new()};
    ieum_status status = images.arena ? load_images(store, &images, problem) : problem_set_memory(problem);
    if (status == IEUM_OK)
        *set = (struct record_set){.kind = RECORD_SUPPLIER,
                                   .arena = images.arena,
                                   .suppliers = images.suppliers,
                                   .count = images.rows.count};
    else
        images_free(&images);
    memory_free(images.worker_arenas);
    vector_free(&images.rows);
    return status;
}
