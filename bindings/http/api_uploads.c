/* SPDX-License-Identifier: Apache-2.0 */
#include "api_uploads.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api_call.h"
#include "api_shadow.h"
#include "engine_json.h"
#include "gate.h"
#include "media_type.h"
#include "refusal.h"
#include "server.h"

enum { ID_LENGTH = UPLOAD_ID - 1 };

static void refuse_result(struct exchange *exchange, enum upload_result result) {
    static const enum refusal refusals[] = {[UPLOAD_NONE] = REFUSE_UPLOAD,
                                            [UPLOAD_OFFSET] = REFUSE_UPLOAD_OFFSET,
                                            [UPLOAD_LARGE] = REFUSE_UPLOAD_LARGE,
                                            [UPLOAD_FULL] = REFUSE_UPLOADS,
                                            [UPLOAD_MEMORY] = REFUSE_MEMORY};
    struct reply reply = refusal_reply(refusals[result], exchange->korean);
    if (result == UPLOAD_FULL) reply.retry_seconds = (unsigned)exchange->server->limits.retry_seconds;
    exchange_answer(exchange, &reply);
}

static void answer_json(struct exchange *exchange, int status, const char *json) {
    char *text = strdup(json);
    if (!text) {
        refuse(exchange, REFUSE_MEMORY);
        return;
    }
    exchange_answer(
        exchange, &(struct reply){.status = status, .type = "application/json; charset=utf-8", .bytes = text, .size = strlen(text), .release = free});
}

/* ---- at the gate's worker: the account is known ---- */

/* Files are uploaded to be imported or looked at in a shadow round: who may neither has nothing to upload. */
static bool may_upload(const struct exchange *exchange, const struct worker *worker) {
    char import[8] = "", shadow[8] = "", *may = NULL;
    if (ieum_may(worker->engine, exchange->caller.role, &may) == IEUM_OK) {
        engine_json_copy(may, "/import", import, sizeof import);
        engine_json_copy(may, "/shadow", shadow, sizeof shadow);
    }
    ieum_free(may);
    return strcmp(import, "true") == 0 || strcmp(shadow, "true") == 0;
}

static void begin(struct exchange *exchange, struct worker *worker) {
    char id[UPLOAD_ID], json[96];
    if (!may_upload(exchange, worker)) {
        refuse(exchange, REFUSE_UPLOAD_ROLE);
        return;
    }
    enum upload_result result = uploads_begin(worker->server->uploads, exchange->caller.account, exchange->name, id);
    if (result != UPLOAD_OK) {
        refuse_result(exchange, result);
        return;
    }
    snprintf(json, sizeof json, "{\"result\":{\"upload\":\"%s\"}}", id);
    answer_json(exchange, 201, json);
}

static void add(struct exchange *exchange, struct worker *worker) {
    char json[96];
    size_t size;
    enum upload_result result = uploads_add(worker->server->uploads, exchange->caller.account, exchange->name, exchange->at,
                                            exchange->body ? exchange->body : "", exchange->body_size, &size);
    if (result != UPLOAD_OK) {
        refuse_result(exchange, result);
        return;
    }
    snprintf(json, sizeof json, "{\"result\":{\"size\":%zu}}", size);
    answer_json(exchange, 200, json);
}

static void drop(struct exchange *exchange, struct worker *worker) {
    enum upload_result result = uploads_remove(worker->server->uploads, exchange->caller.account, exchange->name);
    if (result == UPLOAD_OK) answer_json(exchange, 200, "{\"result\":{\"removed\":true}}");
    else refuse_result(exchange, result);
}

/* ---- at the writer or, for a look, at the worker of long work ---- */

static bool is_preview(const struct exchange *exchange) {
    char preview[8] = "";
    if (exchange->body) engine_json_copy(exchange->body, "/preview", preview, sizeof preview);
    return strcmp(preview, "true") == 0;
}

static bool settle_import(struct exchange *exchange) {
    exchange->kind_after = is_preview(exchange) ? WORK_LONG : WORK_WRITE;
    return true;
}

static void import(struct exchange *exchange, struct worker *worker) {
    const struct caller *caller = &exchange->caller;
    struct uploads *uploads = worker->server->uploads;
    ieum_caller who = {.size = sizeof who, .account = caller->account, .role = caller->role, .origin = exchange->origin};
    const char *name, *bytes, *request = exchange->body ? exchange->body : "{}";
    char *reply = NULL, id[UPLOAD_ID];
    size_t size;
    if (uploads_borrow(uploads, caller->account, exchange->name, &name, &bytes, &size) != UPLOAD_OK) {
        refuse(exchange, REFUSE_UPLOAD);
        return;
    }
    snprintf(id, sizeof id, "%s", exchange->name);
    bool look = is_preview(exchange);
    ieum_status status = ieum_import_for(worker->engine, &who, request, strlen(request), name, bytes, size, &reply);
    if (status == IEUM_OK && !look) api_call_changed(exchange, "import", worker->kind);
    uploads_give_back(uploads, id, status == IEUM_OK && !look);
    engine_json_answer(exchange, status, reply);
}

/* ---- on the way in ---- */

/* A file's own name, without folders or control characters: it is quoted in messages and its ending says the format. */
static bool is_file_name(const char *name) {
    if (!*name || strlen(name) >= UPLOAD_NAME || strchr(name, '/') || strchr(name, '\\')) return false;
    for (; *name; name++)
        if ((unsigned char)*name < ' ' || *name == 127) return false;
    return true;
}

static void begin_new(struct exchange *exchange) {
    bool wrong;
    exchange->name = exchange_query(exchange, "name", &wrong);
    if (strcmp(exchange->method, "POST") != 0) refuse_method(exchange, "POST");
    else if (wrong || !exchange->name || !is_file_name(exchange->name)) refuse(exchange, REFUSE_UPLOAD_NAME);
    else exchange->work_after = begin;
}

static bool read_offset(struct exchange *exchange) {
    bool wrong;
    char *text = exchange_query(exchange, "offset", &wrong), *end;
    bool good = text && *text >= '0' && *text <= '9';
    errno = 0;
    if (good) exchange->at = strtoul(text, &end, 10);
    good = good && !*end && errno == 0;
    free(text);
    return good;
}

static void begin_known(struct exchange *exchange, const char *id, const char *rest) {
    bool imports = strcmp(rest, "/import") == 0;
    exchange->name = strndup(id, ID_LENGTH);
    if (!exchange->name) refuse(exchange, REFUSE_MEMORY);
    else if (imports && strcmp(exchange->method, "POST") != 0) refuse_method(exchange, "POST");
    else if (imports && exchange->body_size && !media_type_is(exchange_header(exchange, "Content-Type"), "application/json"))
        refuse(exchange, REFUSE_TYPE);
    else if (imports) {
        exchange->settle = settle_import;
        exchange->work_after = import;
    } else if (strcmp(exchange->method, "DELETE") == 0) exchange->work_after = drop;
    else if (strcmp(exchange->method, "PUT") != 0) refuse_method(exchange, "PUT, DELETE");
    else if (!read_offset(exchange)) refuse(exchange, REFUSE_QUERY);
    else exchange->work_after = add;
}

void api_uploads_begin(struct exchange *exchange) {
    const char *rest = exchange->path + strlen("/v1/uploads"), *id = rest + 1;
    snprintf(exchange->op, sizeof exchange->op, "uploads");
    exchange->kind_after = WORK_GATE;
    if (!*rest) begin_new(exchange);
    else if (strspn(id, "0123456789abcdef") == ID_LENGTH && (!id[ID_LENGTH] || strcmp(id + ID_LENGTH, "/import") == 0))
        begin_known(exchange, id, id + ID_LENGTH);
    else if (strcmp(rest, "/shadow") == 0) api_shadow_begin(exchange);
    else refuse(exchange, REFUSE_PATH);
    if (!exchange->answered) gate_enter(exchange);
}
