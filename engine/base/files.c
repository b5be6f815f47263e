/* SPDX-License-Identifier: Apache-2.0 */
#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "memory.h"

static ieum_status refuse(struct problem *problem, const char *path, int error) {
    ieum_status status = error == ENOENT || error == ENOTDIR ? IEUM_NOT_FOUND : error == ENOMEM ? IEUM_MEMORY : IEUM_INVALID;
    char reason[128];
    if (strerror_r(error, reason, sizeof reason) != 0) snprintf(reason, sizeof reason, "error %d", error);
    problem_set(problem, status, "", "파일 '%s'을(를) 읽을 수 없습니다 (%s).", "The file '%s' cannot be read (%s).", path, reason);
    problem_set_place(problem, path, 0, 0);
    return status;
}

ieum_status file_read(const char *path, size_t limit, char **bytes, size_t *size, struct problem *problem) {
    ieum_status status = IEUM_OK;
    char *block = NULL;
    size_t used = 0, capacity = 0;
    FILE *file = fopen(path, "rbe");
    if (!file) return refuse(problem, path, errno);
    struct stat about;
    if (fstat(fileno(file), &about) == 0 && S_ISDIR(about.st_mode)) {
        status = refuse(problem, path, EISDIR);
        goto done;
    }
    for (;;) {
        if (used + 1 >= capacity) {
            capacity = capacity ? capacity * 2 : (about.st_size > 0 && (size_t)about.st_size < limit ? (size_t)about.st_size + 2 : 65536);
            char *grown = memory_resize(block, capacity, 1);
            if (!grown) {
                status = problem_set_memory(problem);
                goto done;
            }
            block = grown;
        }
        size_t got = fread(block + used, 1, capacity - used - 1, file);
        used += got;
        if (used > limit) {
            status = problem_set(problem, IEUM_LIMIT, "", "파일 '%s'이(가) 너무 큽니다. 최대 %zu바이트까지 읽습니다.",
                                 "The file '%s' is too large; at most %zu bytes are read.", path, limit);
            problem_set_place(problem, path, 0, 0);
            goto done;
        }
        if (got == 0) break;
    }
    if (ferror(file)) {
        status = refuse(problem, path, EIO);
        goto done;
    }
    block[used] = '\0';
    *bytes = block;
    *size = used;
    block = NULL;
done:
    fclose(file);
    memory_free(block);
    return status;
}

bool file_exists(const char *path) {
    struct stat about;
    return stat(path, &about) == 0;
}

static int compare_names(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static int ends_with(const char *name, const char *ending) {
    size_t size = strlen(name), tail = strlen(ending);
    return size > tail && strcmp(name + size - tail, ending) == 0;
}

/* First pass counts (names NULL), second pass copies; entries that appear in between are left out. */
static void walk_folder(DIR *folder, const char *ending, size_t *count, size_t *bytes, char **names, char *text) {
    size_t most_count = *count, most_bytes = *bytes;
    *count = *bytes = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.' || !ends_with(entry->d_name, ending)) continue;
        size_t size = strlen(entry->d_name) + 1;
        if (names) {
            if (*count + 1 > most_count || *bytes + size > most_bytes) break;
            names[*count] = memcpy(text + *bytes, entry->d_name, size);
        }
        ++*count;
        *bytes += size;
    }
}

ieum_status folder_list(const char *path, const char *ending, char ***names, size_t *count, struct problem *problem) {
    DIR *folder = opendir(path);
    if (!folder) return refuse(problem, path, errno);
    ieum_status status = IEUM_OK;
    size_t found = 0, bytes = 0;
    walk_folder(folder, ending, &found, &bytes, NULL, NULL);
    char **list = memory_allocate((found + 1) * sizeof *list + bytes);
    if (!list) {
        status = problem_set_memory(problem);
        goto done;
    }
    rewinddir(folder);
    walk_folder(folder, ending, &found, &bytes, list, (char *)(list + found + 1));
    qsort(list, found, sizeof *list, compare_names);
    *names = list;
    *count = found;
done:
    closedir(folder);
    return status;
}

bool file_stamp(const char *folder, const char *name, struct buffer *stamp) {
    const time_t now = time(NULL);
    struct stat about;
    char *path = path_join(folder, name);
    bool old = path && stat(path, &about) == 0 && about.st_ctim.tv_sec + 2 < now && about.st_mtim.tv_sec + 2 < now;
    if (old)
        buffer_format(stamp, "%s %lld %llu %llu %lld.%09ld %lld.%09ld\n", name, (long long)about.st_size, (unsigned long long)about.st_dev,
                      (unsigned long long)about.st_ino, (long long)about.st_mtim.tv_sec, about.st_mtim.tv_nsec,
                      (long long)about.st_ctim.tv_sec, about.st_ctim.tv_nsec);
    memory_free(path);
    return old;
}

bool folder_stamp(const char *path, const char *ending, struct buffer *stamp) {
    struct problem ignored = {0};
    char **names = NULL;
    size_t count = 0;
    bool whole = folder_list(path, ending, &names, &count, &ignored) == IEUM_OK;
    for (size_t i = 0; i < count && whole; i++) whole = file_stamp(path, names[i], stamp);
    memory_free(names);
    return whole && !stamp->failed;
}

char *path_join(const char *folder, const char *name) {
    size_t a = strlen(folder), b = strlen(name);
    char *path = memory_allocate(a + b + 2);
    if (path) snprintf(path, a + b + 2, "%s/%s", folder, name);
    return path;
}
