/* SPDX-License-Identifier: Apache-2.0 */
/* An outcome: JSON → struct outcome. Required: demand, supplier, program, stage, date. Shape:
 * data/schema/outcome.schema.json. */
#include "record_fields.h"

const char *const outcome_stage_names[OUTCOME_STAGES] = {
    [OUTCOME_DECLINED_BY_DEMAND] = "declined_by_demand",
    [OUTCOME_DECLINED_BY_SUPPLIER] = "declined_by_supplier",
    [OUTCOME_AGREED] = "agreed",
    [OUTCOME_COMPLETED] = "completed",
};

ieum_status outcome_read(const jval *json, const struct jpath *at, struct arena *arena, struct outcome *outcome,
                         struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0};
    struct outcome read = {.grade = -1};
    size_t stage = 0;
    int64_t grade = -1;
    ieum_status status;
    (void)arena; /* an outcome has no lists; the three readers share one form */
    if (!at) at = &root;
    if ((status = record_check_whole(json, at, problem)) ||
        (status = member_id(json, at, "demand", true, &read.demand, problem)) ||
        (status = member_id(json, at, "supplier", true, &read.supplier, problem)) ||
        (status = member_id(json, at, "program", true, &read.program, problem)) ||
        (status = member_id(json, at, "round", false, &read.round, problem)) ||
        (status = field_choice(json, at, "stage", true, outcome_stage_names, OUTCOME_STAGES, &stage,
                               problem)) ||
        (status = field_integer(json, at, "grade", false, 0, 3, &grade, problem)) ||
        (status = member_date(json, at, "date", true, &read.date, problem)))
        return status;
    read.stage = (enum outcome_stage)stage;
    read.grade = (int)grade;
    read.json = jval_keep(json);
    *outcome = read;
    return IEUM_OK;
}
