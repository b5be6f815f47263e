/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes and files → models; the form is told in model_file.h. */
#include <stdio.h>
#include <string.h>

#include "../base/files.h"
#include "model_parts.h"

static const struct jpath root = {NULL, NULL, 0};

/* ---- the frame: mark, sizes, hash ---- */

struct frame {
    const char *header;
    const unsigned char *body;
    size_t header_size, body_size;
};

static ieum_status refuse(const char *ko, const char *en, struct problem *problem) {
    return problem_set(problem, IEUM_INVALID, "", "모형 파일을 읽을 수 없습니다: %1$s%2$.0s", "The model file cannot be read: %1$.0s%2$s", ko, en);
}

/* Decimal digits without sign or leading zero, then `end`; false for anything else and beyond 10 digits. */
static bool take_number(const char *bytes, size_t size, size_t *at, char end, size_t *number) {
    const size_t begin = *at;
    *number = 0;
    while (*at < size && bytes[*at] >= '0' && bytes[*at] <= '9' && *at - begin < 10) *number = *number * 10 + (size_t)(bytes[(*at)++] - '0');
    const bool leading_zero = *at - begin > 1 && bytes[begin] == '0';
    return *at > begin && !leading_zero && *at < size && bytes[(*at)++] == end;
}

static ieum_status read_mark(const char *bytes, size_t size, size_t *at, struct problem *problem) {
    size_t format = 0;
    char found[24];
    *at = strlen(MODEL_MARK);
    if (size < *at || memcmp(bytes, MODEL_MARK, *at) != 0 || !take_number(bytes, size, at, '\n', &format))
        return refuse("이음의 모형 파일이 아닙니다.", "it is not a model file of ieum.", problem);
    if (format == MODEL_FORMAT) return IEUM_OK;
    problem_set(problem, IEUM_INVALID, "", "모형 파일의 형식이 %1$zu판인데, 이 프로그램은 %2$d판을 읽습니다.",
                "The model file has form %1$zu; this program reads form %2$d.", format, MODEL_FORMAT);
    snprintf(found, sizeof found, "%zu", format);
    problem_set_value(problem, found);
    return IEUM_INVALID;
}

static ieum_status read_frame(const void *given, size_t size, struct frame *frame, char hash[DIGEST_TEXT], struct problem *problem) {
    const char *bytes = given;
    char found[DIGEST_TEXT];
    size_t at = 0, header = 0, body = 0;
    ieum_status status = read_mark(bytes, size, &at, problem);
    if (status != IEUM_OK) return status;
    if (!take_number(bytes, size, &at, ' ', &header) || !take_number(bytes, size, &at, '\n', &body))
        return refuse("둘째 줄에 크기 두 개가 있어야 합니다.", "the second line must give two sizes.", problem);
    if (header > MODEL_HEADER_MOST || body > MODEL_BYTES_MOST)
        return problem_set(problem, IEUM_LIMIT, "", "모형 파일이 너무 큽니다.", "The model file is too large.");
    const size_t rest = size - at, wanted = header + body + MODEL_TAIL;
    if (rest < wanted)
        return problem_set(problem, IEUM_INVALID, "", "모형 파일이 중간에 끊겼습니다: %1$zu바이트 가운데 %2$zu바이트만 있습니다.",
                           "The model file is cut short: of %1$zu bytes there are %2$zu.", at + wanted, size);
    if (rest > wanted)
        return problem_set(problem, IEUM_INVALID, "", "모형 파일의 끝 뒤에 다른 내용이 있습니다: %1$zu바이트여야 하는데 %2$zu바이트입니다.",
                           "There is something after the end of the model file: it should have %1$zu bytes and has %2$zu.", at + wanted, size);
    *frame = (struct frame){bytes + at, (const unsigned char *)bytes + at + header, header, body};
    const char *tail = bytes + at + header + body;
    digest_of_file(bytes, size - MODEL_TAIL, hash);
    if (tail[0] != '\n' || tail[MODEL_TAIL - 1] != '\n' || memcmp(tail + 1, hash, DIGEST_TEXT - 1) != 0) {
        snprintf(found, sizeof found, "%.*s", DIGEST_TEXT - 1, tail + 1);
        refuse("내용이 바뀌었거나 손상되었습니다(해시가 맞지 않음).", "its contents were changed or damaged (the hash does not match).", problem);
        problem_set_value(problem, found);
        problem_set_expected(problem, hash);
        return IEUM_INVALID;
    }
    return IEUM_OK;
}

/* ---- the header: counts and names ---- */

static ieum_status read_names(const jval *header, const char *key, struct arena *arena, struct side_encoding *encoding, struct problem *problem) {
    struct text_list names = {NULL, 0};
    ieum_status status = field_text_list(header, &root, key, true, arena, &names, problem);
    struct side_coordinate *coordinates = status == IEUM_OK ? arena_allocate_zero(arena, names.count + 1, sizeof *coordinates) : NULL;
    if (status == IEUM_OK && !coordinates) return problem_set_memory(problem);
    for (size_t i = 0; i < names.count && status == IEUM_OK; i++)
        if (!(coordinates[i].name = arena_copy_text(arena, names.items[i]))) status = problem_set_memory(problem);
    *encoding = (struct side_encoding){coordinates, status == IEUM_OK ? names.count : 0};
    return status;
}

static ieum_status read_features(const jval *header, struct model *model, struct problem *problem) {
    static const char *const known[] = {"name", "points"};
    const jval *list = NULL;
    const struct jpath list_at = {&root, "features", 0};
    ieum_status status = field_array(header, &root, "features", true, &list, problem);
    const size_t count = status == IEUM_OK ? jval_count(list) : 0;
    struct model_feature *features = arena_allocate_zero(model->arena, count + 1, sizeof *features);
    if (!features) return problem_set_memory(problem);
    for (size_t f = 0; f < count && status == IEUM_OK; f++) {
        const struct jpath at = {&list_at, NULL, f};
        const jval *item = jval_at(list, f);
        const char *name = NULL;
        int64_t points = 0;
        if (!jval_is(item, JVAL_OBJECT)) return jval_refuse(problem, &at, item, "object", "객체여야 합니다.", "This must be an object.");
        status = field_refuse_unknown(item, &at, known, 2, problem);
        if (status == IEUM_OK) status = field_text(item, &at, "name", true, &name, problem);
        if (status == IEUM_OK) status = field_integer(item, &at, "points", true, 2, INT32_MAX, &points, problem);
        if (status == IEUM_OK && !(features[f].name = arena_copy_text(model->arena, name))) status = problem_set_memory(problem);
        features[f].curve.count = (size_t)points;
    }
    model->features = features;
    model->feature_count = count;
    return status;
}

static ieum_status read_inputs(const jval *header, struct model *model, struct problem *problem) {
    static const char *const known[] = {"name", "indicator"};
    const jval *list = NULL;
    const struct jpath list_at = {&root, "inputs", 0};
    ieum_status status = field_array(header, &root, "inputs", true, &list, problem);
    const size_t count = status == IEUM_OK ? jval_count(list) : 0;
    struct model_input *inputs = arena_allocate_zero(model->arena, count + 1, sizeof *inputs);
    if (!inputs) return problem_set_memory(problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        const struct jpath at = {&list_at, NULL, i};
        const jval *item = jval_at(list, i);
        const char *name = NULL;
        if (!jval_is(item, JVAL_OBJECT)) return jval_refuse(problem, &at, item, "object", "객체여야 합니다.", "This must be an object.");
        status = field_refuse_unknown(item, &at, known, 2, problem);
        if (status == IEUM_OK) status = field_text(item, &at, "name", true, &name, problem);
        if (status == IEUM_OK) status = field_bool(item, &at, "indicator", true, &inputs[i].indicator, problem);
        if (status == IEUM_OK && !(inputs[i].name = arena_copy_text(model->arena, name))) status = problem_set_memory(problem);
    }
    model->inputs = inputs;
    model->input_count = count;
    return status;
}

static ieum_status read_program(const jval *header, struct model *model, struct problem *problem) {
    static const char *const known[] = {"id", "version"};
    const struct jpath at = {&root, "program", 0};
    const jval *program = NULL;
    const char *id = NULL, *version = NULL;
    ieum_status status = field_object(header, &root, "program", false, &program, problem);
    if (status != IEUM_OK || !program) return status;
    status = field_refuse_unknown(program, &at, known, 2, problem);
    if (status == IEUM_OK) status = field_text(program, &at, "id", true, &id, problem);
    if (status == IEUM_OK) status = field_text(program, &at, "version", true, &version, problem);
    if (status != IEUM_OK) return status;
    model->program = arena_copy_text(model->arena, id);
    model->program_version = arena_copy_text(model->arena, version);
    return model->program && model->program_version ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status read_header(const jval *header, struct model *model, size_t *svm_bytes, struct problem *problem) {
    static const char *const known[] = {"kind",   "id",     "engine",    "program",    "features", "demand", "supplier",
                                        "pairs", "inputs", "svm_bytes", "calibrated", "arrays",   "card"};
    const char *id = NULL, *engine = NULL;
    const jval *card = NULL;
    size_t kind = 0;
    int64_t pairs = 0, svm = 0;
    ieum_status status;
    if ((status = field_refuse_unknown(header, &root, known, sizeof known / sizeof *known, problem)) ||
        (status = field_choice(header, &root, "kind", true, model_kind_names, MODEL_KINDS, &kind, problem)) ||
        (status = field_text(header, &root, "id", true, &id, problem)) || (status = field_text(header, &root, "engine", true, &engine, problem)) ||
        (status = read_program(header, model, problem)) || (status = read_features(header, model, problem)) ||
        (status = read_names(header, "demand", model->arena, &model->product.demand, problem)) ||
        (status = read_names(header, "supplier", model->arena, &model->product.supplier, problem)) ||
        (status = field_integer(header, &root, "pairs", true, 0, INT32_MAX, &pairs, problem)) || (status = read_inputs(header, model, problem)) ||
        (status = field_integer(header, &root, "svm_bytes", true, 0, (int64_t)MODEL_BYTES_MOST, &svm, problem)) ||
        (status = field_bool(header, &root, "calibrated", true, &model->platt.fitted, problem)) ||
        (status = field_object(header, &root, "card", true, &card, problem)))
        return status;
    model->kind = (enum model_kind)kind;
    model->id = arena_copy_text(model->arena, id);
    model->product.count = (size_t)pairs;
    model->card = jval_keep(card);
    *svm_bytes = (size_t)svm;
    return model->id ? IEUM_OK : problem_set_memory(problem);
}

/* ---- the body ---- */

/* The table must say what follows from the counts. */
static ieum_status check_table(const jval *header, const struct model_layout *layout, struct problem *problem) {
    const jval *table = NULL;
    ieum_status status = field_object(header, &root, "arrays", true, &table, problem);
    size_t named = 0;
    for (size_t a = 0; a < MODEL_ARRAYS && status == IEUM_OK; a++) {
        const jval *place = jval_get(table, model_array_names[a]);
        const struct jpath table_at = {&root, "arrays", 0}, at = {&table_at, model_array_names[a], 0};
        const bool fits = layout->count[a] == 0 ? place == NULL
                                                : jval_is(place, JVAL_ARRAY) && jval_count(place) == 2 && jval_is(jval_at(place, 0), JVAL_INTEGER) &&
                                                      jval_is(jval_at(place, 1), JVAL_INTEGER) && jval_integer(jval_at(place, 0)) == (int64_t)layout->offset[a] &&
                                                      jval_integer(jval_at(place, 1)) == (int64_t)layout->count[a];
        named += layout->count[a] > 0;
        if (!fits) status = jval_refuse(problem, &at, place, NULL, "자리와 개수가 모형의 내용과 맞지 않습니다.", "Place and count do not fit what the model holds.");
    }
    if (status == IEUM_OK && jval_count(table) != named)
        status = jval_refuse(problem, &(struct jpath){&root, "arrays", 0}, table, NULL, "알 수 없는 배열이 있습니다.", "There is an array of an unknown name.");
    return status;
}

static double *copy_numbers(const unsigned char *body, size_t count, struct arena *arena) {
    double *numbers = arena_allocate(arena, (count + 1) * sizeof *numbers);
    if (!numbers) return NULL;
    if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) return memcpy(numbers, body, count * sizeof *numbers);
    for (size_t i = 0; i < count; i++) {
        uint64_t word = 0;
        for (size_t b = 0; b < 8; b++) word |= (uint64_t)body[8 * i + b] << (8 * b);
        memcpy(&numbers[i], &word, sizeof word);
    }
    return numbers;
}

/* The coordinates were made in the arena by read_names. */
static void fill_encoding(const struct side_encoding *encoding, const double *mean, const double *scale) {
    struct side_coordinate *coordinates = (struct side_coordinate *)(uintptr_t)encoding->coordinates;
    for (size_t i = 0; i < encoding->count; i++) {
        coordinates[i].mean = mean[i];
        coordinates[i].scale = scale[i];
    }
}

/* Points the model's parts at their numbers. */
static void spread_numbers(struct model *model, const struct model_layout *layout, const double *numbers) {
    const double *array[MODEL_ARRAYS];
    struct model_feature *features = (struct model_feature *)(uintptr_t)model->features;
    struct model_input *inputs = (struct model_input *)(uintptr_t)model->inputs;
    size_t point = 0;
    for (size_t a = 0; a < MODEL_ARRAYS; a++) array[a] = numbers + layout->offset[a];
    model->bias = array[ARRAY_NUMBERS][NUMBER_BIAS];
    model->platt.a = array[ARRAY_NUMBERS][NUMBER_PLATT_A];
    model->platt.b = array[ARRAY_NUMBERS][NUMBER_PLATT_B];
    for (size_t f = 0; f < model->feature_count; f++) {
        struct curve *curve = &features[f].curve;
        *curve = (struct curve){array[ARRAY_AT] + point, array[ARRAY_VALUE] + point, array[ARRAY_SLOPE] + point - f, curve->count, array[ARRAY_MISSING][f]};
        point += curve->count;
    }
    fill_encoding(&model->product.demand, array[ARRAY_DEMAND_MEAN], array[ARRAY_DEMAND_SCALE]);
    fill_encoding(&model->product.supplier, array[ARRAY_SUPPLIER_MEAN], array[ARRAY_SUPPLIER_SCALE]);
    model->product.coefficients = array[ARRAY_COEFFICIENTS];
    model->product.demand_vectors = array[ARRAY_DEMAND_VECTORS];
    model->product.supplier_vectors = array[ARRAY_SUPPLIER_VECTORS];
    for (size_t i = 0; i < model->input_count; i++) inputs[i].mean = array[ARRAY_INPUT_MEAN][i];
}

static ieum_status read_body(const jval *header, const struct frame *frame, size_t svm_bytes, struct model *model, struct problem *problem) {
    struct model_layout layout;
    if (!model_layout_of(model, &layout) || svm_bytes > frame->body_size || layout.total * sizeof(double) != frame->body_size - svm_bytes)
        return refuse("머리말의 개수와 본문의 크기가 맞지 않습니다.", "the counts in its header do not fit the size of its body.", problem);
    ieum_status status = check_table(header, &layout, problem);
    if (status != IEUM_OK) return status;
    const double *numbers = copy_numbers(frame->body, layout.total, model->arena);
    if (!numbers) return problem_set_memory(problem);
    spread_numbers(model, &layout, numbers);
    if (model->kind == MODEL_LIBSVM) status = model_svm_read((const char *)frame->body + layout.total * sizeof(double), svm_bytes, &model->svm, problem);
    else if (svm_bytes > 0) status = refuse("libsvm 모형이 아닌데 그 글이 들어 있습니다.", "it holds the text of a libsvm model but is none.", problem);
    return status;
}

/* ---- the whole ---- */

ieum_status model_read(const void *bytes, size_t size, struct model **model, struct problem *problem) {
    struct frame frame = {0};
    jval *header = NULL;
    size_t svm_bytes = 0;
    struct model *made = memory_allocate_zero(1, sizeof *made);
    if (!made) return problem_set_memory(problem);
    ieum_status status = (made->arena = arena_new()) ? read_frame(bytes, size, &frame, made->hash, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = jval_parse(frame.header, frame.header_size, &header, problem);
    if (status == IEUM_OK && !jval_is(header, JVAL_OBJECT)) status = refuse("머리말이 객체({…})가 아닙니다.", "its header is not an object ({…}).", problem);
    if (status == IEUM_OK) status = read_header(header, made, &svm_bytes, problem);
    if (status == IEUM_OK) status = read_body(header, &frame, svm_bytes, made, problem);
    if (status == IEUM_OK) status = model_check(made, problem);
    jval_free(header);
    if (status == IEUM_OK) *model = made;
    else model_free(made);
    return status;
}

ieum_status model_load(const char *path, struct model **model, struct problem *problem) {
    char *bytes = NULL;
    size_t size = 0;
    ieum_status status = file_read(path, MODEL_BYTES_MOST, &bytes, &size, problem);
    if (status == IEUM_OK) status = model_read(bytes, size, model, problem);
    if (status != IEUM_OK) problem_set_place(problem, path, 0, 0);
    memory_free(bytes);
    return status;
}
