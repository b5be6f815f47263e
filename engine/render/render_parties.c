/* SPDX-License-Identifier: Apache-2.0 */
/* Whose program it is, who runs it for the owner, who helps: one paragraph. */
#include <string.h>

#include "page.h"
#include "table.h"

/* Partners of the same role stand together, roles in the order in which they first come. */
static void add_partners(const struct page *page, const jval *partners, struct buffer *line) {
    for (size_t i = 0; i < jval_count(partners); i++) {
        const jval *one = jval_at(partners, i);
        const char *role = page_text(page, jval_get(one, "role_title"));
        buffer_format(line, "%s%s(%s)", i ? ", " : page_choose(page, " · 협력 ", " · with "), page_text(page, jval_get(one, "title")), *role ? role : jval_text(jval_get(one, "role")));
    }
}

void render_parties(struct page *page, const jval *parties, const char *of) {
    const jval *owner = jval_get(parties, "owner"), *operator = jval_get(parties, "operator"), *partners = jval_get(parties, "partners");
    struct buffer line = BUFFER_EMPTY;
    if (jval_is(owner, JVAL_OBJECT)) buffer_format(&line, "%s %s", page_choose(page, "주관", "owner"), page_text(page, owner));
    if (jval_is(operator, JVAL_OBJECT)) buffer_format(&line, "%s%s %s", line.size ? " · " : "", page_choose(page, "운영(수탁)", "operated by"), page_text(page, operator));
    add_partners(page, partners, &line);
    if (line.size) {
        if (of) buffer_format(&page->out, "%s: ", of);
        text_wrap(line.bytes, 0, 0, page->width, &page->out);
        buffer_add_byte(&page->out, '\n');
    }
    if (line.failed) page->out.failed = true;
    buffer_free(&line);
}
