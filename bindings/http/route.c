/* SPDX-License-Identifier: Apache-2.0 */
#include "route.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "api_call.h"
#include "api_documents.h"
#include "api_health.h"
#include "api_session.h"
#include "api_uploads.h"
#include "gate.h"
#include "refusal.h"
#include "server.h"

static bool is_method(const struct exchange *exchange, const char *method) { return strcmp(exchange->method, method) == 0; }

/* Two lengths, a length beside chunks or an unknown coding may mean two things to two readers on the way: such a request is not taken. */
static bool has_doubtful_length(const struct exchange *exchange) {
    const char *coding = exchange_header(exchange, "Transfer-Encoding");
    size_t lengths = exchange_header_count(exchange, "Content-Length"), codings = exchange_header_count(exchange, "Transfer-Encoding");
    return lengths > 1 || codings > 1 || (lengths && codings) || (coding && strcasecmp(coding, "chunked") != 0);
}

/* Behind a proxy the client's address is what the proxy says: one address, as our example of nginx sets it. */
static void read_origin(struct exchange *exchange) {
    const struct server *server = exchange->server;
    const char *told = server->options->behind_tls || server->is_unix ? exchange_header(exchange, "X-Real-IP") : NULL;
    if (told && *told && strlen(told) < 46 && told[strspn(told, "0123456789abcdefABCDEF.:")] == '\0')
        snprintf(exchange->origin, sizeof exchange->origin, "%s", told);
}

static void arrived(struct exchange *exchange) {
    struct server *server = exchange->server;
    const char *language = exchange_header(exchange, "Accept-Language");
    exchange->korean = language ? strncasecmp(language, "en", 2) != 0 : server->options->korean;
    exchange->changes = !is_method(exchange, "GET") && !is_method(exchange, "HEAD");
    snprintf(exchange->op, sizeof exchange->op, "page");
    read_origin(exchange);
    if (has_doubtful_length(exchange)) {
        refuse(exchange, REFUSE_FRAMING);
        exchange->reply.closes = true;
    } else if (connection_is_over(exchange->connection)) {
        refuse(exchange, REFUSE_CONNECTIONS);
        exchange->reply.retry_seconds = (unsigned)server->limits.retry_seconds;
        exchange->reply.closes = true;
    }
}

static bool is_under(const char *path, const char *folder) {
    size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

static void answer_page(struct exchange *exchange) {
    if (!is_method(exchange, "GET") && !is_method(exchange, "HEAD")) refuse_method(exchange, "GET, HEAD");
    else if (!static_files_answer(exchange->server->files, exchange, strcmp(exchange->path, "/") == 0 ? "index.html" : exchange->path + 1))
        refuse(exchange, REFUSE_PATH);
}

static void complete(struct exchange *exchange) {
    const char *path = exchange->path;
    if (exchange->too_large) refuse(exchange, REFUSE_LARGE);
    else if (api_health_answer(exchange) || !gate_check_host(exchange)) return;
    else if (strncmp(path, "/v1/", 4) != 0) answer_page(exchange);
    else if (!gate_check_site(exchange)) return;
    else if (strcmp(path, "/v1/session") == 0) api_session_begin(exchange);
    else if (is_under(path, "/v1/uploads")) api_uploads_begin(exchange);
    else if (is_under(path, "/v1/templates") || strcmp(path, "/v1/openapi.json") == 0) api_documents_begin(exchange);
    else api_call_begin(exchange);
}

static void submit(struct exchange *exchange) { workers_submit(exchange->server->workers, (enum work_kind)exchange->kind, exchange); }

/* Names that a request made up are not counted under it. */
static void finished(struct exchange *exchange) {
    bool unknown = exchange->reply.status == 404 || exchange->reply.status == 401;
    metrics_count(exchange->server->metrics, unknown ? "refused" : exchange->op, exchange->reply.status, steady_now() - exchange->begun);
}

struct carrier_hooks route_hooks(struct server *server) { return (struct carrier_hooks){server, arrived, complete, submit, finished}; }
