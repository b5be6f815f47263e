/* SPDX-License-Identifier: Apache-2.0 */
/* Where a word stands in a text, in whatever spelling: normal forms are compared, spaces, hyphens and middle dots left out on both sides. */
#ifndef IEUM_TEXT_OCCURRENCE_H
#define IEUM_TEXT_OCCURRENCE_H

#include <stdbool.h>

#include "normalise.h"

/* The first occurrence from point `from` of the normalised text on; *start and *end are points of it, end exclusive. False when there is none, or nothing is
 * left of the word. */
bool occurrence_find(const struct normal_text *text, const struct normal_text *word, size_t from, size_t *start, size_t *end);

#endif
