/* SPDX-License-Identifier: Apache-2.0 */
/* op explain-text: {"text"} → {"lexicon", "mentions": [{"concept", "title", "facet", "start", "end", "text", "kind", "negated"}], "meaning": [{"concept",
 * "title", "facet", "weight", "start"?, "end"?, "text"?}], "understood": [{"concept", "title", "facet", "confidence"}]}: what a text is understood as, by its words,
 * as a whole, and in sum. */
#include <string.h>

#include "../base/utf8.h"
#include "request.h"

enum { MOST_MEANT = 12, LONGEST_TEXT = 1 << 20 }; /* as of a record's text */

static const char *const kinds[] = {"name", "says", "pattern"}; /* enum mention_kind */

/* A place in the text, in code points and in bytes: mentions come by their start, so it only moves on. */
struct place {
    const char *text;
    size_t size, points, bytes;
};

static void set_span(jval *object, struct place *place, uint32_t start, uint32_t end) {
    place->bytes += utf8_offset(place->text + place->bytes, place->size - place->bytes, start - place->points);
    place->points = start;
    const char *from = place->text + place->bytes;
    jval_set_integer(object, "start", start);
    jval_set_integer(object, "end", end);
    jval_set(object, "text", jval_new_text_size(from, utf8_offset(from, place->size - place->bytes, end - start)));
}

static jval *write_mention(const struct lexicon *lexicon, const struct mention *mention, struct place *place) {
    jval *object = jval_new_object();
    write_concept(object, lexicon, mention->concept);
    set_span(object, place, mention->start, mention->end);
    jval_set_text(object, "kind", kinds[mention->kind]);
    jval_set_bool(object, "negated", mention->negated);
    if (mention->undecided) jval_set_bool(object, "undecided", true);
    return object;
}

static jval *write_meaning(const struct lexicon *lexicon, const struct meaning *meaning, const char *text) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < meaning->count && i < MOST_MEANT; i++) {
        jval *object = jval_new_object();
        write_concept(object, lexicon, meaning->items[i].concept);
        jval_set_number(object, "weight", (double)(meaning->items[i].weight * 1000u / MEANING_ONE) / 1000);
        for (size_t s = 0; s < meaning->span_count; s++) {
            struct place place = {text, strlen(text), 0, 0};
            if (meaning->spans[s].concept == meaning->items[i].concept) set_span(object, &place, meaning->spans[s].start, meaning->spans[s].end);
        }
        jval_append(array, object);
    }
    return array;
}

static jval *write_all(const struct lexicon *lexicon, const struct understanding *notes, const struct understood *understood, const char *text) {
    jval *object = jval_new_object(), *list = jval_new_array(), *head = jval_new_object();
    struct place place = {text, strlen(text), 0, 0};
    for (size_t i = 0; i < notes->count; i++) jval_append(list, write_mention(lexicon, &notes->mentions[i].mention, &place));
    jval_set_text(head, "hash", lexicon_hash(lexicon));
    jval_set_integer(head, "concepts", lexicon_count(lexicon));
    jval_set(object, "lexicon", head);
    jval_set(object, "understood", write_understood(lexicon, understood));
    jval_set(object, "mentions", list);
    jval_set(object, "meaning", write_meaning(lexicon, &notes->meaning, text));
    return object;
}

ieum_status request_explain_text(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"text"};
    const struct lexicon *lexicon;
    const char *text = NULL;
    struct desk desk = {0};
    struct understanding notes;
    struct understood understood;
    struct record_text need = {TEXT_NEED, "/text", NULL}; /* what is understood keeps pointing to it */
    ieum_status status = request_refuse_unknown(call->request, own, 1, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "text", true, &text, problem);
    if (status == IEUM_OK && strlen(text) > LONGEST_TEXT) {
        status = problem_set(problem, IEUM_LIMIT, "/text", "글이 너무 깁니다. 1 MiB까지 받습니다.", "The text is too long; at most 1 MiB is taken.");
        problem_set_expected(problem, "<= 1048576 bytes");
    }
    if (status == IEUM_OK) status = workspace_lexicon(call->workspace, &lexicon, problem);
    if (status == IEUM_OK) status = pipeline_load_desk(call->workspace, &desk, problem);
    if (status == IEUM_OK) {
        need.text = text;
        status = understand(lexicon, (struct record_texts){&need, 1}, call->arena, &notes, problem);
    }
    if (status == IEUM_OK) status = understood_find(&desk, lexicon, &notes, call->arena, &understood, problem);
    if (status == IEUM_OK) *result = write_all(lexicon, &notes, &understood, text);
    desk_free(&desk);
    return status;
}
