/* SPDX-License-Identifier: Apache-2.0 */
/* The card of a model that was learned: what from, how it was split, what it reached, with which parameters. It stands in the model's file and in the reply. */
#include <math.h>
#include <stdio.h>

#include "pipeline_train_parts.h"

static double rounded(double x) { return round(x * 1e6) / 1e6; }

static jval *write_interval(struct interval interval) {
    jval *array = jval_new_array();
    jval_append(array, jval_new_number(rounded(interval.low)));
    jval_append(array, jval_new_number(rounded(interval.high)));
    return array;
}

static jval *write_mean(double mean, struct interval interval) {
    jval *object = jval_new_object();
    jval_set_number(object, "mean", rounded(mean));
    jval_set(object, "interval", write_interval(interval));
    return object;
}

static jval *write_measures(const struct train_answer *answer) {
    jval *array = jval_new_array();
    for (size_t k = 0; k < answer->rules.measure_count && answer->list_count; k++) {
        const struct train_measure *measure = &answer->measures[k];
        jval *object = jval_new_object();
        jval_set_text(object, "measure", answer->rules.measures[k].name);
        jval_set(object, "model", write_mean(measure->mean, measure->interval));
        if (!isnan(measure->rubric)) {
            jval *difference = write_mean(measure->difference, measure->difference_interval);
            jval_set_number(difference, "p", rounded(measure->test.p));
            jval_set(object, answer->baseline.measured ? "baseline" : "rubric", write_mean(measure->rubric, measure->rubric_interval));
            jval_set(object, "difference", difference);
        }
        jval_append(array, object);
    }
    return array;
}

/* Where outcomes come from: "rounds", and the first and the last day. */
static void add_rounds(const struct training *training, jval *object) {
    jval *rounds = jval_new_array();
    char day[11];
    for (size_t i = 0; i < training->round_count; i++) {
        jval *one = jval_new_object();
        jval_set_text(one, "round", training->rounds[i].name[0] ? training->rounds[i].name : NULL);
        jval_set_integer(one, "judgements", (int64_t)training->rounds[i].judgements);
        jval_append(rounds, one);
    }
    jval_set(object, "rounds", rounds);
    date_write(training->first, day);
    jval_set_text(object, "from", day);
    date_write(training->last, day);
    jval_set_text(object, "to", day);
}

/* How many examples have each grade, and how many demands and suppliers there are. */
static jval *write_labels(const struct train_question *question, const struct train_answer *answer) {
    const struct dataset *data = &answer->training.data;
    jval *object = jval_new_object(), *grades = jval_new_object();
    for (size_t i = 0; i < data->count; i++) {
        char text[32];
        snprintf(text, sizeof text, "%g", data->grade[i]);
        jval_set_integer(grades, text, jval_integer(jval_get(grades, text)) + 1);
    }
    jval_set_text(object, "source", !question->data ? "outcomes" : question->program ? "collection" : "rows");
    jval_set_integer(object, "examples", (int64_t)data->count);
    jval_set_integer(object, "demands", (int64_t)answer->exposure.demands);
    if (answer->training.supplier_count) jval_set_integer(object, "suppliers", (int64_t)answer->training.supplier_count);
    jval_set(object, "grades", grades);
    if (!question->data) add_rounds(&answer->training, object);
    if (answer->training.not_found) jval_set_integer(object, "not_found", (int64_t)answer->training.not_found);
    jval_set_number(object, "good_from", answer->rules.threshold);
    jval_set_text(object, "data_hash", answer->training.data_hash);
    return object;
}

static jval *write_choice(const struct choice *choice, bool kernel) {
    jval *object = jval_new_object();
    jval_set_number(object, "cost", choice->cost);
    if (kernel) jval_set_number(object, "width", choice->width);
    if (!isnan(choice->quality)) jval_set_number(object, "quality", rounded(choice->quality));
    return object;
}

static jval *write_split(const struct train_question *question, const struct train_answer *answer, bool kernel) {
    jval *object = jval_new_object(), *folds = jval_new_array();
    jval_set_text(object, "by", split_kind_names[question->study.split]);
    jval_set_integer(object, "outer_folds", (int64_t)question->study.outer_folds);
    jval_set_integer(object, "inner_folds", (int64_t)question->study.inner_folds);
    jval_set_integer(object, "lists", (int64_t)answer->list_count);
    for (size_t i = 0; i < answer->study.fold_count; i++) {
        const struct study_fold *fold = &answer->study.folds[i];
        jval *one = write_choice(&fold->chosen, kernel);
        jval_set_integer(one, "train", (int64_t)fold->train);
        jval_set_integer(one, "test", (int64_t)fold->test);
        if (fold->skipped) jval_set_bool(one, "skipped", true);
        jval_append(folds, one);
    }
    jval_set(object, "folds", folds);
    return object;
}

static jval *write_parameters(const struct train_question *question, const struct train_answer *answer, bool kernel) {
    const struct learn_options *learn = &question->study.learn;
    jval *object = write_choice(&answer->study.chosen, kernel), *grid = jval_new_array();
    for (size_t i = 0; i < answer->study.grid_count; i++) jval_append(grid, write_choice(&answer->study.grid[i], kernel));
    jval_set(object, "grid", grid);
    jval_set_text(object, "criteria", question->fit_only ? "fit" : "all");
    if (learn->kind == MODEL_ADDITIVE || learn->kind == MODEL_MIXED) jval_set_integer(object, "knots", (int64_t)learn->knots);
    if (question->monotone.count) {
        jval *list = jval_new_array();
        for (size_t i = 0; i < question->monotone.count; i++) jval_append_text(list, question->monotone.items[i]);
        jval_set(object, "monotone", list);
    }
    if (!question->data) jval_set_number(object, "propensity_clip", learn->propensity_clip);
    return object;
}

static jval *write_calibration(const struct reliability *reliability) {
    jval *object = jval_new_object(), *bins = jval_new_array();
    jval_set_integer(object, "examples", (int64_t)reliability->count);
    jval_set_integer(object, "good", (int64_t)reliability->good);
    jval_set_number(object, "brier", rounded(reliability->brier));
    jval_set_number(object, "base_brier", rounded(reliability->base_brier));
    jval_set_number(object, "log_loss", rounded(reliability->log_loss));
    jval_set_number(object, "calibration_error", rounded(reliability->calibration));
    for (size_t i = 0; i < RELIABILITY_BINS; i++) {
        const struct reliability_bin *bin = &reliability->bins[i];
        jval *one = jval_new_object();
        jval_set_number(one, "from", (double)i / RELIABILITY_BINS);
        jval_set_integer(one, "count", (int64_t)bin->count);
        jval_set_number(one, "probability", rounded(bin->probability)); /* null in an empty bin */
        jval_set_number(one, "observed", rounded(bin->observed));
        jval_append(bins, one);
    }
    jval_set(object, "bins", bins);
    return object;
}

static jval *write_about(const struct train_question *question, const struct train_answer *answer) {
    jval *object = jval_new_object();
    char ko[256], en[256];
    snprintf(ko, sizeof ko, "수요 %zu건, 평가 %zu건. 자료의 출처는 적혀 있지 않습니다.", answer->exposure.demands, answer->training.data.count);
    snprintf(en, sizeof en, "%zu demands, %zu judgements; where they come from was not said.", answer->exposure.demands, answer->training.data.count);
    jval_set_text(object, "ko", question->about.ko ? question->about.ko : ko);
    jval_set_text(object, "en", question->about.en ? question->about.en : en);
    return object;
}

jval *train_card(const struct train_question *question, const struct train_answer *answer) {
    const bool kernel = question->study.learn.kind == MODEL_PAIRWISE || question->study.learn.kind == MODEL_MIXED;
    jval *card = jval_new_object(), *seed = jval_new_integer((int64_t)answer->seed);
    jval_set(card, "data", write_about(question, answer));
    jval_set(card, "labels", write_labels(question, answer));
    jval_set(card, "split", write_split(question, answer, kernel));
    jval_set(card, "measures", write_measures(answer));
    jval_set(card, "parameters", write_parameters(question, answer, kernel));
    if (answer->reliability.count) jval_set(card, "calibration", write_calibration(&answer->reliability));
    if (!question->data && answer->exposure.needed) {
        jval *exposure = jval_new_object();
        jval_set_text(exposure, "ko", answer->exposure.ko);
        jval_set_text(exposure, "en", answer->exposure.en);
        jval_set(card, "exposure", exposure);
    }
    jval_set(card, "seed", seed);
    return card;
}
