/* SPDX-License-Identifier: Apache-2.0 */
/* What cannot be learned from is refused, in both languages, with the place; weights, propensities and the warning about exposure. */
#include "learn_samples.h"

#include "learn/preferences.h"
#include "learn/study.h"

enum { DEMANDS = 4, OFFERS = 10, FEATURES = 2, COUNT = DEMANDS * OFFERS };

static struct sample *planted(void) {
    struct sample *sample = sample_new(DEMANDS, OFFERS, FEATURES, 2, 2);
    struct random random;
    random_seed(&random, 51);
    for (size_t i = 0; i < COUNT * FEATURES; i++) sample->features[i] = random_unit(&random);
    for (size_t i = 0; i < DEMANDS * 2; i++) sample->x[i] = random_unit(&random);
    for (size_t i = 0; i < OFFERS * 2; i++) sample->y[i] = random_unit(&random);
    for (size_t i = 0; i < COUNT; i++) sample->truth[i] = sample->features[i * FEATURES];
    sample_grade(sample, OFFERS);
    return sample;
}

static ieum_status study(const struct sample *sample, const struct study_options *options, struct problem *problem) {
    const struct child_options limits = {0};
    struct study made;
    problem_clear(problem);
    ieum_status status = study_run(&sample->data, options, &limits, &made, problem);
    if (status != IEUM_OK) CHECK(problem->ko[0] && problem->en[0] && strcmp(problem->ko, problem->en) != 0 && made.model == NULL);
    study_free(&made);
    return status;
}

static void refuse(const struct sample *sample, const struct study_options *options, const char *words, const char *pointer) {
    struct problem problem;
    CHECK(study(sample, options, &problem) == IEUM_INVALID);
    CHECK(strstr(problem.en, words));
    CHECK_TEXT(problem.pointer, pointer);
}

static struct study_options options_of(enum model_kind kind) {
    struct study_options options;
    study_options_init(&options, kind);
    options.outer_folds = options.inner_folds = 2;
    options.cost_count = options.width_count = 0;
    return options;
}

TEST(wrong_data) {
    struct sample *sample = planted();
    const struct study_options options = options_of(MODEL_LINEAR);
    struct problem problem;
    CHECK(study(sample, &options, &problem) == IEUM_OK);
    const double kept = sample->features[7];
    sample->features[7] = INFINITY;
    refuse(sample, &options, "Example 4 of the training data: feature \"f1\" is infinite.", "");
    sample->features[7] = kept;
    sample->grade[2] = NAN;
    refuse(sample, &options, "Example 3 of the training data: the grade", "");
    sample->grade[2] = -1;
    refuse(sample, &options, "the grade", "");
    sample->grade[2] = INFINITY;
    refuse(sample, &options, "the grade", "");
    sample->grade[2] = 0;
    double weight[COUNT] = {0}, propensity[COUNT];
    sample->data.weight = weight;
    refuse(sample, &options, "weights of the examples are all 0", "");
    weight[1] = -1;
    refuse(sample, &options, "the weight", "");
    sample->data.weight = NULL;
    sample->data.propensity = propensity;
    for (size_t i = 0; i < COUNT; i++) propensity[i] = i % 2 ? NAN : 0.5;
    CHECK(study(sample, &options, &problem) == IEUM_OK);
    propensity[5] = 0;
    refuse(sample, &options, "the propensity", "");
    propensity[5] = 1.5;
    refuse(sample, &options, "the propensity", "");
    sample->data.propensity = NULL;
    sample->y[3] = -INFINITY;
    refuse(sample, &options, "Row 2 of the supplier vectors: coordinate \"f1\" is infinite", "");
    sample->y[3] = 0;
    sample->supplier[6] = DATASET_NONE;
    refuse(sample, &options, "Example 7 of the training data has no supplier vector.", "");
    sample->supplier[6] = 6;
    sample->data.count = 0;
    refuse(sample, &options, "no data to learn from", "");
    sample_free(sample);
}

TEST(nothing_to_learn) {
    struct sample *sample = planted();
    struct study_options options = options_of(MODEL_ADDITIVE);
    for (size_t i = 0; i < COUNT; i++) sample->grade[i] = sample->group[i] % 3; /* demands differ, their suppliers do not */
    refuse(sample, &options, "Within every demand all grades are equal", "");
    options = options_of(MODEL_PAIRWISE);
    for (size_t i = 0; i < COUNT; i++) sample->grade[i] = 0;
    refuse(sample, &options, "there is no positive example (", "/threshold");
    for (size_t i = 0; i < COUNT; i++) sample->grade[i] = 2;
    refuse(sample, &options, "there is no negative example (", "/threshold");
    options.learn.regression = true;
    refuse(sample, &options, "All grades are equal", "");
    sample_grade(sample, OFFERS);
    options.learn.epsilon = 10;
    refuse(sample, &options, "tolerated error is larger", "/epsilon");
    options = options_of(MODEL_LINEAR);
    for (size_t i = 0; i < COUNT * FEATURES; i++) sample->features[i] = 0.5;
    refuse(sample, &options, "Every feature has the same value", "");
    options = options_of(MODEL_PAIRWISE);
    for (size_t i = 0; i < DEMANDS * 2; i++) sample->x[i] = i % 2 ? 3 : NAN;
    refuse(sample, &options, "The demand vectors of the training data are all the same", "");
    sample_free(sample);
    sample = planted();
    sample->data.count = OFFERS; /* one demand */
    options = options_of(MODEL_LINEAR);
    refuse(sample, &options, "only one demand", "");
    sample_free(sample);
}

TEST(wrong_options) {
    struct sample *sample = planted();
    struct study_options options = options_of(MODEL_LINEAR);
    struct problem problem;
    static const double wrong[] = {1, 0}, endless[] = {INFINITY}, nothing[] = {NAN};
    options.costs = wrong;
    options.cost_count = 2;
    refuse(sample, &options, "out of its range", "/cost");
    options.costs = endless;
    options.cost_count = 1;
    refuse(sample, &options, "out of its range", "/cost");
    options.costs = nothing;
    refuse(sample, &options, "out of its range", "/cost");
    options = options_of(MODEL_MIXED);
    options.widths = wrong;
    options.width_count = 2;
    refuse(sample, &options, "out of its range", "/width_demand");
    options = options_of(MODEL_ADDITIVE);
    options.learn.knots = 1;
    refuse(sample, &options, "out of its range", "/knots");
    options.learn.knots = 65;
    refuse(sample, &options, "out of its range", "/knots");
    options = options_of(MODEL_ADDITIVE);
    const signed char monotone[FEATURES] = {0, 3};
    options.learn.monotone = monotone;
    refuse(sample, &options, "rising", "/monotone/1");
    options = options_of(MODEL_RUBRIC);
    refuse(sample, &options, "cannot be trained", "/kind");
    options = options_of(MODEL_LIBSVM);
    refuse(sample, &options, "cannot be trained", "/kind");
    options = options_of(MODEL_LINEAR);
    options.outer_folds = 1;
    refuse(sample, &options, "at least two parts", "/folds");
    options = options_of(MODEL_LINEAR);
    options.learn.most_pairs = 30;
    CHECK(study(sample, &options, &problem) == IEUM_LIMIT && strstr(problem.en, "limit of 30"));
    options = options_of(MODEL_PAIRWISE);
    sample->data.offer.columns = 0;
    refuse(sample, &options, "vectors of both demands and suppliers", "/kind");
    sample->data.feature_count = 0;
    options = options_of(MODEL_LINEAR);
    refuse(sample, &options, "needs pair features", "/kind");
    sample->data.demand.columns = 0;
    refuse(sample, &options, "have no features", "");
    sample_free(sample);
}

/* Every possible preference once, the capped list a subset of it, and the weights as promised. */
TEST(preferences) {
    struct sample *sample = planted();
    struct learn_options options;
    struct preferences all, capped;
    struct problem problem;
    double weight[COUNT];
    problem_clear(&problem);
    sample->data.weight = weight;
    for (size_t i = 0; i < COUNT; i++) weight[i] = 1 + (double)(i % 3);
    weight[3] = 0;
    learn_options_init(&options, MODEL_LINEAR);
    for (int balance = 0; balance <= 1; balance++) {
        options.balance_demands = balance;
        options.pairs_per_demand = 0;
        CHECK(preferences_make(&sample->data, sample_rows(sample), &options, &all, &problem) == IEUM_OK);
        static bool seen[COUNT][COUNT];
        memset(seen, 0, sizeof seen);
        double sum = 0, of_demand[DEMANDS] = {0};
        size_t possible = 0;
        for (size_t i = 0; i < all.items.count; i++) {
            const struct preference *p = &all.items.items[i];
            CHECK(sample->grade[p->better] > sample->grade[p->worse] && sample->group[p->better] == sample->group[p->worse]);
            CHECK(!seen[p->better][p->worse] && p->better != 3 && p->worse != 3);
            seen[p->better][p->worse] = true;
            sum += p->weight;
            of_demand[sample->group[p->better]] += p->weight;
            const struct preference *first = &all.items.items[0];
            const double expected = weight[p->better] * weight[p->worse] * (sample->grade[p->better] - sample->grade[p->worse]),
                         of_first = weight[first->better] * weight[first->worse] * (sample->grade[first->better] - sample->grade[first->worse]);
            if (!balance) CHECK(fabs(p->weight / first->weight - expected / of_first) < 1e-9);
        }
        for (size_t i = 0; i < COUNT; i++)
            for (size_t j = 0; j < COUNT; j++)
                possible += sample->group[i] == sample->group[j] && sample->grade[i] > sample->grade[j] && i != 3 && j != 3;
        CHECK_INT(all.items.count, possible);
        CHECK_INT(all.possible, possible);
        CHECK(fabs(sum - DEMANDS) < 1e-9);
        for (size_t d = 0; balance && d < DEMANDS; d++) CHECK(fabs(of_demand[d] - 1) < 1e-9);
        for (size_t cap = 1; cap < 40; cap += 7) {
            options.pairs_per_demand = cap;
            CHECK(preferences_make(&sample->data, sample_rows(sample), &options, &capped, &problem) == IEUM_OK);
            static bool again[COUNT][COUNT];
            size_t count[DEMANDS] = {0};
            memset(again, 0, sizeof again);
            for (size_t i = 0; i < capped.items.count; i++) {
                const struct preference *p = &capped.items.items[i];
                CHECK(seen[p->better][p->worse] && !again[p->better][p->worse]);
                again[p->better][p->worse] = true;
                count[sample->group[p->better]]++;
            }
            for (size_t d = 0; d < DEMANDS; d++) CHECK(count[d] <= cap && count[d] > 0);
            CHECK_INT(capped.possible, possible);
            preferences_free(&capped);
        }
        preferences_free(&all);
    }
    sample_free(sample);
}

TEST(propensities_become_weights) {
    struct sample *sample = planted();
    double weight[COUNT], propensity[COUNT], found[COUNT];
    struct problem problem;
    problem_clear(&problem);
    for (size_t i = 0; i < COUNT; i++) {
        weight[i] = 2;
        propensity[i] = i == 0 ? 0.001 : i == 1 ? NAN : i % 2 ? 0.25 : 1;
    }
    sample->data.weight = weight;
    sample->data.propensity = propensity;
    CHECK(dataset_weights(&sample->data, sample_rows(sample), 10, found, &problem) == IEUM_OK);
    CHECK(fabs(found[0] / found[2] - 10) < 1e-12 && fabs(found[1] / found[2] - 1) < 1e-12 && fabs(found[3] / found[2] - 4) < 1e-12);
    double sum = 0;
    for (size_t i = 0; i < COUNT; i++) sum += found[i];
    CHECK(fabs(sum / COUNT - 1) < 1e-12);
    sample_free(sample);
}

TEST(the_warning_about_exposure) {
    struct sample *sample = planted();
    struct exposure_note note;
    struct problem problem;
    double propensity[COUNT];
    problem_clear(&problem);
    CHECK(dataset_exposure(&sample->data, 100, &note, &problem) == IEUM_OK);
    CHECK(note.needed && note.examples == COUNT && note.demands == DEMANDS && note.suppliers == 100 && note.pairs == COUNT);
    CHECK(fabs(note.never_proposed - 0.9) < 1e-12);
    CHECK_TEXT(note.en, "The 40 examples (4 demands, 100 suppliers) carry no propensities. 90.0 % of the possible pairs were never proposed, so scores may lean "
                        "towards those that were.");
    CHECK(strstr(note.ko, "학습 자료 40건(수요과제 4개, 공급기업 100개)") && strstr(note.ko, "90.0 %"));
    sample->supplier[0] = sample->supplier[1]; /* the same pair twice */
    sample->data.propensity = propensity;
    for (size_t i = 0; i < COUNT; i++) propensity[i] = 0.5;
    CHECK(dataset_exposure(&sample->data, 0, &note, &problem) == IEUM_OK);
    CHECK(!note.needed && note.pairs == COUNT - 1 && note.suppliers == OFFERS && note.en[0] == '\0');
    propensity[9] = NAN;
    sample->data.supplier = NULL;
    CHECK(dataset_exposure(&sample->data, 0, &note, &problem) == IEUM_OK);
    CHECK(note.needed && isnan(note.never_proposed) && strstr(note.en, "Only pairs that were once proposed"));
    sample_free(sample);
}

TEST(quality_by_hand) {
    const double score[] = {0.1, 0.9, 0.5, 0.5}, grade[] = {3, 0, 1, 2}, nothing[] = {0, 0, 0, 0};
    const double ideal = 3 + 2 / log2(3) + 1 / log2(4), reached = 0 + 1 / log2(3) + 2 / log2(4) + 3 / log2(5);
    CHECK(fabs(quality_ndcg10(NULL, score, grade, 4) - reached / ideal) < 1e-12);
    CHECK(isnan(quality_ndcg10(NULL, score, nothing, 4)));
    CHECK(isnan(quality_ndcg10(NULL, score, grade, 0)));
    double many[20], good[20];
    for (size_t i = 0; i < 20; i++) {
        many[i] = -(double)i;
        good[i] = i == 10; /* at rank 11 */
    }
    CHECK(quality_ndcg10(NULL, many, good, 20) == 0);
}

/* Every allocation of a training fails once. */
TEST(memory_runs_out_anywhere) {
    struct sample *sample = planted();
    for (enum model_kind kind = MODEL_LINEAR; kind <= MODEL_MIXED; kind++) {
        struct learn_options options;
        learn_options_init(&options, kind);
        bool done = false;
        for (uint64_t n = 1; !done && n < 5000; n++) {
            struct model *model = NULL;
            struct fit_note note;
            struct problem problem;
            double scores[COUNT];
            problem_clear(&problem);
            memory_fail_at(n);
            ieum_status status = learn_train(&sample->data, sample_rows(sample), &options, &model, &note, &problem);
            if (status == IEUM_OK) status = learn_score(model, &sample->data, sample_rows(sample), scores, &problem);
            memory_fail_at(0);
            CHECK(status == IEUM_OK || status == IEUM_MEMORY);
            model_free(model);
            done = status == IEUM_OK;
        }
        CHECK(done);
    }
    sample_free(sample);
}

TEST(a_model_of_other_features) {
    struct sample *sample = planted();
    struct learn_options options;
    struct problem problem;
    double scores[COUNT];
    learn_options_init(&options, MODEL_MIXED);
    struct model *model = sample_train(sample, &options, NULL, &problem);
    CHECK(model != NULL);
    sample->names[1] = "other";
    CHECK(learn_score(model, &sample->data, sample_rows(sample), scores, &problem) == IEUM_NOT_FOUND);
    CHECK_TEXT(problem.value, "f1");
    sample->names[1] = "f1";
    sample->x_names[0] = "other";
    problem_clear(&problem);
    CHECK(learn_score(model, &sample->data, sample_rows(sample), scores, &problem) == IEUM_NOT_FOUND);
    CHECK_TEXT(problem.value, "f0");
    model_free(model);
    sample_free(sample);
}

TEST_MAIN(wrong_data, nothing_to_learn, wrong_options, preferences, propensities_become_weights, the_warning_about_exposure, quality_by_hand,
          memory_runs_out_anywhere, a_model_of_other_features)
