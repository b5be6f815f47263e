/* SPDX-License-Identifier: Apache-2.0 */
/* The numeric core's door: checks what comes in, hands it to the stage that does it, turns a problem into text. No arithmetic of its own. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "request/problem_json.h"
#include "score/model_file.h"
#include "score/product_top.h"
#include "score/ranked.h"
#include "text/shard.h"

/* Writes the problem's text where it is wanted and returns its status. Called once at the end, also when all went well. */
static ieum_status finish(const struct problem *problem, char **text) {
    if (text) *text = NULL;
    if (text && problem->status != IEUM_OK) {
        struct problem trouble = {0};
        jval_prepare();
        jval *object = jval_new_object();
        jval_set(object, "problem", problem_json(problem, true));
        if (jval_write(object, false, text, &trouble) != IEUM_OK) *text = NULL;
        jval_free(object);
    }
    memory_clear_failed();
    return problem->status;
}

/* 0: one per processor. */
static ieum_status count_threads(int *threads, struct problem *problem) {
    if (*threads < 0 || *threads > 256)
        return problem_set(problem, IEUM_USAGE, "", "스레드 수는 1에서 256까지입니다.", "The number of threads is 1 to 256.");
    if (*threads == 0) *threads = parallel_processors();
    return IEUM_OK;
}

/* ---- product kernels ---- */

/* The public names are those of the engine's own structs. */
static const struct product_scorer *scorer_of(const ieum_product *scorer) { return (const struct product_scorer *)(const void *)scorer; }
static const struct product_side *side_of(const ieum_suppliers *suppliers) { return (const struct product_side *)(const void *)suppliers; }

ieum_status ieum_product_new(const ieum_product_model *model, ieum_product **scorer, char **problem_text) {
    struct problem problem = {0};
    struct product_scorer *made = NULL;
    struct product_term term = {.count = model->support, .demand.count = model->demand_dims, .supplier.count = model->supplier_dims};
    term.demand_vectors = model->demand_vectors;
    term.supplier_vectors = model->supplier_vectors;
    term.coefficients = model->coefficients;
    product_scorer_new(&term, model->bias, &made, &problem);
    *scorer = (ieum_product *)(void *)made;
    return finish(&problem, problem_text);
}

ieum_status ieum_product_open(const void *bytes, size_t size, const char *name, ieum_product **scorer, char **problem_text) {
    struct problem problem = {0};
    struct model *model = NULL;
    struct product_scorer *made = NULL;
    jval_prepare();
    ieum_status status = model_read(bytes, size, &model, &problem);
    if (status == IEUM_OK && model->kind != MODEL_PAIRWISE)
        problem_set(&problem, IEUM_INVALID, "/kind", "곱 커널만 있는 모형(pairwise)이 아닙니다.", "This is not a model of a product kernel alone (pairwise).");
    else if (status == IEUM_OK) product_scorer_new(&model->product, model->bias, &made, &problem);
    if (problem.status == IEUM_INVALID) problem_set_place(&problem, name, 0, 0);
    model_free(model);
    *scorer = (ieum_product *)(void *)made;
    return finish(&problem, problem_text);
}

void ieum_product_free(ieum_product *scorer) { product_scorer_free((struct product_scorer *)(void *)scorer); }

ieum_status ieum_suppliers_new(const ieum_product *scorer, const double *vectors, size_t count, size_t room, int threads, ieum_suppliers **suppliers,
                               char **problem_text) {
    struct problem problem = {0};
    struct product_side *made = NULL;
    if (count_threads(&threads, &problem) == IEUM_OK) product_side_new(scorer_of(scorer), vectors, count, room, threads, &made, &problem);
    *suppliers = (ieum_suppliers *)(void *)made;
    return finish(&problem, problem_text);
}

ieum_status ieum_suppliers_update(ieum_suppliers *suppliers, size_t index, const double *vector, char **problem_text) {
    struct problem problem = {0};
    product_side_update((struct product_side *)(void *)suppliers, index, vector, &problem);
    return finish(&problem, problem_text);
}

void ieum_suppliers_free(ieum_suppliers *suppliers) { product_side_free((struct product_side *)(void *)suppliers); }

/* count × width places must be countable in bytes. */
static ieum_status check_shape(size_t count, size_t width, struct problem *problem) {
    size_t places, bytes;
    if (!__builtin_mul_overflow(count, width, &places) && !__builtin_mul_overflow(places, sizeof(double), &bytes)) return IEUM_OK;
    return problem_set(problem, IEUM_LIMIT, "", "행렬이 너무 큽니다.", "The matrix is too large.");
}

ieum_status ieum_top_k(const ieum_suppliers *suppliers, const double *demands, size_t count, size_t k, const uint32_t *eligible, int threads, uint32_t *ids,
                       double *scores, uint32_t *counts, char **problem_text) {
    struct problem problem = {0};
    ieum_status status = check_shape(count, k, &problem);
    if (status == IEUM_OK) status = count_threads(&threads, &problem);
    const struct product_wanted wanted = {demands, count, k, eligible, threads};
    const struct product_found found = {ids, scores, counts};
    if (status == IEUM_OK) product_top_k(side_of(suppliers), &wanted, &found, NULL, &problem);
    return finish(&problem, problem_text);
}

ieum_status ieum_scores(const ieum_suppliers *suppliers, const double *demands, size_t count, int threads, double *scores, char **problem_text) {
    struct problem problem = {0};
    ieum_status status = check_shape(count, side_of(suppliers)->count, &problem);
    if (status == IEUM_OK) status = count_threads(&threads, &problem);
    if (status == IEUM_OK) product_scores(side_of(suppliers), demands, count, threads, scores, &problem);
    return finish(&problem, problem_text);
}

/* ---- lists ---- */

static void put_list(const struct ranked *sorted, size_t count, size_t k, uint32_t *ids, double *scores, uint32_t *held) {
    for (size_t i = 0; i < k; i++) {
        ids[i] = i < count ? sorted[i].index : UINT32_MAX;
        scores[i] = i < count ? sorted[i].score : (double)NAN;
    }
    *held = (uint32_t)count;
}

static ieum_status pick_row(const double *row, size_t suppliers, size_t k, const uint32_t *eligible, struct ranked *heap, size_t *held, size_t number,
                            struct problem *problem) {
    *held = 0;
    for (size_t s = 0; s < suppliers; s++) {
        if (eligible && (eligible[s / 32] >> s % 32 & 1) == 0) continue;
        if (row[s] != row[s])
            return problem_set(problem, IEUM_INVALID, "", "점수 행렬 %zu행 %zu열이 수가 아닙니다.",
                               "Row %zu, column %zu of the scores is not a number.", number + 1, s + 1);
        ranked_offer(heap, held, k, (struct ranked){row[s], (uint32_t)s});
    }
    ranked_sort(heap, *held);
    return IEUM_OK;
}

ieum_status ieum_pick(const double *matrix, size_t count, size_t suppliers, size_t k, const uint32_t *eligible, uint32_t *ids, double *scores,
                      uint32_t *counts, char **problem_text) {
    struct problem problem = {0};
    ieum_status status = check_shape(count, k, &problem);
    if (status == IEUM_OK) status = check_shape(count, suppliers, &problem);
    if (status == IEUM_OK && suppliers >= UINT32_MAX)
        status = problem_set(&problem, IEUM_LIMIT, "", "공급기업이 너무 많습니다. 2^32−2곳까지입니다.", "Too many suppliers: at most 2^32 − 2.");
    struct ranked *heap = status == IEUM_OK ? memory_resize(NULL, k < suppliers ? k : suppliers, sizeof *heap) : NULL;
    if (status == IEUM_OK && !heap) status = problem_set_memory(&problem);
    for (size_t d = 0; d < count && status == IEUM_OK; d++) {
        size_t held;
        const uint32_t *own = eligible ? eligible + d * ((suppliers + 31) / 32) : NULL;
        status = pick_row(matrix + d * suppliers, suppliers, k < suppliers ? k : suppliers, own, heap, &held, d, &problem);
        if (status == IEUM_OK) put_list(heap, held, k, ids + d * k, scores + d * k, &counts[d]);
    }
    memory_free(heap);
    return finish(&problem, problem_text);
}

static ieum_status check_list(const uint32_t *ids, const double *scores, size_t count, size_t k, uint32_t first, size_t row, struct problem *problem) {
    bool good = count <= k;
    for (size_t i = 0; i < count && good; i++) good = scores[i] == scores[i] && ids[i] < UINT32_MAX - first;
    if (good) return IEUM_OK;
    return problem_set(problem, IEUM_INVALID, "", "%zu행의 목록이 올바르지 않습니다. 개수는 k 이하, 점수는 수, 번호는 2^32−2 이하여야 합니다.",
                       "The list of row %zu is not valid: at most k entries, scores that are numbers, ids of at most 2^32 − 2.", row + 1);
}

ieum_status ieum_merge(size_t count, size_t k, const uint32_t *shard_ids, const double *shard_scores, const uint32_t *shard_counts, uint32_t first_id,
                       uint32_t *ids, double *scores, uint32_t *counts, char **problem_text) {
    struct problem problem = {0};
    size_t twice;
    ieum_status status = __builtin_mul_overflow(k, (size_t)2, &twice) ? check_shape(SIZE_MAX, SIZE_MAX, &problem) : check_shape(count, k, &problem);
    struct ranked *both = status == IEUM_OK ? memory_resize(NULL, twice, sizeof *both) : NULL;
    if (status == IEUM_OK && !both) status = problem_set_memory(&problem);
    for (size_t d = 0; d < count && status == IEUM_OK; d++) {
        size_t n = 0;
        status = check_list(ids + d * k, scores + d * k, counts[d], k, 0, d, &problem);
        if (status == IEUM_OK) status = check_list(shard_ids + d * k, shard_scores + d * k, shard_counts[d], k, first_id, d, &problem);
        if (status != IEUM_OK) break;
        for (size_t i = 0; i < counts[d]; i++) both[n++] = (struct ranked){scores[d * k + i], ids[d * k + i]};
        for (size_t i = 0; i < shard_counts[d]; i++) both[n++] = (struct ranked){shard_scores[d * k + i], first_id + shard_ids[d * k + i]};
        ranked_sort(both, n);
        put_list(both, n < k ? n : k, k, ids + d * k, scores + d * k, &counts[d]);
    }
    memory_free(both);
    return finish(&problem, problem_text);
}

/* ---- texts ---- */

ieum_status ieum_text_shard_new(const ieum_text_statistics *statistics, const ieum_bags *documents, const double *lengths,
                                ieum_text_shard **shard, char **problem_text) {
    struct problem problem = {0};
    *shard = NULL;
    text_shard_new(statistics, documents, lengths, shard, &problem);
    return finish(&problem, problem_text);
}

void ieum_text_shard_free(ieum_text_shard *shard) { text_shard_free(shard); }

ieum_status ieum_text_scores(const ieum_text_shard *shard, const ieum_bags *queries, int threads, double *scores, char **problem_text) {
    struct problem problem = {0};
    if (count_threads(&threads, &problem) == IEUM_OK) text_shard_scores(shard, queries, threads, scores, &problem);
    return finish(&problem, problem_text);
}
