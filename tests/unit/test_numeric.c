/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The numeric core through ieum.h: shards merged in any order give what one shard of all gives, to the byte, for product kernels and for texts; an
 * update gives what compiling anew gives; texts score as text/index.c scores them; wrong numbers are refused with a sentence; memory that fails at
 * any point is a status.
 */
#include "test.h"

#include "base/processor.h"
#include "model_samples.h"
#include "product_cases.h"
#include "text/index.h"
#include "text/normalise.h"
#include "text/terms.h"
#include "text/tokens.h"

enum { K = 7 };

struct lists {
    uint32_t *ids, *counts;
    double *scores;
};

static struct lists lists_new(size_t count, size_t k) {
    return (struct lists){calloc(count * k + 1, sizeof(uint32_t)), calloc(count + 1, sizeof(uint32_t)), calloc(count * k + 1, sizeof(double))};
}

static void lists_free(struct lists lists) {
    free(lists.ids);
    free(lists.counts);
    free(lists.scores);
}

static int lists_differ(struct lists a, struct lists b, size_t count, size_t k) {
    int differ = memcmp(a.counts, b.counts, count * sizeof *a.counts) != 0;
    for (size_t d = 0; d < count; d++)
        differ += memcmp(a.ids + d * k, b.ids + d * k, k * sizeof *a.ids) != 0 || memcmp(a.scores + d * k, b.scores + d * k, a.counts[d] * sizeof *a.scores) != 0;
    return differ;
}

static ieum_product_model model_of(const struct product_case *given) {
    const struct product_term *term = &given->term;
    return (ieum_product_model){term->count, term->demand.count, term->supplier.count, term->demand_vectors, term->supplier_vectors, term->coefficients, given->bias};
}

#define GOOD(call) CHECK_INT(call, IEUM_OK)

static struct product_case usual(uint64_t seed, size_t suppliers) {
    struct random random;
    random_seed(&random, seed);
    return case_new(&random, 90, 5, 6, 30, suppliers, 0.3, 0, 1);
}

TEST(shards_merge_to_the_whole) {
    struct product_case given = usual(1, 400);
    const ieum_product_model model = model_of(&given);
    ieum_product *scorer;
    ieum_suppliers *all;
    GOOD(ieum_product_new(&model, &scorer, NULL));
    GOOD(ieum_suppliers_new(scorer, given.supplier_vectors, 400, 1 << 30, 2, &all, NULL));
    struct lists whole = lists_new(30, K), merged = lists_new(30, K), one = lists_new(30, K), picked = lists_new(30, K);
    GOOD(ieum_top_k(all, given.demand_vectors, 30, K, NULL, 2, whole.ids, whole.scores, whole.counts, NULL));
    static const size_t starts[] = {0, 3, 150, 151, 400}, order[] = {2, 0, 3, 1};
    for (size_t s = 0; s < 4; s++) {
        const size_t first = starts[order[s]], count = starts[order[s] + 1] - first;
        ieum_suppliers *shard;
        GOOD(ieum_suppliers_new(scorer, given.supplier_vectors + first * 6, count, 0, 1, &shard, NULL));
        GOOD(ieum_top_k(shard, given.demand_vectors, 30, K, NULL, 1, one.ids, one.scores, one.counts, NULL));
        GOOD(ieum_merge(30, K, one.ids, one.scores, one.counts, (uint32_t)first, merged.ids, merged.scores, merged.counts, NULL));
        ieum_suppliers_free(shard);
    }
    CHECK_INT(lists_differ(whole, merged, 30, K), 0);
    double *matrix = malloc(30 * 400 * sizeof *matrix);
    GOOD(ieum_scores(all, given.demand_vectors, 30, 0, matrix, NULL));
    GOOD(ieum_pick(matrix, 30, 400, K, NULL, picked.ids, picked.scores, picked.counts, NULL));
    CHECK_INT(lists_differ(whole, picked, 30, K), 0);
    free(matrix);
    lists_free(whole), lists_free(merged), lists_free(one), lists_free(picked);
    ieum_suppliers_free(all);
    ieum_product_free(scorer);
    case_free(&given);
}

TEST(an_update_is_as_if_compiled_anew) {
    struct product_case given = usual(2, 300);
    struct random random;
    random_seed(&random, 3);
    const ieum_product_model model = model_of(&given);
    for (int level = PROCESSOR_PORTABLE; level <= PROCESSOR_HIGHEST; level++) {
        const size_t room = level == PROCESSOR_AVX2 ? 0 : 1 << 30;
        ieum_product *scorer;
        ieum_suppliers *changed, *anew;
        struct lists of_changed = lists_new(30, K), of_anew = lists_new(30, K);
        GOOD(ieum_product_new(&model, &scorer, NULL));
        processor_limit((enum processor_level)level);
        GOOD(ieum_suppliers_new(scorer, given.supplier_vectors, 300, room, 1, &changed, NULL));
        for (int turn = 0; turn < 60; turn++) {
            const size_t index = turn == 0 ? 299 : turn == 1 ? 0 : random_below(&random, 300);
            double *vector = given.supplier_vectors + index * 6;
            processor_limit((enum processor_level)(turn % 4)); /* its panels stay those of the level it was made on */
            for (int j = 0; j < 6; j++) vector[j] = (turn % 7 == 6 ? 1e6 : 0.3) * case_gauss(&random);
            GOOD(ieum_suppliers_update(changed, index, vector, NULL));
        }
        processor_limit(PROCESSOR_HIGHEST);
        GOOD(ieum_suppliers_new(scorer, given.supplier_vectors, 300, room, 1, &anew, NULL));
        GOOD(ieum_top_k(changed, given.demand_vectors, 30, K, NULL, 1, of_changed.ids, of_changed.scores, of_changed.counts, NULL));
        GOOD(ieum_top_k(anew, given.demand_vectors, 30, K, NULL, 1, of_anew.ids, of_anew.scores, of_anew.counts, NULL));
        CHECK_INT(lists_differ(of_changed, of_anew, 30, K), 0);
        char *problem;
        CHECK_INT(ieum_suppliers_update(changed, 300, given.supplier_vectors, &problem), IEUM_NOT_FOUND);
        CHECK(problem && strstr(problem, "\"problem\""));
        ieum_free(problem);
        lists_free(of_changed), lists_free(of_anew);
        ieum_suppliers_free(changed);
        ieum_suppliers_free(anew);
        ieum_product_free(scorer);
    }
    case_free(&given);
}

/* ---- refusals and edges ---- */

static void check_refused(ieum_status status, ieum_status expected, char **problem, const char *part) {
    CHECK_INT(status, expected);
    CHECK(*problem && strstr(*problem, part));
    if (*problem && !strstr(*problem, part)) fprintf(stderr, "  %s\n", *problem);
    ieum_free(*problem);
    *problem = NULL;
}

TEST(wrong_numbers_are_refused) {
    static const double wrong[] = {NAN, HUGE_VAL, -HUGE_VAL};
    for (size_t w = 0; w < 3; w++) {
        struct product_case given = usual(4, 40);
        double *spots[] = {(double *)(uintptr_t)given.term.coefficients + 3, (double *)(uintptr_t)given.term.demand_vectors + 12,
                           (double *)(uintptr_t)given.term.supplier_vectors + 539, &given.bias};
        static const char *const parts[] = {"vector 4", "Row 3, column 3", "Row 90, column 6", "bias"};
        ieum_product *scorer;
        ieum_suppliers *side;
        char *problem;
        for (size_t s = 0; s < 4; s++) {
            const double held = *spots[s];
            *spots[s] = wrong[w];
            const ieum_product_model model = model_of(&given);
            check_refused(ieum_product_new(&model, &scorer, &problem), IEUM_INVALID, &problem, parts[s]);
            CHECK(scorer == NULL);
            *spots[s] = held;
        }
        const ieum_product_model model = model_of(&given);
        GOOD(ieum_product_new(&model, &scorer, &problem));
        CHECK(problem == NULL);
        given.supplier_vectors[7] = wrong[w];
        check_refused(ieum_suppliers_new(scorer, given.supplier_vectors, 40, 0, 1, &side, &problem), IEUM_INVALID, &problem, "Row 2, column 2");
        CHECK(side == NULL);
        given.supplier_vectors[7] = 0;
        check_refused(ieum_suppliers_new(scorer, given.supplier_vectors, 40, 0, 257, &side, &problem), IEUM_USAGE, &problem, "256");
        GOOD(ieum_suppliers_new(scorer, given.supplier_vectors, 40, 0, 1, &side, &problem));
        given.demand_vectors[149] = wrong[w];
        struct lists lists = lists_new(30, K);
        double *matrix = calloc(30 * 40, sizeof *matrix);
        check_refused(ieum_top_k(side, given.demand_vectors, 30, K, NULL, 1, lists.ids, lists.scores, lists.counts, &problem), IEUM_INVALID, &problem,
                      "Row 30, column 5");
        check_refused(ieum_scores(side, given.demand_vectors, 30, 1, matrix, &problem), IEUM_INVALID, &problem, "Row 30, column 5");
        check_refused(ieum_suppliers_update(side, 1, given.demand_vectors + 144, &problem), IEUM_INVALID, &problem, "column 6");
        matrix[41] = NAN;
        check_refused(ieum_pick(matrix, 30, 40, K, NULL, lists.ids, lists.scores, lists.counts, &problem), IEUM_INVALID, &problem, "Row 2, column 2");
        free(matrix);
        lists_free(lists);
        ieum_suppliers_free(side);
        ieum_product_free(scorer);
        case_free(&given);
    }
}

TEST(edges) {
    struct product_case given = usual(5, 3);
    const ieum_product_model model = model_of(&given);
    ieum_product_model empty = model;
    empty.support = 0;
    ieum_product *scorer;
    ieum_suppliers *side;
    struct lists lists = lists_new(30, 1000);
    GOOD(ieum_product_new(&model, &scorer, NULL));
    GOOD(ieum_suppliers_new(scorer, given.supplier_vectors, 3, 1 << 20, 1, &side, NULL));
    GOOD(ieum_top_k(side, given.demand_vectors, 30, 1000, NULL, 1, lists.ids, lists.scores, lists.counts, NULL));
    for (size_t d = 0; d < 30; d++) CHECK(lists.counts[d] == 3 && lists.ids[d * 1000 + 3] == UINT32_MAX && isnan(lists.scores[d * 1000 + 999]));
    GOOD(ieum_top_k(side, given.demand_vectors, 30, 0, NULL, 1, lists.ids, lists.scores, lists.counts, NULL));
    CHECK_INT(lists.counts[29], 0);
    GOOD(ieum_top_k(side, given.demand_vectors, 0, 10, NULL, 1, lists.ids, lists.scores, lists.counts, NULL));
    char *problem;
    check_refused(ieum_top_k(side, given.demand_vectors, 30, SIZE_MAX / 4, NULL, 1, lists.ids, lists.scores, lists.counts, &problem), IEUM_LIMIT, &problem, "too large");
    ieum_suppliers_free(side);
    GOOD(ieum_suppliers_new(scorer, NULL, 0, 1 << 20, 1, &side, NULL));
    GOOD(ieum_top_k(side, given.demand_vectors, 30, 5, NULL, 1, lists.ids, lists.scores, lists.counts, NULL));
    CHECK_INT(lists.counts[0], 0);
    ieum_suppliers_free(side);
    ieum_product_free(scorer);
    GOOD(ieum_product_new(&empty, &scorer, NULL)); /* no support pairs: everyone scores the bias */
    GOOD(ieum_suppliers_new(scorer, given.supplier_vectors, 3, 1 << 20, 1, &side, NULL));
    GOOD(ieum_top_k(side, given.demand_vectors, 30, 2, NULL, 1, lists.ids, lists.scores, lists.counts, NULL));
    CHECK(lists.counts[4] == 2 && lists.ids[8] == 0 && lists.ids[9] == 1 && lists.scores[8] == given.bias && lists.scores[9] == given.bias);
    ieum_suppliers_free(side);
    ieum_product_free(scorer);
    ieum_product_free(NULL);
    ieum_suppliers_free(NULL);
    ieum_text_shard_free(NULL);
    lists_free(lists);
    case_free(&given);
}

TEST(merging_refuses_what_is_no_list) {
    uint32_t ids[2] = {1, UINT32_MAX - 3}, counts[1] = {2}, into_ids[2] = {0}, into_counts[1] = {0};
    double scores[2] = {2, 1}, into_scores[2] = {0};
    char *problem;
    check_refused(ieum_merge(1, 2, ids, scores, counts, 3, into_ids, into_scores, into_counts, &problem), IEUM_INVALID, &problem, "row 1");
    GOOD(ieum_merge(1, 2, ids, scores, counts, 2, into_ids, into_scores, into_counts, &problem));
    CHECK(into_counts[0] == 2 && into_ids[0] == 3 && into_ids[1] == UINT32_MAX - 1);
    counts[0] = 3;
    check_refused(ieum_merge(1, 2, ids, scores, counts, 0, into_ids, into_scores, into_counts, &problem), IEUM_INVALID, &problem, "row 1");
    counts[0] = 2, scores[1] = NAN;
    check_refused(ieum_merge(1, 2, ids, scores, counts, 0, into_ids, into_scores, into_counts, &problem), IEUM_INVALID, &problem, "row 1");
}

/* ---- memory ---- */

TEST(memory_may_fail_anywhere) {
    struct product_case given = usual(6, 200);
    const ieum_product_model model = model_of(&given);
    for (size_t s = 10; s < 200; s++) memcpy(given.supplier_vectors + s * 6, given.supplier_vectors + s % 10 * 6, 6 * sizeof(double)); /* ties: the long way, too */
    struct lists lists = lists_new(30, 1);
    double *matrix = malloc(30 * 200 * sizeof *matrix);
    int failures = 0;
    bool all = false;
    for (uint64_t n = 1; n < 2000 && !all; n++) {
        ieum_product *scorer;
        ieum_suppliers *side = NULL;
        char *problem = NULL;
        memory_fail_at(n);
        ieum_status status = ieum_product_new(&model, &scorer, &problem);
        ieum_free(problem), problem = NULL;
        if (status == IEUM_OK) status = ieum_suppliers_new(scorer, given.supplier_vectors, 200, 1 << (n % 2 ? 30 : 0), 2, &side, &problem);
        ieum_free(problem), problem = NULL;
        if (status == IEUM_OK) status = ieum_top_k(side, given.demand_vectors, 30, 1, NULL, 2, lists.ids, lists.scores, lists.counts, &problem);
        ieum_free(problem), problem = NULL;
        if (status == IEUM_OK) status = ieum_scores(side, given.demand_vectors, 30, 1, matrix, &problem);
        ieum_free(problem), problem = NULL;
        if (status == IEUM_OK) status = ieum_pick(matrix, 30, 200, 1, NULL, lists.ids, lists.scores, lists.counts, &problem);
        ieum_free(problem), problem = NULL;
        memory_fail_at(0);
        CHECK(status == IEUM_OK || status == IEUM_MEMORY);
        failures += status != IEUM_OK;
        all = status == IEUM_OK;
        ieum_suppliers_free(side);
        ieum_product_free(scorer);
    }
    CHECK(all && failures > 40);
    free(matrix);
    lists_free(lists);
    case_free(&given);
}

/* ---- texts ---- */

static const char *const documents[] = {"비전검사 장비로 외관 불량을 찾는 AI", "AOI검사 설비와 불량 선별, 불량 선별, 불량 선별", "수요 예측과 재고 최적화", "",
                                        "예측 정비: 진동 센서로 설비 고장을 미리 안다", "신약 후보 물질 탐색", "설비 설비 설비 예측"};
static const char *const questions[] = {"설비 불량 예측", "불량 불량 외관", "없는말뿐이다", "신약", ""};
enum { DOCUMENTS = 7, QUESTIONS = 5 };

struct bag {
    struct term_table *table;
    uint32_t terms[64];
    double frequencies[64], length;
    size_t count;
};

static bool put_term(void *context, const uint32_t *points, size_t count) {
    struct bag *bag = context;
    const uint32_t term = term_intern(bag->table, points, count);
    size_t i = 0;
    while (i < bag->count && bag->terms[i] != term) i++;
    if (i == bag->count) bag->terms[bag->count++] = term;
    bag->frequencies[i] += 1;
    bag->length += 1;
    return true;
}

static struct bag bag_of(const char *text, struct term_table *table) {
    struct bag bag = {.table = table};
    struct normal_text scratch = NORMAL_TEXT_EMPTY;
    struct problem problem = {0};
    normalise(text, strlen(text), &scratch, &problem);
    tokens_each_points(&scratch, put_term, &bag);
    normal_text_free(&scratch);
    return bag;
}

struct flat {
    uint64_t first[8];
    uint32_t terms[512];
    double frequencies[512], lengths[8];
};

static ieum_bags flatten(struct flat *flat, const struct bag *bags, size_t count) {
    flat->first[0] = 0;
    for (size_t r = 0; r < count; r++) {
        flat->first[r + 1] = flat->first[r] + bags[r].count;
        memcpy(flat->terms + flat->first[r], bags[r].terms, bags[r].count * sizeof *bags[r].terms);
        memcpy(flat->frequencies + flat->first[r], bags[r].frequencies, bags[r].count * sizeof *bags[r].frequencies);
        flat->lengths[r] = bags[r].length;
    }
    return (ieum_bags){count, flat->first, flat->terms, flat->frequencies};
}

TEST(text_shards_score_as_the_index_does) {
    static struct bag of_documents[DOCUMENTS], of_questions[QUESTIONS];
    static struct flat flat, asked;
    struct term_table table = {0};
    struct problem problem = {0};
    uint64_t with_term[256] = {0};
    double length = 0;
    for (size_t d = 0; d < DOCUMENTS; d++) {
        of_documents[d] = bag_of(documents[d], &table);
        length += of_documents[d].length;
        for (size_t i = 0; i < of_documents[d].count; i++) with_term[of_documents[d].terms[i]]++;
    }
    for (size_t q = 0; q < QUESTIONS; q++) of_questions[q] = bag_of(questions[q], &table);
    CHECK(table.terms.count < 256);
    struct weighted_text texts[DOCUMENTS];
    struct weighted_document weighted[DOCUMENTS];
    for (size_t d = 0; d < DOCUMENTS; d++) {
        texts[d] = (struct weighted_text){documents[d], 1};
        weighted[d] = (struct weighted_document){&texts[d], 1};
    }
    for (int levelled = 0; levelled < 2; levelled++) {
        struct text_index *index;
        const double least = levelled ? 0.9 : 0;
        GOOD(text_index_new_levelled(weighted, DOCUMENTS, 1.2, 0.75, least, 1, &index, &problem));
        const ieum_text_statistics statistics = {DOCUMENTS, table.terms.count, with_term, length / DOCUMENTS, 1.2, 0.75, least};
        static const size_t starts[] = {0, 2, 3, DOCUMENTS};
        const ieum_bags queries = flatten(&asked, of_questions, QUESTIONS);
        double whole[QUESTIONS][DOCUMENTS], found[QUESTIONS * DOCUMENTS];
        for (size_t q = 0; q < QUESTIONS; q++) {
            const struct weighted_text text = {questions[q], 1};
            const struct weighted_document query = {&text, 1};
            GOOD(text_index_query(index, &query, whole[q], &problem));
        }
        CHECK(whole[0][6] > 0 && whole[0][5] == 0);
        for (size_t s = 0; s < 3; s++) {
            const size_t count = starts[s + 1] - starts[s];
            const ieum_bags bags = flatten(&flat, of_documents + starts[s], count);
            ieum_text_shard *shard;
            GOOD(ieum_text_shard_new(&statistics, &bags, flat.lengths, &shard, NULL));
            GOOD(ieum_text_scores(shard, &queries, 2, found, NULL));
            for (size_t q = 0; q < QUESTIONS; q++) CHECK(memcmp(found + q * count, whole[q] + starts[s], count * sizeof(double)) == 0);
            ieum_text_shard_free(shard);
        }
        text_index_free(index);
    }
    term_table_free(&table);
}

TEST(wrong_bags_are_refused) {
    const uint64_t first[] = {0, 2, 3};
    uint64_t with_term[] = {1, 2, 3}, odd_first[] = {0, 2, 1}, late_first[] = {1, 2, 3};
    uint32_t terms[] = {0, 2, 1}, twice[] = {1, 1, 0}, beyond[] = {0, 3, 1};
    double ones[] = {1, 1, 1}, zero[] = {1, 0, 1}, lengths[] = {2, 1}, bad_lengths[] = {2, -1};
    ieum_text_statistics statistics = {3, 3, with_term, 1.5, 1.2, 0.75, 0};
    const ieum_bags good = {2, first, terms, ones};
    const ieum_bags wrong[] = {{2, odd_first, terms, ones}, {2, late_first, terms, ones}, {2, first, twice, ones}, {2, first, beyond, ones}, {2, first, terms, zero}};
    ieum_text_shard *shard;
    char *problem;
    for (size_t i = 0; i < 5; i++) {
        check_refused(ieum_text_shard_new(&statistics, &wrong[i], lengths, &shard, &problem), IEUM_INVALID, &problem, "\"invalid\"");
        CHECK(shard == NULL);
    }
    check_refused(ieum_text_shard_new(&statistics, &good, bad_lengths, &shard, &problem), IEUM_INVALID, &problem, "Row 2");
    GOOD(ieum_text_shard_new(&statistics, &good, lengths, &shard, &problem));
    double scores[4];
    check_refused(ieum_text_scores(shard, &wrong[2], 1, scores, &problem), IEUM_INVALID, &problem, "Row 1");
    ieum_text_shard_free(shard);
    with_term[1] = 4;
    check_refused(ieum_text_shard_new(&statistics, &good, lengths, &shard, &problem), IEUM_INVALID, &problem, "Term 1");
    with_term[1] = 2, statistics.b = 1.5;
    check_refused(ieum_text_shard_new(&statistics, &good, lengths, &shard, &problem), IEUM_INVALID, &problem, "BM25");
    statistics.b = 0.75, statistics.average_length = 0;
    check_refused(ieum_text_shard_new(&statistics, &good, lengths, &shard, &problem), IEUM_INVALID, &problem, "average");
}

TEST(a_model_file_scores_as_its_numbers) {
    struct model *model = invent_model(MODEL_PAIRWISE, (struct model_size){.pairs = 70, .demand = 4, .supplier = 5}, 3);
    struct random random;
    struct arena *arena = arena_new();
    struct buffer bytes = BUFFER_EMPTY;
    struct problem problem = {0};
    char hash[DIGEST_TEXT], *text = NULL;
    random_seed(&random, 9);
    const double *demands = invent_numbers(&random, 6 * 4, arena), *suppliers = invent_numbers(&random, 50 * 5, arena);
    const struct product_term *term = &model->product;
    const ieum_product_model numbers = {70, 4, 5, term->demand_vectors, term->supplier_vectors, term->coefficients, model->bias};
    GOOD(model_write(model, &bytes, hash, &problem));
    ieum_product *products[2] = {NULL, NULL};
    double scores[2][6 * 50];
    GOOD(ieum_product_new(&numbers, &products[0], NULL));
    GOOD(ieum_product_open(bytes.bytes, bytes.size, "m.model", &products[1], &text));
    for (int i = 0; i < 2; i++) {
        ieum_suppliers *side;
        GOOD(ieum_suppliers_new(products[i], suppliers, 50, 0, 1, &side, NULL));
        GOOD(ieum_scores(side, demands, 6, 1, scores[i], NULL));
        ieum_suppliers_free(side);
        ieum_product_free(products[i]);
    }
    CHECK(memcmp(scores[0], scores[1], sizeof scores[0]) == 0);
    CHECK_INT(ieum_product_open(bytes.bytes, bytes.size - 1, "m.model", &products[1], &text), IEUM_INVALID);
    CHECK(products[1] == NULL && text && strstr(text, "m.model"));
    ieum_free(text);
    model_free(model);
    /* Curves are no product kernel. */
    model = invent_model(MODEL_MIXED, (struct model_size){.features = 2, .points = 3, .pairs = 70, .demand = 4, .supplier = 5}, 3);
    buffer_clear(&bytes);
    GOOD(model_write(model, &bytes, hash, &problem));
    CHECK_INT(ieum_product_open(bytes.bytes, bytes.size, NULL, &products[1], NULL), IEUM_INVALID);
    CHECK(products[1] == NULL);
    model_free(model);
    buffer_free(&bytes);
    arena_free(arena);
}

TEST_MAIN(a_model_file_scores_as_its_numbers, shards_merge_to_the_whole, an_update_is_as_if_compiled_anew, wrong_numbers_are_refused, edges, merging_refuses_what_is_no_list, memory_may_fail_anywhere,
          text_shards_score_as_the_index_does, wrong_bags_are_refused)
