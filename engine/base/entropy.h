/* SPDX-License-Identifier: Apache-2.0 */
/* Random bytes of the operating system, for salts and seeds that nobody may guess. Everything that has to repeat uses random.h. */
#ifndef IEUM_BASE_ENTROPY_H
#define IEUM_BASE_ENTROPY_H

#include <stddef.h>

#include "problem.h"

/* At most 256 bytes. INTERNAL when the system gives none. */
ieum_status entropy_bytes(void *bytes, size_t size, struct problem *problem);
/* The same as 2 · size hex digits and a NUL. */
ieum_status entropy_hex(char *text, size_t size, struct problem *problem);

#endif
