/* SPDX-License-Identifier: Apache-2.0 */
/*
 * verify: whether a round is what it claims to be → {"sound", "checks": [{"check", "ok": true | false | null, "text": {ko, en}}], "differences"?}. ok is null where what would be needed was
 * erased at the end of its retention.
 *   log          the audit log is whole, and the round stands as its last step left it
 *   documents    what the passes looked at and proposed is what was kept
 *   rules        each pair of the last pass keeps the rules of the program as it was
 *   proof        the kept instance, solved again by this engine, has the kept total, and the kept pairs add up to it
 *   replay       whether this engine would propose the same, and what it would do differently (no fault of the round when it would not)
 */
#include <math.h>
#include <string.h>

#include "../match/assignment.h"
#include "round_request.h"

enum answer { NO, YES, UNKNOWN };

struct verification {
    struct round_call *it;
    jval *checks;
    bool sound;
};

static void add_check(struct verification *all, const char *check, enum answer ok, const char *ko, const char *en) {
    jval *one = jval_new_object();
    jval_set_text(one, "check", check);
    jval_set(one, "ok", ok == UNKNOWN ? NULL : jval_new_bool(ok == YES));
    jval_set(one, "text", write_text2((struct text2){ko, en}));
    jval_append(all->checks, one);
    all->sound = all->sound && ok != NO;
}

/* ---- log ---- */

static bool step_fits(const struct store_round_step *step, struct problem *problem) {
    jval *payload = NULL;
    if (!step->payload) return true; /* erased: the chain holds its digest still */
    bool fits = jval_parse(step->payload, strlen(step->payload), &payload, problem) == IEUM_OK && strcmp(jval_text(jval_get(payload, "digest")), step->digest) == 0 &&
                jval_integer(jval_get(payload, "revision")) == step->number && strcmp(jval_text(jval_get(payload, "state")), step->to) == 0;
    jval_free(payload);
    return fits;
}

static ieum_status check_log(struct verification *all, struct problem *problem) {
    struct round_call *it = all->it;
    struct store_round_steps steps;
    struct audit_check chain;
    char digest[DIGEST_TEXT];
    ieum_status status = store_audit_verify(it->store, NULL, &chain, problem);
    if (status == IEUM_OK) status = record_digest(it->stored.payload, digest, problem);
    if (status == IEUM_OK) status = store_round_steps(it->store, it->round, &steps, problem);
    if (status != IEUM_OK) return status;
    bool fits = steps.count == (size_t)it->stored.revision && strcmp(steps.items[steps.count - 1].digest, digest) == 0 &&
                strcmp(steps.items[steps.count - 1].to, it->stored.state) == 0;
    for (size_t i = 0; i < steps.count; i++) fits = fits && steps.items[i].number == (int64_t)i + 1 && step_fits(&steps.items[i], problem);
    store_round_steps_free(&steps);
    if (chain.broken_at) add_check(all, "log", NO, chain.ko, chain.en);
    else if (!fits) add_check(all, "log", NO, "회차의 내용이 감사 기록의 단계와 맞지 않습니다.", "The round does not fit the steps in the audit log.");
    else add_check(all, "log", YES, "감사 기록이 온전하고, 회차가 마지막 단계에서 남긴 그대로입니다.", "The audit log is whole, and the round is as its last step left it.");
    return IEUM_OK;
}

/* ---- documents ---- */

/* Fetches a document; a digest that does not fit or a document that is gone is a finding, one that was erased is not known. */
static enum answer look_at(struct round_call *it, const char *digest, jval **document) {
    struct problem trouble = {0};
    ieum_status status = store_document_get(it->store, digest, document, &trouble);
    if (status == IEUM_OK) return YES;
    /* "There is none" and "it was erased" are both NOT_FOUND; the erased one is still listed. */
    return status == IEUM_NOT_FOUND && store_document_erased(it->store, digest) ? UNKNOWN : NO;
}

static enum answer worse(enum answer a, enum answer b) { return a == NO || b == NO ? NO : a == UNKNOWN || b == UNKNOWN ? UNKNOWN : YES; }

static void check_documents(struct verification *all) {
    struct round_call *it = all->it;
    const struct round *round = &it->state;
    enum answer ok = YES;
    for (size_t i = 0; i < round->pass_count; i++) {
        jval *document = NULL, *inputs = NULL, *records = NULL;
        ok = worse(ok, look_at(it, round->passes[i].proposal, &document));
        enum answer found = look_at(it, round->passes[i].inputs, &inputs);
        ok = worse(ok, found);
        for (int side = 0; side < 2 && found == YES; side++) {
            const jval *digests = jval_get(inputs, side ? "suppliers" : "demands");
            for (size_t k = 0; k < jval_count(digests); k++) {
                ok = worse(ok, look_at(it, jval_text(jval_at(digests, k)), &records));
                jval_free(records);
                records = NULL;
            }
        }
        jval_free(document);
        jval_free(inputs);
    }
    if (round->selection) {
        jval *document = NULL;
        ok = worse(ok, look_at(it, round->selection, &document));
        jval_free(document);
    }
    add_check(all, "documents", ok,
              ok == YES ? "배정에 쓴 자료와 배정안이 남긴 그대로입니다." : ok == NO ? "배정에 쓴 자료나 배정안이 없어졌거나 바뀌었습니다." : "보존 기간이 끝나 지워진 자료가 있습니다.",
              ok == YES ? "What the passes looked at and proposed is what was kept."
              : ok == NO ? "Something that the passes looked at or proposed is gone or was changed."
                         : "Something was erased at the end of its retention.");
}

/* ---- rules ---- */

static const struct demand *demand_of(const struct match_answer *answer, const char *id) {
    const struct record_set *set = &answer->suggested.cohort.demands;
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->demands[i].id, id) == 0) return &set->demands[i];
    return NULL;
}

static const struct supplier *supplier_of(const struct match_answer *answer, const char *id) {
    const struct record_set *set = &answer->suggested.cohort.suppliers;
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->suppliers[i].id, id) == 0) return &set->suppliers[i];
    return NULL;
}

static ieum_status check_rules(struct verification *all, const struct match_question *question, const struct match_answer *answer, const jval *kept, struct problem *problem) {
    const struct program *program = answer->suggested.program;
    const jval *pairs = jval_get(jval_get(kept, "assignment"), "proposed");
    struct findings findings;
    bool keeps = true;
    for (size_t i = 0; i < jval_count(pairs) && keeps && !all->it->state.no_rules; i++) {
        const struct demand *demand = demand_of(answer, jval_text(jval_get(jval_at(pairs, i), "demand")));
        const struct supplier *supplier = supplier_of(answer, jval_text(jval_get(jval_at(pairs, i), "supplier")));
        keeps = demand && supplier;
        if (!keeps) break;
        ieum_status status = eligible_demand(program, demand, all->it->call->arena, &findings, problem);
        if (status == IEUM_OK) findings_waive(&findings, demand->id, question->suggest.waivers, question->suggest.waiver_count);
        keeps = status == IEUM_OK && findings.eligible;
        if (status == IEUM_OK) status = eligible_pair(program, demand, supplier, all->it->call->arena, &findings, problem);
        if (status != IEUM_OK) return status;
        keeps = keeps && findings.eligible;
    }
    add_check(all, "rules", keeps, keeps ? "모든 짝이 그때의 사업 규칙을 지킵니다." : "사업 규칙에 어긋나는 짝이 있습니다.",
              keeps ? "Every pair keeps the rules of the program as it was." : "A pair breaks a rule of the program.");
    return IEUM_OK;
}

/* ---- proof ---- */

static bool pairs_add_up(const jval *assignment) {
    const jval *edges = jval_get(jval_get(assignment, "instance"), "edges"), *pairs = jval_get(assignment, "pairs");
    int64_t sum = 0, total = 0, score = 0;
    size_t e = 0;
    for (size_t i = 0; i < jval_count(pairs); i++) { /* both by demand, then supplier */
        const jval *pair = jval_at(pairs, i);
        while (e < jval_count(edges) && !(jval_equal(jval_at(jval_at(edges, e), 0), jval_at(pair, 0)) && jval_equal(jval_at(jval_at(edges, e), 1), jval_at(pair, 1)))) e++;
        if (e == jval_count(edges) || !assignment_fixed_point(jval_number(jval_at(jval_at(edges, e), 2)), &score)) return false;
        sum += score;
    }
    total = llround(jval_number(jval_get(assignment, "total")) * (double)ASSIGNMENT_ONE);
    return sum == total;
}

/* The kept instance as a request of op assign. */
static jval *instance_request(const jval *assignment) {
    static const char *const members[] = {"size", "edges", "demand", "supplier", "locks", "vetoes", "previous", "q", "seed"};
    const jval *instance = jval_get(assignment, "instance"), *groups = jval_get(instance, "groups");
    jval *object = jval_new_object(), *list = jval_copy(groups);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (jval_get(instance, members[i])) jval_set(object, members[i], jval_keep(jval_get(instance, members[i])));
    for (size_t i = 0; i < jval_count(list); i++) { /* what only people read */
        jval_remove((jval *)jval_at(list, i), "rule");
        jval_remove((jval *)jval_at(list, i), "value");
    }
    jval_set(object, "groups", list);
    jval_set_text(object, "op", "assign");
    /* Re-matching is max_sum with previous pairs. */
    const char *method = jval_text(jval_get(assignment, "method"));
    jval_set_text(object, "method", strcmp(method, "rematch") == 0 ? "max_sum" : method);
    return object;
}

static ieum_status check_proof(struct verification *all, const jval *kept, struct problem *problem) {
    const jval *assignment = jval_get(kept, "assignment");
    jval *request = NULL, *again = NULL;
    if (!assignment) {
        add_check(all, "proof", YES, "배정할 신청기업이 없었습니다.", "There was nobody to assign.");
        return IEUM_OK;
    }
    request = instance_request(assignment);
    struct call call = {.workspace = all->it->call->workspace, .request = request, .arena = all->it->call->arena};
    ieum_status status = memory_failed() ? problem_set_memory(problem) : request_assign(&call, &again, problem);
    if (status == IEUM_OK) {
        const bool same = jval_equal(jval_get(again, "total"), jval_get(assignment, "total")) && jval_equal(jval_get(again, "status"), jval_get(assignment, "status"));
        const bool holds = same && pairs_add_up(assignment);
        add_check(all, "proof", holds, holds ? "같은 조건으로 다시 풀어도 점수 합이 같고, 짝의 점수가 그 합이 됩니다." : "다시 푼 결과나 짝의 점수 합이 남긴 것과 다릅니다.",
                  holds ? "Solved again under the same conditions the total is the same, and the pairs add up to it." : "Solved again, or added up, the total is another one than was kept.");
    }
    jval_free(request);
    jval_free(again);
    return status;
}

/* ---- all of it ---- */

static void add_unknown(struct verification *all) {
    static const char *const checks[] = {"rules", "proof", "replay"};
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        add_check(all, checks[i], UNKNOWN, "필요한 자료가 지워졌거나 온전하지 않아 확인할 수 없습니다.", "What it would take was erased, or is not what was kept.");
}

static ieum_status check_pass(struct verification *all, size_t pass, jval *reply, struct problem *problem) {
    struct round_call *it = all->it;
    struct match_inputs inputs = {0};
    struct match_question question;
    struct match_answer answer = {0};
    struct problem erased = {0};
    jval *kept = NULL, *again = NULL;
    char digest[DIGEST_TEXT];
    if (match_inputs_load(it->store, it->state.passes[pass].inputs, it->call->arena, &inputs, &question, &erased) != IEUM_OK ||
        store_document_get(it->store, it->state.passes[pass].proposal, &kept, &erased) != IEUM_OK) {
        match_inputs_free(&inputs);
        if (erased.status != IEUM_NOT_FOUND && erased.status != IEUM_STORE)
            return problem_set(problem, erased.status, erased.pointer, "%1$s", "%2$s%1$.0s", erased.ko, erased.en);
        add_unknown(all); /* that something was changed is told under "documents" */
        return IEUM_OK;
    }
    ieum_status status = pipeline_match(it->call->workspace, &question, &answer, problem);
    if (status == IEUM_OK) status = check_rules(all, &question, &answer, kept, problem);
    if (status == IEUM_OK) status = check_proof(all, kept, problem);
    if (status == IEUM_OK) {
        again = write_proposal(&answer);
        status = record_digest(again, digest, problem);
    }
    if (status == IEUM_OK) {
        const bool same = strcmp(digest, it->state.passes[pass].proposal) == 0;
        const bool sound = all->sound;
        add_check(all, "replay", same, same ? "이 엔진으로 다시 계산해도 한 바이트도 다르지 않습니다." : "이 엔진과 자료로는 다른 결과가 나옵니다. 달라지는 것을 아래에 적었습니다.",
                  same ? "Gone through again with this engine, it is the same to the byte." : "This engine and its data would propose otherwise; the differences are below.");
        all->sound = sound; /* a newer engine may differ: that is no fault of the round */
        if (!same) jval_set(reply, "differences", write_differences(kept, again));
    }
    jval_free(kept);
    jval_free(again);
    match_answer_free(&answer);
    match_inputs_free(&inputs);
    return status;
}

ieum_status round_verify(struct round_call *it, jval **result, struct problem *problem) {
    struct verification all = {.it = it, .checks = jval_new_array(), .sound = true};
    jval *object = jval_new_object();
    ieum_status status = round_open(it, problem);
    if (status == IEUM_OK) status = check_log(&all, problem);
    if (status == IEUM_OK) {
        check_documents(&all);
        if (it->state.pass_count) status = check_pass(&all, it->state.pass_count - 1, object, problem);
    }
    if (status == IEUM_OK) {
        jval_set(object, "round", write_round_head(&it->stored));
        jval_set_bool(object, "sound", all.sound);
        jval_set(object, "checks", all.checks);
        *result = object;
    } else {
        jval_free(all.checks);
        jval_free(object);
    }
    return status;
}
