/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ieum (이음): a matchmaking engine for demand firms and AI suppliers.
 *
 * This is the one public header. The waist of the library is text: one JSON request in, one JSON
 * reply out (`ieum_call`). Beside it stand `ieum_import` for files that are not JSON (CSV in CP949
 * cannot travel inside a JSON string) and `ieum_render`, which turns a reply into a table or a TREC
 * run. The library never prints, exits, changes the locale or touches a global random state.
 *
 *     ieum_options options;
 *     ieum_engine *engine;
 *     char *reply;
 *     ieum_options_init(&options);
 *     options.store_path = "ieum.db";
 *     if (ieum_open(&options, &engine, &reply) == IEUM_OK) {
 *         ieum_call(engine, "{\"op\":\"program\"}", 16, &reply);
 *         puts(reply);
 *         ieum_free(reply);
 *         ieum_close(engine);
 *     }
 */
#ifndef IEUM_H
#define IEUM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(IEUM_BUILD) && defined(__GNUC__)
#define IEUM_API __attribute__((visibility("default")))
#else
#define IEUM_API
#endif

/* ---- version ---------------------------------------------------------------------------------- */

#define IEUM_VERSION_MAJOR 0
#define IEUM_VERSION_MINOR 1
#define IEUM_VERSION_PATCH 0
/* One number to compare: major * 10000 + minor * 100 + patch. */
#define IEUM_VERSION_NUMBER (IEUM_VERSION_MAJOR * 10000 + IEUM_VERSION_MINOR * 100 + IEUM_VERSION_PATCH)

/* The version of the library that is running, as IEUM_VERSION_NUMBER and as text ("0.1.0"). */
IEUM_API int ieum_version_number(void);
IEUM_API const char *ieum_version_text(void);

/* ---- status ----------------------------------------------------------------------------------- */

/* name, code in replies, exit status of the command line, HTTP status (RFC 9457), Korean, English */
#define IEUM_STATUS_LIST(X)                                                                            \
    X(OK, "ok", 0, 200, "정상", "ok")                                                                  \
    X(USAGE, "usage", 2, 400, "사용법이 맞지 않습니다", "wrong usage")                                 \
    X(INVALID, "invalid", 3, 400, "입력이 올바르지 않습니다", "invalid input")                         \
    X(NOT_FOUND, "not_found", 4, 404, "찾을 수 없습니다", "not found")                                 \
    X(CONFLICT, "conflict", 5, 409, "현재 상태와 충돌합니다", "conflict with the present state")       \
    X(STORE, "store", 6, 500, "저장소를 쓸 수 없습니다", "the store cannot be used")                   \
    X(LIMIT, "limit", 7, 413, "한도를 넘었습니다", "a limit was exceeded")                             \
    X(MEMORY, "memory", 7, 503, "메모리가 부족합니다", "out of memory")                                \
    X(INTERNAL, "internal", 1, 500, "엔진 내부 오류입니다", "an error inside the engine")

typedef enum ieum_status {
#define IEUM_STATUS_ENUM(name, code, exit_status, http, ko, en) IEUM_##name,
    IEUM_STATUS_LIST(IEUM_STATUS_ENUM)
#undef IEUM_STATUS_ENUM
        IEUM_STATUS_COUNT
} ieum_status;

IEUM_API const char *ieum_status_code(ieum_status status);
IEUM_API int ieum_status_exit(ieum_status status);
IEUM_API int ieum_status_http(ieum_status status);

/* ---- options ---------------------------------------------------------------------------------- */

/* Called with messages for the operator; `level` is "info", "warning" or "progress" (where long work is; the next one replaces it). May be NULL. */
typedef void (*ieum_log_function)(void *context, const char *level, const char *message);

typedef struct ieum_options {
    size_t size;            /* sizeof(ieum_options), set by ieum_options_init: lets the struct grow */
    const char *store_path; /* the SQLite file; NULL: no store, records come in the request */
    const char *data_path;  /* folder with programs/, lexicon/, taxonomy/; NULL: $IEUM_DATA, else the installed one */
    const char *language;   /* "ko" or "en"; NULL: "ko" */
    const char *now;        /* "YYYY-MM-DD", the date the engine takes as today; NULL: the clock (Asia/Seoul) */
    int threads;            /* worker threads, 1..256; 0: one per processor. Never changes a result. */
    ieum_log_function log;
    void *log_context;
} ieum_options;

IEUM_API void ieum_options_init(ieum_options *options);

/* ---- engine ----------------------------------------------------------------------------------- */

typedef struct ieum_engine ieum_engine;

/*
 * Opens an engine. On success `*engine` is owned by the caller (close with ieum_close) and `*problem`
 * is NULL; on failure `*engine` is NULL and `*problem`, if wanted (`problem` may be NULL), is a JSON
 * reply with a "problem" member, to be freed with ieum_free. The store is not opened before a
 * request needs it. An engine serves one call at a time; open one per thread.
 */
IEUM_API ieum_status ieum_open(const ieum_options *options, ieum_engine **engine, char **problem);
IEUM_API void ieum_close(ieum_engine *engine);

/*
 * Answers one request: `request` is one JSON object of `size` bytes with an "op". `*reply` is always a
 * NUL-terminated JSON object, {"id"?, "result"} or {"id"?, "problem"}, freed with ieum_free; it is NULL
 * only when there is no memory even for the problem. The status is that of the problem.
 */
IEUM_API ieum_status ieum_call(ieum_engine *engine, const char *request, size_t size, char **reply);

/*
 * Imports one file's bytes, all or nothing. `kind`: "suppliers", "demands" or "outcomes". `name` is the
 * file's name: its ending (.json, .jsonl, .csv) says the format, and messages quote it. CSV may be
 * UTF-8, UTF-8 with a byte order mark, or CP949. Reply as ieum_call.
 */
IEUM_API ieum_status ieum_import(ieum_engine *engine, const char *kind, const char *name, const void *bytes,
                                 size_t size, char **reply);

/*
 * Writes a reply of ieum_call as text for people or tools. `format`: "json" (a line per element where
 * the reply is a list), "table" (at most `width` columns, Hangul counted as two) or "trec".
 * A reply with a problem becomes its message. `*text` is freed with ieum_free. `engine` may be NULL for the problem of ieum_open.
 */
IEUM_API ieum_status ieum_render(ieum_engine *engine, const char *reply, size_t size, const char *format, int width,
                                 char **text);

/*
 * Asks the call that is running to stop: long work (training) ends soon with a problem and nothing half done. May be called from another thread or a signal
 * handler; without a running call it does nothing.
 */
IEUM_API void ieum_cancel(ieum_engine *engine);

/* ---- numeric core ----------------------------------------------------------------------------- */

/*
 * Models over rows of numbers, without records or a program: libsvm's, read by a validator of the engine's own. Values are f64, agree with libsvm's to 1e-9
 * and have the same bits on every processor, at any number of threads, in any cut of the rows.
 */
typedef struct ieum_scorer ieum_scorer;

/*
 * Reads a model from the `size` bytes of its file; `name` is for messages and may be NULL. The bytes are not needed afterwards. `*scorer` is owned by the caller
 * (ieum_scorer_close) and must be closed before its engine, whose language and threads it takes. On failure it is NULL and `*problem` as in ieum_open.
 */
IEUM_API ieum_status ieum_scorer_open(ieum_engine *engine, const void *model, size_t size, const char *name, ieum_scorer **scorer, char **problem);
IEUM_API void ieum_scorer_close(ieum_scorer *scorer);

/* How many values a row gets: 1 for regression and one-class models, c(c − 1)/2 for c classes, in libsvm's order of pairs. */
IEUM_API size_t ieum_scorer_values(const ieum_scorer *scorer);
/* How many columns the model knows. Rows may have fewer (the rest is 0) or more. */
IEUM_API size_t ieum_scorer_columns(const ieum_scorer *scorer);

/*
 * Decision values (svm_predict_values) of `count` rows of `columns` finite numbers, row by row; column 0 is libsvm's index 1. `values` has room for
 * count × ieum_scorer_values numbers and is the caller's, as `rows` is.
 */
IEUM_API ieum_status ieum_score_rows(ieum_scorer *scorer, const double *rows, size_t count, size_t columns, double *values, char **problem);

/* What has been scored of one file so far; all zero at its beginning. */
typedef struct ieum_score_tally {
    size_t lines, rows, correct; /* lines read, rows among them, rows whose label was met exactly */
    double error;                /* sum of (predicted - label)^2 */
    double p, t, pp, tt, pt;     /* sums of predicted, label and their products */
} ieum_score_tally;

/*
 * From text to text as svm-predict does it. `bytes` are whole lines "label index:value ...", a file or the next piece of it; `*text` gets a line for each row, as
 * svm-predict writes them, with `probabilities` not 0 as its option -b 1 (the first piece, which may be empty, begins with the line of labels then). It is freed
 * with ieum_free. On failure nothing is written and the tally is unchanged; the problem tells the line of the file.
 */
IEUM_API ieum_status ieum_score_text(ieum_scorer *scorer, const char *name, const char *bytes, size_t size, int probabilities, ieum_score_tally *tally,
                                     char **text, size_t *text_size, char **problem);

/* What svm-predict tells on its standard output: before the rows (`tally` NULL) and after them. Refuses probabilities of a model that has none. ieum_free. */
IEUM_API ieum_status ieum_score_messages(const ieum_scorer *scorer, int probabilities, const ieum_score_tally *tally, char **text, char **problem);

/* Frees what the library returned; NULL is fine. */
IEUM_API void ieum_free(void *memory);

#ifdef __cplusplus
}
#endif
#endif
