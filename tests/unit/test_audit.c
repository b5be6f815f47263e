/* SPDX-License-Identifier: Apache-2.0 */
/* The audit log: every way to change it by hand shows, and erasing payloads does not break it. */
#include "store_samples.h"

enum { ENTRIES = 12 };

static void add_entries(struct store *store, int count) {
    for (int i = 0; i < count; i++) {
        struct problem problem = {0};
        struct store_act act = {i % 2 ? "kim" : "lee", "2025-03-14T09:30:00+09:00", i % 3 ? "회의에서 정함" : NULL,
                                i % 4 == 1 ? "2025-12-31" : NULL};
        jval *payload = i % 5 ? jval_new_object() : NULL;
        if (payload) jval_set_integer(payload, "n", i);
        CHECK_INT(store_audit_append(store, &act, "test.step", "R1", payload, &problem), IEUM_OK);
        jval_free(payload);
    }
}

static struct audit_check verify(struct store *store, const struct audit_head *kept) {
    struct audit_check check = {.broken_at = -1};
    struct problem problem = {0};
    CHECK_INT(store_audit_verify(store, kept, &check, &problem), IEUM_OK);
    return check;
}

TEST(chains_what_is_appended) {
    struct store *store = sample_open(sample_path("s.db"), true);
    struct problem problem = {0};
    struct audit_head head;
    struct audit_list list = {0};
    CHECK_INT(verify(store, NULL).broken_at, 0);
    CHECK_INT(verify(store, NULL).head.number, 0);
    add_entries(store, ENTRIES);
    struct audit_check check = verify(store, NULL);
    CHECK_INT(check.broken_at, 0);
    CHECK_INT(check.erased, 0);
    CHECK_INT(store_audit_head(store, &head, &problem), IEUM_OK);
    CHECK_INT(head.number, ENTRIES);
    CHECK_TEXT(check.head.digest, head.digest);
    CHECK_INT(store_audit_list(store, 0, 100, &list, &problem), IEUM_OK);
    CHECK_INT(list.count, ENTRIES);
    CHECK(list.items[0].payload == NULL && !list.items[0].erased);
    CHECK_TEXT(list.items[1].payload, "{\"n\":1,\"reason\":\"회의에서 정함\"}");
    CHECK_TEXT(list.items[1].account, "kim");
    for (size_t i = 1; i < list.count; i++) CHECK_TEXT(list.items[i].previous, list.items[i - 1].digest);
    CHECK_TEXT(list.items[ENTRIES - 1].digest, head.digest);
    audit_list_free(&list);
    CHECK_INT(store_audit_list(store, 10, 1, &list, &problem), IEUM_OK);
    CHECK_INT(list.count, 1);
    CHECK_INT(list.items[0].number, 11);
    audit_list_free(&list);
    store_close(store);
    sample_folder_clear();
}

/* A change by hand, and the entry at which it must show; with a head kept elsewhere for what the chain alone cannot
 * tell. */
static const struct {
    const char *sql;
    int broken_at;
    bool needs_head;
} changes[] = {
    {"UPDATE audit SET account = 'park' WHERE number = 3", 3, false},
    {"UPDATE audit SET at = '2025-03-13T09:30:00+09:00' WHERE number = 1", 1, false},
    {"UPDATE audit SET action = 'test.other' WHERE number = 12", 12, false},
    {"UPDATE audit SET subject = 'R2' WHERE number = 5", 5, false},
    {"UPDATE audit SET payload_digest = '' WHERE number = 5", 5, false},
    {"UPDATE audit SET digest = previous WHERE number = 7", 7, false},
    {"UPDATE audit_payload SET json = '{\"n\":2}' WHERE number = 2", 2, false},
    {"UPDATE audit_payload SET salt = '00000000000000000000000000000000' WHERE number = 2", 2, false},
    {"INSERT INTO audit_payload VALUES(1, '00000000000000000000000000000000', '{}', NULL)", 1, false},
    {"DELETE FROM audit WHERE number = 4", 4, false},
    {"DELETE FROM audit WHERE number = 1", 1, false},
    {"UPDATE audit SET number = number + 1 WHERE number = 12", 12, false},
    {"UPDATE audit SET number = 99 WHERE number = 4; UPDATE audit SET number = 4 WHERE number = 5;"
     "UPDATE audit SET number = 5 WHERE number = 99",
     4, false},
    {"DELETE FROM audit WHERE number > 9", 10, true},
    {"DELETE FROM audit", 1, true},
};

TEST(shows_every_change_by_hand) {
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct store *store = sample_open(sample_path("s.db"), true);
        add_entries(store, ENTRIES);
        struct audit_head kept = verify(store, NULL).head;
        CHECK_INT(verify(store, &kept).broken_at, 0);
        change_by_hand(sample_path("s.db"), changes[i].sql);
        struct audit_check check = verify(store, changes[i].needs_head ? &kept : NULL);
        CHECK_INT(check.broken_at, changes[i].broken_at);
        if (check.broken_at != changes[i].broken_at) fprintf(stderr, "  after: %s\n", changes[i].sql);
        CHECK(check.ko[0] && check.en[0]);
        if (changes[i].needs_head) CHECK_INT(verify(store, NULL).broken_at, 0);
        store_close(store);
        sample_folder_clear();
    }
}

/* A log that was made anew, whole and fitting, still differs from the head that was kept. */
TEST(shows_a_log_written_anew) {
    struct store *store = sample_open(sample_path("s.db"), true);
    add_entries(store, ENTRIES);
    struct audit_head kept = verify(store, NULL).head;
    store_close(store);
    sample_folder_clear();
    store = sample_open(sample_path("s.db"), true);
    add_entries(store, ENTRIES + 3);
    CHECK_INT(verify(store, NULL).broken_at, 0);
    CHECK_INT(verify(store, &kept).broken_at, ENTRIES);
    store_close(store);
    sample_folder_clear();
}

TEST(grows_beyond_a_kept_head) {
    struct store *store = sample_open(sample_path("s.db"), true);
    add_entries(store, ENTRIES);
    struct audit_head kept = verify(store, NULL).head;
    add_entries(store, 4);
    CHECK_INT(verify(store, &kept).broken_at, 0);
    CHECK_INT(verify(store, NULL).head.number, ENTRIES + 4);
    store_close(store);
    sample_folder_clear();
}

TEST(erases_without_breaking) {
    struct store *store = sample_open(sample_path("s.db"), true);
    struct problem problem = {0};
    struct store_act act = SAMPLE_ACT;
    struct audit_list list = {0};
    size_t erased = 99;
    add_entries(store, ENTRIES);
    struct audit_head kept = verify(store, NULL).head;
    CHECK_INT(store_audit_erase(store, "2025-12-31", &act, &erased, &problem), IEUM_OK);
    CHECK_INT(erased, 0);
    CHECK_INT(verify(store, NULL).head.number, ENTRIES);
    CHECK_INT(store_audit_erase(store, "2026-01-01", &act, &erased, &problem), IEUM_OK);
    CHECK_INT(erased, 3); /* entries 2, 6 and 10 */
    struct audit_check check = verify(store, &kept);
    CHECK_INT(check.broken_at, 0);
    CHECK_INT(check.erased, 3);
    CHECK_INT(check.head.number, ENTRIES + 1);
    CHECK_INT(store_audit_list(store, 0, 100, &list, &problem), IEUM_OK);
    CHECK(list.items[1].erased && list.items[1].payload == NULL);
    CHECK(!list.items[2].erased && list.items[2].payload != NULL);
    CHECK_TEXT(list.items[ENTRIES].payload, "{\"before\":\"2026-01-01\",\"erased\":3}");
    audit_list_free(&list);
    store_close(store);
    sample_folder_clear();
}

/* Erased means gone from the file, not only from its tables. */
TEST(leaves_no_trace_of_what_was_erased) {
    static const char secret[] = "PERSONALREASON";
    struct store *store = sample_open(sample_path("s.db"), true);
    struct problem problem = {0};
    struct store_act act = {"kim", "2025-03-14T09:30:00+09:00", secret, "2025-12-31"}, later = SAMPLE_ACT;
    size_t erased = 0, size = 0;
    CHECK_INT(store_audit_append(store, &act, "test", "x", NULL, &problem), IEUM_OK);
    char *bytes = sample_read(sample_path("s.db"), &size);
    CHECK(memmem(bytes, size, secret, strlen(secret)) != NULL);
    memory_free(bytes);
    CHECK_INT(store_audit_erase(store, "2026-01-01", &later, &erased, &problem), IEUM_OK);
    CHECK_INT(erased, 1);
    bytes = sample_read(sample_path("s.db"), &size);
    CHECK(memmem(bytes, size, secret, strlen(secret)) == NULL);
    memory_free(bytes);
    store_close(store);
    sample_folder_clear();
}

TEST_MAIN(chains_what_is_appended, shows_every_change_by_hand, shows_a_log_written_anew, grows_beyond_a_kept_head,
          erases_without_breaking, leaves_no_trace_of_what_was_erased)
