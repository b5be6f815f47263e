/* SPDX-License-Identifier: Apache-2.0 */
#include "refresh.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "engine_json.h"
#include "server.h"

enum { SAMPLES = 4, SAMPLE_MOST = 4096, PROGRAM_TEXT = 80 };

/* A suggestion as it was asked, one a program. */
struct sample {
    char program[PROGRAM_TEXT];
    char *request;
    size_t size;
};

struct refresh {
    struct server *server;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t news;
    bool soon, stops;
    struct sample samples[SAMPLES];
    size_t next; /* the sample that makes room */
    ieum_engine *watcher;
    uint32_t changes;
    char served[160]; /* the state that the readers answer from */
};

/* ---- what to warm up with ---- */

void refresh_note(struct refresh *refresh, const char *op, const char *request, size_t size) {
    char program[PROGRAM_TEXT];
    if (!refresh || strcmp(op, "suggest") != 0 || size == 0 || size > SAMPLE_MOST) return;
    engine_json_copy(request, "/program", program, sizeof program);
    pthread_mutex_lock(&refresh->lock);
    bool known = false;
    for (size_t i = 0; i < SAMPLES; i++) known = known || strcmp(refresh->samples[i].program, program) == 0;
    char *copy = known ? NULL : malloc(size + 1);
    if (copy) {
        struct sample *sample = &refresh->samples[refresh->next++ % SAMPLES];
        free(sample->request);
        memcpy(copy, request, size);
        copy[size] = '\0';
        *sample = (struct sample){.request = copy, .size = size};
        snprintf(sample->program, sizeof sample->program, "%s", program);
    }
    pthread_mutex_unlock(&refresh->lock);
}

static void ask(ieum_engine *engine, const char *request, size_t size) {
    char *reply = NULL;
    ieum_call(engine, request, size, &reply);
    ieum_free(reply);
}

/* The request with its operation in front, which a client gives in the path. */
static void ask_sample(ieum_engine *engine, const struct sample *sample) {
    const char *open = memchr(sample->request, '{', sample->size);
    char *request = open ? malloc(sample->size + 20) : NULL;
    if (request) ask(engine, request, (size_t)sprintf(request, "{\"op\":\"suggest\",%s", open + 1));
    free(request);
}

/* Nothing was asked yet: a short suggestion of each of the first programs. */
static void ask_programs(ieum_engine *engine) {
    static const char list[] = "{\"op\":\"program\",\"action\":\"list\"}";
    char pointer[48], program[PROGRAM_TEXT], request[PROGRAM_TEXT + 80], *reply = NULL;
    if (ieum_call(engine, list, sizeof list - 1, &reply) == IEUM_OK) {
        for (size_t i = 0; i < SAMPLES; i++) {
            snprintf(pointer, sizeof pointer, "/result/programs/%zu/id", i); /* an id needs no escaping */
            engine_json_copy(reply, pointer, program, sizeof program);
            if (*program) ask(engine, request, (size_t)sprintf(request, "{\"op\":\"suggest\",\"program\":\"%s\",\"need\":\"AI\",\"k\":1}", program));
        }
    }
    ieum_free(reply);
}

static void warm(struct refresh *refresh, ieum_engine *engine) {
    struct sample samples[SAMPLES] = {0};
    bool any = false;
    pthread_mutex_lock(&refresh->lock);
    for (size_t i = 0; i < SAMPLES; i++) {
        if (!refresh->samples[i].request || !(samples[i].request = strdup(refresh->samples[i].request))) continue;
        samples[i].size = refresh->samples[i].size;
        any = true;
    }
    pthread_mutex_unlock(&refresh->lock);
    if (!any) ask_programs(engine);
    for (size_t i = 0; i < SAMPLES; i++) {
        if (samples[i].request) ask_sample(engine, &samples[i]);
        free(samples[i].request);
    }
}

/* ---- swapping ---- */

static bool swap_one(struct refresh *refresh, size_t reader) {
    ieum_engine *fresh = NULL;
    char *problem = NULL;
    if (workers_open_engine(refresh->server, WORK_READ, NULL, &fresh, &problem) != IEUM_OK) {
        ieum_free(problem);
        return false;
    }
    warm(refresh, fresh);
    ieum_close(workers_swap(refresh->server->workers, reader, fresh));
    return true;
}

static bool stops(struct refresh *refresh) {
    pthread_mutex_lock(&refresh->lock);
    bool stopping = refresh->stops;
    pthread_mutex_unlock(&refresh->lock);
    return stopping;
}

/* Looks at the store; where it holds other suppliers than are served, all readers get them. Should they change once more meanwhile, the next look tells. */
static void look(struct refresh *refresh) {
    char *state = NULL;
    uint32_t changes = refresh->changes;
    ieum_status status = ieum_state(refresh->watcher, &changes, &state);
    if (status == IEUM_OK && state && strcmp(state, refresh->served) != 0) {
        int64_t begun = steady_now();
        bool good = true;
        for (size_t i = 0; i < workers_readers(refresh->server->workers) && good && !stops(refresh); i++) good = swap_one(refresh, i);
        if (good) {
            snprintf(refresh->served, sizeof refresh->served, "%s", state);
            metrics_refreshed(refresh->server->metrics, steady_now() - begun);
        } else changes = refresh->changes; /* again at the next look */
    }
    if (status == IEUM_OK) refresh->changes = changes;
    ieum_free(state);
}

static void wait_for_news(struct refresh *refresh) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += (time_t)refresh->server->limits.refresh_seconds;
    pthread_mutex_lock(&refresh->lock);
    while (!refresh->soon && !refresh->stops && pthread_cond_timedwait(&refresh->news, &refresh->lock, &until) != ETIMEDOUT)
        ;
    refresh->soon = false;
    pthread_mutex_unlock(&refresh->lock);
}

static void *run(void *context) {
    struct refresh *refresh = context;
    while (!stops(refresh)) {
        look(refresh);
        atomic_store(&refresh->server->ready, true);
        wait_for_news(refresh);
    }
    return NULL;
}

struct refresh *refresh_start(struct server *server) {
    struct refresh *refresh = calloc(1, sizeof *refresh);
    char *problem = NULL;
    if (!refresh) return NULL;
    refresh->server = server;
    pthread_mutex_init(&refresh->lock, NULL);
    pthread_cond_init(&refresh->news, NULL);
    bool good = workers_open_engine(server, WORK_GATE, NULL, &refresh->watcher, &problem) == IEUM_OK;
    ieum_free(problem);
    if (good && pthread_create(&refresh->thread, NULL, run, refresh) == 0) return refresh;
    ieum_close(refresh->watcher);
    free(refresh);
    return NULL;
}

void refresh_soon(struct refresh *refresh) {
    if (!refresh) return;
    pthread_mutex_lock(&refresh->lock);
    refresh->soon = true;
    pthread_cond_signal(&refresh->news);
    pthread_mutex_unlock(&refresh->lock);
}

void refresh_stop(struct refresh *refresh) {
    if (!refresh) return;
    pthread_mutex_lock(&refresh->lock);
    refresh->stops = true;
    pthread_cond_signal(&refresh->news);
    pthread_mutex_unlock(&refresh->lock);
    pthread_join(refresh->thread, NULL);
    ieum_close(refresh->watcher);
    for (size_t i = 0; i < SAMPLES; i++) free(refresh->samples[i].request);
    pthread_cond_destroy(&refresh->news);
    pthread_mutex_destroy(&refresh->lock);
    free(refresh);
}
