/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op report {"kind": "statistics"} → {"kind", "day", "engine", "definitions": {"version", "effective", "source"}, "suppression": {"below",
 * "protection", "text"}, "bases":
 * [{"id", "title", "firms", "records"}], "notes", "sections"}: survey statistics. A hidden cell is the text "x". It takes no program and no
 * year: two reports over different parts of the store would give hidden cells away by their difference.
 */
#include "../pipeline_statistics.h"
#include "report_request.h"

static void cell_hidden(jval *row) { jval_append_text(row, "x"); }

static void cell_of(jval *row, bool hidden, int64_t count) {
    if (hidden)
        cell_hidden(row);
    else
        jval_append(row, jval_new_integer(count));
}

static void share_of(jval *row, bool hidden, int64_t count, int64_t whole) {
    if (hidden)
        cell_hidden(row);
    else
        cell_share(row, (double)count, (double)whole);
}

static jval *ids_of(const struct statistics_variable *variable) {
    jval *ids = jval_new_array();
    for (size_t c = 0; c < variable->count; c++) jval_append_text(ids, variable->categories[c].id);
    jval_append_text(ids, "total");
    return ids;
}

/* A table as a section; the shares of one bear its title with a word more, so that no two sections have the same. */
static jval *write_section(const struct statistics_table *table, bool shares, const struct report_column *heads, jval *list, jval *ids) {
    struct report_section section = {.id = table->id, .title = table->title, .note = table->note, .chart = "none", .annex = shares};
    struct buffer ko = BUFFER_EMPTY, en = BUFFER_EMPTY;
    if (shares) {
        buffer_format(&ko, "%s(비율)", table->title.ko);
        buffer_format(&en, "%s (shares)", table->title.en);
        if (!ko.failed && !en.failed) section.title = (struct text2){ko.bytes, en.bytes};
    }
    jval *object = report_section_new(&section, heads, list);
    jval_set(object, "row_ids", ids);
    jval_set_text(object, "of", shares ? "shares" : "counts");
    jval_set_text(object, "source", table->source);
    buffer_free(&ko);
    buffer_free(&en);
    return object;
}

/* One section of a pair: its counts, or their shares of each column. */
static jval *write_pair(const struct statistics_answer *answer, const struct statistics_table *table, bool shares, struct arena *arena) {
    const struct statistics_variable *rows = &answer->variables[table->rows], *columns = &answer->variables[table->columns];
    const int64_t total = (int64_t)answer->bases[table->base].firms;
    struct report_column *heads = arena_allocate_zero(arena, columns->count + 3, sizeof *heads);
    if (!heads) return NULL;
    heads[0] = (struct report_column){"category", rows->title.ko, rows->title.en, "text"};
    heads[1] = (struct report_column){"total", "합계", "total", shares ? "share" : "count"};
    for (size_t c = 0; c < columns->count; c++)
        heads[c + 2] = (struct report_column){columns->categories[c].id, columns->categories[c].title.ko, columns->categories[c].title.en,
                                              shares ? "share" : "count"};
    jval *list = jval_new_array();
    for (size_t r = 0; r <= rows->count; r++) {
        const bool last = r == rows->count;
        jval *row = jval_new_array();
        cell_text2(row, last ? "합계" : rows->categories[r].title.ko, last ? "total" : rows->categories[r].title.en);
        if (shares)
            share_of(row, !last && rows->hidden[r], last ? total : rows->counts[r], total);
        else
            cell_of(row, !last && rows->hidden[r], last ? total : rows->counts[r]);
        for (size_t c = 0; c < columns->count; c++) {
            const size_t at = r * columns->count + c;
            const bool hidden = last ? columns->hidden[c] : table->hidden[at];
            const int64_t count = last ? columns->counts[c] : table->counts[at];
            if (shares)
                share_of(row, hidden || columns->hidden[c], count, columns->counts[c]);
            else
                cell_of(row, hidden, count);
        }
        jval_append(list, row);
    }
    return write_section(table, shares, heads, list, ids_of(rows));
}

/* Variables one below the other, such as what several may be chosen of: counts, and shares of those who answered. */
static jval *write_list(const struct statistics_answer *answer, const struct statistics_table *table, bool shares, struct arena *arena) {
    const struct statistics_variable *first = &answer->variables[table->variables[0]];
    struct report_column *heads = arena_allocate_zero(arena, first->count + 2, sizeof *heads);
    jval *list = jval_new_array(), *ids = jval_new_array();
    if (!heads) return NULL;
    heads[0] = (struct report_column){"category", "항목", "item", "text"};
    for (size_t c = 0; c < first->count - shares; c++)
        heads[c + 1] =
            (struct report_column){first->categories[c].id, first->categories[c].title.ko, first->categories[c].title.en, shares ? "share" : "count"};
    for (size_t v = 0; v < table->variable_count; v++) {
        const struct statistics_variable *variable = &answer->variables[table->variables[v]];
        const size_t unknown = variable->count - 1;
        const int64_t asked = (int64_t)answer->bases[table->base].firms - variable->counts[unknown];
        jval *row = jval_new_array();
        cell_text2(row, variable->title.ko, variable->title.en);
        for (size_t c = 0; c < variable->count - shares; c++) {
            if (shares)
                share_of(row, variable->hidden[c] || variable->hidden[unknown], variable->counts[c], asked);
            else
                cell_of(row, variable->hidden[c], variable->counts[c]);
        }
        jval_append(list, row);
        jval_append_text(ids, variable->id);
    }
    return write_section(table, shares, heads, list, ids);
}

static jval *write_bases(const struct statistics_answer *answer) {
    jval *list = jval_new_array();
    for (size_t b = 0; b < answer->base_count; b++) {
        const struct statistics_base *base = &answer->bases[b];
        jval *one = jval_new_object();
        jval_set_text(one, "id", base->id);
        jval_set(one, "title", write_text2(base->title));
        jval_set(one, "firms", base->small ? NULL : jval_new_integer((int64_t)base->firms));
        jval_append(list, one);
    }
    return list;
}

static jval *write_notes(const struct statistics_answer *answer) {
    jval *notes = jval_new_array();
    jval_append(notes, write_text2(answer->source));
    jval_append(notes, write_text2((struct text2){"저장소 전체를 셉니다. 한 기업은 사업자등록번호로 한 번만 세며, 신청이 여럿이면 가장 늦은 신청의 "
                                                  "값을 씁니다. 번호가 없으면 기록마다 한 기업으로 셉니다.",
                                                  "The whole store is counted. A firm counts once, by its registration number, with what its latest "
                                                  "application says; without a number each record is a firm."}));
    jval_append(notes, write_text2(answer->suppression_note));
    jval_append(notes, write_text2((struct text2){"사업이나 해를 골라 내지 않습니다. 범위가 다른 두 통계의 차이로 감춘 칸을 알아낼 수 있기 "
                                                  "때문입니다. 날짜가 다른 두 통계를 함께 내보낼 때도 주의해 주십시오.",
                                                  "It cannot be had for one program or year: the difference of two would give hidden cells away. "
                                                  "Take care with two of different days as well."}));
    for (size_t b = 0; b < answer->base_count; b++)
        if (answer->bases[b].small)
            jval_append(notes,
                        write_text2((struct text2){"기업이 너무 적거나 치우쳐 있어 표를 내지 않은 대상이 있습니다.",
                                                   "Of one of the bases there are too few firms, or they are spread too unevenly, to show tables."}));
    return notes;
}

static jval *write_sections(const struct statistics_answer *answer, struct arena *arena) {
    jval *sections = jval_new_array();
    for (int shares = 0; shares < 2; shares++)
        for (size_t t = 0; t < answer->table_count; t++) {
            const struct statistics_table *table = &answer->tables[t];
            if (answer->bases[table->base].small || !answer->bases[table->base].firms) continue;
            jval_append(sections, table->rows == SIZE_MAX ? write_list(answer, table, shares, arena) : write_pair(answer, table, shares, arena));
        }
    return sections;
}

ieum_status report_statistics(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"kind"};
    struct statistics_answer answer = {0};
    char today[11];
    ieum_status status = request_refuse_unknown(call->request, own, 1, problem);
    if (status == IEUM_OK) status = pipeline_statistics(call->workspace, &answer, problem);
    if (status != IEUM_OK) return status;
    jval *object = jval_new_object(), *definitions = jval_new_object(), *rule = jval_new_object();
    date_write(workspace_today(call->workspace), today);
    jval_set_text(definitions, "version", answer.version);
    jval_set_text(definitions, "effective", answer.effective);
    jval_set_integer(rule, "below", answer.rule.below);
    jval_set_integer(rule, "protection", answer.rule.protection);
    jval_set_text(object, "kind", "statistics");
    jval_set_text(object, "day", today);
    jval_set_text(object, "engine", ieum_version_text());
    jval_set(object, "definitions", definitions);
    jval_set(object, "suppression", rule);
    jval_set(object, "bases", write_bases(&answer));
    jval_set(object, "notes", write_notes(&answer));
    jval_set(object, "sections", write_sections(&answer, call->arena));
    statistics_answer_free(&answer);
    if (memory_failed()) {
        jval_free(object);
        return problem_set_memory(problem);
    }
    *result = object;
    return IEUM_OK;
}
