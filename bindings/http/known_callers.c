/* SPDX-License-Identifier: Apache-2.0 */
#include "known_callers.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "connections.h"

enum { ENTRIES = 256 };

struct entry {
    char secret[SECRET_MOST]; /* filled up with zeros */
    bool session;
    int64_t until;
    struct caller caller;
};

struct known_callers {
    pthread_mutex_t lock;
    int64_t keep;
    uint64_t generation; /* how often something was forgotten */
    size_t next; /* the entry that makes room */
    struct entry entries[ENTRIES];
};

bool secret_equal(const char *a, const char *b) {
    size_t size = strlen(a);
    unsigned char different = size != strlen(b);
    if (different) return false;
    for (size_t i = 0; i < size; i++) different |= (unsigned char)(a[i] ^ b[i]);
    return !different;
}

static bool fields_equal(const char a[SECRET_MOST], const char b[SECRET_MOST]) {
    unsigned char different = 0;
    for (size_t i = 0; i < SECRET_MOST; i++) different |= (unsigned char)(a[i] ^ b[i]);
    return !different;
}

struct known_callers *known_callers_new(size_t seconds) {
    struct known_callers *known = calloc(1, sizeof *known);
    if (!known) return NULL;
    pthread_mutex_init(&known->lock, NULL);
    known->keep = (int64_t)seconds * 1000000000;
    return known;
}

static void wipe(struct known_callers *known) { explicit_bzero(known->entries, sizeof known->entries); }

void known_callers_free(struct known_callers *known) {
    if (!known) return;
    wipe(known);
    pthread_mutex_destroy(&known->lock);
    free(known);
}

static bool write_secret(char field[SECRET_MOST], const char *secret) {
    size_t size = strlen(secret);
    if (size == 0 || size > SECRET_MOST) return false;
    memset(field, 0, SECRET_MOST);
    memcpy(field, secret, size);
    return true;
}

/* The entry of a secret, NULL: there is none. Under the lock. */
static struct entry *look_up(struct known_callers *known, const char *secret, bool session) {
    char field[SECRET_MOST];
    struct entry *found = NULL;
    if (!write_secret(field, secret)) return NULL;
    for (size_t i = 0; i < ENTRIES; i++) {
        struct entry *entry = &known->entries[i];
        bool same = fields_equal(entry->secret, field);
        if (same && entry->session == session) found = entry;
    }
    explicit_bzero(field, sizeof field);
    return found;
}

bool known_callers_find(struct known_callers *known, const char *secret, bool session, struct caller *caller) {
    pthread_mutex_lock(&known->lock);
    const struct entry *entry = look_up(known, secret, session);
    bool found = entry && entry->until > steady_now();
    if (found) *caller = entry->caller;
    pthread_mutex_unlock(&known->lock);
    return found;
}

bool known_callers_recalls(struct known_callers *known, const char *secret, bool session) {
    pthread_mutex_lock(&known->lock);
    bool found = look_up(known, secret, session) != NULL;
    pthread_mutex_unlock(&known->lock);
    return found;
}

uint64_t known_callers_generation(struct known_callers *known) {
    pthread_mutex_lock(&known->lock);
    uint64_t generation = known->generation;
    pthread_mutex_unlock(&known->lock);
    return generation;
}

/* Under the lock. */
static void put(struct known_callers *known, const struct entry *entry) {
    size_t place = known->next;
    for (size_t i = 0; i < ENTRIES; i++)
        if (fields_equal(known->entries[i].secret, entry->secret)) place = i;
    if (place == known->next) known->next = (known->next + 1) % ENTRIES;
    known->entries[place] = *entry;
}

void known_callers_add(struct known_callers *known, const char *secret, bool session, const struct caller *caller, uint64_t generation) {
    struct entry entry = {.session = session, .until = steady_now() + known->keep, .caller = *caller};
    if (!write_secret(entry.secret, secret)) return;
    pthread_mutex_lock(&known->lock);
    if (known->generation == generation) put(known, &entry); /* else it may have been looked up before the change */
    pthread_mutex_unlock(&known->lock);
    explicit_bzero(&entry, sizeof entry);
}

void known_callers_forget(struct known_callers *known) {
    pthread_mutex_lock(&known->lock);
    known->generation++;
    for (size_t i = 0; i < ENTRIES; i++) known->entries[i].until = 0;
    pthread_mutex_unlock(&known->lock);
}

void known_callers_drop(struct known_callers *known, const char *secret) {
    pthread_mutex_lock(&known->lock);
    known->generation++;
    for (int session = 0; session < 2; session++) {
        struct entry *entry = look_up(known, secret, session);
        if (entry) explicit_bzero(entry, sizeof *entry);
    }
    pthread_mutex_unlock(&known->lock);
}
