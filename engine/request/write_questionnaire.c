/* SPDX-License-Identifier: Apache-2.0 */
/* The questionnaire, the types of need and the checklist as they are filled in. */
#include "write_diagnosis.h"

static jval *write_head(const struct diagnosis_head *head) {
    jval *object = jval_new_object();
    jval_set_text(object, "id", head->id);
    jval_set_text(object, "version", head->version);
    jval_set_text(object, "effective", head->effective);
    jval_set(object, "source", write_text2(head->source));
    jval_set(object, "defaults", write_text2(head->defaults));
    return object;
}

static jval *write_question(const struct readiness_question *question) {
    jval *object = jval_new_object(), *list = jval_new_array();
    jval_set_text(object, "id", question->id);
    jval_set_text(object, "kind", question_kind_names[question->kind]);
    jval_set(object, "text", write_text2(question->text));
    jval_set(object, "maker", write_text2(readiness_wording(question->text, question->maker, true)));
    jval_set(object, "why", write_text2(question->why));
    jval_set_number(object, "points", question->points);
    for (size_t c = 0; c < question->choice_count; c++) {
        jval *one = jval_new_object();
        jval_set_text(one, "id", question->choices[c].id);
        jval_set(one, "text", write_text2(question->choices[c].text));
        jval_set_number(one, "points", question->choices[c].points);
        jval_append(list, one);
    }
    for (size_t b = 0; b < question->band_count; b++) {
        jval *one = jval_new_object();
        jval_set_number(one, "from", question->bands[b].from);
        jval_set_number(one, "points", question->bands[b].points);
        jval_append(list, one);
    }
    jval_set(object, question->kind == QUESTION_NUMBER ? "bands" : "choices", list);
    if (question->kind != QUESTION_NUMBER) return object;
    jval_set(object, "unit", write_text2(question->unit));
    jval_set_number(object, "least", question->least);
    jval_set_number(object, "most", question->most);
    return object;
}

static jval *write_area(const struct readiness *readiness, const struct readiness_area *area) {
    jval *object = jval_new_object(), *questions = jval_new_array();
    jval_set_text(object, "id", area->id);
    jval_set(object, "title", write_text2(area->title));
    jval_set(object, "maker", write_text2(readiness_wording(area->title, area->maker, true)));
    jval_set_number(object, "points", area->points);
    for (size_t q = area->first; q < area->first + area->count; q++) jval_append(questions, write_question(&readiness->questions[q]));
    jval_set(object, "questions", questions);
    return object;
}

static jval *write_needs(const struct routes *routes) {
    jval *array = jval_new_array();
    for (size_t n = 0; n < routes->need_count; n++) {
        jval *one = jval_new_object();
        jval_set_text(one, "id", routes->needs[n].id);
        jval_set(one, "title", write_text2(routes->needs[n].title));
        jval_set_text(one, "source", routes->needs[n].source);
        jval_append(array, one);
    }
    return array;
}

static jval *write_checklist(const struct ethics *ethics) {
    jval *object = write_head(&ethics->head), *answers = jval_new_array(), *items = jval_new_array();
    for (size_t c = 0; c < ethics->choice_count; c++) {
        jval *one = jval_new_object();
        jval_set_text(one, "id", ethics->choices[c].id);
        jval_set(one, "text", write_text2(ethics->choices[c].text));
        jval_set_bool(one, "flag", ethics->choices[c].flag);
        jval_append(answers, one);
    }
    for (size_t i = 0; i < ethics->item_count; i++) {
        const struct ethics_item *item = &ethics->items[i];
        jval *one = jval_new_object(), *principle = jval_new_object();
        jval_set_text(one, "id", item->id);
        jval_set_text(principle, "id", ethics->principles[item->principle].id);
        jval_set(principle, "title", write_text2(ethics->principles[item->principle].title));
        jval_set(one, "principle", principle);
        jval_set(one, "text", write_text2(item->text));
        jval_set(one, "why", write_text2(item->why));
        jval_set_text(one, "source", item->source);
        jval_append(items, one);
    }
    jval_set(object, "answers", answers);
    jval_set(object, "items", items);
    return object;
}

/* What a firm's size may be, for a form to offer. */
static jval *write_sizes(const struct taxonomy *taxonomy) {
    const struct firm_size *size;
    jval *array = jval_new_array();
    for (size_t s = 0; (size = size_at(taxonomy, s)) != NULL; s++) {
        jval *one = jval_new_object();
        jval_set_text(one, "id", size->id);
        jval_set(one, "title", write_text2((struct text2){size->id, size->english}));
        jval_append(array, one);
    }
    return array;
}

jval *write_questionnaire(const struct diagnosis_data *data, const struct taxonomy *taxonomy) {
    const struct readiness *readiness = &data->readiness;
    jval *object = jval_new_object(), *head = write_head(&readiness->head), *areas = jval_new_array(), *stages = jval_new_array();
    for (size_t a = 0; a < readiness->area_count; a++) jval_append(areas, write_area(readiness, &readiness->areas[a]));
    for (size_t s = 0; s < readiness->stage_count; s++) jval_append(stages, write_stage(readiness, s));
    jval_set_number(head, "least_answered", readiness->least_answered);
    jval_set(head, "reference", write_reference(readiness));
    jval_set(head, "stages", stages);
    jval_set(head, "stages_source", write_text2(readiness->stages_source));
    jval_set(head, "areas", areas);
    jval_set(object, "questionnaire", head);
    jval_set(object, "needs", write_needs(&data->routes));
    jval_set(object, "sizes", write_sizes(taxonomy));
    jval_set(object, "ethics", write_checklist(&data->ethics));
    return object;
}
