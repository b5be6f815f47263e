/* SPDX-License-Identifier: Apache-2.0 */
/* A reply as a file or a picture ("format" of the query): csv, xlsx, html, table, svg, trec. */
#ifndef IEUM_HTTP_API_EXPORT_H
#define IEUM_HTTP_API_EXPORT_H

#include "workers.h"

bool api_export_has(const char *format); /* "json" is one */
const char *api_export_type(const char *format);  /* its media type; a format that there is */
bool api_export_read(struct exchange *exchange); /* "format" and "table" of the query; false: they are not good */
/* Answers with the reply, which is taken, in the exchange's format. */
void api_export_answer(struct exchange *exchange, struct worker *worker, char *reply);

#endif
