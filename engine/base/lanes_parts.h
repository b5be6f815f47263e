/* SPDX-License-Identifier: Apache-2.0 */
/* The three tables that lanes.c chooses from. */
#ifndef IEUM_BASE_LANES_PARTS_H
#define IEUM_BASE_LANES_PARTS_H

#include "lanes.h"

extern const struct lanes lanes_portable, lanes_avx2, lanes_avx512;

#endif
