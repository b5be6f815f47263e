/* SPDX-License-Identifier: Apache-2.0 */
/* What a report of counts rests on: rounds with their models and data; what could not be counted, or reads oddly. */
#include <stdio.h>
#include <string.h>

#include "report_request.h"

/* Sixteen digits tell two of them apart and still fit a page. */
static void cell_digest(jval *row, const char *digest) {
    if (*digest) jval_append(row, jval_new_text_size(digest, strlen(digest) < 16 ? strlen(digest) : 16));
    else jval_append(row, NULL);
}

static void cell_optional(jval *row, const char *text) { jval_append(row, *text ? jval_new_text(text) : NULL); }

static void append_basis(const struct report_answer *answer, const struct report_basis *basis, jval *rows) {
    const struct program *program = answer->programs[basis->program].program;
    jval *row = jval_new_array();
    jval_append(row, write_text2(program->title));
    jval_append(row, jval_new_text(program->version));
    jval_append(row, jval_new_text(basis->round));
    jval_append(row, jval_new_text(basis->state));
    cell_optional(row, basis->model);
    cell_optional(row, basis->criteria);
    cell_digest(row, basis->model_hash);
    cell_digest(row, basis->data_hash);
    jval_append(rows, row);
}

void report_basis_sections(const struct report_answer *answer, jval *sections) {
    static const struct report_column columns[] = {{"program", "사업", "program", "text"}, {"version", "사업 파일의 판", "program version", "text"}, {"round", "회차", "round", "text"},
                                                   {"state", "상태", "state", "state"}, {"model", "모형", "model", "text"}, {"criteria", "평가 항목", "criteria", "text"},
                                                   {"model_hash", "모형의 해시", "model hash", "text"}, {"data_hash", "자료의 해시", "data hash", "text"}, {0}};
    static const struct report_section section = {.id = "basis", .title = {"모형과 자료의 판", "Versions of model and data"}, .chart = "none", .annex = true,
                                                  .note = {"그해 신청을 받은 회차마다, 마지막 배정안을 계산한 모형과 그때의 자료입니다. 해시는 앞 16자리입니다. 배정안이 없거나 보존 기한이 지나 지워졌으면 비어 있습니다.",
                                                           "For each round with applications of the year: the model that computed its last proposal, and the data of that time. Hashes: their first 16 digits. Empty where there is no proposal or it was erased."}};
    jval *rows = jval_new_array();
    for (size_t i = 0; i < answer->bases.count; i++)
        if (answer->bases.items[i].year == answer->year) append_basis(answer, &answer->bases.items[i], rows);
    if (jval_count(rows)) jval_append(sections, report_section_new(&section, columns, rows));
    else jval_free(rows);
}

/* ---- notes ---- */

static void add_note(jval *notes, const char *ko_format, const char *en_format, size_t count) {
    char ko[320], en[320];
    if (!count) return;
    snprintf(ko, sizeof ko, ko_format, count);
    snprintf(en, sizeof en, en_format, count);
    jval_append(notes, write_text2((struct text2){ko, en}));
}

jval *report_notes(const struct report_answer *answer) {
    jval *notes = jval_new_array();
    size_t undated = 0, barred = 0;
    for (size_t p = 0; p < answer->program_count; p++) undated += answer->programs[p].undated;
    for (size_t f = 0; f < answer->firm_count; f++) {
        const struct report_firm *firm = &answer->firms[f];
        barred += firm->demand->applied.year == answer->year && firm->reached[REPORT_SELECTED] && !firm->reached[REPORT_ELIGIBLE];
    }
    add_note(notes, "신청일이 적혀 있지 않아 어느 해에도 세지 않은 신청이 %zu건 있습니다.", "%zu applications without a date of application are counted in no year.", undated);
    add_note(notes, "선정되었으나 지금의 사업 파일과 자료로는 자격 요건에 걸리는 신청이 %zu건 있습니다. 적격에는 세지 않고 그 뒤의 단계에는 셌습니다.",
             "%zu applications were selected although the rules, with the program file and records as they are now, bar them: not counted as eligible, but in the steps after it.", barred);
    return notes;
}
