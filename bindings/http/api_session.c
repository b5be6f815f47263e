/* SPDX-License-Identifier: Apache-2.0 */
#include "api_session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine_json.h"
#include "gate.h"
#include "refusal.h"
#include "server.h"
#include "wiped.h"

/* Names of accounts and roles, digests and times need no escaping. To be freed by free_caller; NULL: no memory. */
static char *write_caller(const struct caller *caller, const char *may) {
    static const char form[] = "{\"result\":{\"account\":\"%s\",\"role\":\"%s\",\"expires\":\"%s\"%s%s%s,\"may\":%s}}";
    const size_t size = sizeof form + sizeof *caller + sizeof ",\"csrf\":\"\"" + strlen(may);
    char *text = malloc(size); /* once: a text that grew would leave its csrf behind */
    if (text)
        snprintf(text, size, form, caller->account, caller->role, caller->expires, *caller->csrf ? ",\"csrf\":\"" : "", caller->csrf,
                 *caller->csrf ? "\"" : "", may);
    return text;
}

static void free_caller(void *text) { wiped_free(text, strlen(text)); }

/* {"result":{account, role, csrf, expires, may}} from a caller; with `cookie`, which may be NULL, as Set-Cookie. */
static void answer_caller(struct exchange *exchange, const struct worker *worker, const char *cookie) {
    const struct caller *caller = &exchange->caller;
    char *may = NULL;
    ieum_may(worker->engine, caller->role, &may);
    char *text = write_caller(caller, may ? may : "{}");
    ieum_free(may);
    if (!text) {
        refuse(exchange, REFUSE_MEMORY);
        return;
    }
    struct reply reply = {.status = 200, .type = "application/json; charset=utf-8", .bytes = text, .size = strlen(text), .release = free_caller};
    if (cookie) snprintf(reply.cookie, sizeof reply.cookie, "%s", cookie);
    exchange_answer(exchange, &reply);
    explicit_bzero(reply.cookie, sizeof reply.cookie);
}

static void show(struct exchange *exchange, struct worker *worker) { answer_caller(exchange, worker, NULL); }

static void write_cookie(const struct server *server, const char *session, const char *age, char *cookie, size_t size) {
    snprintf(cookie, size, "ieum_session=%s; HttpOnly; SameSite=Strict; Path=/%s%s", session, server->options->behind_tls ? "; Secure" : "", age);
}

/* {"op":"account", action, the secret, "origin"} for the engine; neither secrets nor origins need escaping. */
enum { REQUEST_TEXT = SECRET_MOST + ORIGIN_TEXT + 96 };

static size_t write_request(const struct exchange *exchange, const char *action, const char *member, const char *secret, char request[REQUEST_TEXT]) {
    static const char form[] = "{\"op\":\"account\",\"action\":\"%s\",\"%s\":\"%s\",\"origin\":\"%s\"}";
    return (size_t)snprintf(request, REQUEST_TEXT, form, action, member, secret, exchange->origin);
}

static void sign_in(struct exchange *exchange, struct worker *worker) {
    char token[SECRET_MOST + 1] = "", request[REQUEST_TEXT], session[SECRET_MOST + 1], cookie[192], *reply = NULL;
    if (!gate_check_attempts(exchange)) return;
    if (exchange->body) engine_json_copy(exchange->body, "/token", token, sizeof token);
    if (!gate_is_secret(token)) {
        explicit_bzero(token, sizeof token);
        gate_failed(exchange);
        return;
    }
    uint64_t generation = known_callers_generation(exchange->server->known);
    ieum_status status = ieum_call(worker->engine, request, write_request(exchange, "sign-in", "token", token, request), &reply);
    explicit_bzero(request, sizeof request);
    explicit_bzero(token, sizeof token);
    if (status == IEUM_OK && reply) {
        struct caller *caller = &exchange->caller;
        gate_read_caller(caller, reply);
        engine_json_copy(reply, "/result/session", session, sizeof session);
        known_callers_add(exchange->server->known, session, true, caller, generation);
        write_cookie(exchange->server, session, "", cookie, sizeof cookie);
        answer_caller(exchange, worker, cookie);
        explicit_bzero(session, sizeof session);
        explicit_bzero(cookie, sizeof cookie);
        engine_json_free(reply);
    } else if (status == IEUM_UNAUTHORIZED) {
        engine_json_free(reply);
        gate_failed(exchange);
    } else engine_json_answer(exchange, status, reply);
}

static void sign_out(struct exchange *exchange, struct worker *worker) {
    char request[REQUEST_TEXT], *reply = NULL;
    ieum_status status = IEUM_OK;
    if (exchange->by_session) {
        status = ieum_call(worker->engine, request, write_request(exchange, "sign-out", "session", exchange->secret, request), &reply);
        explicit_bzero(request, sizeof request);
        known_callers_drop(exchange->server->known, exchange->secret);
    }
    if (status != IEUM_OK) {
        engine_json_answer(exchange, status, reply);
        return;
    }
    engine_json_free(reply);
    static const char done[] = "{\"result\":{\"signed_out\":true}}";
    struct reply answer = {.status = 200, .type = "application/json; charset=utf-8", .bytes = done, .size = sizeof done - 1};
    write_cookie(exchange->server, "", "; Max-Age=0", answer.cookie, sizeof answer.cookie);
    exchange_answer(exchange, &answer);
}

void api_session_begin(struct exchange *exchange) {
    snprintf(exchange->op, sizeof exchange->op, "session");
    exchange->kind = exchange->kind_after = WORK_GATE;
    if (strcmp(exchange->method, "POST") == 0) {
        if (gate_check_attempts(exchange)) exchange->work = sign_in;
        return;
    }
    bool reads = strcmp(exchange->method, "GET") == 0, leaves = strcmp(exchange->method, "DELETE") == 0;
    if (reads || leaves) {
        exchange->work_after = leaves ? sign_out : show;
        gate_enter(exchange);
    } else refuse_method(exchange, "GET, POST, DELETE");
}
