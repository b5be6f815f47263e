/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of op report share: a section as it is put together. */
#ifndef IEUM_REQUEST_REPORT_REQUEST_H
#define IEUM_REQUEST_REPORT_REQUEST_H

#include "../pipeline_report.h"
#include "request.h"

/* A column: its id, what it is called, and the unit of its numbers ("text"; "count"; "krw"; "share", of 1; "ratio", "index", "coefficient": numbers without one; "by_row": that of the row's cell in the column "unit"). */
struct report_column {
    const char *id, *ko, *en, *unit;
};
struct report_section {
    const char *id;
    struct text2 title, note;
    const char *chart;      /* "bars", "lines" or "none" */
    const char *drawn;      /* ids of the columns that the chart shows, separated by spaces; NULL: none */
    bool annex;             /* goes behind the pages that a council reads first */
};
/* {"id", "title", "note", "place", "columns", "rows": [], "chart", "chart_columns"}: columns end with one whose id is NULL. `rows` is taken over. */
jval *report_section_new(const struct report_section *section, const struct report_column *columns, jval *rows);

/* Cells, appended to a row. */
void cell_text2(jval *row, const char *ko, const char *en);
void cell_count(jval *row, size_t count);
void cell_share(jval *row, double part, double whole); /* null where the whole is 0 */
void cell_krw(jval *row, int64_t amount);              /* null where it is AMOUNT_MISSING */

/* ---- kinds ---- */

/* Appends the council report's sections (report_council.c, report_council_firms.c). */
ieum_status report_council_sections(struct report_answer *answer, jval *sections, struct problem *problem);
ieum_status report_council_firms(struct report_answer *answer, jval *sections, struct problem *problem);
/* Those of the report by supplier, the only ones that name a firm (report_council_firms.c). */
ieum_status report_suppliers_sections(struct report_answer *answer, jval *sections, struct problem *problem);
/* With what it was computed: an annex (report_basis.c). */
void report_basis_sections(const struct report_answer *answer, jval *sections);
/* What a reader of the counts has to know: [{"ko", "en"}] (report_basis.c). */
jval *report_notes(const struct report_answer *answer);
/* The result sheets of a round (report_result.c). */
ieum_status report_result(struct call *call, jval **result, struct problem *problem);

#endif
