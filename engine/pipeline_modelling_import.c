/* SPDX-License-Identifier: Apache-2.0 */
/* A libsvm text model → a model file of our own for a program. */
#include <stdio.h>
#include <string.h>

#include "base/files.h"
#include "pipeline_modelling.h"
#include "score/model_file.h"
#include "score/svm_text.h"

/* ---- the columns ---- */

static bool is_feature(const struct program *program, const char *name) {
    bool found = strcmp(name, model_kind_names[MODEL_RUBRIC]) == 0;
    for (size_t f = 0; f < program->feature_count; f++) found = found || strcmp(name, program->features[f].id) == 0;
    return found;
}

static ieum_status refuse_name(size_t index, const char *name, const char *ko, const char *en, struct problem *problem) {
    char pointer[32];
    snprintf(pointer, sizeof pointer, "/features/%zu", index);
    problem_set(problem, IEUM_INVALID, pointer, "%1$s%2$.0s", "%1$.0s%2$s", ko, en);
    problem_set_value(problem, name);
    return problem->status;
}

static ieum_status make_inputs(const struct import_question *question, const struct program *program, struct model *model, struct problem *problem) {
    const struct text_list *names = &question->features;
    struct model_input *inputs = arena_allocate_zero(model->arena, names->count, sizeof *inputs);
    if (!inputs) return problem_set_memory(problem);
    for (size_t i = 0; i < names->count; i++) {
        const bool indicator = strncmp(names->items[i], MISSING_COLUMN, strlen(MISSING_COLUMN)) == 0;
        const char *name = names->items[i] + (indicator ? strlen(MISSING_COLUMN) : 0);
        for (size_t k = 0; k < i; k++)
            if (strcmp(names->items[k], names->items[i]) == 0)
                return refuse_name(i, names->items[i], "같은 이름이 두 번 나옵니다.", "The name appears twice.", problem);
        if (!is_feature(program, name)) return refuse_name(i, name, "이 사업에 그런 이름의 특성이 없습니다.", "The program has no feature of this name.", problem);
        inputs[i] = (struct model_input){arena_copy_text(model->arena, name), indicator, indicator ? 0 : question->means[i]};
        if (!inputs[i].name) return problem_set_memory(problem);
    }
    model->inputs = inputs;
    model->input_count = names->count;
    return IEUM_OK;
}

/* ---- the value ---- */

static const char *class_labels(const struct svm_model *svm, char *text, size_t size) {
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < svm->class_count && svm->labels && used + 16 < size; i++)
        used += (size_t)snprintf(text + used, size - used, i ? ", %d" : "%d", svm->labels[i]);
    return text;
}

/*
 * Two classes become one number: a regression model with the same function, turned round where it speaks for the smaller label. libsvm's probability of the first
 * label, 1/(1 + exp(A·f + B)), becomes that of the greater one; of −f it is 1/(1 + exp(A·(−f) − B)).
 */
static ieum_status make_value(struct svm_model *svm, struct platt *platt, bool *turned, struct problem *problem) {
    char labels[128];
    if (svm_functions(svm) != 1) {
        problem_set(problem, IEUM_INVALID, "/from", "이 libsvm 모형은 %zu개 부류를 나누어 점수 하나를 내지 않습니다. 등급이 셋 이상이면 회귀(svm-train -s 3)로 학습하십시오.",
                    "This libsvm model tells %zu classes apart and does not give one score; with more than two grades train a regression (svm-train -s 3).",
                    svm->class_count);
        problem_set_value(problem, class_labels(svm, labels, sizeof labels));
        return problem->status;
    }
    if (!svm_classifies(svm)) return IEUM_OK;
    *turned = svm->labels[0] < svm->labels[1];
    if (svm->probability_a && svm->probability_b)
        *platt = (struct platt){true, svm->probability_a[0], *turned ? -svm->probability_b[0] : svm->probability_b[0]};
    for (size_t i = 0; i < svm->vector_count && *turned; i++) svm->coefficients[i] = -svm->coefficients[i];
    if (*turned) svm->rho[0] = -svm->rho[0];
    memory_free(svm->labels);
    memory_free(svm->class_sizes);
    memory_free(svm->probability_a);
    memory_free(svm->probability_b);
    svm->labels = NULL;
    svm->class_sizes = NULL;
    svm->probability_a = svm->probability_b = NULL;
    svm->type = SVM_EPSILON_SVR;
    return IEUM_OK;
}

static ieum_status read_svm(const char *path, struct svm_model **svm, char hash[DIGEST_TEXT], struct problem *problem) {
    char *bytes = NULL;
    size_t size = 0;
    ieum_status status = file_read(path, MODEL_BYTES_MOST, &bytes, &size, problem);
    if (status == IEUM_OK) {
        digest_of(bytes, size, hash);
        status = svm_text_read(bytes, size, svm, problem);
        if (status != IEUM_OK) problem_set_place(problem, path, 0, 0);
    }
    memory_free(bytes);
    return status;
}

/* ---- the card ---- */

static jval *make_card(const struct import_question *question, const struct svm_model *svm, enum svm_type type, const char *hash, bool turned) {
    jval *card = jval_new_object(), *data = jval_new_object(), *parameters = jval_new_object(), *imported = jval_new_object();
    jval_set_text(data, "ko", question->about.ko);
    jval_set_text(data, "en", question->about.en);
    jval_set_text(parameters, "criteria", question->fit_only ? "fit" : "all");
    jval_set_text(parameters, "svm_type", svm_type_names[type]);
    jval_set_text(parameters, "kernel", svm_kernel_names[svm->kernel]);
    if (svm->kernel != SVM_LINEAR) jval_set_number(parameters, "gamma", svm->gamma);
    if (svm->kernel == SVM_POLYNOMIAL) jval_set_integer(parameters, "degree", svm->degree);
    if (svm->kernel == SVM_POLYNOMIAL || svm->kernel == SVM_SIGMOID) jval_set_number(parameters, "coef0", svm->coef0);
    jval_set_integer(parameters, "vectors", (int64_t)svm->vector_count);
    jval_set_text(imported, "from", "libsvm");
    jval_set_text(imported, "hash", hash);
    jval_set_bool(imported, "turned", turned);
    jval_set(card, "data", data);
    jval_set(card, "parameters", parameters);
    jval_set(card, "import", imported);
    return card;
}

/* ---- all together ---- */

static ieum_status make_model(const struct import_question *question, const struct program *program, struct model **made, struct problem *problem) {
    struct model *model = memory_allocate_zero(1, sizeof *model);
    char hash[DIGEST_TEXT];
    bool turned = false;
    enum svm_type type = SVM_EPSILON_SVR;
    if (!model) return problem_set_memory(problem);
    *made = model;
    model->kind = MODEL_LIBSVM;
    if (!(model->arena = arena_new())) return problem_set_memory(problem);
    ieum_status status = workspace_model_id(question->id, question->out, model->arena, &model->id, problem);
    if (status == IEUM_OK) status = read_svm(question->from, &model->svm, hash, problem);
    if (status == IEUM_OK) type = model->svm->type;
    if (status == IEUM_OK) status = make_value(model->svm, &model->platt, &turned, problem);
    if (status == IEUM_OK) status = make_inputs(question, program, model, problem);
    if (status == IEUM_OK && model->svm->columns > model->input_count)
        status = problem_set(problem, IEUM_INVALID, "/features", "libsvm 모형은 열 %1$zu개를 쓰는데 이름은 %2$zu개입니다.", "The libsvm model uses %1$zu columns, but %2$zu are named.",
                             model->svm->columns, model->input_count);
    if (status != IEUM_OK) return status;
    model->program = arena_copy_text(model->arena, program->id);
    model->program_version = arena_copy_text(model->arena, program->version);
    if (!model->program || !model->program_version) return problem_set_memory(problem);
    model->card = make_card(question, model->svm, type, hash, turned);
    return IEUM_OK;
}

ieum_status pipeline_model_import(struct workspace *workspace, const struct import_question *question, struct model_answer *answer, struct problem *problem) {
    *answer = (struct model_answer){.arena = arena_new()};
    ieum_status status = answer->arena ? workspace_program(workspace, question->program, &answer->program, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = make_model(question, answer->program, &answer->model, problem);
    if (status == IEUM_OK && !(answer->path = arena_copy_text(answer->arena, question->out))) status = problem_set_memory(problem);
    if (status == IEUM_OK) status = model_save(answer->model, question->out, problem);
    if (status != IEUM_OK) model_answer_free(answer);
    return status;
}
