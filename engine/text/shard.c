/* SPDX-License-Identifier: Apache-2.0 */
/* Postings by term with finished weights, as index.c lays them; the formula and the order of its operations are the same, so that the bytes are. */
#include "shard.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/parallel.h"
#include "bm25.h"

struct posting {
    double weight;
    uint32_t document;
};

struct ieum_text_shard {
    size_t documents, terms;
    double k1;
    uint64_t *first; /* of each term, and one more */
    struct posting *postings;
    double *rarity; /* idf of each term */
};

static ieum_status refuse(struct problem *problem, const char *ko, const char *en, size_t at) { return problem_set(problem, IEUM_INVALID, "", ko, en, at); }

static ieum_status check_statistics(const ieum_text_statistics *given, struct problem *problem) {
    if (!(given->k1 >= 0) || !isfinite(given->k1) || !(given->b >= 0 && given->b <= 1))
        return problem_set(problem, IEUM_INVALID, "", "BM25의 k1은 0 이상, b는 0~1이어야 합니다.", "BM25 needs k1 of at least 0 and b within 0..1.");
    if (!(given->average_length > 0) || !isfinite(given->average_length) || !(given->least_length >= 0) || !isfinite(given->least_length))
        return problem_set(problem, IEUM_INVALID, "", "평균 길이는 0보다 커야 하고 최소 길이는 0 이상이어야 합니다.",
                           "The average length must be above 0 and the least length at least 0.");
    if (given->terms >= UINT32_MAX) return problem_set(problem, IEUM_LIMIT, "", "용어는 2^32−2개까지입니다.", "At most 2^32 − 2 terms.");
    for (size_t t = 0; t < given->terms; t++)
        if (given->with_term[t] > given->documents)
            return refuse(problem, "용어 %zu이(가) 전체 문서보다 많은 문서에 있다고 되어 있습니다.", "Term %zu is said to be in more documents than there are.", t);
    return IEUM_OK;
}

/* `last`: of each term, the row that had it last, counted from 1; zeros at first. */
static ieum_status check_bags(const ieum_bags *bags, size_t terms, uint32_t *last, struct problem *problem) {
    if (bags->count >= UINT32_MAX) return problem_set(problem, IEUM_LIMIT, "", "행은 2^32−2개까지입니다.", "At most 2^32 − 2 rows.");
    if (bags->first[0] != 0) return refuse(problem, "용어 목록이 %zu에서 시작해야 합니다.", "The list of terms must begin at %zu.", 0);
    for (size_t r = 0; r < bags->count; r++) {
        if (bags->first[r + 1] < bags->first[r]) return refuse(problem, "%zu행의 끝이 시작보다 앞입니다.", "Row %zu ends before it begins.", r + 1);
        for (uint64_t i = bags->first[r]; i < bags->first[r + 1]; i++) {
            if (bags->terms[i] >= terms) return refuse(problem, "%zu행에 없는 용어 번호가 있습니다.", "Row %zu has a term number that does not exist.", r + 1);
            if (!(bags->frequencies[i] > 0) || !isfinite(bags->frequencies[i]))
                return refuse(problem, "%zu행에 0보다 크지 않은 빈도가 있습니다.", "Row %zu has a frequency that is not above 0.", r + 1);
            if (last[bags->terms[i]] == r + 1) return refuse(problem, "%zu행에 같은 용어가 두 번 있습니다.", "Row %zu has a term twice.", r + 1);
            last[bags->terms[i]] = (uint32_t)(r + 1);
        }
    }
    return IEUM_OK;
}

/* Counted two places up and filled one place up, the starts slide into place without a second array. */
static void lay_postings(ieum_text_shard *shard, const ieum_text_statistics *given, const ieum_bags *documents, const double *lengths) {
    uint64_t *cursor = shard->first + 1;
    for (uint64_t i = 0; i < documents->first[documents->count]; i++) cursor[documents->terms[i] + 1]++;
    for (size_t t = 0; t < given->terms; t++) cursor[t + 1] += cursor[t];
    for (size_t d = 0; d < documents->count; d++) {
        const double share = lengths[d] / given->average_length;
        const double bend = bm25_bend(given->k1, given->b, given->least_length, share);
        for (uint64_t i = documents->first[d]; i < documents->first[d + 1]; i++) {
            const double weight = bm25_weight(documents->frequencies[i], given->k1, bend);
            shard->postings[cursor[documents->terms[i]]++] = (struct posting){weight, (uint32_t)d};
        }
    }
    for (size_t t = 0; t < given->terms; t++) shard->rarity[t] = bm25_rarity((double)given->documents, (double)given->with_term[t]);
}

ieum_status text_shard_new(const ieum_text_statistics *statistics, const ieum_bags *documents, const double *lengths, ieum_text_shard **shard,
                           struct problem *problem) {
    ieum_status status = check_statistics(statistics, problem);
    if (status != IEUM_OK) return status;
    uint32_t *last = memory_allocate_zero(statistics->terms, sizeof *last);
    status = last ? check_bags(documents, statistics->terms, last, problem) : problem_set_memory(problem);
    memory_free(last);
    for (size_t d = 0; d < documents->count && status == IEUM_OK; d++)
        if (!(lengths[d] >= 0) || !isfinite(lengths[d])) status = refuse(problem, "%zu행의 길이가 올바르지 않습니다.", "Row %zu has a length that is no length.", d + 1);
    if (status != IEUM_OK) return status;
    ieum_text_shard *self = memory_allocate_zero(1, sizeof *self);
    if (!self) return problem_set_memory(problem);
    self->documents = documents->count;
    self->terms = statistics->terms;
    self->k1 = statistics->k1;
    self->first = memory_allocate_zero(statistics->terms + 2, sizeof *self->first);
    self->postings = memory_resize(NULL, documents->first[documents->count], sizeof *self->postings);
    self->rarity = memory_resize(NULL, statistics->terms, sizeof *self->rarity);
    if (!self->first || !self->postings || !self->rarity) {
        text_shard_free(self);
        return problem_set_memory(problem);
    }
    lay_postings(self, statistics, documents, lengths);
    *shard = self;
    return IEUM_OK;
}

void text_shard_free(ieum_text_shard *shard) {
    if (!shard) return;
    memory_free(shard->first);
    memory_free(shard->postings);
    memory_free(shard->rarity);
    memory_free(shard);
}

struct asking {
    const ieum_text_shard *shard;
    const ieum_bags *queries;
    double *scores;
};

static void score_query(void *context, size_t query, int worker) {
    const struct asking *asking = context;
    const ieum_text_shard *shard = asking->shard;
    const ieum_bags *queries = asking->queries;
    double *scores = asking->scores + query * shard->documents, self = 0;
    (void)worker;
    for (size_t d = 0; d < shard->documents; d++) scores[d] = 0;
    for (uint64_t i = queries->first[query]; i < queries->first[query + 1]; i++) {
        const uint32_t term = queries->terms[i];
        const double frequency = queries->frequencies[i], factor = frequency * shard->rarity[term];
        self += bm25_own(factor, frequency, shard->k1);
        for (uint64_t at = shard->first[term]; at < shard->first[term + 1]; at++) scores[shard->postings[at].document] += factor * shard->postings[at].weight;
    }
    for (size_t d = 0; d < shard->documents && self > 0; d++) scores[d] = scores[d] < self ? scores[d] / self : 1.0;
}

ieum_status text_shard_scores(const ieum_text_shard *shard, const ieum_bags *queries, int threads, double *scores, struct problem *problem) {
    uint32_t *last = memory_allocate_zero(shard->terms, sizeof *last);
    const ieum_status status = last ? check_bags(queries, shard->terms, last, problem) : problem_set_memory(problem);
    struct asking asking = {shard, queries, scores};
    memory_free(last);
    if (status == IEUM_OK) parallel_for(threads, queries->count, score_query, &asking);
    return status;
}
