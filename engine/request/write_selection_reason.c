/* SPDX-License-Identifier: Apache-2.0 */
/* The sentence that says what became of an applicant in a selection, with the numbers it rests on. */
#include <stdio.h>

#include "select_request.h"

static const struct text2 tie_words[SELECTION_TIES] = {
    [TIE_COMMITTEE] = {"위원회 점수", "the committee's points"}, [TIE_RUBRIC] = {"배점표 점수", "the points of the rubric"},
    [TIE_BONUS] = {"가점", "the bonus"},                         [TIE_RECEIVED] = {"접수 순서", "the order of receipt"},
    [TIE_ID] = {"과제 번호", "the demand's id"},
};

void selection_points_text(const struct select_answer *answer, int64_t points, char text[32]) {
    int64_t fraction = points % SELECTION_POINT;
    int digits = answer->terms.decimals;
    for (int i = digits; i < SELECTION_DECIMALS_MOST; i++) fraction /= 10;
    /* Rounding has left nothing behind these digits; a program without rounding shows no zeros at the end. */
    while (digits == answer->terms.decimals && digits == SELECTION_DECIMALS_MOST && fraction == 0) digits = 0;
    if (digits == 0) snprintf(text, 32, "%lld", (long long)(points / SELECTION_POINT));
    else snprintf(text, 32, "%lld.%0*lld", (long long)(points / SELECTION_POINT), digits, (long long)fraction);
}

/* 12345678 → "12,345,678" */
static void krw_text(int64_t amount, char text[32]) {
    char plain[24];
    size_t used = 0;
    const size_t size = (size_t)snprintf(plain, sizeof plain, "%lld", (long long)amount);
    for (size_t i = 0; i < size; i++) {
        if (i && (size - i) % 3 == 0) text[used++] = ',';
        text[used++] = plain[i];
    }
    text[used] = '\0';
}

static jval *pair_of(const char *ko, const char *en) { return write_text2((struct text2){ko, en}); }

/* The first failing rule's sentence, of eligibility or of a knock-out. */
static jval *rule_sentence(const struct findings *findings) {
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].verdict == VERDICT_FAIL) return write_text2(findings->items[i].text);
    return NULL;
}

static jval *award_sentence(const struct select_answer *answer, size_t applicant) {
    const struct select_award *award = &answer->awards[answer->asked[applicant].award];
    char ko[600], en[600];
    snprintf(ko, sizeof ko, "이 기업(%.200s)은 사업 '%.100s'에서 이미 선정되어 중복하여 지원받을 수 없습니다.", award->firm, award->program);
    snprintf(en, sizeof en, "This firm (%.200s) has an award of the program '%.100s' and may not be funded twice.", award->firm, award->program);
    return pair_of(ko, en);
}

static jval *second_task_sentence(const struct select_answer *answer, size_t applicant) {
    char ko[400], en[400];
    const char *other = answer->asked[answer->result.places[applicant].other].id;
    snprintf(ko, sizeof ko, "같은 기업의 과제 %.80s이(가) 먼저 접수되었습니다. 한 기업은 한 과제만 선발합니다.", other);
    snprintf(en, sizeof en, "The task %.80s of the same firm was received first; one task a firm is taken.", other);
    return pair_of(ko, en);
}

/* What decided about an applicant that was ranked. */
static void add_decision(const struct select_answer *answer, const struct selection_place *place, uint32_t track, struct buffer *ko, struct buffer *en) {
    const struct selection_terms *terms = &answer->terms;
    char least[32], asked[32] = "0", granted[32] = "0";
    if (place->asked_krw != SELECTION_NOT_GIVEN) krw_text(place->asked_krw, asked);
    if (place->granted_krw != SELECTION_NOT_GIVEN) krw_text(place->granted_krw, granted);
    switch (place->reason) {
    case REASON_TAKEN:
        buffer_add_text(ko, place->unfunded ? "정원 안에 들어 지원금 없이 선발되었습니다." : "정원과 예산 안에 들어 선발되었습니다.");
        buffer_add_text(en, place->unfunded ? "Selected within the quota, without money." : "Selected within quota and budget.");
        break;
    case REASON_REDUCED:
        buffer_format(ko, "선발되었고, 신청한 %s원 대신 남은 예산 %s원을 지원합니다.", asked, granted);
        buffer_format(en, "Selected, with the %s KRW that were left instead of the %s KRW asked for.", granted, asked);
        break;
    case REASON_QUOTA:
        buffer_format(ko, "정원(%lld)이 찼습니다.", (long long)terms->quota);
        buffer_format(en, "The quota of %lld was full.", (long long)terms->quota);
        break;
    case REASON_TRACK_QUOTA:
        buffer_format(ko, "트랙의 정원(%lld)이 찼습니다.", (long long)terms->track_quotas[track]);
        buffer_format(en, "The quota of %lld of its track was full.", (long long)terms->track_quotas[track]);
        break;
    case REASON_BUDGET:
        buffer_format(ko, "신청한 %s원이 남은 예산에 들지 않거나, 예산이 앞에서 마감되었습니다.", asked);
        buffer_format(en, "The %s KRW asked for did not fit what was left of the budget, or the budget had ended the list before.", asked);
        break;
    default:
        selection_points_text(answer, terms->least_total, least);
        buffer_format(ko, "최저 점수 %s점에 미치지 못했습니다.", least);
        buffer_format(en, "The total is below the least of %s points.", least);
        break;
    }
}

static jval *ranked_sentence(const struct select_answer *answer, size_t applicant) {
    const struct selection_place *place = &answer->result.places[applicant];
    struct buffer ko = BUFFER_EMPTY, en = BUFFER_EMPTY;
    char points[32];
    selection_points_text(answer, place->total, points);
    buffer_format(&ko, "%u위(%s점). ", place->rank, points);
    buffer_format(&en, "Rank %u (%s points). ", place->rank, points);
    const struct program *program = answer->suggested.program;
    const uint32_t track = answer->asked[applicant].track;
    const bool tracked = track < answer->terms.track_count;
    if (tracked) {
        buffer_format(&ko, "%s 트랙: ", program->tracks[track].title.ko);
        buffer_format(&en, "Track %s: ", program->tracks[track].title.en);
    }
    add_decision(answer, place, track, &ko, &en);
    const struct findings *funding = &answer->applicants[applicant].funding;
    for (size_t i = 0; i < funding->count && place->unfunded; i++)
        if (funding->items[i].verdict == VERDICT_FAIL) {
            buffer_format(&ko, " %s", funding->items[i].text.ko);
            buffer_format(&en, " %s", funding->items[i].text.en);
        }
    if (place->reserve) {
        buffer_format(&ko, tracked ? " 이 트랙의 예비 %u순위입니다." : " 예비 %u순위입니다.", place->reserve);
        buffer_format(&en, tracked ? " Place %u of the track's reserve list." : " Place %u of the reserve list.", place->reserve);
    }
    if (place->tie != SELECTION_TIES) {
        buffer_format(&ko, " 바로 위와 총점이 같아 %s(으)로 순위를 가렸습니다.", tie_words[place->tie].ko);
        buffer_format(&en, " Equal to the one above in total; %s decided.", tie_words[place->tie].en);
    }
    jval *sentence = pair_of(ko.bytes, en.bytes);
    buffer_free(&ko);
    buffer_free(&en);
    return sentence;
}

jval *write_selection_reason(const struct select_answer *answer, size_t applicant) {
    switch (answer->result.places[applicant].reason) {
    case REASON_INELIGIBLE: return rule_sentence(&answer->applicants[applicant].verdict);
    case REASON_RULE: return rule_sentence(&answer->applicants[applicant].knock_outs);
    case REASON_AWARD: return award_sentence(answer, applicant);
    case REASON_SECOND_TASK: return second_task_sentence(answer, applicant);
    default: return ranked_sentence(answer, applicant);
    }
}
