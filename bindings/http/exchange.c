/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "connections.h"
#include "stream.h"
#include "wiped.h"

struct exchange *exchange_new(struct server *server, struct connection *connection, size_t body_limit) {
    struct exchange *exchange = calloc(1, sizeof *exchange);
    if (!exchange) return NULL;
    exchange->server = server;
    exchange->connection = connection;
    exchange->holders = 1;
    exchange->begun = steady_now();
    exchange->body_limit = body_limit;
    snprintf(exchange->origin, sizeof exchange->origin, "%s", connection_origin(connection));
    return exchange;
}

void exchange_hold(struct exchange *exchange) { atomic_fetch_add(&exchange->holders, 1); }

void exchange_release(struct exchange *exchange) {
    if (atomic_fetch_sub(&exchange->holders, 1) > 1) return;
    if (exchange->reply.release) exchange->reply.release((void *)exchange->reply.bytes);
    stream_free(exchange->stream);
    free(exchange->table);
    free(exchange->name);
    wiped_free(exchange->body, exchange->body_capacity);
    explicit_bzero(exchange, sizeof *exchange); /* its secret, the caller's CSRF token, a session's cookie */
    free(exchange);
}

bool exchange_is_wanted(const struct exchange *exchange) { return connection_is_there(exchange->connection); }

bool exchange_must_not_be_read(struct exchange *exchange, size_t most) {
    const char *length = exchange_header(exchange, "Content-Length");
    unsigned long long size = length ? strtoull(length, NULL, 10) : 0;
    exchange->too_large = size > exchange->body_limit;
    return (exchange->answered || exchange->too_large) && (exchange_header(exchange, "Expect") || size > most);
}

bool exchange_take_body(struct exchange *exchange, const char *bytes, size_t size, size_t most) {
    size_t before = exchange->body_size;
    exchange->body_size += size;
    if (exchange->body_size > most) return false;
    if (exchange->answered || exchange->body_size > exchange->body_limit) {
        exchange->too_large = exchange->too_large || exchange->body_size > exchange->body_limit;
        return true;
    }
    if (exchange->body_capacity <= exchange->body_size) {
        size_t capacity = exchange->body_size * 2 + 1024;
        char *grown = wiped_grow(exchange->body, before, exchange->body_capacity, capacity);
        if (!grown) return false;
        exchange->body = grown;
        exchange->body_capacity = capacity;
    }
    memcpy(exchange->body + before, bytes, size);
    exchange->body[exchange->body_size] = '\0';
    return true;
}
