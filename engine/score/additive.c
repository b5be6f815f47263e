/* SPDX-License-Identifier: Apache-2.0 */
#include "additive.h"

#include <math.h>

double curve_value(const struct curve *curve, double z) {
    if (isnan(z)) return curve->missing;
    size_t piece = 0;
    while (piece + 2 < curve->count && z >= curve->at[piece + 1]) piece++;
    return curve->value[piece] + (z - curve->at[piece]) * curve->slope[piece];
}

int64_t additive_part(const struct additive_term *term, double z) { return llround(curve_value(&term->curve, z) * (double)SCORE_ONE); }

bool additive_from_rubric(const struct rubric *rubric, struct arena *arena, struct additive *additive) {
    static const double ends[2] = {0, 1};
    struct additive_term *terms = arena_allocate_zero(arena, rubric->count, sizeof *terms);
    double *values = arena_allocate_zero(arena, 2 * rubric->count, sizeof *values);
    double *slopes = arena_allocate_zero(arena, rubric->count, sizeof *slopes);
    if (!terms || !values || !slopes) return false;
    for (size_t t = 0; t < rubric->count; t++) {
        const struct rubric_term *term = &rubric->terms[t];
        values[2 * t + 1] = slopes[t] = term->share;
        terms[t] = (struct additive_term){term->feature, term->criterion,
                                          {ends, values + 2 * t, slopes + t, 2, term->share * term->missing}};
    }
    *additive = (struct additive){.terms = terms, .count = rubric->count};
    return true;
}

int64_t additive_score(const struct additive *additive, const double *values, size_t stride, int64_t *contributions) {
    int64_t score = additive->bias;
    for (size_t t = 0; t < additive->count; t++) {
        const struct additive_term *term = &additive->terms[t];
        const double z = term->feature == ADDITIVE_RUBRIC ? (double)rubric_score(additive->rubric, values, stride, NULL) / (double)SCORE_ONE
                                                          : values[term->feature * stride];
        const int64_t part = additive_part(term, z);
        if (contributions) contributions[t] = part;
        score += part;
    }
    return score;
}
