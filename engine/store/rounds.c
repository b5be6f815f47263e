/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rounds and their steps. In: a round as its logic made it, and the revision it was made from. Out: the next revision,
 * or a conflict when someone else was first. What states there are and which step may follow which is not decided here.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "inside.h"

/* ---- writing ---- */

static ieum_status find_present(struct store *store, const char *id, struct arena *arena, int64_t *revision,
                                const char **state, struct problem *problem) {
    struct statement *select = NULL;
    bool row = false;
    ieum_status status =
        statement_new(store->database, "SELECT revision, state FROM rounds WHERE id = ?1", &select, problem);
    if (status != IEUM_OK) return status;
    statement_bind_text(select, 1, id);
    status = statement_step(select, &row, problem);
    *revision = 0;
    *state = NULL;
    if (status == IEUM_OK && row) {
        *revision = statement_integer(select, 0);
        status = column_copy(select, 1, arena, state, problem);
    }
    statement_free(select);
    return status;
}

static ieum_status check_revision(const char *id, int64_t found, int64_t expected, struct problem *problem) {
    if (found == expected) return IEUM_OK;
    char value[24], wanted[24];
    snprintf(value, sizeof value, "%" PRId64, found);
    snprintf(wanted, sizeof wanted, "%" PRId64, expected);
    ieum_status status =
        found == 0 ? problem_set(problem, IEUM_NOT_FOUND, "", "저장소에 회차 '%s'이(가) 없습니다.",
                                 "The store has no round '%s'.", id)
        : expected == 0
            ? problem_set(problem, IEUM_CONFLICT, "", "회차 '%s'이(가) 이미 있습니다.",
                          "There is already a round '%s'.", id)
            : problem_set(problem, IEUM_CONFLICT, "",
                          "회차 '%s'을(를) 그사이 다른 사람이 바꾸었습니다. 다시 읽고 확인한 뒤 진행하십시오.",
                          "Someone else has changed the round '%s' in the meantime; read it again before going on.",
                          id);
    problem_set_value(problem, found ? value : id);
    if (found != 0) problem_set_expected(problem, wanted);
    return status;
}

static ieum_status write_round(struct store *store, const struct store_round *round, const char *when, int64_t revision,
                               const char *payload, const char *digest, struct problem *problem) {
    struct statement *write = NULL;
    ieum_status status =
        statement_new(store->database,
                      "INSERT INTO rounds(id, program, version, state, revision, created, changed, payload, digest)"
                      " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8)"
                      " ON CONFLICT(id) DO UPDATE SET program = excluded.program, version = excluded.version,"
                      " state = excluded.state, revision = excluded.revision, changed = excluded.changed,"
                      " payload = excluded.payload, digest = excluded.digest",
                      &write, problem);
    if (status != IEUM_OK) return status;
    statement_bind_text(write, 1, round->id);
    statement_bind_text(write, 2, round->program);
    statement_bind_text(write, 3, round->version);
    statement_bind_text(write, 4, round->state);
    statement_bind_integer(write, 5, revision);
    statement_bind_text(write, 6, when);
    statement_bind_text(write, 7, payload);
    statement_bind_text(write, 8, digest);
    status = statement_run(write, problem);
    statement_free(write);
    return status;
}

static ieum_status write_step(struct store *store, const struct store_round *round, int64_t revision, const char *step,
                              const char *from, const char *digest, struct problem *problem) {
    struct statement *insert = NULL;
    ieum_status status =
        statement_new(store->database,
                      "INSERT INTO round_steps(round, number, step, from_state, to_state, audit, digest)"
                      " VALUES(?1, ?2, ?3, ?4, ?5, (SELECT max(number) FROM audit), ?6)",
                      &insert, problem);
    if (status != IEUM_OK) return status;
    statement_bind_text(insert, 1, round->id);
    statement_bind_integer(insert, 2, revision);
    statement_bind_text(insert, 3, step);
    statement_bind_text(insert, 4, from);
    statement_bind_text(insert, 5, round->state);
    statement_bind_text(insert, 6, digest);
    status = statement_run(insert, problem);
    statement_free(insert);
    return status;
}

/* The chain carries the digest of the payload, so the round as it stood after each step is bound to the log. */
static ieum_status log_step(struct store *store, const struct store_round *round, int64_t revision, const char *step,
                            const char *digest, const struct store_act *act, struct problem *problem) {
    char action[96];
    snprintf(action, sizeof action, "round.%s", step);
    jval *details = round->details ? jval_copy(round->details) : jval_new_object();
    jval_set_integer(details, "revision", revision);
    jval_set_text(details, "state", round->state);
    jval_set_text(details, "digest", digest);
    ieum_status status = store_audit_append(store, act, action, round->id, details, problem);
    jval_free(details);
    return status;
}

static ieum_status put_inside(struct store *store, const struct store_round *round, int64_t expected, const char *step,
                              const struct store_act *act, struct arena *arena, struct problem *problem) {
    char digest[DIGEST_TEXT], *payload = NULL;
    const char *from = NULL;
    int64_t found = 0, revision = expected + 1;
    ieum_status status = find_present(store, round->id, arena, &found, &from, problem);
    if (status == IEUM_OK) status = check_revision(round->id, found, expected, problem);
    if (status == IEUM_OK) status = canonical_text(round->payload, &payload, digest, problem);
    if (status == IEUM_OK) status = write_round(store, round, act->when, revision, payload, digest, problem);
    if (status == IEUM_OK) status = log_step(store, round, revision, step, digest, act, problem);
    if (status == IEUM_OK) status = write_step(store, round, revision, step, from, digest, problem);
    memory_free(payload);
    return status;
}

ieum_status store_round_put(struct store *store, const struct store_round *round, int64_t expected, const char *step,
                            const struct store_act *act, int64_t *revision, struct problem *problem) {
    bool own = false;
    struct arena *arena = arena_new();
    ieum_status status = arena ? act_check(act, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = enter_change(store, &own, problem);
    if (status == IEUM_OK)
        status = leave_change(store, own, put_inside(store, round, expected, step, act, arena, problem), problem);
    if (status == IEUM_OK) *revision = expected + 1;
    arena_free(arena);
    return status;
}

/* ---- reading ---- */

#define ROUND_COLUMNS "id, program, version, state, created, changed, revision, payload"

static ieum_status copy_round(struct statement *row, struct arena *arena, struct store_round *round,
                              struct problem *problem) {
    const char **texts[] = {&round->id,    &round->program, &round->version,
                            &round->state, &round->created, &round->changed};
    ieum_status status = IEUM_OK;
    *round = (struct store_round){.revision = statement_integer(row, 6)};
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts) && status == IEUM_OK; i++)
        status = column_copy(row, i, arena, texts[i], problem);
    return status;
}

ieum_status store_round_get(struct store *store, const char *id, struct store_round *round, struct problem *problem) {
    struct statement *select = NULL;
    struct store_round found = {0};
    struct arena *arena = arena_new();
    bool row = false;
    ieum_status status =
        arena ? statement_new(store->database, "SELECT " ROUND_COLUMNS " FROM rounds WHERE id = ?1", &select, problem)
              : problem_set_memory(problem);
    if (status == IEUM_OK) {
        statement_bind_text(select, 1, id);
        status = statement_step(select, &row, problem);
    }
    if (status == IEUM_OK && !row) status = check_revision(id, 0, 1, problem);
    if (status == IEUM_OK) status = copy_round(select, arena, &found, problem);
    if (status == IEUM_OK)
        status = jval_parse(statement_text(select, 7), statement_size(select, 7), &found.payload, problem);
    statement_free(select);
    if (status == IEUM_OK) {
        *round = found;
        round->arena = arena;
    } else
        arena_free(arena);
    return status;
}

void store_round_free(struct store_round *round) {
    jval_free(round->payload);
    arena_free(round->arena);
    *round = (struct store_round){0};
}

ieum_status store_round_list(struct store *store, const char *program, struct store_round_list *list,
                             struct problem *problem) {
    VECTOR(struct store_round) rounds = {0};
    struct statement *select = NULL;
    struct arena *arena = arena_new();
    bool row = false;
    ieum_status status = arena ? statement_new(store->database,
                                               "SELECT " ROUND_COLUMNS " FROM rounds WHERE ?1 IS NULL OR program = ?1"
                                               " ORDER BY id",
                                               &select, problem)
                               : problem_set_memory(problem);
    if (status == IEUM_OK) {
        statement_bind_text(select, 1, program);
        status = statement_step(select, &row, problem);
    }
    while (status == IEUM_OK && row) {
        struct store_round round;
        status = copy_round(select, arena, &round, problem);
        if (status == IEUM_OK && !vector_push(&rounds, round)) status = problem_set_memory(problem);
        if (status == IEUM_OK) status = statement_step(select, &row, problem);
    }
    statement_free(select);
    if (status == IEUM_OK)
        *list = (struct store_round_list){arena, rounds.items, rounds.count};
    else {
        vector_free(&rounds);
        arena_free(arena);
    }
    return status;
}

void store_round_list_free(struct store_round_list *list) {
    memory_free((void *)list->items);
    arena_free(list->arena);
    *list = (struct store_round_list){0};
}

static ieum_status copy_step(struct statement *row, struct arena *arena, struct store_round_step *step,
                             struct problem *problem) {
    const char **texts[] = {&step->step,    &step->from, &step->to,    &step->digest,
                            &step->account, &step->when, &step->reason, &step->payload};
    ieum_status status = IEUM_OK;
    *step = (struct store_round_step){.number = statement_integer(row, 8)};
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts) && status == IEUM_OK; i++)
        status = column_copy(row, i, arena, texts[i], problem);
    return status;
}

ieum_status store_round_steps(struct store *store, const char *id, struct store_round_steps *steps,
                              struct problem *problem) {
    VECTOR(struct store_round_step) items = {0};
    struct statement *select = NULL;
    struct arena *arena = arena_new();
    bool row = false;
    ieum_status status = arena ? statement_new(store->database,
                                               "SELECT s.step, s.from_state, s.to_state, s.digest, a.account, a.at,"
                                               " json_extract(p.json, '$.reason'), p.json, s.number FROM round_steps s"
                                               " JOIN audit a ON a.number = s.audit"
                                               " LEFT JOIN audit_payload p ON p.number = s.audit"
                                               " WHERE s.round = ?1 ORDER BY s.number",
                                               &select, problem)
                               : problem_set_memory(problem);
    if (status == IEUM_OK) {
        statement_bind_text(select, 1, id);
        status = statement_step(select, &row, problem);
    }
    if (status == IEUM_OK && !row) status = check_revision(id, 0, 1, problem);
    while (status == IEUM_OK && row) {
        struct store_round_step step;
        status = copy_step(select, arena, &step, problem);
        if (status == IEUM_OK && !vector_push(&items, step)) status = problem_set_memory(problem);
        if (status == IEUM_OK) status = statement_step(select, &row, problem);
    }
    statement_free(select);
    if (status == IEUM_OK)
        *steps = (struct store_round_steps){arena, items.items, items.count};
    else {
        vector_free(&items);
        arena_free(arena);
    }
    return status;
}

void store_round_steps_free(struct store_round_steps *steps) {
    memory_free((void *)steps->items);
    arena_free(steps->arena);
    *steps = (struct store_round_steps){0};
}
