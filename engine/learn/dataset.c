/* SPDX-License-Identifier: Apache-2.0 */
#include "dataset.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../base/memory.h"

static ieum_status refuse_number(struct problem *problem, size_t example, const char *what_ko, const char *what_en, double value, const char *expected) {
    char text[40];
    snprintf(text, sizeof text, "%.6g", value);
    problem_set(problem, IEUM_INVALID, "", "학습 자료 %zu번째 예의 %s 값을 쓸 수 없습니다.", "Example %1$zu of the training data: the %3$s%2$.0s cannot be used.",
                example + 1, what_ko, what_en);
    problem_set_value(problem, text);
    problem_set_expected(problem, expected);
    return IEUM_INVALID;
}

static ieum_status check_table(const struct side_table *table, const char *side_ko, const char *side_en, struct problem *problem) {
    for (size_t i = 0; i < table->rows; i++)
        for (size_t j = 0; j < table->columns; j++)
            if (isinf(table->values[i * table->columns + j]))
                return problem_set(problem, IEUM_INVALID, "", "%1$s 벡터 %3$zu번째 줄의 좌표 “%4$s” 값이 무한대입니다.%2$.0s",
                                   "Row %3$zu of the %2$s%1$.0s vectors: coordinate \"%4$s\" is infinite.", side_ko, side_en, i + 1, table->names[j]);
    return IEUM_OK;
}

static ieum_status check_example(const struct dataset *data, size_t i, struct problem *problem) {
    if (!(data->grade[i] >= 0) || isinf(data->grade[i])) return refuse_number(problem, i, "등급", "grade", data->grade[i], "0 ≤ x < ∞");
    if (data->weight && (!(data->weight[i] >= 0) || isinf(data->weight[i])))
        return refuse_number(problem, i, "가중치", "weight", data->weight[i], "0 ≤ x < ∞");
    if (data->propensity && (data->propensity[i] <= 0 || data->propensity[i] > 1))
        return refuse_number(problem, i, "노출 확률", "propensity", data->propensity[i], "0 < x ≤ 1");
    for (size_t j = 0; j < data->feature_count; j++)
        if (isinf(data->features[i * data->feature_count + j]))
            return problem_set(problem, IEUM_INVALID, "", "학습 자료 %zu번째 예의 특성값 “%s”이(가) 무한대입니다.",
                               "Example %zu of the training data: feature \"%s\" is infinite.", i + 1, data->feature_names[j]);
    const bool demand_missing = data->demand.columns && data->group[i] >= data->demand.rows;
    const bool offer_missing = data->offer.columns && (!data->supplier || data->supplier[i] >= data->offer.rows);
    if (demand_missing || offer_missing)
        return problem_set(problem, IEUM_INVALID, "", "학습 자료 %1$zu번째 예에 %2$s 벡터가 없습니다.", "Example %1$zu of the training data has no %3$s%2$.0s vector.",
                           i + 1, demand_missing ? "수요과제" : "공급기업", demand_missing ? "demand" : "supplier");
    return IEUM_OK;
}

ieum_status dataset_check(const struct dataset *data, struct problem *problem) {
    if (data->count == 0)
        return problem_set(problem, IEUM_INVALID, "", "학습할 자료가 없습니다.", "There are no data to learn from.");
    if (data->count >= DATASET_NONE)
        return problem_set(problem, IEUM_LIMIT, "", "학습 자료가 너무 많습니다(%zu건).", "There are too many examples (%zu).", data->count);
    if (data->feature_count == 0 && data->demand.columns == 0 && data->offer.columns == 0)
        return problem_set(problem, IEUM_INVALID, "", "학습 자료에 특성값이 하나도 없습니다.", "The training data have no features.");
    ieum_status status = check_table(&data->demand, "수요과제", "demand", problem);
    if (status == IEUM_OK) status = check_table(&data->offer, "공급기업", "supplier", problem);
    for (size_t i = 0; status == IEUM_OK && i < data->count; i++) status = check_example(data, i, problem);
    return status;
}

ieum_status dataset_weights(const struct dataset *data, struct rows rows, double clip, double *weights, struct problem *problem) {
    double sum = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const uint32_t row = rows.items[i];
        double weight = data->weight ? data->weight[row] : 1;
        if (data->propensity && !isnan(data->propensity[row])) {
            const double inverse = 1 / data->propensity[row];
            weight *= inverse > clip ? clip : inverse;
        }
        weights[i] = weight;
        sum += weight;
    }
    if (!(sum > 0) || isinf(sum))
        return problem_set(problem, IEUM_INVALID, "", "학습 자료의 가중치가 모두 0이거나 너무 큽니다.", "The weights of the examples are all 0, or too great.");
    for (size_t i = 0; i < rows.count; i++) weights[i] *= (double)rows.count / sum;
    return IEUM_OK;
}

static int compare_keys(const void *a, const void *b) {
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

bool group_rows(const struct dataset *data, struct rows rows, struct grouped *grouped) {
    *grouped = (struct grouped){0};
    uint64_t *keys = memory_allocate_zero(rows.count, sizeof *keys);
    grouped->rows = memory_allocate_zero(rows.count, sizeof *grouped->rows);
    grouped->first = memory_allocate_zero(rows.count + 1, sizeof *grouped->first);
    grouped->group = memory_allocate_zero(rows.count, sizeof *grouped->group);
    const bool room = keys && grouped->rows && grouped->first && grouped->group;
    if (room) {
        for (size_t i = 0; i < rows.count; i++) keys[i] = (uint64_t)data->group[rows.items[i]] << 32 | i;
        qsort(keys, rows.count, sizeof *keys, compare_keys);
        for (size_t i = 0; i < rows.count; i++) {
            const uint32_t group = (uint32_t)(keys[i] >> 32);
            if (i == 0 || group != grouped->group[grouped->count - 1]) {
                grouped->group[grouped->count] = group;
                grouped->first[grouped->count++] = i;
            }
            grouped->rows[i] = rows.items[keys[i] & UINT32_MAX];
        }
        grouped->first[grouped->count] = rows.count;
    }
    memory_free(keys);
    if (!room) grouped_free(grouped);
    return room;
}

void grouped_free(struct grouped *grouped) {
    memory_free(grouped->rows);
    memory_free(grouped->first);
    memory_free(grouped->group);
    *grouped = (struct grouped){0};
}

static size_t count_distinct(uint64_t *keys, size_t count) {
    size_t distinct = 0;
    qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 0; i < count; i++) distinct += i == 0 || keys[i] != keys[i - 1];
    return distinct;
}

static void write_note(struct exposure_note *note) {
    if (isnan(note->never_proposed)) {
        snprintf(note->ko, sizeof note->ko, "학습 자료 %zu건(수요과제 %zu개)에 노출 확률이 없습니다. 한 번이라도 제안된 쌍의 결과만 배우므로 점수가 그쪽으로 치우칠 수 있습니다.",
                 note->examples, note->demands);
        snprintf(note->en, sizeof note->en,
                 "The %zu examples (%zu demands) carry no propensities. Only pairs that were once proposed have outcomes, so scores may lean towards them.",
                 note->examples, note->demands);
        return;
    }
    snprintf(note->ko, sizeof note->ko,
             "학습 자료 %zu건(수요과제 %zu개, 공급기업 %zu개)에 노출 확률이 없습니다. 가능한 쌍의 %.1f %%는 한 번도 제안된 적이 없어, 점수가 제안된 적 있는 쌍 쪽으로 치우칠 수 있습니다.",
             note->examples, note->demands, note->suppliers, 100 * note->never_proposed);
    snprintf(note->en, sizeof note->en,
             "The %zu examples (%zu demands, %zu suppliers) carry no propensities. %.1f %% of the possible pairs were never proposed, so scores may lean towards those that were.",
             note->examples, note->demands, note->suppliers, 100 * note->never_proposed);
}

ieum_status dataset_exposure(const struct dataset *data, size_t suppliers, struct exposure_note *note, struct problem *problem) {
    *note = (struct exposure_note){.examples = data->count, .never_proposed = NAN, .needed = !data->propensity};
    uint64_t *keys = memory_allocate_zero(data->count, sizeof *keys);
    if (!keys) return problem_set_memory(problem);
    for (size_t i = 0; i < data->count; i++) {
        keys[i] = data->group[i];
        note->needed = note->needed || isnan(data->propensity[i]);
    }
    note->demands = count_distinct(keys, data->count);
    size_t known = 0;
    for (size_t i = 0; data->supplier && i < data->count; i++)
        if (data->supplier[i] != DATASET_NONE) keys[known++] = data->supplier[i];
    if (known) {
        const size_t occurring = count_distinct(keys, known);
        note->suppliers = suppliers > occurring ? suppliers : occurring;
        known = 0;
        for (size_t i = 0; i < data->count; i++)
            if (data->supplier[i] != DATASET_NONE) keys[known++] = (uint64_t)data->group[i] << 32 | data->supplier[i];
        note->pairs = count_distinct(keys, known);
        note->never_proposed = 1 - (double)note->pairs / ((double)note->demands * (double)note->suppliers);
    }
    memory_free(keys);
    if (note->needed) write_note(note);
    return IEUM_OK;
}
