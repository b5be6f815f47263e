/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op evaluate: {"qrels": text of a TREC qrels file, "qrels_name"?: for messages, "runs": [{"name", "run": text of a TREC run}], "measures"?: ["nDCG@10", …],
 * "per_topic"?: false, "complete"?: false, "baseline"?: name of a run (else the first), "seed"?: 1} → {"qrels", "measures", "complete", "seed",
 * "runs": [{"name", "tag", "topics", "measures", "per_topic"?}], "comparisons": [{"run", "baseline", "topics", "measures"}], "warnings"}.
 */
#include "../measure/evaluation.h"

#include <string.h>

#include "request.h"

enum { MOST_RUNS = 16, MOST_MEASURES = 32, POINTER = 48, SHOWN_TOPICS = 5 };

static const char *const standard_measures[] = {"nDCG@10", "AP", "RR", "P@5", "R@10"};
static const struct jpath root = {NULL, NULL, 0};

/* ---- reading ---- */

static ieum_status read_run(struct call *call, const jval *value, size_t index, struct trec_file *files, struct problem *problem) {
    static const char *const known[] = {"name", "run"};
    const struct jpath list_at = {&root, "runs", 0}, at = {&list_at, NULL, index}, name_at = {&at, "name", 0}, run_at = {&at, "run", 0};
    struct trec_file *file = &files[index];
    char *pointer = arena_allocate(call->arena, POINTER);
    if (!pointer) return problem_set_memory(problem);
    if (!jval_is(value, JVAL_OBJECT)) return jval_refuse(problem, &at, value, "{\"name\", \"run\"}", "객체({…})여야 합니다.", "This must be an object ({…}).");
    jpath_write(&run_at, pointer, POINTER);
    ieum_status status = field_refuse_unknown(value, &at, known, 2, problem);
    if (status == IEUM_OK) status = field_text(value, &at, "name", true, &file->name, problem);
    if (status == IEUM_OK) status = field_text(value, &at, "run", !jval_is(jval_get(value, "run"), JVAL_TEXT), &file->bytes, problem);
    if (status != IEUM_OK) return status;
    for (size_t i = 0; i < index; i++)
        if (strcmp(files[i].name, file->name) == 0)
            return jval_refuse(problem, &name_at, jval_get(value, "name"), NULL, "같은 이름의 실행 결과가 이미 있습니다.", "There is another run of this name.");
    file->pointer = pointer;
    file->size = strlen(file->bytes);
    return IEUM_OK;
}

static ieum_status read_runs(struct call *call, struct evaluation_question *question, struct problem *problem) {
    const struct jpath at = {&root, "runs", 0};
    const jval *list = NULL;
    ieum_status status = field_array(call->request, NULL, "runs", true, &list, problem);
    if (status != IEUM_OK) return status;
    const size_t count = jval_count(list);
    if (count < 1 || count > MOST_RUNS)
        return jval_refuse(problem, &at, list, "1..16", "실행 결과는 한 개에서 열여섯 개까지입니다.", "There are 1 to 16 runs.");
    struct trec_file *files = arena_allocate_zero(call->arena, count, sizeof *files);
    if (!files) return problem_set_memory(problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) status = read_run(call, jval_at(list, i), i, files, problem);
    question->runs = files;
    question->run_count = count;
    return status;
}

static ieum_status read_measures(struct call *call, struct evaluation_question *question, struct problem *problem) {
    const struct jpath at = {&root, "measures", 0};
    struct text_list list = {0};
    ieum_status status = field_text_list(call->request, NULL, "measures", false, call->arena, &list, problem);
    if (status != IEUM_OK) return status;
    if (list.count > MOST_MEASURES)
        return jval_refuse(problem, &at, NULL, "1..32", "평가 척도는 서른두 개까지입니다.", "There are at most 32 measures.");
    const char *const *items = list.count ? list.items : standard_measures;
    const size_t count = list.count ? list.count : sizeof standard_measures / sizeof *standard_measures;
    struct ranking_measure *measures = arena_allocate(call->arena, count * sizeof *measures);
    if (!measures) return problem_set_memory(problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        char pointer[POINTER];
        jpath_write(&(struct jpath){&at, NULL, i}, pointer, sizeof pointer);
        status = ranking_measure_read(items[i], pointer, &measures[i], problem);
    }
    question->measures = measures;
    question->measure_count = count;
    return status;
}

static ieum_status read_baseline(struct call *call, struct evaluation_question *question, struct problem *problem) {
    const char *name = NULL;
    ieum_status status = field_text(call->request, NULL, "baseline", false, &name, problem);
    if (status != IEUM_OK || !name) return status;
    for (size_t i = 0; i < question->run_count; i++) {
        if (strcmp(question->runs[i].name, name) != 0) continue;
        question->baseline = i;
        return IEUM_OK;
    }
    return jval_refuse(problem, &(struct jpath){&root, "baseline", 0}, jval_get(call->request, "baseline"), NULL, "기준으로 삼을 실행 결과가 runs에 없습니다.",
                       "The baseline is none of the runs.");
}

static ieum_status read_question(struct call *call, struct evaluation_question *question, bool *per_topic, struct problem *problem) {
    static const char *const own[] = {"qrels", "qrels_name", "runs", "measures", "per_topic", "complete", "baseline", "seed"};
    int64_t seed = 1;
    question->qrels = (struct trec_file){.name = "qrels", .pointer = "/qrels"};
    ieum_status status = request_refuse_unknown(call->request, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "qrels", !jval_is(jval_get(call->request, "qrels"), JVAL_TEXT), &question->qrels.bytes, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "qrels_name", false, &question->qrels.name, problem);
    if (status == IEUM_OK) status = field_bool(call->request, NULL, "per_topic", false, per_topic, problem);
    if (status == IEUM_OK) status = field_bool(call->request, NULL, "complete", false, &question->complete, problem);
    if (status == IEUM_OK) status = field_integer(call->request, NULL, "seed", false, 0, INT64_MAX, &seed, problem);
    if (status == IEUM_OK) status = read_runs(call, question, problem);
    if (status == IEUM_OK) status = read_measures(call, question, problem);
    if (status == IEUM_OK) status = read_baseline(call, question, problem);
    if (status != IEUM_OK) return status;
    question->qrels.size = strlen(question->qrels.bytes);
    question->seed = (uint64_t)seed;
    return IEUM_OK;
}

/* ---- writing ---- */

static void set_name(jval *object, const char *key, struct trec_name name) { jval_set(object, key, jval_new_text_size(name.bytes, name.size)); }

static void set_interval(jval *object, struct interval interval) {
    jval_set_number(object, "low", interval.low);
    jval_set_number(object, "high", interval.high);
}

static jval *write_topics(const struct evaluation *evaluation, const struct run_evaluation *run) {
    jval *object = jval_new_object(), *missing = jval_new_array();
    for (size_t i = 0; i < run->missing_count; i++) {
        const struct trec_name name = evaluation->topics.names.items[run->missing[i]];
        jval_append(missing, jval_new_text_size(name.bytes, name.size));
    }
    jval_set_integer(object, "counted", (int64_t)run->topic_count);
    jval_set(object, "missing", missing);
    jval_set_integer(object, "not_judged", (int64_t)run->not_judged);
    return object;
}

static jval *write_means(const struct evaluation_question *question, const struct run_evaluation *run) {
    jval *array = jval_new_array();
    for (size_t m = 0; m < question->measure_count; m++) {
        jval *object = jval_new_object();
        jval_set_text(object, "measure", question->measures[m].name);
        jval_set_number(object, "mean", run->means[m]);
        set_interval(object, run->intervals[m]);
        jval_append(array, object);
    }
    return array;
}

static jval *write_per_topic(const struct evaluation_question *question, const struct evaluation *evaluation, const struct run_evaluation *run) {
    jval *array = jval_new_array();
    for (size_t t = 0; t < run->topic_count; t++) {
        jval *object = jval_new_object(), *values = jval_new_array();
        for (size_t m = 0; m < question->measure_count; m++) jval_append(values, jval_new_number(run->values[t * question->measure_count + m]));
        set_name(object, "topic", evaluation->topics.names.items[run->topics[t]]);
        jval_set(object, "values", values);
        jval_append(array, object);
    }
    return array;
}

static jval *write_runs(const struct evaluation_question *question, const struct evaluation *evaluation, bool per_topic) {
    jval *array = jval_new_array();
    for (size_t r = 0; r < question->run_count; r++) {
        const struct run_evaluation *run = &evaluation->runs[r];
        jval *object = jval_new_object();
        jval_set_text(object, "name", question->runs[r].name);
        set_name(object, "tag", run->tag);
        jval_set(object, "topics", write_topics(evaluation, run));
        jval_set(object, "measures", write_means(question, run));
        if (per_topic) jval_set(object, "per_topic", write_per_topic(question, evaluation, run));
        jval_append(array, object);
    }
    return array;
}

static jval *write_comparison(const struct evaluation_question *question, const struct run_comparison *comparison) {
    jval *object = jval_new_object(), *measures = jval_new_array();
    for (size_t m = 0; m < question->measure_count; m++) {
        const struct measure_comparison *one = &comparison->measures[m];
        jval *line = jval_new_object();
        jval_set_text(line, "measure", question->measures[m].name);
        jval_set_number(line, "difference", one->difference);
        set_interval(line, one->interval);
        jval_set_number(line, "p", one->test.p);
        jval_set_bool(line, "exact", one->test.exact);
        jval_set_integer(line, "arrangements", one->test.arrangements);
        jval_set_integer(line, "better", (int64_t)one->better);
        jval_set_integer(line, "worse", (int64_t)one->worse);
        jval_set_integer(line, "equal", (int64_t)one->equal);
        jval_append(measures, line);
    }
    jval_set_text(object, "run", question->runs[comparison->run].name);
    jval_set_text(object, "baseline", question->runs[question->baseline].name);
    jval_set_integer(object, "topics", (int64_t)comparison->topic_count);
    jval_set(object, "measures", measures);
    return object;
}

/* Topics that a run does not have go unseen in a mean; so they are told. */
static void add_missing_warning(const struct evaluation_question *question, const struct evaluation *evaluation, size_t r, jval *warnings) {
    const struct run_evaluation *run = &evaluation->runs[r];
    struct buffer names = BUFFER_EMPTY, ko = BUFFER_EMPTY, en = BUFFER_EMPTY;
    if (!run->missing_count) return;
    for (size_t i = 0; i < run->missing_count && i < SHOWN_TOPICS; i++) {
        const struct trec_name name = evaluation->topics.names.items[run->missing[i]];
        buffer_format(&names, "%s%.*s", i ? ", " : "", (int)name.size, name.bytes);
    }
    if (run->missing_count > SHOWN_TOPICS) buffer_add_text(&names, ", …");
    if (names.bytes) {
        buffer_format(&ko, question->complete ? "'%s'에 없는 과제 %zu건을 0으로 셈했습니다: %s"
                                         : "'%s'에 없는 과제 %zu건은 평균에서 빠졌습니다(0으로 셈하려면 --complete): %s",
                      question->runs[r].name, run->missing_count, names.bytes);
        buffer_format(&en, question->complete ? "'%s': topics missing: %zu, counted as 0: %s"
                                         : "'%s': topics missing: %zu, left out of its means (--complete counts them as 0): %s",
                      question->runs[r].name, run->missing_count, names.bytes);
    }
    jval_append(warnings, write_text2((struct text2){ko.bytes, en.bytes}));
    buffer_free(&names);
    buffer_free(&ko);
    buffer_free(&en);
}

static jval *write_evaluation(const struct evaluation_question *question, const struct evaluation *evaluation, bool per_topic) {
    jval *object = jval_new_object(), *qrels = jval_new_object(), *names = jval_new_array(), *comparisons = jval_new_array(), *warnings = jval_new_array();
    jval_set_integer(qrels, "topics", (int64_t)evaluation->judged_topics);
    jval_set_integer(qrels, "judgements", (int64_t)evaluation->judgements);
    jval_set_integer(qrels, "without_relevant", (int64_t)evaluation->without_relevant);
    for (size_t m = 0; m < question->measure_count; m++) jval_append_text(names, question->measures[m].name);
    for (size_t c = 0; c < evaluation->comparison_count; c++) jval_append(comparisons, write_comparison(question, &evaluation->comparisons[c]));
    for (size_t r = 0; r < question->run_count; r++) add_missing_warning(question, evaluation, r, warnings);
    jval_set(object, "qrels", qrels);
    jval_set(object, "measures", names);
    jval_set_bool(object, "complete", question->complete);
    jval_set_integer(object, "seed", (int64_t)question->seed);
    jval_set(object, "runs", write_runs(question, evaluation, per_topic));
    jval_set(object, "comparisons", comparisons);
    jval_set(object, "warnings", warnings);
    return object;
}

ieum_status request_evaluate(struct call *call, jval **result, struct problem *problem) {
    struct evaluation_question question = {0};
    struct evaluation evaluation = {0};
    bool per_topic = false;
    ieum_status status = read_question(call, &question, &per_topic, problem);
    if (status == IEUM_OK) status = evaluation_compute(&question, &evaluation, problem);
    if (status != IEUM_OK) return status;
    *result = write_evaluation(&question, &evaluation, per_topic);
    evaluation_free(&evaluation);
    return IEUM_OK;
}
