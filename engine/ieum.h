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
    X(INTERNAL, "internal", 1, 500, "엔진 내부 오류입니다", "an error inside the engine")               \
    X(UNAUTHORIZED, "unauthorized", 8, 401, "본인 확인이 필요합니다", "not signed in")                 \
    X(FORBIDDEN, "forbidden", 8, 403, "권한이 없습니다", "not allowed")                                \
    X(BUSY, "busy", 7, 503, "지금은 바빠서 받을 수 없습니다", "too busy at the moment")

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
    int snapshot; /* not 0: suggestions answer from the store's suppliers as they were when first asked for, kept from that request on, whatever changes
                     later; a server makes a new engine when they changed. Demands by id are read as they are. Never changes a result otherwise. */
    const char *access_path; /* folder of the access log (JSON Lines, a file a month); NULL: calls for others that read firm data are refused */
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
 * Who asks, where the operator of this machine answers for others (a server). `account` and `role` are what op "account", action "authenticate" or "session"
 * told. `size` is sizeof(ieum_caller).
 */
typedef struct ieum_caller {
    size_t size;
    const char *account, *role;
    const char *origin; /* where the request came from, for the access log: an address, "unix", …; NULL: not known */
} ieum_caller;

/*
 * As ieum_call, for a caller. `op` NULL: the request names it; else the request must not. What a role may do stands in data/server/roles.json, by operation,
 * step and action: anything else is IEUM_FORBIDDEN, as are members that name files of this machine and a "by" that is not the account (without one, the account
 * is put there). Access to firm data and every refusal is written into the access log before the reply is given; where that fails, nothing is told or changed.
 */
IEUM_API ieum_status ieum_call_for(ieum_engine *engine, const ieum_caller *caller, const char *op, const char *request, size_t size, char **reply);

/*
 * Imports one file's bytes, all or nothing. `kind`: "suppliers", "demands" or "outcomes". `name` is the
 * file's name: its ending (.json, .jsonl, .csv, .xlsx) says the format, and messages quote it. CSV may be
 * UTF-8, UTF-8 with a byte order mark, or CP949. Of XLSX the first sheet is read, by the program xlsx2csv
 * where that is installed. Reply as ieum_call.
 */
IEUM_API ieum_status ieum_import(ieum_engine *engine, const char *kind, const char *name, const void *bytes,
                                 size_t size, char **reply);

/*
 * Looks at a file's bytes, or imports them, with a person's choices. `request` is a JSON object of `request_size` bytes: {"kind", "preview"?, "mapping"?, "merge"?,
 * "table"?, "sheet"?, "lang"?, "by"?}. With "preview": true nothing is stored and the result tells what each column was taken for, every cell that is wrong (the first 500, and
 * how many there are), which records are there already, and what importing would do; "decisions" can be looked at so, too. Without it the file is imported, all or
 * nothing: "mapping" binds columns by their number ({"3": "/registration_no", "9": null: not read}), "merge" says what becomes of a row that is there already
 * ({"4": "keep_both" | "replace" | "skip"}, or a reason for all rows that have it); a row that asks for a choice and has none is IEUM_CONFLICT. `caller` NULL: the
 * operator of this machine. `name` and `bytes` as in ieum_import. Reply as ieum_call.
 */
IEUM_API ieum_status ieum_import_for(ieum_engine *engine, const ieum_caller *caller, const char *request, size_t request_size, const char *name, const void *bytes,
                                     size_t size, char **reply);

/* What a file is called, and its bytes (NULL: no such file). Its name's ending says the format, and messages quote it. */
typedef struct ieum_file {
    const char *name;
    const void *bytes;
    size_t size;
} ieum_file;

#define IEUM_SHADOW_FILES 3 /* suppliers, demands, decisions: in this order */
/*
 * A shadow round of files: `request` as op shadow has it ({"program", "choices"?, "model"?, "criteria"?, "q"?, "seed"?, "lang"?}), without the parts that come as
 * files; `files` in the order above, a part with bytes NULL stands in the request as a list. Formats as for an import; "choices" binds columns or names a sheet, by
 * part: {"decisions": {"mapping": {"2": "/supplier"}, "sheet": "결과"}}. Nothing is stored and no store is needed. `caller` NULL: the operator; else checked and
 * written into the access log as by ieum_call_for. Reply as of op shadow by ieum_call.
 */
IEUM_API ieum_status ieum_shadow_for(ieum_engine *engine, const ieum_caller *caller, const char *request, size_t request_size,
                                     const ieum_file files[IEUM_SHADOW_FILES], char **reply);

/*
 * A file to fill in and import: the columns that the import knows, which of them are needed and in which form, and one invented row, which the import refuses until
 * it is taken out. `kind` as in ieum_import_for, `format` "csv" (UTF-8 with a byte order mark) or "xlsx" (with a second sheet of notes), `language` "ko" or "en",
 * NULL: the engine's. `*bytes` has `*size` bytes, freed with ieum_free; on failure it is NULL and `*problem` as in ieum_open.
 */
IEUM_API ieum_status ieum_template(ieum_engine *engine, const char *kind, const char *format, const char *language, void **bytes, size_t *size, char **problem);

/*
 * Writes a reply of ieum_call as text for people or tools. `format`: "json" (a line per element where
 * the reply is a list), "table" (at most `width` columns, Hangul counted as two), "trec", or "svg" (a picture, where
 * the reply compares methods of assignment).
 * A reply with a problem becomes its message. `*text` is freed with ieum_free. `engine` may be NULL for the problem of ieum_open.
 */
IEUM_API ieum_status ieum_render(ieum_engine *engine, const char *reply, size_t size, const char *format, int width,
                                 char **text);

/*
 * Writes a reply of ieum_call as a file. `format`: "csv" (UTF-8 with a byte order mark; all tables one below the other, or one), "xlsx" (a sheet a table) or
 * "html" (a page that prints to A4, without scripts). `table`: the title of one table or its number from 1, NULL: all. `language`: "ko" or "en", NULL: the engine's.
 * `*bytes` has `*bytes_size` bytes, freed with ieum_free: the file, or on failure a JSON text {"problem": {…}} (NULL only when there is no memory for it). A cell
 * is never a formula, whatever a firm is called; the same reply gives the same bytes.
 */
IEUM_API ieum_status ieum_export(ieum_engine *engine, const char *reply, size_t size, const char *format, const char *table, const char *language,
                                 void **bytes, size_t *bytes_size);

/*
 * One value out of a JSON text (a request, a reply) by its JSON Pointer (RFC 6901; "" is the whole), for callers that have no JSON of their own: a text without its
 * quotes, another value as JSON. `*text` is freed with ieum_free and NULL unless the status is IEUM_OK. IEUM_NOT_FOUND: nothing stands there; IEUM_INVALID:
 * that is no JSON.
 */
IEUM_API ieum_status ieum_member(const char *json, size_t size, const char *pointer, char **text);

/* ---- for servers ---- */

/* What a request asks of a server: a look, a change (one at a time), or work that takes long. data/server/roles.json says so, by operation, step and members. */
enum ieum_work { IEUM_WORK_READ, IEUM_WORK_WRITE, IEUM_WORK_LONG };

/* `op` NULL: the request names it. IEUM_NOT_FOUND: there is no such operation. A request that is no JSON is IEUM_WORK_READ: its reply will say so. */
IEUM_API ieum_status ieum_work_of(ieum_engine *engine, const char *op, const char *request, size_t size, enum ieum_work *work);
/* What a role may do, {operation: true or [steps]}, freed with ieum_free. IEUM_NOT_FOUND: there is no such role. */
IEUM_API ieum_status ieum_may(ieum_engine *engine, const char *role, char **json);
/*
 * `*state` is a text that is another one when suppliers or outcomes of the store changed (freed with ieum_free), or NULL when nothing at all was written to it
 * since the call that gave `*changes`. `*changes` is 0 at first.
 */
IEUM_API ieum_status ieum_state(ieum_engine *engine, uint32_t *changes, char **state);

/*
 * Asks the call that is running to stop: long work (training) ends soon with a problem and nothing half done. May be called from another thread or a signal
 * handler; without a running call it does nothing.
 */
IEUM_API void ieum_cancel(ieum_engine *engine);

/* Frees what the library returned; NULL is fine. */
IEUM_API void ieum_free(void *memory);

/* ---- numeric core: rows ----------------------------------------------------------------------- */

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

/* ---- numeric core: all pairs ----------------------------------------------------------------- */
/*
 * Bulk scoring on flat arrays, without records, programs or a store; enough to score a shard of the suppliers here and merge it with others elsewhere.
 *
 * Matrices are by rows, without gaps. Numbers must be finite: others are refused with IEUM_INVALID, naming row and column. Every function that takes
 * `problem` (which may be NULL) writes NULL there on success, and on failure a JSON text {"problem": {…}} as ieum_open does, to be freed with
 * ieum_free; results are then undefined. `threads`: 1..256 worker threads, 0: one per processor; it never changes a byte of a result, nor do the
 * processor's instructions. Handles may be read by several threads at once; an update must be alone.
 *
 * Product kernels. A model scores a demand with vector x and a supplier with vector y by support pairs (x_i, y_i), i below `support`,
 *
 *     f = bias + sum over i of coefficients[i] * exp(-|x - x_i|^2) * exp(-|y - y_i|^2)
 *
 * The square root of each side's gamma is folded into the coordinates by the caller, in the model and in what is scored alike; with one gamma it is
 * libsvm's RBF model on the joined vector [x; y], with bias = -rho. The k best are found by an f32 matrix product with proven bounds, their scores
 * and order are those of f64.
 */
typedef struct ieum_product ieum_product;       /* a model made ready */
typedef struct ieum_suppliers ieum_suppliers; /* suppliers, compiled for one scorer */

typedef struct ieum_product_model {
    size_t support, demand_dims, supplier_dims;
    const double *demand_vectors;   /* support x demand_dims */
    const double *supplier_vectors; /* support x supplier_dims */
    const double *coefficients;     /* support */
    double bias;
} ieum_product_model;

/* Copies the model. `*product` is the caller's, freed with ieum_product_free after all that was compiled for it. */
IEUM_API ieum_status ieum_product_new(const ieum_product_model *model, ieum_product **product, char **problem);
/* The same from the bytes of a model file of kind "pairwise" (ieum train); vectors must then be in its folded coordinates. `name` is for messages, may be NULL. */
IEUM_API ieum_status ieum_product_open(const void *model, size_t size, const char *name, ieum_product **product, char **problem);
IEUM_API void ieum_product_free(ieum_product *product); /* NULL is fine */

/*
 * Compiles suppliers (count x supplier_dims, copied: 8 bytes a number). Where 4 * support * count bytes are at most `room`, the kernel rows are kept,
 * which makes every later call faster; else they are made anew, block by block, and memory stays linear in the number of suppliers. room 0 suits a
 * single call.
 */
IEUM_API ieum_status ieum_suppliers_new(const ieum_product *product, const double *vectors, size_t count, size_t room, int threads,
                                        ieum_suppliers **suppliers, char **problem);
/* Gives supplier `index` another vector (supplier_dims). IEUM_NOT_FOUND: there is no such index. */
IEUM_API ieum_status ieum_suppliers_update(ieum_suppliers *suppliers, size_t index, const double *vector, char **problem);
IEUM_API void ieum_suppliers_free(ieum_suppliers *suppliers); /* NULL is fine */

/*
 * The k best suppliers of each of `count` demands (count x demand_dims), greatest score first, ties to the lower index. `eligible`: which pairs may
 * be, count rows of ceil(suppliers / 32) words, bit s % 32 of word s / 32 for supplier s; NULL: all. Writes ids (count x k: indices; UINT32_MAX where
 * fewer are eligible), scores (count x k; NaN there) and counts (count: how many there are, at most k). k may exceed the number of suppliers, and 0
 * suppliers give counts of 0.
 */
IEUM_API ieum_status ieum_top_k(const ieum_suppliers *suppliers, const double *demands, size_t count, size_t k, const uint32_t *eligible,
                                int threads, uint32_t *ids, double *scores, uint32_t *counts, char **problem);
/* All scores: count x suppliers. */
IEUM_API ieum_status ieum_scores(const ieum_suppliers *suppliers, const double *demands, size_t count, int threads, double *scores, char **problem);

/* The k best of each row of a matrix of scores (count x suppliers; NaN is refused), of whatever model; otherwise as ieum_top_k. */
IEUM_API ieum_status ieum_pick(const double *matrix, size_t count, size_t suppliers, size_t k, const uint32_t *eligible, uint32_t *ids,
                               double *scores, uint32_t *counts, char **problem);
/*
 * Merges the lists of a shard into those of others, row by row: ids + first_id are the shard's ids among all suppliers. `ids`, `scores` and `counts`
 * hold what was merged so far (all counts 0 at first) and then the k best of both; order as above. Merging shards in any order gives what one shard
 * of all would give.
 */
IEUM_API ieum_status ieum_merge(size_t count, size_t k, const uint32_t *shard_ids, const double *shard_scores, const uint32_t *shard_counts,
                                uint32_t first_id, uint32_t *ids, double *scores, uint32_t *counts, char **problem);

/*
 * BM25 (Robertson & Zaragoza 2009) over a shard of documents, with the statistics of the whole collection passed in, so that shards score as the
 * whole would:
 *
 *     idf(t) = ln(1 + (N - n[t] + 1/2) / (n[t] + 1/2)),  weight(t, d) = tf (k1 + 1) / (tf + k1 (1 - b + b * length / average))
 *
 * and a query's sum of tf_query * idf * weight, divided by what the query would score against itself and cut at 1, lies in [0,1].
 */
typedef struct ieum_text_statistics {
    uint64_t documents;            /* N, of the whole collection */
    size_t terms;                  /* terms are numbers below it */
    const uint64_t *with_term;     /* terms: n, how many of the N documents have it */
    double average_length;         /* of the N documents, above 0 */
    double k1, b;                  /* 1.2 and 0.75 are usual; k1 >= 0, b in [0,1] */
    double least_length;           /* shorter documents count as this many times the average; 0: as they are */
} ieum_text_statistics;

/* Bags of terms: row r has terms[first[r] .. first[r + 1]), each at most once, with its frequency (above 0) beside it. */
typedef struct ieum_bags {
    size_t count;
    const uint64_t *first;     /* count + 1, ascending from 0 */
    const uint32_t *terms;
    const double *frequencies;
} ieum_bags;

typedef struct ieum_text_shard ieum_text_shard;
/* `lengths`: count of the documents. All is copied. */
IEUM_API ieum_status ieum_text_shard_new(const ieum_text_statistics *statistics, const ieum_bags *documents, const double *lengths,
                                         ieum_text_shard **shard, char **problem);
IEUM_API void ieum_text_shard_free(ieum_text_shard *shard); /* NULL is fine */
/* queries->count x documents scores. A query's terms are added up in the order in which they stand. */
IEUM_API ieum_status ieum_text_scores(const ieum_text_shard *shard, const ieum_bags *queries, int threads, double *scores, char **problem);

#ifdef __cplusplus
}
#endif
#endif
