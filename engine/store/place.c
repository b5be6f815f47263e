/* SPDX-License-Identifier: Apache-2.0 */
/* Names of files: looking, and renaming whole files into place. In: paths. Out: files that are there whole. Reads and
 * writes no contents. */
#include "place.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/memory.h"

static ieum_status refuse(const char *path, int error, struct problem *problem) {
    if (error == ENOMEM) return problem_set_memory(problem);
    char reason[128];
    const char *text = strerror_r(error, reason, sizeof reason);
    bool full = error == ENOSPC || error == EDQUOT;
    bool barred = error == EACCES || error == EPERM || error == EROFS;
    const char *ko = full ? "디스크가 가득 차서 '%s'에 쓸 수 없습니다. 바뀐 것은 없습니다. (%s)"
                     : barred ? "'%s'에 쓸 권한이 없습니다. 파일이나 폴더가 읽기 전용입니다. (%s)"
                              : "'%s'을(를) 열거나 쓸 수 없습니다. (%s)";
    const char *en = full     ? "The disk is full: '%s' was not written. (%s)"
                     : barred ? "'%s' cannot be written: the file or its folder is read-only. (%s)"
                              : "'%s' cannot be opened or written. (%s)";
    ieum_status status = problem_set(problem, IEUM_STORE, "", ko, en, path, text);
    problem_set_place(problem, path, 0, 0);
    return status;
}

/* A named pipe would make an open wait for ever: anything but a plain file is turned away by its kind. */
ieum_status place_look(const char *path, enum place_kind *kind, struct problem *problem) {
    struct stat about;
    ieum_status status = IEUM_OK;
    if (stat(path, &about) != 0) {
        if (errno != ENOENT) return refuse(path, errno, problem);
        *kind = PLACE_NOTHING;
    } else if (S_ISREG(about.st_mode)) {
        *kind = about.st_size == 0 ? PLACE_EMPTY : PLACE_FILE;
    } else {
        status = S_ISDIR(about.st_mode)
                     ? problem_set(problem, IEUM_STORE, "", "'%s'은(는) 폴더입니다. 저장소 파일의 경로를 주십시오.",
                                   "'%s' is a folder; give the path of a store file.", path)
                     : problem_set(problem, IEUM_STORE, "", "'%s'은(는) 일반 파일이 아니어서 저장소로 쓸 수 없습니다.",
                                   "'%s' is not a plain file and cannot be a store.", path);
        problem_set_place(problem, path, 0, 0);
    }
    return status;
}

bool place_same(const char *a, const char *b) {
    struct stat about_a, about_b;
    return stat(a, &about_a) == 0 && stat(b, &about_b) == 0 && about_a.st_dev == about_b.st_dev &&
           about_a.st_ino == about_b.st_ino;
}

/* The folder part of a path, "." when it has none. */
static char *folder_of(const char *path) {
    const char *slash = strrchr(path, '/');
    size_t size = !slash ? 0 : slash == path ? 1 : (size_t)(slash - path);
    char *folder = memory_allocate(size + 2);
    if (!folder) return NULL;
    memcpy(folder, path, size);
    if (size == 0) folder[size++] = '.';
    folder[size] = '\0';
    return folder;
}

bool place_writable(const char *path) {
    char *folder = folder_of(path);
    bool writable = folder && access(folder, W_OK) == 0;
    memory_free(folder);
    return writable;
}

char *place_name(const char *path, const char *ending) {
    size_t size = strlen(path), more = strlen(ending);
    char *name = memory_allocate(size + more + 1);
    if (!name) return NULL;
    memcpy(name, path, size);
    memcpy(name + size, ending, more + 1);
    return name;
}

bool place_has_journal(const char *path) {
    static const char *const endings[] = {"-journal", "-wal"};
    bool found = false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings && !found; i++) {
        char name[PATH_MAX + 16];
        struct stat about;
        int size = snprintf(name, sizeof name, "%s%s", path, endings[i]);
        found = size > 0 && (size_t)size < sizeof name && stat(name, &about) == 0 && about.st_size > 0;
    }
    return found;
}

ieum_status place_like(const char *made, const char *model, struct problem *problem) {
    struct stat about;
    if (stat(model, &about) != 0) return refuse(model, errno, problem);
    return chmod(made, about.st_mode & 0777) == 0 ? IEUM_OK : refuse(made, errno, problem);
}

char *place_beside(const char *path) {
    uint64_t number = 0;
    size_t size = strlen(path) + 32;
    char *name = memory_allocate(size);
    if (!name) return NULL;
    if (getrandom(&number, sizeof number, 0) != sizeof number) number = (uint64_t)getpid();
    snprintf(name, size, "%s.new-%016llx", path, (unsigned long long)number);
    return name;
}

static ieum_status sync_folder(const char *path, struct problem *problem) {
    char *folder = folder_of(path);
    if (!folder) return problem_set_memory(problem);
    ieum_status status = IEUM_OK;
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    /* Some file systems cannot sync a folder (EINVAL); there the rename itself is all there is. */
    if (descriptor < 0 || (fsync(descriptor) != 0 && errno != EINVAL && errno != EROFS))
        status = refuse(path, errno, problem);
    if (descriptor >= 0) close(descriptor);
    memory_free(folder);
    return status;
}

/* Renames unless the name is taken, on any file system: the kernel's own way, else a second name. */
static int rename_new(const char *made, const char *path) {
    if (renameat2(AT_FDCWD, made, AT_FDCWD, path, RENAME_NOREPLACE) == 0) return 0;
    if (errno != EINVAL && errno != ENOSYS) return -1;
    if (link(made, path) != 0) return -1;
    unlink(made);
    return 0;
}

ieum_status place_put(const char *made, const char *path, bool replace, bool *taken, struct problem *problem) {
    *taken = false;
    if ((replace ? rename(made, path) : rename_new(made, path)) != 0) {
        if (replace || errno != EEXIST) return refuse(path, errno, problem);
        *taken = true;
        return IEUM_OK;
    }
    return sync_folder(path, problem);
}

/* A second name for the old file first, then one rename over it: at no moment does the name lead nowhere. */
ieum_status place_swap(const char *made, const char *path, const char *old, struct problem *problem) {
    ieum_status status = IEUM_OK;
    char *journal = place_name(path, "-journal"), *old_journal = place_name(old, "-journal");
    if (!journal || !old_journal) status = problem_set_memory(problem);
    if (status == IEUM_OK && rename(journal, old_journal) != 0 && errno != ENOENT)
        status = refuse(journal, errno, problem);
    if (status == IEUM_OK) {
        unlink(old);
        if ((link(path, old) != 0 && rename(path, old) != 0) || rename(made, path) != 0)
            status = refuse(path, errno, problem);
    }
    if (status == IEUM_OK) status = sync_folder(path, problem);
    memory_free(journal);
    memory_free(old_journal);
    return status;
}
