/* SPDX-License-Identifier: Apache-2.0 */
#include "rubric.h"

#include <math.h>

ieum_status rubric_compile(const struct program *program, bool fit_only, struct arena *arena, struct rubric *rubric,
                           struct problem *problem) {
    size_t count = 0;
    double total = 0;
    for (size_t c = 0; c < program->criterion_count; c++) {
        if (fit_only && !program->criteria[c].fit) continue;
        count += program->criteria[c].part_count;
        total += program->criteria[c].points;
    }
    if (count == 0 || total <= 0)
        return problem_set(problem, IEUM_INVALID, "/criteria", "사업 '%s'에는 점수를 매길 평가 항목이 없습니다.",
                           "The program '%s' has no criterion to score by.", program->id);
    struct rubric_term *terms = arena_allocate(arena, count * sizeof *terms);
    if (!terms) return problem_set_memory(problem);
    count = 0;
    for (size_t c = 0; c < program->criterion_count; c++) {
        const struct criterion *criterion = &program->criteria[c];
        if (fit_only && !criterion->fit) continue;
        for (size_t p = 0; p < criterion->part_count; p++)
            terms[count++] = (struct rubric_term){(uint32_t)c, (uint32_t)criterion->parts[p].feature,
                                                  criterion->points / total * criterion->parts[p].weight, criterion->parts[p].missing};
    }
    *rubric = (struct rubric){terms, count, total};
    return IEUM_OK;
}

int64_t rubric_score(const struct rubric *rubric, const double *values, size_t stride, int64_t *contributions) {
    int64_t score = 0;
    for (size_t t = 0; t < rubric->count; t++) {
        const struct rubric_term *term = &rubric->terms[t];
        double value = values[term->feature * stride];
        int64_t part = llround(term->share * (isnan(value) ? term->missing : value) * (double)SCORE_ONE);
        if (contributions) contributions[t] = part;
        score += part;
    }
    return score;
}
