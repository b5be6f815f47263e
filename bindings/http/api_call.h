/* SPDX-License-Identifier: Apache-2.0 */
/* POST /v1/<op>: one request to the engine, one reply. */
#ifndef IEUM_HTTP_API_CALL_H
#define IEUM_HTTP_API_CALL_H

#include "exchange.h"

/* Reads the operation from the path and makes the exchange work for a worker, or refuses it. */
void api_call_begin(struct exchange *exchange);

#endif
