/* SPDX-License-Identifier: Apache-2.0 */
/* op explain-text: {"text"} → {"lexicon", "mentions": [{"concept", "title", "facet", "start", "end", "text", "kind", "negated"}]}: what a text is
 * understood as. */
#include <string.h>

#include "../base/utf8.h"
#include "request.h"

static const char *const kinds[] = {"name", "says", "pattern"}; /* enum mention_kind */

static jval *write_mention(const struct lexicon *lexicon, const struct mention *mention, const char *text, size_t size) {
    const struct concept *concept = lexicon_concept(lexicon, mention->concept);
    size_t start = utf8_offset(text, size, mention->start), end = utf8_offset(text, size, mention->end);
    jval *object = jval_new_object();
    jval_set_text(object, "concept", concept->id);
    jval_set(object, "title", write_text2((struct text2){concept->ko, concept->en}));
    jval_set_text(object, "facet", facet_names[concept->facet]);
    jval_set_integer(object, "start", mention->start);
    jval_set_integer(object, "end", mention->end);
    jval_set(object, "text", jval_new_text_size(text + start, end - start));
    jval_set_text(object, "kind", kinds[mention->kind]);
    jval_set_bool(object, "negated", mention->negated);
    if (mention->undecided) jval_set_bool(object, "undecided", true);
    return object;
}

ieum_status request_explain_text(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"text"};
    const struct lexicon *lexicon;
    const char *text = NULL;
    mention_list mentions = {0};
    ieum_status status = request_refuse_unknown(call->request, own, 1, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "text", true, &text, problem);
    if (status == IEUM_OK) status = workspace_lexicon(call->workspace, &lexicon, problem);
    if (status == IEUM_OK) status = lexicon_annotate(lexicon, text, strlen(text), &mentions, problem);
    if (status == IEUM_OK) {
        jval *object = jval_new_object(), *list = jval_new_array(), *head = jval_new_object();
        for (size_t i = 0; i < mentions.count; i++) jval_append(list, write_mention(lexicon, &mentions.items[i], text, strlen(text)));
        jval_set_text(head, "hash", lexicon_hash(lexicon));
        jval_set_integer(head, "concepts", lexicon_count(lexicon));
        jval_set(object, "lexicon", head);
        jval_set(object, "mentions", list);
        *result = object;
    }
    vector_free(&mentions);
    return status;
}
