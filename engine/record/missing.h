/* SPDX-License-Identifier: Apache-2.0 */
/* What a demand does not say, so that staff can ask for it. */
#ifndef IEUM_RECORD_MISSING_H
#define IEUM_RECORD_MISSING_H

#include "record.h"

#define MISSING_MOST 10

/* JSON Pointers of the usual fields that are absent, in the order of the application form; at most MISSING_MOST. Returns how many. */
size_t demand_missing(const struct demand *demand, const char *pointers[MISSING_MOST]);

#endif
