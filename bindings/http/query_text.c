/* SPDX-License-Identifier: Apache-2.0 */
#include "query_text.h"

#include <stdlib.h>
#include <string.h>

static int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

char *query_text(const char *raw) {
    char *text = malloc(strlen(raw) + 1), *out = text;
    for (; text && *raw; raw++) {
        if (*raw != '%') {
            *out++ = *raw == '+' ? ' ' : *raw;
            continue;
        }
        int high = digit(raw[1]), low = high < 0 ? -1 : digit(raw[2]);
        if (low < 0 || (high | low) == 0) {
            free(text);
            return NULL;
        }
        *out++ = (char)(high << 4 | low);
        raw += 2;
    }
    if (text) *out = '\0';
    return text;
}
