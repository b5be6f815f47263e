/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a firm belongs to a union; see union.h. Each member is looked at by itself, then they are put together. */
#include <string.h>

#include "likeness.h"
#include "locate.h"
#include "union.h"

const char *const union_basis_names[UNION_BASES] = {"none", "confirmed", "figures", "stated"};

/* What one member comes to. */
struct outcome_of_member {
    enum verdict verdict;
    enum union_basis basis;
    struct notes notes;
};

static int64_t amount_at(const jval *demand, const char *pointer) {
    const jval *value = value_at(demand, pointer);
    return jval_is(value, JVAL_INTEGER) ? jval_integer(value) : AMOUNT_MISSING;
}

static const char *text_at(const jval *demand, const char *pointer) {
    const jval *value = value_at(demand, pointer);
    return jval_is(value, JVAL_TEXT) && !value_missing(value) ? jval_text(value) : NULL;
}

static struct firm_facts facts_of(const jval *demand, struct date day) {
    const jval *codes = value_at(demand, "/firm/ksic"), *independent = value_at(demand, "/firm/independent");
    struct firm_facts facts = {.kind = text_at(demand, "/firm/kind"), .size = text_at(demand, "/firm/size"), .day = day,
                               .sales_krw = amount_at(demand, "/firm/sales_krw"), .assets_krw = amount_at(demand, "/firm/assets_krw"),
                               .employees = amount_at(demand, "/firm/employees")};
    facts.industry_text = jval_count(codes) ? jval_text(jval_at(codes, 0)) : "";
    facts.industry_known = ksic_read(facts.industry_text, 0, &facts.industry);
    facts.independent_known = jval_is(independent, JVAL_TRUE) || jval_is(independent, JVAL_FALSE);
    facts.independent = jval_is(independent, JVAL_TRUE);
    return facts;
}

static bool among(const struct text_list *sizes, const char *size) {
    for (size_t i = 0; size && i < sizes->count; i++)
        if (value_alike(size, sizes->items[i])) return true;
    return false;
}

/* ---- a confirmation ---- */

enum paper { PAPER_NONE, PAPER_UNDATED, PAPER_OUT, PAPER_HOLDS };

static enum paper paper_judge(const struct union_member *member, const jval *demand, struct date day, struct notes *notes) {
    const jval *paper = member->confirmation ? value_at(demand, member->confirmation) : NULL;
    struct date confirmed = {0}, until = {0};
    char first[11], last[11], on[11];
    if (!jval_is(paper, JVAL_OBJECT)) return PAPER_NONE;
    if (!date_read(jval_text(jval_get(paper, "confirmed")), &confirmed) || !date_read(jval_text(jval_get(paper, "until")), &until) || date_missing(day)) {
        notes_add(notes, "확인의 기간이나 기준일이 적혀 있지 않음", "the days of the confirmation, or the reference date, are not given");
        return PAPER_UNDATED;
    }
    date_write(confirmed, first);
    date_write(until, last);
    date_write(day, on);
    const bool holds = date_compare(confirmed, day) <= 0 && date_compare(day, until) <= 0;
    if (holds) notes_add(notes, "확인 %1$s~%2$s이(가) 기준일 %3$s에 유효", "confirmed from %1$s until %2$s, which holds on %3$s", first, last, on);
    else notes_add(notes, "확인 %1$s~%2$s이(가) 기준일 %3$s에는 유효하지 않음", "confirmed from %1$s until %2$s, which does not hold on %3$s", first, last, on);
    return holds ? PAPER_HOLDS : PAPER_OUT;
}

/* ---- one member ---- */

static void note_stated(const struct firm_facts *facts, struct notes *notes) {
    notes_add(notes, "기업이 적은 규모 '%s'에 따름", "by the size that the firm states, '%s'", facts->size);
}

static void note_missing(struct notes *missing, struct notes *notes) {
    if (missing->ko.size && !missing->ko.failed && !missing->en.failed)
        notes_add(notes, "적혀 있지 않은 것: %1$s", "not given: %2$s", missing->ko.bytes, missing->en.bytes);
}

static void note_against(const struct union_member *member, const struct firm_facts *facts, enum side side, struct notes *notes) {
    notes_add(notes, "적은 규모 '%s'과(와) 맞지 않음", "which the stated size '%s' contradicts", facts->size);
    if (side == SIDE_BEYOND && member->over.ko) notes_add(notes, "%1$s", "%2$s", member->over.ko, member->over.en);
}

/* Figures and the stated size, without a confirmation. */
static void judge_stated(const struct union_member *member, const struct firm_facts *facts, enum side side, bool yes, bool no, struct notes *missing,
                         struct outcome_of_member *out) {
    if ((side == SIDE_BEYOND && yes) || (side == SIDE_WITHIN && no)) {
        out->verdict = VERDICT_CONFIRM;
        note_against(member, facts, side, &out->notes);
    } else if (side == SIDE_BEYOND || no) {
        out->verdict = VERDICT_FAIL;
        if (side != SIDE_BEYOND) note_stated(facts, &out->notes);
    } else if (side == SIDE_WITHIN) {
        out->verdict = VERDICT_PASS;
        out->basis = BASIS_FIGURES;
    } else if (yes) {
        out->verdict = VERDICT_PASS;
        out->basis = BASIS_STATED;
        note_stated(facts, &out->notes);
        note_missing(missing, &out->notes);
    } else if (member->only_confirmed) {
        out->verdict = VERDICT_FAIL; /* had by confirmation only, and there is none */
        notes_add(&out->notes, "확인이 적혀 있지 않음", "no confirmation is given");
    } else {
        out->verdict = VERDICT_CONFIRM;
        note_missing(missing, &out->notes);
    }
}

static void judge_member(const struct union_member *member, const jval *demand, const struct firm_facts *facts, struct outcome_of_member *out) {
    struct notes missing = {BUFFER_EMPTY, BUFFER_EMPTY};
    const enum paper paper = paper_judge(member, demand, facts->day, &out->notes);
    const bool yes = among(&member->sizes, facts->size), no = among(&member->not_sizes, facts->size);
    const enum side side = figures_judge(member, facts, &out->notes, &missing);
    if (paper == PAPER_HOLDS && side != SIDE_BEYOND && !no) {
        out->verdict = VERDICT_PASS;
        out->basis = BASIS_CONFIRMED;
    } else if (paper == PAPER_HOLDS) {
        out->verdict = VERDICT_CONFIRM;
        if (no) note_against(member, facts, side, &out->notes);
        else notes_add(&out->notes, "확인과 수치가 맞지 않음", "the confirmation and the figures contradict each other");
    } else if (paper == PAPER_UNDATED || (paper == PAPER_OUT && yes && side != SIDE_BEYOND)) {
        out->verdict = VERDICT_CONFIRM;
        if (yes && paper == PAPER_OUT) note_stated(facts, &out->notes);
    } else {
        judge_stated(member, facts, side, yes, no, &missing, out);
    }
    notes_free(&missing);
}

/* ---- all of them ---- */

/* "중소기업(법 조항): notes" */
static void add_member(const struct union_member *member, const struct outcome_of_member *out, struct buffer *ko, struct buffer *en) {
    buffer_format(ko, "%s%s(%s)", ko->size ? " / " : "", member->title.ko, member->law.ko);
    buffer_format(en, "%s%s (%s)", en->size ? " / " : "", member->title.en, member->law.en);
    if (out->notes.ko.size) buffer_format(ko, ": %s", out->notes.ko.bytes);
    if (out->notes.en.size) buffer_format(en, ": %s", out->notes.en.bytes);
}

static void add_value(struct buffer *value, const char *name, const char *text) {
    if (text && *text) buffer_format(value, "%s%s=%s", value->size ? " " : "", name, text);
}

static void add_amount(struct buffer *value, const char *name, int64_t amount) {
    if (amount != AMOUNT_MISSING) buffer_format(value, "%s%s=%lld", value->size ? " " : "", name, (long long)amount);
}

static void write_evidence(const struct firm_union *one, const struct firm_facts *facts, const jval *demand, struct buffer *value) {
    add_value(value, "kind", facts->kind);
    add_value(value, "size", facts->size);
    add_value(value, "ksic", facts->industry_text);
    add_amount(value, "sales_krw", facts->sales_krw);
    add_amount(value, "assets_krw", facts->assets_krw);
    add_amount(value, "employees", facts->employees);
    if (facts->independent_known) add_value(value, "independent", facts->independent ? "true" : "false");
    for (size_t i = 0; i < one->member_count; i++) {
        const jval *paper = one->members[i].confirmation ? value_at(demand, one->members[i].confirmation) : NULL;
        if (jval_is(paper, JVAL_OBJECT))
            buffer_format(value, "%s%s=%s..%s", value->size ? " " : "", one->members[i].id, jval_text(jval_get(paper, "confirmed")), jval_text(jval_get(paper, "until")));
    }
}

static ieum_status take_texts(struct buffer *ko, struct buffer *en, struct buffer *value, struct arena *arena, struct membership *membership,
                              struct problem *problem) {
    membership->text.ko = ko->failed ? NULL : arena_copy_bytes(arena, ko->size ? ko->bytes : "", ko->size);
    membership->text.en = en->failed ? NULL : arena_copy_bytes(arena, en->size ? en->bytes : "", en->size);
    if (value->size && !value->failed) membership->value = arena_copy_bytes(arena, value->bytes, value->size);
    return membership->text.ko && membership->text.en && !value->failed && (membership->value || !value->size) ? IEUM_OK : problem_set_memory(problem);
}

/* The strongest member that holds; else every member that is open; else all of them. */
static void put_together(const struct firm_union *one, const struct outcome_of_member *outs, struct membership *membership, struct buffer *ko, struct buffer *en) {
    membership->verdict = VERDICT_FAIL;
    for (size_t i = 0; i < one->member_count; i++) {
        if (outs[i].verdict == VERDICT_PASS && (!membership->member || outs[i].basis < membership->basis)) {
            membership->verdict = VERDICT_PASS;
            membership->member = &one->members[i];
            membership->basis = outs[i].basis;
        }
        if (outs[i].verdict == VERDICT_CONFIRM && membership->verdict == VERDICT_FAIL) membership->verdict = VERDICT_CONFIRM;
    }
    for (size_t i = 0; i < one->member_count; i++)
        if (membership->member ? membership->member == &one->members[i] : outs[i].verdict == membership->verdict) add_member(&one->members[i], &outs[i], ko, en);
}

ieum_status union_judge(const struct firm_union *one, const jval *demand, struct date day, struct arena *arena, struct membership *membership,
                        struct problem *problem) {
    const struct firm_facts facts = facts_of(demand, day);
    struct buffer ko = BUFFER_EMPTY, en = BUFFER_EMPTY, value = BUFFER_EMPTY;
    struct outcome_of_member *outs = arena_allocate_zero(arena, one->member_count + 1, sizeof *outs);
    *membership = (struct membership){0};
    if (!outs) return problem_set_memory(problem);
    if (facts.kind && !text_list_has(&one->kinds, facts.kind)) {
        membership->verdict = VERDICT_FAIL;
        buffer_format(&ko, "기업이 아닌 신청자(%s)는 %s에 들지 않습니다.", facts.kind, one->title.ko);
        buffer_format(&en, "An applicant that is no firm (%s) does not belong to %s.", facts.kind, one->title.en);
    } else {
        for (size_t i = 0; i < one->member_count; i++) judge_member(&one->members[i], demand, &facts, &outs[i]);
        put_together(one, outs, membership, &ko, &en);
        buffer_add_byte(&ko, '.');
        buffer_add_byte(&en, '.');
    }
    write_evidence(one, &facts, demand, &value);
    for (size_t i = 0; i < one->member_count; i++) {
        ko.failed = ko.failed || outs[i].notes.ko.failed;
        en.failed = en.failed || outs[i].notes.en.failed;
        notes_free(&outs[i].notes);
    }
    ieum_status status = take_texts(&ko, &en, &value, arena, membership, problem);
    buffer_free(&ko);
    buffer_free(&en);
    buffer_free(&value);
    return status;
}
