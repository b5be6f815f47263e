/* SPDX-License-Identifier: Apache-2.0 */
#include "api_health.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "refusal.h"
#include "server.h"

static void answer_text(struct exchange *exchange, const char *text) {
    exchange_answer(exchange, &(struct reply){.status = 200, .type = "text/plain; charset=utf-8", .bytes = text, .size = strlen(text)});
}

/* Whoever asks is on this machine, and no proxy asks for him. */
static bool is_near(const struct exchange *exchange) {
    static const char *const proxied[] = {"X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"};
    for (size_t i = 0; i < sizeof proxied / sizeof *proxied; i++)
        if (exchange_header(exchange, proxied[i])) return false;
    const char *peer = connection_origin(exchange->connection);
    return strcmp(peer, "unix") == 0 || strcmp(peer, "::1") == 0 || strncmp(peer, "127.", 4) == 0;
}

static void answer_metrics(struct exchange *exchange) {
    size_t size = 0;
    char *text = is_near(exchange) ? metrics_text(exchange->server, &size) : NULL;
    if (text)
        exchange_answer(
            exchange,
            &(struct reply){.status = 200, .type = "text/plain; version=0.0.4; charset=utf-8", .bytes = text, .size = size, .release = free});
    else refuse(exchange, is_near(exchange) ? REFUSE_MEMORY : REFUSE_REMOTE);
}

bool api_health_answer(struct exchange *exchange) {
    struct server *server = exchange->server;
    bool live = strcmp(exchange->path, "/livez") == 0, ready = strcmp(exchange->path, "/readyz") == 0,
         metrics = strcmp(exchange->path, "/metrics") == 0;
    if (!live && !ready && !metrics) return false;
    snprintf(exchange->op, sizeof exchange->op, "%s", exchange->path + 1);
    if (strcmp(exchange->method, "GET") != 0 && strcmp(exchange->method, "HEAD") != 0) refuse_method(exchange, "GET, HEAD");
    else if (metrics) answer_metrics(exchange);
    else if (live) answer_text(exchange, "ok\n");
    else if (atomic_load(&server->stopping)) refuse(exchange, REFUSE_STOPPING);
    else if (!atomic_load(&server->ready)) refuse(exchange, REFUSE_NOT_READY);
    else answer_text(exchange, "ready\n");
    return true;
}
