/* SPDX-License-Identifier: Apache-2.0 */
/* Which applicants are the same firm, came first, have an award elsewhere, or share what different firms do not share. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "pipeline_select_parts.h"
#include "program/likeness.h"
#include "program/locate.h"

/* ---- the same firm ---- */

/* A key of one sort in a map that holds several. Writes to `room`, which has a byte more than the text; 0: nothing to go by. */
static size_t sorted_core(char sort, const char *text, char *room) {
    const size_t size = sort == 'n' ? number_core(text, room + 1) : firm_name_core(text, room + 1);
    room[0] = sort;
    return size ? size + 1 : 0;
}

static size_t longest_name(const struct select_answer *answer) {
    size_t most = 0;
    for (size_t i = 0; i < answer->count; i++) {
        const struct firm *firm = &select_demand(answer, i)->firm;
        const size_t name = strlen(firm->name), number = firm->registration_no ? strlen(firm->registration_no) : 0;
        if (name > most) most = name;
        if (number > most) most = number;
    }
    return most;
}

/*
 * Firms go by their registration number. One without it goes by its name: with the numbered firm of that name when there is exactly one, else with the others of that
 * name that have no number. Two numbers behind one name are two firms, and nothing says which of them the third is.
 */
static ieum_status number_firms(struct select_answer *answer, struct problem *problem) {
    enum { SEVERAL = UINT32_MAX - 1 };
    struct map *keys = map_new(), *numbered = map_new(); /* key → firm; name → the firm with a number, or SEVERAL */
    char *room = memory_allocate(longest_name(answer) + 2);
    bool fine = keys && numbered && room;
    for (size_t i = 0; i < answer->count && fine; i++) {
        const struct firm *firm = &select_demand(answer, i)->firm;
        size_t size = sorted_core('n', firm->registration_no, room);
        if (size == 0) continue;
        const uint32_t key = map_intern(keys, room, size);
        answer->asked[i].firm = key;
        size = sorted_core('t', firm->name, room);
        const uint32_t before = map_get(numbered, room, size);
        fine = key != MAP_NONE && map_put(numbered, room, size, before == MAP_NONE || before == key ? key : SEVERAL);
    }
    for (size_t i = 0; i < answer->count && fine; i++) {
        const struct firm *firm = &select_demand(answer, i)->firm;
        if (sorted_core('n', firm->registration_no, room) != 0) continue;
        const size_t size = sorted_core('t', firm->name, room);
        const uint32_t of_name = map_get(numbered, room, size);
        answer->asked[i].firm = of_name != MAP_NONE && of_name != SEVERAL ? of_name : map_intern(keys, room, size);
        fine = answer->asked[i].firm != MAP_NONE;
    }
    memory_free(room);
    map_free(keys);
    map_free(numbered);
    return fine ? IEUM_OK : problem_set_memory(problem);
}

/* ---- awards ---- */

static bool award_counts(const struct selection_rules *rules, const struct select_award *award) {
    for (size_t i = 0; i < rules->double_award.count; i++)
        if (strcmp(rules->double_award.items[i], award->program) == 0) return true;
    return false;
}

static void match_awards(const struct select_question *question, struct select_answer *answer) {
    for (size_t a = 0; a < question->award_count; a++) {
        const struct select_award *award = &question->awards[a];
        bool matched = false;
        if (!award_counts(answer->rules, award)) continue;
        for (size_t i = 0; i < answer->count; i++) {
            const struct firm *firm = &select_demand(answer, i)->firm;
            if (!number_alike(award->firm, firm->registration_no) && !firm_name_alike(award->firm, firm->name)) continue;
            if (answer->asked[i].award == SELECTION_NONE) answer->asked[i].award = (uint32_t)a;
            matched = true;
        }
        answer->award_matches += matched;
    }
}

/* ---- in which order applications came in ---- */

enum { RECEIPT_TEXT = 24 };

static bool two_digits(const char *text, int below) {
    return text[0] >= '0' && text[0] <= '9' && text[1] >= '0' && text[1] <= '9' && (text[0] - '0') * 10 + (text[1] - '0') < below;
}

/* "YYYY-MM-DD", or that with "T" or a blank and "HH:MM" or "HH:MM:SS", Korean time; a form of it that compares as text. A number is a number of receipt. */
static bool receipt_read(const jval *value, char key[RECEIPT_TEXT]) {
    char day[11];
    struct date date;
    if (jval_is(value, JVAL_INTEGER)) return jval_integer(value) >= 0 && snprintf(key, RECEIPT_TEXT, "%020lld", (long long)jval_integer(value)) == 20;
    const char *text = jval_text(value), *time = text + 10;
    const size_t size = strlen(text);
    if (size != 10 && size != 16 && size != 19) return false;
    memcpy(day, text, 10);
    day[10] = '\0';
    if (!date_read(day, &date)) return false;
    if (size > 10 && ((time[0] != 'T' && time[0] != ' ') || !two_digits(time + 1, 24) || time[3] != ':' || !two_digits(time + 4, 60))) return false;
    if (size > 16 && (time[6] != ':' || !two_digits(time + 7, 61))) return false;
    snprintf(key, RECEIPT_TEXT, "%s", text);
    if (size > 10) key[10] = 'T';
    return true;
}

struct receipt {
    char key[RECEIPT_TEXT]; /* "": not given */
    uint32_t index;
};

static int compare_receipts(const void *a, const void *b) {
    const struct receipt *x = a, *y = b;
    if (!x->key[0] != !y->key[0]) return x->key[0] ? -1 : 1; /* what is not known comes last */
    const int order = strcmp(x->key, y->key);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static ieum_status read_receipt(const struct select_answer *answer, size_t index, struct receipt *receipt, struct problem *problem) {
    const struct demand *demand = select_demand(answer, index);
    *receipt = (struct receipt){.index = (uint32_t)index};
    for (size_t r = 0; r < answer->rules->receipt_count; r++) {
        const jval *value = value_at(demand->json, answer->rules->receipt[r]);
        if (value_missing(value)) continue;
        if (receipt_read(value, receipt->key)) return IEUM_OK;
        ieum_status status = problem_set(problem, IEUM_INVALID, answer->rules->receipt[r], "수요과제 %s의 접수 일시를 읽을 수 없습니다.",
                                         "When demand %s was received cannot be read.", demand->id);
        problem_set_value(problem, jval_is(value, JVAL_TEXT) ? jval_text(value) : jval_kind_name(value));
        problem_set_expected(problem, "YYYY-MM-DD | YYYY-MM-DDTHH:MM[:SS] | 1, 2 …");
        return status;
    }
    return IEUM_OK;
}

static ieum_status order_receipts(struct select_answer *answer, struct problem *problem) {
    struct receipt *receipts = memory_allocate_zero(answer->count, sizeof *receipts);
    ieum_status status = receipts ? IEUM_OK : problem_set_memory(problem);
    for (size_t i = 0; i < answer->count && status == IEUM_OK; i++) status = read_receipt(answer, i, &receipts[i], problem);
    if (status == IEUM_OK) qsort(receipts, answer->count, sizeof *receipts, compare_receipts);
    for (size_t r = 0, place = 0; r < answer->count && status == IEUM_OK; r++) {
        if (r && strcmp(receipts[r].key, receipts[r - 1].key) != 0) place = r;
        answer->asked[receipts[r].index].received = (int64_t)place;
        if (!receipts[r].key[0]) continue;
        answer->applicants[receipts[r].index].receipt = arena_copy_text(answer->arena, receipts[r].key);
        if (!answer->applicants[receipts[r].index].receipt) status = problem_set_memory(problem);
    }
    memory_free(receipts);
    return status;
}

ieum_status select_firms(const struct select_question *question, struct select_answer *answer, struct problem *problem) {
    ieum_status status = number_firms(answer, problem);
    if (status == IEUM_OK) status = order_receipts(answer, problem);
    if (status == IEUM_OK) match_awards(question, answer);
    return status;
}

/* ---- equal values ---- */

/* The group of the value at the pointer: of those with an equal value, letter case, spaces and hyphens aside. MAP_NONE: no value. */
static ieum_status group_of(const jval *record, const char *pointer, struct map *groups, struct arena *arena, uint32_t *group, struct problem *problem) {
    const jval *value = value_at(record, pointer);
    struct text_list texts = {0};
    *group = MAP_NONE;
    if (value_missing(value)) return IEUM_OK;
    ieum_status status = value_texts(value, arena, &texts, problem);
    if (status != IEUM_OK) return status;
    const char *text = texts_join(&texts, arena);
    char *core = text ? arena_allocate(arena, strlen(text) + 1) : NULL;
    if (!core) return problem_set_memory(problem);
    const size_t size = value_core(text, core);
    if (size == 0) return IEUM_OK;
    *group = map_intern(groups, core, size);
    return *group == MAP_NONE ? problem_set_memory(problem) : IEUM_OK;
}

/* Those of `of[0..count)` in the group, without `self`. */
static const uint32_t *collect(const uint32_t *of, size_t count, uint32_t group, size_t self, struct arena *arena, size_t *found) {
    uint32_t *list = NULL;
    size_t size = 0;
    for (size_t i = 0; i < count; i++) size += of[i] == group && i != self;
    *found = 0;
    if (size == 0 || !(list = arena_allocate_zero(arena, size, sizeof *list))) return NULL;
    for (size_t i = 0; i < count; i++)
        if (of[i] == group && i != self) list[(*found)++] = (uint32_t)i;
    return list;
}

static ieum_status flag_alike(struct select_answer *answer, const struct selection_flag *flag, struct problem *problem) {
    const struct record_set *suppliers = &answer->suggested.cohort.suppliers;
    const size_t others = flag->supplier_field ? suppliers->count : 0;
    struct arena *scratch = arena_new();
    struct map *groups = map_new();
    uint32_t *of_applicant = arena_allocate_zero(scratch, answer->count, sizeof *of_applicant), *members = NULL;
    uint32_t *of_supplier = arena_allocate_zero(scratch, others, sizeof *of_supplier);
    ieum_status status = groups && of_applicant && of_supplier ? IEUM_OK : problem_set_memory(problem);
    for (size_t i = 0; i < answer->count && status == IEUM_OK; i++)
        status = group_of(select_demand(answer, i)->json, flag->field, groups, scratch, &of_applicant[i], problem);
    for (size_t s = 0; s < others && status == IEUM_OK; s++)
        status = group_of(suppliers->suppliers[s].json, flag->supplier_field, groups, scratch, &of_supplier[s], problem);
    if (status == IEUM_OK && !(members = arena_allocate_zero(scratch, map_count(groups), sizeof *members))) status = problem_set_memory(problem);
    for (size_t i = 0; i < answer->count && status == IEUM_OK; i++)
        if (of_applicant[i] != MAP_NONE) members[of_applicant[i]]++;
    for (size_t s = 0; s < others && status == IEUM_OK; s++)
        if (of_supplier[s] != MAP_NONE) members[of_supplier[s]]++;
    for (size_t i = 0; i < answer->count && status == IEUM_OK; i++) {
        struct select_applicant *applicant = &answer->applicants[i];
        if (of_applicant[i] == MAP_NONE || members[of_applicant[i]] < 2) continue;
        struct select_alike alike = {.flag = flag};
        alike.applicants = collect(of_applicant, answer->count, of_applicant[i], i, answer->arena, &alike.applicant_count);
        alike.suppliers = collect(of_supplier, others, of_applicant[i], SIZE_MAX, answer->arena, &alike.supplier_count);
        if (alike.applicant_count + alike.supplier_count + 1 != members[of_applicant[i]]) status = problem_set_memory(problem);
        else applicant->alike[applicant->alike_count++] = alike;
    }
    map_free(groups);
    arena_free(scratch);
    return status;
}

ieum_status select_alikes(struct select_answer *answer, struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < answer->count; i++)
        if (!(answer->applicants[i].alike = arena_allocate_zero(answer->arena, answer->rules->flag_count, sizeof *answer->applicants[i].alike)))
            return problem_set_memory(problem);
    for (size_t f = 0; f < answer->rules->flag_count && status == IEUM_OK; f++) status = flag_alike(answer, &answer->rules->flags[f], problem);
    return status;
}
