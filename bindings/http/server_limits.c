/* SPDX-License-Identifier: Apache-2.0 */
#include "server_limits.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ieum.h"

enum { FILE_MOST = 65536 };

static const struct member {
    const char *name;
    size_t offset;
} members[] = {
#define MEMBER(name) {#name, offsetof(struct server_limits, name)}
    MEMBER(body_bytes), MEMBER(drain_bytes), MEMBER(head_bytes), MEMBER(head_seconds), MEMBER(body_seconds), MEMBER(idle_seconds),
    MEMBER(answer_seconds), MEMBER(drain_seconds), MEMBER(connections), MEMBER(connections_of_origin), MEMBER(read_workers), MEMBER(read_queue),
    MEMBER(write_queue), MEMBER(long_queue), MEMBER(gate_queue), MEMBER(read_wait_ms), MEMBER(write_wait_ms), MEMBER(long_wait_ms),
    MEMBER(gate_wait_ms), MEMBER(retry_seconds), MEMBER(failures_of_origin), MEMBER(failures_overall), MEMBER(failure_window_seconds),
    MEMBER(known_seconds), MEMBER(upload_bytes), MEMBER(upload_seconds), MEMBER(uploads), MEMBER(uploads_of_account), MEMBER(refresh_seconds),
#undef MEMBER
};

static bool read_member(struct server_limits *limits, const struct member *member, const char *bytes, size_t size) {
    char pointer[64], *text = NULL, *end;
    snprintf(pointer, sizeof pointer, "/limits/%s/value", member->name);
    if (ieum_member(bytes, size, pointer, &text) != IEUM_OK) return false;
    errno = 0;
    unsigned long value = strtoul(text, &end, 10);
    bool good = *text >= '0' && *text <= '9' && !*end && errno == 0;
    if (good) *(size_t *)((char *)limits + member->offset) = value;
    ieum_free(text);
    return good;
}

bool server_limits_read(struct server_limits *limits, const char *data_folder, const char **missing) {
    char path[4096], *bytes = malloc(FILE_MOST);
    size_t size = 0;
    *missing = NULL;
    int length = snprintf(path, sizeof path, "%s/server/limits.json", data_folder);
    FILE *file = bytes && length > 0 && (size_t)length < sizeof path ? fopen(path, "rb") : NULL;
    if (file) {
        size = fread(bytes, 1, FILE_MOST, file);
        fclose(file);
    }
    bool good = file && size > 0 && size < FILE_MOST;
    for (size_t i = 0; good && i < sizeof members / sizeof *members; i++) {
        good = read_member(limits, &members[i], bytes, size);
        if (!good) *missing = members[i].name;
    }
    free(bytes);
    return good;
}
