/* SPDX-License-Identifier: Apache-2.0 */
/* Kinds "pairwise" and "mixed": an interaction of the sides is found, and scores are what libsvm itself says on joined vectors. */
#include "learn_samples.h"

#include <libsvm/svm.h>

#include "base/elementary.h"
#include "learn/sides.h"
#include "score/model_score.h"

enum { DEMANDS = 24, OFFERS = 20, COUNT = DEMANDS * OFFERS };

/* Good where the signs of the sides' first coordinates agree: no curve over either side alone can say so. f0: noise, f1: adds to the truth if asked. */
static struct sample *planted(double from_feature, double missing_share) {
    struct sample *sample = sample_new(DEMANDS, OFFERS, 2, 3, 2);
    struct random random;
    random_seed(&random, 31);
    for (size_t i = 0; i < DEMANDS * 3; i++) sample->x[i] = random_unit(&random) * 2 - 1;
    for (size_t i = 0; i < OFFERS * 2; i++) sample->y[i] = i % 2 ? random_unit(&random) * 500 : random_unit(&random) * 2 - 1;
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t j = 0; j < 2; j++) sample->features[i * 2 + j] = random_unit(&random);
        sample->truth[i] = sample->x[i / OFFERS * 3] * sample->y[i % OFFERS * 2] * 2 + from_feature * sample->features[i * 2 + 1];
    }
    sample_grade(sample, OFFERS);
    for (size_t i = 0; i < DEMANDS * 3; i++)
        if (random_unit(&random) < missing_share) sample->x[i] = NAN;
    return sample;
}

TEST(an_interaction_of_the_sides) {
    struct sample *sample = planted(0, 0);
    struct learn_options options;
    struct problem problem;
    static double by_pair[COUNT], by_curve[COUNT];
    learn_options_init(&options, MODEL_PAIRWISE);
    options.cost = 10;
    struct model *pairwise = sample_train(sample, &options, by_pair, &problem);
    learn_options_init(&options, MODEL_ADDITIVE);
    struct model *additive = sample_train(sample, &options, by_curve, &problem);
    CHECK(pairwise && additive);
    CHECK(sample_ndcg(sample, by_pair) > 0.9);
    CHECK(sample_ndcg(sample, by_curve) < 0.7);
    CHECK(pairwise->feature_count == 0 && pairwise->product.count > 10 && pairwise->product.demand.count == 3 && pairwise->product.supplier.count == 2);
    model_free(pairwise);
    model_free(additive);
    sample_free(sample);
}

/* The joined vectors again, from the model's own list of coordinates. */
static void join(const struct sample *sample, const struct model *model, size_t row, double *joined) {
    const struct side_encoding *sides[2] = {&model->product.demand, &model->product.supplier};
    const double *raw[2] = {sample->x + row / OFFERS * 3, sample->y + row % OFFERS * 2};
    for (size_t s = 0; s < 2; s++)
        for (size_t j = 0; j < sides[s]->count; j++) {
            const double value = raw[s][sides[s]->coordinates[j].name[1] - '0'];
            *joined++ = isnan(value) ? 0 : (value - sides[s]->coordinates[j].mean) * sides[s]->coordinates[j].scale;
        }
}

static void silent(const char *text) { (void)text; }

static void compare_with_libsvm(bool regression, double missing_share) {
    struct sample *sample = planted(0, missing_share);
    struct learn_options options;
    struct problem problem;
    static double scores[COUNT], target[COUNT], joined[5];
    static struct svm_node nodes[COUNT][6], *rows[COUNT];
    learn_options_init(&options, MODEL_PAIRWISE);
    options.cost = 5;
    options.regression = regression;
    options.threshold = 2;
    options.positive_weight = 3;
    options.width_demand = 0.7;
    struct model *model = sample_train(sample, &options, scores, &problem);
    CHECK(model != NULL);
    for (size_t i = 0; i < COUNT; i++) {
        join(sample, model, i, joined);
        for (int j = 0; j < 5; j++) nodes[i][j] = (struct svm_node){j + 1, joined[j]};
        nodes[i][5].index = -1;
        rows[i] = nodes[i];
        target[i] = regression ? sample->grade[i] : sample->grade[i] >= 2 ? 1 : -1;
    }
    int labels[] = {1};
    double weights[] = {3};
    const struct svm_problem input = {COUNT, target, rows};
    const struct svm_parameter parameter = {.svm_type = regression ? EPSILON_SVR : C_SVC, .kernel_type = RBF, .gamma = 1, .cache_size = 100, .eps = 0.001,
                                            .C = 5, .p = options.epsilon, .nr_weight = regression ? 0 : 1, .weight_label = labels, .weight = weights,
                                            .shrinking = 1};
    svm_set_print_string_function(silent);
    struct svm_model *peer = svm_train(&input, &parameter);
    double furthest = 0;
    for (size_t i = 0; i < COUNT; i++) {
        double value;
        svm_predict_values(peer, rows[i], &value);
        if (!regression && peer->label[0] < 0) value = -value;
        if (fabs(value - scores[i]) > furthest) furthest = fabs(value - scores[i]);
    }
    CHECK(furthest < 1e-9);
    CHECK(peer->l >= (int)model->product.count);
    svm_free_and_destroy_model(&peer);
    model_free(model);
    sample_free(sample);
}

TEST(scores_are_libsvms) {
    compare_with_libsvm(false, 0);
    compare_with_libsvm(false, 0.2);
    compare_with_libsvm(true, 0);
}

/* The formula of model.h once more, plainly, with the C library's exp. */
TEST(mixed_agrees_with_brute_force_and_beats_its_parts) {
    struct sample *sample = planted(2, 0);
    struct learn_options options;
    struct problem problem;
    static double scores[COUNT], by_pair[COUNT], by_curve[COUNT];
    learn_options_init(&options, MODEL_MIXED);
    options.cost = 10;
    struct model *mixed = sample_train(sample, &options, scores, &problem);
    options.kind = MODEL_PAIRWISE;
    struct model *pairwise = sample_train(sample, &options, by_pair, &problem);
    options.kind = MODEL_ADDITIVE;
    struct model *additive = sample_train(sample, &options, by_curve, &problem);
    CHECK(mixed && pairwise && additive);
    CHECK(sample_ndcg(sample, scores) > sample_ndcg(sample, by_pair) + 0.02);
    CHECK(sample_ndcg(sample, scores) > sample_ndcg(sample, by_curve) + 0.02);
    const struct product_term *product = &mixed->product;
    for (size_t i = 0; i < COUNT; i++) {
        double joined[5], sum = mixed->bias;
        join(sample, mixed, i, joined);
        for (size_t j = 0; j < 2; j++) sum += curve_value(&mixed->features[j].curve, sample->features[i * 2 + j]);
        for (size_t s = 0; s < product->count; s++) {
            double square = 0;
            for (size_t j = 0; j < 3; j++) square += pow(joined[j] - product->demand_vectors[s * 3 + j], 2);
            for (size_t j = 0; j < 2; j++) square += pow(joined[3 + j] - product->supplier_vectors[s * 2 + j], 2);
            sum += product->coefficients[s] * exp(-square);
        }
        CHECK(fabs(sum - scores[i]) < 1e-9);
    }
    model_free(mixed);
    model_free(pairwise);
    model_free(additive);
    sample_free(sample);
}

/* What the mixed kernel's answer promises on the training data: Karush–Kuhn–Tucker conditions of C-SVC. */
TEST(mixed_solves_its_problem) {
    struct sample *sample = planted(1, 0);
    struct learn_options options;
    struct problem problem;
    static double scores[COUNT];
    learn_options_init(&options, MODEL_MIXED);
    options.cost = 1;
    options.positive_weight = 2;
    options.threshold = 2;
    struct model *model = sample_train(sample, &options, scores, &problem);
    CHECK(model != NULL);
    size_t free_ones = 0;
    for (size_t i = 0; i < COUNT; i++) {
        double joined[5], alpha = 0;
        const double sign = sample->grade[i] >= 2 ? 1 : -1, most = sign > 0 ? 2 : 1;
        join(sample, model, i, joined);
        for (size_t s = 0; s < model->product.count; s++)
            if (memcmp(joined, model->product.demand_vectors + s * 3, 3 * sizeof(double)) == 0 &&
                memcmp(joined + 3, model->product.supplier_vectors + s * 2, 2 * sizeof(double)) == 0)
                alpha = model->product.coefficients[s] * sign;
        CHECK(alpha >= 0 && alpha <= most);
        if (alpha == 0) CHECK(sign * scores[i] > 1 - 0.01);
        else if (alpha == most) CHECK(sign * scores[i] < 1 + 0.01);
        else {
            CHECK(fabs(sign * scores[i] - 1) < 0.01);
            free_ones++;
        }
    }
    CHECK(free_ones > 0);
    model_free(model);
    sample_free(sample);
}

/* The mean of ‖a − b‖² over all pairs of a side's vectors is its width; missing values sit at the mean. */
TEST(widths_mean_what_they_say) {
    struct sample *sample = planted(0, 0.2);
    struct problem problem;
    struct arena *arena = arena_new();
    struct learned_side demand, offer;
    double one[3], two[3], sum = 0;
    problem_clear(&problem);
    CHECK(side_learn(&sample->data.demand, sample->group, sample_rows(sample), 0.7, true, arena, &demand, &problem) == IEUM_OK);
    CHECK(side_learn(&sample->data.offer, sample->supplier, sample_rows(sample), 3, false, arena, &offer, &problem) == IEUM_OK);
    for (uint32_t i = 0; i < DEMANDS; i++)
        for (uint32_t j = 0; j < DEMANDS; j++) {
            side_encode_row(&demand, &sample->data.demand, i, one);
            side_encode_row(&demand, &sample->data.demand, j, two);
            for (size_t d = 0; d < 3; d++) sum += (one[d] - two[d]) * (one[d] - two[d]) / DEMANDS / DEMANDS;
        }
    CHECK(fabs(sum - 0.7) < 1e-9);
    sum = 0;
    for (uint32_t i = 0; i < OFFERS; i++)
        for (uint32_t j = 0; j < OFFERS; j++) {
            side_encode_row(&offer, &sample->data.offer, i, one);
            side_encode_row(&offer, &sample->data.offer, j, two);
            for (size_t d = 0; d < 2; d++) sum += (one[d] - two[d]) * (one[d] - two[d]) / OFFERS / OFFERS;
        }
    CHECK(fabs(sum - 3) < 1e-9);
    arena_free(arena);
    sample_free(sample);
}

/* Suppliers 0 and 1 are twins: their pairs become one support vector each, and nothing else changes. */
TEST(the_same_pair_is_kept_once) {
    struct sample *sample = planted(0, 0);
    struct learn_options options;
    struct problem problem;
    static double scores[COUNT];
    for (size_t j = 0; j < 2; j++) sample->y[2 + j] = sample->y[j];
    for (size_t i = 0; i < COUNT; i += OFFERS) sample->grade[i] = sample->grade[i + 1] = i / OFFERS % 2 ? 3 : 0;
    learn_options_init(&options, MODEL_PAIRWISE);
    options.regression = true;
    struct model *model = sample_train(sample, &options, scores, &problem);
    CHECK(model != NULL);
    const struct product_term *product = &model->product;
    for (size_t a = 0; a < product->count; a++)
        for (size_t b = 0; b < a; b++)
            CHECK(memcmp(product->demand_vectors + a * 3, product->demand_vectors + b * 3, 3 * sizeof(double)) != 0 ||
                  memcmp(product->supplier_vectors + a * 2, product->supplier_vectors + b * 2, 2 * sizeof(double)) != 0);
    double sum = 0; /* of an ε-SVR's coefficients: 0, so none was lost */
    for (size_t i = 0; i < product->count; i++) sum += product->coefficients[i];
    CHECK(fabs(sum) < 1e-9);
    model_free(model);
    sample_free(sample);
}

TEST(weights_are_felt) {
    struct sample *sample = planted(0, 0);
    struct learn_options options;
    struct problem problem;
    static double plain[COUNT], even[COUNT], heavy[COUNT], weight[COUNT];
    learn_options_init(&options, MODEL_PAIRWISE);
    model_free(sample_train(sample, &options, plain, &problem));
    sample->data.weight = weight;
    for (size_t i = 0; i < COUNT; i++) weight[i] = 0.25;
    model_free(sample_train(sample, &options, even, &problem));
    CHECK(memcmp(plain, even, sizeof plain) == 0); /* the same for all is none */
    for (size_t i = 0; i < COUNT; i++) weight[i] = sample->group[i] < DEMANDS / 2 ? 1 : 0; /* half of the demands only */
    struct model *half = sample_train(sample, &options, heavy, &problem);
    CHECK(half != NULL && memcmp(plain, heavy, sizeof plain) != 0);
    /* None of the other half's vectors may have become a support vector: all first coordinates are those of the first half. */
    for (size_t s = 0; half && s < half->product.count; s++) {
        bool known = false;
        for (size_t d = 0; d < DEMANDS / 2; d++) {
            const struct side_coordinate *first = &half->product.demand.coordinates[0];
            known = known || half->product.demand_vectors[s * 3] == (sample->x[d * 3] - first->mean) * first->scale;
        }
        CHECK(known);
    }
    model_free(half);
    sample_free(sample);
}

TEST(too_many_are_refused_or_sampled) {
    struct sample *sample = planted(0, 0);
    struct learn_options options;
    struct problem problem;
    static double one[COUNT], two[COUNT];
    for (enum model_kind kind = MODEL_PAIRWISE; kind <= MODEL_MIXED; kind++) {
        learn_options_init(&options, kind);
        options.most_kernel_rows = options.most_vector_rows = 100;
        CHECK(sample_train(sample, &options, NULL, &problem) == NULL && problem.status == IEUM_LIMIT);
        CHECK(strstr(problem.en, "at most 100 examples; there are 480") && strstr(problem.ko, "100건까지 배울 수 있는데 480건"));
        options.subsample = true;
        struct model *model = sample_train(sample, &options, one, &problem);
        CHECK(model != NULL && model->product.count <= 100);
        model_free(model);
        model_free(sample_train(sample, &options, two, &problem));
        CHECK(memcmp(one, two, sizeof one) == 0);
    }
    sample_free(sample);
}

TEST_MAIN(an_interaction_of_the_sides, scores_are_libsvms, mixed_agrees_with_brute_force_and_beats_its_parts, mixed_solves_its_problem, widths_mean_what_they_say,
          the_same_pair_is_kept_once, weights_are_felt, too_many_are_refused_or_sampled)
