/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The trade-off between methods as a picture: an SVG of one marked point a method, the total to the right, the demand that came off worst upwards.
 *
 * In: a "comparison", [{"method", "status", "measures": {…}}, …] as assign, round and shadow answer it. Out: one SVG document that stands alone: no script, no
 * font or image from elsewhere, all texts escaped, a title and a description for those who cannot see it. Its words stand beside the points they are about, so
 * that it reads without colour, in print, and at 640 pixels. It must not compute anything that the comparison does not say.
 */
#ifndef IEUM_RENDER_CHART_SVG_H
#define IEUM_RENDER_CHART_SVG_H

#include "../adapt/json.h"
#include "../base/buffer.h"

/*
 * `*svg` is NUL-terminated UTF-8, freed with memory_free, written on IEUM_OK only. Methods without measures (no solution) are named below the picture; with none
 * that has measures, the picture says so. INVALID when the comparison is no array of objects, MEMORY.
 */
ieum_status chart_comparison(const jval *comparison, bool korean, char **svg, struct problem *problem);

/* Text as XML has it, at most `most` code points (0: all) and "…" behind them. What XML 1.0 knows no character for becomes a space or U+FFFD. */
void chart_add_escaped(struct buffer *out, const char *text, size_t most);

/* What people call a method: "합계 최대", "greatest total". An unknown id is its own name. */
const char *chart_method_name(const char *method, bool korean);

#endif
