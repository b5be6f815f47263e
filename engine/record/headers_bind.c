/* SPDX-License-Identifier: Apache-2.0 */
/* A CSV file's first row → what each of its columns holds: member, unit, or an unknown column that is passed through.
 */
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
    if (amount && !unit_known)
        return refuse_column(problem, column, name, "(원), (천원), (만원), (백만원), (억원)",
                             "열 이름의 금액 단위를 알 수 없습니다.",
                             "The unit of money in the column's name is not known.");
    found->field = field;
    found->scale = amount ? scale : 1;
    return IEUM_OK;
}

static bool is_list(enum cell_type type) { return type == CELL_LIST || type == CELL_CODES || type == CELL_REFERENCES; }

static ieum_status check_double(const struct header_table *table, const struct header_column *columns, size_t column,
                                struct problem *problem) {
    const struct header_column *this = &columns[column];
    if (this->field == COLUMN_BLANK) return IEUM_OK;
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

static ieum_status check_required(const struct header_table *table, const struct header_column *columns, size_t count,
                                  struct problem *problem) {
    for (size_t i = 0; i < table->count; i++) {
        size_t column = 0;
        if (!table->fields[i].required) continue;
        while (column < count && columns[column].field != i) column++;
        if (column < count) continue;
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

ieum_status headers_bind(const struct header_table *table, const char *const *names, size_t count, struct arena *arena,
                         struct header_column *columns, struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        columns[i] = (struct header_column){COLUMN_EXTRA, trim(arena, names[i]), 1};
        if (!columns[i].name) return problem_set_memory(problem);
        if (!*columns[i].name)
            columns[i].field = COLUMN_BLANK;
        else
            status = find_field(table, table->names, columns[i].name, i, &columns[i], problem);
    }
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        struct header_column weak = columns[i];
        if (weak.field != COLUMN_EXTRA) continue;
        status = find_field(table, table->weak_names, weak.name, i, &weak, problem);
        if (weak.field != COLUMN_EXTRA && !is_bound(columns, count, weak.field)) columns[i] = weak;
    }
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        status = check_double(table, columns, i, problem);
        if (status == IEUM_OK) status = check_extra(table, &columns[i], i, problem);
    }
    return status != IEUM_OK ? status : check_required(table, columns, count, problem);
}
