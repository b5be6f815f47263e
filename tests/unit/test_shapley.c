/* SPDX-License-Identifier: Apache-2.0 */
/* Shapley values against their first definition, the average over all orders; the product term's against kernels evaluated one by one; whole units. */
#include "../../engine/base/random.h"
#include "../../engine/explain/product_shares.h"

#include <math.h>

#include "../../engine/base/memory.h"
#include "test.h"

/* ---- the average over all orders ---- */

static void over_orders(const double *worth, size_t players, uint32_t used, double *shares, double *orders) {
    if (used == (1u << players) - 1) *orders += 1;
    for (size_t i = 0; i < players; i++) {
        if (used >> i & 1) continue;
        double before = *orders;
        over_orders(worth, players, used | 1u << i, shares, orders);
        shares[i] += (*orders - before) * (worth[used | 1u << i] - worth[used]); /* once for every order that goes on from here */
    }
}

static void by_orders(const double *worth, size_t players, double *shares) {
    double orders = 0;
    memset(shares, 0, players * sizeof *shares);
    over_orders(worth, players, 0, shares, &orders);
    for (size_t i = 0; i < players; i++) shares[i] /= orders;
}

TEST(every_order_counts_alike) {
    struct random random;
    random_seed(&random, 1);
    for (size_t players = 1; players <= 6; players++) {
        for (int round = 0; round < 20; round++) {
            double worth[64], shares[6], expected[6], sum = 0;
            for (size_t mask = 0; mask < 1u << players; mask++) worth[mask] = random_unit(&random) * 4 - 2;
            shapley_values(worth, players, shares);
            by_orders(worth, players, expected);
            for (size_t i = 0; i < players; i++) {
                CHECK(fabs(shares[i] - expected[i]) < 1e-14);
                sum += shares[i];
            }
            CHECK(fabs(sum - (worth[(1u << players) - 1] - worth[0])) < 1e-13);
        }
    }
}

TEST(who_adds_nothing_gets_nothing_and_equals_get_the_same) {
    double worth[1u << 12], shares[12];
    for (size_t mask = 0; mask < 1u << 12; mask++) {
        const int twins = (int)(mask & 1) + (int)(mask >> 5 & 1);
        worth[mask] = sqrt(twins + 3.0 * (double)(mask >> 2 & 1) + 0.5 * (double)__builtin_popcount(mask >> 6)); /* players 1, 3, 4 do nothing */
    }
    shapley_values(worth, 12, shares);
    CHECK(shares[1] == 0 && shares[3] == 0 && shares[4] == 0);
    CHECK(fabs(shares[0] - shares[5]) < 1e-14 && shares[0] > 0);
    double sum = 0;
    for (size_t i = 0; i < 12; i++) sum += shares[i];
    CHECK(fabs(sum - (worth[4095] - worth[0])) < 1e-13);
}

/* ---- a score that is asked for ---- */

struct asked {
    double z[5];
    uint32_t next;
    bool infinite;
};

static double rbf_of(uint32_t coalition, void *context) {
    struct asked *asked = context;
    double distance = 0;
    CHECK(coalition == asked->next++);
    for (size_t i = 0; i < 5; i++) {
        const double value = coalition >> i & 1 ? asked->z[i] : 0.4;
        distance += (value - 0.7) * (value - 0.7);
    }
    return asked->infinite && coalition == 9 ? INFINITY : 2 * exp(-distance) - 0.3;
}

TEST(a_score_can_be_asked_for) {
    struct asked asked = {.z = {0.1, 0.4, 0.9, 0.7, 1}};
    double shares[5], none, worth[32], expected[5];
    struct problem problem = {0};
    CHECK_INT(shapley_play(5, rbf_of, &asked, shares, &none, &problem), IEUM_OK);
    CHECK_INT(asked.next, 32);
    asked.next = 0;
    for (uint32_t mask = 0; mask < 32; mask++) worth[mask] = rbf_of(mask, &asked);
    by_orders(worth, 5, expected);
    for (size_t i = 0; i < 5; i++) CHECK(fabs(shares[i] - expected[i]) < 1e-14);
    CHECK(none == worth[0] && shares[1] == 0 && shares[0] < 0 && shares[3] > 0);
    asked = (struct asked){.infinite = true};
    CHECK_INT(shapley_play(5, rbf_of, &asked, shares, &none, &problem), IEUM_INTERNAL);
    problem = (struct problem){0};
    CHECK_INT(shapley_play(17, rbf_of, &asked, shares, &none, &problem), IEUM_LIMIT);
    problem = (struct problem){0};
    memory_fail_at(1);
    CHECK_INT(shapley_play(5, rbf_of, &asked, shares, &none, &problem), IEUM_MEMORY);
    memory_fail_at(0);
    memory_clear_failed();
    asked.infinite = false, asked.next = 0;
    problem = (struct problem){0};
    CHECK_INT(shapley_play(0, rbf_of, &asked, shares, &none, &problem), IEUM_OK);
    CHECK(asked.next == 1);
}

/* ---- the product term ---- */

enum { DEMAND = 7, SUPPLIER = 5, SUPPORT = 30, GROUPS = 4 };

struct invented {
    double demand_vectors[SUPPORT * DEMAND], supplier_vectors[SUPPORT * SUPPLIER], coefficients[SUPPORT], x[DEMAND], y[SUPPLIER];
    uint32_t demand_groups[DEMAND], supplier_groups[SUPPLIER];
    struct product_term term;
    struct product_groups groups;
};

static void invent(struct random *random, struct invented *made) {
    for (size_t i = 0; i < SUPPORT * DEMAND; i++) made->demand_vectors[i] = random_unit(random) - 0.5;
    for (size_t i = 0; i < SUPPORT * SUPPLIER; i++) made->supplier_vectors[i] = random_unit(random) - 0.5;
    for (size_t i = 0; i < SUPPORT; i++) made->coefficients[i] = random_unit(random) * 6 - 3;
    for (size_t j = 0; j < DEMAND; j++) made->x[j] = random_unit(random) * 2 - 1, made->demand_groups[j] = (uint32_t)random_below(random, GROUPS);
    for (size_t j = 0; j < SUPPLIER; j++) made->y[j] = random_unit(random) * 2 - 1, made->supplier_groups[j] = (uint32_t)random_below(random, GROUPS);
    made->term = (struct product_term){.count = SUPPORT, .demand = {NULL, DEMAND}, .supplier = {NULL, SUPPLIER}, .demand_vectors = made->demand_vectors,
                                       .supplier_vectors = made->supplier_vectors, .coefficients = made->coefficients};
    made->groups = (struct product_groups){GROUPS, made->demand_groups, made->supplier_groups};
}

/* The term itself, with the coordinates of absent groups at 0. */
static double evaluate(const struct invented *made, uint32_t coalition) {
    double sum = 0;
    for (size_t i = 0; i < SUPPORT; i++) {
        double distance = 0;
        for (size_t j = 0; j < DEMAND; j++)
            distance += pow((coalition >> made->demand_groups[j] & 1 ? made->x[j] : 0) - made->demand_vectors[i * DEMAND + j], 2);
        for (size_t j = 0; j < SUPPLIER; j++)
            distance += pow((coalition >> made->supplier_groups[j] & 1 ? made->y[j] : 0) - made->supplier_vectors[i * SUPPLIER + j], 2);
        sum += made->coefficients[i] * exp(-distance);
    }
    return sum;
}

TEST(the_product_term_is_shared_as_defined) {
    struct random random;
    random_seed(&random, 2);
    for (int round = 0; round < 40; round++) {
        struct invented made;
        struct problem problem = {0};
        double shares[GROUPS], none, worth[1 << GROUPS], expected[GROUPS], sum = 0, spread = 0;
        invent(&random, &made);
        if (round == 0) /* a group without coordinates */
            for (size_t j = 0; j < DEMAND; j++) made.demand_groups[j] %= 2;
        if (round == 0)
            for (size_t j = 0; j < SUPPLIER; j++) made.supplier_groups[j] %= 2;
        CHECK_INT(product_shares(&made.term, made.x, made.y, &made.groups, shares, &none, &problem), IEUM_OK);
        for (uint32_t mask = 0; mask < 1 << GROUPS; mask++) worth[mask] = evaluate(&made, mask);
        for (size_t i = 0; i < SUPPORT; i++) spread += fabs(made.coefficients[i]);
        by_orders(worth, GROUPS, expected);
        for (size_t g = 0; g < GROUPS; g++) {
            CHECK(fabs(shares[g] - expected[g]) < 1e-14 * spread);
            sum += shares[g];
        }
        CHECK(fabs(none - worth[0]) < 1e-14 * spread);
        CHECK(fabs(sum + none - worth[(1 << GROUPS) - 1]) < 1e-14 * spread);
        if (round == 0) CHECK(shares[2] == 0 && shares[3] == 0);
    }
}

TEST(a_group_at_the_mean_gets_nothing_and_twins_the_same) {
    struct random random;
    struct invented made;
    struct problem problem = {0};
    double shares[GROUPS], none;
    random_seed(&random, 3);
    invent(&random, &made);
    /* Coordinates 0 and 1 of the demand are the same in everything, groups 0 and 1 have nothing else; group 3 is at the mean. */
    for (size_t j = 0; j < DEMAND; j++) made.demand_groups[j] = j < 2 ? (uint32_t)j : 2;
    for (size_t j = 0; j < SUPPLIER; j++) made.supplier_groups[j] = j < 2 ? 3 : 2;
    made.x[1] = made.x[0];
    made.y[0] = made.y[1] = 0;
    for (size_t i = 0; i < SUPPORT; i++) made.demand_vectors[i * DEMAND + 1] = made.demand_vectors[i * DEMAND];
    CHECK_INT(product_shares(&made.term, made.x, made.y, &made.groups, shares, &none, &problem), IEUM_OK);
    CHECK(fabs(shares[0] - shares[1]) < 1e-14 && shares[0] != 0);
    CHECK(shares[3] == 0);
}

TEST(what_cannot_be_explained_is_refused) {
    struct random random;
    struct invented made;
    struct problem problem = {0};
    double shares[32] = {7}, none = 7;
    uint32_t many[20], one_supplier[SUPPLIER] = {0};
    random_seed(&random, 4);
    invent(&random, &made);
    made.demand_groups[2] = GROUPS;
    CHECK_INT(product_shares(&made.term, made.x, made.y, &made.groups, shares, &none, &problem), IEUM_INTERNAL);
    made.demand_groups[2] = 0, made.x[3] = NAN;
    problem = (struct problem){0};
    CHECK_INT(product_shares(&made.term, made.x, made.y, &made.groups, shares, &none, &problem), IEUM_INTERNAL);
    double wide[20] = {0};
    for (uint32_t j = 0; j < 20; j++) many[j] = j;
    const struct product_term term = {.demand = {NULL, 20}, .supplier = {NULL, SUPPLIER}};
    const struct product_groups groups = {20, many, one_supplier};
    problem = (struct problem){0};
    CHECK_INT(product_shares(&term, wide, made.y, &groups, shares, &none, &problem), IEUM_LIMIT);
    CHECK(shares[0] == 7 && none == 7);
    made.x[3] = 0;
    for (uint64_t n = 1; n <= 3; n++) {
        problem = (struct problem){0};
        memory_fail_at(n);
        CHECK_INT(product_shares(&made.term, made.x, made.y, &made.groups, shares, &none, &problem), IEUM_MEMORY);
        memory_fail_at(0);
    }
    memory_clear_failed();
    CHECK(shares[0] == 7 && none == 7);
    /* A term without support pairs, or without coordinates, is 0 or a constant. */
    made.term.count = 0;
    problem = (struct problem){0};
    CHECK_INT(product_shares(&made.term, made.x, made.y, &made.groups, shares, &none, &problem), IEUM_OK);
    CHECK(shares[0] == 0 && none == 0);
    made.term.count = SUPPORT, made.term.demand.count = made.term.supplier.count = 0;
    CHECK_INT(product_shares(&made.term, made.x, made.y, &made.groups, shares, &none, &problem), IEUM_OK);
    CHECK(shares[0] == 0 && none != 0);
}

/* ---- whole units ---- */

TEST(whole_units_add_up) {
    struct random random;
    random_seed(&random, 5);
    for (int round = 0; round < 2000; round++) {
        double parts[13], sum = 0;
        int64_t units[13], total = 0;
        struct problem problem = {0};
        const size_t count = 1 + random_below(&random, 13);
        const double size = pow(10, (double)random_below(&random, 10) - 5);
        for (size_t i = 0; i < count; i++) sum += parts[i] = (random_unit(&random) - 0.5) * size;
        const int64_t wanted = llround(sum * 1e9);
        CHECK_INT(shares_round(parts, count, wanted, units, &problem), IEUM_OK);
        for (size_t i = 0; i < count; i++) {
            total += units[i];
            CHECK(fabs((double)units[i] - parts[i] * 1e9) < 1 + 1e-6 * size);
        }
        CHECK_INT(total, wanted);
    }
}

TEST(the_first_of_equals_gets_the_unit) {
    static const double thirds[] = {1.0 / 3, 1.0 / 3, 1.0 / 3};
    int64_t units[3];
    struct problem problem = {0};
    CHECK_INT(shares_round(thirds, 3, 1000000000, units, &problem), IEUM_OK);
    CHECK(units[0] == 333333334 && units[1] == 333333333 && units[2] == 333333333);
    static const double odd[] = {0.6e-9, -0.6e-9, 0.9e-9};
    CHECK_INT(shares_round(odd, 3, 1, units, &problem), IEUM_OK);
    CHECK(units[0] == 1 && units[1] == -1 && units[2] == 1);
    CHECK_INT(shares_round(odd, 3, -5, units, &problem), IEUM_OK); /* a total that the parts do not have is kept all the same */
    CHECK_INT(units[0] + units[1] + units[2], -5);
    CHECK_INT(shares_round((double[]){NAN}, 1, 0, units, &problem), IEUM_LIMIT);
    problem = (struct problem){0};
    CHECK_INT(shares_round((double[]){1e10}, 1, 0, units, &problem), IEUM_LIMIT);
}

TEST_MAIN(every_order_counts_alike, who_adds_nothing_gets_nothing_and_equals_get_the_same, a_score_can_be_asked_for, the_product_term_is_shared_as_defined,
          a_group_at_the_mean_gets_nothing_and_twins_the_same, what_cannot_be_explained_is_refused, whole_units_add_up, the_first_of_equals_gets_the_unit)
