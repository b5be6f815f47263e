/* SPDX-License-Identifier: Apache-2.0 */
#include "uploads.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "connections.h"
#include "known_callers.h"
#include "server_limits.h"
#include "wiped.h"

enum { UPLOADS_MOST = 64 };

struct upload {
    char id[UPLOAD_ID]; /* "": free */
    char account[ACCOUNT_MOST], name[UPLOAD_NAME];
    char *bytes;
    size_t size, capacity, borrowed;
    bool removed; /* once it is given back */
    int64_t until;
};

struct uploads {
    pthread_mutex_t lock;
    const struct server_limits *limits;
    struct upload items[UPLOADS_MOST];
};

struct uploads *uploads_new(const struct server_limits *limits) {
    struct uploads *uploads = calloc(1, sizeof *uploads);
    if (!uploads) return NULL;
    pthread_mutex_init(&uploads->lock, NULL);
    uploads->limits = limits;
    return uploads;
}

static void clear(struct upload *upload) {
    wiped_free(upload->bytes, upload->size);
    *upload = (struct upload){0};
}

/* What somebody reads is cleared when he gives it back. */
static void drop(struct upload *upload) {
    if (upload->borrowed) upload->removed = true;
    else clear(upload);
}

void uploads_free(struct uploads *uploads) {
    if (!uploads) return;
    for (size_t i = 0; i < UPLOADS_MOST; i++) clear(&uploads->items[i]);
    pthread_mutex_destroy(&uploads->lock);
    free(uploads);
}

static struct upload *find(struct uploads *uploads, const char *account, const char *id) {
    for (size_t i = 0; i < UPLOADS_MOST; i++) {
        struct upload *one = &uploads->items[i];
        if (*one->id && !one->removed && strcmp(one->id, id) == 0 && strcmp(one->account, account) == 0) return one;
    }
    return NULL;
}

static bool new_id(char id[UPLOAD_ID]) {
    unsigned char random[16];
    if (getrandom(random, sizeof random, 0) != sizeof random) return false;
    for (size_t i = 0; i < sizeof random; i++) snprintf(id + 2 * i, 3, "%02x", random[i]);
    return true;
}

/* Of an account that has as many as it may, the one begun first makes room: a page that was loaded anew has forgotten it. */
static void make_room(struct uploads *uploads, const char *account) {
    size_t own = 0;
    struct upload *first = NULL;
    for (size_t i = 0; i < UPLOADS_MOST; i++) {
        struct upload *one = &uploads->items[i];
        if (!*one->id || strcmp(one->account, account) != 0) continue;
        own++;
        if (!one->borrowed && (!first || one->until < first->until)) first = one;
    }
    if (own >= uploads->limits->uploads_of_account && first) clear(first);
}

/* A place for one more of the account, NULL: there are too many. */
static struct upload *find_place(struct uploads *uploads, const char *account) {
    size_t all = 0, own = 0;
    struct upload *place = NULL;
    for (size_t i = 0; i < UPLOADS_MOST; i++) {
        struct upload *one = &uploads->items[i];
        all += *one->id != '\0';
        own += *one->id && strcmp(one->account, account) == 0;
        if (!*one->id && !place) place = one;
    }
    return all < uploads->limits->uploads && own < uploads->limits->uploads_of_account ? place : NULL;
}

enum upload_result uploads_begin(struct uploads *uploads, const char *account, const char *name, char id[UPLOAD_ID]) {
    pthread_mutex_lock(&uploads->lock);
    make_room(uploads, account);
    struct upload *upload = find_place(uploads, account);
    enum upload_result result = !upload ? UPLOAD_FULL : new_id(upload->id) ? UPLOAD_OK : UPLOAD_MEMORY;
    if (result == UPLOAD_OK) {
        snprintf(upload->account, sizeof upload->account, "%s", account);
        snprintf(upload->name, sizeof upload->name, "%s", name);
        upload->until = steady_now() + (int64_t)uploads->limits->upload_seconds * 1000000000;
        memcpy(id, upload->id, UPLOAD_ID);
    }
    pthread_mutex_unlock(&uploads->lock);
    return result;
}

static enum upload_result add(const struct uploads *uploads, struct upload *upload, const char *bytes, size_t count) {
    if (count > uploads->limits->upload_bytes - upload->size) return UPLOAD_LARGE;
    if (upload->capacity - upload->size < count) {
        size_t capacity = (upload->size + count) * 2;
        if (capacity > uploads->limits->upload_bytes) capacity = uploads->limits->upload_bytes;
        char *grown = wiped_grow(upload->bytes, upload->size, upload->size, capacity);
        if (!grown) return UPLOAD_MEMORY;
        upload->bytes = grown;
        upload->capacity = capacity;
    }
    if (count) memcpy(upload->bytes + upload->size, bytes, count);
    upload->size += count;
    return UPLOAD_OK;
}

enum upload_result uploads_add(struct uploads *uploads, const char *account, const char *id, size_t offset, const char *bytes, size_t count,
                               size_t *size) {
    pthread_mutex_lock(&uploads->lock);
    struct upload *upload = find(uploads, account, id);
    enum upload_result result = !upload                                      ? UPLOAD_NONE
                                : offset != upload->size || upload->borrowed ? UPLOAD_OFFSET
                                                                             : add(uploads, upload, bytes, count);
    *size = upload ? upload->size : 0;
    pthread_mutex_unlock(&uploads->lock);
    return result;
}

enum upload_result uploads_borrow(struct uploads *uploads, const char *account, const char *id, const char **name, const char **bytes, size_t *size) {
    pthread_mutex_lock(&uploads->lock);
    struct upload *upload = find(uploads, account, id);
    if (upload) {
        upload->borrowed++;
        *name = upload->name;
        *bytes = upload->bytes ? upload->bytes : "";
        *size = upload->size;
    }
    pthread_mutex_unlock(&uploads->lock);
    return upload ? UPLOAD_OK : UPLOAD_NONE;
}

void uploads_give_back(struct uploads *uploads, const char *id, bool done) {
    pthread_mutex_lock(&uploads->lock);
    for (size_t i = 0; i < UPLOADS_MOST; i++) {
        struct upload *one = &uploads->items[i];
        if (!*one->id || strcmp(one->id, id) != 0) continue;
        one->borrowed--;
        if (done) one->removed = true;
        if (one->removed && !one->borrowed) clear(one);
    }
    pthread_mutex_unlock(&uploads->lock);
}

enum upload_result uploads_remove(struct uploads *uploads, const char *account, const char *id) {
    pthread_mutex_lock(&uploads->lock);
    struct upload *upload = find(uploads, account, id);
    if (upload) drop(upload);
    pthread_mutex_unlock(&uploads->lock);
    return upload ? UPLOAD_OK : UPLOAD_NONE;
}

void uploads_expire(struct uploads *uploads) {
    int64_t now = steady_now();
    pthread_mutex_lock(&uploads->lock);
    for (size_t i = 0; i < UPLOADS_MOST; i++)
        if (*uploads->items[i].id && uploads->items[i].until < now) drop(&uploads->items[i]);
    pthread_mutex_unlock(&uploads->lock);
}
