/* SPDX-License-Identifier: Apache-2.0 */
/* Kind "additive": a planted hump is found where a straight line cannot; monotone requests are met and cost little. */
#include "learn_samples.h"

#include "learn/columns.h"
#include "learn/isotonic.h"

enum { DEMANDS = 12, OFFERS = 50, FEATURES = 4, COUNT = DEMANDS * OFFERS };

/* A hump over f0, a rising bent curve over f1, a line over f2, nothing over f3. */
static struct sample *planted(double noise, double from, double to) {
    struct sample *sample = sample_new(DEMANDS, OFFERS, FEATURES, 0, 0);
    struct random random;
    random_seed(&random, 21);
    for (size_t i = 0; i < COUNT; i++) {
        double z[FEATURES];
        for (size_t j = 0; j < FEATURES; j++) {
            z[j] = random_unit(&random);
            sample->features[i * FEATURES + j] = from + (to - from) * z[j];
        }
        sample->truth[i] = 1.5 - 6 * (z[0] - 0.5) * (z[0] - 0.5) * 2 + fmin(1, 3 * z[1]) + 0.5 * z[2] + noise * (random_unit(&random) - 0.5);
    }
    sample_grade(sample, OFFERS);
    return sample;
}

TEST(a_hump_needs_a_curve) {
    struct sample *sample = planted(0, 0, 1);
    struct learn_options straight, curved;
    struct problem problem;
    static double by_line[COUNT], by_curve[COUNT];
    learn_options_init(&straight, MODEL_LINEAR);
    learn_options_init(&curved, MODEL_ADDITIVE);
    straight.cost = curved.cost = 100;
    struct model *line = sample_train(sample, &straight, by_line, &problem), *curve = sample_train(sample, &curved, by_curve, &problem);
    CHECK(line && curve);
    CHECK(sample_ndcg(sample, by_curve) > 0.97);
    CHECK(sample_ndcg(sample, by_line) < sample_ndcg(sample, by_curve) - 0.15);
    const struct curve *hump = &curve->features[0].curve;
    CHECK(curve_value(hump, 0.5) > curve_value(hump, 0.05) + 0.5 && curve_value(hump, 0.5) > curve_value(hump, 0.95) + 0.5);
    CHECK_INT(curve->kind, MODEL_ADDITIVE);
    model_free(line);
    model_free(curve);
    sample_free(sample);
}

TEST(curves_are_flat_beyond_the_data_and_zero_on_average) {
    struct sample *sample = planted(0.3, -40, 260);
    struct learn_options options;
    struct problem problem;
    learn_options_init(&options, MODEL_ADDITIVE);
    struct model *model = sample_train(sample, &options, NULL, &problem);
    CHECK(model != NULL);
    for (size_t j = 0; j < FEATURES; j++) {
        const struct curve *curve = &model->features[j].curve;
        CHECK_INT(curve->count, options.knots + 2);
        for (size_t k = 1; k < curve->count; k++) CHECK(curve->at[k] > curve->at[k - 1]);
        CHECK(curve_value(curve, -1e6) == curve_value(curve, -40) && curve_value(curve, 1e6) == curve_value(curve, 260));
        CHECK(isfinite(curve_value(curve, 3)) && curve->missing == 0);
        double sum = 0;
        for (size_t i = 0; i < COUNT; i++) sum += curve_value(curve, sample->features[i * FEATURES + j]);
        CHECK(fabs(sum / COUNT) < 1e-9);
    }
    model_free(model);
    sample_free(sample);
}

static bool rises(const struct curve *curve) {
    for (size_t k = 1; k < curve->count; k++)
        if (curve->value[k] < curve->value[k - 1]) return false;
    return true;
}

TEST(monotone_on_request) {
    struct sample *sample = planted(0.8, 0, 1);
    struct learn_options options;
    struct problem problem;
    static double free_scores[COUNT], held_scores[COUNT];
    static const signed char monotone[FEATURES] = {0, 1, 1, -1};
    learn_options_init(&options, MODEL_ADDITIVE);
    options.knots = 12;
    struct model *free_model = sample_train(sample, &options, free_scores, &problem);
    CHECK(free_model != NULL);
    CHECK(!rises(&free_model->features[2].curve) || !rises(&free_model->features[1].curve)); /* with noise something falls somewhere */
    options.monotone = monotone;
    struct model *held = sample_train(sample, &options, held_scores, &problem);
    CHECK(held != NULL);
    CHECK(rises(&held->features[1].curve) && rises(&held->features[2].curve));
    for (size_t k = 1; k < held->features[3].curve.count; k++) CHECK(held->features[3].curve.value[k] <= held->features[3].curve.value[k - 1]);
    CHECK(curve_value(&held->features[1].curve, 0.9) > curve_value(&held->features[1].curve, 0.05) + 0.2);
    CHECK(sample_ndcg(sample, held_scores) > sample_ndcg(sample, free_scores) - 0.03);
    CHECK(!rises(&held->features[0].curve)); /* not asked for */
    /* A request that the data contradict flattens the curve instead of being ignored. */
    static const signed char wrong[FEATURES] = {0, -1, 0, 0};
    options.monotone = wrong;
    struct model *contradicted = sample_train(sample, &options, NULL, &problem);
    CHECK(contradicted != NULL);
    for (size_t k = 1; k < held->features[1].curve.count; k++)
        CHECK(contradicted->features[1].curve.value[k] <= contradicted->features[1].curve.value[k - 1]);
    /* f3 says nothing; enough hints give it the direction that was asked for. */
    options.hint_share = 1;
    for (int direction = -1; direction <= 1; direction += 2) {
        const signed char either[FEATURES] = {0, 0, 0, (signed char)direction};
        options.monotone = either;
        struct model *hinted = sample_train(sample, &options, NULL, &problem);
        CHECK(hinted && direction * (curve_value(&hinted->features[3].curve, 1) - curve_value(&hinted->features[3].curve, 0)) > 0.05);
        model_free(hinted);
    }
    model_free(contradicted);
    model_free(held);
    model_free(free_model);
    sample_free(sample);
}

TEST(few_values_few_knots) {
    struct sample *sample = planted(0, 0, 1);
    struct learn_options options;
    struct problem problem;
    for (size_t i = 0; i < COUNT; i++) {
        sample->features[i * FEATURES + 1] = floor(sample->features[i * FEATURES + 1] * 3); /* 0, 1, 2 */
        sample->features[i * FEATURES + 2] = 4;                                             /* the same everywhere */
        sample->features[i * FEATURES + 3] = NAN;                                           /* never known */
    }
    learn_options_init(&options, MODEL_ADDITIVE);
    struct model *model = sample_train(sample, &options, NULL, &problem);
    CHECK(model != NULL);
    CHECK_INT(model->features[1].curve.count, 5);
    for (size_t k = 0; k < 5; k++) CHECK(model->features[1].curve.at[k] == (k == 0 ? -2 : k == 4 ? 4 : (double)k - 1));
    for (size_t j = 2; j < 4; j++) CHECK(curve_value(&model->features[j].curve, 4) == 0 && curve_value(&model->features[j].curve, NAN) == 0);
    model_free(model);
    for (enum knot_placing placing = KNOTS_QUANTILE; placing <= KNOTS_UNIFORM; placing++) {
        options.knot_placing = placing;
        options.knots = 2;
        model = sample_train(sample, &options, NULL, &problem);
        CHECK(model != NULL && model->features[0].curve.count == 4);
        model_free(model);
    }
    sample_free(sample);
}

/* Encoded rows times the weights must be what the curves say. */
TEST(curves_say_what_the_weights_say) {
    struct sample *sample = planted(0, -1, 3);
    struct learn_options options;
    struct problem problem;
    struct random random;
    random_seed(&random, 2);
    problem_clear(&problem);
    for (size_t i = 0; i < COUNT; i += 3) sample->features[i * FEATURES + i % FEATURES] = NAN;
    learn_options_init(&options, MODEL_ADDITIVE);
    for (int curved = 0; curved <= 1; curved++) {
        struct arena *arena = arena_new();
        struct columns columns;
        double weights[64], coordinates[64], square = 0;
        CHECK(columns_learn(&sample->data, sample_rows(sample), &options, curved, arena, &columns, &problem) == IEUM_OK);
        CHECK_INT(columns.dimensions, curved ? FEATURES * options.knots : 2 * FEATURES); /* pieces, and "missing" */
        for (size_t d = 0; d < columns.dimensions; d++) weights[d] = random_unit(&random) - 0.5;
        const struct model_feature *features = columns_curves(&columns, &sample->data, &options, weights, arena);
        CHECK(features != NULL);
        for (size_t i = 0; i < COUNT; i++) {
            double dot = 0, sum = 0;
            columns_encode(&columns, sample->features + i * FEATURES, coordinates);
            for (size_t d = 0; d < columns.dimensions; d++) {
                dot += weights[d] * coordinates[d];
                square += coordinates[d] * coordinates[d];
            }
            for (size_t j = 0; j < FEATURES; j++) sum += curve_value(&features[j].curve, sample->features[i * FEATURES + j]);
            CHECK(fabs(dot - sum) < 1e-12);
        }
        CHECK(fabs(square / COUNT - 1) < 1e-9);
        arena_free(arena);
    }
    sample_free(sample);
}

/* Pool adjacent violators against all monotone step functions over a small grid of levels. */
TEST(the_projection_is_the_nearest) {
    struct random random;
    random_seed(&random, 9);
    for (int round = 0; round < 200; round++) {
        enum { N = 5 };
        double value[N], weight[N], projected[N];
        const bool falling = round % 2;
        for (size_t i = 0; i < N; i++) {
            value[i] = (double)random_below(&random, 9) - 4;
            weight[i] = 1 + (double)random_below(&random, 4);
            projected[i] = value[i];
        }
        CHECK(isotonic_project(projected, weight, N, falling));
        double reached = 0;
        for (size_t i = 0; i < N; i++) {
            reached += weight[i] * (projected[i] - value[i]) * (projected[i] - value[i]);
            if (i) CHECK(falling ? projected[i] <= projected[i - 1] : projected[i] >= projected[i - 1]);
        }
        double least = INFINITY; /* the minimum takes weighted means of runs as its values: try every cutting into runs */
        for (unsigned cut = 0; cut < 1u << (N - 1); cut++) {
            double last = falling ? INFINITY : -INFINITY, cost = 0;
            bool fits = true;
            for (size_t i = 0; i < N;) {
                size_t end = i;
                double sum = 0, mass = 0;
                do {
                    sum += weight[end] * value[end];
                    mass += weight[end];
                } while (!(cut >> end++ & 1) && end < N);
                fits = fits && (falling ? sum / mass <= last : sum / mass >= last);
                last = sum / mass;
                for (; i < end; i++) cost += weight[i] * (value[i] - last) * (value[i] - last);
            }
            if (fits && cost < least) least = cost;
        }
        CHECK(fabs(reached - least) < 1e-9);
    }
}

TEST_MAIN(a_hump_needs_a_curve, curves_are_flat_beyond_the_data_and_zero_on_average, monotone_on_request, few_values_few_knots, curves_say_what_the_weights_say,
          the_projection_is_the_nearest)
