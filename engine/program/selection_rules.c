/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see selection_rules.h. Must not know any program, only the form of the file. */
#include "selection_rules.h"

#include <math.h>
#include <string.h>

#include "../base/problem_list.h"

#include "likeness.h"
#include "selection_reading.h"

const char *const selection_recusal_names[RECUSALS] = {"", "제척", "기피", "회피"};
const char *const selection_tie_names[SELECTION_TIES] = {"committee", "rubric", "bonus", "received", "id"};
const char *const selection_task_names[SELECTION_TASKS] = {"first_valid", "first_received", "any"};
const char *const selection_unfit_names[SELECTION_UNFITS] = {"stop", "skip", "reduce"};
const char *const selection_amount_names[SELECTION_AMOUNTS] = {"project_cost", "support"};
static const char *const points_of_names[] = {"best", "shortlist_mean"};

static const struct jpath root = {NULL, NULL, 0}, section_at = {&root, "selection", 0};

/* What holds in a program whose file has no such section: its rubric, its quota, its budget, nothing else. */
static const char *const standard_receipt[] = {"/received", "/applied"};
static const struct selection_stage standard_stage = {"demands", {"선발", "Selection"}, QUOTA_DEMANDS, true};
static const struct selection_rules standard = {
    .terms = {.weight_rubric = SELECTION_POINT, .decimals = SELECTION_DECIMALS_MOST, .least_members = 7, .drop_highest = 1, .drop_lowest = 1,
              .bonus_most = SELECTION_MARK_MOST, .tasks = TASKS_ANY, .unfit = UNFIT_STOP, .quota = SELECTION_NO_LIMIT, .budget_krw = SELECTION_NO_LIMIT,
              .cap_krw = SELECTION_NO_LIMIT, .reserve = SELECTION_NO_LIMIT},
    .amount_field = "/budget_krw", .receipt = standard_receipt, .receipt_count = 2, .stages = &standard_stage, .stage_count = 1};

ieum_status selection_part_read(const struct selection_reading *reading, const char *key, const char *const *known, size_t count, struct jpath *at, const jval **part,
                             struct problem *problem) {
    const char *source = NULL;
    *at = (struct jpath){reading->at, key, 0};
    *part = NULL;
    ieum_status status = field_object(reading->section, reading->at, key, false, part, problem);
    if (status != IEUM_OK || !*part) return status;
    status = field_refuse_unknown(*part, at, known, count, problem);
    return status == IEUM_OK ? field_text(*part, at, "source", true, &source, problem) : status;
}

/* Points and weights are read to 10⁻⁹: what is given with more digits is rounded there. */
static ieum_status fixed_field(const jval *object, const struct jpath *at, const char *key, bool required, double most, int64_t *fixed,
                               struct problem *problem) {
    double number = (double)*fixed / (double)SELECTION_POINT;
    ieum_status status = field_number(object, at, key, required, 0, most, &number, problem);
    if (status == IEUM_OK) *fixed = llround(number * (double)SELECTION_POINT);
    return status;
}

static ieum_status weights_read(const struct selection_reading *reading, struct problem *problem) {
    static const char *const known[] = {"rubric", "committee", "rubric_of", "decimals", "least_total", "source"};
    struct selection_terms *terms = &reading->rules->terms;
    const jval *part;
    struct jpath at;
    size_t points_of = 0;
    int64_t decimals = terms->decimals;
    const size_t before = problem_aside_count(problem);
    ieum_status status = selection_part_read(reading, "weights", KNOWN(known), &at, &part, problem);
    if (status != IEUM_OK || !part) return status;
    status = problem_aside(problem, fixed_field(part, &at, "rubric", true, 1, &terms->weight_rubric, problem));
    if (status == IEUM_OK) status = problem_aside(problem, fixed_field(part, &at, "committee", true, 1, &terms->weight_committee, problem));
    if (status == IEUM_OK && problem_aside_count(problem) == before && terms->weight_rubric + terms->weight_committee != SELECTION_POINT)
        status = problem_aside(problem, jval_refuse(problem, &at, part, "1", "배점표와 위원회의 비중을 더하면 1이어야 합니다.",
                                                    "The weights of rubric and committee must sum to 1."));
    if (status == IEUM_OK) status = problem_aside(problem, field_choice(part, &at, "rubric_of", false, KNOWN(points_of_names), &points_of, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_integer(part, &at, "decimals", false, 0, SELECTION_DECIMALS_MOST, &decimals, problem));
    if (status == IEUM_OK) status = problem_aside(problem, fixed_field(part, &at, "least_total", false, 100, &terms->least_total, problem));
    reading->rules->shortlist_mean = points_of == 1;
    terms->decimals = (int)decimals;
    return status;
}

static ieum_status committee_read(const struct selection_reading *reading, struct problem *problem) {
    static const char *const known[] = {"least_members", "drop_highest", "drop_lowest", "source"};
    struct selection_terms *terms = &reading->rules->terms;
    int64_t members = terms->least_members, highest = terms->drop_highest, lowest = terms->drop_lowest;
    const jval *part;
    struct jpath at;
    ieum_status status = selection_part_read(reading, "committee", KNOWN(known), &at, &part, problem);
    if (status != IEUM_OK || !part) return status;
    status = problem_aside(problem, field_integer(part, &at, "least_members", true, 1, 1000, &members, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_integer(part, &at, "drop_highest", true, 0, 1000, &highest, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_integer(part, &at, "drop_lowest", true, 0, 1000, &lowest, problem));
    if (status == IEUM_OK && highest + lowest >= members) {
        const struct jpath member_at = {&at, "least_members", 0};
        status = problem_aside(problem, jval_refuse(problem, &member_at, jval_get(part, "least_members"), "> drop_highest + drop_lowest",
                                                    "최고점과 최저점을 빼고 나면 남는 점수가 없습니다.",
                                                    "No mark is left when the highest and the lowest are dropped."));
    }
    terms->least_members = (uint32_t)members;
    terms->drop_highest = (uint32_t)highest;
    terms->drop_lowest = (uint32_t)lowest;
    return status;
}

static ieum_status bonus_item_read(const struct selection_reading *reading, const jval *item, const struct jpath *at, struct problem *problem) {
    static const char *const known[] = {"title", "points", "rule"};
    struct selection_bonus *bonus = &reading->rules->bonus[reading->rules->bonus_count];
    bool enabled = true;
    ieum_status status = object_check(item, at, KNOWN(known), problem);
    if (status == IEUM_OK) status = problem_aside(problem, text2_read(item, at, "title", true, &bonus->title, problem));
    if (status == IEUM_OK) status = problem_aside(problem, fixed_field(item, at, "points", true, 100, &bonus->points, problem));
    if (status == IEUM_OK) status = rule_read_in(item, at, "rule", reading->arena, &bonus->rule, &enabled, problem);
    if (status != IEUM_OK) return status;
    reading->rules->bonus_count++; /* from here on the rule is released with the others */
    for (size_t i = 0; i + 1 < reading->rules->bonus_count; i++)
        if (id_same(reading->rules->bonus[i].rule.id, bonus->rule.id))
            return id_refuse_twice(jval_get(jval_get(item, "rule"), "id"), &(struct jpath){at, "rule", 0}, problem);
    if (!enabled) rules_release(&reading->rules->bonus[--reading->rules->bonus_count].rule, 1);
    return IEUM_OK;
}

static ieum_status bonus_read(const struct selection_reading *reading, struct problem *problem) {
    static const char *const known[] = {"most", "items", "source"};
    const jval *part, *items = NULL;
    struct jpath at;
    ieum_status status = selection_part_read(reading, "bonus", KNOWN(known), &at, &part, problem);
    if (status != IEUM_OK || !part) return status;
    status = problem_aside(problem, fixed_field(part, &at, "most", true, 100, &reading->rules->terms.bonus_most, problem));
    if (status == IEUM_OK) status = field_array(part, &at, "items", true, &items, problem);
    reading->rules->bonus = arena_allocate_zero(reading->arena, jval_count(items) + 1, sizeof *reading->rules->bonus);
    if (status == IEUM_OK && !reading->rules->bonus) status = problem_set_memory(problem);
    const struct jpath items_at = {&at, "items", 0};
    for (size_t i = 0; i < jval_count(items) && status == IEUM_OK; i++)
        status = problem_aside(problem, bonus_item_read(reading, jval_at(items, i), &(struct jpath){&items_at, NULL, i}, problem));
    return status;
}

static ieum_status tie_order_read(const struct selection_reading *reading, struct problem *problem) {
    const struct jpath at = {reading->at, "tie_order", 0};
    struct selection_terms *terms = &reading->rules->terms;
    struct text_list names = {0};
    ieum_status status = field_text_list(reading->section, reading->at, "tie_order", false, reading->arena, &names, problem);
    for (size_t i = 0; i < names.count && status == IEUM_OK; i++) {
        const struct jpath item_at = {&at, NULL, i};
        uint32_t tie = 0;
        bool twice = false;
        while (tie < SELECTION_TIES && strcmp(selection_tie_names[tie], names.items[i]) != 0) tie++;
        for (uint32_t k = 0; k < terms->tie_count; k++) twice = twice || terms->ties[k] == tie;
        if (tie == SELECTION_TIES || twice)
            return jval_refuse(problem, &item_at, jval_at(jval_get(reading->section, "tie_order"), i), "committee | rubric | bonus | received | id",
                               "동점일 때 보는 차례로 쓸 수 없거나 두 번 적었습니다.", "This cannot tell ties apart, or stands twice.");
        terms->ties[terms->tie_count++] = (enum selection_tie)tie;
    }
    return status;
}

static ieum_status section_read(const struct selection_reading *reading, struct problem *problem) {
    static const char *const known[] = {"weights", "committee", "bonus",  "tie_order",  "reserve",   "firm",  "own_share",
                                        "amount",  "double_award", "stages", "knock_outs", "flag_same", "source"};
    const char *source = NULL;
    ieum_status status = problem_aside(problem, field_refuse_unknown(reading->section, reading->at, KNOWN(known), problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_text(reading->section, reading->at, "source", true, &source, problem));
    if (status == IEUM_OK) status = problem_aside(problem, weights_read(reading, problem));
    if (status == IEUM_OK) status = problem_aside(problem, committee_read(reading, problem));
    if (status == IEUM_OK) status = problem_aside(problem, bonus_read(reading, problem));
    if (status == IEUM_OK) status = problem_aside(problem, tie_order_read(reading, problem));
    if (status == IEUM_OK)
        status = problem_aside(problem, field_integer(reading->section, reading->at, "reserve", false, 0, 1000000, &reading->rules->terms.reserve, problem));
    if (status == IEUM_OK) status = problem_aside(problem, selection_firm_read(reading, problem));
    if (status == IEUM_OK) status = problem_aside(problem, selection_own_share_read(reading, problem));
    if (status == IEUM_OK) status = problem_aside(problem, selection_amount_read(reading, problem));
    if (status == IEUM_OK) status = problem_aside(problem, selection_double_award_read(reading, problem));
    if (status == IEUM_OK) status = problem_aside(problem, selection_stages_read(reading, problem));
    if (status == IEUM_OK) status = problem_aside(problem, selection_knock_outs_read(reading, problem));
    return status == IEUM_OK ? problem_aside(problem, selection_flags_read(reading, problem)) : status;
}

ieum_status selection_rules_read(const jval *resolved, struct program *program, struct problem *problem) {
    const jval *section = NULL;
    ieum_status status = field_object(resolved, NULL, "selection", false, &section, problem);
    if (status != IEUM_OK) return status;
    struct selection_rules *rules = arena_allocate_zero(program->arena, 1, sizeof *rules);
    if (!rules) return problem_set_memory(problem);
    *rules = standard;
    rules->given = section != NULL;
    program->selection = rules; /* what was read is released with the program, also when something behind it is refused */
    return section ? section_read(&(struct selection_reading){section, &section_at, program->arena, rules}, problem) : IEUM_OK;
}

void selection_rules_release(struct selection_rules *rules) {
    if (!rules) return;
    for (size_t i = 0; i < rules->bonus_count; i++) rules_release(&rules->bonus[i].rule, 1);
    rules_release(rules->knock_outs, rules->knock_out_count);
    rules_release(rules->supplier_knock_outs, rules->supplier_knock_out_count);
}

const struct selection_stage *selection_stage_find(const struct selection_rules *rules, const char *id) {
    if (!id) return &rules->stages[0];
    for (size_t i = 0; i < rules->stage_count; i++)
        if (strcmp(rules->stages[i].id, id) == 0) return &rules->stages[i];
    return NULL;
}

struct selection_terms selection_stage_terms(const struct program *program, const struct selection_stage *stage) {
    struct selection_terms terms = program->selection->terms;
    const int64_t quota = stage->quota == QUOTA_DEMANDS ? program->quota : stage->quota == QUOTA_PROJECTS ? program->project_quota : AMOUNT_MISSING;
    if (quota != AMOUNT_MISSING) terms.quota = quota;
    if (stage->quota == QUOTA_DEMANDS) {
        terms.track_quotas = program->track_quotas;
        terms.track_count = (uint32_t)program->track_count;
    }
    if (stage->budget && program->budget_krw != AMOUNT_MISSING) terms.budget_krw = program->budget_krw;
    if (stage->budget && program->project_cap_krw != AMOUNT_MISSING) terms.cap_krw = program->project_cap_krw;
    return terms;
}

int64_t selection_share_of(const struct selection_rules *rules, const char *size) {
    for (size_t i = 0; size && i < rules->share_count; i++)
        for (size_t k = 0; k < rules->shares[i].sizes.count; k++)
            if (value_alike(rules->shares[i].sizes.items[k], size)) return rules->shares[i].share;
    return rules->share_otherwise;
}
