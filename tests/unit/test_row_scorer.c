/* SPDX-License-Identifier: Apache-2.0 */
/* Rows through a model by the public header: flat arrays and text give the same, at any number of threads and in any pieces; faults; memory that fails. */
#include <math.h>

#include "ieum.h"
#include "score/model.h"
#include "score/row_scorer.h"
#include "svm_samples.h"
#include "test.h"

static ieum_engine *engine_with(int threads) {
    ieum_options options;
    ieum_engine *engine = NULL;
    ieum_options_init(&options);
    options.threads = threads;
    options.language = "en";
    CHECK_INT(ieum_open(&options, &engine, NULL), IEUM_OK);
    return engine;
}

static struct buffer model_text(const struct svm_sample *sample, uint64_t seed) {
    struct random random;
    struct buffer text = BUFFER_EMPTY;
    random_seed(&random, seed);
    struct svm_model *model = sample_model(&random, sample);
    svm_text_write(model, &text);
    svm_model_free(model);
    return text;
}

/* Rows with every column, so that they are a flat array too. */
static struct buffer rows_text(size_t count, size_t columns, double *flat) {
    struct random random;
    struct buffer text = BUFFER_EMPTY;
    random_seed(&random, 77);
    for (size_t r = 0; r < count; r++) {
        buffer_format(&text, "%d", (int)random_below(&random, 3) * 7 - 3);
        for (size_t column = 0; column < columns; column++) {
            flat[r * columns + column] = sample_between(&random, -1, 1);
            buffer_format(&text, " %zu:%.17g", column + 1, flat[r * columns + column]);
        }
        buffer_add_text(&text, r % 50 == 0 ? " # a note\n\n" : "\n");
    }
    return text;
}

/* The text in pieces of about `piece` bytes, ended at a line. */
static struct buffer score_pieces(ieum_scorer *scorer, const struct buffer *rows, size_t piece, int probabilities, ieum_score_tally *tally) {
    struct buffer out = BUFFER_EMPTY;
    *tally = (ieum_score_tally){0};
    for (size_t at = 0; at < rows->size;) {
        size_t end = at + piece < rows->size ? at + piece : rows->size;
        while (end < rows->size && rows->bytes[end - 1] != '\n') end++;
        char *text = NULL;
        size_t size = 0;
        CHECK_INT(ieum_score_text(scorer, "rows", rows->bytes + at, end - at, probabilities, tally, &text, &size, NULL), IEUM_OK);
        buffer_add(&out, text, size);
        ieum_free(text);
        at = end;
    }
    return out;
}

TEST(threads_and_pieces_change_nothing) {
    enum { ROWS = 700, COLUMNS = 9 };
    static const struct svm_sample samples[] = {{SVM_C_SVC, SVM_RBF, 3, 50, COLUMNS, 1.0, true}, {SVM_EPSILON_SVR, SVM_SIGMOID, 2, 50, COLUMNS, 1.0, false}};
    for (size_t s = 0; s < 2; s++) {
        double flat[ROWS * COLUMNS];
        struct buffer model = model_text(&samples[s], s), rows = rows_text(ROWS, COLUMNS, flat), first = BUFFER_EMPTY;
        ieum_score_tally kept = {0};
        double *values = NULL;
        for (int threads = 1; threads <= 5; threads += 2) {
            ieum_engine *engine = engine_with(threads);
            ieum_scorer *scorer = NULL;
            CHECK_INT(ieum_scorer_open(engine, model.bytes, model.size, "model", &scorer, NULL), IEUM_OK);
            CHECK_INT(ieum_scorer_values(scorer), s == 0 ? 3 : 1);
            CHECK_INT(ieum_scorer_columns(scorer), COLUMNS);
            for (size_t piece = 1; piece < 4000000; piece *= 1000) {
                ieum_score_tally tally;
                struct buffer out = score_pieces(scorer, &rows, piece, s == 0, &tally);
                if (!first.bytes) {
                    first = out;
                    kept = tally;
                    CHECK_INT(tally.rows, ROWS);
                    CHECK_INT(tally.lines, ROWS + ROWS / 50);
                    continue;
                }
                CHECK(out.size == first.size && memcmp(out.bytes, first.bytes, out.size) == 0 && memcmp(&tally, &kept, sizeof tally) == 0);
                buffer_free(&out);
            }
            double *again = malloc(ROWS * 3 * sizeof *again);
            CHECK_INT(ieum_score_rows(scorer, flat, ROWS, COLUMNS, again, NULL), IEUM_OK);
            if (values) CHECK(memcmp(values, again, ROWS * (s == 0 ? 3 : 1) * sizeof *again) == 0);
            const char *line = first.bytes;
            for (size_t r = 0; r < ROWS && s == 1; r++) { /* a number's text is the flat value to the bit */
                CHECK(strtod(line, NULL) == again[r]);
                line = strchr(line, '\n') + 1;
            }
            free(values);
            values = again;
            ieum_scorer_close(scorer);
            ieum_close(engine);
        }
        free(values);
        buffer_free(&first);
        buffer_free(&model);
        buffer_free(&rows);
    }
}

TEST(rows_may_be_narrow_or_wide) {
    const struct svm_sample sample = {SVM_EPSILON_SVR, SVM_RBF, 2, 20, 4, 1.0, false};
    struct buffer model = model_text(&sample, 5);
    ieum_engine *engine = engine_with(1);
    ieum_scorer *scorer = NULL;
    CHECK_INT(ieum_scorer_open(engine, model.bytes, model.size, NULL, &scorer, NULL), IEUM_OK);
    const double narrow[2] = {0.5, -1}, padded[6] = {0.5, -1, 0, 0, 0, 0}, wide[6] = {0.5, -1, 0, 0, 0, 3};
    double a, b, c, none;
    CHECK_INT(ieum_score_rows(scorer, narrow, 1, 2, &a, NULL), IEUM_OK);
    CHECK_INT(ieum_score_rows(scorer, padded, 1, 6, &b, NULL), IEUM_OK);
    CHECK_INT(ieum_score_rows(scorer, wide, 1, 6, &c, NULL), IEUM_OK);
    CHECK(a == b && a != c); /* what no vector has still is far away */
    CHECK_INT(ieum_score_rows(scorer, narrow, 0, 2, &none, NULL), IEUM_OK);
    CHECK_INT(ieum_score_rows(scorer, narrow, 1, 0, &none, NULL), IEUM_OK);
    const double broken[2] = {1, NAN};
    char *problem = NULL;
    CHECK_INT(ieum_score_rows(scorer, broken, 1, 2, &a, &problem), IEUM_INVALID);
    CHECK(problem && strstr(problem, "Row 1, column 2"));
    ieum_free(problem);
    ieum_scorer_close(scorer);
    ieum_close(engine);
    buffer_free(&model);
}

/* Of several faults the first line's, whoever met it; nothing is written, the tally stays. */
TEST(tells_the_first_fault) {
    const struct svm_sample sample = {SVM_EPSILON_SVR, SVM_LINEAR, 2, 3, 2, 1.0, false};
    struct buffer model = model_text(&sample, 6), rows = BUFFER_EMPTY;
    for (int i = 1; i <= 2000; i++) buffer_add_text(&rows, i == 777 || i == 778 || i == 1999 ? "1 1:x\n" : "1 1:1\n");
    for (int threads = 1; threads <= 4; threads++) {
        ieum_engine *engine = engine_with(threads);
        ieum_scorer *scorer = NULL;
        ieum_score_tally tally = {.lines = 100, .rows = 90};
        char *text, *problem = NULL;
        size_t size;
        CHECK_INT(ieum_scorer_open(engine, model.bytes, model.size, NULL, &scorer, NULL), IEUM_OK);
        CHECK_INT(ieum_score_text(scorer, "rows.txt", rows.bytes, rows.size, 0, &tally, &text, &size, &problem), IEUM_INVALID);
        CHECK(!text && size == 0 && tally.lines == 100 && tally.rows == 90);
        CHECK(problem && strstr(problem, "\"line\":877") && strstr(problem, "rows.txt"));
        ieum_free(problem);
        CHECK_INT(ieum_score_text(scorer, NULL, "1 1:1\n", 6, 1, &tally, &text, &size, &problem), IEUM_INVALID);
        CHECK(problem && strstr(problem, "probabilities"));
        ieum_free(problem);
        ieum_scorer_close(scorer);
        ieum_close(engine);
    }
    buffer_free(&model);
    buffer_free(&rows);
}

TEST(fails_cleanly_without_memory) {
    const struct svm_sample sample = {SVM_NU_SVC, SVM_POLYNOMIAL, 3, 30, 4, 1.0, true};
    struct buffer model = model_text(&sample, 7), rows = BUFFER_EMPTY;
    for (int i = 1; i <= 300; i++) buffer_add_text(&rows, "1 1:1 3:0.5\n");
    for (uint64_t n = 1;; n++) {
        ieum_engine *engine = engine_with(1);
        ieum_scorer *scorer = NULL;
        ieum_score_tally tally = {0};
        char *text = NULL, *problem = NULL;
        size_t size;
        memory_fail_at(n);
        ieum_status status = ieum_scorer_open(engine, model.bytes, model.size, NULL, &scorer, NULL);
        if (status == IEUM_OK) status = ieum_score_text(scorer, NULL, rows.bytes, rows.size, 1, &tally, &text, &size, &problem);
        memory_fail_at(0);
        CHECK(status == IEUM_OK || (status == IEUM_MEMORY && !text && tally.rows == 0));
        ieum_free(text);
        ieum_free(problem);
        ieum_scorer_close(scorer);
        ieum_close(engine);
        if (status == IEUM_OK) break;
    }
    buffer_free(&model);
    buffer_free(&rows);
}

/* ---- models of our own over columns ---- */

static struct model *own_model(enum model_kind kind, size_t features) {
    struct model *model = memory_allocate_zero(1, sizeof *model);
    model->arena = arena_new();
    model->kind = kind;
    model->bias = 0.125;
    struct model_feature *made = arena_allocate_zero(model->arena, features, sizeof *made);
    for (size_t j = 0; j < features; j++) { /* x_j + 1 up to 1, then twice as steep */
        double *numbers = arena_allocate_zero(model->arena, 8, sizeof *numbers);
        memcpy(numbers, (const double[]){0, 1, 2, 1, 2, 4, 1, 2}, 8 * sizeof *numbers);
        char name[16];
        snprintf(name, sizeof name, "%zu", j + 1);
        made[j].name = arena_copy_text(model->arena, name);
        made[j].curve = (struct curve){numbers, numbers + 3, numbers + 6, 3, 0};
    }
    model->features = made;
    model->feature_count = features;
    return model;
}

TEST(scores_by_models_of_our_own) {
    struct problem problem = {0};
    struct row_scorer *scorer = NULL;
    struct row_tally tally = {0};
    struct buffer text = BUFFER_EMPTY;
    struct model *model = own_model(MODEL_ADDITIVE, 2);
    CHECK_INT(row_scorer_of_model(model, &scorer, &problem), IEUM_OK);
    CHECK(row_scorer_values(scorer) == 1 && row_scorer_columns(scorer) == 2);
    const char *rows = "1 1:0.5\n0 2:2 3:9\n2\n";
    CHECK_INT(row_scorer_text(scorer, 2, false, rows, strlen(rows), &tally, &text, &problem), IEUM_OK);
    CHECK_TEXT(text.bytes, "2.625\n5.125\n2.125\n"); /* 0.125 + 1.5 + 1; 0.125 + 1 + 4; 0.125 + 1 + 1 */
    CHECK_INT(row_scorer_text(scorer, 1, true, rows, strlen(rows), &tally, &text, &problem), IEUM_INVALID);
    const double flat[4] = {0.5, 0, 0, 2};
    double values[2];
    problem_clear(&problem);
    CHECK_INT(row_scorer_score(scorer, 2, flat, 2, 2, values, &problem), IEUM_OK);
    CHECK(values[0] == 2.625 && values[1] == 5.125);
    row_scorer_free(scorer);
    buffer_free(&text);
}

TEST(refuses_models_of_pairs) {
    for (int kind = 0; kind < MODEL_KINDS; kind++) {
        for (int wrong = 0; wrong < 3; wrong++) {
            struct problem problem = {0};
            struct row_scorer *scorer = NULL;
            struct model *model = own_model((enum model_kind)kind, 2);
            if (wrong == 1) model->program = "ai-bio";
            if (wrong == 2) ((struct model_feature *)model->features)[1].name = "rubric";
            const bool rows = wrong == 0 && (kind == MODEL_LINEAR || kind == MODEL_ADDITIVE);
            CHECK_INT(row_scorer_of_model(model, &scorer, &problem), rows ? IEUM_OK : IEUM_INVALID);
            if (scorer) row_scorer_free(scorer);
            else model_free(model);
        }
    }
}

/* A libsvm model inside a model of our own scores as it does alone, and is freed with it. */
TEST(scores_by_a_libsvm_model_inside) {
    const struct svm_sample sample = {SVM_C_SVC, SVM_RBF, 3, 30, 5, 1.0, true};
    struct buffer text = model_text(&sample, 8), alone = BUFFER_EMPTY, inside = BUFFER_EMPTY;
    struct problem problem = {0};
    struct row_scorer *scorer = NULL;
    struct row_tally tally = {0};
    const char *rows = "1 1:0.5 4:-1\n0 2:2 3:9\n2\n";
    CHECK_INT(row_scorer_open(text.bytes, text.size, &scorer, &problem), IEUM_OK);
    CHECK_INT(row_scorer_text(scorer, 1, true, rows, strlen(rows), &tally, &alone, &problem), IEUM_OK);
    row_scorer_free(scorer);
    struct model *model = own_model(MODEL_LIBSVM, 0);
    model->program = "ai-bio"; /* its columns are inputs by number all the same */
    CHECK_INT(svm_text_read(text.bytes, text.size, &model->svm, &problem), IEUM_OK);
    CHECK_INT(row_scorer_of_model(model, &scorer, &problem), IEUM_OK);
    tally = (struct row_tally){0};
    CHECK_INT(row_scorer_text(scorer, 1, true, rows, strlen(rows), &tally, &inside, &problem), IEUM_OK);
    CHECK_TEXT(inside.bytes, alone.bytes);
    row_scorer_free(scorer);
    buffer_free(&text);
    buffer_free(&alone);
    buffer_free(&inside);
}

TEST_MAIN(threads_and_pieces_change_nothing, rows_may_be_narrow_or_wide, tells_the_first_fault, fails_cleanly_without_memory, scores_by_models_of_our_own,
          refuses_models_of_pairs, scores_by_a_libsvm_model_inside)
