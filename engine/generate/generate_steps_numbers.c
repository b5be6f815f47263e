/* SPDX-License-Identifier: Apache-2.0 */
/* Steps that draw shares, numbers and days. Sums of a profile are meant for as many records as it has, and are scaled when another number is asked
 * for. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../record/registration.h"
#include "draw.h"
#include "generate_steps.h"

/* ---- shares: {"counts": {key: weight}}, or one such table for each key of `given`; {"values": {key: JSON}} where the key is not the value ---- */

static ieum_status allocate_group(struct making *making, size_t *group, size_t size, const jval *counts, struct problem *problem) {
    const jval *values = jval_get(making->step, "values");
    const size_t kinds = jval_count(counts);
    double *weights = arena_allocate_zero(making->arena, kinds + 1, sizeof *weights), sum = 0;
    size_t *shares = arena_allocate_zero(making->arena, kinds + 1, sizeof *shares), k = 0, next = 0;
    if (!weights || !shares) return problem_set_memory(problem);
    for (void *one = jval_first(counts); one; one = jval_next(counts, one), k++) {
        weights[k] = jval_number(jval_value(one));
        if (!(weights[k] >= 0 && weights[k] <= 1e12))
            return step_refuse(making, "counts", jval_value(one), "0 이상의 수를 적습니다.", "Shares are numbers from 0.", problem);
        sum += weights[k];
    }
    if (sum <= 0) return step_refuse(making, "counts", counts, "몫의 합이 0입니다.", "The shares add up to 0.", problem);
    draw_allocate(weights, kinds, size, shares);
    draw_shuffle(&making->random, group, size);
    k = 0;
    for (void *one = jval_first(counts); one; one = jval_next(counts, one), k++) {
        const jval *value = jval_get(values, jval_key(one));
        for (size_t i = 0; i < shares[k]; i++, next++)
            step_put(making, group[next], jval_key(one), values ? jval_copy(value) : jval_new_text(jval_key(one)));
    }
    return IEUM_OK;
}

ieum_status step_allocate(struct making *making, struct problem *problem) {
    const jval *counts = jval_get(making->step, "counts");
    size_t *group = arena_allocate(making->arena, (making->count + 1) * sizeof *group);
    if (!group) return problem_set_memory(problem);
    if (!jval_is(counts, JVAL_OBJECT)) return step_refuse(making, "counts", NULL, "몫의 표가 필요합니다.", "A table of shares is needed.", problem);
    if (!making->given) return allocate_group(making, making->chosen, making->chosen_count, counts, problem);
    size_t done = 0;
    for (void *one = jval_first(counts); one; one = jval_next(counts, one)) {
        size_t size = 0;
        for (size_t c = 0; c < making->chosen_count; c++) {
            const char *key = making->given->keys[making->chosen[c]];
            if (key && strcmp(key, jval_key(one)) == 0) group[size++] = making->chosen[c];
        }
        done += size;
        ieum_status status = size ? allocate_group(making, group, size, jval_value(one), problem) : IEUM_OK;
        if (status != IEUM_OK) return status;
    }
    return done == making->chosen_count ? IEUM_OK
                                        : step_refuse(making, "counts", NULL, "앞 단계에서 나온 값에 대한 몫이 없습니다.",
                                                      "A value that the step before drew has no shares.", problem);
}

/* ---- whole numbers: {"range": [least, most], "step"?, "total"?} ---- */

ieum_status step_number(struct making *making, struct problem *problem) {
    int64_t step = 1, total = 0;
    const size_t count = making->chosen_count;
    int64_t *least = arena_allocate_zero(making->arena, count + 1, sizeof *least),
            *most = arena_allocate_zero(making->arena, count + 1, sizeof *most);
    int64_t *values = arena_allocate_zero(making->arena, count + 1, sizeof *values);
    double *u = arena_allocate_zero(making->arena, count + 1, sizeof *u);
    if (!least || !most || !values || !u) return problem_set_memory(problem);
    ieum_status status = field_integer(making->step, making->at, "step", false, 1, INT64_C(1000000000000), &step, problem);
    if (status == IEUM_OK) status = field_integer(making->step, making->at, "total", false, 1, INT64_C(9000000000000000), &total, problem);
    for (size_t c = 0; c < count && status == IEUM_OK; c++) {
        status = step_range(making, "range", making->chosen[c], 1, &least[c], &most[c], problem);
        least[c] = (least[c] + step - 1) / step;
        most[c] = most[c] / step;
        if (status == IEUM_OK && most[c] < least[c])
            status = step_refuse(making, "step", NULL, "범위 안에 이 단위의 수가 없습니다.", "The range has no multiple of this step.", problem);
        u[c] = random_unit(&making->random) * (1 - 0x1p-52) + 0x1p-53;
        values[c] = draw_log_between(&making->random, least[c], status == IEUM_OK ? most[c] : least[c]);
    }
    if (status == IEUM_OK && total) {
        const int64_t scaled =
            making->asked == making->count ? total / step : (int64_t)((double)total / (double)step * (double)making->count / (double)making->asked);
        if (!draw_total(least, most, u, count, scaled, values))
            status = step_refuse(making, "total", NULL, "범위 안의 수로는 이 합이 나오지 않습니다.",
                                 "Numbers within the ranges cannot add up to this.", problem);
    }
    for (size_t c = 0; c < count && status == IEUM_OK; c++) step_put(making, making->chosen[c], NULL, jval_new_integer(values[c] * step));
    return status;
}

/* ---- points: {"mean", "spread", "range": [least, most], "decimals": 0..3, "lower"?: {column: {key: points}}}; the mean comes out to the last
 * decimal ---- */

static double lowered(const struct making *making, size_t i) {
    const jval *lower = jval_get(making->step, "lower");
    double points = 0;
    for (void *one = jval_first(lower); one; one = jval_next(lower, one)) {
        const struct column *column = making_column(making, jval_key(one));
        if (column && column->keys[i]) points += jval_number(jval_get(jval_value(one), column->keys[i]));
    }
    return points;
}

ieum_status step_mean(struct making *making, struct problem *problem) {
    const size_t count = making->chosen_count;
    double mean = 0, spread = 0, unit = 1;
    int64_t decimals = 0, least = 0, most = 100;
    double *shape = arena_allocate_zero(making->arena, count + 1, sizeof *shape);
    int64_t *values = arena_allocate_zero(making->arena, count + 1, sizeof *values);
    if (!shape || !values) return problem_set_memory(problem);
    ieum_status status = field_number(making->step, making->at, "mean", true, -1e9, 1e9, &mean, problem);
    if (status == IEUM_OK) status = field_number(making->step, making->at, "spread", true, 0, 1e9, &spread, problem);
    if (status == IEUM_OK) status = field_integer(making->step, making->at, "decimals", false, 0, 3, &decimals, problem);
    if (status == IEUM_OK && count) status = step_range(making, "range", making->chosen[0], INT32_MIN, &least, &most, problem);
    if (status != IEUM_OK) return status;
    for (int64_t d = 0; d < decimals; d++) unit *= 10;
    for (size_t c = 0; c < count; c++) shape[c] = (mean + spread * draw_bell(&making->random) - lowered(making, making->chosen[c])) * unit;
    if (!draw_shifted(shape, count, least * (int64_t)unit, most * (int64_t)unit, (int64_t)floor(mean * unit * (double)count + 0.5), values))
        return step_refuse(making, "mean", NULL, "범위 안의 수로는 이 평균이 나오지 않습니다.", "Numbers within the range cannot have this mean.",
                           problem);
    for (size_t c = 0; c < count; c++)
        step_put(making, making->chosen[c], NULL, decimals ? jval_new_number((double)values[c] / unit) : jval_new_integer(values[c]));
    return IEUM_OK;
}

/* ---- days: {"days": ["2015-01-01", "2020-12-31"]} ---- */

static int64_t days_between(struct date from, struct date to) {
    int64_t low = 0, high = 400 * 366; /* the greatest span that dates here have */
    while (low < high) {
        const int64_t middle = (low + high + 1) / 2;
        if (date_compare(date_add_days(from, middle), to) <= 0)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

ieum_status step_day(struct making *making, struct problem *problem) {
    for (size_t c = 0; c < making->chosen_count; c++) {
        const jval *range = NULL;
        struct date from, to;
        char text[11];
        ieum_status status = step_table(making, "days", making->chosen[c], &range, problem);
        if (status != IEUM_OK) return status;
        if (!date_read(jval_text(jval_at(range, 0)), &from) || !date_read(jval_text(jval_at(range, 1)), &to) || date_compare(from, to) > 0)
            return step_refuse(making, "days", range, "[첫날, 끝날]을 YYYY-MM-DD로 적습니다.", "This is [first day, last day] as YYYY-MM-DD.",
                               problem);
        date_write(date_add_days(from, (int64_t)random_below(&making->random, (uint64_t)days_between(from, to) + 1)), text);
        step_put(making, making->chosen[c], NULL, jval_new_text(text));
    }
    return IEUM_OK;
}

/* ---- a range of money: {"range": of the low end, "times": [of it, in percent], "step"} ---- */

ieum_status step_span(struct making *making, struct problem *problem) {
    int64_t step = 1;
    ieum_status status = field_integer(making->step, making->at, "step", true, 1, INT64_C(1000000000000), &step, problem);
    for (size_t c = 0; c < making->chosen_count && status == IEUM_OK; c++) {
        int64_t least = 0, most = 0, few = 0, many = 0;
        const size_t i = making->chosen[c];
        status = step_range(making, "range", i, step, &least, &most, problem);
        if (status == IEUM_OK) status = step_range(making, "times", i, 100, &few, &many, problem);
        if (status != IEUM_OK) break;
        const int64_t low = draw_log_between(&making->random, least / step, most / step),
                      percent = few + (int64_t)random_below(&making->random, (uint64_t)(many - few) + 1);
        jval *pair = jval_new_array();
        jval_append(pair, jval_new_integer(low * step));
        jval_append(pair, jval_new_integer(low * percent / 100 * step));
        step_put(making, i, NULL, pair);
    }
    return status;
}

/* ---- registration numbers of the office 000, which no tax office has: {"first": serial of the set's first record} ---- */

ieum_status step_registration(struct making *making, struct problem *problem) {
    enum { OF_A_KIND = 10000, KINDS = 99 };
    int64_t first = 0;
    ieum_status status = field_integer(making->step, making->at, "first", true, 0, (int64_t)KINDS * OF_A_KIND - 1, &first, problem);
    for (size_t c = 0; c < making->chosen_count && status == IEUM_OK; c++) {
        const int64_t serial = first + (int64_t)making->chosen[c];
        if (serial >= (int64_t)KINDS * OF_A_KIND)
            return step_refuse(making, "first", NULL, "가상 등록번호가 모자랍니다.", "There are not enough synthetic registration numbers.", problem);
        char text[40] = "";
        for (char check = '0'; check <= '9'; check++) {
            snprintf(text, sizeof text, "000-%02d-%04d%c", (int)(serial / OF_A_KIND) + 1, (int)(serial % OF_A_KIND), check);
            if (registration_read(text, NULL)) break;
        }
        step_put(making, making->chosen[c], NULL, jval_new_text(text));
    }
    return status;
}
