/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A section of the council report as a picture: bars lying, a group of them a row; or lines over the years. In: a section of op report with "chart" and "chart_columns". Out:
 * one SVG element to stand in a page above the table of the same numbers: its own title and description, no script, no colour that is needed to read it (bars are full or
 * outlined, lines end at their names). It draws what the section says and computes nothing.
 */
#ifndef IEUM_RENDER_CHART_REPORT_H
#define IEUM_RENDER_CHART_REPORT_H

#include "../adapt/json.h"
#include "../base/buffer.h"

/* False: the section has no picture ("none", no rows, or one year alone), and nothing was written. */
bool chart_report_section(const jval *section, bool korean, struct buffer *svg);

#endif
