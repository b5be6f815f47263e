/* SPDX-License-Identifier: Apache-2.0 */
/* Dates: text "YYYY-MM-DD" in and out, terms by the Civil Act, today's date in Seoul. Never asks the C library's time
 * zone. */
#include "date.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#define YEAR_LEAST 1800
#define YEAR_MOST 2200
#define SEOUL_OFFSET_S (9 * 3600)
#define DAY_S 86400

static bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

static int month_days(int year, int month) {
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static bool read_digits(const char *text, size_t count, int *number) {
    *number = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        *number = *number * 10 + (text[i] - '0');
    }
    return true;
}

bool date_read(const char *text, struct date *date) {
    struct date read;
    /* Each step stops at the NUL of a text that is too short, so nothing is read past it. */
    if (!text || !read_digits(text, 4, &read.year) || text[4] != '-' || !read_digits(text + 5, 2, &read.month) ||
        text[7] != '-' || !read_digits(text + 8, 2, &read.day) || text[10] != '\0')
        return false;
    if (read.year < YEAR_LEAST || read.year > YEAR_MOST || read.month < 1 || read.month > 12 || read.day < 1 ||
        read.day > month_days(read.year, read.month))
        return false;
    *date = read;
    return true;
}

static void write_digits(int number, size_t count, char *text) {
    while (count-- > 0) {
        text[count] = (char)('0' + number % 10);
        number /= 10;
    }
}

void date_write(struct date date, char text[11]) {
    write_digits(date.year, 4, text);
    write_digits(date.month, 2, text + 5);
    write_digits(date.day, 2, text + 8);
    text[4] = text[7] = '-';
    text[10] = '\0';
}

bool date_missing(struct date date) { return date.year == 0; }

int date_compare(struct date a, struct date b) {
    if (a.year != b.year) return a.year < b.year ? -1 : 1;
    if (a.month != b.month) return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

struct date date_add_years(struct date start, int years) {
    struct date end = start;
    if (date_missing(start)) return start;
    end.year += years;
    int most = month_days(end.year, end.month);
    if (end.day > most) end.day = most;
    return end;
}

struct date date_add_days(struct date start, int64_t days) {
    if (date_missing(start)) return start;
    for (; days > 0; days--) {
        if (++start.day <= month_days(start.year, start.month)) continue;
        start.day = 1;
        if (++start.month <= 12) continue;
        start.month = 1;
        start.year++;
    }
    return start;
}

/* Days since 1970-01-01 to the calendar, counted in 400-year eras from 0000-03-01 so that leap days come last in a
 * year. */
static struct date date_from_days(int64_t days) {
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    struct date date;
    date.day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    date.month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    date.year = (int)(year_of_era + era * 400 + (date.month <= 2));
    return date;
}

struct date date_today(void) {
    int64_t seconds = (int64_t)time(NULL) + SEOUL_OFFSET_S;
    return date_from_days(seconds / DAY_S);
}
