/* SPDX-License-Identifier: Apache-2.0 */
#include "metrics.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server.h"

enum { OPS_MOST = 64, STATUSES_MOST = 24, BUCKETS = 12 };

static const double bounds[BUCKETS] = {0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30};

struct counted {
    char op[OP_TEXT];
    int statuses[STATUSES_MOST];
    uint64_t counts[STATUSES_MOST];
    uint64_t buckets[BUCKETS + 1]; /* the last: slower than all */
    double seconds;
};

struct metrics {
    pthread_mutex_t lock;
    struct counted ops[OPS_MOST];
    uint64_t refreshes, reaped;
    double refresh_seconds;
};

struct metrics *metrics_new(void) {
    struct metrics *metrics = calloc(1, sizeof *metrics);
    if (metrics) pthread_mutex_init(&metrics->lock, NULL);
    return metrics;
}

void metrics_free(struct metrics *metrics) {
    if (metrics) pthread_mutex_destroy(&metrics->lock);
    free(metrics);
}

static struct counted *find_op(struct metrics *metrics, const char *op) {
    size_t i = 0;
    while (i + 1 < OPS_MOST && *metrics->ops[i].op && strcmp(metrics->ops[i].op, op) != 0) i++;
    if (!*metrics->ops[i].op) snprintf(metrics->ops[i].op, OP_TEXT, "%s", i + 1 < OPS_MOST ? op : "other");
    return &metrics->ops[i];
}

static void count_status(struct counted *counted, int status) {
    size_t i = 0;
    while (i + 1 < STATUSES_MOST && counted->statuses[i] && counted->statuses[i] != status) i++;
    if (!counted->statuses[i]) counted->statuses[i] = status;
    counted->counts[i]++;
}

void metrics_count(struct metrics *metrics, const char *op, int status, int64_t nanoseconds) {
    double seconds = (double)nanoseconds / 1e9;
    size_t bucket = 0;
    while (bucket < BUCKETS && seconds > bounds[bucket]) bucket++;
    pthread_mutex_lock(&metrics->lock);
    struct counted *counted = find_op(metrics, op);
    count_status(counted, status);
    counted->buckets[bucket]++;
    counted->seconds += seconds;
    pthread_mutex_unlock(&metrics->lock);
}

void metrics_refreshed(struct metrics *metrics, int64_t nanoseconds) {
    pthread_mutex_lock(&metrics->lock);
    metrics->refreshes++;
    metrics->refresh_seconds = (double)nanoseconds / 1e9;
    pthread_mutex_unlock(&metrics->lock);
}

void metrics_reaped(struct metrics *metrics, size_t connections) {
    pthread_mutex_lock(&metrics->lock);
    metrics->reaped += connections;
    pthread_mutex_unlock(&metrics->lock);
}

/* ---- text ---- */

static void write_requests(FILE *out, const struct metrics *metrics) {
    fputs("# HELP ieum_requests_total Requests answered, by operation and status.\n# TYPE ieum_requests_total counter\n", out);
    for (size_t i = 0; i < OPS_MOST; i++)
        for (size_t k = 0; k < STATUSES_MOST; k++)
            if (metrics->ops[i].counts[k])
                fprintf(out, "ieum_requests_total{op=\"%s\",status=\"%d\"} %llu\n", metrics->ops[i].op, metrics->ops[i].statuses[k],
                        (unsigned long long)metrics->ops[i].counts[k]);
}

static void write_durations(FILE *out, const struct metrics *metrics) {
    fputs("# HELP ieum_request_seconds Time from a request's head to the end of its answer.\n# TYPE ieum_request_seconds histogram\n", out);
    for (size_t i = 0; i < OPS_MOST && *metrics->ops[i].op; i++) {
        const struct counted *counted = &metrics->ops[i];
        uint64_t sum = 0;
        for (size_t k = 0; k < BUCKETS; k++) {
            sum += counted->buckets[k];
            fprintf(out, "ieum_request_seconds_bucket{op=\"%s\",le=\"%g\"} %llu\n", counted->op, bounds[k], (unsigned long long)sum);
        }
        sum += counted->buckets[BUCKETS];
        fprintf(out,
                "ieum_request_seconds_bucket{op=\"%s\",le=\"+Inf\"} %llu\nieum_request_seconds_sum{op=\"%s\"} %.6f\n"
                "ieum_request_seconds_count{op=\"%s\"} %llu\n",
                counted->op, (unsigned long long)sum, counted->op, counted->seconds, counted->op, (unsigned long long)sum);
    }
}

static void write_queues(FILE *out, struct server *server) {
    static const struct {
        const char *name, *help, *type;
    } lines[] = {{"ieum_queue_length", "Requests that wait for a worker.", "gauge"},
                 {"ieum_workers", "Workers.", "gauge"},
                 {"ieum_workers_busy", "Workers at work.", "gauge"},
                 {"ieum_work_done_total", "Pieces of work done.", "counter"},
                 {"ieum_rejected_total", "Requests refused because the queue was full or the wait too long.", "counter"},
                 {"ieum_expired_total", "Requests refused because their turn did not come in time.", "counter"}};
    struct work_queue_state states[WORK_KINDS];
    for (size_t kind = 0; kind < WORK_KINDS; kind++) states[kind] = workers_look(server->workers, (enum work_kind)kind);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        fprintf(out, "# HELP %s %s\n# TYPE %s %s\n", lines[i].name, lines[i].help, lines[i].name, lines[i].type);
        for (size_t kind = 0; kind < WORK_KINDS; kind++) {
            const struct work_queue_state *state = &states[kind];
            const uint64_t values[] = {state->length, state->workers, state->running, state->done, state->refused, state->expired};
            fprintf(out, "%s{kind=\"%s\"} %llu\n", lines[i].name, work_kind_name((enum work_kind)kind), (unsigned long long)values[i]);
        }
    }
}

static void write_one(FILE *out, const char *name, const char *help, const char *type, double value) {
    fprintf(out, "# HELP %s %s\n# TYPE %s %s\n%s %.17g\n", name, help, name, type, name, value);
}

char *metrics_text(struct server *server, size_t *size) {
    char *text = NULL;
    FILE *out = open_memstream(&text, size);
    if (!out) return NULL;
    struct metrics *metrics = server->metrics;
    pthread_mutex_lock(&metrics->lock);
    write_requests(out, metrics);
    write_durations(out, metrics);
    write_one(out, "ieum_refreshes_total", "Times the readers got a fresh snapshot.", "counter", (double)metrics->refreshes);
    write_one(out, "ieum_refresh_seconds", "How long the last one took to be made.", "gauge", metrics->refresh_seconds);
    write_one(out, "ieum_connections_dropped_total", "Connections ended because they missed a deadline.", "counter", (double)metrics->reaped);
    pthread_mutex_unlock(&metrics->lock);
    write_queues(out, server);
    write_one(out, "ieum_connections", "Connections that are open.", "gauge", (double)connections_count(server->connections));
    write_one(out, "ieum_connections_total", "Connections so far.", "counter", (double)connections_total(server->connections));
    if (fclose(out) == 0) return text;
    free(text);
    return NULL;
}
