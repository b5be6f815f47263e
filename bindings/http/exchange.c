/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange.h"

#include <stdlib.h>
#include <string.h>

#include "stream.h"

void exchange_hold(struct exchange *exchange) { atomic_fetch_add(&exchange->holders, 1); }

void exchange_release(struct exchange *exchange) {
    if (atomic_fetch_sub(&exchange->holders, 1) > 1) return;
    if (exchange->reply.release) exchange->reply.release((void *)exchange->reply.bytes);
    stream_free(exchange->stream);
    explicit_bzero(exchange->secret, sizeof exchange->secret);
    free(exchange->table);
    free(exchange->name);
    free(exchange->body);
    free(exchange);
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
        char *grown = realloc(exchange->body, capacity);
        if (!grown) return false;
        exchange->body = grown;
        exchange->body_capacity = capacity;
    }
    memcpy(exchange->body + before, bytes, size);
    exchange->body[exchange->body_size] = '\0';
    return true;
}
