/* SPDX-License-Identifier: Apache-2.0 */
/* Images of lexicons by the stamp of their folder: a cache beside the annotations. Only the newest is kept; it is no record, and leaves no audit entry. */
#include "../base/memory.h"
#include "inside.h"

ieum_status store_lexicon_get(struct store *store, const char *stamp, struct arena *arena, const void **bytes, size_t *size,
                              struct problem *problem) {
    struct statement *select = NULL;
    bool row = false;
    ieum_status status = statement_new(store->database, "SELECT image FROM lexicons WHERE stamp = ?1", &select, problem);
    if (status != IEUM_OK) return status;
    statement_bind_text(select, 1, stamp);
    status = statement_step(select, &row, problem);
    if (status == IEUM_OK && row) {
        *size = statement_size(select, 0);
        *bytes = arena_copy_bytes(arena, statement_bytes(select, 0), *size);
        if (*bytes == NULL) status = problem_set_memory(problem);
    }
    statement_free(select);
    return status;
}

static ieum_status replace_image(struct store *store, const char *stamp, const void *bytes, size_t size, struct problem *problem) {
    struct statement *insert = NULL;
    ieum_status status = database_run(store->database, "DELETE FROM lexicons", problem);
    if (status == IEUM_OK)
        status = statement_new(store->database, "INSERT INTO lexicons(stamp, image) VALUES(?1, ?2)", &insert, problem);
    if (status != IEUM_OK) return status;
    statement_bind_text(insert, 1, stamp);
    statement_bind_bytes(insert, 2, bytes, size);
    status = statement_run(insert, problem);
    statement_free(insert);
    return status;
}

ieum_status store_lexicon_put(struct store *store, const char *stamp, const void *bytes, size_t size, struct problem *problem) {
    bool own = false;
    ieum_status status = enter_change(store, &own, problem);
    if (status != IEUM_OK) return status;
    status = replace_image(store, stamp, bytes, size, problem);
    return leave_change(store, own, status, problem);
}
