/* SPDX-License-Identifier: Apache-2.0 */
/* Draws that meet a table: shares to the record, sums to the unit; and the forms of particles. */
#include "generate/draw.h"
#include "generate/generate_texts.h"
#include "test.h"

TEST(shares_are_exact) {
    const double seed[] = {131, 281, 603, 330}, halves[] = {1, 1, 1}, some[] = {49.5, 50.5};
    size_t counts[4];
    draw_allocate(seed, 4, 1345, counts);
    CHECK(counts[0] == 131 && counts[1] == 281 && counts[2] == 603 && counts[3] == 330);
    draw_allocate(halves, 3, 5, counts); /* 5/3 each: remainders alike, ties go round from the first */
    CHECK(counts[0] + counts[1] + counts[2] == 5 && counts[0] == 2 && counts[1] == 2 && counts[2] == 1);
    draw_allocate(some, 2, 1296, counts);
    CHECK(counts[0] == 642 && counts[1] == 654);
    for (size_t n = 0; n < 200; n++) {
        size_t sum = 0;
        draw_allocate(seed, 4, n, counts);
        for (size_t k = 0; k < 4; k++) {
            const double quota = (double)n * seed[k] / 1345;
            CHECK((double)counts[k] > quota - 1 && (double)counts[k] < quota + 1);
            sum += counts[k];
        }
        CHECK_INT(sum, n);
    }
}

TEST(sums_are_exact) {
    enum { COUNT = 500 };
    int64_t least[COUNT], most[COUNT], values[COUNT];
    double u[COUNT], shape[COUNT];
    struct random random = draw_stream(3, 1, 2);
    int64_t low = 0, high = 0;
    for (size_t i = 0; i < COUNT; i++) {
        least[i] = 1 + (int64_t)random_below(&random, 50);
        most[i] = least[i] + (int64_t)random_below(&random, 5000);
        u[i] = random_unit(&random) * 0.999 + 0.0005;
        shape[i] = 419 + 140 * draw_bell(&random);
        low += least[i], high += most[i];
    }
    for (int part = 0; part <= 10; part++) {
        const int64_t total = low + (high - low) * part / 10;
        int64_t sum = 0;
        CHECK(draw_total(least, most, u, COUNT, total, values));
        for (size_t i = 0; i < COUNT; i++) {
            CHECK(values[i] >= least[i] && values[i] <= most[i]);
            sum += values[i];
        }
        CHECK_INT(sum, total);
    }
    CHECK(!draw_total(least, most, u, COUNT, low - 1, values) && !draw_total(least, most, u, COUNT, high + 1, values));
    for (int64_t total = 0; total <= 1000 * COUNT; total += 50 * COUNT + 7) {
        int64_t sum = 0;
        CHECK(draw_shifted(shape, COUNT, 0, 1000, total, values));
        for (size_t i = 0; i < COUNT; i++) {
            CHECK(values[i] >= 0 && values[i] <= 1000);
            sum += values[i];
        }
        CHECK_INT(sum, total);
    }
    CHECK(!draw_shifted(shape, COUNT, 0, 1000, 1000 * COUNT + 1, values));
}

static const char *after(const char *word, const char *particle) { return particle_after(word, strlen(word), particle); }

TEST(particles_take_their_form) {
    CHECK_TEXT(after("외관검사", "을"), "를");
    CHECK_TEXT(after("챗봇", "을"), "을");
    CHECK_TEXT(after("센서 데이터", "은"), "는");
    CHECK_TEXT(after("조립", "과"), "과");
    CHECK_TEXT(after("서울", "으로"), "로");
    CHECK_TEXT(after("도면", "으로"), "으로");
    CHECK_TEXT(after("ERP", "을"), "를");
    CHECK_TEXT(after("PLM", "이"), "이");
    CHECK_TEXT(after("AS", "과"), "와");
    CHECK_TEXT(after("제조업(도축)", "을"), "을");
    CHECK(!after("말", "조차"));
}

TEST_MAIN(shares_are_exact, sums_are_exact, particles_take_their_form)
