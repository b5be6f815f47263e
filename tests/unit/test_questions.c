/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What to ask next, on invented shortlists: entropies worked out again from who goes with which answer, each answer compared with all that could have been
 * given in its place, and what must not be offered.
 */
#include "explain/questions.h"

#include <math.h>

#include "notes_samples.h"

static struct lexicon *tiny;

enum { CROWD = 12, MOST_CONCEPTS = 32 };

TEST(load) {
    tiny = load_lexicon(TINY_LEXICON);
    CHECK(lexicon_count(tiny) <= MOST_CONCEPTS);
}
TEST(unload) { lexicon_free(tiny); }

struct fixture {
    struct desk desk;
    struct feature_space space;
    struct understanding notes[CROWD], demand;
    uint32_t shortlist[CROWD];
    int64_t scores[CROWD];
    size_t count;
    struct arena *arena;
    struct next_questions found;
};

static void ask(struct fixture *fixture) {
    struct problem problem = {0};
    fixture->space = (struct feature_space){.lexicon = tiny, .notes = fixture->notes, .supplier_count = CROWD};
    CHECK_INT(questions_find(&fixture->desk, &fixture->space, &fixture->demand, fixture->shortlist, fixture->scores, fixture->count, fixture->arena,
                             &fixture->found, &problem),
              IEUM_OK);
}

/* ---- the same again, plainly ---- */

/* A supplier speaks of what it mentions without denying it, and of what weighs half or more in its meaning. */
static bool speaks(const struct understanding *notes, uint32_t concept) {
    for (size_t i = 0; i < notes->count; i++) {
        const struct mention *mention = &notes->mentions[i].mention;
        if (mention->concept == concept && !mention->negated && !mention->undecided) return true;
    }
    for (size_t i = 0; i < notes->meaning.count; i++)
        if (notes->meaning.items[i].concept == concept && notes->meaning.items[i].weight >= 65535 / 2) return true;
    return false;
}

static bool is_above(uint32_t upper, uint32_t lower) {
    const struct concept *concept = lexicon_concept(tiny, lower);
    if (upper == lower) return true;
    for (size_t i = 0; i < concept->parent_count; i++)
        if (is_above(upper, concept->parents[i])) return true;
    return false;
}

static bool is_settled(const struct understanding *demand, uint32_t concept) {
    for (size_t i = 0; i < demand->count; i++)
        if (!demand->mentions[i].mention.negated && is_above(concept, demand->mentions[i].mention.concept)) return true;
    return false;
}

static double credit(uint32_t from, uint32_t to) {
    const struct concept_near near = lexicon_near(tiny, from);
    for (size_t n = 0; n < near.count; n++)
        if (near.items[n].to == to) return near.items[n].weight;
    return 0;
}

static size_t taken_of(const struct fixture *fixture) { return fixture->count < fixture->desk.suppliers ? fixture->count : fixture->desk.suppliers; }

/* The entropy of score shares over the answers, each supplier with the first that it speaks of, and none of these. `share` and `members` of each answer. */
static double entropy(const struct fixture *fixture, const uint32_t *answers, size_t count, double *share, size_t *members) {
    double total = 0, none = 0, bits = 0;
    const size_t suppliers = taken_of(fixture);
    for (size_t a = 0; a < count; a++) share[a] = 0, members[a] = 0;
    for (size_t s = 0; s < suppliers; s++) total += fixture->scores[s] > 0 ? (double)fixture->scores[s] : 0;
    for (size_t s = 0; s < suppliers; s++) {
        const double part = fixture->scores[s] > 0 ? (double)fixture->scores[s] / total : 0;
        size_t a = 0;
        while (a < count && !speaks(&fixture->notes[fixture->shortlist[s]], answers[a])) a++;
        if (a == count) none += part;
        else share[a] += part, members[a]++;
    }
    for (size_t a = 0; a < count; a++) bits -= share[a] > 0 ? share[a] * log2(share[a]) : 0;
    return none > 1e-12 ? bits - none * log2(none) : bits;
}

static bool may_offer(const struct fixture *fixture, enum facet facet, const uint32_t *answers, size_t count, uint32_t concept) {
    if (lexicon_concept(tiny, concept)->facet != facet || is_settled(&fixture->demand, concept)) return false;
    for (size_t a = 0; a < count; a++)
        if (answers[a] == concept || credit(answers[a], concept) >= 0.5 || credit(concept, answers[a]) >= 0.5) return false;
    return true;
}

/* The most that one more answer could bring. */
static double best_step(const struct fixture *fixture, enum facet facet, const uint32_t *answers, size_t count) {
    uint32_t tried[MOST_CONCEPTS];
    double share[MOST_CONCEPTS], best = 0;
    size_t members[MOST_CONCEPTS];
    memcpy(tried, answers, count * sizeof *tried);
    for (uint32_t c = 0; c < lexicon_count(tiny); c++) {
        if (!may_offer(fixture, facet, answers, count, c)) continue;
        tried[count] = c;
        const double bits = entropy(fixture, tried, count + 1, share, members);
        if (members[count] > 0) best = fmax(best, bits);
    }
    return best;
}

static size_t answers_seen, ends_seen;

static void check_question(const struct fixture *fixture, const struct next_question *question) {
    uint32_t answers[MOST_CONCEPTS];
    double share[MOST_CONCEPTS], before = 0;
    size_t members[MOST_CONCEPTS];
    CHECK(question->count > 0 && question->count <= fixture->desk.answers && fixture->desk.facets[question->facet].asked);
    for (size_t a = 0; a < question->count; a++) {
        CHECK(may_offer(fixture, question->facet, answers, a, question->answers[a].concept));
        const double best = best_step(fixture, question->facet, answers, a);
        answers[a] = question->answers[a].concept;
        const double bits = entropy(fixture, answers, a + 1, share, members);
        CHECK(bits > before + 0.05 - 1e-9 && bits > best - 1e-9); /* none would have told more */
        before = bits;
        answers_seen++;
    }
    for (size_t a = 0; a < question->count; a++) {
        CHECK(fabs(question->answers[a].share - share[a]) < 1e-9);
        CHECK(question->answers[a].suppliers == members[a] && members[a] > 0);
    }
    CHECK(fabs(question->bits - before) < 1e-9 && question->bits >= fixture->desk.least_bits);
    if (question->count < fixture->desk.answers) { /* ended because no answer tells more */
        CHECK(best_step(fixture, question->facet, answers, question->count) <= before + 0.05 + 1e-9);
        ends_seen++;
    }
}

/* What the first answers of a facet come to, to see that no question that should be asked is missing. */
static double first_bits(const struct fixture *fixture, enum facet facet) {
    const uint32_t none[1] = {0};
    return fixture->desk.facets[facet].asked ? best_step(fixture, facet, none, 0) : 0;
}

static size_t questions_seen, silent;

static void check_all(const struct fixture *fixture) {
    bool asked[FACETS] = {false};
    CHECK(fixture->found.count <= fixture->desk.most);
    for (size_t q = 0; q < fixture->found.count; q++) {
        const struct next_question *question = &fixture->found.items[q];
        CHECK(!asked[question->facet]);
        asked[question->facet] = true;
        check_question(fixture, question);
        if (q) CHECK(question[-1].bits > question->bits || (question[-1].bits == question->bits && question[-1].facet < question->facet));
        questions_seen++;
    }
    silent += fixture->found.count == 0;
    for (int f = 0; f < FACETS; f++) {
        if (asked[f] || fixture->found.count == fixture->desk.most) continue;
        /* One answer of it alone would have been enough to be asked: it would be here. */
        CHECK(first_bits(fixture, (enum facet)f) < fixture->desk.least_bits + 1e-9 || first_bits(fixture, (enum facet)f) <= 0.05 + 1e-9);
    }
}

static void invent(struct fixture *fixture, struct random *random) {
    *fixture = (struct fixture){.arena = arena_new()};
    fixture->desk = (struct desk){.suppliers = 2 + random_below(random, CROWD), .answers = 2 + random_below(random, 3), .most = 1 + random_below(random, 4),
                                  .shows = 3, .least_bits = (double)random_below(random, 4) / 4};
    for (int f = 0; f < FACETS; f++) fixture->desk.facets[f].asked = random_below(random, 4) > 0;
    for (size_t s = 0; s < CROWD; s++)
        fixture->notes[s] = invent_notes(random, tiny, random_below(random, 6), 0, random_below(random, 4), fixture->arena);
    fixture->demand = invent_notes(random, tiny, random_below(random, 6), 0, random_below(random, 4), fixture->arena);
    fixture->count = random_below(random, CROWD + 1);
    for (size_t s = 0; s < fixture->count; s++) { /* from the middle of the suppliers, so that places and numbers differ */
        fixture->shortlist[s] = (uint32_t)((s * 5 + 3) % CROWD);
        const uint64_t steps = random_below(random, 2) ? 5 : 400; /* equal shares, and small ones */
        fixture->scores[s] = (int64_t)(random_below(random, steps) * (1000000000 / steps));
    }
}

TEST(random_shortlists) {
    struct random random;
    random_seed(&random, 31);
    for (int round = 0; round < 1500; round++) {
        struct fixture fixture;
        invent(&fixture, &random);
        ask(&fixture);
        check_all(&fixture);
        arena_free(fixture.arena);
    }
    CHECK(questions_seen > 500 && answers_seen > 1000 && ends_seen > 200 && silent > 50);
}

/* ---- by hand ---- */

static struct understanding of_concept(const char *id, struct arena *arena) {
    struct noted_mention *noted = arena_allocate_zero(arena, 1, sizeof *noted);
    noted->mention = (struct mention){.concept = lexicon_find(tiny, id), .end = 1};
    return (struct understanding){.mentions = noted, .count = 1};
}

static void by_hand(struct fixture *fixture, const char *const *ids, size_t count) {
    *fixture = (struct fixture){.arena = arena_new(), .count = count};
    fixture->desk = (struct desk){.suppliers = 20, .answers = 4, .most = 3, .shows = 3, .least_bits = 0.4};
    fixture->desk.facets[FACET_TASK].asked = true;
    for (size_t s = 0; s < count; s++) {
        fixture->notes[s] = of_concept(ids[s], fixture->arena);
        fixture->shortlist[s] = (uint32_t)s;
        fixture->scores[s] = 100;
    }
}

TEST(four_equal_shares_are_two_bits) {
    struct fixture fixture;
    by_hand(&fixture, (const char *const[]){"upkeep", "forecast", "packing", "crack"}, 4);
    ask(&fixture);
    CHECK_INT(fixture.found.count, 1);
    if (fixture.found.count) {
        const struct next_question *question = &fixture.found.items[0];
        CHECK(fabs(question->bits - 2) < 1e-12);
        /* Of equals the first in the lexicon; the last concept adds nothing to "none of these" and is not offered. */
        CHECK_INT(question->count, 3);
        CHECK_INT(question->answers[0].concept, lexicon_find(tiny, "crack"));
        CHECK_INT(question->answers[1].concept, lexicon_find(tiny, "packing"));
        CHECK_INT(question->answers[2].concept, lexicon_find(tiny, "forecast"));
    }
    arena_free(fixture.arena);
}

TEST(what_the_need_says_is_not_asked) {
    struct fixture fixture;
    by_hand(&fixture, (const char *const[]){"upkeep", "crack", "checking", "weight"}, 4);
    fixture.demand = of_concept("crack", fixture.arena); /* and with it what is above: checking */
    ask(&fixture);
    CHECK_INT(fixture.found.count, 1);
    for (size_t a = 0; fixture.found.count && a < fixture.found.items[0].count; a++) {
        CHECK(fixture.found.items[0].answers[a].concept != lexicon_find(tiny, "crack"));
        CHECK(fixture.found.items[0].answers[a].concept != lexicon_find(tiny, "checking"));
    }
    arena_free(fixture.arena);
}

TEST(nothing_to_tell_apart) {
    static const char *const same[] = {"crack", "crack", "crack"};
    struct fixture fixture;
    by_hand(&fixture, same, 3);
    ask(&fixture);
    CHECK_INT(fixture.found.count, 0);
    arena_free(fixture.arena);
    by_hand(&fixture, same, 0); /* nobody */
    ask(&fixture);
    CHECK_INT(fixture.found.count, 0);
    arena_free(fixture.arena);
    by_hand(&fixture, (const char *const[]){"crack", "packing"}, 2); /* nobody has a score */
    fixture.scores[0] = fixture.scores[1] = 0;
    ask(&fixture);
    CHECK_INT(fixture.found.count, 0);
    arena_free(fixture.arena);
}

/* A desk that would ask whatever a question tells still asks none without answers. */
TEST(no_question_without_answers) {
    struct fixture fixture;
    by_hand(&fixture, (const char *const[]){"crack", "packing"}, 2);
    fixture.desk.least_bits = 0;
    fixture.desk.facets[FACET_DATA].asked = true;
    ask(&fixture);
    CHECK_INT(fixture.found.count, 1);
    for (size_t q = 0; q < fixture.found.count; q++) CHECK(fixture.found.items[q].count > 0);
    arena_free(fixture.arena);
}

TEST(lack_of_memory_is_a_status) {
    struct random random;
    struct fixture fixture;
    size_t refused = 0, held = 0;
    random_seed(&random, 77);
    do {
        invent(&fixture, &random);
        ask(&fixture);
        if (fixture.found.count < 2) arena_free(fixture.arena);
    } while (fixture.found.count < 2);
    for (size_t filled = 0; filled < 6000; filled += 16) {
        struct arena *own = arena_new();
        struct next_questions found;
        struct problem problem = {0};
        arena_allocate(own, filled);
        memory_fail_at(1);
        const ieum_status status = questions_find(&fixture.desk, &fixture.space, &fixture.demand, fixture.shortlist, fixture.scores, fixture.count, own,
                                                  &found, &problem);
        memory_fail_at(0);
        memory_clear_failed();
        CHECK(status == IEUM_OK || (status == IEUM_MEMORY && problem.ko[0]));
        *(status == IEUM_OK ? &held : &refused) += 1;
        if (status == IEUM_OK) CHECK_INT(found.count, fixture.found.count);
        arena_free(own);
    }
    CHECK(held > 50 && refused > 50);
    arena_free(fixture.arena);
}

TEST_MAIN(load, random_shortlists, four_equal_shares_are_two_bits, what_the_need_says_is_not_asked, nothing_to_tell_apart, no_question_without_answers,
          lack_of_memory_is_a_status, unload)
