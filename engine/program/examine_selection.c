/* SPDX-License-Identifier: Apache-2.0 */
/* The terms of the selection held against quota, budget and each other. See examine.h. */
#include <string.h>

#include "examine_parts.h"
#include "selection_rules.h"

static const struct jpath root = {NULL, NULL, 0}, selection_at = {&root, "selection", 0};

static void examine_stage(const struct examiner *it, size_t index) {
    const struct program *p = it->program;
    const struct selection_stage *stage = &p->selection->stages[index];
    const jval *json = jval_at(jval_get(jval_get(it->file, "selection"), "stages"), index);
    const struct jpath stages_at = {&selection_at, "stages", 0}, at = {&stages_at, NULL, index}, quota_at = {&at, "quota", 0};
    if (stage->quota == QUOTA_PROJECTS && p->project_quota == AMOUNT_MISSING)
        examine_error(it, (struct finding_at){"stage_without_projects", &quota_at, jval_get(json, "quota"), "quota/projects"},
                      "이 단계는 프로젝트 정원으로 뽑는데 quota에 projects가 없습니다.", "This stage counts projects, but the quota states none.");
    if (stage->quota == QUOTA_DEMANDS && p->quota == AMOUNT_MISSING)
        examine_oddity(it, (struct finding_at){"stage_without_quota", &quota_at, jval_get(json, "quota"), "quota/demands"},
                       "이 단계는 수요과제 정원으로 뽑는데 quota에 demands가 없어 한도가 없습니다.", "This stage counts demands, but the quota states none: there is no limit.");
    if (stage->budget && p->budget_krw == AMOUNT_MISSING)
        examine_oddity(it, (struct finding_at){"stage_without_budget", &(struct jpath){&at, "budget", 0}, jval_get(json, "budget"), "budget"},
                       "이 단계에서 지원금을 주기로 했는데 예산이 없어 한도가 없습니다.", "This stage gives money, but there is no budget: there is no limit.");
    if (index > 0 && p->selection->stages[index - 1].quota == QUOTA_PROJECTS && stage->quota == QUOTA_DEMANDS)
        examine_error(it, (struct finding_at){"stages_widen", &quota_at, jval_get(json, "quota"), NULL},
                      "프로젝트를 고른 다음 단계가 다시 수요과제를 고릅니다. 단계는 넓은 것부터 좁은 것의 차례로 적어 주세요.",
                      "After projects were chosen this stage chooses demands again. List stages from the widest to the narrowest.");
}

static void examine_bonus(const struct examiner *it) {
    const struct selection_rules *rules = it->program->selection;
    const jval *bonus = jval_get(jval_get(it->file, "selection"), "bonus"), *items = jval_get(bonus, "items");
    const struct jpath at = {&selection_at, "bonus", 0}, most_at = {&at, "most", 0}, items_at = {&at, "items", 0};
    if (!bonus) return;
    if (jval_count(items) == 0)
        examine_oddity(it, (struct finding_at){"bonus_empty", &items_at, NULL, "1.."}, "가점 항목이 하나도 없습니다.", "There is no item of a bonus.");
    if (rules->terms.bonus_most == 0)
        examine_error(it, (struct finding_at){"bonus_zero", &most_at, jval_get(bonus, "most"), "> 0"}, "가점 상한이 0이어서 가점이 아무 일도 하지 않습니다.",
                      "The bonus may be 0 points at most, so it does nothing.");
    for (size_t i = 0; i < jval_count(items); i++) {
        const jval *points = jval_get(jval_at(items, i), "points");
        if (rules->terms.bonus_most > 0 && jval_number(points) > jval_number(jval_get(bonus, "most")))
            examine_oddity(it, (struct finding_at){"bonus_beyond_most", &(struct jpath){&(struct jpath){&items_at, NULL, i}, "points", 0}, points, NULL},
                           "이 가점은 상한보다 커서 다 받을 수 없습니다.", "This item has more points than the bonus may have at most.");
    }
}

static void examine_double_award(const struct examiner *it) {
    const struct text_list *programs = &it->program->selection->double_award;
    const jval *list = jval_get(jval_get(jval_get(it->file, "selection"), "double_award"), "programs");
    const struct jpath award_at = {&selection_at, "double_award", 0}, list_at = {&award_at, "programs", 0};
    for (size_t i = 0; i < programs->count; i++) {
        const struct jpath at = {&list_at, NULL, i};
        if (it->program->id && strcmp(programs->items[i], it->program->id) == 0)
            examine_error(it, (struct finding_at){"double_award_of_itself", &at, jval_at(list, i), NULL}, "중복 수혜를 막을 사업으로 이 사업 자신을 적었습니다.",
                          "The program names itself among those whose award bars a firm.");
        for (size_t k = 0; k < i; k++)
            if (strcmp(programs->items[i], programs->items[k]) == 0)
                examine_oddity(it, (struct finding_at){"value_twice", &at, jval_at(list, i), NULL}, "같은 값을 두 번 적었습니다.", "This value stands twice.");
    }
}

/* Of a size that stands in two groups the first one's share counts, and the second would look as if it did. */
static void examine_shares(const struct examiner *it) {
    const struct selection_rules *rules = it->program->selection;
    const jval *groups = jval_get(jval_get(jval_get(it->file, "selection"), "own_share"), "groups");
    const struct jpath share_at = {&selection_at, "own_share", 0}, groups_at = {&share_at, "groups", 0};
    for (size_t i = 0; i < rules->share_count; i++) {
        const struct jpath at = {&groups_at, NULL, i}, sizes_at = {&at, "sizes", 0};
        if (rules->shares[i].sizes.count == 0)
            examine_error(it, (struct finding_at){"share_without_sizes", &sizes_at, NULL, "1.."}, "자부담을 정할 기업 규모가 하나도 없습니다.",
                          "This own share is of no size of firm at all.");
        for (size_t s = 0; s < rules->shares[i].sizes.count; s++)
            for (size_t k = 0; k < i; k++)
                if (text_list_has(&rules->shares[k].sizes, rules->shares[i].sizes.items[s]))
                    examine_error(it, (struct finding_at){"size_in_two_shares", &(struct jpath){&sizes_at, NULL, s}, jval_at(jval_get(jval_at(groups, i), "sizes"), s), NULL},
                                  "이 기업 규모의 자부담을 두 번 다르게 적었습니다.", "The own share of this size is stated twice.");
    }
}

static void examine_terms(const struct examiner *it) {
    const struct selection_rules *rules = it->program->selection;
    const jval *section = jval_get(it->file, "selection"), *ties = jval_get(section, "tie_order");
    const struct jpath weights_at = {&selection_at, "weights", 0}, ties_at = {&selection_at, "tie_order", 0};
    for (uint32_t i = 0; i < rules->terms.tie_count; i++)
        if (rules->terms.ties[i] == TIE_BONUS && !jval_get(section, "bonus"))
            examine_oddity(it, (struct finding_at){"tie_without_bonus", &(struct jpath){&ties_at, NULL, i}, jval_at(ties, i), "bonus"},
                           "가점이 없는데 동점을 가점으로 가리기로 했습니다.", "Ties are told apart by the bonus, but there is no bonus.");
    for (uint32_t i = 0; i + 1 < rules->terms.tie_count; i++)
        if (rules->terms.ties[i] == TIE_ID)
            examine_oddity(it, (struct finding_at){"tie_after_id", &(struct jpath){&ties_at, NULL, i + 1}, jval_at(ties, i + 1), NULL},
                           "과제 번호(id)로 가리면 동점이 남지 않으므로 그 뒤에 적은 것은 쓰이지 않습니다.", "No two ids are equal, so what stands after \"id\" is never used.");
    if (jval_get(section, "committee") && rules->terms.weight_committee == 0)
        examine_oddity(it, (struct finding_at){"committee_without_weight", &(struct jpath){&weights_at, "committee", 0}, jval_get(jval_get(section, "weights"), "committee"), NULL},
                       "위원회를 두는데 위원회 점수의 비중이 0입니다.", "There is a committee, but its marks weigh nothing.");
    if (jval_get(section, "own_share") && rules->terms.amount == AMOUNT_SUPPORT && !jval_get(section, "amount"))
        examine_oddity(it, (struct finding_at){"share_without_amount", &selection_at, NULL, "amount"}, "자부담이 있는데 신청 금액을 어떻게 볼지(amount) 적혀 있지 않습니다.",
                       "There is an own share, but not how the amount in an application reads (amount).");
}

void examine_selection(const struct examiner *it) {
    const struct selection_rules *rules = it->program->selection;
    if (!rules || !rules->given) return;
    if (jval_count(jval_get(jval_get(it->file, "selection"), "stages")) == rules->stage_count)
        for (size_t i = 0; i < rules->stage_count; i++) examine_stage(it, i);
    examine_bonus(it);
    examine_double_award(it);
    examine_shares(it);
    examine_terms(it);
}
