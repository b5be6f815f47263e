/* SPDX-License-Identifier: Apache-2.0 */
/* What pair_rules.c compiles and pair_block.c reads. */
#ifndef IEUM_PROGRAM_PAIR_PARTS_H
#define IEUM_PROGRAM_PAIR_PARTS_H

#include "pair_block.h"
#include "pair_kin.h"

/* A rule that looks at one value of each side. */
struct tabled_rule {
    const struct rule *rule;
    uint32_t *asked;  /* of each demand: the kind of what it asks; MAP_NONE: it asks nothing, the rule passes */
    uint32_t *held;   /* of each supplier: the kind of what it holds */
    size_t held_count;
    uint8_t *fails;   /* asked kind × held kind; NULL: judged pair by pair */
};

struct pair_rules {
    const struct demand *const *demands;
    const struct supplier *suppliers;
    size_t demand_count, supplier_count;
    struct tabled_rule *tabled;
    size_t tabled_count;
    supplier_list *barred; /* of each demand, rising: who is excluded by id or related */
};

/* Whether the rule bars the pair; the sentences that come with the verdict go into the arena. */
ieum_status pair_rule_fails(const struct rule *rule, const struct demand *demand, const struct supplier *supplier, struct arena *arena, bool *failed,
                            struct problem *problem);

#endif
