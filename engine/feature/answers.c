/* SPDX-License-Identifier: Apache-2.0 */
#include "answers.h"

#include <stdio.h>
#include <string.h>

#include "../base/utf8.h"

enum { POINTER_SIZE = 32 };

static bool is_answer(const uint32_t *concepts, size_t count, uint32_t concept) {
    for (size_t i = 0; i < count; i++)
        if (concepts[i] == concept) return true;
    return false;
}

/* One answer as a text with a mention of its concept. */
static bool add_text(const struct lexicon *lexicon, uint32_t concept, size_t number, struct arena *arena, struct record_text *text,
                     struct noted_mention *noted, uint32_t place) {
    const char *name = lexicon_concept(lexicon, concept)->ko;
    char *pointer = arena_allocate(arena, POINTER_SIZE);
    if (!pointer) return false;
    snprintf(pointer, POINTER_SIZE, "/answers/%zu", number);
    *text = (struct record_text){TEXT_ANSWER, pointer, name};
    noted->mention = (struct mention){.concept = concept, .end = (uint32_t)utf8_count_valid(name, strlen(name)), .kind = MENTION_NAME};
    noted->text = place;
    return true;
}

/* Answers first, each with the full weight; the rest as it was. */
static bool add_meaning(const struct understanding *notes, const uint32_t *concepts, size_t count, const struct noted_mention *said,
                        struct arena *arena, struct meaning *meaning) {
    const struct meaning *was = &notes->meaning;
    struct meaning_item *items = arena_allocate(arena, (was->count + count + 1) * sizeof *items);
    struct meaning_span *spans = arena_allocate(arena, (was->span_count + count + 1) * sizeof *spans);
    if (!items || !spans) return false;
    *meaning = (struct meaning){.items = items, .spans = spans, .strength = was->strength};
    for (size_t i = 0; i < count; i++) {
        items[meaning->count++] = (struct meaning_item){concepts[i], MEANING_ONE};
        spans[meaning->span_count++] = (struct meaning_span){concepts[i], said[i].text, said[i].mention.start, said[i].mention.end};
    }
    for (size_t i = 0; i < was->count; i++)
        if (!is_answer(concepts, count, was->items[i].concept)) items[meaning->count++] = was->items[i];
    for (size_t i = 0; i < was->span_count; i++)
        if (!is_answer(concepts, count, was->spans[i].concept)) spans[meaning->span_count++] = was->spans[i];
    return true;
}

ieum_status understanding_answer(const struct lexicon *lexicon, const struct understanding *notes, const uint32_t *concepts, size_t count,
                                 struct arena *arena, struct understanding *answered, struct problem *problem) {
    struct record_text *texts = arena_allocate(arena, (notes->texts.count + count + 1) * sizeof *texts);
    struct noted_mention *mentions = arena_allocate_zero(arena, notes->count + count + 1, sizeof *mentions);
    if (!texts || !mentions) return problem_set_memory(problem);
    if (notes->texts.count) memcpy(texts, notes->texts.items, notes->texts.count * sizeof *texts);
    if (notes->count) memcpy(mentions, notes->mentions, notes->count * sizeof *mentions);
    for (size_t i = 0; i < count; i++)
        if (!add_text(lexicon, concepts[i], i, arena, &texts[notes->texts.count + i], &mentions[notes->count + i], (uint32_t)(notes->texts.count + i)))
            return problem_set_memory(problem);
    struct meaning meaning;
    if (!add_meaning(notes, concepts, count, mentions + notes->count, arena, &meaning)) return problem_set_memory(problem);
    *answered = (struct understanding){{texts, notes->texts.count + count}, mentions, notes->count + count, meaning};
    return IEUM_OK;
}
