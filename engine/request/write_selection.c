/* SPDX-License-Identifier: Apache-2.0 */
/* A selection as a reply has it. */
#include "../program/cost_items.h"
#include "../program/tracks.h"
#include "../record/cost_lines.h"
#include "select_request.h"

static double points_number(int64_t points) { return (double)points / (double)SELECTION_POINT; }

/* What is not given, or has no limit, is null. */
static jval *points_value(int64_t points) { return points == SELECTION_NOT_GIVEN ? NULL : jval_new_number(points_number(points)); }
static jval *whole_value(int64_t number) {
    return number == SELECTION_NOT_GIVEN || number == SELECTION_NO_LIMIT ? NULL : jval_new_integer(number);
}

static const char *demand_id(const struct select_answer *answer, size_t applicant) { return answer->asked[applicant].id; }

/* ---- rules ---- */

static jval *write_rules(const struct select_answer *answer) {
    const struct selection_terms *terms = &answer->terms;
    jval *object = jval_new_object(), *weights = jval_new_object(), *committee = jval_new_object(), *ties = jval_new_array(), *awards = jval_new_array();
    jval_set_number(weights, "rubric", points_number(terms->weight_rubric));
    jval_set_number(weights, "committee", points_number(terms->weight_committee));
    jval_set_integer(committee, "least_members", terms->least_members);
    jval_set_integer(committee, "drop_highest", terms->drop_highest);
    jval_set_integer(committee, "drop_lowest", terms->drop_lowest);
    for (uint32_t t = 0; t < terms->tie_count; t++) jval_append_text(ties, selection_tie_names[terms->ties[t]]);
    for (size_t i = 0; i < answer->rules->double_award.count; i++) jval_append_text(awards, answer->rules->double_award.items[i]);
    jval_set_bool(object, "of_the_program", answer->rules->given);
    jval_set(object, "weights", weights);
    jval_set_text(object, "rubric_of", answer->rules->shortlist_mean ? "shortlist_mean" : "best");
    jval_set_integer(object, "decimals", terms->decimals);
    jval_set_number(object, "least_total", points_number(terms->least_total));
    jval_set(object, "committee", committee);
    jval_set_number(object, "bonus_most", points_number(terms->bonus_most));
    jval_set(object, "tie_order", ties);
    jval_set_text(object, "tasks", selection_task_names[terms->tasks]);
    jval_set_text(object, "amount", selection_amount_names[terms->amount]);
    jval_set_text(object, "unfit", selection_unfit_names[terms->unfit]);
    jval_set(object, "quota", whole_value(terms->quota));
    jval_set(object, "reserve", whole_value(terms->reserve));
    jval_set(object, "double_award", awards);
    return object;
}

/* ---- one applicant ---- */

static void add_flag(jval *flags, const char *id, const char *kind, struct text2 text, jval *more) {
    jval *flag = more ? more : jval_new_object();
    jval_set_text(flag, "id", id);
    jval_set_text(flag, "kind", kind);
    jval_set(flag, "text", write_text2(text));
    jval_append(flags, flag);
}

static void add_points_to_confirm(jval *flags, const struct findings *findings) {
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].verdict == VERDICT_CONFIRM) add_flag(flags, findings->items[i].rule->id, "confirm", findings->items[i].text, NULL);
}

static void add_alike(const struct select_answer *answer, jval *flags, const struct select_alike *alike) {
    jval *more = jval_new_object(), *demands = jval_new_array(), *suppliers = jval_new_array();
    struct buffer ko = BUFFER_EMPTY, en = BUFFER_EMPTY;
    for (size_t i = 0; i < alike->applicant_count; i++) jval_append_text(demands, demand_id(answer, alike->applicants[i]));
    for (size_t i = 0; i < alike->supplier_count; i++)
        jval_append_text(suppliers, answer->suggested.cohort.suppliers.suppliers[alike->suppliers[i]].id);
    jval_set(more, "demands", demands);
    jval_set(more, "suppliers", suppliers);
    jval_set(more, "title", write_text2(alike->flag->title));
    buffer_format(&ko, "%s: 같은 값이 다른 신청기업 %zu곳, 공급기업 %zu곳에도 적혀 있습니다. 확인해 주세요.", alike->flag->title.ko, alike->applicant_count,
                  alike->supplier_count);
    buffer_format(&en, "%s: the same value stands with %zu other applicants and %zu suppliers; a person should look at it.", alike->flag->title.en,
                  alike->applicant_count, alike->supplier_count);
    add_flag(flags, alike->flag->id, "same", (struct text2){ko.bytes, en.bytes}, more);
    buffer_free(&ko);
    buffer_free(&en);
}

static jval *write_flags(const struct select_answer *answer, size_t index) {
    const struct select_applicant *applicant = &answer->applicants[index];
    jval *flags = jval_new_array();
    for (size_t i = 0; i < applicant->alike_count; i++) add_alike(answer, flags, &applicant->alike[i]);
    add_points_to_confirm(flags, &applicant->verdict);
    add_points_to_confirm(flags, &applicant->knock_outs);
    add_points_to_confirm(flags, &applicant->bonus);
    if (applicant->verdict.eligible) add_points_to_confirm(flags, &applicant->funding);
    for (size_t i = 0; i < applicant->funding.count && applicant->verdict.eligible; i++)
        if (applicant->funding.items[i].verdict == VERDICT_FAIL)
            add_flag(flags, applicant->funding.items[i].rule->id, "funding", applicant->funding.items[i].text, NULL);
    if (applicant->best == SELECTION_NONE)
        add_flag(flags, "no_supplier", "points",
                 (struct text2){"짝이 될 수 있는 공급기업이 없어 배점표 점수가 0점입니다.", "No supplier may be paired with it, so the rubric gives 0 points."}, NULL);
    if (applicant->amount_assumed)
        add_flag(flags, "amount_assumed", "amount",
                 (struct text2){"신청 금액이 적혀 있지 않아 받을 수 있는 가장 큰 금액으로 셈했습니다.", "No amount is given; the greatest that may be had is counted."}, NULL);
    else if (answer->stage->budget && answer->asked[index].amount_krw == SELECTION_NOT_GIVEN)
        add_flag(flags, "amount_missing", "amount",
                 (struct text2){"신청 금액이 적혀 있지 않아 예산에서 셈하지 않았습니다.", "No amount is given; nothing is taken off the budget."}, NULL);
    return flags;
}

static jval *write_bonus(const struct select_answer *answer, size_t index) {
    jval *array = jval_new_array();
    for (size_t b = 0; b < answer->rules->bonus_count; b++) {
        if (!answer->applicants[index].bonus_earned[b]) continue;
        jval *object = jval_new_object();
        jval_set_text(object, "id", answer->rules->bonus[b].rule.id);
        jval_set(object, "title", write_text2(answer->rules->bonus[b].title));
        jval_set_number(object, "points", points_number(answer->rules->bonus[b].points));
        jval_append(array, object);
    }
    return array;
}

static jval *write_members(const struct select_answer *answer, size_t index) {
    const struct select_marks *marks = answer->applicants[index].marks;
    jval *object = jval_new_object(), *recused = jval_new_array();
    for (size_t i = 0; marks && i < marks->count; i++) {
        if (marks->items[i].recusal == RECUSAL_NONE) continue;
        jval *one = jval_new_object();
        jval_set_text(one, "member", marks->items[i].member);
        jval_set_text(one, "recusal", selection_recusal_names[marks->items[i].recusal]);
        jval_set_text(one, "reason", marks->items[i].reason);
        if (marks->items[i].time) jval_set_text(one, "time", marks->items[i].time);
        jval_append(recused, one);
    }
    jval_set_integer(object, "counted", answer->result.places[index].counted);
    jval_set(object, "recused", recused);
    return object;
}

static void write_money(jval *object, const struct selection_place *place) {
    jval_set(object, "asked_krw", whole_value(place->asked_krw));
    jval_set(object, "amount_krw", whole_value(place->granted_krw));
    jval_set(object, "own_share_krw", whole_value(place->own_krw));
    jval_set(object, "cost_krw", whole_value(place->cost_krw));
}

/* NULL: of no track. */
static const char *track_id(const struct select_answer *answer, size_t track) {
    return track < answer->suggested.program->track_count ? answer->suggested.program->tracks[track].id : NULL;
}

/* What is asked for and granted, cost item by cost item. NULL: the record states none. */
static jval *write_cost_items(const struct select_answer *answer, const struct demand *demand, const struct selection_place *place) {
    const struct cost_items *costs = answer->suggested.program->cost_items;
    struct problem ignored = {0};
    struct cost_line *lines = NULL;
    size_t count = 0;
    if (!costs || cost_lines_read(demand->json, NULL, answer->arena, &lines, &count, &ignored) != IEUM_OK || count == 0) return NULL;
    int64_t *asked = arena_allocate_zero(answer->arena, count, sizeof *asked), *parts = arena_allocate_zero(answer->arena, count, sizeof *parts);
    jval *array = jval_new_array();
    const bool granted = place->verdict == SELECTION_SELECTED && place->granted_krw != SELECTION_NOT_GIVEN && asked && parts;
    for (size_t i = 0; i < count && granted; i++) asked[i] = lines[i].krw;
    if (granted) cost_items_split(asked, count, place->granted_krw, parts);
    for (size_t i = 0; i < count; i++) {
        const struct cost_item *item = cost_item_find(costs, lines[i].item);
        jval *one = jval_new_object();
        jval_set_text(one, "item", item ? item->id : lines[i].item);
        if (item) jval_set(one, "title", write_text2(item->title));
        jval_set_integer(one, "asked_krw", lines[i].krw);
        jval_set(one, "amount_krw", granted ? jval_new_integer(parts[i]) : NULL);
        jval_append(array, one);
    }
    return array;
}

static jval *write_applicant(const struct select_answer *answer, size_t index) {
    const struct select_applicant *applicant = &answer->applicants[index];
    const struct selection_place *place = &answer->result.places[index];
    const struct demand *demand = &answer->suggested.cohort.demands.demands[applicant->demand];
    jval *object = jval_new_object();
    jval_set_text(object, "demand", demand->id);
    jval_set_text(object, "name", demand->firm.name);
    if (answer->suggested.program->track_count) jval_set_text(object, "track", track_id(answer, track_find(answer->suggested.program, demand)));
    jval_set_bool(object, "eligible", applicant->verdict.eligible);
    jval_set_text(object, "verdict", selection_verdict_names[place->verdict]);
    jval_set_text(object, "reason_code", selection_reason_names[place->reason]);
    jval_set(object, "reason", write_selection_reason(answer, index));
    if (place->reserve) jval_set_integer(object, "reserve", place->reserve);
    jval_set(object, "rank", place->rank ? jval_new_integer(place->rank) : NULL);
    jval_set(object, "total", points_value(place->total));
    jval_set(object, "rubric", place->rank ? points_value(place->rubric) : NULL);
    jval_set(object, "committee", points_value(place->committee));
    jval_set(object, "bonus", place->rank ? points_value(place->bonus) : NULL);
    jval_set_text(object, "tie", place->tie == SELECTION_TIES ? NULL : selection_tie_names[place->tie]);
    jval_set(object, "bonus_items", write_bonus(answer, index));
    jval_set(object, "members", write_members(answer, index));
    if (applicant->best != SELECTION_NONE) jval_set_text(object, "best_supplier", answer->suggested.cohort.suppliers.suppliers[applicant->best].id);
    jval_set_integer(object, "candidates", (int64_t)applicant->candidates);
    write_money(object, place);
    if (answer->suggested.program->cost_items) jval_set(object, "cost_items", write_cost_items(answer, demand, place));
    jval_set_text(object, "received", applicant->receipt);
    if (answer->suggested.program->funding_count) jval_set(object, "funding", write_funding(answer->suggested.program, &applicant->funding));
    jval_set(object, "reasons", place->verdict == SELECTION_INELIGIBLE ? write_reasons(&applicant->verdict) : write_reasons(&applicant->knock_outs));
    jval_set(object, "flags", write_flags(answer, index));
    return object;
}

/* Those that were ranked by rank, then those that were knocked out, then those that are not eligible, by id. */
static jval *write_applicants(const struct select_answer *answer) {
    static const enum selection_verdict rest[] = {SELECTION_KNOCKED_OUT, SELECTION_INELIGIBLE};
    jval *array = jval_new_array();
    for (size_t r = 0; r < answer->result.ranked; r++) jval_append(array, write_applicant(answer, answer->result.order[r]));
    for (size_t v = 0; v < 2; v++)
        for (size_t i = 0; i < answer->count; i++)
            if (answer->result.places[i].verdict == rest[v]) jval_append(array, write_applicant(answer, i));
    return array;
}

/* ---- what stands beside them ---- */

static jval *write_counts(const struct select_answer *answer) {
    jval *object = jval_new_object();
    size_t flagged = 0;
    for (size_t i = 0; i < answer->count; i++) flagged += answer->applicants[i].alike_count > 0;
    jval_set_integer(object, "applicants", (int64_t)answer->count);
    jval_set_integer(object, "eligible", (int64_t)(answer->count - answer->result.counts[SELECTION_INELIGIBLE]));
    for (size_t v = 0; v < SELECTION_VERDICTS; v++) jval_set_integer(object, selection_verdict_names[v], (int64_t)answer->result.counts[v]);
    jval_set_integer(object, "flagged", (int64_t)flagged);
    if (answer->terms.quota != SELECTION_NO_LIMIT && answer->terms.quota > 0) /* 67 applicants for 5 projects are 13.4 to 1 */
        jval_set_number(object, "applicants_per_place", (double)((int64_t)answer->count * 100 / answer->terms.quota) / 100);
    return object;
}

/* Of each track, then of who is in none where somebody is. */
static jval *write_tracks(const struct select_answer *answer) {
    const struct program *program = answer->suggested.program;
    jval *array = jval_new_array();
    for (size_t t = 0; t <= answer->terms.track_count; t++) {
        const bool in_one = t < answer->terms.track_count;
        size_t applicants = 0, of[SELECTION_VERDICTS] = {0};
        for (size_t i = 0; i < answer->count; i++) {
            if (answer->asked[i].track != t) continue;
            applicants++;
            of[answer->result.places[i].verdict]++;
        }
        if (!in_one && applicants == 0) continue;
        jval *object = jval_new_object();
        jval_set_text(object, "id", track_id(answer, t));
        jval_set(object, "title", write_text2(in_one ? program->tracks[t].title : (struct text2){"트랙을 적지 않음", "no track named"}));
        jval_set(object, "quota", in_one ? whole_value(answer->terms.track_quotas[t]) : NULL);
        jval_set_integer(object, "applicants", (int64_t)applicants);
        jval_set_integer(object, "selected", (int64_t)of[SELECTION_SELECTED]);
        jval_set_integer(object, "reserve", (int64_t)of[SELECTION_RESERVE]);
        jval_append(array, object);
    }
    return array;
}

static jval *write_budget(const struct select_answer *answer) {
    jval *object = jval_new_object();
    jval_set(object, "total_krw", whole_value(answer->terms.budget_krw));
    jval_set(object, "cap_krw", whole_value(answer->terms.cap_krw));
    jval_set_integer(object, "spent_krw", answer->result.spent_krw);
    jval_set(object, "left_krw",
             answer->terms.budget_krw == SELECTION_NO_LIMIT ? NULL : jval_new_integer(answer->terms.budget_krw - answer->result.spent_krw));
    return object;
}

static jval *write_line(const struct select_answer *answer) {
    const struct selection_result *result = &answer->result;
    jval *object = jval_new_object();
    jval_set_text(object, "last_selected", result->last_selected == SELECTION_NONE ? NULL : demand_id(answer, result->last_selected));
    jval_set_text(object, "first_out", result->first_out == SELECTION_NONE ? NULL : demand_id(answer, result->first_out));
    jval_set_text(object, "reason", result->first_out == SELECTION_NONE ? NULL : selection_reason_names[result->line]);
    jval_set_text(object, "decided_by", result->first_out == SELECTION_NONE         ? NULL
                                        : result->line_tie == SELECTION_TIES ? "total"
                                                                             : selection_tie_names[result->line_tie]);
    return object;
}

static jval *write_committee(const struct select_answer *answer) {
    jval *object = jval_new_object();
    jval_set_bool(object, "counted", answer->result.marked);
    if (!answer->result.marked)
        jval_set(object, "note", write_text2((struct text2){"위원회 점수가 없어 배점표 점수만으로 순위를 매겼습니다.",
                                                            "There are no marks of a committee; the rubric alone ranks."}));
    return object;
}

static jval *write_suppliers_out(const struct select_answer *answer) {
    const struct record_set *suppliers = &answer->suggested.cohort.suppliers;
    jval *object = jval_new_object(), *array = jval_new_array();
    for (size_t i = 0; i < answer->suppliers_out_count; i++) {
        const struct select_supplier_out *out = &answer->suppliers_out[i];
        jval *one = jval_new_object();
        jval_set_text(one, "supplier", suppliers->suppliers[out->supplier].id);
        jval_set_text(one, "name", suppliers->suppliers[out->supplier].firm.name);
        jval_set(one, "reasons", write_reasons(&out->findings));
        jval_set(one, "details", write_findings(&out->findings));
        jval_append(array, one);
    }
    jval_set_integer(object, "count", (int64_t)suppliers->count);
    jval_set(object, "knocked_out", array);
    jval_set_integer(object, "to_confirm", (int64_t)answer->suppliers_to_confirm);
    return object;
}

jval *write_selection(const struct select_answer *answer) {
    jval *object = jval_new_object(), *stage = jval_new_object(), *awards = jval_new_object();
    jval_set_text(stage, "id", answer->stage->id);
    jval_set(stage, "title", write_text2(answer->stage->title));
    jval_set_integer(awards, "given", (int64_t)answer->award_count);
    jval_set_integer(awards, "matched", (int64_t)answer->award_matches);
    jval_set(object, "program", write_program_head(answer->suggested.program));
    jval_set(object, "stage", stage);
    jval_set_text(object, "data_hash", answer->suggested.cohort.data_hash);
    jval_set_text(object, "model_hash", answer->suggested.model_hash);
    jval_set(object, "rules", write_rules(answer));
    jval_set(object, "committee", write_committee(answer));
    jval_set(object, "applicants", write_applicants(answer));
    jval_set(object, "counts", write_counts(answer));
    if (answer->terms.track_count) jval_set(object, "tracks", write_tracks(answer));
    jval_set(object, "budget", write_budget(answer));
    jval_set(object, "line", write_line(answer));
    jval_set(object, "suppliers", write_suppliers_out(answer));
    jval_set(object, "awards", awards);
    return object;
}
