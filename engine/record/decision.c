/* SPDX-License-Identifier: Apache-2.0 */
/* A past decision: JSON → struct decision. Required: demand, supplier, as an id, a registration number or a name. Shape: data/schema/decision.schema.json. */
#include "record_fields.h"

ieum_status decision_read(const jval *json, const struct jpath *at, struct arena *arena, struct decision *decision,
                          struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0};
    struct decision read = {0};
    ieum_status status;
    (void)arena; /* a decision has no lists */
    if (!at) at = &root;
    if ((status = record_check_whole(json, at, problem)) ||
        (status = member_sentence(json, at, "demand", true, &read.demand, problem)) ||
        (status = member_sentence(json, at, "supplier", true, &read.supplier, problem)) ||
        (status = member_sentence(json, at, "reason", false, &read.reason, problem)))
        return status;
    read.json = jval_keep(json);
    *decision = read;
    return IEUM_OK;
}
