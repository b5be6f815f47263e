/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Identity of records and parties. In: parsed records. Out: ids and keys that are the same whenever the same thing is
 * meant.
 *
 * A party is known by its registration number. Without one, the name is all there is: then one name on one side is one
 * party, and namesakes on the two sides are kept apart, because merging two firms by mistake does more harm than not
 * seeing that they are one.
 */
#include "identity.h"

#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "../record/registration.h"
#include "inside.h"

static ieum_status outcome_id(const struct outcome *outcome, struct arena *arena, const char **id,
                              struct problem *problem) {
    const char *parts[] = {outcome->program, outcome->round, outcome->demand, outcome->supplier,
                           jval_get_text(outcome->json, "stage")};
    const size_t count = sizeof parts / sizeof *parts;
    char *text = NULL;
    jval *array = jval_new_array();
    for (size_t i = 0; i < count; i++) jval_append_text(array, parts[i] ? parts[i] : "");
    ieum_status status =
        jval_count(array) == count ? jval_write(array, true, &text, problem) : problem_set_memory(problem);
    if (status == IEUM_OK && !(*id = arena_copy_text(arena, text))) status = problem_set_memory(problem);
    memory_free(text);
    jval_free(array);
    return status;
}

static char *join_texts(struct arena *arena, const char *a, const char *b) {
    size_t size_a = strlen(a), size_b = strlen(b);
    char *text = arena_allocate(arena, size_a + size_b + 1);
    if (!text) return NULL;
    memcpy(text, a, size_a);
    memcpy(text + size_a, b, size_b + 1);
    return text;
}

static ieum_status identify_party(const struct firm *firm, const char *side, struct arena *arena,
                                  struct record_row *row, struct problem *problem) {
    char digits[11];
    row->party_name = firm->name ? firm->name : "";
    if (firm->registration_no && registration_read(firm->registration_no, digits)) {
        row->registration_no = arena_copy_text(arena, digits);
        row->party = join_texts(arena, "no:", digits);
        if (!row->registration_no) return problem_set_memory(problem);
    } else {
        row->party = join_texts(arena, side, row->party_name);
    }
    return row->party ? IEUM_OK : problem_set_memory(problem);
}

ieum_status record_row_of(const struct record_set *set, size_t index, struct arena *arena, struct record_row *row,
                          struct problem *problem) {
    *row = (struct record_row){0};
    if (set->kind == RECORD_SUPPLIER) {
        const struct supplier *supplier = &set->suppliers[index];
        row->id = supplier->id;
        row->json = supplier->json;
        row->digest = supplier->lean ? supplier->digest : NULL;
        row->kind = supplier->business_kind ? supplier->business_kind : "";
        return identify_party(&supplier->firm, "supplier:", arena, row, problem);
    }
    if (set->kind == RECORD_DEMAND) {
        const struct demand *demand = &set->demands[index];
        row->id = demand->id;
        row->json = demand->json;
        row->program = demand->program;
        return identify_party(&demand->firm, "demand:", arena, row, problem);
    }
    const struct outcome *outcome = &set->outcomes[index];
    row->json = outcome->json;
    row->program = outcome->program;
    row->demand = outcome->demand;
    row->supplier = outcome->supplier;
    return outcome_id(outcome, arena, &row->id, problem);
}

/* ---- digests over sets ---- */

static void hash_kind(struct digest *digest, enum record_kind kind) { digest_add_text(digest, table_of(kind)); }

static ieum_status hash_stored(struct store *store, enum record_kind kind, const char *program, struct digest *digest,
                               struct problem *problem) {
    struct statement *statement = NULL;
    bool row = false;
    ieum_status status = records_statement(store, kind, "id, digest", program, &statement, problem);
    if (status != IEUM_OK) return status;
    hash_kind(digest, kind);
    while ((status = statement_step(statement, &row, problem)) == IEUM_OK && row) {
        digest_add(digest, statement_text(statement, 0), statement_size(statement, 0) + 1);
        digest_add(digest, statement_text(statement, 1), statement_size(statement, 1) + 1);
    }
    statement_free(statement);
    return status;
}

ieum_status store_data_hash(struct store *store, const enum record_kind *kinds, size_t kind_count, const char *program,
                            char hash[DIGEST_TEXT], struct problem *problem) {
    struct digest digest;
    bool own = false;
    ieum_status status = enter_read(store, &own, problem);
    if (status != IEUM_OK) return status;
    digest_begin(&digest);
    for (size_t i = 0; i < kind_count && status == IEUM_OK; i++)
        status = hash_stored(store, kinds[i], program, &digest, problem);
    leave_read(store, own);
    if (status == IEUM_OK) digest_end(&digest, hash);
    return status;
}

struct identified {
    const char *id;
    const jval *json;
    const char *digest; /* NULL: not known yet */
};

static int compare_ids(const void *a, const void *b) {
    return strcmp(((const struct identified *)a)->id, ((const struct identified *)b)->id);
}

ieum_status digested_set_add(const struct digested_set *digested, struct digest *digest, struct problem *problem) {
    const struct record_set *set = digested->set;
    ieum_status status = IEUM_OK;
    struct arena *arena = arena_new();
    struct identified *items = arena_allocate_zero(arena, set->count + 1, sizeof *items);
    if (!items) status = problem_set_memory(problem);
    for (size_t i = 0; i < set->count && status == IEUM_OK; i++) {
        struct record_row row;
        status = record_row_of(set, i, arena, &row, problem);
        items[i] = (struct identified){row.id, row.json, digested->digests ? digested->digests[i] : row.digest};
    }
    if (status == IEUM_OK) {
        qsort(items, set->count, sizeof *items, compare_ids);
        hash_kind(digest, set->kind);
    }
    for (size_t i = 0; i < set->count && status == IEUM_OK; i++) {
        char text[DIGEST_TEXT];
        if (!items[i].digest) status = record_digest(items[i].json, text, problem);
        digest_add_text(digest, items[i].id);
        digest_add_text(digest, items[i].digest ? items[i].digest : text);
    }
    arena_free(arena);
    return status;
}

ieum_status records_data_hash(const struct record_set *const *sets, size_t set_count, char hash[DIGEST_TEXT],
                              struct problem *problem) {
    struct digest digest;
    ieum_status status = IEUM_OK;
    digest_begin(&digest);
    for (size_t i = 0; i < set_count && status == IEUM_OK; i++) status = digested_set_add(&(struct digested_set){sets[i], NULL}, &digest, problem);
    if (status == IEUM_OK) digest_end(&digest, hash);
    return status;
}
