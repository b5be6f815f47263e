/* SPDX-License-Identifier: Apache-2.0 */
#include "static_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MOST = 8 << 20, FILES_MOST = 256 };

struct file {
    char name[128];
    const char *type;
    char *bytes;
    size_t size;
    char etag[20];
};

struct static_files {
    struct file files[FILES_MOST];
    size_t count;
};

static const char *type_of(const char *name) {
    static const struct {
        const char *ending, *type;
    } types[] = {
        {".html", "text/html; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"}, {".css", "text/css; charset=utf-8"},
        {".svg", "image/svg+xml"},             {".json", "application/json; charset=utf-8"}, {".png", "image/png"},
        {".ico", "image/x-icon"},              {".woff2", "font/woff2"},
    };
    const char *ending = strrchr(name, '.');
    for (size_t i = 0; ending && i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].ending, ending) == 0) return types[i].type;
    return NULL;
}

static bool is_plain_name(const char *name) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
    return *name != '.' && strlen(name) < sizeof((struct file *)0)->name && name[strspn(name, plain)] == '\0';
}

/* FNV-1a, 64 bits: it tells versions of a file apart, no more. */
static uint64_t mix_bytes(const char *bytes, size_t size) {
    uint64_t hash = 0xcbf29ce484222325;
    for (size_t i = 0; i < size; i++) hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3;
    return hash;
}

static bool read_bytes(int descriptor, char *bytes, size_t size) {
    for (size_t done = 0; done < size;) {
        ssize_t got = read(descriptor, bytes + done, size - done);
        if (got <= 0) return false;
        done += (size_t)got;
    }
    return true;
}

static void read_file(struct static_files *files, int folder, const char *name) {
    struct stat about;
    const char *type = type_of(name);
    if (!type || !is_plain_name(name) || files->count == FILES_MOST) return;
    int descriptor = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return;
    bool good = fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode) && about.st_size <= FILE_MOST;
    char *bytes = good ? malloc((size_t)about.st_size + 1) : NULL;
    if (bytes && read_bytes(descriptor, bytes, (size_t)about.st_size)) {
        struct file *file = &files->files[files->count++];
        *file = (struct file){.type = type, .bytes = bytes, .size = (size_t)about.st_size};
        snprintf(file->name, sizeof file->name, "%s", name);
        snprintf(file->etag, sizeof file->etag, "\"%016llx\"", (unsigned long long)mix_bytes(bytes, file->size));
        bytes = NULL;
    }
    free(bytes);
    close(descriptor);
}

struct static_files *static_files_read(const char *folder) {
    struct static_files *files = calloc(1, sizeof *files);
    DIR *listing = files && folder ? opendir(folder) : NULL;
    for (struct dirent *entry; listing && (entry = readdir(listing));) read_file(files, dirfd(listing), entry->d_name);
    if (listing) closedir(listing);
    return files;
}

void static_files_free(struct static_files *files) {
    for (size_t i = 0; files && i < files->count; i++) free(files->files[i].bytes);
    free(files);
}

bool static_files_answer(const struct static_files *files, struct exchange *exchange, const char *name) {
    const struct file *file = NULL;
    for (size_t i = 0; i < files->count && !file; i++)
        if (strcmp(files->files[i].name, name) == 0) file = &files->files[i];
    if (!file) return false;
    const char *known = exchange_header(exchange, "If-None-Match");
    bool same = known && (strcmp(known, "*") == 0 || strstr(known, file->etag));
    struct reply reply = {.status = same ? 304 : 200,
                          .type = same ? NULL : file->type,
                          .bytes = same ? "" : file->bytes,
                          .size = same ? 0 : file->size,
                          .etag = file->etag,
                          .keep = true};
    exchange_answer(exchange, &reply);
    return true;
}
