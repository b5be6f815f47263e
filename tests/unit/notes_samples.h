/* SPDX-License-Identifier: Apache-2.0 */
/* For tests of what follows from understandings: invented ones, without texts to be read. */
#ifndef IEUM_TEST_NOTES_SAMPLES_H
#define IEUM_TEST_NOTES_SAMPLES_H

#include "../../engine/base/random.h"
#include "../../engine/feature/understanding.h"
#include "text_samples.h"

/* A record with one text, that speaks of `items` concepts as a whole (the first `spans` of them at words) and mentions `mentions`. */
static inline struct understanding invent_notes(struct random *random, const struct lexicon *lexicon, size_t items, size_t spans, size_t mentions,
                                                struct arena *arena) {
    static struct record_text text = {TEXT_NEED, "/need", "아무 말이나 스무 자쯤 적어 둔 글입니다."};
    const uint32_t concepts = lexicon_count(lexicon);
    struct meaning_item *item = arena_allocate_zero(arena, items + 1, sizeof *item);
    struct meaning_span *span = arena_allocate_zero(arena, spans + 1, sizeof *span);
    struct noted_mention *noted = arena_allocate_zero(arena, mentions + 1, sizeof *noted);
    uint32_t weight = MEANING_ONE;
    struct understanding notes = {{&text, 1}, noted, mentions, {.items = item, .spans = span, .strength = 500}};
    while (notes.meaning.count < items && weight > 0) {
        const uint32_t concept = (uint32_t)random_below(random, concepts);
        bool known = false;
        for (size_t i = 0; i < notes.meaning.count; i++) known = known || item[i].concept == concept;
        if (known) continue;
        if (notes.meaning.span_count < spans && random_below(random, 5) > 0) /* some have no words of their own */
            span[notes.meaning.span_count++] = (struct meaning_span){concept, 0, weight % 10, weight % 10 + 3};
        item[notes.meaning.count++] = (struct meaning_item){concept, (uint16_t)weight};
        weight -= (uint32_t)random_below(random, weight / 2 + 1);
    }
    for (size_t m = 0; m < mentions; m++) {
        const uint32_t start = (uint32_t)random_below(random, 18);
        noted[m].mention = (struct mention){.concept = (uint32_t)random_below(random, concepts), .start = start, .end = start + 2,
                                            .kind = (uint8_t)random_below(random, 3), .negated = random_below(random, 4) == 0,
                                            .undecided = random_below(random, 8) == 0};
    }
    return notes;
}

/* Such a record with `count` texts, each of one of the roles, and its mentions here and there in them. */
static inline struct understanding invent_record(struct random *random, const struct lexicon *lexicon, const enum text_role *roles, size_t role_count,
                                                 size_t count, size_t items, size_t mentions, struct arena *arena) {
    struct understanding notes = invent_notes(random, lexicon, items, 0, mentions, arena);
    struct record_text *texts = arena_allocate_zero(arena, count, sizeof *texts);
    struct noted_mention *noted = arena_allocate_zero(arena, notes.count + 1, sizeof *noted);
    for (size_t t = 0; t < count; t++)
        texts[t] = (struct record_text){roles[random_below(random, role_count)], "/x", "아무 말이나 스무 자쯤 적어 둔 글입니다."};
    for (size_t m = 0; m < notes.count; m++) {
        noted[m] = notes.mentions[m];
        noted[m].text = (uint32_t)random_below(random, count);
    }
    notes.texts = (struct record_texts){texts, count};
    notes.mentions = noted;
    return notes;
}

#endif
