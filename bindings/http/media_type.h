/* SPDX-License-Identifier: Apache-2.0 */
/* Media types of the headers Content-Type and Accept. */
#ifndef IEUM_HTTP_MEDIA_TYPE_H
#define IEUM_HTTP_MEDIA_TYPE_H

#include <stdbool.h>

/* Whether a Content-Type (NULL: none) is of the type, whatever its parameters. */
bool media_type_is(const char *header, const char *type);
/* Whether an Accept (NULL: none) names the type itself. */
bool media_type_accepts(const char *header, const char *type);

#endif
