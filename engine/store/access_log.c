/* SPDX-License-Identifier: Apache-2.0 */
#include "access_log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SEOUL_S = 9 * 3600 };

void access_time(int64_t seconds, char text[ACCESS_TIME]) {
    const time_t seoul = (time_t)(seconds + SEOUL_S);
    struct tm parts;
    gmtime_r(&seoul, &parts);
    strftime(text, ACCESS_TIME, "%Y-%m-%dT%H:%M:%S+09:00", &parts);
}

bool access_month_valid(const char *month) {
    static const char form[] = "dddd-dd";
    if (strlen(month) != sizeof form - 1) return false;
    for (size_t i = 0; form[i]; i++)
        if (form[i] == 'd' ? month[i] < '0' || month[i] > '9' : month[i] != form[i]) return false;
    return strcmp(month + 5, "01") >= 0 && strcmp(month + 5, "12") <= 0;
}

static ieum_status refuse(const char *path, int error, struct problem *problem) {
    ieum_status status = problem_set(problem, IEUM_STORE, "", "접속기록 '%s'을(를) 쓸 수 없어 답하지 않았습니다. 바뀐 것은 없습니다. (%s)",
                                     "The access log '%s' cannot be written, so nothing was answered or changed (%s).", path, strerror(error));
    problem_set_place(problem, path, 0, 0);
    return status;
}

/* The whole line or nothing of it: what a full disk cut off is taken back while the lock is held. */
static int write_line(int file, const char *bytes, size_t size) {
    struct stat before;
    if (flock(file, LOCK_EX) != 0 || fstat(file, &before) != 0) return errno;
    const ssize_t written = write(file, bytes, size);
    if (written == (ssize_t)size) return 0;
    const int error = written < 0 ? errno : ENOSPC;
    if (written > 0 && ftruncate(file, before.st_size) != 0) return EIO;
    return error;
}

static int append_line(const char *folder, const char *path, const char *bytes, size_t size) {
    const int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
    int file = open(path, flags, 0600);
    if (file < 0 && errno == ENOENT && (mkdir(folder, 0700) == 0 || errno == EEXIST)) file = open(path, flags, 0600);
    if (file < 0) return errno;
    int error = write_line(file, bytes, size);
    if (close(file) != 0 && !error) error = errno;
    return error;
}

ieum_status access_append(const char *folder, const jval *entry, struct problem *problem) {
    char *line = NULL;
    struct buffer path = BUFFER_EMPTY, bytes = BUFFER_EMPTY;
    const char *time = jval_text(jval_get(entry, "time"));
    ieum_status status = jval_write(entry, false, &line, problem);
    if (status == IEUM_OK) {
        buffer_format(&path, "%s/access-%.7s.jsonl", folder, time);
        buffer_add_text(&bytes, line);
        buffer_add_byte(&bytes, '\n');
        if (path.failed || bytes.failed) status = problem_set_memory(problem);
    }
    if (status == IEUM_OK) {
        const int error = append_line(folder, path.bytes, bytes.bytes, bytes.size);
        if (error) status = refuse(path.bytes, error, problem);
    }
    buffer_free(&path);
    buffer_free(&bytes);
    memory_free(line);
    return status;
}
