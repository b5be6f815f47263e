/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an engine keeps open between requests: the data folder's lexicon and taxonomy, and the store. Each is opened when it is first needed.
 * Nothing here knows a stage or a request.
 */
#ifndef IEUM_WORKSPACE_H
#define IEUM_WORKSPACE_H

#include "diagnosis/ethics.h"
#include "diagnosis/diagnosis_data.h"
#include "explain/desk.h"
#include "feature/catalogue.h"
#include "program/program.h"
#include "score/model.h"
#include "record/taxonomy.h"
#include "record/vocabulary.h"
#include "store/roles.h"
#include "store/store.h"
#include "text/lexicon.h"

struct workspace;

/* `options` as in ieum.h, checked by ieum_open; its texts are copied. */
ieum_status workspace_new(const ieum_options *options, struct workspace **workspace, struct problem *problem);
void workspace_free(struct workspace *workspace);

const char *workspace_data_path(const struct workspace *workspace);
const char *workspace_store_path(const struct workspace *workspace); /* NULL: no store */
const char *workspace_access_path(const struct workspace *workspace); /* folder of the access log; NULL: none */
int workspace_threads(const struct workspace *workspace);
struct date workspace_today(const struct workspace *workspace);
bool workspace_snapshot(const struct workspace *workspace); /* suppliers stay as they were when first asked for */
bool workspace_korean(const struct workspace *workspace); /* the language of messages to the operator */
/* Long work asks whether somebody wants it to stop; workspace_cancel may be called from a signal handler or another thread, and holds until the next call begins. */
void workspace_cancel(struct workspace *workspace);
void workspace_begin(struct workspace *workspace);
void workspace_end(struct workspace *workspace);   /* after it */
bool workspace_cancelled(const struct workspace *workspace);
void workspace_log(const struct workspace *workspace, const char *level, const char *message);
/* Where long work is (level "progress"), in the language of the present call, which workspace_speak tells. */
void workspace_speak(struct workspace *workspace, bool korean);
bool workspace_speaks_korean(const struct workspace *workspace);
void workspace_progress(const struct workspace *workspace, const char *ko, const char *en);
/* Who and when, for changes: the account as given (NULL: "local"), the time now or, with a fixed date, its midnight in Seoul. The texts live in
 * the arena. */
ieum_status workspace_act(const struct workspace *workspace, const char *account, const char *reason, struct arena *arena,
                          struct store_act *act, struct problem *problem);

/* What stays between requests and is made of the store (cohort_pool.h): released when the store is closed. One thing at a time. */
void workspace_keep(struct workspace *workspace, void *kept, void (*release)(void *));
void *workspace_kept(const struct workspace *workspace); /* NULL: nothing */

ieum_status workspace_lexicon(struct workspace *workspace, const struct lexicon **lexicon, struct problem *problem);
/*
 * The lexicon can be kept in the store as an image, and recalled from there faster than its files are parsed. workspace_recall_lexicon does so when an image of
 * the present files is kept, and else nothing; workspace_keep_lexicon writes it (a cache: a store that cannot be written is no failure).
 */
ieum_status workspace_recall_lexicon(struct workspace *workspace, struct problem *problem);
void workspace_keep_lexicon(struct workspace *workspace);
ieum_status workspace_taxonomy(struct workspace *workspace, const struct taxonomy **taxonomy, struct problem *problem);
/* Words that members of records may have, of the data folder. */
ieum_status workspace_vocabulary(struct workspace *workspace, struct vocabulary **vocabulary, struct problem *problem);
/* The ethics list of the data folder. */
ieum_status workspace_ethics(struct workspace *workspace, const struct ethics **ethics, struct problem *problem);
ieum_status workspace_roles(struct workspace *workspace, const struct roles **roles, struct problem *problem);
ieum_status workspace_catalogue(struct workspace *workspace, const struct feature_catalogue **catalogue, struct problem *problem);
/* The open store. Without `create`, a store that is not there is a STORE problem. No store path: INVALID. */
ieum_status workspace_store(struct workspace *workspace, bool create, struct store **store, struct problem *problem);
/*
 * Changes: begun by an operation, committed when its reply stands ready, so that what is answered and what is stored agree even when memory runs
 * out in between. workspace_change opens the store for writing and begins; workspace_settle commits (or undoes, unless `keep`) what was begun, and is
 * fine when nothing was.
 */
ieum_status workspace_change(struct workspace *workspace, struct store **store, struct problem *problem);
ieum_status workspace_settle(struct workspace *workspace, bool keep, struct problem *problem);
bool workspace_changing(const struct workspace *workspace);
/* The files of data/diagnosis, kept until one of them changes: `*data` is good until the next call, and diagnosis_data_free leaves what it shares alone. */
ieum_status workspace_diagnosis(struct workspace *workspace, struct diagnosis_data *data, struct problem *problem);

/* The desk's values, kept until their file changes: `*desk` is good until the next call, and desk_free leaves what it shares alone. */
ieum_status workspace_desk(struct workspace *workspace, struct desk *desk, struct problem *problem);
void workspace_close_store(struct workspace *workspace);
/* Reads and checks a program, options of its features included; shared with who else has it (program_shelf.h): freed by the caller, changed by nobody. */
ieum_status workspace_program(struct workspace *workspace, const char *id, struct program **program, struct problem *problem);
/* The same of a program's file as it was kept, whatever the data folder has now. */
ieum_status workspace_pinned_program(struct workspace *workspace, const jval *json, struct program **program, struct problem *problem);
/*
 * Models: named by the id under which the models folder beside or inside the data folder has their file, or, where the name has a slash or ends in ".model", by the
 * path of the file. What is not there is NOT_FOUND, which names what there is.
 */
ieum_status workspace_model(struct workspace *workspace, const char *name, struct model **model, struct problem *problem); /* owned by the caller */
ieum_status workspace_model_path(const struct workspace *workspace, const char *name, struct arena *arena, const char **path, struct problem *problem);
/* The id of a model that is to be written to `path`: `name`, or when that is NULL the file's name without folder and ending. INVALID when it can be no id. */
ieum_status workspace_model_id(const char *name, const char *path, struct arena *arena, const char **id, struct problem *problem);
/* The files of the models folders, whatever is in them, by id; they live in the arena. */
struct model_place {
    const char *id, *path;
};
ieum_status workspace_model_places(const struct workspace *workspace, struct arena *arena, struct model_place **places, size_t *count, struct problem *problem);
/* What a program may not say although its file is well made: an unknown model, options that a feature does not have. */
ieum_status workspace_check_program(struct workspace *workspace, const struct program *program, struct problem *problem);
ieum_status workspace_program_ids(struct workspace *workspace, struct arena *arena, struct text_list *ids, struct problem *problem);

#endif
