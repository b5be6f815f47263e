/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of the smaller operations: import, doctor, backup, explain-text; and problems. */
#include <stdio.h>
#include <string.h>

#include "page.h"
#include "table.h"

void render_import(struct page *page, const jval *result) {
    if (jval_true(jval_get(result, "preview"))) {
        render_preview(page, result);
        return;
    }
    buffer_format(&page->out,
                  page_choose(page, "%s: %s %lld건 — 새로 %lld, 바뀜 %lld, 그대로 %lld\n", "%s: %s, %lld records — %lld new, %lld changed, %lld unchanged\n"),
                  jval_text(jval_get(result, "source")), jval_text(jval_get(result, "kind")), (long long)jval_integer(jval_get(result, "records")),
                  (long long)jval_integer(jval_get(jval_get(result, "created"), "count")),
                  (long long)jval_integer(jval_get(jval_get(result, "changed"), "count")),
                  (long long)jval_integer(jval_get(jval_get(result, "unchanged"), "count")));
    if (jval_get(result, "skipped"))
        buffer_format(&page->out, page_choose(page, "  고른 대로 바꾼 행 %lld, 뺀 행 %lld\n", "  as chosen: %lld rows replaced what was there, %lld left out\n"),
                      (long long)jval_integer(jval_get(result, "replaced")), (long long)jval_integer(jval_get(result, "skipped")));
}

static void add_check(struct page *page, bool ok, const char *what, const char *detail) {
    buffer_format(&page->out, "%s  %s%s%s\n", ok ? page_choose(page, "정상", "ok   ") : page_choose(page, "이상", "FAULT"), what, *detail ? ": " : "", detail);
}

static void add_store_check(struct page *page, const jval *store) {
    const jval *problem = jval_get(store, "problem"), *findings = jval_get(store, "findings");
    if (!store) return;
    if (problem) {
        add_check(page, false, page_choose(page, "저장소", "store"), page_text(page, problem));
        return;
    }
    char detail[256];
    snprintf(detail, sizeof detail, page_choose(page, "공급 %lld, 수요 %lld, 성과 %lld, 회차 %lld", "%lld suppliers, %lld demands, %lld outcomes, %lld rounds"),
             (long long)jval_integer(jval_get(store, "suppliers")), (long long)jval_integer(jval_get(store, "demands")),
             (long long)jval_integer(jval_get(store, "outcomes")), (long long)jval_integer(jval_get(store, "rounds")));
    add_check(page, jval_true(jval_get(store, "sound")), page_choose(page, "저장소", "store"), detail);
    for (size_t i = 0; i < jval_count(findings); i++) buffer_format(&page->out, "      - %s\n", page_text(page, jval_at(findings, i)));
}

void render_doctor(struct page *page, const jval *result) {
    const jval *lexicon = jval_get(result, "lexicon"), *programs = jval_get(result, "programs"), *desk = jval_get(result, "desk");
    const jval *diagnosis = jval_get(result, "diagnosis"), *learn = jval_get(result, "learn"), *models = jval_get(result, "models");
    buffer_format(&page->out, "ieum %s · %s\n", jval_text(jval_get(result, "version")), jval_text(jval_get(result, "data")));
    char detail[64];
    snprintf(detail, sizeof detail, page_choose(page, "개념 %lld개", "%lld concepts"), (long long)jval_integer(jval_get(lexicon, "concepts")));
    const jval *problem = jval_get(lexicon, "problem");
    add_check(page, !problem, page_choose(page, "개념 사전", "lexicon"), problem ? page_text(page, problem) : detail);
    for (size_t i = 0; i < jval_count(programs); i++) {
        const jval *one = jval_at(programs, i);
        add_check(page, jval_true(jval_get(one, "ok")), jval_text(jval_get(one, "id")), page_text(page, jval_get(one, "problem")));
    }
    if (desk) add_check(page, jval_true(jval_get(desk, "ok")), page_choose(page, "상담 창구", "desk"), page_text(page, jval_get(desk, "problem")));
    if (diagnosis) add_check(page, jval_true(jval_get(diagnosis, "ok")), page_choose(page, "진단", "diagnosis"), page_text(page, jval_get(diagnosis, "problem")));
    if (learn) add_check(page, jval_true(jval_get(learn, "ok")), page_choose(page, "학습 기준", "learning"), page_text(page, jval_get(learn, "problem")));
    for (size_t i = 0; i < jval_count(models); i++) {
        const jval *one = jval_at(models, i);
        add_check(page, jval_true(jval_get(one, "ok")), jval_text(jval_get(one, "id")), page_text(page, jval_get(one, "problem")));
    }
    add_store_check(page, jval_get(result, "store"));
}

void render_backup(struct page *page, const jval *result) {
    const char *store = jval_text(jval_get(result, "store"));
    if (*store) buffer_format(&page->out, page_choose(page, "%s에서 %s(으)로 되돌렸습니다.\n", "restored from %s to %s\n"), jval_text(jval_get(result, "path")), store);
    else buffer_format(&page->out, page_choose(page, "%s에 백업했습니다.\n", "backed up to %s\n"), jval_text(jval_get(result, "path")));
}

void render_export(struct page *page, const jval *result) {
    const jval *files = jval_get(result, "files");
    buffer_format(&page->out, "%s\n", page_text(page, jval_get(jval_get(result, "program"), "title")));
    render_parties(page, result, NULL);
    for (size_t i = 0; i < jval_count(files); i++) {
        const jval *file = jval_at(files, i);
        buffer_format(&page->out, page_choose(page, "  %s/%s: %lld건. %s\n", "  %s/%s: %lld records. %s\n"), jval_text(jval_get(result, "out")), jval_text(jval_get(file, "file")),
                      (long long)jval_integer(jval_get(file, "records")), page_text(page, jval_get(file, "what")));
    }
    buffer_add_text(&page->out, page_choose(page, "개인정보가 들어 있습니다. sha256sum -c SHA256SUMS로 온전한지 확인합니다.\n", "It holds personal data. sha256sum -c SHA256SUMS tells whether it is whole.\n"));
}

void render_generate(struct page *page, const jval *result) {
    const jval *files = jval_get(result, "files");
    buffer_format(&page->out, "%s\n", page_text(page, jval_get(result, "title")));
    buffer_format(&page->out, page_choose(page, "모두 지어낸 기록입니다. 설정 %s, 판 %s, 씨앗값 %lld.\n", "All records are invented. Profile %s, version %s, seed %lld.\n"), jval_text(jval_get(result, "profile")),
                  jval_text(jval_get(result, "version")), (long long)jval_integer(jval_get(result, "seed")));
    for (size_t i = 0; i < jval_count(files); i++) {
        const jval *file = jval_at(files, i);
        buffer_format(&page->out, page_choose(page, "  %s/%s: %lld건\n", "  %s/%s: %lld records\n"), jval_text(jval_get(result, "out")), jval_text(jval_get(file, "file")),
                      (long long)jval_integer(jval_get(file, "records")));
    }
}

static void add_place(struct page *page, const jval *problem) {
    const jval *line = jval_get(problem, "line"), *column = jval_get(problem, "column");
    const char *source = jval_text(jval_get(problem, "source")), *pointer = jval_text(jval_get(problem, "pointer"));
    if (!*source && !line && !*pointer) return;
    buffer_format(&page->out, "  %s: %s", page_choose(page, "위치", "at"), source);
    if (line) buffer_format(&page->out, page_choose(page, " %lld행", " line %lld"), (long long)jval_integer(line));
    if (column) buffer_format(&page->out, page_choose(page, " %lld열", " column %lld"), (long long)jval_integer(column));
    if (*pointer) buffer_format(&page->out, " %s", pointer);
    buffer_add_byte(&page->out, '\n');
}

void render_problem(struct page *page, const jval *problem) {
    const char *value = jval_text(jval_get(problem, "value")), *expected = jval_text(jval_get(problem, "expected"));
    buffer_format(&page->out, "ieum: %s [%s]\n", page_text(page, jval_get(problem, "text")), jval_text(jval_get(problem, "code")));
    add_place(page, problem);
    if (*value) buffer_format(&page->out, "  %s: %s\n", page_choose(page, "입력", "found"), value);
    if (*expected) buffer_format(&page->out, "  %s: %s\n", page_choose(page, "기대", "expected"), expected);
    render_mistakes(page, jval_get(problem, "mistakes"), true);
}
