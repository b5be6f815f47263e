/* SPDX-License-Identifier: Apache-2.0 */
#include "media_type.h"

#include <string.h>
#include <strings.h>

static bool begins_with(const char *text, const char *type) {
    size_t length = strlen(type);
    return strncasecmp(text, type, length) == 0 && (text[length] == '\0' || strchr(";, \t", text[length]));
}

bool media_type_is(const char *header, const char *type) { return header && begins_with(header + strspn(header, " \t"), type); }

bool media_type_accepts(const char *header, const char *type) {
    while (header && *header) {
        header += strspn(header, ", \t");
        if (begins_with(header, type)) return true;
        header += strcspn(header, ",");
    }
    return false;
}
