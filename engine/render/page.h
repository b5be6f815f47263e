/* SPDX-License-Identifier: Apache-2.0 */
/* The page that an operation's reply is written on, in one of the two languages; and who writes what on it. */
#ifndef IEUM_RENDER_PAGE_H
#define IEUM_RENDER_PAGE_H

#include "../adapt/json.h"
#include "document.h"

struct page {
    struct buffer out;
    bool korean;
    size_t width;
    struct document *document; /* where not NULL, what is written becomes its blocks, and nothing is wrapped */
    char caption[256];         /* of the next table in a document */
};
/* The text of {"ko","en"} in the page's language. */
const char *page_text(const struct page *page, const jval *text2);
const char *page_choose(const struct page *page, const char *ko, const char *en);
void page_title(struct page *page, const char *title); /* of the whole page; else that of the operation stands there */
void page_heading(struct page *page, const char *ko, const char *en); /* "■ …" on a line of its own */
void page_heading_format(struct page *page, const char *format, ...) __attribute__((format(printf, 2, 3)));
void page_file_heading(struct page *page, const char *ko, const char *en); /* one that a document alone has: what a terminal shows speaks for itself there */
/* Lines that say what the next table is about, written as they are; in a document they become its caption. */
void page_caption(struct page *page, const char *lines);
/* Writes the table and frees it. `indent` columns stand free on the left. */
void page_table(struct page *page, struct table *table, size_t indent);
void page_image(struct page *page, const char *svg); /* a document's alone: a terminal shows the table beside it */
void page_break(struct page *page);                  /* a new sheet of paper; in text a line */
void page_end(struct page *page);                    /* lines that were written last become a block too */
/* Texts of an array, separated by ", ". */
void page_join(const jval *array, struct buffer *out);

/* ---- pages by operation: render_operation.c ---- */

/* Writes the page of an operation's result. False: it has none. */
bool render_operation(struct page *page, const char *op, const jval *result);
/* What the operation's page is called: "선발" */
const char *render_operation_title(const struct page *page, const char *op);

/* ---- one an operation ---- */
void render_generate(struct page *page, const jval *result);

void render_check(struct page *page, const jval *result);   /* render_check.c */
void render_suggest(struct page *page, const jval *result); /* render_suggest.c */
void render_round(struct page *page, const jval *result);   /* render_round.c */
void render_audit(struct page *page, const jval *result);   /* render_life.c */
void render_assign(struct page *page, const jval *result);  /* render_assign.c */
void render_selection(struct page *page, const jval *selection); /* render_select.c; rounds show it too */
void render_import(struct page *page, const jval *result);  /* render_office.c */
void render_export(struct page *page, const jval *result);
void render_doctor(struct page *page, const jval *result);
void render_backup(struct page *page, const jval *result);
void render_explain_text(struct page *page, const jval *result);
void render_cases(struct page *page, const jval *result);   /* render_desk.c */
void render_find(struct page *page, const jval *result);
void render_evaluate(struct page *page, const jval *result); /* render_evaluate.c */
void render_trec_measures(struct page *page, const jval *result);
void render_train(struct page *page, const jval *result);   /* render_train.c */
void render_model(struct page *page, const jval *result);   /* render_model.c */
void render_shadow(struct page *page, const jval *result);  /* render_shadow.c */
void render_diagnosis(struct page *page, const jval *result); /* render_diagnosis.c */
void render_account(struct page *page, const jval *result); /* render_access.c */
void render_access(struct page *page, const jval *result);
void render_preview(struct page *page, const jval *result); /* render_preview.c: a file before it is imported */
void render_report(struct page *page, const jval *result);    /* render_report.c */
void render_parties(struct page *page, const jval *parties, const char *of); /* render_parties.c: owner, operator, partners; `of`: whose, NULL: plain */
void render_program(struct page *page, const jval *result);  /* render_program.c */
void render_problem(struct page *page, const jval *problem); /* render_office.c */

/* ---- parts that more than one shows ---- */

void render_life(struct page *page, const jval *result);          /* render_life.c: pairs, consent, decisions, history of a round */
void render_mistakes(struct page *page, const jval *mistakes, bool but_first); /* render_program.c: of a program file; but_first: the first error was told before */
void render_replay(struct page *page, const jval *result);
void render_why(struct page *page, const jval *result);           /* render_asked.c */
void render_checks(struct page *page, const jval *result);
void render_differences(struct page *page, const jval *differences);
const char *page_word(const struct page *page, const char *id);   /* a state, step or kind as an office says it */
void render_applicants(struct page *page, const jval *demands);    /* render_check.c: id, firm, verdict, why */
void render_programs(struct page *page, const jval *programs);    /* render_diagnosis.c: which fit, with reasons; nothing for none */
void render_subject(struct page *page, const jval *id, const jval *demand); /* render_suggest.c: a line with id, firm and title */
void render_understood(struct page *page, const jval *understood, size_t indent); /* render_desk.c: what a text was understood as, on one line */
void render_questions(struct page *page, const jval *questions);   /* render_desk.c: what to ask next, what the answers bring */
void render_reached(struct page *page, const jval *result);        /* render_desk.c: whom one supplier could serve */
void render_measures(struct page *page, const jval *measures);       /* render_train.c: model and rubric on held-out lists */
void render_calibration(struct page *page, const jval *calibration);
void render_comparison(struct page *page, const jval *comparison);   /* render_comparison.c: measures of several methods, a column each */
void render_proof(struct page *page, const jval *assignment);      /* render_assign.c: what proves an assignment, or why there is none and what would help */
void render_modules(struct page *page, const jval *result);         /* render_modules.c: where firms stand */
void render_held_back(struct page *page, const jval *held);         /* the same file: demands that wait for what their program requires; nothing when there are none */
void render_result_sheets(struct page *page, const jval *result);  /* render_result.c: what each firm of a round is told */
void render_suggestions(struct page *page, const jval *shortlist); /* render_suggest.c: rank, supplier, points, why */

#endif
