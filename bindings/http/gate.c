/* SPDX-License-Identifier: Apache-2.0 */
#include "gate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "attempts.h"
#include "engine_json.h"
#include "refusal.h"
#include "server.h"

/* ---- where it comes from ---- */

static bool is_host_name(const char *host, size_t length) {
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == length && strncasecmp(host, names[i], length) == 0) return true;
    return length > 4 && strncmp(host, "127.", 4) == 0 && strspn(host, "0123456789.") >= length; /* not 127.example.org */
}

/* Without a proxy the server is only itself: a name that some other site points here is refused (DNS rebinding). */
static bool host_is_own(const struct server *server, const char *host) {
    if (server->options->behind_tls || server->is_unix) return true;
    if (!host) return true; /* HTTP/1.0 */
    const char *colon = strrchr(host, ':');
    if (colon && strchr(colon, ']')) colon = NULL;
    return is_host_name(host, colon ? (size_t)(colon - host) : strlen(host));
}

/* "http://host" of the request's own Host; behind a proxy the scheme is https. */
static bool origin_is_own(const struct server *server, const char *origin, const char *host) {
    const char *scheme = server->options->behind_tls ? "https://" : "http://";
    size_t length = strlen(scheme);
    if (!host || strncasecmp(origin, scheme, length) != 0) {
        /* a unix socket says nothing of what stands before it */
        if (!host || !server->is_unix || strncasecmp(origin, "https://", 8) != 0) return false;
        length = 8;
    }
    return strcasecmp(origin + length, host) == 0;
}

bool gate_check_host(struct exchange *exchange) {
    if (exchange_header_count(exchange, "Host") <= 1 && host_is_own(exchange->server, exchange_header(exchange, "Host"))) return true;
    refuse(exchange, REFUSE_HOST);
    return false;
}

bool gate_check_site(struct exchange *exchange) {
    const char *host = exchange_header(exchange, "Host"), *origin = exchange_header(exchange, "Origin"),
               *site = exchange_header(exchange, "Sec-Fetch-Site");
    bool own = (!origin || origin_is_own(exchange->server, origin, host)) &&
               (!site || strcasecmp(site, "same-origin") == 0 || strcasecmp(site, "none") == 0);
    if (!own) refuse(exchange, REFUSE_SITE);
    return own;
}

/* ---- attempts ---- */

bool gate_check_attempts(struct exchange *exchange) {
    unsigned wait = attempts_wait(exchange->server->attempts, exchange->origin);
    if (!wait) return true;
    struct reply reply = refusal_reply(REFUSE_FAILURES, exchange->korean);
    reply.retry_seconds = wait;
    exchange_answer(exchange, &reply);
    return false;
}

void gate_failed(struct exchange *exchange) {
    if (*exchange->secret) known_callers_drop(exchange->server->known, exchange->secret);
    attempts_failed(exchange->server->attempts, exchange->origin);
    refuse(exchange, REFUSE_TOKEN);
}

/* ---- secrets ---- */

static bool is_secret(const char *text, size_t size) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    return size > 0 && size <= SECRET_MOST && strspn(text, letters) >= size;
}

bool gate_is_secret(const char *text) { return is_secret(text, strlen(text)); }

static bool take_secret(struct exchange *exchange, const char *text, size_t size) {
    if (!is_secret(text, size)) return false;
    memcpy(exchange->secret, text, size);
    exchange->secret[size] = '\0';
    return true;
}

enum taken { TAKEN, TAKEN_NONE, TAKEN_WRONG };

static enum taken take_cookie(struct exchange *exchange) {
    static const char name[] = "ieum_session=";
    const char *cookie = exchange_header(exchange, "Cookie");
    while (cookie && *cookie) {
        cookie += strspn(cookie, " ;");
        size_t size = strcspn(cookie, ";");
        if (strncmp(cookie, name, sizeof name - 1) == 0) {
            exchange->by_session = true;
            return take_secret(exchange, cookie + sizeof name - 1, size - (sizeof name - 1)) ? TAKEN : TAKEN_WRONG;
        }
        cookie += size;
    }
    return TAKEN_NONE;
}

static enum taken take_credential(struct exchange *exchange) {
    const char *given = exchange_header(exchange, "Authorization");
    if (!given) return take_cookie(exchange);
    if (strncasecmp(given, "Bearer ", 7) != 0) return TAKEN_WRONG;
    given += 7 + strspn(given + 7, " ");
    return take_secret(exchange, given, strlen(given)) ? TAKEN : TAKEN_WRONG;
}

/* ---- callers ---- */

/* What a cookie alone must not do. */
static bool may_change(struct exchange *exchange) {
    if (!exchange->by_session || !exchange->changes) return true;
    const char *csrf = exchange_header(exchange, "X-CSRF-Token");
    return csrf && *exchange->caller.csrf && secret_equal(csrf, exchange->caller.csrf);
}

/* The caller is known: on to the work itself. False: it was refused and, once it had been submitted, is gone. */
static bool let_in(struct exchange *exchange) {
    if (!may_change(exchange)) {
        refuse(exchange, REFUSE_CSRF);
        return false;
    }
    if (exchange->settle && !exchange->settle(exchange)) return false;
    exchange->work = exchange->work_after;
    exchange->kind = exchange->kind_after;
    return true;
}

void gate_read_caller(struct caller *caller, const char *reply) {
    engine_json_copy(reply, "/result/account", caller->account, sizeof caller->account);
    engine_json_copy(reply, "/result/role", caller->role, sizeof caller->role);
    engine_json_copy(reply, "/result/csrf", caller->csrf, sizeof caller->csrf);
    engine_json_copy(reply, "/result/expires", caller->expires, sizeof caller->expires);
}

/* Whose secret was right before is not held up by those who guess. */
static bool may_try(struct exchange *exchange) {
    return known_callers_recalls(exchange->server->known, exchange->secret, exchange->by_session) || gate_check_attempts(exchange);
}

/* At the gate: the store says who it is. */
static void find_caller(struct exchange *exchange, struct worker *worker) {
    char request[SECRET_MOST + 96], *reply = NULL;
    struct server *server = exchange->server;
    bool session = exchange->by_session;
    if (!may_try(exchange)) return; /* others of the same origin failed meanwhile */
    uint64_t generation = known_callers_generation(server->known);
    int size = snprintf(request, sizeof request, "{\"op\":\"account\",\"action\":\"%s\",\"%s\":\"%s\"}", session ? "session" : "authenticate",
                        session ? "session" : "token", exchange->secret);
    ieum_status status = ieum_call(worker->engine, request, (size_t)size, &reply);
    explicit_bzero(request, sizeof request);
    if (status == IEUM_OK && reply) {
        gate_read_caller(&exchange->caller, reply);
        known_callers_add(server->known, exchange->secret, session, &exchange->caller, generation);
        if (let_in(exchange)) workers_submit(server->workers, (enum work_kind)exchange->kind, exchange);
    } else if (status == IEUM_UNAUTHORIZED) gate_failed(exchange);
    else engine_json_answer(exchange, status, reply), reply = NULL;
    engine_json_free(reply);
}

void gate_enter(struct exchange *exchange) {
    struct server *server = exchange->server;
    enum taken taken = take_credential(exchange);
    if (taken == TAKEN_NONE) refuse(exchange, REFUSE_TOKEN);
    else if (taken == TAKEN_WRONG) {
        if (gate_check_attempts(exchange)) gate_failed(exchange);
    } else if (known_callers_find(server->known, exchange->secret, exchange->by_session, &exchange->caller)) let_in(exchange);
    else if (may_try(exchange)) {
        exchange->work = find_caller;
        exchange->kind = WORK_GATE;
    }
}
