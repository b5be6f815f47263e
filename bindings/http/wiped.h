/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that may hold a token, a session or what firms told: wiped before it is freed, and when it grows nothing is left behind. */
#ifndef IEUM_HTTP_WIPED_H
#define IEUM_HTTP_WIPED_H

#include <stddef.h>

/* Frees `bytes` of malloc (NULL is fine), of which `size` are wiped. */
void wiped_free(void *bytes, size_t size);
/* Memory of `capacity` bytes that begins with the `used` of `bytes`, which is freed, `size` of it wiped. NULL: no memory, `bytes` stands. */
char *wiped_grow(char *bytes, size_t used, size_t size, size_t capacity);

#endif
