/* SPDX-License-Identifier: Apache-2.0 */
/* What several operations read and write the same way. */
#include <math.h>
#include <string.h>

#include "../program/jurisdiction.h"
#include "request.h"

enum { MOST_MEMBERS = 48 };

ieum_status request_refuse_unknown(const jval *request, const char *const *own, size_t count, struct problem *problem) {
    const char *known[MOST_MEMBERS] = {"id", "op", "lang", "by"};
    if (count > MOST_MEMBERS - 4) return problem_set(problem, IEUM_INTERNAL, "", "요청 항목이 너무 많습니다.", "An operation has more members than are provided for.");
    for (size_t i = 0; i < count; i++) known[4 + i] = own[i];
    return field_refuse_unknown(request, NULL, known, 4 + count, problem);
}

static const struct jpath root = {NULL, NULL, 0};

ieum_status request_demand_choice(const jval *request, bool all_allowed, struct jpath *at, struct record_choice *choice,
                                  struct problem *problem) {
    const jval *demand = jval_get(request, "demand");
    bool all = false;
    *at = (struct jpath){&root, "demand", 0};
    *choice = (struct record_choice){0};
    ieum_status status = field_bool(request, NULL, "all", false, &all, problem);
    if (status != IEUM_OK) return status;
    if (jval_is(demand, JVAL_TEXT)) choice->id = jval_text(demand);
    else if (jval_is(demand, JVAL_OBJECT)) {
        choice->inlined = demand;
        choice->at = at;
    } else if (!jval_is(demand, JVAL_NULL)) {
        return jval_refuse(problem, at, demand, "text | object", "수요과제의 번호나 내용이어야 합니다.", "This must be a demand's id or record.");
    } else if (!all || !all_allowed) {
        return jval_refuse(problem, at, NULL, "text | object", "어느 수요과제인지 적혀 있지 않습니다.", "Which demand is meant is not said.");
    }
    return IEUM_OK;
}

ieum_status request_supplier_choice(const jval *request, struct jpath *at, struct record_choice *choice, struct problem *problem) {
    *at = (struct jpath){&root, "suppliers", 0};
    *choice = (struct record_choice){.at = at};
    return field_array(request, NULL, "suppliers", false, &choice->inlined, problem);
}

ieum_status request_typed_need(const jval *request, const char *program, jval **record, struct problem *problem) {
    const char *need = NULL;
    ieum_status status = field_text(request, NULL, "need", true, &need, problem);
    if (status != IEUM_OK) return status;
    jval *firm = jval_new_object(), *object = jval_new_object();
    jval_set_text(firm, "name", "(상담)");
    jval_set_text(object, "id", "desk");
    jval_set_text(object, "program", program);
    jval_set(object, "firm", firm);
    jval_set_text(object, "need", need);
    *record = object;
    return IEUM_OK;
}

jval *write_text2(struct text2 text) {
    jval *object = jval_new_object();
    jval_set_text(object, "ko", text.ko);
    jval_set_text(object, "en", text.en);
    return object;
}

jval *write_kind(const struct taxonomy *taxonomy, const char *id) {
    const struct party_kind *kind = party_kind_find(taxonomy, id);
    jval *object = jval_new_object();
    jval_set_text(object, "id", kind ? kind->id : id);
    jval_set(object, "title", write_text2(kind ? (struct text2){kind->korean, kind->english} : (struct text2){id, id}));
    return object;
}

/* What the law asks of a result that a machine ranked: that it is said, and that a named person decides (AI Basic Act; PIPA 37-2). */
jval *write_notice(void) {
    jval *object = jval_new_object();
    jval_set(object, "text",
             write_text2((struct text2){"이 결과의 순위와 배정안은 AI가 계산하여 제안한 것입니다. 확정은 이름을 밝힌 담당자가 합니다. 결과에 대해 설명을 요구하거나 이의를 신청할 수 있습니다.",
                                        "The ranking and the proposal were computed by AI. A named person decides. You may ask for an explanation and object."}));
    jval_set(object, "decided_by", NULL);
    return object;
}

jval *write_program_head(const struct program *program) {
    jval *object = jval_new_object();
    jval_set_text(object, "id", program->id);
    jval_set_text(object, "version", program->version);
    jval_set_text(object, "hash", program->hash);
    jval_set(object, "title", write_text2(program->title));
    return object;
}

jval *write_reasons(const struct findings *findings) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].verdict == VERDICT_FAIL) jval_append_text(array, findings->items[i].rule->id);
    return array;
}

void write_date(jval *object, const char *key, struct date date) {
    char text[11];
    if (date_missing(date)) return;
    date_write(date, text);
    jval_set_text(object, key, text);
}

jval *write_findings(const struct findings *findings) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        jval *object = jval_new_object();
        jval_set_text(object, "rule", finding->rule->id);
        jval_set_text(object, "verdict", finding->verdict == VERDICT_FAIL ? "fail" : finding->verdict == VERDICT_WAIVED ? "waived" : "confirm");
        if (finding->verdict == VERDICT_FAIL && finding->rule->waivable) jval_set_bool(object, "waivable", true);
        jval_set_text(object, "field", finding->rule->field);
        jval_set_text(object, "value", finding->value);
        jval_set_text(object, "expected", finding->expected);
        write_date(object, "date", finding->date);
        jval_set(object, "text", write_text2(finding->text));
        jval_append(array, object);
    }
    return array;
}

/* Unions that the firm belongs to: by which member, and what tells so. */
static jval *write_grounds(const struct findings *findings) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < findings->ground_count; i++) {
        const struct finding *finding = &findings->grounds[i];
        jval *object = jval_new_object();
        jval_set_text(object, "rule", finding->rule->id);
        jval_set_text(object, "union", finding->rule->union_id);
        jval_set_text(object, "member", finding->member);
        jval_set_text(object, "basis", finding->basis);
        jval_set_text(object, "value", finding->value);
        write_date(object, "date", finding->date);
        jval_set(object, "text", write_text2(finding->text));
        jval_append(array, object);
    }
    return array;
}

static jval *write_points_to_confirm(const struct findings *findings) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].verdict == VERDICT_CONFIRM) jval_append_text(array, findings->items[i].rule->id);
    return array;
}

jval *write_waits(const struct program *program, const bool *waits) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < program->requirement_count; i++) {
        const struct requirement *one = &program->requirements[i];
        static const char *const steps[REQUIREMENT_STEPS] = {"propose", "agree"};
        if (!waits[i]) continue;
        jval *object = jval_new_object();
        jval_set_text(object, "module", module_names[one->module]);
        if (one->by != DIAGNOSIS_AUTHORS) jval_set_text(object, "by", diagnosis_author_names[one->by]);
        jval_set_text(object, "before", steps[one->before]);
        jval_set(object, "text", write_text2(one->reason));
        jval_append(array, object);
    }
    return array;
}

jval *write_funding(const struct program *program, const struct findings *findings) {
    if (!program->funding_count) return NULL;
    jval *object = jval_new_object();
    write_verdict(object, findings);
    return object;
}

void write_verdict(jval *object, const struct findings *findings) {
    jval_set_bool(object, "eligible", findings->eligible);
    jval_set(object, "reasons", write_reasons(findings));
    jval_set(object, "to_confirm", write_points_to_confirm(findings));
    jval_set(object, "details", write_findings(findings));
    if (findings->ground_count) jval_set(object, "grounds", write_grounds(findings));
}

double score_number(int64_t score) { return (double)score / (double)SCORE_ONE; }

void write_model(jval *object, const struct suggest_answer *answer) {
    jval *model = jval_new_object();
    const struct model *learned = answer->model ? model_use_model(answer->model) : NULL;
    jval_set_text(model, "id", learned ? learned->id : "rubric");
    jval_set_text(model, "hash", answer->model_hash);
    jval_set_text(model, "criteria", answer->fit_only ? "fit" : "all");
    if (learned) {
        jval_set_text(model, "kind", model_kind_names[learned->kind]);
        jval_set_text(model, "file", learned->hash);
        jval_set(model, "data", jval_copy(jval_get(learned->card, "data")));
        if (model_use_other_version(answer->model)) jval_set_text(model, "program_version", learned->program_version);
    }
    jval_set(object, "model", model);
}

/* Points of each criterion that counts. */
static jval *write_criteria(const struct suggest_answer *answer, const struct suggestion *suggestion) {
    const struct additive *additive = &answer->additive;
    jval *array = jval_new_array();
    for (size_t c = 0; c < answer->program->criterion_count; c++) {
        int64_t earned = 0;
        bool counted = false;
        for (size_t t = 0; t < additive->count; t++) {
            if (additive->terms[t].criterion != c) continue;
            earned += suggestion->points[t];
            counted = true;
        }
        if (!counted) continue;
        jval *object = jval_new_object();
        jval_set_text(object, "id", answer->program->criteria[c].id);
        jval_set(object, "title", write_text2(answer->program->criteria[c].title));
        jval_set_number(object, "points", (double)earned * answer->rubric.points_total / (double)SCORE_ONE);
        jval_set_number(object, "of", answer->program->criteria[c].points);
        jval_append(array, object);
    }
    return array;
}

static void add_contribution(jval *array, const char *feature, double value, int64_t added) {
    jval *object = jval_new_object();
    jval_set_text(object, "feature", feature);
    jval_set_number(object, "value", value); /* null: missing */
    jval_set_number(object, "contribution", score_number(added));
    jval_append(array, object);
}

/* What each feature added to the score. With what criteria add to the kernel part and what is nobody's they add up to it exactly. */
static jval *write_contributions(const struct suggest_answer *answer, const struct suggestion *suggestion) {
    const struct additive *additive = &answer->additive;
    jval *array = jval_new_array();
    for (size_t f = 0; f < answer->program->feature_count; f++) {
        int64_t added = 0;
        bool counted = false;
        for (size_t t = 0; t < additive->count; t++) {
            if (additive->terms[t].feature != f) continue;
            added += suggestion->contributions[t];
            counted = true;
        }
        if (counted) add_contribution(array, answer->program->features[f].id, suggestion->values[f], added);
    }
    for (size_t t = 0; t < additive->count; t++)
        if (additive->terms[t].feature == ADDITIVE_RUBRIC)
            add_contribution(array, "rubric", score_number(rubric_score(&answer->rubric, suggestion->values, 1, NULL)), suggestion->contributions[t]);
    return array;
}

/* Of a learned model: its kernel part by criteria, what is nobody's (the bias), and what the score says as a probability. */
static void write_learned(jval *object, const struct suggest_answer *answer, const struct suggestion *suggestion, bool full) {
    const size_t criteria = answer->program->criterion_count;
    int64_t bias = answer->additive.bias;
    if (model_use_calibrated(answer->model)) jval_set_number(object, "probability", model_use_probability(answer->model, suggestion->score));
    if (!full) return;
    if (suggestion->kernel) {
        jval *array = jval_new_array();
        for (size_t c = 0; c < criteria; c++) {
            jval *one = jval_new_object();
            jval_set_text(one, "criterion", answer->program->criteria[c].id);
            jval_set_number(one, "contribution", score_number(suggestion->kernel[c]));
            jval_append(array, one);
        }
        jval_set(object, "kernel", array);
        bias += suggestion->kernel[criteria];
    }
    jval_set_number(object, "bias", score_number(bias));
}

void write_concept(jval *object, const struct lexicon *lexicon, uint32_t index) {
    const struct concept *concept = lexicon_concept(lexicon, index);
    jval_set_text(object, "concept", concept->id);
    jval_set(object, "title", write_text2((struct text2){concept->ko, concept->en}));
    jval_set_text(object, "facet", facet_names[concept->facet]);
}

jval *write_understood(const struct lexicon *lexicon, const struct understood *understood) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < understood->count; i++) {
        jval *object = jval_new_object();
        write_concept(object, lexicon, understood->items[i].concept);
        jval_set_number(object, "confidence", round(understood->items[i].confidence * 1000) / 1000);
        jval_append(array, object);
    }
    return array;
}

jval *write_evidence(const struct lexicon *lexicon, const struct evidence_list *list) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < list->count; i++) {
        const struct evidence *evidence = &list->items[i];
        const struct concept *concept = lexicon_concept(lexicon, evidence->concept);
        jval *object = jval_new_object();
        jval_set_text(object, "side", evidence->side == EVIDENCE_DEMAND ? "demand" : "supplier");
        jval_set_text(object, "field", evidence->field);
        jval_set_integer(object, "start", evidence->start);
        jval_set_integer(object, "end", evidence->end);
        jval_set_text(object, "text", evidence->text);
        jval_set_text(object, "concept", concept->id);
        jval_set(object, "concept_title", write_text2((struct text2){concept->ko, concept->en}));
        jval_set_integer(object, "joint", evidence->joint);
        jval_append(array, object);
    }
    return array;
}

/* The published points, whichever model ranks; SCORE_BARRED where a lean answer of a learned model does not know them. */
static int64_t rubric_total(const struct suggest_answer *answer, const struct suggestion *suggestion) {
    int64_t total = 0;
    if (!answer->model) return suggestion->score;
    if (!suggestion->points) return SCORE_BARRED;
    for (size_t t = 0; t < answer->rubric.count; t++) total += suggestion->points[t];
    return total;
}

static jval *write_open_items(const struct ethics *ethics, const struct text_list *open) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < open->count; i++) {
        jval *object = jval_new_object();
        jval_set_text(object, "id", open->items[i]);
        for (size_t e = 0; ethics && e < ethics->item_count; e++)
            if (strcmp(ethics->items[e].id, open->items[i]) == 0) jval_set(object, "text", write_text2(ethics->items[e].text));
        jval_append(array, object);
    }
    return array;
}

/* What the supplier offers, and the state of its ethics list: for a person to see beside the suggestion, in no score. */
static jval *write_solutions(const struct suggest_answer *answer, const struct supplier *supplier) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < supplier->solution_count; i++) {
        const struct solution *solution = &supplier->solutions[i];
        jval *object = jval_new_object();
        jval_set_text(object, "name", solution->name);
        if (solution->kind) jval_set_text(object, "kind", solution->kind);
        if (solution->checked || solution->open.count) {
            jval *ethics = jval_new_object();
            jval_set_text(ethics, "checked", solution->checked);
            jval_set(ethics, "open", write_open_items(answer->ethics, &solution->open));
            jval_set(object, "ethics", ethics);
        }
        jval_append(array, object);
    }
    return array;
}

jval *write_roles(const struct program *program, const jval *roles) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < jval_count(roles); i++) {
        const char *id = jval_text(jval_at(roles, i));
        const struct role_name *name = program->jurisdiction ? jurisdiction_role(program->jurisdiction, id) : NULL;
        jval *object = jval_new_object();
        jval_set_text(object, "id", id);
        if (name) jval_set(object, "title", write_text2(name->title));
        jval_append(array, object);
    }
    return array;
}

jval *write_suggestion(const struct suggest_answer *answer, const struct suggestion *suggestion, size_t rank, bool full) {
    const struct supplier *supplier = &answer->cohort.suppliers.suppliers[suggestion->supplier];
    jval *object = jval_new_object();
    jval_set_integer(object, "rank", (int64_t)rank);
    jval_set_text(object, "supplier", supplier->id);
    if (!answer->lean) jval_set_text(object, "name", supplier->firm.name);
    /* Said where parties of several kinds could stand here. */
    const struct text_list *kinds = answer->place ? &answer->place->kinds : &answer->program->pool;
    if (!answer->lean && (kinds->count > 1 || (answer->place && kinds->count == 0))) jval_set(object, "kind", write_kind(answer->space->taxonomy, supplier->kind));
    jval_set_number(object, "score", score_number(suggestion->score));
    const int64_t earned = rubric_total(answer, suggestion);
    if (earned != SCORE_BARRED) jval_set_number(object, "points", (double)earned * answer->rubric.points_total / (double)SCORE_ONE);
    if (answer->model) write_learned(object, answer, suggestion, full && !answer->lean);
    if (answer->lean) return object;
    jval_set(object, "criteria", write_criteria(answer, suggestion));
    jval_set(object, "reason", write_text2((struct text2){suggestion->reason.ko, suggestion->reason.en}));
    if (jval_count(jval_get(supplier->json, "roles"))) jval_set(object, "roles", write_roles(answer->program, jval_get(supplier->json, "roles")));
    if (supplier->solution_count) jval_set(object, "solutions", write_solutions(answer, supplier));
    if (full) {
        jval_set(object, "contributions", write_contributions(answer, suggestion));
        jval_set(object, "evidence", write_evidence(answer->space->lexicon, &suggestion->evidence));
        jval_set(object, "to_confirm", write_findings(&suggestion->findings));
    }
    return object;
}

/* The pair rules that barred someone, in words: the reasons of the barred name them. */
static jval *write_barring_rules(const struct suggest_answer *answer, const struct shortlist *shortlist) {
    jval *array = jval_new_array();
    for (size_t r = 0; r < answer->program->pair_rule_count; r++) {
        const struct rule *rule = &answer->program->pair_rules[r];
        size_t barred = 0;
        for (size_t i = 0; i < shortlist->barred_count; i++)
            for (size_t f = 0; f < shortlist->barred[i].findings.count; f++)
                barred += shortlist->barred[i].findings.items[f].rule == rule && shortlist->barred[i].findings.items[f].verdict == VERDICT_FAIL;
        if (!barred) continue;
        jval *object = jval_new_object();
        jval_set_text(object, "rule", rule->id);
        jval_set_integer(object, "suppliers", (int64_t)barred);
        jval_append(array, object);
    }
    return array;
}

void write_shortlist(jval *object, const struct suggest_answer *answer, const struct shortlist *shortlist, bool full) {
    const struct record_set *suppliers = &answer->cohort.suppliers;
    jval *suggestions = jval_new_array(), *barred = jval_new_array(), *counts = jval_new_object();
    for (size_t i = 0; i < shortlist->count; i++)
        jval_append(suggestions, write_suggestion(answer, &shortlist->suggestions[i], i + 1, full));
    for (size_t i = 0; i < shortlist->barred_count && full; i++) {
        jval *one = jval_new_object();
        jval_set_text(one, "supplier", suppliers->suppliers[shortlist->barred[i].supplier].id);
        jval_set_text(one, "name", suppliers->suppliers[shortlist->barred[i].supplier].firm.name);
        jval_set(one, "reasons", write_reasons(&shortlist->barred[i].findings));
        jval_append(barred, one);
    }
    jval_set_integer(counts, "suppliers", (int64_t)suppliers->count);
    jval_set_integer(counts, "barred", (int64_t)shortlist->barred_count);
    jval_set(object, "suggestions", suggestions);
    if (full) {
        jval_set(object, "barred", barred);
        jval_set(object, "barred_by", write_barring_rules(answer, shortlist));
    } else {
        jval_free(barred);
    }
    jval_set(object, "counts", counts);
}
