/* SPDX-License-Identifier: Apache-2.0 */
#include "folder_write.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_write.h"
#include "files.h"
#include "memory.h"

static ieum_status refuse(const char *path, int error, struct problem *problem) {
    if (error == ENOMEM) return problem_set_memory(problem);
    const bool taken = error == ENOTEMPTY || error == EEXIST || error == ENOTDIR;
    char reason[128];
    const char *text = strerror_r(error, reason, sizeof reason); /* GNU's: may give a text of its own */
    ieum_status status =
        problem_set(problem, taken ? IEUM_CONFLICT : IEUM_STORE, "",
                    taken ? "'%s'이(가) 비어 있지 않거나 폴더가 아닙니다. 덮어쓰지 않습니다. (%s)" : "폴더 '%s'을(를) 쓸 수 없습니다. (%s)",
                    taken ? "'%s' is not an empty folder; nothing is replaced. (%s)" : "The folder '%s' cannot be written. (%s)", path, text);
    problem_set_place(problem, path, 0, 0);
    return status;
}

/* ENOTEMPTY or ENOTDIR where the place is taken, 0 where it is free or an empty folder. */
static int look_at(const char *path, struct problem *problem) {
    struct stat there;
    char **names = NULL;
    size_t count = 0;
    if (lstat(path, &there) != 0) return errno == ENOENT ? 0 : errno;
    if (!S_ISDIR(there.st_mode)) return ENOTDIR;
    if (folder_list(path, "", &names, &count, problem) != IEUM_OK) return EACCES;
    memory_free(names);
    return count ? ENOTEMPTY : 0;
}

static void remove_made(const char *folder, const struct folder_file *files, size_t count) {
    for (size_t i = 0; i < count; i++) {
        char *path = path_join(folder, files[i].name);
        if (path) unlink(path);
        memory_free(path);
    }
    rmdir(folder);
}

ieum_status folder_write(const char *given, const struct folder_file *files, size_t count, struct problem *problem) {
    size_t size = strlen(given);
    char *path = memory_allocate(size + 1), *beside = memory_allocate(size + 32);
    ieum_status status = path && beside ? IEUM_OK : problem_set_memory(problem);
    size_t written = 0;
    bool made = false;
    if (status != IEUM_OK) goto done;
    memcpy(path, given, size + 1);
    while (size > 1 && path[size - 1] == '/') path[--size] = '\0';
    snprintf(beside, size + 32, "%s.%ld.part", path, (long)getpid());
    int error = look_at(path, problem);
    if (!error && mkdir(beside, 0777) != 0)
        error = errno;
    else
        made = !error;
    if (error) {
        status = refuse(path, error, problem);
        goto done;
    }
    for (; written < count && status == IEUM_OK; written++) {
        char *file = path_join(beside, files[written].name);
        status = file ? file_write(file, files[written].bytes, files[written].size, problem) : problem_set_memory(problem);
        memory_free(file);
    }
    if (status == IEUM_OK && rename(beside, path) != 0)
        status = refuse(path, errno, problem); /* onto an empty folder, which it replaces in one step */
done:
    if (status != IEUM_OK && made) remove_made(beside, files, written);
    memory_free(path);
    memory_free(beside);
    return status;
}
