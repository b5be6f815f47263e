/* SPDX-License-Identifier: Apache-2.0 */
#include "kernel_svm.h"

#include <math.h>
#include <string.h>

#include "../adapt/svm.h"
#include "../base/elementary.h"
#include "../base/random.h"

static const double TOLERANCE = 0.001;

/* One training problem on its way to libsvm. */
struct kernel_job {
    const struct dataset *data;
    const struct learn_options *options;
    struct arena *scratch;
    uint32_t *chosen; /* examples, one may stand more than once */
    size_t count;
    struct learned_side demand, offer;
    size_t width; /* coordinates of both sides together */
    double *joined, *target;
    struct columns columns; /* mixed */
    double *encoded;        /* mixed: count × columns.dimensions */
};

/* At most `most` of the rows, each as likely as any other, in their order (Knuth 3.4.2, algorithm S). */
static void subsample(struct rows *rows, uint32_t *room, size_t most, uint64_t seed) {
    struct random random;
    random_seed(&random, seed);
    size_t kept = 0;
    for (size_t i = 0; i < rows->count && kept < most; i++)
        if (random_below(&random, rows->count - i) < most - kept) room[kept++] = rows->items[i];
    *rows = (struct rows){room, kept};
}

/* Draws rows.count examples in proportion to their weights: one at every whole step along the sum of weights, from a random start. */
static void draw_by_weight(struct rows rows, const double *weights, uint64_t seed, uint32_t *chosen) {
    struct random random;
    random_seed(&random, seed);
    double mark = random_unit(&random), sum = 0;
    size_t made = 0;
    for (size_t i = 0; i < rows.count; i++) {
        sum += weights[i];
        while (made < rows.count && mark < sum) {
            chosen[made++] = rows.items[i];
            mark += 1;
        }
    }
    while (made < rows.count) chosen[made++] = rows.items[rows.count - 1]; /* what rounding of the sum left over */
}

static ieum_status choose_examples(struct kernel_job *job, struct rows rows, struct problem *problem) {
    const struct learn_options *options = job->options;
    const size_t most = options->kind == MODEL_MIXED ? options->most_kernel_rows : options->most_vector_rows;
    if (rows.count > most && !options->subsample)
        return problem_set(problem, IEUM_LIMIT, options->kind == MODEL_MIXED ? "/most_kernel_rows" : "/most_vector_rows",
                           "이 종류의 모형은 예 %2$zu건까지 배울 수 있는데 %1$zu건입니다. 일부만 뽑아 배우거나(subsample) 다른 종류를 쓰십시오.",
                           "This kind of model learns from at most %2$zu examples; there are %1$zu. Learn from a sample (subsample) or use another kind.",
                           rows.count, most);
    uint32_t *room = arena_allocate_zero(job->scratch, rows.count, sizeof *room);
    double *weights = arena_allocate_zero(job->scratch, rows.count, sizeof *weights);
    job->chosen = arena_allocate_zero(job->scratch, rows.count, sizeof *job->chosen);
    if (!room || !weights || !job->chosen) return problem_set_memory(problem);
    if (rows.count > most) subsample(&rows, room, most, options->seed);
    ieum_status status = dataset_weights(job->data, rows, options->propensity_clip, weights, problem);
    if (status != IEUM_OK) return status;
    bool equal = true;
    for (size_t i = 1; i < rows.count; i++) equal = equal && weights[i] == weights[0];
    if (equal) memcpy(job->chosen, rows.items, rows.count * sizeof *job->chosen);
    else draw_by_weight(rows, weights, options->seed, job->chosen);
    job->count = rows.count;
    return IEUM_OK;
}

static ieum_status set_targets(struct kernel_job *job, double *positive_weight, struct problem *problem) {
    const struct learn_options *options = job->options;
    size_t positive = 0;
    bool same = true;
    job->target = arena_allocate_zero(job->scratch, job->count, sizeof *job->target);
    if (!job->target) return problem_set_memory(problem);
    for (size_t i = 0; i < job->count; i++) {
        const double grade = job->data->grade[job->chosen[i]];
        positive += grade >= options->threshold;
        job->target[i] = options->regression ? grade : grade >= options->threshold ? 1 : -1;
        same = same && job->target[i] == job->target[0];
    }
    if (same && !options->regression)
        return problem_set(problem, IEUM_INVALID, "/threshold", "등급 %1$g을(를) 기준으로 나누면 %2$s 예가 하나도 없습니다(학습 자료 %4$zu건).%3$.0s",
                           "Split at grade %1$g, there is no %3$s%2$.0s example (%4$zu examples).", options->threshold, positive ? "나쁜" : "좋은",
                           positive ? "negative" : "positive", job->count);
    if (same)
        return problem_set(problem, IEUM_INVALID, "", "모든 예의 등급이 같아 배울 것이 없습니다(학습 자료 %zu건).",
                           "All grades are equal, so there is nothing to learn (%zu examples).", job->count);
    *positive_weight = options->positive_weight > 0 || positive == 0 ? options->positive_weight : (double)(job->count - positive) / (double)positive;
    return IEUM_OK;
}

/* The joined vectors of the chosen examples. */
static ieum_status encode_sides(struct kernel_job *job, struct problem *problem) {
    const struct dataset *data = job->data;
    const struct rows rows = {job->chosen, job->count};
    ieum_status status = side_learn(&data->demand, data->group, rows, job->options->width_demand, true, job->scratch, &job->demand, problem);
    if (status == IEUM_OK) status = side_learn(&data->offer, data->supplier, rows, job->options->width_supplier, false, job->scratch, &job->offer, problem);
    if (status != IEUM_OK) return status;
    job->width = job->demand.encoding.count + job->offer.encoding.count;
    size_t cells;
    if (__builtin_mul_overflow(job->count, job->width, &cells)) return problem_set_memory(problem);
    job->joined = arena_allocate_zero(job->scratch, cells, sizeof *job->joined);
    if (!job->joined) return problem_set_memory(problem);
    for (size_t i = 0; i < job->count; i++) {
        double *place = job->joined + i * job->width;
        side_encode_row(&job->demand, &data->demand, data->group[job->chosen[i]], place);
        side_encode_row(&job->offer, &data->offer, data->supplier[job->chosen[i]], place + job->demand.encoding.count);
    }
    return IEUM_OK;
}

static ieum_status encode_features(struct kernel_job *job, struct problem *problem) {
    const struct dataset *data = job->data;
    ieum_status status = columns_learn(data, (struct rows){job->chosen, job->count}, job->options, true, job->scratch, &job->columns, problem);
    if (status != IEUM_OK) return status;
    size_t cells;
    if (__builtin_mul_overflow(job->count, job->columns.dimensions, &cells)) return problem_set_memory(problem);
    job->encoded = arena_allocate_zero(job->scratch, cells, sizeof *job->encoded);
    if (!job->encoded) return problem_set_memory(problem);
    for (size_t i = 0; i < job->count; i++)
        columns_encode(&job->columns, data->features + job->chosen[i] * data->feature_count, job->encoded + i * job->columns.dimensions);
    return IEUM_OK;
}

static void mixed_row(void *context, size_t i, double *values) {
    const struct kernel_job *job = context;
    const size_t dimensions = job->columns.dimensions;
    const double *joined = job->joined + i * job->width, *encoded = job->encoded + i * dimensions;
    for (size_t j = 0; j < job->count; j++) {
        const double *other_joined = job->joined + j * job->width, *other_encoded = job->encoded + j * dimensions;
        double square = 0, dot = 0;
        for (size_t d = 0; d < job->width; d++) square += (joined[d] - other_joined[d]) * (joined[d] - other_joined[d]);
        for (size_t d = 0; d < dimensions; d++) dot += encoded[d] * other_encoded[d];
        values[j] = dot + exact_exp(-square);
    }
}

static bool copy_encoding(const struct side_encoding *from, struct arena *arena, struct side_encoding *to) {
    struct side_coordinate *coordinates = arena_allocate_zero(arena, from->count, sizeof *coordinates);
    for (size_t j = 0; coordinates && j < from->count; j++) {
        coordinates[j] = from->coordinates[j];
        coordinates[j].name = arena_copy_text(arena, from->coordinates[j].name);
        if (!coordinates[j].name) return false;
    }
    *to = (struct side_encoding){coordinates, from->count};
    return coordinates != NULL;
}

/* Support vectors split into their sides; the same joined vector is kept once. */
static bool make_product(const struct kernel_job *job, const struct svm_fit *fit, struct arena *arena, struct product_term *product) {
    const size_t demand = job->demand.encoding.count, offer = job->offer.encoding.count;
    double *demand_vectors = arena_allocate_zero(arena, fit->count * demand, sizeof(double));
    double *offer_vectors = arena_allocate_zero(arena, fit->count * offer, sizeof(double));
    double *coefficients = arena_allocate_zero(arena, fit->count, sizeof(double));
    if (!demand_vectors || !offer_vectors || !coefficients) return false;
    size_t kept = 0;
    for (size_t i = 0; i < fit->count; i++) {
        const double *joined = job->joined + fit->example[i] * job->width;
        size_t same = 0;
        while (same < kept && (memcmp(demand_vectors + same * demand, joined, demand * sizeof(double)) != 0 ||
                               memcmp(offer_vectors + same * offer, joined + demand, offer * sizeof(double)) != 0))
            same++;
        coefficients[same] += fit->coefficient[i];
        if (same < kept) continue;
        memcpy(demand_vectors + kept * demand, joined, demand * sizeof(double));
        memcpy(offer_vectors + kept * offer, joined + demand, offer * sizeof(double));
        kept++;
    }
    *product = (struct product_term){.count = kept, .demand_vectors = demand_vectors, .supplier_vectors = offer_vectors, .coefficients = coefficients};
    return copy_encoding(&job->demand.encoding, arena, &product->demand) && copy_encoding(&job->offer.encoding, arena, &product->supplier);
}

static bool make_curves(const struct kernel_job *job, const struct svm_fit *fit, struct model *model) {
    const size_t dimensions = job->columns.dimensions;
    double *weights = arena_allocate_zero(job->scratch, dimensions, sizeof *weights);
    if (!weights) return false;
    for (size_t i = 0; i < fit->count; i++)
        for (size_t d = 0; d < dimensions; d++) weights[d] += fit->coefficient[i] * job->encoded[fit->example[i] * dimensions + d];
    model->features = columns_curves(&job->columns, job->data, job->options, weights, model->arena);
    model->feature_count = job->data->feature_count;
    return model->features != NULL;
}

ieum_status kernel_svm_fit(const struct dataset *data, struct rows rows, const struct learn_options *options, struct model *model, struct fit_note *note,
                           struct problem *problem) {
    const bool mixed = options->kind == MODEL_MIXED;
    struct svm_settings settings = {.regression = options->regression, .cost = options->cost, .epsilon = options->epsilon, .tolerance = TOLERANCE,
                                    .cache_megabytes = options->cache_megabytes};
    struct svm_fit fit = {0};
    struct kernel_job job = {.data = data, .options = options, .scratch = arena_new()};
    ieum_status status = job.scratch ? choose_examples(&job, rows, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = set_targets(&job, &settings.positive_weight, problem);
    if (status == IEUM_OK) status = encode_sides(&job, problem);
    if (status == IEUM_OK && mixed) status = encode_features(&job, problem);
    if (status == IEUM_OK)
        status = mixed ? svm_train_kernel(mixed_row, &job, job.count, job.target, &settings, &fit, problem)
                       : svm_train_rbf(job.joined, job.count, job.width, job.target, 1, &settings, &fit, problem);
    if (status == IEUM_OK && fit.count == 0)
        status = problem_set(problem, IEUM_INVALID, "/epsilon", "허용 오차가 등급의 차이보다 커서 배울 것이 없습니다.",
                             "The tolerated error is larger than the differences between grades, so there is nothing to learn.");
    if (status == IEUM_OK && (!make_product(&job, &fit, model->arena, &model->product) || (mixed && !make_curves(&job, &fit, model))))
        status = problem_set_memory(problem);
    if (status == IEUM_OK) {
        model->bias = fit.bias;
        *note = (struct fit_note){.examples = job.count, .support = model->product.count};
    }
    svm_fit_free(&fit);
    arena_free(job.scratch);
    return status;
}
