/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pipeline for many demands at once: eligible → feature → score → rank for all pairs, in tiles of TILE_SUPPLIERS suppliers and LANES demands; explaining is left
 * to the caller. Same scores and same order as one demand after the other. Memory: what the features prepare over the suppliers, k entries a demand, and a few
 * megabytes a thread; the matrix of scores only where it is asked for.
 */
#ifndef IEUM_PIPELINE_BULK_H
#define IEUM_PIPELINE_BULK_H

#include "feature/bulk.h"
#include "program/pair_block.h"
#include "score/additive.h"
#include "score/top_k.h"

struct sieve;

struct bulk_question {
    const struct feature_space *space;   /* made ready by feature_bulk_prepare */
    const struct additive *additive;     /* one that tile_score_fits */
    const struct pair_rules *rules;      /* compiled for `views` in their order; NULL: none */
    const struct demand_view *views;
    size_t count;
    size_t k;             /* at most the suppliers */
    const uint32_t *only; /* this supplier alone; NULL: all */
    bool values;          /* keep the feature values of who is ranked */
    bool barred;          /* keep who is barred */
    int64_t *scores;      /* count × suppliers, a barred pair holds `scores_barred`; NULL: not kept. Not with `only` */
    int64_t scores_barred;
    int threads;
    /*
     * For one demand, then for the same with one more answer each way (pipeline_sieve.h): `keep` keeps what was found of the one, where it was of use, else it
     * stays NULL; sieve_free. `base` is that, for the others; its barred suppliers are theirs, `rules` NULL.
     */
    struct sieve **keep;
    const struct sieve *base;
};

/* One demand's. */
struct bulk_ranked {
    struct top_k *best; /* best first */
    size_t count;
    size_t barred_count;
    double *values;         /* of best[i]: feature_count values from place · feature_count on; NULL: not kept */
    const uint64_t *barred; /* a bit a supplier; NULL: not kept */
};
struct bulk_answer {
    struct bulk_ranked *ranked; /* one a view */
    void *blocks[4];            /* what they point into */
};
ieum_status pipeline_bulk(const struct bulk_question *question, struct bulk_answer *answer, struct problem *problem);
void bulk_answer_free(struct bulk_answer *answer); /* a zeroed struct is fine */

#endif
