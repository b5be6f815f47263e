/* SPDX-License-Identifier: Apache-2.0 */
#include "svm.h"

#include <limits.h>
#include <libsvm/svm.h>

#include "../base/memory.h"
#include "library.h"

/* The functions of the library, once it is loaded. */
struct functions {
    const char *(*check_parameter)(const struct svm_problem *, const struct svm_parameter *);
    void (*set_print)(void (*)(const char *));
    struct svm_model *(*train)(const struct svm_problem *, const struct svm_parameter *);
    void (*free_model)(struct svm_model **);
};

static ieum_status load(struct functions *functions, struct problem *problem) {
    const struct library_function wanted[] = {{"svm_check_parameter", &functions->check_parameter},
                                              {"svm_set_print_string_function", &functions->set_print},
                                              {"svm_train", &functions->train},
                                              {"svm_free_and_destroy_model", &functions->free_model}};
    return library_load(IEUM_SVM_FILE, "libsvm_version", LIBSVM_VERSION, wanted, sizeof wanted / sizeof *wanted, problem);
}

static void print_nothing(const char *text) { (void)text; }

void svm_fit_free(struct svm_fit *fit) {
    memory_free(fit->example);
    memory_free(fit->coefficient);
    *fit = (struct svm_fit){0};
}

static ieum_status copy_fit(const struct svm_model *model, bool regression, struct svm_fit *fit, struct problem *problem) {
    const size_t count = (size_t)model->l;
    struct svm_fit copy = {.count = count};
    copy.example = memory_allocate_zero(count, sizeof *copy.example);
    copy.coefficient = memory_allocate_zero(count, sizeof *copy.coefficient);
    if (!copy.example || !copy.coefficient) {
        svm_fit_free(&copy);
        return problem_set_memory(problem);
    }
    /* The value of a two-class model is positive for the label that libsvm met first. */
    const double side = !regression && model->label[0] < 0 ? -1 : 1;
    for (size_t i = 0; i < count; i++) {
        copy.example[i] = (uint32_t)(model->sv_indices[i] - 1);
        copy.coefficient[i] = side * model->sv_coef[0][i];
    }
    copy.bias = -side * model->rho[0];
    *fit = copy;
    return IEUM_OK;
}

static ieum_status train_nodes(struct svm_node **rows, size_t count, const double *target, int kernel, double gamma, const struct svm_settings *settings,
                               struct svm_fit *fit, struct problem *problem) {
    int labels[2] = {1, -1};
    double class_weights[2] = {settings->positive_weight, 1};
    struct svm_problem input = {.l = (int)count, .y = (double *)target, .x = rows};
    struct svm_parameter parameter = {.svm_type = settings->regression ? EPSILON_SVR : C_SVC, .kernel_type = kernel, .gamma = gamma,
                                      .cache_size = settings->cache_megabytes, .eps = settings->tolerance, .C = settings->cost, .p = settings->epsilon,
                                      .nr_weight = settings->regression ? 0 : 2, .weight_label = labels, .weight = class_weights, .shrinking = 1};
    struct functions svm;
    ieum_status status = load(&svm, problem);
    if (status != IEUM_OK) return status;
    const char *refusal = svm.check_parameter(&input, &parameter);
    if (refusal)
        return problem_set(problem, IEUM_INVALID, "", "학습 설정이 올바르지 않습니다(%s).", "The training parameters are not valid (%s).", refusal);
    svm.set_print(print_nothing);
    struct svm_model *model = svm.train(&input, &parameter);
    if (!model) return problem_set_memory(problem);
    status = copy_fit(model, settings->regression, fit, problem);
    svm.free_model(&model);
    return status;
}

/* count rows of `width` nodes each, and the pointers to them. */
static struct svm_node *make_nodes(size_t count, size_t width, struct svm_node ***rows) {
    struct svm_node *nodes = NULL;
    size_t cells;
    *rows = memory_allocate_zero(count, sizeof **rows);
    if (*rows && !__builtin_mul_overflow(count, width, &cells)) nodes = memory_allocate_zero(cells, sizeof *nodes);
    for (size_t i = 0; nodes && i < count; i++) (*rows)[i] = nodes + i * width;
    return nodes;
}

static ieum_status check_size(size_t count, size_t width, struct problem *problem) {
    if (count == 0) return problem_set(problem, IEUM_INVALID, "", "학습할 예가 없습니다.", "There are no examples to train on.");
    if (count > INT_MAX / 4 || width > INT_MAX / 4)
        return problem_set(problem, IEUM_LIMIT, "", "학습할 예나 좌표가 너무 많습니다(예 %zu개, 좌표 %zu개).",
                           "There are too many examples or coordinates to train on (%zu examples, %zu coordinates).", count, width);
    return IEUM_OK;
}

ieum_status svm_train_rbf(const double *rows, size_t count, size_t dimensions, const double *target, double gamma, const struct svm_settings *settings,
                          struct svm_fit *fit, struct problem *problem) {
    ieum_status status = check_size(count, dimensions, problem);
    if (status != IEUM_OK) return status;
    struct svm_node **pointers;
    struct svm_node *nodes = make_nodes(count, dimensions + 1, &pointers);
    if (!nodes) {
        status = problem_set_memory(problem);
        goto done;
    }
    for (size_t i = 0; i < count; i++) {
        struct svm_node *node = pointers[i];
        for (size_t j = 0; j < dimensions; j++)
            if (rows[i * dimensions + j] != 0) *node++ = (struct svm_node){(int)j + 1, rows[i * dimensions + j]};
        node->index = -1;
    }
    status = train_nodes(pointers, count, target, RBF, gamma, settings, fit, problem);
done:
    memory_free(nodes);
    memory_free(pointers);
    return status;
}

ieum_status svm_train_kernel(svm_kernel_row row, void *context, size_t count, const double *target, const struct svm_settings *settings,
                             struct svm_fit *fit, struct problem *problem) {
    ieum_status status = check_size(count, count, problem);
    if (status != IEUM_OK) return status;
    struct svm_node **pointers = NULL, *nodes = NULL;
    double *values = memory_allocate_zero(count, sizeof *values);
    if (values) nodes = make_nodes(count, count + 2, &pointers); /* its number, count values, the end mark */
    if (!nodes) {
        status = problem_set_memory(problem);
        goto done;
    }
    for (size_t i = 0; i < count; i++) {
        row(context, i, values);
        pointers[i][0] = (struct svm_node){0, (double)(i + 1)};
        for (size_t j = 0; j < count; j++) pointers[i][j + 1] = (struct svm_node){(int)j + 1, values[j]};
        pointers[i][count + 1].index = -1;
    }
    status = train_nodes(pointers, count, target, PRECOMPUTED, 0, settings, fit, problem);
done:
    memory_free(values);
    memory_free(nodes);
    memory_free(pointers);
    return status;
}
