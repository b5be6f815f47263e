/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op find: {"word", "suppliers"?: [record], "k"?} → {"word", "exact", "found", "suppliers": [{"supplier", "name", "kind", "exact", "score", "occurrences", "field",
 * "start", "end", "text", "around"}]}: who holds the word in a text, in whatever spelling; after them who holds parts of it.
 */
#include <string.h>

#include "../base/utf8.h"
#include "request.h"

enum { STANDARD_K = 50, MOST_K = 100000, LONGEST_WORD = 200, AROUND = 20 };

/* The code points [start, end) of a text. */
static jval *cut(const char *text, size_t start, size_t end) {
    const size_t size = strlen(text), from = utf8_offset(text, size, start);
    return jval_new_text_size(text + from, utf8_offset(text + from, size - from, end - start));
}

static jval *write_found(const struct find_answer *answer, const struct found_supplier *found, const struct taxonomy *taxonomy) {
    const struct supplier *supplier = &answer->cohort.suppliers.suppliers[found->supplier];
    jval *object = jval_new_object();
    jval_set_text(object, "supplier", supplier->id);
    jval_set_text(object, "name", supplier->firm.name);
    jval_set(object, "kind", write_kind(taxonomy, supplier->kind));
    jval_set_bool(object, "exact", found->occurrences > 0);
    jval_set_number(object, "score", found->score);
    jval_set_integer(object, "occurrences", (int64_t)found->occurrences);
    if (found->occurrences) {
        jval_set_text(object, "field", found->field);
        jval_set_integer(object, "start", found->start);
        jval_set_integer(object, "end", found->end);
        jval_set(object, "text", cut(found->text, found->start, found->end));
        jval_set(object, "around", cut(found->text, found->start > AROUND ? found->start - AROUND : 0, (size_t)found->end + AROUND));
    }
    return object;
}

ieum_status request_find(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"word", "suppliers", "k"};
    struct find_question question = {0};
    struct find_answer answer;
    const struct taxonomy *taxonomy;
    struct jpath at;
    int64_t k = STANDARD_K;
    ieum_status status = request_refuse_unknown(call->request, own, 3, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "word", true, &question.word, problem);
    if (status == IEUM_OK) status = field_integer(call->request, NULL, "k", false, 1, MOST_K, &k, problem);
    if (status == IEUM_OK && utf8_count_valid(question.word, strlen(question.word)) > LONGEST_WORD) {
        status = problem_set(problem, IEUM_LIMIT, "/word", "찾을 말이 너무 깁니다. 200자까지 받습니다.", "The word is too long; at most 200 characters are taken.");
        problem_set_expected(problem, "<= 200");
    }
    if (status == IEUM_OK) status = request_supplier_choice(call->request, &at, &question.suppliers, problem);
    if (status == IEUM_OK) status = workspace_taxonomy(call->workspace, &taxonomy, problem);
    if (status == IEUM_OK) status = pipeline_find(call->workspace, &question, &answer, problem);
    if (status != IEUM_OK) return status;
    jval *object = jval_new_object(), *suppliers = jval_new_array();
    jval_set_text(object, "word", question.word);
    jval_set_integer(object, "exact", (int64_t)answer.exact);
    jval_set_integer(object, "found", (int64_t)answer.count);
    for (size_t i = 0; i < answer.count && i < (size_t)k; i++) jval_append(suppliers, write_found(&answer, &answer.items[i], taxonomy));
    jval_set(object, "suppliers", suppliers);
    find_answer_free(&answer);
    *result = object;
    return IEUM_OK;
}
