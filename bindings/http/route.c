/* SPDX-License-Identifier: Apache-2.0 */
#include "route.h"

#include <string.h>
#include <strings.h>

#include "api_call.h"
#include "refusal.h"
#include "server.h"

static bool is_method(const struct exchange *exchange, const char *method) { return strcmp(exchange->method, method) == 0; }
static bool reads(const struct exchange *exchange) { return is_method(exchange, "GET") || is_method(exchange, "HEAD"); }

static void refuse_method(struct exchange *exchange, const char *allowed) {
    struct reply reply = refusal_reply(REFUSE_METHOD, exchange->korean);
    reply.allow = allowed;
    exchange_answer(exchange, &reply);
}

static void answer_text(struct exchange *exchange, int status, const char *text) {
    struct reply reply = {.status = status, .type = "text/plain; charset=utf-8", .bytes = text, .size = strlen(text)};
    exchange_answer(exchange, &reply);
}

/* Two lengths, or a length beside chunks, may mean two things to two readers on the way: such a request is not taken. */
static bool has_two_lengths(const struct exchange *exchange) {
    size_t lengths = exchange_header_count(exchange, "Content-Length"), codings = exchange_header_count(exchange, "Transfer-Encoding");
    return lengths > 1 || codings > 1 || (lengths && codings);
}

static void arrived(struct exchange *exchange) {
    struct server *server = exchange->server;
    const char *language = exchange_header(exchange, "Accept-Language");
    exchange->korean = language ? strncasecmp(language, "en", 2) != 0 : server->options->korean;
    atomic_fetch_add(&server->open_exchanges, 1);
    if (has_two_lengths(exchange)) {
        refuse(exchange, REFUSE_FRAMING);
        exchange->reply.closes = true;
    } else if (connection_is_over(exchange->connection)) {
        refuse(exchange, REFUSE_CONNECTIONS);
        exchange->reply.retry_seconds = (unsigned)server->limits.retry_seconds;
        exchange->reply.closes = true;
    }
}

static void complete(struct exchange *exchange) {
    struct server *server = exchange->server;
    if (exchange->too_large) refuse(exchange, REFUSE_LARGE);
    else if (strcmp(exchange->path, "/livez") == 0) {
        if (reads(exchange)) answer_text(exchange, 200, "ok\n");
        else refuse_method(exchange, "GET, HEAD");
    } else if (strncmp(exchange->path, "/v1/", 4) == 0) {
        if (is_method(exchange, "POST")) api_call_begin(exchange);
        else refuse_method(exchange, "POST");
    } else if (!reads(exchange)) refuse_method(exchange, "GET, HEAD");
    else if (!static_files_answer(server->files, exchange)) refuse(exchange, REFUSE_PATH);
}

static void submit(struct exchange *exchange) { workers_submit(exchange->server->workers, exchange->kind, exchange); }

static void finished(struct exchange *exchange) { atomic_fetch_sub(&exchange->server->open_exchanges, 1); }

struct carrier_hooks route_hooks(struct server *server) { return (struct carrier_hooks){server, arrived, complete, submit, finished}; }
