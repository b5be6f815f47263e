/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see calendar.h. Must not ask the clock: what is today is the request's business. */
#include "calendar.h"

#include <string.h>

#include "../base/problem_list.h"

#include "section.h"

#define KNOWN(names) (names), sizeof(names) / sizeof *(names)

static const struct jpath root = {NULL, NULL, 0};
const char *const calendar_step_names[CALENDAR_STEPS] = {"recruit", "select", "match", "agree", "perform", "close"};

/* A month stands for its first day, or for a day past its last one when it ends a period: only the order matters. */
bool calendar_day(const char *text, bool end, struct date *date) {
    char full[11];
    if (strlen(text) == 7) {
        memcpy(full, text, 7);
        memcpy(full + 7, "-01", 4);
        if (!date_read(full, date)) return false;
        date->day = end ? 31 : 1;
        return true;
    }
    return date_read(text, date);
}

static ieum_status day_field(const jval *object, const struct jpath *at, const char *key, struct date *date,
                             struct problem *problem) {
    const char *text = NULL;
    ieum_status status = field_text(object, at, key, false, &text, problem);
    if (status != IEUM_OK || text == NULL || calendar_day(text, strcmp(key, "to") == 0, date)) return status;
    struct jpath day_at = {at, key, 0};
    return jval_refuse(problem, &day_at, jval_get(object, key), "YYYY-MM-DD | YYYY-MM",
                       "달력에 있는 날짜(또는 연-월)가 아닙니다.", "This is no date (or month) of the calendar.");
}

static ieum_status period_read(const jval *object, const struct jpath *at, struct date *from, struct date *to,
                               struct problem *problem) {
    ieum_status status = day_field(object, at, "from", from, problem);
    if (status == IEUM_OK) status = day_field(object, at, "to", to, problem);
    if (status != IEUM_OK || date_missing(*from) || date_missing(*to) || date_compare(*from, *to) <= 0) return status;
    struct jpath to_at = {at, "to", 0};
    return jval_refuse(problem, &to_at, jval_get(object, "to"), ">= from", "끝나는 날짜가 시작 날짜보다 앞섭니다.",
                       "The end lies before the beginning.");
}

ieum_status period_check(const jval *object, const struct jpath *at, struct problem *problem) {
    struct date from = {0}, to = {0};
    return period_read(object, at, &from, &to, problem);
}

static ieum_status effective_read(const jval *resolved, struct program *program, struct problem *problem) {
    static const char *const known[] = {"from", "to"};
    const jval *effective = NULL;
    struct jpath at = {&root, "effective", 0};
    ieum_status status = field_object(resolved, NULL, "effective", true, &effective, problem);
    if (status == IEUM_OK) status = problem_aside(problem, field_refuse_unknown(effective, &at, KNOWN(known), problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_text(effective, &at, "from", true, &program->effective_from, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_text(effective, &at, "to", false, &program->effective_to, problem));
    return status == IEUM_OK ? period_check(effective, &at, problem) : status;
}

static ieum_status stage_read(const jval *stage, const struct jpath *at, struct date *latest, struct problem *problem) {
    static const char *const known[] = {"id", "title", "from", "to", "step", "source"};
    struct date from = {0}, to = {0};
    const char *text = NULL;
    struct text2 title;
    size_t step = 0;
    ieum_status status = object_check(stage, at, KNOWN(known), problem);
    if (status == IEUM_OK) status = problem_aside(problem, id_read(stage, at, &text, problem));
    if (status == IEUM_OK) status = problem_aside(problem, text2_read(stage, at, "title", true, &title, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_choice(stage, at, "step", false, KNOWN(calendar_step_names), &step, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_text(stage, at, "source", true, &text, problem));
    if (status == IEUM_OK) status = period_read(stage, at, &from, &to, problem);
    if (status != IEUM_OK || date_missing(from)) return status;
    if (!date_missing(*latest) && date_compare(from, *latest) < 0) {
        struct jpath from_at = {at, "from", 0};
        return jval_refuse(problem, &from_at, jval_get(stage, "from"), "",
                           "앞 단계보다 먼저 시작합니다. 단계는 시작 순서로 적어 주세요.",
                           "This stage begins before the one above it. List stages in the order in which they begin.");
    }
    *latest = from;
    return IEUM_OK;
}

static ieum_status stage_refuse_twice(const jval *stages, size_t index, const struct jpath *at,
                                      struct problem *problem) {
    const jval *id = jval_get(jval_at(stages, index), "id");
    for (size_t i = 0; i < index; i++)
        if (jval_equal(jval_get(jval_at(stages, i), "id"), id)) return id_refuse_twice(id, at, problem);
    return IEUM_OK;
}

ieum_status calendar_read(const jval *resolved, struct program *program, struct problem *problem) {
    const jval *stages = NULL;
    struct date latest = {0};
    struct jpath list_at = {&root, "calendar", 0};
    ieum_status status = problem_aside(problem, effective_read(resolved, program, problem));
    if (status == IEUM_OK) status = field_array(resolved, NULL, "calendar", false, &stages, problem);
    for (size_t i = 0; status == IEUM_OK && i < jval_count(stages); i++) {
        struct jpath at = {&list_at, NULL, i};
        status = problem_aside(problem, stage_read(jval_at(stages, i), &at, &latest, problem));
        if (status == IEUM_OK) status = problem_aside(problem, stage_refuse_twice(stages, i, &at, problem));
    }
    return status;
}
