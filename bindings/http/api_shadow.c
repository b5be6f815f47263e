/* SPDX-License-Identifier: Apache-2.0 */
#include "api_shadow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api_export.h"
#include "engine_json.h"
#include "media_type.h"
#include "refusal.h"
#include "server.h"

enum { ID_LENGTH = UPLOAD_ID - 1, NAMES_SIZE = IEUM_SHADOW_FILES * UPLOAD_ID + 1 };

static const char *const parts[IEUM_SHADOW_FILES] = {"suppliers", "demands", "decisions"};

/* ---- at the worker of long work ---- */

/* The ids stand in exchange->name one behind the other, each ended by a comma. False: one of the files is not there; *count of them were borrowed. */
static bool borrow(struct exchange *exchange, struct uploads *uploads, char ids[IEUM_SHADOW_FILES][UPLOAD_ID], ieum_file files[IEUM_SHADOW_FILES],
                   size_t *count) {
    const char *at = exchange->name;
    for (*count = 0; *count < IEUM_SHADOW_FILES; ++*count) {
        const size_t length = strcspn(at, ",");
        const char *name, *bytes;
        size_t size;
        snprintf(ids[*count], UPLOAD_ID, "%.*s", (int)length, at);
        at += length + 1;
        if (length == 0) continue;
        if (uploads_borrow(uploads, exchange->caller.account, ids[*count], &name, &bytes, &size) != UPLOAD_OK) return false;
        files[*count] = (ieum_file){name, bytes, size};
    }
    return true;
}

static void shadow(struct exchange *exchange, struct worker *worker) {
    const struct caller *caller = &exchange->caller;
    struct uploads *uploads = worker->server->uploads;
    ieum_caller who = {.size = sizeof who, .account = caller->account, .role = caller->role, .origin = exchange->origin};
    ieum_file files[IEUM_SHADOW_FILES] = {{0}};
    const char *request = exchange->body ? exchange->body : "{}";
    char ids[IEUM_SHADOW_FILES][UPLOAD_ID], *reply = NULL;
    size_t count;
    ieum_status status = IEUM_OK;
    const bool there = borrow(exchange, uploads, ids, files, &count);
    if (there) status = ieum_shadow_for(worker->engine, &who, request, strlen(request), files, &reply);
    for (size_t i = 0; i < count; i++)
        if (files[i].bytes) uploads_give_back(uploads, ids[i], false);
    if (there && status == IEUM_OK && reply && *exchange->format) api_export_answer(exchange, worker, reply);
    else if (there) engine_json_answer(exchange, status, reply);
    else refuse(exchange, REFUSE_UPLOAD);
}

/* ---- on the way in ---- */

static bool read_ids(struct exchange *exchange) {
    exchange->name = calloc(1, NAMES_SIZE);
    bool good = exchange->name != NULL;
    for (size_t i = 0; i < IEUM_SHADOW_FILES && good; i++) {
        bool wrong;
        char *id = exchange_query(exchange, parts[i], &wrong);
        good = !wrong && (!id || (strlen(id) == ID_LENGTH && strspn(id, "0123456789abcdef") == ID_LENGTH));
        if (good && id) strcat(exchange->name, id);
        if (good) strcat(exchange->name, ",");
        free(id);
    }
    return good;
}

void api_shadow_begin(struct exchange *exchange) {
    snprintf(exchange->op, sizeof exchange->op, "shadow");
    if (strcmp(exchange->method, "POST") != 0) refuse_method(exchange, "POST");
    else if (exchange->body_size && !media_type_is(exchange_header(exchange, "Content-Type"), "application/json")) refuse(exchange, REFUSE_TYPE);
    else if (!read_ids(exchange) || !api_export_read(exchange)) refuse(exchange, REFUSE_QUERY);
    else {
        exchange->kind_after = WORK_LONG;
        exchange->work_after = shadow;
    }
}
