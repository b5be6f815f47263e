/* SPDX-License-Identifier: Apache-2.0 */
#include "evaluation.h"

#include <stdlib.h>
#include <string.h>

/* What is needed on the way: the judgements by topic, and room for one ranking. */
struct bench {
    const struct evaluation_question *question;
    struct evaluation *evaluation;
    struct trec_table qrels;
    uint32_t *topics; /* of the qrels, by name */
    int32_t *pool;    /* grades of each topic from the greatest, where its entries are */
    int32_t *grades;  /* of the ranking at hand */
    size_t capacity;
};

struct named_topic {
    struct trec_name name;
    uint32_t topic;
};

static int compare_topics(const void *left, const void *right) {
    return trec_compare(((const struct named_topic *)left)->name, ((const struct named_topic *)right)->name);
}

static int compare_grades(const void *left, const void *right) {
    const int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return (a < b) - (a > b);
}

/* ---- the qrels ---- */

static bool sort_topics(struct bench *bench) {
    const uint32_t count = bench->qrels.topic_count;
    struct named_topic *named = arena_allocate(bench->evaluation->arena, count * sizeof *named);
    bench->topics = arena_allocate(bench->evaluation->arena, count * sizeof *bench->topics);
    if (!named || !bench->topics) return false;
    for (uint32_t t = 0; t < count; t++) named[t] = (struct named_topic){bench->evaluation->topics.names.items[t], t};
    qsort(named, count, sizeof *named, compare_topics);
    for (uint32_t t = 0; t < count; t++) bench->topics[t] = named[t].topic;
    return true;
}

static bool sort_pools(struct bench *bench) {
    bench->pool = arena_allocate(bench->evaluation->arena, bench->qrels.count * sizeof *bench->pool);
    if (!bench->pool) return false;
    for (size_t i = 0; i < bench->qrels.count; i++) bench->pool[i] = (int32_t)bench->qrels.entries[i].value;
    for (uint32_t t = 0; t < bench->qrels.topic_count; t++) {
        int32_t *pool = bench->pool + bench->qrels.start[t];
        qsort(pool, bench->qrels.start[t + 1] - bench->qrels.start[t], sizeof *pool, compare_grades);
        bench->evaluation->without_relevant += pool[0] < 1;
    }
    return true;
}

static ieum_status read_judgements(struct bench *bench, struct problem *problem) {
    ieum_status status = trec_read_qrels(&bench->question->qrels, &bench->evaluation->topics, &bench->qrels, problem);
    if (status != IEUM_OK) return status;
    bench->evaluation->judged_topics = bench->qrels.topic_count;
    bench->evaluation->judgements = bench->qrels.count;
    return sort_topics(bench) && sort_pools(bench) ? IEUM_OK : problem_set_memory(problem);
}

/* ---- one run ---- */

static int compare_document(const void *key, const void *entry) {
    return trec_compare(*(const struct trec_name *)key, ((const struct trec_entry *)entry)->document);
}

/* The grades along a topic's ranking. */
static bool judge_ranking(struct bench *bench, const struct trec_table *run, uint32_t topic, struct judged_ranking *ranking) {
    size_t judged, count;
    const struct trec_entry *judgements = trec_topic(&bench->qrels, topic, &judged), *entries = trec_topic(run, topic, &count);
    if (count > bench->capacity) {
        int32_t *grown = memory_resize(bench->grades, count, sizeof *grown);
        if (!grown) return false;
        bench->grades = grown;
        bench->capacity = count;
    }
    for (size_t i = 0; i < count; i++) {
        const struct trec_entry *found = bsearch(&entries[i].document, judgements, judged, sizeof *judgements, compare_document);
        bench->grades[i] = found ? (int32_t)found->value : RANKING_NOT_JUDGED;
    }
    *ranking = (struct judged_ranking){bench->grades, count, bench->pool + bench->qrels.start[topic], judged};
    return true;
}

/* Parts the topics of the qrels into those that count and those that are missing. */
static bool part_topics(struct bench *bench, const struct trec_table *run, struct run_evaluation *out) {
    const uint32_t count = bench->qrels.topic_count;
    uint32_t *topics = arena_allocate(bench->evaluation->arena, count * sizeof *topics);
    uint32_t *missing = arena_allocate(bench->evaluation->arena, count * sizeof *missing);
    if (!topics || !missing) return false;
    for (uint32_t i = 0; i < count; i++) {
        size_t ranked;
        trec_topic(run, bench->topics[i], &ranked);
        if (!ranked) missing[out->missing_count++] = bench->topics[i];
        if (ranked || bench->question->complete) topics[out->topic_count++] = bench->topics[i];
    }
    for (uint32_t t = count; t < run->topic_count; t++) {
        size_t ranked;
        out->not_judged += trec_topic(run, t, &ranked) != NULL;
    }
    out->topics = topics;
    out->missing = missing;
    out->tag = run->tag;
    return true;
}

static ieum_status measure_topics(struct bench *bench, const struct trec_table *run, struct run_evaluation *out, struct problem *problem) {
    const size_t measures = bench->question->measure_count;
    struct arena *arena = bench->evaluation->arena;
    double *values = arena_allocate_zero(arena, out->topic_count * measures, sizeof *values), *means = arena_allocate_zero(arena, measures, sizeof *means);
    struct interval *intervals = arena_allocate(arena, measures * sizeof *intervals);
    if (!values || !means || !intervals) return problem_set_memory(problem);
    for (size_t t = 0; t < out->topic_count; t++) {
        struct judged_ranking ranking;
        if (!judge_ranking(bench, run, out->topics[t], &ranking)) return problem_set_memory(problem);
        for (size_t m = 0; m < measures; m++) {
            values[t * measures + m] = ranking_measure_value(&bench->question->measures[m], &ranking);
            means[m] += values[t * measures + m];
        }
    }
    for (size_t m = 0; m < measures; m++) means[m] /= (double)out->topic_count;
    out->values = values;
    out->means = means;
    out->intervals = intervals;
    return bootstrap_intervals(values, out->topic_count, measures, bench->question->seed, intervals, problem);
}

static ieum_status evaluate_run(struct bench *bench, const struct trec_file *file, struct run_evaluation *out, struct problem *problem) {
    struct trec_table run = {0};
    ieum_status status = trec_read_run(file, &bench->evaluation->topics, &run, problem);
    if (status == IEUM_OK && !part_topics(bench, &run, out)) status = problem_set_memory(problem);
    if (status == IEUM_OK && out->missing_count == bench->qrels.topic_count) {
        problem_set(problem, IEUM_INVALID, file->pointer, "이 실행 결과에는 판정 파일에 있는 과제가 하나도 없습니다.",
                    "No topic of this run stands in the qrels.");
        problem_set_place(problem, file->name, 0, 0);
        status = problem->status;
    }
    if (status == IEUM_OK) status = measure_topics(bench, &run, out, problem);
    trec_table_free(&run);
    return status;
}

/* ---- two runs ---- */

/* Differences on the topics that both count; both lists are in the order of the qrels' topics. */
static size_t pair_topics(const struct bench *bench, const struct run_evaluation *run, const struct run_evaluation *baseline, double *differences) {
    const size_t measures = bench->question->measure_count;
    size_t paired = 0, b = 0, r = 0;
    for (size_t i = 0; i < bench->evaluation->judged_topics; i++) {
        const bool in_run = r < run->topic_count && run->topics[r] == bench->topics[i];
        const bool in_baseline = b < baseline->topic_count && baseline->topics[b] == bench->topics[i];
        if (in_run && in_baseline) {
            for (size_t m = 0; m < measures; m++)
                differences[paired * measures + m] = run->values[r * measures + m] - baseline->values[b * measures + m];
            paired++;
        }
        r += in_run;
        b += in_baseline;
    }
    return paired;
}

static void count_topics(const double *differences, size_t topics, size_t measures, struct measure_comparison *out) {
    for (size_t t = 0; t < topics; t++) {
        const double difference = differences[t * measures];
        out->difference += difference;
        out->better += difference > 0;
        out->worse += difference < 0;
        out->equal += difference == 0;
    }
    out->difference /= (double)topics;
}

static ieum_status compare_runs(struct bench *bench, size_t r, struct run_comparison *out, struct problem *problem) {
    const struct evaluation_question *question = bench->question;
    const size_t measures = question->measure_count;
    const struct run_evaluation *run = &bench->evaluation->runs[r];
    struct measure_comparison *compared = arena_allocate_zero(bench->evaluation->arena, measures, sizeof *compared);
    struct interval *intervals = arena_allocate(bench->evaluation->arena, measures * sizeof *intervals);
    double *differences = arena_allocate(bench->evaluation->arena, run->topic_count * measures * sizeof *differences);
    if (!compared || !intervals || !differences) return problem_set_memory(problem);
    *out = (struct run_comparison){r, pair_topics(bench, run, &bench->evaluation->runs[question->baseline], differences), compared};
    if (!out->topic_count)
        return problem_set(problem, IEUM_INVALID, question->runs[r].pointer, "'%s'와(과) 기준 '%s'에 함께 있는 과제가 없어 비교할 수 없습니다.",
                           "'%s' and the baseline '%s' have no topic in common, so they cannot be compared.", question->runs[r].name,
                           question->runs[question->baseline].name);
    ieum_status status = bootstrap_intervals(differences, out->topic_count, measures, question->seed, intervals, problem);
    for (size_t m = 0; m < measures && status == IEUM_OK; m++) {
        count_topics(differences + m, out->topic_count, measures, &compared[m]);
        compared[m].interval = intervals[m];
        status = randomisation_test(differences + m, out->topic_count, measures, question->seed, &compared[m].test, problem);
    }
    return status;
}

static ieum_status evaluate_all(struct bench *bench, struct problem *problem) {
    const size_t count = bench->question->run_count;
    struct run_evaluation *runs = arena_allocate_zero(bench->evaluation->arena, count, sizeof *runs);
    struct run_comparison *comparisons = arena_allocate_zero(bench->evaluation->arena, count, sizeof *comparisons);
    ieum_status status = runs && comparisons ? read_judgements(bench, problem) : problem_set_memory(problem);
    bench->evaluation->runs = runs;
    bench->evaluation->comparisons = comparisons;
    for (size_t r = 0; r < count && status == IEUM_OK; r++) status = evaluate_run(bench, &bench->question->runs[r], &runs[r], problem);
    for (size_t r = 0; r < count && status == IEUM_OK; r++)
        if (r != bench->question->baseline) status = compare_runs(bench, r, &comparisons[bench->evaluation->comparison_count++], problem);
    return status;
}

ieum_status evaluation_compute(const struct evaluation_question *question, struct evaluation *evaluation, struct problem *problem) {
    struct evaluation made = {.arena = arena_new()};
    struct bench bench = {.question = question, .evaluation = &made};
    ieum_status status = made.arena && trec_topics_start(&made.topics) ? evaluate_all(&bench, problem) : problem_set_memory(problem);
    trec_table_free(&bench.qrels);
    memory_free(bench.grades);
    if (status == IEUM_OK) *evaluation = made;
    else evaluation_free(&made);
    return status;
}

void evaluation_free(struct evaluation *evaluation) {
    trec_topics_free(&evaluation->topics);
    arena_free(evaluation->arena);
    *evaluation = (struct evaluation){0};
}
