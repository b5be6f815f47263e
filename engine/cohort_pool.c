/* SPDX-License-Identifier: Apache-2.0 */
#include "cohort_pool.h"

#include <string.h>

#include "cohort_kinds.h"
#include "feature/bulk.h"

enum { SPACES_MOST = 8 }; /* programs whose features are kept; more begin again from the first */

struct supplier_pool {
    size_t asked; /* requests so far */
    bool made, lean;
    uint32_t changes; /* the store's, before the suppliers were read */
    char hash[DIGEST_TEXT];
    struct cohort cohort;
    struct kept_space {
        struct program *program;
        const struct text_list *kinds; /* in the program; NULL: any */
        struct cohort cohort;          /* the suppliers of these kinds */
        struct feature_space *space;
        struct pair_side *side;
    } spaces[SPACES_MOST];
    size_t space_count;
};

static void free_space(struct kept_space *kept) {
    pair_side_free(kept->side);
    feature_space_free(kept->space);
    cohort_free(&kept->cohort);
    program_free(kept->program);
}

static void drop_spaces(struct supplier_pool *pool) {
    for (size_t i = 0; i < pool->space_count; i++) free_space(&pool->spaces[i]);
    pool->space_count = 0;
}

static void drop_suppliers(struct supplier_pool *pool) {
    drop_spaces(pool);
    cohort_free(&pool->cohort);
    pool->made = false;
}

static void pool_release(void *kept) {
    drop_suppliers(kept);
    memory_free(kept);
}

static ieum_status hash_suppliers(struct store *store, char hash[DIGEST_TEXT], struct problem *problem) {
    static const enum record_kind kinds[] = {RECORD_SUPPLIER};
    return store_data_hash(store, kinds, 1, NULL, hash, problem);
}

static ieum_status make_suppliers(struct workspace *workspace, struct store *store, struct supplier_pool *pool, bool lean, struct problem *problem) {
    const struct record_choice all = {.lean = lean};
    drop_suppliers(pool);
    ieum_status status = store_changes(store, &pool->changes, problem);
    if (status == IEUM_OK) status = hash_suppliers(store, pool->hash, problem);
    if (status == IEUM_OK) status = cohort_load(workspace, NULL, &all, NULL, &pool->cohort, problem);
    pool->made = status == IEUM_OK;
    pool->lean = lean;
    return status;
}

/* Whether the suppliers are still those of the store. */
static ieum_status look_again(struct store *store, struct supplier_pool *pool, bool *same, struct problem *problem) {
    uint32_t changes = 0;
    char hash[DIGEST_TEXT];
    ieum_status status = store_changes(store, &changes, problem);
    *same = true;
    if (status != IEUM_OK || changes == pool->changes) return status;
    status = hash_suppliers(store, hash, problem);
    *same = status == IEUM_OK && strcmp(hash, pool->hash) == 0;
    if (*same) pool->changes = changes;
    return status;
}

static ieum_status make_space(struct workspace *workspace, struct supplier_pool *pool, struct program *program, const struct text_list *kinds,
                              struct problem *problem) {
    struct kept_space made = {.program = program_share(program), .kinds = kinds};
    const struct lexicon *lexicon;
    const struct taxonomy *taxonomy;
    const struct feature_catalogue *catalogue;
    if (pool->space_count == SPACES_MOST) drop_spaces(pool);
    ieum_status status = workspace_lexicon(workspace, &lexicon, problem);
    if (status == IEUM_OK) status = workspace_taxonomy(workspace, &taxonomy, problem);
    if (status == IEUM_OK) status = workspace_catalogue(workspace, &catalogue, problem);
    if (status == IEUM_OK) status = cohort_narrow(workspace, &pool->cohort, kinds, &made.cohort, problem);
    const struct record_set *suppliers = &made.cohort.suppliers;
    if (status == IEUM_OK)
        status = feature_space_new(made.program, catalogue, lexicon, taxonomy, suppliers->suppliers, made.cohort.supplier_notes, suppliers->count,
                                   workspace_threads(workspace), &made.space, problem);
    if (status == IEUM_OK) status = feature_bulk_prepare(made.space, problem);
    if (status == IEUM_OK)
        status = pair_side_new(made.program, suppliers->suppliers, suppliers->count, workspace_threads(workspace), &made.side, problem);
    if (status == IEUM_OK) pool->spaces[pool->space_count++] = made;
    else free_space(&made);
    return status;
}

static bool same_kinds(const struct text_list *a, const struct text_list *b) {
    if (!a || !b) return a == b;
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++) same = strcmp(a->items[i], b->items[i]) == 0;
    return same;
}

static const struct kept_space *find_space(const struct supplier_pool *pool, const struct program *program, const struct text_list *kinds) {
    for (size_t i = 0; i < pool->space_count; i++)
        if (strcmp(pool->spaces[i].program->hash, program->hash) == 0 && same_kinds(pool->spaces[i].kinds, kinds)) return &pool->spaces[i];
    return NULL;
}

ieum_status cohort_pool_view(struct workspace *workspace, struct program *program, const struct text_list *kinds, bool lean, struct pool_view *view,
                             struct problem *problem) {
    struct supplier_pool *pool = workspace_kept(workspace);
    struct store *store;
    bool same = true;
    *view = (struct pool_view){0};
    if (!pool) {
        pool = memory_allocate_zero(1, sizeof *pool);
        if (!pool) return problem_set_memory(problem);
        workspace_keep(workspace, pool, pool_release);
    }
    const bool snapshot = workspace_snapshot(workspace);
    if (pool->asked++ == 0 && !snapshot) return IEUM_OK;
    ieum_status status = workspace_store(workspace, false, &store, problem);
    if (status == IEUM_OK && pool->made && !snapshot) status = look_again(store, pool, &same, problem);
    if (status == IEUM_OK && (!pool->made || !same || (pool->lean && !lean))) status = make_suppliers(workspace, store, pool, lean, problem);
    if (status == IEUM_OK && !find_space(pool, program, kinds)) status = make_space(workspace, pool, program, kinds, problem);
    const struct kept_space *kept = status == IEUM_OK ? find_space(pool, program, kinds) : NULL;
    if (kept) *view = (struct pool_view){&kept->cohort, kept->space, kept->side};
    return status;
}
