/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op report, kind modules: {"firm"?: registration number | exact name | a demand's id, "waiting_for"?: module} → {"kind", "day", "engine", "notes", "counts": {module: {none, open, done}}, "firms": [{"name",
 * "recognised_by", "registration_no"?, "demands", "modules": [{"module", "progress", "date"?, "program"?, "rests_on"?, "text"}], "next": {"module", "text"} | null}]}. Where each firm stands in the four
 * modules of R-013, and what that rests on (pipeline_firm.h). Nothing is stored.
 */
#include <string.h>

#include "../pipeline_firm.h"
#include "report_request.h"

static const struct text2 titles[MODULES] = {{"진단", "diagnosis"}, {"컨설팅", "consulting"}, {"매칭", "matching"}, {"지원", "support"}};
static const struct text2 authors[DIAGNOSIS_AUTHORS] = {{"스스로 한 진단", "its own diagnosis"}, {"상담 창구의 진단", "the desk's diagnosis"}, {"전문가 진단", "an expert's diagnosis"}};

/* The sentence of a state: since when, of which program, and what it rests on. */
static jval *write_state_text(const struct module_state *state) {
    struct buffer ko = BUFFER_EMPTY, en = BUFFER_EMPTY;
    const char *date = state->date[0] ? state->date : "-", *program = state->program ? state->program : "-", *demand = state->demand ? state->demand : "-",
               *supplier = state->supplier ? state->supplier : "-", *round = state->round ? state->round : "-";
    switch (state->basis) {
    case BASIS_DIAGNOSIS:
        buffer_format(&ko, "%s (%s, 신청 %s)", authors[state->by].ko, date, demand);
        buffer_format(&en, "%s (%s, application %s)", authors[state->by].en, date, demand);
        break;
    case BASIS_READINESS:
        buffer_format(&ko, "신청서의 준비도 점수 (%s, 신청 %s)", date, demand);
        buffer_format(&en, "the readiness score of the application (%s, %s)", date, demand);
        break;
    case BASIS_PAIR:
        buffer_format(&ko, "%s %s: 회차 %s의 %s–%s (%s)", program, state->progress == MODULE_DONE ? "마침" : "진행 중", round, demand, supplier, date);
        buffer_format(&en, "%s, %s: %s – %s of the round %s (%s)", program, state->progress == MODULE_DONE ? "done" : "under way", demand, supplier, round, date);
        break;
    case BASIS_OUTCOME:
        buffer_format(&ko, "%s %s: 성과 기록 %s–%s (%s)", program, state->progress == MODULE_DONE ? "마침" : "진행 중", demand, supplier, date);
        buffer_format(&en, "%s, %s: outcome %s – %s (%s)", program, state->progress == MODULE_DONE ? "done" : "under way", demand, supplier, date);
        break;
    default:
        buffer_add_text(&ko, "기록 없음");
        buffer_add_text(&en, "nothing on record");
    }
    jval *text = write_text2((struct text2){ko.bytes ? ko.bytes : "", en.bytes ? en.bytes : ""});
    buffer_free(&ko);
    buffer_free(&en);
    return text;
}

static jval *write_state(enum program_module module, const struct module_state *state) {
    jval *object = jval_new_object();
    jval_set_text(object, "module", module_names[module]);
    jval_set(object, "title", write_text2(titles[module]));
    jval_set_text(object, "progress", module_progress_names[state->progress]);
    if (state->progress != MODULE_NOT_BEGUN) {
        jval *basis = jval_new_object();
        jval_set_text(basis, "kind", module_basis_names[state->basis]);
        if (state->demand) jval_set_text(basis, "demand", state->demand);
        if (state->supplier) jval_set_text(basis, "supplier", state->supplier);
        if (state->round) jval_set_text(basis, "round", state->round);
        if (module == MODULE_DIAGNOSIS && state->by != DIAGNOSIS_AUTHORS) jval_set_text(basis, "by", diagnosis_author_names[state->by]);
        if (state->date[0]) jval_set_text(object, "date", state->date);
        if (state->program) jval_set_text(object, "program", state->program);
        jval_set(object, "rests_on", basis);
    }
    jval_set(object, "text", write_state_text(state));
    return object;
}

static jval *write_next(const struct firm_course *course) {
    static const struct text2 begin[MODULES] = {
        {"준비도 진단이나 전문가 진단을 받습니다.", "Have it diagnosed: the readiness questionnaire, or an expert."},
        {"컨설팅을 받습니다. 맞는 사업은 진단 결과가 알려 줍니다.", "Consulting: the diagnosis names the programs that fit."},
        {"매칭 사업에 신청해 공급기업과 짝을 짓습니다.", "Apply to a program that matches, and be paired with a supplier."},
        {"지원금으로 과제를 수행하거나 지원 사업에 신청합니다.", "Carry the project out with the support granted, or apply to a program of support."}};
    static const struct text2 finish[MODULES] = {{"시작한 진단을 마칩니다.", "Finish the diagnosis that was begun."}, {"시작한 컨설팅을 마칩니다.", "Finish the consulting that was begun."},
                                                 {"제안된 짝에 답하고 확정을 기다립니다.", "Answer the proposed pair, and wait for the decision."}, {"협약한 과제를 마치고 정산합니다.", "Finish the project agreed, and settle."}};
    const enum program_module next = firm_next_module(course);
    if (next == MODULES) return NULL;
    jval *object = jval_new_object();
    jval_set_text(object, "module", module_names[next]);
    jval_set(object, "text", write_text2(course->modules[next].progress == MODULE_OPEN ? finish[next] : begin[next]));
    return object;
}

static jval *write_firm(const struct firm_course *course) {
    jval *object = jval_new_object(), *demands = jval_new_array(), *modules = jval_new_array();
    for (size_t i = 0; i < course->demands.count; i++) jval_append_text(demands, course->demands.items[i]);
    for (int m = 0; m < MODULES; m++) jval_append(modules, write_state((enum program_module)m, &course->modules[m]));
    jval_set_text(object, "name", course->name);
    jval_set_text(object, "recognised_by", course->by_number ? "registration_no" : "name");
    if (course->by_number) jval_set_text(object, "registration_no", course->key);
    jval_set(object, "demands", demands);
    jval_set(object, "modules", modules);
    jval_set(object, "next", write_next(course));
    return object;
}

static jval *write_counts(const struct firm_courses *courses) {
    jval *object = jval_new_object();
    for (int m = 0; m < MODULES; m++) {
        size_t count[MODULE_PROGRESSES] = {0};
        jval *one = jval_new_object();
        for (size_t i = 0; i < courses->count; i++) count[courses->items[i].modules[m].progress]++;
        for (int p = 0; p < MODULE_PROGRESSES; p++) jval_set_integer(one, module_progress_names[p], (int64_t)count[p]);
        jval_set(object, module_names[m], one);
    }
    return object;
}

static jval *write_notes(void) {
    static const struct text2 notes[] = {
        {"기업은 사업자등록번호로, 번호가 없으면 이름이 똑같을 때 같은 기업으로 봅니다.", "A firm is recognised by its registration number or, where a record has none, by its exact name."},
        {"상태는 저장소에 있는 것만으로 적으며, 무엇을 근거로 하는지 함께 적습니다. 기록이 없다는 것은 하지 않았다는 뜻이 아닙니다.",
         "A state says what the store says, and on what it rests. That nothing is on record does not mean that nothing was done."}};
    jval *array = jval_new_array();
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) jval_append(array, write_text2(notes[i]));
    return array;
}

static bool is_asked(const struct firm_course *course, const char *firm) {
    if (!firm || strcmp(course->name, firm) == 0 || strcmp(course->key, firm) == 0 || text_list_has(&course->demands, firm)) return true;
    char digits[16];
    size_t count = 0;
    for (const char *at = firm; *at && count < sizeof digits - 1; at++)
        if (*at >= '0' && *at <= '9') digits[count++] = *at;
        else if (*at != '-') return false;
    digits[count] = '\0';
    return course->by_number && strcmp(course->key, digits) == 0;
}

ieum_status report_modules(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"kind", "firm", "waiting_for"};
    struct firm_courses courses;
    struct store *store = NULL;
    const char *firm = NULL;
    size_t waiting = MODULES;
    char today[11];
    ieum_status status = request_refuse_unknown(call->request, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "firm", false, &firm, problem);
    if (status == IEUM_OK && jval_get(call->request, "waiting_for"))
        status = field_choice(call->request, NULL, "waiting_for", true, module_names, MODULES, &waiting, problem);
    if (status == IEUM_OK) status = workspace_store(call->workspace, false, &store, problem);
    if (status == IEUM_OK) status = firm_courses_load(call->workspace, store, &courses, problem);
    if (status != IEUM_OK) return status;
    jval *object = jval_new_object(), *firms = jval_new_array();
    for (size_t i = 0; i < courses.count; i++)
        if (is_asked(&courses.items[i], firm) && (waiting == MODULES || firm_next_module(&courses.items[i]) == (enum program_module)waiting)) jval_append(firms, write_firm(&courses.items[i]));
    if (firm && !jval_count(firms)) {
        status = problem_set(problem, IEUM_NOT_FOUND, "/firm", "'%s'(이)라는 신청기업이 없습니다.", "There is no applicant '%s'.", firm);
        problem_set_value(problem, firm);
    }
    date_write(workspace_today(call->workspace), today);
    jval_set_text(object, "kind", "modules");
    jval_set_text(object, "day", today);
    jval_set_text(object, "engine", ieum_version_text());
    jval_set(object, "notes", write_notes());
    jval_set(object, "counts", write_counts(&courses));
    jval_set(object, "firms", firms);
    firm_courses_free(&courses);
    if (status == IEUM_OK && memory_failed()) status = problem_set_memory(problem);
    if (status == IEUM_OK) *result = object;
    else jval_free(object);
    return status;
}
