/* SPDX-License-Identifier: Apache-2.0 */
/* The headers of an answer: what it is, what a page made of it may do, how long it may be kept. */
#ifndef IEUM_HTTP_REPLY_HEADERS_H
#define IEUM_HTTP_REPLY_HEADERS_H

#include "exchange.h"

/* Each to `add`; names and values are borrowed for the call. */
void reply_headers(const struct reply *reply, void (*add)(void *context, const char *name, const char *value), void *context);

#endif
