/* SPDX-License-Identifier: Apache-2.0 */
/* "questions": [{"facet", "text", "bits", "answers": [{"concept", "title", "suppliers", "share", "shortlist": [{"rank", "supplier", "name", "points"}]}]}] */
#include "request.h"

static jval *write_outlook(const struct suggest_answer *answer, const struct outlook *outlook) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < outlook->count; i++) {
        const struct supplier *supplier = &answer->cohort.suppliers.suppliers[outlook->best[i].index];
        jval *object = jval_new_object();
        jval_set_integer(object, "rank", (int64_t)i + 1);
        jval_set_text(object, "supplier", supplier->id);
        jval_set_text(object, "name", supplier->firm.name);
        jval_set_number(object, "points", (double)outlook->best[i].score * answer->rubric.points_total / (double)SCORE_ONE);
        jval_append(array, object);
    }
    return array;
}

static jval *write_answer(const struct suggest_answer *answer, const struct question_answer *choice, const struct outlook *outlook) {
    const struct concept *concept = lexicon_concept(answer->space->lexicon, choice->concept);
    jval *object = jval_new_object();
    jval_set_text(object, "concept", concept->id);
    jval_set(object, "title", write_text2((struct text2){concept->ko, concept->en}));
    jval_set_integer(object, "suppliers", (int64_t)choice->suppliers);
    jval_set_number(object, "share", choice->share);
    jval_set(object, "shortlist", write_outlook(answer, outlook));
    return object;
}

jval *write_questions(const struct suggest_answer *answer, const struct shortlist *shortlist) {
    jval *array = jval_new_array();
    for (size_t q = 0; q < shortlist->questions.count; q++) {
        const struct next_question *question = &shortlist->questions.items[q];
        jval *object = jval_new_object(), *answers = jval_new_array();
        jval_set_text(object, "facet", facet_names[question->facet]);
        jval_set(object, "text", write_text2(answer->desk.facets[question->facet].text));
        jval_set_number(object, "bits", question->bits);
        for (size_t a = 0; a < question->count; a++) jval_append(answers, write_answer(answer, &question->answers[a], &shortlist->outlooks[q][a]));
        jval_set(object, "answers", answers);
        jval_append(array, object);
    }
    return array;
}
