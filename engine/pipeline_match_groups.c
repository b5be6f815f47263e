/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Group rules → groups: who belongs to which. A rule with values, or of newcomers, makes one group; one without makes a group for each value that occurs. A record whose
 * field is missing is in none; of a list the first element counts.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "pipeline_match_parts.h"
#include "program/locate.h"

struct member {
    const char *value;
    uint32_t index;
};

/* Values first, then the order of the records. */
static int compare_members(const void *a, const void *b) {
    const struct member *x = a, *y = b;
    const int order = strcmp(x->value, y->value);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

/* The first `prefix` characters, or all. */
static char *cut_value(const char *text, size_t prefix, struct arena *arena) {
    size_t bytes = 0, characters = 0;
    while (text[bytes] && (!prefix || characters < prefix)) {
        do bytes++;
        while ((text[bytes] & 0xC0) == 0x80);
        characters++;
    }
    return arena_copy_bytes(arena, text, bytes);
}

static const jval *record_of(const struct match_answer *answer, bool demand_side, uint32_t index) {
    const struct cohort *cohort = &answer->suggested.cohort;
    return demand_side ? cohort->demands.demands[answer->suggested.shortlists[answer->rows[index]].demand].json : cohort->suppliers.suppliers[index].json;
}

/* Those the rule is about, with their values. */
static ieum_status find_members(const struct match_answer *answer, const struct group_rule *rule, struct member *members, size_t *count, struct problem *problem) {
    const uint32_t all = rule->demand_side ? answer->row_count : (uint32_t)answer->suggested.cohort.suppliers.count;
    *count = 0;
    for (uint32_t i = 0; i < all; i++) {
        struct text_list values = {0};
        if (rule->newcomer) {
            if (answer->newcomer && answer->newcomer[i]) members[(*count)++] = (struct member){"", i};
            continue;
        }
        ieum_status status = value_texts(value_at(record_of(answer, rule->demand_side, i), rule->field), answer->arena, &values, problem);
        if (status != IEUM_OK) return status;
        if (values.count == 0 || !values.items[0][0]) continue;
        char *value = cut_value(values.items[0], rule->prefix, answer->arena);
        if (!value) return problem_set_memory(problem);
        if (rule->each || text_list_has(&rule->values, value)) members[(*count)++] = (struct member){rule->each ? value : "", i};
    }
    qsort(members, *count, sizeof *members, compare_members);
    return IEUM_OK;
}

static ieum_status refuse_nobody(const struct group_rule *rule, struct problem *problem) {
    ieum_status status = problem_set(problem, IEUM_CONFLICT, "/assignment/groups", "그룹 '%1$s'에 속하는 기업이 없어 그 하한을 채울 수 없습니다.",
                                     "Nobody belongs to the group '%2$s', so its minimum cannot be met.%1$.0s", rule->title.ko, rule->title.en);
    problem_set_value(problem, rule->id);
    return status;
}

static ieum_status add_group(struct match_answer *answer, const struct group_rule *rule, const struct member *members, size_t count, uint32_t *groups,
                             struct problem *problem) {
    uint32_t *list = arena_allocate(answer->arena, count * sizeof *list);
    if (!list) return problem_set_memory(problem);
    for (size_t i = 0; i < count; i++) list[i] = members[i].index;
    answer->groups[*groups] = (struct assignment_group){.side = rule->demand_side ? ASSIGNMENT_DEMAND : ASSIGNMENT_SUPPLIER, .members = list, .member_count = (uint32_t)count,
                                                        .min = rule->bounds.least, .max = rule->bounds.most};
    answer->group_rules[*groups] = rule;
    answer->group_values[(*groups)++] = members[0].value[0] ? members[0].value : NULL;
    return IEUM_OK;
}

static ieum_status mark_newcomers(const struct match_question *question, struct match_answer *answer, struct problem *problem) {
    const struct record_set *suppliers = &answer->suggested.cohort.suppliers;
    if (!question->newcomers_known) return IEUM_OK;
    answer->newcomer = arena_allocate_zero(answer->arena, suppliers->count, sizeof *answer->newcomer);
    if (!answer->newcomer) return problem_set_memory(problem);
    for (size_t s = 0; s < suppliers->count; s++) answer->newcomer[s] = !text_list_has(&question->experienced, suppliers->suppliers[s].id);
    return IEUM_OK;
}

ieum_status match_make_groups(const struct match_question *question, struct match_answer *answer, uint32_t *count, struct problem *problem) {
    const struct program *program = answer->suggested.program;
    const size_t suppliers = answer->suggested.cohort.suppliers.count, most = suppliers > answer->row_count ? suppliers : answer->row_count;
    struct member *members = arena_allocate(answer->arena, most * sizeof *members);
    const size_t room = program->group_count * (most + 1) + answer->variety.whole_count;
    answer->groups = arena_allocate_zero(answer->arena, room, sizeof *answer->groups);
    answer->group_rules = arena_allocate_zero(answer->arena, room, sizeof *answer->group_rules);
    answer->group_values = arena_allocate_zero(answer->arena, room, sizeof *answer->group_values);
    *count = 0;
    if (!members || !answer->groups || !answer->group_rules || !answer->group_values) return problem_set_memory(problem);
    ieum_status status = mark_newcomers(question, answer, problem);
    for (size_t r = 0; r < program->group_count && status == IEUM_OK; r++) {
        const struct group_rule *rule = &program->groups[r];
        size_t found = 0, first = 0;
        status = find_members(answer, rule, members, &found, problem);
        if (status == IEUM_OK && !found && rule->bounds.least > 0 && !rule->each) status = refuse_nobody(rule, problem);
        while (status == IEUM_OK && first < found) {
            size_t end = first + 1;
            while (end < found && strcmp(members[end].value, members[first].value) == 0) end++;
            status = add_group(answer, rule, members + first, end - first, count, problem);
            first = end;
        }
    }
    return status == IEUM_OK ? match_add_wholes(answer, count, problem) : status;
}
