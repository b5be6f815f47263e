/* SPDX-License-Identifier: Apache-2.0 */
#include "api_events.h"

#include <stdlib.h>
#include <string.h>

#include "api_call.h"
#include "engine_json.h"
#include "refusal.h"
#include "stream.h"

/* An event whose data is one line of JSON. */
static void add_event(struct exchange *exchange, const char *event, const char *json) {
    stream_add(exchange, "event: ", 7);
    stream_add(exchange, event, strlen(event));
    stream_add(exchange, "\ndata: ", 7);
    stream_add(exchange, json, strlen(json));
    stream_add(exchange, "\n\n", 2);
}

void api_events_progress(struct exchange *exchange, const char *message) {
    char *quoted = engine_json_quoted(message), *json = quoted ? malloc(strlen(quoted) + 16) : NULL;
    if (json) {
        strcpy(json, "{\"message\":");
        strcat(strcat(json, quoted), "}");
        add_event(exchange, "progress", json);
    }
    free(json);
    free(quoted);
}

void api_events_run(struct exchange *exchange, struct worker *worker) {
    char *reply = NULL;
    if (!stream_begin(exchange, "text/event-stream; charset=utf-8")) {
        refuse(exchange, REFUSE_MEMORY);
        return;
    }
    worker->progress = true;
    ieum_status status = api_call_engine(exchange, worker, exchange->op, exchange->body ? exchange->body : "{}", exchange->body ? exchange->body_size : 2, &reply);
    worker->progress = false;
    if (status == IEUM_OK) api_call_changed(exchange, exchange->op, worker->kind);
    add_event(exchange, "reply", reply ? reply : refusal_text(REFUSE_MEMORY, exchange->korean));
    ieum_free(reply);
    stream_end(exchange);
}
