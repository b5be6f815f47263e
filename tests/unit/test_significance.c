/* SPDX-License-Identifier: Apache-2.0 */
/* The tests against their definitions: every arrangement one by one, a large sample against the normal law, a mean whose distribution is known. */
#include "../../engine/base/random.h"
#include "../../engine/measure/significance.h"

#include <math.h>

#include "test.h"

static struct randomisation test_of(const double *differences, size_t topics, uint64_t seed) {
    struct randomisation test = {0};
    struct problem problem = {0};
    CHECK_INT(randomisation_test(differences, topics, 1, seed, &test, &problem), IEUM_OK);
    return test;
}

/* p by definition, in hundredths: every choice of signs, one after another. */
static double by_definition(const int *hundredths, size_t topics) {
    int observed = 0;
    unsigned far = 0;
    for (size_t i = 0; i < topics; i++) observed += hundredths[i];
    for (unsigned signs = 0; signs < 1u << topics; signs++) {
        int sum = 0;
        for (size_t i = 0; i < topics; i++) sum += signs >> i & 1 ? -hundredths[i] : hundredths[i];
        far += abs(sum) >= abs(observed);
    }
    return (double)far / (double)(1u << topics);
}

TEST(few_topics_are_counted_out) {
    struct random random;
    random_seed(&random, 4);
    for (int round = 0; round < 60; round++) {
        int hundredths[20];
        double differences[20];
        const size_t topics = 1 + random_below(&random, 14);
        for (size_t i = 0; i < topics; i++) {
            hundredths[i] = (int)random_below(&random, 13) - 6; /* many equal sums */
            differences[i] = hundredths[i] / 100.0;
        }
        const struct randomisation test = test_of(differences, topics, 1);
        CHECK(test.exact);
        CHECK(fabs(test.p - by_definition(hundredths, topics)) < 1e-12);
    }
}

TEST(topics_without_a_difference_change_nothing) {
    double with[60] = {0}, without[12];
    for (size_t i = 0; i < 12; i++) with[i * 5] = without[i] = (i % 3 ? 0.1 : -0.15) * (double)(i + 1) / 12;
    const struct randomisation a = test_of(with, 60, 1), b = test_of(without, 12, 2);
    CHECK(a.exact && b.exact && a.p == b.p && a.arrangements == 4096);
    static const double none[3] = {0};
    CHECK(test_of(none, 3, 1).p == 1);
    static const double one[1] = {-0.5};
    CHECK(test_of(one, 1, 1).p == 1); /* either sign lies as far */
    static const double five[5] = {0.1, 0.2, 0.1, 0.3, 0.1};
    CHECK(test_of(five, 5, 1).p == 2.0 / 32);
}

/* The total of n independent signed differences tends to the normal law with variance Σ d². */
TEST(many_topics_are_drawn_and_come_near_the_normal_law) {
    enum { TOPICS = 400 };
    struct random random;
    random_seed(&random, 8);
    for (int round = 0; round < 4; round++) {
        double differences[TOPICS], sum = 0, squares = 0;
        for (size_t i = 0; i < TOPICS; i++) {
            differences[i] = random_unit(&random) - 0.5 + 0.012 * round;
            sum += differences[i];
            squares += differences[i] * differences[i];
        }
        const struct randomisation test = test_of(differences, TOPICS, 5), again = test_of(differences, TOPICS, 5), other = test_of(differences, TOPICS, 6);
        const double normal = erfc(fabs(sum) / sqrt(squares) / sqrt(2));
        CHECK(!test.exact && test.arrangements == RANDOMISATION_DRAWS);
        CHECK(fabs(test.p - normal) < 0.01);
        CHECK(test.p == again.p && fabs(test.p - other.p) < 0.01);
    }
}

TEST(drawn_and_counted_agree) {
    double differences[17];
    for (size_t i = 0; i < 17; i++) differences[i] = ((int)(i * 7 % 11) - 4) / 64.0;
    int hundredths[17];
    for (size_t i = 0; i < 17; i++) hundredths[i] = (int)(i * 7 % 11) - 4;
    size_t used = 0;
    for (size_t i = 0; i < 17; i++) used += hundredths[i] != 0;
    const struct randomisation test = test_of(differences, 17, 1);
    CHECK(test.exact == (used <= RANDOMISATION_EXACT_TOPICS));
    CHECK(fabs(test.p - by_definition(hundredths, 17)) < (test.exact ? 1e-12 : 0.006));
    differences[0] = 1.0 / 64, hundredths[0] = 1;
    for (size_t i = 0; i < 17; i++)
        if (!hundredths[i]) differences[i] = 3.0 / 64, hundredths[i] = 3;
    const struct randomisation drawn = test_of(differences, 17, 1);
    CHECK(!drawn.exact && fabs(drawn.p - by_definition(hundredths, 17)) < 0.006);
}

/* Zeros and ones: a resampled mean is binomial, so its percentiles are known nearly enough. */
TEST(intervals_hold_what_they_should) {
    enum { TOPICS = 400 };
    double values[TOPICS * 2];
    struct interval intervals[2], again[2];
    struct problem problem = {0};
    for (size_t i = 0; i < TOPICS; i++) {
        values[i * 2] = i % 4 == 0;
        values[i * 2 + 1] = 0.25;
    }
    CHECK_INT(bootstrap_intervals(values, TOPICS, 2, 3, intervals, &problem), IEUM_OK);
    const double half = 1.96 * sqrt(0.25 * 0.75 / TOPICS);
    CHECK(fabs(intervals[0].low - (0.25 - half)) < 0.004 && fabs(intervals[0].high - (0.25 + half)) < 0.004);
    CHECK(intervals[1].low == 0.25 && intervals[1].high == 0.25);
    CHECK_INT(bootstrap_intervals(values, TOPICS, 2, 3, again, &problem), IEUM_OK);
    CHECK(memcmp(intervals, again, sizeof again) == 0);
    CHECK_INT(bootstrap_intervals(values, 1, 2, 3, again, &problem), IEUM_OK);
    CHECK(again[0].low == 1 && again[0].high == 1);
}

TEST(too_many_topics_are_a_limit) {
    struct problem problem = {0};
    struct interval interval;
    struct randomisation test;
    CHECK_INT(bootstrap_intervals(&(double){0}, SIGNIFICANCE_MOST_TOPICS + 1, 1, 1, &interval, &problem), IEUM_LIMIT);
    CHECK_INT(randomisation_test(&(double){0}, SIGNIFICANCE_MOST_TOPICS + 1, 1, 1, &test, &problem), IEUM_LIMIT);
}

TEST_MAIN(few_topics_are_counted_out, topics_without_a_difference_change_nothing, many_topics_are_drawn_and_come_near_the_normal_law, drawn_and_counted_agree,
          intervals_hold_what_they_should, too_many_topics_are_a_limit)
