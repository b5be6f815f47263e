/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The monthly look at the access log: counts by account, by operation and by day, what is unusual by the rules of data/server/access.json, and the entries.
 * In: the folder, the month, the rules. Out: members of a result. It judges nobody: what is unusual is for a person to look into.
 */
#ifndef IEUM_REQUEST_ACCESS_REVIEW_H
#define IEUM_REQUEST_ACCESS_REVIEW_H

#include "../store/access_log.h"

struct review_question {
    const char *folder, *month, *account; /* account NULL: all */
    size_t limit;                         /* entries that are listed: the last ones */
    struct access_rules rules;
};
/* Sets "month", "entry_count", "broken", "by_account", "by_operation", "by_day", "unusual", "entries". */
ieum_status access_review(const struct review_question *question, jval *object, struct problem *problem);

#endif
