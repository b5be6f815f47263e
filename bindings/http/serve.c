/* SPDX-License-Identifier: Apache-2.0 */
#include "serve.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "engine_json.h"
#include "listen_socket.h"
#include "route.h"
#include "server.h"

enum { TICK_MS = 200 };

static char *written(const char *format, ...) {
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return strdup(text);
}

/* ---- signals ---- */

static volatile sig_atomic_t asked_to_stop;

static void on_signal(int signal) {
    if (asked_to_stop) _exit(128 + signal);
    asked_to_stop = 1;
}

static void heed_signals(void) {
    struct sigaction action = {.sa_handler = on_signal};
    asked_to_stop = 0;
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

/* ---- while it serves ---- */

/* What must happen now and then, in the main thread: deadlines of connections, of queues and of uploads. */
static void tick(struct server *server) {
    struct timespec pause = {0, TICK_MS * 1000000L};
    nanosleep(&pause, NULL);
    metrics_reaped(server->metrics, connections_reap(server->connections));
    workers_expire(server->workers);
    workers_tell(server->workers);
    uploads_expire(server->uploads);
}

static bool wait_for_connections(struct server *server, size_t seconds) {
    int64_t until = steady_now() + (int64_t)seconds * 1000000000;
    while (connections_count(server->connections) > 0 && steady_now() < until) {
        connections_hush(server->connections);
        tick(server);
    }
    return connections_count(server->connections) == 0;
}

/* Ends without losing anything: no new connections, what came in is answered, then all is closed. Work that takes longer is asked to stop. */
static bool drain(struct server *server) {
    atomic_store(&server->stopping, true);
    carrier_quiesce(server->carrier);
    if (wait_for_connections(server, server->limits.drain_seconds)) return true;
    workers_cancel(server->workers);
    return wait_for_connections(server, server->limits.answer_seconds);
}

/* ---- start ---- */

/* The first start makes an administrator's token; --new-token one more, of any role. "": none was made. */
static ieum_status make_token(struct server *server, char *token, size_t size, char **reply) {
    const char *role = server->options->new_token;
    char *quoted = engine_json_quoted(role ? role : "admin"), request[256];
    *token = '\0';
    *reply = NULL;
    if (!quoted) return IEUM_MEMORY;
    int length =
        snprintf(request, sizeof request, "{\"op\":\"account\",\"action\":\"bootstrap\",\"role\":%s,\"new\":%s}", quoted, role ? "true" : "false");
    free(quoted);
    ieum_status status = ieum_call(server->door, request, length < (int)sizeof request ? (size_t)length : 0, reply);
    if (status != IEUM_OK) return status;
    engine_json_copy(*reply, "/result/token", token, size);
    if (strcmp(token, "null") == 0) *token = '\0';
    engine_json_free(*reply);
    *reply = NULL;
    return IEUM_OK;
}

static struct static_files *read_documents(const char *data_folder) {
    size_t size = strlen(data_folder) + sizeof "/schema";
    char *folder = malloc(size);
    if (folder) snprintf(folder, size, "%s/schema", data_folder);
    struct static_files *documents = folder ? static_files_read(folder) : NULL;
    free(folder);
    return documents;
}

static bool make_parts(struct server *server) {
    const struct server_limits *limits = &server->limits;
    server->connections =
        connections_new(limits->connections, server->options->behind_tls || server->is_unix ? limits->connections : limits->connections_of_origin);
    server->attempts = attempts_new(limits->failures_of_origin, limits->failures_overall, limits->failure_window_seconds);
    server->known = known_callers_new(limits->known_seconds);
    server->uploads = uploads_new(limits);
    server->metrics = metrics_new();
    server->files = static_files_read(server->options->web_folder);
    server->documents = read_documents(server->options->data_folder);
    return server->connections && server->attempts && server->known && server->uploads && server->metrics && server->files && server->documents;
}

static void free_parts(struct server *server) {
    carrier_stop(server->carrier);
    refresh_stop(server->refresh);
    workers_stop(server->workers);
    ieum_close(server->door);
    static_files_free(server->files);
    static_files_free(server->documents);
    metrics_free(server->metrics);
    uploads_free(server->uploads);
    known_callers_free(server->known);
    attempts_free(server->attempts);
    connections_free(server->connections);
}

/* All that can fail before the first request; *reply is the engine's problem where it has one. */
static ieum_status start(struct server *server, struct listening *listening, char *token, size_t token_size, char **reply) {
    struct carrier_hooks hooks = route_hooks(server);
    *reply = NULL;
    if (!make_parts(server)) return IEUM_MEMORY;
    ieum_status status = workers_open_engine(server, WORK_GATE, NULL, &server->door, reply);
    if (status == IEUM_OK) status = make_token(server, token, token_size, reply);
    if (status != IEUM_OK) return status;
    server->workers = workers_start(server, reply);
    if (server->workers) server->refresh = refresh_start(server);
    if (server->refresh) server->carrier = carrier_start(listening->socket, &server->limits, server->connections, &hooks);
    if (!server->carrier) return IEUM_MEMORY;
    listening->socket = -1; /* the carrier's now */
    return IEUM_OK;
}

/* The readers have their first snapshot and have answered once from it: whoever reads the ready line is answered at once. */
static void wait_until_ready(struct server *server) {
    const struct timespec pause = {0, 5000000};
    while (!asked_to_stop && !atomic_load(&server->ready)) nanosleep(&pause, NULL);
}

static ieum_status run_server(struct server *server, struct listening *listening, char **problem) {
    char token[SECRET_MOST + 1], *reply;
    bool korean = server->options->korean;
    ieum_status status = start(server, listening, token, sizeof token, &reply);
    if (status == IEUM_OK) {
        wait_until_ready(server);
        server->options->ready(korean, listening->url, *token ? token : NULL);
        explicit_bzero(token, sizeof token);
        while (!asked_to_stop) tick(server);
        if (!drain(server)) { /* somebody still waits: what is committed is safe, the rest was never promised */
            listen_remove(listening);
            _exit(ieum_status_exit(IEUM_INTERNAL));
        }
    } else if (reply) {
        char *text = NULL;
        ieum_render(NULL, reply, strlen(reply), "table", 100, &text);
        *problem = text ? strdup(text) : NULL;
        ieum_free(text);
    } else *problem = written(korean ? "서버를 시작할 수 없습니다 (메모리나 스레드)." : "The server cannot be started (memory or threads).");
    if (status != IEUM_OK) ieum_free(reply);
    return status;
}

static char *listen_problem(enum listen_result result, const char *where, bool korean) {
    switch (result) {
    case LISTEN_ADDRESS:
        return written(korean ? "'%s'에서 들을 수 없습니다. 127.0.0.1:8750이나 unix:경로처럼 적습니다."
                              : "'%s' is no address to listen on: 127.0.0.1:8750 or unix:PATH.",
                       where);
    case LISTEN_REMOTE:
        return written(korean ? "'%s'은(는) 이 기계만의 주소가 아닙니다. TLS를 끝내는 프록시가 앞에 서 있을 때만 --behind-tls와 함께 쓰십시오."
                              : "'%s' can be reached from other machines; use it with --behind-tls only, when a proxy that ends TLS stands in front.",
                       where);
    case LISTEN_TAKEN: return written(korean ? "'%s'에는 이미 다른 서버가 있습니다." : "Another server is at '%s' already.", where);
    case LISTEN_NO_SOCKET:
        return written(korean ? "'%s'에 소켓이 아닌 파일이 있어 그대로 두었습니다." : "At '%s' lies a file that is no socket; it was left alone.", where);
    default: return written(korean ? "'%s'에서 들을 수 없습니다 (%s)." : "It is not possible to listen on '%s' (%s).", where, strerror(errno));
    }
}

ieum_status serve(const struct serve_options *options, char **problem) {
    struct server server = {.options = options, .is_unix = strncmp(options->listen, "unix:", 5) == 0};
    struct listening listening;
    const char *missing;
    *problem = NULL;
    if (!server_limits_read(&server.limits, options->data_folder, &missing)) {
        *problem = written(options->korean ? "서버 한도 파일 '%s/server/limits.json'을 쓸 수 없습니다 (%s)."
                                           : "The file of limits '%s/server/limits.json' cannot be used (%s).",
                           options->data_folder, missing ? missing : "-");
        return IEUM_INVALID;
    }
    enum listen_result result = listen_open(&listening, options->listen, options->behind_tls);
    if (result != LISTEN_OK) {
        *problem = listen_problem(result, options->listen, options->korean);
        return result == LISTEN_TAKEN ? IEUM_CONFLICT : result == LISTEN_ADDRESS || result == LISTEN_REMOTE ? IEUM_USAGE : IEUM_INVALID;
    }
    heed_signals();
    pthread_mutex_init(&server.door_lock, NULL);
    ieum_status status = run_server(&server, &listening, problem);
    free_parts(&server);
    pthread_mutex_destroy(&server.door_lock);
    if (listening.socket >= 0) close(listening.socket);
    listen_remove(&listening);
    return status;
}
