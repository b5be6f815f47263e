/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who works on a program beside its owner and operator: institutions with a role (S0 article 14). What roles there are is data: taxonomy/partner_roles.json of the data folder.
 */
#ifndef IEUM_PROGRAM_PARTNERS_H
#define IEUM_PROGRAM_PARTNERS_H

#include "program.h"

struct partner_role {
    const char *id, *ko, *en;
};
struct partner_roles {
    const struct partner_role *items; /* in the order of the file */
    size_t count;
};

/* "partners" of a program file: title, role and source each, no title twice. */
ieum_status partners_read(const jval *resolved, struct program *program, struct problem *problem);
/* Reads the roles into the arena; problems name the file. */
ieum_status partner_roles_load(const char *data_folder, struct arena *arena, struct partner_roles *roles, struct problem *problem);
/* INVALID at /partners/<i>/role for one that there is not. */
ieum_status partner_roles_check(const char *data_folder, const struct program *program, struct problem *problem);
/* NULL when there is none of this id. */
const struct partner_role *partner_role_find(const struct partner_roles *roles, const char *id);

#endif
