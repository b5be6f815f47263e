/* SPDX-License-Identifier: Apache-2.0 */
#include "reliability.h"

#include <math.h>

#include "../base/elementary.h"

static const double LEAST = 1e-15;

void reliability_measure(const double *probability, const bool *good, size_t count, struct reliability *reliability) {
    struct reliability sum = {0};
    for (size_t i = 0; i < count; i++) {
        const double p = probability[i], outcome = good[i] ? 1 : 0;
        if (isnan(p)) continue;
        const double given = good[i] ? p : 1 - p;
        size_t bin = (size_t)(p * RELIABILITY_BINS);
        if (bin >= RELIABILITY_BINS) bin = RELIABILITY_BINS - 1;
        sum.count++;
        sum.good += good[i];
        sum.brier += (p - outcome) * (p - outcome);
        sum.log_loss -= exact_ln(given < LEAST ? LEAST : given > 1 - LEAST ? 1 - LEAST : given);
        sum.bins[bin].count++;
        sum.bins[bin].probability += p;
        sum.bins[bin].observed += outcome;
    }
    const double all = (double)sum.count, share = (double)sum.good / all;
    sum.brier /= all;
    sum.log_loss /= all;
    sum.base_brier = share * (1 - share);
    for (size_t b = 0; b < RELIABILITY_BINS; b++) {
        struct reliability_bin *bin = &sum.bins[b];
        bin->probability /= (double)bin->count;
        bin->observed /= (double)bin->count;
        if (bin->count) sum.calibration += (double)bin->count / all * fabs(bin->probability - bin->observed);
    }
    if (sum.count == 0) sum.calibration = NAN;
    *reliability = sum;
}
