/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see pipeline_year.h. It reads facts that were gathered and asks the store for nothing. */
#include "pipeline_year.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"

struct year_share year_compare(const struct report_terms *terms, struct share_count before, struct share_count now) {
    struct year_share share = {.years = {before, now}, .difference = NAN, .interval = {NAN, NAN}, .reading = YEAR_FEW};
    if (!before.whole || !now.whole) return share;
    share.difference = (double)now.part / (double)now.whole - (double)before.part / (double)before.whole;
    share.interval = share_difference(before, now, terms->z);
    if ((int64_t)before.whole < terms->least || (int64_t)now.whole < terms->least) return share;
    share.reading = share.interval.low > 0 ? YEAR_MORE : share.interval.high < 0 ? YEAR_LESS : YEAR_ALIKE;
    return share;
}

/* 0: the year before, 1: the year, −1: another. */
static int place_of(const struct report_answer *answer, const struct report_firm *firm) {
    const int place = firm->demand->applied.year - answer->year + 1;
    return place == 0 || place == 1 ? place : -1;
}

/* ---- kinds of firms ---- */

static int compare_year_groups(const void *a, const void *b) {
    const struct year_group *x = a, *y = b;
    for (int i = 1; i >= 0; i--)
        if (x->applied.years[i].part != y->applied.years[i].part) return x->applied.years[i].part > y->applied.years[i].part ? -1 : 1;
    return strcmp(x->ko, y->ko);
}

static bool take_group(struct map *known, struct year_group *groups, const struct report_group *group, int place) {
    const uint32_t index = map_intern(known, group->ko, strlen(group->ko));
    if (index == MAP_NONE) return false;
    groups[index].ko = group->ko, groups[index].en = group->en;
    groups[index].applied.years[place].part = group->counts[REPORT_APPLIED];
    return true;
}

ieum_status year_groups(struct report_answer *answer, enum report_kind kind, const struct year_group **made, size_t *count, struct problem *problem) {
    const struct report_group *of_year[2] = {NULL, NULL};
    size_t counts[2] = {0}, whole[2] = {0};
    ieum_status status = IEUM_OK;
    for (int y = 0; y < 2 && status == IEUM_OK; y++) status = report_groups(answer, kind, answer->year - 1 + y, &of_year[y], &counts[y], problem);
    if (status != IEUM_OK) return status;
    struct map *known = map_new();
    struct year_group *groups = arena_allocate_zero(answer->arena, counts[0] + counts[1] + 1, sizeof *groups);
    bool whole_done = known && groups;
    for (int y = 0; y < 2 && whole_done; y++)
        for (size_t i = 0; i < counts[y] && whole_done; i++) {
            whole_done = take_group(known, groups, &of_year[y][i], y);
            whole[y] += of_year[y][i].counts[REPORT_APPLIED];
        }
    *count = known ? map_count(known) : 0;
    map_free(known);
    if (!whole_done) return problem_set_memory(problem);
    for (size_t i = 0; i < *count; i++)
        groups[i].applied = year_compare(&answer->terms, (struct share_count){groups[i].applied.years[0].part, whole[0]}, (struct share_count){groups[i].applied.years[1].part, whole[1]});
    qsort(groups, *count, sizeof *groups, compare_year_groups);
    *made = groups;
    return IEUM_OK;
}

/* ---- needs ---- */

static int compare_year_needs(const void *a, const void *b) {
    const struct year_need *x = a, *y = b;
    for (int i = 1; i >= 0; i--)
        if (x->asked.years[i].part != y->asked.years[i].part) return x->asked.years[i].part > y->asked.years[i].part ? -1 : 1;
    return x->concept < y->concept ? -1 : x->concept > y->concept;
}

ieum_status year_needs(struct report_answer *answer, const struct year_need **made, size_t *count, struct problem *problem) {
    const uint32_t concepts = lexicon_count(answer->lexicon);
    struct year_need *needs = arena_allocate_zero(answer->arena, concepts + 1, sizeof *needs);
    size_t whole[2] = {0}, kept = 0;
    if (!needs) return problem_set_memory(problem);
    for (size_t f = 0; f < answer->firm_count; f++) {
        const struct report_firm *firm = &answer->firms[f];
        const int place = place_of(answer, firm);
        if (place < 0 || !firm->reached[REPORT_ELIGIBLE]) continue;
        whole[place]++;
        for (size_t u = 0; u < firm->understood.count; u++) {
            struct year_need *need = &needs[firm->understood.items[u].concept];
            need->asked.years[place].part++;
            need->unmet += place == 1 && !firm->reached[REPORT_MATCHED];
        }
    }
    for (uint32_t c = 0; c < concepts; c++) {
        const enum facet facet = lexicon_concept(answer->lexicon, c)->facet;
        const struct share_count *years = needs[c].asked.years;
        if ((facet != FACET_TASK && facet != FACET_TECHNIQUE) || years[0].part + years[1].part == 0) continue;
        needs[kept++] = (struct year_need){
            c, year_compare(&answer->terms, (struct share_count){years[0].part, whole[0]}, (struct share_count){years[1].part, whole[1]}), needs[c].unmet};
    }
    qsort(needs, kept, sizeof *needs, compare_year_needs);
    *made = needs;
    *count = kept;
    return IEUM_OK;
}

/* ---- rules ---- */

static int compare_rules(const void *a, const void *b) {
    const struct year_rule *x = a, *y = b;
    for (int i = 1; i >= 0; i--)
        if (x->failed[i] != y->failed[i]) return x->failed[i] > y->failed[i] ? -1 : 1;
    if (x->program != y->program) return x->program < y->program ? -1 : 1;
    return x->rule < y->rule ? -1 : x->rule > y->rule; /* of one program: the order of its file */
}

static void count_failed(const struct report_program *own, const struct findings *verdict, int place, struct year_rule *rules) {
    size_t failed = 0;
    const struct finding *only = NULL;
    for (size_t i = 0; i < verdict->count; i++) {
        const struct finding *finding = &verdict->items[i];
        if (finding->verdict != VERDICT_FAIL) continue;
        struct year_rule *rule = &rules[finding->rule - own->program->eligibility];
        rule->failed[place]++;
        if (!rule->expected) rule->expected = finding->expected;
        only = finding;
        failed++;
    }
    if (failed == 1) rules[only->rule - own->program->eligibility].alone[place]++;
}

ieum_status year_rules(struct report_answer *answer, const struct year_rule **made, size_t *count, struct problem *problem) {
    size_t all = 0, kept = 0, first = 0;
    for (size_t p = 0; p < answer->program_count; p++) all += answer->programs[p].program->eligibility_count;
    struct year_rule *rules = arena_allocate_zero(answer->arena, all + 1, sizeof *rules);
    if (!rules) return problem_set_memory(problem);
    for (size_t p = 0; p < answer->program_count; p++) {
        const struct report_program *own = &answer->programs[p];
        for (size_t r = 0; r < own->program->eligibility_count; r++) rules[first + r] = (struct year_rule){.program = p, .rule = &own->program->eligibility[r]};
        for (size_t d = 0; d < own->checked.cohort.demands.count; d++) {
            const struct demand *demand = &own->checked.cohort.demands.demands[d];
            const int place = place_of(answer, &(struct report_firm){.demand = demand});
            if (!demand->latent && place >= 0) count_failed(own, &own->checked.verdicts[d], place, rules + first);
        }
        first += own->program->eligibility_count;
    }
    for (size_t i = 0; i < all; i++)
        if (rules[i].failed[0] + rules[i].failed[1]) rules[kept++] = rules[i];
    qsort(rules, kept, sizeof *rules, compare_rules);
    *made = rules;
    *count = kept;
    return IEUM_OK;
}

/* ---- pairs ---- */

static bool is_of(const struct report_answer *answer, size_t firm, int year) { return answer->firms[firm].demand->applied.year == year; }

/* Outcomes of one program; each pair counts once, under its furthest stage, and of several of that stage the last. False: no memory. */
static bool count_outcomes(const struct report_program *own, const struct map *of_year, struct year_pairs *pairs) {
    struct map *known = map_new();
    struct buffer key = BUFFER_EMPTY;
    const struct outcome **furthest = memory_allocate_zero(own->outcomes.count + 1, sizeof *furthest);
    bool whole = known && furthest;
    for (size_t i = 0; i < own->outcomes.count && whole; i++) {
        const struct outcome *outcome = &own->outcomes.outcomes[i];
        if (map_get_text(of_year, outcome->demand) == MAP_NONE) continue;
        key.size = 0;
        buffer_format(&key, "%s\n%s", outcome->demand, outcome->supplier); /* an id has no line break */
        const uint32_t index = key.failed ? MAP_NONE : map_intern(known, key.bytes, key.size);
        whole = index != MAP_NONE;
        if (whole && (!furthest[index] || furthest[index]->stage <= outcome->stage)) furthest[index] = outcome;
    }
    for (size_t i = 0; whole && i < map_count(known); i++) {
        pairs->outcomes[furthest[i]->stage]++;
        if (furthest[i]->stage != OUTCOME_COMPLETED || furthest[i]->grade < 0) continue;
        pairs->graded++;
        pairs->grade_sum += furthest[i]->grade;
    }
    memory_free(furthest);
    buffer_free(&key);
    map_free(known);
    return whole;
}

struct year_stage year_count_stage(const struct report_answer *answer, size_t program, const char *stage) {
    struct year_stage counted = {0};
    for (size_t i = 0; i < answer->stages.count; i++) {
        const struct report_stage *own = &answer->stages.items[i];
        const int place = place_of(answer, &answer->firms[own->firm]);
        if (answer->firms[own->firm].program != program || place < 0 || strcmp(own->stage, stage) != 0) continue;
        counted.passed[place]++;
        if (place == 0) continue;
        counted.pass += own->result == RESULT_PASS;
        counted.fail += own->result == RESULT_FAIL;
        counted.amounts += own->amount_krw >= 0;
        counted.amount_krw += own->amount_krw >= 0 ? own->amount_krw : 0;
    }
    return counted;
}

ieum_status year_count_pairs(const struct report_answer *answer, int year, struct year_pairs *pairs, struct problem *problem) {
    struct map *of_year = map_new();
    bool whole = of_year;
    *pairs = (struct year_pairs){0};
    for (size_t f = 0; f < answer->firm_count && whole; f++)
        if (is_of(answer, f, year)) whole = map_put(of_year, answer->firms[f].demand->id, strlen(answer->firms[f].demand->id), (uint32_t)f);
    for (size_t i = 0; i < answer->pairs.count && whole; i++) {
        const struct report_pair *pair = &answer->pairs.items[i];
        if (!is_of(answer, pair->firm, year)) continue;
        pairs->pairs++;
        pairs->states[pair->state]++;
        for (size_t side = 0; side < 3; side++) {
            pairs->answers[side] += pair->yes[side] + pair->no[side];
            pairs->refused[side] += pair->no[side];
            if (side < 2) pairs->silent[side] += pair->state == PAIR_LAPSED && pair->yes[side] + pair->no[side] == 0;
        }
    }
    for (size_t i = 0; i < answer->objections.count && whole; i++)
        if (is_of(answer, answer->objections.items[i].firm, year)) pairs->objections[answer->objections.items[i].state]++;
    for (size_t p = 0; p < answer->program_count && whole; p++) whole = count_outcomes(&answer->programs[p], of_year, pairs);
    map_free(of_year);
    return whole ? IEUM_OK : problem_set_memory(problem);
}
