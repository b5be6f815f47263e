/* SPDX-License-Identifier: Apache-2.0 */
#include "api_call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ieum.h"
#include "refusal.h"
#include "workers.h"

static bool read_operation(struct exchange *exchange) {
    const char *op = exchange->path + strlen("/v1/");
    size_t length = strspn(op, "abcdefghijklmnopqrstuvwxyz-");
    if (!length || op[length] || length >= sizeof exchange->op) return false;
    snprintf(exchange->op, sizeof exchange->op, "%s", op);
    return true;
}

static bool is_json(const char *type) {
    size_t length = strlen("application/json");
    return type && strncasecmp(type, "application/json", length) == 0 && (type[length] == '\0' || type[length] == ';' || type[length] == ' ');
}

/* The request with the operation of the path in front. NULL: no memory. */
static char *with_operation(const struct exchange *exchange, size_t *size) {
    const char *body = exchange->body ? exchange->body : "{}", *end = body + (exchange->body ? exchange->body_size : 2);
    while (body < end && strchr(" \t\r\n", *body) && *body) body++;
    if (body == end || *body != '{') return NULL;
    const char *rest = body + 1;
    while (rest < end && *rest && strchr(" \t\r\n", *rest)) rest++;
    bool empty = rest < end && *rest == '}';
    char *request = malloc((size_t)(end - rest) + sizeof exchange->op + 16);
    if (!request) return NULL;
    int head = sprintf(request, "{\"op\":\"%s\"%s", exchange->op, empty ? "" : ",");
    memcpy(request + head, rest, (size_t)(end - rest));
    *size = (size_t)head + (size_t)(end - rest);
    return request;
}

static ieum_status call_engine(struct exchange *exchange, struct worker *worker, char **reply) {
    size_t size = exchange->body_size;
    char *request = with_operation(exchange, &size);
    ieum_status status = ieum_call(worker->engine, request ? request : exchange->body ? exchange->body : "", size, reply);
    free(request);
    return status;
}

static void run_call(struct exchange *exchange, struct worker *worker) {
    char *text = NULL;
    ieum_status status = call_engine(exchange, worker, &text);
    if (!text) {
        refuse(exchange, REFUSE_MEMORY);
        return;
    }
    struct reply reply = {.status = ieum_status_http(status), .type = "application/json; charset=utf-8", .bytes = text, .size = strlen(text), .release = ieum_free};
    exchange_answer(exchange, &reply);
}

void api_call_begin(struct exchange *exchange) {
    if (!read_operation(exchange)) {
        refuse(exchange, REFUSE_PATH);
        return;
    }
    if (exchange->body && !is_json(exchange_header(exchange, "Content-Type"))) {
        refuse(exchange, REFUSE_TYPE);
        return;
    }
    exchange->work = run_call;
    exchange->kind = WORK_WRITE;
}
