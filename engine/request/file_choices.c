/* SPDX-License-Identifier: Apache-2.0 */
/* What a person chose of a file of rows and columns, as a request has it: which field a column stands for, and the sheet. */
#include <string.h>

#include "request.h"

size_t request_number(const char *text) {
    size_t number = 0, digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 9 || text[digits] || *text == '0') return 0;
    for (; *text; text++) number = number * 10 + (size_t)(*text - '0');
    return number;
}

ieum_status request_file_choices(const jval *object, const struct jpath *at, struct arena *arena, struct file_choices *choices, struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0};
    const jval *mapping = NULL;
    const struct jpath below = {at ? at : &root, "mapping", 0};
    ieum_status status = field_object(object, at, "mapping", false, &mapping, problem);
    if (status == IEUM_OK) status = field_text(object, at, "sheet", false, &choices->sheet, problem);
    struct header_choice *items = arena_allocate_zero(arena, jval_count(mapping) + 1, sizeof *items);
    if (status == IEUM_OK && !items) status = problem_set_memory(problem);
    choices->mapping = (struct header_choices){items, 0};
    for (void *i = jval_first(mapping); i && status == IEUM_OK; i = jval_next(mapping, i)) {
        const jval *field = jval_value(i);
        const size_t column = request_number(jval_key(i));
        const struct jpath here = {&below, jval_key(i), 0};
        if (!column) return jval_refuse(problem, &here, NULL, "\"1\", \"2\", …", "열의 번호(1부터)를 적습니다.", "Give the number of a column, from 1.");
        if (!jval_is(field, JVAL_TEXT) && !jval_is(field, JVAL_NULL))
            return jval_refuse(problem, &here, field, "\"/name\" | null", "항목 이름을 적거나, 읽지 않을 열이면 null을 적습니다.",
                               "Give a field, or null for a column that is not to be read.");
        items[choices->mapping.count++] = (struct header_choice){column - 1, jval_is(field, JVAL_TEXT) ? jval_text(field) : NULL};
    }
    return status;
}
