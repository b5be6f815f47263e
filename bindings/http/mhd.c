/* SPDX-License-Identifier: Apache-2.0 */
/* libmicrohttpd behind carrier.h: the only file that knows it. */
#include <microhttpd.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "carrier.h"
#include "query_text.h"
#include "reply_headers.h"
#include "stream.h"

enum { STREAM_BLOCK = 16384 };

struct carrier {
    struct MHD_Daemon *daemon;
    const struct server_limits *limits;
    struct connections *connections;
    struct carrier_hooks hooks;
    bool steps; /* no thread of its own */
};

/* ---- what an exchange asks of its connection ---- */

const char *exchange_header(const struct exchange *exchange, const char *name) {
    return MHD_lookup_connection_value(exchange->carried, MHD_HEADER_KIND, name);
}

struct header_count {
    const char *name;
    size_t count;
};

static enum MHD_Result count_header(void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
    struct header_count *counting = context;
    (void)kind, (void)value;
    counting->count += strcasecmp(name, counting->name) == 0;
    return MHD_YES;
}

size_t exchange_header_count(const struct exchange *exchange, const char *name) {
    struct header_count counting = {name, 0};
    MHD_get_connection_values(exchange->carried, MHD_HEADER_KIND, count_header, &counting);
    return counting.count;
}

char *exchange_query(const struct exchange *exchange, const char *name, bool *wrong) {
    const char *raw = MHD_lookup_connection_value(exchange->carried, MHD_GET_ARGUMENT_KIND, name);
    *wrong = false;
    if (!raw) return NULL;
    char *text = query_text(raw);
    *wrong = !text;
    return text;
}

/* ---- answers ---- */

static void add_header(void *response, const char *name, const char *value) { MHD_add_response_header(response, name, value); }

static struct MHD_Response *whole_response(struct reply *reply) {
    void *bytes = (void *)reply->bytes;
    struct MHD_Response *response = reply->release ? MHD_create_response_from_buffer_with_free_callback(reply->size, bytes, reply->release)
                                                   : MHD_create_response_from_buffer(reply->size, bytes, MHD_RESPMEM_PERSISTENT);
    if (response) reply->release = NULL; /* the response owns the bytes now */
    return response;
}

static ssize_t give_bytes(void *context, uint64_t position, char *bytes, size_t most) {
    bool ended;
    size_t size = stream_take(context, bytes, most, &ended);
    (void)position;
    return ended ? MHD_CONTENT_READER_END_OF_STREAM : (ssize_t)size;
}

static void end_giving(void *context) {
    stream_gone(context);
    exchange_release(context);
}

static struct MHD_Response *growing_response(struct exchange *exchange) {
    exchange_hold(exchange);
    struct MHD_Response *response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, give_bytes, exchange, end_giving);
    if (!response) end_giving(exchange);
    return response;
}

static enum MHD_Result send_answer(struct carrier *carrier, struct exchange *exchange) {
    struct MHD_Response *response = exchange->stream ? growing_response(exchange) : whole_response(&exchange->reply);
    if (!response) return MHD_NO;
    reply_headers(&exchange->reply, add_header, response);
    connections_stage(carrier->connections, exchange->connection, CONNECTION_ANSWER, (unsigned)carrier->limits->answer_seconds);
    enum MHD_Result queued = MHD_queue_response(exchange->carried, (unsigned)exchange->reply.status, response);
    MHD_destroy_response(response);
    return queued;
}

void exchange_answer(struct exchange *exchange, const struct reply *reply) {
    exchange->reply = *reply;
    exchange->answered = true;
    if (exchange->submitted) MHD_resume_connection(exchange->carried);
}

void exchange_expect_taking(struct exchange *exchange) {
    const struct carrier *carrier = exchange->carrier;
    connections_stage(carrier->connections, exchange->connection, CONNECTION_ANSWER, (unsigned)carrier->limits->answer_seconds);
}

void exchange_sleep(struct exchange *exchange) {
    const struct carrier *carrier = exchange->carrier;
    connections_stage(carrier->connections, exchange->connection, CONNECTION_WAITS, 0);
    MHD_suspend_connection(exchange->carried);
}

void exchange_wake(struct exchange *exchange) { MHD_resume_connection(exchange->carried); }

/* ---- requests ---- */

static struct connection *connection_of(struct MHD_Connection *carried) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(carried, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static struct exchange *begin_exchange(struct carrier *carrier, struct MHD_Connection *carried, const char *method, const char *path) {
    struct connection *connection = connection_of(carried);
    struct exchange *exchange = connection ? exchange_new(carrier->hooks.server, connection, carrier->limits->body_bytes) : NULL;
    if (!exchange) return NULL;
    exchange->carrier = carrier;
    exchange->carried = carried;
    exchange->method = method;
    exchange->path = path;
    connections_stage(carrier->connections, connection, CONNECTION_BODY, (unsigned)carrier->limits->body_seconds);
    return exchange;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *carried, const char *path, const char *method, const char *version,
                              const char *bytes, size_t *size, void **kept) {
    struct carrier *carrier = context;
    struct exchange *exchange = *kept;
    (void)version;
    if (!exchange) {
        *kept = exchange = begin_exchange(carrier, carried, method, path);
        if (!exchange) return MHD_NO;
        carrier->hooks.arrived(exchange);
        if (!exchange_must_not_be_read(exchange, carrier->limits->drain_bytes)) return MHD_YES;
        if (!exchange->answered) carrier->hooks.complete(exchange); /* which refuses what is too large */
        exchange->reply.closes = true;
        return send_answer(carrier, exchange);
    }
    if (*size) {
        bool taken = exchange_take_body(exchange, bytes, *size, carrier->limits->drain_bytes);
        *size = 0;
        return taken ? MHD_YES : MHD_NO;
    }
    if (!exchange->answered) {
        carrier->hooks.complete(exchange);
        if (!exchange->answered) {
            connections_stage(carrier->connections, exchange->connection, CONNECTION_WAITS, 0);
            exchange->submitted = true;
            MHD_suspend_connection(carried);
            carrier->hooks.submit(exchange); /* from here on it is another thread's */
            return MHD_YES;
        }
    }
    return send_answer(carrier, exchange);
}

static void finish(void *context, struct MHD_Connection *carried, void **kept, enum MHD_RequestTerminationCode how) {
    struct carrier *carrier = context;
    struct exchange *exchange = *kept;
    (void)carried, (void)how;
    if (!exchange) return;
    *kept = NULL;
    connections_stage(carrier->connections, exchange->connection, CONNECTION_HEAD, (unsigned)carrier->limits->idle_seconds);
    carrier->hooks.finished(exchange);
    exchange_release(exchange);
}

/* ---- connections ---- */

static int socket_of(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

static void notice_connection(void *context, struct MHD_Connection *carried, void **kept, enum MHD_ConnectionNotificationCode code) {
    struct carrier *carrier = context;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        if (*kept) connections_close(carrier->connections, *kept);
        *kept = NULL;
        return;
    }
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(carried, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    *kept = connections_open(carrier->connections, socket_of(carried), info ? info->client_addr : NULL);
    if (*kept) connections_stage(carrier->connections, *kept, CONNECTION_HEAD, (unsigned)carrier->limits->head_seconds);
}

/* Paths and queries stay as they came; query_text decodes what is asked for. */
static size_t leave_as_it_is(void *context, struct MHD_Connection *carried, char *text) {
    (void)context, (void)carried;
    return strlen(text);
}

struct carrier *carrier_start(int socket, const struct server_limits *limits, struct connections *connections, const struct carrier_hooks *hooks) {
    struct carrier *carrier = calloc(1, sizeof *carrier);
    if (!carrier) return NULL;
    *carrier = (struct carrier){.limits = limits, .connections = connections, .hooks = *hooks, .steps = socket < 0};
    struct MHD_OptionItem options[] = {
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)limits->head_bytes, NULL},
        /* more than we answer properly, so that those beyond the limit are told; past twice that many they wait to be accepted */
        {MHD_OPTION_CONNECTION_LIMIT, (intptr_t)(2 * limits->connections), NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, (intptr_t)limits->idle_seconds, NULL},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
        {MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)leave_as_it_is, NULL},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)finish, carrier},
        {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)notice_connection, carrier},
        {carrier->steps ? MHD_OPTION_END : MHD_OPTION_LISTEN_SOCKET, socket, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    unsigned flags = MHD_ALLOW_SUSPEND_RESUME | (carrier->steps ? MHD_USE_NO_LISTEN_SOCKET : MHD_USE_EPOLL_INTERNAL_THREAD);
    carrier->daemon = MHD_start_daemon(flags, 0, NULL, NULL, handle, carrier, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
    if (carrier->daemon) return carrier;
    free(carrier);
    return NULL;
}

/* Who is in the system's queue already was let in by it: they are taken before the socket is closed. */
void carrier_quiesce(struct carrier *carrier) {
    int listening = MHD_quiesce_daemon(carrier->daemon), accepted;
    union {
        struct sockaddr any;
        struct sockaddr_storage room;
    } from;
    if (listening == MHD_INVALID_SOCKET) return;
    do {
        socklen_t size = sizeof from;
        memset(&from, 0, sizeof from);
        accepted = accept4(listening, &from.any, &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (accepted >= 0) MHD_add_connection(carrier->daemon, accepted, &from.any, size);
    } while (accepted >= 0);
    close(listening);
}

void carrier_stop(struct carrier *carrier) {
    if (!carrier) return;
    MHD_stop_daemon(carrier->daemon);
    free(carrier);
}

bool carrier_add(struct carrier *carrier, int socket) {
    const struct sockaddr nowhere = {.sa_family = AF_UNIX}; /* without an address the library would hold an empty one */
    return MHD_add_connection(carrier->daemon, socket, &nowhere, sizeof nowhere) == MHD_YES;
}
void carrier_step(struct carrier *carrier) { MHD_run_wait(carrier->daemon, 0); }
