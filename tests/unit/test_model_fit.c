/* SPDX-License-Identifier: Apache-2.0 */
/* Models and programs: what fits, what is refused, and the terms that a model becomes, against the formula of model.h. */
#include "test.h"

#include <math.h>

#include "feature/side_groups.h"
#include "feature/space.h"
#include "model_samples.h"
#include "score/model_fit.h"

static struct program *program;

TEST(load) {
    char path[1024];
    struct problem problem = {0};
    snprintf(path, sizeof path, "%s/data/programs", test_source());
    CHECK_INT(program_load(path, "ai-manufacturing", feature_kind_known, &program, &problem), IEUM_OK);
    if (test_failures) exit(1);
}

TEST(unload) { program_free(program); }

/* A model over the program's first features, the rubric's score among them. */
static struct model *fitting(enum model_kind kind, uint64_t seed) {
    struct model *model = invent_model(kind, (struct model_size){5, 4, 3, 2, 2}, seed);
    struct model_feature *features = (struct model_feature *)(uintptr_t)model->features;
    for (size_t f = 0; f < model->feature_count; f++) features[f].name = f == 2 ? "rubric" : program->features[program->feature_count - 1 - f].id;
    model->program_version = program->version;
    return model;
}

TEST(who_fits) {
    struct model *model = fitting(MODEL_ADDITIVE, 1);
    struct problem problem = {0};
    bool other = true;
    CHECK_INT(model_fits_program(model, program, &other, &problem), IEUM_OK);
    CHECK(!other);
    model->program_version = "1999.1";
    CHECK_INT(model_fits_program(model, program, &other, &problem), IEUM_OK);
    CHECK(other);
    ((struct model_feature *)(uintptr_t)model->features)[1].name = "colour";
    CHECK_INT(model_fits_program(model, program, &other, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.value, "colour");
    CHECK(strstr(problem.ko, "colour") && strstr(problem.ko, "ai-manufacturing"));
    problem_clear(&problem);
    model->program = "ai-bio";
    CHECK_INT(model_fits_program(model, program, &other, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/program/id");
    CHECK_TEXT(problem.expected, "ai-manufacturing");
    problem_clear(&problem);
    model->program = model->program_version = NULL;
    CHECK_INT(model_fits_program(model, program, &other, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/program");
    model_free(model);
}

static double feature_value(const struct program *of, const char *name, const double *values) {
    for (size_t f = 0; f < of->feature_count; f++)
        if (strcmp(of->features[f].id, name) == 0) return values[f];
    exit(2);
}

TEST(terms_say_what_the_model_says) {
    struct random random;
    struct arena *arena = arena_new();
    struct problem problem = {0};
    struct rubric rubric;
    struct additive additive;
    CHECK_INT(rubric_compile(program, false, arena, &rubric, &problem), IEUM_OK);
    random_seed(&random, 3);
    for (int kind = MODEL_LINEAR; kind <= MODEL_MIXED; kind++) {
        struct model *model = fitting((enum model_kind)kind, (uint64_t)kind);
        CHECK_INT(model_additive(model, program, &rubric, arena, &additive, &problem), IEUM_OK);
        CHECK_INT(additive.count, kind == MODEL_PAIRWISE ? 0 : 5);
        for (size_t t = 0; t < additive.count; t++) {
            const bool of_rubric = additive.terms[t].feature == ADDITIVE_RUBRIC;
            CHECK(of_rubric == (t == 2) && of_rubric == (additive.terms[t].criterion == UINT32_MAX));
            if (of_rubric) continue;
            bool uses = false;
            const struct criterion *criterion = &program->criteria[additive.terms[t].criterion];
            for (size_t p = 0; p < criterion->part_count; p++) uses = uses || criterion->parts[p].feature == additive.terms[t].feature;
            CHECK(uses);
        }
        for (int round = 0; round < 50; round++) {
            double values[64], sum = model->bias;
            int64_t parts[8], whole = additive.bias;
            for (size_t f = 0; f < program->feature_count; f++) values[f] = random_below(&random, 5) ? random_unit(&random) : NAN;
            for (size_t f = 0; f < model->feature_count; f++)
                sum += curve_value(&model->features[f].curve, f == 2 ? (double)rubric_score(&rubric, values, 1, NULL) / 1e9
                                                                     : feature_value(program, model->features[f].name, values));
            const int64_t score = additive_score(&additive, values, 1, parts);
            for (size_t t = 0; t < additive.count; t++) whole += parts[t];
            CHECK(score == whole && fabs((double)score / 1e9 - sum) < 4e-9);
        }
        model_free(model);
    }
    struct model *model = invent_model(MODEL_RUBRIC, (struct model_size){0}, 1);
    CHECK_INT(model_additive(model, program, &rubric, arena, &additive, &problem), IEUM_OK);
    CHECK_INT(additive.count, rubric.count);
    CHECK_INT(model_additive(model, program, NULL, arena, &additive, &problem), IEUM_INTERNAL);
    model_free(model);
    arena_free(arena);
}

TEST(what_cannot_be_bound_is_refused) {
    struct arena *arena = arena_new();
    struct rubric rubric;
    struct additive additive = {.count = 77};
    struct problem problem = {0};
    CHECK_INT(rubric_compile(program, false, arena, &rubric, &problem), IEUM_OK);
    struct model *model = fitting(MODEL_LINEAR, 1);
    CHECK_INT(model_additive(model, program, NULL, arena, &additive, &problem), IEUM_INTERNAL);
    problem_clear(&problem);
    model->bias = 1e10;
    CHECK_INT(model_additive(model, program, &rubric, arena, &additive, &problem), IEUM_INVALID);
    problem_clear(&problem);
    model->bias = 0;
    ((double *)(uintptr_t)model->features[0].curve.value)[1] = 1e7;
    CHECK_INT(model_additive(model, program, &rubric, arena, &additive, &problem), IEUM_INVALID);
    problem_clear(&problem);
    ((double *)(uintptr_t)model->features[0].curve.value)[1] = 1;
    ((struct model_feature *)(uintptr_t)model->features)[3].name = "colour";
    CHECK_INT(model_additive(model, program, &rubric, arena, &additive, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.value, "colour");
    CHECK_INT(additive.count, 77);
    model_free(model);
    arena_free(arena);
}

TEST_MAIN(load, who_fits, terms_say_what_the_model_says, what_cannot_be_bound_is_refused, unload)
