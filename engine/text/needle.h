/* SPDX-License-Identifier: Apache-2.0 */
/* What a pattern's expression says of its needle, the literal whose presence decides whether the pattern is run at all. */
#ifndef IEUM_TEXT_NEEDLE_H
#define IEUM_TEXT_NEEDLE_H

#include <stdbool.h>

/* Whether every match is certain to hold the needle. */
bool needle_certain(const char *expression, const char *needle);
/* Whether every match begins with it. */
bool needle_leads(const char *expression, const char *needle);

#endif
