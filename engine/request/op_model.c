/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op model: {"action"?: "list"} → {"models": [head with "about" and "measure"], "broken": [{"id", "path", "problem"}]};
 * {"action": "show", "model": id or path} → {"model", "title", "other_version", "card", "features", "inputs", "coordinates", "svm"};
 * {"action": "export", "model", "out"} → {"model", "out", "columns"};
 * {"action": "import", "from", "program", "out", "features", "means"?, "name"?, "about_ko", "about_en", "criteria"?} → {"model", "card"};
 * {"action": "rows", "program", "out", "data"?, "qrels"?, "criteria"?, "plain"?} → {"out", "rows", "demands", "columns", "not_found"}.
 */
#include <string.h>

#include "../feature/side_groups.h"
#include "../pipeline_modelling.h"
#include "../score/svm_model.h"
#include "problem_json.h"
#include "request.h"

static const struct jpath root = {NULL, NULL, 0};
static const char *const criteria_names[] = {"all", "fit"};

static ieum_status read_criteria(const jval *request, bool *fit_only, struct problem *problem) {
    size_t chosen = 0;
    ieum_status status = field_choice(request, NULL, "criteria", false, criteria_names, 2, &chosen, problem);
    *fit_only = chosen == 1;
    return status;
}

static jval *write_list(const struct text_list *list) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < list->count; i++) jval_append_text(array, list->items[i]);
    return array;
}

/* ---- list ---- */

static ieum_status list_models(struct call *call, jval **result, struct problem *problem) {
    struct model_list list = {0};
    ieum_status status = request_refuse_unknown(call->request, (const char *const[]){"action"}, 1, problem);
    if (status == IEUM_OK) status = pipeline_model_list(call->workspace, &list, problem);
    if (status != IEUM_OK) return status;
    jval *models = jval_new_array(), *broken = jval_new_array();
    for (size_t i = 0; i < list.count; i++) {
        const struct listed_model *item = &list.items[i];
        jval *one = item->model ? write_model_head(item->model, item->path) : jval_new_object();
        jval_set_text(one, "id", item->id); /* the name by which it is called */
        if (item->model) {
            const jval *measure = jval_at(jval_get(item->model->card, "measures"), 0);
            jval_set(one, "about", jval_keep(jval_get(item->model->card, "data")));
            jval_set(one, "measure", measure ? jval_keep(measure) : NULL);
        } else {
            jval_set_text(one, "path", item->path);
            jval_set(one, "problem", problem_json(item->problem, workspace_korean(call->workspace)));
        }
        jval_append(item->model ? models : broken, one);
    }
    *result = jval_new_object();
    jval_set(*result, "models", models);
    jval_set(*result, "broken", broken);
    model_list_free(&list);
    return IEUM_OK;
}

/* ---- show ---- */

/* Title and criterion of a feature, where the program is there and has it. */
static void write_feature_of(jval *object, const struct program *program, const char *name) {
    jval_set_text(object, "name", name);
    for (size_t f = 0; program && f < program->feature_count; f++) {
        if (strcmp(program->features[f].id, name) != 0) continue;
        const uint32_t criterion = criterion_of_feature(program, f);
        jval_set(object, "title", write_text2(program->features[f].title));
        if (criterion < program->criterion_count) jval_set(object, "criterion", write_text2(program->criteria[criterion].title));
    }
}

static jval *write_curves(const struct model_answer *answer) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < answer->model->feature_count; i++) {
        const struct curve *curve = &answer->model->features[i].curve;
        jval *object = jval_new_object(), *points = jval_new_array(), *adds = jval_new_array();
        write_feature_of(object, answer->program, answer->model->features[i].name);
        for (size_t k = 0; k < curve->count; k++) {
            jval *point = jval_new_array();
            jval_append(point, jval_new_number(curve->at[k]));
            jval_append(point, jval_new_number(curve->value[k]));
            jval_append(points, point);
        }
        for (int k = 0; k <= 2; k++) jval_append(adds, jval_new_number(curve_value(curve, k / 2.0)));
        jval_set(object, "points", points);
        jval_set(object, "adds", adds);
        jval_set_number(object, "missing", curve->missing);
        jval_append(array, object);
    }
    return array;
}

static jval *write_inputs(const struct model_answer *answer) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < answer->model->input_count; i++) {
        const struct model_input *input = &answer->model->inputs[i];
        jval *object = jval_new_object();
        write_feature_of(object, answer->program, input->name);
        jval_set_bool(object, "indicator", input->indicator);
        if (!input->indicator) jval_set_number(object, "mean", input->mean);
        jval_append(array, object);
    }
    return array;
}

static jval *write_coordinates(const struct model *model) {
    jval *object = jval_new_object();
    jval_set_integer(object, "demand", (int64_t)model->product.demand.count);
    jval_set_integer(object, "supplier", (int64_t)model->product.supplier.count);
    return object;
}

static jval *write_svm(const struct svm_model *svm) {
    if (!svm) return NULL;
    jval *object = jval_new_object();
    jval_set_text(object, "type", svm_type_names[svm->type]);
    jval_set_text(object, "kernel", svm_kernel_names[svm->kernel]);
    jval_set_integer(object, "vectors", (int64_t)svm->vector_count);
    return object;
}

static ieum_status show_model(struct call *call, jval **result, struct problem *problem) {
    struct model_answer answer = {0};
    const char *name = NULL;
    ieum_status status = request_refuse_unknown(call->request, (const char *const[]){"action", "model"}, 2, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "model", true, &name, problem);
    if (status == IEUM_OK) status = pipeline_model_show(call->workspace, name, &answer, problem);
    if (status != IEUM_OK) return status;
    *result = jval_new_object();
    jval_set(*result, "model", write_model_head(answer.model, answer.path));
    jval_set(*result, "title", answer.program ? write_text2(answer.program->title) : NULL);
    jval_set_bool(*result, "other_version", answer.other_version);
    jval_set(*result, "card", jval_keep(answer.model->card));
    jval_set_number(*result, "constant", answer.model->bias);
    jval_set(*result, "features", write_curves(&answer));
    jval_set(*result, "inputs", write_inputs(&answer));
    jval_set(*result, "coordinates", write_coordinates(answer.model));
    jval_set(*result, "svm", write_svm(answer.model->svm));
    model_answer_free(&answer);
    return IEUM_OK;
}

/* ---- export ---- */

static ieum_status export_model(struct call *call, jval **result, struct problem *problem) {
    struct model_answer answer = {0};
    const char *name = NULL, *out = NULL;
    ieum_status status = request_refuse_unknown(call->request, (const char *const[]){"action", "model", "out"}, 3, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "model", true, &name, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "out", true, &out, problem);
    if (status == IEUM_OK) status = pipeline_model_export(call->workspace, name, out, &answer, problem);
    if (status != IEUM_OK) return status;
    *result = jval_new_object();
    jval_set(*result, "model", write_model_head(answer.model, answer.path));
    jval_set_text(*result, "out", out);
    jval_set(*result, "columns", write_list(&answer.columns));
    model_answer_free(&answer);
    return IEUM_OK;
}

/* ---- import ---- */

/* {name: number} for some of the columns; the others count as 0 where they are missing. */
static ieum_status read_means(struct call *call, struct import_question *question, struct problem *problem) {
    const struct jpath at = {&root, "means", 0};
    const jval *object = NULL;
    double *means = arena_allocate_zero(call->arena, question->features.count, sizeof *means);
    if (!means) return problem_set_memory(problem);
    ieum_status status = field_object(call->request, NULL, "means", false, &object, problem);
    if (status == IEUM_OK && object) status = field_refuse_unknown(object, &at, question->features.items, question->features.count, problem);
    for (size_t i = 0; i < question->features.count && object && status == IEUM_OK; i++)
        status = field_number(object, &at, question->features.items[i], false, -1e9, 1e9, &means[i], problem);
    question->means = means;
    return status;
}

static ieum_status read_import(struct call *call, struct import_question *question, struct problem *problem) {
    static const char *const own[] = {"action", "from", "program", "out", "features", "means", "name", "about_ko", "about_en", "criteria"};
    const jval *request = call->request;
    ieum_status status = request_refuse_unknown(request, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "from", true, &question->from, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "program", true, &question->program, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "out", true, &question->out, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "name", false, &question->id, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "about_ko", true, &question->about.ko, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "about_en", true, &question->about.en, problem);
    if (status == IEUM_OK) status = read_criteria(request, &question->fit_only, problem);
    if (status == IEUM_OK) status = field_text_list(request, NULL, "features", true, call->arena, &question->features, problem);
    if (status == IEUM_OK && (question->features.count == 0 || question->features.count > 4096))
        return jval_refuse(problem, &(struct jpath){&root, "features", 0}, NULL, "1..4096", "열의 이름은 1개에서 4096개까지 적습니다.", "There must be 1 to 4096 names of columns.");
    return status == IEUM_OK ? read_means(call, question, problem) : status;
}

static ieum_status import_model(struct call *call, jval **result, struct problem *problem) {
    struct import_question question = {0};
    struct model_answer answer = {0};
    ieum_status status = read_import(call, &question, problem);
    if (status == IEUM_OK) status = pipeline_model_import(call->workspace, &question, &answer, problem);
    if (status != IEUM_OK) return status;
    *result = jval_new_object();
    jval_set(*result, "model", write_model_head(answer.model, answer.path));
    jval_set(*result, "card", jval_keep(answer.model->card));
    model_answer_free(&answer);
    return IEUM_OK;
}

/* ---- rows ---- */

static ieum_status write_rows(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"action", "program", "data", "qrels", "out", "criteria", "plain"};
    struct rows_question question = {0};
    struct rows_answer answer = {0};
    const jval *request = call->request;
    ieum_status status = request_refuse_unknown(request, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "program", true, &question.program, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "out", true, &question.out, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "data", false, &question.data, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "qrels", false, &question.qrels, problem);
    if (status == IEUM_OK) status = field_bool(request, NULL, "plain", false, &question.plain, problem);
    if (status == IEUM_OK) status = read_criteria(request, &question.fit_only, problem);
    if (status == IEUM_OK && question.qrels && !question.data)
        return jval_refuse(problem, &(struct jpath){&root, "qrels", 0}, jval_get(request, "qrels"), NULL, "qrels는 모음 폴더(data)가 있을 때 적습니다.", "qrels go with a collection's folder.");
    if (status == IEUM_OK) status = pipeline_model_rows(call->workspace, &question, &answer, problem);
    if (status != IEUM_OK) return status;
    *result = jval_new_object();
    jval_set_text(*result, "out", question.out);
    jval_set_integer(*result, "rows", (int64_t)answer.rows);
    jval_set_integer(*result, "demands", (int64_t)answer.demands);
    jval_set(*result, "columns", write_list(&answer.columns));
    jval_set_integer(*result, "not_found", (int64_t)answer.not_found);
    rows_answer_free(&answer);
    return IEUM_OK;
}

ieum_status request_model(struct call *call, jval **result, struct problem *problem) {
    static const char *const names[] = {"list", "show", "export", "import", "rows"};
    static const operation actions[] = {list_models, show_model, export_model, import_model, write_rows};
    size_t action = 0;
    ieum_status status = field_choice(call->request, NULL, "action", false, names, sizeof names / sizeof *names, &action, problem);
    return status == IEUM_OK ? actions[action](call, result, problem) : status;
}
