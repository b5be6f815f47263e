/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a union of firms; see union.h. Must not know which union it is. */
#include "union.h"

#include <string.h>

#include "locate.h"
#include "section.h"

#define KNOWN(names) (names), sizeof(names) / sizeof *(names)

static ieum_status refuse_code(const jval *list, const struct jpath *at, const struct text_list *codes, struct problem *problem) {
    struct ksic code;
    for (size_t i = 0; i < codes->count; i++)
        if (!ksic_read(codes->items[i], 0, &code))
            return jval_refuse(problem, &(struct jpath){at, NULL, i}, jval_at(list, i), "C, C30, C303", "표준산업분류 코드가 아닙니다.", "This is no KSIC code.");
    return IEUM_OK;
}

static ieum_status codes_read(const jval *json, const struct jpath *at, const char *key, bool required, struct arena *arena, struct text_list *codes,
                              struct problem *problem) {
    ieum_status status = field_text_list(json, at, key, required, arena, codes, problem);
    return status == IEUM_OK ? refuse_code(jval_get(json, key), &(struct jpath){at, key, 0}, codes, problem) : status;
}

/* ---- tables ---- */

static ieum_status row_read(const jval *json, const struct jpath *at, struct arena *arena, struct limit_row *row, struct problem *problem) {
    static const char *const known[] = {"ksic", "except", "most_krw"};
    ieum_status status = object_check(json, at, KNOWN(known), problem);
    if (status == IEUM_OK) status = codes_read(json, at, "ksic", true, arena, &row->ksic, problem);
    if (status == IEUM_OK) status = codes_read(json, at, "except", false, arena, &row->except, problem);
    if (status == IEUM_OK) status = field_integer(json, at, "most_krw", true, 1, INT64_C(1000000000000000), &row->most_krw, problem);
    return status;
}

static ieum_status day_read(const jval *json, const struct jpath *at, const char *key, bool required, struct date *day, struct problem *problem) {
    const char *text = NULL;
    ieum_status status = field_text(json, at, key, required, &text, problem);
    if (status != IEUM_OK || !text || date_read(text, day)) return status;
    return jval_refuse(problem, &(struct jpath){at, key, 0}, jval_get(json, key), "YYYY-MM-DD", "달력에 있는 날짜가 아닙니다.", "This is no date of the calendar.");
}

/* One version follows the other, so that a day has one table at most. */
static ieum_status version_read(const jval *json, const struct jpath *at, struct date after, struct arena *arena, struct limit_version *version, struct problem *problem) {
    static const char *const known[] = {"from", "to", "revision_note", "rows", "source"};
    const jval *rows = NULL;
    const struct jpath rows_at = {at, "rows", 0};
    ieum_status status = object_check(json, at, KNOWN(known), problem);
    if (status == IEUM_OK) status = day_read(json, at, "from", true, &version->from, problem);
    if (status == IEUM_OK) status = day_read(json, at, "to", false, &version->to, problem);
    if (status == IEUM_OK && ((!date_missing(version->to) && date_compare(version->to, version->from) < 0) || date_compare(version->from, after) <= 0))
        status = jval_refuse(problem, &(struct jpath){at, "from", 0}, jval_get(json, "from"), "> to", "기준표의 기간이 순서대로가 아니거나 겹칩니다.",
                             "The tables are not one after the other.");
    if (status == IEUM_OK) status = field_array(json, at, "rows", true, &rows, problem);
    if (status == IEUM_OK) version->rows = arena_allocate_zero(arena, jval_count(rows) + 1, sizeof *version->rows);
    if (status == IEUM_OK && !version->rows) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(rows) && status == IEUM_OK; i++)
        status = row_read(jval_at(rows, i), &(struct jpath){&rows_at, NULL, i}, arena, &version->rows[i], problem);
    version->row_count = jval_count(rows);
    return status;
}

static ieum_status table_read(const jval *json, const struct jpath *at, struct arena *arena, struct limit_table *table, struct problem *problem) {
    static const char *const known[] = {"id", "title", "versions"};
    const jval *list = NULL;
    const struct jpath list_at = {at, "versions", 0};
    struct date after = {0};
    ieum_status status = object_check(json, at, KNOWN(known), problem);
    if (status == IEUM_OK) status = id_read(json, at, &table->id, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "title", true, &table->title, problem);
    if (status == IEUM_OK) status = field_array(json, at, "versions", true, &list, problem);
    if (status == IEUM_OK) table->versions = arena_allocate_zero(arena, jval_count(list) + 1, sizeof *table->versions);
    if (status == IEUM_OK && !table->versions) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        status = version_read(jval_at(list, i), &(struct jpath){&list_at, NULL, i}, after, arena, &table->versions[i], problem);
        after = date_missing(table->versions[i].to) ? (struct date){9999, 12, 31} : table->versions[i].to;
        table->count++;
    }
    return status;
}

static ieum_status tables_read(const jval *json, const struct jpath *at, struct arena *arena, struct firm_union *one, struct problem *problem) {
    const jval *list = NULL;
    const struct jpath list_at = {at, "tables", 0};
    ieum_status status = field_array(json, at, "tables", false, &list, problem);
    if (status == IEUM_OK) one->tables = arena_allocate_zero(arena, jval_count(list) + 1, sizeof *one->tables);
    if (status == IEUM_OK && !one->tables) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++)
        status = table_read(jval_at(list, i), &(struct jpath){&list_at, NULL, i}, arena, &one->tables[one->table_count++], problem);
    return status;
}

/* ---- members ---- */

static ieum_status employees_read(const jval *json, const struct jpath *up, struct arena *arena, struct union_member *member, struct problem *problem) {
    const jval *limits = NULL, *list = NULL;
    const struct jpath at = {up, "employees_below", 0}, list_at = {&at, "groups", 0};
    ieum_status status = field_object(json, up, "employees_below", false, &limits, problem);
    if (status != IEUM_OK || !limits) return status;
    status = field_integer(limits, &at, "otherwise", true, 1, 10000000, &member->employees_otherwise, problem);
    if (status == IEUM_OK) status = field_array(limits, &at, "groups", true, &list, problem);
    if (status == IEUM_OK) member->groups = arena_allocate_zero(arena, jval_count(list) + 1, sizeof *member->groups);
    if (status == IEUM_OK && !member->groups) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const struct jpath one = {&list_at, NULL, i};
        status = codes_read(jval_at(list, i), &one, "ksic", true, arena, &member->groups[i].ksic, problem);
        if (status == IEUM_OK) status = field_integer(jval_at(list, i), &one, "below", true, 1, 10000000, &member->groups[i].below, problem);
    }
    member->group_count = jval_count(list);
    return status;
}

static ieum_status sales_find(const jval *json, const struct jpath *at, const struct firm_union *one, struct union_member *member, struct problem *problem) {
    const char *id = NULL;
    ieum_status status = field_text(json, at, "sales", false, &id, problem);
    if (status != IEUM_OK || !id) return status;
    for (size_t i = 0; i < one->table_count; i++)
        if (strcmp(one->tables[i].id, id) == 0) member->sales = &one->tables[i];
    if (member->sales) return IEUM_OK;
    return jval_refuse(problem, &(struct jpath){at, "sales", 0}, jval_get(json, "sales"), "", "이런 기준표가 없습니다.", "There is no such table.");
}

static ieum_status member_read(const jval *json, const struct jpath *at, const struct firm_union *one, struct arena *arena, struct union_member *member,
                               struct problem *problem) {
    static const char *const known[] = {"id",    "title",           "law",         "sizes", "not_sizes", "confirmation", "only_confirmed", "sales", "assets_below_krw",
                                        "independent", "employees_below", "over", "source"};
    member->assets_below_krw = member->employees_otherwise = AMOUNT_MISSING;
    ieum_status status = object_check(json, at, KNOWN(known), problem);
    if (status == IEUM_OK) status = id_read(json, at, &member->id, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "title", true, &member->title, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "law", true, &member->law, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "over", false, &member->over, problem);
    if (status == IEUM_OK) status = field_text_list(json, at, "sizes", true, arena, &member->sizes, problem);
    if (status == IEUM_OK) status = field_text_list(json, at, "not_sizes", true, arena, &member->not_sizes, problem);
    if (status == IEUM_OK) status = field_text(json, at, "confirmation", false, &member->confirmation, problem);
    if (status == IEUM_OK && member->confirmation && !pointer_valid(member->confirmation))
        status = jval_refuse(problem, &(struct jpath){at, "confirmation", 0}, jval_get(json, "confirmation"), "/firm/venture", "기록 안의 위치여야 합니다.",
                             "This must be a place in the record.");
    if (status == IEUM_OK) status = field_bool(json, at, "only_confirmed", false, &member->only_confirmed, problem);
    if (status == IEUM_OK) status = sales_find(json, at, one, member, problem);
    if (status == IEUM_OK) status = field_integer(json, at, "assets_below_krw", false, 1, INT64_C(1000000000000000), &member->assets_below_krw, problem);
    if (status == IEUM_OK) status = field_bool(json, at, "independent", false, &member->independent, problem);
    if (status == IEUM_OK) status = employees_read(json, at, arena, member, problem);
    return status;
}

/* Of the file's members those that the jurisdiction names, in its order. */
static ieum_status members_read(const jval *file, const struct jpath *at, const jval *named, const struct jpath *named_at, struct arena *arena,
                                struct firm_union *one, struct problem *problem) {
    const jval *list = NULL, *wanted = jval_get(named, "members");
    const struct jpath list_at = {at, "members", 0}, wanted_at = {named_at, "members", 0};
    ieum_status status = field_array(file, at, "members", true, &list, problem);
    if (status == IEUM_OK) one->members = arena_allocate_zero(arena, jval_count(wanted) + 1, sizeof *one->members);
    if (status == IEUM_OK && !one->members) status = problem_set_memory(problem);
    for (size_t w = 0; w < jval_count(wanted) && status == IEUM_OK; w++) {
        size_t i = 0;
        while (i < jval_count(list) && !jval_equal(jval_get(jval_at(list, i), "id"), jval_at(wanted, w))) i++;
        if (i == jval_count(list))
            return jval_refuse(problem, &(struct jpath){&wanted_at, NULL, w}, jval_at(wanted, w), "", "집합의 파일에 이런 구성원이 없습니다.",
                               "The union's file has no such member.");
        status = member_read(jval_at(list, i), &(struct jpath){&list_at, NULL, i}, one, arena, &one->members[one->member_count++], problem);
    }
    return status;
}

static ieum_status union_read(const jval *file, const struct jpath *at, const jval *named, const struct jpath *named_at, struct arena *arena,
                              struct firm_union *one, struct problem *problem) {
    static const char *const known[] = {"id", "about", "source", "kinds", "members", "tables"};
    struct text2 about;
    ieum_status status = object_check(file, at, KNOWN(known), problem);
    if (status == IEUM_OK) status = id_read(file, at, &one->id, problem);
    if (status == IEUM_OK) status = text2_read(file, at, "about", true, &about, problem);
    if (status == IEUM_OK) status = text2_read(named, named_at, "title", true, &one->title, problem);
    if (status == IEUM_OK) status = field_text_list(file, at, "kinds", true, arena, &one->kinds, problem);
    if (status == IEUM_OK) status = tables_read(file, at, arena, one, problem);
    if (status == IEUM_OK) status = members_read(file, at, named, named_at, arena, one, problem);
    return status;
}

ieum_status unions_read(const jval *law, struct arena *arena, struct firm_union **unions, size_t *count, struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0}, law_at = {&root, "law", 0}, here = {&law_at, "jurisdiction", 0}, named_at = {&here, "unions", 0},
                              files_at = {&law_at, "unions", 0};
    const jval *named = jval_get(jval_get(law, "jurisdiction"), "unions"), *files = jval_get(law, "unions");
    struct firm_union *read = arena_allocate_zero(arena, jval_count(named) + 1, sizeof *read);
    ieum_status status = read ? IEUM_OK : problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(named) && status == IEUM_OK; i++) {
        const char *id = jval_text(jval_get(jval_at(named, i), "id"));
        status = union_read(jval_get(files, id), &(struct jpath){&files_at, id, 0}, jval_at(named, i), &(struct jpath){&named_at, NULL, i}, arena, &read[i], problem);
    }
    if (status != IEUM_OK) return status;
    *unions = read;
    *count = jval_count(named);
    return IEUM_OK;
}

const struct firm_union *union_find(const struct firm_union *unions, size_t count, const char *id) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(unions[i].id, id) == 0) return &unions[i];
    return NULL;
}
