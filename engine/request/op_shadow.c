/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op shadow: {"program", "suppliers": [record] or "suppliers_path", "demands": [record] or "demands_path", "decisions": [{"demand", "supplier", "reason"?}] or
 * "decisions_path", "choices"?: {"decisions"?: {"mapping"?, "sheet"?}, …} of the files (file_choices.c), "model"?, "criteria"?: "all" | "fit", "q"?, "seed"?: of the method random} → what the program's rules and points say of past decisions (pipeline_shadow.h): {"program", "model",
 * "data_hash", "counts", "agreement", "decisions", "not_seen", "rules", "behind", "comparison", "warnings"}. Nothing is stored.
 */
#include <string.h>

#include "../pipeline_shadow.h"
#include "request.h"

static const struct jpath root = {NULL, NULL, 0};

/* ---- reading ---- */

/* One of the three: suppliers, demands, decisions. */
struct shadow_part {
    const char *key, *path_key, *choices_at;
    struct jpath at;
    struct file_choices choices;
};

static ieum_status read_file_choices(struct call *call, struct shadow_part *part, struct record_choice *choice, struct problem *problem) {
    const struct jpath choices_at = {&root, "choices", 0}, at = {&choices_at, part->key, 0};
    const jval *all = NULL, *own = NULL;
    static const char *const known[] = {"mapping", "sheet"};
    ieum_status status = field_object(call->request, NULL, "choices", false, &all, problem);
    if (status == IEUM_OK && all) status = field_object(all, &choices_at, part->key, false, &own, problem);
    if (status != IEUM_OK || !own) return status;
    if (choice->inlined)
        return jval_refuse(problem, &at, NULL, NULL, "파일로 주는 자료에만 열과 시트를 고를 수 있습니다.", "Columns and sheets are chosen of files alone.");
    status = field_refuse_unknown(own, &at, known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = request_file_choices(own, &at, call->arena, &part->choices, problem);
    choice->choices = &part->choices;
    choice->choices_at = part->choices_at;
    return status;
}

/* Inline records, a file's path, or the bytes of a file that came with the request. Exactly one of them. */
static ieum_status read_choice(struct call *call, const ieum_file *file, struct shadow_part *part, struct record_choice *choice, struct problem *problem) {
    const char *path = NULL;
    part->at = (struct jpath){&root, part->key, 0};
    *choice = (struct record_choice){.at = &part->at};
    ieum_status status = field_array(call->request, NULL, part->key, false, &choice->inlined, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, part->path_key, !choice->inlined && !file, &path, problem);
    if (status != IEUM_OK) return status;
    if ((choice->inlined != NULL) + (path != NULL) + (file != NULL) > 1)
        return jval_refuse(problem, &(struct jpath){&root, path ? part->path_key : part->key, 0}, path ? jval_get(call->request, part->path_key) : NULL, NULL,
                           "기록의 목록과 파일 가운데 하나만 줍니다.", "Give either the records or a file, not both.");
    choice->path = file ? file->name : path;
    choice->bytes = file ? file->bytes : NULL;
    choice->size = file ? file->size : 0;
    return read_file_choices(call, part, choice, problem);
}

static ieum_status check_choices(const jval *request, struct problem *problem) {
    static const char *const known[] = {"suppliers", "demands", "decisions"};
    static const struct jpath at = {&root, "choices", 0};
    const jval *all = jval_get(request, "choices");
    return all ? field_refuse_unknown(all, &at, known, sizeof known / sizeof *known, problem) : IEUM_OK;
}

/* How the method random draws: as op assign has it. */
static ieum_status read_draw(const jval *request, struct shadow_question *question, struct problem *problem) {
    static const struct jpath at = {&root, "q", 0};
    int64_t seed = 1;
    double q = 1;
    ieum_status status = field_integer(request, NULL, "seed", false, 0, INT64_C(1) << 53, &seed, problem);
    if (status == IEUM_OK) status = field_number(request, NULL, "q", false, 0, 1, &q, problem);
    question->seed = (uint64_t)seed;
    if (status != IEUM_OK || random_assignment_fraction(q, &question->q_part, &question->q_whole)) return status;
    return jval_refuse(problem, &at, jval_get(request, "q"), "0.0001..1", "q는 0보다 크고 1보다 크지 않은 수여야 합니다(넷째 자리까지).",
                       "q must be a number above 0 and at most 1, with up to four decimals.");
}

static ieum_status read_question(struct call *call, struct shadow_part parts[IEUM_SHADOW_FILES], struct shadow_question *question, struct problem *problem) {
    static const char *const own[] = {"program", "suppliers", "suppliers_path", "demands", "demands_path", "decisions", "decisions_path", "choices", "model", "criteria", "q", "seed"};
    static const char *const criteria[] = {"all", "fit"};
    struct record_choice *const choices[IEUM_SHADOW_FILES] = {&question->suppliers, &question->demands, &question->decisions};
    const jval *request = call->request;
    size_t chosen = 0;
    ieum_status status = request_refuse_unknown(request, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "program", true, &question->program, problem);
    for (size_t i = 0; i < IEUM_SHADOW_FILES && status == IEUM_OK; i++)
        status = read_choice(call, call->files && call->files[i].bytes ? &call->files[i] : NULL, &parts[i], choices[i], problem);
    if (status == IEUM_OK) status = check_choices(request, problem);
    if (status == IEUM_OK) status = field_text(request, NULL, "model", false, &question->model, problem);
    if (status == IEUM_OK) status = field_choice(request, NULL, "criteria", false, criteria, 2, &chosen, problem);
    if (status == IEUM_OK) status = read_draw(request, question, problem);
    question->fit_only = chosen == 1;
    return status;
}

/* ---- writing ---- */

static double points_of(const struct shadow_answer *answer, int64_t rubric) {
    return (double)rubric * answer->suggested.rubric.points_total / (double)SCORE_ONE;
}

/* As a shortlist shows them: the score of what ranks, the published points, and the probability that a learned model makes of its score. */
static void set_score(jval *object, const struct shadow_answer *answer, int64_t score, int64_t rubric) {
    const struct model_use *model = answer->suggested.model;
    jval_set_number(object, "score", score_number(score));
    jval_set_number(object, "points", points_of(answer, rubric));
    if (model && model_use_calibrated(model)) jval_set_number(object, "probability", model_use_probability(model, score));
}

static void set_line(jval *object, const struct decision *decision) {
    if (decision->line) jval_set_integer(object, "line", (int64_t)decision->line);
}

static jval *write_counts(const struct shadow_answer *answer) {
    const struct cohort *cohort = &answer->suggested.cohort;
    jval *object = jval_new_object();
    jval_set_integer(object, "decisions", (int64_t)answer->decisions.count);
    jval_set_integer(object, "judged", (int64_t)answer->count);
    jval_set_integer(object, "not_seen", (int64_t)answer->unseen_count);
    jval_set_integer(object, "demands", (int64_t)cohort->demands.count);
    jval_set_integer(object, "demands_decided", (int64_t)answer->demand_count);
    jval_set_integer(object, "suppliers", (int64_t)cohort->suppliers.count);
    jval_set_integer(object, "ineligible", (int64_t)answer->ineligible);
    jval_set_integer(object, "barred", (int64_t)answer->barred);
    jval_set_integer(object, "over_capacity", (int64_t)answer->over_capacity);
    jval_set_integer(object, "compared_demands", (int64_t)answer->compared_demands);
    jval_set_integer(object, "compared_pairs", (int64_t)answer->compared_pairs);
    return object;
}

static jval *write_share(size_t count, size_t of) {
    jval *object = jval_new_object();
    jval_set_integer(object, "count", (int64_t)count);
    jval_set(object, "share", of ? jval_new_number((double)count / (double)of) : NULL);
    return object;
}

static jval *write_agreement(const struct shadow_answer *answer) {
    jval *object = jval_new_object();
    jval_set(object, "first", write_share(answer->at_first, answer->count));
    jval_set(object, "top_3", write_share(answer->in_top3, answer->count));
    jval_set(object, "top_10", write_share(answer->in_top10, answer->count));
    jval_set(object, "mean_reciprocal_rank", answer->demand_count ? jval_new_number(answer->reciprocal_rank) : NULL);
    return object;
}

static void set_criterion(jval *object, const struct program *program, uint32_t criterion) {
    const bool own = criterion == SHADOW_NO_CRITERION;
    jval_set(object, "criterion", own ? NULL : jval_new_text(program->criteria[criterion].id));
    jval_set(object, "title", write_text2(own ? (struct text2){"모형 자체", "the model itself"} : program->criteria[criterion].title));
}

/* A difference of the score; in points too, where the published points are what ranks. */
static void set_gap(jval *object, const struct shadow_answer *answer, const char *key, const char *points_key, double by) {
    jval_set_number(object, key, by);
    if (!answer->suggested.model) jval_set_number(object, points_key, by * answer->suggested.rubric.points_total);
}

static jval *write_gaps(const struct shadow_answer *answer, const struct shadow_decision *item) {
    jval *array = jval_new_array();
    for (size_t g = 0; g < item->gap_count; g++) {
        jval *object = jval_new_object();
        set_criterion(object, answer->suggested.program, item->gaps[g].criterion);
        set_gap(object, answer, "by", "points", score_number(item->gaps[g].by));
        jval_append(array, object);
    }
    return array;
}

static jval *write_best(const struct shadow_answer *answer, const struct shadow_decision *item) {
    if (item->best == UINT32_MAX) return NULL;
    const struct supplier *supplier = &answer->suggested.cohort.suppliers.suppliers[item->best];
    jval *object = jval_new_object();
    jval_set_text(object, "supplier", supplier->id);
    jval_set_text(object, "name", supplier->firm.name);
    set_score(object, answer, item->best_score, item->best_rubric);
    return object;
}

static jval *write_decision(const struct shadow_answer *answer, const struct shadow_decision *item) {
    const struct cohort *cohort = &answer->suggested.cohort;
    const struct demand *demand = &cohort->demands.demands[item->demand];
    const struct supplier *supplier = &cohort->suppliers.suppliers[item->supplier];
    jval *object = jval_new_object(), *proposed = jval_new_array();
    set_line(object, item->decision);
    jval_set_text(object, "demand", demand->id);
    jval_set_text(object, "demand_name", demand->firm.name);
    jval_set_text(object, "title", demand->title);
    jval_set_text(object, "supplier", supplier->id);
    jval_set_text(object, "supplier_name", supplier->firm.name);
    if (item->decision->reason) jval_set_text(object, "reason", item->decision->reason);
    write_verdict(object, &item->verdict);
    jval_set_bool(object, "barred", item->rank == 0);
    jval_set(object, "barred_by", write_reasons(&item->pair));
    jval_set(object, "pair_details", write_findings(&item->pair));
    jval_set(object, "rank", item->rank ? jval_new_integer((int64_t)item->rank) : NULL);
    jval_set_integer(object, "rank_without_rules", (int64_t)item->rank_without_rules);
    jval_set_integer(object, "allowed", (int64_t)item->allowed);
    set_score(object, answer, item->score, item->rubric);
    jval_set(object, "best", write_best(answer, item));
    jval_set(object, "behind", write_gaps(answer, item));
    for (size_t m = 1; m < answer->method_count; m++)
        if (item->proposed_by >> m & 1) jval_append_text(proposed, answer->methods[m].method);
    jval_set(object, "proposed_by", proposed);
    return object;
}

static struct text2 why_not_seen(enum shadow_unseen why) {
    static const struct text2 texts[SHADOW_UNSEEN_KINDS] = {
        [SHADOW_UNKNOWN_DEMAND] = {"그런 수요과제가 자료에 없습니다.", "The demands have no such record."},
        [SHADOW_UNKNOWN_SUPPLIER] = {"그런 공급기업이 자료에 없습니다.", "The suppliers have no such record."},
        [SHADOW_OTHER_PROGRAM] = {"다른 사업의 수요과제입니다.", "The demand is one of another program."},
        [SHADOW_LATENT] = {"신청하지 않은(잠재수요) 기업입니다.", "The firm has not applied (it is latent)."},
        [SHADOW_TWICE] = {"앞에 같은 결정이 있습니다.", "The same decision stands before."},
        [SHADOW_AMBIGUOUS] = {"그 이름의 기록이 여럿이라 어느 것인지 알 수 없습니다. 번호로 적어 주십시오.", "Several records have this name: give the id."},
    };
    return texts[why];
}

static jval *write_not_seen(const struct shadow_answer *answer) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < answer->unseen_count; i++) {
        const struct shadow_not_seen *unseen = &answer->unseen[i];
        jval *object = jval_new_object();
        set_line(object, unseen->decision);
        jval_set_text(object, "demand", unseen->decision->demand);
        jval_set_text(object, "supplier", unseen->decision->supplier);
        jval_set_text(object, "why", shadow_unseen_names[unseen->why]);
        if (unseen->other_line) jval_set_integer(object, "other_line", (int64_t)unseen->other_line);
        jval_set(object, "text", write_text2(why_not_seen(unseen->why)));
        jval_append(array, object);
    }
    return array;
}

static jval *write_rules(const struct shadow_answer *answer) {
    jval *array = jval_new_array();
    for (size_t r = 0; r < answer->rule_count; r++) {
        jval *object = jval_new_object();
        jval_set_text(object, "rule", answer->rules[r].rule->id);
        jval_set_text(object, "kind", answer->rules[r].of_pair ? "pair" : "eligibility");
        jval_set_integer(object, "decisions", (int64_t)answer->rules[r].decisions);
        jval_append(array, object);
    }
    return array;
}

/* Which criterion explains most differences: for how many decisions it is the first, and by how much in all. */
static jval *write_behind(const struct shadow_answer *answer) {
    const struct program *program = answer->suggested.program;
    jval *array = jval_new_array();
    for (size_t c = 0; c <= program->criterion_count; c++) {
        const uint32_t criterion = c < program->criterion_count ? (uint32_t)c : SHADOW_NO_CRITERION;
        size_t decisions = 0;
        int64_t by = 0;
        for (size_t i = 0; i < answer->count; i++) {
            if (!answer->items[i].gap_count || answer->items[i].gaps[0].criterion != criterion) continue;
            decisions++;
            by += answer->items[i].gaps[0].by;
        }
        if (!decisions) continue;
        jval *object = jval_new_object();
        set_criterion(object, program, criterion);
        jval_set_integer(object, "decisions", (int64_t)decisions);
        set_gap(object, answer, "mean_by", "mean_points", score_number(by) / (double)decisions);
        jval_append(array, object);
    }
    return array;
}

static jval *write_methods(const struct shadow_answer *answer) {
    jval *array = jval_new_array();
    for (size_t m = 0; m < answer->method_count; m++) {
        const struct shadow_method *method = &answer->methods[m];
        const bool found = method->status == ASSIGNMENT_OPTIMAL;
        jval *object = jval_new_object();
        jval_set_text(object, "method", method->method);
        jval_set_text(object, "status", m == 0 ? "decided" : found ? "optimal" : "infeasible");
        if (found) {
            jval_set(object, "measures", write_compared_measures(&method->measures));
            jval_set(object, "agreement", write_share(method->common, answer->compared_pairs));
        }
        jval_append(array, object);
    }
    return array;
}

static jval *write_warnings(const struct shadow_answer *answer) {
    jval *array = jval_new_array();
    if (answer->count == 0)
        jval_append(array, write_text2((struct text2){"견주어 볼 결정이 하나도 없습니다.", "There is no decision to compare with."}));
    else if (answer->method_count == 0 && answer->compared_demands == 0 && answer->ineligible == answer->count)
        jval_append(array, write_text2((struct text2){"결정된 수요과제가 모두 자격 요건에 맞지 않아 배정 방법을 견주지 않았습니다.",
                                                       "All demands that were decided fail an eligibility rule, so no methods were compared."}));
    else if (answer->method_count == 0)
        jval_append(array, write_text2((struct text2){"모형의 점수가 확률로 맞추어져 있지 않아 더할 수 없으므로, 배정 방법을 견주지 않았습니다.",
                                                       "The model's scores are not calibrated and cannot be added up, so no methods were compared."}));
    if (answer->over_capacity)
        jval_append(array, write_text2((struct text2){"수용 한도보다 많은 과제를 맡은 공급기업이 있습니다. 견줄 때는 맡은 수까지 한도를 늘려 보았습니다.",
                                                       "Some suppliers were given more than they may have; the comparison lets them have as many."}));
    return array;
}

ieum_status request_shadow(struct call *call, jval **result, struct problem *problem) {
    struct shadow_question question = {0};
    struct shadow_answer answer;
    struct shadow_part parts[IEUM_SHADOW_FILES] = {{.key = "suppliers", .path_key = "suppliers_path", .choices_at = "/choices/suppliers"},
                                              {.key = "demands", .path_key = "demands_path", .choices_at = "/choices/demands"},
                                              {.key = "decisions", .path_key = "decisions_path", .choices_at = "/choices/decisions"}};
    ieum_status status = read_question(call, parts, &question, problem);
    if (status == IEUM_OK) status = pipeline_shadow(call->workspace, &question, &answer, problem);
    if (status != IEUM_OK) return status;
    jval *object = jval_new_object(), *decisions = jval_new_array();
    for (size_t i = 0; i < answer.count; i++) jval_append(decisions, write_decision(&answer, &answer.items[i]));
    jval_set(object, "program", write_program_head(answer.suggested.program));
    write_model(object, &answer.suggested);
    jval_set_text(object, "data_hash", answer.suggested.cohort.data_hash);
    jval_set(object, "counts", write_counts(&answer));
    jval_set(object, "agreement", write_agreement(&answer));
    jval_set(object, "decisions", decisions);
    jval_set(object, "not_seen", write_not_seen(&answer));
    jval_set(object, "rules", write_rules(&answer));
    jval_set(object, "behind", write_behind(&answer));
    jval_set(object, "comparison", write_methods(&answer));
    jval_set(object, "warnings", write_warnings(&answer));
    shadow_answer_free(&answer);
    *result = object;
    return IEUM_OK;
}
