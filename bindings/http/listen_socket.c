/* SPDX-License-Identifier: Apache-2.0 */
#include "listen_socket.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

static enum listen_result fail(struct listening *listening, enum listen_result result) {
    int error = errno;
    if (listening->socket >= 0) close(listening->socket);
    listening->socket = -1;
    errno = error;
    return result;
}

/* ---- unix sockets ---- */

static struct sockaddr_un unix_address(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    return address;
}

static bool someone_listens(const struct sockaddr_un *address) {
    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool taken = probe < 0 || connect(probe, (const struct sockaddr *)address, sizeof *address) == 0 || errno != ECONNREFUSED;
    if (probe >= 0) close(probe);
    return taken;
}

/* Makes way where a server that is gone left its socket. */
static enum listen_result clear_path(const struct sockaddr_un *address) {
    struct stat about;
    if (lstat(address->sun_path, &about) != 0) return errno == ENOENT ? LISTEN_OK : LISTEN_ERROR;
    if (!S_ISSOCK(about.st_mode)) return LISTEN_NO_SOCKET;
    if (someone_listens(address)) return LISTEN_TAKEN;
    return unlink(address->sun_path) == 0 ? LISTEN_OK : LISTEN_ERROR;
}

static enum listen_result open_unix(struct listening *listening, const char *path) {
    struct stat about;
    if (!*path || strlen(path) >= sizeof listening->path) return LISTEN_ADDRESS;
    struct sockaddr_un address = unix_address(path);
    enum listen_result clear = clear_path(&address);
    if (clear != LISTEN_OK) return clear;
    listening->socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listening->socket < 0) return LISTEN_ERROR;
    mode_t before = umask(0177); /* the socket is born with mode 0600 */
    int bound = bind(listening->socket, (const struct sockaddr *)&address, sizeof address);
    umask(before);
    if (bound != 0) return fail(listening, errno == EADDRINUSE ? LISTEN_TAKEN : LISTEN_ERROR);
    if (lstat(path, &about) == 0) listening->inode = about.st_ino;
    snprintf(listening->path, sizeof listening->path, "%s", path);
    if (listen(listening->socket, BACKLOG) != 0) {
        listen_remove(listening);
        return fail(listening, LISTEN_ERROR);
    }
    snprintf(listening->url, sizeof listening->url, "unix:%s", path);
    return LISTEN_OK;
}

void listen_remove(const struct listening *listening) {
    struct stat about;
    if (*listening->path && lstat(listening->path, &about) == 0 && S_ISSOCK(about.st_mode) && about.st_ino == listening->inode)
        unlink(listening->path);
}

/* ---- TCP ---- */

struct tcp_address {
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } socket;
    socklen_t size;
    char host[64]; /* as it stands in a URL */
    bool loopback;
};

/* Numbers only: a name could come to mean another machine. */
static bool read_address(struct tcp_address *address, const char *where) {
    char host[64], *end;
    const char *colon = strrchr(where, ':');
    size_t length = colon ? (size_t)(colon - where) : 0;
    if (!colon || !length || length >= sizeof host || colon[1] < '0' || colon[1] > '9') return false;
    unsigned long port = strtoul(colon + 1, &end, 10);
    if (*end || port > 65535) return false;
    snprintf(host, sizeof host, "%.*s", (int)length, where);
    snprintf(address->host, sizeof address->host, "%s", host);
    memset(&address->socket, 0, sizeof address->socket);
    if (host[0] == '[' && host[length - 1] == ']') {
        host[length - 1] = '\0';
        address->socket.v6.sin6_family = AF_INET6;
        address->socket.v6.sin6_port = htons((uint16_t)port);
        address->size = sizeof address->socket.v6;
        if (inet_pton(AF_INET6, host + 1, &address->socket.v6.sin6_addr) != 1) return false;
        address->loopback = IN6_IS_ADDR_LOOPBACK(&address->socket.v6.sin6_addr);
        return true;
    }
    address->socket.v4.sin_family = AF_INET;
    address->socket.v4.sin_port = htons((uint16_t)port);
    address->size = sizeof address->socket.v4;
    if (inet_pton(AF_INET, strcmp(host, "localhost") == 0 ? "127.0.0.1" : host, &address->socket.v4.sin_addr) != 1) return false;
    address->loopback = (ntohl(address->socket.v4.sin_addr.s_addr) >> 24) == 127;
    return true;
}

static enum listen_result open_tcp(struct listening *listening, const char *where, bool remote) {
    struct tcp_address address = {0};
    int yes = 1;
    if (!read_address(&address, where)) return LISTEN_ADDRESS;
    if (!address.loopback && !remote) return LISTEN_REMOTE;
    listening->socket = socket(address.socket.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listening->socket < 0) return LISTEN_ERROR;
    setsockopt(listening->socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listening->socket, &address.socket.any, address.size) != 0) return fail(listening, errno == EADDRINUSE ? LISTEN_TAKEN : LISTEN_ERROR);
    if (listen(listening->socket, BACKLOG) != 0) return fail(listening, errno == EADDRINUSE ? LISTEN_TAKEN : LISTEN_ERROR);
    if (getsockname(listening->socket, &address.socket.any, &address.size) != 0) return fail(listening, LISTEN_ERROR);
    listening->port = ntohs(address.socket.any.sa_family == AF_INET ? address.socket.v4.sin_port : address.socket.v6.sin6_port);
    snprintf(listening->url, sizeof listening->url, "http://%s:%u", address.host, listening->port);
    return LISTEN_OK;
}

enum listen_result listen_open(struct listening *listening, const char *where, bool remote) {
    *listening = (struct listening){.socket = -1};
    return strncmp(where, "unix:", 5) == 0 ? open_unix(listening, where + 5) : open_tcp(listening, where, remote);
}
