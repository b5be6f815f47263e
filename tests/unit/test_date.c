/* SPDX-License-Identifier: Apache-2.0 */
/* Dates: reading, comparison, terms by the Civil Act; the calendar is held against a naive day counter. */
#include "../../engine/record/date.h"

#include "../../engine/base/random.h"
#include "test.h"

static struct date day(int year, int month, int day_of_month) { return (struct date){year, month, day_of_month}; }

TEST(reads_only_real_days) {
    static const struct {
        const char *text;
        bool real;
    } cases[] = {{"2025-03-14", true},
                 {"2016-02-29", true},
                 {"2000-02-29", true},
                 {"1900-02-29", false},
                 {"2023-02-29", false},
                 {"2025-04-31", false},
                 {"2025-00-10", false},
                 {"2025-13-01", false},
                 {"2025-01-00", false},
                 {"1799-12-31", false},
                 {"1800-01-01", true},
                 {"2200-12-31", true},
                 {"2201-01-01", false},
                 {"2025-3-14", false},
                 {"2025-03-14 ", false},
                 {" 2025-03-14", false},
                 {"2025/03/14", false},
                 {"20250314", false},
                 {"", false},
                 {"2025-03", false},
                 {"2025-03-1", false},
                 {"2025-03-1a", false},
                 {"-025-03-14", false},
                 {"+025-03-14", false},
                 {"2025-03-14x", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct date date = day(1, 1, 1);
        bool real = date_read(cases[i].text, &date);
        if (real != cases[i].real) fprintf(stderr, "%s\n", cases[i].text);
        CHECK(real == cases[i].real);
        if (!real) CHECK(date.year == 1 && date.month == 1 && date.day == 1);
    }
    struct date date;
    CHECK(!date_read(NULL, &date));
}

TEST(term_ends_by_civil_act) {
    static const struct {
        const char *start;
        int years;
        const char *end;
    } cases[] = {{"2016-02-29", 10, "2026-02-28"}, {"2016-02-29", 4, "2020-02-29"},   {"2016-02-28", 10, "2026-02-28"},
                 {"2015-06-01", 10, "2025-06-01"}, {"2000-02-29", 100, "2100-02-28"}, {"2015-12-31", 10, "2025-12-31"},
                 {"2020-02-29", 0, "2020-02-29"},  {"2020-02-29", -1, "2019-02-28"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct date start;
        char text[11];
        CHECK(date_read(cases[i].start, &start));
        date_write(date_add_years(start, cases[i].years), text);
        CHECK_TEXT(text, cases[i].end);
    }
    CHECK(date_missing(date_add_years(day(0, 0, 0), 10)));
}

TEST(orders_days) {
    CHECK(date_compare(day(2025, 1, 1), day(2025, 1, 1)) == 0);
    CHECK(date_compare(day(2024, 12, 31), day(2025, 1, 1)) < 0);
    CHECK(date_compare(day(2025, 2, 1), day(2025, 1, 31)) > 0);
    CHECK(date_compare(day(2025, 2, 1), day(2025, 2, 2)) < 0);
}

static bool naive_leap(int year) {
    if (year % 400 == 0) return true;
    if (year % 100 == 0) return false;
    return year % 4 == 0;
}

/* Walks every day of four centuries by counting up; exactly those days must read, and in order. */
TEST(calendar_equals_a_naive_counter) {
    struct date before = day(0, 0, 0);
    long days = 0;
    for (int year = 1800; year <= 2200; year++)
        for (int month = 1; month <= 12; month++) {
            int last = month == 2                                              ? (naive_leap(year) ? 29 : 28)
                       : month == 4 || month == 6 || month == 9 || month == 11 ? 30
                                                                               : 31;
            for (int d = 0; d <= 32; d++) {
                char text[48], written[11];
                struct date date;
                snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, d);
                bool real = date_read(text, &date), expected = d >= 1 && d <= last;
                if (real != expected) CHECK(real == expected);
                if (!real) continue;
                date_write(date, written);
                if (strcmp(text, written) != 0) CHECK_TEXT(written, text);
                if (date_compare(before, date) >= 0) CHECK(date_compare(before, date) < 0);
                before = date;
                days++;
            }
        }
    CHECK_INT(days,
              401 * 365 + 101 - 4); /* 101 years divisible by 4, of which 1800, 1900, 2100 and 2200 are not leap */
}

/* The corresponding date is the same day of the same month wherever there is one, and never a day of another month. */
TEST(terms_keep_the_day) {
    struct random random;
    random_seed(&random, 20250314);
    for (int i = 0; i < 20000; i++) {
        struct date start;
        char text[40];
        /* One draw a statement: compilers differ in the order in which they evaluate arguments. */
        int year = 1800 + (int)random_below(&random, 300);
        int month = 1 + (int)random_below(&random, 12);
        int day_of_month = 1 + (int)random_below(&random, 31);
        snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day_of_month);
        if (!date_read(text, &start)) continue;
        int years = (int)random_below(&random, 100);
        struct date end = date_add_years(start, years);
        bool moved = start.month == 2 && start.day == 29 && !naive_leap(start.year + years);
        if (end.year != start.year + years || end.month != start.month || end.day != (moved ? 28 : start.day)) {
            fprintf(stderr, "%s + %d\n", text, years);
            CHECK(false);
        }
        date_write(end, text);
        CHECK(date_read(text, &end));
    }
}

TEST(today_is_a_day) {
    char text[11];
    struct date today = date_today(), again;
    date_write(today, text);
    CHECK(date_read(text, &again));
    CHECK(date_compare(today, again) == 0);
    CHECK(date_compare(today, day(2024, 1, 1)) > 0);
}

TEST_MAIN(reads_only_real_days, term_ends_by_civil_act, orders_days, calendar_equals_a_naive_counter,
          terms_keep_the_day, today_is_a_day)
