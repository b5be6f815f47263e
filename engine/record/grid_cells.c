/* SPDX-License-Identifier: Apache-2.0 */
/* Cells as such: what is wrong with one whatever its record is, most of it what a spreadsheet program makes of what was typed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amount.h"
#include "date.h"
#include "grid.h"
#include "registration.h"

size_t grid_place(const struct grid *grid, size_t row) { return grid->numbered ? grid->table.rows[row].number : grid->table.rows[row].line; }

/* What a spreadsheet program writes where a formula has no value. */
static bool is_error_value(const char *cell) {
    static const char *const values[] = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"};
    for (size_t i = 0; *cell == '#' && i < sizeof values / sizeof *values; i++)
        if (strcmp(cell, values[i]) == 0) return true;
    return false;
}

/* 85 % is 0.85 within a spreadsheet and nothing tells it from 0.85 points, so neither is guessed. */
static bool is_fraction(const struct grid *grid, size_t column, const char *cell) {
    const size_t field = grid->columns[column].field;
    if (!grid->spreadsheet || field >= COLUMN_NO_FIELD || grid->headers.fields[field].type != CELL_NUMBER) return false;
    double number;
    const char *rest;
    return decimal_number_read(cell, &number, &rest) && !*rest && number > 0 && number <= 1;
}

/* A spreadsheet's number of days, 1 for 1900-01-01, with a 29 February in 1900 that there never was (ECMA-376 part 1, 18.17.4.1). */
static struct date date_of_spreadsheet(int days) {
    static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct date date = {1900, 1, 1};
    for (days -= 2; days > 0;) { /* days after 1900-01-01; `days` is at least 10000 */
        const bool leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
        const int length = date.month == 2 && leap ? 29 : month_days[date.month - 1], rest = length - date.day;
        if (days <= rest) {
            date.day += days;
            break;
        }
        days -= rest + 1;
        date.day = 1;
        if (++date.month > 12) {
            date.month = 1;
            date.year++;
        }
    }
    return date;
}

/* Where a column of dates was made one of numbers, days are counted from 1899-12-30: 45,000 is 2023-03-15. */
static bool is_day_count(const struct grid *grid, size_t column, const char *cell, char date[11]) {
    const size_t field = grid->columns[column].field, size = strspn(cell, "0123456789");
    if (field >= COLUMN_NO_FIELD || grid->headers.fields[field].type != CELL_DATE || size != 5 || *cell == '0' || cell[size]) return false;
    date_write(date_of_spreadsheet((int)strtol(cell, NULL, 10)), date);
    return true;
}

/* A number that was typed with zeros before it has lost them. */
static bool has_lost_zeros(const struct grid *grid, size_t column, const char *cell, char number[13]) {
    const size_t field = grid->columns[column].field, size = strspn(cell, "0123456789");
    char digits[11] = "0000000000";
    if (field >= COLUMN_NO_FIELD || strcmp(grid->headers.fields[field].key, "registration_no") != 0 || size < 5 || size > 9 || cell[size]) return false;
    memcpy(digits + 10 - size, cell, size);
    if (!registration_read(digits, NULL)) return false;
    snprintf(number, 13, "%.3s-%.2s-%.5s", digits, digits + 3, digits + 5);
    return true;
}

/* What is wrong with a cell that stands in a named column. IEUM_OK: nothing that shows in the cell alone. */
static ieum_status check_cell(const struct grid *grid, size_t column, const char *cell, struct problem *problem) {
    char date[11], number[13];
    const bool looks = grid->strict || grid->spreadsheet;
    if (looks && is_error_value(cell))
        return problem_set(problem, IEUM_INVALID, "", "엑셀 수식의 오류 값입니다. 값을 고쳐 주십시오.", "This is the error of a formula: put the value there.");
    if (is_fraction(grid, column, cell))
        return problem_set(problem, IEUM_INVALID, "", "백분율(%%) 서식의 칸인지 점수인지 알 수 없습니다. 표시 형식을 일반으로 바꾸고 85처럼 적어 주십시오.",
                           "Whether this is a percentage or points cannot be told: make it a plain number like 85.");
    if (looks && is_day_count(grid, column, cell, date)) {
        problem_set(problem, IEUM_INVALID, "", "날짜가 엑셀의 일련번호로 바뀌어 있습니다. 칸의 표시 형식을 날짜로 바꾸어 %s이(가) 맞는지 확인해 주십시오.",
                    "The date has become a spreadsheet's number of days: give the cell the format of a date and see whether %s is right.", date);
        problem_set_expected(problem, date);
        return problem->status;
    }
    if (looks && has_lost_zeros(grid, column, cell, number)) {
        problem_set(problem, IEUM_INVALID, "", "숫자로 저장되어 앞자리 0이 없어진 사업자등록번호로 보입니다. %s이(가) 맞으면 그렇게 적어 주십시오.",
                    "The registration number seems to have lost the zeros before it, as numbers do: if it is %s, write it so.", number);
        problem_set_expected(problem, number);
        return problem->status;
    }
    return IEUM_OK;
}

ieum_status grid_check_cells(const struct grid *grid, size_t row, size_t from, struct problem *problem) {
    const size_t place = grid_place(grid, row);
    for (size_t i = from; i < grid->table.rows[row].count; i++) {
        const char *cell = csv_cell(&grid->table, row, i);
        ieum_status status;
        if (!*cell || (i < grid->column_count && (grid->left_out[i] || grid->columns[i].field == COLUMN_UNREAD))) continue;
        if (i >= grid->column_count || grid->columns[i].field == COLUMN_BLANK)
            status = problem_set(problem, IEUM_INVALID, "", "%zu행 %zu열은 이름이 없는 열입니다. 쉼표나 따옴표가 잘못되지 않았는지 확인하십시오.",
                                 "Line %zu, column %zu: this column has no name. Check for a comma or a quote that is out of place.", place, i + 1);
        else status = check_cell(grid, i, cell, problem);
        if (status == IEUM_OK) continue;
        problem_set_value(problem, cell);
        problem_set_place(problem, NULL, place, i + 1);
        return status;
    }
    return IEUM_OK;
}

/* It has every example that the template gives for a field that is needed. */
ieum_status grid_check_example(const struct grid *grid, size_t row, struct problem *problem) {
    size_t alike = 0, asked = 0;
    for (size_t i = 0; i < grid->column_count; i++) {
        if (grid->columns[i].field >= COLUMN_NO_FIELD) continue;
        const struct header_field *field = &grid->headers.fields[grid->columns[i].field];
        if (!field->required || !field->example) continue;
        asked++;
        alike += strcmp(field->example, csv_cell(&grid->table, row, i)) == 0;
    }
    if (!asked || alike != asked) return IEUM_OK;
    problem_set(problem, IEUM_INVALID, "", "양식의 보기 행입니다. 지우고 가져오십시오.", "This is the example row of the template: take it out.");
    problem_set_value(problem, csv_cell(&grid->table, row, 0));
    problem_set_place(problem, NULL, grid_place(grid, row), 0);
    return problem->status;
}
