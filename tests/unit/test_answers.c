/* SPDX-License-Identifier: Apache-2.0 */
/* A demand with answered concepts: as if its texts had said them, and otherwise as it was. */
#include "feature/answers.h"

#include "notes_samples.h"

static struct lexicon *tiny;

TEST(load) { tiny = load_lexicon(TINY_LEXICON); }
TEST(unload) { lexicon_free(tiny); }

static bool is_in(const uint32_t *concepts, size_t count, uint32_t concept) {
    for (size_t i = 0; i < count; i++)
        if (concepts[i] == concept) return true;
    return false;
}

/* Texts and mentions: those there were, then one each an answer. */
static void check_texts(const struct understanding *notes, const uint32_t *concepts, size_t count, const struct understanding *answered) {
    CHECK_INT(answered->texts.count, notes->texts.count + count);
    CHECK_INT(answered->count, notes->count + count);
    CHECK(memcmp(answered->texts.items, notes->texts.items, notes->texts.count * sizeof *notes->texts.items) == 0);
    if (notes->count) CHECK(memcmp(answered->mentions, notes->mentions, notes->count * sizeof *notes->mentions) == 0);
    for (size_t i = 0; i < count; i++) {
        const struct record_text *text = &answered->texts.items[notes->texts.count + i];
        const struct noted_mention *noted = &answered->mentions[notes->count + i];
        char pointer[32];
        snprintf(pointer, sizeof pointer, "/answers/%zu", i);
        CHECK_TEXT(text->pointer, pointer);
        CHECK_TEXT(text->text, lexicon_concept(tiny, concepts[i])->ko);
        CHECK_INT(text->role, TEXT_ANSWER);
        CHECK(noted->text == notes->texts.count + i && noted->mention.concept == concepts[i] && noted->mention.start == 0);
        CHECK_INT(noted->mention.end, utf8_count(text->text, strlen(text->text)));
        CHECK(noted->mention.kind == MENTION_NAME && !noted->mention.negated && !noted->mention.undecided);
    }
}

/* Answers first with the full weight, then what there was but for them, each concept once. */
static void check_meaning(const struct understanding *notes, const uint32_t *concepts, size_t count, const struct understanding *answered) {
    const struct meaning *was = &notes->meaning, *is = &answered->meaning;
    size_t at = count, span = count;
    CHECK_INT(is->strength, was->strength);
    for (size_t i = 0; i < count; i++) {
        CHECK(is->items[i].concept == concepts[i] && is->items[i].weight == MEANING_ONE);
        CHECK(is->spans[i].concept == concepts[i] && is->spans[i].text == notes->texts.count + i && is->spans[i].start == 0);
        CHECK_INT(is->spans[i].end, utf8_count(lexicon_concept(tiny, concepts[i])->ko, strlen(lexicon_concept(tiny, concepts[i])->ko)));
    }
    for (size_t i = 0; i < was->count; i++) {
        if (is_in(concepts, count, was->items[i].concept)) continue;
        CHECK(at < is->count && is->items[at].concept == was->items[i].concept && is->items[at].weight == was->items[i].weight);
        at++;
    }
    for (size_t i = 0; i < was->span_count; i++) {
        if (is_in(concepts, count, was->spans[i].concept)) continue;
        CHECK(span < is->span_count && memcmp(&is->spans[span], &was->spans[i], sizeof *was->spans) == 0);
        span++;
    }
    CHECK_INT(is->count, at);
    CHECK_INT(is->span_count, span);
}

TEST(random_answers) {
    struct random random;
    size_t met = 0;
    random_seed(&random, 8);
    for (int round = 0; round < 1000; round++) {
        struct arena *arena = arena_new();
        const struct understanding notes =
            invent_notes(&random, tiny, random_below(&random, 8), random_below(&random, 6), random_below(&random, 6), arena);
        struct understanding answered;
        struct problem problem = {0};
        uint32_t concepts[4];
        const size_t wanted = random_below(&random, 5);
        size_t count = 0;
        while (count < wanted) {
            const uint32_t concept = (uint32_t)random_below(&random, lexicon_count(tiny));
            if (!is_in(concepts, count, concept)) concepts[count++] = concept;
        }
        CHECK_INT(understanding_answer(tiny, &notes, concepts, count, arena, &answered, &problem), IEUM_OK);
        check_texts(&notes, concepts, count, &answered);
        check_meaning(&notes, concepts, count, &answered);
        for (size_t i = 0; i < notes.meaning.count; i++) met += is_in(concepts, count, notes.meaning.items[i].concept);
        arena_free(arena);
    }
    CHECK(met > 100); /* answers that the demand had meant already */
}

TEST(a_demand_that_says_nothing) {
    struct arena *arena = arena_new();
    const struct understanding notes = {0};
    struct understanding answered;
    struct problem problem = {0};
    const uint32_t concepts[] = {2, 0};
    CHECK_INT(understanding_answer(tiny, &notes, concepts, 0, arena, &answered, &problem), IEUM_OK);
    CHECK(answered.count == 0 && answered.texts.count == 0 && answered.meaning.count == 0 && answered.meaning.span_count == 0);
    CHECK_INT(understanding_answer(tiny, &notes, concepts, 2, arena, &answered, &problem), IEUM_OK);
    CHECK(answered.count == 2 && answered.texts.count == 2 && answered.meaning.count == 2 && answered.meaning.span_count == 2);
    CHECK_TEXT(answered.texts.items[1].text, lexicon_concept(tiny, 0)->ko);
    arena_free(arena);
}

TEST(lack_of_memory_is_a_status) {
    struct random random;
    struct arena *arena = arena_new();
    random_seed(&random, 1);
    const struct understanding notes = invent_notes(&random, tiny, 8, 4, 4, arena);
    uint32_t concepts[13];
    for (uint32_t c = 0; c < 13; c++) concepts[c] = c;
    size_t refused = 0, held = 0;
    for (size_t filled = 0; filled < 6000; filled += 16) { /* so that each step in turn is the one that needs a new block */
        struct arena *own = arena_new();
        struct understanding answered;
        struct problem problem = {0};
        arena_allocate(own, filled);
        memory_fail_at(1);
        const ieum_status status = understanding_answer(tiny, &notes, concepts, 13, own, &answered, &problem);
        memory_fail_at(0);
        memory_clear_failed();
        CHECK(status == IEUM_OK || (status == IEUM_MEMORY && problem.ko[0]));
        *(status == IEUM_OK ? &held : &refused) += 1;
        if (status == IEUM_OK) check_texts(&notes, concepts, 13, &answered);
        arena_free(own);
    }
    CHECK(held > 50 && refused > 50);
    arena_free(arena);
}

TEST_MAIN(load, random_answers, a_demand_that_says_nothing, lack_of_memory_is_a_status, unload)
