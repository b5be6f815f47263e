/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the year's pairs are like: how they are spread over suppliers, which needs nobody met, how good the suggestions were.
 *
 * Herfindahl–Hirschman index: 10000 · Σ share², share = a supplier's pairs of all pairs (Hirschman 1964). Gini over the suppliers of the pool with x_1 ≤ … ≤ x_n pairs:
 * Σ (2i − n − 1) x_i / (n Σ x_i).
 */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "pipeline_report.h"

static bool is_of_year(const struct report_answer *answer, int year, size_t firm) { return answer->firms[firm].demand->applied.year == year; }

/* ---- concentration ---- */

/* Agreed or completed for an application of a year before. */
static bool served_before(const struct report_answer *answer, int year, const struct map *firm_of, const char *supplier) {
    for (size_t p = 0; p < answer->program_count; p++) {
        const struct record_set *outcomes = &answer->programs[p].outcomes;
        for (size_t i = 0; i < outcomes->count; i++) {
            const struct outcome *outcome = &outcomes->outcomes[i];
            const uint32_t firm = map_get_text(firm_of, outcome->demand);
            if (outcome->stage < OUTCOME_AGREED || strcmp(outcome->supplier, supplier) != 0) continue;
            const int then = firm != MAP_NONE ? answer->firms[firm].demand->applied.year : outcome->date.year;
            if (then && then < year) return true;
        }
    }
    for (size_t i = 0; i < answer->pairs.count; i++) {
        const struct report_pair *pair = &answer->pairs.items[i];
        const int then = answer->firms[pair->firm].demand->applied.year;
        if (pair->counts && then && then < year && strcmp(pair->supplier, supplier) == 0) return true;
    }
    return false;
}

static int compare_shares(const void *a, const void *b) {
    const struct report_share *x = a, *y = b;
    if (x->pairs != y->pairs) return x->pairs > y->pairs ? -1 : 1;
    return strcmp(x->supplier, y->supplier);
}

static void measure_shares(struct report_concentration *measures) {
    double squares = 0, ranked = 0;
    const double pairs = (double)measures->pairs, pool = (double)measures->pool;
    for (size_t i = 0; i < measures->suppliers; i++) {
        const double own = (double)measures->shares[i].pairs;
        squares += own / pairs * (own / pairs);
        if (i < 3) measures->three_share += own / pairs;
        ranked += (2 * (pool - (double)i) - pool - 1) * own; /* shares fall, ranks of the formula rise */
        measures->newcomers += measures->shares[i].newcomer;
        measures->newcomer_pairs += measures->shares[i].newcomer ? measures->shares[i].pairs : 0;
    }
    if (!measures->pairs) return;
    measures->herfindahl = 10000 * squares;
    measures->greatest_share = (double)measures->shares[0].pairs / pairs;
    measures->gini = pool > 0 ? ranked / (pool * pairs) : 0;
}

/* Suppliers of the store, and those of pairs that it has no more. */
static ieum_status count_shares(struct report_answer *answer, int year, struct map *known, struct report_share *shares, size_t *pairs, struct problem *problem) {
    for (size_t s = 0; s < answer->suppliers.count; s++) {
        const struct supplier *supplier = &answer->suppliers.suppliers[s];
        const uint32_t index = map_intern(known, supplier->id, strlen(supplier->id));
        if (index == MAP_NONE) return problem_set_memory(problem);
        shares[index] = (struct report_share){.supplier = supplier->id, .name = supplier->firm.name};
    }
    for (size_t i = 0; i < answer->pairs.count; i++) {
        const struct report_pair *pair = &answer->pairs.items[i];
        if (!pair->counts || !is_of_year(answer, year, pair->firm)) continue;
        const uint32_t index = map_intern(known, pair->supplier, strlen(pair->supplier));
        if (index == MAP_NONE) return problem_set_memory(problem);
        if (!shares[index].supplier) shares[index] = (struct report_share){.supplier = pair->supplier, .name = ""};
        shares[index].pairs++;
        ++*pairs;
    }
    return IEUM_OK;
}

static struct map *firms_by_id(const struct report_answer *answer) {
    struct map *map = map_new();
    for (size_t f = 0; map && f < answer->firm_count; f++)
        if (!map_put(map, answer->firms[f].demand->id, strlen(answer->firms[f].demand->id), (uint32_t)f)) {
            map_free(map);
            map = NULL;
        }
    return map;
}

ieum_status report_measure_concentration(struct report_answer *answer, int year, struct report_concentration *measures, struct problem *problem) {
    struct map *known = map_new(), *firm_of = firms_by_id(answer);
    struct report_share *shares = arena_allocate_zero(answer->arena, answer->suppliers.count + answer->pairs.count + 1, sizeof *shares);
    *measures = (struct report_concentration){0};
    ieum_status status = known && firm_of && shares ? count_shares(answer, year, known, shares, &measures->pairs, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) {
        measures->pool = map_count(known);
        qsort(shares, measures->pool, sizeof *shares, compare_shares);
        while (measures->suppliers < measures->pool && shares[measures->suppliers].pairs) measures->suppliers++;
        for (size_t i = 0; i < measures->suppliers; i++) shares[i].newcomer = !served_before(answer, year, firm_of, shares[i].supplier);
        measures->shares = shares;
        measure_shares(measures);
    }
    map_free(known);
    map_free(firm_of);
    return status;
}

/* ---- needs ---- */

static int compare_needs(const void *a, const void *b) {
    const struct report_need *x = a, *y = b;
    if (x->unmet != y->unmet) return x->unmet > y->unmet ? -1 : 1;
    if (x->asked != y->asked) return x->asked > y->asked ? -1 : 1;
    return x->concept < y->concept ? -1 : x->concept > y->concept;
}

/* Tasks and techniques: what a firm wants to be done; data, industry and delivery are what it has and is. */
static bool is_need(const struct lexicon *lexicon, uint32_t concept) {
    const enum facet facet = lexicon_concept(lexicon, concept)->facet;
    return facet == FACET_TASK || facet == FACET_TECHNIQUE;
}

ieum_status report_measure_needs(struct report_answer *answer, int year, const struct report_need **made, size_t *count, struct problem *problem) {
    const uint32_t concepts = lexicon_count(answer->lexicon);
    struct report_need *needs = arena_allocate_zero(answer->arena, concepts + 1, sizeof *needs);
    size_t kept = 0;
    if (!needs) return problem_set_memory(problem);
    for (uint32_t c = 0; c < concepts; c++) needs[c].concept = c;
    for (size_t f = 0; f < answer->firm_count; f++) {
        const struct report_firm *firm = &answer->firms[f];
        if (!is_of_year(answer, year, f) || !firm->reached[REPORT_ELIGIBLE]) continue;
        for (size_t u = 0; u < firm->understood.count; u++) {
            struct report_need *need = &needs[firm->understood.items[u].concept];
            need->asked++;
            need->unmet += !firm->reached[REPORT_MATCHED];
        }
    }
    for (uint32_t c = 0; c < concepts; c++)
        if (needs[c].unmet && is_need(answer->lexicon, c)) needs[kept++] = needs[c];
    qsort(needs, kept, sizeof *needs, compare_needs);
    *made = needs;
    *count = kept;
    return IEUM_OK;
}

/* ---- quality ---- */

/* Outcomes are by program, round, demand, supplier and stage; servings by demand and supplier. */
static bool was_agreed(const struct record_set *outcomes, const char *demand, const char *supplier) {
    for (size_t i = 0; i < outcomes->count; i++)
        if (outcomes->outcomes[i].stage >= OUTCOME_AGREED && strcmp(outcomes->outcomes[i].demand, demand) == 0 && strcmp(outcomes->outcomes[i].supplier, supplier) == 0) return true;
    return false;
}

static bool has_outcome(const struct record_set *outcomes, const char *demand) {
    for (size_t i = 0; i < outcomes->count; i++)
        if (strcmp(outcomes->outcomes[i].demand, demand) == 0) return true;
    return false;
}

static void judge_firm(const struct report_program *own, const struct report_firm *firm, struct report_quality *quality) {
    const char *id = firm->demand->id;
    size_t shown = 0, found = 0;
    for (size_t i = 0; i < own->servings.count; i++) {
        const struct serving *serving = &own->servings.items[i];
        if (strcmp(serving->demand, id) != 0) continue;
        shown++;
        if (serving->rank <= 3) found += was_agreed(&own->outcomes, id, serving->supplier);
    }
    if (!shown || !has_outcome(&own->outcomes, id)) return;
    quality->judged++;
    quality->found += found < 3 ? found : 3; /* a list shown again may have had others among its first three */
    quality->shown += found > 0;
}

struct report_quality report_measure_quality(const struct report_answer *answer) {
    struct report_quality quality = {0};
    for (size_t f = 0; f < answer->firm_count; f++)
        if (is_of_year(answer, answer->year, f)) judge_firm(&answer->programs[answer->firms[f].program], &answer->firms[f], &quality);
    for (size_t i = 0; i < answer->pairs.count; i++) {
        const struct report_pair *pair = &answer->pairs.items[i];
        for (size_t side = 0; side < 3 && is_of_year(answer, answer->year, pair->firm); side++) {
            quality.yes[side] += pair->yes[side];
            quality.answers[side] += pair->yes[side] + pair->no[side];
        }
    }
    return quality;
}
