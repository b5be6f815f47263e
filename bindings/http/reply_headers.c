/* SPDX-License-Identifier: Apache-2.0 */
#include "reply_headers.h"

#include <stdio.h>

static const char page_policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'";

void reply_headers(const struct reply *reply, void (*add)(void *context, const char *name, const char *value), void *context) {
    char retry[16] = "", file[sizeof reply->file + 32] = "";
    if (reply->retry_seconds) snprintf(retry, sizeof retry, "%u", reply->retry_seconds);
    if (*reply->file) snprintf(file, sizeof file, "attachment; filename=\"%s\"", reply->file);
    const struct {
        const char *name, *value; /* NULL or "": left out */
    } headers[] = {{"Content-Type", reply->type},
                   {"Content-Security-Policy", reply->policy ? reply->policy : page_policy},
                   {"X-Content-Type-Options", "nosniff"},
                   {"Referrer-Policy", "no-referrer"},
                   {"Cross-Origin-Resource-Policy", "same-origin"},
                   {"Cache-Control", reply->keep ? "no-cache" : "no-store"},
                   {"Allow", reply->allow},
                   {"ETag", reply->etag},
                   {"Set-Cookie", reply->cookie},
                   {"Connection", reply->closes ? "close" : NULL},
                   {"WWW-Authenticate", reply->status == 401 ? "Bearer" : NULL},
                   {"Retry-After", retry},
                   {"Content-Disposition", file}};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        if (headers[i].value && *headers[i].value) add(context, headers[i].name, headers[i].value);
}
