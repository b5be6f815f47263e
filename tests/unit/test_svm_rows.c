/* SPDX-License-Identifier: Apache-2.0 */
/* Rows scored by libsvm models: against libsvm itself, and the same bits by every layout, set of instructions and block. */
#include <math.h>

#include "base/processor.h"
#include "score/svm_decide.h"
#include "score/svm_rows.h"
#include "svm_samples.h"
#include "test.h"

static const enum processor_level levels[] = {PROCESSOR_PORTABLE, PROCESSOR_AVX2, PROCESSOR_AVX512, PROCESSOR_AVX512VNNI};

/* Values of all rows, in blocks of at most `step` rows. NULL when something failed. */
static double *score_all(const struct svm_model *model, enum svm_layout layout, const struct sample_rows *rows, size_t step) {
    struct svm_scorer *scorer = NULL;
    struct problem problem = {0};
    const size_t functions = svm_functions(model);
    double *values = NULL;
    if (svm_scorer_new(model, layout, &scorer, &problem) == IEUM_OK) {
        struct svm_scratch *scratch = svm_scratch_new(scorer);
        const size_t most = svm_scorer_block(scorer);
        values = memory_allocate_zero(rows->count * functions, sizeof *values);
        if (step > most) step = most;
        for (size_t first = 0; first < rows->count; first += step) {
            const size_t count = rows->count - first < step ? rows->count - first : step;
            svm_score_rows(scorer, scratch, &(struct svm_row_block){count, rows->start + first, rows->index, rows->value}, values + first * functions);
        }
        svm_scratch_free(scratch);
    }
    svm_scorer_free(scorer);
    return values;
}

/* The greatest difference to libsvm's values, probabilities and labels. */
static double difference(const struct svm_model *model, const struct libsvm_model *peer, const struct sample_rows *rows, const double *values) {
    const size_t functions = svm_functions(model);
    double *theirs = memory_allocate_zero(functions, sizeof *theirs), *p = memory_allocate_zero(model->class_count, sizeof *p);
    double *q = memory_allocate_zero(model->class_count, sizeof *q), *room = memory_allocate_zero(svm_probability_room(model), sizeof *room), worst = 0;
    for (size_t r = 0; r < rows->count; r++) {
        const double label = svm_predict_values(peer, rows->nodes + rows->start[r] + r, theirs), *own = values + r * functions;
        bool close = false;
        for (size_t f = 0; f < functions; f++) {
            worst = fmax(worst, fabs(own[f] - theirs[f]));
            close = close || fabs(theirs[f]) < 1e-9;
        }
        if (svm_regresses(model)) worst = fmax(worst, fabs(svm_predicted(model, own) - label));
        else if (!close && svm_predicted(model, own) != label) worst = INFINITY;
        if (!svm_classifies(model) || !model->probability_a) continue;
        const double likely = svm_predict_probability(peer, rows->nodes + rows->start[r] + r, p);
        if (model->labels[svm_probabilities(model, own, q, room)] != likely) worst = INFINITY;
        for (size_t i = 0; i < model->class_count; i++) worst = fmax(worst, fabs(p[i] - q[i]));
    }
    memory_free(theirs);
    memory_free(p);
    memory_free(q);
    memory_free(room);
    return worst;
}

static void check_model(struct random *random, const struct svm_sample *sample) {
    struct svm_model *model = sample_model(random, sample);
    struct libsvm_model *peer = load_by_libsvm(model);
    struct sample_rows rows = sample_rows(random, 37, sample->columns + 3, sample->density + 0.2);
    double *dense = NULL, *other = NULL;
    const size_t size = rows.count * svm_functions(model) * sizeof *dense;
    CHECK(peer && (int)svm_knows_probabilities(model) == svm_check_probability_model(peer));
    for (size_t l = 0; l < sizeof levels / sizeof *levels && peer; l++) {
        static const enum svm_layout layouts[] = {SVM_DENSE, SVM_SPARSE, SVM_DENSE};
        static const size_t steps[] = {128, 37, 5};
        processor_limit(levels[l]);
        for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
            other = score_all(model, layouts[i], &rows, steps[i]);
            if (!dense) {
                dense = other;
                other = NULL;
                CHECK(dense && difference(model, peer, &rows, dense) < 1e-9);
            }
            CHECK(dense && (!other || memcmp(dense, other, size) == 0));
            memory_free(other);
        }
    }
    other = NULL;
    for (size_t l = 0; l < sizeof levels / sizeof *levels && peer && sample->kernel == SVM_LINEAR; l++) {
        processor_limit(levels[l]);
        double *weighed = score_all(model, SVM_WEIGHTS, &rows, 17);
        CHECK(weighed && difference(model, peer, &rows, weighed) < 1e-9);
        if (!other) other = weighed;
        CHECK(memcmp(other, weighed, size) == 0);
        if (other != weighed) memory_free(weighed);
    }
    memory_free(other);
    memory_free(dense);
    sample_rows_free(&rows);
    svm_free_and_destroy_model(&peer);
    svm_model_free(model);
    processor_limit(PROCESSOR_HIGHEST);
}

TEST(agrees_with_libsvm_for_every_kind_and_kernel) {
    struct random random;
    random_seed(&random, 4);
    for (int type = 0; type < SVM_TYPES; type++) {
        for (int kernel = 0; kernel < SVM_KERNELS; kernel++) {
            for (int i = 0; i < 6; i++) {
                static const size_t columns[] = {1, 2, 7, 40, 144, 9}, vectors[] = {1, 15, 16, 17, 90, 200}, classes[] = {1, 2, 3, 4, 2, 7};
                struct svm_sample sample = {(enum svm_type)type, (enum svm_kernel)kernel, type <= SVM_NU_SVC ? classes[i] : 2, vectors[i],
                                            columns[i], i % 2 ? 1.0 : 0.3, type != SVM_ONE_CLASS && i % 3 != 0};
                if (sample.classes == 1) sample.vectors = 0;
                check_model(&random, &sample);
            }
        }
    }
}

TEST(chooses_a_layout_that_fits) {
    struct random random;
    random_seed(&random, 5);
    static const struct {
        struct svm_sample sample;
        enum svm_layout layout;
    } cases[] = {
        {{SVM_EPSILON_SVR, SVM_RBF, 2, 300, 30, 1.0, false}, SVM_DENSE},
        {{SVM_EPSILON_SVR, SVM_LINEAR, 2, 300, 30, 1.0, false}, SVM_WEIGHTS},
        {{SVM_EPSILON_SVR, SVM_RBF, 2, 400, 2000, 0.01, false}, SVM_SPARSE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct svm_model *model = sample_model(&random, &cases[i].sample);
        struct svm_scorer *scorer = NULL;
        struct problem problem = {0};
        CHECK_INT(svm_scorer_new(model, SVM_BEST, &scorer, &problem), IEUM_OK);
        CHECK_INT(svm_scorer_layout(scorer), cases[i].layout);
        svm_scorer_free(scorer);
        svm_model_free(model);
    }
}

/* Columns with very high numbers: no memory for what lies between, and the same values as with low ones. */
TEST(high_columns_cost_nothing) {
    struct random random;
    random_seed(&random, 6);
    const struct svm_sample sample = {SVM_EPSILON_SVR, SVM_RBF, 2, 50, 10, 0.8, false};
    struct svm_model *model = sample_model(&random, &sample);
    struct sample_rows rows = sample_rows(&random, 20, 10, 0.7);
    double *low = score_all(model, SVM_DENSE, &rows, 128);
    for (size_t i = 0; i < model->start[model->vector_count]; i++) model->index[i] = model->index[i] * 200000000U + 7;
    for (size_t i = 0; i < rows.start[rows.count]; i++) rows.index[i] = rows.index[i] * 200000000U + 7;
    model->columns = 2000000000U;
    double *high = score_all(model, SVM_DENSE, &rows, 128), *sparse = score_all(model, SVM_SPARSE, &rows, 128);
    CHECK(low && high && sparse && memcmp(low, high, 20 * sizeof *low) == 0 && memcmp(low, sparse, 20 * sizeof *low) == 0);
    memory_free(low);
    memory_free(high);
    memory_free(sparse);
    sample_rows_free(&rows);
    svm_model_free(model);
}

/* Values beyond all bounds: the same bits by all versions, as long as they are numbers. */
TEST(extreme_values_agree) {
    struct random random;
    random_seed(&random, 8);
    for (int kernel = 0; kernel < SVM_KERNELS; kernel++) {
        const struct svm_sample sample = {SVM_EPSILON_SVR, (enum svm_kernel)kernel, 2, 21, 6, 0.9, false};
        struct svm_model *model = sample_model(&random, &sample);
        struct sample_rows rows = sample_rows(&random, 24, 6, 0.9);
        static const double scales[] = {1e-320, 1e-160, 1e-5, 1e5, 1e150, 1e300};
        for (size_t r = 0; r < rows.count; r++)
            for (size_t i = rows.start[r]; i < rows.start[r + 1]; i++) rows.value[i] *= scales[r % 6];
        double *first = NULL;
        for (size_t l = 0; l < 3; l++) {
            for (int layout = SVM_DENSE; layout <= SVM_SPARSE; layout++) {
                processor_limit(levels[l]);
                double *values = score_all(model, (enum svm_layout)layout, &rows, 128);
                for (size_t r = 0; r < rows.count && first; r++) CHECK(memcmp(&values[r], &first[r], sizeof *values) == 0 || (isnan(values[r]) && isnan(first[r])));
                if (!first) first = values;
                else memory_free(values);
            }
        }
        memory_free(first);
        sample_rows_free(&rows);
        svm_model_free(model);
    }
    processor_limit(PROCESSOR_HIGHEST);
}

TEST(fails_cleanly_without_memory) {
    struct random random;
    random_seed(&random, 9);
    const struct svm_sample sample = {SVM_C_SVC, SVM_LINEAR, 3, 40, 8, 0.8, true};
    struct svm_model *model = sample_model(&random, &sample);
    for (int layout = SVM_WEIGHTS; layout <= SVM_SPARSE; layout++) {
        for (uint64_t n = 1;; n++) {
            struct svm_scorer *scorer = NULL;
            struct svm_scratch *scratch = NULL;
            struct problem problem = {0};
            memory_fail_at(n);
            const ieum_status status = svm_scorer_new(model, (enum svm_layout)layout, &scorer, &problem);
            if (status == IEUM_OK) scratch = svm_scratch_new(scorer);
            memory_fail_at(0);
            CHECK(status == IEUM_OK || (status == IEUM_MEMORY && !scorer));
            const bool whole = scratch != NULL;
            svm_scratch_free(scratch);
            svm_scorer_free(scorer);
            if (whole) break;
        }
    }
    memory_clear_failed();
    svm_model_free(model);
}

TEST_MAIN(agrees_with_libsvm_for_every_kind_and_kernel, chooses_a_layout_that_fits, high_columns_cost_nothing, extreme_values_agree, fails_cleanly_without_memory)
