/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see selection_rules.h. Must not know any program, only the form of the file. */
#include "selection_rules.h"

#include <math.h>
#include <string.h>

#include "likeness.h"
#include "rule.h"
#include "section.h"

#define KNOWN(names) (names), sizeof(names) / sizeof *(names)
#define CHOICES(names) (names), sizeof(names) / sizeof *(names)

const char *const selection_recusal_names[RECUSALS] = {"", "제척", "기피", "회피"};
const char *const selection_tie_names[SELECTION_TIES] = {"committee", "rubric", "bonus", "received", "id"};
const char *const selection_task_names[SELECTION_TASKS] = {"first_valid", "first_received", "any"};
const char *const selection_unfit_names[SELECTION_UNFITS] = {"stop", "skip", "reduce"};
const char *const selection_amount_names[SELECTION_AMOUNTS] = {"project_cost", "support"};
static const char *const quota_names[SELECTION_QUOTAS] = {"demands", "projects", "none"};
static const char *const points_of_names[] = {"best", "shortlist_mean"};
static const char *const missing_names[] = {"cap", "nothing"};

static const struct jpath root = {NULL, NULL, 0}, section_at = {&root, "selection", 0};

/* What holds in a program whose file has no such section: its rubric, its quota, its budget, nothing else. */
static const char *const standard_receipt[] = {"/received", "/applied"};
static struct selection_stage standard_stage = {"demands", {"선발", "Selection"}, QUOTA_DEMANDS, true};
static const struct selection_rules standard = {
    .terms = {.weight_rubric = SELECTION_POINT, .decimals = SELECTION_DECIMALS_MOST, .least_members = 7, .drop_highest = 1, .drop_lowest = 1,
              .bonus_most = SELECTION_MARK_MOST, .tasks = TASKS_ANY, .unfit = UNFIT_STOP, .quota = SELECTION_NO_LIMIT, .budget_krw = SELECTION_NO_LIMIT,
              .cap_krw = SELECTION_NO_LIMIT, .reserve = SELECTION_NO_LIMIT},
    .amount_field = "/budget_krw", .receipt = standard_receipt, .receipt_count = 2, .stages = &standard_stage, .stage_count = 1};

/* What the readers of the parts share. */
struct reading {
    const jval *section;
    struct arena *arena;
    struct selection_rules *rules;
};

/* An object within the section, with its source; NULL when it is not there. */
static ieum_status part_read(const struct reading *reading, const char *key, const char *const *known, size_t count, struct jpath *at, const jval **part,
                             struct problem *problem) {
    const char *source = NULL;
    *at = (struct jpath){&section_at, key, 0};
    *part = NULL;
    ieum_status status = field_object(reading->section, &section_at, key, false, part, problem);
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

static ieum_status weights_read(const struct reading *reading, struct problem *problem) {
    static const char *const known[] = {"rubric", "committee", "rubric_of", "decimals", "least_total", "source"};
    struct selection_terms *terms = &reading->rules->terms;
    const jval *part;
    struct jpath at;
    size_t points_of = 0;
    int64_t decimals = terms->decimals;
    ieum_status status = part_read(reading, "weights", KNOWN(known), &at, &part, problem);
    if (status != IEUM_OK || !part) return status;
    status = fixed_field(part, &at, "rubric", true, 1, &terms->weight_rubric, problem);
    if (status == IEUM_OK) status = fixed_field(part, &at, "committee", true, 1, &terms->weight_committee, problem);
    if (status == IEUM_OK && terms->weight_rubric + terms->weight_committee != SELECTION_POINT)
        status = jval_refuse(problem, &at, part, "1", "배점표와 위원회의 비중을 더하면 1이어야 합니다.", "The weights of rubric and committee must sum to 1.");
    if (status == IEUM_OK) status = field_choice(part, &at, "rubric_of", false, CHOICES(points_of_names), &points_of, problem);
    if (status == IEUM_OK) status = field_integer(part, &at, "decimals", false, 0, SELECTION_DECIMALS_MOST, &decimals, problem);
    if (status == IEUM_OK) status = fixed_field(part, &at, "least_total", false, 100, &terms->least_total, problem);
    reading->rules->shortlist_mean = points_of == 1;
    terms->decimals = (int)decimals;
    return status;
}

static ieum_status committee_read(const struct reading *reading, struct problem *problem) {
    static const char *const known[] = {"least_members", "drop_highest", "drop_lowest", "source"};
    struct selection_terms *terms = &reading->rules->terms;
    int64_t members = terms->least_members, highest = terms->drop_highest, lowest = terms->drop_lowest;
    const jval *part;
    struct jpath at;
    ieum_status status = part_read(reading, "committee", KNOWN(known), &at, &part, problem);
    if (status != IEUM_OK || !part) return status;
    status = field_integer(part, &at, "least_members", true, 1, 1000, &members, problem);
    if (status == IEUM_OK) status = field_integer(part, &at, "drop_highest", true, 0, 1000, &highest, problem);
    if (status == IEUM_OK) status = field_integer(part, &at, "drop_lowest", true, 0, 1000, &lowest, problem);
    if (status == IEUM_OK && highest + lowest >= members) {
        const struct jpath member_at = {&at, "least_members", 0};
        status = jval_refuse(problem, &member_at, jval_get(part, "least_members"), "> drop_highest + drop_lowest",
                             "최고점과 최저점을 빼고 나면 남는 점수가 없습니다.", "No mark is left when the highest and the lowest are dropped.");
    }
    terms->least_members = (uint32_t)members;
    terms->drop_highest = (uint32_t)highest;
    terms->drop_lowest = (uint32_t)lowest;
    return status;
}

static ieum_status bonus_item_read(const struct reading *reading, const jval *item, const struct jpath *at, struct problem *problem) {
    static const char *const known[] = {"title", "points", "rule"};
    struct selection_bonus *bonus = &reading->rules->bonus[reading->rules->bonus_count];
    bool enabled = true;
    ieum_status status = object_check(item, at, KNOWN(known), problem);
    if (status == IEUM_OK) status = text2_read(item, at, "title", true, &bonus->title, problem);
    if (status == IEUM_OK) status = fixed_field(item, at, "points", true, 100, &bonus->points, problem);
    if (status == IEUM_OK) status = rule_read_in(item, at, "rule", reading->arena, &bonus->rule, &enabled, problem);
    if (status != IEUM_OK) return status;
    reading->rules->bonus_count++; /* from here on the rule is released with the others */
    for (size_t i = 0; i + 1 < reading->rules->bonus_count; i++)
        if (strcmp(reading->rules->bonus[i].rule.id, bonus->rule.id) == 0)
            return id_refuse_twice(jval_get(jval_get(item, "rule"), "id"), &(struct jpath){at, "rule", 0}, problem);
    if (!enabled) rules_release(&reading->rules->bonus[--reading->rules->bonus_count].rule, 1);
    return IEUM_OK;
}

static ieum_status bonus_read(const struct reading *reading, struct problem *problem) {
    static const char *const known[] = {"most", "items", "source"};
    const jval *part, *items = NULL;
    struct jpath at;
    ieum_status status = part_read(reading, "bonus", KNOWN(known), &at, &part, problem);
    if (status != IEUM_OK || !part) return status;
    status = fixed_field(part, &at, "most", true, 100, &reading->rules->terms.bonus_most, problem);
    if (status == IEUM_OK) status = field_array(part, &at, "items", true, &items, problem);
    reading->rules->bonus = arena_allocate_zero(reading->arena, jval_count(items) + 1, sizeof *reading->rules->bonus);
    if (status == IEUM_OK && !reading->rules->bonus) status = problem_set_memory(problem);
    const struct jpath items_at = {&at, "items", 0};
    for (size_t i = 0; i < jval_count(items) && status == IEUM_OK; i++)
        status = bonus_item_read(reading, jval_at(items, i), &(struct jpath){&items_at, NULL, i}, problem);
    return status;
}

static ieum_status tie_order_read(const struct reading *reading, struct problem *problem) {
    const struct jpath at = {&section_at, "tie_order", 0};
    struct selection_terms *terms = &reading->rules->terms;
    struct text_list names = {0};
    ieum_status status = field_text_list(reading->section, &section_at, "tie_order", false, reading->arena, &names, problem);
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

static ieum_status share_groups_read(const struct reading *reading, const jval *groups, const struct jpath *at, struct problem *problem) {
    static const char *const known[] = {"sizes", "percent"};
    struct selection_share *shares = arena_allocate_zero(reading->arena, jval_count(groups) + 1, sizeof *shares);
    ieum_status status = shares ? IEUM_OK : problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(groups) && status == IEUM_OK; i++) {
        const struct jpath group_at = {at, NULL, i};
        double percent = 0;
        status = object_check(jval_at(groups, i), &group_at, KNOWN(known), problem);
        if (status == IEUM_OK) status = field_text_list(jval_at(groups, i), &group_at, "sizes", true, reading->arena, &shares[i].sizes, problem);
        if (status == IEUM_OK) status = field_number(jval_at(groups, i), &group_at, "percent", true, 0, OWN_SHARE_MOST / 100, &percent, problem);
        shares[i].share = llround(percent * 100);
    }
    reading->rules->shares = shares;
    reading->rules->share_count = status == IEUM_OK ? jval_count(groups) : 0;
    return status;
}

static ieum_status own_share_read(const struct reading *reading, struct problem *problem) {
    static const char *const known[] = {"groups", "otherwise", "source"};
    const jval *part, *groups = NULL;
    struct jpath at;
    double otherwise = 0;
    ieum_status status = part_read(reading, "own_share", KNOWN(known), &at, &part, problem);
    if (status != IEUM_OK || !part) return status;
    status = field_array(part, &at, "groups", false, &groups, problem);
    if (status == IEUM_OK) status = field_number(part, &at, "otherwise", true, 0, OWN_SHARE_MOST / 100, &otherwise, problem);
    if (status == IEUM_OK) status = share_groups_read(reading, groups, &(struct jpath){&at, "groups", 0}, problem);
    reading->rules->share_otherwise = llround(otherwise * 100);
    return status;
}

static ieum_status amount_part_read(const struct reading *reading, struct problem *problem) {
    static const char *const known[] = {"field", "reads", "missing", "unfit", "source"};
    const jval *part;
    struct jpath at;
    size_t reads = 0, missing = 1, unfit = 0;
    ieum_status status = part_read(reading, "amount", KNOWN(known), &at, &part, problem);
    if (status != IEUM_OK || !part) return status;
    status = pointer_field(part, &at, "field", false, &reading->rules->amount_field, problem);
    if (status == IEUM_OK) status = field_choice(part, &at, "reads", true, CHOICES(selection_amount_names), &reads, problem);
    if (status == IEUM_OK) status = field_choice(part, &at, "missing", true, CHOICES(missing_names), &missing, problem);
    if (status == IEUM_OK) status = field_choice(part, &at, "unfit", true, CHOICES(selection_unfit_names), &unfit, problem);
    reading->rules->terms.amount = (enum selection_amount)reads;
    reading->rules->terms.unfit = (enum selection_unfit)unfit;
    reading->rules->missing_asks_cap = missing == 0;
    return status;
}

static ieum_status tasks_read(const struct reading *reading, struct problem *problem) {
    static const char *const known[] = {"tasks", "receipt", "source"};
    const jval *part;
    struct jpath at;
    struct text_list receipt = {0};
    size_t tasks = TASKS_ANY;
    ieum_status status = part_read(reading, "firm", KNOWN(known), &at, &part, problem);
    if (status != IEUM_OK || !part) return status;
    status = field_choice(part, &at, "tasks", true, CHOICES(selection_task_names), &tasks, problem);
    if (status == IEUM_OK) status = field_text_list(part, &at, "receipt", false, reading->arena, &receipt, problem);
    reading->rules->terms.tasks = (enum selection_tasks)tasks;
    if (status != IEUM_OK || receipt.count == 0) return status;
    reading->rules->receipt = receipt.items;
    reading->rules->receipt_count = receipt.count;
    return IEUM_OK;
}

static ieum_status double_award_read(const struct reading *reading, struct problem *problem) {
    static const char *const known[] = {"programs", "source"};
    const jval *part;
    struct jpath at;
    ieum_status status = part_read(reading, "double_award", KNOWN(known), &at, &part, problem);
    if (status != IEUM_OK || !part) return status;
    return field_text_list(part, &at, "programs", true, reading->arena, &reading->rules->double_award, problem);
}

static ieum_status stages_read(const struct reading *reading, struct problem *problem) {
    static const char *const known[] = {"id", "title", "quota", "budget"};
    const jval *list = NULL;
    const struct jpath list_at = {&section_at, "stages", 0};
    ieum_status status = field_array(reading->section, &section_at, "stages", false, &list, problem);
    if (status != IEUM_OK || jval_count(list) == 0) return status;
    struct selection_stage *stages = arena_allocate_zero(reading->arena, jval_count(list), sizeof *stages);
    if (!stages) return problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const struct jpath at = {&list_at, NULL, i};
        size_t quota = 0;
        status = object_check(jval_at(list, i), &at, KNOWN(known), problem);
        if (status == IEUM_OK) status = id_read(jval_at(list, i), &at, &stages[i].id, problem);
        for (size_t k = 0; k < i && status == IEUM_OK; k++)
            if (strcmp(stages[k].id, stages[i].id) == 0) status = id_refuse_twice(jval_get(jval_at(list, i), "id"), &at, problem);
        if (status == IEUM_OK) status = text2_read(jval_at(list, i), &at, "title", true, &stages[i].title, problem);
        if (status == IEUM_OK) status = field_choice(jval_at(list, i), &at, "quota", true, CHOICES(quota_names), &quota, problem);
        if (status == IEUM_OK) status = field_bool(jval_at(list, i), &at, "budget", true, &stages[i].budget, problem);
        stages[i].quota = (enum selection_quota)quota;
    }
    reading->rules->stages = stages;
    reading->rules->stage_count = jval_count(list);
    return status;
}

static ieum_status knock_outs_read(const struct reading *reading, struct problem *problem) {
    static const char *const known[] = {"demand", "supplier"};
    struct selection_rules *rules = reading->rules;
    const jval *part = NULL;
    const struct jpath at = {&section_at, "knock_outs", 0}, supplier_at = {&at, "supplier", 0};
    ieum_status status = field_object(reading->section, &section_at, "knock_outs", false, &part, problem);
    if (status != IEUM_OK || !part) return status;
    status = field_refuse_unknown(part, &at, KNOWN(known), problem);
    if (status == IEUM_OK) status = rules_read_in(part, &at, "demand", false, reading->arena, &rules->knock_outs, &rules->knock_out_count, problem);
    if (status == IEUM_OK)
        status = rules_read_in(part, &at, "supplier", true, reading->arena, &rules->supplier_knock_outs, &rules->supplier_knock_out_count, problem);
    for (size_t i = 0; i < rules->supplier_knock_out_count && status == IEUM_OK; i++) {
        const struct rule *rule = &rules->supplier_knock_outs[i];
        if (rule_test_single(rule->test) && !rule->reference) continue;
        status = jval_refuse(problem, &supplier_at, NULL, "pair_rules", "여기에는 공급기업 하나만 보는 규칙을 적습니다. 짝을 보는 규칙은 pair_rules에 적습니다.",
                             "Rules here look at the supplier alone; those that look at a pair stand under pair_rules.");
        problem_set_value(problem, rule->id);
    }
    return status;
}

static ieum_status flags_read(const struct reading *reading, struct problem *problem) {
    static const char *const known[] = {"id", "title", "field", "supplier_field", "source"};
    const jval *list = NULL;
    const struct jpath list_at = {&section_at, "flag_same", 0};
    ieum_status status = field_array(reading->section, &section_at, "flag_same", false, &list, problem);
    if (status != IEUM_OK) return status;
    struct selection_flag *flags = arena_allocate_zero(reading->arena, jval_count(list) + 1, sizeof *flags);
    if (!flags) return problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const jval *item = jval_at(list, i);
        const struct jpath at = {&list_at, NULL, i};
        const char *source = NULL;
        status = object_check(item, &at, KNOWN(known), problem);
        if (status == IEUM_OK) status = id_read(item, &at, &flags[i].id, problem);
        for (size_t k = 0; k < i && status == IEUM_OK; k++)
            if (strcmp(flags[k].id, flags[i].id) == 0) status = id_refuse_twice(jval_get(item, "id"), &at, problem);
        if (status == IEUM_OK) status = text2_read(item, &at, "title", true, &flags[i].title, problem);
        if (status == IEUM_OK) status = pointer_field(item, &at, "field", true, &flags[i].field, problem);
        if (status == IEUM_OK) status = pointer_field(item, &at, "supplier_field", false, &flags[i].supplier_field, problem);
        if (status == IEUM_OK) status = field_text(item, &at, "source", true, &source, problem);
    }
    reading->rules->flags = flags;
    reading->rules->flag_count = jval_count(list);
    return status;
}

static ieum_status section_read(const struct reading *reading, struct problem *problem) {
    static const char *const known[] = {"weights", "committee", "bonus",  "tie_order",  "reserve",   "firm",  "own_share",
                                        "amount",  "double_award", "stages", "knock_outs", "flag_same", "source"};
    const char *source = NULL;
    ieum_status status = field_refuse_unknown(reading->section, &section_at, KNOWN(known), problem);
    if (status == IEUM_OK) status = field_text(reading->section, &section_at, "source", true, &source, problem);
    if (status == IEUM_OK) status = weights_read(reading, problem);
    if (status == IEUM_OK) status = committee_read(reading, problem);
    if (status == IEUM_OK) status = bonus_read(reading, problem);
    if (status == IEUM_OK) status = tie_order_read(reading, problem);
    if (status == IEUM_OK)
        status = field_integer(reading->section, &section_at, "reserve", false, 0, 1000000, &reading->rules->terms.reserve, problem);
    if (status == IEUM_OK) status = tasks_read(reading, problem);
    if (status == IEUM_OK) status = own_share_read(reading, problem);
    if (status == IEUM_OK) status = amount_part_read(reading, problem);
    if (status == IEUM_OK) status = double_award_read(reading, problem);
    if (status == IEUM_OK) status = stages_read(reading, problem);
    if (status == IEUM_OK) status = knock_outs_read(reading, problem);
    return status == IEUM_OK ? flags_read(reading, problem) : status;
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
    return section ? section_read(&(struct reading){section, program->arena, rules}, problem) : IEUM_OK;
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
