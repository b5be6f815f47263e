/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The documents of the concepts: names and sayings as they are read, and the example passages of files that hold
 * {"examples", "version", "effective", "source", "passages": [{"text", "concepts": [id], "voice"}]}. A passage goes into the document of every concept that it
 * is tagged with. In: parsed JSON; out: passages of the lexicon, and the index over them.
 */
#include <stdlib.h>
#include <string.h>

#include "lexicon_parts.h"

static const char *const voices[] = {"demand", "supplier"};

bool lexicon_holds_examples(const jval *file) { return jval_get(file, "examples") != NULL; }

ieum_status lexicon_add_passage(struct lexicon *lexicon, uint32_t concept, const char *text, struct problem *problem) {
    const struct lexicon_passage passage = {concept, arena_copy_text(lexicon->arena, text)};
    return passage.text != NULL && vector_push(&lexicon->passages, passage) ? IEUM_OK : problem_set_memory(problem);
}

/* Adds the passage to the documents of the concepts that it names. */
static ieum_status tag(struct lexicon *lexicon, const jval *value, const struct jpath *at, const char *text, struct problem *problem) {
    const struct jpath list_at = {at, "concepts", 0};
    const jval *list = NULL;
    ieum_status status = field_array(value, at, "concepts", true, &list, problem);
    const char *copy = status == IEUM_OK ? arena_copy_text(lexicon->arena, text) : NULL;
    if (status == IEUM_OK && copy == NULL) return problem_set_memory(problem);
    if (status == IEUM_OK && jval_count(list) == 0)
        return jval_refuse(problem, &list_at, list, "[id]", "개념이 하나는 있어야 합니다.", "There must be at least one concept.");
    for (size_t i = 0; status == IEUM_OK && i < jval_count(list); i++) {
        const struct jpath item = {&list_at, NULL, i};
        const struct lexicon_passage passage = {map_get_text(lexicon->ids, jval_text(jval_at(list, i))), copy};
        if (passage.concept == MAP_NONE)
            return jval_refuse(problem, &item, jval_at(list, i), NULL, "그런 id의 개념이 없습니다.", "There is no concept with this id.");
        if (!vector_push(&lexicon->passages, passage)) status = problem_set_memory(problem);
    }
    return status;
}

ieum_status lexicon_read_examples(struct lexicon *lexicon, const jval *file, struct problem *problem) {
    static const char *const known[] = {"examples", "version", "effective", "source", "note", "passages"};
    static const char *const passage_known[] = {"text", "concepts", "voice"};
    const struct jpath root = {NULL, NULL, 0}, list_at = {&root, "passages", 0};
    const jval *list = NULL;
    const char *text = NULL;
    size_t voice = 0;
    ieum_status status = field_refuse_unknown(file, &root, known, sizeof known / sizeof *known, problem);
    for (size_t i = 0; i < 3 && status == IEUM_OK; i++) status = field_text(file, &root, known[i], true, &text, problem);
    if (status == IEUM_OK) status = field_array(file, &root, "passages", true, &list, problem);
    for (size_t i = 0; status == IEUM_OK && i < jval_count(list); i++) {
        const struct jpath at = {&list_at, NULL, i};
        const jval *value = jval_at(list, i);
        if (!jval_is(value, JVAL_OBJECT))
            return jval_refuse(problem, &at, value, "object", "객체여야 합니다.", "This must be an object.");
        status = field_refuse_unknown(value, &at, passage_known, 3, problem);
        if (status == IEUM_OK) status = field_text(value, &at, "text", true, &text, problem);
        if (status == IEUM_OK) status = field_choice(value, &at, "voice", true, voices, 2, &voice, problem);
        if (status == IEUM_OK) status = tag(lexicon, value, &at, text, problem);
    }
    return status;
}

/* ---- the index ---- */

/* Passages by concept, in the order of reading: a counting sort. */
static void gather(const struct lexicon *lexicon, size_t *first, struct weighted_text *texts, struct weighted_document *documents) {
    const size_t concepts = lexicon_count(lexicon);
    for (size_t i = 0; i < lexicon->passages.count; i++) first[lexicon->passages.items[i].concept + 1]++;
    for (size_t c = 0; c < concepts; c++) first[c + 1] += first[c];
    for (size_t c = 0; c < concepts; c++) documents[c] = (struct weighted_document){texts + first[c], first[c + 1] - first[c]};
    for (size_t i = 0; i < lexicon->passages.count; i++)
        texts[first[lexicon->passages.items[i].concept]++] = (struct weighted_text){lexicon->passages.items[i].text, 1};
}

ieum_status lexicon_index_documents(const struct lexicon *lexicon, struct text_index **documents, struct problem *problem) {
    const size_t concepts = lexicon_count(lexicon);
    if (lexicon->meaning.keep == 0) return IEUM_OK;
    size_t *first = memory_allocate_zero(concepts + 1, sizeof *first);
    struct weighted_text *texts = memory_allocate_zero(lexicon->passages.count + 1, sizeof *texts);
    struct weighted_document *list = memory_allocate_zero(concepts, sizeof *list);
    ieum_status status = first && texts && list ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK) {
        gather(lexicon, first, texts, list);
        status = text_index_new_levelled(list, concepts, lexicon->meaning.k1, lexicon->meaning.b, lexicon->meaning.least_length, lexicon->threads, documents,
                                         problem);
    }
    memory_free(first);
    memory_free(texts);
    memory_free(list);
    return status;
}
