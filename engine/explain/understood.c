/* SPDX-License-Identifier: Apache-2.0 */
#include "understood.h"

#include <math.h>
#include <stdlib.h>

#include "../base/elementary.h"

/* What is known of one concept. */
struct signs {
    uint8_t names, says; /* in title and need */
    bool title, business, data, met;
    uint16_t weight;
    uint32_t rank; /* in the meaning, from 1; 0: not in it */
};

static uint8_t at_most_two(uint8_t count) { return count < 2 ? (uint8_t)(count + 1) : 2; }

static void gather_mentions(const struct understanding *notes, struct signs *signs) {
    for (size_t i = 0; i < notes->count; i++) {
        const struct mention *mention = &notes->mentions[i].mention;
        struct signs *sign = &signs[mention->concept];
        if (!mention_holds(mention)) continue;
        sign->met = true;
        switch (notes->texts.items[notes->mentions[i].text].role) {
        case TEXT_TITLE: sign->title = true; /* fall through */
        case TEXT_NEED:
            if (mention->kind == MENTION_NAME) sign->names = at_most_two(sign->names);
            else sign->says = at_most_two(sign->says);
            break;
        case TEXT_BUSINESS: sign->business = true; break;
        case TEXT_DATA_HELD: sign->data = true; break;
        default: break;
        }
    }
}

static void gather_meaning(const struct meaning *meaning, struct signs *signs) {
    for (size_t i = 0; i < meaning->count; i++) {
        struct signs *sign = &signs[meaning->items[i].concept];
        sign->met = true;
        sign->weight = meaning->items[i].weight;
        sign->rank = (uint32_t)i + 1;
    }
}

static double confidence_of(const struct desk *desk, enum facet facet, const struct signs *sign) {
    const double *weights = desk->understood, weight = sign->weight / (double)MEANING_ONE;
    const double cues[UNDERSTOOD_CUES] = {
        [UNDERSTOOD_BIAS] = 1,
        [UNDERSTOOD_NAME] = sign->names,
        [UNDERSTOOD_SAYS] = sign->says,
        [UNDERSTOOD_TITLE] = sign->title,
        [UNDERSTOOD_BUSINESS] = sign->business,
        [UNDERSTOOD_BUSINESS_INDUSTRY] = sign->business && facet == FACET_INDUSTRY,
        [UNDERSTOOD_DATA] = sign->data,
        [UNDERSTOOD_DATA_DATA] = sign->data && facet == FACET_DATA,
        [UNDERSTOOD_WEIGHT] = weight,
        [UNDERSTOOD_ROOT] = sqrt(weight),
        [UNDERSTOOD_RANK] = sign->rank ? 1.0 / sign->rank : 0,
    };
    double sum = desk->understood_facets[facet];
    for (size_t i = 0; i < UNDERSTOOD_CUES; i++) sum += weights[i] * cues[i];
    return 1 / (1 + exact_exp(-sum));
}

static int compare_items(const void *left, const void *right) {
    const struct understood_item *a = left, *b = right;
    if (a->confidence != b->confidence) return a->confidence > b->confidence ? -1 : 1;
    return a->concept < b->concept ? -1 : a->concept > b->concept;
}

ieum_status understood_find(const struct desk *desk, const struct lexicon *lexicon, const struct understanding *notes, struct arena *arena,
                            struct understood *understood, struct problem *problem) {
    const uint32_t concepts = lexicon_count(lexicon);
    struct signs *signs = memory_allocate_zero(concepts, sizeof *signs);
    struct understood_item *items = arena_allocate(arena, (notes->count + notes->meaning.count + 1) * sizeof *items);
    size_t count = 0;
    if (!signs || !items) {
        memory_free(signs);
        return problem_set_memory(problem);
    }
    gather_mentions(notes, signs);
    gather_meaning(&notes->meaning, signs);
    for (uint32_t c = 0; c < concepts; c++) {
        if (!signs[c].met) continue;
        const double confidence = confidence_of(desk, lexicon_concept(lexicon, c)->facet, &signs[c]);
        if (confidence >= desk->understood_least) items[count++] = (struct understood_item){c, confidence};
    }
    memory_free(signs);
    if (count) qsort(items, count, sizeof *items, compare_items);
    *understood = (struct understood){items, count};
    return IEUM_OK;
}
