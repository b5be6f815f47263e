/* SPDX-License-Identifier: Apache-2.0 */
/* Why there is no assignment, and the cheapest repair: as members for programs, as sentences for people. */
#include "write_assignment.h"

enum { MOST_NAMED = 20 }; /* in a sentence; the list itself is whole */

struct need_words {
    const char *code, *ko, *en;
    const char *change_ko, *change_en; /* with the index, then from and to where there are such */
};

static const struct need_words needs[] = {
    [ASSIGNMENT_DEMAND_MIN] = {"demand_min", "수요 %u의 최소 건수", "the minimum of demand %u", "수요 %u의 최소 건수를 %lld에서 %lld(으)로 낮춤",
                               "lower the minimum of demand %u from %lld to %lld"},
    [ASSIGNMENT_DEMAND_MAX] = {"demand_max", "수요 %u의 최대 건수", "the maximum of demand %u", "수요 %u의 최대 건수를 %lld에서 %lld(으)로 올림",
                               "raise the maximum of demand %u from %lld to %lld"},
    [ASSIGNMENT_SUPPLIER_MIN] = {"supplier_min", "공급 %u의 최소 건수", "the minimum of supplier %u", "공급 %u의 최소 건수를 %lld에서 %lld(으)로 낮춤",
                                 "lower the minimum of supplier %u from %lld to %lld"},
    [ASSIGNMENT_SUPPLIER_MAX] = {"supplier_max", "공급 %u의 최대 건수", "the maximum of supplier %u", "공급 %u의 최대 건수를 %lld에서 %lld(으)로 올림",
                                 "raise the maximum of supplier %u from %lld to %lld"},
    [ASSIGNMENT_GROUP_MIN] = {"group_min", "묶음 %u의 최소 건수", "the minimum of group %u", "묶음 %u의 최소 건수를 %lld에서 %lld(으)로 낮춤",
                              "lower the minimum of group %u from %lld to %lld"},
    [ASSIGNMENT_GROUP_MAX] = {"group_max", "묶음 %u의 최대 건수", "the maximum of group %u", "묶음 %u의 최대 건수를 %lld에서 %lld(으)로 올림",
                              "raise the maximum of group %u from %lld to %lld"},
    [ASSIGNMENT_LOCK] = {"lock", "고정 %u", "lock %u", "고정 %u을(를) 풂", "leave out lock %u"},
    [ASSIGNMENT_VETO] = {"veto", "금지 %u", "veto %u", "금지 %u을(를) 풂", "lift veto %u"},
    [ASSIGNMENT_Q] = {"q", "한 짝의 확률 상한 q", "the limit q on the chance of a pair", "", ""},
};

/* Takes the buffer. */
static jval *text_of(struct buffer *text) {
    jval *value = text->failed ? NULL : jval_new_text(text->bytes);
    buffer_free(text);
    return value;
}

/* ---- requirements ---- */

static jval *write_requirements(const struct assignment_requirement *named, uint32_t count) {
    jval *list = jval_new_array();
    for (uint32_t i = 0; i < count; i++) {
        jval *one = jval_new_object();
        jval_set_text(one, "need", needs[named[i].need].code);
        jval_set_integer(one, "index", named[i].index);
        jval_append(list, one);
    }
    return list;
}

/* "… 동시에 지킬 수 없습니다: 수요 0의 최소 건수, 공급 2의 최대 건수" */
static jval *write_sentence(const char *opening, const struct assignment_requirement *named, uint32_t count, bool korean) {
    struct buffer text = BUFFER_EMPTY;
    buffer_add_text(&text, opening);
    for (uint32_t i = 0; i < count && i < MOST_NAMED; i++) {
        if (i) buffer_add_text(&text, ", ");
        const struct need_words *words = &needs[named[i].need];
        if (named[i].need == ASSIGNMENT_Q) buffer_add_text(&text, korean ? words->ko : words->en);
        else buffer_format(&text, korean ? words->ko : words->en, named[i].index);
    }
    if (count > MOST_NAMED) buffer_add_text(&text, ", …");
    return text_of(&text);
}

static jval *write_sentences(const char *ko, const char *en, const struct assignment_requirement *named, uint32_t count) {
    jval *text = jval_new_object();
    jval_set(text, "ko", write_sentence(ko, named, count, true));
    jval_set(text, "en", write_sentence(en, named, count, false));
    return text;
}

/* ---- the reason ---- */

static jval *write_members(const uint8_t *in_cut, uint32_t count) {
    jval *array = jval_new_array();
    for (uint32_t i = 0; in_cut && i < count; i++)
        if (in_cut[i]) jval_append(array, jval_new_integer(i));
    return array;
}

static jval *write_cut(const struct assignment_problem *assignment, const struct assignment_reason *reason) {
    if (!reason->demand_in_cut) return NULL;
    jval *cut = jval_new_object();
    jval_set(cut, "demands", write_members(reason->demand_in_cut, assignment->demand_count));
    jval_set(cut, "suppliers", write_members(reason->supplier_in_cut, assignment->supplier_count));
    jval_set(cut, "groups", write_members(reason->group_in_cut, assignment->group_count));
    jval_set_bool(cut, "root", reason->root_in_cut);
    return cut;
}

static jval *write_contradiction(const struct assignment_problem *assignment, const struct assignment_reason *reason) {
    jval *object = jval_new_object();
    jval_set(object, "requirements", write_requirements(reason->requirements, reason->count));
    jval_set_bool(object, "irreducible", reason->irreducible);
    jval_set_integer(object, "least", reason->least);
    jval_set_integer(object, "room", reason->room);
    jval_set(object, "cut", write_cut(assignment, reason));
    jval_set(object, "text", write_sentences("다음 조건을 동시에 지킬 수 없습니다: ", "These conditions cannot be met together: ", reason->requirements,
                                             reason->count));
    return object;
}

/* A stable assignment was found, but it breaks minimums or groups. */
static jval *write_broken(const struct stable_result *stable) {
    jval *object = jval_new_object();
    jval_set_text(object, "kind", "stable");
    jval_set_bool(object, "proven", stable->proven);
    jval_set_bool(object, "ties", stable->ties);
    jval_set(object, "requirements", write_requirements(stable->broken, stable->broken_count));
    jval_set(object, "pairs", write_pair_list(stable->pairs, stable->pair_count));
    jval_set(object, "text",
             stable->proven ? write_sentences("어떤 안정 배정도 다음 조건을 지키지 못합니다: ", "No stable assignment meets these conditions: ", stable->broken,
                                              stable->broken_count)
                            : write_sentences("찾은 안정 배정이 다음 조건을 지키지 못합니다(점수가 같은 후보가 있어, 다른 안정 배정까지 없다는 증명은 아님): ",
                                              "The stable assignment that was found does not meet these conditions (scores are tied, so others might): ",
                                              stable->broken, stable->broken_count));
    return object;
}

jval *write_reason(const struct assignment_question *question, const struct assignment_answer *answer) {
    const struct assignment_reason *reason = assignment_answer_reason(answer);
    if (!reason) return write_broken(&answer->by.stable);
    jval *object = write_contradiction(&question->problem, reason);
    if (answer->method == ASSIGN_RANDOM) jval_set_integer(object, "scale", answer->by.random.denominator);
    return object;
}

/* ---- the repair ---- */

static bool changes_a_bound(const struct repair_change *change) {
    return !change->barred && change->requirement.need < ASSIGNMENT_LOCK;
}

static jval *write_change(const struct repair_question *question, const struct repair_change *change) {
    jval *object = jval_new_object();
    jval_set_text(object, "need", change->barred ? "barred" : needs[change->requirement.need].code);
    if (change->barred) jval_set(object, "pair", write_pair(question->barred[change->requirement.index].pair));
    else jval_set_integer(object, "index", change->requirement.index);
    if (changes_a_bound(change)) {
        jval_set_integer(object, "from", change->from);
        jval_set_integer(object, "to", change->to);
    }
    jval_set_integer(object, "cost", change->cost);
    return object;
}

static jval *write_repair_sentence(const struct repair_question *question, const struct repair *repair, bool korean) {
    struct buffer text = BUFFER_EMPTY;
    for (uint32_t i = 0; i < repair->change_count && i < MOST_NAMED; i++) {
        const struct repair_change *change = &repair->changes[i];
        const struct need_words *words = &needs[change->requirement.need];
        if (i) buffer_add_text(&text, ", ");
        if (change->barred) {
            const struct assignment_pair pair = question->barred[change->requirement.index].pair;
            buffer_format(&text, korean ? "규칙에 걸린 짝 수요 %u–공급 %u을(를) 허용" : "let in the barred pair of demand %u and supplier %u", pair.demand,
                          pair.supplier);
        } else if (changes_a_bound(change)) {
            buffer_format(&text, korean ? words->change_ko : words->change_en, change->requirement.index, (long long)change->from,
                          (long long)change->to);
        } else {
            buffer_format(&text, korean ? words->change_ko : words->change_en, change->requirement.index);
        }
    }
    if (repair->change_count > MOST_NAMED) buffer_add_text(&text, ", …");
    return text_of(&text);
}

jval *write_repair(const struct repair_question *question, const struct repair *repair) {
    if (!repair->possible) return NULL;
    jval *object = jval_new_object(), *changes = jval_new_array(), *text = jval_new_object();
    for (uint32_t i = 0; i < repair->change_count; i++) jval_append(changes, write_change(question, &repair->changes[i]));
    jval_set(text, "ko", write_repair_sentence(question, repair, true));
    jval_set(text, "en", write_repair_sentence(question, repair, false));
    jval_set_integer(object, "cost", repair->cost);
    jval_set(object, "changes", changes);
    jval_set(object, "pairs", write_pair_list(repair->pairs, repair->pair_count));
    jval_set(object, "text", text);
    return object;
}
