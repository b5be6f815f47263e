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

/* What a step is called and what it counts (report_council.c). */
struct report_step_text {
    const char *id, *ko, *en, *what_ko, *what_en;
};
extern const struct report_step_text report_steps[REPORT_STEPS];
/* What the program may spend in a year: its budget of the year, or its budget where it is in force; AMOUNT_MISSING (report_council.c). */
int64_t report_ceiling(const struct program *program, int year);
/* A count by kind of firm, which may be too small to tell; false: it was not told (report_council_firms.c). */
bool cell_group_count(const struct report_answer *answer, jval *row, size_t count);
/* {measure, value, unit, meaning}: a table of figures of different kinds (report_council_firms.c). */
extern const struct report_column report_measure_columns[];
void report_append_measure(jval *rows, const char *ko, const char *en, jval *value, const char *unit, const char *what_ko, const char *what_en);

/* ---- sections that several kinds have ---- */

void report_funnel_section(const struct report_answer *answer, jval *sections);      /* report_council.c */
void report_competition_section(const struct report_answer *answer, jval *sections);
void report_budget_section(const struct report_answer *answer, jval *sections);
void report_years_section(const struct report_answer *answer, jval *sections);
void report_targets_section(const struct report_answer *answer, jval *sections);     /* report_targets.c */

/* ---- kinds ---- */

/* The yearly evaluation (report_year.c and what it calls). */
ieum_status report_year_sections(struct call *call, struct report_answer *answer, jval *sections, struct problem *problem);
/* "retrain" and "out" of the request: FORBIDDEN for a caller, INVALID where they do not go together (report_year_model.c). */
ieum_status report_read_retrain(const struct call *call, bool *retrain, const char **out, struct problem *problem);
void report_year_notes(const struct report_answer *answer, jval *notes);
void report_plan_sections(const struct report_answer *answer, jval *sections); /* report_targets.c */

/* Appends the council report's sections (report_council.c, report_council_firms.c). */
ieum_status report_council_sections(struct report_answer *answer, jval *sections, struct problem *problem);
ieum_status report_council_firms(struct report_answer *answer, jval *sections, struct problem *problem);
/* Those of the report by supplier, the only ones that name a firm (report_council_firms.c). */
ieum_status report_suppliers_sections(struct report_answer *answer, jval *sections, struct problem *problem);
/* With what it was computed: an annex (report_basis.c). */
void report_basis_sections(const struct report_answer *answer, jval *sections);
/* What a reader of the counts has to know: [{"ko", "en"}] (report_basis.c). */
jval *report_notes(const struct report_answer *answer);
/* Where each firm stands in the four modules (report_modules.c). */
ieum_status report_modules(struct call *call, jval **result, struct problem *problem);
ieum_status report_statistics(struct call *call, jval **result, struct problem *problem); /* survey statistics (report_statistics.c) */
/* The result sheets of a round (report_result.c). */
ieum_status report_result(struct call *call, jval **result, struct problem *problem);

#endif
