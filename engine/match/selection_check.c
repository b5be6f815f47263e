/* SPDX-License-Identifier: Apache-2.0 */
#include "selection_check.h"

#include <stdio.h>
#include <stdlib.h>

#include "../base/memory.h"

enum { MARKS_MOST = 1000000 };

static ieum_status check_terms(const struct selection_terms *terms, struct problem *problem) {
    const bool weights = terms->weight_rubric >= 0 && terms->weight_rubric <= SELECTION_POINT &&
                         terms->weight_committee == SELECTION_POINT - terms->weight_rubric;
    const bool committee = (uint64_t)terms->drop_highest + terms->drop_lowest < terms->least_members;
    const bool points = terms->decimals >= 0 && terms->decimals <= SELECTION_DECIMALS_MOST && terms->bonus_most >= 0 &&
                        terms->bonus_most <= SELECTION_MARK_MOST && terms->least_total >= 0;
    const bool limits = terms->quota >= 0 && terms->budget_krw >= 0 && terms->cap_krw >= 0 && terms->reserve >= 0;
    bool ties = terms->tie_count <= SELECTION_TIES, tracks = true;
    for (uint32_t t = 0; t < terms->track_count; t++) tracks = tracks && terms->track_quotas[t] >= 0;
    for (uint32_t i = 0; i < terms->tie_count && ties; i++) ties = (unsigned)terms->ties[i] < SELECTION_TIES;
    if (weights && committee && points && limits && ties && tracks) return IEUM_OK;
    return problem_set(problem, IEUM_INVALID, "", "선발 기준이 앞뒤가 맞지 않습니다(비중의 합, 위원 수, 한도).",
                       "The terms of the selection contradict themselves (weights, members, limits).");
}

static ieum_status check_numbers(const struct selection_terms *terms, const struct selection_applicant *applicant, struct problem *problem) {
    const bool points = applicant->rubric >= 0 && applicant->rubric <= SELECTION_MARK_MOST && applicant->bonus >= 0 &&
                        applicant->bonus <= SELECTION_MARK_MOST && applicant->received >= 0;
    const bool money = applicant->own_share >= 0 && applicant->own_share <= OWN_SHARE_MOST &&
                       (applicant->amount_krw == SELECTION_NOT_GIVEN || (applicant->amount_krw >= 0 && applicant->amount_krw <= SELECTION_AMOUNT_MOST));
    if (points && money && applicant->track <= terms->track_count) return IEUM_OK;
    return problem_set(problem, IEUM_INVALID, "", "수요과제 %s의 점수나 금액이 정해진 범위를 벗어납니다.", "Points or amount of demand %s are out of bounds.",
                       applicant->id);
}

/* The sentences have one place, for the id. */
static ieum_status refuse_mark(const struct selection_applicant *applicant, size_t index, const char *ko, const char *en, struct problem *problem) {
    char pointer[256];
    snprintf(pointer, sizeof pointer, "/marks/%s/%zu", applicant->id, index);
    return problem_set(problem, IEUM_INVALID, pointer, ko, en, applicant->id);
}

/* A member and the place of its mark. */
struct placed_member {
    uint32_t member;
    size_t place;
};

static int compare_members(const void *a, const void *b) {
    const struct placed_member *x = a, *y = b;
    if (x->member != y->member) return x->member < y->member ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static ieum_status check_marks(const struct selection_applicant *applicant, const char *const *names, struct placed_member *room, struct problem *problem) {
    for (size_t i = 0; i < applicant->mark_count; i++) {
        const struct selection_mark *mark = &applicant->marks[i];
        room[i] = (struct placed_member){mark->member, i};
        if ((unsigned)mark->recusal >= RECUSALS)
            return refuse_mark(applicant, i, "수요과제 %s: 제척, 기피, 회피 가운데 하나여야 합니다.", "Demand %s: the recusal is of no known kind.", problem);
        if (mark->recusal == RECUSAL_NONE && (mark->mark < 0 || mark->mark > SELECTION_MARK_MOST)) {
            ieum_status status = refuse_mark(applicant, i, "수요과제 %s: 평가점수는 0점에서 100점까지입니다.", "Demand %s: a mark lies between 0 and 100.", problem);
            problem_set_expected(problem, "0..100");
            return status;
        }
    }
    qsort(room, applicant->mark_count, sizeof *room, compare_members);
    for (size_t i = 1; i < applicant->mark_count; i++) {
        if (room[i].member != room[i - 1].member) continue;
        ieum_status status = refuse_mark(applicant, room[i].place, "수요과제 %s: 같은 위원의 점수가 두 번 있습니다.", "Demand %s: a member's mark is there twice.", problem);
        if (names) problem_set_value(problem, names[room[i].member]);
        return status;
    }
    return IEUM_OK;
}

ieum_status selection_check(const struct selection_terms *terms, const struct selection_applicant *applicants, size_t count, const char *const *member_names,
                            struct problem *problem) {
    size_t most = 0;
    ieum_status status = check_terms(terms, problem);
    for (size_t i = 0; i < count; i++)
        if (applicants[i].mark_count > most) most = applicants[i].mark_count;
    if (status == IEUM_OK && (most > MARKS_MOST || count >= SELECTION_NONE))
        status = problem_set(problem, IEUM_LIMIT, "", "신청이나 평가점수가 너무 많습니다.", "There are too many applications or marks.");
    if (status != IEUM_OK) return status;
    struct placed_member *room = memory_allocate_zero(most, sizeof *room);
    if (!room) return problem_set_memory(problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        status = check_numbers(terms, &applicants[i], problem);
        if (status == IEUM_OK) status = check_marks(&applicants[i], member_names, room, problem);
    }
    memory_free(room);
    return status;
}

ieum_status selection_refuse_few(const struct selection_terms *terms, const struct selection_applicant *applicant, uint32_t counted, uint32_t recused,
                                 struct problem *problem) {
    char pointer[256], expected[32];
    const unsigned missing = terms->least_members - counted;
    snprintf(pointer, sizeof pointer, "/marks/%s", applicant->id);
    snprintf(expected, sizeof expected, ">= %u", terms->least_members);
    ieum_status status = problem_set(problem, IEUM_INVALID, pointer,
                                     "수요과제 %1$s의 평가점수가 %2$u명분 모자랍니다. 제척·기피·회피한 %4$u명을 빼고 %3$u명분인데, 위원 %5$u명 이상이 평가해야 합니다.",
                                     "Demand %1$s lacks %2$u marks: without the %4$u recused there are %3$u, and at least %5$u members must judge.", applicant->id,
                                     missing, counted, recused, terms->least_members);
    problem_set_expected(problem, expected);
    return status;
}
