/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of pages that more than one operation shows. */
#ifndef IEUM_RENDER_PARTS_H
#define IEUM_RENDER_PARTS_H

#include "render.h"

void render_applicants(struct page *page, const jval *demands);      /* render_check.c */
void render_suggestions(struct page *page, const jval *shortlist);   /* render_suggest.c: rank, supplier, points, reason */

#endif
