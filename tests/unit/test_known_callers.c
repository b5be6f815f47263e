/* SPDX-License-Identifier: Apache-2.0 */
/* Who is known to the server: for a while, until something is forgotten, and never from a look that began before that. */
#include "../../bindings/http/known_callers.h"
#include "test.h"

static struct caller caller_of(const char *role) {
    struct caller caller = {.account = "kim"};
    snprintf(caller.role, sizeof caller.role, "%s", role);
    return caller;
}

static void add(struct known_callers *known, const char *secret, const char *role, uint64_t generation) {
    const struct caller caller = caller_of(role);
    known_callers_add(known, secret, false, &caller, generation);
}

TEST(kept_until_forgotten) {
    struct known_callers *known = known_callers_new(60);
    struct caller found;
    CHECK(!known_callers_find(known, "secret", false, &found) && !known_callers_recalls(known, "secret", false));
    add(known, "secret", "desk", known_callers_generation(known));
    CHECK(known_callers_find(known, "secret", false, &found));
    CHECK_TEXT(found.role, "desk");
    CHECK(!known_callers_find(known, "secret", true, &found) && !known_callers_find(known, "secre", false, &found));
    known_callers_forget(known);
    CHECK(!known_callers_find(known, "secret", false, &found));
    CHECK(known_callers_recalls(known, "secret", false)); /* it was right before */
    known_callers_drop(known, "secret");
    CHECK(!known_callers_recalls(known, "secret", false));
    known_callers_free(known);
}

/* A look reads the old role; the account is changed; the look's end comes after that. */
TEST(old_role_does_not_come_back) {
    struct known_callers *known = known_callers_new(60);
    struct caller found;
    uint64_t before = known_callers_generation(known);
    known_callers_forget(known);
    add(known, "secret", "admin", before);
    CHECK(!known_callers_find(known, "secret", false, &found));
    add(known, "secret", "viewer", known_callers_generation(known));
    add(known, "secret", "admin", before); /* nor over a newer one */
    CHECK(known_callers_find(known, "secret", false, &found));
    CHECK_TEXT(found.role, "viewer");
    known_callers_free(known);
}

/* The same of a session that was ended meanwhile. */
TEST(ended_session_does_not_come_back) {
    struct known_callers *known = known_callers_new(60);
    struct caller found;
    uint64_t before = known_callers_generation(known);
    known_callers_drop(known, "secret");
    add(known, "secret", "desk", before);
    CHECK(!known_callers_find(known, "secret", false, &found) && !known_callers_recalls(known, "secret", false));
    known_callers_free(known);
}

TEST(stale_after_its_time) {
    struct known_callers *known = known_callers_new(0);
    struct caller found;
    add(known, "secret", "desk", known_callers_generation(known));
    CHECK(!known_callers_find(known, "secret", false, &found) && known_callers_recalls(known, "secret", false));
    known_callers_free(known);
}

TEST_MAIN(kept_until_forgotten, old_role_does_not_come_back, ended_session_does_not_come_back, stale_after_its_time)
