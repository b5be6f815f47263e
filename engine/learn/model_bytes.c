/* SPDX-License-Identifier: Apache-2.0 */
#include "model_bytes.h"

#include <string.h>

#include "../base/memory.h"

void read_items(struct byte_reader *reader, void *to, size_t count, size_t size) {
    size_t bytes;
    if (!reader->sound || __builtin_mul_overflow(count, size, &bytes) || bytes > reader->size - reader->at) {
        reader->sound = false;
        return;
    }
    if (bytes) memcpy(to, reader->bytes + reader->at, bytes);
    reader->at += bytes;
}

void *read_new_items(struct byte_reader *reader, struct arena *arena, size_t count, size_t size) {
    size_t bytes;
    void *items = NULL;
    if (reader->sound && !__builtin_mul_overflow(count, size, &bytes) && bytes <= reader->size - reader->at) items = arena_allocate(arena, bytes);
    if (!items) {
        reader->sound = false;
        return NULL;
    }
    read_items(reader, items, count, size);
    return items;
}

static void write_size(struct buffer *buffer, size_t size) { buffer_add(buffer, &size, sizeof size); }
static void write_doubles(struct buffer *buffer, const double *values, size_t count) { buffer_add(buffer, values, count * sizeof *values); }

static void write_text(struct buffer *buffer, const char *text) {
    write_size(buffer, strlen(text) + 1);
    buffer_add(buffer, text, strlen(text) + 1);
}

static size_t read_size(struct byte_reader *reader) {
    size_t size = 0;
    read_items(reader, &size, 1, sizeof size);
    return size;
}

static const char *read_text(struct byte_reader *reader, struct arena *arena) {
    const size_t size = read_size(reader);
    char *text = read_new_items(reader, arena, size, 1);
    if (!text || size == 0 || text[size - 1] != '\0') reader->sound = false;
    return text;
}

static void write_side(struct buffer *buffer, const struct side_encoding *side) {
    write_size(buffer, side->count);
    for (size_t j = 0; j < side->count; j++) {
        write_text(buffer, side->coordinates[j].name);
        write_doubles(buffer, &side->coordinates[j].mean, 1);
        write_doubles(buffer, &side->coordinates[j].scale, 1);
    }
}

static struct side_encoding read_side(struct byte_reader *reader, struct arena *arena) {
    const size_t count = read_size(reader);
    struct side_coordinate *coordinates = reader->sound && count <= reader->size ? arena_allocate_zero(arena, count, sizeof *coordinates) : NULL;
    if (!coordinates) reader->sound = false;
    for (size_t j = 0; reader->sound && j < count; j++) {
        coordinates[j].name = read_text(reader, arena);
        read_items(reader, &coordinates[j].mean, 1, sizeof(double));
        read_items(reader, &coordinates[j].scale, 1, sizeof(double));
    }
    return (struct side_encoding){coordinates, reader->sound ? count : 0};
}

void model_write_bytes(const struct model *model, struct buffer *buffer) {
    buffer_add(buffer, &model->kind, sizeof model->kind);
    write_doubles(buffer, &model->bias, 1);
    buffer_add(buffer, &model->platt, sizeof model->platt);
    write_size(buffer, model->feature_count);
    for (size_t j = 0; j < model->feature_count; j++) {
        const struct curve *curve = &model->features[j].curve;
        write_text(buffer, model->features[j].name);
        write_size(buffer, curve->count);
        write_doubles(buffer, curve->at, curve->count);
        write_doubles(buffer, curve->value, curve->count);
        write_doubles(buffer, curve->slope, curve->count - 1);
        write_doubles(buffer, &curve->missing, 1);
    }
    const struct product_term *product = &model->product;
    write_size(buffer, product->count);
    if (product->count == 0) return;
    write_side(buffer, &product->demand);
    write_side(buffer, &product->supplier);
    write_doubles(buffer, product->demand_vectors, product->count * product->demand.count);
    write_doubles(buffer, product->supplier_vectors, product->count * product->supplier.count);
    write_doubles(buffer, product->coefficients, product->count);
}

static void read_feature(struct byte_reader *reader, struct arena *arena, struct model_feature *feature) {
    feature->name = read_text(reader, arena);
    const size_t count = read_size(reader);
    if (count < 2) reader->sound = false;
    feature->curve.count = count;
    feature->curve.at = read_new_items(reader, arena, count, sizeof(double));
    feature->curve.value = read_new_items(reader, arena, count, sizeof(double));
    feature->curve.slope = read_new_items(reader, arena, count - 1, sizeof(double));
    read_items(reader, &feature->curve.missing, 1, sizeof(double));
}

static void read_product(struct byte_reader *reader, struct arena *arena, struct product_term *product) {
    product->count = read_size(reader);
    if (product->count == 0 || !reader->sound) return;
    product->demand = read_side(reader, arena);
    product->supplier = read_side(reader, arena);
    if (product->count > reader->size) reader->sound = false; /* so the products below cannot overflow: a side has fewer coordinates than bytes, too */
    if (!reader->sound) return;
    product->demand_vectors = read_new_items(reader, arena, product->count, product->demand.count * sizeof(double));
    product->supplier_vectors = read_new_items(reader, arena, product->count, product->supplier.count * sizeof(double));
    product->coefficients = read_new_items(reader, arena, product->count, sizeof(double));
}

struct model *model_read_bytes(struct byte_reader *reader) {
    struct model *model = memory_allocate_zero(1, sizeof *model);
    if (model) model->arena = arena_new();
    if (!model || !model->arena) {
        memory_free(model);
        reader->sound = false;
        return NULL;
    }
    read_items(reader, &model->kind, 1, sizeof model->kind);
    read_items(reader, &model->bias, 1, sizeof model->bias);
    read_items(reader, &model->platt, 1, sizeof model->platt);
    const size_t count = read_size(reader);
    struct model_feature *features = reader->sound && count <= reader->size ? arena_allocate_zero(model->arena, count, sizeof *features) : NULL;
    if (!features) reader->sound = false;
    for (size_t j = 0; reader->sound && j < count; j++) read_feature(reader, model->arena, &features[j]);
    model->features = features;
    model->feature_count = count;
    read_product(reader, model->arena, &model->product);
    if (reader->sound) return model;
    model_free(model);
    return NULL;
}
