/* SPDX-License-Identifier: Apache-2.0 */
#include "report_cell.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/utf8.h"

/* Thousands in groups of three, as money and counts are written. */
static void write_grouped(double number, int decimals, char text[REPORT_CELL]) {
    char plain[64];
    size_t at = 0;
    snprintf(plain, sizeof plain, "%.*f", decimals, fabs(number) < 1e15 ? number : 0);
    const size_t sign = plain[0] == '-', whole = strcspn(plain, ".");
    for (size_t i = 0; plain[i]; i++) {
        if (i > sign && i < whole && (whole - i) % 3 == 0) text[at++] = ',';
        text[at++] = plain[i];
    }
    text[at] = '\0';
}

/* An exact half goes away from zero, as people round and as the page does; printf would take the even neighbour. */
static double past_half(double number) { return nextafter(number, number < 0 ? -INFINITY : INFINITY); }

static void write_number(double number, bool whole, const char *unit, char text[REPORT_CELL]) {
    if (strcmp(unit, "share") == 0) snprintf(text, REPORT_CELL, "%.1f%%", past_half(100 * number));
    else if (strcmp(unit, "coefficient") == 0) snprintf(text, REPORT_CELL, "%.3f", past_half(number));
    else if (strcmp(unit, "index") == 0) write_grouped(past_half(number), 0, text);
    else if (strcmp(unit, "ratio") == 0) write_grouped(past_half(number), 2, text);
    else write_grouped(whole ? number : past_half(number), whole ? 0 : 1, text);
}

void report_cell_write(const jval *cell, const char *unit, bool korean, char text[REPORT_CELL]) {
    const char *words = jval_is(cell, JVAL_OBJECT) ? jval_text(jval_get(cell, korean ? "ko" : "en")) : jval_text(cell);
    text[0] = '\0';
    if (jval_is(cell, JVAL_INTEGER) || jval_is(cell, JVAL_REAL)) {
        const double number = jval_number(cell);
        write_number(number, number == floor(number), unit, text);
    } else if (!cell || jval_is(cell, JVAL_NULL)) {
        snprintf(text, REPORT_CELL, "-");
    } else {
        const size_t size = utf8_cut(words, strlen(words), REPORT_CELL - 1);
        memcpy(text, words, size);
        text[size] = '\0';
    }
}

size_t report_column(const jval *section, const char *id) {
    const jval *columns = jval_get(section, "columns");
    size_t c = 0;
    while (c < jval_count(columns) && strcmp(jval_text(jval_get(jval_at(columns, c), "id")), id) != 0) c++;
    return c;
}

const char *report_cell_unit(const jval *section, const jval *row, size_t column) {
    const char *unit = jval_text(jval_get(jval_at(jval_get(section, "columns"), column), "unit"));
    return strcmp(unit, "by_row") == 0 ? jval_text(jval_at(row, report_column(section, "unit"))) : unit;
}
