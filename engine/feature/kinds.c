/* SPDX-License-Identifier: Apache-2.0 */
/* The table of feature kinds, and the options that several kinds share. */
#include "kinds.h"

#include <string.h>

static const struct feature_kind *const kinds[] = {
    &text_match_kind,    &concept_overlap_kind,  &data_match_kind,          &industry_match_kind,
    &industry_experience_kind, &budget_fit_kind, &readiness_kind,           &capacity_kind,
    &region_match_kind,  &deployment_match_kind, &certification_match_kind, &meaning_match_kind,
    &wish_order_kind,
};

const struct feature_kind *feature_kind_find(const char *name) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i]->name, name) == 0) return kinds[i];
    return NULL;
}

bool feature_kind_known(const char *name) { return feature_kind_find(name) != NULL; }

const char *feature_kind_name(size_t k) { return k < sizeof kinds / sizeof *kinds ? kinds[k]->name : NULL; }

ieum_status role_weights_check(const jval *options, const struct jpath *at, struct problem *problem) {
    const jval *roles = NULL;
    ieum_status status = field_object(options, at, "roles", true, &roles, problem);
    if (status != IEUM_OK) return status;
    const struct jpath path = {at, "roles", 0};
    status = field_refuse_unknown(roles, &path, text_role_names, TEXT_ROLES, problem);
    for (size_t i = 0; i < TEXT_ROLES && status == IEUM_OK; i++) {
        double weight = 0;
        status = field_number(roles, &path, text_role_names[i], false, 0, 1, &weight, problem);
    }
    return status;
}

void role_weights_read(const jval *options, double weights[TEXT_ROLES]) {
    const jval *roles = jval_get(options, "roles");
    for (size_t i = 0; i < TEXT_ROLES; i++) weights[i] = jval_number(jval_get(roles, text_role_names[i]));
}

double option_number(const jval *options, const char *key, double standard) {
    const jval *value = jval_get(options, key);
    return value ? jval_number(value) : standard;
}

ieum_status options_check_numbers(const jval *options, const struct jpath *at, const char *const *known, size_t count, double most,
                                  struct problem *problem) {
    ieum_status status = field_refuse_unknown(options, at, known, count, problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        double number = 0;
        status = field_number(options, at, known[i], false, 0, most, &number, problem);
    }
    return status;
}
