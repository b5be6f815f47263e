/* SPDX-License-Identifier: Apache-2.0 */
/* Models written for libsvm, loaded by libsvm itself: it predicts what the formula of model.h gives. */
#include "test.h"

#include <libsvm/svm.h>
#include <math.h>
#include <unistd.h>

#include "model_samples.h"
#include "score/model_export.h"

/* libsvm's own model of the exported text. */
static struct svm_model *load(const struct model *model) {
    struct buffer text = BUFFER_EMPTY;
    struct problem problem = {0};
    char path[] = "/tmp/ieum-svm-XXXXXX";
    CHECK_INT(model_export_libsvm(model, &text, &problem), IEUM_OK);
    const int file = mkstemp(path);
    CHECK(file >= 0 && write(file, text.bytes, text.size) == (ssize_t)text.size);
    close(file);
    struct svm_model *loaded = svm_load_model(path);
    CHECK(loaded != NULL);
    if (!loaded) fprintf(stderr, "%s\n", text.bytes);
    unlink(path);
    buffer_free(&text);
    return loaded;
}

TEST(product_terms) {
    struct random random;
    const struct model_size size = {.pairs = 30, .demand = 4, .supplier = 7};
    struct model *model = invent_model(MODEL_PAIRWISE, size, 12);
    struct svm_model *loaded = load(model);
    random_seed(&random, 1);
    for (int round = 0; round < 200 && loaded; round++) {
        double x[4], y[7], sum = model->bias;
        struct svm_node nodes[12];
        for (size_t k = 0; k < 11; k++) {
            double *value = k < 4 ? &x[k] : &y[k - 4];
            *value = random_unit(&random) * 2 - 1;
            nodes[k] = (struct svm_node){(int)k + 1, *value};
        }
        nodes[11].index = -1;
        for (size_t i = 0; i < size.pairs; i++) {
            double demand = 0, supplier = 0;
            for (size_t k = 0; k < 4; k++) demand += pow(x[k] - model->product.demand_vectors[4 * i + k], 2);
            for (size_t k = 0; k < 7; k++) supplier += pow(y[k] - model->product.supplier_vectors[7 * i + k], 2);
            sum += model->product.coefficients[i] * exp(-demand) * exp(-supplier);
        }
        CHECK(fabs(svm_predict(loaded, nodes) - sum) < 1e-12);
    }
    if (loaded) svm_free_and_destroy_model(&loaded);
    model_free(model);
}

TEST(lines_over_features) {
    struct random random;
    const size_t count = 6;
    struct model *model = invent_model(MODEL_LINEAR, (struct model_size){.features = count}, 13);
    struct svm_model *loaded = load(model);
    random_seed(&random, 2);
    for (int round = 0; round < 200 && loaded; round++) {
        struct svm_node nodes[13];
        double z[6], sum = model->bias;
        size_t used = 0;
        for (size_t f = 0; f < count; f++) {
            z[f] = random_below(&random, 4) ? random_unit(&random) : NAN;
            sum += curve_value(&model->features[f].curve, z[f]);
            if (!isnan(z[f])) nodes[used++] = (struct svm_node){(int)f + 1, z[f]};
        }
        for (size_t f = 0; f < count; f++)
            if (isnan(z[f])) nodes[used++] = (struct svm_node){(int)(count + f) + 1, 1};
        nodes[used].index = -1;
        CHECK(fabs(svm_predict(loaded, nodes) - sum) < 1e-12);
    }
    if (loaded) svm_free_and_destroy_model(&loaded);
    model_free(model);
}

TEST(lines_over_columns) {
    static const char *const columns[] = {"30", "4", "7"};
    struct model *model = invent_model(MODEL_LINEAR, (struct model_size){.features = 3}, 14);
    struct problem problem = {0};
    struct buffer text = BUFFER_EMPTY;
    model->program = model->program_version = NULL;
    CHECK_INT(model_export_libsvm(model, &text, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.value, "feature0");
    for (size_t f = 0; f < 3; f++) ((struct model_feature *)(uintptr_t)model->features)[f].name = columns[f];
    struct svm_model *loaded = load(model);
    const struct svm_node nodes[] = {{4, 0.5}, {5, 100}, {30, -2}, {-1, 0}};
    const double sum = model->bias + curve_value(&model->features[0].curve, -2) + curve_value(&model->features[1].curve, 0.5) + curve_value(&model->features[2].curve, 0);
    if (loaded) CHECK(fabs(svm_predict(loaded, nodes) - sum) < 1e-12);
    if (loaded) svm_free_and_destroy_model(&loaded);
    buffer_free(&text);
    model_free(model);
}

TEST(kinds_that_libsvm_cannot_say) {
    static const enum model_kind kinds[] = {MODEL_RUBRIC, MODEL_ADDITIVE, MODEL_MIXED};
    for (size_t i = 0; i < 3; i++) {
        struct model *model = invent_model(kinds[i], (struct model_size){2, 3, 2, 2, 2}, 15);
        struct problem problem = {0};
        struct buffer text = BUFFER_EMPTY;
        CHECK_INT(model_export_libsvm(model, &text, &problem), IEUM_INVALID);
        CHECK_TEXT(problem.pointer, "/kind");
        CHECK_INT(text.size, 0);
        buffer_free(&text);
        model_free(model);
    }
}

TEST_MAIN(product_terms, lines_over_features, lines_over_columns, kinds_that_libsvm_cannot_say)
