/* SPDX-License-Identifier: Apache-2.0 */
/* Decodes a value of a query (application/x-www-form-urlencoded), strictly. */
#ifndef IEUM_HTTP_QUERY_TEXT_H
#define IEUM_HTTP_QUERY_TEXT_H

/* Owned by the caller (free). NULL: a '%' without two hexadecimal digits, an encoded NUL, or no memory. */
char *query_text(const char *raw);

#endif
