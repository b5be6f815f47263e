/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op report, kind result: {"kind": "result", "round", "demand"?} → {"kind", "round", "program", "day", "notice", "sheets": [{"demand", "name", "title", "verdict", "reserve"?, "rank"?, "total"?,
 * "amount_krw"?, "reason", "to_confirm", "pairs", "next", "calendar", "objection"}]}: what a firm is told of a round. Read from what `round show` says; nothing new is decided here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../program/parameter.h"
#include "round_request.h"
#include "report_request.h"

struct sheets {
    struct round_call *it;
    const jval *shown;    /* round show */
    jval **proposals;     /* one a pass; NULL where its text was erased */
    char today[11], until[11]; /* until: objections are taken up to this day; "" before publication */
    int64_t objection_days;    /* 0: the program says none */
};

static bool is(const jval *object, const char *key, const char *text) { return strcmp(jval_text(jval_get(object, key)), text) == 0; }

/* The element of a list that has this text under the key. */
static const jval *find_in(const jval *list, const char *key, const char *text) {
    for (size_t i = 0; i < jval_count(list); i++)
        if (is(jval_at(list, i), key, text)) return jval_at(list, i);
    return NULL;
}

/* ---- pairs ---- */

/* Points and reason of a pair, as the proposal of its pass has them. */
static void add_explained(const struct sheets *sheets, const jval *pair, jval *object) {
    const int64_t pass = jval_integer(jval_get(pair, "pass"));
    const char *demand = jval_text(jval_get(pair, "demand")), *supplier = jval_text(jval_get(pair, "supplier"));
    const jval *proposal = pass >= 1 && (size_t)pass <= sheets->it->state.pass_count ? sheets->proposals[pass - 1] : NULL;
    const jval *proposed = jval_get(jval_get(proposal, "assignment"), "proposed");
    const jval *suggestion = find_in(jval_get(find_in(jval_get(proposal, "applicants"), "id", demand), "suggestions"), "supplier", supplier);
    for (size_t i = 0; i < jval_count(proposed); i++) {
        const jval *one = jval_at(proposed, i);
        if (!is(one, "demand", demand) || !is(one, "supplier", supplier)) continue;
        jval_set(object, "name", jval_keep(jval_get(one, "supplier_name")));
        jval_set(object, "points", jval_keep(jval_get(one, "points")));
    }
    if (jval_get(suggestion, "reason")) jval_set(object, "reason", jval_keep(jval_get(suggestion, "reason")));
}

static bool lives(const jval *pair) {
    for (int state = 0; state < PAIR_STATES; state++)
        if (is(pair, "state", pair_state_names[state])) return pair_lives((enum round_pair_state)state);
    return false;
}

static jval *write_sheet_pairs(const struct sheets *sheets, const char *demand) {
    const jval *pairs = jval_get(sheets->shown, "pairs");
    jval *list = jval_new_array();
    for (size_t i = 0; i < jval_count(pairs); i++) {
        const jval *pair = jval_at(pairs, i);
        jval *object;
        if (!is(pair, "demand", demand) || !lives(pair)) continue;
        object = jval_new_object();
        jval_set(object, "supplier", jval_keep(jval_get(pair, "supplier")));
        jval_set(object, "state", jval_keep(jval_get(pair, "state")));
        jval_set(object, "due", jval_keep(jval_get(pair, "due")));
        add_explained(sheets, pair, object);
        jval_append(list, object);
    }
    return list;
}

/* ---- what happens next ---- */

static void add_next(jval *list, const char *ko, const char *en, const char *day) {
    struct buffer text[2] = {BUFFER_EMPTY, BUFFER_EMPTY};
    if (day) {
        buffer_format(&text[0], "%s%s", day, ko);
        buffer_format(&text[1], "%s by %s.", en, day);
    } else {
        buffer_add_text(&text[0], ko);
        buffer_add_text(&text[1], en);
    }
    if (!text[0].failed && !text[1].failed) jval_append(list, write_text2((struct text2){text[0].bytes, text[1].bytes}));
    buffer_free(&text[0]);
    buffer_free(&text[1]);
}

static void add_next_of_pair(jval *list, const jval *pair) {
    const char *due = jval_get_text(pair, "due");
    if (is(pair, "state", "proposed") && due)
        add_next(list, "까지 매칭 제안에 동의하는지 알려 주십시오. 공급기업도 동의하고 담당자가 확정하면 짝이 정해집니다.", "Tell us whether you agree to the proposed pair; it stands once the supplier agrees too and a named person confirms it. Answer", due);
    else if (is(pair, "state", "proposed"))
        add_next(list, "매칭 제안에 동의하는지 알려 주십시오. 공급기업도 동의하고 담당자가 확정하면 짝이 정해집니다.", "Tell us whether you agree to the proposed pair; it stands once the supplier agrees too and a named person confirms it.", NULL);
    else if (is(pair, "state", "confirmed")) add_next(list, "짝이 확정되었습니다. 결과를 공고한 뒤 협약을 안내합니다.", "The pair is confirmed; the agreement follows the publication of results.", NULL);
    else if (is(pair, "state", "published")) add_next(list, "시(수탁기관)·수요기업·공급기업이 함께 협약을 맺습니다. 담당자가 날짜와 서류를 안내합니다.", "The city (or its operator), you and the supplier sign an agreement; you will be told the day and the papers.", NULL);
    else if (is(pair, "state", "agreed")) add_next(list, "협약에 따라 과제를 수행하고, 마치면 결과보고서를 내 주십시오.", "Carry out the project as agreed, and hand in a report at its end.", NULL);
    else if (is(pair, "state", "done")) add_next(list, "과제를 마쳤습니다. 정산 서류를 내 주십시오.", "The project is done; hand in the papers for settlement.", NULL);
    else add_next(list, "정산까지 마쳤습니다.", "The project is settled.", NULL);
}

static jval *write_next(const jval *sheet) {
    const jval *pairs = jval_get(sheet, "pairs");
    jval *list = jval_new_array();
    for (size_t i = 0; i < jval_count(pairs); i++) add_next_of_pair(list, jval_at(pairs, i));
    if (jval_count(pairs)) return list;
    if (is(sheet, "verdict", "selected")) add_next(list, "공급기업 매칭을 준비하고 있습니다. 제안이 나오면 알려 드립니다.", "A supplier is being sought; you will hear of the proposal.", NULL);
    else if (is(sheet, "verdict", "reserve")) add_next(list, "선정된 기업이 포기하거나 협약하지 못하면 예비순위의 차례대로 승계합니다.", "When a selected firm leaves, the reserve list follows in its order.", NULL);
    else if (is(sheet, "verdict", "undecided")) add_next(list, "아직 심사하고 있습니다.", "The application is still being looked at.", NULL);
    else add_next(list, "판정에 이의가 있으면 아래 기한 안에 이의를 신청할 수 있습니다. 상담 창구에서 다른 사업을 안내받을 수 있습니다.", "You may object within the term below; the desk can tell you of other programs.", NULL);
    return list;
}

/* Stages of the program that are not over. */
static jval *write_calendar(const struct sheets *sheets) {
    const jval *calendar = jval_get(sheets->it->rules->resolved, "calendar");
    jval *list = jval_new_array();
    for (size_t i = 0; i < jval_count(calendar); i++) {
        const jval *stage = jval_at(calendar, i);
        const char *to = jval_text(jval_get(stage, "to"));
        jval *object;
        if (*to && strncmp(to, sheets->today, strlen(to)) < 0) continue; /* a month compares as its days */
        object = jval_new_object();
        jval_set(object, "title", jval_keep(jval_get(stage, "title")));
        jval_set(object, "from", jval_keep(jval_get(stage, "from")));
        jval_set(object, "to", jval_keep(jval_get(stage, "to")));
        jval_append(list, object);
    }
    return list;
}

static jval *write_objection(const struct sheets *sheets) {
    jval *object = jval_new_object();
    char ko[320], en[320];
    if (sheets->objection_days) jval_set_integer(object, "days", sheets->objection_days);
    else jval_set(object, "days", NULL);
    jval_set_text(object, "until", *sheets->until ? sheets->until : NULL);
    if (*sheets->until) {
        snprintf(ko, sizeof ko, "%s까지 사업 담당 부서에 글로 이의를 신청할 수 있습니다(공고한 날부터 %lld일). 순위와 점수의 까닭을 물을 수 있고, 답은 이유와 함께 기록에 남습니다.", sheets->until, (long long)sheets->objection_days);
        snprintf(en, sizeof en, "You may object in writing to the office in charge until %s (%lld days from publication). You may ask why ranks and points are what they are; the answer is recorded with its reasons.", sheets->until,
                 (long long)sheets->objection_days);
    } else if (sheets->objection_days) {
        snprintf(ko, sizeof ko, "결과를 공고한 날부터 %lld일 안에 사업 담당 부서에 글로 이의를 신청할 수 있습니다. 아직 공고하지 않았습니다.", (long long)sheets->objection_days);
        snprintf(en, sizeof en, "You may object in writing to the office in charge within %lld days from publication. The results are not published yet.", (long long)sheets->objection_days);
    } else {
        snprintf(ko, sizeof ko, "이의신청 기간이 사업 파일에 적혀 있지 않습니다. 사업 담당 부서에 문의하십시오.");
        snprintf(en, sizeof en, "The program file states no term for objections; ask the office in charge.");
    }
    jval_set(object, "text", write_text2((struct text2){ko, en}));
    return object;
}

/* ---- sheets ---- */

static void take(jval *object, const char *key, const jval *from, const char *member) {
    const jval *value = jval_get(from, member);
    if (value && !jval_is(value, JVAL_NULL)) jval_set(object, key, jval_keep(value));
}

/* Texts of the points that a person has to confirm. */
static jval *write_to_confirm(const jval *flags) {
    jval *list = jval_new_array();
    for (size_t i = 0; i < jval_count(flags); i++)
        if (is(jval_at(flags, i), "kind", "confirm")) jval_append(list, jval_keep(jval_get(jval_at(flags, i), "text")));
    return list;
}

static void end_sheet(const struct sheets *sheets, jval *sheet, const char *demand, jval *list) {
    jval_set(sheet, "pairs", write_sheet_pairs(sheets, demand));
    jval_set(sheet, "next", write_next(sheet));
    jval_set(sheet, "calendar", write_calendar(sheets));
    jval_set(sheet, "objection", write_objection(sheets));
    jval_append(list, sheet);
}

/* The title of the application, which the first proposal has. */
static void add_title(const struct sheets *sheets, jval *sheet, const char *demand) {
    for (size_t p = 0; p < sheets->it->state.pass_count; p++) take(sheet, "title", find_in(jval_get(sheets->proposals[p], "applicants"), "id", demand), "title");
}

/* Of a round with a selection: as it ranked, and who came in from the reserve since. */
static void add_selected_sheet(const struct sheets *sheets, const jval *one, jval *list) {
    const char *demand = jval_text(jval_get(one, "demand")), *verdict = jval_text(jval_get(one, "verdict"));
    const bool in = text_list_has(&sheets->it->state.selected, demand), admitted = in && strcmp(verdict, "selected") != 0;
    jval *sheet = jval_new_object();
    jval_set_text(sheet, "demand", demand);
    take(sheet, "name", one, "name");
    add_title(sheets, sheet, demand);
    jval_set_text(sheet, "verdict", admitted ? "selected" : verdict);
    jval_set_bool(sheet, "admitted", admitted);
    if (!admitted) take(sheet, "reserve", one, "reserve");
    if (jval_get_text(one, "track")) take(sheet, "track", one, "track");
    take(sheet, "rank", one, "rank");
    take(sheet, "total", one, "total");
    take(sheet, "rubric", one, "rubric");
    take(sheet, "committee", one, "committee");
    take(sheet, "bonus", one, "bonus");
    take(sheet, "amount_krw", one, "amount_krw");
    take(sheet, "reason", one, "reason");
    jval_set(sheet, "to_confirm", write_to_confirm(jval_get(one, "flags")));
    end_sheet(sheets, sheet, demand, list);
}

/* Of a round without one: who is not barred by a rule takes part. */
static void add_proposed_sheet(const struct sheets *sheets, const jval *one, jval *list) {
    const bool eligible = jval_true(jval_get(one, "eligible"));
    const jval *details = jval_get(one, "details");
    struct buffer text[2] = {BUFFER_EMPTY, BUFFER_EMPTY};
    jval *sheet = jval_new_object(), *confirm = jval_new_array();
    jval_set(sheet, "demand", jval_keep(jval_get(one, "id")));
    take(sheet, "name", one, "name");
    take(sheet, "title", one, "title");
    jval_set_text(sheet, "verdict", eligible ? "selected" : "ineligible");
    jval_set_bool(sheet, "admitted", false);
    for (size_t i = 0; i < jval_count(details); i++) {
        const jval *found = jval_get(jval_at(details, i), "text");
        if (jval_text(jval_get(jval_at(details, i), "verdict"))[0] != 'f') jval_append(confirm, jval_keep(found));
        else
            for (int k = 0; k < 2; k++) buffer_format(&text[k], "%s%s", text[k].size ? " " : "", jval_text(jval_get(found, k ? "en" : "ko")));
    }
    if (eligible) jval_set(sheet, "reason", write_text2((struct text2){"이 회차는 따로 선발하지 않고, 자격이 있는 신청을 모두 배정에 넣었습니다.", "This round made no selection; every eligible application took part."}));
    else if (text[0].bytes && text[1].bytes) jval_set(sheet, "reason", write_text2((struct text2){text[0].bytes, text[1].bytes}));
    jval_set(sheet, "to_confirm", confirm);
    buffer_free(&text[0]);
    buffer_free(&text[1]);
    end_sheet(sheets, sheet, jval_text(jval_get(one, "id")), list);
}

static ieum_status add_sheets(const struct sheets *sheets, const char *demand, jval *list, struct problem *problem) {
    const jval *selection = jval_get(sheets->shown, "selection"), *proposal = sheets->it->state.pass_count ? sheets->proposals[sheets->it->state.pass_count - 1] : NULL;
    const bool selected = jval_get(selection, "applicants");
    const jval *applicants = jval_get(selected ? selection : proposal, "applicants");
    if (!applicants)
        return problem_set(problem, IEUM_CONFLICT, "/round", "회차 '%s'에는 알릴 결과가 아직 없거나, 보존 기한이 지나 지워졌습니다.", "The round '%s' has no result to tell yet, or it was erased.", sheets->it->round);
    for (size_t i = 0; i < jval_count(applicants); i++) {
        const jval *one = jval_at(applicants, i);
        if (demand && !is(one, selected ? "demand" : "id", demand)) continue;
        if (selected) add_selected_sheet(sheets, one, list);
        else add_proposed_sheet(sheets, one, list);
    }
    if (jval_count(list) || !demand) return IEUM_OK;
    problem_set(problem, IEUM_NOT_FOUND, "/demand", "회차 '%s'의 신청에 수요과제 '%s'이(가) 없습니다.", "The round '%s' has no application '%s'.", sheets->it->round, demand);
    problem_set_value(problem, demand);
    return problem->status;
}

/* ---- what the sheets need ---- */

static ieum_status load_proposals(struct sheets *sheets, struct problem *problem) {
    const struct round *round = &sheets->it->state;
    sheets->proposals = arena_allocate_zero(sheets->it->call->arena, round->pass_count + 1, sizeof *sheets->proposals);
    if (!sheets->proposals) return problem_set_memory(problem);
    for (size_t p = 0; p < round->pass_count; p++) {
        if (store_document_erased(sheets->it->store, round->passes[p].proposal)) continue;
        const ieum_status status = store_document_get(sheets->it->store, round->passes[p].proposal, &sheets->proposals[p], problem);
        if (status != IEUM_OK) return status;
    }
    return IEUM_OK;
}

/* Objections are taken for some days from the last publication. */
static void find_term(struct sheets *sheets) {
    const struct program *rules = sheets->it->rules;
    const struct parameter *days = parameter_find(rules->parameters, rules->parameter_count, "objection_days");
    const jval *history = jval_get(sheets->shown, "history");
    struct date published = {0};
    date_write(workspace_today(sheets->it->call->workspace), sheets->today);
    sheets->objection_days = days ? jval_integer(days->value) : 0;
    if (sheets->objection_days < 0 || sheets->objection_days > 3660) sheets->objection_days = 0;
    for (size_t i = 0; i < jval_count(history); i++) {
        char day[11] = "";
        if (!is(jval_at(history, i), "step", "publish")) continue;
        snprintf(day, sizeof day, "%.10s", jval_text(jval_get(jval_at(history, i), "at")));
        date_read(day, &published);
    }
    if (sheets->objection_days && !date_missing(published)) date_write(date_add_days(published, sheets->objection_days), sheets->until);
}

static ieum_status write_result(struct sheets *sheets, const char *demand, jval **result, struct problem *problem) {
    jval *object = jval_new_object(), *list = jval_new_array();
    jval_set_text(object, "kind", "result");
    jval_set(object, "round", jval_keep(jval_get(sheets->shown, "round")));
    jval_set(object, "program", write_program_head(sheets->it->rules));
    jval_set_text(object, "day", sheets->today);
    jval_set(object, "notice", jval_keep(jval_get(sheets->shown, "notice")));
    ieum_status status = write_parties(sheets->it->call, sheets->it->rules, object, problem);
    if (status == IEUM_OK) status = add_sheets(sheets, demand, list, problem);
    jval_set(object, "sheets", list);
    if (status == IEUM_OK && memory_failed()) status = problem_set_memory(problem);
    if (status == IEUM_OK) *result = object;
    else jval_free(object);
    return status;
}

ieum_status report_result(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"kind", "round", "demand"};
    struct round_call it = {.call = call};
    struct sheets sheets = {.it = &it};
    const char *demand = NULL;
    jval *shown = NULL;
    ieum_status status = request_refuse_unknown(call->request, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "round", true, &it.round, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "demand", false, &demand, problem);
    if (status == IEUM_OK) status = round_show(&it, &shown, problem);
    if (status == IEUM_OK && memory_failed()) status = problem_set_memory(problem); /* else what is missing in it would be taken for what it says */
    sheets.shown = shown;
    if (status == IEUM_OK && !jval_get(shown, "history"))
        status = problem_set(problem, IEUM_CONFLICT, "/round", "이 회차는 엔진의 이전 판에서 만들어 결과지를 낼 수 없습니다.", "This round was made by an earlier version of the engine; it has no result sheets.");
    if (status == IEUM_OK) status = round_program(&it, problem);
    if (status == IEUM_OK) status = load_proposals(&sheets, problem);
    if (status == IEUM_OK) {
        find_term(&sheets);
        status = write_result(&sheets, demand, result, problem);
    }
    for (size_t p = 0; sheets.proposals && p < it.state.pass_count; p++) jval_free(sheets.proposals[p]);
    jval_free(shown);
    round_close(&it);
    return status;
}
