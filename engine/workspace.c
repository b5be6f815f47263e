/* SPDX-License-Identifier: Apache-2.0 */
#include "workspace.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/files.h"
#include "base/parallel.h"
#include "base/problem_list.h"
#include "feature/space.h"
#include "program/kinds_list.h"
#include "program/partners.h"
#include "program/program_shelf.h"
#include "score/model_fit.h"
#include "text/lexicon_image.h"

struct workspace {
    struct arena *arena;
    const char *store_path, *data_path, *access_path;
    struct date today; /* year 0: the clock */
    int threads;
    bool korean, snapshot;
    bool speaks_korean; /* to whoever asks now */
    atomic_bool cancelled;
    ieum_log_function log;
    void *log_context;
    struct lexicon *lexicon;
    struct taxonomy *taxonomy;
    struct vocabulary *vocabulary;
    struct ethics ethics; /* arena NULL: not read yet */
    struct feature_catalogue *catalogue;
    struct roles *roles;
    struct program_shelf *programs;
    struct diagnosis_data diagnosis;
    struct buffer diagnosis_stamp; /* of the files that `diagnosis` was read from; empty: none is kept */
    struct desk desk;
    struct buffer desk_stamp; /* of the file that `desk` was read from; empty: none is kept */
    struct store *store;
    bool changing;
    void *kept;
    void (*release)(void *);
};

static const char *data_folder(const ieum_options *options) {
    if (options->data_path) return options->data_path;
    const char *environment = getenv("IEUM_DATA");
    return environment && *environment ? environment : IEUM_DATA_INSTALLED;
}

ieum_status workspace_new(const ieum_options *options, struct workspace **workspace, struct problem *problem) {
    struct workspace *made = memory_allocate_zero(1, sizeof *made);
    if (!made) return problem_set_memory(problem);
    made->arena = arena_new();
    made->programs = program_shelf_new();
    made->store_path = arena_copy_text(made->arena, options->store_path);
    made->access_path = arena_copy_text(made->arena, options->access_path);
    made->data_path = arena_copy_text(made->arena, data_folder(options));
    made->threads = options->threads ? options->threads : parallel_processors();
    made->korean = !options->language || strcmp(options->language, "ko") == 0;
    made->snapshot = options->snapshot != 0;
    made->log = options->log;
    made->log_context = options->log_context;
    ieum_status status = IEUM_OK;
    if (options->now && !date_read(options->now, &made->today)) {
        status = problem_set(problem, IEUM_USAGE, "", "기준일 '%s'은(는) 날짜가 아닙니다. YYYY-MM-DD로 적어 주십시오.",
                             "The date '%s' given as today is not a date; write it as YYYY-MM-DD.", options->now);
    } else if (!made->data_path || !made->programs || (options->store_path && !made->store_path) ||
               (options->access_path && !made->access_path)) {
        status = problem_set_memory(problem);
    }
    if (status == IEUM_OK) *workspace = made;
    else workspace_free(made);
    return status;
}

void workspace_free(struct workspace *workspace) {
    if (!workspace) return;
    workspace_close_store(workspace);
    lexicon_free(workspace->lexicon);
    taxonomy_free(workspace->taxonomy);
    vocabulary_free(workspace->vocabulary);
    ethics_free(&workspace->ethics);
    feature_catalogue_free(workspace->catalogue);
    roles_free(workspace->roles);
    program_shelf_free(workspace->programs);
    diagnosis_data_free(&workspace->diagnosis);
    buffer_free(&workspace->diagnosis_stamp);
    desk_free(&workspace->desk);
    buffer_free(&workspace->desk_stamp);
    arena_free(workspace->arena);
    memory_free(workspace);
}

const char *workspace_data_path(const struct workspace *workspace) { return workspace->data_path; }
const char *workspace_store_path(const struct workspace *workspace) { return workspace->store_path; }
const char *workspace_access_path(const struct workspace *workspace) { return workspace->access_path; }
int workspace_threads(const struct workspace *workspace) { return workspace->threads; }
bool workspace_snapshot(const struct workspace *workspace) { return workspace->snapshot; }
bool workspace_korean(const struct workspace *workspace) { return workspace->korean; }
void workspace_cancel(struct workspace *workspace) { atomic_store(&workspace->cancelled, true); }
void workspace_begin(struct workspace *workspace) {
    atomic_store(&workspace->cancelled, false);
    program_shelf_begin_turn(workspace->programs);
}
void workspace_end(struct workspace *workspace) { program_shelf_end_turn(workspace->programs); }
bool workspace_cancelled(const struct workspace *workspace) { return atomic_load(&workspace->cancelled); }

struct date workspace_today(const struct workspace *workspace) {
    return date_missing(workspace->today) ? date_today() : workspace->today;
}

void workspace_log(const struct workspace *workspace, const char *level, const char *message) {
    if (workspace->log) workspace->log(workspace->log_context, level, message);
}

void workspace_speak(struct workspace *workspace, bool korean) { workspace->speaks_korean = korean; }
bool workspace_speaks_korean(const struct workspace *workspace) { return workspace->speaks_korean; }

void workspace_progress(const struct workspace *workspace, const char *ko, const char *en) {
    workspace_log(workspace, "progress", workspace->speaks_korean ? ko : en);
}

ieum_status workspace_act(const struct workspace *workspace, const char *account, const char *reason, struct arena *arena,
                          struct store_act *act, struct problem *problem) {
    char day[11], when[40];
    date_write(workspace_today(workspace), day);
    int hour = 0, minute = 0, second = 0;
    if (date_missing(workspace->today)) {
        time_t seoul = time(NULL) + 9 * 3600; /* UTC+9, no summer time */
        struct tm parts;
        gmtime_r(&seoul, &parts);
        hour = parts.tm_hour, minute = parts.tm_min, second = parts.tm_sec;
    }
    snprintf(when, sizeof when, "%sT%02d:%02d:%02d+09:00", day, hour, minute, second);
    *act = (struct store_act){.account = account ? account : "local", .when = arena_copy_text(arena, when), .reason = reason};
    return act->when ? IEUM_OK : problem_set_memory(problem);
}

/* Calls `load` on a file or folder of the data path. */
static ieum_status in_data(const struct workspace *workspace, const char *folder,
                           ieum_status (*load)(struct workspace *, const char *, struct problem *), struct workspace *target,
                           struct problem *problem) {
    char *path = path_join(workspace->data_path, folder);
    if (!path) return problem_set_memory(problem);
    ieum_status status = load(target, path, problem);
    memory_free(path);
    return status;
}

static ieum_status load_lexicon(struct workspace *workspace, const char *path, struct problem *problem) {
    return lexicon_load(path, workspace->threads, &workspace->lexicon, problem);
}

ieum_status workspace_lexicon(struct workspace *workspace, const struct lexicon **lexicon, struct problem *problem) {
    ieum_status status = workspace->lexicon ? IEUM_OK : in_data(workspace, "lexicon", load_lexicon, workspace, problem);
    *lexicon = workspace->lexicon;
    return status;
}

/* Reads the lexicon from its image in the store, if there is one for the folder as it is now. No image is no fault. */
static ieum_status recall_in(struct workspace *workspace, const char *folder, struct problem *problem) {
    struct store *store = NULL;
    struct buffer stamp = BUFFER_EMPTY;
    struct arena *arena = arena_new();
    char hash[DIGEST_TEXT];
    const void *bytes = NULL;
    size_t size = 0;
    struct problem ignored = {0};
    (void)problem;
    if (arena && folder_stamp(folder, ".json", &stamp) && workspace_store(workspace, false, &store, &ignored) == IEUM_OK &&
        store_lexicon_get(store, stamp.bytes, arena, &bytes, &size, &ignored) == IEUM_OK && bytes &&
        lexicon_image_hash(bytes, size, hash) &&
        !lexicon_from_image(folder, hash, workspace->threads, bytes, size, &workspace->lexicon))
        workspace->lexicon = NULL;
    buffer_free(&stamp);
    arena_free(arena);
    return IEUM_OK;
}

ieum_status workspace_recall_lexicon(struct workspace *workspace, struct problem *problem) {
    if (workspace->lexicon || !workspace->store_path || !file_exists(workspace->store_path)) return IEUM_OK;
    return in_data(workspace, "lexicon", recall_in, workspace, problem);
}

static ieum_status keep_in(struct workspace *workspace, const char *folder, struct problem *problem) {
    struct buffer stamp = BUFFER_EMPTY, bytes = BUFFER_EMPTY;
    char hash[DIGEST_TEXT];
    /* The stamp is taken first: a change after it makes the hash another one, or the stamp of the next recall. */
    if (folder_stamp(folder, ".json", &stamp) && lexicon_hash_folder(folder, hash, problem) == IEUM_OK &&
        strcmp(hash, lexicon_hash(workspace->lexicon)) == 0) {
        lexicon_image_write(workspace->lexicon, &bytes);
        if (!bytes.failed) store_lexicon_put(workspace->store, stamp.bytes, bytes.bytes, bytes.size, problem);
    }
    buffer_free(&bytes);
    buffer_free(&stamp);
    return IEUM_OK;
}

void workspace_keep_lexicon(struct workspace *workspace) {
    struct problem ignored = {0};
    if (workspace->lexicon && workspace->store && store_writable(workspace->store))
        in_data(workspace, "lexicon", keep_in, workspace, &ignored);
}

ieum_status workspace_taxonomy(struct workspace *workspace, const struct taxonomy **taxonomy, struct problem *problem) {
    ieum_status status = workspace->taxonomy ? IEUM_OK : taxonomy_open(workspace->data_path, &workspace->taxonomy, problem);
    *taxonomy = workspace->taxonomy;
    return status;
}

ieum_status workspace_vocabulary(struct workspace *workspace, struct vocabulary **vocabulary, struct problem *problem) {
    ieum_status status = workspace->vocabulary ? IEUM_OK : vocabulary_open(workspace->data_path, &workspace->vocabulary, problem);
    *vocabulary = workspace->vocabulary;
    return status;
}

static ieum_status load_ethics(struct workspace *workspace, const char *path, struct problem *problem) {
    return ethics_load(path, &workspace->ethics, problem);
}

ieum_status workspace_ethics(struct workspace *workspace, const struct ethics **ethics, struct problem *problem) {
    ieum_status status = workspace->ethics.arena ? IEUM_OK : in_data(workspace, "diagnosis/ethics.json", load_ethics, workspace, problem);
    *ethics = &workspace->ethics;
    return status;
}

static ieum_status load_catalogue(struct workspace *workspace, const char *path, struct problem *problem) {
    return feature_catalogue_load(path, &workspace->catalogue, problem);
}

ieum_status workspace_catalogue(struct workspace *workspace, const struct feature_catalogue **catalogue, struct problem *problem) {
    ieum_status status = workspace->catalogue ? IEUM_OK : in_data(workspace, "features/standard.json", load_catalogue, workspace, problem);
    *catalogue = workspace->catalogue;
    return status;
}

static ieum_status load_roles(struct workspace *workspace, const char *path, struct problem *problem) {
    return roles_load(path, &workspace->roles, problem);
}

ieum_status workspace_roles(struct workspace *workspace, const struct roles **roles, struct problem *problem) {
    ieum_status status = workspace->roles ? IEUM_OK : in_data(workspace, "server/roles.json", load_roles, workspace, problem);
    *roles = workspace->roles;
    return status;
}

ieum_status workspace_store(struct workspace *workspace, bool create, struct store **store, struct problem *problem) {
    if (!workspace->store_path)
        return problem_set(problem, IEUM_INVALID, "", "저장소 파일이 지정되지 않았습니다. 기록을 요청에 함께 보내거나 저장소를 지정하십시오.",
                           "No store file was named; send the records with the request or name a store.");
    ieum_status status = workspace->store ? IEUM_OK : store_open(workspace->store_path, create, &workspace->store, problem);
    if (status == IEUM_OK) store_set_threads(workspace->store, workspace->threads);
    *store = workspace->store;
    return status;
}

ieum_status workspace_change(struct workspace *workspace, struct store **store, struct problem *problem) {
    ieum_status status = workspace_store(workspace, true, store, problem);
    if (status == IEUM_OK) status = store_begin(*store, problem);
    workspace->changing = status == IEUM_OK;
    return status;
}

bool workspace_changing(const struct workspace *workspace) { return workspace->changing; }

ieum_status workspace_settle(struct workspace *workspace, bool keep, struct problem *problem) {
    if (!workspace->changing) return IEUM_OK;
    workspace->changing = false;
    ieum_status status = keep ? store_commit(workspace->store, problem) : IEUM_OK;
    if (!keep || status != IEUM_OK) store_end(workspace->store);
    return status;
}

void workspace_keep(struct workspace *workspace, void *kept, void (*release)(void *)) {
    if (workspace->kept) workspace->release(workspace->kept);
    workspace->kept = kept;
    workspace->release = release;
}

void *workspace_kept(const struct workspace *workspace) { return workspace->kept; }

void workspace_close_store(struct workspace *workspace) {
    workspace_keep(workspace, NULL, NULL);
    store_close(workspace->store);
    workspace->store = NULL;
}

/* ---- programs ---- */

/* Whether what was read under the stamp `was` is still what the files hold. */
static bool is_kept(const struct buffer *was, const struct buffer *stamp) { return was->size == stamp->size && was->size && memcmp(was->bytes, stamp->bytes, stamp->size) == 0; }

static void keep_stamp(struct buffer *was, const struct buffer *stamp) {
    buffer_add(was, stamp->bytes, stamp->size);
    if (was->failed) buffer_free(was);
}

ieum_status workspace_desk(struct workspace *workspace, struct desk *desk, struct problem *problem) {
    struct buffer stamp = BUFFER_EMPTY, *was = &workspace->desk_stamp;
    char *folder = path_join(workspace->data_path, "desk"), *path = folder ? path_join(folder, "desk.json") : NULL;
    ieum_status status = path ? IEUM_OK : problem_set_memory(problem);
    const bool stamped = path && file_stamp(folder, "desk.json", &stamp) && !stamp.failed; /* before it is read: a change after it shows the next time */
    if (status == IEUM_OK && !(stamped && is_kept(was, &stamp))) {
        desk_free(&workspace->desk);
        buffer_clear(was);
        status = desk_load(path, &workspace->desk, problem);
        if (status == IEUM_OK && stamped) keep_stamp(was, &stamp);
    }
    *desk = workspace->desk;
    desk->arena = NULL;
    buffer_free(&stamp);
    memory_free(path);
    memory_free(folder);
    return status;
}

ieum_status workspace_diagnosis(struct workspace *workspace, struct diagnosis_data *data, struct problem *problem) {
    struct buffer stamp = BUFFER_EMPTY, *was = &workspace->diagnosis_stamp;
    char *folder = path_join(workspace->data_path, "diagnosis");
    ieum_status status = folder ? IEUM_OK : problem_set_memory(problem);
    const bool stamped = folder && folder_stamp(folder, ".json", &stamp) && !stamp.failed; /* before they are read, as above */
    if (status == IEUM_OK && !(stamped && is_kept(was, &stamp))) {
        diagnosis_data_free(&workspace->diagnosis);
        buffer_clear(was);
        status = diagnosis_data_load(workspace->data_path, &workspace->diagnosis, problem);
        if (status == IEUM_OK && stamped) keep_stamp(was, &stamp);
    }
    *data = workspace->diagnosis;
    data->shared = true;
    buffer_free(&stamp);
    memory_free(folder);
    return status;
}

ieum_status workspace_check_program(struct workspace *workspace, const struct program *program, struct problem *problem) {
    struct model *model = NULL;
    const struct taxonomy *taxonomy;
    bool other_version = false;
    ieum_status status = workspace_taxonomy(workspace, &taxonomy, problem);
    if (status == IEUM_OK) status = problem_aside(problem, program_check_kinds(program, taxonomy, problem));
    if (status != IEUM_OK) return status;
    if (!problem->aside && strcmp(program->model, "rubric") != 0) { /* where mistakes are listed, workspace_check.c looks at the model when all else is sound */
        status = workspace_model(workspace, program->model, &model, problem);
        if (status == IEUM_OK) status = model_fits_program(model, program, &other_version, problem);
        model_free(model);
    }
    if (status == IEUM_OK) status = problem_aside(problem, partner_roles_check(workspace->data_path, program, problem));
    return status == IEUM_OK ? feature_check_options(program, problem) : status;
}

ieum_status workspace_program(struct workspace *workspace, const char *id, struct program **program, struct problem *problem) {
    char *folder = path_join(workspace->data_path, "programs");
    struct program *loaded = NULL;
    ieum_status status = folder ? program_shelf_load(workspace->programs, folder, id, feature_kind_known, &loaded, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = workspace_check_program(workspace, loaded, problem);
    if (status == IEUM_OK) *program = loaded;
    else program_free(loaded);
    memory_free(folder);
    return status;
}

ieum_status workspace_pinned_program(struct workspace *workspace, const jval *json, struct program **program, struct problem *problem) {
    char *text = NULL;
    struct program *loaded = NULL;
    ieum_status status = jval_write(json, false, &text, problem);
    if (status == IEUM_OK) status = program_read(text, strlen(text), feature_kind_known, &loaded, problem);
    if (status == IEUM_OK) status = workspace_check_program(workspace, loaded, problem);
    if (status == IEUM_OK) *program = loaded;
    else program_free(loaded);
    memory_free(text);
    return status;
}

ieum_status workspace_program_ids(struct workspace *workspace, struct arena *arena, struct text_list *ids, struct problem *problem) {
    char *folder = path_join(workspace->data_path, "programs");
    ieum_status status = folder ? program_list(folder, arena, ids, problem) : problem_set_memory(problem);
    memory_free(folder);
    return status;
}
