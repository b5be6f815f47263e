/* SPDX-License-Identifier: Apache-2.0 */
#include "api_call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "api_events.h"
#include "api_export.h"
#include "api_lines.h"
#include "engine_json.h"
#include "gate.h"
#include "media_type.h"
#include "refresh.h"
#include "refusal.h"
#include "server.h"

static const char op_letters[] = "abcdefghijklmnopqrstuvwxyz-";

ieum_status api_call_engine(struct exchange *exchange, struct worker *worker, const char *op, const char *request, size_t size, char **reply) {
    const struct caller *caller = &exchange->caller;
    ieum_caller who = {.size = sizeof who, .account = caller->account, .role = caller->role, .origin = exchange->origin};
    return ieum_call_for(worker->engine, &who, op, request, size, reply);
}

void api_call_changed(struct exchange *exchange, const char *op, int kind) {
    if (kind == WORK_READ) return;
    if (strcmp(op, "account") == 0) known_callers_forget(exchange->server->known);
    refresh_soon(exchange->server->refresh);
}

int api_call_kind(struct exchange *exchange, const char *op, const char *request, size_t size) {
    static const int kinds[] = {[IEUM_WORK_READ] = WORK_READ, [IEUM_WORK_WRITE] = WORK_WRITE, [IEUM_WORK_LONG] = WORK_LONG};
    struct server *server = exchange->server;
    enum ieum_work work;
    pthread_mutex_lock(&server->door_lock);
    ieum_status status = ieum_work_of(server->door, op, request, size, &work);
    pthread_mutex_unlock(&server->door_lock);
    return status == IEUM_NOT_FOUND ? -1 : kinds[work];
}

static void run_call(struct exchange *exchange, struct worker *worker) {
    char *reply = NULL;
    const char *request = exchange->body ? exchange->body : "{}";
    ieum_status status = api_call_engine(exchange, worker, exchange->op, request, exchange->body ? exchange->body_size : 2, &reply);
    if (status == IEUM_OK) {
        api_call_changed(exchange, exchange->op, worker->kind);
        if (worker->kind == WORK_READ) refresh_note(exchange->server->refresh, exchange->op, request, exchange->body_size);
    }
    if (status == IEUM_OK && reply && *exchange->format) api_export_answer(exchange, worker, reply);
    else engine_json_answer(exchange, status, reply);
}

/* ---- on the way in ---- */

static bool read_operation(struct exchange *exchange) {
    const char *op = exchange->path + strlen("/v1/");
    size_t length = strspn(op, op_letters);
    if (!length || op[length] || length >= sizeof exchange->op) return false;
    snprintf(exchange->op, sizeof exchange->op, "%s", op);
    return true;
}

/* A GET's request, which stands in its query, becomes the body. */
static bool take_query_request(struct exchange *exchange) {
    bool wrong;
    char *request = exchange_query(exchange, "request", &wrong);
    if (wrong || exchange->body_size) {
        free(request);
        return false;
    }
    exchange->body = request;
    exchange->body_size = exchange->body_capacity = request ? strlen(request) : 0;
    return true;
}

static void refuse_looking(struct exchange *exchange) {
    struct reply reply = refusal_reply(REFUSE_READ_ONLY, exchange->korean);
    reply.allow = "POST";
    exchange_answer(exchange, &reply);
}

/* Which workers it goes to; what is only looked at by GET must change nothing. */
static bool settle(struct exchange *exchange) {
    int kind = api_call_kind(exchange, exchange->op, exchange->body ? exchange->body : "{}", exchange->body ? exchange->body_size : 2);
    exchange->kind_after = kind;
    if (kind >= 0 && (exchange->changes || kind == WORK_READ)) return true;
    if (kind < 0) refuse(exchange, REFUSE_PATH);
    else refuse_looking(exchange);
    return false;
}

/* POST: by the media type of its body. */
static void begin_post(struct exchange *exchange) {
    const char *type = exchange_header(exchange, "Content-Type");
    bool lines = media_type_is(type, "application/jsonl") || media_type_is(type, "application/x-ndjson");
    exchange->batch = strcmp(exchange->op, "batch") == 0;
    if (exchange->batch && !lines) refuse(exchange, REFUSE_TYPE);
    else if (!lines && exchange->body_size && !media_type_is(type, "application/json")) refuse(exchange, REFUSE_TYPE);
    else if (lines) api_lines_begin(exchange);
    else {
        exchange->settle = settle;
        exchange->work_after = media_type_accepts(exchange_header(exchange, "Accept"), "text/event-stream") ? api_events_run : run_call;
    }
}

void api_call_begin(struct exchange *exchange) {
    bool get = strcmp(exchange->method, "GET") == 0;
    if (!read_operation(exchange)) refuse(exchange, REFUSE_PATH);
    else if (!get && strcmp(exchange->method, "POST") != 0) refuse_method(exchange, "GET, POST");
    else if (!api_export_read(exchange) || (get && !take_query_request(exchange))) refuse(exchange, REFUSE_QUERY);
    else if (get) {
        exchange->settle = settle;
        exchange->work_after = run_call;
    }
    else begin_post(exchange);
    if (!exchange->answered) gate_enter(exchange);
}
