/* SPDX-License-Identifier: Apache-2.0 */
/* Measures of rankings worked out by hand, their edges, and their names. */
#include "../../engine/measure/ranking.h"

#include <math.h>

#include "test.h"

#define NOT_JUDGED RANKING_NOT_JUDGED

static double value(const char *name, const struct judged_ranking *ranking) {
    struct ranking_measure measure;
    struct problem problem = {0};
    CHECK_INT(ranking_measure_read(name, "", &measure, &problem), IEUM_OK);
    return ranking_measure_value(&measure, ranking);
}

static bool near(double found, double expected) { return fabs(found - expected) <= 1e-15 * 8; }

/* Ranked: grade 0, 2, not judged, 1, in the pool but not judged; the pool has one more of 3, one of 1 and three of 0. */
static const int32_t grades[] = {0, 2, NOT_JUDGED, 1, -1}, pool[] = {3, 2, 1, 1, 0, 0, 0, -1};
static const struct judged_ranking mixed = {grades, 5, pool, 8};

TEST(works_out_a_small_ranking) {
    const double log2_3 = 1.5849625007211562, log2_5 = 2.321928094887362;
    const double best = 3 + 2 / log2_3 + 1 / 2.0 + 1 / log2_5;
    CHECK(near(value("nDCG", &mixed), (2 / log2_3 + 1 / log2_5) / best));
    CHECK(near(value("nDCG@10", &mixed), (2 / log2_3 + 1 / log2_5) / best));
    CHECK(near(value("nDCG@2", &mixed), (2 / log2_3) / (3 + 2 / log2_3)));
    CHECK(near(value("nDCG(dcg='exp-log2')@2", &mixed), (3 / log2_3) / (7 + 3 / log2_3)));
    CHECK(near(value("AP", &mixed), (1.0 / 2 + 2.0 / 4) / 4));
    CHECK(near(value("AP(rel=2)", &mixed), (1.0 / 2) / 2));
    CHECK(near(value("AP@3", &mixed), (1.0 / 2) / 4));
    CHECK(near(value("P@5", &mixed), 0.4));
    CHECK(near(value("P@10", &mixed), 0.2)); /* fewer are ranked: the rest is not relevant */
    CHECK(near(value("P(rel=3)@5", &mixed), 0));
    CHECK(near(value("R@5", &mixed), 0.5));
    CHECK(near(value("R(rel=2)@5", &mixed), 0.5));
    CHECK(near(value("RR", &mixed), 0.5));
    CHECK(near(value("RR@1", &mixed), 0));
    /* Both relevant ones stand behind one of the three judged others, of which min(3, 4) count: (2 · (1 − 1/3)) / 4. */
    CHECK(near(value("Bpref", &mixed), 2 * (1 - 1.0 / 3) / 4));
    /* From grade 2: relevant 2 in the pool, others 5, of which 2 count; one stands before. */
    CHECK(near(value("Bpref(rel=2)", &mixed), (1 - 1.0 / 2) / 2));
    CHECK(near(value("Success@1", &mixed), 0) && near(value("Success@2", &mixed), 1));
    CHECK(near(value("Judged@3", &mixed), 2.0 / 3) && near(value("Judged@10", &mixed), 4.0 / 5));
}

TEST(the_best_order_measures_one) {
    static const int32_t best[] = {3, 2, 1, 1, 0, 0, 0, -1};
    const struct judged_ranking ranking = {best, 8, pool, 8};
    CHECK(value("nDCG", &ranking) == 1 && value("nDCG@3", &ranking) == 1 && value("nDCG(dcg='exp-log2')", &ranking) == 1);
    CHECK(value("AP", &ranking) == 1 && value("RR", &ranking) == 1 && value("Bpref", &ranking) == 1 && value("R@4", &ranking) == 1);
}

TEST(nothing_ranked_and_nothing_relevant_measure_zero) {
    static const char *const all[] = {"nDCG", "nDCG@5", "nDCG(dcg='exp-log2')@5", "AP", "P@5", "R@5", "RR", "Bpref", "Success@5"};
    static const int32_t none[] = {0, 0, -1};
    const struct judged_ranking empty = {NULL, 0, pool, 8}, hopeless = {none, 3, none, 3};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        CHECK(value(all[i], &empty) == 0);
        CHECK(value(all[i], &hopeless) == 0);
    }
    CHECK(value("Judged@5", &empty) == 0 && value("Judged@5", &hopeless) == 1);
}

TEST(great_grades_stay_finite) {
    static const int32_t great[] = {1000, 1000, 1, 0};
    const struct judged_ranking ranking = {great, 4, great, 4};
    CHECK(value("nDCG(dcg='exp-log2')", &ranking) == 1);
    CHECK(value("nDCG", &ranking) == 1);
}

TEST(names_of_both_worlds_are_understood) {
    static const char *const names[][2] = {
        {"nDCG@10", "nDCG@10"}, {"ndcg", "nDCG"}, {"NDCG_CUT_10", "nDCG@10"}, {"ndcg_cut.5", "nDCG@5"}, {"nDCG(dcg=exp-log2)@5", "nDCG(dcg='exp-log2')@5"},
        {"nDCG(dcg=\"exp-log2\")", "nDCG(dcg='exp-log2')"}, {"nDCG(dcg='log2')@3", "nDCG@3"}, {"map", "AP"}, {"map_cut_100", "AP@100"}, {"AP(rel=2)@100", "AP(rel=2)@100"},
        {"P_5", "P@5"}, {"P(rel=1)@5", "P@5"}, {"recall_1000", "R@1000"}, {"recip_rank", "RR"}, {"MRR@10", "RR@10"}, {"bpref", "Bpref"}, {"Bpref(rel=3)", "Bpref(rel=3)"},
        {"success_1", "Success@1"}, {"judged@20", "Judged@20"}, {"P@1000000", "P@1000000"},
    };
    static const char *const none[] = {"", "@5", "F1", "P", "R", "P@", "P@0", "P@-1", "P@1000001", "P@5x", "P@99999999999999999999", "ndcg_cut", "Bpref@5", "recip_rank_5", "P(rel=0)@5",
                                       "P(rel=)@5", "P(rel=2@5", "P(rel=1001)@5", "P()@5", "P(5)@5", "nDCG(rel=2)@5", "AP(dcg='exp-log2')", "nDCG(dcg='exp')@5",
                                       "Judged(rel=2)@5", "nDCG@10@5", "P(rel=2,judged_only=True)@5", "nDCG('exp-log2')"};
    struct ranking_measure measure;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct problem problem = {0};
        CHECK_INT(ranking_measure_read(names[i][0], "/measures/0", &measure, &problem), IEUM_OK);
        CHECK_TEXT(measure.name, names[i][1]);
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        struct problem problem = {0};
        if (ranking_measure_read(none[i], "/measures/0", &measure, &problem) == IEUM_OK) fprintf(stderr, "taken: %s\n", none[i]);
        CHECK_INT(problem.status, IEUM_INVALID);
        CHECK_TEXT(problem.pointer, "/measures/0");
    }
}

TEST_MAIN(works_out_a_small_ranking, the_best_order_measures_one, nothing_ranked_and_nothing_relevant_measure_zero, great_grades_stay_finite,
          names_of_both_worlds_are_understood)
