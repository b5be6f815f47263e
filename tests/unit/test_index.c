/* SPDX-License-Identifier: Apache-2.0 */
/* BM25: against the formula worked out the slow way, and its promises. */
#include "test.h"

#include <math.h>

#include "base/memory.h"
#include "base/random.h"
#include "base/utf8.h"
#include "text/index.h"
#include "text/terms.h"
#include "text/tokens.h"

#define K1 1.2
#define B 0.75

/* ---- the slow way: bags of UTF-8 terms in plain lists ---- */

struct slow_bag {
    char terms[600][64];
    double frequency[600];
    size_t count;
    double length, weight;
};

static bool slow_add(void *context, const char *term, size_t size) {
    struct slow_bag *bag = context;
    size_t i = 0;
    while (i < bag->count && (strlen(bag->terms[i]) != size || memcmp(bag->terms[i], term, size) != 0)) i++;
    if (i == bag->count) {
        memcpy(bag->terms[i], term, size);
        bag->terms[i][size] = '\0';
        bag->frequency[bag->count++] = 0;
    }
    bag->frequency[i] += bag->weight;
    bag->length += bag->weight;
    return true;
}

static void slow_fill(struct slow_bag *bag, const struct weighted_document *document) {
    struct normal_text normal = NORMAL_TEXT_EMPTY;
    struct problem problem = {0};
    memset(bag, 0, sizeof *bag);
    for (size_t i = 0; i < document->count; i++) {
        bag->weight = document->texts[i].weight;
        CHECK_INT(normalise(document->texts[i].text, strlen(document->texts[i].text), &normal, &problem), IEUM_OK);
        tokens_each(&normal, slow_add, bag);
    }
    normal_text_free(&normal);
}

static double slow_frequency(const struct slow_bag *bag, const char *term) {
    for (size_t i = 0; i < bag->count; i++)
        if (strcmp(bag->terms[i], term) == 0) return bag->frequency[i];
    return 0;
}

static void slow_scores(const struct slow_bag *bags, size_t count, const struct slow_bag *query, double *scores) {
    double average = 0, self = 0;
    for (size_t i = 0; i < count; i++) average += bags[i].length;
    average = average > 0 ? average / (double)count : 1;
    for (size_t i = 0; i < count; i++) scores[i] = 0;
    for (size_t t = 0; t < query->count; t++) {
        double n = 0, q = query->frequency[t];
        for (size_t i = 0; i < count; i++) n += slow_frequency(&bags[i], query->terms[t]) > 0;
        double idf = log(1 + ((double)count - n + 0.5) / (n + 0.5));
        self += q * idf * q * (K1 + 1) / (q + K1);
        for (size_t i = 0; i < count; i++) {
            double f = slow_frequency(&bags[i], query->terms[t]);
            scores[i] += q * idf * f * (K1 + 1) / (f + K1 * (1 - B + B * bags[i].length / average));
        }
    }
    for (size_t i = 0; i < count; i++) scores[i] = self > 0 ? fmin(1, scores[i] / self) : 0;
}

static void random_text(struct random *random, char *text, size_t words) {
    static const char *const parts[] = {"검사",     "외관", "불량", "데이터",        "AI", "sensor", "sensors",
                                        "제조공정", "2024", "수",   "품질관리시스템"};
    *text = '\0';
    for (size_t i = 0; i < words; i++) {
        strcat(text, parts[random_below(random, sizeof parts / sizeof *parts)]);
        if (random_below(random, 3)) strcat(text, " ");
    }
}

TEST(scores_follow_the_formula) {
    enum { DOCUMENTS = 90 };
    static char texts[2 * DOCUMENTS + 1][1024];
    static struct slow_bag bags[DOCUMENTS], query_bag;
    struct weighted_text parts[DOCUMENTS][2];
    struct weighted_document documents[DOCUMENTS];
    struct random random;
    struct problem problem = {0};
    random_seed(&random, 11);
    for (size_t i = 0; i < DOCUMENTS; i++) {
        random_text(&random, texts[2 * i], random_below(&random, 12));
        random_text(&random, texts[2 * i + 1], random_below(&random, 12));
        parts[i][0] = (struct weighted_text){texts[2 * i], 1};
        parts[i][1] = (struct weighted_text){texts[2 * i + 1], 2.5};
        documents[i] = (struct weighted_document){parts[i], 2};
        slow_fill(&bags[i], &documents[i]);
    }
    double first[DOCUMENTS] = {0};
    for (int threads = 1; threads <= 3; threads++) {
        struct text_index *index = NULL;
        CHECK_INT(text_index_new(documents, DOCUMENTS, K1, B, threads, &index, &problem), IEUM_OK);
        if (index == NULL) return;
        for (int round = 0; round < 20; round++) {
            double found[DOCUMENTS], expected[DOCUMENTS];
            char *text = texts[2 * DOCUMENTS];
            random_seed(&random, 100 + (uint64_t)round);
            random_text(&random, text, 1 + random_below(&random, 9));
            if (round % 3 == 0) strcat(text, " 처음보는낱말 unseen");
            struct weighted_text part = {text, 1};
            struct weighted_document query = {&part, 1};
            slow_fill(&query_bag, &query);
            slow_scores(bags, DOCUMENTS, &query_bag, expected);
            CHECK_INT(text_index_query(index, &query, found, &problem), IEUM_OK);
            /* An index for this query alone gives the same bytes. */
            struct text_index *few = NULL;
            double same[DOCUMENTS];
            CHECK_INT(text_index_new_for(documents, DOCUMENTS, &query, 1, K1, B, threads, &few, &problem), IEUM_OK);
            CHECK_INT(text_index_query(few, &query, same, &problem), IEUM_OK);
            CHECK(memcmp(found, same, sizeof same) == 0);
            text_index_free(few);
            for (size_t i = 0; i < DOCUMENTS; i++) {
                CHECK(fabs(found[i] - expected[i]) < 1e-12);
                CHECK(found[i] >= 0 && found[i] <= 1);
            }
            /* The same bytes at any thread count. */
            if (round == 0 && threads == 1) memcpy(first, found, sizeof first);
            if (round == 0) CHECK(memcmp(first, found, sizeof first) == 0);
        }
        text_index_free(index);
    }
}

TEST(a_text_finds_itself_best) {
    struct weighted_text parts[] = {
        {"외관검사 자동화와 불량 선별", 1}, {"수요 예측과 재고 관리", 1}, {"의무기록 음성 작성", 1}};
    struct weighted_document documents[] = {{&parts[0], 1}, {&parts[1], 1}, {&parts[2], 1}};
    struct problem problem = {0};
    struct text_index *index = NULL;
    double scores[3];
    CHECK_INT(text_index_new(documents, 3, K1, B, 1, &index, &problem), IEUM_OK);
    for (size_t i = 0; i < 3 && index != NULL; i++) {
        CHECK_INT(text_index_query(index, &documents[i], scores, &problem), IEUM_OK);
        for (size_t j = 0; j < 3; j++) CHECK(i == j ? scores[j] > 0.8 : scores[j] < 0.2);
    }
    text_index_free(index);
}

TEST(empty_things_are_fine) {
    struct weighted_text nothing[] = {{"", 1}, {NULL, 1}};
    struct weighted_document documents[] = {{nothing, 2}, {NULL, 0}};
    struct problem problem = {0};
    struct text_index *index = NULL;
    double scores[2] = {9, 9};
    CHECK_INT(text_index_new(documents, 2, K1, B, 1, &index, &problem), IEUM_OK);
    CHECK_INT(text_index_query(index, &documents[0], scores, &problem), IEUM_OK);
    CHECK(scores[0] == 0 && scores[1] == 0);
    text_index_free(index);
    index = NULL;
    CHECK_INT(text_index_new(NULL, 0, K1, B, 4, &index, &problem), IEUM_OK);
    CHECK_INT(text_index_query(index, &documents[0], NULL, &problem), IEUM_OK);
    text_index_free(index);
    text_index_free(NULL);
}

TEST(wrong_settings_are_refused) {
    struct weighted_text part = {"가나", 0};
    struct weighted_document document = {&part, 1};
    struct text_index *index = NULL;
    struct problem problem = {0};
    CHECK_INT(text_index_new(&document, 1, K1, B, 1, &index, &problem), IEUM_INVALID);
    problem_clear(&problem);
    part.weight = 1;
    CHECK_INT(text_index_new(&document, 1, -1, B, 1, &index, &problem), IEUM_INVALID);
    problem_clear(&problem);
    CHECK_INT(text_index_new(&document, 1, K1, 1.5, 1, &index, &problem), IEUM_INVALID);
    problem_clear(&problem);
    CHECK_INT(text_index_new(&document, 1, NAN, B, 1, &index, &problem), IEUM_INVALID);
    CHECK(index == NULL);
}

TEST(lack_of_memory_is_a_status) {
    struct weighted_text parts[] = {{"외관검사 자동화와 불량 선별 시스템", 1}, {"sensor data", 2}};
    struct weighted_document documents[] = {{&parts[0], 1}, {&parts[0], 2}};
    ieum_status status = IEUM_MEMORY;
    uint64_t n = 0;
    while (status == IEUM_MEMORY && ++n < 500) {
        struct text_index *index = NULL;
        struct problem problem = {0};
        double scores[2];
        memory_fail_at(n);
        status = text_index_new(documents, 2, K1, B, 1, &index, &problem);
        if (status == IEUM_OK) status = text_index_query(index, &documents[1], scores, &problem);
        memory_fail_at(0);
        CHECK(status == IEUM_OK || status == IEUM_MEMORY);
        text_index_free(index);
    }
    CHECK(n > 5 && n < 500);
    memory_clear_failed();
}

/* Clearing frees every slot at once, also when the count of rounds comes round. */
TEST(a_cleared_table_holds_nothing_and_is_as_good_as_new) {
    struct term_table table = {.rounds = UINT32_MAX - 3};
    const uint32_t points[] = {0xAC00, 0xB098, 0xB2E4, 0xB77C, 0xB9C8, 0xBC14};
    for (int round = 0; round < 8; round++) {
        for (size_t i = 0; i < 6; i++) CHECK_INT(term_find(&table, points, i + 1), TERM_NONE);
        for (uint32_t i = 0; i < 400; i++) {
            const uint32_t pair[] = {0xAC00 + i * (uint32_t)(round + 1), 0xB098};
            CHECK_INT(term_intern(&table, pair, 2), i);
        }
        for (size_t i = 3; i < 6; i++) CHECK_INT(term_intern(&table, points, i + 1), 400 + i - 3);
        for (size_t i = 3; i < 6; i++) CHECK_INT(term_find(&table, points, i + 1), 400 + i - 3);
        CHECK_INT(table.terms.count, 403);
        term_table_clear(&table);
    }
    term_table_free(&table);
}

TEST_MAIN(scores_follow_the_formula, a_text_finds_itself_best, empty_things_are_fine, wrong_settings_are_refused,
          lack_of_memory_is_a_status, a_cleared_table_holds_nothing_and_is_as_good_as_new)
