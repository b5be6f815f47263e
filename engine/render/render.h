/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Replies as text: "json" (a line per element where the reply is a list), "table" for people, "trec" for suggestions. Reads the reply's JSON alone, so that every
 * binding shows the same.
 */
#ifndef IEUM_RENDER_RENDER_H
#define IEUM_RENDER_RENDER_H

#include "../adapt/json.h"

ieum_status render_reply(const jval *reply, const char *format, bool korean, int width, char **text, struct problem *problem);

/* ---- one renderer an operation (in files of their own) ---- */

struct page {
    struct buffer out;
    bool korean;
    size_t width;
};
/* The text of {"ko","en"} in the page's language. */
const char *page_text(const struct page *page, const jval *text2);
const char *page_choose(const struct page *page, const char *ko, const char *en);
/* Texts of an array, separated by ", ". */
void page_join(const jval *array, struct buffer *out);

void render_check(struct page *page, const jval *result);   /* render_check.c */
void render_suggest(struct page *page, const jval *result); /* render_suggest.c */
void render_round(struct page *page, const jval *result);   /* render_round.c */
void render_assign(struct page *page, const jval *result);
void render_import(struct page *page, const jval *result);  /* render_office.c */
void render_program(struct page *page, const jval *result);
void render_doctor(struct page *page, const jval *result);
void render_backup(struct page *page, const jval *result);
void render_explain_text(struct page *page, const jval *result);
void render_problem(struct page *page, const jval *problem);

#endif
