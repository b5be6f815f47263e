/* SPDX-License-Identifier: Apache-2.0 */
/* Laid out in whole pixels, 640 wide, so that it fills an A4 page between its margins and a small screen without being cut. */
#include "chart_report.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/utf8.h"
#include "chart_svg.h"
#include "report_cell.h"
#include "table.h"

enum {
    WIDTH = 640,
    LABEL_RIGHT = 208, /* row labels end here */
    LABEL_WIDE = 32,   /* columns of a row label's line: Hangul two */
    BARS_LEFT = 216,
    BARS_RIGHT = 572,  /* the number stands behind the longest bar */
    BAR = 12,
    LINE = 15,
    ROW_GAP = 7,
    ROWS_MOST = 10,
    DRAWN_MOST = 4,
    PLOT_LEFT = 52, PLOT_RIGHT = 500, PLOT_TOP = 18, PLOT_BOTTOM = 138, LINES_HEIGHT = 166
};

struct drawing {
    const jval *section, *rows;
    bool korean;
    size_t columns[DRAWN_MOST], count;
    double most;
    struct buffer *out;
};

/* Dark enough on white, and apart in grey: the first full, the others outlined. */
static const char *const fills[DRAWN_MOST] = {"#1b4f8a", "#f7dcc8", "#d5e8e2", "#e8d9ec"}, *const strokes[DRAWN_MOST] = {"#1b4f8a", "#a23b00", "#00664f", "#7a3e87"};
static const char *const dashes[DRAWN_MOST] = {"", "7 4", "2 3", "10 3 2 3"};

static const jval *cell_at(const struct drawing *it, size_t row, size_t column) { return jval_at(jval_at(it->rows, row), column); }

static double value_at(const struct drawing *it, size_t row, size_t drawn) {
    const jval *cell = cell_at(it, row, it->columns[drawn]);
    return jval_is(cell, JVAL_INTEGER) || jval_is(cell, JVAL_REAL) ? jval_number(cell) : 0;
}

static void cell_text(const struct drawing *it, size_t row, size_t column, char text[REPORT_CELL]) {
    report_cell_write(cell_at(it, row, column), report_cell_unit(it->section, jval_at(it->rows, row), column), it->korean, text);
}

static const char *column_name(const struct drawing *it, size_t drawn) {
    return jval_text(jval_get(jval_at(jval_get(it->section, "columns"), it->columns[drawn]), it->korean ? "ko" : "en"));
}

static void add_text(struct buffer *out, int x, int y, const char *attributes, const char *text) {
    buffer_format(out, "<text x=\"%d\" y=\"%d\"%s%s>", x, y, *attributes ? " " : "", attributes);
    chart_add_escaped(out, text, 0);
    buffer_add_text(out, "</text>\n");
}

static void begin(const struct drawing *it, int height) {
    const char *id = jval_text(jval_get(it->section, "id"));
    char text[REPORT_CELL];
    buffer_format(it->out, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"chart-%s chart-%s-text\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-size=\"12\" fill=\"#222\">\n<title id=\"chart-%s\">",
                  id, id, WIDTH, height, WIDTH, height, id);
    chart_add_escaped(it->out, jval_text(jval_get(jval_get(it->section, "title"), it->korean ? "ko" : "en")), 0);
    buffer_format(it->out, "</title>\n<desc id=\"chart-%s-text\">", id);
    for (size_t row = 0; row < jval_count(it->rows); row++) {
        cell_text(it, row, 0, text);
        chart_add_escaped(it->out, text, 0);
        for (size_t c = 0; c < it->count; c++) {
            buffer_add_text(it->out, c ? ", " : ": ");
            chart_add_escaped(it->out, column_name(it, c), 0);
            cell_text(it, row, it->columns[c], text);
            buffer_add_byte(it->out, ' ');
            chart_add_escaped(it->out, text, 0);
        }
        buffer_add_text(it->out, ". ");
    }
    buffer_add_text(it->out, "</desc>\n");
}

/* ---- bars ---- */

static void add_bar_legend(const struct drawing *it, int y) {
    int x = BARS_LEFT;
    for (size_t c = 0; c < it->count; c++) {
        buffer_format(it->out, "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"11\" fill=\"%s\" stroke=\"%s\"/>\n", x, y - 10, fills[c], strokes[c]);
        add_text(it->out, x + 18, y, "", column_name(it, c));
        x += 40 + 7 * (int)utf8_text_width(column_name(it, c));
    }
}

/* The label on one line or two; what is longer ends in "…" and stands whole in the table. Returns the lines. */
static int split_label(const char *label, char lines[2][REPORT_CELL]) {
    struct buffer text = BUFFER_EMPTY;
    text_wrap(label, 0, 0, LABEL_WIDE, &text);
    const char *whole = text.bytes ? text.bytes : "", *rest = whole + strcspn(whole, "\n");
    snprintf(lines[0], REPORT_CELL, "%.*s", (int)(rest - whole), whole);
    lines[1][0] = '\0';
    if (*rest) {
        const char *second = rest + 1;
        const size_t size = strcspn(second, "\n");
        snprintf(lines[1], REPORT_CELL, "%.*s%s", (int)size, second, second[size] ? "…" : "");
    }
    const int count = *rest ? 2 : 1;
    buffer_free(&text);
    return count;
}

static int row_height(const struct drawing *it, int lines) {
    const int bars = (int)it->count * (BAR + 2), text = lines * LINE;
    return bars > text ? bars : text;
}

static void add_bar_row(const struct drawing *it, size_t row, int y, int height, int lines, char label[2][REPORT_CELL]) {
    char text[REPORT_CELL];
    const int text_top = y + (height - lines * LINE) / 2, bar_top = y + (height - (int)it->count * (BAR + 2)) / 2;
    for (int i = 0; i < lines; i++) add_text(it->out, LABEL_RIGHT, text_top + i * LINE + 12, "text-anchor=\"end\"", label[i]);
    for (size_t c = 0; c < it->count; c++) {
        const int wide = it->most > 0 ? (int)lround(value_at(it, row, c) / it->most * (BARS_RIGHT - BARS_LEFT)) : 0, top = bar_top + (int)c * (BAR + 2);
        if (wide > 0)
            buffer_format(it->out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" stroke=\"%s\"/>\n", BARS_LEFT, top, wide, BAR, fills[c], strokes[c]);
        cell_text(it, row, it->columns[c], text);
        add_text(it->out, BARS_LEFT + wide + 6, top + BAR - 2, "", text);
    }
}

static void draw_bars(const struct drawing *it) {
    const size_t count = jval_count(it->rows), shown = count < ROWS_MOST ? count : ROWS_MOST;
    struct buffer body = BUFFER_EMPTY;
    struct drawing inner = *it;
    int y = it->count > 1 ? 26 : 8;
    inner.out = &body;
    for (size_t row = 0; row < shown; row++) {
        char text[REPORT_CELL], label[2][REPORT_CELL];
        cell_text(it, row, 0, text);
        const int lines = split_label(text, label), height = row_height(it, lines);
        add_bar_row(&inner, row, y, height, lines, label);
        y += height + ROW_GAP;
    }
    buffer_format(&body, "<path d=\"M%d %dV%d\" stroke=\"#333\"/>\n", BARS_LEFT, it->count > 1 ? 22 : 4, y - 4);
    if (shown < count) {
        char rest[96];
        snprintf(rest, sizeof rest, it->korean ? "그 밖의 %zu줄은 아래 표에 있습니다." : "%zu more rows stand in the table below.", count - shown);
        add_text(&body, BARS_LEFT, y + 10, "", rest);
        y += 18;
    }
    begin(it, y);
    if (it->count > 1) add_bar_legend(it, 14);
    buffer_add(it->out, body.bytes ? body.bytes : "", body.size);
    if (body.failed) it->out->failed = true;
    buffer_free(&body);
    buffer_add_text(it->out, "</svg>");
}

/* ---- lines ---- */

/* Steps of 1, 2 or 5 times a power of ten, whole numbers, about four of them. */
static double step_of(double most) {
    const double raw = most / 4, power = pow(10, floor(log10(raw > 1 ? raw : 1))), times = raw / power;
    return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
}

static int x_of(const struct drawing *it, size_t row) { return PLOT_LEFT + 14 + (int)(row * (PLOT_RIGHT - PLOT_LEFT - 28) / (jval_count(it->rows) - 1)); }
static int y_of(double value, double top) { return PLOT_BOTTOM - (int)lround(value / top * (PLOT_BOTTOM - PLOT_TOP)); }

static void add_grid(const struct drawing *it, double step, double top) {
    char text[REPORT_CELL];
    for (double value = 0; value <= top; value += step) {
        jval *tick = jval_new_integer((int64_t)value);
        report_cell_write(tick, "count", it->korean, text);
        jval_free(tick);
        buffer_format(it->out, "<path d=\"M%d %dH%d\" stroke=\"%s\"/>\n", PLOT_LEFT, y_of(value, top), PLOT_RIGHT, value > 0 ? "#ddd" : "#333");
        add_text(it->out, PLOT_LEFT - 8, y_of(value, top) + 4, "text-anchor=\"end\"", text);
    }
    for (size_t row = 0; row < jval_count(it->rows); row++) {
        cell_text(it, row, 0, text);
        add_text(it->out, x_of(it, row), PLOT_BOTTOM + 20, "text-anchor=\"middle\"", text);
    }
}

static void add_line(const struct drawing *it, size_t drawn, double top) {
    buffer_add_text(it->out, "<polyline points=\"");
    for (size_t row = 0; row < jval_count(it->rows); row++) buffer_format(it->out, "%s%d,%d", row ? " " : "", x_of(it, row), y_of(value_at(it, row, drawn), top));
    buffer_format(it->out, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\"/>\n", strokes[drawn], *dashes[drawn] ? dashes[drawn] : "none");
    for (size_t row = 0; row < jval_count(it->rows); row++)
        buffer_format(it->out, "<circle cx=\"%d\" cy=\"%d\" r=\"3.5\" fill=\"%s\" stroke=\"%s\" stroke-width=\"1.5\"/>\n", x_of(it, row), y_of(value_at(it, row, drawn), top),
                      drawn ? "#fff" : strokes[drawn], strokes[drawn]);
}

enum { NAME_HEIGHT = 16 };

/* The lines from the highest end to the lowest. */
static void order_ends(const struct drawing *it, size_t last, size_t order[DRAWN_MOST]) {
    for (size_t n = 0; n < it->count; n++) {
        size_t at = n;
        for (; at > 0 && value_at(it, last, order[at - 1]) < value_at(it, last, n); at--) order[at] = order[at - 1];
        order[at] = n;
    }
}

/* Names at the ends of the lines, pushed apart where they would lie on each other: down from above, then up from the axis, below which the years stand. */
static void add_line_names(const struct drawing *it, double top) {
    const size_t last = jval_count(it->rows) - 1;
    size_t order[DRAWN_MOST];
    int wanted[DRAWN_MOST], y[DRAWN_MOST], most = PLOT_BOTTOM;
    order_ends(it, last, order);
    for (size_t n = 0; n < it->count; n++) {
        wanted[n] = y_of(value_at(it, last, order[n]), top);
        y[n] = n && wanted[n] < y[n - 1] + NAME_HEIGHT ? y[n - 1] + NAME_HEIGHT : wanted[n];
    }
    for (size_t n = it->count; n-- > 0; most = y[n] - NAME_HEIGHT)
        if (y[n] > most) y[n] = most;
    for (size_t n = 0; n < it->count; n++) {
        char text[REPORT_CELL], line[REPORT_CELL + 96];
        cell_text(it, last, it->columns[order[n]], text);
        snprintf(line, sizeof line, "%.90s %s", column_name(it, order[n]), text);
        buffer_format(it->out, "<path d=\"M%d %dL%d %d\" stroke=\"#767676\"/>\n", PLOT_RIGHT - 8, wanted[n], PLOT_RIGHT + 4, y[n]);
        add_text(it->out, PLOT_RIGHT + 8, y[n] + 4, "font-weight=\"bold\"", line);
    }
}

static void draw_lines(const struct drawing *it) {
    const double step = step_of(it->most > 0 ? it->most : 1), top = step * ceil((it->most > 0 ? it->most : 1) / step);
    begin(it, LINES_HEIGHT);
    add_grid(it, step, top);
    for (size_t c = 0; c < it->count; c++) add_line(it, c, top);
    add_line_names(it, top);
    buffer_add_text(it->out, "</svg>");
}

bool chart_report_section(const jval *section, bool korean, struct buffer *svg) {
    struct drawing it = {.section = section, .rows = jval_get(section, "rows"), .korean = korean, .out = svg};
    const char *chart = jval_text(jval_get(section, "chart"));
    const jval *drawn = jval_get(section, "chart_columns");
    const bool lines = strcmp(chart, "lines") == 0;
    for (size_t i = 0; i < jval_count(drawn) && it.count < DRAWN_MOST; i++) {
        const size_t column = report_column(section, jval_text(jval_at(drawn, i)));
        if (column < jval_count(jval_get(section, "columns"))) it.columns[it.count++] = column;
    }
    if ((!lines && strcmp(chart, "bars") != 0) || !it.count || jval_count(it.rows) < (lines ? 2 : 1)) return false;
    for (size_t row = 0; row < jval_count(it.rows); row++)
        for (size_t c = 0; c < it.count; c++)
            if (value_at(&it, row, c) > it.most) it.most = value_at(&it, row, c);
    if (lines) draw_lines(&it);
    else draw_bars(&it);
    return true;
}
