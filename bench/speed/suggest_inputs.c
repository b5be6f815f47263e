/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers only, no texts: term weights and queries, concept profiles and credits, meanings, industry codes, budgets and prices, lists as numbered words, the
 * verdicts of the rules a kind of value, the curves; and what came out, for the peer to hold itself against.
 */
#include "suggest_inputs.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "base/vector.h"
#include "feature/concept_overlap.h"
#include "feature/meaning_match.h"
#include "program/pair_parts.h"
#include "text/index.h"

typedef VECTOR(double) doubles;
typedef VECTOR(int32_t) numbers;

struct dump {
    const char *folder;
    FILE *manifest;
    const char *separator;
    bool failed;
    const struct feature_space *space;
    const struct demand_view *views;
    size_t count;
    size_t feature;
};

static void put(struct dump *dump, const char *name, const char *type, const void *items, size_t count, size_t size) {
    char path[1024], full[128];
    snprintf(full, sizeof full, "%s_%zu", name, dump->feature);
    snprintf(path, sizeof path, "%s/%s.bin", dump->folder, full);
    FILE *file = fopen(path, "wb");
    dump->failed = !file || fwrite(items, size, count, file) != count || dump->failed;
    if (file && fclose(file) != 0) dump->failed = true;
    fprintf(dump->manifest, "%s\n \"%s\": [\"%s\", %zu]", dump->separator, full, type, count);
    dump->separator = ",";
}

static void put_doubles(struct dump *dump, const char *name, doubles *list) {
    put(dump, name, "f8", list->items, list->count, sizeof *list->items);
    vector_free(list);
}

static void put_numbers(struct dump *dump, const char *name, numbers *list) {
    put(dump, name, "i4", list->items, list->count, sizeof *list->items);
    vector_free(list);
}
#define ADD(dump, list, value) ((dump)->failed = !vector_push(&(list), (value)) || (dump)->failed)

/* ---- texts ---- */

static struct weighted_document weigh(const struct understanding *notes, const double *weights, struct arena *arena) {
    struct weighted_text *texts = arena_allocate_zero(arena, notes->texts.count + 1, sizeof *texts);
    size_t count = 0;
    for (size_t i = 0; i < notes->texts.count; i++)
        if (weights[notes->texts.items[i].role] > 0)
            texts[count++] = (struct weighted_text){notes->texts.items[i].text, weights[notes->texts.items[i].role]};
    return (struct weighted_document){texts, count};
}

static void dump_texts(struct dump *dump, const jval *options, struct problem *problem) {
    const size_t suppliers = dump->space->supplier_count;
    struct arena *arena = arena_new();
    struct text_index *index = NULL;
    double weights[TEXT_ROLES], *self = arena_allocate_zero(arena, dump->count, sizeof *self);
    struct weighted_document *documents = arena_allocate_zero(arena, suppliers, sizeof *documents);
    role_weights_read(options, weights);
    for (size_t s = 0; s < suppliers; s++) documents[s] = weigh(&dump->space->notes[s], weights, arena);
    if (text_index_new(documents, suppliers, option_number(options, "k1", 1.2), option_number(options, "b", 0.75), 2, &index, problem) != IEUM_OK) {
        dump->failed = true;
        arena_free(arena);
        return;
    }
    numbers first = {0}, places = {0}, start = {0}, terms = {0};
    doubles held = {0}, factors = {0};
    ADD(dump, first, 0);
    for (uint32_t t = 0; t < text_index_terms(index); t++) {
        const struct index_postings postings = text_index_postings(index, t);
        for (size_t p = 0; p < postings.count; p++) {
            ADD(dump, places, (int32_t)postings.items[p].document);
            ADD(dump, held, postings.items[p].weight);
        }
        ADD(dump, first, (int32_t)places.count);
    }
    ADD(dump, start, 0);
    for (size_t d = 0; d < dump->count; d++) {
        struct weighted_document query = weigh(dump->views[d].notes, weights, arena);
        struct index_question question;
        dump->failed = text_index_ask(index, &query, arena, &question, problem) != IEUM_OK || dump->failed;
        for (size_t i = 0; i < question.count; i++) {
            ADD(dump, terms, (int32_t)question.terms[i].term);
            ADD(dump, factors, question.terms[i].factor);
        }
        self[d] = query.count ? question.self : NAN;
        ADD(dump, start, (int32_t)terms.count);
    }
    put_numbers(dump, "term_first", &first);
    put_numbers(dump, "term_supplier", &places);
    put_doubles(dump, "term_weight", &held);
    put_numbers(dump, "query_first", &start);
    put_numbers(dump, "query_term", &terms);
    put_doubles(dump, "query_factor", &factors);
    put(dump, "query_self", "f8", self, dump->count, sizeof *self);
    text_index_free(index);
    arena_free(arena);
}

/* ---- concepts and meanings ---- */

static void dump_limits(struct dump *dump, const struct limits *limits) {
    numbers lifted = {0}, held = {0};
    doubles factors = {0};
    for (size_t d = 0; d < dump->count; d++) ADD(dump, lifted, limits_lifted(dump->space, limits, dump->views[d].notes));
    for (size_t s = 0; s < dump->space->supplier_count; s++) ADD(dump, held, limits->held[s]);
    for (size_t i = 0; i < limits->count; i++) ADD(dump, factors, limits->factors[i]);
    put_numbers(dump, "limit_lifted", &lifted);
    put_numbers(dump, "limit_held", &held);
    put_doubles(dump, "limit_factor", &factors);
}

static void dump_concepts(struct dump *dump) {
    const struct concept_state *state = dump->space->states[dump->feature];
    const uint32_t concepts = lexicon_count(dump->space->lexicon);
    const size_t suppliers = dump->space->supplier_count;
    numbers first = {0}, held = {0}, near_first = {0}, near_to = {0}, start = {0}, asked = {0};
    doubles strength = {0}, near_weight = {0}, weights = {0}, breadth = {0};
    for (size_t s = 0; s <= suppliers; s++) ADD(dump, first, (int32_t)state->profile_start[s]);
    for (size_t i = 0; i < state->profile_start[suppliers]; i++) {
        ADD(dump, held, (int32_t)state->profiles[i].concept);
        ADD(dump, strength, state->profiles[i].strength);
    }
    for (size_t s = 0; s < suppliers; s++) ADD(dump, breadth, state->breadth[s]);
    ADD(dump, near_first, 0);
    for (uint32_t c = 0; c < concepts; c++) {
        const struct concept_near near = lexicon_near(dump->space->lexicon, c);
        for (size_t n = 0; n < near.count; n++) {
            if (!concept_counts(dump->space, state, c, near.items[n].to)) continue;
            ADD(dump, near_to, (int32_t)near.items[n].to);
            ADD(dump, near_weight, near.items[n].weight);
        }
        ADD(dump, near_first, (int32_t)near_to.count);
    }
    ADD(dump, start, 0);
    for (size_t d = 0; d < dump->count; d++) {
        struct arena *arena = arena_new();
        struct weighted_concept *profile = NULL;
        size_t count = 0;
        dump->failed = !concept_profile_read(dump->space->lexicon, state, dump->views[d].notes, arena, &profile, &count) || dump->failed;
        for (size_t i = 0; i < count; i++) {
            ADD(dump, asked, (int32_t)profile[i].concept);
            ADD(dump, weights, profile[i].strength * state->weight[profile[i].concept]);
        }
        ADD(dump, start, (int32_t)asked.count);
        arena_free(arena);
    }
    put_numbers(dump, "profile_first", &first);
    put_numbers(dump, "profile_concept", &held);
    put_doubles(dump, "profile_strength", &strength);
    put_numbers(dump, "near_first", &near_first);
    put_numbers(dump, "near_to", &near_to);
    put_doubles(dump, "near_weight", &near_weight);
    put_numbers(dump, "asked_first", &start);
    put_numbers(dump, "asked_concept", &asked);
    put_doubles(dump, "asked_weight", &weights);
    put_doubles(dump, "breadth", &breadth);
    dump_limits(dump, &state->limits);
}

static void dump_meaning(struct dump *dump) {
    const struct meaning_state *state = dump->space->states[dump->feature];
    const uint32_t concepts = lexicon_count(dump->space->lexicon);
    numbers first = {0}, rows = {0}, means = {0};
    doubles weights = {0}, asked = {0};
    double *wanted = memory_allocate_zero(2 * (size_t)concepts, sizeof *wanted), *near = wanted + concepts;
    ADD(dump, first, 0);
    for (size_t s = 0; s < dump->space->supplier_count; s++) {
        for (size_t i = state->start[s]; i < state->start[s] + state->count[s]; i++) {
            ADD(dump, rows, (int32_t)state->rows[i]);
            ADD(dump, weights, state->weights[i]);
        }
        ADD(dump, first, (int32_t)rows.count);
    }
    for (size_t d = 0; d < dump->count; d++) {
        bool something = false;
        dump->failed = !meaning_ask(dump->space, state, dump->views[d].notes, wanted, near, &something) || dump->failed;
        for (uint32_t c = 0; c < concepts; c++) ADD(dump, asked, wanted[c]);
        for (uint32_t c = 0; c < concepts; c++) ADD(dump, asked, wanted[c] + near[c]);
        ADD(dump, means, something);
    }
    put_numbers(dump, "meaning_first", &first);
    put_numbers(dump, "meaning_row", &rows);
    put_doubles(dump, "meaning_weight", &weights);
    put_doubles(dump, "meaning_asked", &asked);
    put_numbers(dump, "meaning_means", &means);
    memory_free(wanted);
    dump_limits(dump, &state->limits);
}

/* ---- industries ---- */

struct industries {
    numbers first, codes; /* codes: seven numbers each, the section, five digits (−1: none) and the revision */
    doubles weights;
};

static void add_code(struct dump *dump, struct industries *list, const struct ksic *code, double weight) {
    ADD(dump, list->codes, code->section);
    for (size_t i = 0; i < 5; i++) ADD(dump, list->codes, i < strlen(code->digits) ? code->digits[i] - '0' : -1);
    ADD(dump, list->codes, code->revision);
    ADD(dump, list->weights, weight);
}

static void add_spoken(struct dump *dump, struct industries *list, const struct understanding *notes, double weight) {
    for (size_t i = 0; i < notes->count; i++) {
        const struct concept *concept = lexicon_concept(dump->space->lexicon, notes->mentions[i].mention.concept);
        for (size_t k = 0; mention_holds(&notes->mentions[i].mention) && k < concept->ksic_count; k++) {
            struct ksic code;
            if (ksic_read(concept->ksic[k], 0, &code) && code.digits[0]) add_code(dump, list, &code, weight);
        }
    }
}

static void put_industries(struct dump *dump, const char *side, struct industries *list) {
    char name[64];
    snprintf(name, sizeof name, "%s_first", side);
    put_numbers(dump, name, &list->first);
    snprintf(name, sizeof name, "%s_code", side);
    put_numbers(dump, name, &list->codes);
    snprintf(name, sizeof name, "%s_weight", side);
    put_doubles(dump, name, &list->weights);
}

static void dump_industries(struct dump *dump, const jval *options, bool references_only) {
    static const char *const level_names[] = {"section", "division", "group", "class", "subclass"};
    struct industries offered = {0}, wanted = {0};
    doubles levels = {0};
    ADD(dump, offered.first, 0);
    for (size_t s = 0; s < dump->space->supplier_count; s++) {
        const struct supplier *supplier = &dump->space->suppliers[s];
        for (size_t i = 0; i < supplier->reference_count; i++)
            if (supplier->references[i].industry.section) add_code(dump, &offered, &supplier->references[i].industry, 1);
        for (size_t i = 0; i < supplier->firm.ksic_count && !references_only; i++)
            add_code(dump, &offered, &supplier->firm.ksic[i], option_number(options, "own", 0.5));
        if (!references_only) add_spoken(dump, &offered, &dump->space->notes[s], option_number(options, "spoken", 0.9));
        ADD(dump, offered.first, (int32_t)offered.weights.count);
    }
    ADD(dump, wanted.first, 0);
    for (size_t d = 0; d < dump->count; d++) {
        const struct firm *firm = &dump->views[d].demand->firm;
        for (size_t i = 0; i < firm->ksic_count; i++) add_code(dump, &wanted, &firm->ksic[i], 1);
        if (firm->ksic_count == 0) add_spoken(dump, &wanted, dump->views[d].notes, 1);
        ADD(dump, wanted.first, (int32_t)wanted.weights.count);
    }
    for (size_t i = 0; i < 5; i++) ADD(dump, levels, option_number(jval_get(options, "levels"), level_names[i], 0));
    ADD(dump, levels, option_number(options, "each", 0.6));
    put_industries(dump, "offered", &offered);
    put_industries(dump, "wanted", &wanted);
    put_doubles(dump, "levels", &levels);
}

/* ---- small things ---- */

static double amount(int64_t value) { return value == AMOUNT_MISSING ? NAN : (double)value; }

static void dump_numbers(struct dump *dump, const char *kind, double option) {
    doubles demand = {0}, supplier = {0}, options = {0};
    for (size_t d = 0; d < dump->count; d++)
        ADD(dump, demand, kind[0] == 'b' ? amount(dump->views[d].demand->budget_krw) : dump->views[d].demand->readiness_score);
    for (size_t s = 0; s < dump->space->supplier_count; s++)
        ADD(dump, supplier, amount(kind[0] == 'b' ? dump->space->suppliers[s].price_least_krw : dump->space->suppliers[s].capacity));
    ADD(dump, options, option);
    put_doubles(dump, "demand", &demand);
    put_doubles(dump, "supplier", &supplier);
    put_doubles(dump, "option", &options);
}

/* A region as two numbers: itself and its area; −1 where it is not known. */
static void add_region(struct dump *dump, struct map *map, numbers *list, const char *text) {
    const struct region *region = text ? region_find(dump->space->taxonomy, text) : NULL;
    ADD(dump, *list, region ? (int32_t)map_intern(map, region->id, strlen(region->id)) : -1);
    ADD(dump, *list, region ? (int32_t)map_intern(map, region->area, strlen(region->area)) : -1);
}

static void dump_regions(struct dump *dump, const jval *jopts) {
    struct map *map = map_new();
    numbers demand = {0}, supplier = {0};
    doubles options = {0};
    for (size_t d = 0; d < dump->count; d++) add_region(dump, map, &demand, dump->views[d].demand->firm.region);
    for (size_t s = 0; s < dump->space->supplier_count; s++) add_region(dump, map, &supplier, dump->space->suppliers[s].firm.region);
    ADD(dump, options, option_number(jopts, "near", 0.7));
    ADD(dump, options, option_number(jopts, "far", 0.4));
    put_numbers(dump, "demand", &demand);
    put_numbers(dump, "supplier", &supplier);
    put_doubles(dump, "option", &options);
    map_free(map);
}

static void add_words(struct dump *dump, struct map *map, numbers *list, const struct text_list *words) {
    for (size_t i = 0; i < words->count; i++) ADD(dump, *list, (int32_t)map_intern(map, words->items[i], strlen(words->items[i])));
}

static void dump_lists(struct dump *dump, bool deployment) {
    struct map *map = map_new();
    numbers demand_first = {0}, demand = {0}, supplier_first = {0}, supplier = {0};
    ADD(dump, demand_first, 0);
    for (size_t d = 0; d < dump->count; d++) {
        const struct demand *one = dump->views[d].demand;
        add_words(dump, map, &demand, deployment ? &one->must_deployment : &one->must_certifications);
        add_words(dump, map, &demand, deployment ? &one->prefer_deployment : &one->prefer_certifications);
        ADD(dump, demand_first, (int32_t)demand.count);
    }
    ADD(dump, supplier_first, 0);
    for (size_t s = 0; s < dump->space->supplier_count; s++) {
        add_words(dump, map, &supplier, deployment ? &dump->space->suppliers[s].deployment : &dump->space->suppliers[s].certifications);
        ADD(dump, supplier_first, (int32_t)supplier.count);
    }
    put_numbers(dump, "demand_first", &demand_first);
    put_numbers(dump, "demand", &demand);
    put_numbers(dump, "supplier_first", &supplier_first);
    put_numbers(dump, "supplier", &supplier);
    map_free(map);
}

/* ---- rules, model, results ---- */

static void dump_rules(struct dump *dump, const struct pair_rules *rules) {
    numbers pairs = {0};
    for (size_t r = 0; r < rules->tabled_count; r++) {
        const struct tabled_rule *rule = &rules->tabled[r];
        size_t asked = 0;
        for (size_t d = 0; d < rules->demand_count; d++) asked = rule->asked[d] != MAP_NONE && rule->asked[d] >= asked ? rule->asked[d] + 1 : asked;
        dump->feature = r;
        put(dump, "rule_asked", "i4", rule->asked, rules->demand_count, sizeof *rule->asked); /* −1: nothing */
        put(dump, "rule_held", "i4", rule->held, rules->supplier_count, sizeof *rule->held);
        put(dump, "rule_fails", "u1", rule->fails, asked * rule->held_count, 1);
    }
    for (size_t d = 0; d < rules->demand_count; d++)
        for (size_t i = 0; i < rules->barred[d].count; i++) {
            ADD(dump, pairs, (int32_t)d);
            ADD(dump, pairs, (int32_t)rules->barred[d].items[i]);
        }
    dump->feature = 0;
    put_numbers(dump, "barred_pairs", &pairs);
}

static void dump_model(struct dump *dump, const struct additive *model) {
    for (size_t t = 0; t < model->count; t++) {
        const struct curve *curve = &model->terms[t].curve;
        dump->feature = t;
        put(dump, "curve_at", "f8", curve->at, curve->count, sizeof(double));
        put(dump, "curve_value", "f8", curve->value, curve->count, sizeof(double));
        put(dump, "curve_slope", "f8", curve->slope, curve->count - 1, sizeof(double));
        put(dump, "curve_missing", "f8", &curve->missing, 1, sizeof(double));
        const int32_t feature = (int32_t)model->terms[t].feature;
        put(dump, "curve_feature", "i4", &feature, 1, sizeof feature);
    }
    dump->feature = 0;
    doubles rubric = {0};
    for (size_t t = 0; t < model->rubric->count; t++) {
        ADD(dump, rubric, (double)model->rubric->terms[t].feature);
        ADD(dump, rubric, model->rubric->terms[t].share);
        ADD(dump, rubric, model->rubric->terms[t].missing);
    }
    ADD(dump, rubric, (double)model->bias);
    put_doubles(dump, "rubric", &rubric);
}

static void dump_results(struct dump *dump, const struct bulk_answer *answer, size_t k) {
    numbers best = {0};
    doubles scores = {0};
    for (size_t d = 0; d < dump->count; d++)
        for (size_t i = 0; i < k; i++) {
            ADD(dump, best, i < answer->ranked[d].count ? (int32_t)answer->ranked[d].best[i].index : -1);
            ADD(dump, scores, i < answer->ranked[d].count ? (double)answer->ranked[d].best[i].score : NAN);
        }
    put_numbers(dump, "best", &best);
    put_doubles(dump, "best_score", &scores);
}

static void dump_feature(struct dump *dump, const char *kind, const jval *options, struct problem *problem) {
    if (strcmp(kind, "text_match") == 0) dump_texts(dump, options, problem);
    else if (strcmp(kind, "concept_overlap") == 0 || strcmp(kind, "data_match") == 0) dump_concepts(dump);
    else if (strcmp(kind, "meaning_match") == 0) dump_meaning(dump);
    else if (strcmp(kind, "industry_match") == 0) dump_industries(dump, options, false);
    else if (strcmp(kind, "industry_experience") == 0) dump_industries(dump, options, true);
    else if (strcmp(kind, "budget_fit") == 0) dump_numbers(dump, kind, option_number(options, "zero_at", 0.5));
    else if (strcmp(kind, "readiness") == 0) dump_numbers(dump, kind, 0);
    else if (strcmp(kind, "capacity") == 0) dump_numbers(dump, kind, option_number(options, "full", 4));
    else if (strcmp(kind, "region_match") == 0) dump_regions(dump, options);
    else dump_lists(dump, strcmp(kind, "deployment_match") == 0);
}

ieum_status suggest_inputs_write(const char *folder, const struct feature_space *space, const struct program *program,
                                 const struct feature_catalogue *catalogue, const struct additive *model, const struct demand_view *views,
                                 size_t count, size_t k, const struct pair_rules *rules, const struct bulk_answer *answer, struct problem *problem) {
    char path[1024];
    snprintf(path, sizeof path, "%s/manifest.json", folder);
    struct dump dump = {.folder = folder, .manifest = fopen(path, "w"), .separator = "", .space = space, .views = views, .count = count};
    if (!dump.manifest) return problem_set(problem, IEUM_INVALID, "", "폴더에 쓸 수 없습니다.", "Cannot write into the folder: %s.", strerror(errno));
    fprintf(dump.manifest, "{\"demands\": %zu, \"suppliers\": %zu, \"concepts\": %u, \"k\": %zu, \"rules\": %zu, \"terms\": %zu, \"kinds\": [", count,
            space->supplier_count, lexicon_count(space->lexicon), k, rules->tabled_count, model->count);
    for (size_t f = 0; f < program->feature_count; f++) fprintf(dump.manifest, "%s\"%s\"", f ? ", " : "", program->features[f].kind);
    fprintf(dump.manifest, "], \"arrays\": {");
    for (size_t f = 0; f < program->feature_count; f++) {
        dump.feature = f;
        dump_feature(&dump, program->features[f].kind, feature_options(catalogue, &program->features[f]), problem);
    }
    dump_rules(&dump, rules);
    dump_model(&dump, model);
    dump_results(&dump, answer, k);
    fprintf(dump.manifest, "}}\n");
    if (fclose(dump.manifest) != 0) dump.failed = true;
    return dump.failed ? problem_set_memory(problem) : IEUM_OK;
}
