/* SPDX-License-Identifier: Apache-2.0 */
/* What those who run the server ask of it, without a token: /livez, /readyz, /metrics. */
#ifndef IEUM_HTTP_API_HEALTH_H
#define IEUM_HTTP_API_HEALTH_H

#include "exchange.h"

/* Answers when the path is one of these; false: it is none. */
bool api_health_answer(struct exchange *exchange);

#endif
