/* SPDX-License-Identifier: Apache-2.0 */
/* Model files: what is written comes back to the bit; every kind of damage is refused with a reason; a write that fails leaves nothing behind. */
#include "test.h"

#include <dirent.h>
#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_write.h"
#include "base/files.h"
#include "model_samples.h"
#include "score/svm_text.h"

static const struct model_size small = {3, 4, 5, 2, 3};

static struct buffer written(const struct model *model) {
    struct buffer bytes = BUFFER_EMPTY;
    struct problem problem = {0};
    char hash[DIGEST_TEXT] = "";
    CHECK_INT(model_write(model, &bytes, hash, &problem), IEUM_OK);
    if (problem.status) fprintf(stderr, "  %s: %s\n", problem.pointer, problem.en);
    CHECK_INT(strlen(hash), 64);
    return bytes;
}

static bool same_numbers(const double *a, const double *b, size_t count) { return count == 0 || memcmp(a, b, count * sizeof *a) == 0; }

static bool same_encoding(const struct side_encoding *a, const struct side_encoding *b) {
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = strcmp(a->coordinates[i].name, b->coordinates[i].name) == 0 && a->coordinates[i].mean == b->coordinates[i].mean &&
               a->coordinates[i].scale == b->coordinates[i].scale;
    return same;
}

static bool same_model(const struct model *a, const struct model *b) {
    bool same = a->kind == b->kind && strcmp(a->id, b->id) == 0 && a->bias == b->bias && a->feature_count == b->feature_count && jval_equal(a->card, b->card) &&
                a->platt.fitted == b->platt.fitted && a->platt.a == b->platt.a && a->platt.b == b->platt.b && !a->program == !b->program &&
                (!a->program || (strcmp(a->program, b->program) == 0 && strcmp(a->program_version, b->program_version) == 0));
    for (size_t f = 0; same && f < a->feature_count; f++) {
        const struct curve *x = &a->features[f].curve, *y = &b->features[f].curve;
        same = strcmp(a->features[f].name, b->features[f].name) == 0 && x->count == y->count && x->missing == y->missing && same_numbers(x->at, y->at, x->count) &&
               same_numbers(x->value, y->value, x->count) && same_numbers(x->slope, y->slope, x->count - 1);
    }
    const struct product_term *p = &a->product, *q = &b->product;
    return same && p->count == q->count && same_encoding(&p->demand, &q->demand) && same_encoding(&p->supplier, &q->supplier) &&
           same_numbers(p->coefficients, q->coefficients, p->count) && same_numbers(p->demand_vectors, q->demand_vectors, p->count * p->demand.count) &&
           same_numbers(p->supplier_vectors, q->supplier_vectors, p->count * p->supplier.count);
}

TEST(every_kind_comes_back) {
    for (int kind = MODEL_RUBRIC; kind < MODEL_LIBSVM; kind++) {
        struct model *model = invent_model((enum model_kind)kind, small, (uint64_t)kind + 1), *read = NULL;
        struct buffer bytes = written(model), again;
        struct problem problem = {0};
        CHECK_INT(model_read(bytes.bytes, bytes.size, &read, &problem), IEUM_OK);
        if (!read) fprintf(stderr, "  %s: %s\n", problem.pointer, problem.en);
        else {
            CHECK(same_model(model, read));
            CHECK(strncmp(bytes.bytes + bytes.size - 65, read->hash, 64) == 0);
            again = written(read);
            CHECK(again.size == bytes.size && memcmp(again.bytes, bytes.bytes, bytes.size) == 0);
            buffer_free(&again);
        }
        model_free(read);
        model_free(model);
        buffer_free(&bytes);
    }
}

TEST(rows_of_numbers_need_no_program) {
    struct model *model = invent_model(MODEL_LINEAR, small, 9), *read = NULL;
    struct problem problem = {0};
    model->program = model->program_version = NULL;
    model->platt = (struct platt){false, 0, 0};
    struct buffer bytes = written(model);
    CHECK_INT(model_read(bytes.bytes, bytes.size, &read, &problem), IEUM_OK);
    CHECK(read && !read->program && !read->platt.fitted && same_model(model, read));
    model_free(read);
    model_free(model);
    buffer_free(&bytes);
}

/* ---- libsvm's models ---- */

static const char svm_text[] = "svm_type c_svc\nkernel_type rbf\ngamma 0.25\nnr_class 2\ntotal_sv 3\nrho -0.125\nlabel 1 -1\nnr_sv 2 1\nSV\n"
                               "0.5 1:0.1 3:1 \n0.25 2:0.30000000000000004 \n-0.75 1:1 2:1 3:1 \n";

static struct model *libsvm_sample(void) {
    static const struct model_input inputs[] = {{"meaning", false, 0.25}, {"region", false, 0.5}, {"region", true, 0}};
    struct model *model = invent_model(MODEL_LIBSVM, small, 3);
    struct problem problem = {0};
    model->inputs = inputs;
    model->input_count = 3;
    CHECK_INT(svm_text_read(svm_text, sizeof svm_text - 1, &model->svm, &problem), IEUM_OK);
    return model;
}

TEST(libsvm_models_come_back) {
    struct model *model = libsvm_sample(), *read = NULL;
    struct buffer bytes = written(model), a = BUFFER_EMPTY, b = BUFFER_EMPTY;
    struct problem problem = {0};
    CHECK_INT(model_read(bytes.bytes, bytes.size, &read, &problem), IEUM_OK);
    if (read) {
        CHECK(same_model(model, read) && read->input_count == 3 && read->inputs[2].indicator && !read->inputs[1].indicator && read->inputs[1].mean == 0.5);
        CHECK_TEXT(read->inputs[0].name, "meaning");
        svm_text_write(model->svm, &a);
        svm_text_write(read->svm, &b);
        CHECK(a.size == b.size && memcmp(a.bytes, b.bytes, a.size) == 0);
    }
    for (size_t size = 0; size < bytes.size; size++) {
        struct model *none = NULL;
        problem_clear(&problem);
        CHECK_INT(model_read(bytes.bytes, size, &none, &problem), IEUM_INVALID);
    }
    buffer_free(&a);
    buffer_free(&b);
    buffer_free(&bytes);
    model_free(read);
    model_free(model);
}

TEST(libsvm_models_need_their_inputs) {
    struct model *model = libsvm_sample();
    struct buffer bytes = BUFFER_EMPTY;
    struct problem problem = {0};
    char hash[DIGEST_TEXT];
    model->input_count = 2;
    CHECK_INT(model_write(model, &bytes, hash, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/inputs");
    model_free(model);
    buffer_free(&bytes);
}

/* ---- the form, by another way: what the head of model_file.h says ---- */

TEST(the_body_is_where_the_header_says) {
    struct model *model = invent_model(MODEL_PAIRWISE, small, 4);
    struct buffer bytes = written(model);
    struct problem problem = {0};
    size_t header = 0, body = 0;
    int head = 0;
    jval *json = NULL;
    CHECK_INT(sscanf(bytes.bytes, "IEUM-MODEL 1\n%zu %zu\n%n", &header, &body, &head), 2);
    CHECK_INT(((size_t)head + header) % 8, 0);
    CHECK_INT((size_t)head + header + body + 66, bytes.size);
    CHECK_INT(jval_parse(bytes.bytes + head, header, &json, &problem), IEUM_OK);
    const jval *place = jval_get(jval_get(json, "arrays"), "supplier_vectors");
    const size_t offset = (size_t)jval_integer(jval_at(place, 0));
    CHECK_INT(jval_integer(jval_at(place, 1)), small.pairs * small.supplier);
    CHECK(memcmp(bytes.bytes + (size_t)head + header + 8 * offset, model->product.supplier_vectors, 8 * small.pairs * small.supplier) == 0);
    jval_free(json);
    model_free(model);
    buffer_free(&bytes);
}

/* ---- damage ---- */

/* Bytes that do not have to be a model: refused with both sentences, and nothing is given. */
static ieum_status refused(const char *bytes, size_t size, struct problem *problem) {
    struct model *read = NULL;
    problem_clear(problem);
    char *exact = malloc(size ? size : 1); /* of this size alone, so that reading past it is seen */
    memcpy(exact, bytes, size);
    const ieum_status status = model_read(exact, size, &read, problem);
    CHECK(status != IEUM_OK && !read && problem->ko[0] && problem->en[0]);
    model_free(read);
    free(exact);
    return status;
}

TEST(every_cut_is_refused) {
    struct model *model = invent_model(MODEL_MIXED, small, 2);
    struct buffer bytes = written(model);
    struct problem problem;
    for (size_t size = 0; size < bytes.size; size++) CHECK_INT(refused(bytes.bytes, size, &problem), IEUM_INVALID);
    CHECK(strstr(problem.en, "cut short"));
    buffer_add_byte(&bytes, '\n');
    refused(bytes.bytes, bytes.size, &problem);
    CHECK(strstr(problem.en, "after the end"));
    model_free(model);
    buffer_free(&bytes);
}

TEST(every_changed_byte_is_refused) {
    struct model *model = invent_model(MODEL_MIXED, (struct model_size){2, 2, 2, 1, 1}, 3);
    struct buffer bytes = written(model);
    struct problem problem;
    for (size_t at = 0; at < bytes.size; at++)
        for (int bit = 0; bit < 8; bit++) {
            bytes.bytes[at] ^= (char)(1 << bit);
            CHECK(refused(bytes.bytes, bytes.size, &problem) != IEUM_OK);
            bytes.bytes[at] ^= (char)(1 << bit);
        }
    model_free(model);
    buffer_free(&bytes);
}

TEST(other_files_are_told_apart) {
    struct problem problem;
    static const char other[] = "IEUM-MODEL 2\n10 16\n", svm[] = "svm_type c_svc\nkernel_type rbf\n", huge[] = "IEUM-MODEL 1\n99999999999 1\n",
                      negative[] = "IEUM-MODEL 1\n-1 1\n", large[] = "IEUM-MODEL 1\n9999999999 9999999999\n";
    refused(other, sizeof other - 1, &problem);
    CHECK_TEXT(problem.value, "2");
    refused(svm, sizeof svm - 1, &problem);
    CHECK(strstr(problem.en, "not a model file"));
    refused(huge, sizeof huge - 1, &problem);
    CHECK(strstr(problem.en, "two sizes"));
    refused(negative, sizeof negative - 1, &problem);
    CHECK_INT(refused(large, sizeof large - 1, &problem), IEUM_LIMIT);
}

/* ---- a right hash over wrong contents ---- */

/* A file with this header and body, sizes and hash as they should be. */
static struct buffer framed(const char *header, const void *body, size_t body_size) {
    struct buffer bytes = BUFFER_EMPTY;
    char hash[DIGEST_TEXT];
    buffer_format(&bytes, "IEUM-MODEL 1\n%zu %zu\n%s", strlen(header), body_size, header);
    buffer_add(&bytes, body, body_size);
    digest_of_file(bytes.bytes, bytes.size, hash);
    buffer_format(&bytes, "\n%s\n", hash);
    return bytes;
}

static char *header_of(const struct buffer *bytes, const char **body, size_t *body_size) {
    size_t header = 0;
    int head = 0;
    if (sscanf(bytes->bytes, "IEUM-MODEL 1\n%zu %zu\n%n", &header, body_size, &head) != 2) exit(2);
    char *text = malloc(header + 1);
    memcpy(text, bytes->bytes + head, header);
    text[header] = '\0';
    *body = bytes->bytes + (size_t)head + header;
    return text;
}

/* The header with one piece of its text exchanged: refused, at this pointer. */
static void check_header(enum model_kind kind, const char *from, const char *to, const char *pointer) {
    struct model *model = invent_model(kind, small, 5), *read = NULL;
    struct buffer bytes = written(model), text = BUFFER_EMPTY, made;
    struct problem problem = {0};
    const char *body;
    size_t body_size;
    char *header = header_of(&bytes, &body, &body_size), *place = strstr(header, from);
    CHECK(place != NULL);
    if (place) {
        buffer_add(&text, header, (size_t)(place - header));
        buffer_add_text(&text, to);
        buffer_add_text(&text, place + strlen(from));
        made = framed(text.bytes, body, body_size);
        CHECK(model_read(made.bytes, made.size, &read, &problem) != IEUM_OK && !read);
        CHECK(problem.ko[0] && problem.en[0]);
        if (pointer) CHECK_TEXT(problem.pointer, pointer);
        if (read) fprintf(stderr, "  let pass: %s → %s\n", from, to);
        model_free(read);
        buffer_free(&made);
    }
    free(header);
    buffer_free(&text);
    buffer_free(&bytes);
    model_free(model);
}

TEST(wrong_headers_are_refused) {
    check_header(MODEL_ADDITIVE, "{\"arrays\"", "{\"arrays", NULL);
    check_header(MODEL_ADDITIVE, "{\"arrays\":", "{\"kind\":1,\"arrays\":", NULL);
    check_header(MODEL_ADDITIVE, "\"kind\":\"additive\"", "\"kind\":\"forest\"", "/kind");
    check_header(MODEL_ADDITIVE, "\"kind\":\"additive\"", "\"kind\":\"pairwise\"", "/kind");
    check_header(MODEL_ADDITIVE, "\"kind\":\"additive\"", "\"kind\":\"linear\"", "/features");
    check_header(MODEL_ADDITIVE, "\"kind\":\"additive\"", "\"colour\":1,\"kind\":\"additive\"", "/colour");
    check_header(MODEL_ADDITIVE, "\"id\":\"sample-1\"", "\"id\":\"../x\"", "/id");
    check_header(MODEL_ADDITIVE, "\"version\":\"2025.1\"", "\"colour\":\"2025.1\"", "/program/colour");
    check_header(MODEL_ADDITIVE, "\"points\":4", "\"points\":1", "/features/0/points");
    check_header(MODEL_ADDITIVE, "\"points\":4", "\"points\":-4", "/features/0/points");
    check_header(MODEL_ADDITIVE, "\"points\":4", "\"points\":2147483647", NULL);
    check_header(MODEL_ADDITIVE, "\"points\":4", "\"points\":3", NULL);
    check_header(MODEL_ADDITIVE, "\"name\":\"feature1\"", "\"name\":\"feature0\"", "/features/1");
    check_header(MODEL_ADDITIVE, "\"name\":\"feature1\"", "\"name\":\"\"", "/features/1/name");
    check_header(MODEL_ADDITIVE, "\"missing\":[3,3]", "\"missing\":[2,3]", "/arrays/missing");
    check_header(MODEL_ADDITIVE, "\"missing\":[3,3]", "\"missing\":[3,3],\"more\":[0,1]", "/arrays");
    check_header(MODEL_ADDITIVE, "\"calibrated\":true", "\"calibrated\":1", "/calibrated");
    check_header(MODEL_ADDITIVE, "\"svm_bytes\":0", "\"svm_bytes\":8", NULL);
    check_header(MODEL_ADDITIVE, "\"ko\":", "\"kr\":", "/card/data/ko");
    check_header(MODEL_PAIRWISE, "\"pairs\":5", "\"pairs\":-5", "/pairs");
    check_header(MODEL_PAIRWISE, "\"pairs\":5", "\"pairs\":2147483647", NULL);
    check_header(MODEL_PAIRWISE, "\"pairs\":5", "\"pairs\":4", NULL);
    check_header(MODEL_PAIRWISE, "[\"d0\",\"d1\"]", "[\"d0\",\"d0\"]", "/demand/1");
    check_header(MODEL_PAIRWISE, "[\"d0\",\"d1\"]", "[\"d0\",5]", "/demand/1");
    check_header(MODEL_PAIRWISE, "[\"d0\",\"d1\"]", "[\"d0\"]", NULL);
}

TEST(wrong_headers_of_any_kind_do_no_harm) {
    static const char *const headers[] = {"", " ", "null", "[]", "5", "{}", "{\"kind\":\"rubric\"}", "\"\\ud800\"", "{\"kind\":NaN}", "\xFF\xFE"};
    struct problem problem;
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        struct buffer bytes = framed(headers[i], "", 0);
        refused(bytes.bytes, bytes.size, &problem);
        buffer_free(&bytes);
    }
}

/* ---- numbers that are none ---- */

TEST(no_number_of_the_body_may_be_infinite_or_none) {
    struct model *model = invent_model(MODEL_MIXED, small, 6);
    struct buffer bytes = written(model);
    const double bad[] = {INFINITY, -INFINITY, NAN};
    const char *body;
    size_t body_size;
    char *header = header_of(&bytes, &body, &body_size);
    double *numbers = malloc(body_size);
    for (size_t i = 0; i < body_size / 8; i++)
        for (size_t b = 0; b < 3; b++) {
            struct problem problem;
            memcpy(numbers, body, body_size);
            numbers[i] = bad[b];
            struct buffer made = framed(header, numbers, body_size);
            CHECK_INT(refused(made.bytes, made.size, &problem), IEUM_INVALID);
            CHECK(problem.pointer[0] == '/');
            buffer_free(&made);
        }
    free(numbers);
    free(header);
    model_free(model);
    buffer_free(&bytes);
}

static void check_unwritable(struct model *model, const char *pointer) {
    struct buffer bytes = BUFFER_EMPTY;
    struct problem problem = {0};
    char hash[DIGEST_TEXT] = "kept";
    CHECK_INT(model_write(model, &bytes, hash, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, pointer);
    CHECK(bytes.size == 0 && strcmp(hash, "kept") == 0);
    buffer_free(&bytes);
    model_free(model);
}

TEST(what_could_not_be_read_is_not_written) {
    struct model *model = invent_model(MODEL_ADDITIVE, small, 1);
    ((double *)(uintptr_t)model->features[1].curve.at)[2] = model->features[1].curve.at[1];
    check_unwritable(model, "/features/1");
    model = invent_model(MODEL_ADDITIVE, small, 1);
    ((double *)(uintptr_t)model->features[0].curve.slope)[0] += 0.001;
    check_unwritable(model, "/features/0");
    model = invent_model(MODEL_MIXED, small, 1);
    ((double *)(uintptr_t)model->product.coefficients)[4] = NAN;
    check_unwritable(model, "/arrays/coefficients");
    model = invent_model(MODEL_PAIRWISE, small, 1);
    ((struct side_coordinate *)(uintptr_t)model->product.supplier.coordinates)[2].scale = -1;
    check_unwritable(model, "/supplier/2");
    model = invent_model(MODEL_LINEAR, small, 1);
    jval_remove(model->card, "data");
    check_unwritable(model, "/card/data");
    model = invent_model(MODEL_LINEAR, small, 1);
    jval_free(model->card);
    model->card = NULL;
    check_unwritable(model, "/card");
    model = invent_model(MODEL_LINEAR, small, 1);
    model->bias = INFINITY;
    check_unwritable(model, "/arrays/numbers");
    model = invent_model(MODEL_LINEAR, small, 1);
    model->id = "모형";
    check_unwritable(model, "/id");
    model = invent_model(MODEL_RUBRIC, small, 1);
    model->program = model->program_version = NULL;
    check_unwritable(model, "/kind");
}

/* ---- files ---- */

static char folder[] = "/tmp/ieum-model-XXXXXX";
static char path[64];

static int entries(void) {
    int count = 0;
    DIR *list = opendir(folder);
    for (struct dirent *entry; list && (entry = readdir(list));) count += entry->d_name[0] != '.';
    if (list) closedir(list);
    return count;
}

TEST(files_are_replaced_whole) {
    struct model *first = invent_model(MODEL_LINEAR, small, 1), *second = invent_model(MODEL_MIXED, small, 2), *read = NULL;
    struct problem problem = {0};
    struct stat about;
    CHECK(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/a.model", folder);
    CHECK_INT(model_save(first, path, &problem), IEUM_OK);
    CHECK_INT(strlen(first->hash), 64);
    CHECK_INT(chmod(path, 0640), 0);
    CHECK_INT(model_save(second, path, &problem), IEUM_OK);
    CHECK(stat(path, &about) == 0 && (about.st_mode & 0777) == 0640);
    CHECK_INT(entries(), 1);
    CHECK_INT(model_load(path, &read, &problem), IEUM_OK);
    CHECK(read && same_model(second, read) && strcmp(read->hash, second->hash) == 0);
    model_free(read);
    model_free(first);
    model_free(second);
}

TEST(a_write_that_fails_changes_nothing) {
    struct model *model = invent_model(MODEL_LINEAR, small, 3), *read = NULL;
    struct model *great = invent_model(MODEL_PAIRWISE, (struct model_size){0, 0, 400, 20, 20}, 3);
    struct problem problem = {0};
    struct rlimit limit, low;
    char other[96];
    CHECK_INT(model_save(model, path, &problem), IEUM_OK);
    /* No room: the kernel says EFBIG after 50 kB. */
    CHECK_INT(getrlimit(RLIMIT_FSIZE, &limit), 0);
    signal(SIGXFSZ, SIG_IGN);
    low = limit;
    low.rlim_cur = 50000;
    CHECK_INT(setrlimit(RLIMIT_FSIZE, &low), 0);
    CHECK_INT(model_save(great, path, &problem), IEUM_STORE);
    CHECK_INT(setrlimit(RLIMIT_FSIZE, &limit), 0);
    CHECK(problem.ko[0] && strstr(problem.en, "disk is full") && strcmp(great->hash, "") == 0);
    CHECK_INT(entries(), 1);
    CHECK_INT(model_load(path, &read, &problem), IEUM_OK);
    CHECK(read && same_model(model, read));
    model_free(read);
    problem_clear(&problem);
    snprintf(other, sizeof other, "%s/none/a.model", folder);
    CHECK_INT(model_save(model, other, &problem), IEUM_STORE);
    problem_clear(&problem);
    CHECK_INT(model_save(model, folder, &problem), IEUM_STORE);
    problem_clear(&problem);
    CHECK_INT(model_save(model, "/dev/null", &problem), IEUM_STORE);
    problem_clear(&problem);
    CHECK_INT(model_load(other, &read, &problem), IEUM_NOT_FOUND);
    CHECK_TEXT(problem.source, other);
    CHECK_INT(entries(), 1);
    unlink(path);
    CHECK_INT(rmdir(folder), 0);
    model_free(model);
    model_free(great);
}

/* ---- memory ---- */

TEST(failing_memory_is_a_status) {
    struct model *model = invent_model(MODEL_MIXED, small, 8);
    struct buffer bytes = written(model);
    size_t refusals = 0;
    for (uint64_t n = 1;; n++) {
        struct problem problem = {0};
        struct model *read = NULL;
        memory_fail_at(n);
        ieum_status status = model_read(bytes.bytes, bytes.size, &read, &problem);
        memory_fail_at(0);
        memory_clear_failed();
        CHECK((status == IEUM_OK) == (read != NULL));
        if (status == IEUM_OK) {
            CHECK(same_model(model, read));
            model_free(read);
            break;
        }
        CHECK_INT(status, IEUM_MEMORY);
        refusals++;
    }
    for (uint64_t n = 1;; n++) {
        struct problem problem = {0};
        struct buffer again = BUFFER_EMPTY;
        char hash[DIGEST_TEXT] = "";
        memory_fail_at(n);
        ieum_status status = model_write(model, &again, hash, &problem);
        memory_fail_at(0);
        memory_clear_failed();
        if (status == IEUM_OK) CHECK(again.size == bytes.size && memcmp(again.bytes, bytes.bytes, bytes.size) == 0);
        else CHECK_INT(status, IEUM_MEMORY);
        buffer_free(&again);
        if (status == IEUM_OK) break;
        refusals++;
    }
    CHECK(refusals > 20);
    model_free(model);
    buffer_free(&bytes);
}

TEST_MAIN(every_kind_comes_back, libsvm_models_come_back, libsvm_models_need_their_inputs, rows_of_numbers_need_no_program, the_body_is_where_the_header_says, every_cut_is_refused, every_changed_byte_is_refused,
          other_files_are_told_apart, wrong_headers_are_refused, wrong_headers_of_any_kind_do_no_harm, no_number_of_the_body_may_be_infinite_or_none,
          what_could_not_be_read_is_not_written, files_are_replaced_whole, a_write_that_fails_changes_nothing, failing_memory_is_a_status)
