/* SPDX-License-Identifier: Apache-2.0 */
/* What the server counts of itself, and how Prometheus reads it (text format 0.0.4). Names of operations come from a fixed set, so that requests
 * cannot make the text grow. */
#ifndef IEUM_HTTP_METRICS_H
#define IEUM_HTTP_METRICS_H

#include "exchange.h"

struct metrics;

struct metrics *metrics_new(void); /* NULL: no memory */
void metrics_free(struct metrics *metrics);
/* One exchange is over. `op`: an operation that there is, or a word of the server's own ("static", "session", …). */
void metrics_count(struct metrics *metrics, const char *op, int status, int64_t nanoseconds);
void metrics_refreshed(struct metrics *metrics, int64_t nanoseconds);
void metrics_reaped(struct metrics *metrics, size_t connections);
/* Owned by the caller (free); NULL: no memory. */
char *metrics_text(struct server *server, size_t *size);

#endif
