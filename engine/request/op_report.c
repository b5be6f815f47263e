/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op report: {"kind": "council" | "suppliers" | "year", "program"? ("all": every program that has applications), "year"?} → {"kind", "year", "first_year", "day", "engine", "programs", "notice", "notes", "sections": [{"id", "title", "note",
 * "place", "columns", "rows", "chart", "chart_columns"}]}; "council" names no firm, "suppliers" lists who has how many pairs, "year" evaluates a year. {"kind": "result", "round", "demand"?} → the result
 * sheets of a round (report_result.c). {"kind": "modules", …} → where firms stand (report_modules.c). {"kind": "statistics"} → survey statistics (report_statistics.c). Nothing is stored.
 */
#include <string.h>

#include "report_request.h"

enum kind_of { KIND_COUNCIL, KIND_SUPPLIERS, KIND_YEAR, KIND_RESULT, KIND_MODULES, KIND_STATISTICS, KINDS };
static const char *const kinds[KINDS] = {"council", "suppliers", "year", "result", "modules", "statistics"};

jval *report_section_new(const struct report_section *section, const struct report_column *columns, jval *rows) {
    jval *object = jval_new_object(), *list = jval_new_array(), *drawn = jval_new_array();
    jval_set_text(object, "id", section->id);
    jval_set(object, "title", write_text2(section->title));
    if (section->note.ko) jval_set(object, "note", write_text2(section->note));
    jval_set_text(object, "place", section->annex ? "annex" : "main");
    for (; columns->id; columns++) {
        jval *column = jval_new_object();
        jval_set_text(column, "id", columns->id);
        jval_set_text(column, "ko", columns->ko);
        jval_set_text(column, "en", columns->en);
        jval_set_text(column, "unit", columns->unit);
        jval_append(list, column);
    }
    for (const char *at = section->drawn ? section->drawn : ""; *at; at += strspn(at, " ")) {
        const size_t size = strcspn(at, " ");
        jval_append(drawn, jval_new_text_size(at, size));
        at += size;
    }
    jval_set(object, "columns", list);
    jval_set(object, "rows", rows);
    jval_set_text(object, "chart", section->chart);
    jval_set(object, "chart_columns", drawn);
    return object;
}

void cell_text2(jval *row, const char *ko, const char *en) { jval_append(row, write_text2((struct text2){ko, en})); }
void cell_count(jval *row, size_t count) { jval_append(row, jval_new_integer((int64_t)count)); }
void cell_share(jval *row, double part, double whole) { jval_append(row, whole > 0 ? jval_new_number(part / whole) : NULL); }
void cell_krw(jval *row, int64_t amount) { jval_append(row, amount == AMOUNT_MISSING ? NULL : jval_new_integer(amount)); }

static ieum_status read_question(const jval *request, enum kind_of kind, struct report_question *question, struct problem *problem) {
    static const char *const own[] = {"kind", "program", "year", "retrain", "out"};
    int64_t year = 0;
    ieum_status status = request_refuse_unknown(request, own, kind == KIND_YEAR ? 5 : 3, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "program", false, &question->program, problem);
    if (status == IEUM_OK) status = field_integer(request, NULL, "year", false, 1990, 2200, &year, problem);
    question->year = (int)year;
    if (question->program && strcmp(question->program, "all") == 0) question->program = NULL;
    return status;
}

static ieum_status write_programs(struct call *call, const struct report_answer *answer, jval *object, struct problem *problem) {
    jval *list = jval_new_array();
    ieum_status status = IEUM_OK;
    for (size_t p = 0; p < answer->program_count && status == IEUM_OK; p++) {
        jval *head = write_program_head(answer->programs[p].program);
        jval_set_integer(head, "rounds", (int64_t)answer->programs[p].rounds);
        jval_set_integer(head, "undated", (int64_t)answer->programs[p].undated);
        status = write_parties(call, answer->programs[p].program, head, problem);
        jval_append(list, head);
    }
    jval_set(object, "programs", list);
    return status;
}

static ieum_status write_report(struct call *call, const struct report_answer *answer, const char *kind, jval *sections, jval *object, struct problem *problem) {
    char today[11];
    date_write(workspace_today(call->workspace), today);
    jval_set_text(object, "kind", kind);
    jval_set_integer(object, "year", answer->year);
    jval_set_integer(object, "first_year", answer->first_year);
    jval_set_text(object, "day", today);
    jval_set_text(object, "engine", ieum_version_text());
    const ieum_status status = write_programs(call, answer, object, problem);
    jval_set(object, "notice", write_notice());
    jval *notes = report_notes(answer);
    if (strcmp(kind, kinds[KIND_YEAR]) == 0) report_year_notes(answer, notes);
    jval_set(object, "notes", notes);
    jval_set(object, "sections", sections);
    return status;
}

static ieum_status add_sections(struct call *call, enum kind_of kind, struct report_answer *answer, jval *sections, struct problem *problem) {
    if (kind == KIND_SUPPLIERS) return report_suppliers_sections(answer, sections, problem);
    if (kind == KIND_YEAR) return report_year_sections(call, answer, sections, problem);
    const ieum_status status = report_council_sections(answer, sections, problem);
    return status == IEUM_OK ? report_council_firms(answer, sections, problem) : status;
}

static ieum_status report_counts(struct call *call, enum kind_of kind, jval **result, struct problem *problem) {
    struct report_question question = {0};
    struct report_answer answer = {0};
    ieum_status status = read_question(call->request, kind, &question, problem);
    bool retrain = false;
    const char *out = NULL;
    if (status == IEUM_OK && kind == KIND_YEAR) status = report_read_retrain(call, &retrain, &out, problem); /* refused before anything is counted */
    if (status == IEUM_OK) status = pipeline_report(call->workspace, &question, &answer, problem);
    if (status != IEUM_OK) return status;
    jval *object = jval_new_object(), *sections = jval_new_array();
    status = add_sections(call, kind, &answer, sections, problem);
    if (status == IEUM_OK) report_basis_sections(&answer, sections);
    struct problem trouble = {0};
    const ieum_status written = write_report(call, &answer, kinds[kind], sections, object, &trouble);
    if (status == IEUM_OK && written != IEUM_OK) {
        status = written;
        *problem = trouble;
    }
    if (status == IEUM_OK && memory_failed()) status = problem_set_memory(problem);
    report_answer_free(&answer);
    if (status == IEUM_OK) *result = object;
    else jval_free(object);
    return status;
}

ieum_status request_report(struct call *call, jval **result, struct problem *problem) {
    size_t kind = 0;
    ieum_status status = field_choice(call->request, NULL, "kind", true, kinds, KINDS, &kind, problem);
    if (status != IEUM_OK) return status;
    if (kind == KIND_MODULES) return report_modules(call, result, problem);
    if (kind == KIND_STATISTICS) return report_statistics(call, result, problem);
    return kind == KIND_RESULT ? report_result(call, result, problem) : report_counts(call, (enum kind_of)kind, result, problem);
}
