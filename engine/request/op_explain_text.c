/* SPDX-License-Identifier: Apache-2.0 */
/* op explain-text: {"text"} → {"lexicon", "mentions": [{"concept", "title", "facet", "start", "end", "text", "kind", "negated"}]}: what a text is
 * understood as. */
#include <string.h>

#include "../base/utf8.h"
#include "request.h"

enum { LONGEST_TEXT = 1 << 20 }; /* as of a record's text */

static const char *const kinds[] = {"name", "says", "pattern"}; /* enum mention_kind */

/* A place in the text, in code points and in bytes: mentions come by their start, so it only moves on. */
struct place {
    const char *text;
    size_t size, points, bytes;
};

static jval *write_mention(const struct lexicon *lexicon, const struct mention *mention, struct place *place) {
    const struct concept *concept = lexicon_concept(lexicon, mention->concept);
    place->bytes += utf8_offset(place->text + place->bytes, place->size - place->bytes, mention->start - place->points);
    place->points = mention->start;
    const char *start = place->text + place->bytes;
    size_t length = utf8_offset(start, place->size - place->bytes, mention->end - mention->start);
    jval *object = jval_new_object();
    jval_set_text(object, "concept", concept->id);
    jval_set(object, "title", write_text2((struct text2){concept->ko, concept->en}));
    jval_set_text(object, "facet", facet_names[concept->facet]);
    jval_set_integer(object, "start", mention->start);
    jval_set_integer(object, "end", mention->end);
    jval_set(object, "text", jval_new_text_size(start, length));
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
    if (status == IEUM_OK && strlen(text) > LONGEST_TEXT) {
        status = problem_set(problem, IEUM_LIMIT, "/text", "글이 너무 깁니다. 1 MiB까지 받습니다.", "The text is too long; at most 1 MiB is taken.");
        problem_set_expected(problem, "<= 1048576 bytes");
    }
    if (status == IEUM_OK) status = workspace_lexicon(call->workspace, &lexicon, problem);
    if (status == IEUM_OK) status = lexicon_annotate(lexicon, text, strlen(text), &mentions, problem);
    if (status == IEUM_OK) {
        jval *object = jval_new_object(), *list = jval_new_array(), *head = jval_new_object();
        struct place place = {text, strlen(text), 0, 0};
        for (size_t i = 0; i < mentions.count; i++) jval_append(list, write_mention(lexicon, &mentions.items[i], &place));
        jval_set_text(head, "hash", lexicon_hash(lexicon));
        jval_set_integer(head, "concepts", lexicon_count(lexicon));
        jval_set(object, "lexicon", head);
        jval_set(object, "mentions", list);
        *result = object;
    }
    vector_free(&mentions);
    return status;
}
