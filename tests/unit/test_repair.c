/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Repairs against a search through every set of candidate and barred pairs: none breaks less. The problem with the
 * changes made has an assignment, and the pairs shown are one. $IEUM_CASES sets how many random problems are tried.
 */
#include "../../engine/base/memory.h"
#include "../../engine/match/repair.h"
#include "assignment_cases.h"

enum { MOST_BARRED = 4, SMALL_EDGES = 9, MOST_PLACES = SMALL_EDGES + MOST_BARRED };

static long case_count(long usual) {
    const char *text = getenv("IEUM_CASES");
    return text ? strtol(text, NULL, 10) : usual;
}

struct question_case {
    struct repair_question question;
    struct repair_barred barred[MOST_BARRED];
    int64_t each[ASSIGNMENT_VETO + 1][CASE_GROUPS];
};

static bool is_candidate(const struct assignment_problem *problem, struct assignment_pair pair, uint32_t *edge) {
    for (*edge = problem->edge_start[pair.demand]; *edge < problem->edge_start[pair.demand + 1]; (*edge)++) {
        if (problem->edge_supplier[*edge] == pair.supplier) return true;
    }
    return false;
}

/* The index of a barred pair, or MOST_BARRED. */
static uint32_t barred_index(const struct repair_question *question, struct assignment_pair pair) {
    for (uint32_t i = 0; i < question->barred_count; i++) {
        const struct assignment_pair *it = &question->barred[i].pair;
        if (it->demand == pair.demand && it->supplier == pair.supplier) return i;
    }
    return MOST_BARRED;
}

static void random_question(struct question_case *it, struct random *random, const struct assignment_problem *problem) {
    memset(it, 0, sizeof *it);
    it->question = repair_standard();
    it->question.barred = it->barred;
    for (int need = 0; need <= ASSIGNMENT_VETO; need++) {
        struct repair_price *price = &it->question.price[need];
        uint64_t style = random_below(random, 5);
        if (style == 0) continue;
        price->all = style == 1 ? 0 : 1 + (int64_t)random_below(random, 9);
        if (style < 4) continue;
        for (int i = 0; i < CASE_GROUPS; i++) {
            it->each[need][i] = (int64_t)random_below(random, 6);
        }
        price->each = it->each[need];
    }
    uint64_t wanted = random_below(random, MOST_BARRED + 1);
    for (uint32_t i = 0; i < wanted && problem->demand_count && problem->supplier_count; i++) {
        struct assignment_pair pair = {(uint32_t)random_below(random, problem->demand_count),
                                       (uint32_t)random_below(random, problem->supplier_count)};
        uint32_t edge;
        if (is_candidate(problem, pair, &edge) || barred_index(&it->question, pair) < MOST_BARRED) continue;
        it->barred[it->question.barred_count++] = (struct repair_barred){pair, 1 + (int64_t)random_below(random, 4)};
    }
}

/* ---- every set of pairs ---- */

static int64_t price_of(const struct repair_question *question, enum assignment_need need, uint32_t index) {
    const struct repair_price *price = &question->price[need];
    return price->each ? price->each[index] : price->all;
}

/* Adds what so many units cost; false: they may not be waived. */
static bool pay(const struct repair_question *question, enum assignment_need need, uint32_t index, int64_t units,
                int64_t *cost) {
    int64_t price = price_of(question, need, index);
    if (units <= 0) return true;
    *cost += units * price;
    return price > 0;
}

struct every_set {
    const struct assignment_problem *problem;
    const struct repair_question *question;
    struct assignment_pair places[MOST_PLACES];
    uint32_t edge_count, count;
};

static bool takes(const struct every_set *it, uint32_t set, struct assignment_pair pair) {
    for (uint32_t i = 0; i < it->count; i++) {
        if (it->places[i].demand == pair.demand && it->places[i].supplier == pair.supplier) return set >> i & 1;
    }
    return false;
}

static bool cost_of_set(const struct every_set *it, uint32_t set, int64_t *cost) {
    const struct assignment_problem *problem = it->problem;
    const struct repair_question *question = it->question;
    int64_t demand[CASE_SIDE] = {0}, supplier[CASE_SIDE] = {0};
    bool allowed = true;
    *cost = 0;
    for (uint32_t i = 0; i < it->count; i++) {
        if (!(set >> i & 1)) continue;
        demand[it->places[i].demand]++;
        supplier[it->places[i].supplier]++;
        if (i >= it->edge_count) *cost += question->barred[i - it->edge_count].cost;
    }
    for (uint32_t d = 0; d < problem->demand_count; d++) {
        allowed = pay(question, ASSIGNMENT_DEMAND_MIN, d, problem->demand_min[d] - demand[d], cost) && allowed;
        allowed = pay(question, ASSIGNMENT_DEMAND_MAX, d, demand[d] - problem->demand_max[d], cost) && allowed;
    }
    for (uint32_t s = 0; s < problem->supplier_count; s++) {
        allowed = pay(question, ASSIGNMENT_SUPPLIER_MIN, s, problem->supplier_min[s] - supplier[s], cost) && allowed;
        allowed = pay(question, ASSIGNMENT_SUPPLIER_MAX, s, supplier[s] - problem->supplier_max[s], cost) && allowed;
    }
    for (uint32_t g = 0; g < problem->group_count; g++) {
        const struct assignment_group *group = &problem->groups[g];
        int64_t load = 0;
        for (uint32_t i = 0; i < group->member_count; i++) {
            load += (group->side == ASSIGNMENT_DEMAND ? demand : supplier)[group->members[i]];
        }
        allowed = pay(question, ASSIGNMENT_GROUP_MIN, g, group->min - load, cost) && allowed;
        allowed = pay(question, ASSIGNMENT_GROUP_MAX, g, load - group->max, cost) && allowed;
    }
    for (uint32_t i = 0; i < problem->lock_count; i++) {
        allowed = pay(question, ASSIGNMENT_LOCK, i, !takes(it, set, problem->locks[i]), cost) && allowed;
    }
    for (uint32_t i = 0; i < problem->veto_count; i++) {
        allowed = pay(question, ASSIGNMENT_VETO, i, takes(it, set, problem->vetoes[i]), cost) && allowed;
    }
    return allowed;
}

static void list_places(struct every_set *it, const struct assignment_problem *problem,
                        const struct repair_question *question) {
    *it = (struct every_set){.problem = problem, .question = question};
    for (uint32_t d = 0; d < problem->demand_count; d++) {
        for (uint32_t e = problem->edge_start[d]; e < problem->edge_start[d + 1]; e++) {
            it->places[it->count++] = (struct assignment_pair){d, problem->edge_supplier[e]};
        }
    }
    it->edge_count = it->count;
    for (uint32_t i = 0; i < question->barred_count; i++) it->places[it->count++] = question->barred[i].pair;
}

/* False: no set of pairs breaks only what may be waived. */
static bool search_repair(const struct every_set *it, int64_t *best) {
    bool found = false;
    for (uint32_t set = 0; set < UINT32_C(1) << it->count; set++) {
        int64_t cost;
        if (!cost_of_set(it, set, &cost) || (found && cost >= *best)) continue;
        found = true;
        *best = cost;
    }
    return found;
}

/* ---- the changes, made ---- */

/* `to`: the problem after the changes, its barred pairs that are let in added as candidates. */
static void make_changes(const struct small_case *from, const struct question_case *question,
                         const struct repair *repair, struct small_case *to) {
    bool lifted_lock[CASE_PAIRS] = {false}, lifted_veto[CASE_PAIRS] = {false}, let_in[MOST_BARRED] = {false};
    *to = *from;
    case_point(to);
    for (uint32_t i = 0; i < repair->change_count; i++) {
        const struct repair_change *change = &repair->changes[i];
        uint32_t at = change->requirement.index;
        if (change->barred) {
            let_in[at] = true;
            continue;
        }
        switch (change->requirement.need) {
        case ASSIGNMENT_DEMAND_MIN: to->demand_min[at] = change->to; break;
        case ASSIGNMENT_DEMAND_MAX: to->demand_max[at] = change->to; break;
        case ASSIGNMENT_SUPPLIER_MIN: to->supplier_min[at] = change->to; break;
        case ASSIGNMENT_SUPPLIER_MAX: to->supplier_max[at] = change->to; break;
        case ASSIGNMENT_GROUP_MIN: to->groups[at].min = change->to; break;
        case ASSIGNMENT_GROUP_MAX: to->groups[at].max = change->to; break;
        case ASSIGNMENT_LOCK: lifted_lock[at] = true; break;
        default: lifted_veto[at] = true; break;
        }
    }
    to->problem.lock_count = to->problem.veto_count = 0;
    for (uint32_t i = 0; i < from->problem.lock_count; i++) {
        if (!lifted_lock[i]) to->locks[to->problem.lock_count++] = from->locks[i];
    }
    for (uint32_t i = 0; i < from->problem.veto_count; i++) {
        if (!lifted_veto[i]) to->vetoes[to->problem.veto_count++] = from->vetoes[i];
    }
    uint32_t count = 0;
    for (uint32_t d = 0; d < from->problem.demand_count; d++) {
        to->start[d] = count;
        for (uint32_t s = 0; s < from->problem.supplier_count; s++) {
            uint32_t edge, barred = barred_index(&question->question, (struct assignment_pair){d, s});
            bool candidate = is_candidate(&from->problem, (struct assignment_pair){d, s}, &edge);
            if (!candidate && (barred == MOST_BARRED || !let_in[barred])) continue;
            to->supplier[count] = s;
            to->score[count++] = 0;
        }
    }
    to->start[from->problem.demand_count] = count;
}

/* Whether the pairs shown, and they alone, keep everything. */
static bool pairs_keep_all(const struct small_case *it, const struct repair *repair) {
    struct search_all search = {.problem = &it->problem};
    uint32_t edge;
    for (uint32_t i = 0; i < repair->pair_count; i++) {
        if (!is_candidate(&it->problem, repair->pairs[i], &edge)) return false;
        search.demand_load[repair->pairs[i].demand]++;
        if (++search.supplier_load[repair->pairs[i].supplier] > it->supplier_max[repair->pairs[i].supplier])
            return false;
        for (uint32_t v = 0; v < it->problem.veto_count; v++) {
            if (memcmp(&it->vetoes[v], &repair->pairs[i], sizeof repair->pairs[i]) == 0) return false;
        }
    }
    for (uint32_t l = 0; l < it->problem.lock_count; l++) {
        bool found = false;
        for (uint32_t i = 0; i < repair->pair_count; i++) {
            found = found || memcmp(&it->locks[l], &repair->pairs[i], sizeof it->locks[l]) == 0;
        }
        if (!found) return false;
    }
    search_leaf(&search, 0);
    return search.exists;
}

static long check_repair(const struct small_case *it, const struct question_case *question,
                         const struct repair *repair) {
    struct small_case changed;
    struct assignment_result result = {0};
    struct problem problem = {0};
    int64_t sum = 0;
    make_changes(it, question, repair, &changed);
    for (uint32_t i = 0; i < repair->change_count; i++) sum += repair->changes[i].cost;
    long wrong = sum != repair->cost || !pairs_keep_all(&changed, repair);
    wrong += assignment_solve(&changed.problem, &result, &problem) != IEUM_OK || result.status != ASSIGNMENT_OPTIMAL;
    assignment_result_free(&result);
    return wrong;
}

TEST(no_repair_is_cheaper) {
    struct random random;
    long wrong = 0, repaired = 0, hopeless = 0, fine = 0, kinds[ASSIGNMENT_VETO + 2] = {0}, count = case_count(10000);
    random_seed(&random, 20260502);
    for (long i = 0; i < count; i++) {
        struct small_case it;
        struct question_case question;
        struct repair repair = {0};
        struct problem problem = {0};
        struct every_set every;
        int64_t best = 0;
        case_random(&it, &random, i % 2 ? CASE_SIDE : 3, SMALL_EDGES);
        random_question(&question, &random, &it.problem);
        list_places(&every, &it.problem, &question.question);
        bool found = search_repair(&every, &best);
        ieum_status status = repair_find(&it.problem, &question.question, &repair, &problem);
        if (status != IEUM_OK || repair.possible != found || (found && repair.cost != best)) {
            wrong++;
            fprintf(stderr, "case %ld: %d %s, %lld instead of %lld\n", i, (int)status, problem.en,
                    (long long)repair.cost, found ? (long long)best : -1);
        } else if (found) {
            wrong += check_repair(&it, &question, &repair);
        }
        *(!found ? &hopeless : best == 0 ? &fine : &repaired) += 1;
        for (uint32_t c = 0; c < repair.change_count; c++) {
            kinds[repair.changes[c].barred ? ASSIGNMENT_VETO + 1 : (int)repair.changes[c].requirement.need]++;
        }
        repair_free(&repair);
    }
    printf("%ld repaired, %ld beyond repair, %ld in order; changes by kind", repaired, hopeless, fine);
    for (int kind = 0; kind <= ASSIGNMENT_VETO + 1; kind++) {
        printf(" %ld", kinds[kind]);
        CHECK(kinds[kind] > 0);
    }
    printf("\n");
    CHECK_INT(wrong, 0);
    CHECK(repaired > count / 10 && hopeless > count / 100 && fine > count / 10);
}

/* ---- by hand ---- */

TEST(repairs_what_an_office_would) {
    /* Two demands need two suppliers each; there are three places in all. */
    static const uint32_t start[] = {0, 2, 4}, supplier[] = {0, 1, 0, 1};
    static const int64_t score[] = {9, 8, 7, 6}, two[] = {2, 2}, zero[] = {0, 0}, places[] = {2, 1};
    const struct assignment_problem it = {2,      2,    start, supplier, score, two, two, zero,
                                          places, NULL, NULL,  NULL,     0,     0,   0};
    struct repair_question question = repair_standard();
    struct repair repair = {0};
    struct problem problem = {0};
    CHECK_INT(repair_find(&it, &question, &repair, &problem), IEUM_OK);
    CHECK(repair.possible);
    CHECK_INT(repair.cost, 1);
    CHECK_INT(repair.change_count, 1);
    repair_free(&repair);
    /* A place costs 5, a demand's minimum 7: the place. */
    question = (struct repair_question){0};
    question.price[ASSIGNMENT_DEMAND_MIN].all = 7;
    question.price[ASSIGNMENT_SUPPLIER_MAX].all = 5;
    CHECK_INT(repair_find(&it, &question, &repair, &problem), IEUM_OK);
    CHECK_INT(repair.cost, 5);
    CHECK_INT(repair.changes[0].requirement.need, ASSIGNMENT_SUPPLIER_MAX);
    CHECK_INT(repair.changes[0].requirement.index, 1);
    CHECK_INT(repair.changes[0].from * 10 + repair.changes[0].to, 12);
    CHECK_INT(repair.pair_count, 4);
    repair_free(&repair);
    question = (struct repair_question){0};
    CHECK_INT(repair_find(&it, &question, &repair, &problem), IEUM_OK);
    CHECK(!repair.possible && repair.change_count == 0 && repair.pair_count == 0);
    repair_free(&repair);
}

static void check_refused(const struct repair_question *question, const char *pointer) {
    static const uint32_t start[] = {0, 1}, supplier[] = {0};
    static const int64_t score[] = {9}, one[] = {1, 1}, zero[] = {0, 0};
    const struct assignment_problem it = {1, 2, start, supplier, score, one, one, zero, one, NULL, NULL, NULL, 0, 0, 0};
    struct repair repair = {0};
    struct problem problem = {0};
    CHECK_INT(repair_find(&it, question, &repair, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, pointer);
    CHECK(problem.ko[0] && problem.en[0]);
    repair_free(&repair);
}

TEST(malformed_questions_are_refused) {
    const int64_t costs[] = {-1, REPAIR_COST_LIMIT + 1};
    struct repair_barred barred[2] = {{{0, 1}, 1}, {{0, 1}, 1}};
    struct repair_question question = repair_standard();
    question.price[ASSIGNMENT_LOCK].all = -3;
    check_refused(&question, "/waivable/lock");
    question = repair_standard();
    question.price[ASSIGNMENT_DEMAND_MAX].each = costs;
    check_refused(&question, "/waivable/demand_max/0");
    question.price[ASSIGNMENT_DEMAND_MAX].each = costs + 1;
    check_refused(&question, "/waivable/demand_max/0");
    question = repair_standard();
    question.barred = barred, question.barred_count = 2;
    check_refused(&question, "/barred/1");
    question.barred_count = 1;
    barred[0].cost = 0;
    check_refused(&question, "/barred/0");
    barred[0] = (struct repair_barred){{0, 0}, 1};
    check_refused(&question, "/barred/0");
    barred[0] = (struct repair_barred){{0, 2}, 1};
    check_refused(&question, "/barred/0");
    barred[0] = (struct repair_barred){{1, 0}, 1};
    check_refused(&question, "/barred/0");
}

TEST(sums_that_could_overflow_are_refused) {
    static const uint32_t start[] = {0, 0, 0};
    static const int64_t huge[] = {INT64_MAX, INT64_MAX}, zero[] = {0, 0};
    const struct assignment_problem it = {2, 0, start, NULL, NULL, huge, huge, zero, zero, NULL, NULL, NULL, 0, 0, 0};
    struct repair_question question = repair_standard();
    struct repair repair = {0};
    struct problem problem = {0};
    CHECK_INT(repair_find(&it, &question, &repair, &problem), IEUM_LIMIT);
    CHECK_TEXT(problem.pointer, "/waivable");
}

TEST(every_failing_allocation_is_reported) {
    struct random random;
    random_seed(&random, 10);
    for (int i = 0; i < 40; i++) {
        struct small_case it;
        struct question_case question;
        struct repair repair = {0};
        struct problem problem = {0};
        ieum_status status = IEUM_MEMORY;
        case_random(&it, &random, CASE_SIDE, SMALL_EDGES);
        random_question(&question, &random, &it.problem);
        for (uint64_t n = 1; status == IEUM_MEMORY && n < 10000; n++) {
            problem_clear(&problem);
            memory_fail_at(n);
            status = repair_find(&it.problem, &question.question, &repair, &problem);
            memory_fail_at(0);
        }
        CHECK_INT(status, IEUM_OK);
        repair_free(&repair);
    }
    memory_clear_failed();
}

TEST_MAIN(no_repair_is_cheaper, repairs_what_an_office_would, malformed_questions_are_refused,
          sums_that_could_overflow_are_refused, every_failing_allocation_is_reported)
