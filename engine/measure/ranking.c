/* SPDX-License-Identifier: Apache-2.0 */
/* One short function a measure. Discounts are 1 / ln(r + 1) instead of 1 / log2(r + 1): the factor falls out of the quotient. */
#include "ranking.h"

#include <math.h>

#include "../base/elementary.h"

static size_t depth_of(const struct ranking_measure *measure, size_t count) {
    return measure->cutoff && measure->cutoff < count ? measure->cutoff : count;
}

static size_t count_relevant(const struct ranking_measure *measure, const int32_t *grades, size_t count) {
    size_t relevant = 0;
    for (size_t i = 0; i < count; i++) relevant += grades[i] >= measure->rel;
    return relevant;
}

static double discounted_gain(const struct ranking_measure *measure, const int32_t *grades, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (grades[i] <= 0) continue;
        const double gain = measure->exponential ? ldexp(1.0, grades[i]) - 1.0 : (double)grades[i];
        sum += gain / exact_ln((double)i + 2.0);
    }
    return sum;
}

static double measure_ndcg(const struct ranking_measure *measure, const struct judged_ranking *ranking) {
    const double best = discounted_gain(measure, ranking->pool, depth_of(measure, ranking->pool_count));
    return best > 0 ? discounted_gain(measure, ranking->grades, depth_of(measure, ranking->count)) / best : 0.0;
}

static double measure_ap(const struct ranking_measure *measure, const struct judged_ranking *ranking) {
    const size_t relevant = count_relevant(measure, ranking->pool, ranking->pool_count), depth = depth_of(measure, ranking->count);
    size_t found = 0;
    double sum = 0;
    for (size_t i = 0; i < depth; i++)
        if (ranking->grades[i] >= measure->rel) sum += (double)++found / ((double)i + 1.0);
    return found ? sum / (double)relevant : 0.0;
}

static double measure_rr(const struct ranking_measure *measure, const struct judged_ranking *ranking) {
    const size_t depth = depth_of(measure, ranking->count);
    for (size_t i = 0; i < depth; i++)
        if (ranking->grades[i] >= measure->rel) return 1.0 / ((double)i + 1.0);
    return 0.0;
}

static double measure_bpref(const struct ranking_measure *measure, const struct judged_ranking *ranking) {
    const size_t relevant = count_relevant(measure, ranking->pool, ranking->pool_count);
    size_t others = 0, before = 0;
    double sum = 0;
    for (size_t i = 0; i < ranking->pool_count; i++) others += ranking->pool[i] >= 0 && ranking->pool[i] < measure->rel;
    const size_t least = others < relevant ? others : relevant;
    for (size_t i = 0; i < ranking->count; i++) {
        if (ranking->grades[i] < 0) continue;
        if (ranking->grades[i] < measure->rel) before++;
        else sum += before ? 1.0 - (double)(before < relevant ? before : relevant) / (double)least : 1.0;
    }
    return relevant ? sum / (double)relevant : 0.0;
}

static double measure_judged(const struct ranking_measure *measure, const struct judged_ranking *ranking) {
    const size_t depth = depth_of(measure, ranking->count);
    size_t judged = 0;
    for (size_t i = 0; i < depth; i++) judged += ranking->grades[i] != RANKING_NOT_JUDGED;
    return depth ? (double)judged / (double)depth : 0.0;
}

double ranking_measure_value(const struct ranking_measure *measure, const struct judged_ranking *ranking) {
    const size_t found = count_relevant(measure, ranking->grades, depth_of(measure, ranking->count));
    const size_t relevant = count_relevant(measure, ranking->pool, ranking->pool_count);
    switch (measure->kind) {
    case RANKING_NDCG: return measure_ndcg(measure, ranking);
    case RANKING_AP: return measure_ap(measure, ranking);
    case RANKING_P: return (double)found / (double)measure->cutoff;
    case RANKING_R: return relevant ? (double)found / (double)relevant : 0.0;
    case RANKING_RR: return measure_rr(measure, ranking);
    case RANKING_BPREF: return measure_bpref(measure, ranking);
    case RANKING_SUCCESS: return found ? 1.0 : 0.0;
    case RANKING_JUDGED: return measure_judged(measure, ranking);
    }
    return 0.0;
}
