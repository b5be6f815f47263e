/* SPDX-License-Identifier: Apache-2.0 */
/* Parties and the roles their records give them. Reads only. */
#include <string.h>

#include "../base/memory.h"
#include "inside.h"

/* Roles follow one another in the same order as parties; `first_role` is where a party's begin while the array may
 * still move. */
struct reading {
    VECTOR(struct party) parties;
    VECTOR(struct party_role) roles;
    VECTOR(size_t) first_role;
    struct arena *arena;
};

static ieum_status read_row(struct statement *row, struct reading *reading, struct problem *problem) {
    size_t count = reading->parties.count;
    struct party_role role = {.records = (size_t)statement_integer(row, 5)};
    ieum_status status = column_copy(row, 3, reading->arena, &role.role, problem);
    if (status == IEUM_OK) status = column_copy(row, 4, reading->arena, &role.kind, problem);
    if (status != IEUM_OK) return status;
    if (count == 0 || strcmp(reading->parties.items[count - 1].key, statement_text(row, 0)) != 0) {
        struct party party = {.role_count = 0};
        status = column_copy(row, 0, reading->arena, &party.key, problem);
        if (status == IEUM_OK) status = column_copy(row, 1, reading->arena, &party.name, problem);
        if (status == IEUM_OK) status = column_copy(row, 2, reading->arena, &party.registration_no, problem);
        if (status != IEUM_OK) return status;
        if (!vector_push(&reading->parties, party) || !vector_push(&reading->first_role, reading->roles.count))
            return problem_set_memory(problem);
        count++;
    }
    if (!vector_push(&reading->roles, role)) return problem_set_memory(problem);
    reading->parties.items[count - 1].role_count++;
    return IEUM_OK;
}

/* The list keeps one block for the parties; roles go to the arena now that they no longer move. */
static ieum_status finish(struct reading *reading, struct party_list *list, struct problem *problem) {
    struct party_role *roles = arena_allocate_zero(reading->arena, reading->roles.count + 1, sizeof *roles);
    struct party *parties = arena_allocate_zero(reading->arena, reading->parties.count + 1, sizeof *parties);
    if (!roles || !parties) return problem_set_memory(problem);
    for (size_t i = 0; i < reading->roles.count; i++) roles[i] = reading->roles.items[i];
    for (size_t i = 0; i < reading->parties.count; i++) {
        parties[i] = reading->parties.items[i];
        parties[i].roles = roles + reading->first_role.items[i];
    }
    *list = (struct party_list){reading->arena, parties, reading->parties.count};
    reading->arena = NULL;
    return IEUM_OK;
}

ieum_status store_parties(struct store *store, struct party_list *list, struct problem *problem) {
    struct statement *select = NULL;
    struct reading reading = {.arena = arena_new()};
    bool row = false;
    ieum_status status =
        reading.arena
            ? statement_new(store->database,
                            "SELECT p.key, p.name, p.registration_no, r.role, r.kind, r.records FROM parties p"
                            " JOIN party_roles r ON r.party = p.key ORDER BY p.key, r.role, r.kind",
                            &select, problem)
            : problem_set_memory(problem);
    if (status == IEUM_OK) status = statement_step(select, &row, problem);
    while (status == IEUM_OK && row) {
        status = read_row(select, &reading, problem);
        if (status == IEUM_OK) status = statement_step(select, &row, problem);
    }
    statement_free(select);
    if (status == IEUM_OK) status = finish(&reading, list, problem);
    vector_free(&reading.parties);
    vector_free(&reading.roles);
    vector_free(&reading.first_role);
    arena_free(reading.arena);
    return status;
}

void party_list_free(struct party_list *list) {
    arena_free(list->arena);
    *list = (struct party_list){0};
}
