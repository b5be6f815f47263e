/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Failed authentications, counted by where they come from and overall within a window of time: guessing a token is slowed down, whoever is known
 * already goes on. An IPv6 address counts with its whole /64.
 */
#ifndef IEUM_HTTP_ATTEMPTS_H
#define IEUM_HTTP_ATTEMPTS_H

#include <stdbool.h>
#include <stddef.h>

struct attempts;

struct attempts *attempts_new(size_t most_of_origin, size_t most, size_t window_seconds); /* NULL: no memory */
void attempts_free(struct attempts *attempts);                                            /* NULL is fine */
/* Seconds until another attempt may be made; 0: at once. */
unsigned attempts_wait(struct attempts *attempts, const char *origin);
void attempts_failed(struct attempts *attempts, const char *origin);

#endif
