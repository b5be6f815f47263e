/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of kinds of party in a program file: "pool", and who may stand in a third party's place. The kinds themselves are known to the taxonomy (record/taxonomy.h). */
#ifndef IEUM_PROGRAM_KINDS_LIST_H
#define IEUM_PROGRAM_KINDS_LIST_H

#include "../record/taxonomy.h"
#include "program.h"

/* object["kinds"]: at least one, none twice; absent where it may be: none. */
ieum_status kinds_read(const jval *object, const struct jpath *at, bool required, struct arena *arena, struct text_list *kinds, struct problem *problem);
/* {"kinds": […], "source": …}, or absent. */
ieum_status pool_read(const jval *resolved, struct program *program, struct problem *problem);
/* Refuses kinds in the program's file that the taxonomy does not have. */
ieum_status program_check_kinds(const struct program *program, const struct taxonomy *taxonomy, struct problem *problem);

#endif
