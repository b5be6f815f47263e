/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kind meaning_match against its formula with whole matrices: u' = u + near·Hᵀ ũ over all concepts, and the cosine of the two; joints tried pair by pair;
 * the same bits on any number of threads; and what its options may be.
 */
#include <math.h>

#include "feature/kinds.h"
#include "notes_samples.h"

static struct lexicon *tiny;
static struct feature_catalogue *catalogue;

enum { CROWD = 5, MOST_CONCEPTS = 32 };

struct settings {
    double facets[FACETS], power, near, floor;
};

TEST(load) {
    char path[1024];
    struct problem problem = {0};
    tiny = load_lexicon(TINY_LEXICON);
    snprintf(path, sizeof path, "%s/data/features/standard.json", test_source());
    CHECK_INT(feature_catalogue_load(path, &catalogue, &problem), IEUM_OK);
    CHECK(lexicon_count(tiny) <= MOST_CONCEPTS);
    if (test_failures) exit(1);
}

TEST(unload) {
    lexicon_free(tiny);
    feature_catalogue_free(catalogue);
}

static jval *options_of(const struct settings *settings) {
    jval *options = jval_new_object(), *facets = jval_new_object();
    for (size_t i = 0; i < FACETS; i++) jval_set_number(facets, facet_names[i], settings->facets[i]);
    jval_set(options, "facets", facets);
    jval_set_number(options, "power", settings->power);
    jval_set_number(options, "near", settings->near);
    jval_set_number(options, "floor", settings->floor);
    return options;
}

/* One suppliers' crowd and a demand, with the feature over them. */
struct fixture {
    struct supplier suppliers[CROWD];
    struct demand demand;
    struct understanding notes[CROWD], demand_notes;
    jval *options;
    struct feature_definition definition;
    struct program program;
    struct demand_view view;
    struct feature_space *space;
    double values[CROWD + 1];
};

static void compute(struct fixture *fixture, const struct lexicon *lexicon, size_t count) {
    struct problem problem = {0};
    CHECK_INT(meaning_match_kind.check(fixture->options, &(struct jpath){NULL, NULL, 0}, &problem), IEUM_OK);
    fixture->definition = (struct feature_definition){.id = "f", .kind = "meaning_match", .options = fixture->options};
    fixture->program = (struct program){.id = "test", .features = &fixture->definition, .feature_count = 1};
    fixture->view = (struct demand_view){&fixture->demand, &fixture->demand_notes};
    CHECK_INT(feature_space_new(&fixture->program, catalogue, lexicon, NULL, fixture->suppliers, fixture->notes, count, 1, &fixture->space, &problem),
              IEUM_OK);
    fixture->values[count] = -7;
    CHECK_INT(feature_compute(fixture->space, &fixture->view, fixture->values, &problem), IEUM_OK);
    CHECK(fixture->values[count] == -7);
}

static void clean(struct fixture *fixture) {
    feature_space_free(fixture->space);
    jval_free(fixture->options);
}

/* ---- the value ---- */

/* One is a parent of the other, or a related link joins them. */
static bool beside(size_t a, size_t b) {
    const struct concept *x = lexicon_concept(tiny, (uint32_t)a), *y = lexicon_concept(tiny, (uint32_t)b);
    bool found = false;
    for (size_t i = 0; i < x->parent_count; i++) found = found || x->parents[i] == b;
    for (size_t i = 0; i < y->parent_count; i++) found = found || y->parents[i] == a;
    for (size_t i = 0; i < x->related_count; i++) found = found || x->related[i].to == b;
    for (size_t i = 0; i < y->related_count; i++) found = found || y->related[i].to == a;
    return found;
}

static double credit(const struct settings *settings, size_t from, size_t to) {
    const struct concept_near near = lexicon_near(tiny, (uint32_t)from);
    if (!beside(from, to)) return 0;
    for (size_t n = 0; n < near.count; n++)
        if (near.items[n].to == to) return from != to && near.items[n].weight >= settings->floor ? near.items[n].weight : 0;
    return 0;
}

static size_t silent;

/* What is below a twentieth of the strongest gives no credit to what is near it. */
static void spread(const struct settings *settings, const struct understanding *notes, double *out) {
    const size_t concepts = lexicon_count(tiny);
    double u[MOST_CONCEPTS] = {0}, most = 0;
    for (size_t i = 0; i < notes->meaning.count; i++) {
        const struct meaning_item *item = &notes->meaning.items[i];
        u[item->concept] = settings->facets[lexicon_concept(tiny, item->concept)->facet] * pow(item->weight / 65535.0, settings->power);
    }
    for (size_t c = 0; c < concepts; c++) most = fmax(most, u[c]);
    for (size_t to = 0; to < concepts; to++) {
        out[to] = u[to];
        for (size_t from = 0; from < concepts; from++) {
            const double share = settings->near * credit(settings, from, to) * u[from];
            if (u[from] >= most / 20) out[to] += share;
            else silent += share > 0;
        }
    }
}

static double dot(const double *a, const double *b) {
    double sum = 0;
    for (size_t c = 0; c < lexicon_count(tiny); c++) sum += a[c] * b[c];
    return sum;
}

static double cosine(const struct settings *settings, const struct understanding *left, const struct understanding *right) {
    double a[MOST_CONCEPTS], b[MOST_CONCEPTS];
    spread(settings, left, a);
    spread(settings, right, b);
    const double lengths = sqrt(dot(a, a)) * sqrt(dot(b, b));
    return lengths > 0 ? dot(a, b) / lengths : NAN;
}

static size_t missing, valued;

static void check_values(const struct settings *settings, const struct fixture *fixture) {
    for (size_t s = 0; s < CROWD; s++) {
        const double value = fixture->values[s], expected = cosine(settings, &fixture->demand_notes, &fixture->notes[s]);
        CHECK(isnan(value) == isnan(expected));
        if (isnan(value)) {
            missing++;
            continue;
        }
        CHECK(value >= 0 && value <= 1 && fabs(value - expected) < 1e-9);
        valued++;
    }
}

/* ---- the joints ---- */

/* What is below a tenth of the strongest is not told. */
static double spoken_weight(const struct settings *settings, const struct meaning *meaning, uint32_t concept) {
    bool spoken = false;
    for (size_t i = 0; i < meaning->span_count; i++) spoken = spoken || meaning->spans[i].concept == concept;
    for (size_t i = 0; spoken && i < meaning->count; i++)
        if (meaning->items[i].concept == concept && meaning->items[i].weight >= 0.1 * 65535)
            return settings->facets[lexicon_concept(tiny, concept)->facet] * meaning->items[i].weight / 65535.0;
    return 0;
}

static double near_value(uint32_t from, uint32_t to) {
    const struct concept_near near = lexicon_near(tiny, from);
    for (size_t n = 0; n < near.count; n++)
        if (near.items[n].to == to) return near.items[n].weight;
    return 0;
}

static size_t joints_seen;

/* Of each concept of the demand that words were found for, the best partner; shares are parts of what the demand asks for. */
static void check_joints(const struct settings *settings, const struct fixture *fixture, size_t supplier) {
    const uint32_t concepts = lexicon_count(tiny);
    const struct meaning *asks = &fixture->demand_notes.meaning, *offers = &fixture->notes[supplier].meaning;
    struct concept_joint joints[64], few[2];
    const size_t count = feature_concept_joints(fixture->space, 0, &fixture->view, supplier, joints, 64);
    double whole = 0, sum = 0;
    size_t expected = 0;
    for (uint32_t c = 0; c < concepts; c++) whole += spoken_weight(settings, asks, c);
    for (uint32_t c = 0; c < concepts; c++) {
        double best = 0;
        for (uint32_t o = 0; o < concepts; o++) best = fmax(best, spoken_weight(settings, asks, c) * near_value(c, o) * near_value(c, o) * spoken_weight(settings, offers, o));
        if (best <= 0) continue;
        expected++;
        for (size_t i = 0; i < count; i++) {
            if (joints[i].demand_concept != c) continue;
            CHECK(fabs(joints[i].share - best / whole) < 1e-12);
            CHECK(joints[i].near == near_value(c, joints[i].supplier_concept));
            CHECK(fabs(joints[i].share * whole - spoken_weight(settings, asks, c) * joints[i].near * joints[i].near *
                                                         spoken_weight(settings, offers, joints[i].supplier_concept)) <
                  1e-12);
            joints_seen++;
        }
    }
    CHECK_INT(count, expected);
    for (size_t i = 0; i < count; i++) {
        CHECK(joints[i].share > 0 && (i == 0 || joints[i].share <= joints[i - 1].share));
        for (size_t k = 0; k < i; k++) CHECK(joints[i].demand_concept != joints[k].demand_concept);
        sum += joints[i].share;
    }
    double most = 0;
    for (size_t i = 0; i < FACETS; i++) most = fmax(most, settings->facets[i]);
    CHECK(sum <= most + 1e-12);
    CHECK_INT(feature_concept_joints(fixture->space, 0, &fixture->view, supplier, few, 2), count < 2 ? count : 2);
    CHECK(memcmp(few, joints, (count < 2 ? count : 2) * sizeof *few) == 0);
}

TEST(random_notes) {
    static const double powers[] = {1, 1.5, 0.5, 3}, nears[] = {0, 0.3, 1}, floors[] = {0, 0.3, 0.5, 1};
    struct random random;
    random_seed(&random, 21);
    for (int round = 0; round < 400; round++) {
        struct arena *arena = arena_new();
        struct fixture fixture = {0};
        struct settings settings = {.power = powers[random_below(&random, 4)], .near = nears[random_below(&random, 3)], .floor = floors[random_below(&random, 4)]};
        for (size_t i = 0; i < FACETS; i++) settings.facets[i] = (double)random_below(&random, 4) / 2; /* 0 among them */
        for (size_t s = 0; s < CROWD; s++)
            fixture.notes[s] = invent_notes(&random, tiny, random_below(&random, 9), random_below(&random, 6), 0, arena);
        fixture.demand_notes = invent_notes(&random, tiny, random_below(&random, 9), random_below(&random, 6), 0, arena);
        if (round % 10 == 0) fixture.notes[0] = fixture.demand_notes;
        fixture.options = options_of(&settings);
        compute(&fixture, tiny, CROWD);
        check_values(&settings, &fixture);
        if (round % 10 == 0) CHECK(isnan(fixture.values[0]) || fixture.values[0] > 1 - 1e-12); /* as like as can be */
        for (size_t s = 0; s < CROWD; s++) check_joints(&settings, &fixture, s);
        clean(&fixture);
        arena_free(arena);
    }
    CHECK(missing > 50 && valued > 500 && joints_seen > 500 && silent > 100);
}

/* Just at a twentieth and just below it, on both sides. */
TEST(what_is_weak_gives_no_credit) {
    const struct settings all = {.floor = 0.01};
    const uint32_t strong = lexicon_find(tiny, "bakery"), weak = lexicon_find(tiny, "crack");
    uint32_t near = 0;
    while (near < lexicon_count(tiny) && !(near != strong && near != weak && credit(&all, weak, near) > 0 && credit(&all, strong, near) == 0)) near++;
    CHECK(near < lexicon_count(tiny));
    for (int side = 0; side < 2; side++)
        for (int enough = 0; enough < 2; enough++) {
            const struct meaning_item both[] = {{strong, MEANING_ONE}, {weak, (uint16_t)(MEANING_ONE / 20 + (enough ? 1 : 0))}}, one = {near, MEANING_ONE};
            const struct meaning many = {.items = both, .count = 2}, single = {.items = &one, .count = 1};
            struct settings settings = {.facets = {1, 1, 1, 1, 1}, .power = 1, .near = 1, .floor = 0.01};
            struct fixture fixture = {.options = options_of(&settings)};
            fixture.demand_notes.meaning = side ? many : single;
            fixture.notes[0].meaning = side ? single : many;
            compute(&fixture, tiny, 1);
            const double expected = cosine(&settings, &fixture.demand_notes, &fixture.notes[0]);
            CHECK(fabs(fixture.values[0] - expected) < 1e-12);
            clean(&fixture);
        }
}

static void check_threads(struct random *random, size_t count, const struct settings *settings) {
    struct arena *arena = arena_new();
    struct supplier *suppliers = arena_allocate_zero(arena, count, sizeof *suppliers);
    struct understanding *notes = arena_allocate_zero(arena, count, sizeof *notes);
    double *values = arena_allocate_zero(arena, 3 * count, sizeof *values);
    struct fixture fixture = {.options = options_of(settings)};
    for (size_t s = 0; s < count; s++) notes[s] = invent_notes(random, tiny, random_below(random, 9), 0, 0, arena);
    fixture.demand_notes = invent_notes(random, tiny, 7, 0, 0, arena);
    compute(&fixture, tiny, 0);
    for (int threads = 1; threads <= 3; threads++) {
        struct feature_space *space = NULL;
        struct problem problem = {0};
        CHECK_INT(feature_space_new(&fixture.program, catalogue, tiny, NULL, suppliers, notes, count, threads, &space, &problem), IEUM_OK);
        CHECK_INT(feature_compute(space, &fixture.view, values + (threads - 1) * count, &problem), IEUM_OK);
        CHECK(memcmp(values, values + (threads - 1) * count, count * sizeof *values) == 0);
        feature_space_free(space);
    }
    for (size_t s = 0; s < count; s++) {
        const double expected = cosine(settings, &fixture.demand_notes, &notes[s]);
        CHECK(isnan(expected) ? isnan(values[s]) : fabs(values[s] - expected) < 1e-9);
    }
    clean(&fixture);
    arena_free(arena);
}

/* Suppliers are weighed a run at a time: numbers around the ends of runs. */
TEST(any_number_of_threads_gives_the_same_bits) {
    static const size_t counts[] = {1, 63, 64, 65, 128, 129, 400};
    const struct settings settings = {.facets = {1, 0.5, 1, 0.7, 0}, .power = 1.5, .near = 0.4, .floor = 0.2};
    struct random random;
    random_seed(&random, 31);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) check_threads(&random, counts[i], &settings);
}

/* Credits that are too small to be told from nothing, many of them. */
TEST(numbers_next_to_nothing) {
    struct lexicon *great = load_lexicon(WHOLE_LEXICON);
    struct arena *arena = arena_new();
    struct random random;
    struct fixture fixture = {0};
    const struct settings settings = {.facets = {1, 1, 1, 1, 1}, .power = 8, .near = 1e-310, .floor = 0};
    random_seed(&random, 4);
    for (size_t s = 0; s < CROWD; s++) fixture.notes[s] = invent_notes(&random, great, 500, 16, 0, arena);
    const uint32_t many = lexicon_count(great) < 1024 ? lexicon_count(great) : 1024; /* as many as meaning.json may ask for */
    struct meaning_item *items = arena_allocate(arena, many * sizeof *items);
    for (size_t s = 0; s <= CROWD; s++) { /* many weak ones */
        struct understanding *notes = s == CROWD ? &fixture.demand_notes : &fixture.notes[s];
        if (s == CROWD) *notes = fixture.notes[0];
        for (uint32_t i = 0; i < many; i++) items[i] = (struct meaning_item){i, i ? 1 : MEANING_ONE};
        notes->meaning.items = items;
        notes->meaning.count = many;
    }
    fixture.options = options_of(&settings);
    compute(&fixture, great, CROWD);
    for (size_t s = 0; s < CROWD; s++) CHECK(fixture.values[s] >= 0 && fixture.values[s] <= 1);
    clean(&fixture);
    /* Weights whose squares are nothing: as if the supplier meant nothing. */
    const struct settings faint = {.facets = {1, 1e-200, 1e-200, 1e-200, 1e-200}, .power = 1, .floor = 1};
    const struct meaning_item one = {lexicon_find(tiny, "plating"), MEANING_ONE};
    const struct meaning_item both[] = {{lexicon_find(tiny, "crack"), MEANING_ONE}, one};
    fixture.options = options_of(&faint);
    fixture.demand_notes.meaning = (struct meaning){.items = both, .count = 2};
    for (size_t s = 0; s < CROWD; s++) fixture.notes[s].meaning = (struct meaning){.items = &one, .count = 1};
    compute(&fixture, tiny, CROWD);
    for (size_t s = 0; s < CROWD; s++) CHECK(isnan(fixture.values[s]));
    clean(&fixture);
    arena_free(arena);
    lexicon_free(great);
}

TEST(without_items_it_is_missing) {
    struct fixture fixture = {0};
    const struct settings settings = {.facets = {1, 1, 1, 1, 1}, .power = 1};
    const struct meaning_item item = {0, MEANING_ONE};
    fixture.options = options_of(&settings);
    fixture.notes[1].meaning = (struct meaning){.items = &item, .count = 1};
    compute(&fixture, tiny, 2);
    CHECK(isnan(fixture.values[0]) && isnan(fixture.values[1])); /* the demand means nothing */
    feature_space_free(fixture.space);
    fixture.demand_notes.meaning = fixture.notes[1].meaning;
    compute(&fixture, tiny, 2);
    CHECK(isnan(fixture.values[0]) && fixture.values[1] == 1);
    feature_space_free(fixture.space);
    compute(&fixture, tiny, 0); /* no suppliers */
    clean(&fixture);
}

TEST(options) {
    static const struct {
        const char *options, *pointer; /* NULL: taken */
    } cases[] = {
        {"{\"facets\":{\"task\":1}}", NULL},
        {"{\"facets\":{\"task\":0}}", NULL},
        {"{\"facets\":{\"task\":100,\"delivery\":0.5},\"power\":8,\"near\":1,\"floor\":1}", NULL},
        {"{\"facets\":{},\"power\":0.1,\"near\":0,\"floor\":0}", NULL},
        {"{}", "/o/facets"},
        {"{\"facets\":1}", "/o/facets"},
        {"{\"facets\":{\"taste\":1}}", "/o/facets/taste"},
        {"{\"facets\":{\"task\":-1}}", "/o/facets/task"},
        {"{\"facets\":{\"task\":101}}", "/o/facets/task"},
        {"{\"facets\":{\"task\":\"1\"}}", "/o/facets/task"},
        {"{\"facets\":{},\"power\":0}", "/o/power"},
        {"{\"facets\":{},\"power\":9}", "/o/power"},
        {"{\"facets\":{},\"near\":-0.1}", "/o/near"},
        {"{\"facets\":{},\"near\":1.1}", "/o/near"},
        {"{\"facets\":{},\"floor\":\"0\"}", "/o/floor"},
        {"{\"facets\":{},\"floor\":2}", "/o/floor"},
        {"{\"facets\":{},\"flour\":0}", "/o/flour"},
        {"{\"facets\":{},\"roles\":{}}", "/o/roles"},
    };
    const struct jpath root = {NULL, NULL, 0}, at = {&root, "o", 0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct problem problem = {0};
        jval *options = NULL;
        CHECK_INT(jval_parse(cases[i].options, strlen(cases[i].options), &options, &problem), IEUM_OK);
        CHECK_INT(meaning_match_kind.check(options, &at, &problem), cases[i].pointer ? IEUM_INVALID : IEUM_OK);
        if (cases[i].pointer) {
            CHECK_TEXT(problem.pointer, cases[i].pointer);
            CHECK(problem.ko[0] && problem.en[0]);
        }
        jval_free(options);
    }
}

TEST(lack_of_memory_is_a_status) {
    struct random random;
    struct arena *arena = arena_new();
    const struct settings settings = {.facets = {1, 1, 1, 1, 1}, .power = 1, .near = 0.3, .floor = 0.3};
    ieum_status status = IEUM_MEMORY;
    uint64_t n = 0;
    random_seed(&random, 6);
    struct fixture fixture = {.options = options_of(&settings)};
    for (size_t s = 0; s < CROWD; s++) fixture.notes[s] = invent_notes(&random, tiny, 6, 3, 0, arena);
    fixture.demand_notes = fixture.notes[1];
    compute(&fixture, tiny, CROWD);
    for (n = 1; status == IEUM_MEMORY && n < 1000; n++) {
        struct feature_space *space = NULL;
        struct problem problem = {0};
        double values[CROWD];
        memory_fail_at(n);
        status = feature_space_new(&fixture.program, catalogue, tiny, NULL, fixture.suppliers, fixture.notes, CROWD, 1, &space, &problem);
        if (status == IEUM_OK) status = feature_compute(space, &fixture.view, values, &problem);
        memory_fail_at(0);
        memory_clear_failed();
        CHECK(status == IEUM_OK || status == IEUM_MEMORY);
        if (status == IEUM_OK) CHECK(memcmp(values, fixture.values, sizeof values) == 0);
        feature_space_free(space);
    }
    CHECK(status == IEUM_OK && n > 5);
    clean(&fixture);
    arena_free(arena);
}

TEST_MAIN(load, random_notes, what_is_weak_gives_no_credit, any_number_of_threads_gives_the_same_bits, numbers_next_to_nothing, without_items_it_is_missing, options, lack_of_memory_is_a_status, unload)
