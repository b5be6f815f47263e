/* SPDX-License-Identifier: Apache-2.0 */
/* A problem as JSON (RFC 9457): in replies, and from functions that have no reply. */
#include "request.h"

static const struct text2 titles[IEUM_STATUS_COUNT] = {
#define TITLE(name, code, exit_status, http, ko, en) {ko, en},
    IEUM_STATUS_LIST(TITLE)
#undef TITLE
};

jval *write_problem(const struct problem *problem, bool korean) {
    jval *object = jval_new_object();
    const char *code = ieum_status_code(problem->status);
    struct buffer type = BUFFER_EMPTY;
    buffer_format(&type, "urn:ieum:problem:%s", code);
    jval_set_text(object, "type", type.bytes);
    buffer_free(&type);
    jval_set_text(object, "title", korean ? titles[problem->status].ko : titles[problem->status].en);
    jval_set_integer(object, "status", ieum_status_http(problem->status));
    jval_set_text(object, "detail", korean ? problem->ko : problem->en);
    jval_set_text(object, "code", code);
    jval_set_text(object, "pointer", problem->pointer);
    if (problem->source[0]) jval_set_text(object, "source", problem->source);
    if (problem->line) jval_set_integer(object, "line", (int64_t)problem->line);
    if (problem->column) jval_set_integer(object, "column", (int64_t)problem->column);
    if (problem->value[0]) jval_set_text(object, "value", problem->value);
    if (problem->expected[0]) jval_set_text(object, "expected", problem->expected);
    jval_set(object, "text", write_text2((struct text2){problem->ko, problem->en}));
    return object;
}
