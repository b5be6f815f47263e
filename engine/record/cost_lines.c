/* SPDX-License-Identifier: Apache-2.0 */
#include "cost_lines.h"

#include <string.h>

#include "record_fields.h"

enum { LINES_MOST = 100 };

static ieum_status read_line(const jval *json, const struct jpath *at, struct cost_line *line, struct problem *problem) {
    if (!jval_is(json, JVAL_OBJECT))
        return jval_refuse(problem, at, json, "{\"item\", \"krw\"}", "비목 하나는 항목(item)과 금액(krw)을 적은 객체({…})여야 합니다.",
                           "A cost item must be an object ({…}) with its item and its amount (krw).");
    ieum_status status = member_sentence(json, at, "item", true, &line->item, problem);
    return status == IEUM_OK ? field_integer(json, at, "krw", true, 0, AMOUNT_MOST_KRW, &line->krw, problem) : status;
}

ieum_status cost_lines_read(const jval *demand, const struct jpath *at, struct arena *arena, struct cost_line **lines, size_t *count, struct problem *problem) {
    const jval *list = NULL;
    const struct jpath here = {at, "cost_items", 0};
    ieum_status status = field_array(demand, at, "cost_items", false, &list, problem);
    *lines = NULL;
    *count = 0;
    if (status != IEUM_OK || jval_count(list) == 0) return status;
    if (jval_count(list) > LINES_MOST)
        return jval_refuse(problem, &here, NULL, "<= 100", "비목은 100개까지 적을 수 있습니다.", "There may be 100 cost items at most.");
    struct cost_line *read = arena_allocate_zero(arena, jval_count(list), sizeof *read);
    if (!read) return problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const struct jpath line_at = {&here, NULL, i};
        status = read_line(jval_at(list, i), &line_at, &read[i], problem);
        for (size_t k = 0; k < i && status == IEUM_OK; k++)
            if (strcmp(read[k].item, read[i].item) == 0)
                status = jval_refuse(problem, &(struct jpath){&line_at, "item", 0}, jval_get(jval_at(list, i), "item"), "", "같은 비목이 두 번 있습니다. 한 줄로 합쳐 주십시오.",
                                     "This cost item stands twice; put it on one line.");
    }
    if (status != IEUM_OK) return status;
    *lines = read;
    *count = jval_count(list);
    return IEUM_OK;
}
