/* SPDX-License-Identifier: Apache-2.0 */
#include "page.h"

const char *page_choose(const struct page *page, const char *ko, const char *en) { return page->korean ? ko : en; }

const char *page_text(const struct page *page, const jval *text2) {
    return jval_text(jval_get(text2, page->korean ? "ko" : "en"));
}

void page_join(const jval *array, struct buffer *out) {
    for (size_t i = 0; i < jval_count(array); i++) {
        if (i) buffer_add_text(out, ", ");
        buffer_add_text(out, jval_text(jval_at(array, i)));
    }
}

void page_heading(struct page *page, const char *ko, const char *en) { buffer_format(&page->out, "\n■ %s\n\n", page_choose(page, ko, en)); }
