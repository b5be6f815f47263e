/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Threads: a loop whose iterations are independent, spread over a pool that stays between loops, asleep. Results never depend on the thread count
 * because each iteration writes only its own place. Loops may be nested and may be started by several threads at once.
 */
#ifndef IEUM_BASE_PARALLEL_H
#define IEUM_BASE_PARALLEL_H

#include <stddef.h>

/* Called for every index of [0, count) exactly once; `worker` is in [0, threads) and belongs to one thread for the loop's time; the caller's is 0. */
typedef void (*parallel_function)(void *context, size_t index, int worker);

/* Runs with up to `threads` threads (1: in the caller). With fewer when the others are busy or cannot be started. */
void parallel_for(int threads, size_t count, parallel_function function, void *context);
int parallel_processors(void);

#endif
