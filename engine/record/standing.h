/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a firm states of its standing, and a supplier of its solutions: roles, lead fields, sales, assets, confirmations with their dates, solutions with the
 * state of their ethics list. Only the shape is looked at here; which words there are is said by data (vocabulary.h), what they are worth by rules.
 */
#ifndef IEUM_RECORD_STANDING_H
#define IEUM_RECORD_STANDING_H

#include "record.h"

/*
 * `roles`: texts; `sales_krw` (yearly mean or last year) and `assets_krw`: KRW; `independent`: no member of a group that the law counts together; `sme`, `venture`,
 * `micro`: {"confirmed", "until"}, the days between which a confirmation holds, in their order.
 */
ieum_status standing_check(const jval *firm, const struct jpath *at, struct arena *arena, struct problem *problem);
/* `solutions`: [{"name", "kind"?, "ethics"?: {"checked"?: day, "open"?: [item ids]}}] */
ieum_status solutions_read(const jval *supplier, const struct jpath *at, struct arena *arena, const struct solution **solutions, size_t *count,
                           struct problem *problem);

#endif
