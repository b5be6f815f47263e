/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Replies as text: "json" (a line per element where the reply is a list), "table" for people, "trec" for suggestions and evaluations, "svg" (chart_svg.h) for what compares methods. Reads the reply's JSON alone, so that every
 * binding shows the same.
 */
#ifndef IEUM_RENDER_RENDER_H
#define IEUM_RENDER_RENDER_H

#include "../adapt/json.h"

ieum_status render_reply(const jval *reply, const char *format, bool korean, int width, char **text, struct problem *problem);

#endif
