/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see section.h. Must not know any program, only the form of the file. */
#include "section.h"

#include <string.h>

#include "../base/problem_list.h"

#include "calendar.h"
#include "consent_rules.h"
#include "fulfilment.h"
#include "group_rules.h"
#include "kinds_list.h"
#include "partners.h"
#include "requirements.h"
#include "targets.h"
#include "variety_rule.h"

#define KNOWN(names) (names), sizeof(names) / sizeof *(names)

static const struct jpath root = {NULL, NULL, 0};
static const char *const method_names[] = {"max_sum", "leximin", "stable", "random"};
enum { METHODS = sizeof method_names / sizeof *method_names };

ieum_status object_check(const jval *json, const struct jpath *at, const char *const *known, size_t count,
                         struct problem *problem) {
    if (!jval_is(json, JVAL_OBJECT))
        return jval_refuse(problem, at, json, "object", "객체({…})여야 합니다.", "An object ({…}) is expected here.");
    return field_refuse_unknown(json, at, known, count, problem);
}

ieum_status text2_read(const jval *object, const struct jpath *at, const char *key, bool required, struct text2 *text,
                       struct problem *problem) {
    static const char *const languages[] = {"ko", "en"};
    const jval *pair = NULL;
    struct jpath pair_at = {at == NULL ? &root : at, key, 0};
    struct text2 read = {NULL, NULL};
    ieum_status status = field_object(object, at, key, required, &pair, problem);
    if (status != IEUM_OK || pair == NULL) return status;
    status = problem_aside(problem, field_refuse_unknown(pair, &pair_at, KNOWN(languages), problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_text(pair, &pair_at, "ko", true, &read.ko, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_text(pair, &pair_at, "en", true, &read.en, problem));
    if (status == IEUM_OK) *text = read;
    return status;
}

ieum_status id_read(const jval *object, const struct jpath *at, const char **id, struct problem *problem) {
    const char *text = NULL;
    ieum_status status = field_text(object, at, "id", true, &text, problem);
    if (status != IEUM_OK) return status;
    if (text[0] < 'a' || text[0] > 'z' || text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_-")] != '\0') {
        struct jpath id_at = {at, "id", 0};
        return jval_refuse(
            problem, &id_at, jval_get(object, "id"), "[a-z][a-z0-9_-]*",
            "id는 영문 소문자로 시작하고 소문자, 숫자, '_', '-'만 쓸 수 있습니다.",
            "An id begins with a lower-case letter and has only lower-case letters, digits, '_' and '-'.");
    }
    *id = text;
    return IEUM_OK;
}

bool id_same(const char *a, const char *b) { return a && b && strcmp(a, b) == 0; }

ieum_status id_refuse_twice(const jval *id, const struct jpath *at, struct problem *problem) {
    struct jpath id_at = {at, "id", 0};
    return jval_refuse(problem, &id_at, id, "", "같은 id가 앞에 이미 있습니다.", "This id is used before.");
}

static ieum_status sources_read(const jval *resolved, struct problem *problem) {
    static const char *const known[] = {"id", "seed", "lines", "url", "note"};
    const jval *list = NULL;
    struct jpath list_at = {&root, "sources", 0};
    ieum_status status = field_array(resolved, NULL, "sources", true, &list, problem);
    for (size_t i = 0; status == IEUM_OK && i < jval_count(list); i++) {
        struct jpath at = {&list_at, NULL, i};
        const char *text = NULL;
        status = object_check(jval_at(list, i), &at, KNOWN(known), problem);
        for (size_t k = 0; status == IEUM_OK && k < sizeof known / sizeof *known; k++)
            status = problem_aside(problem, field_text(jval_at(list, i), &at, known[k], k == 0, &text, problem));
        status = problem_aside(problem, status);
    }
    return status;
}

static ieum_status sides_read(const jval *resolved, struct program *program, struct problem *problem) {
    static const char *const known[] = {"demand", "supplier"};
    const jval *sides = NULL;
    struct jpath at = {&root, "sides", 0};
    ieum_status status = field_object(resolved, NULL, "sides", true, &sides, problem);
    if (status == IEUM_OK) status = problem_aside(problem, field_refuse_unknown(sides, &at, KNOWN(known), problem));
    if (status == IEUM_OK) status = problem_aside(problem, text2_read(sides, &at, "demand", true, &program->demand_side, problem));
    if (status == IEUM_OK) status = problem_aside(problem, text2_read(sides, &at, "supplier", true, &program->supplier_side, problem));
    return status;
}

static ieum_status quota_read(const jval *resolved, struct program *program, struct problem *problem) {
    static const char *const known[] = {"demands", "suppliers", "projects", "source"};
    const jval *quota = NULL;
    const char *source = NULL;
    struct jpath at = {&root, "quota", 0};
    program->quota = program->supplier_quota = program->project_quota = AMOUNT_MISSING;
    ieum_status status = field_object(resolved, NULL, "quota", false, &quota, problem);
    if (status != IEUM_OK || quota == NULL) return status;
    status = problem_aside(problem, field_refuse_unknown(quota, &at, KNOWN(known), problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_integer(quota, &at, "demands", false, 0, 1000000, &program->quota, problem));
    if (status == IEUM_OK)
        status = problem_aside(problem, field_integer(quota, &at, "suppliers", false, 0, 1000000, &program->supplier_quota, problem));
    if (status == IEUM_OK)
        status = problem_aside(problem, field_integer(quota, &at, "projects", false, 0, 1000000, &program->project_quota, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_text(quota, &at, "source", true, &source, problem));
    return status;
}

/* A cap "in_total" (Z-04) is the whole budget: it then may not exceed what stands beside it. */
static ieum_status budget_read(const jval *resolved, struct program *program, struct problem *problem) {
    static const char *const known[] = {"total_krw", "cap_krw", "cap_scope", "years", "source"};
    static const char *const scopes[] = {"per_project", "in_total"};
    const jval *budget = NULL;
    const char *source = NULL;
    size_t scope = 0;
    int64_t total = AMOUNT_MISSING, cap = AMOUNT_MISSING;
    struct jpath at = {&root, "budget", 0};
    program->budget_krw = program->project_cap_krw = AMOUNT_MISSING;
    ieum_status status = field_object(resolved, NULL, "budget", false, &budget, problem);
    if (status != IEUM_OK || budget == NULL) return status;
    status = problem_aside(problem, field_refuse_unknown(budget, &at, KNOWN(known), problem));
    if (status == IEUM_OK)
        status = problem_aside(problem, field_integer(budget, &at, "total_krw", false, 0, 1000000000000000, &total, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_integer(budget, &at, "cap_krw", false, 0, 1000000000000, &cap, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_choice(budget, &at, "cap_scope", false, KNOWN(scopes), &scope, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_text(budget, &at, "source", true, &source, problem));
    if (status != IEUM_OK) return status;
    const int64_t stated = total;
    int64_t count = program->project_quota != AMOUNT_MISSING ? program->project_quota : program->quota;
    int64_t most = cap;
    if (cap != AMOUNT_MISSING && scope == 0) most = count == AMOUNT_MISSING ? AMOUNT_MISSING : cap * count;
    if (most != AMOUNT_MISSING && (total == AMOUNT_MISSING || most < total)) total = most;
    program->budget_krw = total;
    program->project_cap_krw = cap;
    return budget_years_read(budget, program, stated, problem);
}

static ieum_status assignment_read(const jval *resolved, struct program *program, struct problem *problem) {
    static const char *const known[] = {"method", "demand", "supplier", "use_capacity", "least_points", "groups", "variety", "source"};
    const jval *assignment = NULL;
    const char *source = NULL;
    size_t method = 0;
    struct jpath at = {&root, "assignment", 0};
    ieum_status status = field_object(resolved, NULL, "assignment", true, &assignment, problem);
    if (status == IEUM_OK) status = problem_aside(problem, field_refuse_unknown(assignment, &at, KNOWN(known), problem));
    if (status == IEUM_OK)
        status = problem_aside(problem, field_choice(assignment, &at, "method", true, method_names, METHODS, &method, problem));
    if (status == IEUM_OK) status = problem_aside(problem, bounds_read(assignment, &at, "demand", &program->demand_bounds, problem));
    if (status == IEUM_OK) status = problem_aside(problem, bounds_read(assignment, &at, "supplier", &program->supplier_bounds, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_bool(assignment, &at, "use_capacity", false, &program->use_capacity, problem));
    if (status == IEUM_OK)
        status = problem_aside(problem, field_number(assignment, &at, "least_points", false, 0, 100, &program->least_points, problem));
    if (status == IEUM_OK) status = problem_aside(problem, group_rules_read(assignment, &at, program, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_text(assignment, &at, "source", false, &source, problem));
    program->method = method_names[method];
    return status == IEUM_OK ? variety_rule_read(assignment, &at, program, problem) : status;
}

ieum_status sections_read(const jval *resolved, struct program *program, struct problem *problem) {
    ieum_status status = problem_aside(problem, text2_read(resolved, NULL, "title", true, &program->title, problem));
    if (status == IEUM_OK) status = problem_aside(problem, text2_read(resolved, NULL, "summary", false, &program->summary, problem));
    if (status == IEUM_OK) status = problem_aside(problem, text2_read(resolved, NULL, "owner", false, &program->owner, problem));
    if (status == IEUM_OK) status = problem_aside(problem, text2_read(resolved, NULL, "operator", false, &program->operator, problem));
    if (status == IEUM_OK) status = problem_aside(problem, partners_read(resolved, program, problem));
    if (status == IEUM_OK) status = problem_aside(problem, sources_read(resolved, problem));
    if (status == IEUM_OK) status = problem_aside(problem, sides_read(resolved, program, problem));
    if (status == IEUM_OK) status = problem_aside(problem, pool_read(resolved, program, problem));
    if (status == IEUM_OK) status = problem_aside(problem, quota_read(resolved, program, problem));
    if (status == IEUM_OK) status = problem_aside(problem, calendar_read(resolved, program, problem));
    if (status == IEUM_OK) status = problem_aside(problem, budget_read(resolved, program, problem));
    if (status == IEUM_OK) status = problem_aside(problem, assignment_read(resolved, program, problem));
    program->shortlist = 3;
    if (status == IEUM_OK)
        status = problem_aside(problem, field_integer(resolved, NULL, "shortlist", false, 1, 1000, &program->shortlist, problem));
    if (status == IEUM_OK) status = problem_aside(problem, consent_rules_read(resolved, program, problem));
    if (status == IEUM_OK) status = problem_aside(problem, retention_read(resolved, program, problem));
    if (status == IEUM_OK) status = problem_aside(problem, fulfilment_read(resolved, program, problem));
    if (status == IEUM_OK) status = problem_aside(problem, requirements_read(resolved, program, problem));
    if (status == IEUM_OK) status = problem_aside(problem, targets_read(resolved, problem));
    if (status == IEUM_OK) status = problem_aside(problem, field_bool(resolved, NULL, "routes", false, &program->routes, problem));
    program->model = "rubric";
    if (status == IEUM_OK) status = problem_aside(problem, field_text(resolved, NULL, "model", false, &program->model, problem));
    return status;
}
