/* SPDX-License-Identifier: Apache-2.0 */
/* op doctor: {} → {"version", "sound", "lexicon", "programs", "desk", "diagnosis", "learn", "models", "store"}: whether everything the engine stands on is sound. A store that is not there yet is no fault. */
#include "../base/files.h"
#include "../pipeline_diagnose.h"
#include "../pipeline_modelling.h"
#include "../pipeline_train.h"
#include "request.h"

static jval *write_problem_text(const struct problem *problem) {
    return write_text2((struct text2){problem->ko, problem->en});
}

static bool check_lexicon(struct call *call, jval *object) {
    const struct lexicon *lexicon;
    struct problem problem = {0};
    jval *head = jval_new_object();
    bool sound = workspace_lexicon(call->workspace, &lexicon, &problem) == IEUM_OK && lexicon_check_patterns(lexicon, &problem) == IEUM_OK;
    if (sound) {
        jval_set_integer(head, "concepts", lexicon_count(lexicon));
        jval_set_text(head, "hash", lexicon_hash(lexicon));
    } else {
        jval_set(head, "problem", write_problem_text(&problem));
    }
    jval_set(object, "lexicon", head);
    return sound;
}

static bool check_programs(struct call *call, jval *object) {
    struct text_list ids = {0};
    struct problem problem = {0};
    jval *list = jval_new_array();
    bool sound = workspace_program_ids(call->workspace, call->arena, &ids, &problem) == IEUM_OK;
    for (size_t i = 0; i < ids.count; i++) {
        struct program *program = NULL;
        jval *one = jval_new_object();
        problem_clear(&problem);
        bool ok = workspace_program(call->workspace, ids.items[i], &program, &problem) == IEUM_OK;
        jval_set_text(one, "id", ids.items[i]);
        jval_set_bool(one, "ok", ok);
        if (!ok) jval_set(one, "problem", write_problem_text(&problem));
        jval_append(list, one);
        program_free(program);
        sound = sound && ok;
    }
    jval_set(object, "programs", list);
    return sound;
}

static bool check_desk(struct call *call, jval *object) {
    struct desk desk = {0};
    struct problem problem = {0};
    jval *head = jval_new_object();
    const bool ok = pipeline_load_desk(call->workspace, &desk, &problem) == IEUM_OK;
    jval_set_bool(head, "ok", ok);
    if (!ok) jval_set(head, "problem", write_problem_text(&problem));
    jval_set(object, "desk", head);
    desk_free(&desk);
    return ok;
}

static bool check_diagnosis(struct call *call, jval *object) {
    struct diagnosis_data data = {0};
    struct problem problem = {0};
    jval *head = jval_new_object();
    const bool ok = workspace_diagnosis(call->workspace, &data, &problem) == IEUM_OK && pipeline_check_needs(call->workspace, &data.routes, &problem) == IEUM_OK;
    jval_set_bool(head, "ok", ok);
    if (!ok) jval_set(head, "problem", write_problem_text(&problem));
    jval_set(object, "diagnosis", head);
    diagnosis_data_free(&data);
    return ok;
}

static bool check_learning(struct call *call, jval *object) {
    struct train_rules rules;
    struct problem problem = {0};
    jval *head = jval_new_object();
    const bool ok = train_rules_load(call->workspace, &rules, &problem) == IEUM_OK;
    jval_set_bool(head, "ok", ok);
    if (!ok) jval_set(head, "problem", write_problem_text(&problem));
    jval_set(object, "learn", head);
    return ok;
}

static bool check_models(struct call *call, jval *object) {
    struct model_list list = {0};
    struct problem problem = {0};
    jval *array = jval_new_array();
    bool sound = pipeline_model_list(call->workspace, &list, &problem) == IEUM_OK;
    for (size_t i = 0; i < list.count; i++) {
        jval *one = jval_new_object();
        jval_set_text(one, "id", list.items[i].id);
        jval_set_bool(one, "ok", list.items[i].model != NULL);
        if (!list.items[i].model) jval_set(one, "problem", write_problem_text(list.items[i].problem));
        jval_append(array, one);
        sound = sound && list.items[i].model;
    }
    jval_set(object, "models", array);
    model_list_free(&list);
    return sound;
}

static jval *write_report(const struct store_report *report) {
    jval *object = jval_new_object(), *findings = jval_new_array();
    jval_set_bool(object, "sound", report->sound);
    jval_set_bool(object, "writable", report->writable);
    jval_set_integer(object, "schema", report->version);
    jval_set_text(object, "database", report->database);
    jval_set_integer(object, "bytes", report->bytes);
    for (size_t k = 0; k < RECORD_KINDS; k++) jval_set_integer(object, record_kind_names[k], (int64_t)report->records[k]);
    jval_set_integer(object, "parties", (int64_t)report->parties);
    jval_set_integer(object, "rounds", (int64_t)report->rounds);
    jval_set_integer(object, "audit_entries", report->audit.head.number);
    jval_set_text(object, "audit_head", report->audit.head.digest);
    for (size_t i = 0; i < report->finding_count; i++)
        jval_append(findings, write_text2((struct text2){report->findings[i].ko, report->findings[i].en}));
    jval_set(object, "findings", findings);
    return object;
}

static bool check_store(struct call *call, jval *object) {
    struct store *store;
    struct store_report report;
    struct problem problem = {0};
    const char *path = workspace_store_path(call->workspace);
    if (!path || !file_exists(path)) return true;
    ieum_status status = workspace_store(call->workspace, false, &store, &problem);
    if (status == IEUM_OK) status = store_doctor(store, &report, &problem);
    jval *head;
    bool sound = status == IEUM_OK && report.sound;
    if (status == IEUM_OK) {
        head = write_report(&report);
        store_report_free(&report);
    } else {
        head = jval_new_object();
        jval_set(head, "problem", write_problem_text(&problem));
    }
    jval_set_text(head, "path", path);
    jval_set(object, "store", head);
    return sound;
}

ieum_status request_doctor(struct call *call, jval **result, struct problem *problem) {
    ieum_status status = request_refuse_unknown(call->request, NULL, 0, problem);
    if (status != IEUM_OK) return status;
    jval *object = jval_new_object();
    jval_set_text(object, "version", ieum_version_text());
    jval_set_text(object, "data", workspace_data_path(call->workspace));
    bool sound = check_lexicon(call, object);
    sound = check_programs(call, object) && sound;
    sound = check_desk(call, object) && sound;
    sound = check_diagnosis(call, object) && sound;
    sound = check_learning(call, object) && sound;
    sound = check_models(call, object) && sound;
    sound = check_store(call, object) && sound;
    jval_set_bool(object, "sound", sound);
    *result = object;
    return IEUM_OK;
}
