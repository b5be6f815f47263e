/* SPDX-License-Identifier: Apache-2.0 */
#include "linear.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "../base/vector.h"
#include "library.h"

/* liblinear's tags are ours too. */
#define problem liblinear_problem
#define model liblinear_model
#define parameter liblinear_parameter
#include <linear.h>
#undef problem
#undef model
#undef parameter

struct example {
    double sign, cost;
    size_t first; /* of its nodes */
};

struct linear_examples {
    size_t dimensions;
    VECTOR(struct example) examples;
    VECTOR(struct feature_node) nodes; /* of each example: its coordinates, room for its own one, the end mark */
    double greatest_cost;
};

/* The functions of the library, once it is loaded. */
struct functions {
    const char *(*check_parameter)(const struct liblinear_problem *, const struct liblinear_parameter *);
    void (*set_print)(void (*)(const char *));
    struct liblinear_model *(*train)(const struct liblinear_problem *, const struct liblinear_parameter *);
    void (*free_model)(struct liblinear_model **);
};

static ieum_status load(struct functions *functions, struct problem *problem) {
    const struct library_function wanted[] = {{"check_parameter", &functions->check_parameter},
                                              {"set_print_string_function", &functions->set_print},
                                              {"train", &functions->train},
                                              {"free_and_destroy_model", &functions->free_model}};
    return library_load(IEUM_LINEAR_FILE, "liblinear_version", LIBLINEAR_VERSION, wanted, sizeof wanted / sizeof *wanted, problem);
}

static void print_nothing(const char *text) { (void)text; }

struct linear_examples *linear_examples_new(size_t dimensions) {
    struct linear_examples *examples = memory_allocate_zero(1, sizeof *examples);
    if (examples) examples->dimensions = dimensions;
    return examples;
}

void linear_examples_free(struct linear_examples *examples) {
    if (!examples) return;
    vector_free(&examples->examples);
    vector_free(&examples->nodes);
    memory_free(examples);
}

bool linear_examples_add(struct linear_examples *examples, double sign, double cost, const uint32_t *number, const double *value, size_t count) {
    if (!vector_reserve(&examples->nodes, examples->nodes.count + count + 2)) return false;
    if (!vector_push(&examples->examples, ((struct example){sign, cost, examples->nodes.count}))) return false;
    struct feature_node *node = examples->nodes.items + examples->nodes.count;
    for (size_t i = 0; i < count; i++) *node++ = (struct feature_node){(int)number[i] + 1, value[i]};
    node[0] = node[1] = (struct feature_node){-1, 0};
    examples->nodes.count += count + 2;
    if (cost > examples->greatest_cost) examples->greatest_cost = cost;
    return true;
}

size_t linear_examples_bytes(const struct linear_examples *examples) { return examples->nodes.count * sizeof(struct feature_node); }

/* The example's own coordinate, which makes its cost differ from the greatest one. */
static void put_own_coordinate(struct linear_examples *examples, size_t i) {
    const struct example *example = &examples->examples.items[i];
    const double square = 0.5 / example->cost - 0.5 / examples->greatest_cost;
    const size_t end = i + 1 < examples->examples.count ? examples->examples.items[i + 1].first : examples->nodes.count;
    const bool own = square > 0;
    examples->nodes.items[end - 2] = own ? (struct feature_node){(int)(examples->dimensions + i) + 1, sqrt(square)} : (struct feature_node){-1, 0};
}

ieum_status linear_train(struct linear_examples *examples, double tolerance, unsigned seed, double *weights, struct problem *problem) {
    const size_t count = examples->examples.count;
    if (count == 0)
        return problem_set(problem, IEUM_INVALID, "", "학습할 예가 없습니다.", "There are no examples to train on.");
    if (count > INT_MAX / 2 || examples->dimensions > INT_MAX / 2)
        return problem_set(problem, IEUM_LIMIT, "", "학습할 예나 좌표가 너무 많습니다(예 %zu개, 좌표 %zu개).",
                           "There are too many examples or coordinates to train on (%zu examples, %zu coordinates).", count, examples->dimensions);
    struct functions linear;
    ieum_status status = load(&linear, problem);
    if (status != IEUM_OK) return status;
    struct liblinear_model *trained = NULL;
    double *sign = memory_allocate_zero(count, sizeof *sign);
    struct feature_node **rows = memory_allocate_zero(count, sizeof *rows);
    if (!sign || !rows) {
        status = problem_set_memory(problem);
        goto done;
    }
    for (size_t i = 0; i < count; i++) {
        sign[i] = examples->examples.items[i].sign;
        rows[i] = examples->nodes.items + examples->examples.items[i].first;
        put_own_coordinate(examples, i);
    }
    const struct liblinear_problem input = {
        .l = (int)count, .n = (int)(examples->dimensions + count), .y = sign, .x = rows, .bias = -1};
    const struct liblinear_parameter parameter = {.solver_type = L2R_L2LOSS_SVC_DUAL, .eps = tolerance, .C = examples->greatest_cost};
    const char *refusal = linear.check_parameter(&input, &parameter);
    if (refusal) {
        status = problem_set(problem, IEUM_INVALID, "", "학습 설정이 올바르지 않습니다(%s).", "The training parameters are not valid (%s).", refusal);
        goto done;
    }
    linear.set_print(print_nothing);
    srand(seed);
    trained = linear.train(&input, &parameter);
    if (!trained) {
        status = problem_set_memory(problem);
        goto done;
    }
    /* With examples of one sign only, liblinear takes that sign for the positive class. */
    const double side = trained->label[0] > 0 ? 1 : -1;
    for (size_t j = 0; j < examples->dimensions; j++) weights[j] = side * trained->w[j];
done:
    if (trained) linear.free_model(&trained);
    memory_free(sign);
    memory_free(rows);
    return status;
}
