/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The access log: who looked at or changed what of which firm, a line of JSON each, a file a month (access-2026-11.jsonl) in a folder of its own. Lines are
 * only added, each by one write under a lock, whole or not at all, so that several servers may write into one folder. The months are Seoul's.
 */
#ifndef IEUM_STORE_ACCESS_LOG_H
#define IEUM_STORE_ACCESS_LOG_H

#include "../adapt/json.h"

enum { ACCESS_TIME = 26, ACCESS_MONTH = 8 }; /* "2026-11-26T21:13:14+09:00" and "2026-11", with their NUL */

/* The clock's time in Seoul (UTC+9, no summer time). */
void access_time(int64_t seconds, char text[ACCESS_TIME]);
bool access_month_valid(const char *month);

/* Adds a line to the file of its "time"'s month; folder and file are made when they are missing, for their owner alone. STORE when it cannot be written. */
ieum_status access_append(const char *folder, const jval *entry, struct problem *problem);

/* Calls `visit` for every line of the month's file, in the order they were written; lines that are no entry are counted in `*broken`. No file is no lines. */
typedef ieum_status (*access_visit)(void *context, const jval *entry, struct problem *problem);
ieum_status access_read(const char *folder, const char *month, access_visit visit, void *context, size_t *broken, struct problem *problem);

/* The months that have a file, oldest first; the texts live in the arena. No folder is no months. */
ieum_status access_months(const char *folder, struct arena *arena, struct text_list *months, struct problem *problem);
/* Removes a month's file; false: it is still there. */
bool access_remove(const char *folder, const char *month);

/* How long the log is kept, and what in it a review points out: data/server/access.json. */
struct access_rules {
    int64_t retention_months, subjects_in_an_hour, refusals_in_a_day, from_hour, until_hour;
    bool weekends;
};
ieum_status access_rules_load(const char *path, struct access_rules *rules, struct problem *problem);

#endif
