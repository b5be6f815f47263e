/* SPDX-License-Identifier: Apache-2.0 */
/* /v1/session: a browser signs in with a token, asks who it is, and signs out. */
#ifndef IEUM_HTTP_API_SESSION_H
#define IEUM_HTTP_API_SESSION_H

#include "exchange.h"

void api_session_begin(struct exchange *exchange);

#endif
