/* SPDX-License-Identifier: Apache-2.0 */
/* The engine's own seeded generator: xoshiro256** 1.0 seeded by SplitMix64 (Blackman & Vigna 2018). Same seed, same
 * numbers, on every machine. Not for secrets. */
#ifndef IEUM_BASE_RANDOM_H
#define IEUM_BASE_RANDOM_H

#include <stdint.h>

struct random {
    uint64_t state[4];
};

void random_seed(struct random *random, uint64_t seed);
uint64_t random_next(struct random *random);
uint64_t random_below(struct random *random, uint64_t bound); /* unbiased, bound >= 1 */
double random_unit(struct random *random);                    /* [0,1), 53 bits */

#endif
