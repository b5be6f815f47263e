/* SPDX-License-Identifier: Apache-2.0 */
/* What pair_rules.c compiles and pair_block.c reads. */
#ifndef IEUM_PROGRAM_PAIR_PARTS_H
#define IEUM_PROGRAM_PAIR_PARTS_H

#include "pair_block.h"
#include "pair_kin.h"

/* What suppliers hold, for a rule that looks at one value of each side. */
struct held_values {
    size_t rule;         /* which pair rule of the program */
    uint32_t *held;      /* of each supplier: the kind of what it holds */
    supplier_list first; /* of each kind: the first supplier that holds it */
};

struct pair_side {
    const struct supplier *suppliers;
    size_t supplier_count;
    struct held_values *tabled;
    size_t tabled_count;
    struct pair_kin *kin; /* NULL: no rule asks who is listed or related */
};

/* A rule that looks at one value of each side. */
struct tabled_rule {
    const struct rule *rule;
    uint32_t *asked;      /* of each demand: the kind of what it asks; MAP_NONE: it asks nothing, the rule passes */
    const uint32_t *held; /* of the side's */
    size_t held_count;
    uint8_t *fails;   /* asked kind × held kind; NULL: judged pair by pair */
};

struct pair_rules {
    const struct pair_side *side;
    struct pair_side *own_side; /* NULL: the side is borrowed */
    const struct demand *const *demands;
    const struct supplier *suppliers;
    size_t demand_count, supplier_count;
    struct tabled_rule *tabled;
    size_t tabled_count;
    supplier_list *barred; /* of each demand, rising: who is excluded by id or related */
};

/* Adds a value as bytes: equal bytes, equal verdicts. False when memory fails. */
bool pair_value_key(const jval *value, struct buffer *key);
/* Whether the rule bars the pair; the sentences that come with the verdict go into the arena. */
ieum_status pair_rule_fails(const struct rule *rule, const struct demand *demand, const struct supplier *supplier, struct arena *arena, bool *failed,
                            struct problem *problem);

#endif
