/* SPDX-License-Identifier: Apache-2.0 */
/* The serving log: what was shown comes back once a pair, with the best rank; a store of the first version gets the table; nothing half written. */
#define _DEFAULT_SOURCE
#include "store_samples.h"

static const struct serving first[] = {
    {"ai-bio", "D2", "S1", 1, 1000000000, "m", "d"},
    {"ai-bio", "D1", "S2", 2, 500000000, "m", "d"},
    {"ai-bio", "D1", "S1", 1, 1000000000, "m", "d"},
    {"ai-manufacturing", "D9", "S1", 1, 1000000000, "m", "d"},
};

TEST(a_pair_comes_back_once) {
    struct store *store = sample_open(sample_path("s.db"), true);
    struct problem problem = {0};
    struct serving_list list = {0};
    const struct serving again = {"ai-bio", "D1", "S2", 1, 900000000, "n", "d"};
    CHECK_INT(store_servings_load(store, "ai-bio", &list, &problem), IEUM_OK);
    CHECK_INT(list.count, 0);
    serving_list_free(&list);
    CHECK_INT(store_servings_put(store, "2025-03-14T09:30:00+09:00", first, 4, &problem), IEUM_OK);
    CHECK_INT(store_servings_put(store, "2025-03-15T09:30:00+09:00", &again, 1, &problem), IEUM_OK);
    CHECK_INT(store_servings_load(store, "ai-bio", &list, &problem), IEUM_OK);
    CHECK_INT(list.count, 3);
    CHECK_TEXT(list.items[0].demand, "D1");
    CHECK_TEXT(list.items[0].supplier, "S1");
    CHECK_TEXT(list.items[1].supplier, "S2");
    CHECK_INT(list.items[1].rank, 1);
    CHECK_INT(list.items[1].propensity, 900000000);
    CHECK_TEXT(list.items[2].demand, "D2");
    serving_list_free(&list);
    store_close(store);
}

TEST(all_or_nothing) {
    struct store *store = sample_open(sample_path("half.db"), true);
    struct problem problem = {0};
    struct serving_list list = {0};
    struct serving items[2] = {first[0], first[1]};
    items[1].propensity = 0; /* refused by the table */
    CHECK_INT(store_servings_put(store, "2025-03-14T09:30:00+09:00", items, 2, &problem), IEUM_STORE);
    problem_clear(&problem);
    CHECK_INT(store_servings_load(store, "ai-bio", &list, &problem), IEUM_OK);
    CHECK_INT(list.count, 0);
    serving_list_free(&list);
    store_close(store);
}

TEST(a_store_of_the_first_version_is_brought_up_to_date) {
    struct problem problem = {0};
    struct database *database;
    struct serving_list list = {0};
    struct store *store = sample_open(sample_path("old.db"), true);
    store_close(store);
    must(database_open(sample_path("old.db"), NULL, DATABASE_WRITE, 1000, &database, &problem) == IEUM_OK, "open");
    must(database_run(database, "DROP TABLE servings; DROP TABLE documents; DROP TABLE sessions; DROP TABLE tokens; DROP TABLE accounts; PRAGMA user_version=1", &problem) == IEUM_OK, "step back");
    database_close(database);
    store = sample_open(sample_path("old.db"), true);
    CHECK_INT(store_servings_put(store, "2025-03-14T09:30:00+09:00", first, 4, &problem), IEUM_OK);
    CHECK_INT(store_servings_load(store, "ai-manufacturing", &list, &problem), IEUM_OK);
    CHECK_INT(list.count, 1);
    serving_list_free(&list);
    store_close(store);
    sample_folder_clear();
}

TEST_MAIN(a_pair_comes_back_once, all_or_nothing, a_store_of_the_first_version_is_brought_up_to_date)
