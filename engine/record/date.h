/* SPDX-License-Identifier: Apache-2.0 */
/* Calendar dates (Gregorian), and ages by the Korean Civil Act. */
#ifndef IEUM_RECORD_DATE_H
#define IEUM_RECORD_DATE_H

#include <stdbool.h>
#include <stdint.h>

struct date {
    int year, month, day; /* year 0: missing */
};

/* "YYYY-MM-DD" only; false for anything else, including days that do not exist. Years 1800..2200. */
bool date_read(const char *text, struct date *date);
void date_write(struct date date, char text[11]);
bool date_missing(struct date date);
int date_compare(struct date a, struct date b); /* <0, 0, >0 */
/*
 * The last day of a term of `years` that began on `start`, counted by the calendar (Civil Act 157, 160): the day before
 * the corresponding date, and the month's last day where there is no corresponding date. The term "within ten years of
 * founding" holds on d when date_compare(d, date_add_years(start, 10)) <= 0, where date_add_years gives the
 * corresponding date itself; from 2016-02-29 ten years end on 2026-02-28.
 */
struct date date_add_years(struct date start, int years);
/* The day `days` (at least 0) days later. */
struct date date_add_days(struct date start, int64_t days);
/* The clock's date in Asia/Seoul (UTC+9, no summer time). */
struct date date_today(void);

#endif
