/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A thread takes a batch of demands, prepares its blocks and walks the suppliers tile by tile, every block over each tile: what a tile needs of the suppliers stays
 * in the cache while the blocks use it, and what a block needs is small. Tiles come in rising order, so that of equal scores the lower supplier comes first. No
 * batch knows of another: the number of threads changes nothing but who does what.
 */
#include "pipeline_bulk.h"

#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "pipeline_sieve.h"
#include "score/tile_score.h"

enum { BLOCKS_A_BATCH = 8 };
#define NO_FEATURE SIZE_MAX
static const double SLACK = 64; /* units of 10⁻⁹, against the last bits of sums that are added up in another way */

struct bulk {
    const struct bulk_question *question;
    struct bulk_answer *answer;
    size_t batch; /* demands in one */
    size_t last;  /* the feature that is filled last, where it matters; NO_FEATURE: none is */
    double least, slope; /* its part at a value z is no more than least + slope · z */
    struct problem *problems;
};

/* A block on its way over the suppliers. */
struct block {
    size_t first, count; /* demands */
    struct feature_block *features;
    struct tile_score_block *score;
    struct pair_block *rules;
    double bound[LANES]; /* what a score must pass to be among the best so far */
    uint64_t *barred[LANES];
};

/* What one tile needs while it is worked on. */
struct bench {
    double (*sums)[LANES], (*rubric)[LANES], (*cells)[LANES]; /* cells: one tile, or one a feature when values are kept */
    uint16_t *barred;
    uint8_t *above;
};

static ieum_status prepare_block(const struct bulk *bulk, size_t first, size_t count, struct arena *arena, struct block *block,
                                 struct problem *problem) {
    const struct bulk_question *question = bulk->question;
    const struct feature_space *space = question->space;
    const size_t features = space->program->feature_count;
    uint32_t demands[LANES];
    *block = (struct block){.first = first, .count = count};
    block->features = arena_allocate_zero(arena, features + 1, sizeof *block->features);
    if (!block->features) return problem_set_memory(problem);
    ieum_status status = feature_bulk_block(space, question->views + first, count, arena, block->features, problem);
    for (size_t l = 0; l < count; l++) demands[l] = (uint32_t)(first + l);
    if (status == IEUM_OK && question->rules) status = pair_block_make(question->rules, demands, count, arena, &block->rules, problem);
    if (status != IEUM_OK) return status;
    block->score = tile_score_block_new(question->additive, block->features, features, arena);
    for (size_t l = 0; l < LANES; l++) block->bound[l] = l < count && question->k ? -INFINITY : INFINITY;
    for (size_t l = 0; l < count && question->barred; l++) block->barred[l] = (uint64_t *)(uintptr_t)bulk->answer->ranked[first + l].barred;
    return block->score ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status lay_bench(const struct bulk_question *question, struct arena *arena, struct bench *bench, struct problem *problem) {
    const size_t tiles = question->values ? question->space->program->feature_count + 1 : 1;
    bench->sums = lanes_rows(arena, TILE_SUPPLIERS);
    bench->rubric = lanes_rows(arena, TILE_SUPPLIERS);
    bench->cells = lanes_rows(arena, tiles * TILE_SUPPLIERS);
    bench->barred = arena_allocate_zero(arena, TILE_SUPPLIERS, sizeof *bench->barred);
    bench->above = arena_allocate_zero(arena, TILE_SUPPLIERS, sizeof *bench->above);
    return bench->sums && bench->rubric && bench->cells && bench->barred && bench->above ? IEUM_OK : problem_set_memory(problem);
}

static double (*cells_of(const struct bulk_question *question, const struct bench *bench, size_t feature))[LANES] {
    return bench->cells + (question->values ? feature * TILE_SUPPLIERS : 0);
}

/* The feature that costs most, filled only for pairs that may yet pass a block's bounds. */
static void score_last(const struct bulk *bulk, struct block *block, struct bench *bench, const struct tile_score *tile) {
    double bound[LANES];
    double(*cells)[LANES] = cells_of(bulk->question, bench, bulk->last);
    for (size_t l = 0; l < LANES; l++) bound[l] = block->bound[l] - bulk->least - SLACK;
    const struct feature_hope hope = {(const double(*)[LANES])bench->sums, bound, bulk->slope};
    feature_bulk_fill_above(bulk->question->space, bulk->last, &block->features[bulk->last], tile->first, tile->count, &hope, cells);
    tile_score_add(tile, bulk->last, &block->features[bulk->last], (const double(*)[LANES])cells);
}

/* Stages feature and score: bench->sums. What cannot be among the best may score less than it would. */
static void score_tile(const struct bulk *bulk, struct block *block, struct bench *bench, size_t first, size_t count) {
    const struct bulk_question *question = bulk->question;
    const struct tile_score tile = {question->additive, block->score, first, count, NULL, bench->sums, bench->rubric};
    tile_score_begin(&tile);
    for (size_t f = 0; f < question->space->program->feature_count; f++) {
        double(*cells)[LANES] = cells_of(question, bench, f);
        const bool used = tile_score_uses(question->additive, f);
        if (f == bulk->last) continue;
        if (block->features[f].table) {
            if (used) tile_score_add(&tile, f, &block->features[f], NULL);
            continue;
        }
        if (!used && !question->values) continue;
        feature_bulk_fill(question->space, f, &block->features[f], first, count, cells);
        if (used) tile_score_add(&tile, f, &block->features[f], (const double(*)[LANES])cells);
    }
    if (bulk->last != NO_FEATURE) score_last(bulk, block, bench, &tile);
    tile_score_end(&tile);
}

/* Stage eligible: a barred pair scores less than any. Suppliers [from, to) of the tile count. */
static ieum_status bar_tile(const struct bulk *bulk, struct block *block, struct bench *bench, size_t first, size_t count, size_t from, size_t to,
                            struct problem *problem) {
    if (!block->rules) return IEUM_OK;
    ieum_status status = pair_block_judge(block->rules, first, count, bench->barred, problem);
    for (size_t i = from; i < to && status == IEUM_OK; i++)
        for (unsigned bits = bench->barred[i]; bits; bits &= bits - 1) {
            const size_t l = (size_t)__builtin_ctz(bits);
            bench->sums[i][l] = -INFINITY;
            bulk->answer->ranked[block->first + l].barred_count++;
            if (block->barred[l]) block->barred[l][(first + i) / 64] |= UINT64_C(1) << (first + i) % 64;
        }
    return status;
}

static void keep_values(const struct bulk_question *question, const struct block *block, const struct bench *bench, size_t first, size_t i,
                        size_t lane, double *values) {
    for (size_t f = 0; f < question->space->program->feature_count; f++) {
        const struct feature_block *feature = &block->features[f];
        values[f] = feature->table ? feature->table[feature->row[first + i]][lane] : bench->cells[f * TILE_SUPPLIERS + i][lane];
    }
}

/* Stage rank: whoever passes the worst of the k best so far takes its place. */
static void rank_tile(const struct bulk *bulk, struct block *block, struct bench *bench, size_t first, size_t from, size_t to) {
    const struct bulk_question *question = bulk->question;
    const size_t features = question->space->program->feature_count;
    lanes_best()->above(bench->above, (const double(*)[LANES])bench->sums + from, block->bound, to - from);
    for (size_t i = from; i < to; i++) {
        if (!bench->above[i - from]) continue;
        for (size_t l = 0; l < block->count; l++) {
            struct bulk_ranked *ranked = &bulk->answer->ranked[block->first + l];
            uint32_t place;
            if (!(bench->sums[i][l] > block->bound[l])) continue;
            if (!top_k_offer(ranked->best, &ranked->count, question->k, (int64_t)bench->sums[i][l], (uint32_t)(first + i), &place)) continue;
            if (ranked->count == question->k) block->bound[l] = (double)ranked->best[0].score;
            if (question->values) keep_values(question, block, bench, first, i, l, ranked->values + place * features);
        }
    }
}

static void keep_scores(const struct bulk_question *question, const struct block *block, const struct bench *bench, size_t first, size_t count) {
    for (size_t l = 0; l < block->count; l++) {
        int64_t *row = question->scores + (block->first + l) * question->space->supplier_count + first;
        for (size_t i = 0; i < count; i++) row[i] = bench->sums[i][l] == -INFINITY ? question->scores_barred : (int64_t)bench->sums[i][l];
    }
}

static ieum_status walk(const struct bulk *bulk, struct block *blocks, size_t count, struct bench *bench, struct problem *problem) {
    const struct bulk_question *question = bulk->question;
    const size_t suppliers = question->space->supplier_count;
    ieum_status status = IEUM_OK;
    for (size_t first = 0; first < suppliers && status == IEUM_OK; first += TILE_SUPPLIERS) {
        const size_t held = suppliers - first < TILE_SUPPLIERS ? suppliers - first : TILE_SUPPLIERS;
        size_t from = 0, to = held;
        if (question->only) {
            if (*question->only < first || *question->only >= first + held) continue;
            from = *question->only - first;
            to = from + 1;
        }
        for (size_t b = 0; b < count && status == IEUM_OK; b++) {
            score_tile(bulk, &blocks[b], bench, first, held);
            status = bar_tile(bulk, &blocks[b], bench, first, held, from, to, problem);
            if (status == IEUM_OK) rank_tile(bulk, &blocks[b], bench, first, from, to);
            if (status == IEUM_OK && question->scores) keep_scores(question, &blocks[b], bench, first, held);
        }
    }
    return status;
}

static void run_batch(void *context, size_t number, int worker) {
    const struct bulk *bulk = context;
    const size_t begin = number * bulk->batch, all = bulk->question->count;
    const size_t end = begin + bulk->batch < all ? begin + bulk->batch : all;
    struct block blocks[BLOCKS_A_BATCH];
    struct bench bench = {0};
    size_t count = 0;
    struct problem *problem = &bulk->problems[number];
    struct arena *arena = arena_new();
    (void)worker;
    ieum_status status = arena ? lay_bench(bulk->question, arena, &bench, problem) : problem_set_memory(problem);
    for (size_t first = begin; first < end && status == IEUM_OK; first += LANES)
        status = prepare_block(bulk, first, end - first < LANES ? end - first : LANES, arena, &blocks[count++], problem);
    if (status == IEUM_OK) status = walk(bulk, blocks, count, &bench, problem);
    for (size_t d = begin; d < end && status == IEUM_OK; d++)
        top_k_settle(bulk->answer->ranked[d].best, bulk->answer->ranked[d].count, bulk->question->k);
    arena_free(arena);
}

/* ---- room for the answer ---- */

static bool product(size_t a, size_t b, size_t c, size_t *cells) {
    return !__builtin_mul_overflow(a, b, cells) && !__builtin_mul_overflow(*cells, c, cells);
}

static bool make_room(const struct bulk_question *question, struct bulk_answer *answer) {
    const size_t count = question->count, features = question->space->program->feature_count, words = (question->space->supplier_count + 63) / 64;
    size_t best = 0, values = 0, barred = 0;
    if (!product(count, question->k, sizeof(struct top_k), &best) || !product(count * question->k, features, sizeof(double), &values) ||
        !product(count, words, sizeof(uint64_t), &barred))
        return false;
    answer->ranked = answer->blocks[0] = memory_allocate_zero(count, sizeof *answer->ranked);
    answer->blocks[1] = memory_allocate(best);
    answer->blocks[2] = question->values ? memory_allocate(values) : NULL;
    answer->blocks[3] = question->barred ? memory_allocate_zero(barred, 1) : NULL;
    if (!answer->ranked || !answer->blocks[1] || (question->values && !answer->blocks[2]) || (question->barred && !answer->blocks[3])) return false;
    for (size_t d = 0; d < count; d++) {
        answer->ranked[d].best = (struct top_k *)answer->blocks[1] + d * question->k;
        if (question->values) answer->ranked[d].values = (double *)answer->blocks[2] + d * question->k * features;
        if (question->barred) answer->ranked[d].barred = (uint64_t *)answer->blocks[3] + d * words;
    }
    return true;
}

/* As many blocks a batch as keep the tile's data busy, but no fewer batches than threads. */
static size_t batch_size(size_t count, int threads) {
    const size_t workers = threads < 1 ? 1 : (size_t)threads, share = (count + workers - 1) / workers;
    const size_t blocks = (share + LANES - 1) / LANES;
    return (blocks < 1 ? 1 : blocks > BLOCKS_A_BATCH ? BLOCKS_A_BATCH : blocks) * LANES;
}

/* Not where all scores are kept: every one of them matters then. */
static void choose_last(struct bulk *bulk) {
    const struct bulk_question *question = bulk->question;
    bulk->last = NO_FEATURE;
    for (size_t f = 0; f < question->space->program->feature_count && bulk->last == NO_FEATURE && !question->scores; f++)
        if (feature_bulk_hopes(question->space, f) && tile_score_line(question->additive, f, &bulk->least, &bulk->slope)) bulk->last = f;
}

ieum_status pipeline_bulk(const struct bulk_question *question, struct bulk_answer *answer, struct problem *problem) {
    ieum_status status = IEUM_OK;
    *answer = (struct bulk_answer){0};
    struct bulk bulk = {.question = question, .answer = answer, .batch = batch_size(question->count, question->threads)};
    choose_last(&bulk);
    const size_t batches = (question->count + bulk.batch - 1) / bulk.batch;
    bulk.problems = memory_allocate_zero(batches, sizeof *bulk.problems);
    if (!bulk.problems || !make_room(question, answer)) status = problem_set_memory(problem);
    if (status == IEUM_OK && sieve_fits(question)) {
        status = sieve_rank(question, answer, problem);
        memory_free(bulk.problems);
        if (status != IEUM_OK) bulk_answer_free(answer);
        return status;
    }
    if (status == IEUM_OK) parallel_for(question->threads, batches, run_batch, &bulk);
    for (size_t b = 0; b < batches && status == IEUM_OK; b++) {
        status = bulk.problems[b].status;
        if (status != IEUM_OK) *problem = bulk.problems[b];
    }
    memory_free(bulk.problems);
    if (status != IEUM_OK) bulk_answer_free(answer);
    return status;
}

void bulk_answer_free(struct bulk_answer *answer) {
    for (size_t i = 0; i < sizeof answer->blocks / sizeof *answer->blocks; i++) memory_free(answer->blocks[i]);
    *answer = (struct bulk_answer){0};
}
