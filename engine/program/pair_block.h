/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stage "eligible" for many pairs: which of them the pair rules bar, as eligible_pair would say, without asking it for each. A rule that looks at one value of
 * each side is judged once for each two values that differ, not once a pair; who is excluded or related is found by name and number. Which rule it is that bars a
 * pair, and in what words, is left to eligible_pair.
 */
#ifndef IEUM_PROGRAM_PAIR_BLOCK_H
#define IEUM_PROGRAM_PAIR_BLOCK_H

#include "../base/lanes.h"
#include "eligible.h"

struct pair_rules;
struct pair_side;

/* What the program's pair rules need of the suppliers, whoever asks: made once and good for many demands. The suppliers are borrowed. */
ieum_status pair_side_new(const struct program *program, const struct supplier *suppliers, size_t supplier_count, int threads, struct pair_side **side,
                          struct problem *problem);
void pair_side_free(struct pair_side *side); /* NULL is fine */

/* The program's pair rules over these demands and the suppliers of a side made for a program with the same rules; all borrowed. */
ieum_status pair_rules_over(const struct program *program, const struct demand *const *demands, size_t demand_count, const struct pair_side *side,
                            int threads, struct pair_rules **rules, struct problem *problem);
/* Both at once. */
ieum_status pair_rules_compile(const struct program *program, const struct demand *const *demands, size_t demand_count,
                               const struct supplier *suppliers, size_t supplier_count, int threads, struct pair_rules **rules,
                               struct problem *problem);
void pair_rules_free(struct pair_rules *rules);
/* For tests: how many verdicts a rule's table may hold before it is judged pair by pair. */
void pair_rules_table_limit(size_t verdicts);

/* At most LANES demands, by their positions among those compiled; lives in the arena. */
struct pair_block;
ieum_status pair_block_make(const struct pair_rules *rules, const uint32_t *demands, size_t count, struct arena *arena,
                            struct pair_block **block, struct problem *problem);
/* barred[i]: bit l is set when supplier first + i may not be paired with demand l of the block. */
ieum_status pair_block_judge(const struct pair_block *block, size_t first, size_t count, uint16_t *barred, struct problem *problem);

#endif
