/* SPDX-License-Identifier: Apache-2.0 */
/* Models → bytes and files; the form is told in model_file.h. */
#include <stdio.h>
#include <string.h>

#include "../base/file_write.h"
#include "model_parts.h"

/* ---- header ---- */

static jval *name_list(const struct side_encoding *encoding) {
    jval *list = jval_new_array();
    for (size_t i = 0; i < encoding->count; i++) jval_append_text(list, encoding->coordinates[i].name);
    return list;
}

static jval *feature_list(const struct model *model) {
    jval *list = jval_new_array();
    for (size_t f = 0; f < model->feature_count; f++) {
        jval *item = jval_new_object();
        jval_set_text(item, "name", model->features[f].name);
        jval_set_integer(item, "points", (int64_t)model->features[f].curve.count);
        jval_append(list, item);
    }
    return list;
}

static jval *input_list(const struct model *model) {
    jval *list = jval_new_array();
    for (size_t i = 0; i < model->input_count; i++) {
        jval *item = jval_new_object();
        jval_set_text(item, "name", model->inputs[i].name);
        jval_set_bool(item, "indicator", model->inputs[i].indicator);
        jval_append(list, item);
    }
    return list;
}

static jval *array_table(const struct model_layout *layout) {
    jval *table = jval_new_object();
    for (size_t a = 0; a < MODEL_ARRAYS; a++) {
        if (layout->count[a] == 0) continue;
        jval *place = jval_new_array();
        jval_append(place, jval_new_integer((int64_t)layout->offset[a]));
        jval_append(place, jval_new_integer((int64_t)layout->count[a]));
        jval_set(table, model_array_names[a], place);
    }
    return table;
}

static jval *make_header(const struct model *model, const struct model_layout *layout, size_t svm_bytes) {
    jval *header = jval_new_object(), *program = NULL;
    if (model->program) {
        program = jval_new_object();
        jval_set_text(program, "id", model->program);
        jval_set_text(program, "version", model->program_version);
    }
    jval_set_text(header, "kind", model_kind_names[model->kind]);
    jval_set_text(header, "id", model->id);
    jval_set_text(header, "engine", ieum_version_text());
    jval_set(header, "program", program);
    jval_set(header, "features", feature_list(model));
    jval_set(header, "demand", name_list(&model->product.demand));
    jval_set(header, "supplier", name_list(&model->product.supplier));
    jval_set_integer(header, "pairs", (int64_t)model->product.count);
    jval_set(header, "inputs", input_list(model));
    jval_set_integer(header, "svm_bytes", (int64_t)svm_bytes);
    jval_set_bool(header, "calibrated", model->platt.fitted);
    jval_set(header, "arrays", array_table(layout));
    jval_set(header, "card", jval_keep(model->card));
    return header;
}

/* ---- body ---- */

static void add_numbers(struct buffer *bytes, const double *numbers, size_t count) {
    unsigned char turned[8];
    if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) {
        if (count > 0) buffer_add(bytes, numbers, count * sizeof *numbers);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        uint64_t word;
        memcpy(&word, &numbers[i], sizeof word);
        for (size_t b = 0; b < 8; b++) turned[b] = (unsigned char)(word >> (8 * b));
        buffer_add(bytes, turned, 8);
    }
}

static void add_encoding(struct buffer *bytes, const struct side_encoding *encoding) {
    for (size_t i = 0; i < encoding->count; i++) add_numbers(bytes, &encoding->coordinates[i].mean, 1);
    for (size_t i = 0; i < encoding->count; i++) add_numbers(bytes, &encoding->coordinates[i].scale, 1);
}

/* In the order of the layout. */
static void add_body(struct buffer *bytes, const struct model *model) {
    const struct product_term *product = &model->product;
    const double numbers[MODEL_NUMBERS] = {model->bias, model->platt.fitted ? model->platt.a : 0, model->platt.fitted ? model->platt.b : 0};
    add_numbers(bytes, numbers, MODEL_NUMBERS);
    for (size_t f = 0; f < model->feature_count; f++) add_numbers(bytes, &model->features[f].curve.missing, 1);
    for (size_t f = 0; f < model->feature_count; f++) add_numbers(bytes, model->features[f].curve.at, model->features[f].curve.count);
    for (size_t f = 0; f < model->feature_count; f++) add_numbers(bytes, model->features[f].curve.value, model->features[f].curve.count);
    for (size_t f = 0; f < model->feature_count; f++) add_numbers(bytes, model->features[f].curve.slope, model->features[f].curve.count - 1);
    add_encoding(bytes, &product->demand);
    add_encoding(bytes, &product->supplier);
    add_numbers(bytes, product->coefficients, product->count);
    add_numbers(bytes, product->demand_vectors, product->count * product->demand.count);
    add_numbers(bytes, product->supplier_vectors, product->count * product->supplier.count);
    for (size_t i = 0; i < model->input_count; i++) add_numbers(bytes, &model->inputs[i].mean, 1);
}

/* ---- the whole ---- */

/* Spaces after the header, so that the body begins at a multiple of eight; the count of bytes in the line before is part of the way there. */
static size_t padding(size_t header, size_t body) {
    char line[64];
    for (size_t spaces = 0;; spaces++) {
        const int size = snprintf(line, sizeof line, MODEL_MARK "%d\n%zu %zu\n", MODEL_FORMAT, header + spaces, body);
        if (((size_t)size + header + spaces) % 8 == 0) return spaces;
    }
}

static void assemble(struct buffer *bytes, const struct model *model, const char *header, size_t body, const struct buffer *svm, char hash[DIGEST_TEXT]) {
    const size_t begin = bytes->size, size = strlen(header), spaces = padding(size, body);
    buffer_format(bytes, MODEL_MARK "%d\n%zu %zu\n", MODEL_FORMAT, size + spaces, body);
    buffer_add(bytes, header, size);
    for (size_t i = 0; i < spaces; i++) buffer_add_byte(bytes, ' ');
    add_body(bytes, model);
    if (svm->size > 0) buffer_add(bytes, svm->bytes, svm->size);
    if (bytes->failed) return;
    digest_of_file(bytes->bytes + begin, bytes->size - begin, hash);
    buffer_format(bytes, "\n%s\n", hash);
}

ieum_status model_write(const struct model *model, struct buffer *bytes, char hash[DIGEST_TEXT], struct problem *problem) {
    struct buffer svm = BUFFER_EMPTY;
    struct model_layout layout;
    char *header = NULL, digest[DIGEST_TEXT];
    jval *json = NULL;
    ieum_status status = model_check(model, problem);
    if (status == IEUM_OK && model->kind == MODEL_LIBSVM) status = model_svm_write(model->svm, &svm, problem);
    if (status != IEUM_OK) goto done;
    model_layout_of(model, &layout);
    json = make_header(model, &layout, svm.size);
    if ((status = jval_write(json, true, &header, problem)) != IEUM_OK) goto done;
    if (strlen(header) >= MODEL_HEADER_MOST || svm.size > MODEL_BYTES_MOST / 2 ||
        layout.total > (MODEL_BYTES_MOST - MODEL_HEADER_MOST - svm.size) / sizeof(double)) {
        status = problem_set(problem, IEUM_LIMIT, "", "모형이 너무 커서 파일에 담을 수 없습니다.", "The model is too large for a file.");
        goto done;
    }
    assemble(bytes, model, header, layout.total * sizeof(double) + svm.size, &svm, digest);
    if (bytes->failed || svm.failed) status = problem_set_memory(problem);
    else memcpy(hash, digest, sizeof digest);
done:
    jval_free(json);
    memory_free(header);
    buffer_free(&svm);
    return status;
}

ieum_status model_save(struct model *model, const char *path, struct problem *problem) {
    struct buffer bytes = BUFFER_EMPTY;
    char hash[DIGEST_TEXT];
    ieum_status status = model_write(model, &bytes, hash, problem);
    if (status == IEUM_OK) status = file_write(path, bytes.bytes, bytes.size, problem);
    if (status == IEUM_OK) memcpy(model->hash, hash, sizeof hash);
    buffer_free(&bytes);
    return status;
}
