/* SPDX-License-Identifier: Apache-2.0 */
#include "files_in.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const size_t MOST_BYTES = ((size_t)64 << 20) + 1;

char *read_whole(const char *path, size_t *size) {
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rbe");
    if (!file) return NULL;
    char *bytes = NULL;
    size_t used = 0, capacity = 0;
    int error = 0;
    for (;;) {
        if (used + 1 >= capacity) {
            capacity = capacity ? capacity * 2 : 65536;
            char *grown = realloc(bytes, capacity);
            if (!grown) {
                error = ENOMEM;
                break;
            }
            bytes = grown;
        }
        size_t got = fread(bytes + used, 1, capacity - used - 1, file);
        used += got;
        if (got == 0 || used >= MOST_BYTES) break;
    }
    if (!error && ferror(file)) error = errno ? errno : EIO;
    if (file != stdin) fclose(file);
    if (error) {
        free(bytes);
        errno = error;
        return NULL;
    }
    bytes[used] = '\0';
    *size = used;
    return bytes;
}

size_t line_of_no_text(const char *bytes, size_t size) {
    size_t line = 1, following = 0;
    for (size_t i = 0; i < size; i++) {
        const unsigned char byte = (unsigned char)bytes[i];
        const bool continues = (byte & 0xC0) == 0x80;
        if (byte == 0 || byte > 0xF4 || continues != (following > 0)) return line;
        following = continues ? following - 1 : byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : byte >= 0xC0 ? 1 : 0;
        line += byte == '\n';
    }
    return following ? line : 0;
}

static char *folder_if_there(const char *start, size_t size, const char *rest) {
    struct stat about;
    size_t whole = size + strlen(rest) + 1;
    char *path = malloc(whole + sizeof "/programs");
    if (!path) return NULL;
    snprintf(path, whole + sizeof "/programs", "%.*s%s/programs", (int)size, start, rest);
    int found = stat(path, &about) == 0 && S_ISDIR(about.st_mode);
    path[whole - 1] = '\0';
    if (found) return path;
    free(path);
    return NULL;
}

char *find_data_folder(void) {
    char self[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", self, sizeof self);
    if (size <= 0 || size >= (ssize_t)sizeof self) return NULL;
    size_t end = (size_t)size;
    /* Up from the program: <prefix>/bin/ieum, or <tree>/build/<preset>/bindings/cli/ieum. */
    for (int level = 1; level <= 5; level++) {
        while (end > 0 && self[end - 1] != '/') end--;
        if (end > 0) end--;
        char *found = level == 2 ? folder_if_there(self, end, "/" IEUM_DATA_FROM_PREFIX) : level == 5 ? folder_if_there(self, end, "/data") : NULL;
        if (found) return found;
    }
    return NULL;
}
