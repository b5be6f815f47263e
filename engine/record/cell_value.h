/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A cell's text → the JSON value that the record's shape asks for. What cannot be read that way stays the text it is,
 * so that the record's own validation refuses it with the value that stands in the file; nothing is guessed.
 */
#ifndef IEUM_RECORD_CELL_VALUE_H
#define IEUM_RECORD_CELL_VALUE_H

#include "headers.h"

/* NULL for an empty cell and for the words that mean "none". A new value, owned by the caller. */
jval *cell_value(const struct header_table *table, const struct header_column *column, const char *text);

/* "2019. 8. 19.", "2019/08/19", "20190819", "2019년 8월 19일", also with a time of day → "2019-08-19". False for
 * anything else. */
bool cell_date(const char *text, char date[11]);

#endif
