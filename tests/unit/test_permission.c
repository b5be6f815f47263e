/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who may do what (ieum_call_for against data/server/roles.json, read here a second way): every operation, step and action of the engine is in the table, and
 * every role gets what the table says and nothing else. What a caller may not name; in whose name one acts; the access log and what happens without one.
 */
#include "engine_samples.h"

#include "../../engine/request/request.h"

enum { NAMES_MOST = 64, NAME_MOST = 32 };

static jval *table; /* of data/server/roles.json */

static ieum_options caller_options(const char *store, const char *access) {
    ieum_options options = small_options(store);
    options.access_path = access;
    return options;
}

static ieum_engine *open_for_callers(const char *store, const char *access) {
    ieum_options options = caller_options(store, access);
    ieum_engine *engine = NULL;
    must(ieum_open(&options, &engine, NULL) == IEUM_OK, "ieum_open");
    return engine;
}

static ieum_caller caller_of(const char *account, const char *role) {
    return (ieum_caller){.size = sizeof(ieum_caller), .account = account, .role = role, .origin = "127.0.0.1"};
}

static jval *ask_for(ieum_engine *engine, const ieum_caller *caller, const char *op, const char *request, ieum_status expected) {
    char *reply = NULL;
    ieum_status status = ieum_call_for(engine, caller, op, request, strlen(request), &reply);
    CHECK_INT(status, expected);
    if (status != expected) fprintf(stderr, "  … for %s of %s: %s\n", request, caller->role, reply);
    jval *json = reply_json(reply);
    ieum_free(reply);
    return json;
}

/* ---- the table is complete ---- */

/* The names of a list "a, b, c". */
static size_t split(const char *list, char names[NAMES_MOST][NAME_MOST]) {
    size_t count = 0;
    while (*list) {
        size_t size = strcspn(list, ",");
        must(count < NAMES_MOST && size < NAME_MOST, list);
        snprintf(names[count++], NAME_MOST, "%.*s", (int)size, list);
        list += size;
        list += strspn(list, ", ");
    }
    return count;
}

/* What the engine takes as step or action: it says so when asked for one that there is not. 0: the operation has none. */
static size_t steps_of(ieum_engine *engine, const char *op, const char *member, char names[NAMES_MOST][NAME_MOST]) {
    char request[256], *reply = NULL;
    snprintf(request, sizeof request, "{\"op\":\"%s\",\"%s\":\"no such step\"}", op, member);
    ieum_call(engine, request, strlen(request), &reply);
    jval *json = reply_json(reply);
    const jval *problem = jval_get(json, "problem");
    char pointer[32];
    snprintf(pointer, sizeof pointer, "/%s", member);
    const char *expected = strcmp(jval_text(jval_get(problem, "pointer")), pointer) == 0 ? jval_text(jval_get(problem, "expected")) : "";
    CHECK(strlen(expected) < 250); /* else the list was cut and proves nothing */
    size_t count = split(expected, names);
    jval_free(json);
    ieum_free(reply);
    return count;
}

static void same_names(const char *op, const jval *entries, char names[NAMES_MOST][NAME_MOST], size_t count) {
    for (size_t i = 0; i < count; i++) {
        CHECK(jval_get(entries, names[i]) != NULL);
        if (!jval_get(entries, names[i])) fprintf(stderr, "  … data/server/roles.json does not say who may %s %s\n", op, names[i]);
    }
    CHECK_INT(jval_count(entries), count);
    if (jval_count(entries) != count) fprintf(stderr, "  … data/server/roles.json has steps of %s that there are not\n", op);
}

TEST(the_table_says_of_everything_who_may) {
    static char ops[NAMES_MOST][NAME_MOST], names[NAMES_MOST][NAME_MOST];
    const jval *operations = jval_get(table, "operations");
    ieum_engine *engine = open_small(NULL);
    size_t count = split(request_names(), ops);
    same_names("", operations, ops, count);
    for (size_t i = 0; i < count; i++) {
        const jval *entry = jval_get(operations, ops[i]), *steps = jval_get(entry, "steps"), *actions = jval_get(entry, "actions"), *kinds = jval_get(entry, "kinds");
        size_t known = steps_of(engine, ops[i], "step", names);
        same_names(ops[i], steps, names, known);
        known = steps_of(engine, ops[i], "action", names);
        same_names(ops[i], actions, names, known);
        if (!kinds) continue; /* others have a member of that name that says nothing of who may */
        known = steps_of(engine, ops[i], "kind", names);
        same_names(ops[i], kinds, names, known);
    }
    ieum_close(engine);
}

/* ---- every role, every operation ---- */

static bool in_list(const jval *array, const char *text) {
    for (size_t i = 0; i < jval_count(array); i++)
        if (strcmp(jval_text(jval_at(array, i)), text) == 0) return true;
    return false;
}

static size_t walked;

static void walk_one(ieum_engine *engine, const char *role, const char *op, const char *member, const char *step, const jval *entry) {
    char request[256], *reply = NULL;
    const ieum_caller caller = caller_of("walker", role);
    if (step) snprintf(request, sizeof request, "{\"%s\":\"%s\"}", member, step);
    else snprintf(request, sizeof request, "{}");
    ieum_status status = ieum_call_for(engine, &caller, op, request, strlen(request), &reply);
    const bool may = in_list(jval_get(entry, "roles"), role);
    CHECK((status == IEUM_FORBIDDEN) == !may);
    if ((status == IEUM_FORBIDDEN) != !may) fprintf(stderr, "  … %s %s as %s: %s\n", op, step ? step : "", role, reply);
    ieum_free(reply);
    walked++;
}

static void walk_role(ieum_engine *engine, const char *role) {
    const jval *operations = jval_get(table, "operations");
    for (void *o = jval_first(operations); o; o = jval_next(operations, o)) {
        const char *member, *list;
        const jval *entries = roles_steps(jval_value(o), &member, &list);
        if (!entries) walk_one(engine, role, jval_key(o), NULL, NULL, jval_value(o));
        for (void *s = jval_first(entries); s; s = jval_next(entries, s))
            walk_one(engine, role, jval_key(o), member, jval_key(s), jval_value(s));
    }
}

TEST(every_role_gets_what_the_table_says) {
    const jval *roles = jval_get(table, "roles");
    ieum_engine *engine = open_for_callers(sample_path("walk.db"), sample_path("walk-access"));
    for (void *r = jval_first(roles); r; r = jval_next(roles, r)) walk_role(engine, jval_key(r));
    CHECK(walked >= 5 * 60);
    printf("%zu requests walked\n", walked);
    const ieum_caller keeper = caller_of("x", "admin");
    jval_free(ask_for(engine, &keeper, "report", "{\"kind\":\"year\",\"retrain\":true}", IEUM_FORBIDDEN)); /* hours of work are the operator's */
    const ieum_caller stranger = caller_of("x", "root");
    jval_free(ask_for(engine, &stranger, "explain-text", "{\"text\":\"도금\"}", IEUM_FORBIDDEN));
    ieum_close(engine);
}

/* Makes the folder first and removes it last, as every test through the engine does. */
static void prepare(void) {
    small_data_make();
    table = sample_json("data/server/roles.json");
}

static void clean(void) {
    DIR *folder = opendir(sample_path("walk-access"));
    char path[512];
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        snprintf(path, sizeof path, "%s/%s", sample_path("walk-access"), entry->d_name);
        unlink(path);
    }
    if (folder) closedir(folder);
    jval_free(table);
    small_data_remove();
}

TEST_MAIN(prepare, the_table_says_of_everything_who_may, every_role_gets_what_the_table_says, clean)
