/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Judgements of pairs: a collection's qrels, or the store's outcomes with the propensities of the serving log. In: files or store. Out: pairs by the cohort's numbers,
 * by demand, then supplier. What grade means is the rules' matter (data/learn/learn.json).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/map.h"
#include "measure/trec_files.h"
#include "pipeline_train_parts.h"

static int compare_judgements(const void *a, const void *b) {
    const struct judgement *x = a, *y = b;
    if (x->demand != y->demand) return x->demand < y->demand ? -1 : 1;
    if (x->supplier != y->supplier) return x->supplier < y->supplier ? -1 : 1;
    if (x->stage != y->stage) return x->stage < y->stage ? -1 : 1;
    return x->date < y->date ? -1 : x->date > y->date;
}

/* The index of an id in the cohort's order, UINT32_MAX when it is not there. */
static uint32_t find_record(const struct record_set *set, const char *id, size_t size) {
    size_t low = 0, high = set->count;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const char *other = set->kind == RECORD_SUPPLIER ? set->suppliers[middle].id : set->demands[middle].id;
        int order = strncmp(other, id, size);
        if (order == 0 && other[size]) order = 1;
        if (order == 0) return (uint32_t)middle;
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return UINT32_MAX;
}

/* ---- a collection's qrels ---- */

static ieum_status read_qrels_file(const char *path, char **bytes, struct trec_topics *topics, struct trec_table *table, struct problem *problem) {
    size_t size = 0;
    ieum_status status = file_read(path, TREC_MOST_BYTES, bytes, &size, problem);
    if (status != IEUM_OK) return status;
    if (!trec_topics_start(topics)) return problem_set_memory(problem);
    status = trec_read_qrels(&(struct trec_file){path, "", *bytes, size}, topics, table, problem);
    if (status != IEUM_OK) problem_set_place(problem, path, 0, 0);
    return status;
}

/* Every supplier of a judged demand: what is not judged has grade 0, as the measures count it. */
static ieum_status add_topic(struct training *training, uint32_t demand, const struct trec_entry *entries, size_t count, judgement_list *list,
                             struct problem *problem) {
    const struct record_set *suppliers = &training->cohort.suppliers;
    const size_t first = list->count;
    for (uint32_t s = 0; s < suppliers->count; s++)
        if (!vector_push(list, ((struct judgement){.demand = demand, .supplier = s, .propensity = NAN, .date = DATASET_NO_DATE})))
            return problem_set_memory(problem);
    for (size_t i = 0; i < count; i++) {
        const uint32_t supplier = find_record(suppliers, entries[i].document.bytes, entries[i].document.size);
        if (supplier == UINT32_MAX) training->not_found++;
        else list->items[first + supplier].grade = entries[i].value > 0 ? entries[i].value : 0;
    }
    return IEUM_OK;
}

ieum_status judgements_from_qrels(struct training *training, const char *path, judgement_list *list, struct problem *problem) {
    struct trec_topics topics = {0};
    struct trec_table table = {0};
    char *bytes = NULL;
    ieum_status status = read_qrels_file(path, &bytes, &topics, &table, problem);
    for (uint32_t t = 0; status == IEUM_OK && t < table.topic_count; t++) {
        const struct trec_name name = topics.names.items[t];
        const uint32_t demand = find_record(&training->cohort.demands, name.bytes, name.size);
        size_t count = 0;
        const struct trec_entry *entries = trec_topic(&table, t, &count);
        /* A collection has demands of several programs. */
        if (demand != UINT32_MAX && count) status = add_topic(training, demand, entries, count, list, problem);
    }
    if (status == IEUM_OK && training->cohort.suppliers.count == 0)
        status = problem_set(problem, IEUM_INVALID, "/data", "공급기업이 없어 배울 쌍이 없습니다.", "There are no suppliers, so there are no pairs to learn from.");
    if (status == IEUM_OK && list->count) qsort(list->items, list->count, sizeof *list->items, compare_judgements);
    if (status == IEUM_OK && list->count == 0)
        status = problem_set(problem, IEUM_INVALID, "/qrels", "평가 파일 '%s'에 사업 '%s'의 수요과제가 없습니다.",
                             "The qrels '%s' judge no demand of the program '%s'.", path, training->program->id);
    trec_table_free(&table);
    trec_topics_free(&topics);
    memory_free(bytes);
    return status;
}

/* ---- the store's outcomes ---- */

int32_t judgement_day(struct date date) { return date_missing(date) ? DATASET_NO_DATE : date.year * 372 + date.month * 31 + date.day; }

static double grade_of(const struct train_rules *rules, const struct outcome *outcome) {
    return outcome->stage == OUTCOME_COMPLETED && outcome->grade >= 0 ? outcome->grade : rules->stages[outcome->stage];
}

/* Of several outcomes of one pair the furthest stage counts, and of those the last. */
static void keep_last(judgement_list *list) {
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        const bool same = i + 1 < list->count && list->items[i].demand == list->items[i + 1].demand && list->items[i].supplier == list->items[i + 1].supplier;
        if (!same) list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

/* Servings come by demand and supplier, as judgements do once they are sorted. */
static void add_propensities(const struct training *training, const struct serving_list *servings, judgement_list *list) {
    const struct cohort *cohort = &training->cohort;
    size_t at = 0;
    for (size_t i = 0; i < list->count; i++) {
        const char *demand = cohort->demands.demands[list->items[i].demand].id, *supplier = cohort->suppliers.suppliers[list->items[i].supplier].id;
        int order = -1;
        while (at < servings->count && order < 0) {
            order = strcmp(servings->items[at].demand, demand);
            if (order == 0) order = strcmp(servings->items[at].supplier, supplier);
            at += order < 0;
        }
        if (order == 0) list->items[i].propensity = (double)servings->items[at].propensity / (double)SCORE_ONE;
    }
}

static int compare_rounds(const void *a, const void *b) {
    return strcmp(((const struct learned_round *)a)->name, ((const struct learned_round *)b)->name);
}

/* Rounds by name, numbered anew, with how many judgements each has left. */
static ieum_status list_rounds(struct training *training, const struct map *numbers, const char *const *names, judgement_list *list, struct problem *problem) {
    const uint32_t count = map_count(numbers);
    struct learned_round *rounds = arena_allocate_zero(training->arena, count + 1, sizeof *rounds);
    if (!rounds) return problem_set_memory(problem);
    for (uint32_t r = 0; r < count; r++) rounds[r].name = names[r];
    for (size_t i = 0; i < list->count; i++) rounds[list->items[i].round].judgements++;
    for (uint32_t r = 0; r < count; r++)
        if (rounds[r].judgements) rounds[training->round_count++] = rounds[r];
    qsort(rounds, training->round_count, sizeof *rounds, compare_rounds);
    training->rounds = rounds;
    return IEUM_OK;
}

/* An outcome that counts. False: no memory. */
static bool take_outcome(struct training *training, const struct outcome *outcome, struct judgement item, struct map *numbers, const char **names, judgement_list *list) {
    const char *round = outcome->round ? outcome->round : "";
    const uint32_t known = map_count(numbers);
    item.round = map_intern(numbers, round, strlen(round));
    if (item.round == MAP_NONE || (item.round == known && !(names[known] = arena_copy_text(training->arena, round)))) return false;
    if (date_missing(training->first) || date_compare(outcome->date, training->first) < 0) training->first = outcome->date;
    if (date_missing(training->last) || date_compare(outcome->date, training->last) > 0) training->last = outcome->date;
    return vector_push(list, item);
}

ieum_status judgements_from_outcomes(struct workspace *workspace, struct training *training, const struct train_rules *rules, struct date until,
                                     judgement_list *list, struct problem *problem) {
    struct store *store;
    struct record_set outcomes = {0};
    struct serving_list servings = {0};
    ieum_status status = workspace_store(workspace, false, &store, problem);
    if (status == IEUM_OK) status = store_load(store, RECORD_OUTCOME, training->program->id, &outcomes, problem);
    if (status == IEUM_OK) status = store_servings_load(store, training->program->id, &servings, problem);
    struct map *numbers = map_new();
    const char **names = arena_allocate_zero(training->arena, outcomes.count + 1, sizeof *names);
    if (status == IEUM_OK && (!numbers || !names)) status = problem_set_memory(problem);
    for (size_t i = 0; status == IEUM_OK && i < outcomes.count; i++) {
        const struct outcome *outcome = &outcomes.outcomes[i];
        const struct judgement item = {.demand = find_record(&training->cohort.demands, outcome->demand, strlen(outcome->demand)),
                                       .supplier = find_record(&training->cohort.suppliers, outcome->supplier, strlen(outcome->supplier)),
                                       .grade = grade_of(rules, outcome),
                                       .propensity = NAN,
                                       .date = judgement_day(outcome->date),
                                       .stage = outcome->stage};
        if (!date_missing(until) && date_compare(outcome->date, until) > 0) continue;
        if (item.demand == UINT32_MAX || item.supplier == UINT32_MAX) training->not_found++;
        else if (!isnan(item.grade) && !take_outcome(training, outcome, item, numbers, names, list)) status = problem_set_memory(problem);
    }
    if (status == IEUM_OK && list->count == 0)
        status = problem_set(problem, IEUM_INVALID, "/data", "저장소에 사업 '%s'의 성과 가운데 학습에 쓸 것이 없습니다.",
                             "The store has no outcome of the program '%s' to learn from.", training->program->id);
    if (status == IEUM_OK) {
        qsort(list->items, list->count, sizeof *list->items, compare_judgements);
        keep_last(list);
        status = list_rounds(training, numbers, names, list, problem);
        add_propensities(training, &servings, list);
    }
    map_free(numbers);
    serving_list_free(&servings);
    record_set_free(&outcomes);
    return status;
}
