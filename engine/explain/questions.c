/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Greedy: the concept that raises the entropy most is the next answer, until none raises it or the question has answers enough. A supplier goes with the
 * first answer that it speaks of. Ties go to the lower concept, so the same shortlist gives the same questions.
 */
#include "questions.h"

#include <stdlib.h>

#include "../base/elementary.h"

static const double LEAST_GAIN = 0.05;      /* bits that a further answer must add */
static const double TOO_NEAR = 0.5;         /* two answers this near are one */
static const uint16_t SPOKEN = MEANING_ONE / 2; /* a concept this strong in a supplier's meaning counts as spoken of */

struct asking {
    const struct desk *desk;
    const struct feature_space *space;
    double *share;   /* of each supplier of the shortlist */
    size_t count, words; /* suppliers; words of a bit a supplier */
    uint64_t *speaks;    /* concepts × words: who speaks of it */
    uint32_t *list;  /* the open concepts of the facet that is asked about */
    size_t list_count;
    bool *open;      /* concepts that the need leaves open and some supplier speaks of */
    uint32_t concepts;
    uint64_t *free;  /* a word of bits like theirs: whom no answer has taken */
};

enum { WORD = 64 };

static void note_spoken(const struct asking *asking, const struct understanding *notes, size_t supplier) {
    uint64_t *speaks = asking->speaks + supplier / WORD;
    const uint64_t bit = UINT64_C(1) << supplier % WORD;
    for (size_t i = 0; i < notes->count; i++)
        if (mention_holds(&notes->mentions[i].mention)) speaks[notes->mentions[i].mention.concept * asking->words] |= bit;
    for (size_t i = 0; i < notes->meaning.count && notes->meaning.items[i].weight >= SPOKEN; i++)
        speaks[notes->meaning.items[i].concept * asking->words] |= bit;
}

/* What the need speaks of is settled, and so is all that is broader. */
static void close_up(const struct asking *asking, uint32_t concept) {
    const struct concept *item = lexicon_concept(asking->space->lexicon, concept);
    asking->open[concept] = false;
    for (size_t i = 0; i < item->parent_count; i++) close_up(asking, item->parents[i]);
}

static void close_spoken(const struct asking *asking, const struct understanding *demand) {
    for (uint32_t c = 0; c < asking->concepts; c++) asking->open[c] = true;
    for (size_t i = 0; i < demand->count; i++)
        if (!demand->mentions[i].mention.negated) close_up(asking, demand->mentions[i].mention.concept);
}

/* What no supplier of the shortlist speaks of keeps none of them. */
static void close_unspoken(const struct asking *asking) {
    for (uint32_t c = 0; c < asking->concepts; c++) {
        uint64_t any = 0;
        for (size_t w = 0; w < asking->words; w++) any |= asking->speaks[c * asking->words + w];
        asking->open[c] = asking->open[c] && any;
    }
}

static bool too_near(const struct lexicon *lexicon, uint32_t a, uint32_t b) {
    const struct concept_near near = lexicon_near(lexicon, a);
    for (size_t n = 0; n < near.count && near.items[n].weight >= TOO_NEAR; n++)
        if (near.items[n].to == b) return true;
    return false;
}

static double bits_of(double share) { return share > 0 ? -share * exact_ln(share) / 0.69314718055994530942 : 0; }

/* What the answers so far make of the entropy, and what they leave. */
struct asked_so_far {
    double bits, rest;
};

static struct asked_so_far sum_answers(const struct next_question *question) {
    struct asked_so_far so_far = {0, 1};
    for (size_t a = 0; a < question->count; a++) {
        so_far.bits += bits_of(question->answers[a].share);
        so_far.rest -= question->answers[a].share;
    }
    return so_far;
}

/* The entropy if `concept` became the next answer; *suppliers and *share: what it would keep. */
static double entropy_with(const struct asking *asking, struct asked_so_far so_far, uint32_t concept, size_t *suppliers, double *share) {
    *suppliers = 0;
    *share = 0;
    for (size_t w = 0; w < asking->words; w++)
        for (uint64_t bits = asking->speaks[concept * asking->words + w] & asking->free[w]; bits; bits &= bits - 1) {
            *share += asking->share[w * WORD + (size_t)__builtin_ctzll(bits)];
            ++*suppliers;
        }
    if (*suppliers == 0) return 0;
    const double rest = so_far.rest - *share;
    return so_far.bits + bits_of(*share) + bits_of(rest > 1e-12 ? rest : 0);
}

/* The concepts that a question of the facet could offer. */
static void list_open(const struct asking *asking, enum facet facet, uint32_t *list, size_t *count) {
    *count = 0;
    for (uint32_t c = 0; c < asking->concepts; c++)
        if (asking->open[c] && lexicon_concept(asking->space->lexicon, c)->facet == facet) list[(*count)++] = c;
}

static bool is_offered(const struct asking *asking, const struct next_question *question, uint32_t concept) {
    for (size_t a = 0; a < question->count; a++)
        if (question->answers[a].concept == concept || too_near(asking->space->lexicon, question->answers[a].concept, concept) ||
            too_near(asking->space->lexicon, concept, question->answers[a].concept))
            return false;
    return true;
}

/* Adds the best next answer; false when none tells enough. */
static bool add_answer(const struct asking *asking, struct next_question *question, struct question_answer *answers) {
    double best = question->bits + LEAST_GAIN;
    struct question_answer chosen = {.suppliers = 0};
    const struct asked_so_far so_far = sum_answers(question);
    for (size_t i = 0; i < asking->list_count; i++) {
        const uint32_t c = asking->list[i];
        struct question_answer answer = {.concept = c};
        const double bits = entropy_with(asking, so_far, c, &answer.suppliers, &answer.share);
        if (answer.suppliers == 0 || bits <= best || !is_offered(asking, question, c)) continue;
        best = bits;
        chosen = answer;
    }
    if (chosen.suppliers == 0) return false;
    for (size_t w = 0; w < asking->words; w++) asking->free[w] &= ~asking->speaks[chosen.concept * asking->words + w];
    answers[question->count++] = chosen;
    question->bits = best;
    return true;
}

static int compare_questions(const void *left, const void *right) {
    const struct next_question *a = left, *b = right;
    if (a->bits != b->bits) return a->bits > b->bits ? -1 : 1;
    return a->facet < b->facet ? -1 : a->facet > b->facet;
}

static ieum_status ask(struct asking *asking, struct arena *arena, struct next_questions *questions, struct problem *problem) {
    struct next_question *items = arena_allocate_zero(arena, FACETS, sizeof *items);
    if (!items) return problem_set_memory(problem);
    for (int facet = 0; facet < FACETS; facet++) {
        if (!asking->desk->facets[facet].asked) continue;
        struct question_answer *answers = arena_allocate_zero(arena, asking->desk->answers, sizeof *answers);
        if (!answers) return problem_set_memory(problem);
        struct next_question question = {(enum facet)facet, 0, answers, 0};
        list_open(asking, (enum facet)facet, asking->list, &asking->list_count);
        for (size_t w = 0; w < asking->words; w++) asking->free[w] = ~UINT64_C(0);
        while (question.count < asking->desk->answers && add_answer(asking, &question, answers)) continue;
        if (question.count > 0 && question.bits >= asking->desk->least_bits) items[questions->count++] = question;
    }
    if (questions->count) qsort(items, questions->count, sizeof *items, compare_questions);
    if (questions->count > asking->desk->most) questions->count = asking->desk->most;
    questions->items = items;
    return IEUM_OK;
}

ieum_status questions_find(const struct desk *desk, const struct feature_space *space, const struct understanding *demand,
                           const uint32_t *shortlist, const int64_t *scores, size_t count, struct arena *arena,
                           struct next_questions *questions, struct problem *problem) {
    const uint32_t concepts = lexicon_count(space->lexicon);
    double total = 0;
    if (count > desk->suppliers) count = desk->suppliers;
    *questions = (struct next_questions){0};
    struct asking asking = {.desk = desk, .space = space, .count = count, .words = count / WORD + 1, .concepts = concepts};
    asking.share = arena_allocate_zero(arena, count + 1, sizeof *asking.share);
    asking.speaks = arena_allocate_zero(arena, asking.words * (size_t)concepts, sizeof *asking.speaks);
    asking.list = arena_allocate(arena, (concepts + 1) * sizeof *asking.list);
    asking.open = arena_allocate_zero(arena, concepts, sizeof *asking.open);
    asking.free = arena_allocate(arena, asking.words * sizeof *asking.free);
    if (!asking.share || !asking.speaks || !asking.list || !asking.open || !asking.free) return problem_set_memory(problem);
    for (size_t s = 0; s < count; s++) total += scores[s] > 0 ? (double)scores[s] : 0;
    for (size_t s = 0; s < count; s++) {
        asking.share[s] = total > 0 && scores[s] > 0 ? (double)scores[s] / total : 0;
        note_spoken(&asking, &space->notes[shortlist[s]], s);
    }
    close_spoken(&asking, demand);
    close_unspoken(&asking);
    return total > 0 ? ask(&asking, arena, questions, problem) : IEUM_OK;
}
