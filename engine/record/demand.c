/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A demand: JSON → struct demand. Required: id, program, firm.name, and a title or a need (of a latent one, what the firm does will do). Shape:
 * data/schema/demand.schema.json.
 */
#include <math.h>

#include "cost_lines.h"
#include "record_fields.h"

static const struct jpath root = {NULL, NULL, 0};

static ieum_status read_wishes(const jval *json, const struct jpath *at, const char *key, struct arena *arena,
                               struct text_list *deployment, struct text_list *certifications, struct text_list *region,
                               struct problem *problem) {
    const jval *found = NULL;
    ieum_status status = field_object(json, at, key, false, &found, problem);
    if (status != IEUM_OK || !found) return status;
    const struct jpath group = {at, key, 0};
    if ((status = member_texts(found, &group, "deployment", arena, deployment, problem)) ||
        (status = member_texts(found, &group, "certifications", arena, certifications, problem)) ||
        (status = member_texts(found, &group, "region", arena, region, problem)))
        return status;
    return IEUM_OK;
}

static ieum_status read_demand_firm(const jval *json, const struct jpath *at, struct arena *arena, struct firm *firm,
                                    struct problem *problem) {
    const jval *found = NULL;
    const char *kind = NULL;
    ieum_status status;
    const struct jpath group = {at, "firm", 0};
    if ((status = field_object(json, at, "firm", true, &found, problem)) ||
        (status = firm_read(found, &group, arena, firm, problem)) ||
        (status = field_text(found, &group, "kind", false, &kind, problem)) ||
        (status = member_sentence(found, &group, "business", false, &firm->business, problem)))
        return status;
    return IEUM_OK;
}

/* "diagnosis": {"by", "date", …}: that the firm was diagnosed, and by whom; what else stands there is kept and not read. */
static ieum_status read_diagnosis(const jval *json, const struct jpath *at, struct demand *demand, struct problem *problem) {
    static const char *const authors[] = {"firm", "desk", "expert"};
    const struct jpath group = {at, "diagnosis", 0};
    const jval *found = NULL;
    size_t author = 0;
    ieum_status status;
    if ((status = field_object(json, at, "diagnosis", false, &found, problem)) || !found ||
        (status = field_choice(found, &group, "by", true, authors, 3, &author, problem)) ||
        (status = member_date(found, &group, "date", true, &demand->diagnosed, problem)))
        return status;
    demand->diagnosed_by = authors[author];
    return IEUM_OK;
}

static ieum_status read_text(const jval *json, const struct jpath *at, struct demand *demand, struct problem *problem) {
    ieum_status status;
    if ((status = member_sentence(json, at, "title", false, &demand->title, problem)) ||
        (status = member_sentence(json, at, "need", false, &demand->need, problem)))
        return status;
    if (!demand->title && !demand->need && !(demand->latent && demand->firm.business))
        return jval_refuse(problem, &(struct jpath){at, "need", 0}, NULL, "title, need",
                           "수요 내용이 없습니다. 과제명(title)이나 수요내용(need) 가운데 하나는 있어야 합니다.",
                           "The need is missing: there must be a title or a need.");
    return IEUM_OK;
}

ieum_status demand_read(const jval *json, const struct jpath *at, struct arena *arena, struct demand *demand,
                        struct problem *problem) {
    struct demand read = {.budget_krw = AMOUNT_MISSING, .readiness_score = NAN};
    struct text_list lead_fields = {0};
    struct cost_line *lines = NULL;
    size_t line_count = 0;
    ieum_status status;
    if (!at) at = &root;
    if ((status = record_check_whole(json, at, problem)) ||
        (status = member_id(json, at, "id", true, &read.id, problem)) ||
        (status = member_id(json, at, "program", true, &read.program, problem)) ||
        (status = field_bool(json, at, "latent", false, &read.latent, problem)) ||
        (status = member_date(json, at, "applied", false, &read.applied, problem)) ||
        (status = read_demand_firm(json, at, arena, &read.firm, problem)) ||
        (status = read_text(json, at, &read, problem)) ||
        (status = member_sentence(json, at, "track", false, &read.track, problem)) ||
        (status = field_text_list(json, at, "data_held", false, arena, &read.data_held, problem)) ||
        (status = field_integer(json, at, "budget_krw", false, 0, AMOUNT_MOST_KRW, &read.budget_krw, problem)) ||
        (status = field_number(json, at, "readiness_score", false, 0, 100, &read.readiness_score, problem)) ||
        (status = read_wishes(json, at, "must", arena, &read.must_deployment, &read.must_certifications,
                              &read.must_region, problem)) ||
        (status = read_wishes(json, at, "prefer", arena, &read.prefer_deployment, &read.prefer_certifications,
                              &read.prefer_region, problem)) ||
        (status = member_texts(json, at, "exclude_suppliers", arena, &read.exclude_suppliers, problem)) ||
        (status = member_texts(json, at, "wished_suppliers", arena, &read.wished_suppliers, problem)) ||
        (status = field_text_list(json, at, "lead_fields", false, arena, &lead_fields, problem)) ||
        (status = cost_lines_read(json, at, arena, &lines, &line_count, problem)) ||
        (status = read_diagnosis(json, at, &read, problem)) || (status = member_vector(json, at, "vector", problem)))
        return status;
    read.json = jval_keep(json);
    *demand = read;
    return IEUM_OK;
}
