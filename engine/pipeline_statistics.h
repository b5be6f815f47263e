/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Survey statistics (실태조사, R-042): how many firms there are by industry, size, AI role, maturity and what they answered, over the whole store.
 *
 *     definitions (data/report/statistics.json) → the firms of a base, once each → categories of each variable → counts → what is hidden
 *
 * In: the store and the definitions. Out: one-way counts of every variable, two-way tables of the pairs that the definitions name, and which cells
 * and sums of them are hidden. It must not know how the report is laid out.
 *
 * A firm counts once: by its registration number, with its latest application (the greater id where two are of one day); without a number each record
 * is a firm.
 *
 * What is guaranteed. Hidden are small counts and, beside them, as many more that no reader of the whole report can narrow a small count down to
 * fewer than `protection` + 1 consecutive values, sums and all tables of a base taken together. Two things make that hold across tables that share a
 * variable: the sums of a variable are decided once (of one whose categories are put together in another, within each group), and where a sum is
 * hidden, all cells of that row or column are hidden in every table; and the pairs of a base form no ring (definitions with one are refused), so that
 * tables which agree on the sums they share always have a common origin, whatever their insides: no table tells more of another's inside than the
 * sums they share (the junction tree of a decomposable model; Dobra & Fienberg 2000, PNAS 97). Not guaranteed: what a reader knows from elsewhere,
 * about his own firm say; the difference between two reports of different days; and that the reader does not know which of the hidden counts are
 * small.
 */
#ifndef IEUM_PIPELINE_STATISTICS_H
#define IEUM_PIPELINE_STATISTICS_H

#include "diagnosis/readiness.h"
#include "measure/suppression.h"
#include "pipeline.h"

enum { STATISTICS_POINTERS = 4 };

enum statistics_test {
    STATISTICS_PREFIX, /* the first text of the value begins with one of the words */
    STATISTICS_VALUE,  /* the value is one of the words */
    STATISTICS_SIZE,   /* a firm size that lies within one of the words */
    STATISTICS_REGION, /* an address in one of the regions */
    STATISTICS_HOLDS,  /* a list that holds one of the words */
    STATISTICS_SET,    /* a list of exactly these words */
    STATISTICS_STAGE,  /* points, by the stages of data/diagnosis/readiness.json */
    STATISTICS_GROUP,  /* categories of another variable, put together */
    STATISTICS_TESTS
};
struct statistics_category {
    const char *id;
    struct text2 title;
    const jval *words; /* texts, of SET lists of texts, of GROUP ids; NULL: every value that no other category takes */
    double from;       /* of STAGE */
};
struct statistics_variable {
    const char *id;
    size_t base;
    struct text2 title, unknown;
    const char *source;
    enum statistics_test test;
    const char *pointers[STATISTICS_POINTERS]; /* the first that is there counts */
    size_t pointer_count;
    size_t of;         /* of GROUP: the variable whose categories are put together; else SIZE_MAX */
    size_t grouped_by; /* the variable that does so with this one's; SIZE_MAX: none */
    size_t *group;     /* of GROUP: for each category of `of`, the one it is put into */
    struct statistics_category *categories;
    size_t count; /* with the last, "not known" */
    /* what came out */
    int64_t *counts;
    bool *hidden;
};
struct statistics_base {
    const char *id;
    struct text2 title;
    bool suppliers;
    const char *kind_pointer; /* records with another kind are no firms of the base; those that say none are */
    const jval *kinds;
    size_t records, firms;
    bool small; /* so few firms, or so unevenly spread, that nothing can be shown */
};
struct statistics_table {
    const char *id, *source;
    struct text2 title, note;
    size_t base;
    size_t rows, columns;              /* variables; SIZE_MAX: the table lists variables one below the other */
    size_t *variables, variable_count; /* of such a list, all with the same categories */
    /* what came out, of a pair */
    int64_t *counts;
    bool *hidden, shown; /* not shown: it cannot be protected, and nothing of its base is told */
};
struct statistics_answer {
    struct arena *arena;
    jval *json;
    struct readiness readiness;
    const char *version, *effective;
    struct text2 source, suppression_note;
    struct suppression_rule rule;
    struct statistics_base *bases;
    size_t base_count;
    struct statistics_variable *variables;
    size_t variable_count;
    struct statistics_table *tables;
    size_t table_count;
};

/* CONFLICT when the store has no firm of any base. Free with statistics_answer_free. */
ieum_status pipeline_statistics(struct workspace *workspace, struct statistics_answer *answer, struct problem *problem);
void statistics_answer_free(struct statistics_answer *answer); /* a zeroed one is fine */

/* Reads and checks the definitions into the answer (pipeline_statistics_terms.c). */
ieum_status statistics_read(const jval *json, struct statistics_answer *answer, struct problem *problem);
/* The category of a record, by the variable's definition (pipeline_statistics_terms.c). */
size_t statistics_category(const struct statistics_variable *variable, const struct taxonomy *taxonomy, const jval *record);

#endif
