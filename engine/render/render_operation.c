/* SPDX-License-Identifier: Apache-2.0 */
/* Which page an operation's result is shown on, and what the page is called. */
#include <string.h>

#include "page.h"

static const struct operation_page {
    const char *op;
    void (*render)(struct page *, const jval *);
    const char *ko, *en;
} pages[] = {
    {"check", render_check, "자격 확인", "Eligibility"},
    {"select", render_selection, "선발", "Selection"},
    {"suggest", render_suggest, "추천", "Suggestions"},
    {"round", render_round, "매칭 회차", "Match round"},
    {"assign", render_assign, "배정", "Assignment"},
    {"generate", render_generate, "가상 자료", "Synthetic cohort"},
    {"export", render_export, "내보내기", "Export"},
    {"import", render_import, "가져오기", "Import"},
    {"program", render_program, "사업", "Program"},
    {"doctor", render_doctor, "점검", "Check-up"},
    {"backup", render_backup, "백업", "Backup"},
    {"restore", render_backup, "되돌리기", "Restore"},
    {"explain-text", render_explain_text, "글의 이해", "What a text means"},
    {"cases", render_cases, "비슷한 지난 과제", "Past cases"},
    {"find", render_find, "낱말 찾기", "Words found"},
    {"evaluate", render_evaluate, "평가", "Evaluation"},
    {"train", render_train, "학습", "Training"},
    {"model", render_model, "모형", "Models"},
    {"audit", render_audit, "감사 기록", "Audit log"},
    {"diagnose", render_diagnosis, "진단", "Diagnosis"},
    {"account", render_account, "계정", "Accounts"},
    {"access", render_access, "접속기록", "Access log"},
    {"report", render_report, "보고서", "Report"},
    {"shadow", render_shadow, "그림자 회차", "Shadow round"},
};

static const struct operation_page *page_of(const char *op) {
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (strcmp(pages[i].op, op) == 0) return &pages[i];
    return NULL;
}

bool render_operation(struct page *page, const char *op, const jval *result) {
    const struct operation_page *found = page_of(op);
    if (found) found->render(page, result);
    return found != NULL;
}

const char *render_operation_title(const struct page *page, const char *op) {
    const struct operation_page *found = page_of(op);
    return found ? page_choose(page, found->ko, found->en) : op;
}
