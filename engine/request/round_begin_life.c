/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Steps new and open. A round that may draw at random commits itself to its seed when it is made: the hash is shown from the start, seed and salt once a draw was made, so
 * that nobody can choose the seed after seeing what it draws, and anybody can check it.
 */
#include <stdio.h>
#include <string.h>

#include "../base/entropy.h"
#include "../workspace_check.h"
#include "../workspace_check_data.h"
#include "round_request.h"

enum { SALT_BYTES = 16 };
#define SEED_MOST (INT64_C(1) << 53)

static ieum_status make_draw(struct round_call *it, struct round *round, struct problem *problem) {
    char salt[2 * SALT_BYTES + 1], text[64], hash[DIGEST_TEXT];
    uint64_t bits = 0;
    int64_t seed = -1;
    ieum_status status = field_integer(it->call->request, NULL, "seed", false, 0, SEED_MOST, &seed, problem);
    if (status == IEUM_OK) status = entropy_hex(salt, SALT_BYTES, problem);
    if (status == IEUM_OK && seed < 0) {
        status = entropy_bytes(&bits, sizeof bits, problem);
        seed = (int64_t)(bits >> 11);
    }
    if (status != IEUM_OK) return status;
    snprintf(text, sizeof text, "%lld %s", (long long)seed, salt);
    digest_of(text, strlen(text), hash);
    round->seed = seed;
    round->salt = arena_copy_text(it->call->arena, salt);
    round->commitment = arena_copy_text(it->call->arena, hash);
    return round->salt && round->commitment ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status read_day(struct round_call *it, const char *key, const char **day, struct problem *problem) {
    struct date date;
    ieum_status status = field_text(it->call->request, NULL, key, false, day, problem);
    if (status != IEUM_OK || !*day || date_read(*day, &date)) return status;
    const struct jpath root = {NULL, NULL, 0}, at = {&root, key, 0};
    return jval_refuse(problem, &at, jval_get(it->call->request, key), "YYYY-MM-DD", "달력에 있는 날짜(YYYY-MM-DD)가 아닙니다.",
                       "This is no date of the calendar (YYYY-MM-DD).");
}

static ieum_status read_settings(struct round_call *it, struct round *round, struct problem *problem) {
    static const char *const methods[] = {"max_sum", "leximin", "stable", "random"}, *const criteria[] = {"all", "fit"}, *const intakes[] = {"batch", "rolling"};
    const jval *request = it->call->request;
    size_t method = 0, chosen = 0, intake = 0;
    bool rules = true;
    ieum_status status = field_choice(request, NULL, "method", false, methods, 4, &method, problem);
    if (status == IEUM_OK) status = field_choice(request, NULL, "criteria", false, criteria, 2, &chosen, problem);
    if (status == IEUM_OK) status = field_choice(request, NULL, "intake", false, intakes, 2, &intake, problem);
    if (status == IEUM_OK) status = field_bool(request, NULL, "rules", false, &rules, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "model", false, &round->model, problem);
    if (status == IEUM_OK) status = read_day(it, "applied_from", &round->applied_from, problem);
    if (status == IEUM_OK) status = read_day(it, "applied_to", &round->applied_to, problem);
    if (status == IEUM_OK && round->applied_from && round->applied_to && strcmp(round->applied_from, round->applied_to) > 0)
        status = problem_set(problem, IEUM_INVALID, "/applied_to", "접수 마감일이 시작일보다 앞섭니다.", "The last day of applications lies before the first.");
    if (jval_get(request, "method")) round->method = methods[method];
    round->fit_only = chosen == 1;
    round->rolling = intake == 1;
    round->no_rules = !rules;
    return status;
}

/* A round is named in outcome records and files, so its id is one like theirs. */
static ieum_status check_id(const char *id, struct problem *problem) {
    if (strlen(id) <= 64 && !id[strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")]) return IEUM_OK;
    ieum_status status = problem_set(problem, IEUM_INVALID, "/round", "회차 번호는 영문자, 숫자, '.', '_', '-'만 쓸 수 있고 64자를 넘을 수 없습니다.",
                                     "A round's id has only letters, digits, '.', '_' and '-', at most 64.");
    problem_set_value(problem, id);
    problem_set_expected(problem, "[A-Za-z0-9._-]{1,64}");
    return status;
}

/* A round stands on its program's file: what is wrong with it beside the data folder (an unknown field, code or program) is told before the round is made. */
static ieum_status check_program_file(struct round_call *it, struct problem *problem) {
    struct data_around around = {0};
    struct program_check check = {.around = &around};
    ieum_status status = data_around_read(it->call->workspace, &around, problem);
    if (status == IEUM_OK) status = workspace_check_file(it->call->workspace, it->program, it->call->arena, &check, problem);
    if (status == IEUM_OK && check.mistakes.errors > 0) status = program_check_refuse(&check, problem);
    program_check_free(&check);
    data_around_free(&around);
    return status;
}

ieum_status round_new(struct round_call *it, jval **result, struct problem *problem) {
    struct round round = {.arena = it->call->arena};
    ieum_status status = check_id(it->round, problem);
    if (status == IEUM_OK) status = read_settings(it, &round, problem);
    if (status == IEUM_OK) status = check_program_file(it, problem);
    if (status == IEUM_OK) status = round_program(it, problem);
    if (status == IEUM_OK) status = make_draw(it, &round, problem);
    if (status == IEUM_OK) status = workspace_act(it->call->workspace, it->by, it->reason, it->call->arena, &it->act, problem);
    if (status == IEUM_OK) status = round_retention(it, problem);
    if (status == IEUM_OK) status = workspace_change(it->call->workspace, &it->store, problem);
    if (status != IEUM_OK) return status;
    it->state = round;
    it->stored = (struct store_round){.id = it->round, .program = it->program, .version = it->rules->version};
    jval *object = jval_new_object();
    status = round_put(it, STEP_NEW, object, problem);
    it->stored = (struct store_round){0}; /* borrowed */
    if (status == IEUM_OK) {
        jval_set_text(object, "commitment", round.commitment);
        *result = object;
    } else {
        jval_free(object);
    }
    return status;
}

ieum_status round_open_step(struct round_call *it, jval **result, struct problem *problem) {
    ieum_status status = round_begin(it, STEP_OPEN, problem);
    if (status != IEUM_OK) return status;
    it->state.state = ROUND_OPEN;
    jval *object = jval_new_object();
    status = round_put(it, STEP_OPEN, object, problem);
    if (status == IEUM_OK) *result = object;
    else jval_free(object);
    return status;
}
