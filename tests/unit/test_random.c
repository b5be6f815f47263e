/* SPDX-License-Identifier: Apache-2.0 */
/* The generator against values that a separate program worked out from the published algorithm, and its bounds. */
#include "test.h"

#include "base/random.h"

TEST(the_published_sequence) {
    /* xoshiro256** from the state 1, 2, 3, 4. */
    static const uint64_t expected[] = {11520u,
                                        0u,
                                        1509978240u,
                                        1215971899390074240u,
                                        1216172134540287360u,
                                        607988272756665600u,
                                        16172922978634559625u,
                                        8476171486693032832u,
                                        10595114339597558777u,
                                        2904607092377533576u};
    struct random random = {{1, 2, 3, 4}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) CHECK(random_next(&random) == expected[i]);
}

TEST(seeding_is_split_mix) {
    struct random random;
    random_seed(&random, 0);
    CHECK(random.state[0] == 0xE220A8397B1DCDAFu && random.state[1] == 0x6E789E6AA1B965F4u);
    CHECK(random.state[2] == 0x06C45D188009454Fu && random.state[3] == 0xF88BB8A8724C81ECu);
}

TEST(known_values_of_seeds) {
    static const struct {
        uint64_t seed, values[4];
    } known[] = {
        {0, {0x99EC5F36CB75F2B4u, 0xBF6E1F784956452Au, 0x1A5F849D4933E6E0u, 0x6AA594F1262D2D2Cu}},
        {1, {0xB3F2AF6D0FC710C5u, 0x853B559647364CEAu, 0x92F89756082A4514u, 0x642E1C7BC266A3A7u}},
        {42, {0x15780B2E0C2EC716u, 0x6104D9866D113A7Eu, 0xAE17533239E499A1u, 0xECB8AD4703B360A1u}},
        {0xDEADBEEFCAFEBABEu, {0x2299B3421AA78B66u, 0x9AF6550483E02887u, 0xDA059CB5EEC5C979u, 0xCF86BD29360FFF98u}},
        {UINT64_MAX, {0x8F5520D52A7EAD08u, 0xC476A018CAA1802Du, 0x81DE31C0D260469Eu, 0xBF658D7E065F3C2Fu}},
    };
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        struct random random;
        random_seed(&random, known[k].seed);
        for (size_t i = 0; i < 4; i++) CHECK(random_next(&random) == known[k].values[i]);
    }
    struct random random;
    uint64_t last = 0;
    random_seed(&random, 42);
    for (int i = 0; i < 100000; i++) last = random_next(&random);
    CHECK(last == 0xE89BE0E50E067811u);
}

TEST(bounded_values_are_known) {
    static const uint64_t tens[] = {2, 2, 9, 3, 6, 4, 4, 7, 8, 5, 9, 3, 0, 2, 3, 0};
    /* A bound of three quarters of all values: one draw in four is thrown away. */
    static const uint64_t wide[] = {0xB358FAF74EF9765Au, 0x475C3D964F482CD2u, 0x16F1D349952C7996u,
                                    0x3B2938731E807240u, 0x3DA904EC7E540318u, 0x1F6E1CE3B6218C49u};
    struct random random;
    random_seed(&random, 42);
    for (size_t i = 0; i < sizeof tens / sizeof *tens; i++) CHECK_INT(random_below(&random, 10), tens[i]);
    random_seed(&random, 7);
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) CHECK(random_below(&random, UINT64_C(3) << 62) == wide[i]);
}

TEST(bounds_hold) {
    struct random random;
    random_seed(&random, 3);
    for (int i = 0; i < 20000; i++) {
        uint64_t bound = random_next(&random) >> random_below(&random, 64);
        if (bound == 0) bound = 1;
        CHECK(random_below(&random, bound) < bound);
        CHECK(random_below(&random, 1) == 0);
    }
}

/* A remainder alone would hit the lowest third twice as often as the others. */
TEST(no_value_is_favoured) {
    enum { DRAWS = 90000 };
    struct random random;
    size_t thirds[3] = {0}, sevenths[7] = {0};
    random_seed(&random, 11);
    for (int i = 0; i < DRAWS; i++) {
        thirds[random_below(&random, UINT64_C(3) << 62) >> 62]++;
        sevenths[random_below(&random, 7)]++;
    }
    /* Five standard deviations of a binomial count; the seed is fixed, so this holds or not for good. */
    for (int i = 0; i < 3; i++) CHECK(thirds[i] > DRAWS / 3 - 710 && thirds[i] < DRAWS / 3 + 710);
    for (int i = 0; i < 7; i++) CHECK(sevenths[i] > DRAWS / 7 - 530 && sevenths[i] < DRAWS / 7 + 530);
}

TEST(units_lie_below_one) {
    static const double known[] = {0x1.5780b2e0c2ec0p-4, 0x1.84136619b444ep-2, 0x1.5c2ea66473c93p-1,
                                   0x1.d9715a8e0766cp-1};
    struct random random;
    random_seed(&random, 42);
    for (size_t i = 0; i < 4; i++) CHECK(random_unit(&random) == known[i]);
    double sum = 0;
    for (int i = 0; i < 20000; i++) {
        double unit = random_unit(&random);
        CHECK(unit >= 0 && unit < 1);
        sum += unit;
    }
    CHECK(sum > 9790 && sum < 10210);
}

TEST_MAIN(the_published_sequence, seeding_is_split_mix, known_values_of_seeds, bounded_values_are_known, bounds_hold,
          no_value_is_favoured, units_lie_below_one)
