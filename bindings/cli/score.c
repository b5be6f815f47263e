/* SPDX-License-Identifier: Apache-2.0 */
/* The rows are read in pieces of whole lines, so that a file may be larger than memory. */
#include "score.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_out.h"

static const size_t PIECE = (size_t)4 << 20, MOST_MODEL = (size_t)4 << 30;

static int refuse_file(const struct session *session, const char *path, bool writing) {
    const int error = errno;
    fprintf(stderr,
            session->korean ? (writing ? "ieum: 파일 '%s'에 쓸 수 없습니다 (%s).\n" : "ieum: 파일 '%s'을(를) 읽을 수 없습니다 (%s).\n")
                            : (writing ? "ieum: the file '%s' cannot be written (%s).\n" : "ieum: the file '%s' cannot be read (%s).\n"),
            path, strerror(error));
    return ieum_status_exit(error == ENOMEM ? IEUM_MEMORY : error == ENOENT && !writing ? IEUM_NOT_FOUND : IEUM_INVALID);
}

/* Tells the problem of a call; its exit status. Takes the problem. */
static int refuse_problem(const struct session *session, ieum_status status, char *problem) {
    char *message = NULL;
    if (problem) ieum_render(session->engine, problem, strlen(problem), "table", 100, &message);
    fputs(message ? message : ieum_status_code(status), stderr);
    ieum_free(message);
    ieum_free(problem);
    return ieum_status_exit(status);
}

/* ---- reading ---- */

/* A file that is read piece by piece: bytes[0 .. used) are there, nothing more comes when `ended`. */
struct source {
    int file;
    char *bytes;
    size_t used, room;
    bool ended;
};

static bool source_open(struct source *source, const char *path) {
    *source = (struct source){.file = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)};
    return source->file >= 0;
}

static void source_close(struct source *source) {
    if (source->file > STDIN_FILENO) close(source->file);
    free(source->bytes);
}

/* Fills up to `wanted` bytes, or to the end. False with errno set. */
static bool source_fill(struct source *source, size_t wanted) {
    if (source->room < wanted) {
        char *grown = realloc(source->bytes, wanted);
        if (!grown) {
            errno = ENOMEM;
            return false;
        }
        source->bytes = grown;
        source->room = wanted;
    }
    while (source->used < wanted && !source->ended) {
        const ssize_t got = read(source->file, source->bytes + source->used, wanted - source->used);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        source->used += (size_t)got;
        source->ended = got == 0;
    }
    return true;
}

/* How many bytes are whole lines, after filling; grows while a line is longer than a piece. */
static bool source_lines(struct source *source, size_t *size) {
    for (size_t wanted = PIECE;; wanted *= 2) {
        if (!source_fill(source, wanted)) return false;
        const char *feed = source->ended ? NULL : memrchr(source->bytes, '\n', source->used);
        *size = feed ? (size_t)(feed - source->bytes) + 1 : source->used;
        if (feed || source->ended) return true;
    }
}

static void source_drop(struct source *source, size_t size) {
    memmove(source->bytes, source->bytes + size, source->used - size);
    source->used -= size;
}

static int open_scorer(const struct session *session, const char *path, ieum_scorer **scorer) {
    struct source source;
    char *problem = NULL;
    int result = 0;
    struct stat about;
    if (!source_open(&source, path)) return refuse_file(session, path, false);
    size_t wanted = fstat(source.file, &about) == 0 && about.st_size > 0 ? (size_t)about.st_size + 1 : PIECE;
    bool whole = source_fill(&source, wanted);
    while (whole && !source.ended && wanted < MOST_MODEL) whole = source_fill(&source, wanted *= 2);
    if (whole && !source.ended) {
        errno = EFBIG;
        whole = false;
    }
    if (!whole) result = refuse_file(session, path, false);
    if (result == 0) {
        const ieum_status status = ieum_scorer_open(session->engine, source.bytes, source.used, path, scorer, &problem);
        if (status != IEUM_OK) result = refuse_problem(session, status, problem);
    }
    source_close(&source);
    return result;
}

/* ---- scoring ---- */

static int say(const struct session *session, const struct score_choice *choice, const ieum_scorer *scorer, const ieum_score_tally *tally) {
    char *text = NULL, *problem = NULL;
    const ieum_status status = ieum_score_messages(scorer, choice->probabilities, tally, &text, &problem);
    if (status != IEUM_OK) return refuse_problem(session, status, problem);
    FILE *stream = strcmp(choice->out, "-") == 0 ? stderr : stdout; /* not among the rows */
    const bool told = choice->quiet || (fputs(text, stream) >= 0 && fflush(stream) == 0);
    ieum_free(text);
    return told ? 0 : ieum_status_exit(IEUM_INTERNAL);
}

static int score_source(const struct session *session, const struct score_choice *choice, ieum_scorer *scorer, struct source *source, struct file_out *out,
                        ieum_score_tally *tally) {
    bool last = false;
    while (!last) {
        size_t size, text_size;
        char *text, *problem;
        if (!source_lines(source, &size)) return refuse_file(session, choice->rows, false);
        last = source->ended;
        const ieum_status status = ieum_score_text(scorer, choice->rows, source->bytes, size, choice->probabilities, tally, &text, &text_size, &problem);
        if (status != IEUM_OK) return refuse_problem(session, status, problem);
        const bool written = file_out_add(out, text, text_size);
        ieum_free(text);
        if (!written) return refuse_file(session, choice->out, true);
        source_drop(source, size);
    }
    return 0;
}

int score_files(const struct session *session, const struct score_choice *choice) {
    ieum_scorer *scorer = NULL;
    struct source source = {.file = -1};
    struct file_out out = {0};
    ieum_score_tally tally = {0};
    if (strcmp(choice->rows, "-") == 0 && strcmp(choice->model, "-") == 0)
        return refuse_usage(session->korean, "표준 입력은 하나만 읽을 수 있습니다", "only one of the two can be standard input", "-");
    int result = open_scorer(session, choice->model, &scorer);
    if (result == 0 && !source_open(&source, choice->rows)) result = refuse_file(session, choice->rows, false);
    if (result == 0) result = say(session, choice, scorer, NULL);
    if (result == 0 && !file_out_open(&out, choice->out)) result = refuse_file(session, choice->out, true);
    if (result == 0) result = score_source(session, choice, scorer, &source, &out, &tally);
    if (result == 0 && !file_out_keep(&out)) result = refuse_file(session, choice->out, true);
    if (result == 0) result = say(session, choice, scorer, &tally);
    file_out_close(&out);
    source_close(&source);
    ieum_scorer_close(scorer);
    return result;
}
