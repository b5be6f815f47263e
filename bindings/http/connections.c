/* SPDX-License-Identifier: Apache-2.0 */
#include "connections.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

struct connection {
    struct connection *next, *before;
    enum connection_stage stage;
    int socket;
    int64_t deadline; /* 0: none */
    bool over, ended;
    atomic_bool hushed;
    char origin[64];
};

struct connections {
    pthread_mutex_t lock;
    struct connection *first;
    size_t count, most, most_of_origin;
    uint64_t total;
};

int64_t steady_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

struct connections *connections_new(size_t most, size_t most_of_origin) {
    struct connections *made = calloc(1, sizeof *made);
    if (!made) return NULL;
    if (pthread_mutex_init(&made->lock, NULL) != 0) {
        free(made);
        return NULL;
    }
    made->most = most;
    made->most_of_origin = most_of_origin;
    return made;
}

void connections_free(struct connections *connections) {
    if (!connections) return;
    while (connections->first) {
        struct connection *next = connections->first->next;
        free(connections->first);
        connections->first = next;
    }
    pthread_mutex_destroy(&connections->lock);
    free(connections);
}

static size_t count_of_origin(const struct connections *connections, const char *origin) {
    size_t count = 0;
    for (const struct connection *one = connections->first; one; one = one->next) count += strcmp(one->origin, origin) == 0;
    return count;
}

static void write_origin(const struct sockaddr *address, char *text, socklen_t size) {
    memcpy(text, "unix", sizeof "unix");
    if (address && address->sa_family == AF_INET) inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, text, size);
    if (address && address->sa_family == AF_INET6) inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, text, size);
}

struct connection *connections_open(struct connections *connections, int socket, const struct sockaddr *address) {
    struct connection *made = calloc(1, sizeof *made);
    if (!made) return NULL;
    made->socket = socket;
    write_origin(address, made->origin, sizeof made->origin);
    pthread_mutex_lock(&connections->lock);
    made->over = connections->count >= connections->most || count_of_origin(connections, made->origin) >= connections->most_of_origin;
    made->next = connections->first;
    if (made->next) made->next->before = made;
    connections->first = made;
    connections->count++;
    connections->total++;
    pthread_mutex_unlock(&connections->lock);
    return made;
}

void connections_close(struct connections *connections, struct connection *connection) {
    pthread_mutex_lock(&connections->lock);
    if (connection->before) connection->before->next = connection->next;
    else connections->first = connection->next;
    if (connection->next) connection->next->before = connection->before;
    connections->count--;
    pthread_mutex_unlock(&connections->lock);
    free(connection);
}

void connections_stage(struct connections *connections, struct connection *connection, enum connection_stage stage, unsigned seconds) {
    pthread_mutex_lock(&connections->lock);
    connection->stage = stage;
    connection->deadline = seconds ? steady_now() + (int64_t)seconds * 1000000000 : 0;
    pthread_mutex_unlock(&connections->lock);
}

bool connection_is_over(const struct connection *connection) { return connection->over; }
const char *connection_origin(const struct connection *connection) { return connection->origin; }

bool connection_is_there(const struct connection *connection) {
    struct pollfd look = {.fd = connection->socket, .events = POLLRDHUP};
    short gone = POLLHUP | POLLERR;
    if (!atomic_load(&connection->hushed)) gone |= POLLRDHUP; /* else that is our own doing */
    return poll(&look, 1, 0) <= 0 || !(look.revents & gone);
}

static void hush(struct connection *connection) {
    atomic_store(&connection->hushed, true);
    shutdown(connection->socket, SHUT_RD); /* bytes that are in already are read before the end shows */
}

/* The client has said its last word and nothing of it is left unread. The carrier, told of changes alone, may have missed that among several
 * requests. */
static bool is_spoken_out(const struct connection *connection) {
    int unread = 0;
    struct pollfd look = {.fd = connection->socket, .events = POLLRDHUP};
    return poll(&look, 1, 0) > 0 && look.revents & POLLRDHUP && ioctl(connection->socket, FIONREAD, &unread) == 0 && unread == 0;
}

size_t connections_reap(struct connections *connections) {
    size_t ended = 0;
    int64_t now = steady_now();
    pthread_mutex_lock(&connections->lock);
    for (struct connection *one = connections->first; one; one = one->next) {
        if (one->stage == CONNECTION_HEAD && !one->hushed && is_spoken_out(one)) hush(one);
        if (one->ended || !one->deadline || one->deadline > now) continue;
        shutdown(one->socket, SHUT_RDWR); /* the carrier sees the end and closes */
        one->ended = true;
        ended++;
    }
    pthread_mutex_unlock(&connections->lock);
    return ended;
}

void connections_hush(struct connections *connections) {
    pthread_mutex_lock(&connections->lock);
    for (struct connection *one = connections->first; one; one = one->next)
        if (one->stage == CONNECTION_HEAD) hush(one);
    pthread_mutex_unlock(&connections->lock);
}

size_t connections_count(struct connections *connections) {
    pthread_mutex_lock(&connections->lock);
    size_t count = connections->count;
    pthread_mutex_unlock(&connections->lock);
    return count;
}

uint64_t connections_total(struct connections *connections) {
    pthread_mutex_lock(&connections->lock);
    uint64_t total = connections->total;
    pthread_mutex_unlock(&connections->lock);
    return total;
}
