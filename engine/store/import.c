/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records into the store. In: a parsed set. Out: rows, parties, one audit entry, and what was new, changed and
 * unchanged. All of it is one transaction. It does not judge records: that was done when they were read.
 */
#include <string.h>

#include "../base/map.h"
#include "../base/memory.h"
#include "../record/image.h"
#include "identity.h"
#include "inside.h"

struct importer {
    struct store *store;
    const struct record_set *set;
    const char *source, *when;
    struct statement *find, *party, *write;
    struct buffer image; /* of the supplier being written */
    struct map *seen;
    struct import_counts *counts;
    const char **created, **changed, **unchanged; /* room for the ids of each class */
};

/* Columns beyond the common six, ?7 and on, differ by kind. */
static const char *const write_sql[RECORD_KINDS] = {
    "INSERT INTO suppliers(id, json, digest, imported_at, source, party, kind, image)"
    " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
    " ON CONFLICT(id) DO UPDATE SET json = excluded.json, digest = excluded.digest, imported_at = excluded.imported_at,"
    " source = excluded.source, party = excluded.party, kind = excluded.kind, image = excluded.image",
    "INSERT INTO demands(id, json, digest, imported_at, source, party, program) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"
    " ON CONFLICT(id) DO UPDATE SET json = excluded.json, digest = excluded.digest, imported_at = excluded.imported_at,"
    " source = excluded.source, party = excluded.party, program = excluded.program",
    "INSERT INTO outcomes(id, json, digest, imported_at, source, program, demand, supplier)"
    " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
    " ON CONFLICT(id) DO UPDATE SET json = excluded.json, digest = excluded.digest, imported_at = excluded.imported_at,"
    " source = excluded.source",
};

static ieum_status importer_begin(struct importer *importer, struct problem *problem) {
    struct import_counts *counts = importer->counts;
    size_t most = importer->set->count < STORE_IMPORT_IDS ? importer->set->count : STORE_IMPORT_IDS;
    *counts = (struct import_counts){.arena = arena_new()};
    importer->seen = map_new();
    importer->created = arena_allocate_zero(counts->arena, most + 1, sizeof *importer->created);
    importer->changed = arena_allocate_zero(counts->arena, most + 1, sizeof *importer->changed);
    importer->unchanged = arena_allocate_zero(counts->arena, most + 1, sizeof *importer->unchanged);
    if (!importer->seen || !importer->created || !importer->changed || !importer->unchanged)
        return problem_set_memory(problem);
    counts->created.ids.items = importer->created;
    counts->changed.ids.items = importer->changed;
    counts->unchanged.ids.items = importer->unchanged;
    struct database *database = importer->store->database;
    ieum_status status = table_statement(importer->store, importer->set->kind, "SELECT digest FROM %s WHERE id = ?1",
                                         &importer->find, problem);
    if (status == IEUM_OK)
        status = statement_new(database,
                               "INSERT INTO parties(key, name, registration_no) VALUES(?1, ?2, ?3)"
                               " ON CONFLICT(key) DO UPDATE SET name = excluded.name WHERE name <> excluded.name",
                               &importer->party, problem);
    if (status == IEUM_OK) status = statement_new(database, write_sql[importer->set->kind], &importer->write, problem);
    return status;
}

static void importer_end(struct importer *importer) {
    statement_free(importer->find);
    statement_free(importer->party);
    statement_free(importer->write);
    buffer_free(&importer->image);
    map_free(importer->seen);
}

static ieum_status refuse_twice(size_t index, const char *id, struct problem *problem) {
    struct jpath at = {NULL, NULL, 0}, item = {&at, NULL, index}, member = {&item, "id", 0};
    char pointer[sizeof problem->pointer];
    jpath_write(&member, pointer, sizeof pointer);
    ieum_status status =
        problem_set(problem, IEUM_INVALID, pointer, "한 번에 가져오는 자료에 '%s'이(가) 두 번 나옵니다.",
                    "'%s' comes twice in one import.", id);
    problem_set_value(problem, id);
    return status;
}

/* Whether the id is stored, and with the same digest. */
static ieum_status look_up(struct importer *importer, const char *id, const char *digest, bool *stored, bool *same,
                           struct problem *problem) {
    statement_bind_text(importer->find, 1, id);
    ieum_status status = statement_step(importer->find, stored, problem);
    *same = status == IEUM_OK && *stored && strcmp(statement_text(importer->find, 0), digest) == 0;
    statement_reset(importer->find);
    return status;
}

/* A supplier's image goes where its JSON goes, always both. */
static bool bind_image(struct importer *importer, size_t index, const char *digest) {
    if (importer->set->kind != RECORD_SUPPLIER) return true;
    buffer_clear(&importer->image);
    if (!supplier_image_write(&importer->set->suppliers[index], digest, &importer->image)) return false;
    statement_bind_bytes(importer->write, 8, importer->image.bytes, importer->image.size);
    return true;
}

static ieum_status write_record(struct importer *importer, size_t index, const struct record_row *row,
                                const char *text, const char *digest, struct problem *problem) {
    struct statement *write = importer->write;
    ieum_status status = IEUM_OK;
    if (row->party) {
        statement_bind_text(importer->party, 1, row->party);
        statement_bind_text(importer->party, 2, row->party_name);
        statement_bind_text(importer->party, 3, row->registration_no);
        status = statement_run(importer->party, problem);
    }
    if (status != IEUM_OK) return status;
    statement_bind_text(write, 1, row->id);
    statement_bind_text(write, 2, text);
    statement_bind_text(write, 3, digest);
    statement_bind_text(write, 4, importer->when);
    statement_bind_text(write, 5, importer->source);
    statement_bind_text(write, 6, row->party ? row->party : row->program);
    statement_bind_text(write, 7, row->kind ? row->kind : row->demand ? row->demand : row->program);
    if (row->supplier) statement_bind_text(write, 8, row->supplier);
    if (!bind_image(importer, index, digest)) return problem_set_memory(problem);
    return statement_run(write, problem);
}

static ieum_status count_in(struct importer *importer, struct import_class *class, const char **items, const char *id,
                            struct problem *problem) {
    if (class->count < STORE_IMPORT_IDS) {
        items[class->count] = arena_copy_text(importer->counts->arena, id);
        if (!items[class->count]) return problem_set_memory(problem);
        class->ids.count++;
    }
    class->count++;
    return IEUM_OK;
}

static ieum_status import_one(struct importer *importer, size_t index, struct arena *arena, struct problem *problem) {
    struct import_counts *counts = importer->counts;
    struct record_row row;
    char digest[DIGEST_TEXT], *text = NULL;
    bool stored = false, same = false;
    ieum_status status = record_row_of(importer->set, index, arena, &row, problem);
    if (status != IEUM_OK) return status;
    if (row.digest)
        return problem_set(problem, IEUM_INTERNAL, "", "일부만 읽은 기록은 저장하지 않습니다.",
                           "A record that was read in part cannot be stored.");
    uint32_t number = map_intern(importer->seen, row.id, strlen(row.id));
    if (number == MAP_NONE) return problem_set_memory(problem);
    if (number != index) return refuse_twice(index, row.id, problem);
    status = canonical_text(row.json, &text, digest, problem);
    if (status == IEUM_OK) status = look_up(importer, row.id, digest, &stored, &same, problem);
    if (status == IEUM_OK && !same) status = write_record(importer, index, &row, text, digest, problem);
    if (status == IEUM_OK)
        status = same     ? count_in(importer, &counts->unchanged, importer->unchanged, row.id, problem)
                 : stored ? count_in(importer, &counts->changed, importer->changed, row.id, problem)
                          : count_in(importer, &counts->created, importer->created, row.id, problem);
    memory_free(text);
    return status;
}

static ieum_status drop_lone_parties(struct store *store, struct problem *problem) {
    return database_run(store->database,
                        "DELETE FROM parties WHERE NOT EXISTS(SELECT 1 FROM suppliers WHERE party = parties.key)"
                        " AND NOT EXISTS(SELECT 1 FROM demands WHERE party = parties.key)",
                        problem);
}

static ieum_status log_import(struct importer *importer, const struct store_act *act, struct problem *problem) {
    const struct import_counts *counts = importer->counts;
    const struct record_set *sets[] = {importer->set};
    char hash[DIGEST_TEXT];
    ieum_status status = records_data_hash(sets, 1, hash, problem);
    if (status != IEUM_OK) return status;
    jval *payload = jval_new_object();
    jval_set_text(payload, "source", importer->source);
    jval_set_integer(payload, "created", (int64_t)counts->created.count);
    jval_set_integer(payload, "changed", (int64_t)counts->changed.count);
    jval_set_integer(payload, "unchanged", (int64_t)counts->unchanged.count);
    jval_set_text(payload, "data_hash", hash);
    status = store_audit_append(importer->store, act, "import", table_of(importer->set->kind), payload, problem);
    jval_free(payload);
    return status;
}

static ieum_status import_all(struct importer *importer, const struct store_act *act, struct problem *problem) {
    struct arena *arena = arena_new();
    ieum_status status = arena ? importer_begin(importer, problem) : problem_set_memory(problem);
    for (size_t i = 0; i < importer->set->count && status == IEUM_OK; i++)
        status = import_one(importer, i, arena, problem);
    if (status == IEUM_OK && importer->counts->created.count + importer->counts->changed.count > 0) {
        status = drop_lone_parties(importer->store, problem);
        if (status == IEUM_OK) status = log_import(importer, act, problem);
    }
    importer_end(importer);
    arena_free(arena);
    return status;
}

ieum_status store_import(struct store *store, const struct record_set *set, const char *source_name,
                         const struct store_act *act, struct import_counts *counts, struct problem *problem) {
    struct import_counts made = {0};
    struct importer importer = {
        .store = store, .set = set, .source = source_name ? source_name : "", .when = act->when, .counts = &made};
    bool own = false;
    ieum_status status = act_check(act, problem);
    if (status == IEUM_OK) status = enter_change(store, &own, problem);
    if (status != IEUM_OK) return status;
    status = leave_change(store, own, import_all(&importer, act, problem), problem);
    if (status == IEUM_OK)
        *counts = made;
    else
        import_counts_free(&made);
    return status;
}

void import_counts_free(struct import_counts *counts) {
    arena_free(counts->arena);
    *counts = (struct import_counts){0};
}
