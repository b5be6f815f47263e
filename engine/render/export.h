/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Replies as files to take along: "csv" (tables as lines of cells), "xlsx" (a sheet a table), "html" (a page that prints to A4).
 *
 * In: the reply's JSON alone. Out: the bytes of the file, the same for the same reply. Texts of firms are data in all three: a cell is never a formula, markup is
 * escaped, no page has a script or fetches anything.
 */
#ifndef IEUM_RENDER_EXPORT_H
#define IEUM_RENDER_EXPORT_H

#include "../adapt/json.h"
#include "document.h"

/*
 * `table`: the title of one table or its number from 1; NULL: all. `*bytes` is freed with memory_free, written on IEUM_OK only. USAGE: there is no such format, or the
 * reply has no tables; NOT_FOUND: it has no such table; LIMIT: more rows than a sheet takes; INVALID: no reply of the engine, or one with a problem.
 */
ieum_status export_reply(const jval *reply, const char *format, const char *table, bool korean, char **bytes, size_t *size, struct problem *problem);

/* ---- one a format: all sheets, or `only` ---- */

void export_csv(const struct document *document, const struct sheets *sheets, const struct sheet *only, bool korean, struct buffer *out);
ieum_status export_xlsx(const struct document *document, const struct sheets *sheets, const struct sheet *only, const char *title, bool korean, struct buffer *out,
                        struct problem *problem);
/* `only`: the tables of that sheet alone. */
void export_html(const struct document *document, const char *title, const struct sheet *only, bool korean, struct buffer *out);

#endif
