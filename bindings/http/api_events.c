/* SPDX-License-Identifier: Apache-2.0 */
#include "api_events.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api_call.h"
#include "connections.h"
#include "engine_json.h"
#include "refusal.h"
#include "stream.h"

enum { SILENCE_NS = 900000000 }; /* after which a client hears that the work goes on */

/* An event whose data is one line of JSON. */
static void add_event(struct exchange *exchange, const char *event, const char *json) {
    stream_add(exchange, "event: ", 7);
    stream_add(exchange, event, strlen(event));
    stream_add(exchange, "\ndata: ", 7);
    stream_add(exchange, json, strlen(json));
    stream_add(exchange, "\n\n", 2);
}

/* Under the worker's `telling`. */
static void add_progress(struct worker *worker, const char *message) {
    char *quoted = engine_json_quoted(message), *json = quoted ? malloc(strlen(quoted) + 16) : NULL;
    if (json) {
        strcpy(json, "{\"message\":");
        strcat(strcat(json, quoted), "}");
        add_event(worker->current, "progress", json);
    }
    free(json);
    free(quoted);
    worker->told = steady_now();
}

void api_events_progress(struct worker *worker, const char *message) {
    pthread_mutex_lock(&worker->telling);
    if (worker->progress) add_progress(worker, message);
    pthread_mutex_unlock(&worker->telling);
}

void api_events_tell(struct worker *worker) {
    char message[96];
    pthread_mutex_lock(&worker->telling);
    int64_t now = steady_now();
    if (worker->progress && now - worker->told >= SILENCE_NS) {
        snprintf(message, sizeof message, worker->korean ? "처리하고 있습니다 (%lld초째)." : "At work for %lld s.",
                 (long long)((now - worker->begun) / 1000000000));
        add_progress(worker, message);
    }
    pthread_mutex_unlock(&worker->telling);
}

static void set_progress(struct worker *worker, bool progress, bool korean) {
    pthread_mutex_lock(&worker->telling);
    worker->progress = progress;
    worker->korean = korean;
    worker->begun = worker->told = steady_now();
    pthread_mutex_unlock(&worker->telling);
}

void api_events_run(struct exchange *exchange, struct worker *worker) {
    const char *request = exchange->body ? exchange->body : "{}";
    size_t size = exchange->body ? exchange->body_size : 2;
    char *reply = NULL, language[8];
    if (!stream_begin(exchange, "text/event-stream; charset=utf-8")) {
        refuse(exchange, REFUSE_MEMORY);
        return;
    }
    engine_json_copy(request, "/lang", language, sizeof language);
    set_progress(worker, true, *language ? strcmp(language, "en") != 0 : exchange->korean);
    ieum_status status = api_call_engine(exchange, worker, exchange->op, request, size, &reply);
    set_progress(worker, false, false);
    if (status == IEUM_OK) api_call_changed(exchange, exchange->op, worker->kind);
    add_event(exchange, "reply", reply ? reply : refusal_text(REFUSE_MEMORY, exchange->korean));
    engine_json_free(reply);
    stream_end(exchange);
}
