/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op round: {"step", "round": id, "program"?, "by"?, "reason"?, "revision"?, …}: a step of a round, or a look at it. The steps and their members stand in the files that take
 * them (round_*.c); "revision" is the one the caller saw: when another stands, the step is refused.
 */
#include <string.h>

#include "round_request.h"

/* Steps by their names: what they need, and who takes them. */
struct step_entry {
    const char *name;
    ieum_status (*run)(struct round_call *, jval **, struct problem *); /* NULL: round_decide */
    enum round_step step;
    bool needs_round, needs_program;
};

static const struct step_entry entries[] = {
    {"new", round_new, STEP_NEW, true, true},
    {"open", round_open_step, STEP_OPEN, true, false},
    {"select", round_select, STEP_SELECT, true, false},
    {"propose", round_propose, STEP_PROPOSE, false, false},
    {"rematch", round_rematch, STEP_REMATCH, true, false},
    {"show", round_show, ROUND_STEPS, true, false},
    {"audit", round_audit, ROUND_STEPS, true, false},
    {"replay", round_replay, ROUND_STEPS, true, false},
    {"verify", round_verify, ROUND_STEPS, true, false},
    {"what-if", round_what_if, ROUND_STEPS, true, false},
    {"why", round_why, ROUND_STEPS, true, false},
    {"compare", round_compare, ROUND_STEPS, true, false},
    {"list", round_list, ROUND_STEPS, false, false},
    {"lock", NULL, STEP_LOCK, true, false},
    {"veto", NULL, STEP_VETO, true, false},
    {"recuse", NULL, STEP_RECUSE, true, false},
    {"lift", NULL, STEP_LIFT, true, false},
    {"third", NULL, STEP_THIRD, true, false},
    {"consent", NULL, STEP_CONSENT, true, false},
    {"extend", NULL, STEP_EXTEND, true, false},
    {"withdraw", NULL, STEP_WITHDRAW, true, false},
    {"confirm", NULL, STEP_CONFIRM, true, false},
    {"publish", NULL, STEP_PUBLISH, true, false},
    {"object", NULL, STEP_OBJECT, true, false},
    {"answer", NULL, STEP_ANSWER, true, false},
    {"agree", NULL, STEP_AGREE, true, false},
    {"done", NULL, STEP_DONE, true, false},
    {"settle", NULL, STEP_SETTLE, true, false},
    {"fulfil", NULL, STEP_FULFIL, true, false},
    {"waive", NULL, STEP_WAIVE, true, false},
    {"attach", NULL, STEP_ATTACH, true, false},
    {"admit", NULL, STEP_ADMIT, true, false},
};
enum { ENTRIES = sizeof entries / sizeof *entries };

static ieum_status read_step(const jval *request, const struct step_entry **entry, struct problem *problem) {
    const char *names[ENTRIES];
    size_t chosen = 0;
    for (size_t i = 0; i < ENTRIES; i++) names[i] = entries[i].name;
    ieum_status status = field_choice(request, NULL, "step", true, names, ENTRIES, &chosen, problem);
    *entry = &entries[chosen];
    return status;
}

ieum_status request_round(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"step",   "program", "round", "reason",   "revision", "criteria",     "rules",      "model",  "method", "q",      "seed",
                                      "intake", "demand",  "supplier", "kind",  "side",     "answer",       "party",      "until",  "number", "upheld", "record",
                                      "changes", "marks",  "awards", "stage", "among", "grade", "applied_from", "applied_to", "result", "note", "evidence",
                                      "amount_krw", "rule"};
    const jval *json = call->request;
    const struct step_entry *entry = NULL;
    struct round_call it = {.call = call};
    ieum_status status = request_refuse_unknown(json, own, sizeof own / sizeof *own, problem);
    if (status == IEUM_OK) status = read_step(json, &entry, problem);
    if (status == IEUM_OK) status = field_text(json, NULL, "round", entry->needs_round, &it.round, problem);
    if (status == IEUM_OK)
        status = field_text(json, NULL, "program", entry->needs_program || (entry->run == round_propose && !it.round), &it.program, problem);
    if (status == IEUM_OK) status = field_text(json, NULL, "by", false, &it.by, problem);
    if (status == IEUM_OK) status = field_text(json, NULL, "reason", false, &it.reason, problem);
    if (status == IEUM_OK) status = field_integer(json, NULL, "revision", false, 1, INT64_C(1) << 53, &it.revision, problem);
    if (status != IEUM_OK) return status;
    it.step = entry->name;
    status = entry->run ? entry->run(&it, result, problem) : round_decide(&it, entry->step, result, problem);
    round_close(&it);
    return status;
}
