/* SPDX-License-Identifier: Apache-2.0 */
/* The k best against sorting everything. */
#include "test.h"

#include "base/random.h"
#include "score/top_k.h"

enum { MOST = 300 };

static int compare(const void *a, const void *b) {
    const struct top_k *x = a, *y = b;
    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    return x->index < y->index ? -1 : 1;
}

static void check_case(const int64_t *scores, const bool *barred, size_t count, size_t k) {
    struct top_k sorted[MOST], best[MOST + 1];
    size_t free_ones = 0;
    for (size_t i = 0; i < count; i++)
        if (!barred || !barred[i]) sorted[free_ones++] = (struct top_k){scores[i], (uint32_t)i, 0};
    qsort(sorted, free_ones, sizeof *sorted, compare);
    size_t expected = free_ones < k ? free_ones : k, room = k < count ? k : count;
    memset(best, 0x5A, sizeof best);
    CHECK_INT(top_k_select(scores, barred, count, k, best), expected);
    for (size_t i = 0; i < expected; i++) {
        CHECK_INT(best[i].index, sorted[i].index);
        CHECK_INT(best[i].score, sorted[i].score);
    }
    CHECK_INT(best[room].index, 0x5A5A5A5A); /* nothing past min(k, count) is touched */
}

TEST(the_same_as_sorting) {
    struct random random;
    int64_t scores[MOST];
    bool barred[MOST];
    random_seed(&random, 8);
    for (int round = 0; round < 4000; round++) {
        size_t count = random_below(&random, round % 10 ? 20 : MOST);
        uint64_t range = 1 + random_below(&random, 6); /* many ties */
        for (size_t i = 0; i < count; i++) {
            scores[i] = (int64_t)random_below(&random, range) - 2;
            if (random_below(&random, 30) == 0) scores[i] = random_below(&random, 2) ? INT64_MIN : INT64_MAX;
            barred[i] = random_below(&random, 3) == 0;
        }
        size_t k = random_below(&random, count + 3);
        check_case(scores, round % 2 ? barred : NULL, count, k);
    }
}

TEST(small_and_degenerate) {
    static const int64_t scores[] = {3, 1, 2, 2, 3};
    static const bool all[] = {true, true, true, true, true};
    for (size_t k = 0; k < 8; k++) {
        check_case(scores, NULL, 5, k);
        check_case(scores, all, 5, k);
        check_case(scores, NULL, 0, k);
        check_case(scores, NULL, 1, k);
    }
    struct top_k none;
    CHECK_INT(top_k_select(NULL, NULL, 0, 10, &none), 0);
    CHECK_INT(top_k_select(scores, NULL, 5, 0, NULL), 0);
}

TEST(a_great_k_takes_all) {
    static const int64_t scores[] = {5, 9, 7};
    struct top_k best[3];
    CHECK_INT(top_k_select(scores, NULL, 3, SIZE_MAX, best), 3);
    CHECK_INT(best[0].index, 1);
    CHECK_INT(best[1].index, 2);
    CHECK_INT(best[2].index, 0);
}

TEST_MAIN(the_same_as_sorting, small_and_degenerate, a_great_k_takes_all)
