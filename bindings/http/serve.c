/* SPDX-License-Identifier: Apache-2.0 */
#include "serve.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

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

/* What must happen now and then, in the main thread: deadlines of connections and of queues. */
static void tick(struct server *server) {
    struct timespec pause = {0, TICK_MS * 1000000L};
    nanosleep(&pause, NULL);
    connections_reap(server->connections);
    workers_expire(server->workers);
}

/* Ends without losing anything: no new connections, what came in is answered, then all is closed. */
static void drain(struct server *server) {
    int64_t until = steady_now() + (int64_t)server->limits.drain_seconds * 1000000000;
    atomic_store(&server->stopping, true);
    carrier_quiesce(server->carrier);
    while (connections_count(server->connections) > 0 && steady_now() < until) {
        connections_hush(server->connections);
        tick(server);
    }
}

static ieum_status run_server(struct server *server, struct listening *listening, char **problem) {
    bool korean = server->options->korean;
    char *reply = NULL;
    ieum_status status = IEUM_INTERNAL;
    struct carrier_hooks hooks = route_hooks(server);
    server->connections = connections_new(server->limits.connections, server->limits.connections_of_origin);
    server->files = static_files_read(server->options->web_folder);
    if (server->connections && server->files) server->workers = workers_start(server, &reply);
    if (!server->workers && reply) {
        char *text = NULL;
        ieum_render(NULL, reply, strlen(reply), "table", 100, &text);
        *problem = text ? strdup(text) : NULL;
        ieum_free(text);
        ieum_free(reply);
        return IEUM_INVALID;
    }
    if (server->workers) server->carrier = carrier_start(listening->socket, &server->limits, server->connections, &hooks);
    if (server->carrier) {
        listening->socket = -1; /* the carrier's now */
        server->options->ready(listening->url, NULL);
        while (!asked_to_stop) tick(server);
        drain(server);
        status = IEUM_OK;
    } else *problem = written(korean ? "서버를 시작할 수 없습니다 (메모리나 스레드)." : "The server cannot be started (memory or threads).");
    return status;
}

static char *listen_problem(enum listen_result result, const char *where, bool korean) {
    switch (result) {
    case LISTEN_ADDRESS:
        return written(korean ? "'%s'에서 들을 수 없습니다. 127.0.0.1:8750이나 unix:경로처럼 적습니다." : "'%s' is no address to listen on: 127.0.0.1:8750 or unix:PATH.",
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
    struct server server = {.options = options};
    struct listening listening;
    const char *missing;
    *problem = NULL;
    if (!server_limits_read(&server.limits, options->data_folder, &missing)) {
        *problem = written(options->korean ? "서버 한도 파일 '%s/server/limits.json'을 쓸 수 없습니다 (%s)." : "The file of limits '%s/server/limits.json' cannot be used (%s).",
                           options->data_folder, missing ? missing : "-");
        return IEUM_INVALID;
    }
    enum listen_result result = listen_open(&listening, options->listen, options->behind_tls);
    if (result != LISTEN_OK) {
        *problem = listen_problem(result, options->listen, options->korean);
        return result == LISTEN_TAKEN ? IEUM_CONFLICT : result == LISTEN_ADDRESS || result == LISTEN_REMOTE ? IEUM_USAGE : IEUM_INVALID;
    }
    heed_signals();
    ieum_status status = run_server(&server, &listening, problem);
    carrier_stop(server.carrier);
    workers_stop(server.workers);
    connections_free(server.connections);
    static_files_free(server.files);
    if (listening.socket >= 0) close(listening.socket);
    listen_remove(&listening);
    return status;
}
