/* SPDX-License-Identifier: Apache-2.0 */
#include "stream.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "wiped.h"

struct stream {
    pthread_mutex_t lock;
    char *bytes;
    size_t size, taken, capacity;
    bool ended, gone, sleeps;
    void (*resume)(struct exchange *);
};

bool stream_begin(struct exchange *exchange, const char *type) {
    struct stream *stream = calloc(1, sizeof *stream);
    if (!stream) return false;
    pthread_mutex_init(&stream->lock, NULL);
    exchange->stream = stream;
    exchange_hold(exchange);
    exchange_answer(exchange, &(struct reply){.status = 200, .type = type});
    return true;
}

static bool make_room(struct stream *stream, size_t size) {
    if (stream->capacity - stream->size >= size) return true;
    size_t capacity = (stream->size + size) * 2;
    char *grown = wiped_grow(stream->bytes, stream->size, stream->capacity, capacity);
    if (!grown) return false;
    stream->bytes = grown;
    stream->capacity = capacity;
    return true;
}

static void wake(struct exchange *exchange) {
    if (exchange->stream->sleeps) exchange_wake(exchange);
    exchange->stream->sleeps = false;
}

bool stream_add(struct exchange *exchange, const char *bytes, size_t size) {
    struct stream *stream = exchange->stream;
    pthread_mutex_lock(&stream->lock);
    bool good = !stream->gone && make_room(stream, size);
    if (good) {
        if (stream->taken == stream->size) exchange_expect_taking(exchange);
        memcpy(stream->bytes + stream->size, bytes, size);
        stream->size += size;
        wake(exchange);
    }
    pthread_mutex_unlock(&stream->lock);
    return good;
}

bool stream_pause(struct exchange *exchange, void (*resume)(struct exchange *)) {
    struct stream *stream = exchange->stream;
    pthread_mutex_lock(&stream->lock);
    bool full = !stream->gone && stream->size - stream->taken > STREAM_FULL;
    if (full) stream->resume = resume;
    pthread_mutex_unlock(&stream->lock);
    return full;
}

void stream_end(struct exchange *exchange) {
    struct stream *stream = exchange->stream;
    pthread_mutex_lock(&stream->lock);
    stream->ended = true;
    if (!stream->gone) wake(exchange);
    pthread_mutex_unlock(&stream->lock);
    exchange_release(exchange);
}

size_t stream_take(struct exchange *exchange, char *bytes, size_t most, bool *ended) {
    struct stream *stream = exchange->stream;
    pthread_mutex_lock(&stream->lock);
    size_t left = stream->size - stream->taken, size = left < most ? left : most;
    if (size) memcpy(bytes, stream->bytes + stream->taken, size);
    stream->taken += size;
    if (stream->taken == stream->size) stream->taken = stream->size = 0;
    *ended = size == 0 && stream->ended;
    stream->sleeps = size == 0 && !stream->ended;
    if (stream->sleeps) exchange_sleep(exchange);
    void (*resume)(struct exchange *) = stream->size - stream->taken <= STREAM_FULL / 4 ? stream->resume : NULL;
    if (resume) {
        stream->resume = NULL;
        exchange_expect_taking(exchange);
    }
    pthread_mutex_unlock(&stream->lock);
    if (resume) resume(exchange);
    return size;
}

void stream_gone(struct exchange *exchange) {
    struct stream *stream = exchange->stream;
    pthread_mutex_lock(&stream->lock);
    void (*resume)(struct exchange *) = stream->resume;
    stream->resume = NULL;
    stream->gone = true;
    pthread_mutex_unlock(&stream->lock);
    if (resume) resume(exchange);
}

void stream_free(struct stream *stream) {
    if (!stream) return;
    pthread_mutex_destroy(&stream->lock);
    wiped_free(stream->bytes, stream->capacity);
    free(stream);
}
