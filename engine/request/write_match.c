/* SPDX-License-Identifier: Apache-2.0 */
/* A match as JSON: applicants with verdicts and shortlists, the assignment with what a checker needs, and in words why there is none. */
#include <string.h>

#include "../record/missing.h"
#include "round_request.h"

static jval *write_applicant(const struct match_answer *answer, const struct shortlist *shortlist) {
    const struct demand *demand = &answer->suggested.cohort.demands.demands[shortlist->demand];
    const char *pointers[MISSING_MOST];
    size_t count = demand_missing(demand, pointers);
    jval *object = jval_new_object(), *missing = jval_new_array();
    for (size_t i = 0; i < count; i++) jval_append_text(missing, pointers[i]);
    jval_set_text(object, "id", demand->id);
    jval_set_text(object, "name", demand->firm.name);
    jval_set_text(object, "title", demand->title);
    write_verdict(object, &shortlist->verdict);
    jval_set(object, "missing", missing);
    write_shortlist(object, &answer->suggested, shortlist, true);
    return object;
}

static jval *write_counts(const struct match_answer *answer) {
    size_t eligible = 0, to_confirm = 0;
    for (size_t i = 0; i < answer->suggested.count; i++) {
        eligible += answer->suggested.shortlists[i].verdict.eligible;
        to_confirm += answer->suggested.shortlists[i].verdict.eligible && answer->suggested.shortlists[i].verdict.to_confirm;
    }
    jval *object = jval_new_object();
    jval_set_integer(object, "applicants", (int64_t)answer->suggested.count);
    jval_set_integer(object, "eligible", (int64_t)eligible);
    jval_set_integer(object, "to_confirm", (int64_t)to_confirm);
    jval_set_integer(object, "suppliers", (int64_t)answer->suggested.cohort.suppliers.count);
    if (answer->suggested.program->quota != AMOUNT_MISSING) jval_set_integer(object, "quota", answer->suggested.program->quota);
    return object;
}

/* The pairs with ids, names and points, in the order of the assignment. */
static jval *write_pairs(const struct match_answer *answer) {
    const struct cohort *cohort = &answer->suggested.cohort;
    jval *array = jval_new_array();
    for (uint32_t i = 0; i < answer->answer.pair_count; i++) {
        struct assignment_pair pair = answer->answer.pairs[i];
        const struct shortlist *shortlist = &answer->suggested.shortlists[answer->rows[pair.demand]];
        int64_t score = answer->suggested.scores[(size_t)answer->rows[pair.demand] * cohort->suppliers.count + pair.supplier];
        jval *object = jval_new_object();
        jval_set_text(object, "demand", cohort->demands.demands[shortlist->demand].id);
        jval_set_text(object, "demand_name", cohort->demands.demands[shortlist->demand].firm.name);
        jval_set_text(object, "supplier", cohort->suppliers.suppliers[pair.supplier].id);
        jval_set_text(object, "supplier_name", cohort->suppliers.suppliers[pair.supplier].firm.name);
        jval_set_number(object, "score", score_number(score));
        jval_set_number(object, "points", (double)score * (answer->suggested.model ? 100 : answer->suggested.rubric.points_total) / (double)SCORE_ONE);
        jval_append(array, object);
    }
    return array;
}

static jval *write_index_pairs(const struct assignment_pair *pairs, uint32_t count) {
    jval *array = jval_new_array();
    for (uint32_t i = 0; i < count; i++) {
        jval *one = jval_new_array();
        jval_append(one, jval_new_integer(pairs[i].demand));
        jval_append(one, jval_new_integer(pairs[i].supplier));
        jval_append(array, one);
    }
    return array;
}

static jval *write_groups(const struct match_answer *answer) {
    jval *array = jval_new_array();
    for (uint32_t g = 0; g < answer->question.problem.group_count; g++) {
        const struct assignment_group *group = &answer->groups[g];
        jval *one = jval_new_object(), *members = jval_new_array();
        for (uint32_t i = 0; i < group->member_count; i++) jval_append(members, jval_new_integer(group->members[i]));
        jval_set_text(one, "rule", answer->group_rules[g]->id);
        if (answer->group_values[g]) jval_set_text(one, "value", answer->group_values[g]);
        jval_set_text(one, "side", group->side == ASSIGNMENT_DEMAND ? "demand" : "supplier");
        jval_set(one, "members", members);
        jval_set_integer(one, "min", group->min);
        if (group->max != ASSIGNMENT_NO_MAX) jval_set_integer(one, "max", group->max);
        jval_append(array, one);
    }
    return array;
}

static jval *write_values(const struct match_variety *variety, const uint32_t *of, size_t count) {
    jval *array = jval_new_array();
    for (size_t i = 0; i < count; i++) jval_append(array, variety->values[of[i]][0] ? jval_new_text(variety->values[of[i]]) : NULL);
    return array;
}

/* With variety a demand stands in several rows, one a value: which value that is, and what value each supplier has. */
static jval *write_variety(const struct match_answer *answer) {
    const struct variety_rule *rule = &answer->suggested.program->variety;
    jval *object = jval_new_object();
    jval_set_text(object, "supplier_field", rule->field);
    jval_set_integer(object, "max", rule->most);
    jval_set(object, "rows", write_values(&answer->variety, answer->variety.of_row, answer->row_count));
    jval_set(object, "suppliers", write_values(&answer->variety, answer->variety.of_supplier, answer->suggested.cohort.suppliers.count));
    return object;
}

/* The cost of waiving one of a kind; null where it may not be. */
static jval *write_price(const struct repair_price *price, uint32_t count) {
    if (!price->each) return price->all ? jval_new_integer(price->all) : NULL;
    jval *array = jval_new_array();
    for (uint32_t i = 0; i < count; i++) jval_append(array, price->each[i] ? jval_new_integer(price->each[i]) : NULL);
    return array;
}

/* What a repair might waive, as op assign takes it. Barred pairs have no score here: the repair's total is not promised. */
static void write_repair_terms(const struct match_answer *answer, jval *object) {
    static const char *const needs[] = {"demand_min", "demand_max", "supplier_min", "supplier_max", "group_min", "group_max", "lock", "veto"};
    const struct assignment_problem *assignment = &answer->question.problem;
    const uint32_t counts[] = {assignment->demand_count, assignment->demand_count, assignment->supplier_count, assignment->supplier_count,
                               assignment->group_count,  assignment->group_count,  assignment->lock_count,     assignment->veto_count};
    jval *waivable = jval_new_object(), *barred = jval_new_array();
    for (size_t need = 0; need < sizeof needs / sizeof *needs; need++) {
        jval *price = write_price(&answer->question.repair.price[need], counts[need]);
        if (price) jval_set(waivable, needs[need], price);
    }
    for (uint32_t i = 0; i < answer->barred_count; i++) {
        jval *one = jval_new_array();
        jval_append(one, jval_new_integer(answer->barred[i].pair.demand));
        jval_append(one, jval_new_integer(answer->barred[i].pair.supplier));
        jval_append(one, jval_new_integer(0));
        jval_append(one, jval_new_integer(answer->barred[i].cost));
        jval_append(barred, one);
    }
    jval_set(object, "waivable", waivable);
    jval_set(object, "barred", barred);
}

/* What the checker needs to verify the certificate: ids of rows and columns, edges and bounds, in op assign's sparse form. */
static jval *write_instance(const struct match_answer *answer) {
    const struct cohort *cohort = &answer->suggested.cohort;
    const struct assignment_problem *assignment = &answer->question.problem;
    jval *object = jval_new_object(), *demands = jval_new_array(), *suppliers = jval_new_array(), *edges = jval_new_array();
    jval *sides[2] = {jval_new_object(), jval_new_object()}, *size = jval_new_array();
    for (uint32_t d = 0; d < assignment->demand_count; d++) {
        jval_append_text(demands, cohort->demands.demands[answer->suggested.shortlists[answer->rows[d]].demand].id);
        for (uint32_t e = assignment->edge_start[d]; e < assignment->edge_start[d + 1]; e++) {
            jval *edge = jval_new_array();
            jval_append(edge, jval_new_integer(d));
            jval_append(edge, jval_new_integer(assignment->edge_supplier[e]));
            jval_append(edge, jval_new_number(score_number(assignment->edge_score[e])));
            jval_append(edges, edge);
        }
    }
    for (uint32_t s = 0; s < assignment->supplier_count; s++) jval_append_text(suppliers, cohort->suppliers.suppliers[s].id);
    const int64_t *bounds[2][2] = {{assignment->demand_min, assignment->demand_max}, {assignment->supplier_min, assignment->supplier_max}};
    const uint32_t counts[2] = {assignment->demand_count, assignment->supplier_count};
    for (int side = 0; side < 2; side++) {
        for (int end = 0; end < 2; end++) {
            jval *list = jval_new_array();
            for (uint32_t i = 0; i < counts[side]; i++) jval_append(list, bounds[side][end][i] == ASSIGNMENT_NO_MAX ? NULL : jval_new_integer(bounds[side][end][i]));
            jval_set(sides[side], end ? "max" : "min", list);
        }
        jval_append(size, jval_new_integer(counts[side]));
    }
    jval_set(object, "demands", demands);
    jval_set(object, "suppliers", suppliers);
    jval_set(object, "size", size);
    jval_set(object, "edges", edges);
    jval_set(object, "demand", sides[0]);
    jval_set(object, "supplier", sides[1]);
    jval_set(object, "locks", write_index_pairs(assignment->locks, assignment->lock_count));
    jval_set(object, "vetoes", write_index_pairs(assignment->vetoes, assignment->veto_count));
    jval_set(object, "groups", write_groups(answer));
    if (answer->variety.values) jval_set(object, "variety", write_variety(answer));
    if (answer->answer.repair_sought) write_repair_terms(answer, object);
    if (answer->question.method == ASSIGN_REMATCH) jval_set(object, "previous", write_index_pairs(answer->previous, answer->question.previous_count));
    if (answer->question.method == ASSIGN_RANDOM) {
        jval_set_number(object, "q", (double)answer->question.q_part / answer->question.q_whole);
        jval_set_integer(object, "seed", (int64_t)answer->question.seed);
    }
    return object;
}

/* ---- why there is no assignment ---- */

static const char *demand_id(const struct match_answer *answer, uint32_t demand) {
    return answer->suggested.cohort.demands.demands[answer->suggested.shortlists[answer->rows[demand]].demand].id;
}

static const char *supplier_id(const struct match_answer *answer, uint32_t supplier) { return answer->suggested.cohort.suppliers.suppliers[supplier].id; }

/* A limit in words: whose it is and how many pairs. */
static void say_limit(const struct match_answer *answer, const struct assignment_requirement *it, jval *object, struct buffer *ko, struct buffer *en) {
    const struct assignment_problem *assignment = &answer->question.problem;
    const bool least = it->need == ASSIGNMENT_DEMAND_MIN || it->need == ASSIGNMENT_SUPPLIER_MIN || it->need == ASSIGNMENT_GROUP_MIN;
    const char *ko_end = least ? "적어도 %lld쌍" : "많아야 %lld쌍", *en_end = least ? "at least %lld" : "at most %lld";
    long long pairs;
    if (it->need == ASSIGNMENT_GROUP_MIN || it->need == ASSIGNMENT_GROUP_MAX) {
        const struct group_rule *rule = answer->group_rules[it->index];
        const char *value = answer->group_values[it->index];
        pairs = least ? assignment->groups[it->index].min : assignment->groups[it->index].max;
        jval_set_text(object, "group", rule->id);
        if (value) jval_set_text(object, "value", value);
        buffer_format(ko, "그룹 '%s%s%s': ", rule->title.ko, value ? " " : "", value ? value : "");
        buffer_format(en, "group '%s%s%s': ", rule->title.en, value ? " " : "", value ? value : "");
    } else if (it->need == ASSIGNMENT_DEMAND_MIN || it->need == ASSIGNMENT_DEMAND_MAX) {
        pairs = least ? assignment->demand_min[it->index] : assignment->demand_max[it->index];
        const char *value = answer->variety.of_row ? answer->variety.values[answer->variety.of_row[it->index]] : NULL;
        jval_set_text(object, "demand", demand_id(answer, it->index));
        if (value) jval_set_text(object, "value", value);
        buffer_format(ko, "수요과제 %s%s%s%s: ", demand_id(answer, it->index), value ? "의 '" : "", value ? value : "", value ? "'" : "");
        buffer_format(en, "demand %s%s%s%s: ", demand_id(answer, it->index), value ? " of '" : "", value ? value : "", value ? "'" : "");
    } else {
        pairs = least ? assignment->supplier_min[it->index] : assignment->supplier_max[it->index];
        jval_set_text(object, "supplier", supplier_id(answer, it->index));
        buffer_format(ko, "공급기업 %s: ", supplier_id(answer, it->index));
        buffer_format(en, "supplier %s: ", supplier_id(answer, it->index));
    }
    buffer_format(ko, ko_end, pairs);
    buffer_format(en, en_end, pairs);
}

static void say_pair(const struct match_answer *answer, const struct assignment_requirement *it, jval *object, struct buffer *ko, struct buffer *en) {
    const bool lock = it->need == ASSIGNMENT_LOCK;
    const struct assignment_pair pair = (lock ? answer->question.problem.locks : answer->question.problem.vetoes)[it->index];
    jval_set_text(object, "demand", demand_id(answer, pair.demand));
    jval_set_text(object, "supplier", supplier_id(answer, pair.supplier));
    buffer_format(ko, "%s–%s: %s", demand_id(answer, pair.demand), supplier_id(answer, pair.supplier), lock ? "반드시 짝지음(고정)" : "짝지을 수 없음(금지·제척)");
    buffer_format(en, "%s – %s: %s", demand_id(answer, pair.demand), supplier_id(answer, pair.supplier), lock ? "must be paired (lock)" : "must not be paired (veto or recusal)");
}

static void say_q(const struct match_answer *answer, struct buffer *ko, struct buffer *en) {
    const double q = (double)answer->question.q_part / answer->question.q_whole;
    buffer_format(ko, "어떤 조합도 뽑힐 확률이 %g을(를) 넘지 않음", q);
    buffer_format(en, "no pair is drawn with a probability above %g", q);
}

static jval *write_requirements(const struct match_answer *answer) {
    static const char *const needs[] = {"demand_min", "demand_max", "supplier_min", "supplier_max", "group_min", "group_max", "lock", "veto", "q"};
    const struct assignment_reason *reason = assignment_answer_reason(&answer->answer);
    const struct stable_result *stable = &answer->answer.by.stable; /* whose broken limits are the reason where there is no other */
    const struct assignment_requirement *list = reason ? reason->requirements : stable->broken;
    const uint32_t count = reason ? reason->count : stable->broken_count;
    jval *array = jval_new_array();
    for (uint32_t i = 0; i < count; i++) {
        const struct assignment_requirement *it = &list[i];
        struct buffer ko = BUFFER_EMPTY, en = BUFFER_EMPTY;
        jval *object = jval_new_object();
        jval_set_text(object, "need", needs[it->need]);
        if (it->need == ASSIGNMENT_Q) say_q(answer, &ko, &en);
        else if (it->need == ASSIGNMENT_LOCK || it->need == ASSIGNMENT_VETO) say_pair(answer, it, object, &ko, &en);
        else say_limit(answer, it, object, &ko, &en);
        jval_set(object, "text", write_text2((struct text2){ko.bytes, en.bytes}));
        jval_append(array, object);
        buffer_free(&ko);
        buffer_free(&en);
    }
    return array;
}

/* The cheapest way out, in ids and words. */
static jval *write_way_out(const struct match_answer *answer) {
    const struct repair *repair = &answer->answer.repair;
    jval *object = jval_new_object(), *changes = jval_new_array();
    for (uint32_t i = 0; i < repair->change_count; i++) {
        const struct repair_change *change = &repair->changes[i];
        struct buffer ko = BUFFER_EMPTY, en = BUFFER_EMPTY;
        jval *one = jval_new_object();
        if (change->barred) {
            const struct assignment_pair pair = answer->barred[change->requirement.index].pair;
            jval_set_text(one, "demand", demand_id(answer, pair.demand));
            jval_set_text(one, "supplier", supplier_id(answer, pair.supplier));
            buffer_format(&ko, "%s–%s: 면제할 수 있는 규칙을 면제함", demand_id(answer, pair.demand), supplier_id(answer, pair.supplier));
            buffer_format(&en, "%s – %s: waive the waivable rules that bar the pair", demand_id(answer, pair.demand), supplier_id(answer, pair.supplier));
        } else if (change->requirement.need == ASSIGNMENT_LOCK || change->requirement.need == ASSIGNMENT_VETO) {
            say_pair(answer, &change->requirement, one, &ko, &en);
            buffer_add_text(&ko, " → 거둠");
            buffer_add_text(&en, " → taken back");
        } else {
            say_limit(answer, &change->requirement, one, &ko, &en);
            buffer_format(&ko, " → %lld쌍으로", (long long)change->to);
            buffer_format(&en, " → %lld", (long long)change->to);
        }
        jval_set_integer(one, "cost", change->cost);
        jval_set(one, "text", write_text2((struct text2){ko.bytes, en.bytes}));
        jval_append(changes, one);
        buffer_free(&ko);
        buffer_free(&en);
    }
    jval_set_integer(object, "cost", repair->cost);
    jval_set(object, "changes", changes);
    return object;
}

void write_infeasible(jval *assignment, const struct match_answer *answer) {
    jval_set(assignment, "requirements", write_requirements(answer));
    if (answer->answer.repair_sought) jval_set(assignment, "way_out", answer->answer.repair.possible ? write_way_out(answer) : NULL);
}

/* ---- the proposal ---- */

jval *write_proposal(const struct match_answer *answer) {
    const struct program *program = answer->suggested.program;
    jval *object = jval_new_object(), *applicants = jval_new_array();
    jval_set(object, "program", write_program_head(program));
    write_model(object, &answer->suggested);
    jval_set_text(object, "data_hash", answer->suggested.cohort.data_hash);
    jval_set(object, "counts", write_counts(answer));
    jval_set_integer(object, "shortlist", program->shortlist);
    for (size_t i = 0; i < answer->suggested.count; i++)
        jval_append(applicants, write_applicant(answer, &answer->suggested.shortlists[i]));
    jval_set(object, "applicants", applicants);
    if (answer->assigned) {
        jval *assignment = write_assignment(&answer->question, &answer->answer);
        if (answer->answer.status != ASSIGNMENT_OPTIMAL) write_infeasible(assignment, answer);
        jval_set(assignment, "proposed", write_pairs(answer));
        jval_set(assignment, "instance", write_instance(answer));
        jval_set(object, "assignment", assignment);
    }
    return object;
}
