/* SPDX-License-Identifier: Apache-2.0 */
/* The groups of the assignment: limits that contradict, do nothing, or cross. See examine.h. */
#include <string.h>

#include "examine_parts.h"

static const struct jpath root = {NULL, NULL, 0}, assignment_at = {&root, "assignment", 0}, groups_at = {&assignment_at, "groups", 0};

static const jval *group_json(const struct examiner *it, size_t index) { return jval_at(jval_get(jval_get(it->file, "assignment"), "groups"), index); }

static size_t shared_values(const struct group_rule *a, const struct group_rule *b) {
    size_t shared = 0;
    for (size_t i = 0; i < a->values.count; i++) shared += text_list_has(&b->values, a->values.items[i]);
    return shared;
}

static bool same_field(const struct group_rule *a, const struct group_rule *b) { return a->field && b->field && strcmp(a->field, b->field) == 0; }

static void examine_two(const struct examiner *it, size_t first, size_t second) {
    const struct group_rule *a = &it->program->groups[first], *b = &it->program->groups[second];
    const struct jpath at = {&groups_at, NULL, second};
    if (a->demand_side != b->demand_side) return;
    if (!same_field(a, b)) {
        examine_oddity(it, (struct finding_at){"groups_may_cross", &at, jval_get(group_json(it, second), "id"), NULL},
                       "앞의 그룹과 다른 항목으로 묶어, 두 그룹에 함께 드는 곳이 있으면 배정이 거절됩니다. 한쪽의 그룹은 서로 포함하거나 겹치지 않아야 합니다.",
                       "This group is made by another member than one above it; where the two share some members, the assignment is refused: the groups of one side are nested or disjoint.");
        return;
    }
    const size_t shared = shared_values(a, b);
    if (a->each || b->each || shared == 0 || shared == a->values.count || shared == b->values.count) return;
    examine_error(it, (struct finding_at){"groups_cross", &(struct jpath){&at, "values", 0}, jval_get(group_json(it, second), "id"), NULL},
                  "앞의 그룹과 일부만 겹칩니다. 한쪽의 그룹은 서로 포함하거나 겹치지 않아야 합니다.",
                  "This group shares some of its values with one above it, but not all: the groups of one side are nested or disjoint.");
}

static void examine_group(const struct examiner *it, size_t index) {
    const struct program *p = it->program;
    const struct group_rule *group = &p->groups[index];
    const jval *json = group_json(it, index);
    const struct jpath at = {&groups_at, NULL, index}, min_at = {&at, "min", 0}, max_at = {&at, "max", 0}, values_at = {&at, "values", 0};
    const int64_t quota = p->quota, most = p->demand_bounds.most;
    if (group->bounds.most == 0)
        examine_oddity(it, (struct finding_at){"group_max_zero", &max_at, jval_get(json, "max"), ">= 1"}, "한도가 0이어서 이 그룹은 모두 배정에서 빠집니다.",
                       "A limit of 0 keeps all of this group out of the assignment.");
    if (group->bounds.least == 0 && group->bounds.most == INT64_MAX)
        examine_error(it, (struct finding_at){"group_without_limit", &at, jval_get(json, "id"), "min | max"}, "이 그룹에는 최솟값도 최댓값도 없어 아무 일도 하지 않습니다.",
                      "This group has neither a least nor a greatest value, so it does nothing.");
    if (quota != AMOUNT_MISSING && most != INT64_MAX && group->bounds.least > quota * most)
        examine_error(it, (struct finding_at){"group_min_beyond_quota", &min_at, jval_get(json, "min"), NULL}, "이 그룹에 필요한 짝(min)이 정원으로 만들 수 있는 짝보다 많습니다.",
                      "This group needs more pairs (min) than the quota can make.");
    if (group->prefix > 0 && group->values.count > 0)
        examine_error(it, (struct finding_at){"group_prefix_unused", &(struct jpath){&at, "prefix", 0}, jval_get(json, "prefix"), NULL},
                      "앞 글자 수(prefix)는 값(values)을 적지 않은 그룹에만 쓰입니다.", "A prefix counts only in a group without values.");
    for (size_t i = 0; i < group->values.count; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(group->values.items[i], group->values.items[k]) == 0)
                examine_oddity(it, (struct finding_at){"value_twice", &(struct jpath){&values_at, NULL, i}, jval_at(jval_get(json, "values"), i), NULL}, "같은 값을 두 번 적었습니다.",
                               "This value stands twice.");
}

/* Groups of one member that exclude each other need their least values together. */
static void examine_sum(const struct examiner *it) {
    const struct program *p = it->program;
    if (p->quota == AMOUNT_MISSING || p->demand_bounds.most == INT64_MAX) return;
    for (size_t i = 0; i < p->group_count; i++) {
        int64_t sum = p->groups[i].bounds.least;
        if (p->groups[i].each || p->groups[i].newcomer) continue;
        for (size_t k = 0; k < i; k++)
            if (p->groups[k].demand_side == p->groups[i].demand_side && same_field(&p->groups[k], &p->groups[i]) && !p->groups[k].each &&
                shared_values(&p->groups[k], &p->groups[i]) == 0)
                sum += p->groups[k].bounds.least;
        if (sum <= p->quota * p->demand_bounds.most || p->groups[i].bounds.least == sum) continue;
        examine_error(it, (struct finding_at){"groups_min_beyond_quota", &(struct jpath){&(struct jpath){&groups_at, NULL, i}, "min", 0}, jval_get(group_json(it, i), "min"), NULL},
                      "앞의 그룹들과 합하면 필요한 짝(min)이 정원으로 만들 수 있는 짝보다 많습니다.",
                      "Together with the groups above it, this one needs more pairs (min) than the quota can make.");
        return;
    }
}

void examine_groups(const struct examiner *it) {
    for (size_t i = 0; i < it->program->group_count; i++) {
        examine_group(it, i);
        for (size_t k = 0; k < i; k++) examine_two(it, k, i);
    }
    examine_sum(it);
}
