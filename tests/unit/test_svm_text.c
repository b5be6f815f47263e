/* SPDX-License-Identifier: Apache-2.0 */
/* libsvm's text models: what is read and written, every kind of damage, any byte anywhere, and memory that fails. */
#include "svm_samples.h"
#include "test.h"

static ieum_status read_text(const char *text, size_t size, struct svm_model **model, struct problem *problem) {
    *model = NULL;
    problem_clear(problem);
    return svm_text_read(text, size, model, problem);
}

static const char three_classes[] = "svm_type c_svc\nkernel_type polynomial\ndegree 2\ngamma 0.5\ncoef0 -1\nnr_class 3\ntotal_sv 4\nrho 0.1 -0.2 3e-1\nlabel 2 -1 7\n"
                                    "probA -1 -2 -3\nprobB 0.1 0.2 0.3\nnr_sv 2 1 1\nSV\n0.5 1 1:0.25 3:-1 \n-0.5 1e-3 \n1 -1 2:1 5:2 \n-1 0.125 5:1 \n";
static const char regression[] = "svm_type epsilon_svr\nkernel_type rbf\ngamma 0.5\nnr_class 2\ntotal_sv 2\nrho 0.25\nprobA 0.5\nSV\n0.5 1:1 2:2 \n-0.5 2:-1 \n";

TEST(reads_a_model) {
    struct svm_model *model;
    struct problem problem;
    CHECK_INT(read_text(three_classes, sizeof three_classes - 1, &model, &problem), IEUM_OK);
    if (!model) return;
    CHECK(model->type == SVM_C_SVC && model->kernel == SVM_POLYNOMIAL && model->degree == 2 && model->gamma == 0.5 && model->coef0 == -1);
    CHECK(model->class_count == 3 && model->vector_count == 4 && model->columns == 5);
    CHECK(model->rho[0] == 0.1 && model->rho[1] == -0.2 && model->rho[2] == 0.3);
    CHECK(model->labels[0] == 2 && model->labels[1] == -1 && model->labels[2] == 7);
    CHECK(model->class_sizes[0] == 2 && model->class_sizes[1] == 1 && model->class_sizes[2] == 1);
    CHECK(model->probability_a[2] == -3 && model->probability_b[0] == 0.1);
    CHECK(model->coefficients[0] == 0.5 && model->coefficients[3] == -1 && model->coefficients[4] == 1 && model->coefficients[5] == 1e-3 && model->coefficients[7] == 0.125);
    CHECK(model->start[1] == 2 && model->start[2] == 2 && model->start[3] == 4 && model->start[4] == 5);
    CHECK(model->index[1] == 2 && model->value[1] == -1 && model->index[4] == 4 && model->value[4] == 1);
    svm_model_free(model);
    svm_model_free(NULL);
}

/* Written and read again: the same text; and libsvm saves what it loaded from ours to the same bytes. */
TEST(writes_what_it_read) {
    struct random random;
    random_seed(&random, 11);
    for (int i = 0; i < 40; i++) {
        const bool classes = i % 5 < 2;
        const struct svm_sample sample = {(enum svm_type)(i % 5), (enum svm_kernel)(i / 5 % 4), classes ? 2 + (size_t)i % 3 : 2, 12, 6, 0.6, i % 2 && i % 5 != SVM_ONE_CLASS};
        struct svm_model *model = sample_model(&random, &sample), *back;
        /* libsvm writes eight digits of a vector's numbers: such as have no more. */
        for (size_t k = 0; k < model->start[model->vector_count]; k++) model->value[k] = (double)(long)(model->value[k] * 256) / 256;
        struct problem problem;
        struct buffer text = BUFFER_EMPTY, again = BUFFER_EMPTY;
        svm_text_write(model, &text);
        CHECK_INT(read_text(text.bytes, text.size, &back, &problem), IEUM_OK);
        if (back) svm_text_write(back, &again);
        CHECK_TEXT(again.bytes, text.bytes);
        struct libsvm_model *peer = load_by_libsvm(model);
        char path[] = "/tmp/ieum-svm-XXXXXX", saved[32768];
        const int file = mkstemp(path);
        CHECK(peer && file >= 0 && svm_save_model(path, peer) == 0);
        const ssize_t size = read(file, saved, sizeof saved - 1);
        saved[size > 0 ? size : 0] = '\0';
        CHECK_TEXT(saved, text.bytes);
        close(file);
        unlink(path);
        svm_free_and_destroy_model(&peer);
        svm_model_free(model);
        svm_model_free(back);
        buffer_free(&text);
        buffer_free(&again);
    }
}

TEST(tolerates) {
    static const char *const texts[] = {
        "svm_type one_class\r\nkernel_type linear\r\nnr_class 2\r\ntotal_sv 1\r\nrho 1\r\nSV\r\n1 1:1 \r\n",
        "total_sv 1\nrho 1\nnr_class 2\nkernel_type linear\nsvm_type one_class\nSV\n1 1:1",
        "  svm_type\tone_class \nkernel_type  linear\nnr_class 2\ntotal_sv 1\nrho   1 \nSV \n 1\t 1:1\t3:2 \n\n \n",
        "svm_type c_svc\nkernel_type rbf\ngamma 0\nnr_class 1\ntotal_sv 0\nrho\nlabel 4\nprobA\nprobB\nnr_sv 0\nSV\n",
        "svm_type nu_svr\nkernel_type linear\nnr_class 2\ntotal_sv 0\nrho 1\nSV\n",
        "svm_type c_svc\nkernel_type linear\nnr_class 2\ntotal_sv 1\nrho 1\nlabel 1 -1\nnr_sv 1 0\nSV\n1 2147483647:1\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct svm_model *model;
        struct problem problem;
        CHECK_INT(read_text(texts[i], strlen(texts[i]), &model, &problem), IEUM_OK);
        if (!model) fprintf(stderr, "case %zu: %zu:%zu %s\n", i, problem.line, problem.column, problem.en);
        svm_model_free(model);
    }
}

/* One change to a good model: `from` is replaced by `to`. */
struct damage {
    const char *model, *from, *to;
    size_t line; /* where it is told */
};

TEST(refuses_damage) {
    static const struct damage cases[] = {
        {regression, "svm_type epsilon_svr\n", "", 7},               /* each key missing */
        {regression, "kernel_type rbf\n", "", 7},
        {regression, "gamma 0.5\n", "", 7},
        {regression, "nr_class 2\n", "", 7},
        {regression, "total_sv 2\n", "", 7},
        {regression, "rho 0.25\n", "", 7},
        {three_classes, "degree 2\n", "", 12},
        {three_classes, "coef0 -1\n", "", 12},
        {three_classes, "label 2 -1 7\n", "", 12},
        {three_classes, "nr_sv 2 1 1\n", "", 12},
        {three_classes, "probA -1 -2 -3\n", "", 12},
        {three_classes, "probB 0.1 0.2 0.3\n", "", 12},
        {regression, "SV\n", "", 8},
        {regression, "SV\n0.5 1:1 2:2 \n-0.5 2:-1 \n", "", 7},
        {regression, "epsilon_svr", "c_rank", 1},                    /* unknown words */
        {regression, "epsilon_svr", "", 1},
        {regression, "rbf", "wavelet", 2},
        {regression, "rbf", "precomputed", 2},
        {regression, "rbf", "rbf rbf", 2},
        {regression, "gamma", "gama", 3},
        {regression, "gamma 0.5", "gamma 0.5\ncost 1", 4},
        {regression, "SV\n", "SVs\n", 8},
        {regression, "SV\n", "SV 2\n", 8},
        {regression, "gamma 0.5\n", "gamma 0.5\ngamma 0.5\n", 4},   /* double */
        {regression, "rho 0.25\n", "rho 0.25\nrho 0.25\n", 7},
        {regression, "gamma 0.5", "gamma 0.5\ndegree 3", 4},        /* of another kind */
        {regression, "gamma 0.5", "gamma 0.5\ncoef0 3", 4},
        {regression, "rho 0.25", "rho 0.25\nlabel 1 2", 7},
        {regression, "rho 0.25", "rho 0.25\nnr_sv 1 1", 7},
        {regression, "probA 0.5", "probA 0.5\nprobB 0.5", 8},
        {regression, "epsilon_svr", "one_class", 7},
        {regression, "epsilon_svr", "c_svc", 8},
        {regression, "nr_class 2", "nr_class 3", 4},                /* counts that do not agree */
        {regression, "nr_class 2", "nr_class 1", 4},
        {regression, "nr_class 2", "nr_class 0", 4},
        {regression, "nr_class 2", "nr_class -2", 4},
        {regression, "nr_class 2", "nr_class 2.5", 4},
        {regression, "nr_class 2", "nr_class 2 2", 4},
        {regression, "nr_class 2", "nr_class 99999999999999999999", 4},
        {regression, "total_sv 2", "total_sv 1", 10},
        {regression, "total_sv 2", "total_sv 3", 10},
        {regression, "total_sv 2", "total_sv -1", 5},
        {regression, "total_sv 2", "total_sv 2147483647", 5},
        {regression, "total_sv 2", "total_sv 2147483648", 5},
        {regression, "total_sv 2", "total_sv", 5},
        {regression, "rho 0.25", "rho 0.25 0.5", 6},
        {regression, "rho 0.25", "rho", 6},
        {regression, "rho 0.25", "rho nan", 6},
        {regression, "rho 0.25", "rho inf", 6},
        {regression, "rho 0.25", "rho 1e999", 6},
        {regression, "rho 0.25", "rho 0,25", 6},
        {regression, "rho 0.25", "rho 0x1p-2", 6},
        {regression, "gamma 0.5", "gamma -0.5", 3},
        {regression, "gamma 0.5", "gamma nan", 3},
        {regression, "probA 0.5", "probA", 7},
        {three_classes, "nr_class 3", "nr_class 2", 8},
        {three_classes, "nr_class 3", "nr_class 4", 8},
        {three_classes, "nr_class 3", "nr_class 2147483647", 8},
        {three_classes, "nr_class 3", "nr_class 65536", 8},
        {three_classes, "nr_sv 2 1 1", "nr_sv 2 1 2", 12},
        {three_classes, "nr_sv 2 1 1", "nr_sv 5 -2 1", 12},
        {three_classes, "nr_sv 2 1 1", "nr_sv 2 2", 12},
        {three_classes, "nr_sv 2 1 1", "nr_sv 2 1 1 0", 12},
        {three_classes, "nr_sv 2 1 1", "nr_sv 2147483647 2147483647 6", 12},
        {three_classes, "label 2 -1 7", "label 2 -1 2", 9},
        {three_classes, "label 2 -1 7", "label 2 -1", 9},
        {three_classes, "label 2 -1 7", "label 2 -1 7.5", 9},
        {three_classes, "label 2 -1 7", "label 2 -1 4294967303", 9},
        {three_classes, "degree 2", "degree -1", 3},
        {three_classes, "degree 2", "degree 2.5", 3},
        {three_classes, "probB 0.1 0.2 0.3", "probB 0.1 0.2", 11},
        {three_classes, "0.5 1 1:0.25 3:-1 \n", "0.5 1:0.25 3:-1 \n", 14}, /* vectors */
        {three_classes, "0.5 1 1:0.25 3:-1 \n", "0.5 1 1 1:0.25 3:-1 \n", 14},
        {three_classes, "-0.5 1e-3 \n", "\n", 15},
        {three_classes, "-0.5 1e-3 \n", "-0.5 1e-3 \n\n", 16},
        {three_classes, "-0.5 1e-3 \n", "-0.5\n", 15},
        {three_classes, "1:0.25", "0:0.25", 14},
        {three_classes, "1:0.25", "-1:0.25", 14},
        {three_classes, "1:0.25", "3:0.25", 14},
        {three_classes, "1:0.25", "4:0.25", 14},
        {three_classes, "1:0.25", "2147483648:0.25", 14},
        {three_classes, "1:0.25", "1:nan", 14},
        {three_classes, "1:0.25", "1:-inf", 14},
        {three_classes, "1:0.25", "1:", 14},
        {three_classes, "1:0.25", "1", 14},
        {three_classes, "1:0.25", ":1", 14},
        {three_classes, "1:0.25", "1:0.25:1", 14},
        {three_classes, "1:0.25", "1:zwei", 14},
        {three_classes, "1 -1 2:1", "nan -1 2:1", 16},
        {three_classes, "1 -1 2:1", "1e400 -1 2:1", 16},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct damage *damage = &cases[i];
        const char *found = strstr(damage->model, damage->from);
        struct buffer text = BUFFER_EMPTY;
        struct svm_model *model;
        struct problem problem;
        CHECK(found != NULL);
        if (!found) continue;
        buffer_add(&text, damage->model, (size_t)(found - damage->model));
        buffer_add_text(&text, damage->to);
        buffer_add_text(&text, found + strlen(damage->from));
        CHECK_INT(read_text(text.bytes, text.size, &model, &problem), IEUM_INVALID);
        CHECK(!model && problem.ko[0] && problem.en[0]);
        if (problem.line != damage->line) fprintf(stderr, "\"%s\" for \"%s\": line %zu, expected %zu: %s\n", damage->to, damage->from, problem.line, damage->line, problem.en);
        CHECK_INT(problem.line, damage->line);
        svm_model_free(model);
        buffer_free(&text);
    }
}

/* Bombs and rubbish: refused without memory for what is only claimed. */
TEST(refuses_bombs) {
    struct svm_model *model;
    struct problem problem;
    struct buffer text = BUFFER_EMPTY;
    memory_fail_at(0);
    for (int i = 0; i < 2000000; i++) buffer_add_text(&text, "1:1 ");
    CHECK_INT(read_text(text.bytes, text.size, &model, &problem), IEUM_INVALID); /* one long line */
    buffer_clear(&text);
    buffer_add_text(&text, "svm_type c_svc\nkernel_type linear\nnr_class 1000\ntotal_sv 1000000\nlabel");
    for (int i = 0; i < 1000; i++) buffer_format(&text, " %d", i);
    buffer_add_text(&text, "\nrho");
    for (int i = 0; i < 499500; i++) buffer_add_text(&text, " 1");
    buffer_add_text(&text, "\nnr_sv");
    for (int i = 0; i < 1000; i++) buffer_add_text(&text, " 1000");
    buffer_add_text(&text, "\nSV\n");
    for (int i = 0; i < 1000000; i++) buffer_add_text(&text, "1\n");
    CHECK_INT(read_text(text.bytes, text.size, &model, &problem), IEUM_INVALID); /* 8 GB of coefficients claimed, 1 MB there */
    CHECK_INT(problem.line, 4);
    struct random random;
    random_seed(&random, 3);
    buffer_clear(&text);
    for (int i = 0; i < 1000000; i++) buffer_add_byte(&text, (char)random_next(&random));
    CHECK_INT(read_text(text.bytes, text.size, &model, &problem), IEUM_INVALID);
    buffer_clear(&text);
    buffer_add_text(&text, "svm_type ");
    for (int i = 0; i < 1000000; i++) buffer_add_byte(&text, 'x');
    CHECK_INT(read_text(text.bytes, text.size, &model, &problem), IEUM_INVALID);
    CHECK(strlen(problem.value) < 200);
    CHECK_INT(read_text("", 0, &model, &problem), IEUM_INVALID);
    CHECK_INT(read_text("\0", 1, &model, &problem), IEUM_INVALID);
    buffer_free(&text);
}

/* Every byte replaced by a good many others, every truncation, every byte left out: read or refused; what is read holds together. */
static bool sound(const struct svm_model *model) {
    if (model->start[0] != 0) return false;
    for (size_t i = 0; i < model->vector_count; i++)
        for (size_t k = model->start[i]; k < model->start[i + 1]; k++)
            if (model->index[k] >= model->columns || (k > model->start[i] && model->index[k] <= model->index[k - 1])) return false;
    return true;
}

static void try_damaged(const char *text, size_t size, long counts[3]) {
    struct svm_model *model;
    struct problem problem;
    if (read_text(text, size, &model, &problem) == IEUM_OK) {
        counts[0]++;
        if (!sound(model)) counts[2]++;
    } else {
        counts[1]++;
        if (problem.status != IEUM_INVALID || problem.line < 1 || !problem.ko[0] || model) counts[2]++;
    }
    svm_model_free(model);
}

TEST(any_byte_anywhere) {
    static const char *const models[] = {three_classes, regression};
    static const char bytes[] = "\0\n\r\t 0129-+.:eExn#\xEA\xFF\x7F";
    long counts[3] = {0, 0, 0};
    for (size_t m = 0; m < 2; m++) {
        const size_t size = strlen(models[m]);
        char text[512];
        for (size_t at = 0; at < size; at++) {
            memcpy(text, models[m], size + 1);
            try_damaged(text, at, counts);
            for (size_t b = 0; b < sizeof bytes - 1; b++) {
                text[at] = bytes[b];
                try_damaged(text, size, counts);
            }
            for (int bit = 0; bit < 8; bit++) {
                text[at] = (char)(models[m][at] ^ 1 << bit);
                try_damaged(text, size, counts);
            }
            memcpy(text + at, models[m] + at + 1, size - at);
            try_damaged(text, size - 1, counts);
        }
    }
    CHECK_INT(counts[2], 0);
    CHECK(counts[0] > 100 && counts[1] > 5000);
}

TEST(fails_cleanly_without_memory) {
    for (uint64_t n = 1;; n++) {
        struct svm_model *model;
        struct problem problem;
        memory_fail_at(n);
        const ieum_status status = read_text(three_classes, sizeof three_classes - 1, &model, &problem);
        memory_fail_at(0);
        CHECK(status == IEUM_OK || (status == IEUM_MEMORY && !model));
        svm_model_free(model);
        if (status == IEUM_OK) break;
    }
    memory_clear_failed();
}

TEST_MAIN(reads_a_model, writes_what_it_read, tolerates, refuses_damage, refuses_bombs, any_byte_anywhere, fails_cleanly_without_memory)
