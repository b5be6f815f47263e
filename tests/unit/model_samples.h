/* SPDX-License-Identifier: Apache-2.0 */
/* For tests of models: invented ones of every kind but libsvm, with sizes to choose. */
#ifndef IEUM_TEST_MODEL_SAMPLES_H
#define IEUM_TEST_MODEL_SAMPLES_H

#include "../../engine/base/memory.h"
#include "../../engine/base/random.h"
#include "../../engine/score/model_file.h"
#include "test.h"

struct model_size {
    size_t features, points, pairs, demand, supplier;
};

static inline double *invent_numbers(struct random *random, size_t count, struct arena *arena) {
    double *numbers = arena_allocate_zero(arena, count + 1, sizeof *numbers);
    for (size_t i = 0; i < count; i++) numbers[i] = random_unit(random) * 4 - 2;
    return numbers;
}

static inline const char *invent_name(const char *begins, size_t number, struct arena *arena) {
    char name[64];
    snprintf(name, sizeof name, "%s%zu", begins, number);
    return arena_copy_text(arena, name);
}

static inline struct curve invent_curve(struct random *random, size_t points, struct arena *arena) {
    double *at = invent_numbers(random, points, arena), *value = invent_numbers(random, points, arena), *slope = invent_numbers(random, points, arena);
    for (size_t i = 0; i < points; i++) at[i] = (double)i / (double)(points - 1);
    if (points == 2) value[0] = 0;
    for (size_t i = 0; i + 1 < points; i++) slope[i] = (value[i + 1] - value[i]) / (at[i + 1] - at[i]);
    return (struct curve){at, value, slope, points, random_unit(random)};
}

static inline struct side_encoding invent_encoding(struct random *random, const char *begins, size_t count, struct arena *arena) {
    struct side_coordinate *coordinates = arena_allocate_zero(arena, count + 1, sizeof *coordinates);
    for (size_t i = 0; i < count; i++)
        coordinates[i] = (struct side_coordinate){invent_name(begins, i, arena), random_unit(random), random_unit(random)};
    return (struct side_encoding){coordinates, count};
}

static inline jval *invent_card(void) {
    struct problem problem = {0};
    jval *card = NULL;
    static const char text[] = "{\"data\":{\"ko\":\"지어낸 시험 자료\",\"en\":\"invented data of a test\"},\"seed\":7,\"measures\":{\"ndcg@10\":[0.5,0.25,0.75]}}";
    if (jval_parse(text, sizeof text - 1, &card, &problem) != IEUM_OK) exit(2);
    return card;
}

static inline struct model *invent_model(enum model_kind kind, struct model_size size, uint64_t seed) {
    struct random random;
    struct model *model = memory_allocate_zero(1, sizeof *model);
    random_seed(&random, seed);
    *model = (struct model){.arena = arena_new(), .kind = kind, .id = "sample-1", .program = "ai-manufacturing", .program_version = "2025.1"};
    model->bias = random_unit(&random);
    model->platt = (struct platt){true, -1.25, random_unit(&random)};
    model->card = invent_card();
    if (kind == MODEL_LINEAR || kind == MODEL_ADDITIVE || kind == MODEL_MIXED) {
        struct model_feature *features = arena_allocate_zero(model->arena, size.features, sizeof *features);
        for (size_t f = 0; f < size.features; f++)
            features[f] = (struct model_feature){invent_name("feature", f, model->arena), invent_curve(&random, kind == MODEL_LINEAR ? 2 : size.points, model->arena)};
        model->features = features;
        model->feature_count = size.features;
    }
    if (kind == MODEL_PAIRWISE || kind == MODEL_MIXED)
        model->product = (struct product_term){size.pairs,
                                               invent_encoding(&random, "d", size.demand, model->arena),
                                               invent_encoding(&random, "s", size.supplier, model->arena),
                                               invent_numbers(&random, size.pairs * size.demand, model->arena),
                                               invent_numbers(&random, size.pairs * size.supplier, model->arena),
                                               invent_numbers(&random, size.pairs, model->arena)};
    return model;
}

#endif
