/* SPDX-License-Identifier: Apache-2.0 */
/* Settings of a store: texts by key. What keys mean is decided by those who use them; a change is logged. */
#include "../base/memory.h"
#include "inside.h"

ieum_status store_setting_get(struct store *store, const char *key, struct arena *arena, const char **value,
                              struct problem *problem) {
    struct statement *select = NULL;
    const char *found = NULL;
    bool row = false;
    ieum_status status = statement_new(store->database, "SELECT value FROM settings WHERE key = ?1", &select, problem);
    if (status != IEUM_OK) return status;
    statement_bind_text(select, 1, key);
    status = statement_step(select, &row, problem);
    if (status == IEUM_OK && row) status = column_copy(select, 0, arena, &found, problem);
    statement_free(select);
    if (status == IEUM_OK) *value = found;
    return status;
}

static ieum_status write_setting(struct store *store, const char *key, const char *value, struct problem *problem) {
    struct statement *insert = NULL;
    ieum_status status = statement_new(store->database,
                                       "INSERT INTO settings(key, value) VALUES(?1, ?2)"
                                       " ON CONFLICT(key) DO UPDATE SET value = excluded.value",
                                       &insert, problem);
    if (status != IEUM_OK) return status;
    statement_bind_text(insert, 1, key);
    statement_bind_text(insert, 2, value);
    status = statement_run(insert, problem);
    statement_free(insert);
    return status;
}

ieum_status store_setting_put(struct store *store, const char *key, const char *value, const struct store_act *act,
                              struct problem *problem) {
    bool own = false;
    jval *payload = jval_new_object();
    jval_set_text(payload, "value", value);
    ieum_status status = jval_get(payload, "value") ? enter_change(store, &own, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) {
        status = write_setting(store, key, value, problem);
        if (status == IEUM_OK) status = store_audit_append(store, act, "setting", key, payload, problem);
        status = leave_change(store, own, status, problem);
    }
    jval_free(payload);
    return status;
}
