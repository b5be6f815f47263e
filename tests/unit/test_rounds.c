/* SPDX-License-Identifier: Apache-2.0 */
/* Rounds: revisions go up one by one, two managers collide visibly, steps keep who, when and why. */
#define _DEFAULT_SOURCE
#include "store_samples.h"

static jval *payload_of(int number) {
    jval *payload = jval_new_object();
    jval_set_integer(payload, "number", number);
    jval_set_text(payload, "memo", "한글");
    return payload;
}

static ieum_status put(struct store *store, const char *id, const char *state, int64_t expected, const char *step,
                       int number, int64_t *revision, struct problem *problem) {
    struct store_round round = {
        .id = id, .program = "ai-bio", .version = "2025.1", .state = state, .payload = payload_of(number)};
    struct store_act act = {"kim", "2025-03-14T09:30:00+09:00", number % 2 ? "위원회 의결" : NULL, "2025-12-31"};
    ieum_status status = store_round_put(store, &round, expected, step, &act, revision, problem);
    jval_free(round.payload);
    return status;
}

TEST(goes_up_one_by_one) {
    struct store *store = sample_open(sample_path("s.db"), true);
    struct problem problem = {0};
    struct store_round round = {0};
    struct store_round_steps steps = {0};
    int64_t revision = 0;
    CHECK_INT(put(store, "R1", "draft", 0, "new", 1, &revision, &problem), IEUM_OK);
    CHECK_INT(revision, 1);
    CHECK_INT(put(store, "R1", "proposed", 1, "propose", 2, &revision, &problem), IEUM_OK);
    CHECK_INT(put(store, "R1", "proposed", 2, "lock", 3, &revision, &problem), IEUM_OK);
    CHECK_INT(revision, 3);
    CHECK_INT(store_round_get(store, "R1", &round, &problem), IEUM_OK);
    CHECK_INT(round.revision, 3);
    CHECK_TEXT(round.state, "proposed");
    CHECK_TEXT(round.version, "2025.1");
    CHECK_INT(jval_integer(jval_get(round.payload, "number")), 3);
    CHECK_TEXT(jval_get_text(round.payload, "memo"), "한글");
    store_round_free(&round);
    CHECK_INT(store_round_steps(store, "R1", &steps, &problem), IEUM_OK);
    CHECK_INT(steps.count, 3);
    CHECK(steps.items[0].from == NULL);
    CHECK_TEXT(steps.items[1].from, "draft");
    CHECK_TEXT(steps.items[1].to, "proposed");
    CHECK_TEXT(steps.items[2].step, "lock");
    CHECK_TEXT(steps.items[2].account, "kim");
    CHECK_TEXT(steps.items[2].reason, "위원회 의결");
    CHECK(steps.items[1].reason == NULL);
    store_round_steps_free(&steps);
    store_close(store);
    CHECK(sample_sound(sample_path("s.db")));
    sample_folder_clear();
}

TEST(two_managers_collide_visibly) {
    struct store *one = sample_open(sample_path("s.db"), true), *two = sample_open(sample_path("s.db"), false);
    struct problem problem = {0};
    struct store_round round = {0};
    int64_t revision = 0;
    CHECK_INT(put(one, "R1", "draft", 0, "new", 1, &revision, &problem), IEUM_OK);
    CHECK_INT(put(two, "R1", "open", 1, "open", 2, &revision, &problem), IEUM_OK);
    revision = -1;
    CHECK_INT(put(one, "R1", "closed", 1, "close", 3, &revision, &problem), IEUM_CONFLICT);
    CHECK_INT(revision, -1);
    CHECK_TEXT(problem.value, "2");
    CHECK_TEXT(problem.expected, "1");
    problem_clear(&problem);
    CHECK_INT(store_round_get(one, "R1", &round, &problem), IEUM_OK);
    CHECK_TEXT(round.state, "open");
    store_round_free(&round);
    CHECK_INT(put(two, "R1", "draft", 0, "new", 1, &revision, &problem), IEUM_CONFLICT);
    CHECK(strstr(problem.en, "already") != NULL);
    problem_clear(&problem);
    CHECK_INT(put(two, "R9", "open", 4, "open", 1, &revision, &problem), IEUM_NOT_FOUND);
    CHECK(strstr(problem.ko, "R9") != NULL);
    problem_clear(&problem);
    CHECK_INT(store_round_get(two, "R9", &round, &problem), IEUM_NOT_FOUND);
    store_close(one);
    store_close(two);
    CHECK(sample_sound(sample_path("s.db")));
    sample_folder_clear();
}

TEST(lists_by_program_in_order) {
    struct store *store = sample_open(sample_path("s.db"), true);
    struct problem problem = {0};
    struct store_round_list list = {0};
    int64_t revision = 0;
    CHECK_INT(put(store, "R2", "draft", 0, "new", 1, &revision, &problem), IEUM_OK);
    CHECK_INT(put(store, "R10", "draft", 0, "new", 1, &revision, &problem), IEUM_OK);
    CHECK_INT(store_round_list(store, NULL, &list, &problem), IEUM_OK);
    CHECK_INT(list.count, 2);
    CHECK_TEXT(list.items[0].id, "R10");
    store_round_list_free(&list);
    CHECK_INT(store_round_list(store, "ai-bio", &list, &problem), IEUM_OK);
    CHECK_INT(list.count, 2);
    store_round_list_free(&list);
    CHECK_INT(store_round_list(store, "other", &list, &problem), IEUM_OK);
    CHECK_INT(list.count, 0);
    store_round_list_free(&list);
    store_close(store);
    sample_folder_clear();
}

/* A reason stands in the audit log alone: erased there, it is gone from the steps, and the round stays sound. */
TEST(reasons_can_be_erased) {
    struct store *store = sample_open(sample_path("s.db"), true);
    struct problem problem = {0};
    struct store_round_steps steps = {0};
    struct store_act act = SAMPLE_ACT;
    int64_t revision = 0;
    size_t erased = 0;
    CHECK_INT(put(store, "R1", "draft", 0, "new", 1, &revision, &problem), IEUM_OK);
    CHECK_INT(store_audit_erase(store, "2026-01-01", &act, &erased, &problem), IEUM_OK);
    CHECK_INT(erased, 1);
    CHECK_INT(store_round_steps(store, "R1", &steps, &problem), IEUM_OK);
    CHECK_INT(steps.count, 1);
    CHECK(steps.items[0].reason == NULL);
    CHECK_TEXT(steps.items[0].account, "kim");
    store_round_steps_free(&steps);
    store_close(store);
    CHECK(sample_sound(sample_path("s.db")));
    sample_folder_clear();
}

TEST_MAIN(goes_up_one_by_one, two_managers_collide_visibly, lists_by_program_in_order, reasons_can_be_erased)
