/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Times `suggest --all` in one process: loading, preparing the supplier side, and the computation of all pairs (features, pair rules, an additive model over all
 * features and the rubric, the ten best). The model is made up here (curves of nine points), because its figures do not matter to the time.
 *
 *     suggest_all STORE DATA PROGRAM DEMANDS [--runs N] [--check] [--dump FOLDER]
 *
 * Prints one JSON object. --check compares every shortlist of 32 demands with the one-demand path. --dump writes what the peer computes from (suggest_inputs.h).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/processor.h"
#include "cohort.h"
#include "pipeline.h"
#include "pipeline_bulk.h"
#include "score/tile_score.h"
#include "suggest_inputs.h"

enum { K = 10, POINTS = 9, CHECKED = 32 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void must(ieum_status status, const struct problem *problem) {
    if (status == IEUM_OK) return;
    fprintf(stderr, "suggest_all: %s (%s)\n", problem->en, problem->pointer);
    exit(1);
}

/* A rising curve through nine points for every feature and for the rubric, each bent its own way. */
static struct additive made_up_model(const struct program *program, const struct rubric *rubric, struct arena *arena) {
    const size_t count = program->feature_count + 1;
    struct additive_term *terms = arena_allocate_zero(arena, count, sizeof *terms);
    for (size_t t = 0; t < count; t++) {
        double *at = arena_allocate_zero(arena, 3 * POINTS, sizeof *at), *value = at + POINTS, *slope = value + POINTS;
        for (size_t i = 0; i < POINTS; i++) {
            at[i] = (double)i / (POINTS - 1);
            value[i] = (1.0 / (double)(t + 2)) * at[i] * (0.5 + 0.5 * at[i] * (double)(t % 3)) + 0.001 * (double)((i * 7 + t) % 5);
        }
        for (size_t i = 0; i + 1 < POINTS; i++) slope[i] = (value[i + 1] - value[i]) / (at[i + 1] - at[i]);
        terms[t] = (struct additive_term){t < program->feature_count ? (uint32_t)t : ADDITIVE_RUBRIC, UINT32_MAX,
                                          {at, value, slope, POINTS, 0.1 / (double)(t + 2)}};
    }
    return (struct additive){.terms = terms, .count = count, .bias = 1000, .rubric = rubric};
}

/* Whether the demand's shortlist is what the one-demand path gives. */
static bool same_as_one(const struct feature_space *space, const struct additive *additive, const struct program *program,
                        const struct demand_view *view, const struct bulk_ranked *ranked, struct problem *problem) {
    const size_t suppliers = space->supplier_count;
    struct arena *arena = arena_new();
    double *values = arena_allocate(arena, program->feature_count * suppliers * sizeof *values);
    int64_t *scores = arena_allocate(arena, suppliers * sizeof *scores);
    bool *barred = arena_allocate_zero(arena, suppliers, sizeof *barred);
    struct top_k best[K];
    must(feature_compute(space, view, values, problem), problem);
    for (size_t s = 0; s < suppliers; s++) {
        struct findings findings;
        must(eligible_pair(program, view->demand, &space->suppliers[s], arena, &findings, problem), problem);
        barred[s] = !findings.eligible;
        scores[s] = additive_score(additive, values + s, suppliers, NULL);
    }
    bool same = top_k_select(scores, barred, suppliers, K, best) == ranked->count;
    for (size_t i = 0; i < ranked->count && same; i++) same = best[i].index == ranked->best[i].index && best[i].score == ranked->best[i].score;
    arena_free(arena);
    return same;
}

int main(int argc, char **argv) {
    if (argc < 5) {
        fprintf(stderr, "usage: suggest_all STORE DATA PROGRAM DEMANDS [--runs N] [--check] [--dump FOLDER]\n");
        return 2;
    }
    size_t wanted = strtoul(argv[4], NULL, 10), runs = 3, checked = 0, wrong = 0;
    const char *dump = NULL;
    bool check = false;
    for (int i = 5; i < argc; i++) {
        if (strcmp(argv[i], "--check") == 0) check = true;
        else if (strcmp(argv[i], "--runs") == 0 && i + 1 < argc) runs = strtoul(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--dump") == 0 && i + 1 < argc) dump = argv[++i];
    }
    struct problem problem = {0};
    struct workspace *workspace;
    struct program *program;
    struct cohort cohort;
    struct rubric rubric;
    struct feature_space *space;
    const struct lexicon *lexicon;
    const struct taxonomy *taxonomy;
    const struct feature_catalogue *catalogue;
    ieum_options options;
    ieum_options_init(&options);
    options.store_path = argv[1];
    options.data_path = argv[2];
    options.threads = 2;
    const double start = now();
    must(workspace_new(&options, &workspace, &problem), &problem);
    must(workspace_program(workspace, argv[3], &program, &problem), &problem);
    const struct record_choice suppliers = {.lean = true}, demands = {0};
    must(cohort_load(workspace, argv[3], &suppliers, &demands, &cohort, &problem), &problem);
    must(workspace_lexicon(workspace, &lexicon, &problem), &problem);
    must(workspace_taxonomy(workspace, &taxonomy, &problem), &problem);
    must(workspace_catalogue(workspace, &catalogue, &problem), &problem);
    must(rubric_compile(program, false, cohort.arena, &rubric, &problem), &problem);
    const double loaded = now();
    must(feature_space_new_for(program, catalogue, lexicon, taxonomy, cohort.suppliers.suppliers, cohort.supplier_notes, cohort.suppliers.count,
                               cohort.demand_notes, cohort.demands.count, 2, &space, &problem),
         &problem);
    const double spaced = now();
    must(feature_bulk_prepare(space, &problem), &problem);
    const double prepared = now();

    struct demand_view *views = memory_allocate_zero(wanted, sizeof *views);
    const struct demand **list = memory_allocate_zero(wanted, sizeof *list);
    size_t count = 0;
    for (size_t d = 0; d < cohort.demands.count && count < wanted; d++) {
        struct findings verdict;
        must(eligible_demand(program, &cohort.demands.demands[d], cohort.arena, &verdict, &problem), &problem);
        if (!verdict.eligible) continue;
        list[count] = &cohort.demands.demands[d];
        views[count++] = (struct demand_view){list[count - 1], &cohort.demand_notes[d]};
    }
    const struct additive model = made_up_model(program, &rubric, cohort.arena);
    const size_t supplier_count = cohort.suppliers.count;
    const double pairs = (double)count * (double)supplier_count;
    printf("{\"demands\": %zu, \"suppliers\": %zu, \"features\": %zu, \"pair_rules\": %zu, \"level\": %d, \"fits\": %s,\n", count, supplier_count,
           program->feature_count, program->pair_rule_count, (int)processor_level(), tile_score_fits(&model) ? "true" : "false");
    printf(" \"load_s\": %.3f, \"space_s\": %.3f, \"bulk_prepare_s\": %.3f, \"eligible_s\": %.3f", loaded - start, spaced - loaded, prepared - spaced,
           now() - prepared);
    for (int threads = 1; threads <= 2; threads++) {
        double best = 1e9, rules_best = 1e9;
        for (size_t r = 0; r < runs; r++) {
            struct bulk_answer answer;
            struct pair_rules *rules;
            const double began = now();
            must(pair_rules_compile(program, list, count, cohort.suppliers.suppliers, supplier_count, threads, &rules, &problem), &problem);
            const double ruled = now();
            const struct bulk_question question = {.space = space, .additive = &model, .rules = rules, .views = views, .count = count, .k = K, .threads = threads};
            must(pipeline_bulk(&question, &answer, &problem), &problem);
            const double took = now() - began;
            if (took < best) best = took;
            if (ruled - began < rules_best) rules_best = ruled - began;
            for (size_t d = 0; d < count && check && checked < CHECKED; d += count / CHECKED + 1, checked++)
                wrong += !same_as_one(space, &model, program, &views[d], &answer.ranked[d], &problem);
            if (dump && threads == 2 && r == 0) must(suggest_inputs_write(dump, space, program, catalogue, &model, views, count, K, rules, &answer, &problem), &problem);
            pair_rules_free(rules);
            bulk_answer_free(&answer);
        }
        printf(",\n \"threads_%d\": {\"best_s\": %.3f, \"rules_s\": %.3f, \"million_pairs_per_s\": %.2f}", threads, best, rules_best, pairs / best * 1e-6);
    }
    printf(",\n \"checked\": %zu, \"wrong\": %zu}\n", checked, wrong);
    memory_free(views);
    memory_free(list);
    feature_space_free(space);
    cohort_free(&cohort);
    program_free(program);
    workspace_free(workspace);
    return wrong ? 1 : 0;
}
