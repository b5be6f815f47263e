/* SPDX-License-Identifier: Apache-2.0 */
#include "file_write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memory.h"

static ieum_status refuse(const char *path, int error, struct problem *problem) {
    if (error == ENOMEM) return problem_set_memory(problem);
    char reason[128];
    const char *text = strerror_r(error, reason, sizeof reason); /* GNU's: may give a text of its own */
    const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
    const bool barred = error == EACCES || error == EPERM || error == EROFS;
    ieum_status status = problem_set(problem, IEUM_STORE, "",
                                     full     ? "디스크가 가득 차서 '%s'을(를) 쓰지 못했습니다. 바뀐 것은 없습니다. (%s)"
                                     : barred ? "'%s'을(를) 쓸 권한이 없습니다. (%s)"
                                              : "'%s'을(를) 쓸 수 없습니다. (%s)",
                                     full     ? "The disk is full: '%s' was not written and nothing has changed. (%s)"
                                     : barred ? "There is no right to write '%s'. (%s)"
                                              : "'%s' cannot be written. (%s)",
                                     path, text);
    problem_set_place(problem, path, 0, 0);
    return status;
}

/* 0 or an errno. */
static int write_all(int descriptor, const char *bytes, size_t size) {
    for (size_t at = 0; at < size;) {
        const ssize_t written = write(descriptor, bytes + at, size - at);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        if (written == 0) return ENOSPC;
        at += (size_t)written;
    }
    return fsync(descriptor) == 0 ? 0 : errno;
}

/* The file of the new name, closed whole; 0 or an errno, and then nothing is left. */
static int write_new(const char *name, const void *bytes, size_t size, const struct stat *model) {
    const int descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) return errno;
    int error = write_all(descriptor, bytes, size);
    if (!error && model && fchmod(descriptor, model->st_mode & 0777) != 0) error = errno;
    if (close(descriptor) != 0 && !error) error = errno;
    if (error) unlink(name);
    return error;
}

static int sync_folder(const char *path) {
    const char *slash = strrchr(path, '/');
    char *folder = memory_allocate(strlen(path) + 2);
    if (!folder) return ENOMEM;
    const size_t size = !slash ? 0 : slash == path ? 1 : (size_t)(slash - path);
    memcpy(folder, size ? path : ".", size ? size : 1);
    folder[size ? size : 1] = '\0';
    const int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    /* Some file systems cannot sync a folder; there the rename itself is all there is. */
    const int error = descriptor < 0 || (fsync(descriptor) != 0 && errno != EINVAL && errno != EROFS) ? errno : 0;
    if (descriptor >= 0) close(descriptor);
    memory_free(folder);
    return error;
}

ieum_status file_write(const char *path, const void *bytes, size_t size, struct problem *problem) {
    struct stat about;
    uint64_t number = 0;
    const bool there = stat(path, &about) == 0;
    if (there && !S_ISREG(about.st_mode)) return refuse(path, S_ISDIR(about.st_mode) ? EISDIR : EINVAL, problem);
    const size_t room = strlen(path) + 32;
    char *name = memory_allocate(room);
    if (!name) return problem_set_memory(problem);
    if (getrandom(&number, sizeof number, 0) != sizeof number) number = (uint64_t)getpid();
    snprintf(name, room, "%s.new-%016llx", path, (unsigned long long)number);
    int error = write_new(name, bytes, size, there ? &about : NULL);
    if (!error && rename(name, path) != 0) {
        error = errno;
        unlink(name);
    }
    if (!error) error = sync_folder(path);
    memory_free(name);
    return error ? refuse(path, error, problem) : IEUM_OK;
}
