/* SPDX-License-Identifier: Apache-2.0 */
/* The feature kinds, one file a family. To add one: write its file, name it here and in kinds.c. */
#ifndef IEUM_FEATURE_KINDS_H
#define IEUM_FEATURE_KINDS_H

#include "space.h"

extern const struct feature_kind text_match_kind;         /* text_match.c */
extern const struct feature_kind concept_overlap_kind;    /* concept_overlap.c */
extern const struct feature_kind data_match_kind;
extern const struct feature_kind meaning_match_kind;      /* meaning_match.c */
extern const struct feature_kind industry_match_kind;     /* industry.c */
extern const struct feature_kind industry_experience_kind;
extern const struct feature_kind budget_fit_kind;         /* contract.c */
extern const struct feature_kind readiness_kind;
extern const struct feature_kind capacity_kind;
extern const struct feature_kind region_match_kind;       /* delivery.c */
extern const struct feature_kind deployment_match_kind;
extern const struct feature_kind certification_match_kind;
extern const struct feature_kind wish_order_kind;         /* wishes.c */

/* Sorts `all` and copies the greatest shares to `joints`; returns how many. */
size_t feature_joints_strongest(struct concept_joint *all, size_t count, struct concept_joint *joints, size_t most);

/* Options shared by kinds that read texts: "roles": {"need": 0.8, …}, each in [0,1]; a role that is not named weighs 0. */
ieum_status role_weights_check(const jval *options, const struct jpath *at, struct problem *problem);
void role_weights_read(const jval *options, double weights[TEXT_ROLES]);
/* A number option with its default. */
double option_number(const jval *options, const char *key, double standard);
/* Refuses options that are not in the list, and numbers outside [0, most]. */
ieum_status options_check_numbers(const jval *options, const struct jpath *at, const char *const *known, size_t count, double most,
                                  struct problem *problem);

#endif
