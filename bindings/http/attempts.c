/* SPDX-License-Identifier: Apache-2.0 */
#include "attempts.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "connections.h"

enum { ORIGINS = 1024 }; /* more at once: the one that is nearest its window's end makes room */

struct tally {
    char origin[48];
    size_t failures;
    int64_t until; /* end of the window */
};

struct attempts {
    pthread_mutex_t lock;
    size_t most_of_origin, most;
    int64_t window;
    struct tally all, origins[ORIGINS];
};

struct attempts *attempts_new(size_t most_of_origin, size_t most, size_t window_seconds) {
    struct attempts *attempts = calloc(1, sizeof *attempts);
    if (!attempts) return NULL;
    pthread_mutex_init(&attempts->lock, NULL);
    attempts->most_of_origin = most_of_origin;
    attempts->most = most;
    attempts->window = (int64_t)window_seconds * 1000000000;
    return attempts;
}

void attempts_free(struct attempts *attempts) {
    if (attempts) pthread_mutex_destroy(&attempts->lock);
    free(attempts);
}

static void write_place(const char *origin, char *place, size_t size) {
    struct in6_addr address;
    snprintf(place, size, "%s", origin);
    if (inet_pton(AF_INET6, origin, &address) != 1 || IN6_IS_ADDR_V4MAPPED(&address)) return;
    memset(address.s6_addr + 8, 0, 8);
    inet_ntop(AF_INET6, &address, place, (socklen_t)size);
}

/* The tally of a place, or the one that makes room for it. */
static struct tally *find(struct attempts *attempts, const char *place) {
    struct tally *oldest = &attempts->origins[0];
    for (size_t i = 0; i < ORIGINS; i++) {
        struct tally *one = &attempts->origins[i];
        if (strcmp(one->origin, place) == 0) return one;
        if (one->until < oldest->until) oldest = one;
    }
    return oldest;
}

static unsigned wait_of(const struct tally *tally, size_t most, int64_t now) {
    if (tally->until <= now || tally->failures < most) return 0;
    return (unsigned)((tally->until - now) / 1000000000 + 1);
}

unsigned attempts_wait(struct attempts *attempts, const char *origin) {
    char place[48];
    int64_t now = steady_now();
    write_place(origin, place, sizeof place);
    pthread_mutex_lock(&attempts->lock);
    const struct tally *tally = find(attempts, place);
    unsigned of_origin = strcmp(tally->origin, place) == 0 ? wait_of(tally, attempts->most_of_origin, now) : 0;
    unsigned of_all = wait_of(&attempts->all, attempts->most, now);
    pthread_mutex_unlock(&attempts->lock);
    return of_origin > of_all ? of_origin : of_all;
}

static void count(struct tally *tally, const char *place, int64_t now, int64_t window) {
    if (tally->until <= now || strcmp(tally->origin, place) != 0) {
        snprintf(tally->origin, sizeof tally->origin, "%s", place);
        tally->failures = 0;
        tally->until = now + window;
    }
    tally->failures++;
}

void attempts_failed(struct attempts *attempts, const char *origin) {
    char place[48];
    int64_t now = steady_now();
    write_place(origin, place, sizeof place);
    pthread_mutex_lock(&attempts->lock);
    count(find(attempts, place), place, now, attempts->window);
    count(&attempts->all, "", now, attempts->window);
    pthread_mutex_unlock(&attempts->lock);
}
