/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Model files of any bytes: as they are, and as header, NUL, body put into a frame whose sizes and hash are right (else nothing would get past the hash). Refused
 * with two sentences, or a model that holds together, is written as it was read, and gives finite values.
 */
#include <math.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "score/model_export.h"
#include "score/model_file.h"

static void use(const struct model *model) {
    struct problem problem = {0};
    struct model *again = NULL;
    struct buffer bytes = BUFFER_EMPTY, twice = BUFFER_EMPTY, text = BUFFER_EMPTY;
    char hash[DIGEST_TEXT];
    PROMISE(model_check(model, &problem) == IEUM_OK);
    for (size_t f = 0; f < model->feature_count; f++)
        for (double z = 0; z <= 1; z += 0.25) PROMISE(!isnan(curve_value(&model->features[f].curve, z)));
    for (size_t i = 0; i < model->product.count * model->product.supplier.count; i++) PROMISE(isfinite(model->product.supplier_vectors[i]));
    PROMISE(model_write(model, &bytes, hash, &problem) == IEUM_OK);
    PROMISE(model_read(bytes.bytes, bytes.size, &again, &problem) == IEUM_OK);
    PROMISE(strcmp(again->hash, hash) == 0);
    PROMISE(model_write(again, &twice, hash, &problem) == IEUM_OK);
    PROMISE(twice.size == bytes.size && memcmp(twice.bytes, bytes.bytes, bytes.size) == 0);
    model_export_libsvm(model, &text, &problem);
    model_free(again);
    buffer_free(&bytes);
    buffer_free(&twice);
    buffer_free(&text);
}

static void read(const void *bytes, size_t size) {
    struct problem problem = {0};
    struct model *model = NULL;
    const ieum_status status = model_read(bytes, size, &model, &problem);
    if (status == IEUM_OK) use(model);
    else {
        PROMISE((status == IEUM_INVALID || status == IEUM_LIMIT) && !model && problem.ko[0] && problem.en[0]);
        PROMISE(utf8_valid(problem.ko, strlen(problem.ko)) && utf8_valid(problem.en, strlen(problem.en)) && utf8_valid(problem.value, strlen(problem.value)));
    }
    model_free(model);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct buffer framed = BUFFER_EMPTY;
    char hash[DIGEST_TEXT];
    const uint8_t *end = size > 0 ? memchr(bytes, '\0', size) : NULL;
    memory_clear_failed();
    read(bytes, size);
    if (!end) return 0;
    const size_t header = (size_t)(end - bytes);
    buffer_format(&framed, "IEUM-MODEL 1\n%zu %zu\n", header, size - header - 1);
    buffer_add(&framed, bytes, header);
    buffer_add(&framed, end + 1, size - header - 1);
    digest_of_file(framed.bytes, framed.size, hash);
    buffer_format(&framed, "\n%s\n", hash);
    read(framed.bytes, framed.size);
    buffer_free(&framed);
    return 0;
}
