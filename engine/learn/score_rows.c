/* SPDX-License-Identifier: Apache-2.0 */
/* A model's scores of examples: columns are found by name once, then each row goes through model_row_score. */
#include <math.h>
#include <string.h>

#include "../base/map.h"
#include "../base/memory.h"
#include "../score/model_score.h"
#include "train.h"

static ieum_status find_column(const struct map *columns, const char *name, uint32_t *column, struct problem *problem) {
    *column = map_get_text(columns, name);
    if (*column != MAP_NONE) return IEUM_OK;
    problem_set(problem, IEUM_NOT_FOUND, "", "모형이 쓰는 특성값이 자료에 없습니다.", "The data lack a feature that the model uses.");
    problem_set_value(problem, name);
    return IEUM_NOT_FOUND;
}

static struct map *map_names(const char *const *names, size_t count) {
    struct map *map = map_new();
    for (size_t j = 0; map && j < count; j++)
        if (!map_put(map, names[j], strlen(names[j]), (uint32_t)j)) {
            map_free(map);
            return NULL;
        }
    return map;
}

/* Where a model's inputs stand in the dataset. */
struct places {
    uint32_t *feature, *demand, *offer;
    double *z, *x, *y; /* room for one row's */
};

static ieum_status find_side(const struct side_encoding *encoding, const struct side_table *table, uint32_t *place, struct problem *problem) {
    struct map *map = map_names(table->names, table->columns);
    ieum_status status = map ? IEUM_OK : problem_set_memory(problem);
    for (size_t j = 0; j < encoding->count && status == IEUM_OK; j++) status = find_column(map, encoding->coordinates[j].name, &place[j], problem);
    map_free(map);
    return status;
}

static ieum_status find_places(const struct model *model, const struct dataset *data, struct arena *arena, struct places *places, struct problem *problem) {
    const struct side_encoding *demand = &model->product.demand, *offer = &model->product.supplier;
    places->feature = arena_allocate_zero(arena, model->feature_count, sizeof(uint32_t));
    places->demand = arena_allocate_zero(arena, demand->count, sizeof(uint32_t));
    places->offer = arena_allocate_zero(arena, offer->count, sizeof(uint32_t));
    places->z = arena_allocate_zero(arena, model->feature_count, sizeof(double));
    places->x = arena_allocate_zero(arena, demand->count, sizeof(double));
    places->y = arena_allocate_zero(arena, offer->count, sizeof(double));
    struct map *map = map_names(data->feature_names, data->feature_count);
    ieum_status status = IEUM_OK;
    if (!places->feature || !places->demand || !places->offer || !places->z || !places->x || !places->y || !map) status = problem_set_memory(problem);
    for (size_t j = 0; j < model->feature_count && status == IEUM_OK; j++) status = find_column(map, model->features[j].name, &places->feature[j], problem);
    map_free(map);
    if (status == IEUM_OK && model->product.count) status = find_side(demand, &data->demand, places->demand, problem);
    if (status == IEUM_OK && model->product.count) status = find_side(offer, &data->offer, places->offer, problem);
    return status;
}

static void gather(const double *from, const uint32_t *place, size_t count, double *to) {
    for (size_t j = 0; j < count; j++) to[j] = from[place[j]];
}

ieum_status learn_score(const struct model *model, const struct dataset *data, struct rows rows, double *scores, struct problem *problem) {
    struct places places = {0};
    struct arena *arena = arena_new();
    ieum_status status = arena ? find_places(model, data, arena, &places, problem) : problem_set_memory(problem);
    for (size_t i = 0; i < rows.count && status == IEUM_OK; i++) {
        const uint32_t row = rows.items[i];
        gather(data->features + (size_t)row * data->feature_count, places.feature, model->feature_count, places.z);
        if (model->product.count) {
            gather(data->demand.values + (size_t)data->group[row] * data->demand.columns, places.demand, model->product.demand.count, places.x);
            gather(data->offer.values + (size_t)data->supplier[row] * data->offer.columns, places.offer, model->product.supplier.count, places.y);
        }
        scores[i] = model_row_score(model, places.z, places.x, places.y);
    }
    arena_free(arena);
    return status;
}
