/* SPDX-License-Identifier: Apache-2.0 */
/* The HTTP entry on any bytes: the server's own parts around libmicrohttpd, with one engine without a store that works where the network is read, so that a run is
 * the same each time. The first byte says in pieces of which size the others arrive. Every answer is one of HTTP, nothing of the engine comes without the token,
 * and the connection ends when both sides are through. */
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "carrier.h"
#include "fuzz.h"
#include "route.h"
#include "server.h"

#define TOKEN "fuzz-token"

enum { PENDING_MOST = 64, ANSWER_MOST = 4 << 20 };

struct workers {
    struct worker worker;
    struct exchange *pending[PENDING_MOST];
    size_t count;
};

static struct workers all;
static struct server server = {.workers = &all, .door_lock = PTHREAD_MUTEX_INITIALIZER};

/* ---- instead of workers.c and refresh.c: what is submitted waits for the next turn of the loop ---- */

void workers_submit(struct workers *workers, enum work_kind kind, struct exchange *exchange) {
    PROMISE(workers->count < PENDING_MOST && exchange->work);
    exchange->kind = kind;
    workers->pending[workers->count++] = exchange;
}

void workers_submit_again(struct workers *workers, enum work_kind kind, struct exchange *exchange) { workers_submit(workers, kind, exchange); }

struct work_queue_state workers_look(struct workers *workers, enum work_kind kind) {
    (void)kind;
    return (struct work_queue_state){.length = workers->count, .workers = 1};
}

const char *work_kind_name(enum work_kind kind) {
    static const char *const names[] = {"read", "write", "long", "gate"};
    return names[kind];
}

void refresh_note(struct refresh *refresh, const char *op, const char *request, size_t size) { (void)refresh, (void)op, (void)request, (void)size; }
void refresh_soon(struct refresh *refresh) { (void)refresh; }

static void work_off(void) {
    while (all.count) {
        struct exchange *exchange = all.pending[--all.count];
        all.worker.kind = (enum work_kind)exchange->kind;
        all.worker.current = exchange;
        exchange->work(exchange, &all.worker);
    }
}

/* ---- one connection ---- */

static void start(void) {
    static struct serve_options options;
    static ieum_options engine;
    static char data[1024], web[1024];
    const char *missing;
    snprintf(data, sizeof data, "%s/data", fuzz_source());
    snprintf(web, sizeof web, "%s/bindings/web", fuzz_source());
    ieum_options_init(&engine);
    engine.data_path = data;
    engine.now = "2025-06-01";
    engine.threads = 1;
    options = (struct serve_options){.engine = &engine, .data_folder = data, .web_folder = web, .listen = "127.0.0.1:0"};
    server.options = &options;
    PROMISE(server_limits_read(&server.limits, data, &missing));
    server.limits.failures_of_origin = server.limits.failures_overall = SIZE_MAX;
    server.limits.known_seconds = 1000000;
    PROMISE(ieum_open(&engine, &server.door, NULL) == IEUM_OK && ieum_open(&engine, &all.worker.engine, NULL) == IEUM_OK);
    all.worker.server = &server;
    pthread_mutex_init(&all.worker.telling, NULL);
    server.connections = connections_new(server.limits.connections, server.limits.connections);
    server.attempts = attempts_new(SIZE_MAX, SIZE_MAX, 1);
    server.known = known_callers_new(server.limits.known_seconds);
    server.uploads = uploads_new(&server.limits);
    server.metrics = metrics_new();
    server.files = static_files_read(web);
    snprintf(data, sizeof data, "%s/data/schema", fuzz_source());
    server.documents = static_files_read(data);
    snprintf(data, sizeof data, "%s/data", fuzz_source());
    atomic_store(&server.ready, true);
    struct carrier_hooks hooks = route_hooks(&server);
    server.carrier = carrier_start(-1, &server.limits, server.connections, &hooks);
    PROMISE(server.carrier && server.connections && server.attempts && server.known && server.uploads && server.metrics);
}

/* Takes what has been answered; true: the server ended the connection. */
static bool take_answer(int client, char *answer, size_t *size) {
    char bytes[65536];
    ssize_t got;
    while ((got = recv(client, bytes, sizeof bytes, MSG_DONTWAIT)) > 0) {
        size_t room = ANSWER_MOST - *size, part = (size_t)got < room ? (size_t)got : room;
        memcpy(answer + *size, bytes, part);
        *size += part;
    }
    return got == 0;
}

static bool turn(int client, char *answer, size_t *size) {
    carrier_step(server.carrier);
    work_off();
    return take_answer(client, answer, size);
}

static size_t converse(const uint8_t *bytes, size_t count, size_t piece, char *answer) {
    int ends[2];
    size_t size = 0;
    bool over = false;
    PROMISE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    PROMISE(carrier_add(server.carrier, ends[1]));
    for (size_t at = 0; at < count && !over;) {
        size_t part = count - at < piece ? count - at : piece;
        ssize_t sent = send(ends[0], bytes + at, part, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent > 0) at += (size_t)sent;
        over = turn(ends[0], answer, &size);
        if (sent < 0 && !over && at == 0) break;
    }
    for (int quiet = 0; quiet < 4 && !over;) { /* until nothing more comes */
        size_t before = size;
        over = turn(ends[0], answer, &size);
        quiet = size == before ? quiet + 1 : 0;
    }
    shutdown(ends[0], SHUT_WR);
    for (int i = 0; i < 100 && !over; i++) over = turn(ends[0], answer, &size);
    close(ends[0]);
    for (int i = 0; i < 1000 && connections_count(server.connections); i++) {
        connections_reap(server.connections);
        carrier_step(server.carrier);
        work_off();
    }
    PROMISE(connections_count(server.connections) == 0 && all.count == 0);
    return size;
}

/* That it is a server at all: a look at its health, and a request with the token. */
static void check_start(char *answer) {
    static const char health[] = "GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    static const char call[] = "POST /v1/program HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " TOKEN "\r\nContent-Length: 0\r\n\r\n";
    answer[converse((const uint8_t *)health, sizeof health - 1, 5, answer)] = '\0';
    PROMISE(strncmp(answer, "HTTP/1.1 200 ", 13) == 0 && strstr(answer, "ok\n"));
    answer[converse((const uint8_t *)call, sizeof call - 1, 100, answer)] = '\0';
    PROMISE(strncmp(answer, "HTTP/1.1 200 ", 13) == 0 && strstr(answer, "{\"op\":\"program\",\"result\":"));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    static char answer[ANSWER_MOST + 1];
    struct caller caller = {.account = "fuzz", .role = "admin", .expires = "2999-01-01T00:00:00Z"};
    if (count < 1) return 0;
    bool first = !server.carrier;
    if (first) start();
    known_callers_add(server.known, TOKEN, false, &caller, known_callers_generation(server.known));
    if (first) check_start(answer);
    size_t piece = *bytes < 128 ? SIZE_MAX : (size_t)(*bytes - 127) * 7;
    size_t size = converse(bytes + 1, count - 1, piece, answer);
    answer[size] = '\0';
    PROMISE(size == 0 || strncmp(answer, "HTTP/1.", 7) == 0);
    if (!memmem(bytes, count, TOKEN, sizeof TOKEN - 1)) PROMISE(!strstr(answer, "\",\"result\":") && !strstr(answer, "{\"upload\":"));
    PROMISE(!memmem(answer, size, "root:x:", 7));
    return 0;
}
