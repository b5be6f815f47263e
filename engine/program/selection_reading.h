/* SPDX-License-Identifier: Apache-2.0 */
/* What the two files that read the section "selection" (selection_rules.c, selection_limits.c) share; nobody else includes it. */
#ifndef IEUM_PROGRAM_SELECTION_READING_H
#define IEUM_PROGRAM_SELECTION_READING_H

#include "rule.h"
#include "section.h"
#include "selection_rules.h"

#define KNOWN(names) (names), sizeof(names) / sizeof *(names)

struct selection_reading {
    const jval *section;
    const struct jpath *at; /* of the section */
    struct arena *arena;
    struct selection_rules *rules;
};

/* An object within the section, with its source; NULL when it is not there. */
ieum_status selection_part_read(const struct selection_reading *reading, const char *key, const char *const *known, size_t count, struct jpath *at,
                                const jval **part, struct problem *problem);

/* Each reads the members of the section that its name says (selection_limits.c). */
ieum_status selection_own_share_read(const struct selection_reading *reading, struct problem *problem);
ieum_status selection_amount_read(const struct selection_reading *reading, struct problem *problem);
ieum_status selection_firm_read(const struct selection_reading *reading, struct problem *problem);
ieum_status selection_double_award_read(const struct selection_reading *reading, struct problem *problem);
ieum_status selection_stages_read(const struct selection_reading *reading, struct problem *problem);
ieum_status selection_knock_outs_read(const struct selection_reading *reading, struct problem *problem);
ieum_status selection_flags_read(const struct selection_reading *reading, struct problem *problem);

#endif
