/* SPDX-License-Identifier: Apache-2.0 */
/* Small steps that several files of the store take between rows and C: canonical texts, copies of columns, statements
 * per table. */
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "inside.h"

ieum_status act_check(const struct store_act *act, struct problem *problem) {
    if (act->account && act->account[0] && act->when && act->when[0]) return IEUM_OK;
    return problem_set(problem, IEUM_INVALID, "", "누가 언제 바꾸는지(계정과 시각)가 있어야 합니다.",
                       "A change needs the account that makes it and the time.");
}

ieum_status canonical_text(const jval *json, char **text, char digest[DIGEST_TEXT], struct problem *problem) {
    ieum_status status = jval_write(json, true, text, problem);
    if (status == IEUM_OK) digest_of(*text, strlen(*text), digest);
    return status;
}

ieum_status record_digest(const jval *json, char digest[DIGEST_TEXT], struct problem *problem) {
    char *text = NULL;
    ieum_status status = canonical_text(json, &text, digest, problem);
    memory_free(text);
    return status;
}

const char *table_of(enum record_kind kind) { return record_kind_names[kind]; }

ieum_status table_statement(struct store *store, enum record_kind kind, const char *format,
                            struct statement **statement, struct problem *problem) {
    char sql[512];
    const char *mark = strstr(format, "%s");
    int size = snprintf(sql, sizeof sql, "%.*s%s%s", (int)(mark - format), format, table_of(kind), mark + 2);
    if (size < 0 || (size_t)size >= sizeof sql) return problem_set_memory(problem);
    return statement_new(store->database, sql, statement, problem);
}

ieum_status records_statement(struct store *store, enum record_kind kind, const char *columns, const char *program,
                              struct statement **statement, struct problem *problem) {
    char format[256];
    bool narrow = program && kind != RECORD_SUPPLIER;
    snprintf(format, sizeof format, "SELECT %s FROM %%s%s%s", columns ? columns : "count(*)",
             narrow ? " WHERE program = ?1" : "", columns ? " ORDER BY id" : "");
    ieum_status status = table_statement(store, kind, format, statement, problem);
    if (status == IEUM_OK && narrow) statement_bind_text(*statement, 1, program);
    return status;
}

ieum_status column_copy(struct statement *statement, int column, struct arena *arena, const char **text,
                        struct problem *problem) {
    const char *found = statement_text(statement, column);
    *text = NULL;
    if (!found) return IEUM_OK;
    *text = arena_copy_bytes(arena, found, statement_size(statement, column));
    return *text ? IEUM_OK : problem_set_memory(problem);
}
