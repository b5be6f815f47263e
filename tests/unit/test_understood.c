/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a record is understood as, against the logistic judgement written once more from the JSON of desk.json, cue by cue over all mentions and meanings: with
 * the weights that are shipped and with others; order, threshold, what counts twice at most and what does not count at all.
 */
#include "explain/understood.h"

#include <math.h>

#include "notes_samples.h"
#include "store_samples.h"

static struct lexicon *tiny;
static jval *shipped;

TEST(begin) {
    tiny = load_lexicon(TINY_LEXICON);
    shipped = sample_json("data/desk/desk.json");
}

TEST(end) {
    jval_free(shipped);
    lexicon_free(tiny);
    sample_folder_clear();
}

static struct desk load_desk(const jval *json) {
    struct desk desk;
    struct problem problem = {0};
    char *text = NULL;
    must(jval_write(json, false, &text, &problem) == IEUM_OK, "jval_write");
    sample_write(sample_path("desk.json"), text, strlen(text));
    memory_free(text);
    if (desk_load(sample_path("desk.json"), &desk, &problem) != IEUM_OK) {
        fprintf(stderr, "%s: %s\n", problem.pointer, problem.en);
        exit(2);
    }
    return desk;
}

/* ---- the plain computation ---- */

static bool counts(const struct noted_mention *noted) { return !noted->mention.negated && !noted->mention.undecided; }

/* How many mentions of the concept stand in texts of this role; kind -1: any, 0: names, 1: what is no name. */
static double mentions_in(const struct understanding *notes, uint32_t concept, enum text_role role, int kind) {
    double count = 0;
    for (size_t m = 0; m < notes->count; m++) {
        const struct noted_mention *noted = &notes->mentions[m];
        if (!counts(noted) || noted->mention.concept != concept || notes->texts.items[noted->text].role != role) continue;
        count += kind < 0 || (noted->mention.kind == MENTION_NAME) == (kind == 0);
    }
    return count;
}

static bool touched(const struct understanding *notes, uint32_t concept) {
    for (size_t m = 0; m < notes->count; m++)
        if (counts(&notes->mentions[m]) && notes->mentions[m].mention.concept == concept) return true;
    for (size_t i = 0; i < notes->meaning.count; i++)
        if (notes->meaning.items[i].concept == concept) return true;
    return false;
}

static double confidence_plainly(const jval *json, const struct understanding *notes, uint32_t concept) {
    const jval *understood = jval_get(json, "understood"), *cues = jval_get(understood, "cues");
    const enum facet facet = lexicon_concept(tiny, concept)->facet;
    const double names = mentions_in(notes, concept, TEXT_TITLE, 0) + mentions_in(notes, concept, TEXT_NEED, 0);
    const double says = mentions_in(notes, concept, TEXT_TITLE, 1) + mentions_in(notes, concept, TEXT_NEED, 1);
    const double business = mentions_in(notes, concept, TEXT_BUSINESS, -1) > 0, data = mentions_in(notes, concept, TEXT_DATA_HELD, -1) > 0;
    double weight = 0, rank = 0;
    for (size_t i = 0; i < notes->meaning.count; i++) {
        if (notes->meaning.items[i].concept != concept) continue;
        weight = notes->meaning.items[i].weight / 65535.0;
        rank = 1.0 / (double)(i + 1);
    }
    const struct {
        const char *cue;
        double value;
    } all[] = {{"bias", 1},
               {"name", fmin(names, 2)},
               {"says", fmin(says, 2)},
               {"title", mentions_in(notes, concept, TEXT_TITLE, -1) > 0},
               {"business", business},
               {"business_industry", business * (facet == FACET_INDUSTRY)},
               {"data", data},
               {"data_data", data * (facet == FACET_DATA)},
               {"weight", weight},
               {"root", sqrt(weight)},
               {"rank", rank}};
    long double sum = jval_number(jval_get(jval_get(understood, "facets"), facet_names[facet]));
    CHECK_INT(sizeof all / sizeof *all, jval_count(cues));
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) sum += (long double)jval_number(jval_get(cues, all[i].cue)) * all[i].value;
    return (double)(1 / (1 + expl(-sum)));
}

static size_t named, unnamed;

static void check_understood(const jval *json, const struct desk *desk, const struct understanding *notes) {
    const double least = jval_number(jval_get(jval_get(json, "understood"), "least"));
    struct arena *arena = arena_new();
    struct understood understood;
    struct problem problem = {0};
    CHECK_INT(understood_find(desk, tiny, notes, arena, &understood, &problem), IEUM_OK);
    size_t expected = 0;
    for (uint32_t c = 0; c < lexicon_count(tiny); c++) {
        const double confidence = confidence_plainly(json, notes, c);
        size_t found = 0;
        for (size_t i = 0; i < understood.count; i++) {
            if (understood.items[i].concept != c) continue;
            found++;
            CHECK(fabs(understood.items[i].confidence - confidence) < 1e-12);
        }
        CHECK(found <= 1 && (!found || touched(notes, c)));
        if (touched(notes, c) && fabs(confidence - least) > 1e-12) CHECK_INT(found, confidence > least);
        named += found;
        unnamed += touched(notes, c) && !found;
        expected += found;
    }
    CHECK_INT(understood.count, expected);
    for (size_t i = 1; i < understood.count; i++) {
        const struct understood_item *a = &understood.items[i - 1], *b = &understood.items[i];
        CHECK(a->confidence > b->confidence || (a->confidence == b->confidence && a->concept < b->concept));
    }
    for (size_t i = 0; i < understood.count; i++) CHECK(understood.items[i].confidence >= least && understood.items[i].confidence <= 1);
    arena_free(arena);
}

/* ---- invented records ---- */

enum { TEXTS = 5 };

static struct understanding invent_one(struct random *random, struct arena *arena) {
    static const enum text_role roles[] = {TEXT_TITLE, TEXT_NEED, TEXT_BUSINESS, TEXT_DATA_HELD, TEXT_ANSWER, TEXT_SUMMARY};
    const size_t items = random_below(random, 9), mentions = random_below(random, 20);
    return invent_record(random, tiny, roles, sizeof roles / sizeof *roles, TEXTS, items, mentions, arena);
}

/* The shipped file with other weights, some of them alike, some none. */
static jval *other_weights(struct random *random) {
    jval *json = jval_copy(shipped), *understood = (jval *)(uintptr_t)jval_get(json, "understood");
    static const char *const lists[] = {"cues", "facets"};
    for (size_t l = 0; l < 2; l++) {
        const jval *list = jval_get(understood, lists[l]);
        jval *other = jval_new_object();
        for (void *i = jval_first(list); i; i = jval_next(list, i)) jval_set_number(other, jval_key(i), ((double)random_below(random, 13) - 6) / 2);
        jval_set(understood, lists[l], other);
    }
    jval_set_number(understood, "least", (double)random_below(random, 11) / 10);
    return json;
}

TEST(the_judgement_is_the_logistic_one) {
    struct random random;
    random_seed(&random, 51);
    for (int settings = 0; settings < 30; settings++) {
        jval *json = settings ? other_weights(&random) : jval_copy(shipped);
        struct desk desk = load_desk(json);
        for (int round = 0; round < 30; round++) {
            struct arena *arena = arena_new();
            const struct understanding notes = invent_one(&random, arena);
            check_understood(json, &desk, &notes);
            arena_free(arena);
        }
        desk_free(&desk);
        jval_free(json);
    }
    CHECK(named > 1000 && unnamed > 1000);
}

/* The heaviest weights that desk.json may have, for and against: still a share. */
TEST(the_greatest_weights_give_a_share) {
    for (int sign = -1; sign <= 1; sign += 2) {
        jval *json = jval_copy(shipped), *understood = (jval *)(uintptr_t)jval_get(json, "understood");
        const jval *cues = jval_get(understood, "cues");
        jval *other = jval_new_object();
        for (void *i = jval_first(cues); i; i = jval_next(cues, i)) jval_set_number(other, jval_key(i), sign * 100.0);
        jval_set(understood, "cues", other);
        jval_set_number(understood, "least", 0);
        struct desk desk = load_desk(json);
        struct random random;
        random_seed(&random, 3);
        for (int round = 0; round < 50; round++) {
            struct arena *arena = arena_new();
            const struct understanding notes = invent_one(&random, arena);
            struct understood found;
            struct problem problem = {0};
            CHECK_INT(understood_find(&desk, tiny, &notes, arena, &found, &problem), IEUM_OK);
            for (size_t i = 0; i < found.count; i++)
                CHECK(sign > 0 ? found.items[i].confidence > 0.999 && found.items[i].confidence <= 1
                               : found.items[i].confidence >= 0 && found.items[i].confidence < 0.001);
            arena_free(arena);
        }
        desk_free(&desk);
        jval_free(json);
    }
}

/* ---- told in words ---- */

static double confidence_of(const struct desk *desk, enum text_role role, const char *text, const char *concept) {
    struct arena *arena = arena_new();
    struct record_text one = {role, "/x", text};
    struct understanding notes = {0};
    struct understood understood;
    struct problem problem = {0};
    double confidence = 0;
    CHECK_INT(understand(tiny, (struct record_texts){&one, 1}, arena, &notes, &problem), IEUM_OK);
    CHECK_INT(understood_find(desk, tiny, &notes, arena, &understood, &problem), IEUM_OK);
    for (size_t i = 0; i < understood.count; i++)
        if (understood.items[i].concept == lexicon_find(tiny, concept)) confidence = understood.items[i].confidence;
    arena_free(arena);
    return confidence;
}

TEST(counts_and_negation_in_words) {
    /* Names, paraphrases and where they stand alone, so that what the words mean as a whole does not blur it. */
    static const char weights[] = "{\"bias\":-1,\"name\":1,\"says\":2,\"title\":0.5,\"business\":0.25,\"business_industry\":3,\"data\":0.75,\"data_data\":4,"
                                  "\"weight\":0,\"root\":0,\"rank\":0}";
    static const struct {
        enum text_role role;
        const char *text, *concept;
        double sum; /* NAN: not understood */
    } cases[] = {
        {TEXT_NEED, "포장 자동화", "packing", -1 + 1},
        {TEXT_NEED, "포장 자동화, 그리고 포장 자동화", "packing", -1 + 2},
        {TEXT_NEED, "포장 자동화, 포장 자동화, 포장 자동화, 포장 자동화", "packing", -1 + 2}, /* twice at most */
        {TEXT_NEED, "상자에 담고", "packing", -1 + 2},
        {TEXT_NEED, "상자에 담고 상자에 담고 상자에 담고", "packing", -1 + 4},
        {TEXT_NEED, "상자에 담는 포장 자동화", "packing", -1 + 2 + 1},
        {TEXT_TITLE, "포장 자동화", "packing", -1 + 1 + 0.5},
        {TEXT_BUSINESS, "포장 자동화", "packing", -1 + 0.25},
        {TEXT_BUSINESS, "도금", "plating", -1 + 0.25 + 3},
        {TEXT_DATA_HELD, "도금", "plating", -1 + 0.75},
        {TEXT_DATA_HELD, "진동 자료", "vibration", -1 + 0.75 + 4},
        {TEXT_BUSINESS, "진동 자료", "vibration", -1 + 0.25},
        {TEXT_SUMMARY, "진동 자료", "vibration", -1}, /* met, and nothing more */
        {TEXT_NEED, "포장 자동화는 제외", "packing", NAN},
        {TEXT_TITLE, "포장 자동화는 제외", "packing", NAN},
        {TEXT_NEED, "포장 자동화는 제외. 포장 자동화", "packing", -1 + 1},
        {TEXT_NEED, "도금", "packing", NAN},
        {TEXT_NEED, "", "packing", NAN},
    };
    struct problem problem = {0};
    jval *json = jval_copy(shipped), *understood = (jval *)(uintptr_t)jval_get(json, "understood"), *cues = NULL, *facets = jval_new_object();
    CHECK_INT(jval_parse(weights, strlen(weights), &cues, &problem), IEUM_OK);
    for (size_t i = 0; i < FACETS; i++) jval_set_number(facets, facet_names[i], 0);
    jval_set(understood, "cues", cues);
    jval_set(understood, "facets", facets);
    jval_set_number(understood, "least", 0.01);
    struct desk desk = load_desk(json);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const double found = confidence_of(&desk, cases[i].role, cases[i].text, cases[i].concept);
        const double expected = isnan(cases[i].sum) ? 0 : 1 / (1 + exp(-cases[i].sum));
        CHECK(fabs(found - expected) < 1e-12);
        if (!(fabs(found - expected) < 1e-12)) fprintf(stderr, "  … \"%s\": %g, expected %g\n", cases[i].text, found, expected);
    }
    desk_free(&desk);
    jval_free(json);
}

TEST(nothing_is_understood_of_nothing) {
    struct desk desk = load_desk(shipped);
    struct arena *arena = arena_new();
    const struct understanding notes = {0};
    struct understood understood = {NULL, 7};
    struct problem problem = {0};
    CHECK_INT(understood_find(&desk, tiny, &notes, arena, &understood, &problem), IEUM_OK);
    CHECK_INT(understood.count, 0);
    arena_free(arena);
    desk_free(&desk);
}

TEST(lack_of_memory_is_a_status) {
    struct desk desk = load_desk(shipped);
    struct random random;
    struct arena *arena = arena_new();
    random_seed(&random, 1);
    const struct understanding notes = invent_one(&random, arena);
    size_t refused = 0, held = 0;
    for (size_t filled = 0; filled < 6000; filled += 16) /* so that each step in turn is the one that needs memory */
        for (uint64_t n = 1; n <= 2; n++) {
            struct arena *own = arena_new();
            struct understood understood = {NULL, 7};
            struct problem problem = {0};
            arena_allocate(own, filled);
            memory_fail_at(n);
            const ieum_status status = understood_find(&desk, tiny, &notes, own, &understood, &problem);
            memory_fail_at(0);
            memory_clear_failed();
            CHECK(status == IEUM_OK || (status == IEUM_MEMORY && problem.ko[0] && understood.count == 7));
            *(status == IEUM_OK ? &held : &refused) += 1;
            arena_free(own);
        }
    CHECK(refused > 100 && held > 100);
    arena_free(arena);
    desk_free(&desk);
}

TEST_MAIN(begin, the_judgement_is_the_logistic_one, the_greatest_weights_give_a_share, counts_and_negation_in_words, nothing_is_understood_of_nothing,
          lack_of_memory_is_a_status, end)
