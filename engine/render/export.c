/* SPDX-License-Identifier: Apache-2.0 */
#include "export.h"

#include <string.h>

#include "page.h"

static ieum_status check_reply(const jval *reply, struct problem *problem) {
    if (jval_is(jval_get(reply, "problem"), JVAL_OBJECT))
        return problem_set(problem, IEUM_INVALID, "", "오류 응답은 파일로 내보낼 수 없습니다.", "A reply with a problem cannot be exported.");
    if (jval_is(jval_get(reply, "result"), JVAL_OBJECT) && jval_get_text(reply, "op")) return IEUM_OK;
    return problem_set(problem, IEUM_INVALID, "", "엔진의 응답이 아닙니다. op와 result가 있어야 합니다.", "This is not a reply of the engine: it needs an op and a result.");
}

/* The sheet that was asked for; *only NULL: all. */
static ieum_status choose_sheet(const struct sheets *sheets, const char *table, bool needed, const struct sheet **only, struct problem *problem) {
    *only = table ? sheets_find(sheets, table) : NULL;
    if (needed && sheets->list.count == 0)
        return problem_set(problem, IEUM_USAGE, "", "이 결과에는 표가 없습니다.", "This result has no table.");
    if (*only || !table) return IEUM_OK;
    struct buffer titles = BUFFER_EMPTY;
    for (size_t i = 0; i < sheets->list.count; i++) buffer_format(&titles, "%s%s", i ? " | " : "", sheets->list.items[i].title);
    problem_set(problem, IEUM_NOT_FOUND, "", "그런 표가 없습니다.", "There is no such table.");
    problem_set_value(problem, table);
    if (titles.bytes) problem_set_expected(problem, titles.bytes);
    buffer_free(&titles);
    return problem->status;
}

static ieum_status write_file(const struct document *document, const char *title, const char *format, const char *table, bool korean, struct buffer *out, struct problem *problem) {
    struct sheets sheets;
    const struct sheet *only = NULL;
    const bool html = strcmp(format, "html") == 0;
    ieum_status status = sheets_of(document, title, &sheets, problem);
    if (status == IEUM_OK) status = choose_sheet(&sheets, table, !html, &only, problem);
    if (status == IEUM_OK && html) export_html(document, title, only, korean, out);
    else if (status == IEUM_OK && strcmp(format, "xlsx") == 0) status = export_xlsx(document, &sheets, only, title, korean, out, problem);
    else if (status == IEUM_OK) export_csv(document, &sheets, only, korean, out);
    sheets_free(&sheets);
    return status;
}

ieum_status export_reply(const jval *reply, const char *format, const char *table, bool korean, char **bytes, size_t *size, struct problem *problem) {
    static const char *const formats[] = {"csv", "xlsx", "html"};
    struct document document = {0};
    struct page page = {.korean = korean, .width = SIZE_MAX / 2, .document = &document};
    struct buffer out = BUFFER_EMPTY;
    bool known = false;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) known = known || strcmp(formats[i], format) == 0;
    if (!known) return problem_set(problem, IEUM_USAGE, "", "내보내는 형식은 csv, xlsx, html 가운데 하나입니다.", "The format of a file is csv, xlsx or html.");
    ieum_status status = check_reply(reply, problem);
    if (status == IEUM_OK) {
        const char *op = jval_text(jval_get(reply, "op"));
        render_operation(&page, op, jval_get(reply, "result"));
        page_end(&page);
        if (document.failed || page.out.failed || memory_failed()) status = problem_set_memory(problem);
        else status = write_file(&document, document.title ? document.title : render_operation_title(&page, op), format, table, korean, &out, problem);
    }
    if (status == IEUM_OK) {
        *size = out.size;
        *bytes = out.failed || memory_failed() ? NULL : buffer_take(&out);
        if (!*bytes) status = problem_set_memory(problem);
    }
    buffer_free(&out);
    buffer_free(&page.out);
    document_free(&document);
    return status;
}
