/* SPDX-License-Identifier: Apache-2.0 */
#include "folds.h"

#include <stdlib.h>

#include "../base/random.h"

const char *const split_kind_names[SPLIT_KINDS] = {"demand", "supplier", "both", "date"};

static int compare_numbers(const void *a, const void *b) {
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* The different keys, ascending, each with its part. */
struct dealt {
    int64_t *key;
    uint32_t *part;
    size_t count, parts;
};

static uint32_t part_of(const struct dealt *dealt, int64_t key) {
    const int64_t *found = bsearch(&key, dealt->key, dealt->count, sizeof key, compare_numbers);
    return dealt->part[found - dealt->key];
}

/* Shuffles the different keys and deals them out in turn. `keys` is sorted and shortened in place. */
static bool deal_keys(int64_t *keys, size_t count, size_t parts, uint64_t seed, struct arena *arena, struct dealt *dealt) {
    *dealt = (struct dealt){.key = keys};
    qsort(keys, count, sizeof *keys, compare_numbers);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || keys[i] != keys[dealt->count - 1]) keys[dealt->count++] = keys[i];
    uint32_t *order = arena_allocate_zero(arena, dealt->count, sizeof *order);
    dealt->part = arena_allocate_zero(arena, dealt->count, sizeof *dealt->part);
    if (!order || !dealt->part) return false;
    struct random random;
    random_seed(&random, seed);
    dealt->parts = parts < dealt->count ? parts : dealt->count;
    for (size_t i = 0; i < dealt->count; i++) {
        const size_t at = random_below(&random, i + 1);
        order[i] = order[at];
        order[at] = (uint32_t)i;
    }
    for (size_t i = 0; i < dealt->count; i++) dealt->part[order[i]] = (uint32_t)(i % dealt->parts);
    return true;
}

/* Cuts the different dates into parts + 1 runs of about as many examples. */
static bool cut_dates(int64_t *keys, size_t count, size_t parts, struct arena *arena, struct dealt *dealt) {
    *dealt = (struct dealt){.key = keys};
    qsort(keys, count, sizeof *keys, compare_numbers);
    dealt->part = arena_allocate_zero(arena, count, sizeof *dealt->part);
    if (!dealt->part) return false;
    uint32_t run = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && keys[i] == keys[dealt->count - 1]) continue;
        /* A new date: it opens the next run when the present one has its share. */
        if (i > 0 && run < parts && i * (parts + 1) >= count * (run + 1)) run++;
        dealt->part[dealt->count] = run;
        keys[dealt->count++] = keys[i];
    }
    if (run == 0 && dealt->count > 1) dealt->part[dealt->count - 1] = run = 1; /* a last date that holds most of the examples */
    dealt->parts = (size_t)run + 1;
    return true;
}

static ieum_status refuse_single(struct problem *problem, const char *what_ko, const char *what_en) {
    return problem_set(problem, IEUM_INVALID, "", "%1$s 하나뿐이라 학습 자료와 시험 자료로 나눌 수 없습니다.%2$.0s",
                       "There is only one %2$s%1$.0s, so the data cannot be split into training and test.", what_ko, what_en);
}

static int64_t key_of(const struct dataset *data, enum split_kind kind, uint32_t row) {
    if (kind == SPLIT_DATE) return data->date[row];
    return kind == SPLIT_SUPPLIER ? data->supplier[row] : data->group[row];
}

static ieum_status deal(const struct dataset *data, struct rows rows, enum split_kind kind, size_t parts, uint64_t seed, struct arena *arena,
                        struct dealt *dealt, struct problem *problem) {
    int64_t *keys = arena_allocate_zero(arena, rows.count, sizeof *keys);
    if (!keys) return problem_set_memory(problem);
    for (size_t i = 0; i < rows.count; i++) {
        const uint32_t row = rows.items[i];
        const bool lacks_supplier = kind == SPLIT_SUPPLIER && (!data->supplier || data->supplier[row] == DATASET_NONE);
        const bool lacks_date = kind == SPLIT_DATE && (!data->date || data->date[row] == DATASET_NO_DATE);
        if (lacks_supplier)
            return problem_set(problem, IEUM_INVALID, "", "학습 자료 %u번째 예에 공급기업이 없어 공급기업별로 나눌 수 없습니다.",
                               "Example %u of the training data has no supplier, so the data cannot be split by supplier.", row + 1);
        if (lacks_date)
            return problem_set(problem, IEUM_INVALID, "", "학습 자료 %u번째 예에 날짜가 없어 날짜순으로 나눌 수 없습니다.",
                               "Example %u of the training data has no date, so the data cannot be split by date.", row + 1);
        keys[i] = key_of(data, kind, row);
    }
    const bool done = kind == SPLIT_DATE ? cut_dates(keys, rows.count, parts, arena, dealt) : deal_keys(keys, rows.count, parts, seed, arena, dealt);
    if (!done) return problem_set_memory(problem);
    if (dealt->count > 1) return IEUM_OK;
    return kind == SPLIT_DATE       ? refuse_single(problem, "날짜가", "date")
           : kind == SPLIT_SUPPLIER ? refuse_single(problem, "공급기업이", "supplier")
                                    : refuse_single(problem, "수요과제가", "demand");
}

enum place { PLACE_NOWHERE, PLACE_TRAIN, PLACE_TEST };

/* Where an example stands in fold number `fold`; `one` and `two` are its parts (by demand, by supplier). */
static enum place place_of(enum split_kind kind, size_t fold, size_t second_parts, uint32_t one, uint32_t two) {
    if (kind == SPLIT_DATE) return one == fold + 1 ? PLACE_TEST : one <= fold ? PLACE_TRAIN : PLACE_NOWHERE;
    if (kind != SPLIT_BOTH) return one == fold ? PLACE_TEST : PLACE_TRAIN;
    const bool first = one == fold / second_parts, second = two == fold % second_parts;
    return first && second ? PLACE_TEST : first || second ? PLACE_NOWHERE : PLACE_TRAIN;
}

ieum_status folds_make(const struct dataset *data, struct rows rows, enum split_kind kind, size_t parts, uint64_t seed, struct arena *arena,
                       struct folds *folds, struct problem *problem) {
    *folds = (struct folds){0};
    if (rows.count == 0) return problem_set(problem, IEUM_INVALID, "", "학습할 자료가 없습니다.", "There are no data to learn from.");
    if (parts < 2 || parts > 1000) {
        problem_set(problem, IEUM_INVALID, "/folds", "교차 검증은 두 부분 이상으로 나눕니다.", "Cross-validation needs at least two parts.");
        problem_set_expected(problem, "2..1000");
        return problem->status;
    }
    struct dealt one = {0}, two = {.parts = 1};
    ieum_status status = deal(data, rows, kind, parts, seed, arena, &one, problem);
    if (status == IEUM_OK && kind == SPLIT_BOTH) status = deal(data, rows, SPLIT_SUPPLIER, parts, seed + 1, arena, &two, problem);
    if (status != IEUM_OK) return status;
    const size_t most = kind == SPLIT_DATE ? one.parts - 1 : one.parts * two.parts;
    folds->items = arena_allocate_zero(arena, most, sizeof *folds->items);
    if (!folds->items) return problem_set_memory(problem);
    for (size_t f = 0; f < most; f++) {
        uint32_t *train = arena_allocate_zero(arena, rows.count, sizeof *train), *test = arena_allocate_zero(arena, rows.count, sizeof *test);
        if (!train || !test) return problem_set_memory(problem);
        struct fold fold = {{train, 0}, {test, 0}};
        for (size_t i = 0; i < rows.count; i++) {
            const uint32_t row = rows.items[i];
            const enum place place = place_of(kind, f, two.parts, part_of(&one, key_of(data, kind, row)), kind == SPLIT_BOTH ? part_of(&two, data->supplier[row]) : 0);
            if (place == PLACE_TRAIN) train[fold.train.count++] = row;
            else if (place == PLACE_TEST) test[fold.test.count++] = row;
        }
        if (fold.train.count && fold.test.count) folds->items[folds->count++] = fold;
    }
    if (folds->count == 0)
        return problem_set(problem, IEUM_INVALID, "", "학습 자료와 시험 자료로 나누면 한쪽이 비게 됩니다.", "Split into training and test, one of them would always be empty.");
    return IEUM_OK;
}
