/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asks an HTTP server at a fixed rate, whether it keeps up or not (an open loop): request i is due at i / rate, and its time runs from then, so that a server
 * that stands still is not spared the requests it should have had meanwhile. One thread, epoll, connections that stay open.
 *
 *     serve_load ADDRESS PORT TOKEN BODIES RATE SECONDS CONNECTIONS TIMEOUT
 *
 * BODIES: a file with the body of a request a line, taken in turn, each POSTed to /v1/suggest. TIMEOUT: seconds after which a request counts as hung. Prints one JSON
 * object. A due request waits while all connections are at work; what was not sent when the time is over is told as unsent.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { REPLY_MOST = 1 << 20, REQUEST_MOST = 1 << 16, CONNECTIONS_MOST = 4096 };

struct connection {
    int socket; /* -1: closed */
    bool busy;
    double due;
    char *request, *reply;
    size_t request_size, sent, received;
};

static struct {
    struct sockaddr_in address;
    const char *token;
    char **bodies;
    size_t body_count, next_body;
    double *times;
    size_t asked, answered, ok, busy, busy_told, other, hung, broken, reopened;
    struct connection connections[CONNECTIONS_MOST];
    size_t connection_count;
    int poll;
} load;

static _Noreturn void fail(const char *what) {
    fprintf(stderr, "serve_load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static double now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

static void read_bodies(const char *path) {
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    ssize_t size;
    if (!file) fail(path);
    while ((size = getline(&line, &room, file)) > 0) {
        line[strcspn(line, "\n")] = '\0';
        load.bodies = realloc(load.bodies, (load.body_count + 1) * sizeof *load.bodies);
        if (!load.bodies || !(load.bodies[load.body_count++] = strdup(line))) fail("memory");
    }
    free(line);
    fclose(file);
    if (!load.body_count) fail("no bodies");
}

static void open_connection(struct connection *connection) {
    const int one = 1;
    connection->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (connection->socket < 0) fail("socket");
    if (connect(connection->socket, (const struct sockaddr *)&load.address, sizeof load.address) != 0) {
        close(connection->socket);
        connection->socket = -1;
        return;
    }
    setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    fcntl(connection->socket, F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = connection};
    if (epoll_ctl(load.poll, EPOLL_CTL_ADD, connection->socket, &event) != 0) fail("epoll_ctl");
}

static void shut(struct connection *connection) {
    if (connection->socket >= 0) close(connection->socket);
    connection->socket = -1;
    connection->busy = false;
}

static void end_request(struct connection *connection, size_t *count) {
    ++*count;
    shut(connection);
    load.reopened++;
}

static void push_out(struct connection *connection) {
    while (connection->sent < connection->request_size) {
        const ssize_t size = send(connection->socket, connection->request + connection->sent, connection->request_size - connection->sent, MSG_NOSIGNAL);
        if (size < 0 && errno == EAGAIN) return;
        if (size <= 0) {
            end_request(connection, &load.broken);
            return;
        }
        connection->sent += (size_t)size;
    }
}

static void ask(struct connection *connection, double due) {
    const char *body = load.bodies[load.next_body++ % load.body_count];
    char head[512];
    char address[INET_ADDRSTRLEN];
    inet_ntop(AF_INET, &load.address.sin_addr, address, sizeof address);
    const int head_size = snprintf(head, sizeof head, "POST /v1/suggest HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/json\r\n%s%s%sContent-Length: %zu\r\n\r\n", address,
                                   ntohs(load.address.sin_port), *load.token ? "Authorization: Bearer " : "", load.token, *load.token ? "\r\n" : "", strlen(body));
    if (head_size < 0 || (size_t)head_size + strlen(body) > REQUEST_MOST) fail("a request is too long");
    connection->request_size = (size_t)head_size + strlen(body);
    memcpy(connection->request, head, (size_t)head_size);
    memcpy(connection->request + head_size, body, strlen(body));
    connection->sent = connection->received = 0;
    connection->busy = true;
    connection->due = due;
    load.asked++;
    push_out(connection);
}

/* The value of a header of the reply, NULL: it has none. */
static const char *header(const char *head, const char *name) {
    for (const char *line = strstr(head, "\r\n"); line; line = strstr(line + 2, "\r\n"))
        if (strncasecmp(line + 2, name, strlen(name)) == 0 && line[2 + strlen(name)] == ':') return line + 3 + strlen(name) + strspn(line + 3 + strlen(name), " ");
    return NULL;
}

/* Whether the reply is whole; notes what it was. */
static bool take_reply(struct connection *connection) {
    connection->reply[connection->received] = '\0';
    char *end = strstr(connection->reply, "\r\n\r\n");
    if (!end) return false;
    end[2] = '\0'; /* the headers alone */
    const char *length = header(connection->reply, "Content-Length");
    const bool whole = length && connection->received >= (size_t)(end + 4 - connection->reply) + strtoul(length, NULL, 10);
    if (whole) {
        const char *code = strchr(connection->reply, ' ');
        const long status = code ? strtol(code, NULL, 10) : 0;
        const bool closes = header(connection->reply, "Connection") && strncasecmp(header(connection->reply, "Connection"), "close", 5) == 0;
        load.answered++;
        if (status == 200) load.times[load.ok++] = now() - connection->due;
        else if (status == 503) {
            load.busy++;
            load.busy_told += header(connection->reply, "Retry-After") != NULL;
        } else load.other++;
        connection->busy = false;
        if (closes) {
            shut(connection);
            load.reopened++;
        }
    }
    end[2] = '\r';
    return whole;
}

static void take_in(struct connection *connection) {
    while (connection->socket >= 0 && connection->busy) {
        const ssize_t size = recv(connection->socket, connection->reply + connection->received, REPLY_MOST - 1 - connection->received, 0);
        if (size < 0 && errno == EAGAIN) return;
        if (size <= 0) {
            end_request(connection, &load.broken);
            return;
        }
        connection->received += (size_t)size;
        if (take_reply(connection)) return;
    }
}

static struct connection *find_idle(void) {
    for (size_t i = 0; i < load.connection_count; i++) {
        struct connection *connection = &load.connections[i];
        if (connection->busy) continue;
        if (connection->socket < 0) open_connection(connection);
        if (connection->socket >= 0) return connection;
    }
    return NULL;
}

static size_t count_busy(void) {
    size_t count = 0;
    for (size_t i = 0; i < load.connection_count; i++) count += load.connections[i].busy;
    return count;
}

static void give_up_hung(double timeout) {
    for (size_t i = 0; i < load.connection_count; i++)
        if (load.connections[i].busy && now() - load.connections[i].due > timeout) end_request(&load.connections[i], &load.hung);
}

static void run(double rate, double seconds, double timeout) {
    const size_t whole = (size_t)(rate * seconds);
    const double begin = now();
    size_t next = 0;
    for (;;) {
        const double at = now() - begin;
        struct connection *connection;
        while (next < whole && (double)next / rate <= at && at <= seconds && (connection = find_idle())) ask(connection, begin + (double)next++ / rate);
        if ((next >= whole || at > seconds) && !count_busy()) break;
        double wait = next < whole && at <= seconds ? (double)next / rate - at : 0.05;
        if (wait > 0.05) wait = 0.05;
        struct epoll_event events[64];
        const struct timespec rest = {0, wait > 0.00005 ? (long)(wait * 1e9) : 50000};
        const int count = epoll_pwait2(load.poll, events, 64, &rest, NULL);
        if (count < 0 && errno != EINTR) fail("epoll");
        for (int i = 0; i < count; i++) {
            struct connection *ready = events[i].data.ptr;
            if (ready->socket >= 0 && ready->busy) push_out(ready);
            if (ready->socket >= 0 && ready->busy) take_in(ready);
        }
        give_up_hung(timeout);
    }
    printf("{\"due\":%zu,\"unsent\":%zu,\"seconds\":%.3f,", whole, whole - load.asked, now() - begin);
}

static int compare(const void *a, const void *b) { return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b); }

static double percentile(double share) {
    if (!load.ok) return 0;
    size_t at = (size_t)(share * (double)load.ok);
    return load.times[at < load.ok ? at : load.ok - 1] * 1e3;
}

int main(int count, char **words) {
    if (count != 9) {
        fputs("usage: serve_load ADDRESS PORT TOKEN BODIES RATE SECONDS CONNECTIONS TIMEOUT\n", stderr);
        return 2;
    }
    load.address = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)strtoul(words[2], NULL, 10))};
    if (inet_pton(AF_INET, words[1], &load.address.sin_addr) != 1) fail("address");
    load.token = words[3];
    read_bodies(words[4]);
    const double rate = strtod(words[5], NULL), seconds = strtod(words[6], NULL), timeout = strtod(words[8], NULL);
    load.connection_count = strtoul(words[7], NULL, 10);
    if (!(rate > 0) || !(seconds > 0) || !(timeout > 0) || !load.connection_count || load.connection_count > CONNECTIONS_MOST) {
        fputs("serve_load: rate, seconds, connections and timeout are above 0\n", stderr);
        return 2;
    }
    load.poll = epoll_create1(0);
    load.times = malloc(((size_t)(rate * seconds) + 1) * sizeof *load.times);
    if (load.poll < 0 || !load.times) fail("memory");
    for (size_t i = 0; i < load.connection_count; i++) {
        load.connections[i] = (struct connection){.socket = -1, .request = malloc(REQUEST_MOST), .reply = malloc(REPLY_MOST)};
        if (!load.connections[i].request || !load.connections[i].reply) fail("memory");
    }
    run(rate, seconds, timeout);
    if (load.ok) qsort(load.times, load.ok, sizeof *load.times, compare);
    printf("\"asked\":%zu,\"answered\":%zu,\"ok\":%zu,\"busy\":%zu,\"busy_told\":%zu,\"other\":%zu,\"hung\":%zu,\"broken\":%zu,\"reopened\":%zu,"
           "\"p50\":%.3f,\"p95\":%.3f,\"p99\":%.3f,\"most\":%.3f}\n",
           load.asked, load.answered, load.ok, load.busy, load.busy_told, load.other, load.hung, load.broken, load.reopened, percentile(0.5), percentile(0.95),
           percentile(0.99), percentile(1));
    return 0;
}
