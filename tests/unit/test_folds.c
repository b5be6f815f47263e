/* SPDX-License-Identifier: Apache-2.0 */
/* Splits keep what they promise: nothing of a test's demands, suppliers or future in its training. */
#include "learn_samples.h"

#include "learn/folds.h"

enum { DEMANDS = 9, OFFERS = 11, COUNT = DEMANDS * OFFERS };

static ieum_status make(const struct sample *sample, enum split_kind kind, size_t parts, uint64_t seed, struct arena *arena, struct folds *folds,
                        struct problem *problem) {
    problem_clear(problem);
    return folds_make(&sample->data, sample_rows(sample), kind, parts, seed, arena, folds, problem);
}

static bool holds(struct rows rows, uint32_t row) {
    for (size_t i = 0; i < rows.count; i++)
        if (rows.items[i] == row) return true;
    return false;
}

/* Whether any example of the two lists agrees in `key`. */
static bool overlap(struct rows a, struct rows b, const uint32_t *key) {
    for (size_t i = 0; i < a.count; i++)
        for (size_t j = 0; j < b.count; j++)
            if (key[a.items[i]] == key[b.items[j]]) return true;
    return false;
}

TEST(every_example_is_tested_once_and_never_beside_its_kin) {
    static const enum split_kind kinds[] = {SPLIT_DEMAND, SPLIT_SUPPLIER, SPLIT_BOTH};
    struct sample *sample = sample_new(DEMANDS, OFFERS, 1, 0, 0);
    struct problem problem;
    for (size_t k = 0; k < 3; k++)
        for (size_t parts = 2; parts <= 20; parts += 3) {
            struct folds folds;
            struct arena *arena = arena_new();
            size_t tested[COUNT] = {0};
            CHECK(make(sample, kinds[k], parts, 3, arena, &folds, &problem) == IEUM_OK);
            const size_t one = parts < DEMANDS ? parts : DEMANDS, two = parts < OFFERS ? parts : OFFERS;
            CHECK_INT(folds.count, kinds[k] == SPLIT_DEMAND ? one : kinds[k] == SPLIT_SUPPLIER ? two : one * two);
            for (size_t f = 0; f < folds.count; f++) {
                const struct fold *fold = &folds.items[f];
                for (size_t i = 0; i < fold->test.count; i++) tested[fold->test.items[i]]++;
                if (kinds[k] != SPLIT_SUPPLIER) CHECK(!overlap(fold->train, fold->test, sample->group));
                if (kinds[k] != SPLIT_DEMAND) CHECK(!overlap(fold->train, fold->test, sample->supplier));
                CHECK(fold->train.count > 0 && fold->test.count > 0);
                if (kinds[k] != SPLIT_BOTH) CHECK_INT(fold->train.count + fold->test.count, COUNT);
            }
            for (size_t i = 0; i < COUNT; i++) CHECK_INT(tested[i], 1);
            arena_free(arena);
        }
    sample_free(sample);
}

TEST(seeds_decide) {
    struct sample *sample = sample_new(DEMANDS, OFFERS, 1, 0, 0);
    struct problem problem;
    struct arena *arena = arena_new();
    struct folds one, same, other;
    CHECK(make(sample, SPLIT_DEMAND, 3, 3, arena, &one, &problem) == IEUM_OK);
    CHECK(make(sample, SPLIT_DEMAND, 3, 3, arena, &same, &problem) == IEUM_OK);
    CHECK(make(sample, SPLIT_DEMAND, 3, 4, arena, &other, &problem) == IEUM_OK);
    CHECK(memcmp(one.items[0].test.items, same.items[0].test.items, one.items[0].test.count * sizeof(uint32_t)) == 0);
    CHECK(memcmp(one.items[0].test.items, other.items[0].test.items, one.items[0].test.count * sizeof(uint32_t)) != 0);
    arena_free(arena);
    sample_free(sample);
}

TEST(dates_go_forward) {
    struct sample *sample = sample_new(DEMANDS, OFFERS, 1, 0, 0);
    struct problem problem;
    struct random random;
    int32_t date[COUNT];
    random_seed(&random, 6);
    sample->data.date = date;
    for (size_t days = 1; days < 40; days += 3) {
        struct folds folds;
        struct arena *arena = arena_new();
        for (size_t i = 0; i < COUNT; i++) date[i] = 20000 + (int32_t)random_below(&random, days);
        if (days == 1) CHECK(make(sample, SPLIT_DATE, 4, 1, arena, &folds, &problem) == IEUM_INVALID && strstr(problem.en, "only one date"));
        else {
            CHECK(make(sample, SPLIT_DATE, 4, 1, arena, &folds, &problem) == IEUM_OK);
            CHECK(folds.count >= 1 && folds.count <= 4 && (days < 20 || folds.count == 4));
            size_t earlier = 0;
            for (size_t f = 0; f < folds.count; f++) {
                const struct fold *fold = &folds.items[f];
                int32_t last = INT32_MIN, first = INT32_MAX;
                for (size_t i = 0; i < fold->train.count; i++) last = date[fold->train.items[i]] > last ? date[fold->train.items[i]] : last;
                for (size_t i = 0; i < fold->test.count; i++) first = date[fold->test.items[i]] < first ? date[fold->test.items[i]] : first;
                CHECK(last < first);
                CHECK(fold->train.count > earlier);
                earlier = fold->train.count;
                CHECK(f == 0 || holds(fold->train, folds.items[f - 1].test.items[0]));
            }
        }
        arena_free(arena);
    }
    sample_free(sample);
}

TEST(what_cannot_be_split_is_refused) {
    struct sample *sample = sample_new(1, OFFERS, 1, 0, 0), *narrow = sample_new(DEMANDS, 1, 1, 0, 0);
    struct problem problem;
    struct folds folds;
    struct arena *arena = arena_new();
    CHECK(make(sample, SPLIT_DEMAND, 5, 1, arena, &folds, &problem) == IEUM_INVALID);
    CHECK_TEXT(problem.ko, "수요과제가 하나뿐이라 학습 자료와 시험 자료로 나눌 수 없습니다.");
    CHECK(make(sample, SPLIT_BOTH, 5, 1, arena, &folds, &problem) == IEUM_INVALID);
    CHECK(make(narrow, SPLIT_BOTH, 5, 1, arena, &folds, &problem) == IEUM_INVALID);
    CHECK_TEXT(problem.en, "There is only one supplier, so the data cannot be split into training and test.");
    CHECK(make(narrow, SPLIT_SUPPLIER, 5, 1, arena, &folds, &problem) == IEUM_INVALID);
    CHECK(make(narrow, SPLIT_DATE, 5, 1, arena, &folds, &problem) == IEUM_INVALID && strstr(problem.en, "has no date"));
    CHECK(make(narrow, SPLIT_DEMAND, 1, 1, arena, &folds, &problem) == IEUM_INVALID && strcmp(problem.pointer, "/folds") == 0);
    narrow->supplier[3] = DATASET_NONE;
    CHECK(make(narrow, SPLIT_SUPPLIER, 5, 1, arena, &folds, &problem) == IEUM_INVALID && strstr(problem.en, "Example 4 "));
    arena_free(arena);
    sample_free(sample);
    sample_free(narrow);
}

TEST_MAIN(every_example_is_tested_once_and_never_beside_its_kin, seeds_decide, dates_go_forward, what_cannot_be_split_is_refused)
