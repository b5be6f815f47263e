/* SPDX-License-Identifier: Apache-2.0 */
#include "wiped.h"

#include <stdlib.h>
#include <string.h>

void wiped_free(void *bytes, size_t size) {
    if (bytes) explicit_bzero(bytes, size);
    free(bytes);
}

char *wiped_grow(char *bytes, size_t used, size_t size, size_t capacity) {
    char *grown = malloc(capacity); /* realloc may move and leave a copy */
    if (!grown) return NULL;
    if (used) memcpy(grown, bytes, used);
    wiped_free(bytes, size);
    return grown;
}
