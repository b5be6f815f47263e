/* SPDX-License-Identifier: Apache-2.0 */
/*
 * BM25 of a shard: bags of numbered terms in, the statistics of the whole collection given (ieum.h, ieum_text_statistics). Scores are byte for byte
 * those of text/index.c over the whole collection, for the same terms in the same order. Must not change after it is built; read by any number of
 * threads.
 */
#ifndef IEUM_TEXT_SHARD_H
#define IEUM_TEXT_SHARD_H

#include "../base/problem.h"

ieum_status text_shard_new(const ieum_text_statistics *statistics, const ieum_bags *documents, const double *lengths, ieum_text_shard **shard,
                           struct problem *problem);
void text_shard_free(ieum_text_shard *shard);
/* scores[query · documents + document]. */
ieum_status text_shard_scores(const ieum_text_shard *shard, const ieum_bags *queries, int threads, double *scores, struct problem *problem);

#endif
