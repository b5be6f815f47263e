/* SPDX-License-Identifier: Apache-2.0 */
/* What the server takes and how long it waits: data/server/limits.json, whose members these are. */
#ifndef IEUM_HTTP_SERVER_LIMITS_H
#define IEUM_HTTP_SERVER_LIMITS_H

#include <stdbool.h>
#include <stddef.h>

struct server_limits {
    size_t body_bytes, drain_bytes, head_bytes;
    size_t head_seconds, body_seconds, idle_seconds, answer_seconds, drain_seconds;
    size_t connections, connections_of_origin;
    size_t read_workers;
    size_t read_queue, write_queue, long_queue, gate_queue;
    size_t read_wait_ms, write_wait_ms, long_wait_ms, gate_wait_ms;
    size_t retry_seconds;
    size_t failures_of_origin, failures_overall, failure_window_seconds, known_seconds;
    size_t upload_bytes, upload_seconds, uploads, uploads_of_account;
    size_t refresh_seconds;
};

/* Reads <data>/server/limits.json. False: it cannot be read or a member is missing or no number ≥ 0; *missing is its name, or NULL when it is the
 * file. */
bool server_limits_read(struct server_limits *limits, const char *data_folder, const char **missing);

#endif
