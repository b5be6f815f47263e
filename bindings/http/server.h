/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the running server share. */
#ifndef IEUM_HTTP_SERVER_H
#define IEUM_HTTP_SERVER_H

#include <pthread.h>
#include <stdatomic.h>

#include "attempts.h"
#include "carrier.h"
#include "connections.h"
#include "known_callers.h"
#include "metrics.h"
#include "refresh.h"
#include "serve.h"
#include "server_limits.h"
#include "static_files.h"
#include "uploads.h"
#include "workers.h"

struct server {
    const struct serve_options *options;
    struct server_limits limits;
    bool is_unix;                 /* it listens on a unix socket */
    struct connections *connections;
    struct static_files *files, *documents; /* the page's; what describes the server */
    struct attempts *attempts;
    struct known_callers *known;
    struct uploads *uploads;
    struct metrics *metrics;
    struct refresh *refresh;
    struct workers *workers;
    struct carrier *carrier;
    pthread_mutex_t door_lock;    /* guards `door`, the handle that tells kinds of work */
    ieum_engine *door;
    atomic_bool ready, stopping;
};

#endif
