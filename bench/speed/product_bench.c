/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All pairs by a product-kernel model, one thread unless told otherwise, in one process.
 *
 *     product_bench make DIR            synthetic sides (500 × 5,000) and libsvm models with about 500 and 2,000 support vectors; files of each for the peers
 *     product_bench measure DIR SUPPORT [THREADS]   one JSON object: FMA peak of one thread, cold, warm, what was rescored, agreement with libsvm
 *     product_bench memory SUPPLIERS    the ten best of so many suppliers of 64 numbers for 500 demands, S = 2,000; greatest memory of the process
 *
 * cold: from reading the model file (checked, hashed; score/model_file.h) to the ten best suppliers of all demands with their exact scores; nothing is kept from
 * before, rows are made where they are wanted. warm: the suppliers' side is compiled with its rows. fused: the part of warm that is the matrix
 * product with its scan and shortlists. Medians. Each level of base/processor.h that this processor has, the highest first.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <libsvm/svm.h>

#include "base/memory.h"
#include "base/processor.h"
#include "base/random.h"
#include "peak.h"
#include "product_data.h"
#include "score/model_file.h"
#include "score/product_top.h"

static int threads = 1;
static enum processor_level processor_highest; /* of this run */

enum { DEMANDS = 500, SUPPLIERS = 5000, K = 10, RUNS = 15, PAIRS = 20000 };

double now_s(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void must(bool good, const char *what) {
    if (good) return;
    fprintf(stderr, "product_bench: %s\n", what);
    exit(1);
}

static const char *at(const char *folder, const char *name, size_t support) {
    static char path[4][1024];
    static int turn;
    char *own = path[turn++ % 4];
    if (support) snprintf(own, sizeof path[0], "%s/%s-%zu", folder, name, support);
    else snprintf(own, sizeof path[0], "%s/%s", folder, name);
    return own;
}

static void write_numbers(const char *path, const double *numbers, size_t count) {
    FILE *file = fopen(path, "wb");
    must(file && fwrite(numbers, sizeof *numbers, count, file) == count && fclose(file) == 0, path);
}

static double *read_numbers(const char *path, size_t *count) {
    FILE *file = fopen(path, "rb");
    must(file != NULL, path);
    fseek(file, 0, SEEK_END);
    *count = (size_t)ftell(file) / sizeof(double);
    rewind(file);
    double *numbers = malloc(*count * sizeof *numbers);
    must(fread(numbers, sizeof *numbers, *count, file) == *count, path);
    fclose(file);
    return numbers;
}

static struct product_term term_of(const double *flat, size_t support) {
    struct product_term term = {.count = support, .demand.count = SIDE, .supplier.count = SIDE};
    term.coefficients = flat + 1;
    term.demand_vectors = flat + 1 + support;
    term.supplier_vectors = flat + 1 + support + support * SIDE;
    return term;
}

/* ---- make ---- */

/* The flat file: bias, then coefficients, demand vectors, supplier vectors, coordinates times the square root of gamma. */
static void write_flat(const char *model_path, const char *flat_path) {
    struct svm_model *model = svm_load_model(model_path);
    must(model != NULL, model_path);
    const size_t support = (size_t)model->l;
    double *flat = calloc(1 + support * (1 + 2 * SIDE), sizeof *flat);
    flat[0] = -model->rho[0];
    for (size_t i = 0; i < support; i++) {
        flat[1 + i] = model->sv_coef[0][i];
        for (const struct svm_node *node = model->SV[i]; node->index > 0; node++) {
            const size_t column = (size_t)node->index - 1;
            flat[1 + support + (column < SIDE ? 0 : support * SIDE) + i * SIDE + column % SIDE] = sqrt(GAMMA) * node->value;
        }
    }
    write_numbers(flat_path, flat, 1 + support * (1 + 2 * SIDE));
    free(flat);
    svm_free_and_destroy_model(&model);
}

/* The same numbers as a model file of the engine's own. */
static void write_model(const char *flat_path, const char *path) {
    static struct side_coordinate coordinates[SIDE];
    static char names[SIDE][16];
    struct model *model = memory_allocate_zero(1, sizeof *model);
    struct problem problem = {0};
    size_t count;
    double *flat = read_numbers(flat_path, &count);
    must(model && (model->arena = arena_new()), "memory");
    for (int i = 0; i < SIDE; i++) {
        snprintf(names[i], sizeof names[i], "vector:%d", i);
        coordinates[i] = (struct side_coordinate){names[i], 0, sqrt(GAMMA)};
    }
    jval_prepare();
    jval *card = jval_new_object(), *data = jval_new_object();
    jval_set_text(data, "ko", "벤치가 지어낸 수 (합성)");
    jval_set_text(data, "en", "numbers made up by the bench (synthetic)");
    jval_set(card, "data", data);
    model->kind = MODEL_PAIRWISE;
    model->id = "bench";
    model->program = model->program_version = "bench";
    model->bias = flat[0];
    model->product = term_of(flat, (count - 1) / (1 + 2 * SIDE));
    model->product.demand.coordinates = model->product.supplier.coordinates = coordinates;
    model->card = card;
    must(model_save(model, path, &problem) == IEUM_OK, problem.en);
    model_free(model);
    free(flat);
}

static void make(const char *folder) {
    double *demands = make_side(DEMANDS, 11), *suppliers = make_side(SUPPLIERS, 12);
    make_pairs(demands, DEMANDS, suppliers, SUPPLIERS, PAIRS, at(folder, "pairs.svmlight", 0));
    for (size_t i = 0; i < DEMANDS * SIDE; i++) demands[i] *= sqrt(GAMMA);
    for (size_t i = 0; i < SUPPLIERS * SIDE; i++) suppliers[i] *= sqrt(GAMMA);
    write_numbers(at(folder, "demands.f64", 0), demands, DEMANDS * SIDE);
    write_numbers(at(folder, "suppliers.f64", 0), suppliers, SUPPLIERS * SIDE);
    for (size_t support = 500; support <= 2000; support *= 4) {
        const size_t found = make_model(support, at(folder, "libsvm", support));
        write_flat(at(folder, "libsvm", support), at(folder, "model.f64", support));
        char flat[512];
        snprintf(flat, sizeof flat, "%s", at(folder, "model.f64", support));
        write_model(flat, at(folder, "model", support));
        printf("{\"support\": %zu}\n", found);
    }
    free(demands);
    free(suppliers);
}

/* ---- measure ---- */

struct inputs {
    double *model, *demands, *suppliers;
    size_t support;
};

struct answer {
    uint32_t suppliers[DEMANDS * K], counts[DEMANDS];
    double scores[DEMANDS * K];
};

static struct product_effort ask(const struct product_side *side, const double *demands, size_t count, struct answer *answer) {
    const struct product_wanted wanted = {demands, count, K, NULL, threads};
    const struct product_found found = {answer->suppliers, answer->scores, answer->counts};
    struct product_effort effort;
    struct problem problem = {0};
    must(product_top_k(side, &wanted, &found, &effort, &problem) == IEUM_OK, problem.en);
    return effort;
}

static double cold_once(const char *model_path, const double *demands, const double *suppliers, struct answer *answer) {
    struct problem problem = {0};
    struct product_scorer *scorer = NULL;
    struct product_side *side = NULL;
    struct model *model = NULL;
    const double start = now_s();
    must(model_load(model_path, &model, &problem) == IEUM_OK, problem.en);
    must(product_scorer_new(&model->product, model->bias, &scorer, &problem) == IEUM_OK, problem.en);
    must(product_side_new(scorer, suppliers, SUPPLIERS, 0, threads, &side, &problem) == IEUM_OK, problem.en);
    ask(side, demands, DEMANDS, answer);
    const double took = now_s() - start;
    product_side_free(side);
    product_scorer_free(scorer);
    model_free(model);
    return took;
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *times) {
    qsort(times, RUNS, sizeof *times, ascending);
    return times[RUNS / 2];
}

/* The greatest difference from libsvm's own value among the best pairs of the first demands. */
static double off_libsvm(const char *libsvm_path, const double *demands, const double *suppliers, const struct answer *answer) {
    struct svm_model *model = svm_load_model(libsvm_path);
    must(model != NULL, libsvm_path);
    double worst = 0;
    for (size_t d = 0; d < 40; d++)
        for (size_t i = 0; i < K; i++) {
            struct svm_node nodes[2 * SIDE + 1];
            const double *supplier = suppliers + (size_t)answer->suppliers[d * K + i] * SIDE;
            for (int j = 0; j < 2 * SIDE; j++) /* the coordinates before sqrt(gamma) had four decimals */
                nodes[j] = (struct svm_node){j + 1, round((j < SIDE ? demands[d * SIDE + (size_t)j] : supplier[j - SIDE]) / sqrt(GAMMA) * 1e4) / 1e4};
            nodes[2 * SIDE].index = -1;
            double value;
            svm_predict_values(model, nodes, &value);
            const double off = fabs(value - answer->scores[d * K + i]);
            if (off > worst) worst = off;
        }
    svm_free_and_destroy_model(&model);
    return worst;
}

static void measure_level(enum processor_level level, const char *folder, size_t support, const double *demands, const double *suppliers, struct answer *answer) {
    static const char *const names[] = {"portable", "avx2", "avx512", "avx512vnni"};
    double cold[RUNS], warm[RUNS], fused[RUNS], compile[RUNS];
    struct product_effort effort = {0};
    struct problem problem = {0};
    const int runs = level == PROCESSOR_PORTABLE ? 1 : RUNS;
    size_t count;
    processor_limit(level);
    if (processor_level() != level) return;
    const double peak = level >= PROCESSOR_AVX512 ? peak_avx512(15) : level == PROCESSOR_AVX2 ? peak_avx2(15) : 0;
    for (int r = 0; r < runs; r++) cold[r] = cold_once(at(folder, "model", support), demands, suppliers, answer);
    double *flat = read_numbers(at(folder, "model.f64", support), &count);
    const size_t found = (count - 1) / (1 + 2 * SIDE);
    const struct product_term term = term_of(flat, found);
    struct product_scorer *scorer = NULL;
    must(product_scorer_new(&term, flat[0], &scorer, &problem) == IEUM_OK, problem.en);
    for (int r = 0; r < runs; r++) {
        struct product_side *side = NULL;
        const double start = now_s();
        must(product_side_new(scorer, suppliers, SUPPLIERS, SIZE_MAX, threads, &side, &problem) == IEUM_OK, problem.en);
        compile[r] = now_s() - start;
        effort = ask(side, demands, DEMANDS, answer); /* once to have its rows in the caches that hold them */
        const double again = now_s();
        effort = ask(side, demands, DEMANDS, answer);
        warm[r] = now_s() - again;
        fused[r] = effort.screening_s;
        product_side_free(side);
    }
    for (int r = runs; r < RUNS; r++) cold[r] = cold[0], warm[r] = warm[0], fused[r] = fused[0], compile[r] = compile[0];
    const double cold_s = median(cold), rate = 2.0 * (double)found * DEMANDS * SUPPLIERS / median(fused) / 1e9;
    printf("%s\"%s\": {\"fma_peak_gflops\": %.1f, \"cold_ms\": %.2f, \"warm_ms\": %.2f, \"compile_ms\": %.2f, \"fused_ms\": %.2f, \"fused_gflops\": %.1f, \"fused_share\": %.4f, "
           "\"candidates_per_demand\": %.2f, \"given_up\": %llu, \"off_libsvm\": %.3g, \"cold_pairs_per_s\": %.4g}",
           level == processor_highest ? "" : ", ", names[level], peak, 1e3 * cold_s, 1e3 * median(warm), 1e3 * median(compile), 1e3 * fused[RUNS / 2], rate,
           peak > 0 ? rate / peak : 0, (double)effort.candidates / DEMANDS, (unsigned long long)effort.given_up,
           off_libsvm(at(folder, "libsvm", support), demands, suppliers, answer), DEMANDS * (double)SUPPLIERS / cold_s);
    product_scorer_free(scorer);
    free(flat);
}

static void measure(const char *folder, size_t support) {
    static struct answer answers[PROCESSOR_HIGHEST + 1];
    size_t count;
    double *demands = read_numbers(at(folder, "demands.f64", 0), &count), *suppliers = read_numbers(at(folder, "suppliers.f64", 0), &count);
    printf("{");
    processor_highest = processor_level();
    for (int level = processor_highest; level >= PROCESSOR_PORTABLE; level--)
        measure_level((enum processor_level)level, folder, support, demands, suppliers, &answers[level]);
    printf("}\n");
    FILE *file = fopen(at(folder, "top.u32", support), "wb"); /* for the peer to compare its lists with */
    const struct answer *widest = &answers[processor_highest];
    must(file && fwrite(widest->suppliers, sizeof widest->suppliers, 1, file) == 1 && fclose(file) == 0, "top.u32");
    for (int level = 0; level < (int)processor_highest; level++)
        if (answers[level].counts[0]) must(memcmp(&answers[level], widest, sizeof answers[0]) == 0, "levels disagree");
    free(demands);
    free(suppliers);
}

/* ---- memory ---- */

static void measure_memory(size_t suppliers_count) {
    enum { SUPPORT = 2000 };
    static struct answer answer;
    struct problem problem = {0};
    struct product_scorer *scorer = NULL;
    struct product_side *side = NULL;
    double *support = make_side(2 * SUPPORT, 21), *demands = make_side(DEMANDS, 22), *suppliers = malloc(suppliers_count * SIDE * sizeof *suppliers);
    double *coefficients = malloc(SUPPORT * sizeof *coefficients), *part = make_side(SUPPLIERS, 23);
    struct random random;
    random_seed(&random, 24);
    for (size_t i = 0; i < SUPPORT; i++) coefficients[i] = 2 * random_unit(&random) - 1;
    for (size_t i = 0; i < suppliers_count * SIDE; i++) suppliers[i] = sqrt(GAMMA) * (part[i % (SUPPLIERS * SIDE)] + 0.2 * random_unit(&random));
    for (size_t i = 0; i < 2 * SUPPORT * SIDE; i++) support[i] *= sqrt(GAMMA);
    for (size_t i = 0; i < DEMANDS * SIDE; i++) demands[i] *= sqrt(GAMMA);
    struct product_term term = {.count = SUPPORT, .demand.count = SIDE, .supplier.count = SIDE, .demand_vectors = support, .supplier_vectors = support + SUPPORT * SIDE};
    term.coefficients = coefficients;
    const double start = now_s();
    must(product_scorer_new(&term, 0.5, &scorer, &problem) == IEUM_OK, problem.en);
    must(product_side_new(scorer, suppliers, suppliers_count, (size_t)256 << 20, 1, &side, &problem) == IEUM_OK, problem.en);
    const struct product_effort effort = ask(side, demands, DEMANDS, &answer);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("{\"suppliers\": %zu, \"seconds\": %.2f, \"candidates_per_demand\": %.1f, \"given_up\": %llu, \"max_rss_mib\": %.0f}\n", suppliers_count, now_s() - start,
           (double)effort.candidates / DEMANDS, (unsigned long long)effort.given_up, (double)usage.ru_maxrss / 1024);
    product_side_free(side);
    product_scorer_free(scorer);
    free(support);
    free(demands);
    free(suppliers);
    free(coefficients);
    free(part);
}

int main(int count, char **words) {
    if (count == 3 && strcmp(words[1], "make") == 0) {
        make(words[2]);
    } else if ((count == 4 || count == 5) && strcmp(words[1], "measure") == 0) {
        if (count == 5) threads = atoi(words[4]);
        measure(words[2], strtoull(words[3], NULL, 10));
    } else if (count == 3 && strcmp(words[1], "memory") == 0) {
        measure_memory(strtoull(words[2], NULL, 10));
    } else {
        must(false, "usage: product_bench make DIR | measure DIR SUPPORT [THREADS] | memory SUPPLIERS");
    }
    return 0;
}
