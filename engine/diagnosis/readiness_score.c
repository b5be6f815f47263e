/* SPDX-License-Identifier: Apache-2.0 */
#include "readiness_score.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* ---- one answer ---- */

static ieum_status take_choice(const struct readiness_question *question, const char *id, const jval *found, const struct jpath *at,
                               struct readiness_answer *answer, struct problem *problem) {
    struct buffer names = BUFFER_EMPTY;
    for (size_t c = 0; c < question->choice_count; c++) {
        if (strcmp(question->choices[c].id, id) == 0) {
            *answer = (struct readiness_answer){true, c, 0, question->choices[c].points};
            buffer_free(&names);
            return IEUM_OK;
        }
        buffer_format(&names, "%s%s", c ? ", " : "", question->choices[c].id);
    }
    ieum_status status = jval_refuse(problem, at, found, names.failed ? NULL : names.bytes, "이 문항에 없는 답입니다.", "The question has no such answer.");
    buffer_free(&names);
    return status;
}

static ieum_status take_number(const struct readiness_question *question, const jval *found, const struct jpath *at, struct readiness_answer *answer,
                               struct problem *problem) {
    if (!jval_is(found, JVAL_INTEGER) && !jval_is(found, JVAL_REAL)) return jval_refuse(problem, at, found, "number", "수여야 합니다.", "This must be a number.");
    const double number = jval_number(found);
    if (!(number >= question->least && number <= question->most)) {
        ieum_status status = jval_refuse(problem, at, found, NULL, "허용 범위를 벗어난 수입니다.", "The number is outside the allowed range.");
        char range[64];
        snprintf(range, sizeof range, "%g..%g", question->least, question->most);
        problem_set_expected(problem, range);
        return status;
    }
    *answer = (struct readiness_answer){.given = true, .number = number};
    for (size_t b = 0; b < question->band_count && number >= question->bands[b].from; b++) answer->points = question->bands[b].points;
    return IEUM_OK;
}

static ieum_status take_answer(const struct readiness_question *question, const jval *found, const struct jpath *at, struct readiness_answer *answer,
                               struct problem *problem) {
    if (jval_is(found, JVAL_NULL)) return IEUM_OK;
    if (question->kind == QUESTION_NUMBER) return take_number(question, found, at, answer, problem);
    if (question->kind == QUESTION_YESNO && (jval_is(found, JVAL_TRUE) || jval_is(found, JVAL_FALSE)))
        return take_choice(question, jval_true(found) ? "yes" : "no", found, at, answer, problem);
    if (jval_is(found, JVAL_TEXT)) return take_choice(question, jval_text(found), found, at, answer, problem);
    return jval_refuse(problem, at, found, "text", "답의 이름(글)이어야 합니다.", "This must be an answer's id (a text).");
}

static ieum_status take_all(const struct readiness *readiness, const jval *answers, const struct jpath *at, struct readiness_result *result,
                            struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (void *i = jval_first(answers); i && status == IEUM_OK; i = jval_next(answers, i)) {
        const struct jpath one = {at, jval_key(i), 0};
        size_t q = 0;
        while (q < readiness->question_count && strcmp(readiness->questions[q].id, jval_key(i)) != 0) q++;
        if (q == readiness->question_count)
            return jval_refuse(problem, &one, NULL, NULL, "진단표에 없는 문항입니다.", "The questionnaire has no such question.");
        status = take_answer(&readiness->questions[q], jval_value(i), &one, &result->answers[q], problem);
    }
    return status;
}

/* ---- shares ---- */

/* Points of some questions, as they add up. */
struct sums {
    double points, answered, earned, least, most;
    size_t given, unanswered;
};

static void add_question(struct sums *sums, const struct readiness_question *question, const struct readiness_answer *answer) {
    double worst = question->points, best = 0;
    for (size_t c = 0; c < question->choice_count; c++) {
        worst = fmin(worst, question->choices[c].points);
        best = fmax(best, question->choices[c].points);
    }
    for (size_t b = 0; b < question->band_count; b++) {
        worst = fmin(worst, question->bands[b].points);
        best = fmax(best, question->bands[b].points);
    }
    sums->points += question->points;
    sums->least += answer->given ? answer->points : worst;
    sums->most += answer->given ? answer->points : best;
    if (answer->given) {
        sums->answered += question->points;
        sums->earned += answer->points;
        sums->given++;
    } else {
        sums->unanswered++;
    }
}

static double tenths(double share) { return floor(share * 1000 + 0.5 + 1e-9) / 10; }

static struct readiness_share make_share(const struct sums *sums) {
    return (struct readiness_share){.score = sums->given ? tenths(sums->earned / sums->answered) : NAN,
                                    .least = tenths(sums->least / sums->points),
                                    .most = tenths(sums->most / sums->points),
                                    .answered = tenths(sums->answered / sums->points),
                                    .given = sums->given,
                                    .unanswered = sums->unanswered};
}

static size_t stage_of(const struct readiness *readiness, double score) {
    size_t stage = 0;
    while (stage + 1 < readiness->stage_count && score >= readiness->stages[stage + 1].from) stage++;
    return stage;
}

ieum_status readiness_assess(const struct readiness *readiness, const jval *answers, const struct jpath *at, struct arena *arena,
                             struct readiness_result *result, struct problem *problem) {
    struct sums all = {0};
    *result = (struct readiness_result){.answers = arena_allocate_zero(arena, readiness->question_count, sizeof *result->answers),
                                        .areas = arena_allocate_zero(arena, readiness->area_count, sizeof *result->areas)};
    if (!result->answers || !result->areas) return problem_set_memory(problem);
    ieum_status status = take_all(readiness, answers, at, result, problem);
    if (status != IEUM_OK) return status;
    for (size_t a = 0; a < readiness->area_count; a++) {
        const struct readiness_area *area = &readiness->areas[a];
        struct sums sums = {0};
        for (size_t q = area->first; q < area->first + area->count; q++) {
            add_question(&sums, &readiness->questions[q], &result->answers[q]);
            add_question(&all, &readiness->questions[q], &result->answers[q]);
        }
        result->areas[a] = make_share(&sums);
    }
    result->total = make_share(&all);
    result->enough = result->total.given > 0 && result->total.answered >= readiness->least_answered;
    result->stage = result->enough ? stage_of(readiness, result->total.score) : SIZE_MAX;
    result->stage_least = stage_of(readiness, result->total.least);
    result->stage_most = stage_of(readiness, result->total.most);
    return IEUM_OK;
}

const struct area_advice *readiness_advise(const struct readiness_area *area, const struct readiness_share *share) {
    for (size_t i = 0; i < area->advice_count; i++)
        if (share->score < area->advice[i].below) return &area->advice[i]; /* false for NaN */
    return NULL;
}
