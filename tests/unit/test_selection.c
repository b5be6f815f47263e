/* SPDX-License-Identifier: Apache-2.0 */
/* The selection: by hand, against a second implementation that counts instead of sorting on random cases ($IEUM_CASES), and what it refuses. */
#include "../../engine/base/memory.h"
#include "../../engine/base/random.h"
#include "../../engine/match/selection.h"
#include "test.h"

#define P SELECTION_POINT

static struct selection_terms plain_terms(void) {
    return (struct selection_terms){.weight_rubric = 4 * P / 10, .weight_committee = 6 * P / 10, .decimals = 2, .least_members = 7, .drop_highest = 1,
                                    .drop_lowest = 1, .bonus_most = 5 * P, .ties = {TIE_COMMITTEE, TIE_RUBRIC, TIE_RECEIVED, TIE_ID}, .tie_count = 4,
                                    .tasks = TASKS_FIRST_VALID, .unfit = UNFIT_STOP, .amount = AMOUNT_PROJECT_COST, .quota = 2,
                                    .budget_krw = SELECTION_NO_LIMIT, .cap_krw = SELECTION_NO_LIMIT, .reserve = 1};
}

static const char *const ids[] = {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"};

static struct selection_applicant plain(uint32_t i, int64_t rubric) {
    return (struct selection_applicant){.id = ids[i], .eligible = true, .knock_out = SELECTION_NONE, .award = SELECTION_NONE, .rubric = rubric,
                                        .amount_krw = SELECTION_NOT_GIVEN, .firm = i, .received = i};
}

static struct problem problem;
static struct selection_result result;
static ieum_status run(const struct selection_terms *terms, const struct selection_applicant *applicants, size_t count) {
    selection_free(&result);
    problem = (struct problem){0};
    return selection_run(terms, applicants, count, NULL, &result, &problem);
}

/* ---- by hand ---- */

TEST(trimmed_mean_by_hand) {
    struct selection_terms terms = plain_terms();
    struct selection_applicant one[] = {plain(0, 8312 * P / 100)};
    /* 90 60 71 85 85.5 77 80, one recused: without 90 and 60, (71 + 85 + 85.5 + 77 + 80) / 5 = 79.7 */
    const struct selection_mark marks[] = {{0, 90 * P, 0}, {1, 60 * P, 0}, {2, 71 * P, 0}, {3, 85 * P, 0}, {9, 0, RECUSAL_BY_RULE},
                                           {4, 855 * P / 10, 0}, {5, 77 * P, 0}, {6, 80 * P, 0}};
    one[0].marks = marks;
    one[0].mark_count = 8;
    one[0].bonus = 7 * P; /* at most 5 */
    CHECK_INT(run(&terms, one, 1), IEUM_OK);
    CHECK_INT(result.places[0].committee, 797 * P / 10);
    CHECK_INT(result.places[0].bonus, 5 * P);
    CHECK_INT(result.places[0].total, 8607 * P / 100); /* 33.248 + 47.82 + 5 = 86.068 */
    CHECK_INT(result.places[0].counted, 7);
    CHECK_INT(result.places[0].recused, 1);
    CHECK(result.marked);
    /* Equal marks: only one of each end is dropped. (80 + 80 + 80 + 80 + 70) / 5 = 78 of 80 80 80 80 80 70 70. */
    const int64_t equal[] = {80, 80, 70, 80, 70, 80, 80};
    struct selection_mark same[7];
    for (uint32_t i = 0; i < 7; i++) same[i] = (struct selection_mark){i, equal[i] * P, 0};
    one[0].marks = same, one[0].mark_count = 7;
    CHECK_INT(run(&terms, one, 1), IEUM_OK);
    CHECK_INT(result.places[0].committee, 78 * P);
    /* Thirds: 70, 70 and 71 are 70.333…; rounded half up to 0, 2, 9 decimals. 70.5 of two goes up. */
    const struct selection_mark thirds[] = {{0, 70 * P, 0}, {1, 70 * P, 0}, {2, 71 * P, 0}};
    terms.least_members = 3, terms.drop_highest = terms.drop_lowest = 0;
    one[0].marks = thirds, one[0].mark_count = 3, one[0].rubric = 0, one[0].bonus = 0;
    const int64_t expected[] = {70 * P, 7033 * P / 100, 70333333333};
    const int decimals[] = {0, 2, 9};
    for (int i = 0; i < 3; i++) {
        terms.decimals = decimals[i];
        CHECK_INT(run(&terms, one, 1), IEUM_OK);
        CHECK_INT(result.places[0].committee, expected[i]);
    }
    const struct selection_mark half[] = {{0, 70 * P, 0}, {1, 71 * P, 0}};
    terms.least_members = 2, terms.decimals = 0, one[0].marks = half, one[0].mark_count = 2;
    CHECK_INT(run(&terms, one, 1), IEUM_OK);
    CHECK_INT(result.places[0].committee, 71 * P);
}

TEST(ties_in_their_order) {
    struct selection_terms terms = plain_terms();
    terms.weight_rubric = terms.weight_committee = P / 2;
    terms.least_members = 1, terms.drop_highest = terms.drop_lowest = 0, terms.quota = 1, terms.reserve = 2;
    /* All have 80: A by 90 + 70, B by 70 + 90, C, D, E by 80 + 80; D came before C and E. */
    struct selection_applicant list[5];
    const int64_t rubric[] = {90, 70, 80, 80, 80}, mark[] = {70, 90, 80, 80, 80}, received[] = {4, 3, 2, 1, 2};
    struct selection_mark marks[5];
    for (uint32_t i = 0; i < 5; i++) {
        marks[i] = (struct selection_mark){0, mark[i] * P, 0};
        list[i] = plain(i, rubric[i] * P);
        list[i].marks = &marks[i], list[i].mark_count = 1, list[i].received = received[i];
    }
    CHECK_INT(run(&terms, list, 5), IEUM_OK);
    const uint32_t order[] = {1, 3, 2, 4, 0}; /* B by committee; D, C, E by receipt and id; A by committee last */
    const enum selection_tie ties[] = {TIE_COMMITTEE, SELECTION_TIES, TIE_RECEIVED, TIE_COMMITTEE, TIE_ID}; /* of A, B, C, D, E */
    for (uint32_t r = 0; r < 5; r++) CHECK_INT(result.order[r], order[r]);
    for (uint32_t i = 0; i < 5; i++) CHECK_INT(result.places[i].tie, ties[i]);
    CHECK_INT(result.last_selected, 1);
    CHECK_INT(result.first_out, 3);
    CHECK_INT(result.line, REASON_QUOTA);
    CHECK_INT(result.line_tie, TIE_COMMITTEE);
    CHECK_INT(result.places[3].reserve, 1);
    CHECK_INT(result.places[2].reserve, 2);
    CHECK_INT(result.places[4].verdict, SELECTION_NOT_SELECTED);
    terms.tie_count = 0; /* the id alone */
    CHECK_INT(run(&terms, list, 5), IEUM_OK);
    for (uint32_t r = 0; r < 5; r++) CHECK_INT(result.order[r], r);
    CHECK_INT(result.line_tie, TIE_ID);
}

TEST(budget_read_in_three_ways) {
    struct selection_terms terms = plain_terms();
    terms.quota = SELECTION_NO_LIMIT, terms.reserve = 9, terms.budget_krw = 100;
    struct selection_applicant list[4];
    const int64_t amount[] = {60, 50, 30, 10};
    for (uint32_t i = 0; i < 4; i++) list[i] = plain(i, (90 - i) * P), list[i].amount_krw = amount[i];
    CHECK_INT(run(&terms, list, 4), IEUM_OK); /* stop: 60, then 50 does not fit into 40 */
    CHECK_INT(result.counts[SELECTION_SELECTED], 1);
    CHECK_INT(result.spent_krw, 60);
    CHECK_INT(result.line, REASON_BUDGET);
    CHECK(!result.marked);
    CHECK_INT(result.places[0].total, 90 * P); /* without marks the rubric alone */
    terms.unfit = UNFIT_SKIP; /* 60, 30, 10 */
    CHECK_INT(run(&terms, list, 4), IEUM_OK);
    CHECK_INT(result.counts[SELECTION_SELECTED], 3);
    CHECK_INT(result.spent_krw, 100);
    CHECK_INT(result.places[1].verdict, SELECTION_RESERVE);
    CHECK_INT(result.places[1].reserve, 1);
    CHECK_INT(result.first_out, SELECTION_NONE);
    terms.unfit = UNFIT_REDUCE; /* 60, then 40 of the 50 */
    CHECK_INT(run(&terms, list, 4), IEUM_OK);
    CHECK_INT(result.counts[SELECTION_SELECTED], 2);
    CHECK_INT(result.places[1].reason, REASON_REDUCED);
    CHECK_INT(result.places[1].granted_krw, 40);
    CHECK_INT(result.places[1].own_krw, 10);
    CHECK_INT(result.spent_krw, 100);
    terms.budget_krw = 60; /* nothing is left to reduce to */
    CHECK_INT(run(&terms, list, 4), IEUM_OK);
    CHECK_INT(result.counts[SELECTION_SELECTED], 1);
    CHECK_INT(result.counts[SELECTION_RESERVE], 3);
}

TEST(own_share_and_cap) {
    struct selection_terms terms = plain_terms();
    struct selection_applicant one[] = {plain(0, 50 * P)};
    one[0].amount_krw = 100000001, one[0].own_share = 2000; /* 20 % of the cost, rounded up: 20,000,001; 80,000,000 asked */
    CHECK_INT(run(&terms, one, 1), IEUM_OK);
    CHECK_INT(result.places[0].own_least_krw, 20000001);
    CHECK_INT(result.places[0].granted_krw, 80000000);
    CHECK_INT(result.places[0].own_krw, 20000001);
    terms.cap_krw = 50000000;
    CHECK_INT(run(&terms, one, 1), IEUM_OK);
    CHECK_INT(result.places[0].granted_krw, 50000000);
    CHECK_INT(result.places[0].own_krw, 50000001);
    terms.amount = AMOUNT_SUPPORT, terms.cap_krw = SELECTION_NO_LIMIT, one[0].amount_krw = 80000000; /* 80 are 80 % of 100 */
    CHECK_INT(run(&terms, one, 1), IEUM_OK);
    CHECK_INT(result.places[0].cost_krw, 100000000);
    CHECK_INT(result.places[0].granted_krw, 80000000);
    CHECK_INT(result.places[0].own_krw, 20000000);
    one[0].amount_krw = SELECTION_AMOUNT_MOST, one[0].own_share = OWN_SHARE_MOST; /* the greatest numbers that are let in */
    CHECK_INT(run(&terms, one, 1), IEUM_OK);
    CHECK_INT(result.places[0].cost_krw, 100 * SELECTION_AMOUNT_MOST);
}

/* Who may be given no money takes a place and nothing of the budget, also after the budget has ended the list for others. */
TEST(without_money) {
    struct selection_terms terms = plain_terms();
    terms.quota = 3, terms.reserve = 9, terms.budget_krw = 100;
    struct selection_applicant list[4];
    const int64_t amount[] = {60, 50, 70, SELECTION_NOT_GIVEN};
    for (uint32_t i = 0; i < 4; i++) list[i] = plain(i, (90 - i) * P), list[i].amount_krw = amount[i], list[i].own_share = 2000;
    list[0].unfunded = list[2].unfunded = list[3].unfunded = true;
    terms.budget_krw = 30;
    CHECK_INT(run(&terms, list, 4), IEUM_OK);
    CHECK_INT(result.spent_krw, 0);
    CHECK_INT(result.places[0].granted_krw, 0);
    CHECK_INT(result.places[0].asked_krw, 0);
    CHECK_INT(result.places[0].own_krw, 60);
    CHECK_INT(result.places[1].reason, REASON_BUDGET); /* asks for 40 of 30 */
    CHECK_INT(result.places[2].reason, REASON_TAKEN);
    CHECK_INT(result.places[2].own_krw, 70);
    CHECK_INT(result.places[3].reason, REASON_TAKEN);
    CHECK_INT(result.places[3].granted_krw, 0);
    CHECK_INT(result.places[3].own_krw, SELECTION_NOT_GIVEN);
    terms.quota = 2; /* a place is a place */
    CHECK_INT(run(&terms, list, 4), IEUM_OK);
    CHECK_INT(result.places[3].reason, REASON_QUOTA);
}

TEST(who_falls_out) {
    struct selection_terms terms = plain_terms();
    terms.quota = 1, terms.reserve = 0, terms.least_total = 60 * P;
    struct selection_applicant list[8];
    for (uint32_t i = 0; i < 8; i++) list[i] = plain(i, 70 * P);
    list[0].eligible = false, list[0].knock_out = 3;
    list[1].knock_out = 2, list[1].award = 0;
    list[2].award = 5;
    list[3].firm = 40, list[3].received = 9;
    list[4].firm = 40, list[4].received = 8; /* stays, though its id is higher */
    list[5].firm = 40, list[5].received = 1, list[5].eligible = false;
    list[6].rubric = 5999 * P / 100;
    CHECK_INT(run(&terms, list, 8), IEUM_OK);
    const enum selection_reason reasons[] = {REASON_INELIGIBLE, REASON_RULE, REASON_AWARD, REASON_SECOND_TASK, REASON_QUOTA, REASON_INELIGIBLE,
                                             REASON_BELOW_LEAST, REASON_TAKEN};
    for (uint32_t i = 0; i < 8; i++) CHECK_INT(result.places[i].reason, reasons[i]);
    CHECK_INT(result.places[3].other, 4);
    CHECK_INT(result.places[4].rank, 2); /* H was received earlier */
    CHECK_INT(result.places[0].rank, 0);
    CHECK_INT(result.ranked, 3);
    CHECK_INT(result.counts[SELECTION_KNOCKED_OUT], 3);
    terms.tasks = TASKS_FIRST_RECEIVED; /* F came first, eligible or not */
    CHECK_INT(run(&terms, list, 8), IEUM_OK);
    CHECK_INT(result.places[3].other, 5);
    CHECK_INT(result.places[4].other, 5);
    CHECK_INT(result.places[5].reason, REASON_INELIGIBLE);
    terms.tasks = TASKS_ANY;
    CHECK_INT(run(&terms, list, 8), IEUM_OK);
    CHECK_INT(result.ranked, 4);
}

/* Six by rank: a a b a b, and one that names no track. Places: three in all, of a one, of b two. */
TEST(tracks_have_quotas_and_reserve_lists_of_their_own) {
    static const int64_t quotas[] = {1, 2};
    static const uint32_t tracks[] = {0, 0, 1, 0, 1, 2};
    struct selection_terms terms = plain_terms();
    struct selection_applicant list[6];
    terms.quota = 3, terms.track_quotas = quotas, terms.track_count = 2;
    for (uint32_t i = 0; i < 6; i++) list[i] = plain(i, (90 - i) * P), list[i].track = tracks[i];
    CHECK_INT(run(&terms, list, 6), IEUM_OK);
    static const enum selection_verdict verdicts[] = {SELECTION_SELECTED, SELECTION_RESERVE, SELECTION_SELECTED, SELECTION_NOT_SELECTED, SELECTION_SELECTED, SELECTION_RESERVE};
    static const enum selection_reason reasons[] = {REASON_TAKEN, REASON_TRACK_QUOTA, REASON_TAKEN, REASON_TRACK_QUOTA, REASON_TAKEN, REASON_QUOTA};
    for (size_t i = 0; i < 6; i++) {
        CHECK_INT(result.places[i].verdict, verdicts[i]);
        CHECK_INT(result.places[i].reason, reasons[i]);
    }
    CHECK_INT(result.places[1].reserve, 1); /* of a */
    CHECK_INT(result.places[5].reserve, 1); /* of those in none */
    CHECK_INT(result.counts[SELECTION_RESERVE], 2);
    list[5].track = 3;
    CHECK_INT(run(&terms, list, 6), IEUM_INVALID);
    terms.track_count = 0; /* without tracks the first three */
    for (uint32_t i = 0; i < 6; i++) list[i].track = 0;
    CHECK_INT(run(&terms, list, 6), IEUM_OK);
    for (size_t i = 0; i < 6; i++) CHECK_INT(result.places[i].verdict, i < 3 ? SELECTION_SELECTED : i == 3 ? SELECTION_RESERVE : SELECTION_NOT_SELECTED);
}

TEST(nobody_and_nothing) {
    struct selection_terms terms = plain_terms();
    CHECK_INT(run(&terms, NULL, 0), IEUM_OK);
    CHECK_INT(result.ranked, 0);
    CHECK_INT(result.last_selected, SELECTION_NONE);
    CHECK_INT(result.first_out, SELECTION_NONE);
    struct selection_applicant one[] = {plain(0, 10 * P)};
    terms.quota = 0;
    CHECK_INT(run(&terms, one, 1), IEUM_OK);
    CHECK_INT(result.first_out, 0);
    CHECK_INT(result.places[0].verdict, SELECTION_RESERVE);
}

/* ---- what is refused ---- */

TEST(refusals) {
    struct selection_terms terms = plain_terms();
    struct selection_mark marks[8];
    for (uint32_t i = 0; i < 8; i++) marks[i] = (struct selection_mark){i, 80 * P, 0};
    struct selection_applicant list[] = {plain(0, 50 * P), plain(1, 50 * P)};
    list[0].marks = marks, list[0].mark_count = 7;
    CHECK_INT(run(&terms, list, 2), IEUM_INVALID); /* B has no marks while A has */
    CHECK_TEXT(problem.pointer, "/marks/B");
    CHECK(strstr(problem.en, "lacks 7 marks") != NULL);
    CHECK(strstr(problem.ko, "7명분 모자랍니다") != NULL);
    CHECK(!result.places && !result.order);
    list[1].eligible = false; /* nobody needs to judge it */
    CHECK_INT(run(&terms, list, 2), IEUM_OK);
    marks[2].recusal = RECUSAL_BY_ONESELF;
    CHECK_INT(run(&terms, list, 2), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/marks/A");
    CHECK(strstr(problem.en, "lacks 1 marks: without the 1 recused there are 6") != NULL);
    marks[2] = (struct selection_mark){5, 10 * P, 0};
    CHECK_INT(run(&terms, list, 2), IEUM_INVALID); /* member 5 twice */
    CHECK_TEXT(problem.pointer, "/marks/A/5");
    marks[2] = (struct selection_mark){2, -1, 0};
    CHECK_INT(run(&terms, list, 2), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/marks/A/2");
    marks[2].mark = 100 * P + 1;
    CHECK_INT(run(&terms, list, 2), IEUM_INVALID);
    marks[2].mark = 100 * P;
    CHECK_INT(run(&terms, list, 2), IEUM_OK);
    list[0].rubric = -1;
    CHECK_INT(run(&terms, list, 2), IEUM_INVALID);
    list[0].rubric = 0, list[0].amount_krw = -1;
    CHECK_INT(run(&terms, list, 2), IEUM_INVALID);
    list[0].amount_krw = SELECTION_NOT_GIVEN, list[0].own_share = OWN_SHARE_WHOLE;
    CHECK_INT(run(&terms, list, 2), IEUM_INVALID);
    list[0].own_share = 0;
    terms.weight_rubric++;
    CHECK_INT(run(&terms, list, 2), IEUM_INVALID);
    terms = plain_terms(), terms.drop_lowest = 6;
    CHECK_INT(run(&terms, list, 2), IEUM_INVALID);
    terms = plain_terms(), terms.quota = -1;
    CHECK_INT(run(&terms, list, 2), IEUM_INVALID);
    terms = plain_terms();
    for (uint64_t n = 1; n < 20; n++) { /* memory that runs out is told, and nothing is left */
        memory_fail_at(n);
        const ieum_status status = run(&terms, list, 2);
        memory_fail_at(0);
        memory_clear_failed();
        if (status == IEUM_OK) break;
        CHECK_INT(status, IEUM_MEMORY);
        CHECK(n < 19);
    }
}

/* ---- a second way: everything by counting, nothing sorted ---- */

enum { MOST = 12, MARKS = 10 };
struct second {
    int verdict[MOST], rank[MOST], reserve[MOST];
    int64_t committee[MOST], total[MOST], granted[MOST];
    bool few;
};

static int64_t round_to(int64_t points, int decimals) {
    int64_t unit = 1;
    for (int i = decimals; i < 9; i++) unit *= 10;
    const int64_t rest = points % unit;
    return points - rest + (2 * rest >= unit ? unit : 0);
}

static int64_t second_mean(const struct selection_terms *terms, const struct selection_applicant *one) {
    bool gone[MARKS] = {false};
    int64_t sum = 0, count = 0;
    for (size_t m = 0; m < one->mark_count; m++) gone[m] = one->marks[m].recusal != RECUSAL_NONE;
    for (uint32_t k = 0; k < terms->drop_highest + terms->drop_lowest; k++) {
        int worst = -1;
        for (int m = 0; m < (int)one->mark_count; m++) {
            if (gone[m]) continue;
            if (worst < 0 || (k < terms->drop_highest ? one->marks[m].mark > one->marks[worst].mark : one->marks[m].mark < one->marks[worst].mark)) worst = m;
        }
        gone[worst] = true;
    }
    for (size_t m = 0; m < one->mark_count; m++)
        if (!gone[m]) sum += one->marks[m].mark, count++;
    /* marks are whole tenths of a point here, so sum · 10^decimals stays small */
    int64_t unit = 1;
    for (int i = terms->decimals; i < 9; i++) unit *= 10;
    int64_t whole = sum / (count * unit), rest = sum % (count * unit);
    return (whole + (2 * rest >= count * unit)) * unit;
}

/* Whether a stands before b: total, ties, index. */
static bool before(const struct selection_terms *terms, const struct selection_applicant *list, const struct second *second, size_t a, size_t b) {
    if (second->total[a] != second->total[b]) return second->total[a] > second->total[b];
    for (uint32_t t = 0; t < terms->tie_count; t++) {
        const int64_t x[] = {second->committee[a], round_to(list[a].rubric, terms->decimals), list[a].bonus < terms->bonus_most ? list[a].bonus : terms->bonus_most,
                             -list[a].received, -(int64_t)a};
        const int64_t y[] = {second->committee[b], round_to(list[b].rubric, terms->decimals), list[b].bonus < terms->bonus_most ? list[b].bonus : terms->bonus_most,
                             -list[b].received, -(int64_t)b};
        if (x[terms->ties[t]] != y[terms->ties[t]]) return x[terms->ties[t]] > y[terms->ties[t]];
    }
    return a < b;
}

static void second_way(const struct selection_terms *terms, const struct selection_applicant *list, size_t count, struct second *second) {
    bool barred[MOST], out[MOST], marked = false;
    *second = (struct second){0};
    for (size_t i = 0; i < count; i++) {
        barred[i] = !list[i].eligible || list[i].knock_out != SELECTION_NONE || list[i].award != SELECTION_NONE;
        second->granted[i] = SELECTION_NOT_GIVEN;
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = barred[i];
        second->verdict[i] = !list[i].eligible ? SELECTION_INELIGIBLE : SELECTION_KNOCKED_OUT;
        for (size_t k = 0; k < count && terms->tasks != TASKS_ANY; k++) {
            const bool earlier = list[k].received < list[i].received || (list[k].received == list[i].received && k < i);
            if (k != i && list[k].firm == list[i].firm && earlier && (terms->tasks == TASKS_FIRST_RECEIVED || !barred[k])) out[i] = true;
        }
        for (size_t m = 0; m < list[i].mark_count; m++) marked = marked || (!out[i] && list[i].marks[m].recusal == RECUSAL_NONE);
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t counted = 0;
        for (size_t m = 0; m < list[i].mark_count; m++) counted += list[i].marks[m].recusal == RECUSAL_NONE;
        if (out[i]) continue;
        if (marked && counted < terms->least_members) {
            second->few = true;
            return;
        }
        const int64_t bonus = list[i].bonus < terms->bonus_most ? list[i].bonus : terms->bonus_most, rubric = round_to(list[i].rubric, terms->decimals);
        second->committee[i] = marked ? second_mean(terms, &list[i]) : 0;
        /* weights are whole tenths here: tenths of rubric and committee add up to ten times the total */
        const int64_t tenfold = marked ? terms->weight_rubric / (P / 10) * rubric + terms->weight_committee / (P / 10) * second->committee[i] + 10 * bonus
                                       : 10 * rubric + 10 * bonus;
        int64_t unit = 10;
        for (int d = terms->decimals; d < 9; d++) unit *= 10;
        second->total[i] = (tenfold / unit + (2 * (tenfold % unit) >= unit)) * (unit / 10);
    }
    int64_t left = terms->budget_krw, places = terms->quota;
    int reserve = 0;
    bool ended = false;
    for (int rank = 1; rank <= (int)count; rank++) {
        for (size_t i = 0; i < count; i++) {
            int better = 0;
            if (out[i]) continue;
            for (size_t k = 0; k < count; k++) better += !out[k] && k != i && before(terms, list, second, k, i);
            if (better + 1 != rank) continue;
            second->rank[i] = rank;
            second->verdict[i] = SELECTION_NOT_SELECTED;
            if (second->total[i] < terms->least_total) continue;
            int64_t asked = 0;
            if (list[i].amount_krw != SELECTION_NOT_GIVEN && !list[i].unfunded) {
                const int64_t share = list[i].own_share, amount = list[i].amount_krw;
                asked = terms->amount == AMOUNT_SUPPORT ? amount : amount * (10000 - share) / 10000;
                if (asked > terms->cap_krw) asked = terms->cap_krw;
            }
            int64_t granted = -1;
            if (places > 0 && (!ended || list[i].unfunded)) {
                if (asked <= left) granted = asked;
                else {
                    if (terms->unfit == UNFIT_REDUCE && left > 0) granted = left;
                    if (terms->unfit != UNFIT_SKIP) ended = true;
                }
            }
            if (granted >= 0) {
                second->verdict[i] = SELECTION_SELECTED;
                if (list[i].amount_krw != SELECTION_NOT_GIVEN || list[i].unfunded) second->granted[i] = granted;
                places--, left -= granted;
            } else if (reserve < terms->reserve) {
                second->verdict[i] = SELECTION_RESERVE;
                second->reserve[i] = ++reserve;
            }
        }
    }
}

static uint32_t below(struct random *random, uint64_t bound) { return (uint32_t)random_below(random, bound); }

static void random_case(struct random *random, struct selection_terms *terms, struct selection_applicant *list, struct selection_mark marks[MOST][MARKS], size_t count) {
    *terms = plain_terms();
    terms->weight_rubric = below(random, 11) * (P / 10);
    terms->weight_committee = P - terms->weight_rubric;
    terms->decimals = (int)below(random, 10);
    terms->drop_highest = below(random, 3), terms->drop_lowest = below(random, 3);
    terms->least_members = terms->drop_highest + terms->drop_lowest + 1 + below(random, 2);
    terms->bonus_most = below(random, 4) * P;
    terms->least_total = below(random, 2) ? below(random, 100) * P : 0;
    terms->tie_count = below(random, SELECTION_TIES + 1);
    for (uint32_t t = 0; t < SELECTION_TIES; t++) terms->ties[t] = (enum selection_tie)t;
    for (uint32_t t = SELECTION_TIES - 1; t > 0; t--) {
        const uint32_t other = below(random, t + 1);
        const enum selection_tie kept = terms->ties[t];
        terms->ties[t] = terms->ties[other], terms->ties[other] = kept;
    }
    terms->tasks = (enum selection_tasks)below(random, 3);
    terms->unfit = (enum selection_unfit)below(random, 3);
    terms->amount = (enum selection_amount)below(random, 2);
    terms->quota = below(random, 8) ? below(random, MOST) : 1000;
    terms->budget_krw = below(random, 4) ? below(random, 400) : 1000000;
    terms->cap_krw = below(random, 2) ? below(random, 100) : SELECTION_NO_LIMIT;
    terms->reserve = below(random, 5);
    const bool marked = below(random, 3) > 0;
    for (uint32_t i = 0; i < count; i++) {
        list[i] = plain(i, (int64_t)(70 + below(random, 4)) * P + (below(random, 3) ? 0 : (int64_t)below(random, P)));
        list[i].eligible = below(random, 8) > 0;
        if (below(random, 9) == 0) list[i].knock_out = 0;
        if (below(random, 9) == 0) list[i].award = 0;
        list[i].bonus = below(random, 5) * (P / 2);
        list[i].firm = below(random, (uint64_t)count + 3);
        list[i].received = below(random, 6);
        list[i].own_share = below(random, 3) * 1000 + below(random, 2) * 333;
        if (below(random, 6)) list[i].amount_krw = below(random, 120);
        list[i].unfunded = below(random, 5) == 0;
        if (!marked) continue;
        list[i].marks = marks[i];
        list[i].mark_count = terms->least_members + below(random, 3); /* 9 at most */
        for (uint32_t m = 0; m < list[i].mark_count; m++) {
            marks[i][m] = (struct selection_mark){m, (int64_t)(700 + below(random, 40)) * (P / 10), RECUSAL_NONE};
            if (m >= terms->least_members || below(random, 60) == 0) marks[i][m].recusal = (enum selection_recusal)below(random, RECUSALS);
        }
    }
}

TEST(equals_the_second_way) {
    const char *asked = getenv("IEUM_CASES");
    const long cases = asked ? atol(asked) : 2000;
    struct random random;
    long few = 0, tied = 0;
    random_seed(&random, 20250811);
    for (long c = 0; c < cases; c++) {
        struct selection_terms terms;
        struct selection_applicant list[MOST];
        static struct selection_mark marks[MOST][MARKS];
        struct second second;
        const size_t count = below(&random, MOST + 1);
        random_case(&random, &terms, list, marks, count);
        second_way(&terms, list, count, &second);
        const ieum_status status = run(&terms, list, count);
        CHECK_INT(status, second.few ? IEUM_INVALID : IEUM_OK);
        few += second.few;
        if (status != IEUM_OK) continue;
        int64_t spent = 0;
        for (size_t i = 0; i < count; i++) {
            CHECK_INT(result.places[i].verdict, second.verdict[i]);
            CHECK_INT(result.places[i].rank, second.rank[i]);
            CHECK_INT(result.places[i].reserve, second.reserve[i]);
            CHECK_INT(result.places[i].granted_krw, second.granted[i]);
            if (second.rank[i]) CHECK_INT(result.places[i].total, second.total[i]);
            if (second.rank[i] && result.marked) CHECK_INT(result.places[i].committee, second.committee[i]);
            tied += result.places[i].tie != SELECTION_TIES;
            if (result.places[i].granted_krw == SELECTION_NOT_GIVEN) continue;
            spent += result.places[i].granted_krw;
            CHECK(result.places[i].own_krw >= result.places[i].own_least_krw);
            CHECK_INT(result.places[i].granted_krw + result.places[i].own_krw, result.places[i].cost_krw);
        }
        CHECK_INT(result.spent_krw, spent);
        CHECK(result.spent_krw <= terms.budget_krw);
        if (test_failures > 20) break;
    }
    selection_free(&result);
    CHECK(few > cases / 100 && tied > cases / 10); /* the cases are worth something */
}

TEST_MAIN(trimmed_mean_by_hand, ties_in_their_order, budget_read_in_three_ways, tracks_have_quotas_and_reserve_lists_of_their_own, own_share_and_cap, without_money, who_falls_out, nobody_and_nothing, refusals, equals_the_second_way)
