/* SPDX-License-Identifier: Apache-2.0 */
#include "columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "isotonic.h"

static int compare_doubles(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static size_t knots_of(const double *distinct, size_t count, const struct learn_options *options, double *at) {
    if (count <= options->knots) {
        memcpy(at, distinct, count * sizeof *at);
        return count;
    }
    const size_t last = options->knots - 1;
    size_t made = 0;
    for (size_t k = 0; k <= last; k++) {
        const double share = (double)k / (double)last;
        double knot = distinct[0] + share * (distinct[count - 1] - distinct[0]);
        if (options->knot_placing == KNOTS_QUANTILE) {
            const double place = share * (double)(count - 1), below = floor(place);
            const size_t i = (size_t)below;
            knot = i + 1 < count ? distinct[i] + (place - below) * (distinct[i + 1] - distinct[i]) : distinct[count - 1];
        }
        if (k == last) knot = distinct[count - 1];
        if (made == 0 || knot > at[made - 1]) at[made++] = knot;
    }
    return made;
}

/* How far z has gone through piece k. */
static double through(const struct column *column, size_t k, double z) {
    const double part = (z - column->at[k]) / (column->at[k + 1] - column->at[k]);
    return part < 0 ? 0 : part > 1 ? 1 : part;
}

static void add_mass(struct column *column, const double *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        size_t k = 0;
        while (k + 1 < column->knot_count && values[i] - column->at[k] > column->at[k + 1] - values[i]) k++;
        column->mass[k] += 1;
    }
    for (size_t k = 0; k < column->knot_count; k++)
        if (column->mass[k] == 0) column->mass[k] = 0.5; /* a knot between two values still counts a little */
}

static bool learn_curved(struct column *column, const double *sorted, const double *distinct, size_t present, size_t distinct_count,
                         const struct learn_options *options, struct arena *arena) {
    const size_t most = distinct_count < options->knots ? distinct_count : options->knots;
    column->at = arena_allocate_zero(arena, most, sizeof(double));
    column->mass = arena_allocate_zero(arena, most, sizeof(double));
    column->centre = arena_allocate_zero(arena, most, sizeof(double));
    if (!column->at || !column->mass || !column->centre) return false;
    column->knot_count = knots_of(distinct, distinct_count, options, column->at);
    column->coordinates = column->knot_count - 1;
    add_mass(column, sorted, present);
    for (size_t k = 0; k < column->coordinates; k++) {
        double sum = 0;
        for (size_t i = 0; i < present; i++) sum += through(column, k, sorted[i]);
        column->centre[k] = sum / (double)present;
    }
    return true;
}

static bool learn_straight(struct column *column, const double *sorted, size_t present, struct arena *arena) {
    column->centre = arena_allocate_zero(arena, 1, sizeof(double));
    if (!column->centre) return false;
    const bool unit = sorted[0] >= 0 && sorted[present - 1] <= 1;
    double sum = 0, squares = 0;
    for (size_t i = 0; i < present; i++) sum += sorted[i];
    column->centre[0] = sum / (double)present;
    for (size_t i = 0; i < present; i++) squares += (sorted[i] - column->centre[0]) * (sorted[i] - column->centre[0]);
    column->deviation = unit ? 1 : sqrt(squares / (double)present);
    column->low = unit ? 0 : sorted[0];
    column->high = unit ? 1 : sorted[present - 1];
    column->knot_count = 2;
    column->coordinates = 1;
    return true;
}

/* `values` and `distinct` are room for rows.count numbers each. */
static bool learn_column(const struct dataset *data, struct rows rows, size_t feature, const struct learn_options *options, struct columns *columns,
                         double *values, double *distinct, struct arena *arena) {
    struct column *column = &columns->items[feature];
    size_t present = 0, different = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const double z = data->features[rows.items[i] * data->feature_count + feature];
        if (!isnan(z)) values[present++] = z;
    }
    qsort(values, present, sizeof *values, compare_doubles);
    for (size_t i = 0; i < present; i++)
        if (i == 0 || values[i] != values[i - 1]) distinct[different++] = values[i];
    *column = (struct column){.first = columns->dimensions, .indicator = SIZE_MAX};
    if (different > 1) {
        const bool learned = columns->curved ? learn_curved(column, values, distinct, present, different, options, arena)
                                             : learn_straight(column, values, present, arena);
        if (!learned) return false;
        columns->dimensions += column->coordinates;
    }
    if (present > 0 && present < rows.count) column->indicator = columns->dimensions++;
    return true;
}

ieum_status columns_learn(const struct dataset *data, struct rows rows, const struct learn_options *options, bool curved, struct arena *arena,
                          struct columns *columns, struct problem *problem) {
    *columns = (struct columns){.count = data->feature_count, .curved = curved, .scale = 1};
    ieum_status status = IEUM_OK;
    double *coordinates = NULL, squares = 0;
    double *values = memory_allocate_zero(rows.count, sizeof *values);
    double *distinct = memory_allocate_zero(rows.count, sizeof *distinct);
    columns->items = arena_allocate_zero(arena, data->feature_count, sizeof *columns->items);
    bool room = values && distinct && columns->items;
    for (size_t j = 0; room && j < data->feature_count; j++) room = learn_column(data, rows, j, options, columns, values, distinct, arena);
    if (room) coordinates = memory_allocate_zero(columns->dimensions, sizeof *coordinates);
    if (!coordinates) {
        status = problem_set_memory(problem);
        goto done;
    }
    for (size_t i = 0; i < rows.count; i++) {
        columns_encode(columns, data->features + rows.items[i] * data->feature_count, coordinates);
        for (size_t d = 0; d < columns->dimensions; d++) squares += coordinates[d] * coordinates[d];
    }
    if (squares > 0) columns->scale = 1 / sqrt(squares / (double)rows.count);
done:
    memory_free(values);
    memory_free(distinct);
    memory_free(coordinates);
    return status;
}

void columns_encode(const struct columns *columns, const double *features, double *coordinates) {
    for (size_t j = 0; j < columns->count; j++) {
        const struct column *column = &columns->items[j];
        const bool missing = isnan(features[j]);
        double *place = coordinates + column->first;
        for (size_t k = 0; k < column->coordinates; k++) {
            if (missing) place[k] = 0;
            else if (columns->curved) place[k] = (through(column, k, features[j]) - column->centre[k]) * columns->scale;
            else place[k] = (features[j] - column->centre[0]) / column->deviation * columns->scale;
        }
        if (column->indicator != SIZE_MAX) coordinates[column->indicator] = missing ? columns->scale : 0;
    }
}

/* ---- back to curves ---- */

static signed char wanted(const struct learn_options *options, size_t feature) { return options->monotone ? options->monotone[feature] : 0; }

static bool flat_curve(struct curve *curve, struct arena *arena) {
    double *numbers = arena_allocate_zero(arena, 5, sizeof *numbers);
    if (!numbers) return false;
    numbers[1] = 1;
    *curve = (struct curve){.at = numbers, .value = numbers + 2, .slope = numbers + 4, .count = 2};
    return true;
}

static bool straight_curve(const struct columns *columns, const struct column *column, double weight, signed char monotone, struct curve *curve,
                           struct arena *arena) {
    double *numbers = arena_allocate_zero(arena, 5, sizeof *numbers);
    if (!numbers) return false;
    double slope = weight * columns->scale / column->deviation;
    if (monotone * slope < 0) slope = 0;
    numbers[0] = column->low;
    numbers[1] = column->high;
    numbers[2] = slope * (column->low - column->centre[0]);
    numbers[3] = slope * (column->high - column->centre[0]);
    numbers[4] = slope;
    *curve = (struct curve){.at = numbers, .value = numbers + 2, .slope = numbers + 4, .count = 2};
    return true;
}

/* One knot more at either end, with its neighbour's value: beyond its ends a curve goes on as its last piece does. */
static bool knotted_curve(const struct columns *columns, const struct column *column, const double *weights, signed char monotone, struct curve *curve,
                          struct arena *arena) {
    const size_t inner = column->knot_count, count = inner + 2;
    double *at = arena_allocate_zero(arena, count, sizeof *at);
    double *value = arena_allocate_zero(arena, count, sizeof *value);
    double *slope = arena_allocate_zero(arena, count, sizeof *slope);
    if (!at || !value || !slope) return false;
    double start = 0;
    for (size_t k = 0; k < column->coordinates; k++) start -= weights[k] * columns->scale * column->centre[k];
    value[1] = start;
    for (size_t k = 0; k < column->coordinates; k++) value[k + 2] = value[k + 1] + weights[k] * columns->scale;
    if (monotone != 0 && !isotonic_project(value + 1, column->mass, inner, monotone < 0)) return false;
    memcpy(at + 1, column->at, inner * sizeof *at);
    at[0] = at[1] - (at[inner] - at[1]);
    at[count - 1] = at[inner] + (at[inner] - at[1]);
    value[0] = value[1];
    value[count - 1] = value[inner];
    for (size_t k = 0; k + 1 < count; k++) slope[k] = (value[k + 1] - value[k]) / (at[k + 1] - at[k]);
    *curve = (struct curve){.at = at, .value = value, .slope = slope, .count = count};
    return true;
}

struct model_feature *columns_curves(const struct columns *columns, const struct dataset *data, const struct learn_options *options, const double *weights,
                                     struct arena *arena) {
    struct model_feature *features = arena_allocate_zero(arena, columns->count, sizeof *features);
    for (size_t j = 0; features && j < columns->count; j++) {
        const struct column *column = &columns->items[j];
        const double *own = weights + column->first;
        struct curve *curve = &features[j].curve;
        features[j].name = arena_copy_text(arena, data->feature_names[j]);
        const bool made = column->coordinates == 0 ? flat_curve(curve, arena)
                          : columns->curved        ? knotted_curve(columns, column, own, wanted(options, j), curve, arena)
                                                   : straight_curve(columns, column, own[0], wanted(options, j), curve, arena);
        if (!features[j].name || !made) return NULL;
        if (column->indicator != SIZE_MAX) curve->missing = weights[column->indicator] * columns->scale;
    }
    return features;
}
