/* SPDX-License-Identifier: Apache-2.0 */
/* A CSV file's first row, and what a person chose → what each of its columns holds: member, unit, or an unknown column that is passed through. */
#include <stdio.h>
#include <string.h>

#include "../base/buffer.h"
#include "amount.h"
#include "headers.h"

static ieum_status refuse_column(struct problem *problem, size_t column, const char *name, const char *expected,
                                 const char *ko, const char *en) {
    problem_set(problem, IEUM_INVALID, "", "%s%.0s", "%.0s%s", ko, en);
    problem_set_value(problem, name);
    problem_set_expected(problem, expected);
    problem_set_place(problem, NULL, 0, column + 1);
    return problem->status;
}

/* KRW for 1, 0 when the words are no unit. "단위:백만원" is "백만원". */
static int64_t unit_scale(const struct header_table *table, const char *words) {
    int64_t scale = 0;
    if (strncmp(words, "단위", strlen("단위")) == 0) words += strlen("단위");
    if (*words == ':') words++;
    const jval *known = jval_get(table->units, words);
    if (known) return jval_integer(known);
    return *words && amount_read(words, 1, &scale, NULL) && scale > 0 ? scale : 0;
}

static bool ends_in_won(const char *words) {
    size_t size = strlen(words);
    return (size >= 3 && strcmp(words + size - 3, "원") == 0) || (size >= 3 && strcmp(words + size - 3, "krw") == 0);
}

/*
 * Cuts "예산(백만원,부가세별도)" at the bracket and reads the unit from its parts. False when a part looks like a unit
 * but is none: a wrong scale would be worse than a refusal.
 */
static bool take_bracket(const struct header_table *table, char *normal, int64_t *scale) {
    char *bracket = strpbrk(normal, "([");
    if (!bracket || bracket == normal) return true;
    char *part = bracket + 1;
    *bracket = '\0';
    part[strcspn(part, ")]")] = '\0';
    for (char *next; *part; part = next) {
        size_t size = strcspn(part, ",/;");
        next = part + size + (part[size] != '\0');
        part[size] = '\0';
        int64_t found = unit_scale(table, part);
        if (found)
            *scale = found;
        else if (ends_in_won(part))
            return false;
    }
    return true;
}

static bool is_amount(enum cell_type type) {
    return type == CELL_AMOUNT || type == CELL_AMOUNT_RANGE || type == CELL_AMOUNT_LEAST || type == CELL_AMOUNT_MOST;
}

static char *trim(struct arena *arena, const char *name) {
    while (*name && strchr(" \t\r\n", *name)) name++;
    size_t size = strlen(name);
    while (size > 0 && strchr(" \t\r\n", name[size - 1])) size--;
    return arena_copy_bytes(arena, name, size);
}

static ieum_status refuse_unit(size_t column, const char *name, struct problem *problem) {
    return refuse_column(problem, column, name, "(원), (천원), (만원), (백만원), (억원)", "열 이름의 금액 단위를 알 수 없습니다.",
                         "The unit of money in the column's name is not known.");
}

/* The field of a name in `names`: as it stands, else without its bracket. */
static ieum_status find_field(const struct header_table *table, const struct map *names, const char *name,
                              size_t column, struct header_column *found, struct problem *problem) {
    char normal[HEADER_NAME_MOST];
    bool unit_known = true;
    int64_t scale = 1;
    header_normalise(name, normal);
    uint32_t field = map_get_text(names, normal);
    if (field == MAP_NONE) {
        unit_known = take_bracket(table, normal, &scale);
        field = map_get_text(names, normal);
    }
    if (field == MAP_NONE) return IEUM_OK;
    bool amount = is_amount(table->fields[field].type);
    if (amount && !unit_known) return refuse_unit(column, name, problem);
    found->field = field;
    found->scale = amount ? scale : 1;
    return IEUM_OK;
}

static bool is_list(enum cell_type type) { return type == CELL_LIST || type == CELL_CODES || type == CELL_REFERENCES; }

static ieum_status check_double(const struct header_table *table, const struct header_column *columns, size_t column,
                                struct problem *problem) {
    const struct header_column *this = &columns[column];
    if (this->field == COLUMN_BLANK || this->field == COLUMN_UNREAD) return IEUM_OK;
    if (this->field != COLUMN_EXTRA && (is_list(table->fields[this->field].type) || table->fields[this->field].join))
        return IEUM_OK;
    for (size_t i = 0; i < column; i++) {
        if (columns[i].field != this->field ||
            (this->field == COLUMN_EXTRA && strcmp(columns[i].name, this->name) != 0))
            continue;
        problem_set(problem, IEUM_INVALID, "", "열 '%s'와(과) '%s'의 뜻이 같습니다. 하나만 남겨 주십시오.",
                    "The columns '%s' and '%s' mean the same: leave one of them.", columns[i].name, this->name);
        problem_set_value(problem, this->name);
        problem_set_place(problem, NULL, 0, column + 1);
        return problem->status;
    }
    return IEUM_OK;
}

/* An unknown column named like a member would overwrite it. */
static ieum_status check_extra(const struct header_table *table, const struct header_column *column, size_t index,
                               struct problem *problem) {
    for (size_t i = 0; column->field == COLUMN_EXTRA && i < table->count; i++) {
        const struct header_field *field = &table->fields[i];
        if (strcmp(column->name, field->group ? field->group : field->key) == 0)
            return refuse_column(problem, index, column->name, field->pointer,
                                 "이 이름의 열은 쓸 수 없습니다. 표의 열 이름을 쓰십시오.",
                                 "A column cannot have this name: use a name from the table of columns.");
    }
    return IEUM_OK;
}

bool headers_missing(const struct header_table *table, const struct header_column *columns, size_t count, size_t field) {
    if (!table->fields[field].required) return false;
    for (size_t i = 0; i < count; i++)
        if (columns[i].field == field) return false;
    return true;
}

static ieum_status check_required(const struct header_table *table, const struct header_column *columns, size_t count,
                                  struct problem *problem) {
    for (size_t i = 0; i < table->count; i++) {
        if (!headers_missing(table, columns, count, i)) continue;
        struct buffer names = BUFFER_EMPTY;
        for (size_t n = 0; n < table->fields[i].names.count; n++)
            buffer_format(&names, n ? ", %s" : "%s", table->fields[i].names.items[n]);
        problem_set(problem, IEUM_INVALID, table->fields[i].pointer,
                    "필요한 열 '%s'이(가) 없습니다. 첫 행에 열 이름이 있는지 확인하십시오.",
                    "The column '%s' is missing: check that the first row holds the names of the columns.",
                    table->fields[i].names.items[0]);
        problem_set_expected(problem, names.bytes);
        buffer_free(&names);
        return problem->status;
    }
    return IEUM_OK;
}

static bool is_bound(const struct header_column *columns, size_t count, size_t field) {
    for (size_t i = 0; i < count; i++)
        if (columns[i].field == field) return true;
    return false;
}

/* ---- what a person chose ---- */

static ieum_status refuse_choice(const struct header_choice *choice, const char *expected, const char *ko, const char *en, struct problem *problem) {
    char pointer[64];
    snprintf(pointer, sizeof pointer, "/mapping/%zu", choice->column + 1);
    problem_set(problem, IEUM_INVALID, pointer, "%1$zu열: %2$s%3$.0s", "Column %1$zu: %2$.0s%3$s", choice->column + 1, ko, en);
    problem_set_value(problem, choice->field);
    problem_set_expected(problem, expected);
    return problem->status;
}

static ieum_status refuse_field(const struct header_table *table, const struct header_choice *choice, struct problem *problem) {
    struct buffer ids = BUFFER_EMPTY;
    for (size_t i = 0; i < table->count; i++) buffer_format(&ids, i ? ", %s" : "%s", table->fields[i].id);
    ieum_status status = refuse_choice(choice, ids.bytes, "이런 항목은 없습니다.", "there is no such field.", problem);
    buffer_free(&ids);
    return status;
}

/* The unit that the column's name tells stays: "예산(백만원)" is in millions whatever it is bound to. */
static ieum_status bind_chosen(const struct header_table *table, const struct header_choice *choice, size_t count, struct header_column *columns,
                               struct problem *problem) {
    char expected[32];
    snprintf(expected, sizeof expected, "1..%zu", count);
    if (choice->column >= count) return refuse_choice(choice, expected, "파일에 이런 열이 없습니다.", "the file has no such column.", problem);
    struct header_column *column = &columns[choice->column];
    column->how = COLUMN_CHOSEN;
    column->field = COLUMN_UNREAD;
    if (!choice->field) return IEUM_OK;
    size_t field = 0;
    while (field < table->count && strcmp(table->fields[field].id, choice->field) != 0) field++;
    if (field == table->count) return refuse_field(table, choice, problem);
    if (is_amount(table->fields[field].type)) {
        char normal[HEADER_NAME_MOST];
        header_normalise(column->name, normal);
        if (!take_bracket(table, normal, &column->scale)) return refuse_unit(choice->column, column->name, problem);
    }
    column->field = field;
    return IEUM_OK;
}

/* ---- all together ---- */

/* Keeps what is wrong with a column and goes on without it, where there is a list for it. */
static ieum_status settle(ieum_status status, struct bad_cells *bad, size_t row, struct header_column *column, size_t index, struct problem *problem) {
    if (status == IEUM_OK || !bad || strncmp(problem->pointer, "/mapping", 8) == 0) return status;
    column->field = COLUMN_UNREAD;
    return bad_cells_add(bad, row, index + 1, column->name, "", problem);
}

static ieum_status bind_choices(const struct header_table *table, const struct header_choices *choices, size_t count, struct header_column *columns,
                                struct bad_cells *bad, size_t row, struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t i = 0; choices && i < choices->count && status == IEUM_OK; i++) {
        const size_t column = choices->items[i].column < count ? choices->items[i].column : 0;
        status = settle(bind_chosen(table, &choices->items[i], count, columns, problem), bad, row, &columns[column], column, problem);
    }
    return status;
}

static ieum_status bind_names(const struct header_table *table, size_t count, struct header_column *columns, struct bad_cells *bad, size_t row,
                              struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        if (columns[i].field != COLUMN_EXTRA) continue;
        status = settle(find_field(table, table->names, columns[i].name, i, &columns[i], problem), bad, row, &columns[i], i, problem);
        if (columns[i].field < COLUMN_NO_FIELD) columns[i].how = COLUMN_KNOWN;
    }
    return status;
}

static ieum_status bind_weak(const struct header_table *table, size_t count, struct header_column *columns, struct bad_cells *bad, size_t row,
                             struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        struct header_column weak = columns[i];
        if (weak.field != COLUMN_EXTRA) continue;
        weak.how = COLUMN_WEAK;
        status = settle(find_field(table, table->weak_names, weak.name, i, &weak, problem), bad, row, &columns[i], i, problem);
        if (weak.field != COLUMN_EXTRA && !is_bound(columns, count, weak.field)) columns[i] = weak;
    }
    return status;
}

ieum_status headers_bind(const struct header_table *table, const char *const *names, size_t count, const struct header_choices *choices, struct arena *arena,
                         struct header_column *columns, struct bad_cells *bad, size_t row, struct problem *problem) {
    for (size_t i = 0; i < count; i++) {
        columns[i] = (struct header_column){COLUMN_EXTRA, trim(arena, names[i]), 1, COLUMN_NOT_KNOWN};
        if (!columns[i].name) return problem_set_memory(problem);
        if (!*columns[i].name) columns[i].field = COLUMN_BLANK;
    }
    ieum_status status = bind_choices(table, choices, count, columns, bad, row, problem);
    if (status == IEUM_OK) status = bind_names(table, count, columns, bad, row, problem);
    if (status == IEUM_OK) status = bind_weak(table, count, columns, bad, row, problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        status = check_double(table, columns, i, problem);
        if (status == IEUM_OK) status = check_extra(table, &columns[i], i, problem);
        status = settle(status, bad, row, &columns[i], i, problem);
    }
    return status != IEUM_OK || bad ? status : check_required(table, columns, count, problem);
}
