/* SPDX-License-Identifier: Apache-2.0 */
#include "api_lines.h"

#include <string.h>

#include "api_call.h"
#include "connections.h"
#include "engine_json.h"
#include "refusal.h"
#include "server.h"
#include "stream.h"

enum { TURN_NS = 20000000 }; /* how long a batch works before others have their turn */

/* The next line that is not blank; NULL: there is none. */
static const char *next_line(const struct exchange *exchange, size_t *size, size_t *after) {
    size_t at = exchange->at;
    while (at < exchange->body_size) {
        const char *line = exchange->body + at, *end = memchr(line, '\n', exchange->body_size - at);
        *size = end ? (size_t)(end - line) : exchange->body_size - at;
        *after = at + *size + (end != NULL);
        for (size_t i = 0; i < *size; i++)
            if (!strchr(" \t\r", line[i])) return line;
        at = *after;
    }
    return NULL;
}

static const char *op_of(const struct exchange *exchange) { return exchange->batch ? NULL : exchange->op; }

/* An operation that there is not is told by whoever reads. */
static enum work_kind kind_of(struct exchange *exchange, const char *line, size_t size) {
    int kind = api_call_kind(exchange, op_of(exchange), line, size);
    return kind < 0 ? WORK_READ : (enum work_kind)kind;
}

static void run_lines(struct exchange *exchange, struct worker *worker);

static void go_on(struct exchange *exchange) { workers_submit_again(exchange->server->workers, (enum work_kind)exchange->kind, exchange); }

/* False: nobody reads any more. */
static bool answer_line(struct exchange *exchange, struct worker *worker, const char *line, size_t size) {
    char *reply = NULL, op[OP_TEXT];
    ieum_status status = api_call_engine(exchange, worker, op_of(exchange), line, size, &reply);
    const char *text = reply ? reply : refusal_text(REFUSE_MEMORY, exchange->korean);
    if (status == IEUM_OK && worker->kind != WORK_READ && reply) {
        engine_json_copy(reply, "/op", op, sizeof op);
        api_call_changed(exchange, op, worker->kind);
    }
    bool read = stream_add(exchange, text, strlen(text)) && stream_add(exchange, "\n", 1);
    engine_json_free(reply);
    return read;
}

static void run_lines(struct exchange *exchange, struct worker *worker) {
    int64_t until = steady_now() + TURN_NS;
    size_t size, after;
    const char *line;
    if (!exchange->stream && !stream_begin(exchange, "application/jsonl; charset=utf-8")) {
        refuse(exchange, REFUSE_MEMORY);
        return;
    }
    while ((line = next_line(exchange, &size, &after))) {
        exchange->kind = kind_of(exchange, line, size);
        if (exchange->kind != (int)worker->kind || steady_now() > until) {
            go_on(exchange);
            return;
        }
        exchange->at = after;
        if (!answer_line(exchange, worker, line, size)) break;
        if (stream_pause(exchange, go_on)) return;
    }
    stream_end(exchange);
}

static bool settle(struct exchange *exchange) {
    size_t size, after;
    const char *line = next_line(exchange, &size, &after);
    exchange->kind_after = line ? kind_of(exchange, line, size) : WORK_READ;
    return true;
}

void api_lines_begin(struct exchange *exchange) {
    exchange->settle = settle;
    exchange->work_after = run_lines;
}
