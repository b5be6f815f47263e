/* SPDX-License-Identifier: Apache-2.0 */
/* Kind "linear": a planted ranking is found, the objective is the one that is promised, missing values and scales do no harm. */
#include "learn_samples.h"

#include "adapt/linear.h"

enum { DEMANDS = 12, OFFERS = 40, FEATURES = 5 };
static const double PLANTED[FEATURES] = {3, -2, 1, 0, 0.5};

static struct sample *planted(double missing_share, double unit) {
    struct sample *sample = sample_new(DEMANDS, OFFERS, FEATURES, 0, 0);
    struct random random;
    random_seed(&random, 5);
    for (size_t i = 0; i < sample->data.count; i++)
        for (size_t j = 0; j < FEATURES; j++) {
            double z = random_unit(&random);
            sample->truth[i] += PLANTED[j] * z;
            if (random_unit(&random) < missing_share) z = NAN;
            sample->features[i * FEATURES + j] = z * unit;
        }
    sample_grade(sample, OFFERS);
    return sample;
}

TEST(a_planted_ranking_is_found) {
    struct sample *sample = planted(0, 1);
    struct learn_options options;
    struct problem problem;
    double scores[DEMANDS * OFFERS];
    learn_options_init(&options, MODEL_LINEAR);
    options.cost = 1000;
    struct model *model = sample_train(sample, &options, scores, &problem);
    CHECK(model != NULL);
    CHECK(sample_ndcg(sample, scores) > 0.99);
    for (size_t j = 0; j < FEATURES; j++) {
        const double ratio = model->features[j].curve.slope[0] / model->features[0].curve.slope[0];
        CHECK(fabs(ratio - PLANTED[j] / PLANTED[0]) < 0.08);
        CHECK(model->features[j].curve.count == 2 && model->features[j].curve.at[0] == 0 && model->features[j].curve.at[1] == 1);
        CHECK_TEXT(model->features[j].name, sample->names[j]);
    }
    model_free(model);
    sample_free(sample);
}

TEST(units_of_a_column_do_not_matter) {
    struct sample *one = planted(0, 7), *two = planted(0, 7000);
    struct learn_options options;
    struct problem problem;
    static double scores_one[DEMANDS * OFFERS], scores_two[DEMANDS * OFFERS];
    learn_options_init(&options, MODEL_LINEAR);
    struct model *model_one = sample_train(one, &options, scores_one, &problem), *model_two = sample_train(two, &options, scores_two, &problem);
    CHECK(model_one && model_two);
    for (size_t i = 0; i < one->data.count; i++) CHECK(fabs(scores_one[i] - scores_two[i]) < 1e-6);
    CHECK(fabs(model_one->features[0].curve.slope[0] - 1000 * model_two->features[0].curve.slope[0]) < 1e-6);
    model_free(model_one);
    model_free(model_two);
    sample_free(one);
    sample_free(two);
}

TEST(missing_values_count_as_the_mean_and_say_so) {
    struct sample *sample = planted(0.2, 1);
    struct learn_options options;
    struct problem problem;
    static double scores[DEMANDS * OFFERS];
    /* Feature 3 says nothing by its value, but where it is missing the pair is good. */
    for (size_t i = 0; i < sample->data.count; i++) sample->truth[i] += isnan(sample->features[i * FEATURES + 3]) ? 2 : 0;
    sample_grade(sample, OFFERS);
    learn_options_init(&options, MODEL_LINEAR);
    struct model *model = sample_train(sample, &options, scores, &problem);
    CHECK(model != NULL);
    CHECK(sample_ndcg(sample, scores) > 0.85);
    CHECK(model->features[3].curve.missing > 3 * fabs(model->features[1].curve.missing));
    CHECK(model->features[3].curve.missing > 0.3 * model->features[0].curve.slope[0]);
    model_free(model);
    sample_free(sample);
}

/* ½‖w‖² + Σ cost · max(0, 1 − sign·wᵀx)² of the adapter's answer, against gradient descent on the same objective. */
TEST(every_example_has_its_own_cost) {
    enum { COUNT = 60, WIDTH = 4 };
    double x[COUNT][WIDTH], sign[COUNT], cost[COUNT], found[WIDTH], w[WIDTH] = {0};
    static const uint32_t number[WIDTH] = {0, 1, 2, 3};
    struct linear_examples *examples = linear_examples_new(WIDTH);
    struct random random;
    struct problem problem;
    problem_clear(&problem);
    random_seed(&random, 77);
    for (size_t i = 0; i < COUNT; i++) {
        sign[i] = i % 3 ? 1 : -1;
        cost[i] = 0.01 + 3 * random_unit(&random);
        for (size_t j = 0; j < WIDTH; j++) x[i][j] = random_unit(&random) - 0.5 + (j == 0 ? 0.3 * sign[i] : 0);
        CHECK(linear_examples_add(examples, sign[i], cost[i], number, x[i], WIDTH));
    }
    CHECK(linear_train(examples, 1e-6, 3, found, &problem) == IEUM_OK);
    for (int step = 0; step < 20000; step++) {
        double gradient[WIDTH];
        memcpy(gradient, w, sizeof gradient);
        for (size_t i = 0; i < COUNT; i++) {
            double margin = 1;
            for (size_t j = 0; j < WIDTH; j++) margin -= sign[i] * w[j] * x[i][j];
            for (size_t j = 0; margin > 0 && j < WIDTH; j++) gradient[j] -= 2 * cost[i] * margin * sign[i] * x[i][j];
        }
        for (size_t j = 0; j < WIDTH; j++) w[j] -= 0.005 * gradient[j];
    }
    for (size_t j = 0; j < WIDTH; j++) CHECK(fabs(w[j] - found[j]) < 1e-4);
    linear_examples_free(examples);
}

TEST(one_example_of_either_sign) {
    for (int sign = -1; sign <= 1; sign += 2) {
        struct linear_examples *examples = linear_examples_new(2);
        struct problem problem;
        const uint32_t number = 1;
        const double value = 2;
        double weights[2];
        problem_clear(&problem);
        CHECK(linear_examples_add(examples, sign, 5, &number, &value, 1));
        CHECK(linear_train(examples, 1e-6, 3, weights, &problem) == IEUM_OK);
        CHECK(weights[0] == 0 && fabs(weights[1] - sign * 20.0 / 41.0) < 1e-6); /* min ½w² + 5(1 − 2w)² at w = 20/41 */
        linear_examples_free(examples);
    }
}

TEST(the_same_seed_gives_the_same_bits) {
    struct sample *sample = planted(0.1, 3);
    struct learn_options options;
    struct problem problem;
    static double one[DEMANDS * OFFERS], two[DEMANDS * OFFERS], three[DEMANDS * OFFERS];
    learn_options_init(&options, MODEL_LINEAR);
    options.pairs_per_demand = 50;
    model_free(sample_train(sample, &options, one, &problem));
    srand(99);
    model_free(sample_train(sample, &options, two, &problem));
    CHECK(memcmp(one, two, sizeof one) == 0);
    options.seed = 2;
    model_free(sample_train(sample, &options, three, &problem));
    CHECK(memcmp(one, three, sizeof one) != 0);
    sample_free(sample);
}

TEST(a_request_for_a_sign_is_kept) {
    struct sample *sample = planted(0, 1);
    struct learn_options options;
    struct problem problem;
    static const signed char monotone[FEATURES] = {1, 1, 0, -1, 0};
    learn_options_init(&options, MODEL_LINEAR);
    options.monotone = monotone;
    struct model *model = sample_train(sample, &options, NULL, &problem);
    CHECK(model != NULL);
    CHECK(model->features[0].curve.slope[0] > 0);
    CHECK(model->features[1].curve.slope[0] == 0);
    CHECK(model->features[3].curve.slope[0] <= 0);
    model_free(model);
    sample_free(sample);
}

TEST_MAIN(a_planted_ranking_is_found, units_of_a_column_do_not_matter, missing_values_count_as_the_mean_and_say_so, every_example_has_its_own_cost,
          one_example_of_either_sign, the_same_seed_gives_the_same_bits, a_request_for_a_sign_is_kept)
