/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Helper programs: what they are given and what they are not, how each end is told, and that limits hold. And the directory of a zip file, by which a workbook is
 * judged before such a program sees it.
 */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/helper_program.h"
#include "base/zip_directory.h"

static const struct helper_limits standard = {.time_ms = 20000, .memory = (uint64_t)1 << 30, .output = 1 << 20};

static enum helper_end run_limited(const char *const *arguments, const char *input, const struct helper_limits *limits, struct buffer *output) {
    struct problem problem = {0};
    enum helper_end end = HELPER_FAILED;
    CHECK_INT(helper_run(arguments, input, strlen(input), limits, output, &end, &problem), IEUM_OK);
    CHECK(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD); /* no zombie is left */
    return end;
}

static enum helper_end run(const char *const *arguments, const char *input, struct buffer *output) { return run_limited(arguments, input, &standard, output); }

TEST(what_goes_in_comes_out) {
    struct buffer output = BUFFER_EMPTY;
    buffer_add_text(&output, "before ");
    CHECK_INT(run((const char *const[]){"cat", HELPER_INPUT, NULL}, "bytes", &output), HELPER_DONE);
    CHECK_INT(run((const char *const[]){"cat", NULL}, "", &output), HELPER_DONE); /* an empty file is one */
    buffer_add_byte(&output, '\0');
    CHECK_TEXT(output.bytes, "before bytes");
    buffer_free(&output);
    /* Also where this process has no standard descriptors, so that the helper's ends come to stand there. */
    int kept[3];
    for (int file = 0; file < 3; file++) kept[file] = fcntl(file, F_DUPFD_CLOEXEC, 10);
    struct buffer again = BUFFER_EMPTY;
    close(0);
    close(1);
    const enum helper_end end = run((const char *const[]){"cat", HELPER_INPUT, NULL}, "bytes", &again);
    for (int file = 0; file < 3; file++) {
        if (kept[file] < 0) continue;
        dup2(kept[file], file);
        close(kept[file]);
    }
    CHECK_INT(end, HELPER_DONE);
    buffer_add_byte(&again, '\0');
    CHECK_TEXT(again.bytes, "bytes");
    buffer_free(&again);
}

TEST(how_it_ended) {
    struct buffer output = BUFFER_EMPTY;
    struct helper_limits limits = standard;
    CHECK_INT(run((const char *const[]){"no-such-program-of-any-name", NULL}, "", &output), HELPER_ABSENT);
    CHECK_INT(run((const char *const[]){"/", NULL}, "", &output), HELPER_ABSENT);
    CHECK_INT(run((const char *const[]){"false", NULL}, "", &output), HELPER_FAILED);
    CHECK_INT(run((const char *const[]){"sh", "-c", "echo some; kill -9 $$", NULL}, "", &output), HELPER_FAILED);
    limits.time_ms = 200;
    CHECK_INT(run_limited((const char *const[]){"sleep", "30", NULL}, "", &limits, &output), HELPER_TIME);
    CHECK_INT(run_limited((const char *const[]){"sh", "-c", "while :; do :; done", NULL}, "", &limits, &output), HELPER_TIME);
    limits = standard;
    limits.output = 5000;
    CHECK_INT(run_limited((const char *const[]){"yes", NULL}, "", &limits, &output), HELPER_OUTPUT);
    CHECK_INT(output.size, 0); /* nothing of what it wrote is kept */
    buffer_free(&output);
}

TEST(what_it_is_not_given) {
    struct buffer output = BUFFER_EMPTY;
    const int secret = open("/dev/null", O_RDONLY); /* kept open across exec by whoever opened it so */
    setenv("IEUM_TEST_SECRET", "x", 1);
    CHECK_INT(run((const char *const[]){"sh", "-c", "env | cut -d= -f1 | grep -v -x -e PWD -e OLDPWD -e SHLVL -e _ | sort; pwd; ls /proc/self/fd | wc -l; ulimit -f", NULL}, "", &output), HELPER_DONE);
    buffer_add_byte(&output, '\0');
    /* ls has its folder open as a fourth, beside its three. */
    CHECK_TEXT(output.bytes, "LANG\nPATH\nPYTHONDONTWRITEBYTECODE\nPYTHONIOENCODING\nPYTHONNOUSERSITE\n/\n4\n0\n");
    buffer_free(&output);
    /* A file that it opens to write stays empty. */
    char path[] = "/tmp/ieum-test-XXXXXX", command[64];
    const int file = mkstemp(path);
    snprintf(command, sizeof command, "echo more >%s", path);
    CHECK_INT(run((const char *const[]){"sh", "-c", command, NULL}, "", &output), HELPER_FAILED);
    CHECK_INT(lseek(file, 0, SEEK_END), 0);
    close(file);
    unlink(path);
    unsetenv("IEUM_TEST_SECRET");
    if (secret >= 0) close(secret);
}

/* ---- zip files ---- */

/* A file with one empty part, its unpacked size as told. */
static size_t write_zip(unsigned char *bytes, const char *name, uint32_t unpacked, const unsigned char *extra, size_t extra_size) {
    const size_t name_size = strlen(name), directory = 46 + name_size + extra_size;
    memset(bytes, 0, 200);
    memcpy(bytes, "PK\x01\x02", 4);
    for (int i = 0; i < 4; i++) bytes[24 + i] = (unsigned char)(unpacked >> (8 * i));
    bytes[28] = (unsigned char)name_size;
    bytes[30] = (unsigned char)extra_size;
    memcpy(bytes + 46, name, name_size);
    if (extra_size) memcpy(bytes + 46 + name_size, extra, extra_size);
    unsigned char *end = bytes + directory;
    memcpy(end, "PK\x05\x06", 4);
    end[8] = end[10] = 1;
    end[12] = (unsigned char)directory;
    return directory + 22;
}

TEST(what_a_zip_file_says_of_itself) {
    unsigned char bytes[256];
    uint64_t total = 7;
    size_t size = write_zip(bytes, "a.xml", 1234567, NULL, 0);
    CHECK(zip_unpacked_size(bytes, size, ".xml", &total) && total == 1234567);
    CHECK(zip_unpacked_size(bytes, size, ".bin", &total) && total == 0);
    for (size_t cut = 0; cut < size; cut++) CHECK(!zip_unpacked_size(bytes, cut, "", &total));
    /* A comment behind its end belongs to it; one that is too short or too long does not. */
    memcpy(bytes + size, "note", 4);
    bytes[size - 2] = 4;
    CHECK(zip_unpacked_size(bytes, size + 4, "", &total) && total == 1234567);
    CHECK(!zip_unpacked_size(bytes, size + 3, "", &total));
    /* More than 4 GiB stand in an extra field; without it the size is not known and counts as beyond all limits. */
    static const unsigned char wide[] = {9, 0, 2, 0, 0, 0, 1, 0, 8, 0, 0, 0, 0, 0, 2, 0, 0, 0};
    size = write_zip(bytes, "a.xml", UINT32_MAX, wide, sizeof wide);
    CHECK(zip_unpacked_size(bytes, size, ".xml", &total) && total == (uint64_t)1 << 33);
    size = write_zip(bytes, "a.xml", UINT32_MAX, wide, 6);
    CHECK(zip_unpacked_size(bytes, size, ".xml", &total) && total == UINT64_MAX);
    /* A directory that says more than there is. */
    size = write_zip(bytes, "a.xml", 1, NULL, 0);
    bytes[size - 22 + 10] = 2;
    CHECK(!zip_unpacked_size(bytes, size, "", &total));
    size = write_zip(bytes, "a.xml", 1, NULL, 0);
    bytes[28] = 200;
    CHECK(!zip_unpacked_size(bytes, size, "", &total));
}

TEST_MAIN(what_goes_in_comes_out, how_it_ended, what_it_is_not_given, what_a_zip_file_says_of_itself)
