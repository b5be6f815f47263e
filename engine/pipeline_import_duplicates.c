/* SPDX-License-Identifier: Apache-2.0 */
/* Which records of a file are there already, in the store or further up in the file. */
#include <string.h>

#include "base/map.h"
#include "pipeline_import_parts.h"
#include "program/likeness.h"
#include "record/registration.h"

enum { ALIKE_MOST = 64 }; /* records of one name or number that are looked at: more are no help to a person */

/* A record as it is compared: the stored ones first, then those of the file. */
struct known {
    const char *id;
    const struct firm *firm;
    const char *region;   /* the province where it is known, else as it stands; NULL */
    const char *program;  /* of a demand */
    int year;             /* of its application, 0: not known */
    char number[11];      /* "" where there is none */
    uint32_t next_number, next_name, last_number, last_name; /* chains, from the first that has the number or name */
};

struct directory {
    struct map *ids, *numbers, *names;
    struct known *items;
    uint32_t count;
    size_t stored;
    struct arena *arena;
    const struct taxonomy *taxonomy;
};

const struct firm *import_firm(const struct record_set *set, size_t index) {
    return set->kind == RECORD_SUPPLIER ? &set->suppliers[index].firm : set->kind == RECORD_DEMAND ? &set->demands[index].firm : NULL;
}

static void describe(const struct directory *directory, const struct record_set *set, size_t index, const struct record_row *row, struct known *known) {
    *known = (struct known){.id = row->id, .firm = import_firm(set, index), .next_number = MAP_NONE, .next_name = MAP_NONE};
    if (!known->firm) return;
    if (known->firm->registration_no) registration_read(known->firm->registration_no, known->number);
    known->region = known->firm->region ? region_canonical(directory->taxonomy, known->firm->region) : NULL;
    if (!known->region) known->region = known->firm->region;
    if (set->kind != RECORD_DEMAND) return;
    known->program = set->demands[index].program;
    known->year = set->demands[index].applied.year;
}

/* Whether one may stand for the other at all. */
static bool is_comparable(const struct known *a, const struct known *b) {
    return (!a->program || !b->program || strcmp(a->program, b->program) == 0) && (!a->year || !b->year || a->year == b->year);
}

static bool is_same_place(const struct known *a, const struct known *b) { return !a->region || !b->region || value_alike(a->region, b->region); }

static bool is_same_firm(const struct known *a, const struct known *b) {
    if (!a->firm || !b->firm) return true;
    return *a->number && *b->number ? strcmp(a->number, b->number) == 0 : firm_name_alike(a->firm->name, b->firm->name);
}

static uint32_t find_by_number(const struct directory *directory, const struct known *known) {
    uint32_t at = *known->number ? map_get_text(directory->numbers, known->number) : MAP_NONE;
    for (int tries = 0; at != MAP_NONE && tries < ALIKE_MOST; at = directory->items[at].next_number, tries++)
        if (is_comparable(known, &directory->items[at])) return at;
    return MAP_NONE;
}

static uint32_t find_by_name(const struct directory *directory, const struct known *known, const char *core, size_t size) {
    uint32_t at = size ? map_get(directory->names, core, size) : MAP_NONE;
    for (int tries = 0; at != MAP_NONE && tries < ALIKE_MOST; at = directory->items[at].next_name, tries++) {
        const struct known *other = &directory->items[at];
        const bool told_apart = *known->number && *other->number;
        if (!told_apart && is_comparable(known, other) && is_same_place(known, other)) return at;
    }
    return MAP_NONE;
}

/* Puts a record at the end of the chain of its number and its name. */
static bool add(struct directory *directory, const struct known *known, const char *core, size_t size) {
    const uint32_t at = directory->count++;
    directory->items[at] = *known;
    if (map_get_text(directory->ids, known->id) == MAP_NONE && !map_put(directory->ids, known->id, strlen(known->id), at)) return false;
    if (*known->number) {
        const uint32_t first = map_get_text(directory->numbers, known->number);
        if (first != MAP_NONE) directory->items[directory->items[first].last_number].next_number = at;
        else if (!map_put(directory->numbers, known->number, strlen(known->number), at)) return false;
        directory->items[first != MAP_NONE ? first : at].last_number = at;
    }
    if (size) {
        const uint32_t first = map_get(directory->names, core, size);
        if (first != MAP_NONE) directory->items[directory->items[first].last_name].next_name = at;
        else if (!map_put(directory->names, core, size, at)) return false;
        directory->items[first != MAP_NONE ? first : at].last_name = at;
    }
    return true;
}

static ieum_status read_core(const struct known *known, struct arena *arena, char **core, size_t *size, struct problem *problem) {
    const char *name = known->firm && known->firm->name ? known->firm->name : "";
    *core = arena_allocate(arena, strlen(name) + 1);
    if (!*core) return problem_set_memory(problem);
    *size = firm_name_core(name, *core);
    return IEUM_OK;
}

/* Same content under the same id is no duplicate but nothing new. */
static ieum_status is_unchanged(const struct record_row *a, const struct record_row *b, bool *same, struct problem *problem) {
    char of_a[DIGEST_TEXT], of_b[DIGEST_TEXT];
    ieum_status status = record_digest(a->json, of_a, problem);
    if (status == IEUM_OK && !b->digest) status = record_digest(b->json, of_b, problem);
    *same = status == IEUM_OK && strcmp(of_a, b->digest ? b->digest : of_b) == 0;
    return status;
}

static ieum_status look_at(struct directory *directory, struct import_answer *answer, size_t index, const struct record_row *rows,
                           const struct record_row *stored_rows, struct problem *problem) {
    struct known known;
    char *core;
    size_t size = 0;
    bool same = false;
    describe(directory, &answer->file.set, index, &rows[index], &known);
    ieum_status status = read_core(&known, directory->arena, &core, &size, problem);
    if (status != IEUM_OK) return status;
    enum duplicate_reason reason = DUPLICATE_SAME_ID;
    uint32_t found = map_get_text(directory->ids, known.id);
    if (found != MAP_NONE && found < directory->stored) status = is_unchanged(&rows[index], &stored_rows[found], &same, problem);
    if (found == MAP_NONE) {
        reason = DUPLICATE_REGISTRATION_NO;
        found = find_by_number(directory, &known);
    }
    if (found == MAP_NONE) {
        reason = DUPLICATE_NAME_REGION;
        found = find_by_name(directory, &known, core, size);
    }
    if (status == IEUM_OK && found != MAP_NONE && !same) {
        const struct known *other = &directory->items[found];
        answer->duplicates[answer->duplicate_count++] = (struct import_duplicate){
            .index = index,
            .reason = reason,
            .other = found < directory->stored ? SIZE_MAX : found - directory->stored,
            .id = other->id,
            .name = other->firm ? other->firm->name : NULL,
            .region = other->firm ? other->firm->region : NULL,
            .asks = reason != DUPLICATE_SAME_ID || found >= directory->stored || !is_same_firm(&known, other)};
    }
    return status == IEUM_OK && !add(directory, &known, core, size) ? problem_set_memory(problem) : status;
}

static ieum_status add_stored(struct directory *directory, const struct record_set *stored, const struct record_row *rows, struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < stored->count && status == IEUM_OK; i++) {
        struct known known;
        char *core;
        size_t size = 0;
        describe(directory, stored, i, &rows[i], &known);
        status = read_core(&known, directory->arena, &core, &size, problem);
        if (status == IEUM_OK && !add(directory, &known, core, size)) status = problem_set_memory(problem);
    }
    return status;
}

ieum_status import_find_duplicates(struct workspace *workspace, struct import_answer *answer, const struct record_row *rows, const struct record_row *stored_rows,
                                   struct problem *problem) {
    const size_t count = answer->file.set.count, stored = answer->stored.count;
    struct directory directory = {.ids = map_new(), .numbers = map_new(), .names = map_new(), .stored = stored, .arena = arena_new()};
    directory.items = memory_allocate_zero(count + stored + 1, sizeof *directory.items);
    answer->duplicates = arena_allocate_zero(answer->arena, count + 1, sizeof *answer->duplicates);
    ieum_status status = directory.ids && directory.numbers && directory.names && directory.arena && directory.items && answer->duplicates ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK) status = workspace_taxonomy(workspace, &directory.taxonomy, problem);
    if (status == IEUM_OK) status = add_stored(&directory, &answer->stored, stored_rows, problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) status = look_at(&directory, answer, i, rows, stored_rows, problem);
    map_free(directory.ids);
    map_free(directory.numbers);
    map_free(directory.names);
    memory_free(directory.items);
    arena_free(directory.arena);
    return status;
}
