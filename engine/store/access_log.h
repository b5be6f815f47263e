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

#endif
