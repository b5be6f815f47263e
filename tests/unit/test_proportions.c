/* SPDX-License-Identifier: Apache-2.0 */
/* Intervals of shares against the worked examples that their papers print (Newcombe 1998a, table I; 1998b, table II, method 10). */
#include "../../engine/measure/proportions.h"

#include <math.h>

#include "test.h"

static const double Z = 1.959963984540054;

static void check_near(double found, double printed) { CHECK(fabs(found - printed) < 0.5e-4 + 1e-9); }

TEST(wilson_as_printed) {
    static const struct {
        struct share_count count;
        double low, high;
    } printed[] = {{{81, 263}, 0.2553, 0.3662}, {{15, 148}, 0.0624, 0.1605}, {{0, 20}, 0, 0.1611}, {{1, 29}, 0.0061, 0.1718}};
    for (size_t i = 0; i < sizeof printed / sizeof *printed; i++) {
        const struct interval interval = share_interval(printed[i].count, Z);
        check_near(interval.low, printed[i].low);
        check_near(interval.high, printed[i].high);
    }
}

TEST(newcombe_as_printed) {
    static const struct {
        struct share_count now, before;
        double low, high;
    } printed[] = {{{56, 70}, {48, 80}, 0.0524, 0.3339}, {{9, 10}, {3, 10}, 0.1705, 0.8090}, {{6, 7}, {2, 7}, 0.0582, 0.8062}, {{5, 56}, {0, 29}, -0.0381, 0.1926},
                   {{0, 10}, {0, 20}, -0.1611, 0.2775}, {{0, 10}, {0, 10}, -0.2775, 0.2775}, {{10, 10}, {0, 20}, 0.6791, 1}, {{10, 10}, {0, 10}, 0.6075, 1}};
    for (size_t i = 0; i < sizeof printed / sizeof *printed; i++) {
        const struct interval interval = share_difference(printed[i].before, printed[i].now, Z);
        check_near(interval.low, printed[i].low);
        check_near(interval.high, printed[i].high);
    }
}

TEST(turned_round_it_is_its_mirror) {
    for (size_t a = 0; a <= 6; a++)
        for (size_t b = 0; b <= 9; b++) {
            const struct interval there = share_difference((struct share_count){a, 6}, (struct share_count){b, 9}, Z);
            const struct interval back = share_difference((struct share_count){b, 9}, (struct share_count){a, 6}, Z);
            CHECK(fabs(there.low + back.high) < 1e-15 && fabs(there.high + back.low) < 1e-15);
            CHECK(there.low >= -1 - 1e-12 && there.high <= 1 + 1e-12);
        }
}

TEST_MAIN(wilson_as_printed, newcombe_as_printed, turned_round_it_is_its_mirror)
