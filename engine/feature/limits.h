/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a supplier does only in part. Who says of himself that he trains, resells or only advises names the right tasks and does not do them: option "limits",
 * {"training-only-service": 0.5, …}, says what is left of a likeness when the supplier's summary speaks of that concept, unless the demand asks for it, or for
 * something near it.
 */
#ifndef IEUM_FEATURE_LIMITS_H
#define IEUM_FEATURE_LIMITS_H

#include "space.h"

enum { LIMITS_MOST = 8 };

struct limits {
    uint32_t concepts[LIMITS_MOST];
    double factors[LIMITS_MOST];
    size_t count;
    uint8_t *held; /* of each supplier: bit i, its summary speaks of concepts[i] */
    uint32_t *who; /* suppliers with any */
    size_t who_count;
};

ieum_status limits_check(const jval *options, const struct jpath *at, struct problem *problem);
/* A concept that the lexicon does not have limits nobody. False when memory fails. */
bool limits_prepare(const struct feature_space *space, const jval *options, struct limits *limits);
void limits_free(struct limits *limits);
/* Which limits a demand lifts, as bits. */
uint8_t limits_lifted(const struct feature_space *space, const struct limits *limits, const struct understanding *demand);
/* What is left of a supplier's value. */
double limits_factor(const struct limits *limits, size_t supplier, uint8_t lifted);
/* Multiplies ceilings (bulk.h) of at most 1 by what is left of them. */
void limits_lower(const struct limits *limits, uint8_t lifted, float *most);

#endif
