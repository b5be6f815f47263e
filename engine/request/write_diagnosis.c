/* SPDX-License-Identifier: Apache-2.0 */
/* What came of a diagnosis, as JSON. */
#include "write_diagnosis.h"

#include <math.h>
#include <stdint.h>

jval *write_reference(const struct readiness *readiness) {
    jval *object = jval_new_object();
    jval_set_number(object, "value", readiness->reference);
    jval_set(object, "text", write_text2(readiness->reference_text));
    jval_set_text(object, "source", readiness->reference_source);
    return object;
}

jval *write_stage(const struct readiness *readiness, size_t stage) {
    if (stage == SIZE_MAX) return NULL;
    jval *object = jval_new_object();
    jval_set_text(object, "id", readiness->stages[stage].id);
    jval_set_text(object, "ko", readiness->stages[stage].title.ko);
    jval_set_text(object, "en", readiness->stages[stage].title.en);
    jval_set_number(object, "from", readiness->stages[stage].from);
    jval_set(object, "text", write_text2(readiness->stages[stage].text));
    return object;
}

static void write_share(jval *object, const struct readiness_share *share) {
    jval *interval = jval_new_object();
    jval_set_number(object, "score", share->score); /* null: nothing was answered */
    jval_set_number(interval, "least", share->least);
    jval_set_number(interval, "most", share->most);
    jval_set(object, "interval", interval);
    jval_set_number(object, "answered", share->answered);
}

static jval *write_areas(const struct diagnose_answer *answer, bool maker) {
    const struct readiness *readiness = &answer->data.readiness;
    jval *array = jval_new_array();
    for (size_t a = 0; a < readiness->area_count; a++) {
        const struct readiness_area *area = &readiness->areas[a];
        const struct readiness_share *share = &answer->result.areas[a];
        const struct area_advice *advice = readiness_advise(area, share);
        jval *object = jval_new_object();
        jval_set_text(object, "id", area->id);
        jval_set(object, "title", write_text2(readiness_wording(area->title, area->maker, maker)));
        write_share(object, share);
        jval_set_integer(object, "of", 100);
        jval_set_number(object, "points", area->points);
        jval_set_integer(object, "questions", (int64_t)area->count);
        jval_set_integer(object, "unanswered", (int64_t)share->unanswered);
        jval_set(object, "reference", NULL); /* the seeds have the whole alone */
        jval_set(object, "advice", advice ? write_text2(advice->text) : NULL);
        jval_append(array, object);
    }
    return array;
}

static jval *write_unanswered(const struct diagnose_answer *answer, bool maker) {
    const struct readiness *readiness = &answer->data.readiness;
    jval *array = jval_new_array();
    for (size_t q = 0; q < readiness->question_count; q++) {
        const struct readiness_question *question = &readiness->questions[q];
        if (answer->result.answers[q].given) continue;
        jval *object = jval_new_object();
        jval_set_text(object, "id", question->id);
        jval_set_text(object, "area", readiness->areas[question->area].id);
        jval_set(object, "text", write_text2(readiness_wording(question->text, question->maker, maker)));
        jval_append(array, object);
    }
    return array;
}

jval *write_diagnosed_needs(const struct diagnose_answer *answer) {
    static const char *const from[] = {"answer", "record", "text"};
    const struct routes *routes = &answer->data.routes;
    jval *object = jval_new_object(), *array = jval_new_array();
    if (!answer->needs) {
        jval_free(object);
        jval_free(array);
        return NULL;
    }
    for (size_t n = 0; n < routes->need_count; n++) {
        if (!answer->needs[n]) continue;
        jval *one = jval_new_object();
        jval_set_text(one, "id", routes->needs[n].id);
        jval_set(one, "title", write_text2(routes->needs[n].title));
        jval_append(array, one);
    }
    jval_set_text(object, "from", from[answer->needs_from]);
    jval_set(object, "types", array);
    return object;
}

/* Met: true; not met: false; open: null. */
static jval *write_state(enum condition_state state) { return state == CONDITION_OPEN ? NULL : jval_new_bool(state == CONDITION_MET); }

static jval *write_conditions(const struct diagnosed_program *one) {
    static const struct text2 unregistered = {"아직 등록되지 않은 사업입니다. 자격 요건은 공고에서 확인하십시오.", "This program is not registered yet; see its call for who may apply."};
    static const struct text2 closed = {"지금은 시행 기간이 아닌 사업입니다. 같은 종류의 다음 공고를 확인하십시오.", "This program is not in force today; look for the next call of its kind."};
    jval *array = jval_new_array();
    for (size_t i = 0; i < one->verdict.count; i++) {
        const struct route_condition *condition = &one->verdict.conditions[i];
        jval *object = write_text2(condition->text);
        jval_set_text(object, "kind", condition_kind_names[condition->kind]);
        jval_set(object, "met", write_state(condition->state));
        jval_append(array, object);
    }
    if (one->open == 1) return array;
    jval *object = write_text2(one->program ? closed : unregistered);
    jval_set_text(object, "kind", "program");
    jval_set(object, "met", NULL);
    jval_append(array, object);
    return array;
}

static jval *write_program_of(const struct diagnosed_program *one) {
    jval *object = jval_new_object();
    jval_set_text(object, "id", one->route->program);
    jval_set(object, "title", write_text2(one->program ? one->program->title : one->route->title));
    jval_set(object, "fits", write_state(one->verdict.fits));
    jval_set_bool(object, "to_confirm", one->verdict.to_confirm);
    jval_set_bool(object, "registered", one->program != NULL);
    jval_set(object, "open", one->open < 0 ? NULL : jval_new_bool(one->open == 1));
    jval_set(object, "version", one->program ? jval_new_text(one->program->version) : NULL);
    jval_set(object, "offers", write_text2(one->route->offers));
    jval_set(object, "reasons", write_conditions(one));
    jval_set(object, "next", write_text2(one->route->next));
    jval_set_text(object, "source", one->route->source);
    return object;
}

jval *write_diagnosed_programs(const struct diagnose_answer *answer) {
    jval *array = jval_new_array();
    for (size_t p = 0; p < answer->program_count; p++) jval_append(array, write_program_of(&answer->programs[p]));
    return array;
}

void write_routed_programs(const struct diagnose_answer *answer, jval *object) {
    jval *offered = jval_new_array(), *others = jval_new_array();
    for (size_t p = 0; p < answer->program_count; p++) {
        const struct diagnosed_program *one = &answer->programs[p];
        if (one->verdict.fits != CONDITION_NOT_MET && one->open != 0) jval_append(offered, write_program_of(one));
        else jval_append_text(others, one->route->program);
    }
    jval_set(object, "programs", offered);
    jval_set(object, "other_programs", others);
}

static jval *write_flag(const struct ethics *ethics, size_t item, int chosen) {
    jval *object = jval_new_object();
    const struct ethics_principle *principle = &ethics->principles[ethics->items[item].principle];
    jval_set_text(object, "id", ethics->items[item].id);
    jval_set_text(object, "principle", principle->id);
    jval_set(object, "principle_title", write_text2(principle->title));
    jval_set_text(object, "answer", ethics->choices[chosen].id);
    jval_set(object, "answer_title", write_text2(ethics->choices[chosen].text));
    jval_set(object, "text", write_text2(ethics->items[item].text));
    jval_set(object, "why", write_text2(ethics->items[item].why));
    jval_set(object, "do", write_text2(ethics->items[item].act));
    jval_set_text(object, "source", ethics->items[item].source);
    return object;
}

/* What is to be looked at: a list, never a score. */
static jval *write_ethics(const struct diagnose_answer *answer) {
    const struct ethics *ethics = &answer->data.ethics;
    if (!answer->chosen) return NULL;
    jval *object = jval_new_object(), *counts = jval_new_object(), *flags = jval_new_array(), *unanswered = jval_new_array();
    for (size_t c = 0; c < ethics->choice_count; c++) {
        int64_t count = 0;
        for (size_t i = 0; i < ethics->item_count; i++) count += answer->chosen[i] == (int)c;
        jval_set_integer(counts, ethics->choices[c].id, count);
    }
    for (size_t i = 0; i < ethics->item_count; i++) {
        if (answer->chosen[i] == ETHICS_UNANSWERED) jval_append_text(unanswered, ethics->items[i].id);
        else if (ethics->choices[answer->chosen[i]].flag) jval_append(flags, write_flag(ethics, i, answer->chosen[i]));
    }
    jval_set(object, "counts", counts);
    jval_set(object, "flags", flags);
    jval_set(object, "unanswered", unanswered);
    jval_set_text(object, "version", ethics->head.version);
    return object;
}

jval *write_diagnosis(const struct diagnose_answer *answer) {
    const struct readiness *readiness = &answer->data.readiness;
    const struct readiness_result *result = &answer->result;
    jval *object = jval_new_object(), *versions = jval_new_object();
    const bool maker = answer->makes_goods == 1;
    write_share(object, &result->total);
    jval_set(object, "stage", write_stage(readiness, result->stage));
    jval_set_bool(object, "stage_certain", result->stage_least == result->stage_most);
    jval_set(object, "areas", write_areas(answer, maker));
    jval_set(object, "reference", write_reference(readiness));
    jval_set(object, "unanswered", write_unanswered(answer, maker));
    jval_set(object, "readiness_score", answer->result.enough ? jval_new_number(result->total.score) : NULL);
    jval_set(object, "maker", answer->makes_goods < 0 ? NULL : jval_new_bool(maker));
    jval_set(object, "demand", answer->demand ? jval_new_text(answer->demand->id) : NULL);
    jval_set(object, "name", answer->demand ? jval_new_text(answer->demand->firm.name) : NULL);
    jval_set(object, "need", write_diagnosed_needs(answer));
    jval_set(object, "programs", write_diagnosed_programs(answer));
    jval_set(object, "ethics", write_ethics(answer));
    jval_set(object, "next", write_diagnosis_steps(answer));
    jval_set_text(versions, "readiness", readiness->head.version);
    jval_set_text(versions, "routes", answer->data.routes.head.version);
    jval_set_text(versions, "ethics", answer->data.ethics.head.version);
    jval_set(object, "versions", versions);
    jval_set(object, "defaults", write_text2(readiness->head.defaults));
    return object;
}
