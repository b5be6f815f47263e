/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the suppliers that were shown, proposed and matched for a year's applications have an ethics check of their solutions on record. Which solution a pair is about is not recorded: it counts by supplier. */
#include <string.h>

#include "base/map.h"
#include "pipeline_year.h"

struct tally {
    struct report_answer *answer;
    int year;
    struct map *groups[YEAR_ETHICS_GROUPS]; /* ids of the suppliers */
};

static bool put(struct map *group, const char *id) { return map_put(group, id, strlen(id), 1); }

static bool is_of_year(const struct tally *tally, size_t firm) { return tally->answer->firms[firm].demand->applied.year == tally->year; }

/* Shown: by the serving log, for a demand of the year. */
static bool take_shown(struct tally *tally, struct map *of_year) {
    for (size_t p = 0; p < tally->answer->program_count; p++) {
        const struct serving_list *servings = &tally->answer->programs[p].servings;
        for (size_t i = 0; i < servings->count; i++)
            if (map_get_text(of_year, servings->items[i].demand) != MAP_NONE && !put(tally->groups[YEAR_SHOWN], servings->items[i].supplier)) return false;
    }
    return true;
}

static bool take_pairs(struct tally *tally) {
    for (size_t i = 0; i < tally->answer->pairs.count; i++) {
        const struct report_pair *pair = &tally->answer->pairs.items[i];
        if (!is_of_year(tally, pair->firm)) continue;
        if (!put(tally->groups[YEAR_PROPOSED], pair->supplier)) return false;
        if (pair->counts && !put(tally->groups[YEAR_MATCHED], pair->supplier)) return false;
    }
    return true;
}

static void count_solutions(const struct supplier *supplier, struct year_ethics *ethics) {
    const jval *solutions = jval_get(supplier->json, "solutions");
    ethics->suppliers++;
    ethics->unlisted += jval_count(solutions) == 0;
    for (size_t i = 0; i < jval_count(solutions); i++) {
        const jval *own = jval_get(jval_at(solutions, i), "ethics");
        const bool checked = jval_get_text(own, "checked");
        ethics->solutions++;
        ethics->checked += checked;
        ethics->open += checked && jval_count(jval_get(own, "open")) > 0;
    }
}

static ieum_status count_all(struct workspace *workspace, const struct tally *tally, struct year_ethics ethics[YEAR_ETHICS_GROUPS], struct problem *problem) {
    struct store *store;
    struct record_set suppliers = {0};
    ieum_status status = workspace_store(workspace, false, &store, problem);
    if (status == IEUM_OK) status = store_load(store, RECORD_SUPPLIER, NULL, &suppliers, problem);
    for (size_t s = 0; status == IEUM_OK && s < suppliers.count; s++)
        for (size_t g = 0; g < YEAR_ETHICS_GROUPS; g++)
            if (map_get_text(tally->groups[g], suppliers.suppliers[s].id) != MAP_NONE) count_solutions(&suppliers.suppliers[s], &ethics[g]);
    record_set_free(&suppliers);
    return status;
}

ieum_status year_count_ethics(struct workspace *workspace, struct report_answer *answer, int year, struct year_ethics ethics[YEAR_ETHICS_GROUPS], struct problem *problem) {
    struct tally tally = {.answer = answer, .year = year};
    struct map *of_year = map_new();
    bool whole = of_year;
    memset(ethics, 0, YEAR_ETHICS_GROUPS * sizeof *ethics);
    for (size_t g = 0; g < YEAR_ETHICS_GROUPS; g++) whole = (tally.groups[g] = map_new()) && whole;
    for (size_t f = 0; f < answer->firm_count && whole; f++)
        if (is_of_year(&tally, f)) whole = put(of_year, answer->firms[f].demand->id);
    whole = whole && take_shown(&tally, of_year) && take_pairs(&tally);
    ieum_status status = whole ? count_all(workspace, &tally, ethics, problem) : problem_set_memory(problem);
    for (size_t g = 0; g < YEAR_ETHICS_GROUPS; g++) map_free(tally.groups[g]);
    map_free(of_year);
    return status;
}
