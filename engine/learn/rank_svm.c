/* SPDX-License-Identifier: Apache-2.0 */
#include "rank_svm.h"

#include <math.h>

#include "../adapt/linear.h"
#include "../base/random.h"
#include "preferences.h"

enum { HINTS_PER_FEATURE = 200 };
static const double TOLERANCE = 0.01;
static const size_t MOST_BYTES = (size_t)4 << 30; /* of liblinear's coordinates; the child's memory limit is usually lower */

/* Differences on their way to liblinear; every other one turned around. */
struct differences {
    struct linear_examples *examples;
    size_t dimensions, added;
    double *one, *two; /* room for two examples */
    double *value;
    uint32_t *number;
};

static void differences_free(struct differences *differences) {
    linear_examples_free(differences->examples);
    memory_free(differences->one);
    memory_free(differences->two);
    memory_free(differences->value);
    memory_free(differences->number);
}

static bool differences_open(struct differences *differences, size_t dimensions) {
    *differences = (struct differences){.examples = linear_examples_new(dimensions), .dimensions = dimensions};
    differences->one = memory_allocate_zero(dimensions, sizeof(double));
    differences->two = memory_allocate_zero(dimensions, sizeof(double));
    differences->value = memory_allocate_zero(dimensions, sizeof(double));
    differences->number = memory_allocate_zero(dimensions, sizeof(uint32_t));
    return differences->examples && differences->one && differences->two && differences->value && differences->number;
}

static ieum_status add_difference(struct differences *differences, const double *better, const double *worse, double cost, struct problem *problem) {
    const double sign = differences->added++ % 2 ? -1 : 1;
    size_t count = 0;
    for (size_t d = 0; d < differences->dimensions; d++) {
        const double value = better[d] - worse[d];
        if (value == 0) continue;
        differences->number[count] = (uint32_t)d;
        differences->value[count++] = sign * value;
    }
    if (!linear_examples_add(differences->examples, sign, cost, differences->number, differences->value, count)) return problem_set_memory(problem);
    if (linear_examples_bytes(differences->examples) > MOST_BYTES)
        return problem_set(problem, IEUM_LIMIT, "/pairs_per_demand", "비교할 쌍이 너무 많아 메모리에 담을 수 없습니다. 수요과제마다 쓰는 쌍의 수를 줄이십시오.",
                           "There are too many preferences to hold in memory. Use fewer per demand.");
    return IEUM_OK;
}

/* Examples drawn by the seed, each against itself with the feature raised (falling: lowered) to a random place below its greatest value. */
static ieum_status add_hints(struct differences *differences, const struct columns *columns, const struct dataset *data, struct rows rows, size_t feature,
                             const struct learn_options *options, double cost, struct problem *problem) {
    const struct column *column = &columns->items[feature];
    if (column->coordinates == 0) return IEUM_OK;
    double *features = memory_allocate_zero(data->feature_count, sizeof *features);
    if (!features) return problem_set_memory(problem);
    const double top = columns->curved ? column->at[column->knot_count - 1] : column->high;
    const bool falling = options->monotone[feature] < 0;
    struct random random;
    random_seed(&random, options->seed + 1 + feature);
    ieum_status status = IEUM_OK;
    for (size_t n = 0; n < HINTS_PER_FEATURE && status == IEUM_OK; n++) {
        const double *row = data->features + rows.items[random_below(&random, rows.count)] * data->feature_count;
        const double share = random_unit(&random);
        if (isnan(row[feature]) || row[feature] >= top) continue;
        for (size_t j = 0; j < data->feature_count; j++) features[j] = row[j];
        features[feature] = row[feature] + (1 - share) * (top - row[feature]);
        columns_encode(columns, features, falling ? differences->two : differences->one);
        columns_encode(columns, row, falling ? differences->one : differences->two);
        status = add_difference(differences, differences->one, differences->two, cost / HINTS_PER_FEATURE, problem);
    }
    memory_free(features);
    return status;
}

/* The coordinates of one demand's examples, each computed once. */
struct encoded {
    uint32_t *slot; /* of each example of the dataset: its row here; DATASET_NONE */
    double *rows;
    size_t count, capacity;
};

static bool encode_once(struct encoded *encoded, const struct columns *columns, const struct dataset *data, uint32_t example) {
    if (encoded->slot[example] != DATASET_NONE) return true;
    if (encoded->count == encoded->capacity) {
        const size_t capacity = encoded->capacity ? 2 * encoded->capacity : 64;
        double *rows = memory_resize(encoded->rows, capacity, columns->dimensions * sizeof *rows);
        if (!rows) return false;
        encoded->rows = rows;
        encoded->capacity = capacity;
    }
    columns_encode(columns, data->features + (size_t)example * data->feature_count, encoded->rows + encoded->count * columns->dimensions);
    encoded->slot[example] = (uint32_t)encoded->count++;
    return true;
}

/* The differences of one demand: preferences first … end − 1. */
static ieum_status add_demand(struct differences *differences, struct encoded *encoded, const struct columns *columns, const struct dataset *data,
                              double cost, const struct preference *first, const struct preference *end, struct problem *problem) {
    ieum_status status = IEUM_OK;
    encoded->count = 0;
    for (const struct preference *p = first; p < end; p++)
        if (!encode_once(encoded, columns, data, p->better) || !encode_once(encoded, columns, data, p->worse)) return problem_set_memory(problem);
    for (const struct preference *p = first; p < end && status == IEUM_OK; p++)
        status = add_difference(differences, encoded->rows + encoded->slot[p->better] * columns->dimensions,
                                encoded->rows + encoded->slot[p->worse] * columns->dimensions, cost * p->weight, problem);
    for (const struct preference *p = first; p < end; p++) encoded->slot[p->better] = encoded->slot[p->worse] = DATASET_NONE;
    return status;
}

static ieum_status add_all(struct differences *differences, const struct columns *columns, const struct dataset *data, struct rows rows,
                           const struct learn_options *options, const struct preferences *preferences, struct problem *problem) {
    const struct preference *first = preferences->items.items, *last = first + preferences->items.count;
    struct encoded encoded = {.slot = memory_allocate_zero(data->count, sizeof *encoded.slot)};
    ieum_status status = encoded.slot ? IEUM_OK : problem_set_memory(problem);
    for (size_t i = 0; encoded.slot && i < data->count; i++) encoded.slot[i] = DATASET_NONE;
    while (first < last && status == IEUM_OK) {
        const struct preference *end = first;
        while (end < last && data->group[end->better] == data->group[first->better]) end++;
        status = add_demand(differences, &encoded, columns, data, options->cost, first, end, problem);
        first = end;
    }
    memory_free(encoded.slot);
    memory_free(encoded.rows);
    const double hints = options->hint_share * (double)preferences->demands;
    for (size_t j = 0; options->monotone && hints > 0 && j < data->feature_count && status == IEUM_OK; j++)
        if (options->monotone[j] != 0) status = add_hints(differences, columns, data, rows, j, options, options->cost * hints, problem);
    return status;
}

ieum_status rank_svm_fit(const struct dataset *data, struct rows rows, const struct learn_options *options, struct model *model, struct fit_note *note,
                         struct problem *problem) {
    struct preferences preferences = {0};
    struct differences differences = {0};
    struct columns columns;
    double *weights = NULL;
    struct arena *scratch = arena_new();
    ieum_status status = scratch ? preferences_make(data, rows, options, &preferences, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = columns_learn(data, rows, options, options->kind == MODEL_ADDITIVE, scratch, &columns, problem);
    if (status != IEUM_OK) goto done;
    if (columns.dimensions == 0) {
        status = problem_set(problem, IEUM_INVALID, "", "특성값이 모든 예에서 같아 배울 것이 없습니다.",
                             "Every feature has the same value in all examples, so there is nothing to learn.");
        goto done;
    }
    weights = memory_allocate_zero(columns.dimensions, sizeof *weights);
    if (!weights || !differences_open(&differences, columns.dimensions)) {
        status = problem_set_memory(problem);
        goto done;
    }
    status = add_all(&differences, &columns, data, rows, options, &preferences, problem);
    if (status == IEUM_OK) status = linear_train(differences.examples, TOLERANCE, (unsigned)options->seed, weights, problem);
    if (status != IEUM_OK) goto done;
    model->features = columns_curves(&columns, data, options, weights, model->arena);
    model->feature_count = data->feature_count;
    if (!model->features) status = problem_set_memory(problem);
    *note = (struct fit_note){.examples = rows.count, .demands = preferences.demands, .preferences = preferences.items.count, .possible = preferences.possible};
done:
    memory_free(weights);
    differences_free(&differences);
    preferences_free(&preferences);
    arena_free(scratch);
    return status;
}
