/* SPDX-License-Identifier: Apache-2.0 */
/* Reading data/diagnosis/routes.json. Must not look at any answer or record. */
#include "routes.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "../program/rule.h"
#include "../program/section.h"

static const struct jpath root = {NULL, NULL, 0};

size_t routes_find_need(const struct routes *routes, const char *id) {
    for (size_t n = 0; n < routes->need_count; n++)
        if (strcmp(routes->needs[n].id, id) == 0) return n;
    return SIZE_MAX;
}

/* ---- needs ---- */

static ieum_status read_need(const jval *json, const struct jpath *at, struct routes *routes, const char **ids, struct problem *problem) {
    static const char *const known[] = {"id", "title", "concepts", "source"};
    struct route_need *need = &routes->needs[routes->need_count];
    ieum_status status = object_check(json, at, known, 4, problem);
    if (status == IEUM_OK) status = read_new_id(json, at, ids, routes->need_count, &need->id, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "title", true, &need->title, problem);
    if (status == IEUM_OK) status = field_text_list(json, at, "concepts", true, routes->arena, &need->concepts, problem);
    if (status == IEUM_OK) status = field_text(json, at, "source", true, &need->source, problem);
    if (status == IEUM_OK) ids[routes->need_count++] = need->id;
    return status;
}

/* The need that a text names, by its id; refused where it stands when there is none. */
static ieum_status find_need(const struct routes *routes, const jval *json, const struct jpath *at, size_t *need, struct problem *problem) {
    *need = routes_find_need(routes, jval_text(json));
    return *need != SIZE_MAX ? IEUM_OK : jval_refuse(problem, at, json, NULL, "needs에 없는 수요 유형입니다.", "There is no such type of need under needs.");
}

static ieum_status read_needs(struct routes *routes, struct problem *problem) {
    const struct jpath at = {&root, "needs", 0};
    const jval *list = NULL;
    const char *otherwise = NULL;
    ieum_status status = read_filled_list(routes->json, NULL, "needs", 1, &list, problem);
    const char **ids = arena_allocate_zero(routes->arena, jval_count(list), sizeof *ids);
    routes->needs = arena_allocate_zero(routes->arena, jval_count(list), sizeof *routes->needs);
    if (status == IEUM_OK && (!ids || !routes->needs)) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++)
        status = read_need(jval_at(list, i), &(struct jpath){&at, NULL, i}, routes, ids, problem);
    if (status == IEUM_OK) status = field_text(routes->json, NULL, "otherwise", true, &otherwise, problem);
    if (status != IEUM_OK) return status;
    return find_need(routes, jval_get(routes->json, "otherwise"), &(struct jpath){&root, "otherwise", 0}, &routes->otherwise, problem);
}

/* ---- routes ---- */

static ieum_status read_range(const jval *json, const struct jpath *at, struct score_range *range, struct problem *problem) {
    range->below = INFINITY;
    ieum_status status = field_number(json, at, "from", true, 0, 100, &range->from, problem);
    if (status == IEUM_OK) status = field_number(json, at, "below", false, 0, 100, &range->below, problem);
    if (status == IEUM_OK && range->below <= range->from)
        status = jval_refuse(problem, &(struct jpath){at, "below", 0}, jval_get(json, "below"), "> from", "from보다 커야 합니다.", "This must be more than from.");
    return status;
}

static ieum_status read_area_ranges(const jval *json, const struct jpath *at, const struct readiness *readiness, struct arena *arena, struct route *route,
                                    struct problem *problem) {
    static const char *const known[] = {"area", "from", "below"};
    const struct jpath list_at = {at, "areas", 0};
    const jval *list = NULL;
    ieum_status status = field_array(json, at, "areas", false, &list, problem);
    struct area_range *areas = arena_allocate_zero(arena, jval_count(list), sizeof *areas);
    if (status == IEUM_OK && !areas) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const struct jpath item = {&list_at, NULL, i};
        const char *area = NULL;
        status = object_check(jval_at(list, i), &item, known, 3, problem);
        if (status == IEUM_OK) status = field_text(jval_at(list, i), &item, "area", true, &area, problem);
        if (status == IEUM_OK) areas[i].area = readiness_area_find(readiness, area);
        if (status == IEUM_OK && areas[i].area == SIZE_MAX)
            status = jval_refuse(problem, &(struct jpath){&item, "area", 0}, jval_get(jval_at(list, i), "area"), NULL, "진단표에 없는 영역입니다.",
                                 "The questionnaire has no such area.");
        if (status == IEUM_OK) status = read_range(jval_at(list, i), &item, &areas[i].range, problem);
    }
    route->areas = areas;
    route->area_count = jval_count(list);
    return status;
}

static ieum_status read_route_needs(const jval *json, const struct jpath *at, const struct routes *routes, struct route *route, struct problem *problem) {
    const struct jpath list_at = {at, "needs", 0};
    struct text_list ids = {0};
    ieum_status status = field_text_list(json, at, "needs", true, routes->arena, &ids, problem);
    size_t *needs = arena_allocate_zero(routes->arena, ids.count, sizeof *needs);
    if (status == IEUM_OK && !needs) status = problem_set_memory(problem);
    for (size_t i = 0; i < ids.count && status == IEUM_OK; i++)
        status = find_need(routes, jval_at(jval_get(json, "needs"), i), &(struct jpath){&list_at, NULL, i}, &needs[i], problem);
    route->needs = needs;
    route->need_count = ids.count;
    return status;
}

static ieum_status read_route(const jval *json, const struct jpath *at, const struct readiness *readiness, struct routes *routes, struct problem *problem) {
    static const char *const known[] = {"program", "title", "offers", "score", "areas", "needs", "rules", "next", "source"};
    static const char *const score_known[] = {"from", "below"};
    const struct jpath score_at = {at, "score", 0};
    struct route *route = &routes->routes[routes->count];
    const jval *score = NULL;
    ieum_status status = object_check(json, at, known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = field_text(json, at, "program", true, &route->program, problem);
    for (size_t r = 0; r < routes->count && status == IEUM_OK; r++)
        if (strcmp(routes->routes[r].program, route->program) == 0)
            status = jval_refuse(problem, &(struct jpath){at, "program", 0}, jval_get(json, "program"), NULL, "이 사업은 앞에 이미 있습니다.", "This program is there before.");
    if (status == IEUM_OK) status = text2_read(json, at, "title", true, &route->title, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "offers", true, &route->offers, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "next", true, &route->next, problem);
    if (status == IEUM_OK) status = field_text(json, at, "source", true, &route->source, problem);
    if (status == IEUM_OK) status = field_object(json, at, "score", true, &score, problem);
    if (status == IEUM_OK) status = object_check(score, &score_at, score_known, 2, problem);
    if (status == IEUM_OK) status = read_range(score, &score_at, &route->score, problem);
    if (status == IEUM_OK) status = read_area_ranges(json, at, readiness, routes->arena, route, problem);
    if (status == IEUM_OK) status = read_route_needs(json, at, routes, route, problem);
    if (status == IEUM_OK && jval_get(json, "rules")) status = rules_read_in(json, at, "rules", false, routes->arena, &route->rules, &route->rule_count, problem);
    for (size_t r = 0; r < route->rule_count && status == IEUM_OK; r++)
        if (route->rules[r].test == TEST_BELONGS_TO)
            status = jval_refuse(problem, &(struct jpath){at, "rules", 0}, jval_get(json, "rules"), NULL, "집합(belongs_to)은 관할이 있는 사업 파일에서만 쓸 수 있습니다.",
                                 "A union (belongs_to) may be asked for only in a program file, which names a jurisdiction.");
    if (status == IEUM_OK) routes->count++;
    return status;
}

ieum_status routes_load(const char *path, const struct readiness *readiness, struct routes *routes, struct problem *problem) {
    static const char *const known[] = {"needs", "otherwise", "routes"};
    const struct jpath at = {&root, "routes", 0};
    const jval *list = NULL;
    *routes = (struct routes){.arena = arena_new()};
    ieum_status status = routes->arena ? IEUM_OK : problem_set_memory(problem);
    if (status == IEUM_OK) status = diagnosis_file_read(path, "routes", known, 3, &routes->json, &routes->head, problem);
    if (status == IEUM_OK) status = read_needs(routes, problem);
    if (status == IEUM_OK) status = read_filled_list(routes->json, NULL, "routes", 1, &list, problem);
    if (status == IEUM_OK) routes->routes = arena_allocate_zero(routes->arena, jval_count(list), sizeof *routes->routes);
    if (status == IEUM_OK && !routes->routes) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++)
        status = read_route(jval_at(list, i), &(struct jpath){&at, NULL, i}, readiness, routes, problem);
    if (status == IEUM_OK) return IEUM_OK;
    problem_set_place(problem, path, 0, 0);
    routes_free(routes);
    return status;
}

void routes_free(struct routes *routes) {
    for (size_t r = 0; r < routes->count; r++) rules_release(routes->routes[r].rules, routes->routes[r].rule_count);
    arena_free(routes->arena);
    jval_free(routes->json);
    *routes = (struct routes){0};
}
