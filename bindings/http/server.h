/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the running server share. */
#ifndef IEUM_HTTP_SERVER_H
#define IEUM_HTTP_SERVER_H

#include <stdatomic.h>

#include "carrier.h"
#include "connections.h"
#include "serve.h"
#include "server_limits.h"
#include "static_files.h"
#include "workers.h"

struct server {
    const struct serve_options *options;
    struct server_limits limits;
    struct connections *connections;
    struct static_files *files;
    struct workers *workers;
    struct carrier *carrier;
    atomic_size_t open_exchanges;
    atomic_bool stopping;
};

#endif
